/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests/cases/check_xlsx.py cannot reach by a command: limits of the format, and the look back at what was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "table/xlsx.h"

typedef struct {
    unsigned char *bytes;
    size_t length;
} memory;

static int keep(void *context, const char *bytes, size_t length)
{
    memory *m = context;
    m->bytes = realloc(m->bytes, m->length + length);
    memcpy(m->bytes + m->length, bytes, length);
    m->length += length;
    return 0;
}

static const lt_column columns[] = {
    {"name", LT_MSG_COLUMN_NAME},
    {"count", LT_MSG_COLUMN_COUNT},
};

static lt_table_writer *begin(memory *m)
{
    static const lt_table_head head = {
        .version = "1", .command = "test", .dataset_id = "d", .digest = "0123", .policy_digest = "p"};
    lt_sink sink = {keep, m};
    *m = (memory){0};
    lt_table_writer *writer = lt_table_new("xlsx", &head, &sink);
    assert_non_null(writer);
    return writer;
}

static unsigned number_at(const unsigned char *bytes, int size)
{
    return size == 0 ? 0 : bytes[0] | number_at(bytes + 1, size - 1) << 8;
}

/* A part of the package as text, freed by the caller. */
static char *part(const memory *m, const char *name)
{
    const unsigned char *end = m->bytes + m->length - 22, *entry = m->bytes + number_at(end + 16, 4);
    for (unsigned left = number_at(end + 10, 2); left > 0; left--) {
        unsigned length = number_at(entry + 28, 2), packed = number_at(entry + 20, 4), size = number_at(entry + 24, 4);
        const unsigned char *local = m->bytes + number_at(entry + 42, 4);
        if (length == strlen(name) && memcmp(entry + 46, name, length) == 0) {
            char *text = calloc(size + 1, 1);
            z_stream stream = {.next_in =
                                   (unsigned char *)(uintptr_t)local + 30 + number_at(local + 26, 2) + number_at(local + 28, 2),
                               .avail_in = packed,
                               .next_out = (unsigned char *)text,
                               .avail_out = size};
            assert_int_equal(inflateInit2(&stream, -MAX_WBITS), Z_OK);
            assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
            inflateEnd(&stream);
            return text;
        }
        entry += 46 + length + number_at(entry + 30, 2) + number_at(entry + 32, 2);
    }
    return NULL;
}

static void expect(const memory *m, const char *name, const char *wanted)
{
    char *text = part(m, name);
    assert_non_null(text);
    if (!strstr(text, wanted)) fail_msg("%s lacks %s: %s", name, wanted, text);
    free(text);
}

static void rows_past_the_end_of_a_sheet_go_on_in_another(void **state)
{
    (void)state;
    memory m;
    lt_table_writer *writer = begin(&m);
    writer->sheet_rows = 4; /* a heading and three */
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, columns, 2);
    for (int i = 1; i <= 7; i++) lt_table_row(writer, (lt_cell[]){lt_cell_text("a"), lt_cell_integer(i)});
    lt_table_begin(writer, "more", LT_MSG_TITLE_GAPS, columns, 2); /* a title that is taken */
    assert_int_equal(lt_table_end(writer, NULL), 0);
    expect(&m, "xl/workbook.xml", "name=\"产业链缺口分析\"");
    expect(&m, "xl/workbook.xml", "name=\"产业链缺口分析\uFF08续2\uFF09\"");
    expect(&m, "xl/workbook.xml", "name=\"产业链缺口分析\uFF08续3\uFF09\"");
    expect(&m, "xl/workbook.xml", "name=\"产业链缺口分析 2\"");
    expect(&m, "xl/worksheets/sheet1.xml", "<autoFilter ref=\"A1:B4\"/>");
    expect(&m, "xl/worksheets/sheet2.xml", "<v>6</v></c></row></sheetData>");
    expect(&m, "xl/worksheets/sheet3.xml", "<v>7</v></c></row></sheetData>");
    expect(&m, "xl/worksheets/sheet3.xml", "名称");
    expect(&m, "xl/worksheets/sheet4.xml", "\uFF08没有记录\uFF09");
    expect(&m, "xl/worksheets/sheet5.xml", "<v>7</v>"); /* rows in all, in the notes */
    free(m.bytes);
}

