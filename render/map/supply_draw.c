/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/measure.h"
#include "map/supply.h"

enum { NAMES = 1200, BREAK_LINES = 3 };
static const char optional_dash[] = "1.2 2.2";

lti_line lti_supply_line_of(const lti_map *map, lt_status status, bool optional, bool quiet)
{
    const lti_look *look = lti_look_of(map->options->style, status);
    bool loud = !quiet && (status == LT_STATUS_MISSING || status == LT_STATUS_SINGLE);
    return (lti_line){.stroke = loud    ? look->edge
                                : quiet ? map->colours->rule
                                        : map->colours->supply,
                      .dash = optional ? optional_dash
                              : loud   ? look->edge_dash
                                       : NULL,
                      .pen = lti_scaled(map, loud                ? look->edge_pen
                                             : quiet || optional ? 0.7
                                                                 : 0.85),
                      .arrow = true,
                      .classes = "line"};
}

/* 0 what steps back, 1 ordinary, 2 from a single source, 3 from a gap. */
static int loudness(const lti_supply_page *p, const lti_supply_line *line)
{
    if (!line->supply) return 1;
    if (line->supply->need == LT_NEED_OPTIONAL) return 0;
    if (lti_supply_breaks(p, line->source)) return p->map->gaps->status[line->source] == LT_STATUS_MISSING ? 3 : 2;
    return p->breaks->blocked[line->source] > 0 ? 1 : 0;
}

static lti_line look_of(const lti_supply_page *p, const lti_supply_line *line)
{
    int loud = loudness(p, line);
    lt_status status = loud == 3 ? LT_STATUS_MISSING : loud == 2 ? LT_STATUS_SINGLE : LT_STATUS_ADEQUATE;
    lti_line look = lti_supply_line_of(p->map, status, line->supply && line->supply->need == LT_NEED_OPTIONAL, loud == 0);
    if (p->nodes[line->to].kind == LTI_NODE_JUNCTION) look.arrow = false;
    return look;
}

static const char *end_id(const lti_supply_page *p, uint32_t node)
{
    const lti_supply_node *n = &p->nodes[node];
    return n->kind == LTI_NODE_IN || n->kind == LTI_NODE_OUT ? lt_node_id(p->map->ds, n->chain)
                                                             : lt_dataset_string(p->map->ds, lt_links(p->map->ds)[n->link].head.id);
}

static void draw_line(lti_scene *scene, const lti_supply_page *p, size_t i)
{
    const lti_supply_line *line = &p->lines[i];
    lti_line look = look_of(p, line);
    bool margin = p->nodes[line->from].kind == LTI_NODE_IN || p->nodes[line->to].kind == LTI_NODE_OUT;
    const char *classes = !line->supply                                  ? "edge junction"
                          : line->supply->need == LT_NEED_OPTIONAL       ? "edge supply optional"
                          : margin                                       ? "edge supply margin"
                          : p->nodes[line->to].kind == LTI_NODE_JUNCTION ? "edge supply alternative"
                                                                         : "edge supply required";
    lti_attribute attributes[] = {{"from", end_id(p, line->from)}, {"to", end_id(p, line->to)}};
    lti_begin(scene, &(lti_group){.classes = classes, .attributes = attributes, .attribute_count = 2});
    lti_add_curve(scene, &look, &p->placing.routes[i]);
    lti_end(scene);
}

/* The edges of one source share a trunk, so their halo is laid under all of them at once. */
void lti_draw_supply_lines(lti_scene *scene, const lti_supply_page *p)
{
    for (int level = 0; level <= 3; level++)
        for (size_t i = 0, end; i < p->line_count; i = end) {
            lti_path halo = {0};
            for (end = i; end < p->line_count && p->lines[end].from == p->lines[i].from; end++)
                if (level > 0 && loudness(p, &p->lines[end]) == level) lti_path_add(&halo, &p->placing.routes[end]);
            if (level > 0) lti_add_curve(scene, &(lti_line){.halo = lti_scaled(p->map, 2.4)}, &halo);
            lti_path_done(&halo);
            for (size_t k = i; k < end; k++)
                if (loudness(p, &p->lines[k]) == level) draw_line(scene, p, k);
        }
}

static void add_name(const lti_map *map, uint32_t link, char *names, size_t size)
{
    size_t used = strlen(names);
    snprintf(names + used, size - used, "%s%s", used ? lt_message_pattern(map->lang, LT_MSG_MAP_NAME_SEPARATOR) : "",
             lt_dataset_string(map->ds, lt_links(map->ds)[link].head.name));
}

static void draw_junction(lti_scene *scene, const lti_supply_page *p, uint32_t node, lti_rect at)
{
    const lti_map *map = p->map;
    const lti_supply_node *n = &p->nodes[node];
    char text[48], id[48], k[24], of[24];
    const lt_link *consumer = &lt_links(map->ds)[n->link];
    snprintf(k, sizeof k, "%u", n->k);
    snprintf(of, sizeof of, "%u", n->of);
    snprintf(text, sizeof text, "%s/%s", k, of);
    snprintf(id, sizeof id, "j-%u", node);
    lti_attribute attributes[] = {{"consumer", lt_dataset_string(map->ds, consumer->head.id)}, {"k", k}, {"of", of}};
    const char *title = lti_say(scene, map, LT_MSG_SUPPLY_GROUP, lt_dataset_string(map->ds, consumer->head.name), k, of);
    lti_begin(scene, &(lti_group){.id = id,
                                  .classes = "group",
                                  .title = title,
                                  .attributes = attributes,
                                  .attribute_count = 3,
                                  .frame = at,
                                  .checks = LTI_SOLID});
    lti_add_box(scene, &(lti_box){.at = at,
                                  .radius = at.height / 2,
                                  .fill = map->colours->paper,
                                  .stroke = map->colours->soft,
                                  .pen = lti_scaled(map, 0.8)});
    double size = lti_scaled(map, 6.6), wide = lti_text_width(text, size, true);
    if (wide > at.width - 2) size *= (at.width - 2) / wide;
    lti_add_text(scene, &(lti_text){.x = at.x + at.width / 2,
                                    .y = at.y + at.height / 2 + size * 0.36,
                                    .size = size,
                                    .bold = true,
                                    .anchor = LTI_ANCHOR_MIDDLE,
                                    .colour = map->colours->text,
                                    .text = text});
    lti_end(scene);
}

