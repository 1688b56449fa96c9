/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order within columns by dot's crossing minimisation, which is stopped before it computes coordinates (phase=2). Ranks are
   given: one plain subgraph a rank with rank=same (clusters leak and are slow) and an anchor, anchors chained. Nodes have no names,
   so that no name is looked for. */
#include <stdlib.h>

#include "map/place.h"
#include "map/place_gv.h"

static lt_code fail(lt_error *error, lt_code code, lt_message message)
{
    return lti_gv_fail(error, code, message);
}

static Agnode_t *add_rank(Agraph_t *graph, Agnode_t **nodes, const uint32_t *rank, size_t count, uint32_t wanted)
{
    Agraph_t *column = agsubg(graph, NULL, TRUE);
    if (!column) return NULL;
    lti_gv_set(column, "rank", "same");
    for (size_t i = 0; i < count; i++)
        if (rank[i] == wanted) agsubnode(column, nodes[i], TRUE);
    Agnode_t *anchor = agnode(graph, NULL, TRUE);
    return anchor ? agsubnode(column, anchor, TRUE) : NULL;
}

static bool fill(Agraph_t *graph, Agnode_t **nodes, const uint32_t *rank, size_t count, const lti_place_edge *edges,
                 size_t edge_count)
{
    uint32_t ranks = 0;
    for (size_t i = 0; i < count; i++) {
        nodes[i] = agnode(graph, NULL, TRUE);
        if (!nodes[i]) return false;
        if (rank[i] >= ranks) ranks = rank[i] + 1;
    }
    Agnode_t *before = NULL;
    for (uint32_t r = 0; r < ranks; r++) {
        Agnode_t *anchor = add_rank(graph, nodes, rank, count, r);
        if (!anchor || (before && !agedge(graph, before, anchor, NULL, TRUE))) return false;
        before = anchor;
    }
    for (size_t i = 0; i < edge_count; i++) {
        bool down = rank[edges[i].from] < rank[edges[i].to];
        Agnode_t *tail = nodes[down ? edges[i].from : edges[i].to], *head = nodes[down ? edges[i].to : edges[i].from];
        if (!agedge(graph, tail, head, NULL, TRUE)) return false;
    }
    return true;
}

static void set_defaults(Agraph_t *graph)
{
    static const struct {
        int kind;
        const char *name, *value;
    } defaults[] = {
        {AGRAPH, "rankdir", "LR"}, {AGRAPH, "newrank", "true"},   {AGRAPH, "splines", "false"}, {AGRAPH, "phase", "2"},
        {AGNODE, "shape", "box"},  {AGNODE, "fixedsize", "true"}, {AGNODE, "label", ""},
    };
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        lti_gv_default(graph, defaults[i].kind, defaults[i].name, defaults[i].value);
}

lt_code lti_order(const uint32_t *rank, size_t node_count, const lti_place_edge *edges, size_t edge_count, uint32_t *order,
                  lt_error *error)
{
    lti_gv_begin();
    lt_code code = LT_OK;
    bool laid_out = false;
    GVC_t *context = lti_gv_context();
    Agraph_t *graph = lti_gv_open(Agstrictdirected, 3 * node_count + edge_count);
    Agnode_t **nodes = calloc(node_count + 1, sizeof *nodes);
    if (!context || !graph || !nodes) {
        code = fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
        goto done;
    }
    set_defaults(graph);
    if (!fill(graph, nodes, rank, node_count, edges, edge_count)) {
        code = fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
        goto done;
    }
    if (gvLayout(context, graph, "dot") != 0) {
        code = fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
        goto done;
    }
    laid_out = true;
    for (size_t i = 0; i < node_count; i++) order[i] = (uint32_t)ND_order(nodes[i]);

done:
    if (laid_out) gvFreeLayout(context, graph);
    if (graph) agclose(graph);
    free(nodes);
    return code;
}
