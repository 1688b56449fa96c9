/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pairs worked by hand; tests/oracle holds the whole against brute force. */
#include <string.h>

#include "fixture.h"

/** An old and a new dataset, written to folders of their own. */
typedef struct {
    fixture side[2];
    lt_dataset *ds[2];
    lt_diff diff;
} pair;

static int setup(void **state)
{
    static pair p;
    p = (pair){0};
    for (int s = 0; s < 2; s++) {
        fixture_init(&p.side[s]);
        fixture_write(&p.side[s], "links.json",
                      "[{\"id\": \"a\", \"name\": \"甲\"}, {\"id\": \"b\", \"name\": \"乙\"}, {\"id\": \"c\", \"name\": \"丙\"}]");
        fixture_write(&p.side[s], "supply.json", "[{\"from\": \"a\", \"to\": \"c\"}, {\"from\": \"b\", \"to\": \"c\"}]");
        fixture_write(
            &p.side[s], "firms.json",
            "[{\"id\": \"f\", \"name\": \"一\", \"region\": \"home\"}, {\"id\": \"g\", \"name\": \"二\", \"region\": \"home\"},"
            "{\"id\": \"h\", \"name\": \"三\", \"region\": \"home\"}]");
    }
    *state = &p;
    return 0;
}

static int teardown(void **state)
{
    pair *p = *state;
    lt_diff_done(&p->diff);
    for (int s = 0; s < 2; s++) {
        lt_dataset_free(p->ds[s]);
        fixture_done(&p->side[s]);
    }
    return 0;
}

static void compare_by(pair *p, const lt_policy *before, const lt_policy *after, double work)
{
    for (int s = 0; s < 2; s++) p->ds[s] = fixture_load(&p->side[s], NULL);
    lt_diff_input input = {.before = p->ds[0], .after = p->ds[1], .policy_before = before, .policy_after = after, .work = work};
    assert_int_equal(lt_diff_compare(&input, &p->diff, NULL), LT_OK);
}

static void compare(pair *p)
{
    compare_by(p, NULL, NULL, 0);
}

static void capabilities(pair *p, int side, const char *text)
{
    fixture_write(&p->side[side], "capability.json", text);
}

static const lt_effect *effect_on(const pair *p, lt_effect_type type, const char *link)
{
    for (size_t i = 0; i < p->diff.effect_count; i++) {
        const lt_effect *e = &p->diff.effects[i];
        int side = e->link_after != LT_NONE;
        uint32_t index = side ? e->link_after : e->link_before;
        if (e->type == type && strcmp(lt_node_id(p->ds[side], lt_node_at(p->ds[side], LT_LINK, index)), link) == 0) return e;
    }
    fail_msg("no %s on %s", lt_effect_word(type), link);
    return NULL;
}

static const lt_change *cause(const pair *p, const lt_effect *effect, uint32_t i)
{
    assert_true(i < effect->cause_count);
    return &p->diff.changes[p->diff.causes[effect->first_cause + i]];
}

static void the_same_twice_has_nothing_to_say(void **state)
{
    pair *p = *state;
    for (int s = 0; s < 2; s++) capabilities(p, s, "[{\"from\": \"f\", \"to\": \"a\"}]");
    compare(p);
    assert_int_equal(p->diff.change_count, 0);
    assert_int_equal(p->diff.effect_count, 0);
}

static void fields_that_differ_are_named_with_both_values(void **state)
{
    pair *p = *state;
    fixture_write(&p->side[0], "zones.json", "[{\"id\": \"z\", \"name\": \"园\", \"x\": 1}, {\"id\": \"old\", \"name\": \"旧\"}]");
    fixture_write(&p->side[1], "zones.json",
                  "[{\"id\": \"new\", \"name\": \"新\"}, {\"id\": \"z\", \"name\": \"园区\", \"type\": \"park\"}]");
    compare(p);
    static const struct {
        lt_change_type type;
        uint32_t before, after;
    } expected[] = {{LT_CHANGE_ADDED, LT_NONE, 0}, {LT_CHANGE_DROPPED, 0, LT_NONE}, {LT_CHANGE_CHANGED, 1, 1}};
    assert_int_equal(p->diff.change_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(p->diff.changes[i].kind, LT_ZONE);
        assert_int_equal(p->diff.changes[i].type, expected[i].type);
        assert_int_equal(p->diff.changes[i].before, expected[i].before);
        assert_int_equal(p->diff.changes[i].after, expected[i].after);
    }
    static const char *const fields[][3] = {{"name", "\"园\"", "\"园区\""}, {"type", NULL, "\"park\""}, {"x", "1", NULL}};
    assert_int_equal(p->diff.changes[2].field_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const lt_field_change *field = &p->diff.fields[p->diff.changes[2].first_field + i];
        assert_string_equal(field->field, fields[i][0]);
        assert_string_equal(field->before ? field->before : "none", fields[i][1] ? fields[i][1] : "none");
        assert_string_equal(field->after ? field->after : "none", fields[i][2] ? fields[i][2] : "none");
    }
}

static void each_of_what_a_link_hangs_on_is_a_cause(void **state)
{
    pair *p = *state;
    fixture_write(&p->side[0], "firms.json", "[{\"id\": \"f\", \"name\": \"一\", \"region\": \"home\"}]");
    capabilities(p, 1, "[{\"from\": \"g\", \"to\": \"a\"}]");
    compare(p);
    const lt_effect *moved = effect_on(p, LT_EFFECT_STATUS_MOVED, "a");
    assert_int_equal(moved->before, LT_STATUS_MISSING);
    assert_int_equal(moved->after, LT_STATUS_SINGLE);
    assert_false(moved->together);
    assert_true(moved->exact);
    assert_int_equal(moved->cause_count, 2); /* the firm, its capability; not firm h, which is new too */
    assert_int_equal(cause(p, moved, 0)->kind, LT_FIRM);
    assert_string_equal(lt_node_id(p->ds[1], lt_node_at(p->ds[1], LT_FIRM, cause(p, moved, 0)->after)), "g");
    assert_int_equal(cause(p, moved, 1)->kind, LT_CAPABILITY);
}

