/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table/table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "table/writer.h"

static const lti_format *const formats[] = {&lti_text_format, &lti_json_format, &lti_csv_format, &lti_xlsx_format};

lt_table_writer *lt_table_new(const char *format, const lt_table_head *head, const lt_sink *sink)
{
    lt_table_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return NULL;
    writer->head = *head;
    writer->sink = *sink;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i]->name, format) == 0) writer->format = formats[i];
    return writer;
}

bool lt_table_for_people(const lt_table_writer *writer)
{
    return writer->format->for_people;
}

void lt_table_begin(lt_table_writer *writer, const char *key, lt_message title, const lt_column *columns, size_t column_count)
{
    if (writer->table > 0) writer->format->end_table(writer);
    writer->table++;
    writer->rows = 0;
    writer->key = key;
    writer->title = writer->about = title;
    writer->empty = LT_MSG_TABLE_EMPTY;
    free(writer->columns);
    writer->column_count = column_count;
    writer->columns = calloc(column_count + 1, sizeof *columns);
    if (!writer->columns) {
        if (!writer->failed) writer->failed = ENOMEM;
        writer->column_count = 0;
    } else if (column_count > 0) {
        memcpy(writer->columns, columns, column_count * sizeof *columns);
    }
    writer->format->begin(writer);
}

void lt_table_explain(lt_table_writer *writer, lt_message about, lt_message empty)
{
    if (about) writer->about = about;
    if (empty) writer->empty = empty;
}

void lt_table_row(lt_table_writer *writer, const lt_cell *cells)
{
    writer->format->row(writer, cells);
    writer->rows++;
}

void lt_table_abandon(lt_table_writer *writer)
{
    if (!writer->failed) writer->failed = ECANCELED;
}

int lt_table_end(lt_table_writer *writer, lt_error *error)
{
    if (writer->table > 0) writer->format->end_table(writer);
    writer->format->end(writer);
    int failed = writer->failed;
    if (failed && error && writer->error.code != LT_OK) *error = writer->error;
    for (size_t i = 0; i < writer->cell_count; i++) free(writer->cells[i].text);
    free(writer->cells);
    free(writer->columns);
    free(writer);
    errno = failed;
    return failed ? -1 : 0;
}

void lti_emit(lt_table_writer *writer, const char *bytes, size_t length)
{
    if (!writer->failed && writer->sink.write(writer->sink.context, bytes, length) != 0) writer->failed = errno ? errno : EIO;
}

void lti_emit_text(lt_table_writer *writer, const char *text)
{
    lti_emit(writer, text, strlen(text));
}

static char *joined(const lt_cell *cell, const char *separator)
{
    size_t size = 1;
    for (size_t i = 0; i < cell->count; i++) size += strlen(cell->items[i]) + strlen(separator);
    char *text = malloc(size), *at = text;
    if (!text) return NULL;
    *at = '\0';
    for (size_t i = 0; i < cell->count; i++) {
        if (i > 0) at = stpcpy(at, separator);
        at = stpcpy(at, cell->items[i]);
    }
    return text;
}

char *lti_cell_words(lt_table_writer *writer, const lt_cell *cell, int digits, const char *separator)
{
    lt_lang lang = writer->head.lang;
    char number[LT_REAL_SIZE], *text = NULL;
    switch (cell->type) {
    case LT_CELL_NULL: text = strdup(""); break;
    case LT_CELL_TEXT:
    case LT_CELL_JSON: text = strdup(cell->text); break;
    case LT_CELL_WORD: text = strdup(lt_message_pattern(lang, cell->message)); break;
    case LT_CELL_BOOL: text = strdup(lt_message_pattern(lang, cell->integer ? LT_MSG_YES : LT_MSG_NO)); break;
    case LT_CELL_INTEGER:
        snprintf(number, sizeof number, "%lld", (long long)cell->integer);
        text = strdup(number);
        break;
    case LT_CELL_REAL:
        lt_real_text(number, cell->real, digits);
        text = strdup(strcmp(number, "null") == 0 ? "" : number);
        break;
    case LT_CELL_LIST: text = joined(cell, separator); break;
    }
    if (!text) writer->failed = ENOMEM;
    return text;
}

size_t lti_display_width(const char *text)
{
    size_t width = 0;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t code;
    while (*at) {
        utf8proc_ssize_t used = utf8proc_iterate(at, -1, &code);
        if (used <= 0) break;
        int columns = utf8proc_charwidth(code);
        width += columns > 0 ? (size_t)columns : 0;
        at += used;
    }
    return width;
}
