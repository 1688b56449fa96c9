/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DIFF_WORLD_H
#define LTI_DIFF_WORLD_H

#include "analysis/coverage.h"
#include "dataset/align.h"
#include "liantu/diff.h"
#include "liantu/target.h"

/*
 * The records of two datasets in one place, so that any part of the changes between them can be undone and the figures
 * looked at, without loading anything again. Nodes have one number over both; a link that is not there is an abstract one
 * without edges, which no figure counts.
 */

/** What is known of every link in one state; arrays by its number over both datasets. */
typedef struct {
    size_t count;
    int8_t *status, *action; /* LT_NO_VALUE = not there, or abstract */
    bool *made;              /* a final link that is producible */
    uint32_t *rank;          /* on the targeting list, 0 = not listed; where ranks were asked for */
} lti_outcome;

lt_code lti_outcome_init(lti_outcome *outcome, size_t links, lt_error *error);
void lti_outcome_done(lti_outcome *outcome);

/** How one change is undone, and done again. */
typedef struct {
    char *other;   /* the record that takes the place of the one that stands; NULL: a record that is, or is not */
    uint32_t slot; /* of the record, or number of the policy */
    uint8_t kind;  /* LT_OF_… too */
    bool bears;    /* figures may depend on it */
} lti_switch;

/** A capability of the state at hand. */
typedef struct {
    lti_ability ability;
    uint32_t slot;
    bool alive;
} lti_world_cap;

typedef struct {
    const lti_alignment *alignment;
    lt_dataset ds;    /* what the analyses see */
    lt_node homes[2]; /* by side, as numbers over both */
    bool has_strings;
    lt_policy policy;
    const lt_policy *policies[2];
    lti_array slots[LT_KINDS]; /* records of links, supply, focus, prospect before those that are not there are left out */
    bool *there;               /* by node: in the state at hand */
    lti_array alive[LT_KINDS]; /* bool, by slot of an edge: as there, whatever its ends */
    uint32_t *cap_first;       /* capabilities on link i: cap[cap_first[i]] .. cap[cap_first[i + 1] - 1], by holder */
    lti_world_cap *cap;        /* as in the state at hand, close together: links are measured over and over */
    lti_holder *holders;       /* by node, as in the state at hand; one that is not there is not local */
    lti_switch *switches;      /* by change */
    size_t switch_count;
    lt_coverage base, now;            /* nothing undone; the state at hand */
    lt_producible made;               /* nothing undone */
    lt_gaps gaps;                     /* nothing undone; borrows base and made */
    struct lti_target_model *targets; /* of gaps */
    lti_outcome outcome;              /* nothing undone */
    bool *dirty;                      /* by link: in the list of links to measure */
    uint32_t *dirty_list;
    size_t dirty_count;
    bool ranks;  /* outcomes have ranks */
    double work; /* steps so far */
} lti_world;

/**
 * Takes both datasets in, and looks at the state in which nothing is undone.
 *
 * @return LT_OK, LT_E_MEMORY. Cost O(records). Free with lti_world_done, also after a failure.
 */
lt_code lti_world_init(lti_world *w, const lti_alignment *a, const lt_diff *diff, const lt_diff_input *input, lt_error *error);
void lti_world_done(lti_world *w);

/**
 * The outcome with some changes undone.
 *
 * @param out   room for all links; untouched where *same
 * @param same  whether the outcome cannot differ from that of the new dataset
 * @return LT_OK, LT_E_MEMORY. Cost: see lt_diff_compare.
 */
lt_code lti_world_try(lti_world *w, const uint32_t *changes, size_t count, lti_outcome *out, bool *same, lt_error *error);

/** The status of one link alone with some changes undone. Cost O(changes + capabilities on it). */
int lti_world_status(lti_world *w, const uint32_t *changes, size_t count, uint32_t link);

/** Puts the links whose status can depend on a change into the list of dirty ones; lti_state_clean empties it. */
void lti_world_list(lti_world *w, uint32_t change);

/** Whether a link's status can depend on a change. */
bool lti_world_bears_on(const lti_world *w, uint32_t change, uint32_t link);

#endif
