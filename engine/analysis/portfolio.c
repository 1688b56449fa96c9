/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portfolio: the question reduced, an answer by rules of thumb, the exact search from there, and the answer put in order. */
#include "analysis/portfolio.h"

#include <math.h>

#include "core/clock.h"
#include "core/error.h"
#include "core/memory.h"

/* Up to which part of the seconds the rules of thumb, the exact search, and filling up may go on; the last goes to the order. */
static const double greedy_share = .5, exact_share = .9, fill_share = .97;

static lt_code search(lti_problem *p, double begin, lti_picks *picks, lti_proof *proof, lt_error *error)
{
    const lt_portfolio_options *o = p->options;
    bool exact = o->method == LT_PORTFOLIO_EXACT;
    double seconds = o->seconds > 0 ? o->seconds : INFINITY;
    *proof = (lti_proof){.bound = NAN};
    p->end = begin + seconds * (exact ? greedy_share : exact_share);
    lt_code code = lti_portfolio_greedy(p, picks, error);
    p->end = begin + seconds * exact_share;
    if (code == LT_OK && exact) code = lti_portfolio_exact(p, picks, proof, error);
    p->end = begin + seconds * fill_share;
    if (code == LT_OK && !proof->optimal) code = lti_portfolio_greedy(p, picks, error);
    p->end = begin + seconds;
    return code;
}

/* Sums in order of the links, so that they do not hang on the order of the picks. */
static lt_code sum_up(const lti_problem *p, const lti_picks *picks, const lti_proof *proof, lt_portfolio *out, lt_error *error)
{
    const lt_link *links = lt_links(p->ds);
    lt_node chain = p->options->chain;
    lti_growth g;
    lt_code code = lti_growth_init(&g, p, NULL, error);
    if (code == LT_OK) lti_growth_pick(&g, picks->link, picks->count);
    for (uint32_t i = 0; i < p->s.links && code == LT_OK; i++) {
        if (chain != LT_NONE && !lt_link_in_chain(p->ds, i, chain)) continue;
        double importance = g.made[i] ? links[i].importance : 0;
        out->finals += links[i].final;
        out->finals_before += links[i].final && p->made[i];
        out->finals_after += links[i].final && g.made[i];
        if (links[i].final && p->made[i]) out->before += importance;
        if (links[i].final) out->objective += importance;
        if (!links[i].abstract) out->link_objective += importance;
    }
    lti_growth_done(&g);
    bool proven = proof->bound <= (double)picks->gain.finals;
    out->bound = proven ? out->objective : out->before + (proof->bound + p->rounding) * p->unit;
    out->optimal = proof->optimal;
    out->method = proof->optimal || proof->improved ? LT_PORTFOLIO_EXACT : LT_PORTFOLIO_GREEDY;
    return code;
}

static lt_code place(const lti_problem *p, lti_picks *picks, lt_portfolio *out, lt_error *error)
{
    lt_node *zone = lti_alloc((size_t)picks->count + 1, sizeof *zone);
    lt_code code = zone ? LT_OK : lti_fail_memory(error);
    for (uint32_t i = 0; i < picks->count; i++) picks->link[i] = out->picks[i].link;
    if (code == LT_OK) code = lti_assign_zones(p, picks, zone, error);
    for (uint32_t i = 0; i < picks->count && code == LT_OK; i++) out->picks[i].zone = zone[i];
    lti_free(zone);
    return code;
}

lt_code lt_portfolio_choose(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, const lt_portfolio_options *options,
                            lt_portfolio *out, lt_error *error)
{
    double begin = lti_clock();
    lti_problem p;
    lti_proof proof;
    lti_picks picks = {0};
    lt_portfolio found = {0};
    lt_code code = lti_problem_init(&p, ds, gaps, policy ? policy : lt_policy_default(), options, error);
    if (code == LT_OK && !(picks.link = lti_alloc((size_t)p.pick + 1, sizeof *picks.link))) code = lti_fail_memory(error);
    if (code == LT_OK) code = search(&p, begin, &picks, &proof, error);
    lt_portfolio_options calm = *options; /* who stopped the search still wants its answer in order */
    calm.stop = NULL;
    p.options = &calm;
    if (code == LT_OK) code = lti_portfolio_order(&p, &picks, &found, error);
    if (code == LT_OK) code = sum_up(&p, &picks, &proof, &found, error);
    if (code == LT_OK) code = place(&p, &picks, &found, error);
    if (code == LT_OK) *out = found;
    else lt_portfolio_done(&found);
    lti_free(picks.link);
    lti_problem_done(&p);
    return code;
}

void lt_portfolio_done(lt_portfolio *portfolio)
{
    if (!portfolio) return;
    lti_free(portfolio->picks);
    lti_free(portfolio->unlocked);
    *portfolio = (lt_portfolio){0};
}