static void what_only_several_do_is_said_to_be_done_together(void **state)
{
    pair *p = *state;
    capabilities(p, 0, "[{\"from\": \"f\", \"to\": \"b\"}, {\"from\": \"f\", \"to\": \"c\"}]");
    capabilities(p, 1,
                 "[{\"from\": \"f\", \"to\": \"b\"}, {\"from\": \"f\", \"to\": \"c\"}, {\"from\": \"g\", \"to\": \"a\"},"
                 "{\"from\": \"h\", \"to\": \"a\"}]");
    compare(p);
    const lt_effect *unlocked = effect_on(p, LT_EFFECT_FINAL_UNLOCKED, "c");
    assert_true(unlocked->together && unlocked->exact);
    assert_int_equal(unlocked->cause_count, 2);
    const lt_effect *closed = effect_on(p, LT_EFFECT_GAP_CLOSED, "a"); /* without either it would be single */
    assert_false(closed->together);
    assert_int_equal(closed->cause_count, 2);
}

static void a_link_that_comes_missing_opens_a_gap(void **state)
{
    pair *p = *state;
    fixture_write(&p->side[1], "links.json",
                  "[{\"id\": \"a\", \"name\": \"甲\"}, {\"id\": \"b\", \"name\": \"乙\"}, {\"id\": \"c\", \"name\": \"丙\"},"
                  "{\"id\": \"d\", \"name\": \"丁\"}]");
    compare(p);
    const lt_effect *opened = effect_on(p, LT_EFFECT_GAP_OPENED, "d");
    assert_int_equal(opened->before, LT_NO_VALUE);
    assert_int_equal(opened->link_before, LT_NONE);
    assert_int_equal(opened->after, LT_STATUS_MISSING);
    assert_int_equal(cause(p, opened, 0)->type, LT_CHANGE_ADDED);
    effect_on(p, LT_EFFECT_TARGET_ENTERED, "d");
}

static void a_policy_number_is_a_cause(void **state)
{
    pair *p = *state;
    for (int s = 0; s < 2; s++) capabilities(p, s, "[{\"from\": \"f\", \"to\": \"a\", \"level\": 0.6}]");
    lt_policy policy = *lt_policy_default();
    policy.weak_below = 0.7;
    compare_by(p, NULL, &policy, 0);
    assert_int_equal(p->diff.change_count, 1);
    assert_int_equal(p->diff.changes[0].kind, LT_OF_POLICY);
    assert_string_equal(p->diff.fields[0].field, "gap.weak_below");
    assert_string_equal(p->diff.fields[0].before, "0.5");
    assert_string_equal(p->diff.fields[0].after, "0.7");
    const lt_effect *moved = effect_on(p, LT_EFFECT_STATUS_MOVED, "a");
    assert_int_equal(moved->cause_count, 1);
    assert_int_equal(cause(p, moved, 0)->kind, LT_OF_POLICY);
}

/* Regions that would lie in a circle when one change alone is undone. */
static void a_circle_of_regions_on_the_way_back_is_no_trap(void **state)
{
    pair *p = *state;
    fixture_write(
        &p->side[0], "regions.json",
        "[{\"id\": \"home\", \"name\": \"本地\"}, {\"id\": \"x\", \"name\": \"x\", \"parent\": \"y\"}, {\"id\": \"y\", \"name\": \"y\", \"parent\": \"home\"}]");
    fixture_write(
        &p->side[1], "regions.json",
        "[{\"id\": \"home\", \"name\": \"本地\"}, {\"id\": \"x\", \"name\": \"x\"}, {\"id\": \"y\", \"name\": \"y\", \"parent\": \"x\"}]");
    for (int s = 0; s < 2; s++) {
        fixture_write(&p->side[s], "firms.json", "[{\"id\": \"f\", \"name\": \"一\", \"region\": \"x\"}]");
        capabilities(p, s, "[{\"from\": \"f\", \"to\": \"a\"}]");
    }
    compare(p);
    const lt_effect *moved = effect_on(p, LT_EFFECT_STATUS_MOVED, "a");
    assert_true(moved->together && moved->exact);
    assert_int_equal(moved->cause_count, 2);
}

static void a_search_cut_short_says_so(void **state)
{
    pair *p = *state;
    capabilities(p, 0, "[{\"from\": \"f\", \"to\": \"a\"}, {\"from\": \"f\", \"to\": \"b\"}]");
    compare_by(p, NULL, NULL, 1e-9); /* after the first change */
    const lt_effect *first = effect_on(p, LT_EFFECT_STATUS_MOVED, "a"), *second = effect_on(p, LT_EFFECT_STATUS_MOVED, "b");
    assert_int_equal(first->cause_count, 1);
    assert_int_equal(second->cause_count, 0);
    assert_false(first->exact || second->exact);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define PAIR_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        PAIR_TEST(the_same_twice_has_nothing_to_say),
        PAIR_TEST(fields_that_differ_are_named_with_both_values),
        PAIR_TEST(each_of_what_a_link_hangs_on_is_a_cause),
        PAIR_TEST(what_only_several_do_is_said_to_be_done_together),
        PAIR_TEST(a_link_that_comes_missing_opens_a_gap),
        PAIR_TEST(a_policy_number_is_a_cause),
        PAIR_TEST(a_circle_of_regions_on_the_way_back_is_no_trap),
        PAIR_TEST(a_search_cut_short_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
