/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LT_DOCUMENT_H
#define LT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "liantu/liantu.h"

/* A document as plain data: what is said, with no format in it. Builders append; writers (format.h) only read. Running out of
   memory sticks: check `failed` once, at the end. */

/** A stretch of text. One that holds a figure names where the figure comes from, so that each number can be traced. */
typedef struct {
    const char *text;
    const char *figure; /* words joined by spaces: "gaps hydrogen completeness"; NULL = no figure */
    bool bold;
} lt_doc_run;

typedef struct {
    size_t first, count; /* of the document's runs */
} lt_doc_span;

typedef enum {
    LT_DOC_TITLE,
    LT_DOC_SUBTITLE,
    LT_DOC_HEADING,
    LT_DOC_PARAGRAPH,
    LT_DOC_ITEM, /* of a list */
    LT_DOC_NOTE, /* under a table or a picture, in small type */
    LT_DOC_TABLE,
    LT_DOC_PICTURE
} lt_doc_type;

/** A column of a table; width in shares of the whole. */
typedef struct {
    lt_message title;
    unsigned width;
    bool right; /* numbers stand right */
} lt_doc_column;

/** A picture on a page of its own, which is turned when the picture is wider than high. */
typedef struct {
    char *bytes;
    size_t size;
    bool png;             /* else SVG */
    double width, height; /* in mm, as it is meant */
} lt_doc_picture;

typedef struct {
    lt_doc_type type;
    unsigned level;     /* of a heading, from 1 */
    const char *number; /* of a heading or an item, as it is written; "" = none */
    lt_doc_span runs;
    const lt_doc_column *columns; /* of a table; borrowed from static data */
    size_t column_count, first_cell, row_count;
    lt_doc_picture picture;
} lt_doc_block;

enum { LT_DOC_LEVELS = 4 };

typedef struct {
    lt_lang lang;
    bool failed; /* memory ran out */
    lt_doc_block *blocks;
    size_t block_count, block_capacity;
    lt_doc_run *runs;
    size_t run_count, run_capacity;
    lt_doc_span *cells; /* of all tables, row by row */
    size_t cell_count, cell_capacity;
    char **texts; /* owned */
    size_t text_count, text_capacity;
    unsigned counters[LT_DOC_LEVELS + 1]; /* headings so far, by level; items of the list at 0 */
    bool in_cell;
} lt_document;

void lt_doc_init(lt_document *doc, lt_lang lang);
/** Takes half-built documents. */
void lt_doc_done(lt_document *doc);

/** Keeps a copy of a text as long as the document lives. @return "" out of memory. */
const char *lt_doc_keep(lt_document *doc, const char *text);
/** Keeps a text made from a pattern of printf. */
const char *lt_doc_print(lt_document *doc, const char *pattern, ...) __attribute__((format(printf, 2, 3)));

/** Begins a block of running text; what is said next goes into it. */
void lt_doc_begin(lt_document *doc, lt_doc_type type);
/** Begins a heading; it gets its number. */
void lt_doc_heading(lt_document *doc, unsigned level);
/** Begins an item of a numbered list, which ends with the next block of another type. */
void lt_doc_item(lt_document *doc);
/** Begins a table. */
void lt_doc_table(lt_document *doc, const lt_doc_column *columns, size_t count);
/** Begins the next cell of the table; a row is as many cells as there are columns. */
void lt_doc_cell(lt_document *doc);
/** Adds a picture, whose bytes are taken over; what is said next is its title. */
void lt_doc_picture_add(lt_document *doc, const lt_doc_picture *picture);

/** Adds a run to the block or the cell that was begun; its texts have to outlive the document (lt_doc_keep). */
void lt_doc_run_add(lt_document *doc, lt_doc_run run);
/** Adds a message, its arguments being runs. In a language with spaces, one stands between it and the sentence before. */
void lt_doc_say(lt_document *doc, lt_message message, const lt_doc_run *args, size_t count);

#endif
