/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of one segment: in the middle its links, at the left what feeds them from other segments, at the right what they feed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/chain_page.h"

/** Links that a page of each size holds: in the middle, in one column of it, and in a column at its side. */
static const struct {
    size_t links, column, side;
} rooms[LT_PAGE_SIZES] = {[LT_PAGE_A3] = {48, 12, 20}, [LT_PAGE_A4] = {36, 10, 16}, [LT_PAGE_SLIDE] = {18, 7, 10}};

enum { ROLE_NONE, ROLE_OWN, ROLE_FEEDS, ROLE_FED };

/** A page of a segment under way. */
typedef struct {
    const lti_map *map;
    const uint32_t *own; /* links of the page */
    size_t own_count;
    uint8_t *role;   /* by link */
    uint32_t *level; /* by link: steps from what feeds it within the page */
} part;

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

size_t lti_segment_pages(const lti_map *map, const lt_segment *segment)
{
    size_t room = rooms[map->options->page_size].links;
    return (lti_segment_size(map, segment) + room - 1) / room;
}

static void set_roles(part *p)
{
    const lti_map *map = p->map;
    for (size_t i = 0; i < p->own_count; i++) p->role[p->own[i]] = ROLE_OWN;
    for (size_t i = 0; i < lt_count(map->ds, LT_SUPPLY); i++) {
        uint32_t from = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.from);
        uint32_t to = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.to);
        if (!map->shown[from] || !map->shown[to]) continue;
        if (p->role[to] == ROLE_OWN && p->role[from] != ROLE_OWN) p->role[from] = ROLE_FEEDS;
        if (p->role[from] == ROLE_OWN && p->role[to] == ROLE_NONE) p->role[to] = ROLE_FED;
    }
    for (size_t round = 0; round < p->own_count; round++) {
        bool changed = false;
        for (size_t i = 0; i < lt_count(map->ds, LT_SUPPLY); i++) {
            uint32_t from = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.from);
            uint32_t to = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.to);
            if (p->role[from] != ROLE_OWN || p->role[to] != ROLE_OWN || p->level[to] > p->level[from]) continue;
            if (p->level[from] + 1 >= p->own_count) continue; /* a cycle */
            p->level[to] = p->level[from] + 1;
            changed = true;
        }
        if (!changed) break;
    }
}

static void count_statuses(const lti_map *map, lti_column *column)
{
    memset(column->counts, 0, sizeof column->counts);
    for (size_t i = 0; i < column->count; i++)
        if (!lt_links(map->ds)[column->links[i]].abstract) column->counts[map->gaps->status[column->links[i]]]++;
}

/* Links of the page by level and then id, cut into columns of about the same length. */
static lt_code add_own(lti_scene *scene, const part *p, const lt_segment *segment, lti_columns *out, lt_error *error)
{
    size_t room = rooms[p->map->options->page_size].column, columns = (p->own_count + room - 1) / room, done = 0;
    uint32_t *sorted = malloc((p->own_count + 1) * sizeof *sorted);
    if (!sorted) return out_of_memory(error);
    for (uint32_t level = 0; done < p->own_count; level++)
        for (size_t i = 0; i < p->own_count; i++)
            if (p->level[p->own[i]] == level) sorted[done++] = p->own[i];
    const char *name =
        segment ? lt_dataset_string(p->map->ds, segment->name) : lt_message_pattern(p->map->lang, LT_MSG_MAP_NO_SEGMENT);
    for (size_t c = 0, first = 0; c < columns; c++) {
        lti_column *column = &out->columns[out->count];
        size_t end = p->own_count * (c + 1) / columns;
        *column = (lti_column){.name = name, .stage = segment ? (lt_stage)segment->stage : LT_STAGE_UNSET, .count = end - first};
        char id[224];
        if (!segment) column->over = lt_message_pattern(p->map->lang, LT_MSG_MAP_SHARED);
        snprintf(id, sizeof id, "stage-%s-%zu", segment ? lt_dataset_string(p->map->ds, segment->id) : "shared", c + 1);
        column->id = lti_scene_keep(scene, id);
        column->links = malloc((end - first + 1) * sizeof *column->links);
        if (!column->links) {
            free(sorted);
            return out_of_memory(error);
        }
        memcpy(column->links, sorted + first, (end - first) * sizeof *sorted);
        count_statuses(p->map, column);
        out->count++;
        first = end;
    }
    free(sorted);
    return LT_OK;
}

