/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TARGET_H
#define LTI_TARGET_H

#include "liantu/target.h"

/** What fails with each link, which only links, their importance and supply decide; arrays by link. */
typedef struct lti_target_failures {
    uint32_t *blocked_finals;
    double *blocked_weight; /* importance */
    double finals_weight;   /* importance of all finals */
} lti_target_failures;

/** @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Free with lti_target_failures_done, also after a failure. */
lt_code lti_target_failures_init(lti_target_failures *f, const lt_dataset *ds, lt_error *error);
void lti_target_failures_done(lti_target_failures *f);

/** As lt_targets_analyse, where the failures are known. */
lt_code lti_targets_from(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, const lti_target_failures *failures,
                         lt_targets *out, lt_error *error);

#endif
