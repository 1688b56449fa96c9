/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/supply.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "graph/parts.h"

/** A supply edge by link index, with its group's text. */
typedef struct {
    uint32_t from, to, k;
    lt_string group;
    bool required;
} edge;

static int by_consumer(const void *left, const void *right, void *context)
{
    const edge *a = left, *b = right;
    const lt_dataset *ds = context;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    if (a->required != b->required) return a->required ? -1 : 1;
    if (a->group != b->group) return strcmp(lt_dataset_string(ds, a->group), lt_dataset_string(ds, b->group));
    return a->from < b->from ? -1 : a->from > b->from;
}

/* Turns counts[i + 1] into first[i]. */
static void accumulate(uint32_t *first, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) first[i + 1] += first[i];
}

static bool same_group(const edge *a, const edge *b)
{
    return a->group != 0 && a->to == b->to && a->group == b->group && b->required;
}

static void fill_groups(lti_supply *s, const edge *edges, size_t count, uint32_t *user, uint32_t *used)
{
    uint32_t members = 0;
    for (size_t i = 0; i < count; i++) {
        if (!edges[i].required) continue;
        bool opens = i == 0 || !same_group(&edges[i - 1], &edges[i]) || !edges[i - 1].required;
        if (opens) {
            s->k[s->groups] = edges[i].k;
            s->consumer[s->groups] = edges[i].to;
            s->member_first[s->groups] = members;
            s->group_first[edges[i].to + 1]++;
            s->groups++;
        }
        if (edges[i].k > s->k[s->groups - 1]) s->k[s->groups - 1] = edges[i].k;
        user[members] = edges[i].from;
        used[members] = s->groups - 1;
        s->member[members++] = edges[i].from;
    }
    s->member_first[s->groups] = members;
    accumulate(s->group_first, s->links);
    lti_bucket(user, used, members, s->links, s->use_first, s->use);
}

lt_code lti_supply_init(lti_supply *s, const lt_dataset *ds, lt_error *error)
{
    size_t count = lt_count(ds, LT_SUPPLY);
    uint32_t links = (uint32_t)lt_count(ds, LT_LINK);
    *s = (lti_supply){.links = links};
    edge *edges = lti_alloc(count, sizeof *edges);
    uint32_t *keys = lti_alloc(count, sizeof *keys), *values = lti_alloc(count, sizeof *values);
    uint32_t **by_link[] = {&s->in_first, &s->out_first, &s->group_first, &s->use_first};
    uint32_t **by_edge[] = {&s->in, &s->out, &s->k, &s->consumer, &s->member_first, &s->member, &s->use};
    bool whole = edges && keys && values;
    for (size_t i = 0; i < sizeof by_link / sizeof *by_link; i++)
        whole &= (*by_link[i] = lti_alloc((size_t)links + 2, sizeof(uint32_t))) != NULL;
    for (size_t i = 0; i < sizeof by_edge / sizeof *by_edge; i++)
        whole &= (*by_edge[i] = lti_alloc(count + 1, sizeof(uint32_t))) != NULL;
    if (!whole) goto done;

    lt_node base = lt_node_at(ds, LT_LINK, 0);
    for (size_t i = 0; i < count; i++) {
        const lt_supply *supply = &lt_supplies(ds)[i];
        edges[i] =
            (edge){supply->edge.from - base, supply->edge.to - base, supply->k, supply->group, supply->need == LT_NEED_REQUIRED};
        keys[i] = edges[i].from; /* edges come by supplier, then consumer */
        values[i] = edges[i].to;
    }
    lti_bucket(keys, values, count, links, s->out_first, s->out);
    lti_bucket(values, keys, count, links, s->in_first, s->in);
    qsort_r(edges, count, sizeof *edges, by_consumer, (void *)(uintptr_t)ds);
    fill_groups(s, edges, count, keys, values);

done:
    lti_free(edges);
    lti_free(keys);
    lti_free(values);
    return whole ? LT_OK : lti_fail_memory(error);
}

void lti_supply_done(lti_supply *s)
{
    uint32_t *arrays[] = {s->in_first, s->in,           s->out_first, s->out,       s->group_first, s->k,
                          s->consumer, s->member_first, s->member,    s->use_first, s->use};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *s = (lti_supply){0};
}
