/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_COMPONENTS_H
#define LTI_COMPONENTS_H

#include <stdint.h>

#include "core/error.h"

/**
 * Strongly connected components of a directed graph.
 *
 * @param from,to  ends of the edges, each < nodes
 * @param member   out: component of each node; components are numbered in no promised order
 * @param count    out: number of components
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost O(nodes + edges). Source: igraph_connected_components.
 */
lt_code lti_strong_components(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, uint32_t *member,
                              uint32_t *count, lt_error *error);

#endif
