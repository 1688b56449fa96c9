/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PLACE_PARTS_H
#define LTI_PLACE_PARTS_H

#include "map/place.h"

/* What the parts of placing share. A vertex is a card, or a lane of a trunk through a column; cards come first. */

typedef struct {
    uint32_t column;
    double height, y, home; /* y of the middle, and where it stood when all were spread evenly */
    bool lane;
} lti_vertex;

typedef struct {
    uint32_t *first, *other; /* neighbours of vertex v: other[first[v]] to other[first[v + 1] - 1] */
} lti_neighbours;

typedef struct {
    const lti_place_input *in;
    lti_vertex *vertices;
    size_t vertex_count;
    uint32_t *forward, *backward; /* by node: its first lane onward and back, UINT32_MAX = none */
    uint32_t *furthest, *nearest; /* by node: columns of its furthest targets onward and back; its own = none */
    lti_place_edge *steps;        /* between vertices of neighbouring columns, or cards of one column */
    size_t step_count;
    lti_neighbours across, within;     /* neighbours in other columns and in the same */
    uint32_t *column_first, *sequence; /* vertices of column c from the top: sequence[column_first[c]] … */
    uint32_t *position;                /* by vertex: its place in its column */
} lti_plan;

/** The vertex by which the trunk of a node passes a column, which lies between it and a target of it. */
uint32_t lti_hop(const lti_plan *plan, uint32_t node, uint32_t column);
/** Fewer crossings than Graphviz leaves, and shorter brackets within columns. */
void lti_improve_order(lti_plan *plan);
/** y of all vertices. */
lt_code lti_set_heights(lti_plan *plan, lt_error *error);
/** Routes of all edges. */
lt_code lti_route(const lti_plan *plan, lti_placing *placing, lt_error *error);

#endif
