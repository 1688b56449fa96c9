/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/tile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/card.h"
#include "map/measure.h"

/* Lengths of the A3 design. */
static const double pad = 2.8, badge_left = 5.6, badge_side = 13, name_gap = 4, strip = 8, flag_side = 10.5, flag_gap = 2,
                    words_size = 7.4, words_height = 10, line_height = 1.18, figure_size = 7.6;

static const lt_link *link_of(const lti_map *map, const lti_tile *tile)
{
    return &lt_links(map->ds)[tile->link];
}

static double figure_width(const lti_map *map, const char *figure)
{
    return figure ? lti_text_width(figure, lti_scaled(map, figure_size), true) + lti_scaled(map, 7) : 0;
}

/* What stands beside the name. */
static const char *beside(const lti_tile *tile)
{
    return tile->words ? NULL : tile->short_figure;
}

/* The flag of a final link stands in the line of words, where there is one: names need the room. */
static bool flag_below(const lti_tile *tile)
{
    return tile->flag == LTI_FLAG_FINAL && tile->words;
}

static bool has_strip(const lti_tile *tile)
{
    return !tile->quiet && (tile->look->cue == LTI_CUE_HATCH || tile->look->cue == LTI_CUE_DOTS);
}

static double name_size_of(const lti_map *map, const lti_tile *tile)
{
    double importance = link_of(map, tile)->importance;
    if (tile->quiet) return lti_scaled(map, 8.8);
    return lti_scaled(map, importance >= 0.8 ? 10.4 : importance >= 0.6 ? 9.8 : 9.4);
}

void lti_tile_measure(const lti_map *map, lti_tile *tile, double width, lti_tile_level level)
{
    double left = lti_scaled(map, badge_left + badge_side + name_gap), right = lti_scaled(map, has_strip(tile) ? strip + 1.5 : 4);
    const lt_link *link = link_of(map, tile);
    tile->width = width;
    tile->name_size = name_size_of(map, tile);
    tile->reserve = right;
    if (level != LTI_TILE_WORDS) tile->words = NULL;
    if (tile->flag && !flag_below(tile)) tile->reserve += lti_scaled(map, flag_side + flag_gap);
    if (beside(tile)) tile->reserve += figure_width(map, beside(tile)) + lti_scaled(map, flag_gap);
    tile->cramped = width - left - tile->reserve < 2 * tile->name_size;
    tile->lines = lti_wrap(lt_dataset_string(map->ds, link->head.name), tile->name_size, !tile->quiet, width - left - tile->reserve,
                           level == LTI_TILE_LINE ? 1
                           : tile->name_lines     ? tile->name_lines
                                                  : 2,
                           tile->name, sizeof tile->name, &tile->cut);
    tile->height = 2 * lti_scaled(map, pad) + fmax(lti_scaled(map, badge_side), tile->lines * line_height * tile->name_size);
    tile->said_lines = 0;
    if (!tile->words) return;
    double room = width - lti_scaled(map, badge_left + (has_strip(tile) ? strip + 1 : 3));
    if (tile->figure) room -= figure_width(map, tile->figure) + lti_scaled(map, 3);
    if (flag_below(tile)) room -= lti_scaled(map, flag_side);
    tile->said[0] = '\0';
    if (room >= 2 * lti_scaled(map, words_size)) /* else the title alone says them */
        tile->said_lines = lti_wrap(tile->words, lti_scaled(map, words_size), false, room, tile->word_lines ? tile->word_lines : 1,
                                    tile->said, sizeof tile->said, NULL);
    if (tile->said_lines == 0 && (tile->figure || flag_below(tile))) tile->said_lines = 1;
    tile->height += lti_scaled(map, words_height) * tile->said_lines;
}

double lti_draw_flag(lti_scene *scene, const lti_map *map, lti_flag flag, double x, double y)
{
    static const lt_message texts[] = {
        [LTI_FLAG_CHOKE] = LT_MSG_FLAG_CHOKE, [LTI_FLAG_PRIORITY] = LT_MSG_FLAG_PRIORITY, [LTI_FLAG_FINAL] = LT_MSG_FLAG_FINAL};
    const lti_colours *colours = map->colours;
    bool choke = flag == LTI_FLAG_CHOKE, final = flag == LTI_FLAG_FINAL;
    double side = lti_scaled(map, flag_side);
    lti_add_box(scene, &(lti_box){.at = {x, y, side, side},
                                  .radius = flag == LTI_FLAG_PRIORITY ? side / 2 : 0,
                                  .fill = choke   ? colours->text
                                          : final ? colours->letter
                                                  : colours->paper,
                                  .stroke = final ? NULL : colours->text,
                                  .pen = lti_scaled(map, 0.8)});
    lti_add_text(scene, &(lti_text){.x = x + side / 2,
                                    .y = y + side * 0.77,
                                    .size = side * 0.7,
                                    .bold = true,
                                    .anchor = LTI_ANCHOR_MIDDLE,
                                    .colour = choke ? "#FFFFFF" : colours->text,
                                    .text = lt_message_pattern(map->lang, texts[flag])});
    return side;
}

