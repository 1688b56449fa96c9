/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_MINIMAL_SETS_H
#define LIANTU_MINIMAL_SETS_H

#include "liantu/dataset.h"

/*
 * Unlock sets and cut sets of a link: what must come so that it can be made here, and what must fall so that it fails.
 *
 * A chain with required inputs (and), alternatives (or) and k of n is a coherent fault tree. Its function is built as a
 * binary decision diagram, the minimal solutions as a zero-suppressed one (Rauzy 1993, Reliability Engineering & System
 * Safety 40:203-211); counts, sizes and importances are read off the diagrams without enumerating sets. Where the diagram
 * grows past its limit, a search gives the smallest sets and says up to which size it has them all.
 */

/** Limits of a computation; all zero = the defaults. */
typedef struct {
    size_t node_limit;     /* decision diagram nodes, and in proportion the work of the search; default 20 million */
    double seconds;        /* of wall time, for diagram and search together; 0 = none */
    uint32_t max_size;     /* only sets of at most this many links are asked for; 0 = any */
    size_t set_limit;      /* sets written out; default 1,000 */
    double failure_chance; /* of each link that can fail, for importance: above 0 to 1; default .01 */
    bool (*stop)(void *context, double done); /* asked now and then, done 0..1 or NaN = unknown; true ends the computation */
    void *context;
} lt_set_options;

/**
 * How much a link matters for the target; figures of the top function with the same failure chance on every link.
 *
 * The top function is the target's failure for both kinds of sets. For cut sets it is that of fails(X), where every
 * non-abstract link may fail. For unlock sets it is "not producible", where the links not present now may each be absent
 * and those present stay: how much hangs on each of them once all were attracted.
 */
typedef struct {
    uint32_t link;
    double birnbaum;       /* chance that the target hangs on this link */
    double fussell_vesely; /* share of the target's chance to fail that goes when this link never fails: its failure chance ·
                              birnbaum ÷ the target's chance. (Vesely's share of failures in which a set with the link has
                              failed whole agrees to first order, but is no figure of one diagram.) */
} lt_link_importance;

/**
 * Minimal sets of a target. Sets are in order of size, then of their link indexes; links inside a set ascend.
 */
typedef struct {
    bool exact;      /* every minimal set is counted */
    bool listed;     /* every counted set is written out in `set` */
    double count;    /* a whole number; exact up to 2^53 */
    double *by_size; /* sizes 0 .. size_count - 1 */
    size_t size_count;
    uint32_t
        complete_to;  /* with exact false: every minimal set of at most this size is among those counted; UINT32_MAX when exact */
    uint32_t *first;  /* set_count + 1: where each set begins in `link` */
    uint32_t *link;   /* link indexes */
    size_t set_count; /* at most set_limit, the first sets; fewer where a limit was hit while they were written out */
    lt_link_importance
        *importance; /* by link index; only links that occur in a minimal set; none where the diagram was not built */
    size_t importance_count;
    lt_message limit; /* with exact false: which limit was hit (LT_MSG_LIMIT_SIZE: max_size left larger sets out; _NODES, _SECONDS,
                         _STOPPED) */
} lt_minimal_sets;

/**
 * Unlock sets: inclusion-minimal sets of links not present, with which the target becomes producible.
 *
 * A target that is producible already has one, the empty set. One with a group of fewer suppliers than it needs, as when
 * records were left out by their basis, has none.
 *
 * @param present  by link, as lt_coverage gives it
 * @param target   link index; may be abstract
 * @param options  NULL = defaults
 * @param out      freed with lt_minimal_sets_done; untouched on failure
 * @return LT_OK (also when a limit made the answer inexact), LT_E_MEMORY.
 *         Cost: that of the diagram, exponential at worst; bounded by the options. The default limit of nodes lets it
 *         take about 1 GB and 15 seconds.   Source: contract, section 2.
 */
LT_API lt_code lt_unlock_sets(const lt_dataset *ds, const bool *present, uint32_t target, const lt_set_options *options,
                              lt_minimal_sets *out, lt_error *error);

/**
 * Cut sets: inclusion-minimal sets of non-abstract links whose failure makes the target fail. As lt_unlock_sets.
 *
 * A target that fails without any has one, the empty set; an abstract one that needs nothing has none.
 */
LT_API lt_code lt_cut_sets(const lt_dataset *ds, uint32_t target, const lt_set_options *options, lt_minimal_sets *out,
                           lt_error *error);

LT_API void lt_minimal_sets_done(lt_minimal_sets *sets);

#endif
