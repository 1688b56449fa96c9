/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ranking robustness against the plain way, on random small inputs with ties and some worked by hand. Values and given weights
 * are small whole numbers there, so that scores are exact whatever the order of their terms.
 * Linked with --wrap=pthread_create, so that threads can be refused.
 */
#include "liantu/robustness.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/ranking.h"
#include "fixture.h"

enum { MOST_ALTERNATIVES = 12, MOST_CRITERIA = 5, MOST_DRAWS = 200, INPUTS = 400 };

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % n;
}

static unsigned threads_left = UINT32_MAX; /* that may be created before one is refused */

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *context);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *), void *context)
{
    if (threads_left == 0) return EAGAIN;
    threads_left--;
    return __real_pthread_create(thread, attr, start, context);
}

static lt_robustness run(const lt_robustness_input *input)
{
    lt_robustness out;
    lt_error error = {0};
    assert_int_equal(lt_robustness_run(input, &out, &error), LT_OK);
    assert_int_equal(out.alternatives, input->alternatives);
    assert_int_equal(out.criteria, input->criteria);
    assert_int_equal(out.ranks, input->ranks);
    return out;
}

static void assert_same_bytes(const lt_robustness *a, const lt_robustness *b)
{
    size_t count = a->alternatives;
    assert_memory_equal(a->acceptability, b->acceptability, count * a->ranks * sizeof(double));
    assert_memory_equal(a->central, b->central, count * a->criteria * sizeof(double));
    assert_memory_equal(a->confidence, b->confidence, count * sizeof(double));
    assert_memory_equal(a->best_rank, b->best_rank, count * sizeof(uint32_t));
    assert_memory_equal(a->worst_rank, b->worst_rank, count * sizeof(uint32_t));
    assert_memory_equal(a->mean_rank, b->mean_rank, count * sizeof(double));
}

/* The weights of a draw, normalised or as given. */
static void weights_of(const lt_robustness_input *in, size_t draw, bool normalised, double *weights)
{
    double sum = 0;
    if (in->weights) memcpy(weights, in->weights + draw * in->criteria, in->criteria * sizeof *weights);
    else lt_robustness_weights(in->seed, draw, in->criteria, weights);
    for (size_t c = 0; c < in->criteria; c++) sum += weights[c];
    for (size_t c = 0; normalised && c < in->criteria; c++) weights[c] /= sum;
}

/* 1 + alternatives that are strictly better. */
static uint32_t plain_rank(const lt_robustness_input *in, size_t draw, const double *weights, size_t alternative)
{
    const double *values = in->values + (in->values_drawn ? draw * in->alternatives * in->criteria : 0);
    double score[MOST_ALTERNATIVES];
    uint32_t rank = 1;
    for (size_t a = 0; a < in->alternatives; a++) {
        score[a] = 0;
        for (size_t c = 0; c < in->criteria; c++) score[a] += weights[c] * values[a * in->criteria + c];
    }
    for (size_t a = 0; a < in->alternatives; a++) rank += score[a] > score[alternative];
    return rank;
}

/* Draws by rank, from 1, and the sum of normalised weights of those in which it is first. */
typedef struct {
    uint32_t times[MOST_ALTERNATIVES + 1];
    double central[MOST_CRITERIA];
} plain_figures;

static plain_figures plain_way(const lt_robustness_input *in, size_t alternative)
{
    plain_figures f = {{0}, {0}};
    double weights[MOST_CRITERIA];
    for (size_t draw = 0; draw < in->draws; draw++) {
        weights_of(in, draw, false, weights);
        uint32_t rank = plain_rank(in, draw, weights, alternative);
        f.times[rank]++;
        if (rank != 1) continue;
        weights_of(in, draw, true, weights);
        for (size_t c = 0; c < in->criteria; c++) f.central[c] += weights[c];
    }
    return f;
}

