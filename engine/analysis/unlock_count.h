/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_UNLOCK_COUNT_H
#define LTI_UNLOCK_COUNT_H

#include "graph/supply.h"
#include "liantu/gap.h"

/** What becomes producible when one link more becomes present; kept between links so that each costs what it reaches. */
typedef struct {
    const lt_dataset *ds;
    const lti_supply *s;
    const bool *present, *producible;
    uint32_t *have;    /* by group: producible members */
    uint32_t *left;    /* by group: members that are producible or may become so */
    uint32_t *seen;    /* by link: the round in which it was reached */
    uint32_t *touched; /* by group: the round in which left was set */
    uint32_t *reached, *dropped;
    bool *out; /* by link: dropped again */
    uint32_t round;
    double steps; /* uses of links looked at so far */
} lti_unlock_counter;

/** @return LT_OK, LT_E_MEMORY. Cost O(links + supply). Free with lti_unlock_counter_done, also after a failure. */
lt_code lti_unlock_counter_init(lti_unlock_counter *counter, const lt_dataset *ds, const lti_supply *s, const lt_gaps *gaps,
                                lt_error *error);
void lti_unlock_counter_done(lti_unlock_counter *counter);

/**
 * Links, not abstract, that become producible when `link` becomes present; 0 where it is present already.
 *
 * @param unlocked  NULL, or receives them in no order; room for all links
 * @return their number. Cost O(links downstream that are not producible, and their edges).
 */
uint32_t lti_unlock_count(lti_unlock_counter *counter, uint32_t link, uint32_t *unlocked);

#endif
