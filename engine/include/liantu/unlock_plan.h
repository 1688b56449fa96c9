/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_UNLOCK_PLAN_H
#define LIANTU_UNLOCK_PLAN_H

#include "liantu/gap.h"

/* The cheapest set of links to bring here so that targets become producible. Exact, by GLPK. */

/** A set of links and what is proven of it. */
typedef struct {
    bool found;     /* a set was found (before the time was up) */
    bool optimal;   /* none is cheaper */
    double cost;    /* of the set */
    double bound;   /* no set is cheaper than this; NaN = nothing is proven */
    uint32_t *link; /* link indexes, ascending */
    size_t count;
} lt_unlock_plan;

/**
 * Finds links not present, of least total cost and of those the fewest, with which every target is producible.
 * Present links that need each other sustain each other, as everywhere.
 *
 * @param present  by link, as lt_coverage gives it
 * @param targets  link indexes
 * @param cost     by link, ≥ 0; only those of links not present count
 * @param seconds  0 = no limit
 * @param out      freed with lt_unlock_plan_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost: that of a 0-1 program over the links upstream, exponential at worst.
 */
LT_API lt_code lt_unlock_cheapest(const lt_dataset *ds, const bool *present, const uint32_t *targets, size_t target_count,
                                  const double *cost, double seconds, lt_unlock_plan *out, lt_error *error);
LT_API void lt_unlock_plan_done(lt_unlock_plan *plan);

/** Cost of a link by the policy: base, times the factor of a link in the pipeline, times that of a choke link. */
LT_API double lt_unlock_policy_cost(const lt_policy *policy, const lt_link *link, double pipeline);

/** A numeric field of a link: one of the schema's reals, or a number among the fields that the schema does not know. @return false
 * = it has none. */
LT_API bool lt_link_number(const lt_dataset *ds, uint32_t link, const char *field, double *value);

#endif
