/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/innovation.h"
#include "map/measure.h"

/* Lengths of the A3 design. */
static const double label_width = 80, group_height = 12, card_height = 31, row_gap = 4, least_width = 84, widest = 168,
                    stack_gap = 9, group_gap = 15, lane_step = 3.6, lane_margin = 6, gutter_step = 3.4, gutter_margin = 5,
                    empty_height = 13;
enum { MOST_ROWS = 3 };

static double scaled(const lti_innovation *page, double length)
{
    return lti_scaled(page->map, length);
}

static const lti_holder *holder_of(const lti_innovation *page, size_t holder)
{
    return &page->research->holders[holder];
}

static lti_side side_of(const lti_holder *holder)
{
    return holder->local ? LTI_HERE : LTI_ELSEWHERE;
}

/* Whether a tie's link stands on the page as a tile. */
static bool on_page(const lti_innovation *page, const lti_tie *tie)
{
    return page->column_of[tie->link] != UINT32_MAX;
}

static bool belongs(const lti_innovation *page, size_t holder)
{
    if (page->first && holder_of(page, holder)->whole_chain) return true;
    for (size_t i = 0; i < page->research->tie_count; i++)
        if (page->research->ties[i].holder == holder && on_page(page, &page->research->ties[i])) return true;
    return false;
}

static bool reaches(const lti_innovation *page, size_t holder, size_t column)
{
    for (size_t i = 0; i < page->research->tie_count; i++) {
        const lti_tie *tie = &page->research->ties[i];
        if (tie->holder == holder && page->column_of[tie->link] == column) return true;
    }
    return false;
}

void lti_count_gutters(lti_innovation *page)
{
    for (size_t c = 0; c < page->column_count; c++) {
        memset(page->columns[c].lanes, 0, sizeof page->columns[c].lanes);
        for (size_t h = 0; h < page->research->holder_count; h++)
            page->columns[c].lanes[side_of(holder_of(page, h))] += reaches(page, h, c);
    }
}

/* Mean place of the columns that a holder reaches; in the middle for one that is named for the whole chain alone. */
static double centre(const lti_innovation *page, size_t holder)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < page->research->tie_count; i++) {
        const lti_tie *tie = &page->research->ties[i];
        if (tie->holder != holder || !on_page(page, tie)) continue;
        sum += page->column_of[tie->link];
        count++;
    }
    return count > 0 ? sum / count : (double)page->column_count;
}

static double group_centre(const lti_innovation *page, lti_side side, uint32_t group)
{
    double sum = 0, count = 0;
    for (size_t h = 0; h < page->research->holder_count; h++) {
        const lti_holder *holder = holder_of(page, h);
        if (side_of(holder) != side || holder->group != group || !belongs(page, h)) continue;
        sum += centre(page, h);
        count++;
    }
    return count > 0 ? sum / count : 0;
}

static bool stands_before(const lti_innovation *page, lti_side side, uint32_t a, uint32_t b)
{
    const lti_holder *first = holder_of(page, a), *second = holder_of(page, b);
    if (first->group != second->group) {
        double x = group_centre(page, side, first->group), y = group_centre(page, side, second->group);
        return x != y ? x < y : first->group < second->group;
    }
    double x = centre(page, a), y = centre(page, b);
    return x != y ? x < y : a < b;
}

/* Holders of one side, groups together, each near the columns that it reaches. */
static size_t order_holders(lti_innovation *page, lti_side side)
{
    size_t count = 0;
    for (uint32_t h = 0; h < page->research->holder_count; h++) {
        if (side_of(holder_of(page, h)) != side || !belongs(page, h)) continue;
        size_t at = count++;
        for (; at > 0 && stands_before(page, side, h, page->order[at - 1]); at--) page->order[at] = page->order[at - 1];
        page->order[at] = h;
    }
    return count;
}

/** Stacks of cards side by side that a number of rows asks for. */
typedef struct {
    size_t stacks, groups;
} demand;

static demand demand_of(const lti_innovation *page, size_t count, size_t rows)
{
    demand d = {0};
    for (size_t i = 0, end; i < count; i = end) {
        uint32_t group = holder_of(page, page->order[i])->group;
        for (end = i; end < count && holder_of(page, page->order[end])->group == group;) end++;
        d.stacks += (end - i + rows - 1) / rows;
        d.groups++;
    }
    return d;
}

