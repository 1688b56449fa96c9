/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The innovation map: segments as columns of links, above them who does research here, below who could be engaged elsewhere, and
   the research gaps most worth closing. Where a column has no room for all its links, those that nobody works on and that are
   neither choke points nor priorities become cells; where that is not enough either, the map takes several pages. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/card.h"
#include "map/chain_page.h"
#include "map/innovation.h"
#include "map/measure.h"

/* Lengths of the A3 design. */
static const double panel_pad = 5.5, heading_size = 10.6, squares_height = 15, least_gap = 3, widest_gap = 22, cell_pitch = 13,
                    cell_side = 11.5, rest_height = 11, least_tile = 74, gap_row = 30;
enum { NAMES = 700, KEYS = 12, ROW = 6 };

/** What a column shows of its links, from most to least. */
enum { SHOW_ALL, SHOW_WORDS, SHOW_NAMES, SHOW_LINES, SHOW_WANTED, SHOW_TIED, SHOWS };

/** A map being drawn over its pages. */
typedef struct {
    const lti_map *map;
    lti_research research;
    lti_columns segments;
    lti_strip_column *columns; /* of all pages */
    size_t column_count;
    lti_innovation *pages;
    size_t page_count;
    lti_tile *tiles; /* in the order of the columns' links */
    uint32_t *rest;
    uint32_t gaps[ROW];
    size_t gap_count;
    double foot; /* upper edge of the gap row */
} sheet;

static const lti_look *look_of(const lti_map *map, uint8_t support)
{
    static const lt_status alike[LTI_SUPPORTS] = {LT_STATUS_STRONG, LT_STATUS_PIPELINE, LT_STATUS_MISSING, LT_STATUS_UNKNOWN};
    return lti_look_of(map->options->style, alike[support]);
}

static const char *badge_of(const lti_map *map, uint8_t support)
{
    static const lt_message badges[LTI_SUPPORTS] = {LT_MSG_INNOVATION_BADGE_LOCAL, LT_MSG_INNOVATION_BADGE_OUTSIDE,
                                                    LT_MSG_INNOVATION_BADGE_NONE, LT_MSG_INNOVATION_BADGE_UNSURVEYED};
    return lt_message_pattern(map->lang, badges[support]);
}

static const char *name_of(const lti_map *map, uint8_t support)
{
    static const lt_message names[LTI_SUPPORTS] = {LT_MSG_INNOVATION_LOCAL, LT_MSG_INNOVATION_OUTSIDE, LT_MSG_INNOVATION_NONE,
                                                   LT_MSG_INNOVATION_UNSURVEYED};
    return lt_message_pattern(map->lang, names[support]);
}

/* Attributes and classes say the same in every language. */
static const char *const words[LTI_SUPPORTS] = {"local", "outside", "none", "unsurveyed"};

/* Names of those here, or of those elsewhere, that a link has. */
static void list_names(const sheet *s, uint32_t link, bool local, char *names, size_t size)
{
    names[0] = '\0';
    for (size_t i = 0; i < s->research.tie_count; i++) {
        const lti_tie *tie = &s->research.ties[i];
        const lti_holder *holder = &s->research.holders[tie->holder];
        size_t used = strlen(names);
        if (tie->link != link || holder->local != local) continue;
        snprintf(names + used, size - used, "%s%s", used ? lt_message_pattern(s->map->lang, LT_MSG_MAP_NAME_SEPARATOR) : "",
                 lt_node_name(s->map->ds, holder->node));
    }
}

static const char *words_of(lti_scene *scene, const sheet *s, uint32_t link)
{
    char names[NAMES];
    uint8_t support = s->research.support[link];
    if (support == LTI_SUPPORT_NONE) return lt_message_pattern(s->map->lang, LT_MSG_INNOVATION_NOBODY);
    if (support == LTI_SUPPORT_UNSURVEYED) return lt_message_pattern(s->map->lang, LT_MSG_INNOVATION_NOT_KNOWN);
    list_names(s, link, support == LTI_SUPPORT_LOCAL, names, sizeof names);
    if (support == LTI_SUPPORT_OUTSIDE) return lti_say(scene, s->map, LT_MSG_INNOVATION_ENGAGE, names, NULL, NULL);
    const char *kept = lti_scene_keep(scene, names);
    return kept ? kept : "";
}

