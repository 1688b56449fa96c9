/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/columns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/edges.h"
#include "map/measure.h"
#include "map/place.h"

/* Lengths of the A3 design. */
static const double chevron_height = 19, chevron_gap = 5, heading_size = 11.2, heading_small = 9.8, heading_pad = 9;
static const double gutter = 11, bracket_inset = 10, bracket_step = 4, right_pad = 7, widest_card = 182, junction_height = 12;

/** How tightly cards stand: tried from the loosest; the lowest level that each may come to. */
static const struct {
    double gap, lane;
    lti_card_level lowest;
} densities[] = {{9, 4.5, LTI_CARD_NO_CHIPS}, {6, 3.6, LTI_CARD_NAME}, {3.4, 2.4, LTI_CARD_LINE}};
/* How much larger than the design cards may be drawn where few leave room. */
static const double zooms[] = {1.5, 1.35, 1.2, 1.1, 1}, zoomed_card = 118;
enum { DENSITIES = sizeof densities / sizeof *densities, ZOOMS = sizeof zooms / sizeof *zooms, HEADING_SIZE = 512 };

/** A drawing of columns under way. */
typedef struct {
    const lti_map *map;
    const lti_columns *columns;
    lti_scene *scene;
    lti_rect area;
    double top, bottom; /* of cards */
    double heading, heading_height;
    lti_place_column *places;
    lti_place_node *nodes;
    lti_card *cards; /* by node; height 0 = a junction */
    uint32_t *links; /* by node */
    size_t node_count;
    uint32_t *node_of; /* by link, UINT32_MAX = not here */
    lti_place_edge *edges;
    const lt_supply **supplies; /* by edge */
    size_t edge_count;
    lti_place_input input;
} sketch;

bool lti_column_fill(const lti_map *map, lti_column *column, bool (*belongs)(const lti_map *map, uint32_t link, const void *of),
                     const void *of)
{
    column->links = malloc((map->link_count + 1) * sizeof *column->links);
    column->count = 0;
    for (size_t i = 0; column->links && i < map->link_count; i++) {
        uint32_t link = map->links[i];
        if (!belongs(map, link, of)) continue;
        column->links[column->count++] = link;
        if (!lt_links(map->ds)[link].abstract) column->counts[map->gaps->status[link]]++;
    }
    return column->links != NULL;
}

void lti_columns_done(lti_columns *columns)
{
    for (size_t i = 0; columns->columns && i < columns->count; i++) free(columns->columns[i].links);
    free(columns->columns);
    *columns = (lti_columns){0};
}

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static bool is_junction(const sketch *s, size_t node)
{
    return lt_links(s->map->ds)[s->links[node]].abstract;
}

static void set_nodes(sketch *s)
{
    for (uint32_t c = 0; c < s->columns->count; c++)
        for (size_t i = 0; i < s->columns->columns[c].count; i++) {
            uint32_t link = s->columns->columns[c].links[i];
            s->node_of[link] = (uint32_t)s->node_count;
            s->links[s->node_count] = link;
            s->nodes[s->node_count++] = (lti_place_node){.column = c, .weight = 1};
        }
}

static void set_edges(sketch *s)
{
    for (size_t n = 0; n < s->node_count; n++) {
        size_t count;
        const lt_supply *supply = lt_supplies_from(s->map->ds, s->links[n], &count);
        for (size_t i = 0; i < count; i++) {
            uint32_t to = s->node_of[lt_node_index(s->map->ds, supply[i].edge.to)];
            if (to == UINT32_MAX) continue;
            s->supplies[s->edge_count] = &supply[i];
            s->edges[s->edge_count++] = (lti_place_edge){(uint32_t)n, to};
        }
    }
}

/* Columns of equal width; where there are few, cards grow only so far and the gutters take the rest. */
static void set_columns(sketch *s)
{
    const lti_map *map = s->map;
    double count = (double)s->columns->count, gap = lti_scaled(map, gutter), pitch = (s->area.width + gap) / count;
    for (uint32_t c = 0; c < s->columns->count; c++) {
        size_t sources = 0;
        for (size_t i = 0; i < s->edge_count; i++) {
            bool within = s->nodes[s->edges[i].from].column == c && s->nodes[s->edges[i].to].column == c;
            bool first = i == 0 || s->edges[i - 1].from != s->edges[i].from;
            sources += within && (first || s->nodes[s->edges[i - 1].to].column != c);
        }
        double inset = lti_scaled(map, bracket_inset + bracket_step * fmin(3, (double)sources));
        double width = pitch - gap - inset - lti_scaled(map, right_pad);
        double card = fmin(width, lti_scaled(map, widest_card)), panel = inset + card + lti_scaled(map, right_pad);
        double spare = pitch - gap - panel, left = s->area.x + pitch * c + spare / 2;
        s->places[c] = (lti_place_column){left, left + panel, left + inset, card};
    }
}

