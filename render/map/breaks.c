/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/breaks.h"

#include <stdlib.h>
#include <string.h>

enum { ALONE = 14, FEW = 4 }; /* links in a column of those that nothing touches; so few stand with the sources */

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

lt_code lti_breaks_find(const lti_map *map, lti_breaks *out, lt_error *error)
{
    size_t links = lt_count(map->ds, LT_LINK);
    out->blocked = calloc(links + 1, sizeof *out->blocked);
    out->weight = calloc(links + 1, sizeof *out->weight);
    out->found = malloc((links + 1) * sizeof *out->found);
    if (!out->blocked || !out->weight || !out->found) return out_of_memory(error);
    lt_code code = lt_failure_model_new(map->ds, &out->model, error);
    if (code != LT_OK) return code;
    for (uint32_t i = 0; i < links; i++) {
        const lt_failure *failure = lt_failure_run(out->model, &i, 1);
        for (size_t k = 0; k < failure->failed_count; k++) {
            const lt_link *failed = &lt_links(map->ds)[failure->failed[k]];
            if (failure->failed[k] == i || !failed->final) continue;
            out->blocked[i]++;
            out->weight[i] += failed->importance;
        }
    }
    return LT_OK;
}

void lti_breaks_done(lti_breaks *breaks)
{
    free(breaks->blocked);
    free(breaks->weight);
    free(breaks->found);
    lt_failure_model_free(breaks->model);
    *breaks = (lti_breaks){0};
}

size_t lti_breaks_finals(const lti_map *map, lti_breaks *breaks, uint32_t link, const uint32_t **finals)
{
    const lt_failure *failure = lt_failure_run(breaks->model, &link, 1);
    const lt_link *links = lt_links(map->ds);
    size_t count = 0;
    for (size_t k = 0; k < failure->failed_count; k++) {
        uint32_t failed = failure->failed[k];
        if (failed == link || !links[failed].final) continue;
        size_t at = count++;
        for (; at > 0; at--) {
            uint32_t other = breaks->found[at - 1];
            bool before = links[failed].importance != links[other].importance ? links[failed].importance > links[other].importance
                                                                              : failed < other;
            if (!before) break;
            breaks->found[at] = other;
        }
        breaks->found[at] = failed;
    }
    *finals = breaks->found;
    return count;
}

static bool is_break(const lti_map *map, uint32_t link)
{
    lt_status status = (lt_status)map->gaps->status[link];
    if (lt_links(map->ds)[link].abstract) return false;
    return status == LT_STATUS_MISSING || status == LT_STATUS_PIPELINE || status == LT_STATUS_SINGLE;
}

static bool worse(const lti_breaks *b, uint32_t first, uint32_t second)
{
    if (b->blocked[first] != b->blocked[second]) return b->blocked[first] > b->blocked[second];
    if (lt_real_written(b->weight[first]) != lt_real_written(b->weight[second])) return b->weight[first] > b->weight[second];
    return first < second;
}

size_t lti_breaks_worst(const lti_map *map, const lti_breaks *breaks, const uint32_t *links, size_t count, uint32_t *worst,
                        size_t limit)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_break(map, links[i]) || breaks->blocked[links[i]] == 0) continue;
        size_t at = found < limit ? found++ : limit;
        for (; at > 0 && worse(breaks, links[i], worst[at - 1]); at--)
            if (at < limit) worst[at] = worst[at - 1];
        if (at < limit) worst[at] = links[i];
    }
    return found;
}

/** A walk over the links of a page. */
typedef struct {
    const lti_map *map;
    const bool *own;
    uint32_t *order; /* suppliers before consumers, but for edges that close circles */
    uint32_t *place; /* by link: its place in the order */
    size_t count;
    uint32_t *stack, *next; /* links being walked, and by link the edge to follow next */
    uint8_t *seen;
} walk;

/* Depth first, consumers of a link before the link; the order is then turned round. */
static void visit(walk *w, uint32_t root)
{
    size_t depth = 0, edges;
    w->stack[depth++] = root;
    w->seen[root] = 1;
    while (depth > 0) {
        uint32_t link = w->stack[depth - 1];
        const lt_supply *supply = lt_supplies_from(w->map->ds, link, &edges);
        if (w->next[link] == edges) {
            w->order[w->count++] = link;
            depth--;
            continue;
        }
        uint32_t to = lt_node_index(w->map->ds, supply[w->next[link]++].edge.to);
        if (!w->own[to] || w->seen[to]) continue;
        w->seen[to] = 1;
        w->stack[depth++] = to;
    }
}

static void put_in_order(walk *w)
{
    size_t links = lt_count(w->map->ds, LT_LINK);
    for (uint32_t i = 0; i < links; i++)
        if (w->own[i] && !w->seen[i]) visit(w, i);
    for (size_t i = 0; i < w->count / 2; i++) {
        uint32_t other = w->order[i];
        w->order[i] = w->order[w->count - 1 - i];
        w->order[w->count - 1 - i] = other;
    }
    for (size_t i = 0; i < w->count; i++) w->place[w->order[i]] = (uint32_t)i;
}

