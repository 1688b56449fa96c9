/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_ROBUSTNESS_H
#define LIANTU_ROBUSTNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "liantu/api.h"
#include "liantu/error.h"

/*
 * How firm a ranking by weighted criteria is: SMAA-2, and the smallest change of one weight that swaps neighbours.
 * Source: Lahdelma, Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for group decision making,
 * Operations Research 49(3):444–454. It knows no dataset: rows of numbers in, figures by row out.
 */

/** What to run on: fixed draws, or a seed to draw weights from. */
typedef struct {
    size_t alternatives, criteria;
    const double *values; /* [alternatives][criteria], or [draws][alternatives][criteria] where values_drawn; larger is better */
    bool values_drawn;
    size_t draws;
    const double *weights; /* [draws][criteria], each row ≥ 0 with a sum above 0, finite; NULL = drawn from the seed */
    uint64_t seed;
    size_t ranks;     /* acceptability of the first so many ranks; at most alternatives */
    unsigned threads; /* 0 = one a processor; figures do not hang on it */
} lt_robustness_input;

/** Figures by alternative. Alternatives that tie in a draw share the best of their ranks. */
typedef struct {
    size_t alternatives, criteria, ranks;
    double *acceptability; /* [alternatives][ranks]: share of draws in which it has the rank */
    double *central;    /* [alternatives][criteria]: mean normalised weights of the draws in which it is first; NaN = never first */
    double *confidence; /* share of the draws of values in which it is first under its central weights; of fixed values 1, for
                           weights that make it first are a convex set; NaN = never first */
    uint32_t *best_rank, *worst_rank; /* from 1 */
    double *mean_rank;
} lt_robustness;

/**
 * Runs SMAA-2.
 *
 * Draw i of seeded weights hangs on seed and i alone, see lt_robustness_weights. Scores are Σ weight · value in doubles, in the
 * order of criteria, one rounding an operation: figures are the same bytes on every machine, and a tie is one of such sums.
 *
 * @param out  freed with lt_robustness_done; untouched on failure
 * @return LT_OK, LT_E_MEMORY, LT_E_ARGUMENT (no alternative, criterion or draw; more ranks than alternatives; a weight below 0,
 *         a sum of 0, a number not finite). Cost O(draws · alternatives · criteria), and for the confidence where values are drawn
 *         as much for each alternative that was ever first, at worst; both ÷ threads. Memory O(alternatives · criteria), and a
 *         thread O(alternatives · ranks). Where a thread cannot be had, the others do its part.
 */
LT_API lt_code lt_robustness_run(const lt_robustness_input *input, lt_robustness *out, lt_error *error);
LT_API void lt_robustness_done(lt_robustness *robustness);

/**
 * The weights of one draw, as lt_robustness_run has them from a seed: criteria numbers ≥ 0 with the sum 1, uniform on the
 * simplex. They are the gaps of criteria − 1 sorted uniforms, which are distributed as normalised exponentials are and need no
 * logarithm: multiples of 2^-53, exact, the same on every machine. Cost O(criteria · log criteria).
 */
LT_API void lt_robustness_weights(uint64_t seed, uint64_t draw, size_t criteria, double *weights);

/** The change of one weight that swaps two alternatives. */
typedef struct {
    double change;      /* of the weight, signed, in the unit of the weights; 0 = they tie; NaN = none does it */
    uint32_t criterion; /* whose weight; UINT32_MAX where there is none, or they tie */
} lt_weight_change;

/**
 * The smallest change (in amount) of one weight that makes two alternatives tie; of equals, the first criterion. The weight
 * stays ≥ 0, and not all weights become 0. A difference that rounding alone may have made counts as none.
 *
 * @param above, below  criteria of the two
 * @param weights       ≥ 0
 * @return what it takes. Cost O(criteria²).
 */
LT_API lt_weight_change lt_robustness_swap(const double *above, const double *below, const double *weights, size_t criteria);

#endif