/* What stands beside, worst first where there is no room for all; the heading says how many are left out. */
static lt_code add_side(lti_scene *scene, const part *p, uint8_t role, lti_columns *out, lt_error *error)
{
    const lti_map *map = p->map;
    size_t room = rooms[map->options->page_size].side, all = 0, taken = 0;
    for (size_t i = 0; i < map->link_count; i++) all += p->role[map->links[i]] == role;
    if (all == 0) return LT_OK;
    bool *take = calloc(lt_count(map->ds, LT_LINK) + 1, sizeof *take);
    lti_column *column = &out->columns[out->count];
    *column = (lti_column){.id = role == ROLE_FEEDS ? "stage-suppliers" : "stage-consumers", .stage = LT_STAGE_UNSET};
    column->links = malloc((room + 1) * sizeof *column->links);
    if (!take || !column->links) {
        free(take);
        free(column->links);
        return out_of_memory(error);
    }
    out->count++;
    for (int s = 0; s <= LT_STATUSES; s++)
        for (size_t i = 0; i < map->link_count && taken < room; i++) {
            uint32_t link = map->links[i];
            bool junction = lt_links(map->ds)[link].abstract;
            bool now = s == LT_STATUSES ? junction : !junction && map->gaps->status[link] == lti_worst_first[s];
            if (p->role[link] != role || !now) continue;
            take[link] = true;
            taken++;
        }
    for (size_t i = 0; i < map->link_count; i++)
        if (take[map->links[i]]) column->links[column->count++] = map->links[i];
    free(take);
    count_statuses(map, column);
    const char *side = lt_message_pattern(map->lang, role == ROLE_FEEDS ? LT_MSG_MAP_SUPPLIERS : LT_MSG_MAP_CONSUMERS);
    column->over = side;
    column->name = all > taken
                       ? lti_say(scene, map, LT_MSG_MAP_SIDE_MORE, lti_number(scene, taken), lti_number(scene, all - taken), NULL)
                       : lti_say(scene, map, LT_MSG_MAP_SIDE, lti_number(scene, taken), NULL, NULL);
    return LT_OK;
}

static lt_code draw_part(const part *p, lti_pages *pages, const lt_segment *segment, size_t page, size_t page_count,
                         lt_error *error)
{
    const lti_map *map = p->map;
    uint32_t ranked[LTI_GAPS], counts[LT_STATUSES] = {0};
    lti_columns columns = {.ranked = ranked, .ranked_count = lti_worst_gaps(map, LT_NONE, ranked, LTI_GAPS)};
    lti_scene *scene = lti_pages_add(pages, map);
    columns.columns = calloc(p->own_count + 3, sizeof *columns.columns);
    if (!scene || !columns.columns) {
        free(columns.columns);
        return out_of_memory(error);
    }
    bool fits = false;
    const char *name = segment ? lt_dataset_string(map->ds, segment->name) : lt_message_pattern(map->lang, LT_MSG_MAP_NO_SEGMENT);
    size_t own = 0;
    for (size_t i = 0; i < p->own_count; i++) {
        if (lt_links(map->ds)[p->own[i]].abstract) continue;
        counts[map->gaps->status[p->own[i]]]++;
        own++;
    }
    size_t all = 0;
    for (int st = 0; st < LT_STATUSES; st++) all += map->counts[st];
    const char *title = lti_say(scene, map, LT_MSG_MAP_TITLE_SEGMENT, lt_node_name(map->ds, map->options->chain), name, NULL);
    const char *rest = lti_say(scene, map, LT_MSG_MAP_COUNTS_SEGMENT, lti_number(scene, own), lti_number(scene, all), NULL);
    lti_page_header(scene, map, title, lti_subtitle(scene, map, rest), counts);
    lti_rect area = lti_chain_frame(scene, map, ranked, columns.ranked_count, page, page_count);
    lt_code code = add_side(scene, p, ROLE_FEEDS, &columns, error);
    if (code == LT_OK) code = add_own(scene, p, segment, &columns, error);
    if (code == LT_OK) code = add_side(scene, p, ROLE_FED, &columns, error);
    if (code == LT_OK) code = lti_columns_draw(scene, map, &columns, area, &fits, error);
    if (code == LT_OK && !fits) lti_overview_draw(scene, map, &columns, area);
    lti_columns_done(&columns);
    return code;
}

lt_code lti_draw_segment(const lti_map *map, lti_pages *pages, const lt_segment *segment, size_t page, size_t page_count,
                         lt_error *error)
{
    size_t links = lt_count(map->ds, LT_LINK), count = 0, parts = lti_segment_pages(map, segment);
    lt_code code = LT_OK;
    part p = {.map = map};
    uint32_t *own = malloc((map->link_count + 1) * sizeof *own);
    p.role = malloc(links + 1);
    p.level = malloc((links + 1) * sizeof *p.level);
    if (!own || !p.role || !p.level) code = out_of_memory(error);
    for (size_t i = 0; code == LT_OK && i < map->link_count; i++)
        if (lti_segment_in(map, map->links[i]) == segment) own[count++] = map->links[i];
    for (size_t k = 0; k < parts && code == LT_OK; k++) {
        size_t first = count * k / parts;
        memset(p.role, ROLE_NONE, links);
        memset(p.level, 0, links * sizeof *p.level);
        p.own = own + first;
        p.own_count = count * (k + 1) / parts - first;
        set_roles(&p);
        code = draw_part(&p, pages, segment, page + k, page_count, error);
    }
    free(own);
    free(p.role);
    free(p.level);
    return code;
}
