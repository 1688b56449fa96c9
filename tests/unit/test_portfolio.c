/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portfolios worked by hand; the oracle holds the aims against trying every choice. */
#include <math.h>
#include <string.h>

#include "decision/mip.h"
#include "fixture.h"

static lt_portfolio choose(const lt_dataset *ds, const lt_portfolio_options *options)
{
    lt_gaps gaps;
    lt_portfolio found;
    assert_int_equal(lt_gaps_analyse(ds, NULL, &gaps, NULL), LT_OK);
    assert_int_equal(lt_portfolio_choose(ds, &gaps, NULL, options, &found, NULL), LT_OK);
    lt_gaps_done(&gaps);
    return found;
}

static bool picks(const lt_dataset *ds, const lt_portfolio *found, const char *id)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->picks[i].link == link_index(ds, id)) return true;
    return false;
}

/* Ids of the picks in order, parted by spaces. */
static const char *order_of(const lt_dataset *ds, const lt_portfolio *found)
{
    static char text[512];
    text[0] = '\0';
    for (size_t i = 0; i < found->count; i++) {
        if (i > 0) strcat(text, " ");
        strcat(text, lt_dataset_string(ds, lt_links(ds)[found->picks[i].link].head.id));
    }
    return text;
}

/* Three inputs unlock a car together; each of two boats wants one of its own. */
static void write_cars(const fixture *f)
{
    fixture_write(
        f, "links.ndjson",
        "{\"id\": \"car\", \"name\": \"x\", \"importance\": 1, \"demand\": 0}\n"
        "{\"id\": \"boat\", \"name\": \"x\", \"importance\": 0.3, \"demand\": 0}\n"
        "{\"id\": \"ship\", \"name\": \"x\", \"importance\": 0.2, \"demand\": 0}\n"
        "{\"id\": \"motor\", \"name\": \"x\", \"importance\": 0.1}\n{\"id\": \"tyre\", \"name\": \"x\", \"importance\": 0.4}\n"
        "{\"id\": \"glass\", \"name\": \"x\", \"importance\": 0.2}\n{\"id\": \"hull\", \"name\": \"x\", \"importance\": 0.1}\n"
        "{\"id\": \"sail\", \"name\": \"x\", \"importance\": 0.1}\n");
    fixture_write(
        f, "supply.ndjson",
        "{\"from\": \"motor\", \"to\": \"car\"}\n{\"from\": \"tyre\", \"to\": \"car\"}\n{\"from\": \"glass\", \"to\": \"car\"}\n"
        "{\"from\": \"hull\", \"to\": \"boat\"}\n{\"from\": \"sail\", \"to\": \"ship\"}\n");
}

static void links_that_unlock_only_together_are_seen(void **state)
{
    fixture *f = *state;
    write_cars(f);
    lt_dataset *ds = fixture_load(f, NULL);
    for (int method = LT_PORTFOLIO_EXACT; method <= LT_PORTFOLIO_GREEDY; method++) {
        lt_portfolio found =
            choose(ds, &(lt_portfolio_options){.pick = 3, .chain = LT_NONE, .method = (lt_portfolio_method)method});
        assert_true(found.count == 3 && picks(ds, &found, "motor") && picks(ds, &found, "tyre") && picks(ds, &found, "glass"));
        assert_true(fabs(found.objective - 1) < 1e-12 && fabs(found.link_objective - 1.7) < 1e-12);
        assert_int_equal(found.optimal, method == LT_PORTFOLIO_EXACT);
        assert_int_equal(found.method, method);
        assert_true(method == LT_PORTFOLIO_EXACT ? found.bound == found.objective : isnan(found.bound));
        assert_true(found.finals == 3 && found.finals_before == 0 && found.finals_after == 1);
        lt_portfolio_done(&found);
    }
    lt_dataset_free(ds);
}

static void two_picks_cannot_unlock_what_takes_three(void **state)
{
    fixture *f = *state;
    write_cars(f);
    lt_dataset *ds = fixture_load(f, NULL);
    lt_portfolio found = choose(ds, &(lt_portfolio_options){.pick = 2, .chain = LT_NONE});
    assert_string_equal(order_of(ds, &found), "hull sail");
    assert_true(found.optimal && fabs(found.objective - .5) < 1e-12);
    lt_portfolio_done(&found);
    lt_dataset_free(ds);
}

