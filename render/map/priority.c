/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/measure.h"
#include "map/page.h"

enum { NAMES_SIZE = 600, CONSUMER_LIMIT = 256, ROW = 6 };

size_t lti_worst_gaps(const lti_map *map, lt_node chain, uint32_t *links, size_t limit)
{
    const lt_targets *targets = map->data->targets;
    size_t count = 0;
    for (size_t i = 0; targets && i < targets->listed_count && count < limit; i++) {
        uint32_t link = targets->listed[i].link;
        if (map->shown[link] && (chain == LT_NONE || lt_links(map->ds)[link].chain == chain)) links[count++] = link;
    }
    return count;
}

static void add_name(const lti_map *map, uint32_t link, char *names, size_t size)
{
    size_t used = strlen(names);
    snprintf(names + used, size - used, "%s%s", used ? lt_message_pattern(map->lang, LT_MSG_MAP_NAME_SEPARATOR) : "",
             lt_dataset_string(map->ds, lt_links(map->ds)[link].head.name));
}

/* Direct consumers, junctions looked through one step at a time. */
static size_t find_consumers(const lti_map *map, uint32_t link, uint32_t *found, size_t count, int depth)
{
    size_t edges;
    const lt_supply *supply = lt_supplies_from(map->ds, link, &edges);
    for (size_t i = 0; i < edges && count < CONSUMER_LIMIT; i++) {
        uint32_t to = lt_node_index(map->ds, supply[i].edge.to);
        bool known = false;
        for (size_t k = 0; k < count && !known; k++) known = found[k] == to;
        if (known) continue;
        if (lt_links(map->ds)[to].abstract && depth < 8) count = find_consumers(map, to, found, count, depth + 1);
        else if (!lt_links(map->ds)[to].abstract) found[count++] = to;
    }
    return count;
}

static const char *reason(lti_scene *scene, const lti_map *map, uint32_t link)
{
    uint32_t consumers[CONSUMER_LIMIT];
    char names[NAMES_SIZE] = "";
    size_t count = find_consumers(map, link, consumers, 0, 0);
    if (count == 0) return lt_message_pattern(map->lang, LT_MSG_MAP_SERVES_NONE);
    for (size_t i = 0; i < count && strlen(names) + 200 < sizeof names; i++) add_name(map, consumers[i], names, sizeof names);
    return lti_say(scene, map, LT_MSG_MAP_SERVES, lti_number(scene, count), names, NULL);
}

