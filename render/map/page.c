/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/card.h"
#include "map/measure.h"
#include "map/tile.h"

enum { SAY_SIZE = 2048 };

lti_scene *lti_pages_add(lti_pages *pages, const lti_map *map)
{
    if (pages->count == pages->room) {
        size_t room = pages->room * 2 + 8;
        lti_scene *grown = realloc(pages->scenes, room * sizeof *grown);
        if (!grown) return NULL;
        pages->scenes = grown;
        pages->room = room;
    }
    lti_scene *scene = &pages->scenes[pages->count++];
    lti_scene_init(scene, map->sheet->width, map->sheet->height);
    scene->language = map->lang == LT_LANG_ZH ? "zh-CN" : "en";
    return scene;
}

void lti_pages_done(lti_pages *pages)
{
    for (size_t i = 0; i < pages->count; i++) lti_scene_done(&pages->scenes[i]);
    free(pages->scenes);
    *pages = (lti_pages){0};
}

const char *lti_say(lti_scene *scene, const lti_map *map, lt_message message, const char *a, const char *b, const char *c)
{
    char text[SAY_SIZE];
    lt_message_format(text, sizeof text, map->lang, message, (const char *const[]){a, b, c}, 3);
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

const char *lti_number(lti_scene *scene, size_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", number);
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

double lti_scaled(const lti_map *map, double length)
{
    return length * map->sheet->scale;
}

void lti_badge_of(lti_scene *scene, const lti_look *look, const char *text, double x, double y, double side)
{
    lti_add_box(scene, &(lti_box){.at = {x, y, side, side},
                                  .radius = side * 0.16,
                                  .fill = look->badge_fill ? look->badge_fill : "#FFFFFF",
                                  .stroke = look->colour,
                                  .pen = 0.8});
    lti_add_text(scene, &(lti_text){.x = x + side / 2,
                                    .y = y + side * 0.76,
                                    .size = side * 0.7,
                                    .bold = true,
                                    .anchor = LTI_ANCHOR_MIDDLE,
                                    .colour = look->badge_text,
                                    .text = text});
}

void lti_badge(lti_scene *scene, const lti_map *map, lt_status status, double x, double y, double side)
{
    const lti_look *look = lti_look_of(map->options->style, status);
    lti_badge_of(scene, look, lt_message_pattern(map->lang, look->badge), x, y, side);
}

/* Counts, each behind its badge: figures and legend in one. @return where they begin. */
static double add_counts(lti_scene *scene, const lti_map *map, const lti_heading *heading, double right)
{
    double side = lti_scaled(map, 19), figure = lti_scaled(map, 18), word = lti_scaled(map, 9.4), all = 0,
           top = lti_scaled(map, 25);
    double between = lti_scaled(map, 13), after = lti_scaled(map, 5), before = lti_scaled(map, 3);
    for (size_t i = 0; i < heading->count_count; i++) {
        const lti_count *c = &heading->counts[i];
        all += side + after + lti_text_width(lti_number(scene, c->number), figure, true) + before +
               lti_text_width(c->name, word, false) + (i > 0 ? between : 0);
    }
    double at = right - all;
    for (size_t i = 0; i < heading->count_count; i++) {
        const lti_count *c = &heading->counts[i];
        const char *number = lti_number(scene, c->number);
        if (i > 0) at += between;
        lti_begin(scene, &(lti_group){.classes = c->classes, .role = "listitem"});
        lti_badge_of(scene, c->look, c->badge, at, top, side);
        at += side + after;
        lti_add_text(scene, &(lti_text){.x = at,
                                        .y = top + lti_scaled(map, 16),
                                        .size = figure,
                                        .bold = true,
                                        .colour = map->colours->text,
                                        .text = number});
        at += lti_text_width(number, figure, true) + before;
        lti_add_text(
            scene,
            &(lti_text){.x = at, .y = top + lti_scaled(map, 15.5), .size = word, .colour = map->colours->soft, .text = c->name});
        lti_end(scene);
        at += lti_text_width(c->name, word, false);
    }
    return right - all;
}

/* Shares of the counts as one bar. */
static void add_bar(lti_scene *scene, const lti_map *map, const lti_heading *heading, double left, double right)
{
    double total = 0, gap = lti_scaled(map, 1.2), x = left;
    int used = 0;
    for (size_t i = 0; i < heading->count_count; i++) {
        total += (double)heading->counts[i].number;
        used += heading->counts[i].number > 0;
    }
    double room = right - left - gap * (used - 1);
    for (size_t i = 0; i < heading->count_count && total > 0; i++) {
        if (heading->counts[i].number == 0) continue;
        double width = room * (double)heading->counts[i].number / total;
        lti_add_box(scene,
                    &(lti_box){.at = {x, lti_scaled(map, 52), width, lti_scaled(map, 5)}, .fill = heading->counts[i].look->colour});
        x += width + gap;
    }
}

/* Smaller rather than cut, down to a share of the size. */
static void add_fitted(lti_scene *scene, lti_text text, double least)
{
    double whole = lti_text_width(text.text, text.size, text.bold);
    if (whole > text.width) text.size *= fmax(text.width / whole, least);
    lti_add_cut_text(scene, text);
}

void lti_page_heading(lti_scene *scene, const lti_map *map, const lti_heading *heading)
{
    const lti_colours *colours = map->colours;
    const char *title = heading->title, *subtitle = heading->subtitle;
    double margin = map->sheet->margin, right = map->sheet->width - margin;
    scene->title = title;
    scene->desc = subtitle;
    lti_add_box(scene, &(lti_box){.at = {0, 0, scene->width, scene->height}, .fill = colours->paper});
    lti_begin(scene, &(lti_group){.id = "legend-status", .role = "list"});
    double left = add_counts(scene, map, heading, right);
    add_bar(scene, map, heading, left, right);
    lti_end(scene);
    const char *shares = heading->shares;
    double size = lti_scaled(map, 8.6), room = left - margin - lti_scaled(map, 32);
    lti_add_cut_text(
        scene,
        (lti_text){
            .x = left, .y = lti_scaled(map, 69), .size = size, .width = right - left, .colour = colours->soft, .text = shares});
    lti_begin(scene, &(lti_group){.id = "header"});
    lti_add_box(scene,
                &(lti_box){.at = {margin, lti_scaled(map, 24), lti_scaled(map, 5), lti_scaled(map, 45)}, .fill = colours->title});
    add_fitted(scene,
               (lti_text){.x = margin + lti_scaled(map, 14),
                          .y = lti_scaled(map, 49),
                          .size = lti_scaled(map, 27),
                          .width = room,
                          .bold = true,
                          .colour = colours->title,
                          .text = title},
               0.6);
    add_fitted(scene,
               (lti_text){.x = margin + lti_scaled(map, 15),
                          .y = lti_scaled(map, 67.5),
                          .size = lti_scaled(map, 10),
                          .width = room,
                          .colour = colours->soft,
                          .text = subtitle},
               0.8);
    lti_end(scene);
}

void lti_status_counts(lti_scene *scene, const lti_map *map, const uint32_t counts[LT_STATUSES], lti_count list[LT_STATUSES])
{
    for (int i = 0; i < LT_STATUSES; i++) {
        lt_status status = lti_worst_first[i];
        const lti_look *look = lti_look_of(map->options->style, status);
        char classes[64];
        snprintf(classes, sizeof classes, "lg st-%s", lt_status_word(status));
        list[i] = (lti_count){.look = look,
                              .badge = lt_message_pattern(map->lang, look->badge),
                              .name = lt_message_pattern(map->lang, look->name),
                              .classes = lti_scene_keep(scene, classes),
                              .number = counts[status]};
    }
}

void lti_page_header(lti_scene *scene, const lti_map *map, const char *title, const char *subtitle,
                     const uint32_t counts[LT_STATUSES])
{
    lti_count list[LT_STATUSES];
    size_t good = counts[LT_STATUS_ADEQUATE] + counts[LT_STATUS_STRONG], all = 0;
    size_t bad = counts[LT_STATUS_MISSING] + counts[LT_STATUS_SINGLE] + counts[LT_STATUS_WEAK];
    lti_status_counts(scene, map, counts, list);
    for (int s = 0; s < LT_STATUSES; s++) all += counts[s];
    const char *shares =
        lti_say(scene, map, LT_MSG_MAP_SHARES, lti_number(scene, good), lti_number(scene, bad), lti_number(scene, all));
    lti_page_heading(scene, map, &(lti_heading){title, subtitle, shares, list, LT_STATUSES});
}

/* Width of one explanation, its sign included. */
static double key_width(const lti_map *map, const lti_key *key)
{
    double sign = key->has_line ? lti_scaled(map, 34)
                  : key->flag   ? lti_scaled(map, 15)
                  : key->letter ? lti_text_width(key->letter, lti_scaled(map, 7.6), true) + lti_scaled(map, 10)
                                : 0;
    return sign + lti_text_width(key->text, lti_scaled(map, 8), false);
}

static void add_key(lti_scene *scene, const lti_map *map, const lti_key *key, double x, double base)
{
    double size = lti_scaled(map, 7.6), room = map->sheet->width - map->sheet->margin - x;
    if (key->has_line) {
        lti_path path = {0};
        lti_path_move(&path, x, base - lti_scaled(map, 2.8));
        lti_path_line(&path, x + lti_scaled(map, 29), base - lti_scaled(map, 2.8));
        lti_add_curve(scene, &key->line, &path);
        lti_path_done(&path);
        x += lti_scaled(map, 34);
    } else if (key->flag) {
        x += lti_draw_flag(scene, map, key->flag, x, base - lti_scaled(map, 8.4)) + lti_scaled(map, 4.5);
    } else if (key->letter) {
        double side = lti_text_width(key->letter, size, true) + lti_scaled(map, 5);
        lti_add_box(scene, &(lti_box){.at = {x, base - lti_scaled(map, 8), side, lti_scaled(map, 10)},
                                      .radius = lti_scaled(map, 2),
                                      .fill = map->colours->letter});
        lti_add_text(scene, &(lti_text){.x = x + side / 2,
                                        .y = base - lti_scaled(map, 0.4),
                                        .size = size,
                                        .bold = true,
                                        .anchor = LTI_ANCHOR_MIDDLE,
                                        .colour = map->colours->text,
                                        .text = key->letter});
        x += side + lti_scaled(map, 5);
    }
    lti_add_cut_text(
        scene,
        (lti_text){.x = x, .y = base, .size = lti_scaled(map, 8), .width = room, .colour = map->colours->soft, .text = key->text});
}

static double place_keys(lti_scene *scene, const lti_map *map, const lti_key *keys, size_t count, double base, bool draw)
{
    double left = map->sheet->margin, right = map->sheet->width - left, x = left;
    for (size_t i = 0; i < count; i++) {
        double width = key_width(map, &keys[i]);
        if (x > left && x + width > right) {
            x = left;
            base += lti_scaled(map, 13);
        }
        if (draw) add_key(scene, map, &keys[i], x, base);
        x += width + lti_scaled(map, 15);
    }
    return base;
}

static const char *source_titles(lti_scene *scene, const lti_map *map)
{
    char text[SAY_SIZE / 2] = "";
    for (size_t i = 0; i < lt_source_count(map->ds); i++) {
        const lt_source *source = &lt_sources(map->ds)[i];
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", used ? "·" : "",
                 lt_dataset_string(map->ds, source->title ? source->title : source->id));
    }
    const char *kept = lti_scene_keep(scene, text[0] ? text : lt_message_pattern(map->lang, LT_MSG_NOT_GIVEN));
    return kept ? kept : "";
}

double lti_page_foot(lti_scene *scene, const lti_map *map, const lti_key *keys, size_t key_count, size_t page, size_t pages)
{
    return lti_page_foot_of(scene, map, &(lti_foot){keys, key_count, LT_MSG_MAP_DEFINITIONS, page, pages});
}

double lti_page_foot_of(lti_scene *scene, const lti_map *map, const lti_foot *given)
{
    const lti_key *keys = given->keys;
    size_t key_count = given->key_count;
    const lti_colours *colours = map->colours;
    double left = map->sheet->margin, right = map->sheet->width - left, size = lti_scaled(map, 7.6);
    double source = map->sheet->height - lti_scaled(map, 18), line = lti_scaled(map, 11);
    char wrapped[SAY_SIZE], digest[13];
    bool cut;
    const char *words = lt_message_pattern(map->lang, given->definitions);
    int lines = lti_wrap(words, size, false, right - left, 3, wrapped, sizeof wrapped, &cut);
    double definitions = source - line * lines - lti_scaled(map, 1.5);
    double extra = place_keys(scene, map, keys, key_count, 0, false), base = definitions - lti_scaled(map, 14.5) - extra;
    double rule = (key_count ? base : base + lti_scaled(map, 14)) - lti_scaled(map, 13);

    lti_path path = {0};
    lti_path_move(&path, left, rule);
    lti_path_line(&path, right, rule);
    lti_add_curve(scene, &(lti_line){.stroke = colours->rule, .pen = 0.7}, &path);
    lti_path_done(&path);
    lti_begin(scene, &(lti_group){.id = "legend"});
    place_keys(scene, map, keys, key_count, base, true);
    double y = definitions;
    for (char *at = wrapped, *end; at; at = end, y += line) {
        end = strchr(at, '\n');
        if (end) *end++ = '\0';
        lti_add_text(
            scene, &(lti_text){.x = left, .y = y, .size = size, .colour = colours->soft, .text = at, .title = cut ? words : NULL});
    }
    lti_end(scene);
    const char *as_of = lt_dataset_as_of(map->ds);
    snprintf(digest, sizeof digest, "%.12s", map->options->digest ? map->options->digest : "");
    const char *foot = lti_say(scene, map, LT_MSG_MAP_FOOT, source_titles(scene, map),
                               as_of[0] ? as_of : lt_message_pattern(map->lang, LT_MSG_NOT_GIVEN), digest);
    const char *number =
        lti_say(scene, map, LT_MSG_MAP_PAGE, lti_number(scene, given->page), lti_number(scene, given->pages), NULL);
    double number_width = lti_text_width(number, size, false);
    lti_begin(scene, &(lti_group){.id = "source"});
    lti_add_cut_text(scene, (lti_text){.x = left,
                                       .y = source,
                                       .size = size,
                                       .width = right - left - number_width - lti_scaled(map, 20),
                                       .colour = colours->soft,
                                       .text = foot});
    lti_add_text(
        scene,
        &(lti_text){.x = right, .y = source, .size = size, .anchor = LTI_ANCHOR_END, .colour = colours->soft, .text = number});
    lti_end(scene);
    return rule;
}

void lti_chevron(lti_scene *scene, const lti_map *map, lti_rect at, lt_stage stage, const char *name, bool first, bool last)
{
    double tip = fmin(at.height / 2, at.width / 4), right = at.x + at.width, bottom = at.y + at.height,
           middle = at.y + at.height / 2;
    lti_path path = {0};
    lti_path_move(&path, at.x, at.y);
    lti_path_line(&path, last ? right : right - tip, at.y);
    if (!last) lti_path_line(&path, right, middle);
    lti_path_line(&path, last ? right : right - tip, bottom);
    lti_path_line(&path, at.x, bottom);
    if (!first) lti_path_line(&path, at.x + tip, middle);
    lti_add_curve(scene, &(lti_line){.fill = map->colours->chevron[stage], .closed = true}, &path);
    lti_path_done(&path);
    double size = lti_scaled(map, 12), spacing = map->lang == LT_LANG_ZH ? lti_scaled(map, 4) : 0, room = at.width - 3 * tip;
    double letters = 0;
    for (const char *c = name; *c; c++) {
        letters += (*c & 0xC0) != 0x80;
        if (*c >= '0' && *c <= '9') spacing = 0; /* figures stay together */
    }
    if (lti_text_width(name, size, true) + spacing * letters > room) spacing = 0;
    lti_add_cut_text(scene, (lti_text){.x = at.x + at.width / 2,
                                       .y = middle + size * 0.36,
                                       .size = size,
                                       .width = room + 2 * tip,
                                       .spacing = spacing,
                                       .bold = true,
                                       .anchor = LTI_ANCHOR_MIDDLE,
                                       .colour = "#FFFFFF",
                                       .text = name});
}

double lti_count_squares(lti_scene *scene, const lti_map *map, const uint32_t counts[LT_STATUSES], double x, double y, double width)
{
    double side = lti_scaled(map, 5), step = lti_scaled(map, 6.2);
    size_t all = 0;
    for (int s = 0; s < LT_STATUSES; s++) all += counts[s];
    if (all > 0 && step * (double)all > width) {
        step = width / (double)all;
        side = step * 0.8;
    }
    for (int i = 0; i < LT_STATUSES; i++) {
        const lti_look *look = lti_look_of(map->options->style, lti_worst_first[i]);
        for (uint32_t k = 0; k < counts[lti_worst_first[i]]; k++) {
            bool open = !look->badge_fill;
            lti_rect at = {x - step + (step - side), y, side, lti_scaled(map, 7)};
            double inset = open ? fmin(0.35, side / 4) : 0;
            at = (lti_rect){at.x + inset, at.y + inset, at.width - 2 * inset, at.height - 2 * inset};
            lti_add_box(scene, &(lti_box){.at = at,
                                          .fill = open ? "#FFFFFF" : look->colour,
                                          .stroke = open ? look->colour : NULL,
                                          .pen = 2 * inset});
            x -= step;
        }
    }
    return x;
}

/* How many links of the map an overlay changed, and how many it took away. */
static const char *add_changes(lti_scene *scene, const lti_map *map, const char *text)
{
    const lt_map_data *before = map->options->before;
    size_t changed = 0, removed = 0;
    for (size_t i = 0; i < map->link_count; i++)
        changed += !lt_links(map->ds)[map->links[i]].abstract && lti_card_change(map, map->links[i]).changed;
    for (uint32_t i = 0; i < lt_count(before->ds, LT_LINK); i++) {
        if (lt_find(map->ds, lt_dataset_string(before->ds, lt_links(before->ds)[i].head.id)) != LT_NONE) continue;
        lt_node chain = map->options->chain == LT_NONE ? LT_NONE : lt_find(before->ds, lt_node_id(map->ds, map->options->chain));
        removed += chain == LT_NONE || lt_link_in_chain(before->ds, i, chain);
    }
    return lti_say(scene, map, LT_MSG_MAP_CHANGES, text, lti_number(scene, changed), lti_number(scene, removed));
}

const char *lti_subtitle(lti_scene *scene, const lti_map *map, const char *rest)
{
    const char *as_of = lt_dataset_as_of(map->ds);
    if (!as_of[0]) as_of = lt_message_pattern(map->lang, LT_MSG_NOT_GIVEN);
    const char *whole = lti_say(scene, map, LT_MSG_MAP_SUBTITLE, lt_node_name(map->ds, lt_dataset_home(map->ds)), as_of, rest);
    if (map->options->before) whole = add_changes(scene, map, whole);
    return map->filtered ? lti_say(scene, map, LT_MSG_MAP_FILTERED, whole, NULL, NULL) : whole;
}

size_t lti_firms_shown(const lti_map *map)
{
    size_t count = 0;
    lt_node last = LT_NONE;
    for (size_t i = 0; i < lt_count(map->ds, LT_CAPABILITY); i++) { /* which come by holder */
        const lt_edge *edge = &lt_capabilities(map->ds)[i].edge;
        if (edge->from == last || edge->role == LT_ROLE_RESEARCH || lt_node_kind(map->ds, edge->from) != LT_FIRM) continue;
        if (!lt_firms(map->ds)[lt_node_index(map->ds, edge->from)].local || !map->shown[lt_node_index(map->ds, edge->to)]) continue;
        last = edge->from;
        count++;
    }
    return count;
}
