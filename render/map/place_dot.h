/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PLACE_DOT_H
#define LTI_PLACE_DOT_H

#include "map/dot.h"
#include "map/place_gv.h"

/* What every kind of graph is made from: columns under headings, cards, edges. All texts may be anything. */

struct lti_dot {
    const lti_map *map;
    Agraph_t *graph;
    lti_scene texts;            /* keeps what is made up */
    Agnode_t *heading;          /* of the last column */
    const char *title, *legend; /* for the kind of graph to set; kept */
    const char *keys;           /* what lines and signs mean, parted by '\n'; NULL = nothing to say */
};

/** A column; empty, it may be removed by agclose. */
Agraph_t *lti_dot_column(lti_dot *dot, int number);
/** The heading of a column, behind its cards. over: a line above the name, "" = none. */
Agnode_t *lti_dot_heading(lti_dot *dot, Agraph_t *column, int number, const char *over, const char *name);

/** A node whose name is `sign` and the id, or where Graphviz would not keep that, these and the number. Names beginning with h
    are those of headings. */
Agnode_t *lti_dot_node(lti_dot *dot, Agraph_t *column, char sign, const char *id, uint32_t number);

/** What stands on a card. */
typedef struct {
    const char *name;    /* at most two lines */
    const char *note;    /* lines parted by '\n', each cut where it is too long; NULL = none */
    const char *tooltip; /* one line */
    const char *classes; /* not from data */
    const lti_look *look;
} lti_dot_card;
void lti_dot_style(lti_dot *dot, Agnode_t *node, const lti_dot_card *card);

/** Words in place of cards. */
Agnode_t *lti_dot_remark(lti_dot *dot, Agraph_t *column, int number, const char *text);
/** Hangs a card below another or the heading of its column. What hangs on no heading may be drawn above it; crossing edges may
    still change the order of cards. */
void lti_dot_below(lti_dot *dot, Agnode_t *above, Agnode_t *below);

/** The edge between two nodes, new or not. */
Agedge_t *lti_dot_edge(lti_dot *dot, Agnode_t *from, Agnode_t *to);
/** An edge that only keeps nodes in place. */
void lti_dot_hide_edge(lti_dot *dot, Agnode_t *from, Agnode_t *to, const char *weight);

/** Adds a figure of the legend to it. */
void lti_dot_count(lti_dot *dot, const char *badge, const char *name, size_t number);

#endif
