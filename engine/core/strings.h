/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_STRINGS_H
#define LTI_STRINGS_H

#include <stddef.h>
#include <stdint.h>

#include "core/array.h"

/** Every text of a dataset, kept once; a handle is its place in the order of first arrival, 0 is the empty text. */
typedef struct {
    lti_array text;   /* const char *, by handle */
    lti_array chunks; /* char *, what text points into */
    char *free_at;    /* room left in the last chunk */
    size_t free_size;
    uint32_t *slots; /* open addressing: handle + 1, 0 = empty */
    size_t slot_count;
} lti_strings;

int lti_strings_init(lti_strings *strings); /* 0, or -1 out of memory */
void lti_strings_done(lti_strings *strings);

/** Keeps length bytes (no NUL among them). @return 0 and *handle, or -1 out of memory. Cost O(length). */
int lti_strings_add(lti_strings *strings, const char *text, size_t length, uint32_t *handle);

/** @return 1 and *handle when the text is kept already, else 0. */
int lti_strings_find(const lti_strings *strings, const char *text, size_t length, uint32_t *handle);

/** Borrowed, valid until lti_strings_done. */
static inline const char *lti_strings_at(const lti_strings *strings, uint32_t handle)
{
    return LTI_AT(&strings->text, const char *, handle);
}

#endif
