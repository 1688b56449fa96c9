/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_GAP_H
#define LIANTU_GAP_H

#include "liantu/dataset.h"
#include "liantu/policy.h"

/* Gap analysis: which links are missing or weak, and what to do about it. Source: contract, section 2. */

typedef enum {
    LT_STATUS_MISSING,
    LT_STATUS_PIPELINE,
    LT_STATUS_UNKNOWN,
    LT_STATUS_WEAK,
    LT_STATUS_SINGLE,
    LT_STATUS_ADEQUATE,
    LT_STATUS_STRONG,
    LT_STATUSES
} lt_status;

typedef enum {
    LT_ACTION_BUILD,
    LT_ACTION_FILL,
    LT_ACTION_EXTEND_FORWARD,
    LT_ACTION_EXTEND_BACKWARD,
    LT_ACTION_STRENGTHEN,
    LT_ACTION_KEEP,
    LT_ACTIONS
} lt_action;

/** The word of a status or an action in JSON. Static; NULL for what is none. */
LT_API const char *lt_status_word(lt_status status);
LT_API const char *lt_action_word(lt_action action);
/** The same in words for people. */
LT_API lt_message lt_status_message(lt_status status);
LT_API lt_message lt_action_message(lt_action action);

/** A record that a figure rests on. */
typedef struct {
    uint32_t index;
    uint8_t kind; /* lt_kind */
} lt_evidence;

/**
 * What local firms, projects and institutions give to each link. Arrays indexed by link, abstract ones included.
 * The evidence of link i is evidence[first[i]] to evidence[first[i + 1] - 1]: the link itself, then each capability
 * that counts and its holder.
 */
typedef struct {
    size_t count;
    uint32_t *producers; /* distinct local entities that produce or serve */
    double *supply;      /* capability units */
    double *pipeline;    /* expected capability units of projects not operating */
    double *research;    /* capability units */
    double *coverage;    /* 0..1 */
    double *hhi;         /* 0..1, NaN where supply is 0 */
    bool *leader;        /* a producer is a firm of grade leader */
    bool *present;       /* has producers, or needs none */
    uint32_t *first;     /* count + 1 */
    lt_evidence *evidence;
} lt_coverage;

/** Coverage of every link. policy NULL = defaults. @return LT_OK, LT_E_MEMORY. Cost O(links + capabilities). */
LT_API lt_code lt_coverage_compute(const lt_dataset *ds, const lt_policy *policy, lt_coverage *out, lt_error *error);
LT_API void lt_coverage_done(lt_coverage *coverage);

/**
 * What can be had and made here, by link.
 */
typedef struct {
    size_t count;
    bool *available;        /* present, or an abstract link whose groups are met */
    bool *producible;       /* greatest set: abstract or present, and every group met from inside the set */
    uint32_t *groups;       /* required groups of the link */
    uint32_t *groups_met;   /* those with at least k available suppliers */
    bool *supplier_present; /* some nearest non-abstract supplier is present, over edges of either need */
    bool *consumer_present;
} lt_producible;

/** @param present  by link, as lt_coverage gives it. @return LT_OK, LT_E_MEMORY. Cost O(links + supply). */
LT_API lt_code lt_producible_compute(const lt_dataset *ds, const bool *present, lt_producible *out, lt_error *error);
LT_API void lt_producible_done(lt_producible *producible);

/** Figures of a chain over its non-abstract links: those whose `chain` it is, and those whose `also` holds it. */
typedef struct {
    uint32_t links, finals, producible_finals;
    uint32_t by_status[LT_STATUSES];
    double completeness;      /* importance-weighted mean coverage, 0..1; NaN where there is nothing to weigh */
    double local_supply_rate; /* groups met ÷ groups of present links, 0..1; NaN where there are none */
} lt_chain_gaps;

/** Gap analysis of a dataset; arrays indexed by link, chains by chain. Entries of abstract links mean nothing. */
typedef struct {
    size_t count, chain_count;
    uint8_t *status; /* lt_status */
    uint8_t *action; /* lt_action */
    uint8_t *basis;  /* lt_basis: the weakest of the link's evidence */
    lt_coverage coverage;
    lt_producible producible;
    lt_chain_gaps *chains;
} lt_gaps;

/**
 * Gap status and action of every link.
 *
 * Sums of levels are compared with thresholds within 1e-9, so that .7 + .2 + .1 covers a demand of 1.
 *
 * @param ds      borrowed; a loaded dataset
 * @param policy  borrowed; thresholds and chances, NULL = defaults
 * @param out     freed with lt_gaps_done; untouched on failure
 * @param error   may be NULL
 * @return LT_OK, LT_E_MEMORY.   Cost O(links + capabilities + supply).   Source: contract, section 2.
 */
LT_API lt_code lt_gaps_analyse(const lt_dataset *ds, const lt_policy *policy, lt_gaps *out, lt_error *error);
LT_API void lt_gaps_done(lt_gaps *gaps);

/** Who works on a link's technology. */
typedef enum { LT_SUPPORT_LOCAL, LT_SUPPORT_OUTSIDE, LT_SUPPORT_NONE, LT_SUPPORT_UNSURVEYED, LT_SUPPORTS } lt_support;

/**
 * Local research, else research elsewhere or somebody named for it, else none as far as was surveyed.
 *
 * @param tied  whether any capability or prospect for research is on the link
 */
LT_API lt_support lt_support_of(const lt_dataset *ds, const lt_coverage *coverage, uint32_t link, bool tied);

#endif
