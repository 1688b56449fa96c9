/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decision diagrams against truth tables: random monotone functions of few variables, and deep ones worked by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/memory.h"
#include "decision/diagram.h"

enum { MOST = 10, TABLE = 1 << MOST, FUNCTIONS = 400 };

static uint64_t seed;

static uint32_t below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 32) % n;
}

static lti_diagram *diagram(size_t nodes)
{
    lti_diagram *d = lti_diagram_new(&(lti_diagram_limits){.nodes = nodes});
    assert_non_null(d);
    return d;
}

/** A function both ways. */
typedef struct {
    lti_ref f;
    bool truth[TABLE];
} both;

static size_t count_true(const both *parts, uint32_t count, uint32_t at)
{
    size_t truths = 0;
    for (uint32_t i = 0; i < count; i++) truths += parts[i].truth[at];
    return truths;
}

/* A random and, or, k of n of variables and of functions made before. */
static void make(lti_diagram *d, uint32_t variables, const both *made, uint32_t made_count, both *out)
{
    both *parts = calloc(4, sizeof *parts);
    assert_non_null(parts);
    lti_ref operands[4];
    uint32_t count = 2 + below(3), least = 1 + below(count), kind = below(3);
    for (uint32_t i = 0; i < count; i++) {
        if (made_count > 0 && below(2)) {
            parts[i] = made[below(made_count)];
        } else {
            uint32_t v = below(variables);
            parts[i].f = lti_bdd_variable(d, v);
            for (uint32_t at = 0; at < TABLE; at++) parts[i].truth[at] = at >> v & 1;
        }
        operands[i] = parts[i].f;
    }
    if (kind == 0) least = count;
    if (kind == 1) least = 1;
    out->f = kind == 0   ? lti_bdd_all(d, operands, count)
             : kind == 1 ? lti_bdd_any(d, operands, count)
                         : lti_bdd_at_least(d, operands, count, least);
    for (uint32_t at = 0; at < TABLE; at++) out->truth[at] = count_true(parts, count, at) >= least;
    free(parts);
}

static void check_truth(lti_diagram *d, const both *b, uint32_t variables, const double *chance)
{
    double expected = 0, with[MOST] = {0}, without[MOST] = {0}, top, birnbaum[MOST] = {0};
    for (uint32_t at = 0; at < 1u << variables; at++) {
        bool truth[MOST];
        double p = 1;
        for (uint32_t v = 0; v < variables; v++) {
            truth[v] = at >> v & 1;
            p *= truth[v] ? chance[v] : 1 - chance[v];
        }
        assert_int_equal(lti_bdd_value(d, b->f, truth), b->truth[at]);
        if (!b->truth[at]) continue;
        expected += p;
        for (uint32_t v = 0; v < variables; v++) {
            if (truth[v]) with[v] += p / chance[v];
            else without[v] += p / (1 - chance[v]);
        }
    }
    assert_true(lti_bdd_importance(d, b->f, chance, &top, birnbaum));
    assert_true(fabs(top - expected) < 1e-12);
    for (uint32_t v = 0; v < variables; v++) assert_true(fabs(birnbaum[v] - (with[v] - without[v])) < 1e-12);
}

/** Minimal sets by trying all, as masks of labels, in order. */
typedef struct {
    uint32_t mask[TABLE];
    size_t count;
} masks;

static int by_size_then_labels(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int size = __builtin_popcount(a) - __builtin_popcount(b);
    if (size != 0 || a == b) return size;
    return (a ^ b) & -(a ^ b) & a ? -1 : 1; /* the lowest label in which they differ */
}

static bool solves(const both *b, uint32_t all, uint32_t at, bool dual)
{
    return dual ? !b->truth[all & ~at] : b->truth[at];
}

static void solve(const both *b, uint32_t variables, bool dual, const uint32_t *label, masks *out)
{
    uint32_t all = (1u << variables) - 1;
    out->count = 0;
    for (uint32_t at = 0; at <= all; at++) {
        bool minimal = solves(b, all, at, dual);
        uint32_t labels = 0;
        for (uint32_t v = 0; v < variables && minimal; v++) {
            if (!(at >> v & 1)) continue;
            minimal = !solves(b, all, at & ~(1u << v), dual);
            labels |= 1u << label[v];
        }
        if (minimal) out->mask[out->count++] = labels;
    }
    qsort(out->mask, out->count, sizeof *out->mask, by_size_then_labels);
}

static uint32_t mask_of(const lti_set_list *list, size_t set)
{
    uint32_t mask = 0;
    for (uint32_t i = list->first[set]; i < list->first[set + 1]; i++) {
        if (i > list->first[set]) assert_true(list->item[i] > list->item[i - 1]);
        mask |= 1u << list->item[i];
    }
    return mask;
}

