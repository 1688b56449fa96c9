/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The root relaxation is solved by the dual simplex from the best corner of the box, so that its row prices bound the program
   whenever it is stopped; then GLPK branches and cuts. */
#include "decision/mip.h"

#include <glpk.h>
#include <limits.h>
#include <math.h>

#include "core/clock.h"
#include "core/memory.h"

/* The relaxation is solved in slices of so many seconds, to ask between them whether to stop. */
static const double slice = .5;

struct lti_mip {
    glp_prob *problem;
    const lti_mip_options *options; /* of the search under way */
    double bound;                   /* of the best open node, while solving; NaN = none yet */
    double *start;                  /* GLPK's array of the solution to begin with, until it is handed over */
};

lti_mip *lti_mip_new(void)
{
    lti_mip *mip = lti_alloc(1, sizeof *mip);
    if (mip) mip->problem = glp_create_prob();
    return mip;
}

void lti_mip_free(lti_mip *mip)
{
    if (!mip) return;
    glp_delete_prob(mip->problem);
    lti_free(mip);
}

uint32_t lti_mip_share(lti_mip *mip, double cost)
{
    int column = glp_add_cols(mip->problem, 1);
    glp_set_col_bnds(mip->problem, column, GLP_DB, 0, 1);
    glp_set_obj_coef(mip->problem, column, cost);
    return (uint32_t)column - 1;
}

uint32_t lti_mip_variable(lti_mip *mip, double cost)
{
    uint32_t variable = lti_mip_share(mip, cost);
    glp_set_col_kind(mip->problem, (int)variable + 1, GLP_BV);
    return variable;
}

void lti_mip_cost(lti_mip *mip, uint32_t variable, double cost)
{
    glp_set_obj_coef(mip->problem, (int)variable + 1, cost);
}

void lti_mip_fix(lti_mip *mip, uint32_t variable, bool value)
{
    glp_set_col_bnds(mip->problem, (int)variable + 1, GLP_FX, value, value);
}

lt_code lti_mip_row(lti_mip *mip, const uint32_t *variables, const double *factors, size_t count, double lower, double upper,
                    lt_error *error)
{
    /* GLPK's arrays begin at 1 and are copied */
    int *columns = lti_alloc(count + 1, sizeof *columns);
    double *values = lti_alloc(count + 1, sizeof *values);
    bool whole = columns && values;
    if (whole) {
        int row = glp_add_rows(mip->problem, 1);
        bool below = isfinite(lower), above = isfinite(upper);
        int kind = below && above ? (lower < upper ? GLP_DB : GLP_FX) : below ? GLP_LO : above ? GLP_UP : GLP_FR;
        glp_set_row_bnds(mip->problem, row, kind, below ? lower : 0, above ? upper : 0);
        for (size_t i = 0; i < count; i++) {
            columns[i + 1] = (int)variables[i] + 1;
            values[i + 1] = factors[i];
        }
        glp_set_mat_row(mip->problem, row, (int)count, columns, values);
    }
    lti_free(columns);
    lti_free(values);
    return whole ? LT_OK : lti_fail_memory(error);
}

static bool stopped(const lti_mip *mip)
{
    return mip->options->stop && mip->options->stop(mip->options->context, NAN);
}

/* Every non-basic column at the bound that its cost prefers: no reduced cost has the wrong sign. */
static void begin_dual_feasible(const lti_mip *mip)
{
    glp_prob *lp = mip->problem;
    glp_std_basis(lp);
    for (int j = 1; j <= glp_get_num_cols(lp); j++) {
        double cost = glp_get_obj_coef(lp, j);
        bool upper = mip->options->maximise ? cost > 0 : cost < 0;
        if (glp_get_col_type(lp, j) == GLP_DB) glp_set_col_stat(lp, j, upper ? GLP_NU : GLP_NL);
    }
}

/* @return what glp_simplex does; GLP_ETMLIM after a stop too. */
static int relax(const lti_mip *mip, double end)
{
    glp_smcp options;
    int code;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = GLP_DUALP;
    begin_dual_feasible(mip);
    do {
        double left = fmin(end - lti_clock(), slice);
        options.tm_lim = left > 0 ? (int)(left * 1000) : 0;
        code = glp_simplex(mip->problem, &options);
    } while (code == GLP_ETMLIM && lti_clock() < end && !stopped(mip));
    return code;
}

/* By the prices that the simplex method has put on the rows so far, whatever they are worth: for prices of the right signs
   Σ price·bound + Σ max over the box of (cost - Σ price·factor)·variable is never below what the rows allow (weak duality). */
