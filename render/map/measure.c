/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/measure.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* Advances of printable ASCII in 1/100 em, as in a common sans serif. */
static const unsigned char ascii[95] = {
    26, 29, 40, 56, 56, 88, 69, 24, 33, 33, 46, 58, 27, 34, 27, 38, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 27, 27, 58, 58, 58, 48,
    95, 62, 66, 64, 69, 59, 56, 70, 73, 30, 54, 66, 55, 82, 73, 75, 64, 75, 65, 60, 60, 72, 59, 88, 59, 55, 59, 33, 38, 33, 56, 56,
    60, 56, 62, 51, 62, 56, 33, 57, 61, 28, 29, 56, 29, 93, 61, 61, 62, 62, 39, 47, 38, 61, 53, 81, 51, 53, 48, 33, 27, 33, 58,
};

static double advance(utf8proc_int32_t code)
{
    if (code >= 0x20 && code < 0x7f) return ascii[code - 0x20] / 100.0;
    int columns = utf8proc_charwidth(code);
    return columns >= 2 ? 1.0 : columns == 1 ? 0.6 : 0.0;
}

double lti_text_width(const char *text)
{
    double width = 0;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t code;
    for (utf8proc_ssize_t used; *at && (used = utf8proc_iterate(at, -1, &code)) > 0; at += used) width += advance(code);
    return width;
}

static bool allowed_in_xml(utf8proc_int32_t code)
{
    return code >= 0x20 && code != 0xFFFE && code != 0xFFFF && !(code >= 0x7f && code <= 0x9f);
}

/* Punctuation that closes must not begin a line. */
static bool closes(const utf8proc_uint8_t *at)
{
    static const char *const marks[] = {"\uFF09", "\u3011", "\u300B", "\u201D", "\u2019", "\uFF0C", "\u3002", "\u3001",
                                        "\uFF1B", "\uFF1A", "\uFF01", "\uFF1F", ")",      "]",      ",",      ".",
                                        ";",      ":",      "!",      "?",      "%",      "/"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp((const char *)at, marks[i], strlen(marks[i])) == 0) return true;
    return false;
}

int lti_wrap(const char *text, double width, int lines, char *out, size_t size)
{
    const double ellipsis = 1.0;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    double line_width = 0;
    int line = 1;
    size_t used = 0, last_fit = 0; /* last_fit: where "…" can still stand on the last line */
    utf8proc_int32_t code;
    utf8proc_ssize_t bytes;
    while (*at && (bytes = utf8proc_iterate(at, -1, &code)) > 0 && used + 8 < size) {
        double own = advance(allowed_in_xml(code) ? code : 0xFFFD);
        bool full = line_width > 0 && line_width + own > width && !(closes(at) && line_width + own <= width + 1);
        if (full && line == lines) {
            used = last_fit;
            used += (size_t)utf8proc_encode_char(0x2026, (utf8proc_uint8_t *)out + used);
            break;
        }
        if (full) {
            out[used++] = '\n';
            line++;
            line_width = 0;
        }
        used += (size_t)utf8proc_encode_char(allowed_in_xml(code) ? code : 0xFFFD, (utf8proc_uint8_t *)out + used);
        line_width += own;
        if (line_width + ellipsis <= width) last_fit = used;
        at += bytes;
    }
    out[used] = '\0';
    return line;
}