static void check_ranks(const lt_robustness_input *in, const lt_robustness *out, size_t a, const plain_figures *plain)
{
    uint32_t best = 0, worst = 0;
    double sum = 0;
    for (uint32_t rank = 1; rank <= in->alternatives; rank++) {
        if (plain->times[rank] == 0) continue;
        if (best == 0) best = rank;
        worst = rank;
        sum += (double)rank * plain->times[rank];
    }
    assert_int_equal(out->best_rank[a], best);
    assert_int_equal(out->worst_rank[a], worst);
    assert_true(out->mean_rank[a] == sum / (double)in->draws);
    for (size_t r = 0; r < in->ranks; r++)
        assert_true(out->acceptability[a * in->ranks + r] == plain->times[r + 1] / (double)in->draws);
}

static void check_firsts(const lt_robustness_input *in, const lt_robustness *out, size_t a, const plain_figures *plain)
{
    const double *central = out->central + a * in->criteria;
    uint32_t won = 0;
    if (plain->times[1] == 0) {
        assert_true(isnan(out->confidence[a]));
        for (size_t c = 0; c < in->criteria; c++) assert_true(isnan(central[c]));
        return;
    }
    for (size_t c = 0; c < in->criteria; c++) assert_true(fabs(central[c] - plain->central[c] / plain->times[1]) < 1e-12);
    for (size_t draw = 0; draw < in->draws; draw++) won += plain_rank(in, draw, central, a) == 1;
    assert_true(out->confidence[a] == (in->values_drawn ? won / (double)in->draws : 1));
}

static void figures_agree_with_the_plain_way(void **unused)
{
    static double values[MOST_DRAWS * MOST_ALTERNATIVES * MOST_CRITERIA], weights[MOST_DRAWS * MOST_CRITERIA];
    (void)unused;
    state = 542;
    for (int i = 0; i < INPUTS; i++) {
        size_t alternatives = 1 + below(MOST_ALTERNATIVES), criteria = 1 + below(MOST_CRITERIA);
        lt_robustness_input in = {.alternatives = alternatives,
                                  .criteria = criteria,
                                  .values = values,
                                  .values_drawn = below(2),
                                  .draws = 1 + below(MOST_DRAWS),
                                  .weights = below(2) ? weights : NULL,
                                  .seed = below(1000),
                                  .ranks = below((uint32_t)alternatives + 1),
                                  .threads = 1 + below(3)};
        uint32_t levels = 1 + below(6);
        for (size_t v = 0; v < in.draws * alternatives * criteria; v++) values[v] = (double)below(levels) - 2;
        for (size_t w = 0; w < in.draws * criteria; w++) weights[w] = below(4) + (w % criteria == 0);
        lt_robustness out = run(&in);
        for (size_t a = 0; a < alternatives; a++) {
            plain_figures plain = plain_way(&in, a);
            check_ranks(&in, &out, a, &plain);
            check_firsts(&in, &out, a, &plain);
        }
        lt_robustness_done(&out);
    }
}

static void ties_share_the_best_rank(void **unused)
{
    const double values[] = {1, 0, 0, 1, 0, 0, -0.0, 0}, weights[] = {5, 5, 2, 6};
    const double shares[] = {.5, .5, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0};
    lt_robustness_input in = {.alternatives = 4, .criteria = 2, .values = values, .draws = 2, .weights = weights, .ranks = 4};
    (void)unused;
    lt_robustness out = run(&in);
    for (int i = 0; i < 16; i++) assert_true(out.acceptability[i] == shares[i]);
    assert_true(out.central[0] == .5 && out.central[1] == .5);     /* from the tie alone */
    assert_true(out.central[2] == .375 && out.central[3] == .625); /* from both draws */
    assert_true(out.confidence[0] == 1 && out.confidence[1] == 1 && isnan(out.confidence[2]) && isnan(out.central[4]));
    assert_true(out.mean_rank[0] == 1.5 && out.mean_rank[3] == 3 && out.best_rank[0] == 1 && out.worst_rank[0] == 2);
    lt_robustness_done(&out);
}

