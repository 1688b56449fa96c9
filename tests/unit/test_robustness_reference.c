/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SMAA-2 on the published case of antidepressants (draws and figures of the R package smaa):
 * 10,000 draws of measurements and weights, and what another program makes of them. The numbers are others' work and lie
 * outside the project; without them this is skipped.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "fixture.h"

enum { DRAWS = 10000, ALTERNATIVES = 5, CRITERIA = 6, LINE = 4096 };

/* Rows of numbers behind a line of names, and behind a name a row where `named`. @return freed with free. */
static double *read_rows(const char *name, size_t rows, size_t columns, bool named)
{
    char path[1024], line[LINE];
    snprintf(path, sizeof path, "%s/smaa/%s", LIANTU_TEST_REFERENCE, name);
    gzFile file = gzopen(path, "rb"); /* reads plain files, too */
    assert_non_null(file);
    double *numbers = malloc(rows * columns * sizeof *numbers);
    assert_non_null(numbers);
    assert_non_null(gzgets(file, line, LINE));
    for (size_t row = 0; row < rows; row++) {
        char *at = gzgets(file, line, LINE), *end;
        assert_non_null(at);
        if (named) at = strchr(at, ',') + 1;
        for (size_t column = 0; column < columns; column++, at = end + 1) {
            numbers[row * columns + column] = strtod(at, &end);
            assert_true(end > at && (column + 1 < columns ? *end == ',' : *end == '\n' || *end == '\r' || *end == '\0'));
        }
    }
    assert_null(gzgets(file, line, LINE));
    gzclose(file);
    return numbers;
}

typedef struct {
    double *values, *weights, *shares, *firsts; /* firsts: confidence, then central weights */
} reference;

static int setup(void **state)
{
    static reference r;
    r.values = read_rows("hansen_meas.csv.gz", DRAWS, ALTERNATIVES * CRITERIA, false);
    r.weights = read_rows("hansen_weights.csv.gz", DRAWS, CRITERIA, false);
    r.shares = read_rows("hansen_expected_ra.csv", ALTERNATIVES, ALTERNATIVES, true);
    r.firsts = read_rows("hansen_expected_cf_cw.csv", ALTERNATIVES, CRITERIA + 1, true);
    *state = &r;
    return 0;
}

static int teardown(void **state)
{
    reference *r = *state;
    free(r->values);
    free(r->weights);
    free(r->shares);
    free(r->firsts);
    return 0;
}

static void the_same_draws_give_the_same_figures(void **state)
{
    const reference *r = *state;
    lt_robustness_input in = {.alternatives = ALTERNATIVES,
                              .criteria = CRITERIA,
                              .values = r->values,
                              .values_drawn = true,
                              .draws = DRAWS,
                              .weights = r->weights,
                              .ranks = ALTERNATIVES,
                              .threads = 2};
    lt_robustness out;
    assert_int_equal(lt_robustness_run(&in, &out, NULL), LT_OK);
    for (size_t i = 0; i < ALTERNATIVES * ALTERNATIVES; i++) assert_true(fabs(out.acceptability[i] - r->shares[i]) < 1e-9);
    for (size_t a = 0; a < ALTERNATIVES; a++) {
        const double *expected = r->firsts + a * (CRITERIA + 1);
        assert_true(fabs(out.confidence[a] - expected[0]) < 1e-9);
        for (size_t c = 0; c < CRITERIA; c++) assert_true(fabs(out.central[a * CRITERIA + c] - expected[c + 1]) < 1e-12);
    }
    lt_robustness_done(&out);
}

/* Weights of our own, ten for each draw of measurements, against shares that were themselves measured on 10,000 draws. */
static void weights_of_a_seed_come_close(void **state)
{
    enum { TIMES = 10, ROW = DRAWS * ALTERNATIVES * CRITERIA };
    const reference *r = *state;
    double *values = malloc(TIMES * ROW * sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < TIMES; i++) memcpy(values + i * ROW, r->values, ROW * sizeof *values);
    lt_robustness_input in = {.alternatives = ALTERNATIVES,
                              .criteria = CRITERIA,
                              .values = values,
                              .values_drawn = true,
                              .draws = TIMES * DRAWS,
                              .seed = 542,
                              .ranks = ALTERNATIVES};
    lt_robustness out;
    assert_int_equal(lt_robustness_run(&in, &out, NULL), LT_OK);
    for (size_t i = 0; i < ALTERNATIVES * ALTERNATIVES; i++) {
        double p = r->shares[i], error = sqrt(p * (1 - p) * (1.0 / DRAWS + 1.0 / (TIMES * DRAWS)));
        if (fabs(out.acceptability[i] - p) > 3 * error) fail_msg("cell %zu: %g is not %g", i, out.acceptability[i], p);
    }
    lt_robustness_done(&out);
    free(values);
}

int main(void)
{
    if (fixture_lacks_reference("smaa")) return 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_draws_give_the_same_figures),
        cmocka_unit_test(weights_of_a_seed_come_close),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
