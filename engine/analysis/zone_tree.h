/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_ZONE_TREE_H
#define LTI_ZONE_TREE_H

#include "liantu/dataset.h"

/** Which zones lie below which, by index into lt_zones. A zone whose parent is a region stands at the top. */
typedef struct {
    uint32_t count;
    uint32_t *parent; /* UINT32_MAX = none */
    uint32_t *first;  /* count + 1 */
    uint32_t *below;  /* of zone i from first[i] to first[i + 1] - 1: itself, then all below it, by id */
} lti_zone_tree;

/** @return LT_OK, LT_E_MEMORY. Cost O(zones · depth). Free with lti_zone_tree_done, also after a failure. */
lt_code lti_zone_tree_init(lti_zone_tree *tree, const lt_dataset *ds, lt_error *error);
void lti_zone_tree_done(lti_zone_tree *tree);

/** Whether a zone is the other or lies below it. Cost O(depth). */
bool lti_zone_within(const lti_zone_tree *tree, uint32_t zone, uint32_t other);

#endif
