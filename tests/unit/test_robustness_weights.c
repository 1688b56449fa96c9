/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Seeded weights against what their distribution says, and the change of a weight against a scan over all weights. */
#include "liantu/robustness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"

enum { MOST_CRITERIA = 5 };

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % n;
}

/* Against a program of one's own in another language. */
static void weights_are_the_numbers_said(void **unused)
{
    static const struct {
        uint64_t seed, draw;
        size_t criteria;
        double gaps[5]; /* times 2^53 */
    } known[] = {
        {0, 0, 3, {0x14e0dba5e9a32f, 0x18f78bad4e4fa, 0x98fab9f4177d7}},
        {542, 0, 5, {0x11b4cf7d1042ba, 0xa513a49ba7632, 0x2878e83f6566, 0x33848ce094722, 0x993482ec9a8c}},
        {542, 7, 5, {0xb4376844b99a, 0x29642fb587e8, 0x4bab2f65135e2, 0x65ec284aff672, 0x1408eeed04922a}},
        {UINT64_MAX, 9999, 2, {0xd72e2059b05a8, 0x128d1dfa64fa58}},
        {1, 1, 1, {0x20000000000000}},
    };
    double weights[5];
    (void)unused;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        lt_robustness_weights(known[i].seed, known[i].draw, known[i].criteria, weights);
        for (size_t c = 0; c < known[i].criteria; c++) assert_true(weights[c] == known[i].gaps[c] * 0x1p-53);
    }
    lt_robustness_weights(1, 1, 0, NULL);
}

enum { DRAWS = 50000, MOST = 9 };

static double drawn[DRAWS][MOST], of_next_seed[DRAWS][MOST];

/* The mean of DRAWS numbers of a known variance lies within four standard errors. Seeds are fixed, so this never flakes. */
static void assert_mean(double sum, double mean, double variance)
{
    if (fabs(sum / DRAWS - mean) > 4 * sqrt(variance / DRAWS)) fail_msg("%g is not %g", sum / DRAWS, mean);
}

/* Moments of k weights: of each, of the product of two, and of the product with what another draw or seed has in its place. */
static void check_moments(size_t k, size_t which)
{
    size_t other = (which + 1) % k;
    double n = (double)k, variance = (n - 1) / (n * n * (n + 1)), mean = 1 / (n * (n + 1));
    double sum = 0, products = 0, draws = 0, seeds = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        sum += drawn[i][which];
        products += drawn[i][which] * drawn[i][other];
        draws += (drawn[i][which] - 1 / n) * (drawn[(i + 1) % DRAWS][which] - 1 / n);
        seeds += (drawn[i][which] - 1 / n) * (of_next_seed[i][which] - 1 / n);
    }
    assert_mean(sum, 1 / n, variance);
    assert_mean(products, mean, 4 * mean / ((n + 2) * (n + 3)) - mean * mean);
    assert_mean(draws, 0, variance * variance);
    assert_mean(seeds, 0, variance * variance);
}

/* Each of k weights is Beta(1, k - 1), the sum of two is Beta(2, k - 2). */
static void check_quantiles(size_t k, size_t which)
{
    static const double quantiles[] = {.01, .1, .25, .5, .75, .9, .99};
    size_t other = (which + 1) % k;
    double n = (double)k - 1;
    for (size_t q = 0; q < sizeof quantiles / sizeof *quantiles; q++) {
        double at = 1 - pow(1 - quantiles[q], 1 / n), of_two = 1 - pow(1 - at, n) - n * at * pow(1 - at, n - 1);
        size_t one = 0, two = 0;
        for (size_t i = 0; i < DRAWS; i++) {
            one += drawn[i][which] <= at;
            two += drawn[i][which] + drawn[i][other] <= at;
        }
        assert_mean((double)one, quantiles[q], quantiles[q] * (1 - quantiles[q]));
        if (k > 2) assert_mean((double)two, of_two, of_two * (1 - of_two));
    }
}

static void weights_are_uniform_on_the_simplex(void **unused)
{
    (void)unused;
    for (size_t k = 2; k <= MOST; k++) {
        for (size_t i = 0; i < DRAWS; i++) {
            double sum = 0;
            lt_robustness_weights(542, i, k, drawn[i]);
            lt_robustness_weights(543, i, k, of_next_seed[i]);
            for (size_t c = 0; c < k; c++) {
                assert_true(drawn[i][c] >= 0);
                sum += drawn[i][c];
            }
            assert_true(sum == 1);
        }
        for (size_t which = 0; which < k; which++) {
            check_moments(k, which);
            check_quantiles(k, which);
        }
    }
}

