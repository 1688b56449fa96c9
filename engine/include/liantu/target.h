/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_TARGET_H
#define LIANTU_TARGET_H

#include "liantu/gap.h"

/* Whom to attract for which link: criteria, score and order. Source: contract, section 2. */

typedef enum {
    LT_CRITERION_NECESSITY,
    LT_CRITERION_LEVERAGE,
    LT_CRITERION_UNLOCK,
    LT_CRITERION_PULL,
    LT_CRITERION_PUSH,
    LT_CRITERION_RESEARCH,
    LT_CRITERION_ZONE_FIT,
    LT_CRITERION_PROSPECTS,
    LT_CRITERION_POLICY,
    LT_CRITERIA
} lt_criterion;

/** The word of a criterion in JSON. Static; NULL for what is none. */
LT_API const char *lt_criterion_word(lt_criterion criterion);

/** The policy's weights, in the order of lt_criterion. */
LT_API void lt_criterion_weights(const lt_policy *policy, double weights[LT_CRITERIA]);

/** Figures of one link. */
typedef struct {
    uint32_t link;
    double criteria[LT_CRITERIA];          /* 0..1 each */
    double score;                          /* 0..1 */
    uint32_t unlocked;                     /* links, not abstract, that become producible when it becomes present; itself counted */
    uint32_t blocked_finals;               /* finals other than itself that fail with it */
    uint32_t consumers, consumers_present; /* nearest links that are not abstract */
    uint32_t link_prospects, chain_prospects; /* prospect edges */
} lt_target;

/**
 * The targeting list. Listed are the links whose status is missing, pipeline, weak or single; links whose status is unknown
 * stand apart, with the figures that they would have if they were found missing.
 */
typedef struct {
    lt_target *listed, *unknown; /* best first: score as written with 12 digits, then id */
    size_t listed_count, unknown_count;
    uint32_t most_unlocked; /* the largest `unlocked` among the listed */
} lt_targets;

/**
 * Criteria and score of every link that the list has.
 *
 * @param gaps    the analysis of the same dataset
 * @param policy  NULL = defaults
 * @param out     freed with lt_targets_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL.
 *         Cost that of the failures (see lt_bottlenecks_analyse), and for `unlocked` O(what is downstream of each link and not
 *         producible), O(links · supply) at worst.
 */
LT_API lt_code lt_targets_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, lt_targets *out,
                                  lt_error *error);
LT_API void lt_targets_done(lt_targets *targets);

#endif
