/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Set covering problems of the OR-Library through the layer that portfolios are solved by: choose columns of least cost so that
 * every row is covered. The files are others' work and lie outside the project; without them this is skipped.
 * Source: Beasley 1987, European Journal of Operational Research 31:85-93; optima 429 and 512.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "decision/mip.h"
#include "fixture.h"

/** A problem as the program has it. */
typedef struct {
    uint32_t rows, columns;
    double *cost;
    lti_mip *mip;
} covering;

static uint32_t read_number(FILE *file)
{
    unsigned number;
    assert_int_equal(fscanf(file, "%u", &number), 1);
    return number;
}

static void read_row(covering *c, FILE *file, uint32_t *columns, double *ones)
{
    uint32_t count = read_number(file);
    assert_in_range(count, 1, c->columns);
    for (uint32_t i = 0; i < count; i++) {
        columns[i] = read_number(file) - 1;
        ones[i] = 1;
    }
    assert_int_equal(lti_mip_row(c->mip, columns, ones, count, 1, INFINITY, NULL), LT_OK);
}

static void read_covering(covering *c, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/scp/%s.txt", LIANTU_TEST_REFERENCE, name);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    c->rows = read_number(file);
    c->columns = read_number(file);
    c->cost = calloc(c->columns, sizeof *c->cost);
    c->mip = lti_mip_new();
    uint32_t *columns = calloc(c->columns, sizeof *columns);
    double *ones = calloc(c->columns, sizeof *ones);
    assert_true(c->cost && c->mip && columns && ones);
    for (uint32_t i = 0; i < c->columns; i++) assert_int_equal(lti_mip_variable(c->mip, c->cost[i] = read_number(file)), i);
    for (uint32_t i = 0; i < c->rows; i++) read_row(c, file, columns, ones);
    fclose(file);
    free(columns);
    free(ones);
}

static void covering_done(covering *c)
{
    lti_mip_free(c->mip);
    free(c->cost);
}

static double chosen_cost(const covering *c)
{
    double cost = 0;
    for (uint32_t i = 0; i < c->columns; i++)
        if (lti_mip_value(c->mip, i)) cost += c->cost[i];
    return cost;
}

static void check_optimum(const char *name, double optimum)
{
    covering c;
    lti_mip_result result;
    read_covering(&c, name);
    assert_int_equal(lti_mip_solve(c.mip, &(lti_mip_options){0}, &result, NULL), LT_OK);
    assert_true(result.found && result.optimal);
    assert_true(fabs(result.objective - optimum) < 1e-6 && fabs(result.bound - optimum) < 1e-6);
    assert_true(fabs(chosen_cost(&c) - optimum) < 1e-6);
    covering_done(&c);
}

static void scp41(void **state)
{
    (void)state;
    check_optimum("scp41", 429);
}

static void scp42(void **state)
{
    (void)state;
    check_optimum("scp42", 512);
}

/* Stops when it is asked for the so many-th time. */
static bool stop_after(void *context, double done)
{
    int *left = context;
    assert_true(isnan(done));
    return (*left)-- <= 0;
}

static void a_stopped_search_has_a_bound_that_holds(void **state)
{
    (void)state;
    for (int questions = 0; questions < 8; questions++) {
        covering c;
        lti_mip_result result;
        int left = questions;
        read_covering(&c, "scp42");
        assert_int_equal(lti_mip_solve(c.mip, &(lti_mip_options){.stop = stop_after, .context = &left}, &result, NULL), LT_OK);
        assert_true(result.bound <= 512 + 1e-6 && result.bound > 256);
        assert_true(!result.found || fabs(chosen_cost(&c) - result.objective) < 1e-6);
        assert_true(!result.found || result.objective >= 512 - 1e-6);
        assert_true(!result.optimal || result.objective <= 512 + 1e-6);
        covering_done(&c);
    }
}

static void a_search_never_ends_above_where_it_began(void **state)
{
    (void)state;
    covering c;
    lti_mip_result result;
    int left = 6; /* it has been given its start by then */
    read_covering(&c, "scp42");
    double *all = calloc(c.columns, sizeof *all), cost = 0;
    assert_non_null(all);
    for (uint32_t i = 0; i < c.columns; i++) cost += c.cost[i] * (all[i] = 1);
    lti_mip_options options = {.start = all, .stop = stop_after, .context = &left};
    assert_int_equal(lti_mip_solve(c.mip, &options, &result, NULL), LT_OK);
    assert_true(result.found && result.objective <= cost);
    assert_true(fabs(chosen_cost(&c) - result.objective) < 1e-6);
    free(all);
    covering_done(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scp41),
        cmocka_unit_test(scp42),
        cmocka_unit_test(a_stopped_search_has_a_bound_that_holds),
        cmocka_unit_test(a_search_never_ends_above_where_it_began),
    };
    if (fixture_lacks_reference("scp")) return 0;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
