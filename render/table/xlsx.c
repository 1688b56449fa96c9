/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables as sheets of a workbook, for people who sort, filter and print them: the rows first, then each summary, last what
   explains them.

   A row's height goes out with it and depends on the columns' widths, so the first rows of a table are kept until they have
   settled the widths. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "table/xlsx.h"

enum {
    JSON_DIGITS = 12,
    EXACT_DIGITS = 15, /* a spreadsheet keeps no more of a number */
    KEPT_ROWS = 1000,
    LEAST_WIDTH = 5,
    WRAP_WIDTH = 24, /* wider texts may be broken */
    ITEM_WIDTH = 40, /* wider items of a list get a line each */
    MOST_WIDTH = 60,
    EASY_WIDTH = 150,      /* of A4 across, for type that is read with ease, */
    PAGE_WIDTH = 220,      /* and up to this, where there are more columns, for type that can still be read */
    MOST_PAGE_WIDTH = 270, /* beyond it a table gets pages beside each other */
    WIDE_WIDTH = 40,       /* widest column of such a table, */
    WIDE_LINES = 10,       /* unless a text has more than so many lines */
    HEAD_LINES = 2,
    ARROW_WIDTH = 2 /* of the filter's button */
};

static lti_kept_cell real_cell(double value)
{
    bool shows = value == 0 || (fabs(value) >= 0.0005 && fabs(value) < 1e12);
    return (lti_kept_cell){.number = lt_real_written(value), .style = shows ? LTI_STYLE_REAL : LTI_STYLE_SCIENTIFIC};
}

/* A value of JSON that is a number is one here too. */
static bool json_number(const char *json, lti_kept_cell *cell)
{
    char *end;
    double value = strtod(json, &end);
    if (!strchr("-0123456789", json[0]) || *end || !isfinite(value)) return false;
    bool whole = strlen(json) <= EXACT_DIGITS && !strpbrk(json, ".eE");
    *cell = whole ? (lti_kept_cell){.number = value, .style = LTI_STYLE_INTEGER} : real_cell(value);
    return true;
}

/* Items that are sentences, or hold the mark that would part them, get a line each. */
static const char *separator(const lt_cell *cell)
{
    for (size_t i = 0; cell->type == LT_CELL_LIST && i < cell->count; i++)
        if (strchr(cell->items[i], ';') || lti_widest_line(cell->items[i]) > ITEM_WIDTH) return "\n";
    return "; ";
}

static lti_kept_cell keep_cell(lti_book *book, const lt_cell *cell)
{
    const int64_t exact = 1000000000000000; /* ten to the power of EXACT_DIGITS */
    lti_kept_cell kept = {.style = LTI_STYLES};
    bool is_exact = cell->integer < exact && cell->integer > -exact;
    if (cell->type == LT_CELL_NULL || (cell->type == LT_CELL_REAL && !isfinite(cell->real))) return kept;
    if (cell->type == LT_CELL_REAL) return real_cell(cell->real);
    if (cell->type == LT_CELL_INTEGER && is_exact)
        return (lti_kept_cell){.number = (double)cell->integer, .style = LTI_STYLE_INTEGER};
    if (cell->type == LT_CELL_JSON && json_number(cell->json, &kept)) return kept;
    kept.text = lti_cell_words(book->writer, cell, JSON_DIGITS, separator(cell));
    bool is_word = cell->type == LT_CELL_WORD && kept.text && lti_widest_line(kept.text) <= WRAP_WIDTH;
    kept.style = cell->type == LT_CELL_BOOL ? LTI_STYLE_CENTRED
                 : is_word                  ? (lti_style)(LTI_STYLE_TONE + cell->tone)
                                            : LTI_STYLE_WRAPPED;
    return kept;
}

static size_t cell_width(const lti_kept_cell *cell)
{
    char text[LT_REAL_SIZE + 320];
    if (cell->style == LTI_STYLES) return 0;
    if (cell->text) return lti_widest_line(cell->text);
    if (cell->style == LTI_STYLE_SCIENTIFIC) return 9;
    return (size_t)snprintf(text, sizeof text, cell->style == LTI_STYLE_INTEGER ? "%.0f" : "%.3f", cell->number);
}

/* Columns with wide texts get at most so much; where the table is too wide for a page they give way, the wider the more.
   A table that is too wide even so goes over several pages. */