/* As deep as what feeds a link asks for; then as near to what it feeds as that allows. */
static uint32_t set_depths(const walk *w, uint32_t *depth)
{
    uint32_t deepest = 0;
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < w->count; k++) {
            uint32_t link = w->order[pass == 0 ? k : w->count - 1 - k], nearest = UINT32_MAX;
            size_t edges;
            const lt_supply *supply = lt_supplies_from(w->map->ds, link, &edges);
            for (size_t i = 0; i < edges; i++) {
                uint32_t to = lt_node_index(w->map->ds, supply[i].edge.to);
                if (!w->own[to] || w->place[to] <= w->place[link]) continue;
                if (pass == 0 && depth[to] <= depth[link]) depth[to] = depth[link] + 1;
                if (pass == 1 && depth[to] < nearest) nearest = depth[to];
            }
            if (nearest != UINT32_MAX) depth[link] = nearest - 1;
            if (depth[link] > deepest) deepest = depth[link];
        }
    return deepest + 1;
}

static bool has_empty(const uint32_t *filled, uint32_t columns)
{
    for (uint32_t c = 0; c < columns; c++)
        if (filled[c] == 0) return true;
    return false;
}

/* Neighbouring depths are put together, the least filled pair first. first: of each column, its first depth. */
static uint32_t merge(uint32_t *first, uint32_t *filled, uint32_t columns, uint32_t most)
{
    while (columns > 1 && (columns > most || has_empty(filled, columns))) {
        uint32_t best = 0;
        for (uint32_t c = 1; c + 1 < columns; c++)
            if (filled[c] + filled[c + 1] < filled[best] + filled[best + 1]) best = c;
        filled[best] += filled[best + 1];
        for (uint32_t c = best + 1; c + 1 < columns; c++) {
            filled[c] = filled[c + 1];
            first[c] = first[c + 1];
        }
        first[columns - 1] = first[columns];
        columns--;
    }
    return columns;
}

/* Marks the links that an edge of the page touches. */
static void mark_touched(const walk *w, uint8_t *touched)
{
    for (size_t i = 0; i < lt_count(w->map->ds, LT_SUPPLY); i++) {
        uint32_t from = lt_node_index(w->map->ds, lt_supplies(w->map->ds)[i].edge.from);
        uint32_t to = lt_node_index(w->map->ds, lt_supplies(w->map->ds)[i].edge.to);
        if (w->own[from] && w->own[to]) touched[from] = touched[to] = 1;
    }
}

static void set_columns(const walk *w, uint32_t *depth, uint32_t *filled, uint32_t most, lti_depths *out)
{
    size_t links = lt_count(w->map->ds, LT_LINK);
    uint32_t depths = set_depths(w, depth), alone = 0, levels = 0;
    memset(w->seen, 0, links);
    mark_touched(w, w->seen);
    for (uint32_t d = 0; d <= depths; d++) out->first[d] = d;
    for (size_t i = 0; i < links; i++) {
        filled[depth[i]] += w->seen[i];
        levels += w->seen[i];
    }
    if (levels > 0) levels = merge(out->first, filled, depths, most);
    for (size_t i = 0; i < links; i++) {
        out->column[i] = UINT32_MAX;
        for (uint32_t c = 0; w->seen[i] && c < levels; c++)
            if (depth[i] >= out->first[c]) out->column[i] = c;
        alone += w->own[i] && !w->seen[i];
    }
    bool few = alone <= FEW && levels > 0; /* nothing of the page feeds them: they are sources too */
    for (size_t i = 0, k = 0; i < links; i++)
        if (w->own[i] && !w->seen[i]) out->column[i] = few ? 0 : levels + (uint32_t)(k++ / ALONE);
    if (few) alone = 0;
    out->alone = (alone + ALONE - 1) / ALONE;
    out->count = levels + out->alone;
}

lt_code lti_depths_find(const lti_map *map, const bool *own, uint32_t most, lti_depths *out, lt_error *error)
{
    size_t links = lt_count(map->ds, LT_LINK) + 2;
    walk w = {.map = map, .own = own};
    uint32_t *numbers = calloc(6 * links, sizeof *numbers);
    w.seen = calloc(links, 1);
    out->column = calloc(links, sizeof *out->column);
    out->first = calloc(links, sizeof *out->first);
    bool made = numbers && w.seen && out->column && out->first;
    if (made) {
        w.order = numbers;
        w.place = numbers + links;
        w.stack = numbers + 2 * links;
        w.next = numbers + 3 * links;
        put_in_order(&w);
        set_columns(&w, numbers + 4 * links, numbers + 5 * links, most, out);
    }
    free(numbers);
    free(w.seen);
    return made ? LT_OK : out_of_memory(error);
}

void lti_depths_done(lti_depths *depths)
{
    free(depths->column);
    free(depths->first);
    *depths = (lti_depths){0};
}
