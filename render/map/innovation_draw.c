/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/innovation.h"
#include "map/measure.h"

static double scaled(const lti_innovation *page, double length)
{
    return lti_scaled(page->map, length);
}

lti_line lti_tie_line(const lti_map *map, bool local, bool named)
{
    return (lti_line){.stroke = local ? map->colours->capability : lti_look_of(map->options->style, LT_STATUS_PIPELINE)->colour,
                      .dash = named ? "0.1 2.7" : NULL,
                      .round_caps = named,
                      .pen = lti_scaled(map, named ? 1.35 : 1.1),
                      .arrow = true,
                      .classes = "line"};
}

/* Where on its tile a tie ends: lanes nearer the panel end nearer the band. */
static double port(const lti_innovation *page, const lti_tie *tie)
{
    const lti_rect *tile = &page->tile_of[tie->link];
    lti_side side = lti_side_of(lti_holder_at(page, tie->holder));
    size_t column = page->column_of[tie->link], before = 0, all = 0;
    double own = page->gutter[tie->holder * page->column_count + column];
    for (size_t i = 0; i < page->research->tie_count; i++) {
        const lti_tie *other = &page->research->ties[i];
        if (other->link != tie->link || lti_side_of(lti_holder_at(page, other->holder)) != side ||
            !page->stands[other->holder].drawn)
            continue;
        double x = page->gutter[other->holder * page->column_count + column];
        all++;
        before += side == LTI_HERE ? x > own : x < own;
    }
    double step = all > 1 ? fmin(scaled(page, 4), (tile->height - scaled(page, 5)) / (double)(all - 1)) : 0;
    double off = step * ((double)before - (double)(all - 1) / 2);
    return tile->y + tile->height / 2 + (side == LTI_HERE ? off : -off);
}

static void route(const lti_innovation *page, const lti_tie *tie, lti_path *path)
{
    const lti_stand *s = &page->stands[tie->holder];
    bool here = lti_holder_at(page, tie->holder)->local;
    const lti_rect *tile = &page->tile_of[tie->link];
    double x = page->gutter[tie->holder * page->column_count + page->column_of[tie->link]], y = port(page, tie);
    lti_point points[7];
    size_t count = 0;
    points[count++] = s->exit;
    if (s->turn != s->exit.x) points[count++] = (lti_point){s->turn, s->exit.y};
    points[count++] = (lti_point){s->turn, s->lane};
    points[count++] = (lti_point){x, s->lane};
    points[count++] = (lti_point){x, y};
    points[count++] = (lti_point){here ? tile->x : tile->x + tile->width, y};
    lti_path_round(path, points, count, scaled(page, 3));
}

static void draw_tie(lti_scene *scene, const lti_innovation *page, const lti_tie *tie, const lti_path *path)
{
    const lti_map *map = page->map;
    const lti_holder *holder = lti_holder_at(page, tie->holder);
    lti_attribute attributes[] = {{"from", lt_node_id(map->ds, holder->node)},
                                  {"to", lt_dataset_string(map->ds, lt_links(map->ds)[tie->link].head.id)}};
    lti_line line = lti_tie_line(map, holder->local, tie->named);
    lti_begin(
        scene,
        &(lti_group){.classes = tie->named ? "edge prospect" : "edge capability", .attributes = attributes, .attribute_count = 2});
    lti_add_curve(scene, &line, path);
    lti_end(scene);
}

/* The ties of one holder share their way, so their halo is laid under all of them at once. */
void lti_draw_ties(lti_scene *scene, const lti_innovation *page)
{
    const lti_research *r = page->research;
    for (size_t i = 0, end; i < r->tie_count; i = end) {
        lti_path halo = {0};
        for (end = i; end < r->tie_count && r->ties[end].holder == r->ties[i].holder;) end++;
        if (!page->stands[r->ties[i].holder].drawn) continue;
        for (int pass = 0; pass < 2; pass++) {
            for (size_t k = i; k < end; k++) {
                lti_path path = {0};
                if (!lti_tie_shown(page, &r->ties[k])) continue;
                route(page, &r->ties[k], pass == 0 ? &halo : &path);
                if (pass == 1) draw_tie(scene, page, &r->ties[k], &path);
                lti_path_done(&path);
            }
            if (pass == 0) lti_add_curve(scene, &(lti_line){.halo = scaled(page, 2.4)}, &halo);
        }
        lti_path_done(&halo);
    }
}

