/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cases worked by hand; tests/oracle holds figures of random datasets. */
#include <string.h>

#include "fixture.h"

/** A dataset with its analyses. */
typedef struct {
    lt_dataset *ds;
    lt_gaps gaps;
    lt_targets targets;
    lt_positions all;
} analysed;

static const char *const partner_zones[] = {"county", "park", NULL};
static const lt_partner_rule partners[] = {{"away", "plan#5", partner_zones, 0.5}};
static const lt_rules rules = {.partners = partners,
                               .partner_count = 1,
                               .leading_least = 1,
                               .leading_most = 2,
                               .future_least = 1,
                               .future_most = 1,
                               .zone_source = "plan#13"};

static analysed analyse(const fixture *f, const lt_policy *policy)
{
    analysed a = {.ds = fixture_load(f, NULL)};
    assert_int_equal(lt_gaps_analyse(a.ds, policy, &a.gaps, NULL), LT_OK);
    assert_int_equal(lt_targets_analyse(a.ds, &a.gaps, policy, &a.targets, NULL), LT_OK);
    assert_int_equal(lt_positions_analyse(a.ds, &a.gaps, &a.targets, policy, &rules, &a.all, NULL), LT_OK);
    assert_int_equal(a.all.count, lt_count(a.ds, LT_ZONE));
    return a;
}

static void analysed_done(analysed *a)
{
    lt_positions_done(&a->all);
    lt_targets_done(&a->targets);
    lt_gaps_done(&a->gaps);
    lt_dataset_free(a->ds);
}

static const lt_position *position(const analysed *a, const char *zone)
{
    lt_node node = lt_find(a->ds, zone);
    assert_int_not_equal(node, LT_NONE);
    return &a->all.positions[lt_node_index(a->ds, node)];
}

static const lt_zone_holding *holding(const analysed *a, const char *zone, const char *link)
{
    const lt_position *p = position(a, zone);
    for (uint32_t i = 0; i < p->holding_count; i++)
        if (a->all.holdings[p->holding_first + i].link == link_index(a->ds, link)) return &a->all.holdings[p->holding_first + i];
    return NULL;
}

static const lt_zone_gap *gap(const analysed *a, const char *zone, const char *link)
{
    const lt_position *p = position(a, zone);
    for (uint32_t i = 0; i < p->gap_count; i++) {
        const lt_zone_gap *g = &a->all.gaps[p->gap_first + i];
        if (a->targets.listed[g->target].link == link_index(a->ds, link)) return g;
    }
    return NULL;
}

static void write_zones(const fixture *f)
{
    fixture_write(f, "zones.ndjson",
                  "{\"id\": \"county\", \"name\": \"县\", \"type\": \"county\", \"parent\": \"home\"}\n"
                  "{\"id\": \"zone\", \"name\": \"区\", \"type\": \"zone\", \"parent\": \"county\"}\n"
                  "{\"id\": \"park\", \"name\": \"园\", \"type\": \"park\", \"parent\": \"zone\"}\n"
                  "{\"id\": \"other\", \"name\": \"他\", \"type\": \"zone\"}\n");
}

static void write_chains(const fixture *f)
{
    fixture_write(f, "chains.json",
                  "[{\"id\": \"t1\", \"name\": \"传统一\", \"tier\": \"traditional\", \"segments\":"
                  "  [{\"id\": \"s\", \"name\": \"段\", \"stage\": \"upstream\"}, {\"id\": \"r\", \"name\": \"段\"}]},"
                  " {\"id\": \"t2\", \"name\": \"传统二\", \"tier\": \"traditional\"},"
                  " {\"id\": \"t3\", \"name\": \"传统三\", \"tier\": \"traditional\"},"
                  " {\"id\": \"e\", \"name\": \"新兴\", \"tier\": \"emerging\"},"
                  " {\"id\": \"x\", \"name\": \"服务\", \"tier\": \"other\"}, {\"id\": \"n\", \"name\": \"无层级\"}]");
    fixture_write(f, "links.ndjson",
                  "{\"id\": \"a\", \"name\": \"甲\", \"chain\": \"t1\", \"segment\": \"s\"}\n"
                  "{\"id\": \"b\", \"name\": \"乙\", \"chain\": \"t1\", \"segment\": \"s\"}\n"
                  "{\"id\": \"c\", \"name\": \"丙\", \"chain\": \"t1\", \"segment\": \"r\"}\n"
                  "{\"id\": \"d\", \"name\": \"丁\", \"chain\": \"x\"}\n{\"id\": \"free\", \"name\": \"无链\"}\n"
                  "{\"id\": \"j\", \"name\": \"汇\", \"chain\": \"t1\", \"segment\": \"s\", \"abstract\": true}\n");
    fixture_write(f, "supply.json", "[{\"from\": \"a\", \"to\": \"j\"}]");
}