static void add_gap(lti_scene *scene, const lti_map *map, const lti_gap_row *row, size_t rank, lti_rect at)
{
    uint32_t link = row->links[rank - 1];
    const lti_colours *colours = map->colours;
    lt_status status = (lt_status)map->gaps->status[link];
    const char *name = lt_dataset_string(map->ds, lt_links(map->ds)[link].head.name);
    bool first = rank <= 3;
    double numeral = lti_scaled(map, 19), badge = lti_scaled(map, 12), left = at.x + lti_scaled(map, 21),
           right = at.x + at.width - lti_scaled(map, 5);
    double name_left = left + badge + lti_scaled(map, 4);
    char id[192];
    snprintf(id, sizeof id, "p-%s", lt_dataset_string(map->ds, lt_links(map->ds)[link].head.id));
    char title[1200];
    snprintf(title, sizeof title, "%.500s · %.600s", name, row->reasons[rank - 1]);
    lti_attribute attributes[] = {{"link", lt_dataset_string(map->ds, lt_links(map->ds)[link].head.id)}};
    lti_begin(scene, &(lti_group){.id = id,
                                  .classes = "gap",
                                  .role = "listitem",
                                  .title = title,
                                  .attributes = attributes,
                                  .attribute_count = 1,
                                  .frame = at,
                                  .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(scene, &(lti_box){.at = at,
                                  .radius = lti_scaled(map, 3),
                                  .fill = first ? lti_look_of(map->options->style, LT_STATUS_MISSING)->fill : colours->paper,
                                  .stroke = first ? colours->alarm : colours->rule,
                                  .pen = first ? 1.1 : 0.7});
    lti_add_text(scene, &(lti_text){.x = at.x + lti_scaled(map, 11),
                                    .y = at.y + at.height / 2 + numeral * 0.36,
                                    .size = numeral,
                                    .bold = true,
                                    .anchor = LTI_ANCHOR_MIDDLE,
                                    .colour = first ? colours->alarm : colours->faint,
                                    .text = lti_number(scene, rank)});
    if (row->looks) lti_badge_of(scene, row->looks[rank - 1], row->badges[rank - 1], left, at.y + lti_scaled(map, 3.5), badge);
    else lti_badge(scene, map, status, left, at.y + lti_scaled(map, 3.5), badge);
    lti_add_cut_text(scene, (lti_text){.x = name_left,
                                       .y = at.y + lti_scaled(map, 13.2),
                                       .size = lti_scaled(map, first ? 10.6 : 10),
                                       .width = right - name_left,
                                       .bold = true,
                                       .colour = colours->text,
                                       .text = name});
    lti_add_cut_text(scene, (lti_text){.x = left,
                                       .y = at.y + at.height - lti_scaled(map, 4.6),
                                       .size = lti_scaled(map, 7.6),
                                       .width = right - left,
                                       .colour = colours->soft,
                                       .text = row->reasons[rank - 1]});
    lti_end(scene);
}

void lti_draw_gap_row(lti_scene *scene, const lti_map *map, const lti_gap_row *row, lti_rect at)
{
    const char *head = row->head, *basis = row->basis;
    size_t count = row->count;
    double label = fmax(lti_text_width(basis, lti_scaled(map, 7.6), false), lti_text_width(head, lti_scaled(map, 12.5), true)) +
                   lti_scaled(map, 14),
           gap = lti_scaled(map, 7);
    double width = (at.width - label - gap * 5) / 6;
    lti_begin(scene, &(lti_group){.id = row->id, .role = "list", .label = head, .frame = at, .checks = LTI_HOLDS});
    lti_add_text(scene, &(lti_text){.x = at.x,
                                    .y = at.y + lti_scaled(map, 13.5),
                                    .size = lti_scaled(map, 12.5),
                                    .bold = true,
                                    .colour = map->colours->alarm,
                                    .text = head});
    lti_add_text(scene, &(lti_text){.x = at.x,
                                    .y = at.y + at.height - lti_scaled(map, 4.6),
                                    .size = lti_scaled(map, 7.6),
                                    .colour = map->colours->soft,
                                    .text = basis});
    if (count == 0)
        lti_add_text(scene, &(lti_text){.x = at.x + label,
                                        .y = at.y + at.height * 0.62,
                                        .size = lti_scaled(map, 9),
                                        .colour = map->colours->soft,
                                        .text = row->none});
    for (size_t i = 0; i < count; i++)
        add_gap(scene, map, row, i + 1, (lti_rect){at.x + label + (width + gap) * (double)i, at.y, width, at.height});
    lti_end(scene);
}

void lti_priority(lti_scene *scene, const lti_map *map, const uint32_t *links, size_t count, lti_rect at)
{
    const char *reasons[ROW];
    for (size_t i = 0; i < count && i < ROW; i++) reasons[i] = reason(scene, map, links[i]);
    lti_draw_gap_row(scene, map,
                     &(lti_gap_row){.id = "priority",
                                    .head = lt_message_pattern(map->lang, LT_MSG_MAP_PRIORITY),
                                    .basis = lt_message_pattern(map->lang, LT_MSG_MAP_PRIORITY_BASIS),
                                    .none = lt_message_pattern(map->lang, LT_MSG_MAP_NO_GAPS),
                                    .links = links,
                                    .reasons = reasons,
                                    .count = count},
                     at);
}
