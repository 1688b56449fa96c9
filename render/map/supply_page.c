/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/card.h"
#include "map/measure.h"
#include "map/supply.h"

/* Lengths of the A3 design. */
static const double margin_width = 86, panel_gap = 15, junction_width = 15, junction_height = 10.4, bracket_room = 9,
                    bracket_step = 3, panel_right = 4, widest_card = 150, least_card = 56, chevron_height = 18, head_height = 15,
                    abstract_height = 12, margin_height = 25, margin_line = 9.2;
enum { TEXT = 2400, COLUMNS = 7, BRACKETS = 5 };

/** How tightly tiles stand, from loosest. */
static const struct {
    double gap, lane;
    lti_tile_level level;
    int lines; /* of names */
} densities[] = {{8, 4, LTI_TILE_WORDS, 3},  {5, 3, LTI_TILE_WORDS, 3}, {4.4, 2.8, LTI_TILE_NAME, 3},
                 {4, 2.4, LTI_TILE_NAME, 2}, {3, 2, LTI_TILE_LINE, 1},  {2, 1.2, LTI_TILE_LINE, 1}};
enum { DENSITIES = sizeof densities / sizeof *densities };

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static const lt_link *link_at(const lti_supply_sheet *s, uint32_t link)
{
    return &lt_links(s->map->ds)[link];
}

