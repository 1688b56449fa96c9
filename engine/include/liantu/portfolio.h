/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_PORTFOLIO_H
#define LIANTU_PORTFOLIO_H

#include "liantu/gap.h"

/*
 * The best K links to attract together: first the importance of producible finals, then the importance of producible
 * links, then the fewest picks. Exact as 0-1 programs by GLPK, or greedily by bundles. Of several answers as good as each other
 * it is the one that the solver comes to. Importances are told apart to a millionth.
 */

typedef enum { LT_PORTFOLIO_EXACT, LT_PORTFOLIO_GREEDY } lt_portfolio_method;

/** How many picks a zone can take. */
typedef struct {
    lt_node zone; /* LT_NONE = every zone that is not named; without such an entry those take any number */
    uint32_t picks;
} lt_capacity;

typedef struct {
    uint32_t pick; /* at most so many links */
    lt_node chain; /* finals and links of this chain count, those that it shares too; LT_NONE = all. Picks come from everywhere */
    const lt_capacity *capacity; /* each pick takes a place in one zone whose focus fits it; a link that no zone fits takes none */
    size_t capacity_count;
    lt_portfolio_method method;
    double seconds;                           /* 0 = no limit; past it the best found, or the greedy answer where that is better */
    bool (*stop)(void *context, double done); /* asked now and then, done NaN; true ends the search as the limit does */
    void *context;
} lt_portfolio_options;

/** One link to attract. */
typedef struct {
    uint32_t link;
    lt_node zone;           /* where it goes, by fit; LT_NONE = no zone fits it */
    double gain, link_gain; /* importance of finals, of links, that become producible with it after those before it */
    uint32_t unlocked_first, unlocked_count; /* in lt_portfolio.unlocked: links that become producible with it */
} lt_pick;

typedef struct {
    lt_pick *picks; /* in the order that unlocks soonest: by bundles that unlock finals together, the largest gain a pick first,
                       within a bundle the largest gain, then link_gain, then id; then those that unlock links only */
    size_t count;
    uint32_t *unlocked; /* links, not abstract, that become producible, of any chain, by pick, then id */
    size_t unlocked_count;
    double before;                                /* importance of finals producible now */
    double objective;                             /* importance of finals producible with the picks */
    double bound;                                 /* no set of as many picks has a larger objective; NaN = nothing is proven */
    double link_objective;                        /* importance of links, not abstract, producible with the picks */
    uint32_t finals, finals_before, finals_after; /* finals that count, and those of them producible now, with the picks */
    bool optimal;                                 /* all three aims proven */
    lt_portfolio_method method;                   /* by which the answer was found */
} lt_portfolio;

/**
 * Chooses links, not abstract and not present, to attract together, whatever their status.
 *
 * @param gaps     the analysis of the same dataset
 * @param policy   NULL = defaults; zone fit
 * @param out      freed with lt_portfolio_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost that of three 0-1 programs, exponential at worst; greedy O(pick · links ·
 * supply).
 */
LT_API lt_code lt_portfolio_choose(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy,
                                   const lt_portfolio_options *options, lt_portfolio *out, lt_error *error);
LT_API void lt_portfolio_done(lt_portfolio *portfolio);

#endif
