/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SMAA-2. Source: Lahdelma, Salminen (2001), Operations Research 49(3):444–454.
 *
 * Deviations: an alternative that ties keeps the best rank of the tie, so shares of a rank need not sum to 1; the confidence
 * is measured on the draws of values that the ranks are measured on, not on fresh ones; weights drawn here come from sorted
 * uniforms instead of normalised exponentials (robustness_weights.c), which is the same distribution.
 *
 * Draws go in blocks to whichever thread is free. Counts and sums of ranks are whole numbers, exact in any order; sums of
 * weights are rounded, so blocks add theirs in their own order.
 */
#include "liantu/robustness.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "analysis/ranking.h"
#include "core/error.h"
#include "core/memory.h"
#include "core/parallel.h"

enum {
    BLOCK = 64,       /* draws: a bit each of `first` */
    TILE = 512,       /* alternatives whose scores stay in the nearest cache */
    QUESTIONS = 1024, /* of the second part, at a time */
    NUMBER = 24       /* bytes of a number in a message */
};

typedef struct {
    lt_robustness tally;             /* rank counts and sums; no central weights, no confidence */
    double *score;                   /* by alternative; in the second part, draws won under its central weights */
    lti_ranked *ranked, *spare;      /* for lti_rank */
    uint32_t *rank;                  /* by alternative, in the draw at hand */
    uint64_t *first;                 /* by alternative: the draws of the block in which it is first */
    double *weights, *score_weights; /* [BLOCK][criteria], normalised; [criteria], of the draw at hand */
} worker;

typedef struct {
    const lt_robustness_input *in;
    double *column;           /* [criteria][alternatives], where values are fixed */
    double *central;          /* [alternatives][criteria]: sums of weights, later means */
    double *wins;             /* by alternative: draws in which it is first */
    const lti_ranked *rivals; /* alternatives, the hardest to beat first */
    size_t parts, claimed;    /* of the work at hand */
    size_t merged;            /* blocks */
    pthread_mutex_t lock;
    pthread_cond_t turn;
    worker *workers;
    unsigned worker_count;
} run;

static bool claim(run *r, size_t *part)
{
    pthread_mutex_lock(&r->lock);
    bool left = r->claimed < r->parts;
    if (left) *part = r->claimed++;
    pthread_mutex_unlock(&r->lock);
    return left;
}

static double weigh(const double *weights, const double *values, size_t criteria)
{
    double sum = 0;
    for (size_t i = 0; i < criteria; i++) sum += weights[i] * values[i];
    return sum;
}

/* As weigh() for every alternative, to the last bit. */
static void score_columns(const run *r, const double *weights, double *score)
{
    size_t count = r->in->alternatives;
    for (size_t begin = 0; begin < count; begin += TILE) {
        size_t end = count - begin < TILE ? count : begin + TILE;
        for (size_t a = begin; a < end; a++) score[a] = 0;
        for (size_t c = 0; c < r->in->criteria; c++) {
            const double *column = r->column + c * count;
            for (size_t a = begin; a < end; a++) score[a] += weights[c] * column[a];
        }
    }
}

static const double *values_of(const lt_robustness_input *in, size_t draw)
{
    return in->values + (in->values_drawn ? draw * in->alternatives * in->criteria : 0);
}

/*
 * The weights of a draw, with the sum 1 for the mean. Scores take them only brought near it by a power of two, which is
 * exact: what ties under the weights as given still ties, and nothing overflows.
 */
static void take_weights(const lt_robustness_input *in, size_t draw, double *weights, double *score_weights)
{
    int exponent;
    double sum = 0;
    if (in->weights) memcpy(weights, in->weights + draw * in->criteria, in->criteria * sizeof *weights);
    else lt_robustness_weights(in->seed, draw, in->criteria, weights);
    for (size_t c = 0; c < in->criteria; c++) sum += weights[c];
    frexp(sum, &exponent);
    for (size_t c = 0; c < in->criteria; c++) {
        score_weights[c] = ldexp(weights[c], -exponent);
        weights[c] /= sum;
    }
}

