/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases worked by hand, and the two ways to blocked finals against brute force; tests/oracle holds all figures. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/blocked.h"
#include "core/memory.h"
#include "fixture.h"

static void write_links(const fixture *f, const char *const *ids, size_t count)
{
    char text[4096] = "";
    for (size_t i = 0; i < count; i++) sprintf(text + strlen(text), "{\"id\": \"%s\", \"name\": \"环节\"}\n", ids[i]);
    fixture_write(f, "links.ndjson", text);
}

static lt_bottlenecks analyse(const lt_dataset *ds)
{
    lt_gaps gaps;
    lt_bottlenecks b;
    assert_int_equal(lt_gaps_analyse(ds, NULL, &gaps, NULL), LT_OK);
    assert_int_equal(lt_bottlenecks_analyse(ds, &gaps, NULL, NULL, &b, NULL), LT_OK);
    lt_gaps_done(&gaps);
    return b;
}

static void a_diamond_with_a_waist(void **state)
{
    static const char *const ids[] = {"a1", "a2", "waist", "z1", "z2", "lone"};
    fixture *f = *state;
    write_links(f, ids, 6);
    fixture_write(
        f, "supply.ndjson",
        "{\"from\": \"a1\", \"to\": \"waist\", \"group\": \"g\"}\n{\"from\": \"a2\", \"to\": \"waist\", \"group\": \"g\"}\n"
        "{\"from\": \"waist\", \"to\": \"z1\"}\n{\"from\": \"waist\", \"to\": \"z2\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_bottlenecks b = analyse(ds);
    uint32_t waist = link_index(ds, "waist"), a1 = link_index(ds, "a1"), lone = link_index(ds, "lone");
    assert_int_equal(b.finals, 3);
    assert_true(b.path_share[waist] == 1 && b.path_share[a1] == 0.5 && b.path_share[lone] == 0);
    assert_int_equal(b.dominated_finals[waist], 2);
    assert_int_equal(b.dominated_finals[a1], 0);
    assert_int_equal(b.blocked_finals[waist], 2);
    assert_int_equal(b.blocked_finals[a1], 0); /* a2 stands in */
    assert_true(fabs(b.blocked_weight[waist] - 2.0 / 3) < 1e-12);
    assert_true(b.articulation[waist] && !b.articulation[a1]);
    assert_true(b.betweenness[waist] == 4);
    assert_true(b.external[waist]);
    assert_null(b.betweenness_error);
    lt_bottlenecks_done(&b);
    lt_dataset_free(ds);
}

/* Forty diamonds in a row have 2^40 paths, a thousand have more than a double holds. */
static void path_counts_do_not_overflow(void **state)
{
    enum { DIAMONDS = 1100 };
    fixture *f = *state;
    FILE *links = fopen(fixture_path(f, "links.ndjson"), "we"), *supply = fopen(fixture_path(f, "supply.ndjson"), "we");
    for (int i = 0; i <= DIAMONDS; i++) {
        fprintf(
            links,
            "{\"id\": \"n%04d\", \"name\": \"x\"}\n{\"id\": \"u%04d\", \"name\": \"x\"}\n{\"id\": \"v%04d\", \"name\": \"x\"}\n", i,
            i, i);
        fprintf(supply, "{\"from\": \"n%04d\", \"to\": \"u%04d\"}\n{\"from\": \"n%04d\", \"to\": \"v%04d\"}\n", i, i, i, i);
        if (i < DIAMONDS)
            fprintf(supply, "{\"from\": \"u%04d\", \"to\": \"n%04d\"}\n{\"from\": \"v%04d\", \"to\": \"n%04d\"}\n", i, i + 1, i,
                    i + 1);
    }
    fclose(links);
    fclose(supply);
    lt_dataset *ds = fixture_load(f, NULL);
    lt_bottlenecks b = analyse(ds);
    assert_true(fabs(b.path_share[link_index(ds, "n0550")] - 1) < 1e-9);
    assert_true(fabs(b.path_share[link_index(ds, "u0550")] - 0.5) < 1e-9);
    assert_int_equal(b.dominated_finals[link_index(ds, "n0550")], 2);
    lt_bottlenecks_done(&b);
    lt_dataset_free(ds);
}

static void a_failure_is_followed_round_by_round(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    fixture *f = *state;
    write_links(f, ids, 5);
    fixture_write(
        f, "supply.ndjson",
        "{\"from\": \"a\", \"to\": \"b\"}\n{\"from\": \"a\", \"to\": \"c\"}\n{\"from\": \"b\", \"to\": \"d\", \"group\": \"g\"}\n"
        "{\"from\": \"c\", \"to\": \"d\", \"group\": \"g\"}\n{\"from\": \"d\", \"to\": \"a\"}\n{\"from\": \"d\", \"to\": \"e\", \"need\": \"optional\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_failure_model *model;
    assert_int_equal(lt_failure_model_new(ds, &model, NULL), LT_OK);
    for (int again = 0; again < 2; again++) { /* a run leaves nothing behind for the next */
        uint32_t a = link_index(ds, "a"), b = link_index(ds, "b"), d = link_index(ds, "d"), e = link_index(ds, "e");
        const lt_failure *failure = lt_failure_run(model, &a, 1);
        assert_int_equal(failure->failed_count, 4);
        assert_int_equal(failure->round[b], 1);
        assert_int_equal(failure->round[d], 2);
        assert_int_equal(failure->cause[d], link_index(ds, "c")); /* the one that tipped it */
        assert_int_equal(failure->round[e], UINT32_MAX);
        assert_int_equal(lt_failure_run(model, &b, 1)->failed_count, 1);
    }
    lt_failure_model_free(model);
    lt_dataset_free(ds);
}

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % n;
}

static void write_random(const fixture *f, uint32_t links)
{
    char text[1 << 15] = "", supply[1 << 15] = "";
    for (uint32_t i = 0; i < links; i++)
        sprintf(text + strlen(text), "{\"id\": \"l%02u\", \"name\": \"x\", \"importance\": %.2f}\n", i, random_below(101) / 100.0);
    for (uint32_t to = 0; to < links; to++) {
        uint32_t members = 0, k = 1 + random_below(2);
        for (uint32_t from = 0; from < links; from++) members += from != to && (from + 7 * to + links) % 5 == 0;
        for (uint32_t from = 0; from < links; from++) {
            if (from == to) continue;
            if ((from + 7 * to + links) % 5 == 0 && k <= members)
                sprintf(supply + strlen(supply), "{\"from\": \"l%02u\", \"to\": \"l%02u\", \"group\": \"g\", \"k\": %u}\n", from,
                        to, k);
            else if (random_below(links) == 0)
                sprintf(supply + strlen(supply), "{\"from\": \"l%02u\", \"to\": \"l%02u\", \"need\": \"%s\"}\n", from, to,
                        random_below(4) ? "required" : "optional");
        }
    }
    fixture_write(f, "links.ndjson", text);
    fixture_write(f, "supply.ndjson", supply);
}

static void both_ways_to_blocked_finals_agree_with_brute_force(void **state)
{
    for (uint32_t seed = 0; seed < 60; seed++) {
        random_state = seed;
        uint32_t links = 3 + random_below(25);
        write_random(*state, links);
        lt_dataset *ds = fixture_load(*state, NULL);
        lti_supply s;
        lti_parts parts;
        lt_failure_model *model;
        assert_int_equal(lti_supply_init(&s, ds, NULL), LT_OK);
        uint32_t from[1024], to[1024], tree[32] = {0}, bits[32] = {0};
        double importance[32], tree_weight[32] = {0}, bit_weight[32] = {0};
        bool final[32];
        for (uint32_t i = 0; i < links; i++) {
            final[i] = lt_links(ds)[i].final || i % 3 == 0;
            importance[i] = lt_links(ds)[i].importance;
            for (uint32_t e = s.out_first[i]; e < s.out_first[i + 1]; e++) {
                from[e] = i;
                to[e] = s.out[e];
            }
        }
        assert_int_equal(lti_parts_init(&parts, links, from, to, s.out_first[links], NULL), LT_OK);
        assert_int_equal(lti_blocked_by_tree(&s, final, importance, tree, tree_weight, NULL), LT_OK);
        assert_int_equal(lti_blocked_by_bits(&s, &parts, final, importance, bits, bit_weight, NULL), LT_OK);
        assert_int_equal(lt_failure_model_new(ds, &model, NULL), LT_OK);
        for (uint32_t i = 0; i < links; i++) {
            const lt_failure *failure = lt_failure_run(model, &i, 1);
            uint32_t count = 0;
            double weight = 0;
            for (size_t j = 1; j < failure->failed_count; j++) {
                if (!final[failure->failed[j]]) continue;
                count++;
                weight += importance[failure->failed[j]];
            }
            assert_int_equal(tree[i], count);
            assert_int_equal(bits[i], count);
            assert_true(fabs(tree_weight[i] - weight) < 1e-9 && fabs(bit_weight[i] - weight) < 1e-9);
        }
        lt_failure_model_free(model);
        lti_parts_done(&parts);
        lti_supply_done(&s);
        lt_dataset_free(ds);
    }
}

static void sampled_betweenness_says_how_sure_it_is(void **state)
{
    fixture *f = *state;
    random_state = 7;
    write_random(f, 30);
    lt_dataset *ds = fixture_load(f, NULL);
    lt_gaps gaps;
    lt_bottlenecks sampled, exact = analyse(ds);
    lt_bottleneck_options options = {.betweenness_work = 1, .sources = 20};
    assert_int_equal(lt_gaps_analyse(ds, NULL, &gaps, NULL), LT_OK);
    assert_int_equal(lt_bottlenecks_analyse(ds, &gaps, NULL, &options, &sampled, NULL), LT_OK);
    assert_non_null(sampled.betweenness_error);
    assert_int_equal(sampled.betweenness_sources, 20);
    uint32_t off = 0; /* beyond two standard errors, where one in twenty may be */
    for (uint32_t i = 0; i < 30; i++) {
        if (exact.betweenness[i] == 0) assert_true(sampled.betweenness[i] == 0);
        off += fabs(sampled.betweenness[i] - exact.betweenness[i]) > 2 * sampled.betweenness_error[i];
    }
    assert_in_range(off, 0, 4);
    lt_bottlenecks_done(&sampled);
    lt_bottlenecks_done(&exact);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
}

/* a needs (b or c) and d; b is cheap by itself but needs e. */
static void the_cheapest_set_is_found(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    fixture *f = *state;
    write_links(f, ids, 5);
    fixture_write(f, "supply.ndjson",
                  "{\"from\": \"b\", \"to\": \"a\", \"group\": \"g\"}\n{\"from\": \"c\", \"to\": \"a\", \"group\": \"g\"}\n"
                  "{\"from\": \"d\", \"to\": \"a\"}\n{\"from\": \"e\", \"to\": \"b\"}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    uint32_t target = link_index(ds, "a");
    bool present[5] = {false};
    present[link_index(ds, "d")] = true;
    double cost[5] = {1, 1, 3, 9, 1.5}; /* in order of ids */
    lt_unlock_plan plan;
    assert_int_equal(lt_unlock_cheapest(ds, present, &target, 1, cost, 0, &plan, NULL), LT_OK);
    assert_true(plan.found && plan.optimal && fabs(plan.cost - 3.5) < 1e-9 && plan.bound == plan.cost);
    assert_int_equal(plan.count, 3); /* a, b, e */
    assert_int_equal(plan.link[2], link_index(ds, "e"));
    lt_unlock_plan_done(&plan);
    cost[4] = 2; /* a, c costs the same with fewer links */
    assert_int_equal(lt_unlock_cheapest(ds, present, &target, 1, cost, 0, &plan, NULL), LT_OK);
    assert_int_equal(plan.count, 2);
    assert_int_equal(plan.link[1], link_index(ds, "c"));
    lt_unlock_plan_done(&plan);
    for (int i = 0; i < 5; i++) present[i] = true;
    assert_int_equal(lt_unlock_cheapest(ds, present, &target, 1, cost, 0, &plan, NULL), LT_OK);
    assert_true(plan.found && plan.optimal && plan.count == 0 && plan.cost == 0);
    lt_unlock_plan_done(&plan);
    lt_dataset_free(ds);
}

static void vacant_leads_are_said_and_proposals_are_backbone_firms(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "chains.json",
        "[{\"id\": \"c\", \"name\": \"链\", \"tier\": \"future\"}, {\"id\": \"o\", \"name\": \"他\", \"tier\": \"other\"}]");
    fixture_write(f, "links.json", "[{\"id\": \"a\", \"name\": \"x\", \"chain\": \"c\"}]");
    fixture_write(f, "agencies.json", "[{\"id\": \"g\", \"name\": \"局\"}]");
    fixture_write(
        f, "firms.json",
        "[{\"id\": \"f1\", \"name\": \"一\", \"region\": \"home\", \"grade\": \"backbone\"}, {\"id\": \"f2\", \"name\": \"二\", \"region\": \"home\", \"grade\": \"leader\"},"
        "{\"id\": \"f3\", \"name\": \"三\", \"region\": \"home\"}, {\"id\": \"f4\", \"name\": \"四\", \"region\": \"away\", \"grade\": \"leader\"}]");
    fixture_write(
        f, "capability.ndjson",
        "{\"from\": \"f1\", \"to\": \"a\"}\n{\"from\": \"f2\", \"to\": \"a\", \"level\": 0.5}\n{\"from\": \"f3\", \"to\": \"a\"}\n{\"from\": \"f4\", \"to\": \"a\"}\n");
    fixture_write(f, "lead.json", "[{\"from\": \"g\", \"to\": \"c\", \"role\": \"unit\"}]");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_chain_lead *leads;
    size_t count;
    assert_int_equal(lt_chain_leads(ds, &leads, &count, NULL), LT_OK);
    assert_int_equal(count, 1);
    assert_true(leads[0].lacks[LT_LEAD_LEADER] && !leads[0].lacks[LT_LEAD_UNIT] && leads[0].lacks[LT_LEAD_ALLIANCE]);
    assert_int_equal(leads[0].proposal_count, 2);
    assert_string_equal(lt_node_id(ds, leads[0].proposals[0]), "f2");
    assert_string_equal(lt_node_id(ds, leads[0].proposals[1]), "f1");
    lt_chain_leads_free(leads);
    lt_dataset_free(ds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_diamond_with_a_waist),
        FIXTURE_TEST(path_counts_do_not_overflow),
        FIXTURE_TEST(a_failure_is_followed_round_by_round),
        FIXTURE_TEST(both_ways_to_blocked_finals_agree_with_brute_force),
        FIXTURE_TEST(sampled_betweenness_says_how_sure_it_is),
        FIXTURE_TEST(the_cheapest_set_is_found),
        FIXTURE_TEST(vacant_leads_are_said_and_proposals_are_backbone_firms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