static const char *title_of(lti_scene *scene, const sheet *s, uint32_t link)
{
    const lti_map *map = s->map;
    const lt_link *l = &lt_links(map->ds)[link];
    char here[NAMES], elsewhere[NAMES], text[4 * NAMES];
    uint8_t support = s->research.support[link];
    list_names(s, link, true, here, sizeof here);
    list_names(s, link, false, elsewhere, sizeof elsewhere);
    snprintf(text, sizeof text, "%.900s · %s%s%s%s%s", lt_dataset_string(map->ds, l->head.name), name_of(map, support),
             l->choke ? " · " : "", l->choke ? lt_message_pattern(map->lang, LT_MSG_FLAG_CHOKE_NAME) : "", l->priority ? " · " : "",
             l->priority ? lt_message_pattern(map->lang, LT_MSG_FLAG_PRIORITY_NAME) : "");
    if (here[0]) snprintf(text + strlen(text), sizeof text - strlen(text), " · %s", here);
    if (elsewhere[0])
        snprintf(text + strlen(text), sizeof text - strlen(text), " · %s",
                 lti_say(scene, map, LT_MSG_INNOVATION_ENGAGE, elsewhere, NULL, NULL));
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

static lti_tile tile_of(lti_scene *scene, const sheet *s, uint32_t link)
{
    const lti_map *map = s->map;
    uint8_t support = s->research.support[link];
    const lt_link *l = &lt_links(map->ds)[link];
    char classes[64];
    snprintf(classes, sizeof classes, "link re-%s", words[support]);
    lti_tile tile = {.link = link,
                     .look = look_of(map, support),
                     .badge = badge_of(map, support),
                     .words = support <= LTI_SUPPORT_OUTSIDE ? words_of(scene, s, link) : NULL,
                     .classes = lti_scene_keep(scene, classes),
                     .title = title_of(scene, s, link),
                     .flag = l->choke      ? LTI_FLAG_CHOKE
                             : l->priority ? LTI_FLAG_PRIORITY
                                           : LTI_FLAG_NONE};
    tile.attributes[tile.attribute_count++] = (lti_attribute){"link", lt_dataset_string(map->ds, l->head.id)};
    tile.attributes[tile.attribute_count++] = (lti_attribute){"research", words[support]};
    if (l->choke) tile.attributes[tile.attribute_count++] = (lti_attribute){"choke", "1"};
    if (l->priority) tile.attributes[tile.attribute_count++] = (lti_attribute){"priority", "1"};
    return tile;
}

static bool stands_out(const sheet *s, uint32_t link, int show)
{
    const lt_link *l = &lt_links(s->map->ds)[link];
    if (show < SHOW_WANTED || s->research.support[link] <= LTI_SUPPORT_OUTSIDE || l->choke) return true;
    return show == SHOW_WANTED && l->priority;
}

static size_t cells_across(const sheet *s, double width)
{
    size_t count = (size_t)((width + lti_scaled(s->map, cell_pitch - cell_side)) / lti_scaled(s->map, cell_pitch));
    return count ? count : 1;
}

/* Fills a column's tiles and cells. @return the height that they take at the least gap. */
static double fill_column(lti_scene *scene, const sheet *s, lti_strip_column *c, int show)
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
        *tile = tile_of(scene, s, c->links[i]);
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

/* Columns share the width that the gutters leave. @return whether each is wide enough for a name. */
static bool set_widths(const sheet *s, lti_innovation *p)
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

static void set_head(lti_scene *scene, const sheet *s, lti_innovation *p)
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
static void place_tiles(const sheet *s, lti_innovation *p, double top)
{
    double end = p->bottom - lti_scaled(s->map, panel_pad);
    for (size_t c = 0; c < p->column_count; c++) {
        lti_strip_column *column = &p->columns[c];
        double y = top, below = 0;
        for (size_t i = 0; i < column->tile_count; i++)
            if (s->research.support[column->tiles[i].link] == LTI_SUPPORT_OUTSIDE) below += column->tiles[i].height + column->gap;
        for (size_t i = 0; i < column->tile_count; i++) {
            bool outside = s->research.support[column->tiles[i].link] == LTI_SUPPORT_OUTSIDE;
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
static bool lay_out(lti_scene *scene, const sheet *s, lti_innovation *p)
{
    for (size_t i = 0; i < lt_count(s->map->ds, LT_LINK); i++) p->column_of[i] = UINT32_MAX;
    for (uint32_t c = 0; c < p->column_count; c++)
        for (size_t i = 0; i < p->columns[c].count; i++) p->column_of[p->columns[c].links[i]] = c;
    if (!set_widths(s, p)) return false;
    lti_place_bands(p);
    set_head(scene, s, p);
    double top = p->top + p->head + lti_scaled(s->map, squares_height + 3), room = p->bottom - lti_scaled(s->map, 3) - top;
    for (size_t c = 0; c < p->column_count; c++) {
        lti_strip_column *column = &p->columns[c];
        double need = INFINITY;
        for (int show = SHOW_ALL; show < SHOWS && need > room; show++) need = fill_column(scene, s, column, show);
        if (need > room) return false;
        double spare = column->rest_count > 0 ? 0 : room - need;
        column->gap = lti_scaled(s->map, least_gap) + spare / (double)(column->tile_count ? column->tile_count : 1);
        column->gap = fmin(column->gap, lti_scaled(s->map, widest_gap));
    }
    place_tiles(s, p, top);
    lti_place_gutters(p);
    return true;
}

static void draw_head(lti_scene *scene, const sheet *s, const lti_innovation *p, const lti_strip_column *c)
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
static void draw_squares(lti_scene *scene, const sheet *s, const lti_innovation *p, const lti_strip_column *c)
{
    static const uint8_t order[LTI_SUPPORTS] = {LTI_SUPPORT_LOCAL, LTI_SUPPORT_OUTSIDE, LTI_SUPPORT_UNSURVEYED, LTI_SUPPORT_NONE};
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
    for (size_t k = LTI_SUPPORTS; k-- > 0 && step > lti_scaled(map, 1.2);) {
        const lti_look *look = look_of(map, order[k]);
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
static void draw_rest(lti_scene *scene, const sheet *s, const lti_innovation *p, const lti_strip_column *c)
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
        lti_tile tile = tile_of(scene, s, c->rest[i]);
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

static void draw_panel(lti_scene *scene, const sheet *s, const lti_innovation *p, const lti_strip_column *c)
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

static void draw_gap_row(lti_scene *scene, const sheet *s)
{
    const lti_map *map = s->map;
    const char *reasons[ROW], *badges[ROW];
    const lti_look *looks[ROW];
    for (size_t i = 0; i < s->gap_count; i++) {
        const lt_link *l = &lt_links(map->ds)[s->gaps[i]];
        const char *flag = l->choke      ? lt_message_pattern(map->lang, LT_MSG_FLAG_CHOKE_NAME)
                           : l->priority ? lt_message_pattern(map->lang, LT_MSG_FLAG_PRIORITY_NAME)
                                         : NULL;
        const char *said = words_of(scene, s, s->gaps[i]);
        char text[2 * NAMES];
        snprintf(text, sizeof text, "%s%s%s", flag ? flag : "", flag ? " · " : "", said);
        reasons[i] = lti_scene_keep(scene, text);
        if (!reasons[i]) reasons[i] = "";
        looks[i] = look_of(map, s->research.support[s->gaps[i]]);
        badges[i] = badge_of(map, s->research.support[s->gaps[i]]);
    }
    double margin = map->sheet->margin;
    lti_draw_gap_row(scene, map,
                     &(lti_gap_row){.id = "priority",
                                    .head = lt_message_pattern(map->lang, LT_MSG_INNOVATION_GAPS),
                                    .basis = lt_message_pattern(map->lang, LT_MSG_INNOVATION_GAPS_BASIS),
                                    .none = lt_message_pattern(map->lang, LT_MSG_INNOVATION_NO_GAPS),
                                    .links = s->gaps,
                                    .reasons = reasons,
                                    .looks = looks,
                                    .badges = badges,
                                    .count = s->gap_count},
                     (lti_rect){margin, s->foot, map->sheet->width - 2 * margin, lti_scaled(map, gap_row)});
}

static const char *shares_of(lti_scene *scene, const sheet *s)
{
    size_t choke = 0, choke_here = 0, priority = 0, priority_here = 0;
    char text[NAMES];
    for (size_t i = 0; i < s->research.link_count; i++) {
        const lt_link *l = &lt_links(s->map->ds)[s->research.links[i]];
        bool here = s->research.support[s->research.links[i]] == LTI_SUPPORT_LOCAL;
        choke += l->choke;
        choke_here += l->choke && here;
        priority += l->priority;
        priority_here += l->priority && here;
    }
    text[0] = '\0';
    if (choke > 0)
        snprintf(
            text, sizeof text, "%s%s",
            lti_say(scene, s->map, LT_MSG_INNOVATION_SHARE_CHOKE, lti_number(scene, choke_here), lti_number(scene, choke), NULL),
            priority > 0 ? " · " : "");
    if (priority > 0)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
                 lti_say(scene, s->map, LT_MSG_INNOVATION_SHARE_PRIORITY, lti_number(scene, priority_here),
                         lti_number(scene, priority), NULL));
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

static void draw_header(lti_scene *scene, const sheet *s)
{
    static const uint8_t order[LTI_SUPPORTS] = {LTI_SUPPORT_NONE, LTI_SUPPORT_UNSURVEYED, LTI_SUPPORT_OUTSIDE, LTI_SUPPORT_LOCAL};
    const lti_map *map = s->map;
    lti_count counts[LTI_SUPPORTS];
    for (int i = 0; i < LTI_SUPPORTS; i++) {
        char classes[64];
        snprintf(classes, sizeof classes, "lg re-%s", words[order[i]]);
        counts[i] = (lti_count){look_of(map, order[i]), badge_of(map, order[i]), name_of(map, order[i]),
                                lti_scene_keep(scene, classes), s->research.counts[order[i]]};
    }
    const char *chain = lt_node_name(map->ds, map->options->chain),
               *title = lti_say(scene, map, LT_MSG_INNOVATION_TITLE, chain, NULL, NULL);
    if (map->options->segment && s->column_count > 0)
        title = lti_say(scene, map, LT_MSG_INNOVATION_TITLE_SEGMENT, chain, s->columns[0].name, NULL);
    const char *rest =
        lti_say(scene, map, LT_MSG_INNOVATION_COUNTS, lti_number(scene, s->research.link_count),
                lti_number(scene, s->research.local_count), lti_number(scene, s->research.holder_count - s->research.local_count));
    lti_page_heading(scene, map, &(lti_heading){title, lti_subtitle(scene, map, rest), shares_of(scene, s), counts, LTI_SUPPORTS});
}

/* Explanations under the map. @return upper edge of the foot. */
static double draw_foot(lti_scene *scene, const lti_map *map, size_t page, size_t pages)
{
    lti_key keys[KEYS];
    size_t count = 0;
    keys[count++] = (lti_key){.has_line = true,
                              .line = lti_tie_line(map, true, false),
                              .text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_LOCAL)};
    keys[count++] = (lti_key){.has_line = true,
                              .line = lti_tie_line(map, false, false),
                              .text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_OUTSIDE)};
    keys[count++] = (lti_key){.has_line = true,
                              .line = lti_tie_line(map, false, true),
                              .text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_NAMED)};
    keys[count++] = (lti_key){.flag = LTI_FLAG_CHOKE, .text = lt_message_pattern(map->lang, LT_MSG_FLAG_CHOKE_NAME)};
    keys[count++] = (lti_key){.flag = LTI_FLAG_PRIORITY, .text = lt_message_pattern(map->lang, LT_MSG_FLAG_PRIORITY_NAME)};
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_WEIGHT)};
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_RANK)};
    return lti_page_foot_of(scene, map, &(lti_foot){keys, count, LT_MSG_INNOVATION_DEFINITIONS, page, pages});
}

