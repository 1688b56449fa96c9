/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of maps and reports fails in turn, once and for good; each time the call must say LT_E_MEMORY and (under the
   sanitizers) leak nothing. Only render's own allocations: the analyses have test_allocation.c, Graphviz its own allocator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "liantu/liantu.h"
#include "map/map.h"
#include "report/report.h"

static size_t taken, fail_at; /* allocations so far; which one fails, 0 = none */
static bool for_good;         /* and all after it */

static bool fails(void)
{
    taken++;
    return fail_at > 0 && (for_good ? taken >= fail_at : taken == fail_at);
}

/* The linker sends render's calls here; it wants them visible where the sanitizers' libraries have a realloc too. */
#pragma GCC visibility push(default)
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
FILE *__real_open_memstream(char **text, size_t *size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);
FILE *__wrap_open_memstream(char **text, size_t *size);
#pragma GCC visibility pop

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

char *__wrap_strdup(const char *text)
{
    return fails() ? NULL : __real_strdup(text);
}

FILE *__wrap_open_memstream(char **text, size_t *size)
{
    return fails() ? NULL : __real_open_memstream(text, size);
}

static struct {
    lt_dataset *ds, *whole; /* with an overlay, and without */
    const lt_policy *policy;
    lt_rules *rules;
    lt_gaps gaps, gaps_whole;
    lt_targets targets, targets_whole;
    lt_map_data data, before;
} world;

static int ignore(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return 0;
}

static const lt_sink nowhere = {ignore, NULL};

static lt_code draw(const char *type, const char *format, bool with_chain, uint32_t size)
{
    lt_error error = {0};
    lt_map_options options = {.type = type,
                              .format = format,
                              .chain = with_chain ? lt_find(world.ds, "battery") : LT_NONE,
                              .zone = LT_NONE,
                              .size = size,
                              .before = &world.before,
                              .digest = "0123456789abcdef"};
    lt_code code = lt_map_write(&world.data, &options, &nowhere, NULL, &error);
    assert_int_equal(code, error.code);
    return code;
}

static lt_code industry(void)
{
    return draw("industry", "svg", true, 0);
}

static lt_code industry_in_pages(void)
{
    return draw("industry", "svg", true, 2);
}

static lt_code innovation(void)
{
    return draw("innovation", "svg", true, 0);
}

static lt_code supply(void)
{
    return draw("supply", "svg", true, 0);
}

static lt_code targeting(void)
{
    return draw("targeting", "svg", true, 0);
}

static lt_code city(void)
{
    return draw("city", "svg", false, 0);
}

static lt_code dot(void)
{
    return draw("industry", "dot", true, 0);
}

static lt_code dot_of_research(void)
{
    return draw("innovation", "dot", true, 0);
}

static lt_code dot_of_targets(void)
{
    return draw("targeting", "dot", true, 0);
}

static lt_code report(const char *format, bool of_chain)
{
    lt_error error = {0};
    lt_report_options options = {.ds = world.ds,
                                 .policy = world.policy,
                                 .rules = world.rules,
                                 .chain = of_chain ? lt_find(world.ds, "battery") : LT_NONE,
                                 .format = format,
                                 .version = "1",
                                 .digest = "0123456789abcdef",
                                 .policy_digest = "0123456789abcdef"};
    lt_code code = lt_report_write(&options, &nowhere, &error);
    assert_int_equal(code, error.code);
    return code;
}

static lt_code report_md(void)
{
    return report("md", true);
}

static lt_code report_html(void)
{
    return report("html", true);
}

static lt_code report_city(void)
{
    return report("md", false);
}

static void sweep(lt_code (*call)(void))
{
    for (int again = 0; again < 2; again++) {
        for_good = again;
        for (size_t n = 1, left = 1; left; n++) {
            taken = 0;
            fail_at = n;
            lt_code code = call();
            fail_at = 0;
            left = taken >= n;
            if (left && code != LT_E_MEMORY)
                fail_msg("allocation %zu failed %s, and the call ended with %d", n, again ? "for good" : "once", code);
            if (!left) assert_int_equal(code, LT_OK);
        }
    }
}

#define SWEEP(name)                                                                                                                \
    static void name##_says_that_memory_ran_out(void **state)                                                                      \
    {                                                                                                                              \
        (void)state;                                                                                                               \
        sweep(name);                                                                                                               \
    }

SWEEP(industry)
SWEEP(industry_in_pages)
SWEEP(innovation)
SWEEP(supply)
SWEEP(targeting)
SWEEP(city)
SWEEP(dot)
SWEEP(dot_of_research)
SWEEP(dot_of_targets)
SWEEP(report_md)
SWEEP(report_html)
SWEEP(report_city)

static int make_world(void **state)
{
    (void)state;
    static const char *const overlays[] = {LIANTU_TEST_OVERLAY};
    lt_load_options options = {.overlays = overlays, .overlay_count = 1};
    world.policy = lt_policy_default();
    assert_int_equal(lt_dataset_load(LIANTU_TEST_BASE, &options, &world.ds, NULL, NULL), LT_OK);
    assert_int_equal(lt_dataset_load(LIANTU_TEST_BASE, NULL, &world.whole, NULL, NULL), LT_OK);
    assert_int_equal(lt_rules_load(NULL, &world.rules, NULL), LT_OK);
    assert_int_equal(lt_gaps_analyse(world.ds, world.policy, &world.gaps, NULL), LT_OK);
    assert_int_equal(lt_gaps_analyse(world.whole, world.policy, &world.gaps_whole, NULL), LT_OK);
    assert_int_equal(lt_targets_analyse(world.ds, &world.gaps, world.policy, &world.targets, NULL), LT_OK);
    assert_int_equal(lt_targets_analyse(world.whole, &world.gaps_whole, world.policy, &world.targets_whole, NULL), LT_OK);
    world.data = (lt_map_data){world.ds, &world.gaps, &world.targets, world.policy, world.rules};
    world.before = (lt_map_data){.ds = world.whole, .gaps = &world.gaps_whole, .targets = &world.targets_whole};
    return 0;
}

static int end_world(void **state)
{
    (void)state;
    lt_targets_done(&world.targets);
    lt_targets_done(&world.targets_whole);
    lt_gaps_done(&world.gaps);
    lt_gaps_done(&world.gaps_whole);
    lt_rules_free(world.rules);
    lt_dataset_free(world.ds);
    lt_dataset_free(world.whole);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(industry_says_that_memory_ran_out),
        cmocka_unit_test(industry_in_pages_says_that_memory_ran_out),
        cmocka_unit_test(innovation_says_that_memory_ran_out),
        cmocka_unit_test(supply_says_that_memory_ran_out),
        cmocka_unit_test(targeting_says_that_memory_ran_out),
        cmocka_unit_test(city_says_that_memory_ran_out),
        cmocka_unit_test(dot_says_that_memory_ran_out),
        cmocka_unit_test(report_md_says_that_memory_ran_out),
        cmocka_unit_test(dot_of_research_says_that_memory_ran_out),
        cmocka_unit_test(dot_of_targets_says_that_memory_ran_out),
        cmocka_unit_test(report_html_says_that_memory_ran_out),
        cmocka_unit_test(report_city_says_that_memory_ran_out),
    };
    return cmocka_run_group_tests(tests, make_world, end_world);
}
