/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The industry map: segments as columns under chevrons, one card a link, supply edges between them, the gaps most worth filling.
   Past what a page holds: an overview that names every link, and a page a segment with what feeds it and what it feeds. */
#include <string.h>

#include "map/chain_page.h"

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static lt_code draw_one_page(const lti_map *map, lti_pages *pages, bool *fits, lt_error *error)
{
    uint32_t ranked[LTI_GAPS];
    lti_columns columns = {.ranked = ranked, .ranked_count = lti_worst_gaps(map, LT_NONE, ranked, LTI_GAPS)};
    lti_scene *scene = lti_pages_add(pages, map);
    if (!scene) return out_of_memory(error);
    lt_code code = lti_chain_columns(scene, map, &columns, error);
    const char *name = lt_node_name(map->ds, map->options->chain);
    if (code == LT_OK) {
        lti_chain_header(scene, map, lti_say(scene, map, LT_MSG_MAP_TITLE, name, NULL, NULL), map->counts);
        lti_rect area = lti_chain_frame(scene, map, ranked, columns.ranked_count, 1, 1);
        code = lti_columns_draw(scene, map, &columns, area, fits, error);
    }
    lti_columns_done(&columns);
    return code;
}

static lt_code draw_overview(const lti_map *map, lti_pages *pages, size_t page_count, lt_error *error)
{
    uint32_t ranked[LTI_GAPS];
    lti_columns columns = {.ranked = ranked, .ranked_count = lti_worst_gaps(map, LT_NONE, ranked, LTI_GAPS)};
    lti_scene *scene = lti_pages_add(pages, map);
    if (!scene) return out_of_memory(error);
    lt_code code = lti_chain_columns(scene, map, &columns, error);
    if (code == LT_OK) {
        const char *name = lt_node_name(map->ds, map->options->chain);
        lti_chain_header(scene, map, lti_say(scene, map, LT_MSG_MAP_OVERVIEW, name, NULL, NULL), map->counts);
        lti_rect area = lti_chain_frame(scene, map, ranked, columns.ranked_count, 1, page_count);
        lti_overview_draw(scene, map, &columns, area);
    }
    lti_columns_done(&columns);
    return code;
}

/* One segment that the user asks for, or the overview and then every segment. */
static lt_code draw_segments(const lti_map *map, lti_pages *pages, lt_error *error)
{
    lt_list segments = lti_segments(map);
    const char *wanted = map->options->segment;
    lt_code code = LT_OK;
    size_t page_count = wanted ? 0 : 1, page = page_count;
    for (uint32_t i = 0; i <= segments.count; i++) {
        const lt_segment *segment = i < segments.count ? lt_list_segment(map->ds, segments, i) : NULL;
        if (!wanted || (segment && strcmp(wanted, lt_dataset_string(map->ds, segment->id)) == 0))
            page_count += lti_segment_pages(map, segment);
    }
    if (!wanted) code = draw_overview(map, pages, page_count, error);
    for (uint32_t i = 0; i <= segments.count && code == LT_OK; i++) {
        const lt_segment *segment = i < segments.count ? lt_list_segment(map->ds, segments, i) : NULL;
        if (wanted && (!segment || strcmp(wanted, lt_dataset_string(map->ds, segment->id)) != 0)) continue;
        code = lti_draw_segment(map, pages, segment, page + 1, page_count, error);
        page += lti_segment_pages(map, segment);
    }
    return code;
}

lt_code lti_draw_industry(const lti_map *map, lti_pages *pages, lt_error *error)
{
    bool fits = false;
    lt_code code = LT_OK;
    bool small = map->options->size == 0 || map->link_count <= map->options->size;
    if (small && !map->options->segment) code = draw_one_page(map, pages, &fits, error);
    if (code != LT_OK || fits) return code;
    lti_pages_done(pages);
    return draw_segments(map, pages, error);
}