/* Weighted difference with one weight replaced. */
static double gap_with(const double *a, const double *b, const double *weights, size_t criteria, size_t which, double weight)
{
    double sum = 0;
    for (size_t c = 0; c < criteria; c++) sum += (c == which ? weight : weights[c]) * (a[c] - b[c]);
    return sum;
}

/* Walks a weight from 0 in small steps; where the difference turns, or is none, halves the step down. @return amount, or infinity.
 */
static double scan_weight(const double *a, const double *b, const double *weights, size_t criteria, size_t which)
{
    const double step = 1.0 / 16, end = 200;
    double least = INFINITY;
    for (double low = 0; low < end; low += step) {
        double from = gap_with(a, b, weights, criteria, which, low), x = low, y = low + step;
        double to = gap_with(a, b, weights, criteria, which, y);
        if (from == 0 && to == 0) return INFINITY; /* the weight does nothing */
        if (from == 0) y = x;
        else if (from * to >= 0) continue;
        for (int i = 0; i < 60 && y > x; i++) {
            double middle = (x + y) / 2;
            if (gap_with(a, b, weights, criteria, which, middle) * from > 0) x = middle;
            else y = middle;
        }
        double others = 0;
        for (size_t c = 0; c < criteria; c++) others += c == which ? 0 : weights[c];
        if (others + y > 0) least = fmin(least, fabs(y - weights[which]));
    }
    return least;
}

static void a_swap_is_the_least_that_a_scan_finds(void **unused)
{
    double a[MOST_CRITERIA], b[MOST_CRITERIA], weights[MOST_CRITERIA];
    int none = 0, ties = 0, found = 0;
    (void)unused;
    state = 99;
    for (int i = 0; i < 300; i++) {
        size_t criteria = 1 + below(MOST_CRITERIA), first = criteria;
        double least = INFINITY;
        for (size_t c = 0; c < criteria; c++) {
            a[c] = below(6);
            b[c] = below(6);
            weights[c] = below(5);
        }
        lt_weight_change swap = lt_robustness_swap(a, b, weights, criteria), back = lt_robustness_swap(b, a, weights, criteria);
        assert_true(swap.criterion == back.criterion && (swap.change == back.change || isnan(swap.change)));
        if (gap_with(a, b, weights, criteria, 0, weights[0]) == 0) {
            assert_true(swap.change == 0 && swap.criterion == UINT32_MAX);
            ties++;
            continue;
        }
        for (size_t c = 0; c < criteria; c++) {
            double amount = scan_weight(a, b, weights, criteria, c);
            if (amount > least - 1e-9 || isinf(amount)) continue;
            least = amount;
            first = c;
        }
        if (first == criteria) {
            assert_true(isnan(swap.change) && swap.criterion == UINT32_MAX);
            none++;
            continue;
        }
        assert_int_equal(swap.criterion, first);
        assert_true(fabs(fabs(swap.change) - least) < 1e-9 && weights[first] + swap.change >= 0);
        assert_true(fabs(gap_with(a, b, weights, criteria, first, weights[first] + swap.change)) < 1e-9);
        found++;
    }
    assert_true(none > 10 && ties > 10 && found > 100);
}

static void a_swap_minds_rounding_and_the_last_weight(void **unused)
{
    lt_weight_change swap;
    (void)unused;
    for (double weight = .1; weight < 1; weight += .1) { /* to 0, not to a trace above or below it */
        swap = lt_robustness_swap((const double[]){.3, .9, .1}, (const double[]){.3, .2, .1}, (const double[]){.1, weight, 2}, 3);
        assert_true(swap.criterion == 1 && swap.change == -weight);
    }
    swap = lt_robustness_swap((const double[]){.1, .2, .3}, (const double[]){.3, .2, .1}, (const double[]){.1, .7, .1}, 3);
    assert_true(swap.criterion == UINT32_MAX && swap.change == 0);
    swap = lt_robustness_swap((const double[]){.1, .2, 0}, (const double[]){0, 0, .3}, (const double[]){1, 1, 1}, 3);
    assert_true(swap.criterion == UINT32_MAX && swap.change == 0); /* .1 + .2 - .3 is no difference */
    swap = lt_robustness_swap((const double[]){2, 1}, (const double[]){1, 1}, (const double[]){1, 0}, 2);
    assert_true(swap.criterion == UINT32_MAX && isnan(swap.change)); /* no weight would be left */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_the_numbers_said),
        cmocka_unit_test(weights_are_uniform_on_the_simplex),
        cmocka_unit_test(a_swap_is_the_least_that_a_scan_finds),
        cmocka_unit_test(a_swap_minds_rounding_and_the_last_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
