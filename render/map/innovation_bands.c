/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/innovation.h"
#include "map/measure.h"

/* Lengths of the A3 design. */
static const double group_height = 12, card_height = 31, row_gap = 4, least_width = 84, widest = 168, stack_gap = 9, group_gap = 15,
                    lane_step = 3.6, lane_margin = 6, gutter_step = 3.4, gutter_margin = 5, empty_height = 13;
enum { MOST_ROWS = 3 };

static double scaled(const lti_innovation *page, double length)
{
    return lti_scaled(page->map, length);
}

const lti_holder *lti_holder_at(const lti_innovation *page, size_t holder)
{
    return &page->research->holders[holder];
}

lti_side lti_side_of(const lti_holder *holder)
{
    return holder->local ? LTI_HERE : LTI_ELSEWHERE;
}

/* Whether a tie's link stands on the page as a tile. */
bool lti_tie_shown(const lti_innovation *page, const lti_tie *tie)
{
    return page->column_of[tie->link] != UINT32_MAX;
}

static bool belongs(const lti_innovation *page, size_t holder)
{
    if (page->first && lti_holder_at(page, holder)->whole_chain) return true;
    for (size_t i = 0; i < page->research->tie_count; i++)
        if (page->research->ties[i].holder == holder && lti_tie_shown(page, &page->research->ties[i])) return true;
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
            page->columns[c].lanes[lti_side_of(lti_holder_at(page, h))] += reaches(page, h, c);
    }
}

/* Mean place of the columns that a holder reaches; in the middle for one that is named for the whole chain alone. */
static double centre(const lti_innovation *page, size_t holder)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < page->research->tie_count; i++) {
        const lti_tie *tie = &page->research->ties[i];
        if (tie->holder != holder || !lti_tie_shown(page, tie)) continue;
        sum += page->column_of[tie->link];
        count++;
    }
    return count > 0 ? sum / count : (double)page->column_count;
}

static double group_centre(const lti_innovation *page, lti_side side, uint32_t group)
{
    double sum = 0, count = 0;
    for (size_t h = 0; h < page->research->holder_count; h++) {
        const lti_holder *holder = lti_holder_at(page, h);
        if (lti_side_of(holder) != side || holder->group != group || !belongs(page, h)) continue;
        sum += centre(page, h);
        count++;
    }
    return count > 0 ? sum / count : 0;
}

static bool stands_before(const lti_innovation *page, lti_side side, uint32_t a, uint32_t b)
{
    const lti_holder *first = lti_holder_at(page, a), *second = lti_holder_at(page, b);
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
        if (lti_side_of(lti_holder_at(page, h)) != side || !belongs(page, h)) continue;
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
        uint32_t group = lti_holder_at(page, page->order[i])->group;
        for (end = i; end < count && lti_holder_at(page, page->order[end])->group == group;) end++;
        d.stacks += (end - i + rows - 1) / rows;
        d.groups++;
    }
    return d;
}

static double stack_width(const lti_innovation *page, demand d)
{
    double room = page->area.width - scaled(page, LTI_BAND_LABEL);
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
    double x = page->area.x + scaled(page, LTI_BAND_LABEL);
    band->rows = rows;
    band->shown = count;
    band->height = scaled(page, group_height + card_height * (double)rows + row_gap * (double)(rows - 1));
    if (side == LTI_ELSEWHERE) band->top = page->area.y + page->area.height - band->height;
    for (size_t i = 0, end; i < count; i = end) {
        uint32_t group = lti_holder_at(page, page->order[i])->group;
        for (end = i; end < count && lti_holder_at(page, page->order[end])->group == group;) end++;
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
static bool set_lanes(lti_innovation *page, lti_side side)
{
    lti_band *band = &page->bands[side];
    span *spans = malloc((band->shown + 1) * sizeof *spans);
    size_t count = 0, lanes = 0;
    if (!spans) return false;
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
    return true;
}

bool lti_place_bands(lti_innovation *page)
{
    bool whole = true;
    memset(page->stands, 0, page->research->holder_count * sizeof *page->stands);
    for (int s = 0; s < LTI_SIDES; s++) {
        lti_band *band = &page->bands[s];
        size_t count = order_holders(page, (lti_side)s);
        *band = (lti_band){.top = page->area.y, .height = scaled(page, empty_height)};
        if (count > 0) stand_all(page, (lti_side)s, count);
        else if (s == LTI_ELSEWHERE) band->top = page->area.y + page->area.height - band->height;
        whole &= set_lanes(page, (lti_side)s);
    }
    double air = scaled(page, 3);
    page->top = page->bands[LTI_HERE].top + page->bands[LTI_HERE].height + page->bands[LTI_HERE].lanes_height + air;
    page->bottom = page->bands[LTI_ELSEWHERE].top - page->bands[LTI_ELSEWHERE].lanes_height - air;
    return whole;
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
                if (lti_side_of(lti_holder_at(page, h)) != (lti_side)s || !page->stands[h].drawn || !reaches(page, h, c)) continue;
                double own = depth(page, h, c, (lti_side)s), before = 0;
                for (size_t k = 0; k < page->research->holder_count; k++) { /* those that end earlier run nearer the panel */
                    if (k == h || lti_side_of(lti_holder_at(page, k)) != (lti_side)s || !page->stands[k].drawn ||
                        !reaches(page, k, c))
                        continue;
                    double other = depth(page, k, c, (lti_side)s);
                    before += other < own || (other == own && k < h);
                }
                double off = scaled(page, gutter_margin + gutter_step * before);
                page->gutter[h * page->column_count + c] =
                    s == LTI_HERE ? page->columns[c].left - off : page->columns[c].right + off;
            }
}