static void a_zone_holds_what_is_below_it(void **state)
{
    fixture *f = *state;
    write_zones(f);
    write_chains(f);
    fixture_write(
        f, "firms.ndjson",
        "{\"id\": \"f1\", \"name\": \"一\", \"zone\": \"park\"}\n{\"id\": \"f2\", \"name\": \"二\", \"zone\": \"county\"}\n"
        "{\"id\": \"f3\", \"name\": \"三\", \"region\": \"home\"}\n");
    fixture_write(f, "projects.ndjson",
                  "{\"id\": \"p1\", \"name\": \"投产\", \"zone\": \"zone\", \"stage\": \"operating\"}\n"
                  "{\"id\": \"p2\", \"name\": \"在建\", \"zone\": \"zone\", \"stage\": \"building\"}\n");
    fixture_write(
        f, "capability.ndjson",
        "{\"from\": \"f1\", \"to\": \"a\", \"level\": 0.5}\n{\"from\": \"f1\", \"to\": \"a\", \"level\": 0.25, \"role\": \"service\"}\n"
        "{\"from\": \"f1\", \"to\": \"b\", \"role\": \"research\"}\n{\"from\": \"f2\", \"to\": \"a\", \"level\": 0.5}\n"
        "{\"from\": \"f3\", \"to\": \"a\"}\n{\"from\": \"p1\", \"to\": \"c\"}\n{\"from\": \"p2\", \"to\": \"b\"}\n"
        "{\"from\": \"f1\", \"to\": \"b\", \"level\": 0.125}\n{\"from\": \"f1\", \"to\": \"j\"}\n");
    analysed a = analyse(f, NULL);
    const lt_zone_holding *of_park = holding(&a, "park", "a"), *of_county = holding(&a, "county", "a");
    assert_true(of_park && of_park->producers == 1 && of_park->supply == 0.75 && of_park->count == 2);
    assert_true(of_county && of_county->producers == 2 && of_county->supply == 1.25 && of_county->count == 3);
    const lt_capability *first = &lt_capabilities(a.ds)[a.all.capabilities[of_county->first]];
    assert_string_equal(lt_node_id(a.ds, first->edge.from), "f1");
    assert_null(holding(&a, "park", "c"));
    assert_non_null(holding(&a, "zone", "c"));
    assert_null(holding(&a, "zone", "j"));
    assert_int_equal(position(&a, "other")->holding_count, 0);

    const lt_position *county = position(&a, "county");
    assert_int_equal(county->standing_count, 2);
    const lt_zone_standing *without_stage = &a.all.standings[county->standing_first], *upstream = without_stage + 1;
    assert_int_equal(upstream->stage, LT_STAGE_UPSTREAM);
    assert_true(upstream->links == 2 && upstream->all_links == 2 && upstream->producers == 2);
    assert_true(without_stage->links == 1 && without_stage->all_links == 1 && without_stage->producers == 1);
    analysed_done(&a);
}

