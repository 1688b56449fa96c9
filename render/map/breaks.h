/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_BREAKS_H
#define LTI_BREAKS_H

#include "map/page.h"

/* Where supply breaks and what breaks with it: the facts behind the supply map. */

/** What a link's failure does. */
typedef struct {
    uint32_t *blocked; /* by link: final links, itself not counted, that fail with it */
    double *weight;    /* by link: their importance */
    lt_failure_model *model;
    uint32_t *found; /* room for links */
} lti_breaks;

/** @param out  freed with lti_breaks_done, also on failure. @return LT_OK, LT_E_MEMORY. Cost O(links · what fails). */
lt_code lti_breaks_find(const lti_map *map, lti_breaks *out, lt_error *error);
void lti_breaks_done(lti_breaks *breaks);

/** The finals that fail with a link, most important first. Borrowed until the next call. @return how many. */
size_t lti_breaks_finals(const lti_map *map, lti_breaks *breaks, uint32_t link, const uint32_t **finals);

/** Missing, pipeline and single links that block finals, those that block most first. @return how many, at most `limit`. */
size_t lti_breaks_worst(const lti_map *map, const lti_breaks *breaks, const uint32_t *links, size_t count, uint32_t *worst,
                        size_t limit);

/** Columns of links by depth of supply. */
typedef struct {
    uint32_t *column;      /* by link: its column, from 0; UINT32_MAX = not on the page */
    uint32_t *first;       /* by column its first depth, from 0; then the number of depths */
    uint32_t count, alone; /* columns in all, and the last of them that hold links which no edge of the page touches */
} lti_depths;

/**
 * Each link stands right of what feeds it, and as near as that allows to what it feeds. Edges that close a circle are left out
 * of account.
 *
 * @param own    by link: whether it stands on the page
 * @param most   columns at most; neighbouring depths are put together, the least filled first
 * @param out    freed with lti_depths_done, also on failure
 * @return LT_OK, LT_E_MEMORY. Cost O(links + supply).
 */
lt_code lti_depths_find(const lti_map *map, const bool *own, uint32_t most, lti_depths *out, lt_error *error);
void lti_depths_done(lti_depths *depths);

#endif
