/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_INNOVATION_H
#define LTI_INNOVATION_H

#include "map/chain_page.h"
#include "map/research.h"
#include "map/scene.h"
#include "map/tile.h"

/*
 * A page of the innovation map: columns of links between a band of who does research here, above, and a band of who could be
 * engaged elsewhere, below. A line leaves its holder toward the columns, runs along a lane between band and columns, then along
 * a lane in the gutter beside a column (left for those here, right for those elsewhere), and ends at its link.
 */

typedef enum { LTI_HERE, LTI_ELSEWHERE, LTI_SIDES } lti_side;

/** A column of links. */
typedef struct {
    const char *id, *name;
    lt_stage stage;
    uint32_t *links;           /* borrowed */
    size_t count, part, parts; /* part: from 1, of as many as the segment is split into */

    double left, right;      /* of the panel */
    size_t lanes[LTI_SIDES]; /* in its gutters */
    lti_tile *tiles;         /* by link of the column */
    size_t tile_count;
    uint32_t *rest; /* links drawn as cells */
    size_t rest_count;
    double gap;
} lti_strip_column;

/** Where a holder stands on the page. */
typedef struct {
    bool drawn;
    lti_rect at;
    lti_point exit; /* where its lines leave */
    double turn;    /* x of their first run toward the columns */
    double lane;    /* y of its lane */
} lti_stand;

typedef struct {
    double top, height; /* of the cards with their headings */
    double lanes_top, lanes_height;
    size_t rows, shown, left_out;
} lti_band;

typedef struct {
    const lti_map *map;
    const lti_research *research;
    bool first; /* the first page: names who is named for the whole chain */
    lti_strip_column *columns;
    size_t column_count;
    uint32_t *column_of; /* by link, UINT32_MAX = not on this page */
    lti_rect *tile_of;   /* by link */
    lti_stand *stands;   /* by holder */
    double *gutter;      /* by holder and column: x of its lane there */
    uint32_t *order;     /* holders of one side as they stand */
    lti_rect area;
    lti_band bands[LTI_SIDES];
    double top, bottom; /* of the panels */
    double head;        /* height of the panels' headings */
} lti_innovation;

/** A map being drawn, over its pages or as a graph. */
typedef struct {
    const lti_map *map;
    lti_research research;
    lti_columns segments;
    lti_strip_column *columns; /* of all pages */
    size_t column_count;
    lti_innovation *pages;
    size_t page_count;
    lti_tile *tiles; /* in the order of the columns' links */
    uint32_t *rest;
    uint32_t gaps[LTI_GAPS];
    size_t gap_count;
    double foot; /* upper edge of the gap row */
} lti_innovation_sheet;

/** Collects what the map shows, whatever draws it: research, segments with their links in order, gaps. Only the map is set
    before. @param s  freed with lti_innovation_done, also on failure. @return LT_OK, LT_E_MEMORY, LT_E_ARGUMENT (no links). */
lt_code lti_innovation_prepare(lti_innovation_sheet *s, lti_scene *scene, lt_error *error);
void lti_innovation_done(lti_innovation_sheet *s);
/** Kept by the scene. */
const char *lti_innovation_title(lti_scene *scene, const lti_innovation_sheet *s);

/** In the order of counts and legends. */
extern const uint8_t lti_supports_worst_first[LT_SUPPORTS];
/** How support looks, its sign and its name; and its word in attributes and classes, the same in every language. */
const lti_look *lti_support_look(const lti_map *map, uint8_t support);
const char *lti_support_badge(const lti_map *map, uint8_t support);
const char *lti_support_name(const lti_map *map, uint8_t support);
extern const char *const lti_support_words[LT_SUPPORTS];
/** Who works on a link, or could be engaged, or that nobody is known. Kept by the scene. */
const char *lti_innovation_words(lti_scene *scene, const lti_innovation_sheet *s, uint32_t link);
/** The tile of a link, not yet measured. */
lti_tile lti_innovation_tile(lti_scene *scene, const lti_innovation_sheet *s, uint32_t link);
/** Lays out one page. @return whether all has room. */
bool lti_innovation_lay_out(lti_scene *scene, const lti_innovation_sheet *s, lti_innovation *p);
/** A column's ground and heading; and its links without a tile, as cells. */
void lti_draw_innovation_panel(lti_scene *scene, const lti_innovation_sheet *s, const lti_innovation *p, const lti_strip_column *c);
void lti_draw_innovation_rest(lti_scene *scene, const lti_innovation_sheet *s, const lti_innovation *p, const lti_strip_column *c);

enum { LTI_BAND_LABEL = 80 }; /* width of a band's name on A3 */

const lti_holder *lti_holder_at(const lti_innovation *page, size_t holder);
lti_side lti_side_of(const lti_holder *holder);
/** Whether a tie's link stands on the page. */
bool lti_tie_shown(const lti_innovation *page, const lti_tie *tie);

/** Numbers of lanes in the gutters; before columns have their places. */
void lti_count_gutters(lti_innovation *page);
/** Places holders and lanes; columns must have their places. @return false when memory has run out. */
bool lti_place_bands(lti_innovation *page);
/** Lanes in the gutters; tiles must have their places. */
void lti_place_gutters(lti_innovation *page);
void lti_draw_bands(lti_scene *scene, const lti_innovation *page);
void lti_draw_ties(lti_scene *scene, const lti_innovation *page);
/** How a tie looks. */
lti_line lti_tie_line(const lti_map *map, bool local, bool named);

#endif