static void bundles_come_by_what_they_gain_a_pick(void **state)
{
    fixture *f = *state;
    write_cars(f);
    lt_dataset *ds = fixture_load(f, NULL);
    lt_portfolio found = choose(ds, &(lt_portfolio_options){.pick = 100, .chain = LT_NONE});
    /* a third of the car's importance a pick is more than the boat's; within it the largest own importance first */
    assert_string_equal(order_of(ds, &found), "tyre glass motor hull sail");
    assert_true(found.picks[1].gain == 0 && fabs(found.picks[1].link_gain - .2) < 1e-12);
    assert_true(fabs(found.picks[2].gain - 1) < 1e-12 && fabs(found.picks[2].link_gain - 1.1) < 1e-12);
    assert_true(found.picks[2].unlocked_first == 2 && found.picks[2].unlocked_count == 2);
    assert_int_equal(found.unlocked[2], link_index(ds, "car"));
    assert_int_equal(found.unlocked[3], link_index(ds, "motor"));
    assert_true(found.unlocked_count == 8 && found.picks[0].zone == LT_NONE);
    lt_portfolio_done(&found);
    lt_dataset_free(ds);
}

static void links_that_need_each_other_come_together(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.ndjson",
                  "{\"id\": \"a\", \"name\": \"x\"}\n{\"id\": \"b\", \"name\": \"x\"}\n"
                  "{\"id\": \"c\", \"name\": \"x\", \"abstract\": true}\n{\"id\": \"goal\", \"name\": \"x\", \"demand\": 0}\n");
    fixture_write(f, "supply.ndjson",
                  "{\"from\": \"a\", \"to\": \"b\"}\n{\"from\": \"b\", \"to\": \"c\"}\n{\"from\": \"c\", \"to\": \"a\"}\n"
                  "{\"from\": \"c\", \"to\": \"goal\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_portfolio one = choose(ds, &(lt_portfolio_options){.pick = 1, .chain = LT_NONE});
    assert_true(one.optimal && one.count == 0 && one.objective == 0 && one.link_objective == 0);
    lt_portfolio two = choose(ds, &(lt_portfolio_options){.pick = 2, .chain = LT_NONE});
    assert_true(two.optimal && two.count == 2 && two.objective == .5 && two.link_objective == 1.5 && two.unlocked_count == 3);
    lt_portfolio_done(&one);
    lt_portfolio_done(&two);
    lt_dataset_free(ds);
}

static void the_fewest_picks_do(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.ndjson",
                  "{\"id\": \"a\", \"name\": \"x\", \"importance\": 0}\n{\"id\": \"b\", \"name\": \"x\", \"importance\": 0}\n"
                  "{\"id\": \"c\", \"name\": \"x\", \"importance\": 0}\n{\"id\": \"goal\", \"name\": \"x\", \"demand\": 0}\n");
    fixture_write(f, "supply.ndjson",
                  "{\"from\": \"a\", \"to\": \"goal\", \"group\": \"g\"}\n{\"from\": \"b\", \"to\": \"goal\", \"group\": \"g\"}\n"
                  "{\"from\": \"c\", \"to\": \"b\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_portfolio found = choose(ds, &(lt_portfolio_options){.pick = 3, .chain = LT_NONE});
    assert_string_equal(order_of(ds, &found), "a");
    assert_true(found.optimal && found.objective == .5);
    lt_portfolio_done(&found);
    lt_dataset_free(ds);
}

/* Importances with no small common denominator. */
static void importances_are_told_apart_finely(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.ndjson",
                  "{\"id\": \"a\", \"name\": \"x\", \"importance\": 0.31415926}\n"
                  "{\"id\": \"b\", \"name\": \"x\", \"importance\": 0.31415726}\n"
                  "{\"id\": \"c\", \"name\": \"x\", \"importance\": 0.31415826}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_portfolio found = choose(ds, &(lt_portfolio_options){.pick = 2, .chain = LT_NONE});
    assert_string_equal(order_of(ds, &found), "a c");
    assert_true(found.optimal && fabs(found.objective - .62831752) < 1e-12);
    lt_portfolio_done(&found);
    lt_dataset_free(ds);
}

