/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dataset/reader.h"
#include "fixture.h"

/* Reads all records and writes "LINE:TEXT|" for each, then "." at the end or "!LINE" for a broken file. */
static void read_all(const fixture *f, lti_form form, const char *text, char *out)
{
    fixture_write(f, "input", text);
    lti_reader reader;
    lti_span span;
    assert_int_equal(lti_reader_open(&reader, fixture_path(f, "input"), form, 0, 1), LTI_READ_SPAN);
    lti_read read;
    out[0] = '\0';
    while ((read = lti_reader_next(&reader, &span)) == LTI_READ_SPAN)
        sprintf(out + strlen(out), "%zu:%.*s|", span.line, (int)span.length, span.text);
    if (read == LTI_READ_END) strcat(out, ".");
    else if (read == LTI_READ_SYNTAX) sprintf(out + strlen(out), "!%zu", reader.line);
    else fail_msg("read failed");
    lti_reader_done(&reader);
}

static void arrays_are_cut_into_records(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"[]", "."},
        {" [ ]\n", "."},
        {"[{\"a\":1}]", "1:{\"a\":1}|."},
        {"\xEF\xBB\xBF[\n{\"a\":\"]}\"},\n\n{\"b\":[1,{}]}\n]\n", "2:{\"a\":\"]}\"}|4:{\"b\":[1,{}]}|."},
        {"[{\"a\":\"\\\"\"},\n2, \"x\",[3]]", "1:{\"a\":\"\\\"\"}|2:2|2:\"x\"|2:[3]|."},
        {"[{\n\"a\":1\n}\n,{}]", "1:{\n\"a\":1\n}|4:{}|."},
        {"[{}\n{}]", "1:{}|!2"},
        {"[{},\n]", "1:{}|!2"},
        {"[{}] x", "1:{}|!1"},
        {"[{}", "1:{}|!1"},
        {"[{},", "1:{}|!1"},
        {"{}", "!1"},
        {"", "!1"},
        {"[,{}]", "!1"},
        {"[}", "!1"},
        {"[{\"a\":", "1:{\"a\":|."}, /* the record tells that it is broken */
    };
    char out[512];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        read_all(*state, LTI_FORM_ARRAY, cases[i].text, out);
        assert_string_equal(out, cases[i].expected);
    }
}

static void lines_are_records(void **state)
{
    char out[512];
    read_all(*state, LTI_FORM_LINES, "{\"a\":1}\n\n  \r\n{\"b\":2}\r\n{\"c\"", out);
    assert_string_equal(out, "1:{\"a\":1}|4:{\"b\":2}\r|5:{\"c\"|.");
    read_all(*state, LTI_FORM_LINES, "", out);
    assert_string_equal(out, ".");
}

/* Records larger than the window, and records that lie across its end. */
static void records_of_any_size_come_whole(void **state)
{
    fixture *f = *state;
    enum { RECORDS = 300 };
    FILE *file = fopen(fixture_path(f, "input"), "we");
    fputs("[\n", file);
    for (int i = 0; i < RECORDS; i++)
        fprintf(file, "{\"id\": %d, \"pad\": \"%0*d\"}%s\n", i, (i * 977) % 150001 + 1, 0, i + 1 < RECORDS ? "," : "");
    fputs("]\n", file);
    fclose(file);
    lti_reader reader;
    lti_span span;
    assert_int_equal(lti_reader_open(&reader, fixture_path(f, "input"), LTI_FORM_ARRAY, 0, 1), LTI_READ_SPAN);
    for (int i = 0; i < RECORDS; i++) {
        assert_int_equal(lti_reader_next(&reader, &span), LTI_READ_SPAN);
        assert_int_equal(span.line, i + 2);
        char start[32];
        int length = snprintf(start, sizeof start, "{\"id\": %d, ", i);
        assert_memory_equal(span.text, start, (size_t)length);
        assert_int_equal(span.text[span.length - 1], '}');
        assert_int_equal(span.length, strlen(start) + strlen("\"pad\": \"\"}") + (size_t)((i * 977) % 150001 + 1));
    }
    assert_int_equal(lti_reader_next(&reader, &span), LTI_READ_END);
    lti_reader_done(&reader);
}

static void reading_can_begin_at_a_record(void **state)
{
    fixture *f = *state;
    fixture_write(f, "input", "[{\"a\": 1},\n{\"b\":\n2}]");
    lti_reader reader;
    lti_span span;
    assert_int_equal(lti_reader_open(&reader, fixture_path(f, "input"), LTI_FORM_ARRAY, 11, 2), LTI_READ_SPAN);
    reader.started = true;
    assert_int_equal(lti_reader_next(&reader, &span), LTI_READ_SPAN);
    assert_int_equal(span.length, strlen("{\"b\":\n2}"));
    assert_int_equal(span.offset, 11);
    lti_reader_done(&reader);
}

static size_t lines_to(const char *record, const char *key, long index, const char *nested)
{
    return lti_json_lines_to(record, strlen(record), &(lti_path){key, index, nested});
}

static void places_in_a_record_have_lines(void **state)
{
    (void)state;
    static const char record[] = "{\"a\": \"}{\",\n \"b\": [1,\n {\"c\": 2,\n \"d\": 3}],\n \"e\": {\"f\":\n 1}}";
    assert_int_equal(lines_to(record, "a", -1, NULL), 0);
    assert_int_equal(lines_to(record, "b", -1, NULL), 1);
    assert_int_equal(lines_to(record, "b", 1, NULL), 2);
    assert_int_equal(lines_to(record, "b", 1, "d"), 3);
    assert_int_equal(lines_to(record, "b", 7, "d"), 1);
    assert_int_equal(lines_to(record, "e", -1, NULL), 4);
    assert_int_equal(lines_to(record, "missing", -1, NULL), 0);
    assert_int_equal(lines_to("{\"a\": [", "a", 0, "x"), 0);
    assert_int_equal(lines_to("{\"a\"", "a", 0, "x"), 0);
    assert_int_equal(lines_to("", "a", -1, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(arrays_are_cut_into_records),    FIXTURE_TEST(lines_are_records),
        FIXTURE_TEST(records_of_any_size_come_whole), FIXTURE_TEST(reading_can_begin_at_a_record),
        FIXTURE_TEST(places_in_a_record_have_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