static void fit_is_by_where_the_focus_stands(void **state)
{
    fixture *f = *state;
    write_zones(f);
    write_chains(f);
    fixture_write(f, "focus.ndjson",
                  "{\"from\": \"park\", \"to\": \"a\"}\n{\"from\": \"zone\", \"to\": \"a\", \"basis\": \"inferred\"}\n"
                  "{\"from\": \"county\", \"to\": \"t1\"}\n{\"from\": \"other\", \"to\": \"free\"}\n");
    analysed a = analyse(f, NULL);
    assert_true(gap(&a, "park", "a")->fit == 1 && gap(&a, "park", "b")->fit == 0.6);
    assert_null(gap(&a, "park", "c"));
    assert_null(gap(&a, "park", "free"));
    assert_true(gap(&a, "county", "c")->fit == 0.3 && gap(&a, "county", "c")->scope == LT_ON_CHAIN);
    assert_true(gap(&a, "other", "free")->fit == 1);
    const lt_zone_gap *of_zone = gap(&a, "zone", "a");
    assert_string_equal(lt_node_id(a.ds, lt_focuses(a.ds)[of_zone->focus].edge.from), "park"); /* stated, its own is inferred */
    assert_int_equal(position(&a, "zone")->focus_count, 2);
    assert_string_equal(lt_node_id(a.ds, lt_focuses(a.ds)[a.all.focuses[position(&a, "zone")->focus_first]].edge.from), "zone");

    const lt_position *county = position(&a, "county");
    assert_int_equal(county->gap_count, 3);
    assert_int_equal(county->first_for, 3);
    const lt_zone_gap *gaps = &a.all.gaps[county->gap_first];
    assert_true(gaps[0].fit == 1 && gaps[1].fit == 0.6 && gaps[2].fit == 0.3);
    uint32_t best = gaps[0].target;
    for (int i = 1; i < 3; i++) best = gaps[i].target < best ? gaps[i].target : best;
    assert_int_equal(county->best_rank, best + 1);
    analysed_done(&a);
}

/* The best fit over all zones is what the targeting list counts, whatever the policy makes of the scopes. */
static void the_best_zone_has_the_fit_of_the_list(void **state)
{
    fixture *f = *state;
    lt_policy policy = *lt_policy_default();
    static const double values[][3] = {{1, 0.6, 0.3}, {0.2, 0.9, 0.4}, {0, 0.5, 0.5}, {0, 0, 0}};
    write_zones(f);
    write_chains(f);
    fixture_write(
        f, "focus.ndjson",
        "{\"from\": \"park\", \"to\": \"a\"}\n{\"from\": \"other\", \"to\": \"t1\"}\n{\"from\": \"zone\", \"to\": \"c\"}\n"
        "{\"from\": \"zone\", \"to\": \"x\"}\n");
    for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
        policy.zone_on_link = values[v][0];
        policy.zone_on_segment = values[v][1];
        policy.zone_on_chain = values[v][2];
        analysed a = analyse(f, &policy);
        for (size_t t = 0; t < a.targets.listed_count; t++) {
            double best = 0;
            for (size_t z = 0; z < a.all.count; z++)
                for (uint32_t i = 0; i < a.all.positions[z].gap_count; i++) {
                    const lt_zone_gap *g = &a.all.gaps[a.all.positions[z].gap_first + i];
                    assert_true(g->fit > 0);
                    if (g->target == t && g->fit > best) best = g->fit;
                    if (g->target == t && g->first) assert_true(g->fit == a.targets.listed[t].criteria[LT_CRITERION_ZONE_FIT]);
                }
            assert_true(best == a.targets.listed[t].criteria[LT_CRITERION_ZONE_FIT]);
        }
        analysed_done(&a);
    }
}

static void a_county_is_no_rival_of_its_own_zone(void **state)
{
    fixture *f = *state;
    write_zones(f);
    write_chains(f);
    fixture_write(
        f, "focus.ndjson",
        "{\"from\": \"park\", \"to\": \"a\"}\n{\"from\": \"county\", \"to\": \"a\"}\n{\"from\": \"other\", \"to\": \"a\"}\n"
        "{\"from\": \"park\", \"to\": \"b\"}\n{\"from\": \"zone\", \"to\": \"b\"}\n{\"from\": \"other\", \"to\": \"t1\"}\n"
        "{\"from\": \"other\", \"to\": \"d\"}\n");
    analysed a = analyse(f, NULL);
    const lt_position *zone = position(&a, "zone"), *other = position(&a, "other");
    assert_int_equal(zone->overlap_count, 1);
    const lt_zone_overlap *overlap = &a.all.overlaps[zone->overlap_first];
    assert_int_equal(overlap->link, link_index(a.ds, "a"));
    assert_int_equal(overlap->count, 1);
    assert_int_equal(a.all.rivals[overlap->first], other->zone);
    assert_int_equal(other->overlap_count, 1);
    overlap = &a.all.overlaps[other->overlap_first];
    assert_int_equal(overlap->count, 2);
    assert_int_equal(a.all.rivals[overlap->first], position(&a, "county")->zone);
    assert_int_equal(a.all.rivals[overlap->first + 1], position(&a, "park")->zone);

    assert_int_equal(a.all.link_claim_count, 1);
    assert_int_equal(a.all.link_claims[0].count, 3);
    assert_int_equal(a.all.link_claims[0].apart, 2);
    assert_int_equal(a.all.chain_claim_count, 1);
    assert_string_equal(lt_node_id(a.ds, a.all.chain_claims[0].to), "t1");
    assert_int_equal(a.all.chain_claims[0].count, 4);
    assert_int_equal(a.all.chain_claims[0].apart, 2);
    assert_int_equal(a.all.chain_claims[0].whole, 1);
    analysed_done(&a);
}

