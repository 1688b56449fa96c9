/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_ERROR_H
#define LTI_ERROR_H

#include "liantu/error.h"

/** Where in the input something stands. */
typedef struct {
    const char *file;
    size_t line;
    const char *kind, *field;
} lti_place;

/**
 * Fills *error (may be NULL) unless an earlier, deeper call has filled it already.
 *
 * @param place  borrowed, may be NULL
 * @param args   up to LT_ERROR_ARGS texts, ended by NULL; copied
 * @return code, so that a caller can `return lti_fail(...)`.
 */
lt_code lti_fail(lt_error *error, lt_code code, const lti_place *place, lt_message message, const char *const *args);

/** The arguments of a message as lti_fail wants them. */
#define LTI_ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})

lt_code lti_fail_memory(lt_error *error);

/** A failed file call: what failed, on which file, and strerror(errno). */
lt_code lti_fail_file(lt_error *error, const char *file, lt_message what);

#endif
