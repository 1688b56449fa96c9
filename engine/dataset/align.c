/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records stand in the order of their identity, so that two datasets are laid beside each other by merging. */
#include "dataset/align.h"

#include <string.h>

#include "core/error.h"
#include "core/memory.h"

static int compare_nodes(const lti_pairs *p)
{
    const char *id[2];
    for (int s = 0; s < 2; s++) {
        const lt_dataset *ds = p->alignment->side[s];
        id[s] = lt_dataset_string(ds, lti_head_at(ds, p->kind, p->next[s])->id);
    }
    return strcmp(id[0], id[1]);
}

static int compare_edges(const lti_pairs *p)
{
    const lti_alignment *a = p->alignment;
    const lt_edge *edge[2];
    lt_node from[2], to[2];
    for (int s = 0; s < 2; s++) {
        edge[s] = lti_edge_at(a->side[s], p->kind, p->next[s]);
        from[s] = a->number[s][edge[s]->from];
        to[s] = a->number[s][edge[s]->to];
    }
    if (from[0] != from[1]) return from[0] < from[1] ? -1 : 1;
    if (to[0] != to[1]) return to[0] < to[1] ? -1 : 1;
    return edge[0]->role - edge[1]->role;
}

bool lti_pairs_next(lti_pairs *p, uint32_t index[2])
{
    bool left[2];
    for (int s = 0; s < 2; s++) left[s] = p->next[s] < lt_count(p->alignment->side[s], p->kind);
    if (!left[0] && !left[1]) return false;
    int order = !left[0] ? 1 : !left[1] ? -1 : lti_is_edge(p->kind) ? compare_edges(p) : compare_nodes(p);
    index[0] = order <= 0 ? p->next[0]++ : LT_NONE;
    index[1] = order >= 0 ? p->next[1]++ : LT_NONE;
    return true;
}

lt_code lti_align(const lt_dataset *first, const lt_dataset *second, lti_alignment *a, lt_error *error)
{
    *a = (lti_alignment){.side = {first, second}};
    for (int s = 0; s < 2; s++) {
        a->number[s] = lti_alloc(a->side[s]->base[LT_NODE_KINDS], sizeof *a->number[s]);
        if (!a->number[s]) return lti_fail_memory(error);
    }
    uint32_t number = 0, index[2];
    for (int kind = 0; kind < LT_NODE_KINDS; kind++) {
        a->base[kind] = number;
        lti_pairs pairs = {a, (lt_kind)kind, {0, 0}};
        for (; lti_pairs_next(&pairs, index); number++)
            for (int s = 0; s < 2; s++)
                if (index[s] != LT_NONE) a->number[s][a->side[s]->base[kind] + index[s]] = number;
    }
    a->base[LT_NODE_KINDS] = number;
    return LT_OK;
}

void lti_alignment_done(lti_alignment *a)
{
    for (int s = 0; s < 2; s++) lti_free(a->number[s]);
    *a = (lti_alignment){0};
}
