/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/array.h"
#include "core/error.h"
#include "core/memory.h"
#include "core/strings.h"
#include "core/text.h"
#include "fixture.h"

static void array_keeps_what_was_pushed(void **state)
{
    (void)state;
    lti_array array = LTI_ARRAY(uint32_t);
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t *place = lti_array_push(&array, 1);
        assert_non_null(place);
        assert_int_equal(*place, 0);
        *place = i;
    }
    lti_array_trim(&array);
    assert_int_equal(array.capacity, 10000);
    for (uint32_t i = 0; i < 10000; i++) assert_int_equal(LTI_AT(&array, uint32_t, i), i);
    lti_array_done(&array);
}

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    assert_null(lti_alloc(SIZE_MAX / 2, 4));
    assert_null(lti_resize(NULL, SIZE_MAX, SIZE_MAX));
}

static void strings_are_kept_once(void **state)
{
    (void)state;
    lti_strings strings;
    assert_int_equal(lti_strings_init(&strings), 0);
    uint32_t first, again, other;
    char text[32];
    for (int i = 0; i < 5000; i++) {
        int length = snprintf(text, sizeof text, "链-%d", i);
        assert_int_equal(lti_strings_add(&strings, text, (size_t)length, &first), 0);
        assert_int_equal(lti_strings_add(&strings, text, (size_t)length, &again), 0);
        assert_int_equal(first, again);
        assert_string_equal(lti_strings_at(&strings, first), text);
    }
    assert_int_equal(strings.text.count, 5001); /* and the empty text */
    assert_int_equal(lti_strings_find(&strings, "链-77", strlen("链-77"), &first), 1);
    assert_int_equal(lti_strings_find(&strings, "链-7", strlen("链-7"), &other), 1);
    assert_int_not_equal(first, other);
    assert_int_equal(lti_strings_find(&strings, "链-", strlen("链-"), &other), 0);
    lti_strings_done(&strings);
}

static void long_strings_get_a_chunk_of_their_own(void **state)
{
    (void)state;
    lti_strings strings;
    static char text[200001];
    memset(text, 'x', sizeof text - 1);
    assert_int_equal(lti_strings_init(&strings), 0);
    uint32_t handle;
    assert_int_equal(lti_strings_add(&strings, text, sizeof text - 1, &handle), 0);
    assert_string_equal(lti_strings_at(&strings, handle), text);
    lti_strings_done(&strings);
}

static void assert_real(double value, int digits, const char *expected)
{
    char text[LT_REAL_SIZE];
    lt_real_text(text, value, digits);
    assert_string_equal(text, expected);
}

static void numbers_are_written_short_and_exact(void **state)
{
    (void)state;
    assert_real(0.1, 0, "0.1");
    assert_real(1.0 / 3, 12, "0.333333333333");
    assert_real(0.1 + 0.2, 0, "0.30000000000000004");
    assert_real(-0.0, 0, "0");
    assert_real(1e300, 0, "1e+300");
    assert_real(5e-324, 0, "4.94065645841247e-324");
    assert_real(NAN, 0, "null");
    assert_real(INFINITY, 12, "null");
}

static void no_locale_changes_a_number(void **state)
{
    (void)state;
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        setlocale(LC_ALL, locales[i]); /* a locale that is not on the machine changes nothing */
        assert_real(1234.5, 0, "1234.5");
        assert_real(0.25, 12, "0.25");
    }
    setlocale(LC_ALL, "C");
}

static void json_strings_are_escaped(void **state)
{
    (void)state;
    lti_text text = {0};
    lti_text_json(&text, "a\"b\\c\n\t\x01链\x7f");
    assert_string_equal(text.data, "\"a\\\"b\\\\c\\n\\t\\u0001链\x7f\"");
    lti_text_done(&text);
}

static void cuts_fall_between_characters(void **state)
{
    (void)state;
    char buffer[8];
    lti_copy_cut(buffer, sizeof buffer, "链长办");
    assert_string_equal(buffer, "链…");
    lti_copy_cut(buffer, sizeof buffer, "链长");
    assert_string_equal(buffer, "链长");
}