/* The first wins each draw narrowly, on a criterion of that draw alone, and none under the mean of both weights. */
static void confidence_is_measured_on_the_draws_of_values(void **unused)
{
    const double values[] = {9, 0, 8, 8, 0, 9, 8, 8}, weights[] = {1, 0, 0, 1};
    lt_robustness_input in = {.alternatives = 2, .criteria = 2, .values = values, .draws = 2, .weights = weights, .ranks = 1};
    (void)unused;
    in.values_drawn = true;
    lt_robustness out = run(&in);
    assert_true(out.acceptability[0] == 1 && out.central[0] == .5 && out.confidence[0] == 0 && isnan(out.confidence[1]));
    lt_robustness_done(&out);
}

static void the_largest_numbers_do_not_overflow(void **unused)
{
    const double values[] = {1e308, -1e308, 0, 0, 1e308, 1e308}, weights[] = {8e307, 8e307, 1e-320, 3e-320};
    lt_robustness_input in = {.alternatives = 3, .criteria = 2, .values = values, .draws = 2, .weights = weights, .ranks = 3};
    (void)unused;
    lt_robustness out = run(&in);
    assert_true(out.acceptability[6] == 1 && out.confidence[2] == 1);
    assert_true(out.acceptability[0] == 0 && out.acceptability[1] == .5 && out.acceptability[2] == .5);
    assert_true(fabs(out.central[4] - .375) < 1e-3 && fabs(out.central[5] - .625) < 1e-3);
    lt_robustness_done(&out);
}

static double any_score(void)
{
    static const double set[] = {0, -0.0, INFINITY, -INFINITY, 1, -1, 5e-324, -5e-324, 1.7976931348623157e308, 0.1};
    if (below(4) == 0) return set[below(sizeof set / sizeof *set)];
    return ldexp((double)below(1 << 20) - (1 << 19), (int)below(600) - 300);
}

static void scores_are_put_in_order(void **unused)
{
    enum { MOST = 700 };
    static double score[MOST];
    static lti_ranked room[MOST], spare[MOST];
    (void)unused;
    state = 1;
    for (size_t count = 0; count <= MOST; count += 1 + count / 2) {
        for (size_t i = 0; i < count; i++) score[i] = any_score();
        const lti_ranked *order = lti_rank(room, spare, score, count);
        for (size_t i = 1; i < count; i++) {
            double before = score[order[i - 1].row], after = score[order[i].row];
            assert_true(before > after || (before == after && order[i - 1].row < order[i].row));
            assert_int_equal(before == after, order[i - 1].key == order[i].key);
        }
    }
}

enum { TALL = 300, TALL_CRITERIA = 9, TALL_DRAWS = 1000 };

/* Drawn values and seeded weights, whose sums are rounded: the order of draws would show. */
static lt_robustness_input tall_input(void)
{
    static double values[TALL_DRAWS * TALL * TALL_CRITERIA];
    state = 7;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) values[i] = below(1000) / 999.0;
    return (lt_robustness_input){.alternatives = TALL,
                                 .criteria = TALL_CRITERIA,
                                 .values = values,
                                 .values_drawn = true,
                                 .draws = TALL_DRAWS,
                                 .seed = 3,
                                 .ranks = 10,
                                 .threads = 1};
}

static void threads_do_not_change_a_byte(void **unused)
{
    static const unsigned threads[] = {2, 3, 7, 0, 1000};
    lt_robustness_input in = tall_input();
    (void)unused;
    for (int fixed = 0; fixed <= 1; fixed++) {
        in.values_drawn = !fixed;
        in.threads = 1;
        lt_robustness one = run(&in);
        for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
            in.threads = threads[i];
            lt_robustness many = run(&in);
            assert_same_bytes(&one, &many);
            lt_robustness_done(&many);
        }
        lt_robustness_done(&one);
    }
}