static void check_list(lti_diagram *d, lti_ref z, size_t limit, const uint32_t *label, const masks *expected)
{
    lti_set_list list;
    assert_true(lti_zdd_first(d, z, limit, label, &list));
    assert_int_equal(list.count, limit < expected->count ? limit : expected->count);
    for (size_t i = 0; i < list.count; i++) assert_int_equal(mask_of(&list, i), expected->mask[i]);
    lti_set_list_done(&list);
}

static void check_sizes(lti_diagram *d, lti_ref z, const uint32_t *label, const masks *expected)
{
    double *by_size;
    size_t sizes, counted = 0;
    assert_true(lti_zdd_count(d, z) == (double)expected->count);
    assert_true(lti_zdd_count_by_size(d, z, &by_size, &sizes));
    for (uint32_t size = 0; size < MOST; size++) {
        masks some = {.count = 0};
        size_t begin = counted;
        while (counted < expected->count && __builtin_popcount(expected->mask[counted]) == (int)size)
            some.mask[some.count++] = expected->mask[counted++];
        assert_true((size < sizes ? by_size[size] : 0) == (double)(counted - begin));
        check_list(d, lti_zdd_exactly(d, z, size), TABLE, label, &some);
        some = *expected;
        some.count = counted;
        check_list(d, lti_zdd_at_most(d, z, size), TABLE, label, &some);
    }
    assert_true(sizes == 0 || by_size[sizes - 1] > 0);
    lti_free(by_size);
}

static void check_variables(lti_diagram *d, lti_ref z, uint32_t variables, const uint32_t *label, const masks *expected)
{
    bool occurs[MOST] = {0};
    assert_true(lti_zdd_variables(d, z, occurs));
    for (uint32_t v = 0; v < variables; v++) {
        bool found = false;
        for (size_t i = 0; i < expected->count; i++) found |= expected->mask[i] >> label[v] & 1;
        assert_int_equal(occurs[v], found);
    }
}

static void random_functions_agree_with_their_truth_tables(void **state)
{
    (void)state;
    enum { LAYERS = 8 };
    both *made = calloc(LAYERS, sizeof *made);
    masks *expected = calloc(1, sizeof *expected);
    assert_true(made && expected);
    for (uint32_t run = 0; run < FUNCTIONS; run++) {
        seed = 0x5eed0001 + run * UINT64_C(0x9e3779b97f4a7c15);
        lti_diagram *d = diagram(1000000);
        uint32_t variables = 1 + below(MOST), layers = 1 + below(LAYERS), label[MOST];
        double chance[MOST];
        for (uint32_t v = 0; v < variables; v++) {
            uint32_t other = below(v + 1); /* labels in another order than the variables */
            label[v] = v;
            label[v] = label[other];
            label[other] = v;
            chance[v] = .05 + .9 * below(1000) / 1000;
        }
        for (uint32_t i = 0; i < layers; i++) make(d, variables, made, i, &made[i]);
        const both *top = &made[layers - 1];
        check_truth(d, top, variables, chance);
        for (int dual = 0; dual <= 1; dual++) {
            lti_ref z = lti_zdd_minimal(d, top->f, dual);
            solve(top, variables, dual, label, expected);
            check_list(d, z, TABLE, label, expected);
            check_list(d, z, 1 + below(8), label, expected);
            check_sizes(d, z, label, expected);
            check_variables(d, z, variables, label, expected);
        }
        lti_diagram_free(d);
    }
    free(made);
    free(expected);
}

static void leaves_have_answers(void **state)
{
    (void)state;
    lti_diagram *d = diagram(10);
    const masks none = {.count = 0}, empty_set = {.mask = {0}, .count = 1};
    double top = -1;
    for (int dual = 0; dual <= 1; dual++) {
        check_sizes(d, lti_zdd_minimal(d, LTI_TRUE, dual), NULL, dual ? &none : &empty_set);
        check_sizes(d, lti_zdd_minimal(d, LTI_FALSE, dual), NULL, dual ? &empty_set : &none);
    }
    assert_true(lti_bdd_importance(d, LTI_TRUE, NULL, &top, NULL) && top == 1);
    assert_true(lti_bdd_importance(d, LTI_FALSE, NULL, &top, NULL) && top == 0);
    assert_int_equal(lti_bdd_all(d, NULL, 0), LTI_TRUE);
    assert_int_equal(lti_bdd_any(d, NULL, 0), LTI_FALSE);
    assert_int_equal(lti_bdd_at_least(d, NULL, 0, 0), LTI_TRUE);
    assert_int_equal(lti_bdd_at_least(d, NULL, 0, 1), LTI_FALSE);
    assert_int_equal(lti_diagram_nodes(d), 0);
    lti_diagram_free(d);
}

