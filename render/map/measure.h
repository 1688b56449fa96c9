/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_MEASURE_H
#define LTI_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Text by our own table, so that no font of the machine has a say: Han and other wide characters 1 em, the rest what the
 * wider of Noto Sans CJK and DejaVu Sans takes. What fits by this table fits in either.
 */

/** What is written for a character: a space for whatever ends a line, U+FFFD for what XML 1.0 forbids and for C1 controls. */
int32_t lti_written(int32_t code);

/** Width in points. */
double lti_text_width(const char *text, double size, bool bold);

/**
 * Breaks a text into lines. No line begins with closing punctuation or ends with opening punctuation; words of letters stay
 * whole where they fit on a line. The last line ends with "…" where the text does not fit.
 *
 * @param width  points that a line may take
 * @param lines  at most
 * @param out    receives the text with '\n' between lines; characters that XML forbids become U+FFFD
 * @param room   bytes of out
 * @param cut    may be NULL; whether something was left out
 * @return number of lines, 0 for an empty text.
 */
int lti_wrap(const char *text, double size, bool bold, double width, int lines, char *out, size_t room, bool *cut);

/** Whether a text ends as one that was cut does; some do by themselves. */
bool lti_looks_cut(const char *text);

#endif