/* One line over each column, or two where one is too narrow for its name. */
static void set_heading(sketch *s)
{
    char text[HEADING_SIZE];
    s->heading = lti_scaled(s->map, heading_size);
    int lines = 1;
    for (size_t c = 0; c < s->columns->count; c++) {
        double width = s->places[c].right - s->places[c].left - lti_scaled(s->map, 2 * heading_pad);
        if (lti_text_width(s->columns->columns[c].name, s->heading, true) > width) s->heading = lti_scaled(s->map, heading_small);
    }
    for (size_t c = 0; c < s->columns->count; c++) {
        double width = s->places[c].right - s->places[c].left - lti_scaled(s->map, 2 * heading_pad);
        int own = lti_wrap(s->columns->columns[c].name, s->heading, true, width, 2, text, sizeof text, NULL);
        if (own > lines) lines = own;
    }
    s->heading_height = lti_scaled(s->map, 5) + lines * 1.22 * s->heading + lti_scaled(s->map, 14);
    s->top = s->area.y + lti_scaled(s->map, chevron_height + chevron_gap) + s->heading_height + lti_scaled(s->map, 7);
    s->bottom = s->area.y + s->area.height - lti_scaled(s->map, 6);
}

static void measure_column(sketch *s, uint32_t column, lti_card_level level)
{
    for (size_t n = 0; n < s->node_count; n++) {
        if (s->nodes[n].column != column) continue;
        if (is_junction(s, n)) s->nodes[n].height = lti_scaled(s->map, junction_height);
        else lti_card_measure(s->map, s->links[n], s->places[column].card_width, level, &s->cards[n]);
        if (!is_junction(s, n)) s->nodes[n].height = s->cards[n].height;
    }
}

/* As much on the cards of each column as it has room for. */
static bool choose_density(sketch *s, bool zoomed)
{
    for (uint32_t c = 0; zoomed && c < s->columns->count; c++)
        if (s->places[c].card_width < lti_scaled(s->map, zoomed_card)) return false;
    for (int d = 0; d < (zoomed ? 1 : DENSITIES); d++) {
        s->input.gap = lti_scaled(s->map, densities[d].gap);
        s->input.lane = lti_scaled(s->map, densities[d].lane);
        bool all = true;
        for (uint32_t c = 0; c < s->columns->count && all; c++) {
            bool fits = false;
            lti_card_level lowest = zoomed ? LTI_CARD_FULL : densities[d].lowest;
            for (int level = LTI_CARD_FULL; level <= (int)lowest && !fits; level++) {
                measure_column(s, c, (lti_card_level)level);
                double need = lti_place_need(&s->input, c);
                if (need < 0) s->scene->failed = true;
                fits = need <= s->bottom - s->top;
            }
            all = fits;
        }
        if (all) return true;
    }
    return false;
}

static lt_code prepare(sketch *s, lt_error *error)
{
    size_t nodes = 0, links = lt_count(s->map->ds, LT_LINK);
    for (size_t c = 0; c < s->columns->count; c++) nodes += s->columns->columns[c].count;
    s->places = calloc(s->columns->count + 1, sizeof *s->places);
    s->nodes = calloc(nodes + 1, sizeof *s->nodes);
    s->cards = calloc(nodes + 1, sizeof *s->cards);
    s->links = calloc(nodes + 1, sizeof *s->links);
    s->node_of = malloc((links + 1) * sizeof *s->node_of);
    s->edges = malloc((lt_count(s->map->ds, LT_SUPPLY) + 1) * sizeof *s->edges);
    s->supplies = malloc((lt_count(s->map->ds, LT_SUPPLY) + 1) * sizeof *s->supplies);
    if (!s->places || !s->nodes || !s->cards || !s->links || !s->node_of || !s->edges || !s->supplies) return out_of_memory(error);
    for (size_t i = 0; i < links; i++) s->node_of[i] = UINT32_MAX;
    set_nodes(s);
    set_edges(s);
    set_columns(s);
    set_heading(s);
    s->input = (lti_place_input){.columns = s->places,
                                 .column_count = s->columns->count,
                                 .nodes = s->nodes,
                                 .node_count = s->node_count,
                                 .edges = s->edges,
                                 .edge_count = s->edge_count,
                                 .top = s->top,
                                 .bottom = s->bottom,
                                 .widest_gap = lti_scaled(s->map, 60)};
    return LT_OK;
}

static void free_sketch(sketch *s)
{
    free(s->places);
    free(s->nodes);
    free(s->cards);
    free(s->links);
    free(s->node_of);
    free(s->edges);
    free(s->supplies);
}

