/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_WRITER_H
#define LTI_WRITER_H

#include <stdio.h>

#include "table/table.h"

/** One format: a row of the table in table.c. */
typedef struct {
    const char *name;
    bool for_people;
    void (*begin)(lt_table_writer *writer); /* a table begins; writer->table counts it */
    void (*row)(lt_table_writer *writer, const lt_cell *cells);
    void (*end_table)(lt_table_writer *writer);
    void (*end)(lt_table_writer *writer);
} lti_format;

/** A cell of the text writer, kept until the widths are known. */
typedef struct {
    char *text;
    lt_tone tone;
    bool right; /* numbers stand right */
} lti_text_cell;

struct lt_table_writer {
    const lti_format *format;
    lt_table_head head;
    lt_sink sink;
    int failed;  /* errno, 0 = none */
    int table;   /* tables begun */
    size_t rows; /* of this table */
    const char *key;
    lt_message title, about, empty; /* as lt_table_explain says */
    lt_column *columns;             /* owned */
    size_t column_count;
    lti_text_cell *cells; /* text writer */
    size_t cell_count, cell_capacity;
    struct lti_book *book; /* xlsx writer */
    uint32_t sheet_rows;   /* xlsx writer: rows of a sheet; tests make it small */
    lt_error error;        /* what failed beside the sink */
};

extern const lti_format lti_text_format, lti_json_format, lti_csv_format, lti_xlsx_format;

/** What a column means; 0 = nothing is said. */
lt_message lti_column_meaning(const lt_column *column);

void lti_emit(lt_table_writer *writer, const char *bytes, size_t length);
void lti_emit_text(lt_table_writer *writer, const char *text);

/** A cell as people read it, in a block that the caller frees; NULL out of memory (noted). List items are joined by separator. */
char *lti_cell_words(lt_table_writer *writer, const lt_cell *cell, int digits, const char *separator);

/** Columns of a text on a terminal: Han characters take two, combining marks none. */
size_t lti_display_width(const char *text);

#endif
