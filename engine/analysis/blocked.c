/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/blocked.h"

/* Bits win on many links without large cycles, the tree wherever a failure has little to add to another. */
lt_code lti_blocked(const lti_supply *s, const lti_parts *parts, const bool *final, const double *importance, uint32_t *count,
                    double *weight, lt_error *error)
{
    enum { MANY_LINKS = 10000, LARGE_PART = 1000 };
    uint32_t largest = 0;
    for (uint32_t p = 0; p < parts->parts; p++) {
        uint32_t size = parts->first[p + 1] - parts->first[p];
        if (size > largest) largest = size;
    }
    if (s->links >= MANY_LINKS && largest < LARGE_PART)
        return lti_blocked_by_bits(s, parts, final, importance, count, weight, error);
    return lti_blocked_by_tree(s, final, importance, count, weight, error);
}