static double stack_width(const lti_innovation *page, demand d)
{
    double room = page->area.width - scaled(page, label_width);
    double gaps = scaled(page, stack_gap) * (double)(d.stacks - d.groups) + scaled(page, group_gap) * (double)(d.groups - 1);
    return (room - gaps) / (double)d.stacks;
}

static void stand(lti_innovation *page, lti_side side, uint32_t holder, double x, double width, size_t row)
{
    lti_band *band = &page->bands[side];
    double height = scaled(page, card_height), step = height + scaled(page, row_gap);
    bool here = side == LTI_HERE, next = row == 0;
    /* row 0 is next to the lanes; headings stand on the far side */
    double y = here ? band->top + band->height - height - (double)row * step : band->top + (double)row * step;
    lti_stand *s = &page->stands[holder];
    *s = (lti_stand){.drawn = true, .at = {x, y, width, height}};
    double edge = here ? y + height : y;
    s->turn = next ? x + width / 2 : x + width + scaled(page, 1 + 2.6 * (double)row);
    s->exit = next ? (lti_point){s->turn, edge} : (lti_point){x + width, y + height / 2};
}

static void stand_all(lti_innovation *page, lti_side side, size_t count)
{
    lti_band *band = &page->bands[side];
    size_t rows = 1;
    while (rows < MOST_ROWS && stack_width(page, demand_of(page, count, rows)) < scaled(page, least_width)) rows++;
    while (count > 1 && stack_width(page, demand_of(page, count, rows)) < scaled(page, least_width * 0.7)) {
        count--;
        band->left_out++;
    }
    double width = fmin(stack_width(page, demand_of(page, count, rows)), scaled(page, widest));
    double x = page->area.x + scaled(page, label_width);
    band->rows = rows;
    band->shown = count;
    band->height = scaled(page, group_height + card_height * (double)rows + row_gap * (double)(rows - 1));
    if (side == LTI_ELSEWHERE) band->top = page->area.y + page->area.height - band->height;
    for (size_t i = 0, end; i < count; i = end) {
        uint32_t group = holder_of(page, page->order[i])->group;
        for (end = i; end < count && holder_of(page, page->order[end])->group == group;) end++;
        for (size_t k = i; k < end; k++) {
            if (k > i && (k - i) % rows == 0) x += width + scaled(page, stack_gap);
            stand(page, side, page->order[k], x, width, (k - i) % rows);
        }
        x += width + scaled(page, group_gap);
    }
}

static double column_x(const lti_innovation *page, size_t column, lti_side side)
{
    return side == LTI_HERE ? page->columns[column].left : page->columns[column].right;
}

/** What a holder's lane covers. */
typedef struct {
    uint32_t holder;
    double low, high;
    size_t lane;
} span;

static span span_of(const lti_innovation *page, uint32_t holder, lti_side side)
{
    double turn = page->stands[holder].turn;
    span s = {.holder = holder, .low = turn, .high = turn};
    for (size_t c = 0; c < page->column_count; c++) {
        if (!reaches(page, holder, c)) continue;
        s.low = fmin(s.low, column_x(page, c, side) - scaled(page, 20));
        s.high = fmax(s.high, column_x(page, c, side) + scaled(page, 20));
    }
    return s;
}

static size_t free_lane(const span *spans, size_t count, const span *s)
{
    for (size_t lane = 0;; lane++) {
        bool taken = false;
        for (size_t k = 0; k < count && !taken; k++)
            taken = spans[k].lane == lane && spans[k].low < s->high && s->low < spans[k].high;
        if (!taken) return lane;
    }
}

/* Lanes along a band: short ones next to the cards, none upon another. */
static void set_lanes(lti_innovation *page, lti_side side)
{
    lti_band *band = &page->bands[side];
    span *spans = malloc((band->shown + 1) * sizeof *spans);
    size_t count = 0, lanes = 0;
    if (!spans) return; /* the lanes then lie upon one another */
    for (size_t i = 0; i < band->shown; i++) {
        span s = span_of(page, page->order[i], side);
        size_t at = count++;
        for (; at > 0 && spans[at - 1].high - spans[at - 1].low > s.high - s.low; at--) spans[at] = spans[at - 1];
        spans[at] = s;
    }
    for (size_t i = 0; i < count; i++) {
        spans[i].lane = free_lane(spans, i, &spans[i]);
        if (spans[i].lane + 1 > lanes) lanes = spans[i].lane + 1;
    }
    band->lanes_height = count > 0 ? scaled(page, 2 * lane_margin + lane_step * (double)(lanes > 0 ? lanes - 1 : 0)) : 0;
    band->lanes_top = side == LTI_HERE ? band->top + band->height : band->top - band->lanes_height;
    for (size_t i = 0; i < count; i++) {
        double off = scaled(page, lane_margin + lane_step * (double)spans[i].lane);
        page->stands[spans[i].holder].lane = side == LTI_HERE ? band->lanes_top + off : band->top - off;
    }
    free(spans);
}

