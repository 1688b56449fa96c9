/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_BOTTLENECK_H
#define LIANTU_BOTTLENECK_H

#include "liantu/gap.h"

/* Which links choke the rest. Source: contract, section 2. Figures are over all links, abstract ones too. */

/** Figures by link. */
typedef struct {
    size_t count;
    uint32_t finals;    /* final links in all */
    double *path_share; /* 0..1 */
    uint32_t *dominated_finals;
    uint32_t *blocked_finals;
    double *blocked_weight; /* 0..1 */
    bool *articulation;
    double *betweenness;
    double *betweenness_error;    /* standard error by link where betweenness is sampled, else NULL */
    uint32_t betweenness_sources; /* sources that betweenness was summed over; all links when it is exact */
    bool *external;               /* not present; an abstract link: not available */
    double *score;                /* 0..1 */
} lt_bottlenecks;

/** All zero = the defaults. */
typedef struct {
    double betweenness_work; /* links × (links + edges) up to which betweenness is exact; default 5e8 */
    uint32_t sources;        /* sampled sources past that; default 256 */
} lt_bottleneck_options;

/**
 * Bottleneck figures of every link.
 *
 * Path counts are kept as mantissa and exponent and so never overflow; each share is good to about 1e-12.
 *
 * @param gaps     the analysis of the same dataset
 * @param policy   NULL = defaults
 * @param options  NULL = defaults
 * @param out      freed with lt_bottlenecks_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL.
 *         Cost O(links · supply) at worst for the failures (far less where links cannot do without others), the same for
 *         exact betweenness, O(links + supply) for the rest.
 *         Source: dominators, articulation points and betweenness by igraph.
 */
LT_API lt_code lt_bottlenecks_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy,
                                      const lt_bottleneck_options *options, lt_bottlenecks *out, lt_error *error);
LT_API void lt_bottlenecks_done(lt_bottlenecks *bottlenecks);

/** How a failure spread, round by round; arrays by link. */
typedef struct {
    size_t count;           /* links in all */
    const uint32_t *failed; /* what failed, by round, then id */
    size_t failed_count;
    const uint32_t *round; /* 0 = failed at the start, UINT32_MAX = did not fail */
    const uint32_t *cause; /* the supplier whose failure tipped it, UINT32_MAX = none */
} lt_failure;

/** What lets links fail again and again on one dataset. */
typedef struct lt_failure_model lt_failure_model;

/**
 * @param ds  borrowed; must outlive the model
 * @param out  freed with lt_failure_model_free; untouched on failure
 * @return LT_OK, LT_E_MEMORY. Cost O(links + supply · log supply).
 */
LT_API lt_code lt_failure_model_new(const lt_dataset *ds, lt_failure_model **out, lt_error *error);

/** Takes NULL. */
LT_API void lt_failure_model_free(lt_failure_model *model);

/**
 * Lets links fail, all others being available, and follows what fails with them. Rounds are the fewest possible, so the
 * causes of a link, followed back, are a shortest route of the failure; of equals, the cause of smallest id.
 *
 * @param links  indexes of the links that fail
 * @return borrowed, until the next call on the model. Cost O(what fails and its edges).
 */
LT_API const lt_failure *lt_failure_run(lt_failure_model *model, const uint32_t *links, size_t count);

/** The final that failed with others and matters most; of equals the one reached soonest, then by id. UINT32_MAX = none. */
LT_API uint32_t lt_failure_worst_final(const lt_dataset *ds, const lt_failure *failure);

enum { LT_FAILURE_ROUTE = 256 }; /* links of a route that is told at most */

/**
 * The links from where a failure began to one that failed.
 *
 * @param route  room for `limit` links; a longer route loses its first ones
 * @return how many links there are in `route`. Cost O(limit).
 */
LT_API size_t lt_failure_route(const lt_failure *failure, uint32_t link, uint32_t *route, size_t limit);

/**
 * A route as names joined by an arrow; one longer than LT_FAILURE_ROUTE begins with "…".
 *
 * @param buffer  gets as many bytes as fit, ended by a null byte; may be NULL when size is 0
 * @return bytes of the whole text.
 */
LT_API size_t lt_failure_route_text(const lt_dataset *ds, const lt_failure *failure, uint32_t link, const char *arrow, char *buffer,
                                    size_t size);

#endif