static void draw_chevrons(const sketch *s)
{
    double height = lti_scaled(s->map, chevron_height), tip = height / 2;
    for (size_t c = 0, end; c < s->columns->count; c = end) {
        const lti_column *column = &s->columns->columns[c];
        for (end = c + 1; end < s->columns->count && s->columns->columns[end].stage == column->stage &&
                          s->columns->columns[end].over == column->over;)
            end++;
        bool first = c == 0, last = end == s->columns->count;
        double left = first ? s->area.x : s->places[c].left - tip / 2,
               right = last ? s->area.x + s->area.width : s->places[end].left - tip / 2 + tip - lti_scaled(s->map, 3);
        const char *name = column->over ? column->over : lt_message_pattern(s->map->lang, lti_stage_message(column->stage));
        lti_chevron(s->scene, s->map, (lti_rect){left, s->area.y, right - left, height}, column->stage, name, first, last);
    }
}

static void draw_panel(const sketch *s, size_t c)
{
    const lti_column *column = &s->columns->columns[c];
    const lti_map *map = s->map;
    double pad = lti_scaled(map, heading_pad), top = s->area.y + lti_scaled(map, chevron_height + chevron_gap);
    lti_rect at = {s->places[c].left, top, s->places[c].right - s->places[c].left, s->area.y + s->area.height - top};
    char text[HEADING_SIZE];
    bool cut;
    lti_begin(s->scene, &(lti_group){.id = column->id, .classes = "stage", .frame = at, .checks = LTI_HOLDS | LTI_PANEL});
    lti_add_box(
        s->scene,
        &(lti_box){
            .at = at, .radius = lti_scaled(map, 5), .fill = map->colours->panel, .stroke = map->colours->panel_line, .pen = 0.7});
    lti_wrap(column->name, s->heading, true, at.width - 2 * pad, 2, text, sizeof text, &cut);
    double y = top + lti_scaled(map, 5) + s->heading;
    for (char *line = text, *end; line; line = end, y += 1.22 * s->heading) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        lti_add_text(s->scene, &(lti_text){.x = at.x + pad,
                                           .y = y,
                                           .size = s->heading,
                                           .bold = true,
                                           .colour = map->colours->title,
                                           .text = line,
                                           .title = cut || lti_looks_cut(line) ? column->name : NULL});
    }
    double rule = top + s->heading_height;
    lti_count_squares(s->scene, map, column->counts, at.x + at.width - pad, rule - lti_scaled(map, 11), at.width - 2 * pad);
    lti_path path = {0};
    lti_path_move(&path, at.x + pad - 1, rule);
    lti_path_line(&path, at.x + at.width - pad + 1, rule);
    lti_add_curve(s->scene, &(lti_line){.stroke = map->colours->rule, .pen = 0.7}, &path);
    lti_path_done(&path);
    lti_end(s->scene);
}

static void draw_cards(const sketch *s, const lti_placing *placing)
{
    for (size_t n = 0; n < s->node_count; n++) {
        if (is_junction(s, n)) lti_draw_abstract(s->scene, s->map, s->links[n], placing->cards[n]);
        else lti_card_draw(s->scene, s->map, &s->cards[n], placing->cards[n].x, placing->cards[n].y);
    }
    for (size_t i = 0; i < s->columns->ranked_count; i++) {
        uint32_t node = s->node_of[s->columns->ranked[i]];
        if (node != UINT32_MAX) lti_card_rank(s->scene, s->map, placing->cards[node], i + 1);
    }
}

static void draw_all(sketch *s, const lti_placing *placing)
{
    draw_chevrons(s);
    for (size_t c = 0; c < s->columns->count; c++) draw_panel(s, c);
    lti_draw_edges(s->scene, s->map, s->links, s->edges, s->supplies, placing);
    draw_cards(s, placing);
}

lt_code lti_columns_draw(lti_scene *scene, const lti_map *map, const lti_columns *columns, lti_rect area, bool *fits,
                         lt_error *error)
{
    lt_code code = LT_OK;
    *fits = false;
    for (int z = 0; z < ZOOMS && !*fits && code == LT_OK; z++) {
        lti_map zoomed = *map;
        lti_sheet sheet = *map->sheet;
        sheet.scale *= zooms[z];
        zoomed.sheet = &sheet;
        sketch s = {.map = &zoomed, .columns = columns, .scene = scene, .area = area};
        lti_placing placing = {0};
        code = prepare(&s, error);
        *fits = code == LT_OK && choose_density(&s, zooms[z] > 1);
        if (*fits) code = lti_place(&s.input, &placing, error);
        if (placing.overfull) *fits = false;
        if (*fits && code == LT_OK) draw_all(&s, &placing);
        lti_placing_done(&placing);
        free_sketch(&s);
    }
    return code;
}
