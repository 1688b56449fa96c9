/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/card.h"
#include "map/innovation.h"
#include "map/measure.h"

/* Lengths of the A3 design. */
static const double panel_pad = 5.5, heading_size = 10.6, squares_height = 15, least_gap = 3, widest_gap = 22, cell_pitch = 13,
                    cell_side = 11.5, rest_height = 11, least_tile = 74;
enum { NAMES = 700 };

/** What a column shows of its links, from most to least. */
enum { SHOW_ALL, SHOW_WORDS, SHOW_NAMES, SHOW_LINES, SHOW_WANTED, SHOW_TIED, SHOWS };

static bool stands_out(const lti_innovation_sheet *s, uint32_t link, int show)
{
    const lt_link *l = &lt_links(s->map->ds)[link];
    if (show < SHOW_WANTED || s->research.support[link] <= LT_SUPPORT_OUTSIDE || l->choke) return true;
    return show == SHOW_WANTED && l->priority;
}

static size_t cells_across(const lti_innovation_sheet *s, double width)
{
    size_t count = (size_t)((width + lti_scaled(s->map, cell_pitch - cell_side)) / lti_scaled(s->map, cell_pitch));
    return count ? count : 1;
}

/* Fills a column's tiles and cells. @return the height that they take at the least gap. */
static double fill_column(lti_scene *scene, const lti_innovation_sheet *s, lti_strip_column *c, int show)
{
    static const lti_tile_level levels[SHOWS] = {LTI_TILE_WORDS, LTI_TILE_WORDS, LTI_TILE_NAME,
                                                 LTI_TILE_LINE,  LTI_TILE_LINE,  LTI_TILE_LINE};
    double width = c->right - c->left - 2 * lti_scaled(s->map, panel_pad), height = 0;
    c->tile_count = c->rest_count = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (!stands_out(s, c->links[i], show)) {
            c->rest[c->rest_count++] = c->links[i];
            continue;
        }
        lti_tile *tile = &c->tiles[c->tile_count++];
        *tile = lti_innovation_tile(scene, s, c->links[i]);
        tile->word_lines = show == SHOW_ALL ? 3 : 1;
        lti_tile_measure(s->map, tile, width, levels[show]);
        height += tile->height + lti_scaled(s->map, least_gap);
    }
    if (c->rest_count > 0) {
        size_t across = cells_across(s, width), rows = (c->rest_count + across - 1) / across;
        height += lti_scaled(s->map, rest_height + cell_pitch * (double)rows + 4);
    }
    return height;
}

/* Where names have one line, a second for those that are cut while there is room. @return the height that the tiles then take. */
static double unfold_names(const lti_map *map, lti_strip_column *c, double height, double room)
{
    for (size_t i = 0; i < c->tile_count; i++) {
        lti_tile *tile = &c->tiles[i];
        if (!tile->cut || tile->lines > 1) continue;
        const lti_tile folded = *tile;
        lti_tile_measure(map, tile, folded.width, LTI_TILE_NAME);
        double more = tile->height - folded.height;
        if (height + more <= room) height += more;
        else *tile = folded;
    }
    return height;
}

/* Columns share the width that the gutters leave. @return whether each is wide enough for a name. */
static bool set_widths(const lti_innovation_sheet *s, lti_innovation *p)
{
    double gaps = 0, margin = lti_scaled(s->map, 11), step = lti_scaled(s->map, 3.4);
    lti_count_gutters(p);
    for (size_t c = 0; c < p->column_count; c++) {
        const lti_strip_column *column = &p->columns[c];
        for (int side = 0; side < LTI_SIDES; side++)
            gaps += column->lanes[side] ? step * (double)column->lanes[side] + margin * 0.6 : 0;
        if (c + 1 < p->column_count) gaps += margin * 0.6;
    }
    double width = (p->area.width - gaps) / (double)p->column_count, x = p->area.x;
    for (size_t c = 0; c < p->column_count; c++) {
        lti_strip_column *column = &p->columns[c];
        if (column->lanes[LTI_HERE]) x += step * (double)column->lanes[LTI_HERE] + margin * 0.6;
        column->left = x;
        column->right = x += width;
        if (column->lanes[LTI_ELSEWHERE]) x += step * (double)column->lanes[LTI_ELSEWHERE] + margin * 0.6;
        x += margin * 0.6;
    }
    return width >= lti_scaled(s->map, least_tile + 2 * panel_pad) || p->column_count == 1;
}

