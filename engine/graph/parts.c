/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/parts.h"

#include <stdbool.h>
#include <string.h>

#include "core/memory.h"
#include "graph/components.h"

void lti_bucket(const uint32_t *keys, const uint32_t *values, size_t count, uint32_t key_count, uint32_t *first, uint32_t *listed)
{
    memset(first, 0, ((size_t)key_count + 2) * sizeof *first);
    for (size_t i = 0; i < count; i++) first[keys[i] + 2]++;
    for (uint32_t k = 0; k < key_count; k++) first[k + 2] += first[k + 1];
    for (size_t i = 0; i < count; i++) listed[first[keys[i] + 1]++] = values[i];
}

/* Kahn's order. Edges between parts are counted as often as they occur, which the order does not mind. */
static void order_parts(const uint32_t *member, uint32_t parts, const uint32_t *first, const uint32_t *to, size_t edges,
                        const uint32_t *from_part, uint32_t *waiting, uint32_t *queue, uint32_t *place)
{
    for (size_t e = 0; e < edges; e++) waiting[member[to[e]]] += member[to[e]] != from_part[e];
    uint32_t count = 0;
    for (uint32_t p = 0; p < parts; p++)
        if (waiting[p] == 0) queue[count++] = p;
    for (uint32_t next = 0; next < count; next++) {
        uint32_t part = queue[next];
        place[part] = next;
        for (uint32_t e = first[part]; e < first[part + 1]; e++) {
            uint32_t other = member[to[e]];
            if (other != part && --waiting[other] == 0) queue[count++] = other;
        }
    }
}

lt_code lti_parts_init(lti_parts *parts, uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, lt_error *error)
{
    *parts = (lti_parts){.part = lti_alloc(nodes, sizeof(uint32_t)),
                         .first = lti_alloc((size_t)nodes + 2, sizeof(uint32_t)),
                         .node = lti_alloc(nodes, sizeof(uint32_t))};
    uint32_t *by_part = lti_alloc(edges, sizeof *by_part), *heads = lti_alloc(edges, sizeof *heads);
    uint32_t *waiting = lti_alloc(nodes, sizeof *waiting), *queue = lti_alloc(nodes, sizeof *queue);
    uint32_t *place = lti_alloc(nodes, sizeof *place), *edge_first = lti_alloc((size_t)nodes + 2, sizeof *edge_first);
    bool whole = parts->part && parts->first && parts->node && by_part && heads && waiting && queue && place && edge_first;
    lt_code code = whole ? LT_OK : lti_fail_memory(error);
    if (code == LT_OK) code = lti_strong_components(nodes, from, to, edges, parts->part, &parts->parts, error);
    if (code == LT_OK) {
        for (size_t e = 0; e < edges; e++) by_part[e] = parts->part[from[e]];
        lti_bucket(by_part, to, edges, parts->parts, edge_first, heads);
        for (uint32_t p = 0; p < parts->parts; p++)
            for (uint32_t e = edge_first[p]; e < edge_first[p + 1]; e++) by_part[e] = p;
        order_parts(parts->part, parts->parts, edge_first, heads, edges, by_part, waiting, queue, place);
        for (uint32_t i = 0; i < nodes; i++) {
            parts->part[i] = place[parts->part[i]];
            queue[i] = i;
        }
        lti_bucket(parts->part, queue, nodes, parts->parts, parts->first, parts->node);
    }
    void *arrays[] = {by_part, heads, waiting, queue, place, edge_first};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    return code;
}

void lti_parts_done(lti_parts *parts)
{
    lti_free(parts->part);
    lti_free(parts->first);
    lti_free(parts->node);
    *parts = (lti_parts){0};
}