static void check_focus_rule(fixture *f, const char *focus, lt_rule_state wanted, uint32_t leading, uint32_t future)
{
    fixture_write(f, "focus.ndjson", focus);
    analysed a = analyse(f, NULL);
    const lt_focus_rule *rule = &position(&a, "zone")->focus_rule;
    if (rule->state != wanted || rule->leading != leading || rule->future != future)
        fail_msg("%s: %s, %u leading, %u future", focus, lt_rule_state_word((lt_rule_state)rule->state), rule->leading,
                 rule->future);
    assert_int_equal(position(&a, "county")->focus_rule.state, LT_RULE_NOT_ASKED);
    analysed_done(&a);
}

static void the_focus_rule_counts_chains_by_tier(void **state)
{
    fixture *f = *state;
    write_zones(f);
    write_chains(f);
#define ON(to) "{\"from\": \"zone\", \"to\": \"" to "\"}\n"
#define BELOW(to) "{\"from\": \"park\", \"to\": \"" to "\"}\n"
    check_focus_rule(f, "", LT_RULE_UNKNOWN, 0, 0);
    check_focus_rule(f, ON("a") ON("b") ON("c") ON("t1") BELOW("e"), LT_RULE_KEPT, 1, 1);
    check_focus_rule(f, ON("t1") BELOW("t2") BELOW("t3") BELOW("e"), LT_RULE_BROKEN, 3, 1);
    check_focus_rule(f, ON("t1") ON("t2"), LT_RULE_BROKEN, 2, 0);
    check_focus_rule(f, ON("e"), LT_RULE_BROKEN, 0, 1);
    check_focus_rule(f, ON("d"), LT_RULE_NOT_ASKED, 0, 0);
    check_focus_rule(f, ON("x") ON("a"), LT_RULE_NOT_ASKED, 1, 0); /* services lead: only they are named as a whole */
    check_focus_rule(f, ON("d") ON("t1") ON("e"), LT_RULE_KEPT, 1, 1);
    check_focus_rule(f, ON("t1") ON("e") ON("n"), LT_RULE_UNKNOWN, 1, 1);
    check_focus_rule(f, ON("a") ON("e") ON("free"), LT_RULE_UNKNOWN, 1, 1);
    check_focus_rule(f, ON("t1") ON("t2") ON("t3") ON("n"), LT_RULE_BROKEN, 3, 0);
#undef ON
#undef BELOW
}

static void check_partner_rule(fixture *f, const char *projects, lt_rule_state wanted, uint32_t known, uint32_t from)
{
    fixture_write(f, "projects.ndjson", projects);
    analysed a = analyse(f, NULL);
    const lt_position *county = position(&a, "county");
    assert_int_equal(county->partner_count, 1);
    const lt_zone_partner *partner = &a.all.partners[county->partner_first];
    if (partner->project_rule != wanted || partner->known != known || partner->from != from)
        fail_msg("%s: %s, %u known, %u from", projects, lt_rule_state_word((lt_rule_state)partner->project_rule), partner->known,
                 partner->from);
    assert_int_equal(partner->projects, lt_count(a.ds, LT_PROJECT));
    assert_int_equal(partner->function_rule, LT_RULE_UNKNOWN);
    assert_int_equal(position(&a, "zone")->partner_count, 0);
    analysed_done(&a);
}

