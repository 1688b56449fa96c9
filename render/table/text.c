/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for a terminal: columns aligned by display width, colour where asked for. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "table/writer.h"

enum { DIGITS = 4, GAP = 2 };

static const char *const escapes[] = {
    [LT_TONE_PLAIN] = "",        [LT_TONE_RED] = "\x1b[31m",     [LT_TONE_YELLOW] = "\x1b[33m", [LT_TONE_GREEN] = "\x1b[32m",
    [LT_TONE_BLUE] = "\x1b[34m", [LT_TONE_MAGENTA] = "\x1b[35m", [LT_TONE_GREY] = "\x1b[90m",
};
static const char bold[] = "\x1b[1m", reset[] = "\x1b[0m";

/* Control characters of the data must not reach a terminal; they are shown as \xNN. */
static char *printable(char *text)
{
    size_t controls = 0;
    for (const char *at = text; *at; at++) controls += (unsigned char)*at < 0x20 || *at == 0x7f;
    if (controls == 0) return text;
    char *shown = malloc(strlen(text) + 3 * controls + 1), *to = shown;
    for (const char *at = text; shown && *at; at++) {
        bool control = (unsigned char)*at < 0x20 || *at == 0x7f;
        if (control) to += sprintf(to, "\\x%02x", (unsigned char)*at);
        else *to++ = *at;
    }
    if (shown) *to = '\0';
    free(text);
    return shown;
}

static void keep(lt_table_writer *writer, char *text, lt_tone tone, bool right)
{
    if (writer->cell_count == writer->cell_capacity) {
        size_t capacity = writer->cell_capacity * 2 + 64;
        lti_text_cell *cells = realloc(writer->cells, capacity * sizeof *cells);
        if (!cells) {
            writer->failed = ENOMEM;
            free(text);
            return;
        }
        writer->cells = cells;
        writer->cell_capacity = capacity;
    }
    text = text ? printable(text) : NULL;
    if (!text) writer->failed = ENOMEM;
    writer->cells[writer->cell_count++] = (lti_text_cell){text ? text : strdup(""), tone, right};
}

static void emit_title(lt_table_writer *writer)
{
    const lt_table_head *h = &writer->head;
    const char *as_of = h->as_of && h->as_of[0] ? h->as_of : lt_message_pattern(h->lang, LT_MSG_NOT_GIVEN);
    char digest[13], line[1024];
    snprintf(digest, sizeof digest, "%.12s", h->digest);
    if (writer->table > 1) lti_emit_text(writer, "\n");
    if (h->colour) lti_emit_text(writer, bold);
    lti_emit_text(writer, lt_message_pattern(h->lang, writer->title));
    if (h->colour) lti_emit_text(writer, reset);
    lti_emit_text(writer, "\n");
    if (writer->table > 1) return;
    const char *args[] = {h->dataset_title && h->dataset_title[0] ? h->dataset_title : h->dataset_id, h->dataset_id, as_of, digest};
    lt_message_format(line, sizeof line, h->lang, LT_MSG_TABLE_SUBTITLE, args, 4);
    char *safe = strdup(line);
    safe = safe ? printable(safe) : NULL;
    if (safe) lti_emit_text(writer, safe);
    free(safe);
    lti_emit_text(writer, "\n");
}

static void begin(lt_table_writer *writer)
{
    emit_title(writer);
    for (size_t i = 0; i < writer->column_count; i++)
        if (!writer->columns[i].detail)
            keep(writer, strdup(lt_message_pattern(writer->head.lang, writer->columns[i].title)), LT_TONE_PLAIN, false);
}

static void row(lt_table_writer *writer, const lt_cell *cells)
{
    for (size_t i = 0; i < writer->column_count; i++) {
        if (writer->columns[i].detail) continue;
        bool right = cells[i].type == LT_CELL_INTEGER || cells[i].type == LT_CELL_REAL;
        char *text = lti_cell_words(writer, &cells[i], DIGITS, lt_message_pattern(writer->head.lang, LT_MSG_LIST_SEPARATOR));
        bool empty = text && text[0] == '\0';
        if (empty) {
            free(text);
            text = strdup("-");
        }
        keep(writer, text, cells[i].tone, right || (empty && cells[i].type == LT_CELL_REAL));
    }
}

static void emit_spaces(lt_table_writer *writer, size_t count)
{
    for (; count > 0; count--) lti_emit(writer, " ", 1);
}

static void emit_cell(lt_table_writer *writer, const lti_text_cell *cell, size_t width, bool header, bool last)
{
    size_t own = lti_display_width(cell->text), pad = width > own ? width - own : 0;
    const char *escape = header ? bold : escapes[cell->tone];
    bool coloured = writer->head.colour && escape[0];
    if (cell->right) emit_spaces(writer, pad);
    if (coloured) lti_emit_text(writer, escape);
    lti_emit_text(writer, cell->text);
    if (coloured) lti_emit_text(writer, reset);
    if (!cell->right && !last) emit_spaces(writer, pad);
    if (!last) emit_spaces(writer, GAP);
}

static void end_table(lt_table_writer *writer)
{
    size_t shown = 0;
    for (size_t i = 0; i < writer->column_count; i++) shown += !writer->columns[i].detail;
    size_t *widths = calloc(shown + 1, sizeof *widths);
    if (!widths) writer->failed = ENOMEM;
    if (!writer->failed && writer->rows == 0) {
        lti_emit_text(writer, lt_message_pattern(writer->head.lang, writer->empty));
        lti_emit_text(writer, "\n");
    } else if (!writer->failed) {
        for (size_t i = 0; i < writer->cell_count; i++) {
            size_t own = lti_display_width(writer->cells[i].text);
            if (own > widths[i % shown]) widths[i % shown] = own;
        }
        for (size_t i = 0; i < shown && writer->cell_count > shown; i++) writer->cells[i].right = writer->cells[shown + i].right;
        for (size_t i = 0; i < writer->cell_count; i++) {
            bool last = (i + 1) % shown == 0;
            emit_cell(writer, &writer->cells[i], widths[i % shown], i < shown, last);
            if (last) lti_emit_text(writer, "\n");
        }
    }
    free(widths);
    for (size_t i = 0; i < writer->cell_count; i++) free(writer->cells[i].text);
    writer->cell_count = 0;
}

static void nothing(lt_table_writer *writer)
{
    (void)writer;
}

const lti_format lti_text_format = {"text", true, begin, row, end_table, nothing};
