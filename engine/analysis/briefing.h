/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_BRIEFING_H
#define LTI_BRIEFING_H

#include "analysis/unlock_count.h"
#include "core/array.h"
#include "graph/supply.h"
#include "liantu/briefing.h"

/** Records by what they stand on: those of place i are record[first[i]] to record[first[i + 1] - 1], in order. */
typedef struct {
    uint32_t *first, *record;
} lti_index;

struct lt_briefing {
    const lt_dataset *ds;
    const lt_gaps *gaps;
    const lt_policy *policy;
    const lt_rules *rules;
    size_t limit;
    uint32_t links, chains;
    lti_supply supply;
    lti_index focus, prospect, origin, lead; /* by link, then by chain: see lti_end_place */
    lti_index segment_focus;                 /* focus edges by the segment of their link */
    lti_index outside;                       /* capabilities of who is not local, by link */
    lti_index trade;                         /* by seller: firms in order */
    lt_node *same;                           /* by firm: another that it is too, LT_NONE = none known */
    uint32_t *seen, round;                   /* by node: the round in which it was met */
    uint32_t *todo;                          /* links */
    lti_unlock_counter counter;
    uint32_t *unlocked;              /* links */
    lti_array lists[LT_BRIEF_LISTS]; /* lt_brief_item */
    lti_array order;                 /* lt_brief_item: scratch */
    lti_array advice;                /* lt_advice */
    lti_array channels;              /* uint32_t */
};

/** Place of a link or a chain in the indexes. */
uint32_t lti_end_place(const lt_briefing *b, lt_node node);

/** @return LT_OK, LT_E_MEMORY. */
lt_code lti_briefing_index(lt_briefing *b, lt_error *error);
void lti_index_done(lti_index *index);

/** For each firm that is named as a prospect, another that it is too. @return LT_OK, LT_E_MEMORY. Cost O(firms + names of
 * prospects). */
lt_code lti_find_same(lt_briefing *b, lt_error *error);
/** Fills in the guards of a candidate for a link. */
void lti_guard(const lt_briefing *b, uint32_t link, lt_brief_item *candidate);

/** Fills in instruments, ways and their channels from the lists. @return LT_OK, LT_E_MEMORY. */
lt_code lti_advise(lt_briefing *b, const lt_target *target, lt_brief *brief, lt_error *error);

/** Whether a region is another, or lies below it. */
bool lti_region_within(const lt_dataset *ds, lt_node region, lt_node other);

#endif