static void draw_page(lti_scene *scene, const sheet *s, const lti_innovation *p)
{
    draw_gap_row(scene, s);
    for (size_t c = 0; c < p->column_count; c++) draw_panel(scene, s, p, &p->columns[c]);
    lti_draw_ties(scene, p);
    lti_draw_bands(scene, p);
    for (size_t c = 0; c < p->column_count; c++) {
        const lti_strip_column *column = &p->columns[c];
        for (size_t i = 0; i < column->tile_count; i++) {
            const lti_rect *at = &p->tile_of[column->tiles[i].link];
            lti_tile_draw(scene, s->map, &column->tiles[i], at->x, at->y);
            for (size_t k = 0; k < s->gap_count; k++)
                if (s->gaps[k] == column->tiles[i].link) lti_card_rank(scene, s->map, *at, k + 1);
        }
        if (column->rest_count > 0) draw_rest(scene, s, p, column);
    }
}

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static void free_pages(sheet *s)
{
    for (size_t i = 0; s->pages && i < s->page_count; i++) {
        free(s->pages[i].column_of);
        free(s->pages[i].tile_of);
        free(s->pages[i].stands);
        free(s->pages[i].gutter);
        free(s->pages[i].order);
    }
    free(s->pages);
    free(s->columns);
    s->pages = NULL;
    s->columns = NULL;
    s->page_count = s->column_count = 0;
}

