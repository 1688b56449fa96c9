/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All links of all columns, worst first: by name where there is room, else as cells. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/chain_page.h"
#include "map/edges.h"
#include "map/measure.h"

static const double chevron_height = 19, heading_height = 42, row_height = 22, row_least = 9.4, cell_most = 27;
enum { NAME_SIZE = 512 };

static int badness(const lti_map *map, uint32_t link)
{
    if (lt_links(map->ds)[link].abstract) return LT_STATUSES;
    for (int i = 0; i < LT_STATUSES; i++)
        if (lti_worst_first[i] == map->gaps->status[link]) return i;
    return LT_STATUSES;
}

void lti_sort_worst_first(const lti_map *map, uint32_t *links, size_t count)
{
    for (size_t i = 1; i < count; i++) /* links come by id, and equals keep that order */
        for (size_t k = i; k > 0 && badness(map, links[k - 1]) > badness(map, links[k]); k--) {
            uint32_t other = links[k];
            links[k] = links[k - 1];
            links[k - 1] = other;
        }
}

/* Shape: how the link is drawn where it has no frame of its own, else empty. */
static void begin_link(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at, const char *shape)
{
    char id[192], classes[64];
    const char *own = lt_dataset_string(map->ds, lt_links(map->ds)[link].head.id);
    bool junction = lt_links(map->ds)[link].abstract;
    snprintf(id, sizeof id, "n-%s", own);
    snprintf(classes, sizeof classes, "link st-%s%s", lt_status_word((lt_status)map->gaps->status[link]), shape);
    lti_begin(scene, &(lti_group){.id = id,
                                  .classes = junction ? "junction" : classes,
                                  .title = lti_card_title(scene, map, link),
                                  .frame = at,
                                  .checks = LTI_HOLDS | LTI_SOLID,
                                  .attributes = &(lti_attribute){"link", own},
                                  .attribute_count = 1});
}

static void draw_row(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at)
{
    double side = fmin(lti_scaled(map, 14), at.height * 0.82), size = fmin(lti_scaled(map, 10.4), at.height * 0.7),
           left = at.x + side + lti_scaled(map, 4);
    lti_change_frame(scene, map, link, at);
    begin_link(scene, map, link, at, " row");
    if (!lt_links(map->ds)[link].abstract)
        lti_badge(scene, map, (lt_status)map->gaps->status[link], at.x, at.y + (at.height - side) / 2, side);
    lti_add_cut_text(scene, (lti_text){.x = left,
                                       .y = at.y + at.height * 0.5 + size * 0.36,
                                       .size = size,
                                       .width = at.x + at.width - left,
                                       .colour = map->colours->text,
                                       .text = lt_dataset_string(map->ds, lt_links(map->ds)[link].head.name)});
    lti_end(scene);
}

void lti_draw_cell(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at)
{
    lt_status status = (lt_status)map->gaps->status[link];
    const lti_look *look = lti_look_of(map->options->style, status);
    const lti_colours *colours = map->colours;
    bool pale = look->badge_fill && strcmp(look->badge_fill, colours->paper) == 0;
    bool quiet = status == LT_STATUS_ADEQUATE, open = !look->badge_fill,
         sign = !quiet && !open && status != LT_STATUS_STRONG && at.width >= 6;
    lti_change_frame(scene, map, link, at);
    begin_link(scene, map, link, at, "");
    lti_rect inner = open || quiet || pale ? (lti_rect){at.x + 0.4, at.y + 0.4, at.width - 0.8, at.height - 0.8} : at;
    lti_add_box(scene, &(lti_box){.at = inner,
                                  .radius = at.width * 0.16,
                                  .fill = open    ? colours->paper
                                          : quiet ? colours->letter
                                                  : look->badge_fill,
                                  .stroke = open || quiet || pale ? look->colour : NULL,
                                  .pen = open ? 0.7 : 0.5,
                                  .dash = open ? "1.6 1.2" : NULL});
    if (sign)
        lti_add_text(scene, &(lti_text){.x = at.x + at.width / 2,
                                        .y = at.y + at.height * 0.755, /* the box of the font, not its ink alone, is inside */
                                        .size = at.width * 0.65,
                                        .bold = true,
                                        .anchor = LTI_ANCHOR_MIDDLE,
                                        .colour = look->badge_text,
                                        .text = lt_message_pattern(map->lang, look->badge)});
    lti_end(scene);
}

