/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LT_TABLE_H
#define LT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "liantu/liantu.h"
#include "sink.h"

/* Tables as text, JSON, CSV and xlsx. A command names its columns once and gives rows one by one; nothing is kept but by the
   text writer, which has to know the widest cell, and in temporary files by the xlsx writer. */

typedef enum {
    LT_CELL_NULL,
    LT_CELL_TEXT,
    LT_CELL_WORD, /* JSON has the word of the contract, people read the message */
    LT_CELL_INTEGER,
    LT_CELL_REAL, /* not finite = null */
    LT_CELL_BOOL,
    LT_CELL_LIST,
    LT_CELL_JSON /* JSON has the value, people read the text */
} lt_cell_type;

/** Colour on a terminal. */
typedef enum { LT_TONE_PLAIN, LT_TONE_RED, LT_TONE_YELLOW, LT_TONE_GREEN, LT_TONE_BLUE, LT_TONE_MAGENTA, LT_TONE_GREY } lt_tone;

/** One cell; texts and lists are borrowed for the call. */
typedef struct {
    lt_cell_type type;
    lt_tone tone;
    const char *text;   /* TEXT, WORD, JSON */
    const char *json;   /* JSON: a value as text */
    lt_message message; /* WORD */
    int64_t integer;    /* INTEGER, BOOL */
    double real;
    const char *const *items; /* LIST */
    size_t count;
} lt_cell;

static inline lt_cell lt_cell_null(void)
{
    return (lt_cell){LT_CELL_NULL};
}
static inline lt_cell lt_cell_text(const char *text)
{
    return (lt_cell){LT_CELL_TEXT, .text = text};
}
/** Empty text counts as not given. */
static inline lt_cell lt_cell_given(const char *text)
{
    return text && text[0] ? lt_cell_text(text) : lt_cell_null();
}
static inline lt_cell lt_cell_word(const char *word, lt_message message, lt_tone tone)
{
    return (lt_cell){LT_CELL_WORD, tone, .text = word, .message = message};
}
static inline lt_cell lt_cell_integer(int64_t value)
{
    return (lt_cell){LT_CELL_INTEGER, .integer = value};
}
static inline lt_cell lt_cell_real(double value)
{
    return (lt_cell){LT_CELL_REAL, .real = value};
}
static inline lt_cell lt_cell_bool(bool value)
{
    return (lt_cell){LT_CELL_BOOL, .integer = value};
}
static inline lt_cell lt_cell_list(const char *const *items, size_t count)
{
    return (lt_cell){LT_CELL_LIST, .items = items, .count = count};
}

static inline lt_cell lt_cell_json(const char *json, const char *text)
{
    return (lt_cell){LT_CELL_JSON, .text = text, .json = json};
}

typedef struct {
    const char *key;  /* in JSON; "a.b" stands in an object a, columns of which stand beside each other */
    lt_message title; /* for people */
    bool detail;      /* left out of text output, which has to fit a screen */
    bool may_lack;    /* JSON leaves the field out where the cell is null */
    bool own_table;   /* people get a table of its own instead (lt_table_for_people) */
    /* What the column means, where its title does not mean the same in every table; else 0 and the row of definitions.c. */
    lt_message meaning;
} lt_column;

/** What the output is about; borrowed while writing. */
typedef struct {
    const char *version, *command, *dataset_id, *dataset_title, *as_of, *digest, *policy_digest;
    const char *arguments;     /* of the command, for people; NULL = none */
    const char *subject;       /* what the tables are of, as each printed page says; NULL = the whole dataset */
    const lt_dataset *dataset; /* whose sources xlsx lists; NULL = none */
    lt_lang lang;
    bool colour;
} lt_table_head;

typedef struct lt_table_writer lt_table_writer;

/** Formats by name: "text", "json", "csv", "xlsx". @return NULL out of memory. */
lt_table_writer *lt_table_new(const char *format, const lt_table_head *head, const lt_sink *sink);

/** Whether people read the format, who want a table more where programs want nested values. */
bool lt_table_for_people(const lt_table_writer *writer);

/**
 * Begins a table. The first holds the rows; those after it are the summary (key names them there), which CSV leaves out.
 *
 * @param key, columns  copied, but for the texts: those are borrowed until lt_table_end
 */
void lt_table_begin(lt_table_writer *writer, const char *key, lt_message title, const lt_column *columns, size_t column_count);

/** For people: what the table that was begun holds, and why it is where it has no rows; 0 = what is said of any. */
void lt_table_explain(lt_table_writer *writer, lt_message about, lt_message empty);

/** Writes a row of as many cells as the table has columns. */
void lt_table_row(lt_table_writer *writer, const lt_cell *cells);

/** Something else failed: nothing more goes to the sink, so that what is there does not look whole. lt_table_end is still due. */
void lt_table_abandon(lt_table_writer *writer);

/**
 * Ends the output and frees the writer.
 *
 * @param error  may be NULL; filled when something else than the sink failed: a temporary file, a limit of the format
 * @return 0, or -1 on failure (errno says why when it was the sink, or memory).
 */
int lt_table_end(lt_table_writer *writer, lt_error *error);

#endif
