/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/bridge.h"

static void ignore_warning(const char *reason, const char *file, int line)
{
    (void)reason;
    (void)file;
    (void)line;
}

void lti_igraph_begin(void)
{
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_set_warning_handler(ignore_warning);
}

lt_code lti_igraph_code(igraph_error_t code, lt_error *error)
{
    if (code == IGRAPH_SUCCESS) return LT_OK;
    if (code == IGRAPH_ENOMEM) return lti_fail_memory(error);
    return lti_fail(error, LT_E_INTERNAL, NULL, LT_MSG_IGRAPH_FAILED, LTI_ARGS(igraph_strerror(code)));
}

lt_code lti_igraph_new(igraph_t *graph, uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, lt_error *error)
{
    lti_igraph_begin();
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_int_init(&ends, (igraph_integer_t)(2 * edges));
    if (code != IGRAPH_SUCCESS) return lti_igraph_code(code, error);
    for (size_t i = 0; i < edges; i++) {
        VECTOR(ends)[2 * i] = (igraph_integer_t)from[i];
        VECTOR(ends)[2 * i + 1] = (igraph_integer_t)to[i];
    }
    code = igraph_create(graph, &ends, (igraph_integer_t)nodes, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
    return lti_igraph_code(code, error);
}
