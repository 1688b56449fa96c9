/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/memory.h"

enum { ID_LIMIT = 128, EXACT_DIGITS = 17 };

void lti_text_add(lti_text *text, const char *bytes, size_t length)
{
    if (text->failed) return;
    if (length >= text->capacity - text->length) {
        size_t capacity = text->capacity + text->capacity / 2 + length + 64;
        char *data = lti_resize(text->data, capacity, 1);
        if (!data) {
            text->failed = true;
            return;
        }
        text->data = data;
        text->capacity = capacity;
    }
    memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void lti_text_put(lti_text *text, const char *string)
{
    lti_text_add(text, string, strlen(string));
}

void lti_text_json(lti_text *text, const char *string)
{
    static const char *const short_forms[32] = {['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r"};

    lti_text_add(text, "\"", 1);
    const char *plain = string;
    for (const char *at = string;; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        lti_text_add(text, plain, (size_t)(at - plain));
        if (c == '\0') break;
        char code[8];
        if (c == '"' || c == '\\') snprintf(code, sizeof code, "\\%c", c);
        else if (short_forms[c]) snprintf(code, sizeof code, "%s", short_forms[c]);
        else snprintf(code, sizeof code, "\\u%04x", c);
        lti_text_put(text, code);
        plain = at + 1;
    }
    lti_text_add(text, "\"", 1);
}

void lti_text_real(lti_text *text, double value, int digits)
{
    char number[LTI_REAL_SIZE];
    lti_format_real(number, value, digits);
    lti_text_put(text, number);
}

void lti_text_done(lti_text *text)
{
    lti_free(text->data);
    *text = (lti_text){0};
}

/* printf writes the locale's decimal mark; whatever is no digit, sign or exponent must be it. */
static void point_for_decimal_mark(char *number)
{
    size_t first = strspn(number, "0123456789+-e");
    if (number[first] == '\0') return;
    size_t rest = first + 1;
    while (number[rest] != '\0' && !strchr("0123456789+-e", number[rest])) rest++;
    number[first] = '.';
    memmove(number + first + 1, number + rest, strlen(number + rest) + 1);
}

void lti_format_real(char *buffer, double value, int digits)
{
    if (!isfinite(value)) {
        strcpy(buffer, "null");
        return;
    }
    if (value == 0) value = 0; /* no negative zero */
    if (digits > 0) {
        snprintf(buffer, LTI_REAL_SIZE, "%.*g", digits, value);
    } else {
        for (int try = 15; try <= EXACT_DIGITS; try++) {
            snprintf(buffer, LTI_REAL_SIZE, "%.*g", try, value);
            if (strtod(buffer, NULL) == value) break;
        }
    }
    point_for_decimal_mark(buffer);
}

size_t lti_utf8_head(const char *string, size_t limit)
{
    size_t length = strnlen(string, limit + 1);
    if (length <= limit) return length;
    while (limit > 0 && ((unsigned char)string[limit] & 0xC0) == 0x80) limit--;
    return limit;
}

void lti_copy_cut(char *buffer, size_t size, const char *string)
{
    static const char ellipsis[] = "…";
    if (strlen(string) < size) {
        strcpy(buffer, string);
        return;
    }
    size_t head = lti_utf8_head(string, size - sizeof ellipsis);
    memcpy(buffer, string, head);
    memcpy(buffer + head, ellipsis, sizeof ellipsis);
}

/* The next character's Unicode category; at the end, or where it is no UTF-8, returns false. */
static bool next_category(const char **at, utf8proc_category_t *category)
{
    utf8proc_int32_t code;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)*at, -1, &code);
    if (used <= 0 || code <= 0) return false;
    *category = utf8proc_category(code);
    *at += used;
    return true;
}

static bool is_space_or_control(utf8proc_category_t category)
{
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

bool lti_is_id(const char *string)
{
    size_t length = strnlen(string, ID_LIMIT + 1);
    if (length == 0 || length > ID_LIMIT) return false;
    const char *at = string;
    utf8proc_category_t category;
    while (next_category(&at, &category))
        if (is_space_or_control(category)) return false;
    return *at == '\0';
}

bool lti_is_blank(const char *string)
{
    const char *at = string;
    utf8proc_category_t category;
    while (next_category(&at, &category))
        if (!is_space_or_control(category)) return false;
    return *at == '\0';
}

void lt_real_text(char buffer[LT_REAL_SIZE], double value, int digits)
{
    lti_format_real(buffer, value, digits);
}

double lt_real_written(double value)
{
    char text[LT_REAL_SIZE];
    snprintf(text, sizeof text, "%.12g", value); /* written and read in the same locale */
    return strtod(text, NULL);
}