static void draw_list(lti_scene *scene, const lti_map *map, const uint32_t *links, size_t count, lti_rect at, double row)
{
    double side = lti_scaled(map, cell_most);
    size_t across;
    if (row >= lti_scaled(map, row_least)) {
        for (size_t i = 0; i < count; i++)
            draw_row(scene, map, links[i], (lti_rect){at.x, at.y + row * (double)i, at.width, row * 0.94});
        return;
    }
    do {
        side *= 0.96;
        across = (size_t)(at.width / (side * 1.12));
    } while (side > 0.5 && (across == 0 || (double)((count + across - 1) / across) * side * 1.12 > at.height));
    for (size_t i = 0; i < count; i++)
        lti_draw_cell(scene, map, links[i],
                      (lti_rect){at.x + (double)(i % across) * side * 1.12, at.y + (double)(i / across) * side * 1.12, side, side});
}

static void draw_column(lti_scene *scene, const lti_map *map, const lti_column *column, lti_rect at, double row)
{
    double pad = lti_scaled(map, 9), size = lti_scaled(map, 11), base = at.y + lti_scaled(map, 16);
    char text[NAME_SIZE];
    bool cut;
    lti_begin(scene, &(lti_group){.id = column->id, .classes = "stage", .frame = at, .checks = LTI_HOLDS | LTI_PANEL});
    lti_add_box(
        scene,
        &(lti_box){
            .at = at, .radius = lti_scaled(map, 5), .fill = map->colours->panel, .stroke = map->colours->panel_line, .pen = 0.7});
    int lines = lti_wrap(column->name, size, true, at.width - 2 * pad, 1, text, sizeof text, &cut);
    if (cut) {
        size = lti_scaled(map, 9.4);
        lines = lti_wrap(column->name, size, true, at.width - 2 * pad, 2, text, sizeof text, &cut);
        if (lines > 1) base -= lti_scaled(map, 3.5);
    }
    for (char *line = text, *end; line; line = end, base += 1.15 * size) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        lti_add_text(scene, &(lti_text){.x = at.x + pad,
                                        .y = base,
                                        .size = size,
                                        .bold = true,
                                        .colour = map->colours->title,
                                        .text = line,
                                        .title = cut || lti_looks_cut(line) ? column->name : NULL});
    }
    lti_count_squares(scene, map, column->counts, at.x + at.width - pad, at.y + lti_scaled(map, 27), at.width - 2 * pad);
    lti_sort_worst_first(map, column->links, column->count);
    double top = lti_scaled(map, heading_height);
    draw_list(scene, map, column->links, column->count,
              (lti_rect){at.x + pad, at.y + top, at.width - 2 * pad, at.height - top - lti_scaled(map, 5)}, row);
    lti_end(scene);
}

void lti_overview_draw(lti_scene *scene, const lti_map *map, const lti_columns *columns, lti_rect area)
{
    double gap = lti_scaled(map, 11), count = (double)columns->count, pitch = (area.width + gap) / count;
    double height = lti_scaled(map, chevron_height), top = area.y + height + lti_scaled(map, 5), bottom = area.y + area.height;
    size_t most = 1, end;
    for (size_t c = 0; c < columns->count; c++)
        if (columns->columns[c].count > most) most = columns->columns[c].count;
    double room = bottom - top - lti_scaled(map, heading_height + 5), row = fmin(lti_scaled(map, row_height), room / (double)most);
    for (size_t c = 0; c < columns->count; c = end) {
        const lti_column *column = &columns->columns[c];
        for (end = c + 1;
             end < columns->count && columns->columns[end].stage == column->stage && columns->columns[end].over == column->over;)
            end++;
        bool last = end == columns->count;
        const char *over = column->over ? column->over : lt_message_pattern(map->lang, lti_stage_message(column->stage));
        lti_rect at = {area.x + pitch * (double)c, area.y, pitch * (double)(end - c) - (last ? gap : gap / 3), height};
        lti_chevron(scene, map, at, column->stage, over, c == 0, last);
    }
    for (size_t c = 0; c < columns->count; c++)
        draw_column(scene, map, &columns->columns[c], (lti_rect){area.x + pitch * (double)c, top, pitch - gap, bottom - top}, row);
}