/* Excel's own limit, by hand rather than by sheet_rows. */
static void a_sheet_is_filled_to_the_last_row(void **state)
{
    (void)state;
    memory m;
    lt_table_writer *writer = begin(&m);
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, &columns[1], 1);
    for (int i = 1; i <= 1048576; i++) lt_table_row(writer, (lt_cell[]){lt_cell_integer(i)});
    assert_int_equal(lt_table_end(writer, NULL), 0);
    expect(&m, "xl/worksheets/sheet1.xml", "<c r=\"A1048576\"");
    expect(&m, "xl/worksheets/sheet2.xml", "<v>1048576</v></c></row></sheetData>");
    free(m.bytes);
}

static void more_columns_than_a_sheet_has_are_refused(void **state)
{
    (void)state;
    enum { COUNT = 16385 };
    memory m;
    lt_error error = {0};
    char text[512];
    lt_column *many = calloc(COUNT, sizeof *many);
    for (int i = 0; i < COUNT; i++) many[i] = columns[0];
    lt_table_writer *writer = begin(&m);
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, many, COUNT);
    assert_int_equal(lt_table_end(writer, &error), -1);
    assert_int_equal(error.code, LT_E_LIMIT);
    lt_error_text(&error, LT_LANG_EN, text, sizeof text);
    assert_string_equal(text, "the table has 16385 columns, more than the 16384 of xlsx");
    assert_int_equal(m.length, 0);
    free(many);
    free(m.bytes);
}

static void a_workbook_without_a_table_has_its_notes(void **state)
{
    (void)state;
    memory m;
    assert_int_equal(lt_table_end(begin(&m), NULL), 0);
    expect(&m, "xl/worksheets/sheet1.xml", "liantu test");
    free(m.bytes);
}

/* Later rows do not find their column settled too narrow for them. */
static void numbers_that_come_late_still_fit(void **state)
{
    (void)state;
    memory m;
    lt_table_writer *writer = begin(&m);
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, columns, 2);
    for (int i = 0; i < 3000; i++)
        lt_table_row(writer, (lt_cell[]){lt_cell_text("a"), lt_cell_integer(i < 2999 ? i : 123456789012345)});
    assert_int_equal(lt_table_end(writer, NULL), 0);
    expect(&m, "xl/worksheets/sheet1.xml", "<col min=\"2\" max=\"2\" width=\"17.7");
    free(m.bytes);
}

static void numbers_that_a_cell_cannot_hold_are_text(void **state)
{
    (void)state;
    memory m;
    lt_table_writer *writer = begin(&m);
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, columns, 2);
    lt_table_row(writer, (lt_cell[]){lt_cell_integer(999999999999999), lt_cell_integer(9007199254740993)});
    lt_table_row(writer, (lt_cell[]){lt_cell_real(0.1 + 0.2), lt_cell_json("12", "twelve")});
    lt_table_row(writer, (lt_cell[]){lt_cell_real(1 / 0.0), lt_cell_json("[1]", "-1")});
    assert_int_equal(lt_table_end(writer, NULL), 0);
    expect(&m, "xl/worksheets/sheet1.xml", "<v>999999999999999</v>");
    expect(&m, "xl/worksheets/sheet1.xml", "<t>9007199254740993</t>");
    expect(&m, "xl/worksheets/sheet1.xml", "<v>0.3</v>");
    expect(&m, "xl/worksheets/sheet1.xml", "<v>12</v>");
    expect(&m, "xl/worksheets/sheet1.xml", "<row r=\"4\"><c r=\"B4\"");
    expect(&m, "xl/worksheets/sheet1.xml", "<t>-1</t>");
    free(m.bytes);
}

