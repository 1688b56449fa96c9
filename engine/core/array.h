/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_ARRAY_H
#define LTI_ARRAY_H

#include <stddef.h>

/** A growing flat array of equal elements. Zero-initialise, set size, push. */
typedef struct {
    void *data;
    size_t count, capacity;
    size_t size; /* bytes of one element */
} lti_array;

#define LTI_ARRAY(type) ((lti_array){.size = sizeof(type)})

/** Adds n zeroed elements. @return the first of them (valid until the next push), NULL out of memory. */
void *lti_array_push(lti_array *array, size_t n);

/** Element i, not checked. */
#define LTI_AT(array, type, i) (((type *)(array)->data)[i])

/** Gives back the slack of growing; keeps the block where that fails. */
void lti_array_trim(lti_array *array);

void lti_array_done(lti_array *array);

#endif
