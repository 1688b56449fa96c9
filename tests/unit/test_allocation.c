/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of load, gaps, digest, save and policy fails in turn, once and for good; each time the call must say
   LT_E_MEMORY, touch no output and (under the sanitizers) leak nothing. igraph and jansson keep their own
   allocators: jansson 2.14 loses a byte of the token it reads when its buffer cannot grow, and then reads past its end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "fixture.h"

static lt_code load_and_free(void)
{
    lt_dataset *ds = NULL;
    lt_defects defects = {0};
    lt_code code = lt_dataset_load(LIANTU_TEST_BASE, NULL, &ds, &defects, NULL);
    if (code != LT_OK) assert_null(ds);
    lt_dataset_free(ds);
    lt_defects_done(&defects);
    return code;
}

static lt_code load_bad_and_free(void)
{
    lt_dataset *ds = NULL;
    lt_defects defects = {0};
    lt_code code = lt_dataset_load(LIANTU_TEST_BAD, NULL, &ds, &defects, NULL);
    assert_null(ds);
    lt_defects_done(&defects);
    return code == LT_E_DATA ? LT_OK : code;
}

static lt_code load_filtered_and_free(void)
{
    lt_dataset *ds = NULL;
    static const char *const overlays[] = {LIANTU_TEST_OVERLAY};
    lt_load_options options = {.filter = true, .weakest = LT_BASIS_INFERRED, .overlays = overlays, .overlay_count = 1};
    lt_code code = lt_dataset_load(LIANTU_TEST_BASE, &options, &ds, NULL, NULL);
    lt_dataset_free(ds);
    return code;
}

static lt_dataset *base;

static lt_code analyse(void)
{
    lt_gaps gaps, untouched;
    memset(&gaps, 0x5a, sizeof gaps);
    memcpy(&untouched, &gaps, sizeof gaps);
    lt_code code = lt_gaps_analyse(base, NULL, &gaps, NULL);
    if (code == LT_OK) lt_gaps_done(&gaps);
    else assert_memory_equal(&gaps, &untouched, sizeof gaps);
    return code;
}

static lt_code bottleneck(void)
{
    lt_bottlenecks b;
    lt_failure_model *model;
    lt_gaps known;
    lt_code code = lt_gaps_analyse(base, NULL, &known, NULL);
    if (code != LT_OK) return code;
    code = lt_bottlenecks_analyse(base, &known, NULL, &(lt_bottleneck_options){.betweenness_work = 1, .sources = 3}, &b, NULL);
    lt_gaps_done(&known);
    if (code != LT_OK) return code;
    lt_bottlenecks_done(&b);
    code = lt_failure_model_new(base, &model, NULL);
    if (code == LT_OK) lt_failure_model_free(model);
    return code;
}

static lt_code target(void)
{
    lt_gaps known;
    lt_targets targets = {0};
    lt_rules *rules = NULL;
    lt_briefing *briefing = NULL;
    lt_brief brief;
    lt_code code = lt_gaps_analyse(base, NULL, &known, NULL);
    if (code != LT_OK) return code;
    code = lt_targets_analyse(base, &known, NULL, &targets, NULL);
    if (code != LT_OK) assert_null(targets.listed);
    if (code == LT_OK) code = lt_rules_load(NULL, &rules, NULL);
    if (code == LT_OK) code = lt_briefing_new(base, &known, NULL, rules, 0, &briefing, NULL);
    for (size_t i = 0; i < targets.listed_count && code == LT_OK; i++)
        code = lt_brief_make(briefing, &targets.listed[i], &brief, NULL);
    lt_briefing_free(briefing);
    lt_rules_free(rules);
    lt_targets_done(&targets);
    lt_gaps_done(&known);
    return code;
}

static lt_code lead(void)
{
    lt_chain_lead *leads;
    size_t count;
    lt_code code = lt_chain_leads(base, &leads, &count, NULL);
    if (code == LT_OK) lt_chain_leads_free(leads);
    return code;
}

static lt_code plan(void)
{
    static const bool present[64];
    static const double cost[64];
    uint32_t target = 0;
    lt_unlock_plan found;
    lt_code code = lt_unlock_cheapest(base, present, &target, 1, cost, 0, &found, NULL);
    if (code == LT_OK) lt_unlock_plan_done(&found);
    return code;
}

