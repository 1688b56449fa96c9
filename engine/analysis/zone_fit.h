/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_ZONE_FIT_H
#define LTI_ZONE_FIT_H

#include "liantu/policy.h"
#include "liantu/rules.h"

/**
 * By link: on what the focus stands, of any zone, that fits best.
 *
 * @param scope  lt_scope, by link
 * @return LT_OK, LT_E_MEMORY. Cost O(links + focus).
 */
lt_code lti_zone_scopes(const lt_dataset *ds, const lt_policy *policy, uint8_t *scope, lt_error *error);

/** What a focus counts by where it stands; 0 for LT_ON_NOTHING. */
double lti_zone_fit(const lt_policy *policy, lt_scope scope);

/** A link's segment as a number over all chains; UINT32_MAX = it has none. */
uint32_t lti_segment_number(const lt_dataset *ds, uint32_t link);

#endif
