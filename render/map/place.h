/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PLACE_H
#define LTI_PLACE_H

#include "liantu/liantu.h"
#include "map/scene.h"

/*
 * Where cards stand in their columns and how edges run between them. Plain numbers in, plain numbers out: knows neither
 * dataset nor looks. The order within columns is Graphviz' (place_order.c), the rest is place_*.c.
 *
 * Edges that leave one node share a trunk: one lane through each column that they cross, with branches where they leave it,
 * so that a node of many consumers takes no more room than one of few.
 */

typedef struct {
    double left, right; /* of the panel */
    double card_left;   /* of the cards: between the panel's left and this run the brackets of edges within the column */
    double card_width;
} lti_place_column;

typedef struct {
    uint32_t column;
    double height;
    double weight; /* pull of this node on its neighbours, 1 where all are alike */
} lti_place_node;

typedef struct {
    uint32_t from, to;
} lti_place_edge;

/** Nodes and edges must come in an order that does not hang on that of the input files. */
typedef struct {
    const lti_place_column *columns;
    size_t column_count;
    const lti_place_node *nodes;
    size_t node_count;
    const lti_place_edge *edges; /* between different nodes, each pair once */
    size_t edge_count;
    double top, bottom; /* that cards may take */
    double gap, lane;   /* least distance between cards, and what a lane takes */
    double widest_gap;  /* to which the gap may grow where there is room; 0 = any */
} lti_place_input;

typedef struct {
    lti_rect *cards;  /* by node */
    lti_path *routes; /* by edge, from the source's side to the target's */
    size_t node_count, edge_count;
    bool overfull; /* some column has no room for its cards at the least gap: they run past the bottom */
} lti_placing;

/**
 * @param out  freed with lti_placing_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL (Graphviz failed). One call at a time in a process.
 *         Cost that of Graphviz' ordering with given ranks, about 10 ms for 300 nodes.
 */
lt_code lti_place(const lti_place_input *input, lti_placing *out, lt_error *error);
void lti_placing_done(lti_placing *placing);

/** Height that a column's cards, gaps and lanes take; negative = memory has run out. Cost O(nodes + edges). */
double lti_place_need(const lti_place_input *input, uint32_t column);

/**
 * The order of nodes within their ranks with few crossings.
 *
 * @param rank   by node
 * @param edges  between nodes of neighbouring ranks
 * @param order  receives by node its place in its rank, from 0
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL.
 */
lt_code lti_order(const uint32_t *rank, size_t node_count, const lti_place_edge *edges, size_t edge_count, uint32_t *order,
                  lt_error *error);

#endif