static const char *keep(lti_scene *scene, const char *text)
{
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

const char *lti_supply_finals(lti_scene *scene, lti_supply_sheet *s, uint32_t link)
{
    const uint32_t *finals;
    char names[TEXT] = "";
    size_t count = lti_breaks_finals(s->map, &s->breaks, link, &finals);
    for (size_t i = 0; i < count && strlen(names) + 400 < sizeof names; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s",
                 i > 0 ? lt_message_pattern(s->map->lang, LT_MSG_MAP_NAME_SEPARATOR) : "",
                 lt_dataset_string(s->map->ds, link_at(s, finals[i])->head.name));
    return keep(scene, names);
}

/* Who makes it; what is not surveyed is said so, never counted as none. */
static const char *makers(lti_scene *scene, const lti_supply_sheet *s, uint32_t link)
{
    lt_status status = (lt_status)s->map->gaps->status[link];
    const char *producers = lti_number(scene, s->map->gaps->coverage.producers[link]);
    switch (status) {
    case LT_STATUS_MISSING: return lt_message_pattern(s->map->lang, LT_MSG_SUPPLY_WORDS_MISSING);
    case LT_STATUS_UNKNOWN: return lt_message_pattern(s->map->lang, LT_MSG_SUPPLY_WORDS_UNKNOWN);
    case LT_STATUS_PIPELINE:
        return lti_say(scene, s->map, LT_MSG_SUPPLY_WORDS_PIPELINE, lti_number(scene, lti_card_entities(s->map, link, NULL, 0)),
                       NULL, NULL);
    case LT_STATUS_ADEQUATE:
        if (s->map->gaps->coverage.producers[link] == 0) return lt_message_pattern(s->map->lang, LT_MSG_SUPPLY_WORDS_NO_DEMAND);
        return lti_say(scene, s->map, LT_MSG_SUPPLY_WORDS_PRODUCERS, producers, NULL, NULL);
    case LT_STATUS_SINGLE: return lti_say(scene, s->map, LT_MSG_SUPPLY_WORDS_SINGLE, producers, NULL, NULL);
    default: return lti_say(scene, s->map, LT_MSG_SUPPLY_WORDS_PRODUCERS, producers, NULL, NULL);
    }
}

/* Edges with other chains, and who makes it where there is room to say so. */
static void set_words(lti_scene *scene, const lti_supply_sheet *s, const lti_supply_page *p, lti_tile *tile)
{
    char text[TEXT] = "";
    uint32_t ins = p->ins[tile->link], outs = p->outs[tile->link];
    double size = lti_scaled(s->map, 7.4),
           room = p->places[lti_supply_place(p, p->depths.column[tile->link], false)].card_width - lti_scaled(s->map, 18);
    if (tile->figure) room -= lti_text_width(tile->figure, lti_scaled(s->map, 7.6), true) + lti_scaled(s->map, 10);
    if (tile->flag) room -= lti_scaled(s->map, 11);
    if (ins > 0) snprintf(text, sizeof text, "\u2190%u", ins);
    if (outs > 0) snprintf(text + strlen(text), sizeof text - strlen(text), "\u2192%u", outs);
    const char *made = makers(scene, s, tile->link), *gap = text[0] ? " · " : "";
    double wide = lti_text_width(text, size, false) + lti_text_width(gap, size, false) + lti_text_width(made, size, false);
    if (!tile->quiet && wide <= room) snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", gap, made);
    tile->words = text[0] || tile->figure ? keep(scene, text) : NULL; /* the figure stands before them */
}

static const char *title_of(lti_scene *scene, lti_supply_sheet *s, const lti_supply_page *p, uint32_t link)
{
    const lti_map *map = s->map;
    char text[2 * TEXT];
    const char *name = lt_dataset_string(map->ds, link_at(s, link)->head.name),
               *status = lt_message_pattern(map->lang, lti_look_of(map->options->style, (lt_status)map->gaps->status[link])->name);
    uint32_t blocked = s->breaks.blocked[link];
    const char *blocks = blocked > 0 ? lti_say(scene, map, LT_MSG_SUPPLY_TITLE_BLOCKS, lti_number(scene, blocked),
                                               lti_supply_finals(scene, s, link), NULL)
                                     : lt_message_pattern(map->lang, LT_MSG_SUPPLY_TITLE_NONE);
    snprintf(text, sizeof text, "%.900s · %s · %s · %s", name, status, makers(scene, s, link), blocks);
    if (p->ins[link] > 0)
        snprintf(text + strlen(text), sizeof text - strlen(text), " · %s",
                 lti_say(scene, map, LT_MSG_SUPPLY_FROM_OTHERS, lti_number(scene, p->ins[link]), NULL, NULL));
    if (p->outs[link] > 0)
        snprintf(text + strlen(text), sizeof text - strlen(text), " · %s",
                 lti_say(scene, map, LT_MSG_SUPPLY_TO_OTHERS, lti_number(scene, p->outs[link]), NULL, NULL));
    return keep(scene, text);
}

static lti_tile tile_of(lti_scene *scene, lti_supply_sheet *s, const lti_supply_page *p, uint32_t link)
{
    const lti_map *map = s->map;
    lt_status status = (lt_status)map->gaps->status[link];
    const lti_look *look = lti_look_of(map->options->style, status);
    uint32_t blocked = s->breaks.blocked[link];
    char classes[96];
    snprintf(classes, sizeof classes, "link st-%s%s", lt_status_word(status), blocked == 0 ? " quiet" : "");
    lti_tile tile = {.link = link,
                     .look = look,
                     .badge = lt_message_pattern(map->lang, look->badge),
                     .classes = keep(scene, classes),
                     .title = title_of(scene, s, p, link),
                     .pressing = status == LT_STATUS_MISSING,
                     .quiet = blocked == 0,
                     .flag = link_at(s, link)->final ? LTI_FLAG_FINAL : LTI_FLAG_NONE};
    if (blocked > 0) {
        tile.short_figure = lti_number(scene, blocked);
        tile.figure = lti_say(scene, map, status == LT_STATUS_MISSING ? LT_MSG_SUPPLY_BLOCKS : LT_MSG_SUPPLY_WOULD_BLOCK,
                              tile.short_figure, NULL, NULL);
    }
    set_words(scene, s, p, &tile);
    tile.attributes[tile.attribute_count++] = (lti_attribute){"link", lt_dataset_string(map->ds, link_at(s, link)->head.id)};
    tile.attributes[tile.attribute_count++] = (lti_attribute){"blocks", lti_number(scene, blocked)};
    if (link_at(s, link)->final) tile.attributes[tile.attribute_count++] = (lti_attribute){"final", "1"};
    return tile;
}

uint32_t lti_supply_place(const lti_supply_page *page, uint32_t depth, bool junction)
{
    return (page->has_in ? 1 : 0) + 2 * depth + (junction ? 0 : 1);
}

/* Sources of edges within a column: each takes a bracket. */
static size_t brackets(const lti_supply_page *p, uint32_t depth)
{
    size_t count = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < p->line_count; i++) {
        uint32_t from = p->lines[i].from, to = p->lines[i].to;
        if (from == last || p->nodes[from].kind != LTI_NODE_LINK || p->nodes[to].kind != LTI_NODE_LINK) continue;
        if (p->depths.column[p->nodes[from].link] != depth || p->depths.column[p->nodes[to].link] != depth) continue;
        last = from;
        count++;
    }
    return count < BRACKETS ? count : BRACKETS;
}

