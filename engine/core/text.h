/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TEXT_H
#define LTI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "liantu/text.h"

/** A growing text, always ended by NUL once something is in it. Running out of memory sticks: check failed once, at the end. */
typedef struct {
    char *data;
    size_t length, capacity;
    bool failed;
} lti_text;

void lti_text_add(lti_text *text, const char *bytes, size_t length);
void lti_text_put(lti_text *text, const char *string);
/** A JSON string, quoted and escaped; UTF-8 stays as it is. */
void lti_text_json(lti_text *text, const char *string);
/** A number with the given significant digits (1..17), or with 0 the fewest that read back the same. */
void lti_text_real(lti_text *text, double value, int digits);
void lti_text_done(lti_text *text);

enum { LTI_REAL_SIZE = LT_REAL_SIZE };

/** As lti_text_real, into a buffer of LTI_REAL_SIZE bytes; the decimal mark is a point whatever the locale. Not finite: "null". */
void lti_format_real(char *buffer, double value, int digits);

/** Copies into size bytes, cut between characters and ended by "…" where it does not fit. */
void lti_copy_cut(char *buffer, size_t size, const char *string);

/** Bytes of the longest head of string, at most limit, that does not split a UTF-8 character. */
size_t lti_utf8_head(const char *string, size_t limit);

/** Whether a UTF-8 text is an id: 1–128 bytes, no white space or control character of Unicode. */
bool lti_is_id(const char *string);

/** Whether nothing but white space is in it. */
bool lti_is_blank(const char *string);

#endif
