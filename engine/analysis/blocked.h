/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_BLOCKED_H
#define LTI_BLOCKED_H

#include "graph/parts.h"
#include "graph/supply.h"

/*
 * For every link alone: how many finals other than itself fail with it (count), and the sum of their importance (weight).
 * Two ways to the same figures, since neither is fast on all supply graphs; the tests hold each against brute force.
 */

/**
 * 512 failures are followed at once, a bit each: a link's bits are those of the failures that bring it down, a group's the
 * bits that at least size - k + 1 of its members have. Parts are done in order; inside one, until nothing changes.
 *
 * @param parts  strongly connected parts of the supply graph
 * @return LT_OK, LT_E_MEMORY. Cost O(links / 512 · edges) for acyclic supply; many times that where a part is large.
 */
lt_code lti_blocked_by_bits(const lti_supply *s, const lti_parts *parts, const bool *final, const double *importance,
                            uint32_t *count, double *weight, lt_error *error);

/**
 * Where m cannot do without l, fails({l}) holds fails({m}). So the links are hung into a tree, each below the one of those
 * that it brings down at once whose failure is guessed to be the largest, and the tree is walked with the failures of the
 * way to the root in force: each link only adds what its own failure brings down besides, and takes it back on return.
 * Links that bring down each other share one place in the tree.
 *
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost O(links + edges + what each link adds).
 */
lt_code lti_blocked_by_tree(const lti_supply *s, const bool *final, const double *importance, uint32_t *count, double *weight,
                            lt_error *error);

/** By whichever of the two is faster for the graph. @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. */
lt_code lti_blocked(const lti_supply *s, const lti_parts *parts, const bool *final, const double *importance, uint32_t *count,
                    double *weight, lt_error *error);

#endif
