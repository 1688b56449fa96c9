/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_COLUMNS_H
#define LTI_COLUMNS_H

#include "map/card.h"
#include "map/page.h"

/* Cards in columns under chevrons, with the supply edges between them: the middle of most maps. */

typedef struct {
    const char *id;   /* of the group: "stage-…" */
    const char *name; /* over the column */
    lt_stage stage;   /* whose colour the chevron has; neighbours of one stage share a chevron */
    const char *over; /* the chevron's text; NULL = the stage's name */
    uint32_t *links;  /* owned by the caller of lti_columns_draw */
    size_t count;
    uint32_t counts[LT_STATUSES];
} lti_column;

typedef struct {
    lti_column *columns;
    size_t count;
    const uint32_t *ranked; /* links that get a number, best first */
    size_t ranked_count;
} lti_columns;

/** Fills a column's links from the map's by a test; abstract ones too. @return false when memory has run out. */
bool lti_column_fill(const lti_map *map, lti_column *column, bool (*belongs)(const lti_map *map, uint32_t link, const void *of),
                     const void *of);
void lti_columns_done(lti_columns *columns);

/**
 * Draws columns into an area.
 *
 * @param fits  receives whether all cards have room; when they have not, nothing is drawn
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL.
 */
lt_code lti_columns_draw(lti_scene *scene, const lti_map *map, const lti_columns *columns, lti_rect area, bool *fits,
                         lt_error *error);

/** What the edges of this page mean, as keys of the foot. @return how many, at most `limit`. */
size_t lti_edge_keys(const lti_map *map, lti_key *keys, size_t limit);
/** The letters of zones, as keys of the foot. */
size_t lti_zone_keys(const lti_map *map, lti_key *keys, size_t limit);

#endif
