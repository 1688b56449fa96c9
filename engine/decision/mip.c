/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decision/mip.h"

#include <glpk.h>
#include <math.h>

#include "core/memory.h"

struct lti_mip {
    glp_prob *problem;
    double bound; /* of the best open node, while solving */
    bool has_bound;
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

uint32_t lti_mip_variable(lti_mip *mip, double cost)
{
    int column = glp_add_cols(mip->problem, 1);
    glp_set_col_kind(mip->problem, column, GLP_BV);
    glp_set_obj_coef(mip->problem, column, cost);
    return (uint32_t)column - 1;
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

static void keep_bound(glp_tree *tree, void *context)
{
    lti_mip *mip = context;
    int node = glp_ios_best_node(tree);
    if (node == 0) return;
    mip->bound = glp_ios_node_bound(tree, node);
    mip->has_bound = true;
}

lt_code lti_mip_solve(lti_mip *mip, bool maximise, double seconds, lti_mip_result *result, lt_error *error)
{
    glp_iocp options;
    glp_term_out(GLP_OFF);
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    options.msg_lev = GLP_MSG_OFF;
    options.cb_func = keep_bound;
    options.cb_info = mip;
    if (seconds > 0) options.tm_lim = (int)fmin(seconds * 1000, 2e9);
    glp_set_obj_dir(mip->problem, maximise ? GLP_MAX : GLP_MIN);
    mip->has_bound = false;
    int code = glp_intopt(mip->problem, &options);
    int status = glp_mip_status(mip->problem);
    bool nothing = code == GLP_ENOPFS || code == GLP_ENODFS; /* no solution at all */
    if (code != 0 && code != GLP_ETMLIM && code != GLP_EMIPGAP && !nothing)
        return lti_fail(error, LT_E_INTERNAL, NULL, LT_MSG_SOLVER_FAILED, NULL);
    *result =
        (lti_mip_result){.found = !nothing && (status == GLP_OPT || status == GLP_FEAS), .optimal = !nothing && status == GLP_OPT};
    result->objective = result->found ? glp_mip_obj_val(mip->problem) : NAN;
    result->bound = result->optimal ? result->objective : mip->has_bound ? mip->bound : NAN;
    return LT_OK;
}

bool lti_mip_value(const lti_mip *mip, uint32_t variable)
{
    return glp_mip_col_val(mip->problem, (int)variable + 1) > 0.5;
}
