/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV as Excel and WPS open it: UTF-8 with byte order mark, CRLF, RFC 4180 quotes. Only the rows, not the summary. */
#include <stdlib.h>
#include <string.h>

#include "table/writer.h"

enum { DIGITS = 12 };

/* A text that a spreadsheet would take for a formula gets an apostrophe, so that foreign data cannot run. */
static bool is_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

static void emit_field(lt_table_writer *writer, const char *text, bool guarded)
{
    bool guard = guarded && is_formula(text);
    if (!guard && !strpbrk(text, ",\"\r\n")) {
        lti_emit_text(writer, text);
        return;
    }
    lti_emit_text(writer, guard ? "\"'" : "\"");
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        lti_emit(writer, text, (size_t)(quote - text + 1));
        lti_emit_text(writer, "\"");
    }
    lti_emit_text(writer, text);
    lti_emit_text(writer, "\"");
}

static void begin(lt_table_writer *writer)
{
    if (writer->table > 1) return;
    lti_emit_text(writer, "\xEF\xBB\xBF");
    for (size_t i = 0; i < writer->column_count; i++) {
        if (i > 0) lti_emit_text(writer, ",");
        emit_field(writer, lt_message_pattern(writer->head.lang, writer->columns[i].title), true);
    }
    lti_emit_text(writer, "\r\n");
}

static void row(lt_table_writer *writer, const lt_cell *cells)
{
    if (writer->table > 1) return;
    for (size_t i = 0; i < writer->column_count; i++) {
        char *text = lti_cell_words(writer, &cells[i], DIGITS, ";");
        if (i > 0) lti_emit_text(writer, ",");
        bool number = cells[i].type == LT_CELL_INTEGER || cells[i].type == LT_CELL_REAL;
        if (text) emit_field(writer, text, !number);
        free(text);
    }
    lti_emit_text(writer, "\r\n");
}

static void nothing(lt_table_writer *writer)
{
    (void)writer;
}

const lti_format lti_csv_format = {"csv", false, begin, row, nothing, nothing};
