/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PARTS_H
#define LTI_PARTS_H

#include <stdint.h>

#include "core/error.h"

/** Strongly connected parts of a directed graph, numbered so that every edge between two leads to the larger number. */
typedef struct {
    uint32_t parts;
    uint32_t *part;         /* by node */
    uint32_t *first, *node; /* nodes of part p: node[first[p]] .. node[first[p + 1] - 1], ascending */
} lti_parts;

/** @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost O(nodes + edges). Free with lti_parts_done, also after a failure. */
lt_code lti_parts_init(lti_parts *parts, uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, lt_error *error);
void lti_parts_done(lti_parts *parts);

/** Lists values by key, in the order given. @param first  keys + 2 places; the values of key k end up at first[k] .. first[k + 1] -
 * 1 */
void lti_bucket(const uint32_t *keys, const uint32_t *values, size_t count, uint32_t key_count, uint32_t *first, uint32_t *listed);

#endif
