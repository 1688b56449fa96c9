/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "liantu/lead.h"

#include "core/error.h"
#include "core/memory.h"

static const uint32_t most[LT_LEAD_ROLES] = {[LT_LEAD_LEADER] = 1, [LT_LEAD_UNIT] = 2, [LT_LEAD_ALLIANCE] = 2};

static void count_named(const lt_dataset *ds, lt_chain_lead *lead)
{
    for (size_t i = 0; i < lt_count(ds, LT_LEAD); i++) {
        const lt_edge *edge = &lt_leads(ds)[i].edge;
        if (edge->to == lead->chain) lead->named[edge->role]++;
    }
    for (int role = 0; role < LT_LEAD_ROLES; role++) {
        lead->lacks[role] = lead->named[role] == 0;
        lead->beyond[role] = lead->named[role] > most[role];
    }
}

/* What a firm produces in a chain; 0 for one that the plan does not call backbone. Capabilities stand by holder. */
static void sum_levels(const lt_dataset *ds, lt_node chain, double *levels)
{
    for (size_t i = 0; i < lt_count(ds, LT_FIRM); i++) levels[i] = 0;
    for (size_t i = 0; i < lt_count(ds, LT_CAPABILITY); i++) {
        const lt_capability *capability = &lt_capabilities(ds)[i];
        if (lt_node_kind(ds, capability->edge.from) != LT_FIRM || capability->edge.role == LT_ROLE_RESEARCH) continue;
        uint32_t firm = lt_node_index(ds, capability->edge.from);
        uint8_t grade = lt_firms(ds)[firm].grade;
        bool stands_out = grade == LT_GRADE_LEADER || grade == LT_GRADE_BACKBONE;
        if (!stands_out || !lt_firms(ds)[firm].local || !lt_link_in_chain(ds, lt_node_index(ds, capability->edge.to), chain))
            continue;
        levels[firm] += capability->level;
    }
}

/* Leaders come before backbone firms, then the larger sum of levels. */
static bool stands_before(const lt_dataset *ds, const double *levels, size_t firm, size_t other)
{
    bool leads = lt_firms(ds)[firm].grade == LT_GRADE_LEADER, other_leads = lt_firms(ds)[other].grade == LT_GRADE_LEADER;
    if (levels[firm] <= 0 || levels[other] <= 0) return levels[firm] > levels[other];
    return leads != other_leads ? leads : levels[firm] > levels[other];
}

static void propose(const lt_dataset *ds, lt_chain_lead *lead, double *levels)
{
    sum_levels(ds, lead->chain, levels);
    while (lead->proposal_count < LT_LEAD_PROPOSALS) {
        size_t best = 0;
        for (size_t i = 1; i < lt_count(ds, LT_FIRM); i++)
            if (stands_before(ds, levels, i, best)) best = i;
        if (lt_count(ds, LT_FIRM) == 0 || levels[best] <= 0) break;
        levels[best] = 0;
        lead->proposals[lead->proposal_count++] = lt_node_at(ds, LT_FIRM, (uint32_t)best);
    }
}

lt_code lt_chain_leads(const lt_dataset *ds, lt_chain_lead **out, size_t *count, lt_error *error)
{
    lt_chain_lead *leads = lti_alloc(lt_count(ds, LT_CHAIN), sizeof *leads);
    double *levels = lti_alloc(lt_count(ds, LT_FIRM), sizeof *levels);
    size_t written = 0;
    if (!leads || !levels) {
        lti_free(leads);
        lti_free(levels);
        return lti_fail_memory(error);
    }
    for (uint32_t i = 0; i < lt_count(ds, LT_CHAIN); i++) {
        if (lt_chains(ds)[i].tier == LT_TIER_OTHER) continue;
        lt_chain_lead *lead = &leads[written++];
        lead->chain = lt_node_at(ds, LT_CHAIN, i);
        count_named(ds, lead);
        if (lead->lacks[LT_LEAD_ALLIANCE]) propose(ds, lead, levels);
    }
    lti_free(levels);
    *out = leads;
    *count = written;
    return LT_OK;
}

void lt_chain_leads_free(lt_chain_lead *leads)
{
    lti_free(leads);
}
