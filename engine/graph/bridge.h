/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_BRIDGE_H
#define LTI_BRIDGE_H

#include <igraph/igraph.h>

#include <stdint.h>

#include "core/error.h"

/* The way to igraph: its codes become lt_error, its handlers return instead of ending the process. Only engine/graph includes this.
 */

/** Sets igraph's handlers of this thread to "return"; called before any other igraph call. */
void lti_igraph_begin(void);

/** LT_OK, LT_E_MEMORY or LT_E_INTERNAL for an igraph code. */
lt_code lti_igraph_code(igraph_error_t code, lt_error *error);

/** A directed graph from two flat arrays. On success free with igraph_destroy. Cost O(nodes + edges). */
lt_code lti_igraph_new(igraph_t *graph, uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, lt_error *error);

#endif
