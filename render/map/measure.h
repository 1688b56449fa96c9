/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_MEASURE_H
#define LTI_MEASURE_H

#include <stddef.h>

/** Width of a text in em, by our own table: no font of the machine has a say. */
double lti_text_width(const char *text);

/**
 * Breaks a text into at most `lines` lines of `width` em, the last ended by "…" where it does not fit.
 *
 * @param out   receives the text with line breaks; characters that XML forbids become U+FFFD
 * @param size  bytes of out
 * @return number of lines.
 */
int lti_wrap(const char *text, double width, int lines, char *out, size_t size);

#endif
