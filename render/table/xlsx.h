/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_XLSX_H
#define LTI_XLSX_H

#include <xlsxwriter.h>

#include "table/writer.h"

/* A workbook while it is written. xlsx.c makes sheets of tables, xlsx_notes.c those that explain them; xlsx_book.c is
   what both write with, and the only file that knows libxlsxwriter's ways; xlsx_check.c reads back what it made. */

/** How a cell looks. */
typedef enum {
    LTI_STYLE_TEXT,
    LTI_STYLE_WRAPPED,
    LTI_STYLE_GUARDED, /* begins like a formula: stays text when somebody edits it */
    LTI_STYLE_GUARDED_WRAPPED,
    LTI_STYLE_CENTRED,
    LTI_STYLE_INTEGER,
    LTI_STYLE_REAL,
    LTI_STYLE_SCIENTIFIC, /* what three decimals do not show */
    LTI_STYLE_HEADER,
    LTI_STYLE_LABEL,
    LTI_STYLE_REMARK,
    LTI_STYLE_TONE, /* + lt_tone */
    LTI_STYLES = LTI_STYLE_TONE + LT_TONE_GREY + 1
} lti_style;

enum { LTI_MARGIN = 2 };

/** Bytes of a sheet's name: 31 characters and a NUL. */
enum { LTI_SHEET_NAME_SIZE = 128 };

/** What a sheet has to hold once it is written. */
typedef struct {
    lxw_worksheet *worksheet;
    uint64_t cells, bytes; /* bytes: of its rows as XML */
    char name[LTI_SHEET_NAME_SIZE];
} lti_sheet;

/** What the notes say of a table. */
typedef struct {
    size_t sheet; /* its first */
    const char *key;
    lt_message title, about;
    uint64_t rows;
    size_t first_column, column_count; /* in column_notes */
} lti_table_note;

typedef struct {
    lt_message title, meaning;
    const char *key;
} lti_column_note;

/** A text that no cell can hold whole. */
typedef struct {
    char *text;
    size_t sheet;
    uint32_t row;
    uint16_t column;
} lti_long_text;

/** A column of the table that is being written. */
typedef struct {
    size_t index;   /* in the writer's columns and cells */
    size_t width;   /* of the widest line so far, or as it was chosen */
    bool wraps;     /* its width is settled, and wider texts are broken */
    size_t natural; /* width that it would have had */
} lti_shown;

/** A cell on its way into a sheet: a number, or a text where there is one; neither where style is LTI_STYLES. */
typedef struct {
    char *text;
    double number;
    lti_style style;
} lti_kept_cell;

typedef struct lti_book {
    lt_table_writer *writer;
    lxw_workbook *workbook;
    lxw_format *formats[LTI_STYLES];
    char *folder; /* of temporary files */
    int file;     /* that libxlsxwriter writes to; it has no name */
    char *cleaned;
    lti_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    lti_table_note *table_notes;
    size_t table_note_count, table_note_capacity;
    lti_column_note *column_notes;
    size_t column_note_count, column_note_capacity;
    lti_long_text *long_texts;
    size_t long_text_count, long_text_capacity;
    uint32_t long_text_row; /* where the next one begins in its sheet */
    lti_shown *shown;
    size_t shown_count;
    lti_kept_cell *kept; /* rows not yet written: the first ones of a table, which settle the widths, then one */
    size_t kept_rows;
    bool settled;
    uint16_t pages; /* beside each other in print */
    unsigned part;  /* sheets of this table */
    uint32_t row;   /* the next of the sheet */
} lti_book;

/* xlsx_book.c. Everything notes a failure in the writer and does nothing after one. */

/** Begins a workbook in writer->book. */
void lti_book_open(lt_table_writer *writer);
/** Ends it: writes it to the sink unless something failed before, and frees it. */
void lti_book_close(lt_table_writer *writer);
/** Notes a failure that is not the sink's; reason is an errno. */
void lti_book_fail(lti_book *book, lt_code code, int reason);
/** The message of the head's language. */
const char *lti_book_words(const lti_book *book, lt_message message);

/** Adds a sheet named by a title, `part` counting the sheets of one table from 1, set up for printing. @return its index. */
size_t lti_sheet_add(lti_book *book, lt_message title, unsigned part);
/**
 * A text as text, whatever it begins with; one that is too long for a cell stands in a sheet of its own, and its cell says so.
 *
 * @return what the cell shows, until the next call.
 */
const char *lti_sheet_text(lti_book *book, size_t sheet, uint32_t row, uint16_t column, const char *text, lti_style style);
/** A part of a text that fits: at most LTI_CELL_UNITS; *text moves on behind it. */
void lti_sheet_part(lti_book *book, size_t sheet, uint32_t row, uint16_t column, const char **text);
void lti_sheet_number(lti_book *book, size_t sheet, uint32_t row, uint16_t column, double value, lti_style style);
/** Width in characters; the column gets LTI_MARGIN more. */
void lti_sheet_width(lti_book *book, size_t sheet, uint16_t column, size_t width);

/** Height for as many lines, of a row that is about to be written or being written; one line is left to the program. */
void lti_sheet_height(lti_book *book, size_t sheet, uint32_t row, size_t lines);

/** Room for one more element; false when memory ran out (noted). */
bool lti_book_grow(lti_book *book, void **items, size_t count, size_t *capacity, size_t size);

/* xlsx_text.c */

/** UTF-16 units that a cell gets at most, below the 32,767 that it can hold. */
enum { LTI_CELL_UNITS = 32000 };

/**
 * Copies a text with what XML cannot hold written as Excel reads it (_x001B_), until `limit` UTF-16 units are used.
 *
 * @param text   moves on behind what was copied
 * @param out    3 · limit + 1 bytes, or NULL to count only
 * @return units used.
 */
size_t lti_clean_text(const char **text, char *out, size_t limit);

/** Columns of the widest line of a text, a Han character taking two. */
size_t lti_widest_line(const char *text);
/** Lines that a text takes in a cell of this many columns. */
size_t lti_line_count(const char *text, size_t width);
/** Columns that a heading wants so that it takes about this many lines and no word is broken. */
size_t lti_heading_width(const char *text, size_t lines);

/* xlsx_notes.c */

void lti_write_long_texts(lti_book *book);
void lti_write_notes(lti_book *book);

/* xlsx_check.c */

/**
 * Whether a package holds each of its parts whole, and each sheet the cells and bytes that it was given.
 *
 * libxlsxwriter passes the parts through temporary files and does not ask whether they could be written.
 */
bool lti_package_is_whole(const unsigned char *bytes, size_t size, const lti_sheet *sheets, size_t sheet_count);

#endif
