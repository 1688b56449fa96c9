/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TARGET_PAGE_H
#define LTI_TARGET_PAGE_H

#include <stdio.h>

#include "map/page.h"

/* The targeting map: what it is made from, and the parts of its pages. */

enum { LTI_TARGET_ROWS = 40, LTI_TARGET_ROUTES = 3, LTI_UNKNOWN_ROW = 6 };

/** A text that grows. */
typedef struct {
    FILE *file;
    char *data;
    size_t size;
    bool begun;
} lti_words;

void lti_words_begin(lti_words *words);
/** Adds a text, behind the separator where it is not the first. */
void lti_words_add(lti_words *words, const char *separator, const char *text);
/** Ends it. @return the text, kept by the scene. */
const char *lti_words_keep(lti_words *words, lti_scene *scene);

/** A target and its brief. Lists are owned copies, in the order of the brief. */
typedef struct {
    size_t rank; /* among those of the chain and the zone */
    const lt_target *target;
    lt_brief_item *lists[LT_BRIEF_LISTS];
    size_t counts[LT_BRIEF_LISTS];
    const lt_rule **instruments, **ways;
    size_t instrument_count, way_count;
    size_t zone; /* where it would land, in lists[LT_BRIEF_ZONES]; SIZE_MAX = nowhere */
} lti_target_row;

typedef struct {
    lti_target_row *rows; /* best first */
    size_t count;
    const lt_target **listed; /* all of the chain and the zone, best first */
    size_t listed_count;
    size_t selected;           /* those that pass the filters too */
    const lt_target **unknown; /* by what they would score if they were missing */
    size_t unknown_count;
    lt_chain_lead *leads;
    size_t lead_count;
    lt_rules *rules;    /* the defaults, where the caller gives none */
    uint32_t *rank_was; /* by link, before the overlay; 0 = was not listed; NULL = there is nothing to compare with */
    const char **left;  /* names of those that the overlay took from the list, best first */
    size_t left_count;
} lti_target_list;

/** Fills the list; ended with lti_target_list_done, also on failure. @return LT_OK, LT_E_MEMORY, LT_E_POLICY. */
lt_code lti_target_list_fill(const lti_map *map, lti_target_list *list, lt_error *error);
void lti_target_list_done(lti_target_list *list);

/** What an overlay did to the list (target_change.c); not told of the list of one zone. @return LT_OK, LT_E_MEMORY. */
lt_code lti_target_compare(const lti_map *map, lti_target_list *list, lt_error *error);
/** Places that a row gained or lost, or that it is new; NULL = neither. Kept by the scene or static. */
const char *lti_target_move(lti_scene *scene, const lti_map *map, const lti_target_list *list, const lti_target_row *row);
/** How many left the list, and the first of them; NULL = none. */
const char *lti_targets_left(lti_scene *scene, const lti_map *map, const lti_target_list *list);

/** Links by status of what the list stands for: those of the map, or where it is filtered, those on the list. */
void lti_target_counts(const lti_map *map, const lti_target_list *list, uint32_t counts[LT_STATUSES]);
/** Place among the listed that a link would take if it were missing. */
size_t lti_target_rank_if_missing(const lti_target_list *list, const lt_target *target);
/** What pointing at a target shows: figures, and its lists whole. Kept by the scene. */
const char *lti_target_title(lti_scene *scene, const lti_map *map, const lti_target_row *row);
/** Ids of a list, with blanks between; only those with `scope` unless it is LT_ON_NOTHING. Kept by the scene. */
const char *lti_target_ids(lti_scene *scene, const lti_map *map, const lti_target_row *row, lt_brief_list list, lt_scope scope);
/** How many targets there are, and which of them are shown: `count` from `first`. Kept by the scene. */
const char *lti_target_count_words(lti_scene *scene, const lti_map *map, const lti_target_list *list, size_t first, size_t count);
/** Warnings about a candidate, as few words as say it. */
void lti_target_marks(const lti_map *map, unsigned guards, char *text, size_t size);
lt_message lti_action_word(lt_action action);
/** Candidates of that scope in a region. */
size_t lti_firms_in(const lt_dataset *ds, const lti_target_row *row, lt_node region, lt_scope scope);
/** Whether a list names something for the link itself. */
bool lti_names_on_link(const lti_target_row *row, lt_brief_list list);

/** A page being drawn. */
typedef struct {
    const lti_map *map;
    lti_scene *scene;
    const lti_target_list *list;
    const lti_target_row *rows; /* of this page */
    size_t count;
    double unit;     /* points that one of the design takes here: slides are read from afar */
    double left[6];  /* of what, whom and how in a row; of regions, zones, units */
    double right[4]; /* of rows, regions, zones, units */
    double row_height, row_gap;
    double top, bottom; /* of the flow */
} lti_target_page;

/** Points that a length of the design takes in a row or a card of this page. */
double lti_unit(const lti_target_page *page, double length);
/** Middle of a row. */
double lti_target_middle(const lti_target_page *page, size_t row);
/** Whether candidates and regions of the row's whole chain stand in one card for all rows. */
bool lti_target_pooled(const lti_target_page *page, const lti_target_row *row);

/** Cards of the targets, with their candidates and instruments. */
void lti_target_rows_draw(const lti_target_page *page);
/** Regions, zones, units, and the routes to them. *capped: set where a row has more regions than are drawn. @return LT_OK,
    LT_E_MEMORY. */
lt_code lti_target_flow_draw(const lti_target_page *page, bool *capped, lt_error *error);
/** Links to survey, apart from the gaps. */
void lti_target_unknown_draw(const lti_target_page *page, lti_rect at, size_t lines);

/** A mark with a target's rank, as strong as what ties the target to where it stands. */
void lti_target_token(const lti_target_page *page, size_t row, lt_scope scope, double x, double y);
double lti_target_token_width(const lti_target_page *page, size_t row);
/** Colour of what belongs to a row: the first three stand out. */
const char *lti_target_colour(const lti_map *map, const lti_target_row *row);

#endif
