/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/array.h"

#include <string.h>

#include "core/memory.h"

void *lti_array_push(lti_array *array, size_t n)
{
    if (n > array->capacity - array->count) {
        size_t capacity = array->capacity + array->capacity / 2 + 8;
        if (capacity < array->count + n) capacity = array->count + n;
        void *data = lti_resize(array->data, capacity, array->size);
        if (!data) return NULL;
        array->data = data;
        array->capacity = capacity;
    }
    char *first = (char *)array->data + array->count * array->size;
    memset(first, 0, n * array->size);
    array->count += n;
    return first;
}

void lti_array_trim(lti_array *array)
{
    void *data = lti_resize(array->data, array->count, array->size);
    if (!data) return;
    array->data = data;
    array->capacity = array->count;
}

void lti_array_done(lti_array *array)
{
    lti_free(array->data);
    array->data = NULL;
    array->count = array->capacity = 0;
}