void lti_place_bands(lti_innovation *page)
{
    memset(page->stands, 0, page->research->holder_count * sizeof *page->stands);
    for (int s = 0; s < LTI_SIDES; s++) {
        lti_band *band = &page->bands[s];
        size_t count = order_holders(page, (lti_side)s);
        *band = (lti_band){.top = page->area.y, .height = scaled(page, empty_height)};
        if (count > 0) stand_all(page, (lti_side)s, count);
        else if (s == LTI_ELSEWHERE) band->top = page->area.y + page->area.height - band->height;
        set_lanes(page, (lti_side)s);
    }
    double air = scaled(page, 3);
    page->top = page->bands[LTI_HERE].top + page->bands[LTI_HERE].height + page->bands[LTI_HERE].lanes_height + air;
    page->bottom = page->bands[LTI_ELSEWHERE].top - page->bands[LTI_ELSEWHERE].lanes_height - air;
}

/* How deep into a column a holder's lane runs: to its furthest link, seen from the band. */
static double depth(const lti_innovation *page, size_t holder, size_t column, lti_side side)
{
    double deepest = -1e9;
    for (size_t i = 0; i < page->research->tie_count; i++) {
        const lti_tie *tie = &page->research->ties[i];
        if (tie->holder != holder || page->column_of[tie->link] != column) continue;
        double y = page->tile_of[tie->link].y;
        deepest = fmax(deepest, side == LTI_HERE ? y : -y);
    }
    return deepest;
}

void lti_place_gutters(lti_innovation *page)
{
    for (size_t c = 0; c < page->column_count; c++)
        for (int s = 0; s < LTI_SIDES; s++)
            for (size_t h = 0; h < page->research->holder_count; h++) {
                if (side_of(holder_of(page, h)) != (lti_side)s || !page->stands[h].drawn || !reaches(page, h, c)) continue;
                double own = depth(page, h, c, (lti_side)s), before = 0;
                for (size_t k = 0; k < page->research->holder_count; k++) { /* those that end earlier run nearer the panel */
                    if (k == h || side_of(holder_of(page, k)) != (lti_side)s || !page->stands[k].drawn || !reaches(page, k, c))
                        continue;
                    double other = depth(page, k, c, (lti_side)s);
                    before += other < own || (other == own && k < h);
                }
                double off = scaled(page, gutter_margin + gutter_step * before);
                page->gutter[h * page->column_count + c] =
                    s == LTI_HERE ? page->columns[c].left - off : page->columns[c].right + off;
            }
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
    lti_side side = side_of(holder_of(page, tie->holder));
    size_t column = page->column_of[tie->link], before = 0, all = 0;
    double own = page->gutter[tie->holder * page->column_count + column];
    for (size_t i = 0; i < page->research->tie_count; i++) {
        const lti_tie *other = &page->research->ties[i];
        if (other->link != tie->link || side_of(holder_of(page, other->holder)) != side || !page->stands[other->holder].drawn)
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
    bool here = holder_of(page, tie->holder)->local;
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
    const lti_holder *holder = holder_of(page, tie->holder);
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
                if (!on_page(page, &r->ties[k])) continue;
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
    const lti_holder *holder = holder_of(page, h);
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
        const lti_holder *holder = holder_of(page, h);
        if (side_of(holder) != side || !page->stands[h].drawn) continue;
        lti_rect all = page->stands[h].at;
        bool first = true;
        for (uint32_t k = 0; k < page->research->holder_count; k++) {
            const lti_holder *other = holder_of(page, k);
            if (side_of(other) != side || other->group != holder->group || !page->stands[k].drawn) continue;
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
    double size = scaled(page, 10.6), width = scaled(page, label_width - 4),
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
            if (page->stands[h].drawn && side_of(holder_of(page, h)) == (lti_side)s) draw_holder(scene, page, h);
        lti_end(scene);
    }
}