/* Columns of at most `capacity` links; the links of a segment lie together in s->segments. */
static bool cut_columns(sheet *s, size_t capacity)
{
    size_t count = 0, done = 0;
    for (size_t i = 0; i < s->segments.count; i++) count += (s->segments.columns[i].count + capacity - 1) / capacity;
    s->columns = calloc(count + 1, sizeof *s->columns);
    if (!s->columns) return false;
    for (size_t i = 0; i < s->segments.count; i++) {
        const lti_column *from = &s->segments.columns[i];
        size_t parts = (from->count + capacity - 1) / capacity;
        for (size_t k = 0; k < parts; k++) {
            lti_strip_column *c = &s->columns[s->column_count++];
            size_t first = from->count * k / parts, end = from->count * (k + 1) / parts;
            *c = (lti_strip_column){.id = from->id,
                                    .name = from->name,
                                    .stage = from->stage,
                                    .links = from->links + first,
                                    .count = end - first,
                                    .part = k + 1,
                                    .parts = parts};
            c->tiles = s->tiles + done;
            c->rest = s->rest + done;
            done += c->count;
        }
    }
    return true;
}

static bool cut_pages(sheet *s, size_t most, lti_rect area)
{
    size_t links = lt_count(s->map->ds, LT_LINK) + 1, holders = s->research.holder_count + 1,
           count = (s->column_count + most - 1) / most;
    s->pages = calloc(count + 1, sizeof *s->pages);
    if (!s->pages) return false;
    for (; s->page_count < count;) {
        lti_innovation *p = &s->pages[s->page_count];
        size_t first = s->column_count * s->page_count / count, end = s->column_count * (s->page_count + 1) / count;
        *p = (lti_innovation){.map = s->map,
                              .research = &s->research,
                              .first = s->page_count == 0,
                              .columns = s->columns + first,
                              .column_count = end - first,
                              .area = area};
        s->page_count++;
        p->column_of = malloc(links * sizeof *p->column_of);
        p->tile_of = calloc(links, sizeof *p->tile_of);
        p->stands = calloc(holders, sizeof *p->stands);
        p->gutter = calloc(holders * (end - first) + 1, sizeof *p->gutter);
        p->order = malloc(holders * sizeof *p->order);
        if (!p->column_of || !p->tile_of || !p->stands || !p->gutter || !p->order) return false;
    }
    return true;
}

