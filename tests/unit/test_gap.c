/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases worked by hand; tests/oracle holds the whole against a second method. */
#include <math.h>
#include <string.h>

#include "fixture.h"

static int setup(void **state)
{
    static fixture f;
    fixture_init(&f);
    *state = &f;
    fixture_write(&f, "zones.json", "[{\"id\": \"z\", \"name\": \"园区\"}]");
    fixture_write(
        &f, "firms.json",
        "[{\"id\": \"f1\", \"name\": \"一\", \"region\": \"home\"}, {\"id\": \"f2\", \"name\": \"二\", \"zone\": \"z\"},"
        "{\"id\": \"f3\", \"name\": \"三\", \"region\": \"home\"}, {\"id\": \"lead\", \"name\": \"龙头\", \"region\": \"home\", \"grade\": \"leader\"},"
        "{\"id\": \"out\", \"name\": \"外\", \"region\": \"away\"}]");
    return 0;
}

static int teardown(void **state)
{
    fixture_done(*state);
    return 0;
}

static lt_gaps analyse(const lt_dataset *ds)
{
    lt_gaps gaps;
    assert_int_equal(lt_gaps_analyse(ds, NULL, &gaps, NULL), LT_OK);
    return gaps;
}

static void assert_status(const lt_dataset *ds, const lt_gaps *gaps, const char *id, lt_status expected)
{
    lt_status got = (lt_status)gaps->status[link_index(ds, id)];
    if (got != expected) fail_msg("%s is %s, not %s", id, lt_status_word(got), lt_status_word(expected));
}

static void statuses_by_the_first_rule_that_fits(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "links.ndjson",
        "{\"id\": \"missing\", \"name\": \"x\"}\n{\"id\": \"unknown\", \"name\": \"x\", \"survey\": \"none\"}\n"
        "{\"id\": \"pipeline\", \"name\": \"x\", \"survey\": \"none\"}\n{\"id\": \"weak\", \"name\": \"x\"}\n"
        "{\"id\": \"single\", \"name\": \"x\"}\n{\"id\": \"adequate\", \"name\": \"x\"}\n{\"id\": \"strong\", \"name\": \"x\"}\n"
        "{\"id\": \"led\", \"name\": \"x\"}\n{\"id\": \"unneeded\", \"name\": \"x\", \"demand\": 0}\n"
        "{\"id\": \"outside\", \"name\": \"x\"}\n{\"id\": \"lopsided\", \"name\": \"x\"}\n");
    fixture_write(f, "projects.json", "[{\"id\": \"p\", \"name\": \"项目\", \"stage\": \"signed\", \"zone\": \"z\"}]");
    fixture_write(
        f, "capability.ndjson",
        "{\"from\": \"p\", \"to\": \"pipeline\", \"level\": 0.5}\n{\"from\": \"f1\", \"to\": \"weak\", \"level\": 0.4}\n"
        "{\"from\": \"f1\", \"to\": \"single\"}\n{\"from\": \"f1\", \"to\": \"adequate\", \"level\": 0.5}\n"
        "{\"from\": \"f2\", \"to\": \"adequate\", \"level\": 0.5}\n{\"from\": \"f1\", \"to\": \"strong\", \"level\": 0.7}\n"
        "{\"from\": \"f2\", \"to\": \"strong\", \"level\": 0.2}\n{\"from\": \"f3\", \"to\": \"strong\", \"level\": 0.1}\n"
        "{\"from\": \"lead\", \"to\": \"led\"}\n{\"from\": \"out\", \"to\": \"outside\"}\n"
        "{\"from\": \"f1\", \"to\": \"lopsided\"}\n{\"from\": \"f2\", \"to\": \"lopsided\", \"level\": 0.05}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_gaps gaps = analyse(ds);
    assert_status(ds, &gaps, "missing", LT_STATUS_MISSING);
    assert_status(ds, &gaps, "unknown", LT_STATUS_UNKNOWN);
    assert_status(ds, &gaps, "pipeline", LT_STATUS_PIPELINE);
    assert_status(ds, &gaps, "weak", LT_STATUS_WEAK);
    assert_status(ds, &gaps, "single", LT_STATUS_SINGLE);
    assert_status(ds, &gaps, "adequate", LT_STATUS_ADEQUATE);
    assert_status(ds, &gaps, "strong", LT_STATUS_STRONG); /* .7 + .2 + .1 covers 1 */
    assert_status(ds, &gaps, "led", LT_STATUS_STRONG);
    assert_status(ds, &gaps, "unneeded", LT_STATUS_ADEQUATE);
    assert_status(ds, &gaps, "outside", LT_STATUS_MISSING);
    assert_status(ds, &gaps, "lopsided", LT_STATUS_SINGLE);
    assert_true(gaps.coverage.pipeline[link_index(ds, "pipeline")] == 0.25);
    assert_true(isnan(gaps.coverage.hhi[link_index(ds, "missing")]));
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
}

