/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/diff_world.h"

#include <math.h>
#include <string.h>

#include "analysis/coverage.h"
#include "analysis/diff_state.h"
#include "analysis/target.h"
#include "core/error.h"
#include "core/memory.h"

lt_code lti_outcome_init(lti_outcome *o, size_t links, lt_error *error)
{
    *o = (lti_outcome){.count = links};
    bool whole = (o->status = lti_alloc(links, 1)) && (o->action = lti_alloc(links, 1)) &&
                 (o->made = lti_alloc(links, sizeof *o->made)) && (o->rank = lti_alloc(links, sizeof *o->rank));
    return whole ? LT_OK : lti_fail_memory(error);
}

void lti_outcome_done(lti_outcome *o)
{
    void *arrays[] = {o->status, o->action, o->made, o->rank};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *o = (lti_outcome){0};
}

static uint32_t link_count(const lti_world *w)
{
    return w->alignment->base[LT_LINK + 1] - w->alignment->base[LT_LINK];
}

static void measure(lti_world *w, lt_coverage *out, uint32_t link)
{
    lti_measure m = LTI_MEASURE_BEGIN;
    for (uint32_t i = w->cap_first[link]; i < w->cap_first[link + 1]; i++)
        if (w->cap[i].alive) lti_measure_add(&m, &w->policy, w->holders[w->cap[i].ability.holder], &w->cap[i].ability);
    w->work += w->cap_first[link + 1] - w->cap_first[link];
    lti_measure_end(&m, LTI_AT(&w->slots[LT_LINK], lt_link, link).demand, out, link);
}