/* Links of another chain through which its supply to the page may break. */
static void list_breaks(const lti_supply_page *p, lt_node chain, char *names, size_t size)
{
    const lt_dataset *ds = p->map->ds;
    names[0] = '\0';
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < lt_count(ds, LT_SUPPLY); i++) { /* which come by supplier */
        const lt_supply *supply = &lt_supplies(ds)[i];
        uint32_t from = lt_node_index(ds, supply->edge.from);
        if (p->own[from] || !p->own[lt_node_index(ds, supply->edge.to)] || from == last || lt_links(ds)[from].chain != chain)
            continue;
        if (!lti_supply_breaks(p, from) || supply->need != LT_NEED_REQUIRED) continue;
        last = from;
        add_name(p->map, from, names, size);
    }
}

int lti_supply_break_lines(const lti_supply_page *page, const lti_supply_node *node, double width)
{
    char names[NAMES], text[NAMES];
    list_breaks(page, node->chain, names, sizeof names);
    if (!names[0]) return 0;
    return lti_wrap(names, lti_scaled(page->map, 7), false, width - lti_scaled(page->map, 8), BREAK_LINES, text, sizeof text, NULL);
}

static void draw_margin(lti_scene *scene, const lti_supply_page *p, uint32_t node, lti_rect at)
{
    const lti_map *map = p->map;
    const lti_supply_node *n = &p->nodes[node];
    bool in = n->kind == LTI_NODE_IN, own = n->chain == map->options->chain;
    char id[192], names[NAMES], text[NAMES];
    snprintf(id, sizeof id, "%s-%s", in ? "in" : "out", lt_node_id(map->ds, n->chain));
    const char *name = own ? lt_message_pattern(map->lang, LT_MSG_SUPPLY_OWN) : lt_node_name(map->ds, n->chain);
    const char *counts = lti_say(scene, map, in ? LT_MSG_SUPPLY_MARGIN_IN : LT_MSG_SUPPLY_MARGIN_OUT, lti_number(scene, n->links),
                                 lti_number(scene, n->edges), NULL);
    names[0] = '\0';
    if (in) list_breaks(p, n->chain, names, sizeof names);
    snprintf(text, sizeof text, "%.300s · %.300s%s%.500s", name, counts, names[0] ? " · " : "", names);
    lti_attribute attributes[] = {{"chain", lt_node_id(map->ds, n->chain)}};
    lti_begin(scene, &(lti_group){.id = id,
                                  .classes = in ? "margin in" : "margin out",
                                  .title = text,
                                  .attributes = attributes,
                                  .attribute_count = 1,
                                  .frame = at,
                                  .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(scene, &(lti_box){.at = at,
                                  .radius = lti_scaled(map, 3),
                                  .fill = map->colours->letter,
                                  .stroke = map->colours->rule,
                                  .pen = lti_scaled(map, 0.7)});
    double x = at.x + lti_scaled(map, 5), width = at.width - lti_scaled(map, 8), size = lti_scaled(map, 7);
    lti_add_cut_text(scene, (lti_text){.x = x,
                                       .y = at.y + lti_scaled(map, 11),
                                       .size = lti_scaled(map, 9),
                                       .width = width,
                                       .bold = true,
                                       .colour = map->colours->text,
                                       .text = name});
    lti_add_cut_text(
        scene,
        (lti_text){
            .x = x, .y = at.y + lti_scaled(map, 20.5), .size = size, .width = width, .colour = map->colours->soft, .text = counts});
    if (names[0]) {
        bool cut;
        double y = at.y + lti_scaled(map, 30);
        lti_wrap(names, size, false, width, BREAK_LINES, text, sizeof text, &cut);
        for (char *line = text, *end; line; line = end, y += lti_scaled(map, 9)) {
            end = strchr(line, '\n');
            if (end) *end++ = '\0';
            lti_add_text(scene, &(lti_text){.x = x, .y = y, .size = size, .colour = map->colours->alarm, .text = line});
        }
    }
    lti_end(scene);
}

void lti_draw_supply_nodes(lti_scene *scene, const lti_supply_page *p)
{
    for (uint32_t i = 0; i < p->node_count; i++) {
        lti_rect at = p->placing.cards[i];
        const lti_supply_node *n = &p->nodes[i];
        switch (n->kind) {
        case LTI_NODE_JUNCTION: draw_junction(scene, p, i, at); break;
        case LTI_NODE_IN:
        case LTI_NODE_OUT: draw_margin(scene, p, i, at); break;
        case LTI_NODE_LINK:
            if (lt_links(p->map->ds)[n->link].abstract) lti_draw_abstract(scene, p->map, n->link, at);
            else lti_tile_draw(scene, p->map, &n->tile, at.x, at.y);
            break;
        }
    }
}
