/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Status, action and the summary a chain of contract section 2. */
#include "liantu/gap.h"

#include <math.h>

#include "analysis/coverage.h"
#include "core/error.h"
#include "core/memory.h"

/* Sums of levels such as .7 + .2 + .1 miss their decimal value by rounding; thresholds are met within this. */
static const double tolerance = 1e-9;

static const char *const status_words[LT_STATUSES] = {
    [LT_STATUS_MISSING] = "missing", [LT_STATUS_PIPELINE] = "pipeline", [LT_STATUS_UNKNOWN] = "unknown", [LT_STATUS_WEAK] = "weak",
    [LT_STATUS_SINGLE] = "single",   [LT_STATUS_ADEQUATE] = "adequate", [LT_STATUS_STRONG] = "strong",
};
static const char *const action_words[LT_ACTIONS] = {
    [LT_ACTION_BUILD] = "build",
    [LT_ACTION_FILL] = "fill",
    [LT_ACTION_EXTEND_FORWARD] = "extend-forward",
    [LT_ACTION_EXTEND_BACKWARD] = "extend-backward",
    [LT_ACTION_STRENGTHEN] = "strengthen",
    [LT_ACTION_KEEP] = "keep",
};

const char *lt_status_word(lt_status status)
{
    return (unsigned)status < LT_STATUSES ? status_words[status] : NULL;
}
const char *lt_action_word(lt_action action)
{
    return (unsigned)action < LT_ACTIONS ? action_words[action] : NULL;
}

lt_message lt_status_message(lt_status status)
{
    static const lt_message names[LT_STATUSES] = {
        [LT_STATUS_MISSING] = LT_MSG_STATUS_MISSING, [LT_STATUS_PIPELINE] = LT_MSG_STATUS_PIPELINE,
        [LT_STATUS_UNKNOWN] = LT_MSG_STATUS_UNKNOWN, [LT_STATUS_WEAK] = LT_MSG_STATUS_WEAK,
        [LT_STATUS_SINGLE] = LT_MSG_STATUS_SINGLE,   [LT_STATUS_ADEQUATE] = LT_MSG_STATUS_ADEQUATE,
        [LT_STATUS_STRONG] = LT_MSG_STATUS_STRONG,
    };
    return names[status];
}

lt_message lt_action_message(lt_action action)
{
    static const lt_message names[LT_ACTIONS] = {
        [LT_ACTION_BUILD] = LT_MSG_ACTION_BUILD,
        [LT_ACTION_FILL] = LT_MSG_ACTION_FILL,
        [LT_ACTION_EXTEND_FORWARD] = LT_MSG_ACTION_EXTEND_FORWARD,
        [LT_ACTION_EXTEND_BACKWARD] = LT_MSG_ACTION_EXTEND_BACKWARD,
        [LT_ACTION_STRENGTHEN] = LT_MSG_ACTION_STRENGTHEN,
        [LT_ACTION_KEEP] = LT_MSG_ACTION_KEEP,
    };
    return names[action];
}

lt_support lt_support_of(const lt_dataset *ds, const lt_coverage *coverage, uint32_t link, bool tied)
{
    if (coverage->research[link] > 0) return LT_SUPPORT_LOCAL;
    if (tied) return LT_SUPPORT_OUTSIDE;
    return lt_links(ds)[link].survey != LT_SURVEY_NONE ? LT_SUPPORT_NONE : LT_SUPPORT_UNSURVEYED;
}

lt_status lti_gap_status(const lt_link *link, const lt_coverage *c, uint32_t i, const lt_policy *policy)
{
    if (link->demand <= 0) return LT_STATUS_ADEQUATE;
    if (c->producers[i] == 0) {
        if (c->pipeline[i] > 0) return LT_STATUS_PIPELINE;
        return link->survey == LT_SURVEY_NONE ? LT_STATUS_UNKNOWN : LT_STATUS_MISSING;
    }
    if (c->coverage[i] < policy->weak_below - tolerance) return LT_STATUS_WEAK;
    bool full = c->coverage[i] >= 1 - tolerance;
    if (full && (c->producers[i] >= policy->strong_producers || c->leader[i])) return LT_STATUS_STRONG;
    if (c->producers[i] == 1 || c->hhi[i] >= policy->single_hhi - tolerance) return LT_STATUS_SINGLE;
    return LT_STATUS_ADEQUATE;
}