static double priced_bound(const lti_mip *mip, int *columns, double *values)
{
    glp_prob *lp = mip->problem;
    double sign = mip->options->maximise ? 1 : -1, bound = 0;
    for (int i = 1; i <= glp_get_num_rows(lp); i++) {
        double price = sign * glp_get_row_dual(lp, i);
        int kind = glp_get_row_type(lp, i);
        bool can_rise = kind == GLP_UP || kind == GLP_DB || kind == GLP_FX,
             can_fall = kind == GLP_LO || kind == GLP_DB || kind == GLP_FX;
        if (price > 0 && can_rise) bound += price * glp_get_row_ub(lp, i);
        if (price < 0 && can_fall) bound += price * glp_get_row_lb(lp, i);
    }
    for (int j = 1; j <= glp_get_num_cols(lp); j++) {
        double worth = sign * glp_get_obj_coef(lp, j);
        int count = glp_get_mat_col(lp, j, columns, values);
        for (int at = 1; at <= count; at++) {
            double price = sign * glp_get_row_dual(lp, columns[at]);
            int kind = glp_get_row_type(lp, columns[at]);
            bool counts = kind == GLP_DB || kind == GLP_FX || (price > 0 ? kind == GLP_UP : kind == GLP_LO);
            if (counts) worth -= price * values[at];
        }
        bound += worth > 0 ? worth * glp_get_col_ub(lp, j) : worth * glp_get_col_lb(lp, j);
    }
    return sign * bound;
}

static void at_node(glp_tree *tree, void *context)
{
    lti_mip *mip = context;
    int node = glp_ios_best_node(tree);
    if (node != 0) {
        double bound = glp_ios_node_bound(tree, node);
        if (fabs(bound) < 1e300) mip->bound = bound;
    }
    if (glp_ios_reason(tree) == GLP_IHEUR && mip->start) {
        glp_ios_heur_sol(tree, mip->start);
        mip->start = NULL;
    }
    if (stopped(mip)) glp_ios_terminate(tree);
}

static int branch(lti_mip *mip, double end)
{
    glp_iocp options;
    glp_init_iocp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.mir_cuts = GLP_ON;
    options.cb_func = at_node;
    options.cb_info = mip;
    double left = end - lti_clock();
    options.tm_lim = left > 2e6 ? INT_MAX : left > 0 ? (int)(left * 1000) : 0;
    return glp_intopt(mip->problem, &options);
}

static lt_code solve(lti_mip *mip, int *columns, double *values, lti_mip_result *result, lt_error *error)
{
    double end = mip->options->seconds > 0 ? lti_clock() + mip->options->seconds : INFINITY;
    int code = relax(mip, end);
    *result = (lti_mip_result){.objective = NAN, .bound = NAN};
    if (code == 0 && glp_get_status(mip->problem) == GLP_NOFEAS) return LT_OK;
    if (code != 0 && code != GLP_ETMLIM) return lti_fail(error, LT_E_INTERNAL, NULL, LT_MSG_SOLVER_FAILED, NULL);
    result->bound = priced_bound(mip, columns, values);
    if (code != 0) return LT_OK;
    code = branch(mip, end);
    int status = glp_mip_status(mip->problem);
    if (code != 0 && code != GLP_ETMLIM && code != GLP_ESTOP)
        return lti_fail(error, LT_E_INTERNAL, NULL, LT_MSG_SOLVER_FAILED, NULL);
    result->found = status == GLP_OPT || status == GLP_FEAS;
    result->optimal = status == GLP_OPT;
    if (result->found) result->objective = glp_mip_obj_val(mip->problem);
    if (!isnan(mip->bound))
        result->bound = mip->options->maximise ? fmin(result->bound, mip->bound) : fmax(result->bound, mip->bound);
    if (result->optimal) result->bound = result->objective;
    return LT_OK;
}

lt_code lti_mip_solve(lti_mip *mip, const lti_mip_options *options, lti_mip_result *result, lt_error *error)
{
    size_t columns = (size_t)glp_get_num_cols(mip->problem), rows = (size_t)glp_get_num_rows(mip->problem);
    int *places = lti_alloc(rows + 1, sizeof *places);
    double *values = lti_alloc((rows > columns ? rows : columns) + 1, sizeof *values), *start = NULL;
    lt_code code = places && values ? LT_OK : lti_fail_memory(error);
    if (code == LT_OK && options->start && !(start = lti_alloc(columns + 1, sizeof *start))) code = lti_fail_memory(error);
    if (code == LT_OK) {
        for (size_t i = 0; start && i < columns; i++) start[i + 1] = options->start[i];
        mip->options = options;
        mip->start = start;
        mip->bound = NAN;
        glp_term_out(GLP_OFF);
        glp_set_obj_dir(mip->problem, options->maximise ? GLP_MAX : GLP_MIN);
        code = solve(mip, places, values, result, error);
    }
    lti_free(places);
    lti_free(values);
    lti_free(start);
    return code;
}

bool lti_mip_value(const lti_mip *mip, uint32_t variable)
{
    return glp_mip_col_val(mip->problem, (int)variable + 1) > 0.5;
}