static void texts_are_cleaned_and_cut_between_characters(void **state)
{
    (void)state;
    char out[64];
    const char *at = "a\x1b_x0041_氢\xEF\xBF\xBE\n";
    assert_int_equal(lti_clean_text(&at, out, 60), 1 + 7 + 7 + 5 + 2 + 7 + 1);
    assert_string_equal(out, "a_x001B__x005F_x0041_氢_xFFFE_\n");
    at = "ab\xF0\x9F\x98\x80"; /* two units */
    assert_int_equal(lti_clean_text(&at, out, 3), 2);
    assert_string_equal(out, "ab");
    assert_string_equal(at, "\xF0\x9F\x98\x80");
}

static void lines_are_counted_as_a_cell_breaks_them(void **state)
{
    (void)state;
    assert_int_equal(lti_line_count("", 10), 1);
    assert_int_equal(lti_line_count("氢燃料电池", 10), 1);
    assert_int_equal(lti_line_count("氢燃料电池系统", 10), 2);
    assert_int_equal(lti_line_count("a\nb\n", 10), 3);
    assert_int_equal(lti_line_count("word by word", 8), 2);
    assert_int_equal(lti_line_count("abcdefghijklmnopqrstuvwxyz", 10), 3);
    assert_int_equal(lti_widest_line("氢能\nabc"), 4);
    assert_int_equal(lti_heading_width("可本地成链", 2), 5);
    assert_int_equal(lti_heading_width("local_supply_rate", 2), 17);
    assert_int_equal(lti_heading_width("one two", 2), 4);
}

static void a_package_that_lacks_something_is_not_whole(void **state)
{
    (void)state;
    memory m;
    lt_table_writer *writer = begin(&m);
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, columns, 1);
    lt_table_row(writer, (lt_cell[]){lt_cell_text("a")});
    assert_int_equal(lt_table_end(writer, NULL), 0);
    char *sheet = part(&m, "xl/worksheets/sheet1.xml"), *notes = part(&m, "xl/worksheets/sheet2.xml");
    lti_sheet sheets[2] = {{.cells = 2}, {.cells = 0}};
    sheets[0].bytes = (uint64_t)(strstr(sheet, "</sheetData>") - strstr(sheet, "<sheetData>") - 11);
    sheets[1].bytes = (uint64_t)(strstr(notes, "</sheetData>") - strstr(notes, "<sheetData>") - 11);
    for (char *c = notes; (c = strstr(c, "<c ")); c++) sheets[1].cells++;
    assert_true(lti_package_is_whole(m.bytes, m.length, sheets, 2));
    for (size_t length = 0; length < m.length; length++) assert_false(lti_package_is_whole(m.bytes, length, sheets, 2));
    for (int i = 0; i < 2; i++) {
        sheets[i].cells++;
        assert_false(lti_package_is_whole(m.bytes, m.length, sheets, 2));
        sheets[i].cells--;
        sheets[i].bytes -= 4096;
        assert_false(lti_package_is_whole(m.bytes, m.length, sheets, 2));
        sheets[i].bytes += 4096;
    }
    assert_false(lti_package_is_whole(m.bytes, m.length, sheets, 1) && lti_package_is_whole(m.bytes, m.length, sheets, 3));
    for (size_t i = 100; i < m.length; i += 7) { /* any bit that matters; nothing reads past the end */
        m.bytes[i] ^= 0x11;
        lti_package_is_whole(m.bytes, m.length, sheets, 2);
        m.bytes[i] ^= 0x11;
    }
    free(sheet);
    free(notes);
    free(m.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_past_the_end_of_a_sheet_go_on_in_another),
        cmocka_unit_test(a_sheet_is_filled_to_the_last_row),
        cmocka_unit_test(more_columns_than_a_sheet_has_are_refused),
        cmocka_unit_test(a_workbook_without_a_table_has_its_notes),
        cmocka_unit_test(numbers_that_come_late_still_fit),
        cmocka_unit_test(numbers_that_a_cell_cannot_hold_are_text),
        cmocka_unit_test(texts_are_cleaned_and_cut_between_characters),
        cmocka_unit_test(lines_are_counted_as_a_cell_breaks_them),
        cmocka_unit_test(a_package_that_lacks_something_is_not_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
