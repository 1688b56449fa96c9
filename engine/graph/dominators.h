/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DOMINATORS_H
#define LTI_DOMINATORS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/* Figures of a directed graph that igraph gives. from/to are the ends of the edges, each < nodes. */

/**
 * Immediate dominators from a root.
 *
 * @param dominator  out, by node: its immediate dominator; UINT32_MAX for the root and for what it does not reach
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Source: igraph_dominator_tree (Lengauer and Tarjan).
 */
lt_code lti_dominators(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, uint32_t root, uint32_t *dominator,
                       lt_error *error);

/** Articulation points of the graph seen undirected. Source: igraph_articulation_points. */
lt_code lti_articulation(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, bool *articulation,
                         lt_error *error);

/**
 * Betweenness, directed, unweighted, not normalised; exact, or summed over `sources` sampled sources and scaled up.
 *
 * @param sources  0 = all
 * @param standard_error  out, by node: standard error (only written when sampled)
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost O(sources · (nodes + edges)). Source: igraph_betweenness(_subset).
 */
lt_code lti_betweenness(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, uint32_t sources,
                        double *betweenness, double *standard_error, lt_error *error);

#endif
