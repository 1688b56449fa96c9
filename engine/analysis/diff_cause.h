/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DIFF_CAUSE_H
#define LTI_DIFF_CAUSE_H

#include "analysis/diff_world.h"

/** Looks for the causes of effects. */
typedef struct {
    lti_world *world;
    lt_diff *diff;        /* changes and effects are filled in */
    const uint32_t *link; /* by effect: number over both datasets */
    uint32_t moved;
    double limit; /* of the world's work; 0 = none */
} lti_cause_search;

/** Fills causes of the diff, and what its effects say of them. @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. */
lt_code lti_find_causes(const lti_cause_search *search, lt_error *error);

#endif