static bool same_real(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_coverage(const lt_coverage *a, const lt_coverage *b, uint32_t i)
{
    return a->producers[i] == b->producers[i] && a->supply[i] == b->supply[i] && a->pipeline[i] == b->pipeline[i] &&
           a->research[i] == b->research[i] && a->coverage[i] == b->coverage[i] && same_real(a->hhi[i], b->hhi[i]) &&
           a->leader[i] == b->leader[i] && a->present[i] == b->present[i];
}

static void copy_coverage(lt_coverage *to, const lt_coverage *from, uint32_t i)
{
    to->producers[i] = from->producers[i];
    to->supply[i] = from->supply[i];
    to->pipeline[i] = from->pipeline[i];
    to->research[i] = from->research[i];
    to->coverage[i] = from->coverage[i];
    to->hhi[i] = from->hhi[i];
    to->leader[i] = from->leader[i];
    to->present[i] = from->present[i];
}

/* Where only coverage differs the model of the new dataset does; else one is made for the state at hand. */
static lt_code rank(lti_world *w, const lt_gaps *gaps, bool light, bool graph, uint32_t *ranks, lt_error *error)
{
    lti_target_model *m = w->targets;
    double before = light ? lti_target_steps(m) : 0;
    lt_code code = light ? LT_OK : lti_target_model_new(&w->ds, gaps, &w->policy, graph ? NULL : w->targets, &m, error);
    if (code != LT_OK) return code;
    code = lti_target_ranks(m, gaps->status, &gaps->coverage, ranks, error);
    w->work += lti_target_steps(m) - before;
    if (light) return code;
    enum { STEPS = 10 }; /* of making a model, a link or an edge; of its failures as many again and more */
    w->work += (graph ? 3 : 1) * STEPS * (double)(gaps->count + lt_count(&w->ds, LT_SUPPLY));
    lti_target_model_free(m);
    return code;
}

/* Judges every link of the state at hand. */
static lt_code look(lti_world *w, const lt_producible *made, unsigned touched, lti_outcome *out, lt_error *error)
{
    bool light = made->producible == w->made.producible && !(touched & ~(unsigned)LTI_TOUCH_PLACES);
    uint32_t links = link_count(w);
    lt_gaps gaps = {.count = links, .coverage = w->now, .producible = *made};
    if (!(gaps.status = lti_alloc(links, 1))) return lti_fail_memory(error);
    w->work += links;
    for (uint32_t i = 0; i < links; i++) {
        const lt_link *link = &lt_links(&w->ds)[i];
        lt_status status = lti_gap_status(link, &w->now, i, &w->policy);
        lt_action action = lti_gap_action(status, made->supplier_present[i], made->consumer_present[i]);
        gaps.status[i] = (uint8_t)status;
        out->status[i] = link->abstract ? LT_NO_VALUE : (int8_t)status;
        out->action[i] = link->abstract ? LT_NO_VALUE : (int8_t)action;
        out->made[i] = !link->abstract && link->final && made->producible[i];
    }
    lt_code code = w->ranks ? rank(w, &gaps, light, touched & LTI_TOUCH_GRAPH, out->rank, error) : LT_OK;
    lti_free(gaps.status);
    return code;
}

static bool present_differs(const lti_world *w)
{
    for (size_t i = 0; i < w->dirty_count; i++)
        if (w->now.present[w->dirty_list[i]] != w->base.present[w->dirty_list[i]]) return true;
    return false;
}

static bool coverage_differs(const lti_world *w)
{
    for (size_t i = 0; i < w->dirty_count; i++)
        if (!same_coverage(&w->now, &w->base, w->dirty_list[i])) return true;
    return false;
}

lt_code lti_world_try(lti_world *w, const uint32_t *changes, size_t count, lti_outcome *out, bool *same, lt_error *error)
{
    lt_code code = LT_OK;
    unsigned touched = lti_state_flip(w, changes, count);
    for (size_t i = 0; i < w->dirty_count; i++) measure(w, &w->now, w->dirty_list[i]);
    *same = !(touched & ~(unsigned)LTI_TOUCH_PLACES) && !coverage_differs(w);
    if (!*same) {
        bool graph = touched & LTI_TOUCH_GRAPH, fresh = graph || present_differs(w);
        lt_producible made = w->made;
        if (fresh) {
            w->work += (double)(link_count(w) + 3 * lt_count(&w->ds, LT_SUPPLY));
            code = lt_producible_compute(&w->ds, w->now.present, &made, error);
        }
        if (code == LT_OK) code = look(w, &made, touched, out, error);
        if (made.producible != w->made.producible) lt_producible_done(&made);
    }
    for (size_t i = 0; i < w->dirty_count; i++) copy_coverage(&w->now, &w->base, w->dirty_list[i]);
    lti_state_clean(w);
    lti_state_flip(w, changes, count);
    lti_state_clean(w);
    return code;
}

int lti_world_status(lti_world *w, const uint32_t *changes, size_t count, uint32_t link)
{
    lti_state_flip_for(w, changes, count, link);
    measure(w, &w->now, link);
    const lt_link *record = &LTI_AT(&w->slots[LT_LINK], lt_link, link);
    bool judged = w->there[w->alignment->base[LT_LINK] + link] && !record->abstract;
    int status = judged ? (int)lti_gap_status(record, &w->now, link, &w->policy) : LT_NO_VALUE;
    copy_coverage(&w->now, &w->base, link);
    lti_state_flip_for(w, changes, count, link);
    return status;
}

lt_code lti_world_init(lti_world *w, const lti_alignment *a, const lt_diff *diff, const lt_diff_input *input, lt_error *error)
{
    *w = (lti_world){.alignment = a, .ranks = true};
    lt_code code = lti_state_init(w, diff, input, error);
    uint32_t links = link_count(w);
    if (code == LT_OK) code = lti_coverage_reserve(&w->base, links, error);
    if (code == LT_OK) code = lti_coverage_reserve(&w->now, links, error);
    if (code == LT_OK) code = lti_outcome_init(&w->outcome, links, error);
    if (code != LT_OK) return code;
    for (uint32_t i = 0; i < links; i++) {
        measure(w, &w->base, i);
        copy_coverage(&w->now, &w->base, i);
    }
    code = lt_producible_compute(&w->ds, w->base.present, &w->made, error);
    w->gaps = (lt_gaps){.count = links, .coverage = w->base, .producible = w->made};
    if (code == LT_OK) code = lti_target_model_new(&w->ds, &w->gaps, &w->policy, NULL, &w->targets, error);
    if (code == LT_OK) code = look(w, &w->made, 0, &w->outcome, error);
    return code;
}

void lti_world_done(lti_world *w)
{
    lt_coverage_done(&w->base);
    lt_coverage_done(&w->now);
    lt_producible_done(&w->made);
    lti_outcome_done(&w->outcome);
    lti_target_model_free(w->targets);
    lti_state_done(w);
}
