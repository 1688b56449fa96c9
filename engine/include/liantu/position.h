/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_POSITION_H
#define LIANTU_POSITION_H

#include "liantu/rules.h"
#include "liantu/target.h"

/* A zone's or county's place on the chain map (what it holds) and on the targeting map (which gaps it fits). A zone answers for
   the zones below it too. */

/** A gap that a zone fits. */
typedef struct {
    uint32_t target; /* index into lt_targets.listed */
    double fit;      /* zone fit of this zone, above 0 */
    uint8_t scope;   /* lt_scope: on what the focus is */
    uint32_t focus;  /* the focus edge */
} lt_zone_gap;

/** A link that several zones claim. */
typedef struct {
    uint32_t link;
    uint32_t first, count; /* in lt_positions.rivals: the other zones with a focus on the link itself */
} lt_zone_overlap;

/** A link that a zone holds: local producers in it. */
typedef struct {
    uint32_t link;
    uint32_t producers; /* of the zone */
    double supply;      /* of the zone, capability units */
} lt_zone_holding;

typedef enum { LT_RULE_KEPT, LT_RULE_BROKEN, LT_RULE_UNKNOWN, LT_RULE_NOT_ASKED } lt_rule_state;

/** The plan's rules for zones, held against what the data says. */
typedef struct {
    uint32_t leading, future; /* chains of focus: traditional; emerging or future */
    uint8_t focus_rule;       /* lt_rule_state: 1 to 2 leading, 1 emerging or future. Asked of zones of type zone */
    uint32_t projects, projects_known, projects_from; /* in the zone; whose firm's region is known; from the partner region */
    uint8_t project_rule;  /* lt_rule_state: at least the share from the partner region. Asked of supporting zones */
    uint8_t function_rule; /* lt_rule_state: at least the share of functions that serve it */
} lt_zone_rules;

typedef struct {
    uint32_t zone; /* index into lt_zones */
    uint32_t holding_first, holding_count;
    uint32_t gap_first, gap_count;         /* best fit first, then by rank */
    uint32_t overlap_first, overlap_count; /* by link id */
    uint32_t first_for;                    /* listed targets for which no zone fits better */
    lt_zone_rules rules;
} lt_position;

typedef struct {
    lt_position *positions; /* one a zone, by id */
    size_t count;
    lt_zone_holding *holdings;
    lt_zone_gap *gaps;
    lt_zone_overlap *overlaps;
    uint32_t *rivals; /* indexes into lt_zones, by id */
} lt_positions;

/**
 * Positions of all zones.
 *
 * @param targets  the list of the same dataset
 * @param rules    NULL = defaults; the plan's rules for zones
 * @param out      freed with lt_positions_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY. Cost O(capabilities + focus · links of a chain + zones · depth).
 */
LT_API lt_code lt_positions_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_targets *targets, const lt_policy *policy,
                                    const lt_rules *rules, lt_positions *out, lt_error *error);
LT_API void lt_positions_done(lt_positions *positions);

#endif