static void actions_look_through_abstract_links(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "links.ndjson",
        "{\"id\": \"ore\", \"name\": \"x\"}\n{\"id\": \"route\", \"name\": \"x\", \"abstract\": true}\n{\"id\": \"gap\", \"name\": \"x\"}\n"
        "{\"id\": \"product\", \"name\": \"x\"}\n{\"id\": \"lonely\", \"name\": \"x\"}\n{\"id\": \"after\", \"name\": \"x\"}\n");
    fixture_write(f, "supply.ndjson",
                  "{\"from\": \"ore\", \"to\": \"route\", \"need\": \"optional\"}\n{\"from\": \"route\", \"to\": \"gap\"}\n"
                  "{\"from\": \"gap\", \"to\": \"product\"}\n{\"from\": \"product\", \"to\": \"after\"}\n");
    fixture_write(f, "capability.ndjson", "{\"from\": \"f1\", \"to\": \"ore\"}\n{\"from\": \"f1\", \"to\": \"product\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_gaps gaps = analyse(ds);
    assert_int_equal(gaps.action[link_index(ds, "gap")], LT_ACTION_FILL);
    assert_int_equal(gaps.action[link_index(ds, "lonely")], LT_ACTION_BUILD);
    assert_int_equal(gaps.action[link_index(ds, "after")], LT_ACTION_EXTEND_FORWARD);
    assert_int_equal(gaps.action[link_index(ds, "ore")], LT_ACTION_STRENGTHEN);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
}

static void present_links_that_need_each_other_sustain_each_other(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "links.ndjson",
        "{\"id\": \"a\", \"name\": \"x\"}\n{\"id\": \"b\", \"name\": \"x\"}\n{\"id\": \"c\", \"name\": \"x\"}\n{\"id\": \"d\", \"name\": \"x\"}\n");
    fixture_write(
        f, "supply.ndjson",
        "{\"from\": \"a\", \"to\": \"b\"}\n{\"from\": \"b\", \"to\": \"a\"}\n{\"from\": \"b\", \"to\": \"d\", \"group\": \"g\", \"k\": 2}\n"
        "{\"from\": \"a\", \"to\": \"d\", \"group\": \"g\", \"k\": 2}\n{\"from\": \"c\", \"to\": \"d\", \"group\": \"g\", \"k\": 2}\n");
    fixture_write(f, "capability.ndjson",
                  "{\"from\": \"f1\", \"to\": \"a\"}\n{\"from\": \"f1\", \"to\": \"b\"}\n{\"from\": \"f1\", \"to\": \"d\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_gaps gaps = analyse(ds);
    const bool *producible = gaps.producible.producible;
    assert_true(producible[link_index(ds, "a")] && producible[link_index(ds, "b")]);
    assert_false(producible[link_index(ds, "c")]);
    assert_true(producible[link_index(ds, "d")]); /* two of three */
    assert_int_equal(gaps.producible.groups[link_index(ds, "d")], 1);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
}

static void evidence_names_the_records_that_count(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.json", "[{\"id\": \"a\", \"name\": \"x\"}]");
    fixture_write(f, "institutions.json", "[{\"id\": \"i\", \"name\": \"院\", \"region\": \"home\"}]");
    fixture_write(
        f, "capability.ndjson",
        "{\"from\": \"f1\", \"to\": \"a\", \"basis\": \"inferred\"}\n{\"from\": \"out\", \"to\": \"a\", \"basis\": \"assumed\"}\n"
        "{\"from\": \"i\", \"to\": \"a\", \"role\": \"produce\", \"basis\": \"assumed\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_gaps gaps = analyse(ds);
    assert_int_equal(gaps.coverage.first[1] - gaps.coverage.first[0], 3); /* the link, f1's capability, f1 */
    assert_int_equal(gaps.basis[0], LT_BASIS_INFERRED);
    assert_int_equal(gaps.coverage.producers[0], 1);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
}

static void a_dataset_without_links_has_an_answer(void **state)
{
    lt_dataset *ds = fixture_load(*state, NULL);
    lt_gaps gaps = analyse(ds);
    assert_int_equal(gaps.count, 0);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(statuses_by_the_first_rule_that_fits),
        TEST(actions_look_through_abstract_links),
        TEST(present_links_that_need_each_other_sustain_each_other),
        TEST(evidence_names_the_records_that_count),
        TEST(a_dataset_without_links_has_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
