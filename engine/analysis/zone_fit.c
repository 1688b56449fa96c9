/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zone_fit of contract section 2. A focus on another link of a segment counts for the segment: a link with a focus of its
   own needs no other, so that any focus in the segment will do. */
#include "analysis/zone_fit.h"

#include "core/error.h"
#include "core/memory.h"
#include "dataset/store.h"

double lti_zone_fit(const lt_policy *policy, lt_scope scope)
{
    switch (scope) {
    case LT_ON_LINK: return policy->zone_on_link;
    case LT_ON_SEGMENT: return policy->zone_on_segment;
    case LT_ON_CHAIN: return policy->zone_on_chain;
    default: return 0;
    }
}

uint32_t lti_segment_number(const lt_dataset *ds, uint32_t link)
{
    const lt_segment *segment = lt_link_segment(ds, link);
    return segment ? (uint32_t)(segment - (const lt_segment *)ds->segments.data) : UINT32_MAX;
}

static void consider(const lt_policy *policy, uint8_t *scope, lt_scope candidate)
{
    if (lti_zone_fit(policy, candidate) > lti_zone_fit(policy, (lt_scope)*scope)) *scope = (uint8_t)candidate;
}

lt_code lti_zone_scopes(const lt_dataset *ds, const lt_policy *policy, uint8_t *scope, lt_error *error)
{
    size_t links = lt_count(ds, LT_LINK);
    bool *segment = lti_alloc(ds->segments.count, sizeof *segment), *chain = lti_alloc(lt_count(ds, LT_CHAIN), sizeof *chain);
    bool whole = segment && chain;
    for (size_t i = 0; i < links && whole; i++) scope[i] = LT_ON_NOTHING;
    for (size_t i = 0; i < lt_count(ds, LT_FOCUS) && whole; i++) {
        lt_node to = lt_focuses(ds)[i].edge.to;
        uint32_t index = lt_node_index(ds, to);
        if (lt_node_kind(ds, to) == LT_CHAIN) {
            chain[index] = true;
            continue;
        }
        consider(policy, &scope[index], LT_ON_LINK);
        uint32_t number = lti_segment_number(ds, index);
        if (number != UINT32_MAX) segment[number] = true;
    }
    for (uint32_t i = 0; i < links && whole; i++) {
        lt_node of = lt_links(ds)[i].chain;
        uint32_t number = lti_segment_number(ds, i);
        if (number != UINT32_MAX && segment[number]) consider(policy, &scope[i], LT_ON_SEGMENT);
        if (of != LT_NONE && chain[lt_node_index(ds, of)]) consider(policy, &scope[i], LT_ON_CHAIN);
    }
    lti_free(segment);
    lti_free(chain);
    return whole ? LT_OK : lti_fail_memory(error);
}