static bool has_junctions(const lti_supply_page *p, uint32_t depth)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (p->nodes[i].kind == LTI_NODE_JUNCTION && p->depths.column[p->nodes[i].link] == depth) return true;
    return false;
}

/* @return whether cards are wide enough for a name. */
static bool set_columns(const lti_map *map, lti_supply_page *p)
{
    uint32_t count = p->depths.count, sides = (p->has_in ? 1u : 0u) + (p->has_out ? 1u : 0u);
    double gap = lti_scaled(map, panel_gap), side = lti_scaled(map, margin_width), right = lti_scaled(map, panel_right),
           taken = sides * (side + gap) + gap * (count - 1);
    for (uint32_t c = 0; c < count; c++)
        taken +=
            lti_scaled(map, (has_junctions(p, c) ? junction_width + 3 : 0) + bracket_room + bracket_step * (double)brackets(p, c)) +
            right;
    double card = (p->area.width - taken) / count, most = lti_scaled(map, widest_card), x = p->area.x;
    if (card > most) {
        gap += (card - most) * count / (count + sides > 1 ? count + sides - 1 : 1);
        card = most;
    }
    if (p->has_in) {
        p->places[0] = (lti_place_column){x, x + side, x, side};
        x += side + gap;
    }
    for (uint32_t c = 0; c < count; c++) {
        double junctions = has_junctions(p, c) ? lti_scaled(map, junction_width + 3) : 0,
               room = lti_scaled(map, bracket_room + bracket_step * (double)brackets(p, c));
        double inset = junctions > 0 ? lti_scaled(map, 3) : 0;
        p->places[lti_supply_place(p, c, true)] = (lti_place_column){x, x + junctions, x + inset, junctions - inset};
        p->places[lti_supply_place(p, c, false)] =
            (lti_place_column){x + junctions, x + junctions + room + card + right, x + junctions + room, card};
        x += junctions + room + card + right + gap;
    }
    if (p->has_out)
        p->places[lti_supply_place(p, count, true)] =
            (lti_place_column){p->area.x + p->area.width - side, p->area.x + p->area.width, p->area.x + p->area.width - side, side};
    return card >= lti_scaled(map, least_card) || count == 1;
}

static int by_ends(const void *a, const void *b)
{
    const lti_supply_line *first = a, *second = b;
    if (first->from != second->from) return first->from < second->from ? -1 : 1;
    return first->to < second->to ? -1 : first->to > second->to;
}

static uint32_t place_of(const lti_supply_page *p, const lti_supply_node *n)
{
    switch (n->kind) {
    case LTI_NODE_IN: return 0;
    case LTI_NODE_OUT: return lti_supply_place(p, p->depths.count, true);
    case LTI_NODE_JUNCTION: return lti_supply_place(p, p->depths.column[n->link], true);
    case LTI_NODE_LINK: break;
    }
    return lti_supply_place(p, p->depths.column[n->link], false);
}

static double height_of(lti_scene *scene, lti_supply_sheet *s, lti_supply_page *p, lti_supply_node *n, int density)
{
    const lti_map *map = s->map;
    if (n->kind == LTI_NODE_JUNCTION) return lti_scaled(map, junction_height);
    if (n->kind != LTI_NODE_LINK)
        return lti_scaled(map,
                          margin_height +
                              margin_line * (n->kind == LTI_NODE_IN ? lti_supply_break_lines(p, n, p->places[0].card_width) : 0));
    if (link_at(s, n->link)->abstract) return lti_scaled(map, abstract_height);
    if (!n->tile.title) n->tile = tile_of(scene, s, p, n->link);
    n->tile.name_lines = densities[density].lines;
    lti_tile_measure(map, &n->tile, p->places[place_of(p, n)].card_width, densities[density].level);
    return n->tile.height;
}

