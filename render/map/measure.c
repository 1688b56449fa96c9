/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/measure.h"

#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD, ELLIPSIS = 0x2026 };

/* Advances of printable ASCII in 1/100 em: of Noto Sans CJK SC and DejaVu Sans the wider; plain, then bold. */
static const unsigned char ascii[2][95] = {
    {32, 41, 48, 84, 64, 95, 78, 28, 39,  39, 50, 84, 32, 37, 32, 40, 64, 64, 64, 64, 64, 64, 64, 64,
     64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 54, 66, 56, 87, 75, 79,
     64, 79, 70, 64, 62, 74, 69, 99, 69,  62, 69, 39, 40, 39, 84, 56, 61, 62, 64, 55, 64, 62, 36, 64,
     64, 28, 28, 58, 29, 98, 64, 62, 64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84},
    {35, 46, 58, 84, 70, 101, 88, 33,  46,  46, 53, 84, 38, 42, 38, 39, 70, 70, 70, 70, 70, 70,  70, 70,
     70, 70, 40, 40, 84, 84,  84, 58,  101, 78, 77, 74, 83, 69, 69, 83, 84, 38, 57, 78, 64, 100, 84, 85,
     74, 85, 77, 72, 69, 82,  78, 111, 78,  73, 73, 46, 39, 46, 84, 57, 63, 68, 72, 60, 72, 68,  44, 72,
     72, 35, 35, 67, 35, 105, 72, 69,  72,  72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72,  84}};

/** One character of a text, as it will be written. */
typedef struct {
    utf8proc_int32_t code;
    size_t bytes; /* in the text read, 0 = end */
    double em;
} character;

int32_t lti_written(int32_t code)
{
    bool ends_line = code == '\n' || code == '\t' || code == '\r' || code == 0x85 || code == 0x2028 || code == 0x2029;
    if (ends_line) return ' ';
    return code >= 0x20 && code != 0xFFFE && code != 0xFFFF && !(code >= 0x7f && code <= 0x9f) ? code : REPLACEMENT;
}

static double advance(utf8proc_int32_t code, bool bold)
{
    if (code >= 0x20 && code < 0x7f) return ascii[bold][code - 0x20] / 100.0;
    int columns = utf8proc_charwidth(code);
    if (columns == 0) return 0;
    bool symbol = columns >= 2 || (code >= 0x2010 && code < 0x2030) || (code >= 0x2460 && code < 0x2700) || code == 0xb7;
    return symbol ? 1.0 : code < 0x180 ? 1.17 : 1.3;
}

static character read_character(const char *at, bool bold)
{
    character c = {0};
    if (!*at) return c;
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &c.code);
    if (bytes <= 0) {
        bytes = 1;
        c.code = REPLACEMENT;
    }
    c.code = lti_written(c.code);
    c.bytes = (size_t)bytes;
    c.em = advance(c.code, bold);
    return c;
}

double lti_text_width(const char *text, double size, bool bold)
{
    double em = 0;
    for (character c; (c = read_character(text, bold)).bytes > 0; text += c.bytes) em += c.em;
    return em * size;
}

static bool among(const utf8proc_int32_t *marks, size_t count, utf8proc_int32_t code)
{
    for (size_t i = 0; i < count; i++)
        if (marks[i] == code) return true;
    return false;
}

static bool closes(utf8proc_int32_t code)
{
    static const utf8proc_int32_t marks[] = {0xFF09, 0x3011, 0x300B, 0x3009, 0x300D, 0x300F, 0x201D, 0x2019, 0xFF0C, 0x3002,
                                             0x3001, 0xFF1B, 0xFF1A, 0xFF01, 0xFF1F, 0xB7,   ')',    ']',    '}',    ',',
                                             '.',    ';',    ':',    '!',    '?',    '%',    '/',    0xFF0F, 0x2026, 0x2014};
    return among(marks, sizeof marks / sizeof *marks, code);
}

static bool opens(utf8proc_int32_t code)
{
    static const utf8proc_int32_t marks[] = {0xFF08, 0x3010, 0x300A, 0x3008, 0x300C, 0x300E, 0x201C, 0x2018, '(', '[', '{'};
    return among(marks, sizeof marks / sizeof *marks, code);
}

static bool of_word(utf8proc_int32_t code)
{
    return code < 0x2000 && code != ' ' && code != 0xB7 && !closes(code) && !opens(code);
}