/* A part of a segment says which of how many it is. */
static const char *heading_of(lti_scene *scene, const lti_strip_column *c)
{
    char text[NAMES];
    if (c->parts <= 1) return c->name;
    snprintf(text, sizeof text, "%.600s %zu/%zu", c->name, c->part, c->parts);
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

static void set_head(lti_scene *scene, const lti_innovation_sheet *s, lti_innovation *p)
{
    int lines = 1;
    for (size_t c = 0; c < p->column_count; c++) {
        char text[NAMES];
        int own =
            lti_wrap(heading_of(scene, &p->columns[c]), lti_scaled(s->map, heading_size), true,
                     p->columns[c].right - p->columns[c].left - lti_scaled(s->map, 2 * panel_pad), 2, text, sizeof text, NULL);
        if (own > lines) lines = own;
    }
    p->head = lti_scaled(s->map, 7 + 12.4 * lines);
}

/* Those whom somebody here works on stand next to the band of those here, those for whom only others can be engaged next to theirs.
 */
static void place_tiles(const lti_innovation_sheet *s, lti_innovation *p, double top)
{
    double end = p->bottom - lti_scaled(s->map, panel_pad);
    for (size_t c = 0; c < p->column_count; c++) {
        lti_strip_column *column = &p->columns[c];
        double y = top, below = 0;
        for (size_t i = 0; i < column->tile_count; i++)
            if (s->research.support[column->tiles[i].link] == LT_SUPPORT_OUTSIDE) below += column->tiles[i].height + column->gap;
        for (size_t i = 0; i < column->tile_count; i++) {
            bool outside = s->research.support[column->tiles[i].link] == LT_SUPPORT_OUTSIDE;
            if (outside && below > 0 && column->rest_count == 0) {
                y = fmax(y, end - below + column->gap);
                below = 0;
            }
            p->tile_of[column->tiles[i].link] =
                (lti_rect){column->left + lti_scaled(s->map, panel_pad), y, column->tiles[i].width, column->tiles[i].height};
            y += column->tiles[i].height + column->gap;
        }
    }
}

/* Lays out one page. @return whether all has room. */
bool lti_innovation_lay_out(lti_scene *scene, const lti_innovation_sheet *s, lti_innovation *p)
{
    for (size_t i = 0; i < lt_count(s->map->ds, LT_LINK); i++) p->column_of[i] = UINT32_MAX;
    for (uint32_t c = 0; c < p->column_count; c++)
        for (size_t i = 0; i < p->columns[c].count; i++) p->column_of[p->columns[c].links[i]] = c;
    if (!set_widths(s, p)) return false;
    if (!lti_place_bands(p)) scene->failed = true;
    set_head(scene, s, p);
    double top = p->top + p->head + lti_scaled(s->map, squares_height + 3), room = p->bottom - lti_scaled(s->map, 3) - top;
    for (size_t c = 0; c < p->column_count; c++) {
        lti_strip_column *column = &p->columns[c];
        double need = INFINITY;
        for (int show = SHOW_ALL; show < SHOWS && need > room; show++) need = fill_column(scene, s, column, show);
        if (need > room) return false;
        need = unfold_names(s->map, column, need, room);
        double spare = column->rest_count > 0 ? 0 : room - need;
        column->gap = lti_scaled(s->map, least_gap) + spare / (double)(column->tile_count ? column->tile_count : 1);
        column->gap = fmin(column->gap, lti_scaled(s->map, widest_gap));
    }
    place_tiles(s, p, top);
    lti_place_gutters(p);
    return true;
}

static void draw_head(lti_scene *scene, const lti_innovation_sheet *s, const lti_innovation *p, const lti_strip_column *c)
{
    const lti_map *map = s->map;
    double width = c->right - c->left, pad = lti_scaled(map, panel_pad), size = lti_scaled(map, heading_size);
    const char *name = heading_of(scene, c);
    char text[NAMES];
    bool cut;
    lti_add_box(
        scene,
        &(lti_box){.at = {c->left, p->top, width, p->head}, .radius = lti_scaled(map, 3), .fill = map->colours->chevron[c->stage]});
    int lines = lti_wrap(name, size, true, width - 2 * pad, 2, text, sizeof text, &cut);
    double y = p->top + p->head / 2 - (lines - 1) * lti_scaled(map, 6.2) + size * 0.36;
    for (char *line = text, *end; line; line = end, y += lti_scaled(map, 12.4)) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        lti_add_text(scene, &(lti_text){.x = c->left + pad,
                                        .y = y,
                                        .size = size,
                                        .bold = true,
                                        .colour = "#FFFFFF",
                                        .text = line,
                                        .title = cut ? name : NULL});
    }
}

