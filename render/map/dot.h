/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DOT_H
#define LTI_DOT_H

#include "map/page.h"
#include "sink.h"

/** A graph being built. */
typedef struct lti_dot lti_dot;

/** A kind of graph: adds columns and edges, and says title and legend. @return LT_OK, LT_E_MEMORY. */
typedef lt_code (*lti_graph)(lti_dot *dot, lt_error *error);

/** Links, by segment or by chain, with the supply edges between them. */
lt_code lti_graph_links(lti_dot *dot, lt_error *error);
/** Links by segment, between who does research on them here and elsewhere. */
lt_code lti_graph_research(lti_dot *dot, lt_error *error);
/** Targets in ranked order, whom to visit for them, where, where they would land and who is responsible. */
lt_code lti_graph_targets(lti_dot *dot, lt_error *error);

/** The map as a Graphviz graph that can be edited and drawn by dot, or (dot false) as SVG drawn by Graphviz itself.
    @return LT_OK, LT_E_MEMORY, LT_E_IO, LT_E_INTERNAL, and what the kind of graph fails with. */
lt_code lti_dot_write(const lti_map *map, lti_graph graph, bool dot, const lt_sink *sink, lt_error *error);

#endif