/* a0 b0 or a1 b1 or ...: as deep as there are variables, and its dual has 2^pairs solutions of one size. */
static void a_hundred_thousand_variables_need_no_stack(void **state)
{
    (void)state;
    enum { PAIRS = 50000 };
    lti_diagram *d = diagram(10000000);
    lti_ref *pair = calloc(PAIRS, sizeof *pair);
    uint32_t *label = calloc(2 * PAIRS, sizeof *label);
    assert_true(pair && label);
    for (uint32_t i = 0; i < PAIRS; i++) {
        lti_ref two[] = {lti_bdd_variable(d, 2 * i), lti_bdd_variable(d, 2 * i + 1)};
        pair[i] = lti_bdd_all(d, two, 2);
        label[2 * i] = 2 * (PAIRS - 1 - i);
        label[2 * i + 1] = label[2 * i] + 1;
    }
    lti_ref any = lti_bdd_any(d, pair, PAIRS), z = lti_zdd_minimal(d, any, false), dual = lti_zdd_minimal(d, any, true);
    double *by_size;
    size_t sizes;
    assert_true(lti_zdd_count_by_size(d, z, &by_size, &sizes));
    assert_int_equal(sizes, 3);
    assert_true(by_size[2] == PAIRS);
    lti_free(by_size);
    assert_true(lti_zdd_count_by_size(d, dual, &by_size, &sizes));
    assert_int_equal(sizes, PAIRS + 1);
    assert_true(isinf(by_size[PAIRS]) && by_size[PAIRS - 1] == 0);
    lti_free(by_size);
    lti_set_list list;
    assert_true(lti_zdd_first(d, z, 3, label, &list));
    assert_int_equal(list.count, 3);
    for (uint32_t i = 0; i < 6; i++) assert_int_equal(list.item[i], i);
    lti_set_list_done(&list);
    free(pair);
    free(label);
    lti_diagram_free(d);
}

static void thresholds_of_many_stay_small(void **state)
{
    (void)state;
    enum { MANY = 600, LEAST = 300 };
    lti_diagram *d = diagram(1000000);
    lti_ref operand[MANY];
    uint32_t label[MANY];
    for (uint32_t v = 0; v < MANY; v++) {
        operand[v] = lti_bdd_variable(d, v);
        label[v] = MANY - 1 - v;
    }
    lti_ref f = lti_bdd_at_least(d, operand, MANY, LEAST), z = lti_zdd_minimal(d, f, false);
    lti_set_list list;
    assert_true(lti_zdd_first(d, z, 2, label, &list));
    for (uint32_t i = 0; i < LEAST; i++) assert_int_equal(list.item[i], i); /* 0 .. 299, then 0 .. 298 and 300 */
    assert_int_equal(list.item[2 * LEAST - 1], LEAST);
    lti_set_list_done(&list);
    lti_diagram_free(d);
}

static bool at_once(void *context)
{
    ++*(int *)context;
    return true;
}

static void limits_end_the_work(void **state)
{
    (void)state;
    int asked = 0;
    lti_diagram_limits limits[] = {{.nodes = 50}, {.nodes = 1000000, .stop = at_once, .context = &asked}};
    const lti_diagram_state_code expected[] = {LTI_DIAGRAM_NODES, LTI_DIAGRAM_STOPPED};
    for (int i = 0; i < 2; i++) {
        lti_diagram *d = lti_diagram_new(&limits[i]);
        lti_ref operand[100];
        for (uint32_t v = 0; v < 100; v++) operand[v] = lti_bdd_variable(d, v);
        lti_ref f = lti_bdd_at_least(d, operand, 100, 50);
        assert_int_equal(f, LTI_NO_REF);
        assert_int_equal(lti_diagram_state(d), expected[i]);
        assert_true(lti_diagram_nodes(d) <= limits[i].nodes);
        lti_ref z = lti_zdd_minimal(d, f, false);
        assert_int_equal(z, LTI_NO_REF);
        assert_true(isnan(lti_zdd_count(d, z)));
        assert_int_equal(lti_diagram_state(d), expected[i]);
        lti_diagram_free(d);
    }
    assert_int_equal(asked, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_functions_agree_with_their_truth_tables),
        cmocka_unit_test(leaves_have_answers),
        cmocka_unit_test(a_hundred_thousand_variables_need_no_stack),
        cmocka_unit_test(thresholds_of_many_stay_small),
        cmocka_unit_test(limits_end_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