/* The stage, and a square a link, those without support first. */
static void draw_squares(lti_scene *scene, const lti_innovation_sheet *s, const lti_innovation *p, const lti_strip_column *c)
{
    static const uint8_t order[LT_SUPPORTS] = {LT_SUPPORT_LOCAL, LT_SUPPORT_OUTSIDE, LT_SUPPORT_UNSURVEYED, LT_SUPPORT_NONE};
    static const lt_message stages[] = {LT_MSG_MAP_SHARED, LT_MSG_STAGE_UPSTREAM, LT_MSG_STAGE_MIDSTREAM, LT_MSG_STAGE_DOWNSTREAM,
                                        LT_MSG_STAGE_SUPPORT};
    const lti_map *map = s->map;
    const char *stage = lt_message_pattern(map->lang, stages[c->stage]);
    double pad = lti_scaled(map, panel_pad), y = p->top + p->head + lti_scaled(map, 3.5), size = lti_scaled(map, 7.6);
    double room = c->right - c->left - 2.6 * pad - lti_text_width(stage, size, false);
    double step = fmin(lti_scaled(map, 6.2), room / (double)(c->count ? c->count : 1)), side = step * 0.8,
           x = c->right - pad - side;
    lti_add_cut_text(scene, (lti_text){.x = c->left + pad,
                                       .y = y + lti_scaled(map, 6.6),
                                       .size = size,
                                       .width = c->right - c->left - 2 * pad,
                                       .colour = map->colours->soft,
                                       .text = stage});
    for (size_t k = LT_SUPPORTS; k-- > 0 && step > lti_scaled(map, 1.2);) {
        const lti_look *look = lti_support_look(map, order[k]);
        for (size_t i = 0; i < c->count; i++) {
            if (s->research.support[c->links[i]] != order[k]) continue;
            bool open = !look->badge_fill;
            double in = open ? 0.35 : 0;
            lti_add_box(scene, &(lti_box){.at = {x + in, y + in, side - 2 * in, lti_scaled(map, 7) - 2 * in},
                                          .fill = open ? map->colours->paper : look->colour,
                                          .stroke = open ? look->colour : NULL,
                                          .pen = 2 * in});
            x -= step;
        }
    }
}

/* Links without a tile, as cells with the badge of what is known. */
void lti_draw_innovation_rest(lti_scene *scene, const lti_innovation_sheet *s, const lti_innovation *p, const lti_strip_column *c)
{
    const lti_map *map = s->map;
    double left = c->left + lti_scaled(map, panel_pad), width = c->right - c->left - 2 * lti_scaled(map, panel_pad);
    size_t across = cells_across(s, width), rows = (c->rest_count + across - 1) / across;
    double pitch = lti_scaled(map, cell_pitch), side = lti_scaled(map, cell_side),
           y = p->bottom - lti_scaled(map, 4) - pitch * (double)rows;
    lti_add_cut_text(scene,
                     (lti_text){.x = left,
                                .y = y - lti_scaled(map, 3),
                                .size = lti_scaled(map, 7.6),
                                .width = width,
                                .colour = map->colours->soft,
                                .text = lti_say(scene, map, LT_MSG_INNOVATION_REST, lti_number(scene, c->rest_count), NULL, NULL)});
    for (size_t i = 0; i < c->rest_count; i++) {
        lti_tile tile = lti_innovation_tile(scene, s, c->rest[i]);
        lti_rect at = {left + (double)(i % across) * pitch, y + (double)(i / across) * pitch, side, side};
        char id[192];
        snprintf(id, sizeof id, "n-%s", lt_dataset_string(map->ds, lt_links(map->ds)[c->rest[i]].head.id));
        lti_begin(scene, &(lti_group){.id = id,
                                      .classes = tile.classes,
                                      .title = tile.title,
                                      .attributes = tile.attributes,
                                      .attribute_count = tile.attribute_count,
                                      .frame = at,
                                      .checks = LTI_HOLDS | LTI_SOLID});
        lti_badge_of(scene, tile.look, tile.badge, at.x + 0.4, at.y + 0.4, side - 0.8);
        lti_end(scene);
    }
}

void lti_draw_innovation_panel(lti_scene *scene, const lti_innovation_sheet *s, const lti_innovation *p, const lti_strip_column *c)
{
    const lti_map *map = s->map;
    lti_rect at = {c->left, p->top, c->right - c->left, p->bottom - p->top};
    lti_begin(scene, &(lti_group){.id = c->id, .classes = "stage", .frame = at, .checks = LTI_HOLDS | LTI_PANEL});
    lti_add_box(
        scene,
        &(lti_box){
            .at = at, .radius = lti_scaled(map, 4), .fill = map->colours->panel, .stroke = map->colours->panel_line, .pen = 0.7});
    draw_head(scene, s, p, c);
    draw_squares(scene, s, p, c);
    lti_end(scene);
}