static void score_draw(const run *r, worker *w, size_t draw)
{
    const lt_robustness_input *in = r->in;
    const double *values = values_of(in, draw);
    if (!in->values_drawn) score_columns(r, w->score_weights, w->score);
    for (size_t a = 0; in->values_drawn && a < in->alternatives; a++)
        w->score[a] = weigh(w->score_weights, values + a * in->criteria, in->criteria);
}

static void tally_draw(worker *w, unsigned bit)
{
    lt_robustness *t = &w->tally;
    const lti_ranked *order = lti_rank(w->ranked, w->spare, w->score, t->alternatives);
    uint32_t rank = 1;
    for (size_t i = 0; i < t->alternatives; i++) {
        uint32_t row = order[i].row;
        if (i > 0 && order[i].key != order[i - 1].key) rank = (uint32_t)i + 1;
        w->rank[row] = rank;
        if (rank == 1) w->first[row] |= UINT64_C(1) << bit;
        if (rank <= t->ranks) t->acceptability[row * t->ranks + rank - 1]++;
    }
    for (size_t a = 0; a < t->alternatives; a++) {
        t->mean_rank[a] += w->rank[a];
        if (w->rank[a] < t->best_rank[a]) t->best_rank[a] = w->rank[a];
        if (w->rank[a] > t->worst_rank[a]) t->worst_rank[a] = w->rank[a];
    }
}

/* Waits until every earlier block has been added, which some other thread is at: blocks are claimed in order. */
static void add_firsts_in_turn(run *r, const worker *w, size_t block)
{
    size_t criteria = r->in->criteria;
    pthread_mutex_lock(&r->lock);
    while (r->merged != block) pthread_cond_wait(&r->turn, &r->lock);
    pthread_mutex_unlock(&r->lock);
    for (size_t a = 0; a < r->in->alternatives; a++) {
        const double *weights = w->weights;
        for (uint64_t draws = w->first[a]; draws != 0; draws >>= 1, weights += criteria) {
            if (!(draws & 1)) continue;
            r->wins[a]++;
            for (size_t c = 0; c < criteria; c++) r->central[a * criteria + c] += weights[c];
        }
    }
    pthread_mutex_lock(&r->lock);
    r->merged++;
    pthread_cond_broadcast(&r->turn);
    pthread_mutex_unlock(&r->lock);
}

static void tally_draws(void *context, unsigned number)
{
    run *r = context;
    worker *w = &r->workers[number];
    for (size_t block; claim(r, &block);) {
        size_t begin = block * BLOCK, count = r->in->draws - begin < BLOCK ? r->in->draws - begin : BLOCK;
        memset(w->first, 0, r->in->alternatives * sizeof *w->first);
        for (unsigned d = 0; d < count; d++) {
            take_weights(r->in, begin + d, w->weights + d * r->in->criteria, w->score_weights);
            score_draw(r, w, begin + d);
            tally_draw(w, d);
        }
        add_firsts_in_turn(r, w, block);
    }
}

static bool is_first(const run *r, size_t draw, size_t alternative)
{
    size_t criteria = r->in->criteria;
    const double *weights = r->central + alternative * criteria, *values = values_of(r->in, draw);
    double own = weigh(weights, values + alternative * criteria, criteria);
    for (size_t i = 0; i < r->in->alternatives; i++)
        if (weigh(weights, values + r->rivals[i].row * criteria, criteria) > own) return false;
    return true;
}

/* A question is whether an alternative is first under its central weights in one draw of values. */
static void count_confident(void *context, unsigned number)
{
    run *r = context;
    worker *w = &r->workers[number];
    size_t count = r->in->alternatives, questions = r->in->draws * count;
    for (size_t part; claim(r, &part);) {
        size_t begin = part * QUESTIONS, end = questions - begin < QUESTIONS ? questions : begin + QUESTIONS;
        for (size_t question = begin; question < end; question++) {
            size_t alternative = question % count;
            if (r->wins[alternative] > 0) w->score[alternative] += is_first(r, question / count, alternative);
        }
    }
}

