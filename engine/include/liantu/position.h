/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_POSITION_H
#define LIANTU_POSITION_H

#include "liantu/rules.h"
#include "liantu/target.h"

/* A zone's or county's place on the chain map (what it holds) and on the targeting map (which gaps it fits), who else claims
   the same, and the plan's rules for zones held against the data. A zone answers for the zones below it too: its producers,
   projects and focus edges are its own and theirs. */

/** A link that a zone holds: one with local producers in it. */
typedef struct {
    uint32_t link;
    uint32_t producers;    /* of the zone */
    double supply;         /* of the zone, capability units */
    uint32_t first, count; /* in lt_positions.capabilities: those that give it, by holder */
} lt_zone_holding;

/** What a zone holds of a stage of a chain, by the links' own chain and segment. */
typedef struct {
    lt_node chain;             /* LT_NONE = links of no chain */
    uint8_t stage;             /* lt_stage */
    uint32_t links, all_links; /* held; of the chain's stage, neither counts abstract links */
    uint32_t producers;        /* distinct, of the zone */
} lt_zone_standing;

/** A gap that a zone fits. */
typedef struct {
    uint32_t target; /* index into lt_targets.listed */
    double fit;      /* zone fit of this zone, above 0 */
    uint8_t scope;   /* lt_scope: on what the focus is */
    bool first;      /* no zone fits better */
    uint32_t focus;  /* the focus edge; of several the surest, then the zone's own, then by id */
} lt_zone_gap;

/** A link that several zones claim. */
typedef struct {
    uint32_t link;
    uint32_t first, count; /* in lt_positions.rivals: the other zones with a focus on the link itself */
} lt_zone_overlap;

/** A chain that a zone's focus is on. */
typedef struct {
    lt_node chain;
    uint32_t links; /* links of the chain with a focus of their own */
    bool whole;     /* a focus is on the chain itself */
} lt_zone_chain;

/** A link or a chain that several zones claim. */
typedef struct {
    lt_node to;
    uint32_t first, count; /* in lt_positions.claimants: zones with a focus on it of their own, by id */
    uint32_t apart;        /* of them, those that lie below none of the others: a county and its zone are one place */
    uint32_t whole;        /* of a chain: as apart, of those with a focus on the chain itself and not on links of it only */
} lt_claim;

typedef enum { LT_RULE_KEPT, LT_RULE_BROKEN, LT_RULE_UNKNOWN, LT_RULE_NOT_ASKED, LT_RULE_STATES } lt_rule_state;

/** The word of a state in JSON. Static; NULL for what is none. */
LT_API const char *lt_rule_state_word(lt_rule_state state);

/**
 * The rule for the focus of development zones: how many leading chains and how many emerging or future ones.
 *
 * Asked of zones of type zone, and of these only where manufacturing leads: not where every chain that the focus is on as a
 * whole (without such, every chain that it is on) is of tier other. Unknown without any focus, and where chains without a
 * tier could change the answer.
 */
typedef struct {
    uint8_t state;            /* lt_rule_state */
    uint32_t leading, future; /* chains of focus: traditional; emerging or future. An emerging chain never counts as leading */
    uint32_t other, untiered; /* of tier other; of no tier, and links of no chain */
} lt_focus_rule;

/**
 * The rule for a zone that is to serve a partner region.
 *
 * A project's origin is known when its firm has a region that does not lie above the partner region. Projects of every
 * stage count, those that name no zone for none. Kept or broken only when projects of unknown origin could not change the answer.
 */
typedef struct {
    uint32_t partner; /* index into lt_rules.partners */
    uint32_t first;   /* in lt_positions.projects: those of the zone, by id; `projects` of them */
    uint32_t projects, known, from;
    uint8_t project_rule;  /* lt_rule_state: at least the share comes from the partner region */
    uint8_t function_rule; /* lt_rule_state: at least the share of functions serves it; always unknown, no record measures it */
} lt_zone_partner;

/** Parts of the arrays of lt_positions. */
typedef struct {
    uint32_t zone; /* index into lt_zones */
    uint32_t holding_first, holding_count;
    uint32_t standing_first, standing_count;
    uint32_t gap_first, gap_count;         /* best fit first, then by rank */
    uint32_t overlap_first, overlap_count; /* by link id */
    uint32_t focus_first, focus_count;
    uint32_t chain_first, chain_count;     /* by chain id */
    uint32_t partner_first, partner_count; /* rules that name the zone */
    uint32_t first_for;                    /* listed targets for which no zone fits better */
    uint32_t best_rank;                    /* of these, the best place in the list, from 1; 0 = none */
    lt_focus_rule focus_rule;
} lt_position;

typedef struct {
    lt_position *positions; /* one a zone, by id */
    size_t count;
    lt_zone_holding *holdings; /* by link id */
    uint32_t *capabilities;    /* indexes into lt_capabilities */
    lt_zone_standing *standings;
    lt_zone_gap *gaps;
    lt_zone_overlap *overlaps;
    uint32_t *rivals;  /* indexes into lt_zones, by id */
    uint32_t *focuses; /* indexes into lt_focuses: the zone's own, then of each zone below it, by id */
    lt_zone_chain *chains;
    lt_zone_partner *partners;
    uint32_t *projects;                   /* indexes into lt_projects */
    lt_claim *link_claims, *chain_claims; /* of at least two zones apart; most apart first, then by id */
    size_t link_claim_count, chain_claim_count;
    uint32_t *claimants; /* indexes into lt_zones */
} lt_positions;

/**
 * Positions of all zones, and what several of them claim.
 *
 * A zone claims a link when a focus edge of its own or of a zone below it is on the link. Its rivals there are the zones
 * with a focus edge of their own on the link, but for those below it or above it.
 *
 * @param gaps     the analysis of the same dataset
 * @param targets  the list of the same dataset and policy
 * @param policy   NULL = defaults
 * @param rules    NULL = defaults; the plan's rules for zones
 * @param out      freed with lt_positions_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY. Cost O((capabilities + projects + zones) · depth of zones + focus · depth · targets of a chain
 *         + claims · zones that claim the same).   Source: contract, section 2; the plan, box 13 and chapter 5 (3).
 */
LT_API lt_code lt_positions_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_targets *targets, const lt_policy *policy,
                                    const lt_rules *rules, lt_positions *out, lt_error *error);
LT_API void lt_positions_done(lt_positions *positions);

/**
 * Whether a project comes from a region: 1 yes, 0 no, -1 not known.
 *
 * @param region  what is no region, or LT_NONE, gives -1
 */
LT_API int lt_project_from(const lt_dataset *ds, uint32_t project, lt_node region);

#endif
