/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sheets that explain the others: texts too long for a cell; what the figures rest on and what the columns mean. */
#include <stdlib.h>
#include <string.h>

#include "table/xlsx.h"

enum { COLUMNS = 4 };
static const size_t widths[COLUMNS] = {20, 24, 26, 90};

/** Where the next line of the notes goes. */
typedef struct {
    lti_book *book;
    size_t sheet;
    uint32_t row;
    size_t lines; /* of this row */
} notes;

static void put(notes *n, uint16_t column, const char *text, lti_style style)
{
    size_t lines = style == LTI_STYLE_WRAPPED ? lti_line_count(text, widths[column]) : 1;
    if (lines > n->lines) n->lines = lines;
    lti_sheet_text(n->book, n->sheet, n->row, column, text, style);
}

static void next_row(notes *n)
{
    lti_sheet_height(n->book, n->sheet, n->row++, n->lines);
    n->lines = 1;
}

static void put_heads(notes *n, const lt_message *heads)
{
    for (uint16_t i = 0; i < COLUMNS; i++) put(n, i, lti_book_words(n->book, heads[i]), LTI_STYLE_HEADER);
    next_row(n);
}

static void set_widths(const notes *n)
{
    for (uint16_t column = 0; column < COLUMNS; column++) lti_sheet_width(n->book, n->sheet, column, widths[column]);
}

void lti_write_long_texts(lti_book *book)
{
    static const lt_message heads[] = {LT_MSG_NOTES_SHEET, LT_MSG_NOTES_CELL, LT_MSG_NOTES_PART, LT_MSG_NOTES_CONTENT};
    if (book->long_text_count == 0) return;
    notes n = {book, lti_sheet_add(book, LT_MSG_TITLE_LONG_TEXTS, 1), 0, 1};
    put_heads(&n, heads);
    for (size_t i = 0; i < book->long_text_count; i++) {
        const lti_long_text *text = &book->long_texts[i];
        const char *rest = text->text;
        char cell[32];
        lxw_rowcol_to_cell(cell, text->row, text->column);
        for (int part = 1; *rest && !book->writer->failed; part++, next_row(&n)) {
            put(&n, 0, book->sheets[text->sheet].name, LTI_STYLE_WRAPPED);
            put(&n, 1, cell, LTI_STYLE_WRAPPED);
            lti_sheet_number(book, n.sheet, n.row, 2, part, LTI_STYLE_INTEGER);
            lti_sheet_part(book, n.sheet, n.row, 3, &rest);
            n.lines = SIZE_MAX; /* as high as a row can be */
        }
    }
    set_widths(&n);
    if (!book->writer->failed) worksheet_freeze_panes(book->sheets[n.sheet].worksheet, 1, 0);
}

static void write_origin(notes *n)
{
    const lt_table_head *head = &n->book->writer->head;
    const char *title = head->dataset_title && head->dataset_title[0] ? head->dataset_title : head->dataset_id;
    const char *as_of = head->as_of && head->as_of[0] ? head->as_of : lti_book_words(n->book, LT_MSG_NOT_GIVEN);
    char command[2048], version[64];
    snprintf(command, sizeof command, "liantu %s%s%s", head->command, head->arguments && head->arguments[0] ? " " : "",
             head->arguments ? head->arguments : "");
    snprintf(version, sizeof version, "liantu %s", head->version);
    const struct {
        lt_message label;
        const char *value;
    } lines[] = {
        {LT_MSG_NOTES_DATASET, title},       {LT_MSG_NOTES_DATASET_ID, head->dataset_id}, {LT_MSG_NOTES_AS_OF, as_of},
        {LT_MSG_NOTES_DIGEST, head->digest}, {LT_MSG_NOTES_POLICY, head->policy_digest},  {LT_MSG_NOTES_COMMAND, command},
        {LT_MSG_NOTES_VERSION, version},
    };
    if (head->subject) {
        put(n, 0, lti_book_words(n->book, LT_MSG_NOTES_SUBJECT), LTI_STYLE_LABEL);
        put(n, 1, head->subject, LTI_STYLE_TEXT);
        next_row(n);
    }
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++, next_row(n)) {
        put(n, 0, lti_book_words(n->book, lines[i].label), LTI_STYLE_LABEL);
        put(n, 1, lines[i].value, LTI_STYLE_TEXT);
    }
}