lt_action lti_gap_action(lt_status status, bool supplier, bool consumer)
{
    switch (status) {
    case LT_STATUS_WEAK:
    case LT_STATUS_SINGLE: return LT_ACTION_STRENGTHEN;
    case LT_STATUS_ADEQUATE:
    case LT_STATUS_STRONG: return LT_ACTION_KEEP;
    default: break;
    }
    if (supplier && consumer) return LT_ACTION_FILL;
    if (supplier) return LT_ACTION_EXTEND_FORWARD;
    return consumer ? LT_ACTION_EXTEND_BACKWARD : LT_ACTION_BUILD;
}

static lt_basis weakest_of(const lt_dataset *ds, const lt_coverage *c, uint32_t link)
{
    lt_basis weakest = LT_BASIS_STATED;
    for (uint32_t i = c->first[link]; i < c->first[link + 1]; i++) {
        lt_basis basis = (lt_basis)lt_record_get(ds, (lt_kind)c->evidence[i].kind, c->evidence[i].index)->basis;
        if (basis > weakest) weakest = basis;
    }
    return weakest;
}

static void summarise(const lt_dataset *ds, const lt_gaps *gaps, uint32_t chain, lt_chain_gaps *out)
{
    double weight = 0, covered = 0;
    uint64_t groups = 0, met = 0;
    *out = (lt_chain_gaps){0};
    for (uint32_t i = 0; i < gaps->count; i++) {
        const lt_link *link = &lt_links(ds)[i];
        if (link->abstract || !lt_link_in_chain(ds, i, lt_node_at(ds, LT_CHAIN, chain))) continue;
        out->links++;
        out->by_status[gaps->status[i]]++;
        out->finals += link->final;
        out->producible_finals += link->final && gaps->producible.producible[i];
        weight += link->importance;
        covered += link->importance * gaps->coverage.coverage[i];
        if (!gaps->coverage.present[i]) continue;
        groups += gaps->producible.groups[i];
        met += gaps->producible.groups_met[i];
    }
    out->completeness = weight > 0 ? covered / weight : NAN;
    out->local_supply_rate = groups > 0 ? (double)met / (double)groups : NAN;
}

lt_code lt_gaps_analyse(const lt_dataset *ds, const lt_policy *policy, lt_gaps *out, lt_error *error)
{
    if (!policy) policy = lt_policy_default();
    size_t links = lt_count(ds, LT_LINK), chains = lt_count(ds, LT_CHAIN);
    lt_gaps gaps = {.count = links, .chain_count = chains};
    lt_code code = lt_coverage_compute(ds, policy, &gaps.coverage, error);
    if (code == LT_OK) code = lt_producible_compute(ds, gaps.coverage.present, &gaps.producible, error);
    if (code != LT_OK) goto done;
    bool whole = (gaps.status = lti_alloc(links, 1)) && (gaps.action = lti_alloc(links, 1)) && (gaps.basis = lti_alloc(links, 1)) &&
                 (gaps.chains = lti_alloc(chains, sizeof *gaps.chains));
    if (!whole) {
        code = lti_fail_memory(error);
        goto done;
    }
    for (uint32_t i = 0; i < links; i++) {
        lt_status status = lti_gap_status(&lt_links(ds)[i], &gaps.coverage, i, policy);
        gaps.status[i] = (uint8_t)status;
        gaps.action[i] = (uint8_t)lti_gap_action(status, gaps.producible.supplier_present[i], gaps.producible.consumer_present[i]);
        gaps.basis[i] = (uint8_t)weakest_of(ds, &gaps.coverage, i);
    }
    for (uint32_t chain = 0; chain < chains; chain++) summarise(ds, &gaps, chain, &gaps.chains[chain]);
    *out = gaps;

done:
    if (code != LT_OK) lt_gaps_done(&gaps);
    return code;
}

void lt_gaps_done(lt_gaps *gaps)
{
    if (!gaps) return;
    lt_coverage_done(&gaps->coverage);
    lt_producible_done(&gaps->producible);
    void *arrays[] = {gaps->status, gaps->action, gaps->basis, gaps->chains};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *gaps = (lt_gaps){0};
}
