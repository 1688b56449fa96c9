/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "table/table.h"
#include "table/writer.h"

/** Keeps what is written; refuses after `limit` bytes. */
typedef struct {
    char text[4096];
    size_t length, limit;
} memory;

static int keep(void *context, const char *bytes, size_t length)
{
    memory *m = context;
    if (m->length + length >= m->limit) {
        errno = ENOSPC;
        return -1;
    }
    memcpy(m->text + m->length, bytes, length);
    m->length += length;
    m->text[m->length] = '\0';
    return 0;
}

static const lt_column columns[] = {
    {"name", LT_MSG_COLUMN_NAME, false},     {"status", LT_MSG_COLUMN_STATUS, false}, {"x.real", LT_MSG_COLUMN_SUPPLY, false},
    {"x.count", LT_MSG_COLUMN_COUNT, false}, {"list", LT_MSG_COLUMN_SOURCES, true},
};

static int write(memory *m, const char *format, lt_lang lang, bool colour)
{
    static const char *const list[] = {"a", "b;c"};
    lt_table_head head = {.version = "1",
                          .command = "test",
                          .dataset_id = "d",
                          .as_of = "",
                          .digest = "0123456789abcdef",
                          .policy_digest = "p",
                          .lang = lang,
                          .colour = colour};
    lt_sink sink = {keep, m};
    lt_table_writer *writer = lt_table_new(format, &head, &sink);
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, columns, 5);
    lt_cell rows[2][5] = {
        {lt_cell_text("氢,\"能\""), lt_cell_word("missing", LT_MSG_STATUS_MISSING, LT_TONE_RED), lt_cell_real(1.0 / 3),
         lt_cell_integer(12), lt_cell_list(list, 2)},
        {lt_cell_text("=1+1\x1b[2J"), lt_cell_null(), lt_cell_real(NAN), lt_cell_bool(true), lt_cell_list(NULL, 0)},
    };
    lt_table_row(writer, rows[0]);
    lt_table_row(writer, rows[1]);
    lt_table_begin(writer, "chains", LT_MSG_TITLE_GAPS_CHAINS, columns, 1);
    return lt_table_end(writer, NULL);
}

static void json_is_as_the_contract_has_it(void **state)
{
    (void)state;
    memory m = {.limit = sizeof m.text};
    assert_int_equal(write(&m, "json", LT_LANG_ZH, false), 0);
    assert_string_equal(
        m.text,
        "{\"liantu\":\"1\",\"command\":\"test\",\"dataset\":{\"id\":\"d\",\"as_of\":null,\"sha256\":\"0123456789abcdef\"},\"policy_sha256\":\"p\",\n"
        "\"rows\":[\n{\"name\":\"氢,\\\"能\\\"\",\"status\":\"missing\",\"x\":{\"real\":0.333333333333,\"count\":12},\"list\":[\"a\",\"b;c\"]},\n"
        "{\"name\":\"=1+1\\u001B[2J\",\"status\":null,\"x\":{\"real\":null,\"count\":true},\"list\":[]}\n],\n\"summary\":{\"chains\":[]}}\n");
}

static void csv_opens_in_a_spreadsheet(void **state)
{
    (void)state;
    memory m = {.limit = sizeof m.text};
    assert_int_equal(write(&m, "csv", LT_LANG_ZH, false), 0);
    assert_string_equal(
        m.text,
        "\xEF\xBB\xBF名称,状态,供给,条数,来源\r\n\"氢,\"\"能\"\"\",缺失,0.333333333333,12,a;b;c\r\n\"'=1+1\x1b[2J\",,,是,\r\n");
}

static void text_is_aligned_by_display_width(void **state)
{
    (void)state;
    memory m = {.limit = sizeof m.text};
    assert_int_equal(write(&m, "text", LT_LANG_ZH, false), 0);
    assert_string_equal(m.text, "产业链缺口分析\nd\uFF08d\uFF09\uFF0C数据截至 未注明\uFF0C摘要 0123456789ab\n"
                                "名称         状态    供给  条数\n"
                                "氢,\"能\"      缺失  0.3333    12\n"
                                "=1+1\\x1b[2J  -          -  是\n\n各链汇总\n\uFF08没有记录\uFF09\n");
}

static void colour_only_where_asked(void **state)
{
    (void)state;
    memory plain = {.limit = sizeof plain.text}, coloured = {.limit = sizeof coloured.text};
    write(&plain, "text", LT_LANG_EN, false);
    write(&coloured, "text", LT_LANG_EN, true);
    assert_null(strchr(plain.text, '\x1b'));
    assert_non_null(strstr(coloured.text, "\x1b[31mmissing\x1b[0m"));
    assert_null(strstr(coloured.text, "\x1b[2J")); /* that of the data is not let through */
}

static void a_full_disk_is_reported_by_every_writer(void **state)
{
    (void)state;
    static const char *const formats[] = {"text", "json", "csv", "xlsx"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        for (size_t limit = 1; limit < 120; limit += 17) {
            memory m = {.limit = limit};
            assert_int_equal(write(&m, formats[i], LT_LANG_EN, false), -1);
            assert_int_equal(errno, ENOSPC);
        }
}

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(lti_display_width("abc"), 3);
    assert_int_equal(lti_display_width("氢能ab"), 6);
    assert_int_equal(lti_display_width("e\xCC\x81"), 1); /* combining accent */
    assert_int_equal(lti_display_width("\xEF\xBC\x88\xEF\xBC\x89"), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_as_the_contract_has_it),          cmocka_unit_test(csv_opens_in_a_spreadsheet),
        cmocka_unit_test(text_is_aligned_by_display_width),        cmocka_unit_test(colour_only_where_asked),
        cmocka_unit_test(a_full_disk_is_reported_by_every_writer), cmocka_unit_test(widths_are_those_of_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