static bool may_break(utf8proc_int32_t before, utf8proc_int32_t after)
{
    return !closes(after) && !opens(before) && after != ' ' && !(of_word(before) && of_word(after));
}

/** A line: where it ends in the text, and its width without the blanks before that. */
typedef struct {
    const char *end;
    double em;
} line;

static line fill_line(const char *text, bool bold, double width)
{
    line best = {0};
    const char *at = text;
    utf8proc_int32_t before = 0;
    double em = 0, solid = 0; /* solid: up to the blanks that a line does not end with */
    for (character c; (c = read_character(at, bold)).bytes > 0; at += c.bytes) {
        if (before && may_break(before, c.code)) best = (line){at, solid};
        bool fits = em + c.em <= width + 1e-9 || at == text;
        if (!fits && c.code != ' ') {
            if (!best.end) best = (line){at, solid}; /* one word longer than the line */
            return best;
        }
        em += c.em;
        if (c.code != ' ') solid = em;
        before = c.code;
    }
    return (line){at, solid};
}

/** What is written, and how much room it has. */
typedef struct {
    char *bytes;
    size_t used, room;
} buffer;

static void put(buffer *out, utf8proc_int32_t code)
{
    if (out->used + 5 <= out->room) out->used += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)out->bytes + out->used);
}

/* Without the blanks at its end, which fill_line does not count either. */
static void put_text(buffer *out, const char *text, const char *end)
{
    size_t solid = out->used;
    for (character c; text < end && (c = read_character(text, false)).bytes > 0; text += c.bytes) {
        put(out, c.code);
        if (c.code != ' ') solid = out->used;
    }
    out->used = solid;
}

static const char *skip_blanks(const char *text)
{
    for (character c; (c = read_character(text, false)).code == ' ';) text += c.bytes;
    return text;
}

/* The last line, when more text is left than it can hold. */
static void put_cut_line(buffer *out, const char *text, bool bold, double width)
{
    double em = advance(ELLIPSIS, bold);
    const char *at = text, *end = text;
    for (character c; (c = read_character(at, bold)).bytes > 0 && em + c.em <= width + 1e-9; em += c.em) {
        at += c.bytes;
        if (!opens(c.code) && c.code != ' ' && out->used + (size_t)(at - text) + 8 <= out->room) end = at;
    }
    put_text(out, text, end);
    put(out, ELLIPSIS);
}

static int wrap(const char *text, bool bold, double width, int lines, buffer *out, bool *cut, double *last)
{
    int count = 0;
    *cut = false;
    out->used = 0;
    text = skip_blanks(text);
    while (*text && !*cut) {
        line l = fill_line(text, bold, width);
        if (count++ > 0) put(out, '\n');
        bool over = (count == lines && *skip_blanks(l.end)) || out->used + 2 * (size_t)(l.end - text) + 16 > out->room;
        bool wide = l.em > width + 1e-9; /* a single character */
        if (over || wide) {
            put_cut_line(out, text, bold, width);
            *cut = true;
        } else {
            put_text(out, text, l.end);
        }
        *last = l.em;
        text = skip_blanks(l.end);
    }
    out->bytes[out->used] = '\0';
    return count;
}

static bool any_looks_cut(const char *lines)
{
    return strstr(lines, "\u2026\n") != NULL || lti_looks_cut(lines);
}

int lti_wrap(const char *text, double size, bool bold, double width, int lines, char *out, size_t room, bool *cut)
{
    const double lonely = 1.6; /* em: a last line this short takes more down from the one above */
    double em = width / size, last = 0, shorter = 0;
    bool was_cut, shorter_cut;
    buffer b = {out, 0, room};
    int count = wrap(text, bold, em, lines, &b, &was_cut, &last);
    for (double less = 1; count > 1 && !was_cut && last < lonely && less <= 2; less++) {
        if (wrap(text, bold, em - less, lines, &b, &shorter_cut, &shorter) == count && !shorter_cut && shorter > last) break;
        wrap(text, bold, em, lines, &b, &was_cut, &last);
    }
    if (cut) *cut = was_cut || any_looks_cut(out); /* a name may have dots of its own */
    return count;
}

bool lti_looks_cut(const char *text)
{
    size_t length = strlen(text);
    return length >= 3 && strcmp(text + length - 3, "\u2026") == 0;
}