static lt_code pick_together(void)
{
    lt_capacity capacity[] = {{lt_find(base, "gaoxin"), 1}, {LT_NONE, 2}};
    lt_portfolio_options options = {.pick = 4, .chain = LT_NONE, .capacity = capacity, .capacity_count = 2};
    lt_gaps known;
    lt_portfolio found, untouched;
    memset(&found, 0x5a, sizeof found);
    memcpy(&untouched, &found, sizeof found);
    lt_code code = lt_gaps_analyse(base, NULL, &known, NULL);
    if (code != LT_OK) return code;
    code = lt_portfolio_choose(base, &known, NULL, &options, &found, NULL);
    lt_gaps_done(&known);
    if (code == LT_OK) lt_portfolio_done(&found);
    else assert_memory_equal(&found, &untouched, sizeof found);
    return code;
}

static lt_code rank_firmly(void)
{
    static const double values[] = {1, 0, 0, 1, .5, .5};
    lt_robustness_input in = {.alternatives = 3, .criteria = 2, .values = values, .draws = 300, .ranks = 2};
    lt_robustness out, untouched;
    lt_code code = LT_OK;
    for (in.threads = 1; code == LT_OK && in.threads <= 2; in.threads++) {
        memset(&out, 0x5a, sizeof out);
        memcpy(&untouched, &out, sizeof out);
        code = lt_robustness_run(&in, &out, NULL);
        if (code == LT_OK) lt_robustness_done(&out);
        else assert_memory_equal(&out, &untouched, sizeof out);
    }
    return code;
}

static lt_dataset *zoned; /* with zones that claim the same */

static lt_code position(void)
{
    static const char *const zones[] = {"z1", NULL};
    static const lt_partner_rule partner = {"away", "", zones, 0.5};
    static const lt_rules rules = {.partners = &partner, .partner_count = 1, .zone_source = ""};
    lt_gaps known;
    lt_targets targets;
    lt_positions positions, untouched;
    memset(&positions, 0x5a, sizeof positions);
    memcpy(&untouched, &positions, sizeof positions);
    lt_code code = lt_gaps_analyse(zoned, NULL, &known, NULL);
    if (code != LT_OK) return code;
    code = lt_targets_analyse(zoned, &known, NULL, &targets, NULL);
    if (code == LT_OK) {
        code = lt_positions_analyse(zoned, &known, &targets, NULL, &rules, &positions, NULL);
        lt_targets_done(&targets);
    }
    lt_gaps_done(&known);
    if (code == LT_OK) lt_positions_done(&positions);
    else assert_memory_equal(&positions, &untouched, sizeof positions);
    return code;
}

static lt_code digest(void)
{
    char text[LT_DIGEST_SIZE];
    return lt_dataset_digest(base, text, NULL);
}

static lt_code save(void)
{
    fixture f;
    strcpy(f.folder, "/tmp/liantu-test-XXXXXX");
    assert_non_null(mkdtemp(f.folder));
    lt_code code = lt_dataset_save(base, f.folder, NULL);
    char command[128];
    snprintf(command, sizeof command, "! ls %s | grep -q part", f.folder); /* no half-written file is left */
    assert_int_equal(system(command), 0);
    fixture_done(&f);
    return code;
}

static lt_code policy(void)
{
    lt_policy loaded;
    char text[LT_DIGEST_SIZE];
    lt_code code = lt_policy_load(LIANTU_TEST_POLICY, &loaded, NULL);
    lt_rules *rules = NULL;
    if (code == LT_OK) code = lt_rules_load(LIANTU_TEST_POLICY, &rules, NULL);
    if (code == LT_OK) code = lt_policy_digest(&loaded, rules, text, NULL);
    lt_rules_free(rules);
    return code;
}

static lt_code schema(void)
{
    char *text;
    lt_code code = lt_schema_json(LT_LINK, &text, NULL);
    if (code == LT_OK) lt_text_free(text);
    return code;
}