static void draw_holder(lti_scene *scene, const lti_innovation *page, uint32_t h)
{
    const lti_map *map = page->map;
    const lti_holder *holder = lti_holder_at(page, h);
    const lti_line line = lti_tie_line(map, holder->local, false);
    lti_rect at = page->stands[h].at;
    char id[192], name[LTI_TILE_TEXT];
    bool cut;
    const char *full = lt_node_name(map->ds, holder->node);
    const char *works = holder->whole_chain && holder->links == 0
                            ? lt_message_pattern(map->lang, LT_MSG_INNOVATION_WHOLE)
                            : lti_say(scene, map, holder->whole_chain ? LT_MSG_INNOVATION_WORKS_WHOLE : LT_MSG_INNOVATION_WORKS,
                                      lti_number(scene, holder->links), NULL, NULL);
    double tag = scaled(page, 11), left = at.x + scaled(page, 5), size = scaled(page, 8.4),
           right = at.x + at.width - scaled(page, 3);
    snprintf(id, sizeof id, "h-%s", lt_node_id(map->ds, holder->node));
    lti_attribute attributes[] = {{"holder", lt_node_id(map->ds, holder->node)}};
    lti_begin(scene, &(lti_group){.id = id,
                                  .classes = holder->local ? "holder local" : "holder outside",
                                  .title = lti_say(scene, map, LT_MSG_MAP_SUBTITLE, full, holder->name, works),
                                  .attributes = attributes,
                                  .attribute_count = 1,
                                  .frame = at,
                                  .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(scene, &(lti_box){.at = at,
                                  .radius = scaled(page, 3),
                                  .fill = map->colours->chip,
                                  .stroke = line.stroke,
                                  .dash = holder->local ? NULL : "2.4 1.8",
                                  .pen = scaled(page, 0.9)});
    int lines = lti_wrap(full, size, true, right - left, 2, name, sizeof name, &cut);
    double base = at.y + scaled(page, lines > 1 ? 9.8 : 12);
    for (char *text = name, *end; text; text = end, base += scaled(page, 9.6)) {
        end = strchr(text, '\n');
        if (end) *end++ = '\0';
        lti_add_text(scene,
                     &(lti_text){.x = left, .y = base, .size = size, .bold = true, .colour = map->colours->text, .text = text});
    }
    double low = at.y + at.height - scaled(page, 2.6);
    lti_add_box(
        scene,
        &(lti_box){.at = {left, low - scaled(page, 7.4), tag, scaled(page, 8.6)}, .radius = 1.4, .fill = map->colours->letter});
    lti_add_text(scene, &(lti_text){.x = left + tag / 2,
                                    .y = low - scaled(page, 0.6),
                                    .size = scaled(page, 6.8),
                                    .anchor = LTI_ANCHOR_MIDDLE,
                                    .colour = map->colours->text,
                                    .text = lt_message_pattern(map->lang, lti_holder_tag(map, holder->node))});
    lti_add_cut_text(scene, (lti_text){.x = left + tag + scaled(page, 3),
                                       .y = low - scaled(page, 0.5),
                                       .size = scaled(page, 7),
                                       .width = right - left - tag - scaled(page, 3),
                                       .colour = map->colours->soft,
                                       .text = works});
    lti_end(scene);
}

static void draw_groups(lti_scene *scene, const lti_innovation *page, lti_side side)
{
    const lti_map *map = page->map;
    const lti_band *band = &page->bands[side];
    for (uint32_t h = 0; h < page->research->holder_count; h++) {
        const lti_holder *holder = lti_holder_at(page, h);
        if (lti_side_of(holder) != side || !page->stands[h].drawn) continue;
        lti_rect all = page->stands[h].at;
        bool first = true;
        for (uint32_t k = 0; k < page->research->holder_count; k++) {
            const lti_holder *other = lti_holder_at(page, k);
            if (lti_side_of(other) != side || other->group != holder->group || !page->stands[k].drawn) continue;
            if (k < h) first = false;
            double end = fmax(all.x + all.width, page->stands[k].at.x + page->stands[k].at.width);
            all.x = fmin(all.x, page->stands[k].at.x);
            all.width = end - all.x;
        }
        if (!first) continue;
        double y = side == LTI_HERE ? band->top + scaled(page, 8) : band->top + band->height - scaled(page, 2.5);
        lti_add_cut_text(scene, (lti_text){.x = all.x,
                                           .y = y,
                                           .size = scaled(page, 8.2),
                                           .width = all.width,
                                           .colour = map->colours->soft,
                                           .text = holder->name});
    }
}

static void draw_label(lti_scene *scene, const lti_innovation *page, lti_side side)
{
    const lti_map *map = page->map;
    const lti_band *band = &page->bands[side];
    bool here = side == LTI_HERE, empty = band->shown == 0;
    const char *head = lt_message_pattern(map->lang, here ? LT_MSG_INNOVATION_HERE : LT_MSG_INNOVATION_ELSEWHERE);
    double size = scaled(page, 10.6), width = scaled(page, LTI_BAND_LABEL - 4),
           y = band->top + (empty  ? scaled(page, 10)
                            : here ? scaled(page, 24)
                                   : scaled(page, 12));
    char text[LTI_TILE_TEXT];
    bool cut;
    if (!empty) lti_wrap(head, size, true, width, 3, text, sizeof text, &cut);
    else snprintf(text, sizeof text, "%s", head);
    for (char *line = text, *end; line; line = end, y += 1.2 * size) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        lti_add_text(
            scene, &(lti_text){.x = page->area.x, .y = y, .size = size, .bold = true, .colour = map->colours->title, .text = line});
    }
    double small = scaled(page, 8);
    if (empty)
        lti_add_text(scene, &(lti_text){.x = page->area.x + lti_text_width(head, size, true) + scaled(page, 10),
                                        .y = band->top + scaled(page, 10),
                                        .size = scaled(page, 8.6),
                                        .colour = map->colours->soft,
                                        .text = lt_message_pattern(map->lang, here ? LT_MSG_INNOVATION_NO_LOCAL
                                                                                   : LT_MSG_INNOVATION_NO_OUTSIDE)});
    else
        lti_add_cut_text(scene, (lti_text){.x = page->area.x,
                                           .y = y - scaled(page, 2.5),
                                           .size = small,
                                           .width = width,
                                           .colour = map->colours->soft,
                                           .text = band->left_out ? lti_say(scene, map, LT_MSG_INNOVATION_MORE_HOLDERS,
                                                                            lti_number(scene, band->left_out), NULL, NULL)
                                                                  : lti_say(scene, map, LT_MSG_INNOVATION_HOLDERS,
                                                                            lti_number(scene, band->shown), NULL, NULL)});
}

void lti_draw_bands(lti_scene *scene, const lti_innovation *page)
{
    for (int s = 0; s < LTI_SIDES; s++) {
        lti_begin(scene, &(lti_group){.id = s == LTI_HERE ? "band-here" : "band-elsewhere"});
        draw_label(scene, page, (lti_side)s);
        draw_groups(scene, page, (lti_side)s);
        for (uint32_t h = 0; h < page->research->holder_count; h++)
            if (page->stands[h].drawn && lti_side_of(lti_holder_at(page, h)) == (lti_side)s) draw_holder(scene, page, h);
        lti_end(scene);
    }
}
