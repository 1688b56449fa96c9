/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_RANKING_H
#define LTI_RANKING_H

#include <stddef.h>
#include <stdint.h>

/** A row in the order of the scores; equal keys are equal scores. */
typedef struct {
    uint64_t key;
    uint32_t row;
} lti_ranked;

/**
 * Rows from the highest score to the lowest, equal ones by row.
 *
 * @param room, spare  count each, overwritten
 * @param score        none is NaN
 * @return room or spare, whichever holds the order. Cost O(count), whatever the scores.
 */
const lti_ranked *lti_rank(lti_ranked *room, lti_ranked *spare, const double *score, size_t count);

#endif
