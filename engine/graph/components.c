/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/components.h"

#include "graph/bridge.h"

lt_code lti_strong_components(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, uint32_t *member,
                              uint32_t *count, lt_error *error)
{
    igraph_t graph;
    lt_code code = lti_igraph_new(&graph, nodes, from, to, edges, error);
    if (code != LT_OK) return code;
    igraph_vector_int_t membership;
    igraph_integer_t components = 0;
    code = lti_igraph_code(igraph_vector_int_init(&membership, 0), error);
    if (code == LT_OK) {
        code = lti_igraph_code(igraph_connected_components(&graph, &membership, NULL, &components, IGRAPH_STRONG), error);
        for (uint32_t i = 0; i < nodes && code == LT_OK; i++) member[i] = (uint32_t)VECTOR(membership)[i];
        if (code == LT_OK) *count = (uint32_t)components;
        igraph_vector_int_destroy(&membership);
    }
    igraph_destroy(&graph);
    return code;
}
