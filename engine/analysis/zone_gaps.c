/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zone_fit of contract section 2, a zone at a time. */
#include <stdlib.h>

#include "analysis/position.h"
#include "analysis/zone_fit.h"
#include "core/error.h"
#include "core/memory.h"

/** Work space: listed targets by link and by chain, and what is known of each for the present zone. */
typedef struct {
    lti_position_model *m;
    uint32_t *target_of;    /* by link; UINT32_MAX = not listed */
    uint32_t *segment;      /* by listed target: lti_segment_number */
    uint32_t *first, *list; /* listed targets by chain */
    uint8_t *scope;         /* by listed target: lt_scope */
    uint32_t *focus;        /* by listed target: the focus edge of that scope */
    uint32_t *touched;      /* listed targets with a scope */
    uint32_t touched_count;
} work;

static lt_code work_init(work *w, lti_position_model *m, lt_error *error)
{
    const lt_dataset *ds = m->ds;
    size_t listed = m->targets->listed_count, links = lt_count(ds, LT_LINK), chains = lt_count(ds, LT_CHAIN);
    *w = (work){.m = m};
    bool whole = (w->target_of = lti_alloc(links, sizeof *w->target_of)) && (w->segment = lti_alloc(listed, sizeof *w->segment)) &&
                 (w->first = lti_alloc(chains + 2, sizeof *w->first)) && (w->list = lti_alloc(listed, sizeof *w->list)) &&
                 (w->scope = lti_alloc(listed, sizeof *w->scope)) && (w->focus = lti_alloc(listed, sizeof *w->focus)) &&
                 (w->touched = lti_alloc(listed, sizeof *w->touched));
    if (!whole) return lti_fail_memory(error);
    for (size_t i = 0; i < links; i++) w->target_of[i] = UINT32_MAX;
    for (uint32_t t = 0; t < listed; t++) {
        uint32_t link = m->targets->listed[t].link;
        lt_node chain = lt_links(ds)[link].chain;
        w->target_of[link] = t;
        w->segment[t] = lti_segment_number(ds, link);
        w->scope[t] = LT_ON_NOTHING;
        if (chain != LT_NONE) w->first[lt_node_index(ds, chain) + 2]++;
    }
    for (size_t i = 0; i < chains; i++) w->first[i + 2] += w->first[i + 1];
    for (uint32_t t = 0; t < listed; t++) {
        lt_node chain = lt_links(ds)[m->targets->listed[t].link].chain;
        if (chain != LT_NONE) w->list[w->first[lt_node_index(ds, chain) + 1]++] = t;
    }
    return LT_OK;
}

static void work_done(work *w)
{
    void *arrays[] = {w->target_of, w->segment, w->first, w->list, w->scope, w->focus, w->touched};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
}

/* Whether a focus of this scope is better than what the target has: the better fit, then the narrower scope, then the surer
   record; of equals the edge that came first stays. */
static bool is_better(const work *w, uint32_t target, lt_scope scope, uint32_t focus)
{
    double fit = lti_zone_fit(w->m->policy, scope), so_far = lti_zone_fit(w->m->policy, (lt_scope)w->scope[target]);
    if (fit != so_far || fit <= 0) return fit > so_far;
    if (scope != w->scope[target]) return scope < w->scope[target];
    const lt_focus *edges = lt_focuses(w->m->ds);
    return edges[focus].edge.record.basis < edges[w->focus[target]].edge.record.basis;
}

static void consider(work *w, uint32_t target, lt_scope scope, uint32_t focus)
{
    if (!is_better(w, target, scope, focus)) return;
    if (w->scope[target] == LT_ON_NOTHING) w->touched[w->touched_count++] = target;
    w->scope[target] = (uint8_t)scope;
    w->focus[target] = focus;
}

static void consider_focus(work *w, uint32_t focus)
{
    const lt_dataset *ds = w->m->ds;
    lt_node to = lt_focuses(ds)[focus].edge.to;
    bool on_chain = lt_node_kind(ds, to) == LT_CHAIN;
    uint32_t index = lt_node_index(ds, to), segment = UINT32_MAX;
    lt_node chain = on_chain ? to : lt_links(ds)[index].chain;
    if (!on_chain) {
        segment = lti_segment_number(ds, index);
        if (w->target_of[index] != UINT32_MAX) consider(w, w->target_of[index], LT_ON_LINK, focus);
    }
    if (chain == LT_NONE || (!on_chain && segment == UINT32_MAX)) return;
    uint32_t number = lt_node_index(ds, chain);
    for (uint32_t i = w->first[number]; i < w->first[number + 1]; i++) {
        uint32_t target = w->list[i];
        if (on_chain) consider(w, target, LT_ON_CHAIN, focus);
        else if (w->segment[target] == segment) consider(w, target, LT_ON_SEGMENT, focus);
    }
}

static int by_fit(const void *left, const void *right)
{
    const lt_zone_gap *a = left, *b = right;
    if (a->fit != b->fit) return a->fit > b->fit ? -1 : 1;
    return a->target < b->target ? -1 : a->target > b->target;
}

/* Takes what was touched, and leaves the work space as it was. */
static lt_code take(work *w, lt_position *position, lt_error *error)
{
    lti_position_model *m = w->m;
    position->gap_first = (uint32_t)m->gap_list.count;
    if (w->touched_count == 0) return LT_OK;
    lt_zone_gap *gaps = lti_array_push(&m->gap_list, w->touched_count);
    if (!gaps) return lti_fail_memory(error);
    for (uint32_t i = 0; i < w->touched_count; i++) {
        uint32_t target = w->touched[i];
        double fit = lti_zone_fit(m->policy, (lt_scope)w->scope[target]);
        bool is_first = fit >= m->targets->listed[target].criteria[LT_CRITERION_ZONE_FIT];
        gaps[i] =
            (lt_zone_gap){.target = target, .fit = fit, .scope = w->scope[target], .first = is_first, .focus = w->focus[target]};
        w->scope[target] = LT_ON_NOTHING;
        if (!is_first) continue;
        position->first_for++;
        if (position->best_rank == 0 || target + 1 < position->best_rank) position->best_rank = target + 1;
    }
    position->gap_count = w->touched_count;
    qsort(gaps, w->touched_count, sizeof *gaps, by_fit);
    w->touched_count = 0;
    return LT_OK;
}

lt_code lti_zone_gaps(lti_position_model *m, lt_error *error)
{
    work w;
    lt_code code = work_init(&w, m, error);
    for (uint32_t zone = 0; zone < m->tree.count && code == LT_OK; zone++) {
        uint32_t count;
        const uint32_t *focuses = lti_zone_focuses(m, zone, &count);
        for (uint32_t i = 0; i < count; i++) consider_focus(&w, focuses[i]);
        code = take(&w, &m->positions[zone], error);
    }
    work_done(&w);
    return code;
}