static void add_figure(lti_scene *scene, const lti_map *map, const lti_tile *tile, const char *figure, lti_point at)
{
    double size = lti_scaled(map, figure_size), height = lti_scaled(map, 10), width = figure_width(map, figure);
    lti_add_box(scene, &(lti_box){.at = {at.x, at.y - height / 2, width, height},
                                  .radius = height / 2,
                                  .fill = tile->pressing ? map->colours->alarm : map->colours->paper,
                                  .stroke = tile->pressing ? map->colours->alarm : tile->look->colour,
                                  .pen = lti_scaled(map, 0.7)});
    lti_add_text(scene, &(lti_text){.x = at.x + width / 2,
                                    .y = at.y + size * 0.36,
                                    .size = size,
                                    .bold = true,
                                    .anchor = LTI_ANCHOR_MIDDLE,
                                    .colour = tile->pressing ? "#FFFFFF" : map->colours->text,
                                    .text = figure});
}

static void add_name(lti_scene *scene, const lti_map *map, const lti_tile *tile, double x, double top, double block)
{
    double step = line_height * tile->name_size, base = top + (block - tile->lines * step) / 2 + tile->name_size * 0.94;
    char name[LTI_TILE_TEXT];
    memcpy(name, tile->name, sizeof name);
    for (char *line = name, *end; line; line = end, base += step) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        lti_add_text(scene, &(lti_text){.x = x + lti_scaled(map, badge_left + badge_side + name_gap),
                                        .y = base,
                                        .size = tile->name_size,
                                        .bold = !tile->quiet,
                                        .colour = tile->quiet ? map->colours->soft : map->colours->text,
                                        .text = line,
                                        .title = tile->cut ? lt_dataset_string(map->ds, link_of(map, tile)->head.name) : NULL});
    }
}

/* Figure, then flag, at the right end of the name's lines. */
static void add_signs(lti_scene *scene, const lti_map *map, const lti_tile *tile, double right, double middle)
{
    double side = lti_scaled(map, flag_side), x = right;
    if (beside(tile)) {
        x -= figure_width(map, beside(tile));
        add_figure(scene, map, tile, beside(tile), (lti_point){x, middle});
        x -= lti_scaled(map, flag_gap);
    }
    if (tile->flag && !flag_below(tile)) lti_draw_flag(scene, map, tile->flag, x - side, middle - side / 2);
}

void lti_tile_draw(lti_scene *scene, const lti_map *map, const lti_tile *tile, double x, double y)
{
    char id[192];
    lti_rect at = {x, y, tile->width, tile->height};
    snprintf(id, sizeof id, "n-%s", lt_dataset_string(map->ds, link_of(map, tile)->head.id));
    lti_change_frame(scene, map, tile->link, at);
    lti_begin(scene, &(lti_group){.id = id,
                                  .classes = tile->classes,
                                  .title = tile->title,
                                  .attributes = tile->attributes,
                                  .attribute_count = tile->attribute_count,
                                  .frame = at,
                                  .checks = LTI_HOLDS | LTI_SOLID});
    if (tile->quiet)
        lti_add_box(scene, &(lti_box){.at = at,
                                      .radius = lti_scaled(map, 3),
                                      .fill = map->colours->paper,
                                      .stroke = map->colours->rule,
                                      .pen = lti_scaled(map, 0.6)});
    else lti_card_ground(scene, map, tile->look, link_of(map, tile)->importance, at);
    double side = lti_scaled(map, badge_side), top = y + lti_scaled(map, pad);
    double block = fmax(side, tile->lines * line_height * tile->name_size), middle = top + block / 2;
    lti_badge_of(scene, tile->look, tile->badge, x + lti_scaled(map, badge_left), middle - side / 2, side);
    add_name(scene, map, tile, x, top, block);
    add_signs(scene, map, tile, x + at.width - lti_scaled(map, has_strip(tile) ? strip + 1.5 : 4), middle);
    double base = top + block + lti_scaled(map, 8), left = x + lti_scaled(map, badge_left);
    if (tile->said_lines > 0 && tile->figure) {
        add_figure(scene, map, tile, tile->figure, (lti_point){left - lti_scaled(map, 1), base - lti_scaled(map, 2.6)});
        left += figure_width(map, tile->figure) + lti_scaled(map, 2);
    }
    if (flag_below(tile))
        lti_draw_flag(scene, map, tile->flag, x + at.width - lti_scaled(map, flag_side + (has_strip(tile) ? strip + 1 : 2.4)),
                      base - lti_scaled(map, 8));
    char said[LTI_TILE_TEXT];
    memcpy(said, tile->said, sizeof said);
    for (char *line = tile->said_lines > 0 ? said : NULL, *end; line; line = end, base += lti_scaled(map, words_height)) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        lti_add_text(
            scene,
            &(lti_text){.x = left, .y = base, .size = lti_scaled(map, words_size), .colour = map->colours->soft, .text = line});
    }
    lti_end(scene);
}

void lti_path_round(lti_path *path, const lti_point *points, size_t count, double radius)
{
    lti_path_move(path, points[0].x, points[0].y);
    for (size_t i = 1; i + 1 < count; i++) {
        lti_point a = points[i - 1], b = points[i], c = points[i + 1];
        double in = hypot(b.x - a.x, b.y - a.y), out = hypot(c.x - b.x, c.y - b.y), r = fmin(radius, fmin(in, out) / 2);
        if (r < 0.05) continue;
        lti_point start = {b.x - (b.x - a.x) / in * r, b.y - (b.y - a.y) / in * r},
                  end = {b.x + (c.x - b.x) / out * r, b.y + (c.y - b.y) / out * r};
        lti_path_line(path, start.x, start.y);
        lti_path_curve(path, (lti_point){(start.x + b.x) / 2, (start.y + b.y) / 2},
                       (lti_point){(end.x + b.x) / 2, (end.y + b.y) / 2}, end);
    }
    lti_path_line(path, points[count - 1].x, points[count - 1].y);
}