static void threads_that_cannot_be_had_are_done_without(void **unused)
{
    lt_robustness_input in = tall_input();
    (void)unused;
    lt_robustness one = run(&in);
    for (unsigned allowed = 0; allowed <= 2; allowed++) {
        threads_left = allowed;
        in.threads = 4;
        lt_robustness few = run(&in);
        threads_left = UINT32_MAX;
        assert_same_bytes(&one, &few);
        lt_robustness_done(&few);
    }
    lt_robustness_done(&one);
}

static void a_seed_is_as_its_weights_given(void **unused)
{
    static double weights[TALL_DRAWS * TALL_CRITERIA];
    lt_robustness_input in = tall_input();
    (void)unused;
    lt_robustness seeded = run(&in);
    for (size_t draw = TALL_DRAWS; draw-- > 0;) lt_robustness_weights(in.seed, draw, TALL_CRITERIA, weights + draw * TALL_CRITERIA);
    in.weights = weights;
    in.seed = 0;
    lt_robustness given = run(&in);
    assert_same_bytes(&seeded, &given);
    lt_robustness_done(&given);
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) weights[i] *= 0x1p40; /* weights have no unit */
    given = run(&in);
    assert_same_bytes(&seeded, &given);
    lt_robustness_done(&given);
    lt_robustness_done(&seeded);
}

static void check_refusal(const lt_robustness_input *in, const char *text)
{
    lt_robustness out, untouched;
    lt_error error = {0};
    char told[256];
    memset(&out, 0x5a, sizeof out);
    memcpy(&untouched, &out, sizeof out);
    assert_int_equal(lt_robustness_run(in, &out, &error), LT_E_ARGUMENT);
    lt_error_text(&error, LT_LANG_EN, told, sizeof told);
    assert_string_equal(told, text);
    assert_memory_equal(&out, &untouched, sizeof out);
}

static void senseless_input_is_refused(void **unused)
{
    static const char empty[] = "robustness wants 1–4294967295 alternatives and at least one criterion and one draw";
    static const char no_weights[] =
        "the weights of draw 2 are no weights; each should be at least 0, their sum above 0 and finite";
    static const double bad[] = {-1, NAN, INFINITY, -INFINITY};
    double values[] = {1, 2, 3, 4, 5, 6, 7, 8}, weights[] = {1, 1, 0, 1};
    lt_robustness_input good = {.alternatives = 2, .criteria = 2, .values = values, .draws = 2, .weights = weights, .ranks = 2};
    lt_robustness_input in = good;
    (void)unused;
    in.alternatives = 0;
    check_refusal(&in, empty);
    in = good;
    in.criteria = 0;
    check_refusal(&in, empty);
    in = good;
    in.draws = 0;
    check_refusal(&in, empty);
    in = good;
    in.ranks = 3;
    check_refusal(&in, "3 ranks are asked for, but there are 2 alternatives");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        weights[2] = bad[i];
        check_refusal(&good, no_weights);
    }
    weights[2] = weights[3] = 0;
    check_refusal(&good, no_weights);
    weights[2] = weights[3] = 1.7e308;
    check_refusal(&good, no_weights);
    weights[2] = 0;
    values[7] = NAN;
    lt_robustness out = run(&good); /* not read where values are fixed */
    lt_robustness_done(&out);
    good.values_drawn = true;
    check_refusal(&good, "the value of alternative 2 by criterion 2 is no finite number");
    lt_robustness_done(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_agree_with_the_plain_way),
        cmocka_unit_test(ties_share_the_best_rank),
        cmocka_unit_test(confidence_is_measured_on_the_draws_of_values),
        cmocka_unit_test(the_largest_numbers_do_not_overflow),
        cmocka_unit_test(scores_are_put_in_order),
        cmocka_unit_test(threads_do_not_change_a_byte),
        cmocka_unit_test(threads_that_cannot_be_had_are_done_without),
        cmocka_unit_test(a_seed_is_as_its_weights_given),
        cmocka_unit_test(senseless_input_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
