/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_POSITION_H
#define LTI_POSITION_H

#include "analysis/zone_tree.h"
#include "core/array.h"
#include "liantu/position.h"

/** What positions are worked out from, and the arrays of lt_positions as they grow. */
typedef struct {
    const lt_dataset *ds;
    const lt_gaps *gaps;
    const lt_targets *targets;
    const lt_policy *policy;
    const lt_rules *rules;
    lti_zone_tree tree;
    lt_position *positions;
    lti_array holdings, capabilities, standings, focuses;             /* position.c */
    lti_array gap_list;                                               /* zone_gaps.c */
    lti_array overlaps, rivals, link_claims, chain_claims, claimants; /* zone_claims.c */
    lti_array chains, partners, projects;                             /* zone_rules.c */
} lti_position_model;

/* Each fills its arrays and its part of each position; the focus edges of all positions stand already.
   @return LT_OK, LT_E_MEMORY. */

lt_code lti_zone_gaps(lti_position_model *m, lt_error *error);
lt_code lti_zone_claims(lti_position_model *m, lt_error *error);
lt_code lti_zone_rules(lti_position_model *m, lt_error *error);

/** Adds a number to an array of them. @return false out of memory. */
bool lti_push_number(lti_array *numbers, uint32_t number);

/** The focus edges that count for a zone: *count indexes into lt_focuses. */
const uint32_t *lti_zone_focuses(const lti_position_model *m, uint32_t zone, uint32_t *count);

/**
 * Records by the zone that each names: those of zone i are list[first[i]] to list[first[i + 1] - 1], in order.
 *
 * @param zone_of  by record; UINT32_MAX = none
 * @return LT_OK, LT_E_MEMORY; first and list are freed by the caller, also after a failure
 */
lt_code lti_by_zone(uint32_t zones, const uint32_t *zone_of, size_t records, uint32_t **first, uint32_t **list, lt_error *error);

#endif