/* The loosest density at which all columns have room; DENSITIES = none. */
static int choose_density(lti_scene *scene, lti_supply_sheet *s, lti_supply_page *p)
{
    for (int d = 0; d < DENSITIES; d++) {
        p->input.gap = lti_scaled(s->map, densities[d].gap);
        p->input.lane = lti_scaled(s->map, densities[d].lane);
        bool fits = true;
        for (size_t i = 0; i < p->node_count; i++) {
            p->spots[i].height = height_of(scene, s, p, &p->nodes[i], d);
            fits &= !p->nodes[i].tile.cramped;
        }
        for (uint32_t c = 0; c < p->input.column_count && fits; c++) {
            double need = lti_place_need(&p->input, c);
            if (need < 0) scene->failed = true;
            fits = need <= p->bottom - p->top;
        }
        if (fits) return d;
    }
    return DENSITIES;
}

/* Where names have one line, a second for those that are cut and whose column has the room: first for links that stop others. */
static void unfold_names(lti_scene *scene, lti_supply_sheet *s, lti_supply_page *p)
{
    for (int quiet = 0; quiet < 2; quiet++)
        for (size_t i = 0; i < p->node_count; i++) {
            lti_supply_node *n = &p->nodes[i];
            if (n->kind != LTI_NODE_LINK || link_at(s, n->link)->abstract || !n->tile.cut || n->tile.quiet != (quiet == 1))
                continue;
            const lti_tile folded = n->tile;
            n->tile.name_lines = 2;
            lti_tile_measure(s->map, &n->tile, folded.width, LTI_TILE_NAME);
            p->spots[i].height = n->tile.height;
            double need = lti_place_need(&p->input, place_of(p, n));
            if (need < 0) scene->failed = true;
            if (need >= 0 && need <= p->bottom - p->top) continue;
            n->tile = folded;
            p->spots[i].height = folded.height;
        }
}

lt_code lti_supply_lay_out(lti_scene *scene, lti_supply_sheet *s, lti_supply_page *p, bool *fits, lt_error *error)
{
    lt_code code = lti_supply_build(p, COLUMNS, error);
    if (code != LT_OK) return code;
    if (p->line_count > 0) qsort(p->lines, p->line_count, sizeof *p->lines, by_ends);
    size_t columns = 2 * p->depths.count + 2;
    p->places = calloc(columns + 1, sizeof *p->places);
    p->spots = calloc(p->node_count + 1, sizeof *p->spots);
    p->edges = malloc((p->line_count + 1) * sizeof *p->edges);
    if (!p->places || !p->spots || !p->edges) return out_of_memory(error);
    *fits = set_columns(s->map, p);
    for (size_t i = 0; i < p->node_count; i++) p->spots[i] = (lti_place_node){.column = place_of(p, &p->nodes[i]), .weight = 1};
    for (size_t i = 0; i < p->line_count; i++) p->edges[i] = (lti_place_edge){p->lines[i].from, p->lines[i].to};
    p->top = p->area.y + lti_scaled(s->map, chevron_height + 4 + head_height + 4);
    p->bottom = p->area.y + p->area.height - lti_scaled(s->map, 4);
    p->input = (lti_place_input){.columns = p->places,
                                 .column_count = (p->has_in ? 1u : 0u) + 2 * p->depths.count + (p->has_out ? 1u : 0u),
                                 .nodes = p->spots,
                                 .node_count = p->node_count,
                                 .edges = p->edges,
                                 .edge_count = p->line_count,
                                 .top = p->top,
                                 .bottom = p->bottom,
                                 .widest_gap = lti_scaled(s->map, 76)};
    int density = *fits ? choose_density(scene, s, p) : DENSITIES;
    *fits = density < DENSITIES;
    if (*fits && densities[density].level == LTI_TILE_LINE) unfold_names(scene, s, p);
    if (*fits) code = lti_place(&p->input, &p->placing, error);
    if (*fits && code == LT_OK && p->placing.overfull) *fits = false;
    return code;
}

