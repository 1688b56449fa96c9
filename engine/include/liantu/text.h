/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_TEXT_H
#define LIANTU_TEXT_H

#include "liantu/api.h"

enum { LT_REAL_SIZE = 32 };

/**
 * A number as text, whatever the locale: with 1..17 significant digits, or with 0 the fewest that read back the same.
 * What is not finite gives "null".
 */
LT_API void lt_real_text(char buffer[LT_REAL_SIZE], double value, int digits);

/** A number as output writes it, with 12 significant digits: what reads the same ranks by id, so that no order hangs on
 * rounding noise. */
LT_API double lt_real_written(double value);

#endif
