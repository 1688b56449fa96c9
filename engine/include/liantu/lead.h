/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_LEAD_H
#define LIANTU_LEAD_H

#include "liantu/dataset.h"

/* Who leads each chain, held against the rule of the two-leader system (双长制): one leader, one or two responsible
   units, one or two alliance leaders. Chains of tier other stand outside it. Source: the plan, box 8. */

enum { LT_LEAD_ROLES = LT_LEAD_ALLIANCE + 1, LT_LEAD_PROPOSALS = 2 };

typedef struct {
    lt_node chain;
    uint32_t named[LT_LEAD_ROLES]; /* lead edges by role */
    bool lacks[LT_LEAD_ROLES];     /* none is named */
    bool beyond[LT_LEAD_ROLES];    /* more are named than the rule has */
    /* Local firms of grade leader or backbone with the largest sum of levels in the chain, where no alliance leader is
       named: an assumption, never a fact. */
    lt_node proposals[LT_LEAD_PROPOSALS];
    size_t proposal_count;
} lt_chain_lead;

/**
 * What each chain under the rule has and lacks.
 *
 * @param out    one entry a chain, in order of their ids, freed with lt_chain_leads_free
 * @param count  their number
 * @return LT_OK, LT_E_MEMORY. Cost O(chains · (links + capabilities)).
 */
LT_API lt_code lt_chain_leads(const lt_dataset *ds, lt_chain_lead **out, size_t *count, lt_error *error);

/** Takes NULL. */
LT_API void lt_chain_leads_free(lt_chain_lead *leads);

#endif
