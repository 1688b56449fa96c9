/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/edges.h"

#include <string.h>

#include "map/columns.h"

static const char optional_dash[] = "1.2 2.2", back_dash[] = "6 3";

lt_message lti_stage_message(uint8_t stage)
{
    static const lt_message names[] = {[LT_STAGE_UNSET] = LT_MSG_MAP_NO_STAGE,
                                       [LT_STAGE_UPSTREAM] = LT_MSG_STAGE_UPSTREAM,
                                       [LT_STAGE_MIDSTREAM] = LT_MSG_STAGE_MIDSTREAM,
                                       [LT_STAGE_DOWNSTREAM] = LT_MSG_STAGE_DOWNSTREAM,
                                       [LT_STAGE_SUPPORT] = LT_MSG_STAGE_SUPPORT};
    return names[stage];
}

static const lti_look *look_from(const lti_map *map, uint32_t link)
{
    lt_status status = lt_links(map->ds)[link].abstract ? LT_STATUS_ADEQUATE : (lt_status)map->gaps->status[link];
    return lti_look_of(map->options->style, status);
}

lti_line lti_edge_line(const lti_map *map, const lt_supply *supply, bool back)
{
    const lti_look *look = look_from(map, lt_node_index(map->ds, supply->edge.from));
    lti_line line = {.stroke = look->edge,
                     .dash = look->edge_dash,
                     .pen = lti_scaled(map, look->edge_pen),
                     .arrow = true,
                     .hollow = supply->group != 0,
                     .classes = "line"};
    bool plain = strcmp(look->edge, map->colours->supply) == 0;
    if (back && plain) {
        line.stroke = map->colours->recycling;
        line.dash = back_dash;
    }
    if (supply->need == LT_NEED_OPTIONAL) { /* what can be done without alarms nobody */
        line.stroke = map->colours->supply;
        line.dash = optional_dash;
        line.pen = lti_scaled(map, 0.75);
    }
    return line;
}

/* To an earlier stage of the flow; what supports all stages runs back to none. */
static bool runs_back(const lti_map *map, uint32_t from, uint32_t to)
{
    const lt_segment *a = lt_link_segment(map->ds, from), *b = lt_link_segment(map->ds, to);
    if (!a || !b || lt_links(map->ds)[from].chain != lt_links(map->ds)[to].chain) return false;
    bool flow =
        a->stage != LT_STAGE_SUPPORT && b->stage != LT_STAGE_SUPPORT && a->stage != LT_STAGE_UNSET && b->stage != LT_STAGE_UNSET;
    return flow && a->stage > b->stage;
}

static int urgency(const lti_map *map, uint32_t link)
{
    const char *edge = look_from(map, link)->edge;
    if (strcmp(edge, map->colours->supply) == 0) return 0;
    return (lt_status)map->gaps->status[link] == LT_STATUS_MISSING ? 2 : 1;
}

static void draw_one(lti_scene *scene, const lti_map *map, const lt_supply *supply, const lti_path *route)
{
    uint32_t from = lt_node_index(map->ds, supply->edge.from), to = lt_node_index(map->ds, supply->edge.to);
    bool back = runs_back(map, from, to);
    lti_attribute attributes[] = {{"from", lt_node_id(map->ds, supply->edge.from)}, {"to", lt_node_id(map->ds, supply->edge.to)}};
    const char *classes = supply->need == LT_NEED_OPTIONAL ? "edge supply optional"
                          : back                           ? "edge supply back"
                          : supply->group                  ? "edge supply alternative"
                                                           : "edge supply";
    lti_begin(scene, &(lti_group){.classes = classes, .attributes = attributes, .attribute_count = 2});
    lti_line line = lti_edge_line(map, supply, back);
    lti_add_curve(scene, &line, route);
    lti_end(scene);
}

/* The edges of one source share a trunk, so their halo is laid under all of them at once. */
static void draw_bundle(lti_scene *scene, const lti_map *map, const lt_supply *const *supplies, const lti_path *routes,
                        size_t first, size_t end)
{
    lti_path halo = {0};
    for (size_t i = first; i < end; i++) lti_path_add(&halo, &routes[i]);
    lti_add_curve(scene, &(lti_line){.halo = lti_scaled(map, 2.6)}, &halo);
    lti_path_done(&halo);
    for (size_t i = first; i < end; i++) draw_one(scene, map, supplies[i], &routes[i]);
}

void lti_draw_edges(lti_scene *scene, const lti_map *map, const uint32_t *links, const lti_place_edge *edges,
                    const lt_supply *const *supplies, const lti_placing *placing)
{
    for (int level = 0; level <= 2; level++)
        for (size_t i = 0, end; i < placing->edge_count; i = end) {
            for (end = i; end < placing->edge_count && edges[end].from == edges[i].from;) end++;
            if (urgency(map, links[edges[i].from]) == level) draw_bundle(scene, map, supplies, placing->routes, i, end);
        }
}

size_t lti_edge_keys(const lti_map *map, lti_key *keys, size_t limit)
{
    static const struct {
        lt_status from;
        lt_message text;
        bool back, hollow, optional;
    } rows[] = {{LT_STATUS_ADEQUATE, LT_MSG_MAP_KEY_SUPPLY, false, false, false},
                {LT_STATUS_MISSING, LT_MSG_MAP_KEY_FROM_MISSING, false, false, false},
                {LT_STATUS_SINGLE, LT_MSG_MAP_KEY_FROM_SINGLE, false, false, false},
                {LT_STATUS_ADEQUATE, LT_MSG_MAP_KEY_OPTIONAL, false, false, true},
                {LT_STATUS_ADEQUATE, LT_MSG_MAP_KEY_ALTERNATIVE, false, true, false},
                {LT_STATUS_ADEQUATE, LT_MSG_MAP_KEY_BACK, true, false, false}};
    size_t count = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && count < limit; i++) {
        const lti_look *look = lti_look_of(map->options->style, rows[i].from);
        lti_line line = {.stroke = rows[i].back ? map->colours->recycling : look->edge,
                         .dash = rows[i].optional ? optional_dash
                                 : rows[i].back   ? back_dash
                                                  : look->edge_dash,
                         .pen = lti_scaled(map, look->edge_pen + 0.2),
                         .arrow = true,
                         .hollow = rows[i].hollow};
        keys[count++] = (lti_key){.has_line = true, .line = line, .text = lt_message_pattern(map->lang, rows[i].text)};
    }
    return count;
}

size_t lti_zone_keys(const lti_map *map, lti_key *keys, size_t limit)
{
    size_t count = 0;
    for (; count < map->lettered_count && count < limit; count++)
        keys[count] = (lti_key){.letter = map->letters[lt_node_index(map->ds, map->lettered[count])],
                                .text = lt_node_name(map->ds, map->lettered[count])};
    return count;
}
