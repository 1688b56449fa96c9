/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_POLICY_H
#define LIANTU_POLICY_H

#include "liantu/dataset.h"
#include "liantu/rules.h"

/** Every threshold, chance and weight of the definitions. A plain struct: copy it, change it. */
typedef struct {
    /* gap status */
    double weak_below;                   /* coverage below it is weak */
    double single_hhi;                   /* hhi from it on is single */
    double strong_producers;             /* producers from it on are strong, when coverage is full */
    double chance[LT_PROJECT_OPERATING]; /* that a project comes, by stage: planned, contacted, signed, building */

    /* bottleneck score */
    struct {
        double path_share, dominated_finals, blocked_weight, concentration;
    } bottleneck;
    double failure_chance;                             /* of a link, for importance in minimal sets */
    double unlock_base, unlock_pipeline, unlock_choke; /* cost of bringing a link here, and its factors */

    /* targeting score */
    struct {
        double necessity, leverage, unlock, pull, push, research, zone_fit, prospects, policy;
    } target;
    double no_consumers, no_inputs;                      /* pull and push where there is nothing to divide by */
    double zone_on_link, zone_on_segment, zone_on_chain; /* zone_fit of a focus on the link, its segment, its chain */
    double chain_prospect;                               /* what a prospect on the chain counts, of one on the link */
    double full_prospects;                               /* prospects that give the criterion 1 */
    double policy_choke, policy_priority, policy_other;
} lt_policy;

/** The defaults, which data/policy/default.json holds too. Static. */
LT_API const lt_policy *lt_policy_default(void);

/**
 * Reads a policy file. Fields that it leaves out keep their default; a `note` at its top is for people.
 *
 * @param path   NULL = the defaults
 * @param out    untouched on failure
 * @param error  file, line and field of what is wrong
 * @return LT_OK, LT_E_MEMORY, LT_E_IO, LT_E_POLICY.
 */
LT_API lt_code lt_policy_load(const char *path, lt_policy *out, lt_error *error);

/**
 * Policy and rules as JSON, every number written. Freed with lt_text_free.
 *
 * @param rules  NULL = the defaults
 * @return LT_OK, LT_E_MEMORY.
 */
LT_API lt_code lt_policy_json(const lt_policy *policy, const lt_rules *rules, char **out, lt_error *error);

/** SHA-256 of lt_policy_json in hexadecimal. @return LT_OK, LT_E_MEMORY. */
LT_API lt_code lt_policy_digest(const lt_policy *policy, const lt_rules *rules, char digest[LT_DIGEST_SIZE], lt_error *error);

#endif
