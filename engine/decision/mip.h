/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_MIP_H
#define LTI_MIP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/error.h"

/** A 0-1 program, solved by GLPK. */
typedef struct lti_mip lti_mip;

lti_mip *lti_mip_new(void); /* NULL out of memory */
void lti_mip_free(lti_mip *mip);

/** Adds a 0-1 variable. @return its number, from 0. */
uint32_t lti_mip_variable(lti_mip *mip, double cost);
/** Adds a variable of 0 to 1 that need not be whole. @return its number. */
uint32_t lti_mip_share(lti_mip *mip, double cost);
/** Sets what a variable costs. */
void lti_mip_cost(lti_mip *mip, uint32_t variable, double cost);
/** Fixes a variable. */
void lti_mip_fix(lti_mip *mip, uint32_t variable, bool value);

/** Adds lower ≤ Σ factor·variable ≤ upper; infinite = no bound. @return LT_OK, LT_E_MEMORY. */
lt_code lti_mip_row(lti_mip *mip, const uint32_t *variables, const double *factors, size_t count, double lower, double upper,
                    lt_error *error);

/** How to solve; all zero minimises without a limit. */
typedef struct {
    bool maximise;
    double seconds;                           /* 0 = no limit; past it the best found, with optimal false */
    const double *start;                      /* by variable: a solution to begin with, which is not checked; NULL = none */
    bool (*stop)(void *context, double done); /* asked now and then, done NaN; true ends the search as the limit does */
    void *context;
} lti_mip_options;

typedef struct {
    bool found;              /* there is a solution, held by the program */
    bool optimal;            /* and no better one */
    double objective, bound; /* bound: no solution is better than this, NaN = nothing is proven */
} lti_mip_result;

/**
 * Minimises or maximises. The same program gives the same solution, as long as no limit is hit.
 *
 * @return LT_OK (also when nothing was found), LT_E_INTERNAL.
 */
lt_code lti_mip_solve(lti_mip *mip, const lti_mip_options *options, lti_mip_result *result, lt_error *error);

/** Value of a variable in the solution. */
bool lti_mip_value(const lti_mip *mip, uint32_t variable);

#endif
