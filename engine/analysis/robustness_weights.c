/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Weights of a draw, and the change of a weight that swaps two alternatives.
 *
 * Uniform on the simplex are the gaps that criteria − 1 sorted uniforms leave on 0 to 1 (Devroye 1986, Non-Uniform Random
 * Variate Generation, V.2.1): the distribution of normalised exponentials, which SMAA-2 is usually run with, without the
 * logarithm, whose last bit differs between C libraries. Uniforms are multiples of 2^-53, so gaps and their sum, 1, are
 * exact, and the same on every machine.
 *
 * Numbers are those of SplitMix64 (Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators, OOPSLA,
 * 453–472), one stream a draw: its start is itself the draw-th number of the seed's stream.
 */
#include "liantu/robustness.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* The n-th number, from 0, of the stream that starts there. */
static uint64_t splitmix(uint64_t start, uint64_t n)
{
    return mix(start + (n + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

void lt_robustness_weights(uint64_t seed, uint64_t draw, size_t criteria, double *weights)
{
    if (criteria == 0) return;
    uint64_t start = splitmix(mix(seed), draw);
    for (size_t i = 0; i + 1 < criteria; i++) weights[i] = (double)(splitmix(start, i) >> 11) * 0x1p-53;
    qsort(weights, criteria - 1, sizeof *weights, ascending);
    weights[criteria - 1] = 1;
    for (size_t i = criteria - 1; i > 0; i--) weights[i] -= weights[i - 1];
}

/* Weighted difference of two alternatives without one criterion (SIZE_MAX = none); 0 where rounding may be all that it is. */
static double difference(const double *above, const double *below, const double *weights, size_t criteria, size_t without)
{
    double sum = 0, size = 0;
    for (size_t i = 0; i < criteria; i++) {
        double term = weights[i] * (above[i] - below[i]);
        if (i == without) continue;
        sum += term;
        size += fabs(term);
    }
    return fabs(sum) <= size * DBL_EPSILON * (double)(criteria + 2) ? 0 : sum;
}

static bool others_have_weight(const double *weights, size_t criteria, size_t without)
{
    for (size_t i = 0; i < criteria; i++)
        if (i != without && weights[i] > 0) return true;
    return false;
}

/* What a weight is to be changed by for a tie; NaN where no weight ≥ 0 does it. `all` is the difference over every criterion. */
static double change_for_tie(const double *above, const double *below, const double *weights, size_t criteria, size_t which,
                             double all)
{
    double gap = above[which] - below[which], rest = difference(above, below, weights, criteria, which);
    if (gap == 0 || (rest != 0 && (rest > 0) == (gap > 0)) || !others_have_weight(weights, criteria, which)) return NAN;
    if (rest == 0) return -weights[which];
    return isfinite(all / gap) ? fmax(-all / gap, -weights[which]) : NAN;
}

lt_weight_change lt_robustness_swap(const double *above, const double *below, const double *weights, size_t criteria)
{
    lt_weight_change least = {.change = NAN, .criterion = UINT32_MAX};
    double all = difference(above, below, weights, criteria, SIZE_MAX);
    if (all == 0) return (lt_weight_change){0, UINT32_MAX};
    for (size_t i = 0; i < criteria; i++) {
        double change = change_for_tie(above, below, weights, criteria, i, all);
        if (isnan(change) || fabs(change) >= fabs(least.change)) continue; /* false while there is none: NaN */
        least = (lt_weight_change){change, (uint32_t)i};
    }
    return least;
}