/* The fewest pages on which all has room: a segment a column, then ever shorter columns. */
static lt_code choose_pages(sheet *s, lti_scene *scene, lti_rect area, lt_error *error)
{
    static const size_t capacities[] = {SIZE_MAX / 2, 28, 20, 14, 10, 7, 4, 2, 1}, mosts[] = {12, 8, 5, 3, 1};
    bool large = s->map->options->size > 0 && s->research.link_count > s->map->options->size;
    for (size_t k = 0; k < sizeof capacities / sizeof *capacities; k++)
        for (size_t m = large ? sizeof mosts / sizeof *mosts - 1 : 0; m < sizeof mosts / sizeof *mosts; m++) {
            free_pages(s);
            if (!cut_columns(s, capacities[k]) || !cut_pages(s, mosts[m], area)) return out_of_memory(error);
            bool fits = true;
            for (size_t p = 0; p < s->page_count && fits; p++) fits = lay_out(scene, s, &s->pages[p]);
            if (fits) return LT_OK;
        }
    return LT_OK; /* one link a page: as good as it gets, and the lint judges */
}

static int nearness(uint8_t support)
{
    static const int places[LTI_SUPPORTS] = {0, 3, 1, 2};
    return places[support];
}

/* From those that somebody here works on to those for whom only others can be engaged; what matters most first. */
static void sort_links(const sheet *s, lti_column *column)
{
    for (size_t i = 1; i < column->count; i++)
        for (size_t k = i; k > 0; k--) {
            uint32_t *a = &column->links[k - 1], *b = &column->links[k], other = *a;
            int first = nearness(s->research.support[*a]), second = nearness(s->research.support[*b]);
            if (first < second || (first == second && !lti_research_precedes(s->map, &s->research, *b, *a))) break;
            *a = *b;
            *b = other;
        }
}

