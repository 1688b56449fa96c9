/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_SUPPLY_H
#define LTI_SUPPLY_H

#include "liantu/dataset.h"

/**
 * The supply edges as flat arrays, links by index. Groups of a consumer stand beside each other; each has its members
 * (suppliers), of which k are needed; edges of a group agree on k, and where they do not (a dataset with a part of its changes
 * undone) the largest counts. Optional edges are in in/out and form no group.
 */
typedef struct {
    uint32_t links, groups;
    uint32_t *in_first, *in;         /* suppliers of link i: in[in_first[i]] .. in[in_first[i + 1] - 1], by id */
    uint32_t *out_first, *out;       /* consumers, by id */
    uint32_t *group_first;           /* groups of link i: group_first[i] .. group_first[i + 1] - 1 */
    uint32_t *k, *consumer;          /* by group */
    uint32_t *member_first, *member; /* by group: suppliers, by id */
    uint32_t *use_first, *use;       /* groups that link i is a member of */
} lti_supply;

/** @return LT_OK, LT_E_MEMORY. Cost O(links + edges · log edges). Free with lti_supply_done, also after a failure. */
lt_code lti_supply_init(lti_supply *supply, const lt_dataset *ds, lt_error *error);
void lti_supply_done(lti_supply *supply);

#endif
