/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/chain_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = 64 };
static const double priority_height = 30;

const lt_segment *lti_segment_in(const lti_map *map, uint32_t link)
{
    return lt_links(map->ds)[link].chain == map->options->chain ? lt_link_segment(map->ds, link) : NULL;
}

static bool belongs(const lti_map *map, uint32_t link, const void *segment)
{
    return lti_segment_in(map, link) == segment;
}

size_t lti_segment_size(const lti_map *map, const lt_segment *segment)
{
    size_t count = 0;
    for (size_t i = 0; i < map->link_count; i++) count += belongs(map, map->links[i], segment);
    return count;
}

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

lt_list lti_segments(const lti_map *map)
{
    return lt_chains(map->ds)[lt_node_index(map->ds, map->options->chain)].segments;
}

/* What other chains share comes first when it mostly feeds this one, and last when it is mostly fed. */
static bool shared_first(const lti_map *map, const lti_column *shared)
{
    long balance = 0;
    for (size_t i = 0; i < lt_count(map->ds, LT_SUPPLY); i++) {
        uint32_t from = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.from);
        uint32_t to = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.to);
        if (!map->shown[from] || !map->shown[to]) continue;
        balance += (lti_segment_in(map, from) == NULL) - (lti_segment_in(map, to) == NULL);
    }
    return shared->count > 0 && balance > 0;
}

static void name_column(lti_scene *scene, lti_column *column, const lti_map *map, const lt_segment *segment)
{
    char id[192];
    if (!segment) {
        column->over = lt_message_pattern(map->lang, LT_MSG_MAP_SHARED);
        column->id = "shared"; /* no segment: theirs begin with "stage-" */
        column->name = lt_message_pattern(map->lang, LT_MSG_MAP_NO_SEGMENT);
        return;
    }
    snprintf(id, sizeof id, "stage-%s", lt_dataset_string(map->ds, segment->id));
    column->id = lti_scene_keep(scene, id);
    column->name = lt_dataset_string(map->ds, segment->name);
    column->stage = segment->stage;
}

lt_code lti_chain_columns(lti_scene *scene, const lti_map *map, lti_columns *out, lt_error *error)
{
    lt_list segments = lti_segments(map);
    out->columns = calloc(segments.count + 1, sizeof *out->columns);
    if (!out->columns) return out_of_memory(error);
    lti_column shared = {0};
    name_column(scene, &shared, map, NULL);
    if (!lti_column_fill(map, &shared, belongs, NULL)) return out_of_memory(error);
    bool first = shared_first(map, &shared);
    if (first) out->columns[out->count++] = shared;
    for (uint32_t i = 0; i < segments.count; i++) {
        const lt_segment *segment = lt_list_segment(map->ds, segments, i);
        lti_column *column = &out->columns[out->count];
        *column = (lti_column){0};
        name_column(scene, column, map, segment);
        if (!lti_column_fill(map, column, belongs, segment)) {
            if (!first) free(shared.links);
            return out_of_memory(error);
        }
        if (column->count > 0) out->count++;
        else free(column->links);
    }
    if (!first && shared.count > 0) out->columns[out->count++] = shared;
    else if (!first) free(shared.links);
    return LT_OK;
}

void lti_chain_header(lti_scene *scene, const lti_map *map, const char *title, const uint32_t counts[LT_STATUSES])
{
    size_t edges = 0, links = 0;
    for (int s = 0; s < LT_STATUSES; s++) links += counts[s];
    for (size_t i = 0; i < lt_count(map->ds, LT_SUPPLY); i++)
        edges += map->shown[lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.from)] &&
                 map->shown[lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.to)];
    const char *rest = lti_say(scene, map, LT_MSG_MAP_COUNTS, lti_number(scene, links), lti_number(scene, edges),
                               lti_number(scene, lti_firms_shown(map)));
    lti_page_header(scene, map, title, lti_subtitle(scene, map, rest), counts);
}

lti_rect lti_chain_frame(lti_scene *scene, const lti_map *map, const uint32_t *ranked, size_t ranked_count, size_t page,
                         size_t pages)
{
    lti_key keys[KEYS];
    size_t count = lti_edge_keys(map, keys, KEYS);
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_WEIGHT)};
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_RANK)};
    if (map->options->before) keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_CHANGED)};
    count += lti_zone_keys(map, keys + count, KEYS - count);
    double foot = lti_page_foot(scene, map, keys, count, page, pages), margin = map->sheet->margin,
           width = scene->width - 2 * margin;
    double height = lti_scaled(map, priority_height), top = foot - lti_scaled(map, 9) - height;
    lti_priority(scene, map, ranked, ranked_count, (lti_rect){margin, top, width, height});
    return (lti_rect){margin, map->sheet->body_top, width, top - lti_scaled(map, 9) - map->sheet->body_top};
}
