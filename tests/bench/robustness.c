/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times SMAA-2 on random values by 9 criteria and 10,000 draws, on one thread and on two. Nothing here passes or fails.
   Peer, in the same run: scores of a draw a row at a time and qsort, on one thread, on as many of the draws as take a second. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "liantu/liantu.h"

enum { CRITERIA = 9, DRAWS = 10000, RANKS = 10 };

typedef struct {
    double score;
    size_t row;
} scored;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int best_first(const void *left, const void *right)
{
    double a = ((const scored *)left)->score, b = ((const scored *)right)->score;
    return a > b ? -1 : a < b;
}

/* Mean ranks the plain way. @return seconds that all draws would take. */
static double plain_way(const double *values, size_t alternatives, double *mean_rank)
{
    scored *order = malloc(alternatives * sizeof *order);
    double weights[CRITERIA], since = now();
    size_t draws = 0;
    if (!order) exit(1);
    for (; draws < DRAWS && (draws == 0 || now() - since < 1); draws++) {
        size_t rank = 1;
        lt_robustness_weights(542, draws, CRITERIA, weights);
        for (size_t a = 0; a < alternatives; a++) {
            order[a] = (scored){0, a};
            for (size_t c = 0; c < CRITERIA; c++) order[a].score += weights[c] * values[a * CRITERIA + c];
        }
        qsort(order, alternatives, sizeof *order, best_first);
        for (size_t i = 0; i < alternatives; i++) {
            if (i > 0 && order[i].score < order[i - 1].score) rank = i + 1;
            mean_rank[order[i].row] += (double)rank;
        }
    }
    free(order);
    return (now() - since) * DRAWS / (double)draws;
}

static void measure(size_t alternatives)
{
    double *values = malloc(alternatives * CRITERIA * sizeof *values), *mean_rank = calloc(alternatives, sizeof *mean_rank);
    if (!values || !mean_rank) exit(1);
    for (size_t i = 0; i < alternatives; i++) lt_robustness_weights(1, i, CRITERIA, values + i * CRITERIA);
    double plain = plain_way(values, alternatives, mean_rank);
    printf("%zu alternatives, %d criteria, %d draws\n  qsort            %8.3f s\n", alternatives, CRITERIA, DRAWS, plain);
    for (unsigned threads = 1; threads <= 2; threads++) {
        lt_robustness_input in = {.alternatives = alternatives,
                                  .criteria = CRITERIA,
                                  .values = values,
                                  .draws = DRAWS,
                                  .seed = 542,
                                  .ranks = RANKS,
                                  .threads = threads};
        lt_robustness out;
        double since = now();
        if (lt_robustness_run(&in, &out, NULL) != LT_OK) exit(1);
        double seconds = now() - since;
        printf("  %u thread%s        %8.3f s  ratio %.3f\n", threads, threads > 1 ? "s" : " ", seconds, seconds / plain);
        lt_robustness_done(&out);
    }
    free(values);
    free(mean_rank);
}

int main(void)
{
    measure(450);
    measure(10000);
    return 0;
}