/* Drops junctions and what other segments hold. */
static void keep_wanted(sheet *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->segments.count; i++) {
        lti_column *column = &s->segments.columns[i];
        size_t count = 0;
        for (size_t k = 0; k < column->count; k++)
            for (size_t r = 0; r < s->research.link_count; r++)
                if (s->research.links[r] == column->links[k]) column->links[count++] = column->links[k];
        column->count = count;
        lti_column moved = *column;
        if (count == 0) free(moved.links);
        else s->segments.columns[kept++] = moved;
    }
    s->segments.count = kept;
    for (size_t i = 0; i < kept; i++) sort_links(s, &s->segments.columns[i]);
}

static lt_code prepare(sheet *s, lti_scene *scene, lt_error *error)
{
    lt_code code = lti_research_collect(s->map, &s->research, error);
    if (code == LT_OK) code = lti_chain_columns(scene, s->map, &s->segments, error);
    if (code != LT_OK) return code;
    keep_wanted(s);
    s->tiles = calloc(s->research.link_count + 1, sizeof *s->tiles);
    s->rest = malloc((s->research.link_count + 1) * sizeof *s->rest);
    if (!s->tiles || !s->rest) return out_of_memory(error);
    s->gap_count = lti_research_gaps(s->map, &s->research, s->gaps, ROW);
    if (s->research.link_count > 0) return LT_OK;
    if (error) *error = (lt_error){.code = LT_E_ARGUMENT, .message = LT_MSG_MAP_NO_LINKS};
    return LT_E_ARGUMENT;
}

static lt_code draw_all(sheet *s, lti_pages *pages, lt_error *error)
{
    for (size_t i = 0; i < s->page_count; i++) {
        lti_scene *scene = i == 0 ? &pages->scenes[0] : lti_pages_add(pages, s->map);
        if (!scene) return out_of_memory(error);
        draw_header(scene, s);
        draw_foot(scene, s->map, i + 1, s->page_count);
        draw_page(scene, s, &s->pages[i]);
    }
    return LT_OK;
}

lt_code lti_draw_innovation(const lti_map *map, lti_pages *pages, lt_error *error)
{
    sheet s = {.map = map};
    lti_scene *scene = lti_pages_add(pages, map);
    if (!scene) return out_of_memory(error);
    lt_code code = prepare(&s, scene, error);
    if (code == LT_OK) {
        lti_scene trial; /* only for the height that the foot takes */
        lti_scene_init(&trial, scene->width, scene->height);
        double foot = draw_foot(&trial, map, 1, 1), margin = map->sheet->margin, top = map->sheet->body_top;
        lti_scene_done(&trial);
        s.foot = foot - lti_scaled(map, 8 + gap_row);
        code =
            choose_pages(&s, scene, (lti_rect){margin, top, scene->width - 2 * margin, s.foot - lti_scaled(map, 7) - top}, error);
    }
    if (code == LT_OK) code = draw_all(&s, pages, error);
    free_pages(&s);
    lti_columns_done(&s.segments);
    lti_research_done(&s.research);
    free(s.tiles);
    free(s.rest);
    return code;
}
