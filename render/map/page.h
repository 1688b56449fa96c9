/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PAGE_H
#define LTI_PAGE_H

#include "map/map.h"
#include "map/palette.h"
#include "map/scene.h"

/* What a type of map is given, and the parts that all pages share. */

/** Measures of a page size; fonts are scaled by `scale` from those of A3. */
typedef struct {
    double width, height, margin, scale;
    double body_top; /* below the header */
} lti_sheet;

/** A map being drawn. */
typedef struct {
    const lt_map_data *data;
    const lt_map_options *options;
    const lt_dataset *ds;
    const lt_gaps *gaps;
    lt_lang lang;
    const lti_sheet *sheet;
    const lti_colours *colours;
    const uint32_t *links; /* that pass the filters, abstract ones too, by id */
    size_t link_count;
    uint32_t counts[LT_STATUSES]; /* of those that are not abstract */
    const char **letters;         /* by zone index: its letter on this map, NULL = none */
    lt_node *lettered;            /* zones with a letter, in order */
    size_t lettered_count;
    void *letter_texts; /* what letters point to */
    bool *shown;        /* by link: passes the filters */
    bool filtered;
} lti_map;

/** Pages of a map, in order. */
typedef struct {
    lti_scene *scenes;
    size_t count, room;
} lti_pages;

/** Adds a page; the scene belongs to `pages` and lies there until the next call. NULL when memory has run out. */
lti_scene *lti_pages_add(lti_pages *pages, const lti_map *map);
void lti_pages_done(lti_pages *pages);

/** A type of map: draws all its pages. @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL, LT_E_ARGUMENT. */
typedef lt_code (*lti_draw)(const lti_map *map, lti_pages *pages, lt_error *error);

lt_code lti_draw_industry(const lti_map *map, lti_pages *pages, lt_error *error);
lt_code lti_draw_targeting(const lti_map *map, lti_pages *pages, lt_error *error);
lt_code lti_draw_innovation(const lti_map *map, lti_pages *pages, lt_error *error);
lt_code lti_draw_supply(const lti_map *map, lti_pages *pages, lt_error *error);
lt_code lti_draw_city(const lti_map *map, lti_pages *pages, lt_error *error);

/** A message's text, with up to three arguments; NULL = no more. Kept by the scene. */
const char *lti_say(lti_scene *scene, const lti_map *map, lt_message message, const char *a, const char *b, const char *c);
/** A whole number as text. Kept by the scene. */
const char *lti_number(lti_scene *scene, size_t number);
/** Place, date and what else there is to say under a title, and whether the map is filtered. Kept by the scene. */
const char *lti_subtitle(lti_scene *scene, const lti_map *map, const char *rest);
/** Local firms that make or serve a link of the map. */
size_t lti_firms_shown(const lti_map *map);
/** Points that a length of the A3 design takes on this page. */
double lti_scaled(const lti_map *map, double length);

/** A figure of the header, behind its badge. */
typedef struct {
    const lti_look *look;
    const char *badge, *name, *classes;
    size_t number;
} lti_count;
/** What stands over a page. */
typedef struct {
    const char *title, *subtitle, *shares; /* shares: under the counts */
    const lti_count *counts;
    size_t count_count;
} lti_heading;
/** Sets title and description; title and subtitle at the upper left, counts at the upper right. */
void lti_page_heading(lti_scene *scene, const lti_map *map, const lti_heading *heading);
/** The counts of statuses, worst first. */
void lti_status_counts(lti_scene *scene, const lti_map *map, const uint32_t counts[LT_STATUSES], lti_count list[LT_STATUSES]);
/** The same with counts of statuses; title and subtitle at the upper left, counts of statuses at the upper right. */
void lti_page_header(lti_scene *scene, const lti_map *map, const char *title, const char *subtitle,
                     const uint32_t counts[LT_STATUSES]);
/** What stands on links that matter most. */
typedef enum { LTI_FLAG_NONE, LTI_FLAG_CHOKE, LTI_FLAG_PRIORITY, LTI_FLAG_FINAL } lti_flag;
/** One thing that the foot explains: a line, a flag, a zone's letter, or words alone. */
typedef struct {
    bool has_line;
    lti_flag flag;
    lti_line line;
    const char *letter, *text;
} lti_key;
/** Explanations, sources, date and page number; all above stays clear of it. @return its upper edge. */
double lti_page_foot(lti_scene *scene, const lti_map *map, const lti_key *keys, size_t key_count, size_t page, size_t pages);
/** The same with definitions of its own. */
typedef struct {
    const lti_key *keys;
    size_t key_count;
    lt_message definitions;
    size_t page, pages;
} lti_foot;
double lti_page_foot_of(lti_scene *scene, const lti_map *map, const lti_foot *foot);
/** A stage's chevron with its name. first and last: flat where nothing comes before or after. */
void lti_chevron(lti_scene *scene, const lti_map *map, lti_rect at, lt_stage stage, const char *name, bool first, bool last);
/** The badge of a status: a square with one character. */
void lti_badge(lti_scene *scene, const lti_map *map, lt_status status, double x, double y, double side);
/** The same of any look and text. */
void lti_badge_of(lti_scene *scene, const lti_look *look, const char *text, double x, double y, double side);
/** Small squares, one a link and worst last, that end at x. @return where they begin. */
double lti_count_squares(lti_scene *scene, const lti_map *map, const uint32_t counts[LT_STATUSES], double x, double y,
                         double width);
/** Links in order, as a row of numbered cards. */
typedef struct {
    const char *id, *head, *basis, *none; /* none: said where there are no links */
    const uint32_t *links;
    const char *const *reasons;   /* by link of the row */
    const lti_look *const *looks; /* of the badges, with their texts; NULL = by status */
    const char *const *badges;
    size_t count; /* at most six */
} lti_gap_row;
void lti_draw_gap_row(lti_scene *scene, const lti_map *map, const lti_gap_row *row, lti_rect at);
/** The gaps most worth filling, as a row of numbered cards between left and right. */
void lti_priority(lti_scene *scene, const lti_map *map, const uint32_t *links, size_t count, lti_rect at);
/** The first links of the targeting list that are on the map. @return how many, at most `limit`. */
size_t lti_worst_gaps(const lti_map *map, lt_node chain, uint32_t *links, size_t limit);

#endif
