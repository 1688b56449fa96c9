/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocked finals, each failure on top of the largest that it brings about. */
#include "analysis/blocked.h"

#include "core/error.h"
#include "core/memory.h"
#include "graph/parts.h"

/** A group, with what following failures asks of it side by side. */
typedef struct {
    int32_t spare; /* members that can still fail; below 0 the consumer fails */
    uint32_t consumer;
} group;

/** The failures in force, and how to take them back. */
typedef struct {
    const lti_supply *s;
    const bool *final;
    const double *importance;
    group *groups;
    bool *failed;    /* by link */
    uint32_t *trail; /* links in the order they failed */
    size_t count;
    uint32_t finals;
    double weight;
} failures;

static void fail_link(failures *f, uint32_t link)
{
    f->failed[link] = true;
    f->trail[f->count++] = link;
    if (!f->final[link]) return;
    f->finals++;
    f->weight += f->importance[link];
}

static void spread(failures *f, size_t next)
{
    for (; next < f->count; next++) {
        uint32_t link = f->trail[next];
        for (uint32_t u = f->s->use_first[link]; u < f->s->use_first[link + 1]; u++) {
            group *g = &f->groups[f->s->use[u]];
            if (g->spare-- == 0 && !f->failed[g->consumer]) fail_link(f, g->consumer);
        }
    }
}

static void take_back(failures *f, size_t mark)
{
    while (f->count > mark) {
        uint32_t link = f->trail[--f->count];
        f->failed[link] = false;
        for (uint32_t u = f->s->use_first[link]; u < f->s->use_first[link + 1]; u++) f->groups[f->s->use[u]].spare++;
    }
}

/** The tree of parts; a part's links bring down its base at once. */
typedef struct {
    lti_parts parts;         /* of the graph "cannot do without" */
    uint32_t *base;          /* by part: the part it hangs below; parts.parts = the root */
    uint32_t *first, *child; /* parts hung below part p, and below the root: child[first[p]] .. */
} tree;

/** A place on the way from the root, and what to restore on return. */
typedef struct {
    uint32_t part, next;
    size_t mark;
    uint32_t finals;
    double weight;
} step;

static void enter(failures *f, const tree *t, step *at, uint32_t *count, double *weight)
{
    const lti_parts *parts = &t->parts;
    *at = (step){at->part, t->first[at->part], f->count, f->finals, f->weight};
    for (uint32_t i = parts->first[at->part]; i < parts->first[at->part + 1]; i++)
        if (!f->failed[parts->node[i]]) fail_link(f, parts->node[i]);
    spread(f, at->mark);
    for (uint32_t i = parts->first[at->part]; i < parts->first[at->part + 1]; i++) {
        uint32_t link = parts->node[i];
        count[link] = f->finals - f->final[link];
        weight[link] = count[link] == 0 ? 0 : f->weight - (f->final[link] ? f->importance[link] : 0);
    }
}

static void walk(failures *f, const tree *t, step *way, uint32_t *count, double *weight)
{
    uint32_t root = t->parts.parts;
    for (uint32_t r = t->first[root]; r < t->first[root + 1]; r++) {
        size_t depth = 0;
        way[0].part = t->child[r];
        enter(f, t, &way[0], count, weight);
        for (;;) {
            step *at = &way[depth];
            if (at->next < t->first[at->part + 1]) {
                way[++depth].part = t->child[at->next++];
                enter(f, t, &way[depth], count, weight);
                continue;
            }
            take_back(f, at->mark);
            f->finals = at->finals;
            f->weight = at->weight;
            if (depth-- == 0) break;
        }
    }
}

/* Edges "consumer cannot do without supplier": members of groups that need all of them. */
static size_t list_needs(const lti_supply *s, uint32_t *from, uint32_t *to)
{
    size_t edges = 0;
    for (uint32_t g = 0; g < s->groups; g++) {
        uint32_t begin = s->member_first[g], end = s->member_first[g + 1];
        for (uint32_t m = begin; m < end && s->k[g] == end - begin; m++) {
            from[edges] = s->member[m];
            to[edges++] = s->consumer[g];
        }
    }
    return edges;
}

/* Bases by guess: a part is as large as its links and its largest base. Consumers have larger numbers, so they come first. */
static void hang_parts(tree *t, const uint32_t *edge_first, const uint32_t *needed_by, uint32_t *guess, uint32_t *order)
{
    uint32_t parts = t->parts.parts;
    for (uint32_t p = parts; p-- > 0;) {
        uint32_t largest = 0;
        t->base[p] = parts;
        for (uint32_t e = edge_first[p]; e < edge_first[p + 1]; e++) {
            uint32_t other = t->parts.part[needed_by[e]];
            if (other == p || guess[other] <= largest) continue;
            largest = guess[other];
            t->base[p] = other;
        }
        guess[p] = largest + t->parts.first[p + 1] - t->parts.first[p];
    }
    for (uint32_t p = 0; p < parts; p++) order[p] = p;
    lti_bucket(t->base, order, parts, parts + 1, t->first, t->child);
}

static lt_code plant(tree *t, const lti_supply *s, lt_error *error)
{
    size_t links = s->links, uses = s->use_first[links];
    uint32_t *from = lti_alloc(uses, sizeof *from), *to = lti_alloc(uses, sizeof *to),
             *needed_by = lti_alloc(uses, sizeof *needed_by);
    uint32_t *edge_first = lti_alloc(links + 2, sizeof *edge_first), *guess = lti_alloc(links, sizeof *guess),
             *order = lti_alloc(links, sizeof *order);
    t->base = lti_alloc(links, sizeof *t->base);
    t->first = lti_alloc(links + 3, sizeof *t->first);
    t->child = lti_alloc(links, sizeof *t->child);
    bool whole = from && to && needed_by && edge_first && guess && order && t->base && t->first && t->child;
    lt_code code = whole ? LT_OK : lti_fail_memory(error);
    size_t edges = whole ? list_needs(s, from, to) : 0;
    if (code == LT_OK) code = lti_parts_init(&t->parts, s->links, from, to, edges, error);
    if (code == LT_OK) {
        for (size_t e = 0; e < edges; e++) from[e] = t->parts.part[from[e]];
        lti_bucket(from, to, edges, t->parts.parts, edge_first, needed_by);
        hang_parts(t, edge_first, needed_by, guess, order);
    }
    void *arrays[] = {from, to, needed_by, edge_first, guess, order};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    return code;
}

lt_code lti_blocked_by_tree(const lti_supply *s, const bool *final, const double *importance, uint32_t *count, double *weight,
                            lt_error *error)
{
    tree t = {0};
    failures f = {.s = s, .final = final, .importance = importance};
    step *way = lti_alloc((size_t)s->links + 1, sizeof *way);
    f.groups = lti_alloc(s->groups, sizeof *f.groups);
    f.failed = lti_alloc(s->links, sizeof *f.failed);
    f.trail = lti_alloc(s->links, sizeof *f.trail);
    lt_code code = way && f.groups && f.failed && f.trail ? plant(&t, s, error) : lti_fail_memory(error);
    if (code == LT_OK) {
        for (uint32_t g = 0; g < s->groups; g++)
            f.groups[g] = (group){(int32_t)(s->member_first[g + 1] - s->member_first[g] - s->k[g]), s->consumer[g]};
        walk(&f, &t, way, count, weight);
    }
    lti_parts_done(&t.parts);
    void *arrays[] = {t.base, t.first, t.child, way, f.groups, f.failed, f.trail};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    return code;
}