/* Tallies of the first worker become those of all. */
static void merge_tallies(run *r)
{
    lt_robustness *all = &r->workers[0].tally;
    for (unsigned n = 1; n < r->worker_count; n++) {
        const lt_robustness *one = &r->workers[n].tally;
        for (size_t i = 0; i < all->alternatives * all->ranks; i++) all->acceptability[i] += one->acceptability[i];
        for (size_t a = 0; a < all->alternatives; a++) {
            all->mean_rank[a] += one->mean_rank[a];
            if (one->best_rank[a] < all->best_rank[a]) all->best_rank[a] = one->best_rank[a];
            if (one->worst_rank[a] > all->worst_rank[a]) all->worst_rank[a] = one->worst_rank[a];
        }
    }
    for (size_t i = 0; i < all->alternatives * all->ranks; i++) all->acceptability[i] /= (double)r->in->draws;
    for (size_t a = 0; a < all->alternatives; a++) all->mean_rank[a] /= (double)r->in->draws;
    for (size_t i = 0; i < all->alternatives * all->criteria; i++) {
        double wins = r->wins[i / all->criteria];
        r->central[i] = wins > 0 ? r->central[i] / wins : NAN;
    }
}

/*
 * Where values are fixed there is nothing to count: the weights that make an alternative first are a convex set, so their mean
 * makes it first, too.
 */
static void find_confidence(run *r, double *confidence)
{
    worker *w = r->workers;
    size_t count = r->in->alternatives;
    for (size_t a = 0; a < count; a++) {
        confidence[a] = r->wins[a] > 0 ? 1 : NAN;
        w->score[a] = -w->tally.mean_rank[a];
    }
    if (!r->in->values_drawn) return;
    r->rivals = lti_rank(w->ranked, w->spare, w->score, count);
    for (unsigned n = 0; n < r->worker_count; n++) memset(r->workers[n].score, 0, count * sizeof *w->score);
    r->claimed = 0;
    r->parts = r->in->draws * count / QUESTIONS + 1;
    lti_parallel(r->worker_count, count_confident, r);
    for (size_t a = 0; a < count; a++) {
        double won = 0;
        for (unsigned n = 0; n < r->worker_count; n++) won += r->workers[n].score[a];
        if (r->wins[a] > 0) confidence[a] = won / (double)r->in->draws;
    }
}

static bool reserve_worker(worker *w, const lt_robustness_input *in)
{
    size_t count = in->alternatives, row = in->criteria * sizeof(double);
    lt_robustness *t = &w->tally;
    *t = (lt_robustness){.alternatives = count, .criteria = in->criteria, .ranks = in->ranks};
    bool whole = (t->acceptability = lti_alloc(count, in->ranks * sizeof *t->acceptability)) &&
                 (t->best_rank = lti_alloc(count, sizeof *t->best_rank)) &&
                 (t->worst_rank = lti_alloc(count, sizeof *t->worst_rank)) &&
                 (t->mean_rank = lti_alloc(count, sizeof *t->mean_rank)) && (w->score = lti_alloc(count, sizeof *w->score)) &&
                 (w->ranked = lti_alloc(count, sizeof *w->ranked)) && (w->spare = lti_alloc(count, sizeof *w->spare)) &&
                 (w->rank = lti_alloc(count, sizeof *w->rank)) && (w->first = lti_alloc(count, sizeof *w->first)) &&
                 (w->weights = lti_alloc(BLOCK, row)) && (w->score_weights = lti_alloc(1, row));
    for (size_t a = 0; whole && a < count; a++) t->best_rank[a] = UINT32_MAX;
    return whole;
}