/* Both zones fit a, one of them fits b. */
static void zones_make_room_for_each_other(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.ndjson",
                  "{\"id\": \"a\", \"name\": \"x\", \"importance\": 0.5}\n{\"id\": \"b\", \"name\": \"x\", \"importance\": 0.5}\n"
                  "{\"id\": \"free\", \"name\": \"x\", \"importance\": 0.1}\n");
    fixture_write(f, "zones.ndjson", "{\"id\": \"east\", \"name\": \"x\"}\n{\"id\": \"west\", \"name\": \"x\"}\n");
    fixture_write(
        f, "focus.ndjson",
        "{\"from\": \"east\", \"to\": \"a\"}\n{\"from\": \"west\", \"to\": \"a\"}\n{\"from\": \"east\", \"to\": \"b\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_node east = lt_find(ds, "east"), west = lt_find(ds, "west");
    lt_capacity each[] = {{LT_NONE, 1}}, none[] = {{west, 0}, {LT_NONE, 1}};
    lt_portfolio found = choose(ds, &(lt_portfolio_options){.pick = 3, .chain = LT_NONE, .capacity = each, .capacity_count = 1});
    assert_string_equal(order_of(ds, &found), "a b free");
    assert_true(found.optimal && found.picks[0].zone == west && found.picks[1].zone == east && found.picks[2].zone == LT_NONE);
    lt_portfolio_done(&found);
    found = choose(ds, &(lt_portfolio_options){.pick = 3, .chain = LT_NONE, .capacity = none, .capacity_count = 2});
    assert_true(found.optimal && found.count == 2 && picks(ds, &found, "free") && fabs(found.objective - .6) < 1e-12);
    lt_portfolio_done(&found);
    lt_dataset_free(ds);
}

static bool stop_at_once(void *context, double done)
{
    assert_true(isnan(done));
    ++*(int *)context;
    return true;
}

static void a_stopped_search_says_so(void **state)
{
    fixture *f = *state;
    int asked = 0;
    write_cars(f);
    lt_dataset *ds = fixture_load(f, NULL);
    lt_portfolio found = choose(ds, &(lt_portfolio_options){.pick = 3, .chain = LT_NONE, .stop = stop_at_once, .context = &asked});
    assert_true(asked > 0 && !found.optimal);
    assert_true(found.objective <= 1 && found.bound >= 1 && found.count <= 3);
    lt_portfolio_done(&found);
    lt_dataset_free(ds);
}

static void no_links_at_all(void **state)
{
    lt_dataset *ds = fixture_load(*state, NULL);
    for (int method = LT_PORTFOLIO_EXACT; method <= LT_PORTFOLIO_GREEDY; method++) {
        lt_portfolio found =
            choose(ds, &(lt_portfolio_options){.pick = 3, .chain = LT_NONE, .method = (lt_portfolio_method)method});
        assert_true(found.count == 0 && found.objective == 0 && found.finals == 0);
        lt_portfolio_done(&found);
    }
    lt_dataset_free(ds);
}

static void a_program_without_a_solution_finds_none(void **state)
{
    (void)state;
    lti_mip *mip = lti_mip_new();
    lti_mip_result result;
    assert_non_null(mip);
    uint32_t both[] = {lti_mip_variable(mip, 1), lti_mip_variable(mip, 1)};
    assert_int_equal(lti_mip_row(mip, both, (double[]){1, 1}, 2, 3, INFINITY, NULL), LT_OK);
    assert_int_equal(lti_mip_solve(mip, &(lti_mip_options){0}, &result, NULL), LT_OK);
    assert_true(!result.found && !result.optimal);
    lti_mip_free(mip);
}

static void a_program_without_a_whole_solution_finds_none(void **state)
{
    (void)state;
    lti_mip *mip = lti_mip_new();
    lti_mip_result result;
    assert_non_null(mip);
    uint32_t both[] = {lti_mip_variable(mip, 1), lti_mip_variable(mip, 1)};
    assert_int_equal(lti_mip_row(mip, both, (double[]){1, 1}, 2, .5, .75, NULL), LT_OK);
    assert_int_equal(lti_mip_solve(mip, &(lti_mip_options){.maximise = true}, &result, NULL), LT_OK);
    assert_true(!result.found && !result.optimal);
    lti_mip_free(mip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(links_that_unlock_only_together_are_seen),
        FIXTURE_TEST(two_picks_cannot_unlock_what_takes_three),
        FIXTURE_TEST(bundles_come_by_what_they_gain_a_pick),
        FIXTURE_TEST(links_that_need_each_other_come_together),
        FIXTURE_TEST(the_fewest_picks_do),
        FIXTURE_TEST(importances_are_told_apart_finely),
        FIXTURE_TEST(zones_make_room_for_each_other),
        FIXTURE_TEST(a_stopped_search_says_so),
        FIXTURE_TEST(no_links_at_all),
        cmocka_unit_test(a_program_without_a_solution_finds_none),
        cmocka_unit_test(a_program_without_a_whole_solution_finds_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
