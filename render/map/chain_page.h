/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_CHAIN_PAGE_H
#define LTI_CHAIN_PAGE_H

#include "map/columns.h"

/* Pages of one chain: what they have in common. */

enum { LTI_GAPS = 6 };

lt_list lti_segments(const lti_map *map);
/** The segment that a link has in the map's chain; NULL = none there. */
const lt_segment *lti_segment_in(const lti_map *map, uint32_t link);
/** Links to show in a segment; NULL = those that have none in this chain. */
size_t lti_segment_size(const lti_map *map, const lt_segment *segment);

/** One column a segment that has links to show, and one for those of other chains, at the side that it mostly feeds from.
    Ended with lti_columns_done, also on failure. */
lt_code lti_chain_columns(lti_scene *scene, const lti_map *map, lti_columns *out, lt_error *error);
/** Title, subtitle and counts. */
void lti_chain_header(lti_scene *scene, const lti_map *map, const char *title, const uint32_t counts[LT_STATUSES]);
/** Foot and gaps. @return the area between header and gaps. */
lti_rect lti_chain_frame(lti_scene *scene, const lti_map *map, const uint32_t *ranked, size_t ranked_count, size_t page,
                         size_t pages);

/** Pages that a segment takes, and these pages: its links, what feeds them and what they feed. */
size_t lti_segment_pages(const lti_map *map, const lt_segment *segment);
lt_code lti_draw_segment(const lti_map *map, lti_pages *pages, const lt_segment *segment, size_t page, size_t page_count,
                         lt_error *error);
/** All links of all columns by name or, where even that has no room, as cells. */
void lti_overview_draw(lti_scene *scene, const lti_map *map, const lti_columns *columns, lti_rect area);
/** Links by status from worst to best, then by id. */
void lti_sort_worst_first(const lti_map *map, uint32_t *links, size_t count);
/** A link as a square with the sign of its status where there is something to say. */
void lti_draw_cell(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at);

#endif