static void ids_are_told_from_other_texts(void **state)
{
    (void)state;
    char long_id[130];
    memset(long_id, 'a', sizeof long_id);
    long_id[129] = '\0';
    assert_false(lti_is_id(long_id));
    long_id[128] = '\0';
    assert_true(lti_is_id(long_id));
    assert_true(lti_is_id("氢能-1<&\"'>"));
    assert_false(lti_is_id(""));
    assert_false(lti_is_id("a b"));
    assert_false(lti_is_id("a\xE3\x80\x80"
                           "b")); /* ideographic space */
    assert_false(lti_is_id("a\xC2\xA0"
                           "b")); /* no-break space */
    assert_false(lti_is_id("a\x07"));
    assert_false(lti_is_id("a\xC2\x85")); /* next line, a C1 control */
}

static void messages_fill_their_places(void **state)
{
    (void)state;
    char text[256];
    const char *args[] = {"甲", "乙"};
    lt_message_format(text, sizeof text, LT_LANG_EN, LT_MSG_UNKNOWN_FORMAT, args, 2);
    assert_string_equal(text, "unknown format \"甲\"; it should be 乙");
    size_t needed = lt_message_format(text, 10, LT_LANG_ZH, LT_MSG_OUT_OF_MEMORY, NULL, 0);
    assert_int_equal(needed, strlen("内存不足"));
    assert_string_equal(text, "内存不");
    assert_int_equal(lt_message_format(NULL, 0, LT_LANG_ZH, LT_MSG_OUT_OF_MEMORY, NULL, 0), needed);
}

/* A message that one language forgets, or whose places differ between them, would lose an argument. */
static void messages_say_the_same_in_both_languages(void **state)
{
    (void)state;
    for (int id = 0; id < LT_MSG_COUNT; id++) {
        const char *zh = lt_message_pattern(LT_LANG_ZH, (lt_message)id), *en = lt_message_pattern(LT_LANG_EN, (lt_message)id);
        assert_true(zh[0] != '\0' && en[0] != '\0');
        if (id == LT_MSG_K_WITHOUT_GROUP) continue; /* shares its arguments with K_TOO_LARGE */
        for (char digit = '0'; digit <= '9'; digit++) {
            char place[] = {'{', digit, '}', '\0'};
            if (!strstr(zh, place) != !strstr(en, place)) fail_msg("%s / %s", zh, en);
        }
    }
}

/* Between Han characters stand Chinese marks, as an office would set them. */
static void chinese_messages_have_chinese_punctuation(void **state)
{
    (void)state;
    for (int id = 0; id < LT_MSG_COUNT; id++) {
        const char *text = lt_message_pattern(LT_LANG_ZH, (lt_message)id);
        for (const char *c = text; *c; c++) {
            bool after_han = c > text && (unsigned char)c[-1] >= 0x80, before_han = (unsigned char)c[1] >= 0x80;
            if (strchr(",;()!?", *c) && (after_han || before_han)) fail_msg("%s", text);
        }
    }
}

static void the_deepest_error_wins(void **state)
{
    (void)state;
    lt_error error = {0};
    char text[512];
    assert_int_equal(lti_fail(&error, LT_E_DATA, &(lti_place){"f.json", 3, "links", "k"}, LT_MSG_FIELD_MISSING, LTI_ARGS("k")),
                     LT_E_DATA);
    lti_fail_memory(&error);
    assert_int_equal(error.code, LT_E_DATA);
    lt_error_text(&error, LT_LANG_EN, text, sizeof text);
    assert_string_equal(text, "f.json:3: links/k: the field k is missing; it is required");
    assert_int_equal(lti_fail(NULL, LT_E_IO, NULL, LT_MSG_CANNOT_READ, NULL), LT_E_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(array_keeps_what_was_pushed),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(strings_are_kept_once),
        cmocka_unit_test(long_strings_get_a_chunk_of_their_own),
        cmocka_unit_test(numbers_are_written_short_and_exact),
        cmocka_unit_test(no_locale_changes_a_number),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(cuts_fall_between_characters),
        cmocka_unit_test(ids_are_told_from_other_texts),
        cmocka_unit_test(messages_fill_their_places),
        cmocka_unit_test(messages_say_the_same_in_both_languages),
        cmocka_unit_test(chinese_messages_have_chinese_punctuation),
        cmocka_unit_test(the_deepest_error_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