static void settle_widths(lti_book *book)
{
    size_t fixed = 0, flexible = 0;
    for (size_t i = 0; i < book->shown_count; i++) {
        lti_shown *shown = &book->shown[i];
        shown->wraps = shown->width > WRAP_WIDTH;
        shown->natural = shown->width;
        if (shown->width > MOST_WIDTH) shown->width = MOST_WIDTH;
        fixed += shown->wraps ? WRAP_WIDTH : shown->width;
        flexible += shown->wraps ? shown->width - WRAP_WIDTH : 0;
    }
    bool is_wide = fixed > MOST_PAGE_WIDTH;
    size_t page = fixed + fixed / 10, total = 0;
    if (page < EASY_WIDTH) page = EASY_WIDTH;
    if (page > PAGE_WIDTH) page = PAGE_WIDTH;
    size_t slack = fixed < page ? page - fixed : 0;
    for (size_t i = 0; i < book->shown_count; i++) {
        lti_shown *shown = &book->shown[i];
        bool is_long = shown->natural > (size_t)WIDE_LINES * WIDE_WIDTH;
        if (is_wide && !is_long && shown->width > WIDE_WIDTH) shown->width = WIDE_WIDTH;
        if (!is_wide && shown->wraps && flexible > slack)
            shown->width = WRAP_WIDTH + (shown->width - WRAP_WIDTH) * slack / flexible;
        total += shown->width;
    }
    book->pages = is_wide ? (uint16_t)((total + PAGE_WIDTH - 1) / PAGE_WIDTH) : 1;
    book->settled = true;
}

static void begin_sheet(lti_book *book)
{
    const lt_table_writer *writer = book->writer;
    size_t sheet = lti_sheet_add(book, writer->title, ++book->part), lines = 1;
    for (size_t i = 0; i < book->shown_count; i++) {
        const char *heading = lti_book_words(book, writer->columns[book->shown[i].index].title);
        size_t own = lti_line_count(heading, book->shown[i].width);
        if (own > lines) lines = own;
        lti_sheet_text(book, sheet, 0, (uint16_t)i, heading, LTI_STYLE_HEADER);
    }
    lti_sheet_height(book, sheet, 0, lines);
    book->row = 1;
}

/* Why there are no rows runs over the empty cells beside it: together they have to be wide enough for it, also in print. */
static void write_reason(lti_book *book)
{
    const char *reason = lti_book_words(book, book->writer->empty);
    size_t width = lti_widest_line(reason), room = 0;
    for (size_t i = 0; i < book->shown_count; i++) room += book->shown[i].width + LTI_MARGIN;
    if (width > room) book->shown[book->shown_count - 1].width += width - room;
    lti_sheet_text(book, book->sheet_count - 1, 1, 0, reason, LTI_STYLE_REMARK);
}

static void end_sheet(lti_book *book)
{
    const lt_table_writer *writer = book->writer;
    if (writer->failed) return;
    lxw_worksheet *sheet = book->sheets[book->sheet_count - 1].worksheet;
    lxw_col_t last = (lxw_col_t)(book->shown_count - 1);
    bool empty = book->row == 1;
    if (empty) write_reason(book);
    else if (worksheet_autofilter(sheet, 0, 0, book->row - 1, last) != LXW_NO_ERROR) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_fit_to_pages(sheet, book->pages, 0);
    for (size_t i = 0; i < book->shown_count && book->pages > 1; i++)
        if (strcmp(writer->columns[book->shown[i].index].key, "name") == 0)
            worksheet_repeat_columns(sheet, (lxw_col_t)i, (lxw_col_t)i);
}

/* @return the lines that it takes. */
static size_t write_cell(lti_book *book, size_t place, const lti_kept_cell *cell)
{
    size_t sheet = book->sheet_count - 1, width = cell_width(cell);
    lti_shown *shown = &book->shown[place];
    if (width > WRAP_WIDTH) shown->wraps = true;
    bool widens = !cell->text || !shown->wraps; /* a number too wide for its column would not be shown */
    if (width > shown->width && widens) shown->width = width;
    if (cell->text) {
        const char *text = lti_sheet_text(book, sheet, book->row, (uint16_t)place, cell->text, cell->style);
        return lti_line_count(text, shown->width + LTI_MARGIN);
    }
    if (cell->style != LTI_STYLES) lti_sheet_number(book, sheet, book->row, (uint16_t)place, cell->number, cell->style);
    return 1;
}

static void write_row(lti_book *book, const lti_kept_cell *cells)
{
    uint32_t limit = book->writer->sheet_rows ? book->writer->sheet_rows : LXW_ROW_MAX;
    size_t lines = 1;
    if (book->row >= limit) {
        end_sheet(book);
        begin_sheet(book);
    }
    for (size_t i = 0; i < book->shown_count && !book->writer->failed; i++) {
        size_t own = write_cell(book, i, &cells[i]);
        if (own > lines) lines = own;
    }
    lti_sheet_height(book, book->sheet_count - 1, book->row++, lines);
}