static void the_partner_rule_is_decided_only_where_the_unknown_cannot_change_it(void **state)
{
    fixture *f = *state;
    write_zones(f);
    fixture_write(
        f, "regions.json",
        "[{\"id\": \"home\", \"name\": \"本地\"}, {\"id\": \"above\", \"name\": \"省\"},"
        " {\"id\": \"away\", \"name\": \"伙伴\", \"parent\": \"above\"}, {\"id\": \"below\", \"name\": \"县\", \"parent\": \"away\"},"
        " {\"id\": \"far\", \"name\": \"远\", \"parent\": \"above\"}]");
    fixture_write(
        f, "firms.ndjson",
        "{\"id\": \"f-away\", \"name\": \"一\", \"region\": \"away\"}\n{\"id\": \"f-below\", \"name\": \"二\", \"region\": \"below\"}\n"
        "{\"id\": \"f-above\", \"name\": \"三\", \"region\": \"above\"}\n{\"id\": \"f-far\", \"name\": \"四\", \"region\": \"far\"}\n"
        "{\"id\": \"f-none\", \"name\": \"五\", \"zone\": \"zone\"}\n");
#define PROJECT(id, firm) "{\"id\": \"" id "\", \"name\": \"项目\", \"zone\": \"zone\", \"firm\": \"" firm "\"}\n"
    check_partner_rule(f, "", LT_RULE_UNKNOWN, 0, 0);
    check_partner_rule(f, PROJECT("1", "f-away") PROJECT("2", "f-far"), LT_RULE_KEPT, 2, 1);
    check_partner_rule(f, PROJECT("1", "f-below") PROJECT("2", "f-none"), LT_RULE_KEPT, 1, 1);
    check_partner_rule(f, PROJECT("1", "f-far") PROJECT("2", "f-above"), LT_RULE_UNKNOWN, 1, 0);
    check_partner_rule(f, PROJECT("1", "f-far") PROJECT("2", "f-far") PROJECT("3", "f-none"), LT_RULE_BROKEN, 2, 0);
    check_partner_rule(f, "{\"id\": \"1\", \"name\": \"项目\", \"zone\": \"county\"}\n", LT_RULE_UNKNOWN, 0, 0);
#undef PROJECT
}

static void a_region_that_is_not_there_decides_nothing(void **state)
{
    fixture *f = *state;
    write_zones(f);
    fixture_write(f, "regions.json", "[{\"id\": \"home\", \"name\": \"本地\"}]");
    fixture_write(f, "agencies.json", "[{\"id\": \"away\", \"name\": \"不是地区\"}]");
    fixture_write(f, "firms.ndjson", "{\"id\": \"f\", \"name\": \"一\", \"region\": \"home\"}\n");
    check_partner_rule(f, "{\"id\": \"1\", \"name\": \"项目\", \"zone\": \"park\", \"firm\": \"f\"}\n", LT_RULE_UNKNOWN, 0, 0);
}

/* Without rules the defaults hold, which name zones of the 542 dataset. */
static void the_plan_asks_four_zones_to_serve_zhengzhou(void **state)
{
    (void)state;
    analysed a = {0};
    uint32_t asked = 0;
    assert_int_equal(lt_dataset_load(LIANTU_TEST_542, NULL, &a.ds, NULL, NULL), LT_OK);
    assert_int_equal(lt_gaps_analyse(a.ds, NULL, &a.gaps, NULL), LT_OK);
    assert_int_equal(lt_targets_analyse(a.ds, &a.gaps, NULL, &a.targets, NULL), LT_OK);
    assert_int_equal(lt_positions_analyse(a.ds, &a.gaps, &a.targets, NULL, NULL, &a.all, NULL), LT_OK);
    for (size_t i = 0; i < a.all.count; i++) asked += a.all.positions[i].partner_count;
    assert_int_equal(asked, 4);
    assert_int_equal(position(&a, "z-pingyuan-sdz")->focus_rule.state, LT_RULE_NOT_ASKED);
    assert_int_equal(position(&a, "z-changyuan-edz")->focus_rule.state, LT_RULE_KEPT);
    analysed_done(&a);
}

static void nothing_gives_nothing(void **state)
{
    fixture *f = *state;
    analysed a = analyse(f, NULL);
    assert_int_equal(a.all.count, 0);
    analysed_done(&a);
    lt_positions_done(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_zone_holds_what_is_below_it),
        FIXTURE_TEST(fit_is_by_where_the_focus_stands),
        FIXTURE_TEST(the_best_zone_has_the_fit_of_the_list),
        FIXTURE_TEST(a_county_is_no_rival_of_its_own_zone),
        FIXTURE_TEST(the_focus_rule_counts_chains_by_tier),
        FIXTURE_TEST(the_partner_rule_is_decided_only_where_the_unknown_cannot_change_it),
        FIXTURE_TEST(a_region_that_is_not_there_decides_nothing),
        cmocka_unit_test(the_plan_asks_four_zones_to_serve_zhengzhou),
        FIXTURE_TEST(nothing_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
