/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_ALIGN_H
#define LTI_ALIGN_H

#include "dataset/store.h"

/** Two datasets beside each other: nodes are the same by kind and id, edges by kind, ends and role. */
typedef struct {
    const lt_dataset *side[2];        /* borrowed */
    lt_node *number[2];               /* by node of that side: its number among the nodes of both, in the same order */
    uint32_t base[LT_NODE_KINDS + 1]; /* of those numbers: the first of each kind */
} lti_alignment;

/** @return LT_OK, LT_E_MEMORY. Cost O(nodes). Free with lti_alignment_done, also after a failure. */
lt_code lti_align(const lt_dataset *first, const lt_dataset *second, lti_alignment *out, lt_error *error);
void lti_alignment_done(lti_alignment *a);

/** The records of a kind, side by side. */
typedef struct {
    const lti_alignment *alignment;
    lt_kind kind;
    uint32_t next[2];
} lti_pairs;

/** Place of the next record on each side, LT_NONE where that side has none. @return false at the end. */
bool lti_pairs_next(lti_pairs *pairs, uint32_t index[2]);

#endif