static void drop_kept(lti_book *book)
{
    for (size_t i = 0; i < book->kept_rows * book->shown_count; i++) free(book->kept[i].text);
    book->kept_rows = 0;
}

static void write_kept(lti_book *book)
{
    if (!book->settled) {
        settle_widths(book);
        begin_sheet(book);
    }
    for (size_t i = 0; i < book->kept_rows && !book->writer->failed; i++) write_row(book, &book->kept[i * book->shown_count]);
    drop_kept(book);
}

/* Headings may be broken; their words may not. */
static void choose_columns(lti_book *book)
{
    const lt_table_writer *writer = book->writer;
    lti_shown *shown = calloc(writer->column_count + 1, sizeof *shown);
    free(book->shown);
    free(book->kept);
    book->shown = shown;
    book->kept = NULL;
    book->shown_count = book->part = 0;
    book->settled = false;
    if (!shown) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
    for (size_t i = 0; i < writer->column_count && shown; i++) {
        if (writer->columns[i].own_table) continue;
        size_t width = lti_heading_width(lti_book_words(book, writer->columns[i].title), HEAD_LINES) + ARROW_WIDTH;
        shown[book->shown_count++] = (lti_shown){.index = i, .width = width > LEAST_WIDTH ? width : LEAST_WIDTH};
    }
}

static void note_table(lti_book *book)
{
    const lt_table_writer *writer = book->writer;
    if (!lti_book_grow(book, (void **)&book->table_notes, book->table_note_count, &book->table_note_capacity,
                       sizeof *book->table_notes))
        return;
    book->table_notes[book->table_note_count++] = (lti_table_note){.sheet = book->sheet_count,
                                                                   .key = writer->key,
                                                                   .title = writer->title,
                                                                   .first_column = book->column_note_count,
                                                                   .column_count = book->shown_count};
    for (size_t i = 0; i < book->shown_count; i++) {
        const lt_column *column = &writer->columns[book->shown[i].index];
        if (!lti_book_grow(book, (void **)&book->column_notes, book->column_note_count, &book->column_note_capacity,
                           sizeof *book->column_notes))
            return;
        book->column_notes[book->column_note_count++] = (lti_column_note){column->title, lti_column_meaning(column), column->key};
    }
}

static void fail_width(lti_book *book)
{
    lt_error *error = &book->writer->error;
    lti_book_fail(book, LT_E_LIMIT, EFBIG);
    error->message = LT_MSG_SHEET_TOO_WIDE;
    snprintf(error->arg[0], sizeof error->arg[0], "%zu", book->shown_count);
    snprintf(error->arg[1], sizeof error->arg[1], "%d", LXW_COL_MAX);
}

static void begin(lt_table_writer *writer)
{
    if (writer->table == 1) lti_book_open(writer);
    lti_book *book = writer->book;
    if (writer->failed) return;
    choose_columns(book);
    if (writer->failed) return;
    if (book->shown_count > LXW_COL_MAX) {
        fail_width(book);
        return;
    }
    book->kept = calloc(book->shown_count * KEPT_ROWS + 1, sizeof *book->kept);
    if (!book->kept) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
    else note_table(book);
}

static void row(lt_table_writer *writer, const lt_cell *cells)
{
    lti_book *book = writer->book;
    if (writer->failed) return;
    lti_kept_cell *kept = &book->kept[book->kept_rows++ * book->shown_count];
    for (size_t i = 0; i < book->shown_count; i++) {
        kept[i] = keep_cell(book, &cells[book->shown[i].index]);
        size_t width = book->settled ? 0 : cell_width(&kept[i]);
        if (width > book->shown[i].width) book->shown[i].width = width;
    }
    if (book->settled || book->kept_rows == KEPT_ROWS) write_kept(book);
}

static void end_table(lt_table_writer *writer)
{
    lti_book *book = writer->book;
    if (writer->failed) return;
    write_kept(book);
    end_sheet(book);
    for (size_t sheet = book->sheet_count - book->part; sheet < book->sheet_count; sheet++)
        for (size_t i = 0; i < book->shown_count; i++) lti_sheet_width(book, sheet, (uint16_t)i, book->shown[i].width);
    lti_table_note *note = &book->table_notes[book->table_note_count - 1];
    note->rows = writer->rows;
    note->about = writer->about;
}

static void end(lt_table_writer *writer)
{
    if (!writer->book && !writer->failed) lti_book_open(writer);
    if (!writer->failed) lti_write_long_texts(writer->book);
    if (!writer->failed) lti_write_notes(writer->book);
    if (writer->book) drop_kept(writer->book);
    lti_book_close(writer);
}

const lti_format lti_xlsx_format = {"xlsx", true, begin, row, end_table, end};