static void sweep(lt_code (*call)(void))
{
    lti_memory_fail_at(0, 0);
    assert_int_equal(call(), LT_OK);
    size_t asked = lti_memory_asked();
    assert_true(asked > 0);
    for (int sticky = 0; sticky <= 1; sticky++) {
        size_t noticed = 0;
        for (size_t nth = 1; nth <= asked; nth++) {
            lti_memory_fail_at(nth, sticky);
            lt_code code = call();
            /* giving back slack may fail without harm, so a failure may go unnoticed; it must never go under another name */
            if (code != LT_E_MEMORY && code != LT_OK) fail_msg("allocation %zu of %zu: code %d", nth, asked, (int)code);
            noticed += code == LT_E_MEMORY;
        }
        assert_true(noticed * 4 >= asked);
    }
    lti_memory_fail_at(0, 0);
}

static void loading(void **state)
{
    (void)state;
    sweep(load_and_free);
}

static void loading_what_has_defects(void **state)
{
    (void)state;
    sweep(load_bad_and_free);
}

static void loading_with_overlay_and_filter(void **state)
{
    (void)state;
    sweep(load_filtered_and_free);
}

static void gaps(void **state)
{
    (void)state;
    sweep(analyse);
}

static void bottlenecks(void **state)
{
    (void)state;
    sweep(bottleneck);
}

static void targets_and_briefs(void **state)
{
    (void)state;
    sweep(target);
}

static void leads(void **state)
{
    (void)state;
    sweep(lead);
}

static void plans(void **state)
{
    (void)state;
    sweep(plan);
}

static void portfolios(void **state)
{
    (void)state;
    sweep(pick_together);
}

static void robustness(void **state)
{
    (void)state;
    sweep(rank_firmly);
}

static void positions(void **state)
{
    fixture *f = *state;
    fixture_write(f, "chains.json", "[{\"id\": \"c\", \"name\": \"链\", \"segments\": [{\"id\": \"s\", \"name\": \"段\"}]}]");
    fixture_write(f, "links.json",
                  "[{\"id\": \"a\", \"name\": \"甲\", \"chain\": \"c\", \"segment\": \"s\"}, {\"id\": \"b\", \"name\": \"乙\"}]");
    fixture_write(f, "zones.json", "[{\"id\": \"z1\", \"name\": \"一\"}, {\"id\": \"z2\", \"name\": \"二\"}]");
    fixture_write(f, "firms.json", "[{\"id\": \"f\", \"name\": \"企业\", \"zone\": \"z1\"}]");
    fixture_write(f, "projects.json", "[{\"id\": \"p\", \"name\": \"项目\", \"zone\": \"z1\", \"firm\": \"f\"}]");
    fixture_write(f, "capability.json", "[{\"from\": \"f\", \"to\": \"a\", \"level\": 0.2}]");
    fixture_write(f, "focus.json",
                  "[{\"from\": \"z1\", \"to\": \"a\"}, {\"from\": \"z2\", \"to\": \"a\"}, {\"from\": \"z2\", \"to\": \"c\"}]");
    zoned = fixture_load(f, NULL);
    sweep(position);
    lt_dataset_free(zoned);
}

static void digests(void **state)
{
    (void)state;
    sweep(digest);
}

static void saving(void **state)
{
    (void)state;
    sweep(save);
}

static void policies(void **state)
{
    (void)state;
    sweep(policy);
}

static void schemas(void **state)
{
    (void)state;
    sweep(schema);
}

static int setup(void **state)
{
    (void)state;
    return lt_dataset_load(LIANTU_TEST_BASE, NULL, &base, NULL, NULL) == LT_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    lt_dataset_free(base);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading),
        cmocka_unit_test(loading_what_has_defects),
        cmocka_unit_test(loading_with_overlay_and_filter),
        cmocka_unit_test(gaps),
        cmocka_unit_test(bottlenecks),
        cmocka_unit_test(targets_and_briefs),
        cmocka_unit_test(leads),
        cmocka_unit_test(plans),
        cmocka_unit_test(portfolios),
        cmocka_unit_test(robustness),
        FIXTURE_TEST(positions),
        cmocka_unit_test(digests),
        cmocka_unit_test(saving),
        cmocka_unit_test(policies),
        cmocka_unit_test(schemas),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
