/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_BLOCKED_H
#define LTI_BLOCKED_H

#include "graph/supply.h"

/** Where each strongly connected part lies in an order from suppliers to consumers. */
typedef struct {
    uint32_t parts;
    uint32_t *part;         /* by link */
    uint32_t *first, *link; /* links of part p: link[first[p]] .. link[first[p + 1] - 1], by id */
} lti_parts;

/** @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost O(links + edges). Free with lti_parts_done, also after a failure. */
lt_code lti_parts_init(lti_parts *parts, const lti_supply *s, lt_error *error);
void lti_parts_done(lti_parts *parts);

/**
 * For every link alone: how many finals fail with it, and their importance.
 *
 * 512 failures are followed at once, a bit each: a link's bits are those of the failures that bring it down, a group's the
 * bits that at least size - k + 1 of its members have. Parts are done in order; inside one, until nothing changes.
 *
 * @param final    by link
 * @param count    out, by link: finals other than itself
 * @param weight   out, by link: sum of their importance
 * @return LT_OK, LT_E_MEMORY. Cost O(links / 512 · edges) words for acyclic supply, more inside large parts.
 */
lt_code lti_blocked_finals(const lti_supply *s, const lti_parts *parts, const bool *final, const double *importance,
                           uint32_t *count, double *weight, lt_error *error);

#endif
