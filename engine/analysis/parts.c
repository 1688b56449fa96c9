/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strongly connected parts of the supply graph in topological order. */
#include <string.h>

#include "analysis/blocked.h"
#include "core/error.h"
#include "core/memory.h"
#include "graph/components.h"

/* Kahn's order over the parts. Edges between parts are counted as often as they occur, which the order does not mind. */
static void order_parts(const lti_supply *s, const uint32_t *member, uint32_t parts, uint32_t *waiting, uint32_t *queue,
                        uint32_t *place, const uint32_t *first, const uint32_t *listed)
{
    for (uint32_t i = 0; i < s->links; i++)
        for (uint32_t e = s->in_first[i]; e < s->in_first[i + 1]; e++) waiting[member[i]] += member[s->in[e]] != member[i];
    uint32_t count = 0;
    for (uint32_t p = 0; p < parts; p++)
        if (waiting[p] == 0) queue[count++] = p;
    for (uint32_t next = 0; next < count; next++) {
        uint32_t part = queue[next];
        place[part] = next;
        for (uint32_t i = first[part]; i < first[part + 1]; i++)
            for (uint32_t e = s->out_first[listed[i]]; e < s->out_first[listed[i] + 1]; e++) {
                uint32_t other = member[s->out[e]];
                if (other != part && --waiting[other] == 0) queue[count++] = other;
            }
    }
}

static void list_by(const uint32_t *part, uint32_t links, uint32_t parts, uint32_t *first, uint32_t *listed)
{
    memset(first, 0, ((size_t)parts + 2) * sizeof *first);
    for (uint32_t i = 0; i < links; i++) first[part[i] + 2]++;
    for (uint32_t p = 0; p < parts; p++) first[p + 2] += first[p + 1];
    for (uint32_t i = 0; i < links; i++) listed[first[part[i] + 1]++] = i;
}

static void flatten(const lti_supply *s, uint32_t *from, uint32_t *to)
{
    size_t edge = 0;
    for (uint32_t i = 0; i < s->links; i++)
        for (uint32_t e = s->out_first[i]; e < s->out_first[i + 1]; e++) {
            from[edge] = i;
            to[edge++] = s->out[e];
        }
}

lt_code lti_parts_init(lti_parts *parts, const lti_supply *s, lt_error *error)
{
    size_t edges = s->out_first[s->links], links = s->links;
    *parts = (lti_parts){.part = lti_alloc(links, sizeof(uint32_t)),
                         .first = lti_alloc(links + 2, sizeof(uint32_t)),
                         .link = lti_alloc(links, sizeof(uint32_t))};
    uint32_t *from = lti_alloc(edges, sizeof *from), *to = lti_alloc(edges, sizeof *to);
    uint32_t *waiting = lti_alloc(links, sizeof *waiting), *queue = lti_alloc(links, sizeof *queue),
             *place = lti_alloc(links, sizeof *place);
    bool whole = parts->part && parts->first && parts->link && from && to && waiting && queue && place;
    lt_code code = whole ? LT_OK : lti_fail_memory(error);
    if (code == LT_OK) {
        flatten(s, from, to);
        code = lti_strong_components(s->links, from, to, edges, parts->part, &parts->parts, error);
    }
    if (code == LT_OK) {
        list_by(parts->part, s->links, parts->parts, parts->first, parts->link);
        order_parts(s, parts->part, parts->parts, waiting, queue, place, parts->first, parts->link);
        for (uint32_t i = 0; i < s->links; i++) parts->part[i] = place[parts->part[i]];
        list_by(parts->part, s->links, parts->parts, parts->first, parts->link);
    }
    lti_free(from);
    lti_free(to);
    lti_free(waiting);
    lti_free(queue);
    lti_free(place);
    return code;
}

void lti_parts_done(lti_parts *parts)
{
    lti_free(parts->part);
    lti_free(parts->first);
    lti_free(parts->link);
    *parts = (lti_parts){0};
}