static void write_sheets(notes *n)
{
    static const lt_message heads[] = {LT_MSG_NOTES_SHEET, LT_MSG_NOTES_ROWS, LT_MSG_NOTES_KEY, LT_MSG_NOTES_CONTENT};
    lti_book *book = n->book;
    put_heads(n, heads);
    for (size_t i = 0; i < book->table_note_count; i++, next_row(n)) {
        const lti_table_note *table = &book->table_notes[i];
        put(n, 0, book->sheets[table->sheet].name, LTI_STYLE_WRAPPED);
        lti_sheet_number(book, n->sheet, n->row, 1, (double)table->rows, LTI_STYLE_INTEGER);
        put(n, 2, table->key, LTI_STYLE_WRAPPED);
        put(n, 3, lti_book_words(book, table->about), LTI_STYLE_WRAPPED);
    }
    if (book->long_text_count == 0) return;
    put(n, 0, lti_book_words(book, LT_MSG_TITLE_LONG_TEXTS), LTI_STYLE_WRAPPED);
    lti_sheet_number(book, n->sheet, n->row, 1, book->long_text_row - 1, LTI_STYLE_INTEGER);
    put(n, 3, lti_book_words(book, LT_MSG_NOTES_LONG_TEXTS), LTI_STYLE_WRAPPED);
    next_row(n);
}

static void write_meanings(notes *n)
{
    static const lt_message heads[] = {LT_MSG_NOTES_SHEET, LT_MSG_NOTES_COLUMN, LT_MSG_NOTES_KEY, LT_MSG_NOTES_MEANING};
    lti_book *book = n->book;
    put_heads(n, heads);
    for (size_t i = 0; i < book->table_note_count; i++) {
        const lti_table_note *table = &book->table_notes[i];
        for (size_t j = 0; j < table->column_count; j++, next_row(n)) {
            const lti_column_note *column = &book->column_notes[table->first_column + j];
            put(n, 0, book->sheets[table->sheet].name, LTI_STYLE_WRAPPED);
            put(n, 1, lti_book_words(book, column->title), LTI_STYLE_WRAPPED);
            put(n, 2, column->key, LTI_STYLE_WRAPPED);
            put(n, 3, lti_book_words(book, column->meaning ? column->meaning : LT_MSG_NOTES_NO_MEANING), LTI_STYLE_WRAPPED);
        }
    }
}

static void write_sources(notes *n)
{
    static const lt_message heads[] = {LT_MSG_NOTES_SOURCE, LT_MSG_NOTES_DATE, LT_MSG_NOTES_PUBLISHER, LT_MSG_NOTES_SOURCE_TITLE};
    const lt_dataset *ds = n->book->writer->head.dataset;
    if (!ds || lt_source_count(ds) == 0) return;
    put_heads(n, heads);
    for (size_t i = 0; i < lt_source_count(ds); i++, next_row(n)) {
        const lt_source *source = &lt_sources(ds)[i];
        const lt_string texts[] = {source->id, source->date, source->publisher, source->title};
        for (uint16_t column = 0; column < COLUMNS; column++)
            put(n, column, lt_dataset_string(ds, texts[column]), LTI_STYLE_WRAPPED);
    }
}

void lti_write_notes(lti_book *book)
{
    notes n = {book, lti_sheet_add(book, LT_MSG_TITLE_NOTES, 1), 0, 1};
    write_origin(&n);
    next_row(&n);
    write_sheets(&n);
    next_row(&n);
    write_meanings(&n);
    next_row(&n);
    write_sources(&n);
    set_widths(&n);
}
