/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_SUPPLY_H
#define LTI_SUPPLY_H

#include "map/breaks.h"
#include "map/chain_page.h"
#include "map/place.h"
#include "map/tile.h"

/*
 * A page of the supply map. Columns by depth of supply hold links; just left of each stand the junctions of its alternatives.
 * At the margins stand other chains, one card a chain, with edges only where what comes from or goes to them may break.
 */

typedef enum { LTI_NODE_LINK, LTI_NODE_JUNCTION, LTI_NODE_IN, LTI_NODE_OUT } lti_node_kind;

typedef struct {
    lti_node_kind kind;
    uint32_t link;         /* link: itself; junction: the consumer */
    lt_string group;       /* junction */
    uint32_t k, of;        /* junction: how many of how many inputs are needed */
    lt_node chain;         /* in, out */
    uint32_t links, edges; /* in, out: links of that chain, and edges with them */
    lti_tile tile;         /* link, not abstract */
} lti_supply_node;

/** An edge between nodes; supply is NULL from a junction to its consumer. */
typedef struct {
    uint32_t from, to;
    const lt_supply *supply; /* of several that one margin edge stands for, the worst */
    uint32_t source;         /* link whose status the edge shows; UINT32_MAX = none */
} lti_supply_line;

typedef struct {
    const lti_map *map;
    lti_breaks *breaks;
    bool *own; /* by link: on this page */
    lti_depths depths;
    lti_supply_node *nodes;
    size_t node_count;
    uint32_t *node_of; /* by link, UINT32_MAX = none */
    lti_supply_line *lines;
    size_t line_count;
    uint32_t *ins, *outs; /* by link: edges from and to links that are not on the page */
    bool has_in, has_out;

    lti_place_column *places; /* in margin, then junctions and links of each depth, out margin */
    lti_place_node *spots;
    lti_place_edge *edges;
    lti_place_input input;
    lti_placing placing;
    lti_rect area;
    double top, bottom;
} lti_supply_page;

/** A map being drawn over its pages. */
typedef struct {
    const lti_map *map;
    lti_breaks breaks;
    uint32_t *links; /* wanted, by id; abstract ones too */
    size_t link_count;
    uint32_t counts[LT_STATUSES];
    uint32_t worst[LTI_GAPS];
    size_t worst_count;
    lti_supply_page *pages;
    size_t page_count;
    double foot;
} lti_supply_sheet;

/** The names of the finals that a link's failure blocks, most important first. Kept by the scene. */
const char *lti_supply_finals(lti_scene *scene, lti_supply_sheet *s, uint32_t link);
/** Builds and places a page. @param fits  receives whether all has room. @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. */
lt_code lti_supply_lay_out(lti_scene *scene, lti_supply_sheet *s, lti_supply_page *p, bool *fits, lt_error *error);
/** Chevron and panel of a column; the chevron over a margin. */
void lti_draw_supply_column(lti_scene *scene, const lti_supply_sheet *s, const lti_supply_page *p, uint32_t c);
void lti_draw_supply_margin_head(lti_scene *scene, const lti_supply_page *p, bool in);

/** Column of the placing that a node stands in. */
uint32_t lti_supply_place(const lti_supply_page *page, uint32_t depth, bool junction);

/** Nodes and lines of a page. @param page  own is set. @return LT_OK, LT_E_MEMORY. */
lt_code lti_supply_build(lti_supply_page *page, uint32_t most, lt_error *error);
/** Frees what the build and the placing made, and own. */
void lti_supply_done(lti_supply_page *page);

/** Whether a link's failure is at hand: it is missing, or rests on one source, and finals hang on it. */
bool lti_supply_breaks(const lti_supply_page *page, uint32_t link);

/** Lines that the names of what may break in an in-margin's chain take on its card. */
int lti_supply_break_lines(const lti_supply_page *page, const lti_supply_node *node, double width);

void lti_draw_supply_lines(lti_scene *scene, const lti_supply_page *page);
void lti_draw_supply_nodes(lti_scene *scene, const lti_supply_page *page);
/** How an edge from a link looks; UINT32_MAX = from none. */
lti_line lti_supply_line_of(const lti_map *map, lt_status status, bool optional, bool quiet);

#endif
