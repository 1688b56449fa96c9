/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts as a spreadsheet's cells hold and show them. */
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "table/xlsx.h"

/* "_x0041_" would be read as "A". */
static bool looks_escaped(const utf8proc_uint8_t *at)
{
    if (at[0] != '_' || at[1] != 'x') return false;
    for (int i = 2; i < 6; i++)
        if (!strchr("0123456789abcdefABCDEF", at[i]) || at[i] == '\0') return false;
    return at[6] == '_';
}

size_t lti_clean_text(const char **text, char *out, size_t limit)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)*text;
    size_t used = 0;
    while (*at) {
        char bytes[16];
        utf8proc_int32_t code;
        utf8proc_ssize_t length = utf8proc_iterate(at, -1, &code);
        if (length <= 0) {
            length = 1;
            code = 0xFFFD;
        }
        bool is_control = code < 0x20 && code != '\n' && code != '\t', escaped = looks_escaped(at);
        size_t units = code > 0xFFFF ? 2 : 1, size;
        if (is_control || escaped || code == 0xFFFE || code == 0xFFFF)
            units = size = (size_t)sprintf(bytes, "_x%04X_", (unsigned)code);
        else size = (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)bytes);
        if (used + units > limit) break;
        if (out) memcpy(out, bytes, size);
        if (out) out += size;
        used += units;
        at += length;
    }
    if (out) *out = '\0';
    *text = (const char *)at;
    return used;
}

/** A piece of text that is not broken: a Han character, a word with the space behind it, or a line break. */
typedef struct {
    size_t width; /* without the space */
    size_t space;
    bool breaks;
} piece;

/* @return bytes read, 0 at the end. */
static size_t next_piece(const char *text, piece *p)
{
    const utf8proc_uint8_t *begin = (const utf8proc_uint8_t *)text, *at = begin;
    *p = (piece){0};
    while (*at) {
        utf8proc_int32_t code;
        utf8proc_ssize_t used = utf8proc_iterate(at, -1, &code);
        if (used <= 0) return at > begin ? (size_t)(at - begin) : 0;
        int columns = code < 0x20 ? 0 : utf8proc_charwidth(code);
        bool stands_alone = columns > 1 || code == '\n';
        if (stands_alone && at > begin) break;
        at += used;
        p->breaks = code == '\n';
        if (code == ' ') p->space = 1;
        else p->width += columns > 0 ? (size_t)columns : 0;
        if (stands_alone || code == ' ' || code == '-') break;
    }
    return (size_t)(at - begin);
}

size_t lti_widest_line(const char *text)
{
    size_t widest = 0, width = 0;
    piece p;
    for (size_t used; (used = next_piece(text, &p)) > 0; text += used) {
        width = p.breaks ? 0 : width + p.width + p.space;
        if (width > widest) widest = width;
    }
    return widest;
}

size_t lti_line_count(const char *text, size_t width)
{
    size_t lines = 1, filled = 0;
    piece p;
    for (size_t used; (used = next_piece(text, &p)) > 0; text += used) {
        if (p.breaks || (filled > 0 && filled + p.width > width)) {
            lines++;
            filled = 0;
        }
        filled += p.width;
        for (; filled > width; filled -= width) lines++; /* a word longer than the line */
        filled += p.space;
    }
    return lines;
}

size_t lti_heading_width(const char *text, size_t lines)
{
    size_t whole = lti_widest_line(text), width = (whole + lines - 1) / lines;
    piece p;
    for (size_t used; (used = next_piece(text, &p)) > 0; text += used)
        if (p.width > width) width = p.width;
    return width;
}