static bool reserve(run *r)
{
    const lt_robustness_input *in = r->in;
    unsigned threads = in->threads > 0 ? in->threads : lti_processors();
    size_t row = in->criteria * sizeof(double);
    r->parts = in->draws / BLOCK + (in->draws % BLOCK != 0);
    r->worker_count = threads < r->parts ? threads : (unsigned)r->parts;
    bool whole = (r->workers = lti_alloc(r->worker_count, sizeof *r->workers)) && (r->central = lti_alloc(in->alternatives, row)) &&
                 (r->wins = lti_alloc(in->alternatives, sizeof *r->wins)) &&
                 (in->values_drawn || (r->column = lti_alloc(in->alternatives, row)));
    for (unsigned n = 0; whole && n < r->worker_count; n++) whole = reserve_worker(&r->workers[n], in);
    for (size_t i = 0; whole && r->column && i < in->alternatives * in->criteria; i++)
        r->column[i % in->criteria * in->alternatives + i / in->criteria] = in->values[i];
    return whole;
}

static void run_done(run *r)
{
    for (unsigned n = 0; r->workers && n < r->worker_count; n++) {
        worker *w = &r->workers[n];
        void *arrays[] = {w->score, w->ranked, w->spare, w->rank, w->first, w->weights, w->score_weights};
        for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
        lt_robustness_done(&w->tally);
    }
    void *arrays[] = {r->workers, r->column, r->central, r->wins};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    pthread_cond_destroy(&r->turn);
    pthread_mutex_destroy(&r->lock);
}

static lt_code fail_numbers(lt_error *error, lt_message message, size_t first, size_t second)
{
    char text[2][NUMBER];
    snprintf(text[0], NUMBER, "%zu", first);
    snprintf(text[1], NUMBER, "%zu", second);
    return lti_fail(error, LT_E_ARGUMENT, NULL, message, LTI_ARGS(text[0], text[1]));
}

static lt_code check(const lt_robustness_input *in, lt_error *error)
{
    if (in->alternatives == 0 || in->criteria == 0 || in->draws == 0 || in->alternatives > UINT32_MAX)
        return lti_fail(error, LT_E_ARGUMENT, NULL, LT_MSG_ROBUSTNESS_EMPTY, NULL);
    if (in->ranks > in->alternatives) return fail_numbers(error, LT_MSG_ROBUSTNESS_RANKS, in->ranks, in->alternatives);
    size_t values = (in->values_drawn ? in->draws : 1) * in->alternatives * in->criteria;
    for (size_t i = 0; i < values; i++) {
        if (isfinite(in->values[i])) continue;
        return fail_numbers(error, LT_MSG_ROBUSTNESS_VALUE, i / in->criteria % in->alternatives + 1, i % in->criteria + 1);
    }
    for (size_t draw = 0; in->weights && draw < in->draws; draw++) {
        const double *weights = in->weights + draw * in->criteria;
        double sum = 0;
        bool sound = true;
        for (size_t c = 0; c < in->criteria; c++) {
            sound = sound && weights[c] >= 0; /* false for what is no number */
            sum += weights[c];
        }
        if (!sound || !(sum > 0) || !isfinite(sum)) return fail_numbers(error, LT_MSG_ROBUSTNESS_WEIGHTS, draw + 1, 0);
    }
    return LT_OK;
}

lt_code lt_robustness_run(const lt_robustness_input *input, lt_robustness *out, lt_error *error)
{
    run r = {.in = input, .lock = PTHREAD_MUTEX_INITIALIZER, .turn = PTHREAD_COND_INITIALIZER};
    double *confidence = NULL;
    lt_code code = check(input, error);
    if (code != LT_OK) goto done;
    if (!reserve(&r) || !(confidence = lti_alloc(input->alternatives, sizeof *confidence))) {
        code = lti_fail_memory(error);
        goto done;
    }
    lti_parallel(r.worker_count, tally_draws, &r);
    merge_tallies(&r);
    find_confidence(&r, confidence);
    *out = r.workers[0].tally;
    out->central = r.central;
    out->confidence = confidence;
    r.workers[0].tally = (lt_robustness){0};
    r.central = confidence = NULL;
done:
    lti_free(confidence);
    run_done(&r);
    return code;
}

void lt_robustness_done(lt_robustness *robustness)
{
    if (!robustness) return;
    void *arrays[] = {robustness->acceptability, robustness->central,    robustness->confidence,
                      robustness->best_rank,     robustness->worst_rank, robustness->mean_rank};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *robustness = (lt_robustness){0};
}
