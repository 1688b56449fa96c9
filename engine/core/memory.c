/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/memory.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef LTI_MEMORY_HOOK
static size_t fail_at;
static size_t asked;
static int fail_sticky;

void lti_memory_fail_at(size_t nth, int sticky)
{
    fail_at = nth;
    fail_sticky = sticky;
    asked = 0;
}

size_t lti_memory_asked(void)
{
    return asked;
}

static int refused(void)
{
    asked++;
    return fail_at != 0 && (fail_sticky ? asked >= fail_at : asked == fail_at);
}
#else
static int refused(void)
{
    return 0;
}
#endif

static int overflows(size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / 2 / size;
}

void *lti_alloc(size_t count, size_t size)
{
    if (refused() || overflows(count, size)) return NULL;
    return calloc(count != 0 ? count : 1, size != 0 ? size : 1);
}

void *lti_resize(void *block, size_t count, size_t size)
{
    if (refused() || overflows(count, size)) return NULL;
    size_t bytes = count * size;
    return realloc(block, bytes != 0 ? bytes : 1);
}

void lti_free(void *block)
{
    free(block);
}
