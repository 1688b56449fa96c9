/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_MEMORY_H
#define LTI_MEMORY_H

#include <stddef.h>

/** count × size zeroed bytes, NULL when they cannot be had or the product overflows; never NULL for 0 bytes otherwise. */
void *lti_alloc(size_t count, size_t size);

/** As realloc, with the product checked; what is added is not zeroed. NULL leaves the old block as it was. */
void *lti_resize(void *block, size_t count, size_t size);

/** Takes NULL. */
void lti_free(void *block);

#ifdef LTI_MEMORY_HOOK
/** Test builds only: the n-th allocation from now fails (1 = the next), and every later one when sticky; 0 = none. */
void lti_memory_fail_at(size_t nth, int sticky);

/** Test builds only: allocations asked for since the last lti_memory_fail_at. */
size_t lti_memory_asked(void);
#endif

#endif