static const char *depth_name(lti_scene *scene, const lti_supply_page *p, uint32_t c)
{
    const lti_map *map = p->map;
    uint32_t levels = p->depths.count - p->depths.alone;
    if (c >= levels) return lt_message_pattern(map->lang, LT_MSG_SUPPLY_ALONE);
    uint32_t first = p->depths.first[c] + 1, last = p->depths.first[c + 1];
    return first == last ? lti_say(scene, map, LT_MSG_SUPPLY_LEVEL, lti_number(scene, first), NULL, NULL)
                         : lti_say(scene, map, LT_MSG_SUPPLY_LEVELS, lti_number(scene, first), lti_number(scene, last), NULL);
}

/* Early depths have the colour of what comes first in a chain, late ones that of what comes last. */
static lt_stage stage_of(const lti_supply_page *p, uint32_t c)
{
    uint32_t levels = p->depths.count - p->depths.alone;
    if (c >= levels) return LT_STAGE_UNSET;
    return c * 3 < levels ? LT_STAGE_UPSTREAM : c * 3 < 2 * levels ? LT_STAGE_MIDSTREAM : LT_STAGE_DOWNSTREAM;
}

void lti_draw_supply_column(lti_scene *scene, const lti_supply_sheet *s, const lti_supply_page *p, uint32_t c)
{
    const lti_map *map = s->map;
    double left = p->places[lti_supply_place(p, c, true)].left, right = p->places[lti_supply_place(p, c, false)].right,
           y = p->area.y, height = lti_scaled(map, chevron_height), tip = lti_scaled(map, 6);
    bool first = c == 0 && !p->has_in, last = c + 1 == p->depths.count && !p->has_out;
    uint32_t counts[LT_STATUSES] = {0}, links = 0;
    char id[32];
    for (size_t i = 0; i < p->node_count; i++) {
        const lti_supply_node *n = &p->nodes[i];
        if (n->kind != LTI_NODE_LINK || p->depths.column[n->link] != c || link_at(s, n->link)->abstract) continue;
        counts[map->gaps->status[n->link]]++;
        links++;
    }
    lti_chevron(scene, map,
                (lti_rect){left - (first ? 0 : tip), y, right - left + tip * ((first ? 0 : 1) + (last ? 0 : 1)), height},
                stage_of(p, c), depth_name(scene, p, c), first, last);
    lti_rect at = {left, y + height + lti_scaled(map, 4), right - left,
                   p->area.y + p->area.height - y - height - lti_scaled(map, 4)};
    snprintf(id, sizeof id, "depth-%u", c + 1);
    lti_begin(scene, &(lti_group){.id = id, .classes = "stage", .frame = at, .checks = LTI_HOLDS | LTI_PANEL});
    lti_add_box(
        scene,
        &(lti_box){
            .at = at, .radius = lti_scaled(map, 4), .fill = map->colours->panel, .stroke = map->colours->panel_line, .pen = 0.7});
    const char *text = lti_say(scene, map, LT_MSG_SUPPLY_LINKS, lti_number(scene, links), NULL, NULL);
    double size = lti_scaled(map, 7.6), base = at.y + lti_scaled(map, 10.5), pad = lti_scaled(map, 5),
           wide = lti_text_width(text, size, false);
    lti_add_cut_text(
        scene,
        (lti_text){
            .x = at.x + pad, .y = base, .size = size, .width = at.width - 2 * pad, .colour = map->colours->soft, .text = text});
    if (at.width - 3 * pad > wide)
        lti_count_squares(scene, map, counts, at.x + at.width - pad, at.y + lti_scaled(map, 4.5), at.width - 3 * pad - wide);
    lti_end(scene);
}

void lti_draw_supply_margin_head(lti_scene *scene, const lti_supply_page *p, bool in)
{
    const lti_map *map = p->map;
    const lti_place_column *place = &p->places[in ? 0 : lti_supply_place(p, p->depths.count, true)];
    double tip = lti_scaled(map, 6);
    const char *text = lt_message_pattern(map->lang, in ? LT_MSG_SUPPLY_IN : LT_MSG_SUPPLY_OUT);
    lti_rect at = {place->left - (in ? 0 : tip), p->area.y, place->right - place->left + tip, lti_scaled(map, chevron_height)};
    lti_chevron(scene, map, at, LT_STAGE_UNSET, text, in, !in);
}
