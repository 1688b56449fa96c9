/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_FAILURE_H
#define LTI_FAILURE_H

#include "core/array.h"
#include "decision/diagram.h"
#include "liantu/dataset.h"

/*
 * The failure of one target as a coherent fault tree (with circles), what unlock sets and cut sets are both read from:
 * a link fails when it falls itself, where it can, or when of the members of some group at least `need` fail.
 * Cut sets are the minimal sets of falls that make the target fail; unlock sets the minimal sets of links that, alone
 * not to fall, keep it from failing.
 */

/**
 * The links that a target's failure may come from, numbered from the target (0) in the order in which the diagram has
 * their variables: by depth first, most used suppliers first.
 */
typedef struct {
    uint32_t count, groups, variables;
    uint32_t *link;                  /* index in the dataset */
    uint32_t *variable;              /* that says whether it falls; LTI_NO_VARIABLE = it never does */
    uint32_t *of_variable;           /* by variable: the link's number */
    uint32_t *group_first;           /* groups of link i: group_first[i] .. group_first[i + 1] - 1 */
    uint32_t *need, *consumer;       /* by group; need 0: fails at once */
    uint32_t *member_first, *member; /* by group */
    uint32_t *use_first, *use;       /* groups that a link is a member of */
} lti_cone;
#define LTI_NO_VARIABLE UINT32_MAX

/**
 * @param falls  by link index: can fall itself
 * @param solid  by link index: never fails, so that it needs not be looked at; NULL = none
 * @return LT_OK, LT_E_MEMORY. Cost O(dataset's supply). Free with lti_cone_done, also after a failure.
 */
lt_code lti_cone_init(lti_cone *cone, const lt_dataset *ds, uint32_t target, const bool *falls, const bool *solid, lt_error *error);
void lti_cone_done(lti_cone *cone);

/**
 * The target's failure as a function of the variables.
 *
 * Least fixpoint: within a strongly connected part every link starts from "never fails" and is worked out anew while
 * one of its suppliers there has changed.
 *
 * @param out  LTI_NO_REF where the diagram hit a limit
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL. Cost that of the diagram, exponential at worst; bounded by its limits.
 */
lt_code lti_failure_function(lti_diagram *diagram, const lti_cone *cone, lti_ref *out, lt_error *error);

/** Limits of a search, and what it found. */
typedef struct {
    bool unlock;                 /* sets that keep the target from failing; else sets that make it fail */
    uint32_t max_size;           /* UINT32_MAX = any */
    size_t work;                 /* members of groups looked at, at most */
    size_t items;                /* of sets written down, at most */
    bool (*stop)(void *context); /* may be NULL */
    void *context;
} lti_search_limits;

typedef struct {
    lti_array items;      /* uint32_t, link indexes of the sets one after the other, each ascending */
    lti_array begins;     /* uint32_t, where each set begins */
    bool whole;           /* every set up to max_size was found */
    bool cut_off;         /* with whole: and there may be larger ones */
    uint32_t complete_to; /* every set of at most this size was found; the empty set always is tried */
} lti_search_result;

/**
 * Minimal sets by increasing size.
 *
 * A hitting set tree (Reiter 1987): where the links taken so far do not do, there is a set of links of which every
 * solution holds at least one, so that a branch for each of them misses none; a link tried before is forbidden in the
 * branches after it, so that none is met twice. Going one size deeper at a time proves each size complete.
 *
 * @param out  freed with lti_search_done, also after a failure
 * @return LT_OK, LT_E_MEMORY. Cost bounded by limits->work; memory O(cone + sets found).
 */
lt_code lti_search_sets(const lti_cone *cone, const lti_search_limits *limits, lti_search_result *out, lt_error *error);
void lti_search_done(lti_search_result *result);

#endif
