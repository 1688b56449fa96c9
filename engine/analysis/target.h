/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TARGET_H
#define LTI_TARGET_H

#include "liantu/target.h"

/** What the targeting list of a dataset rests on, kept to rank again with other coverage. */
typedef struct lti_target_model lti_target_model;

/**
 * @param ds, gaps, policy  borrowed as long as the model lives
 * @param like              NULL, or a model with the same links and supply, whose failures are then borrowed too
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost without `like` that of the failures.
 */
lt_code lti_target_model_new(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, const lti_target_model *like,
                             lti_target_model **out, lt_error *error);
void lti_target_model_free(lti_target_model *model);

/**
 * Places on the list with another status and coverage of links, where all else is as in the model: who is present too.
 *
 * @param rank  by link, from 1; 0 = not listed
 * @return LT_OK, LT_E_MEMORY. Cost O(links · log links), once for each link that is listed as lt_targets_analyse.
 */
lt_code lti_target_ranks(lti_target_model *model, const uint8_t *status, const lt_coverage *coverage, uint32_t *rank,
                         lt_error *error);

/** Steps that a model has taken; about ten nanoseconds each. */
double lti_target_steps(const lti_target_model *model);

/** Whether links of a status are listed. */
bool lti_is_listed(int status);

#endif
