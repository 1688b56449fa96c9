/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Portfolio by a rule of thumb. One link after the other would be blind to links that unlock only together, so whole bundles
 * are added: that of each final still out of reach is looked at, with all that it unlocks, and the one that gains most
 * importance of finals a pick comes next; then the same with links. It sees one bundle at a time and misses what many share.
 */
#include <string.h>

#include "analysis/portfolio.h"

static void fill(lti_bundler *b, const uint32_t *units, lti_picks *picks)
{
    while (picks->count < b->p->pick && !lti_problem_ended(b->p)) {
        lti_find_bundle(b, units, b->p->pick - picks->count);
        if (b->best.count == 0) return;
        memcpy(picks->link + picks->count, b->best.link, b->best.count * sizeof *picks->link);
        lti_take(b, picks->link + picks->count, b->best.count);
        picks->count += b->best.count;
    }
}

lt_code lti_portfolio_greedy(const lti_problem *p, lti_picks *picks, lt_error *error)
{
    lti_bundler b;
    lt_code code = lti_bundler_init(&b, p, NULL, error);
    if (code == LT_OK) {
        lti_take(&b, picks->link, picks->count);
        fill(&b, p->final_units, picks);
        fill(&b, p->link_units, picks);
    }
    lti_bundler_done(&b);
    return code == LT_OK ? lti_drop_idle(p, picks, error) : code;
}
