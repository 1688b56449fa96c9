/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picks in the order that unlocks soonest: next comes a pick of the bundle, among them, that gains most importance of finals a
   pick, within it the one that gains most alone, then by id; where no final is left to gain, the pick that gains most alone. What
   is left when the time is up follows by id. */
#include <stdlib.h>
#include <string.h>

#include "analysis/portfolio.h"
#include "core/array.h"
#include "core/error.h"
#include "core/memory.h"

/** Picks that are placed, and those that are left. */
typedef struct {
    const lti_problem *p;
    lti_bundler b;
    uint32_t *left;   /* links to be placed, by id */
    uint32_t *bundle; /* of them */
    uint32_t left_count;
    lt_pick *placed;
    uint32_t placed_count;
    lti_array unlocked; /* uint32_t */
} ordering;

static int ascending(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* The one of these links that gains most alone; its gain in *most. */
static uint32_t best_alone(ordering *o, const uint32_t *links, uint32_t count, lti_gain *most)
{
    uint32_t best = links[0];
    *most = (lti_gain){0};
    for (uint32_t i = 0; i < count; i++) {
        lti_growth_try(&o->b.g, &links[i], 1);
        lti_gain own = o->b.g.gain;
        bool better = own.finals != most->finals ? own.finals > most->finals : own.links > most->links;
        if (!better) continue;
        best = links[i];
        *most = own;
    }
    return best;
}

/* What the last pick made, links that are not abstract, by id. */
static bool list_unlocked(ordering *o, lt_pick *pick)
{
    lti_growth *g = &o->b.g;
    qsort(g->fresh, g->fresh_count, sizeof *g->fresh, ascending);
    pick->unlocked_first = (uint32_t)o->unlocked.count;
    for (uint32_t i = 0; i < g->fresh_count; i++) {
        const lt_link *link = &lt_links(o->p->ds)[g->fresh[i]];
        if (o->p->final_units[g->fresh[i]] > 0) pick->gain += link->importance;
        if (o->p->link_units[g->fresh[i]] > 0) pick->link_gain += link->importance;
        if (link->abstract) continue;
        uint32_t *listed = lti_array_push(&o->unlocked, 1);
        if (!listed) return false;
        *listed = g->fresh[i];
    }
    pick->unlocked_count = (uint32_t)o->unlocked.count - pick->unlocked_first;
    return true;
}

static void leave_out(uint32_t *links, uint32_t *count, uint32_t link)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++)
        if (links[i] != link) links[kept++] = links[i];
    *count = kept;
}

static bool place(ordering *o, uint32_t link)
{
    lt_pick *pick = &o->placed[o->placed_count++];
    lti_take(&o->b, &link, 1);
    *pick = (lt_pick){.link = link, .zone = LT_NONE};
    leave_out(o->left, &o->left_count, link);
    return list_unlocked(o, pick);
}

static bool place_bundle(ordering *o)
{
    lti_gain gain;
    uint32_t count = o->b.best.count;
    bool whole = true;
    memcpy(o->bundle, o->b.best.link, count * sizeof *o->bundle);
    if (count > 0) qsort(o->bundle, count, sizeof *o->bundle, ascending);
    while (count > 0 && whole) {
        uint32_t link = lti_problem_ended(o->p) ? o->bundle[0] : best_alone(o, o->bundle, count, &gain);
        leave_out(o->bundle, &count, link);
        whole = place(o, link);
    }
    return whole;
}

static bool place_finals(ordering *o)
{
    bool whole = true;
    while (o->left_count > 0 && whole && !lti_problem_ended(o->p)) {
        lti_find_bundle(&o->b, o->p->final_units, o->left_count);
        if (o->b.best.count == 0) break;
        whole = place_bundle(o);
    }
    return whole;
}

static bool place_links(ordering *o)
{
    bool whole = true;
    while (o->left_count > 0 && whole) {
        lti_gain gain = {0};
        uint32_t link = o->left[0];
        if (!lti_problem_ended(o->p)) link = best_alone(o, o->left, o->left_count, &gain);
        o->b.best.count = 0;
        if (gain.links == 0) lti_find_bundle(&o->b, o->p->link_units, o->left_count);
        whole = o->b.best.count > 0 ? place_bundle(o) : place(o, link);
    }
    return whole;
}

/* What stays out with all picks made stays out all along. */
static lt_code mark_closed(const lti_problem *p, const lti_picks *picks, bool *closed, lt_error *error)
{
    lti_growth g;
    lt_code code = lti_growth_init(&g, p, NULL, error);
    if (code == LT_OK) lti_growth_pick(&g, picks->link, picks->count);
    for (uint32_t i = 0; i < p->s.links && code == LT_OK; i++) closed[i] = !g.made[i];
    lti_growth_done(&g);
    return code;
}

lt_code lti_portfolio_order(const lti_problem *p, const lti_picks *picks, lt_portfolio *out, lt_error *error)
{
    ordering o = {.p = p, .unlocked = LTI_ARRAY(uint32_t)};
    size_t room = (size_t)picks->count + 1;
    bool *closed = lti_alloc(p->s.links, sizeof *closed);
    bool whole = closed && (o.placed = lti_alloc(room, sizeof *o.placed)) && (o.left = lti_alloc(room, sizeof *o.left)) &&
                 (o.bundle = lti_alloc(room, sizeof *o.bundle));
    lt_code code = whole ? mark_closed(p, picks, closed, error) : lti_fail_memory(error);
    if (code == LT_OK) code = lti_bundler_init(&o.b, p, closed, error);
    if (code == LT_OK) {
        memcpy(o.left, picks->link, picks->count * sizeof *o.left);
        if (picks->count > 0) qsort(o.left, picks->count, sizeof *o.left, ascending);
        o.left_count = picks->count;
        if (!place_finals(&o) || !place_links(&o)) code = lti_fail_memory(error);
    }
    if (code == LT_OK) {
        *out = (lt_portfolio){
            .picks = o.placed, .count = o.placed_count, .unlocked = o.unlocked.data, .unlocked_count = o.unlocked.count};
    } else {
        lti_free(o.placed);
        lti_array_done(&o.unlocked);
    }
    lti_free(closed);
    lti_free(o.left);
    lti_free(o.bundle);
    lti_bundler_done(&o.b);
    return code;
}
