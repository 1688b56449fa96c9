/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

static lt_code load(const fixture *f, const char *text, lt_policy *policy, char *message, size_t size)
{
    lt_error error = {0};
    fixture_write(f, "policy.json", text);
    lt_code code = lt_policy_load(fixture_path(f, "policy.json"), policy, &error);
    lt_error_text(&error, LT_LANG_EN, message, size);
    return code;
}

static void the_shipped_policy_is_the_default(void **state)
{
    (void)state;
    lt_policy policy;
    char shipped[LT_DIGEST_SIZE], built_in[LT_DIGEST_SIZE];
    assert_int_equal(lt_policy_load(LIANTU_TEST_POLICY, &policy, NULL), LT_OK);
    assert_int_equal(lt_policy_digest(&policy, NULL, shipped, NULL), LT_OK);
    assert_int_equal(lt_policy_digest(lt_policy_default(), NULL, built_in, NULL), LT_OK);
    assert_string_equal(shipped, built_in);
}

static void what_a_policy_leaves_out_keeps_its_default(void **state)
{
    lt_policy policy;
    char message[1024], text[LT_DIGEST_SIZE], plain[LT_DIGEST_SIZE];
    assert_int_equal(
        load(*state, "{\"format\": \"liantu-policy/1\", \"chance\": {\"signed\": 0.25}}", &policy, message, sizeof message), LT_OK);
    assert_true(policy.chance[LT_PROJECT_SIGNED] == 0.25);
    assert_true(policy.chance[LT_PROJECT_BUILDING] == 0.8);
    lt_policy_digest(&policy, NULL, text, NULL);
    lt_policy_digest(lt_policy_default(), NULL, plain, NULL);
    assert_string_not_equal(text, plain);
}

static void a_bad_policy_is_refused_with_field_and_reason(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"{\"format\": \"liantu-policy/1\",\n\"chance\": {\n\"signed\": 1.5}}",
         "policy.json:3: policy/chance.signed: 1.5 is out of range; it should be 0 ≤ x ≤ 1"},
        {"{\"format\": \"liantu-policy/1\",\n\"chance\": {\"signd\": 0.5}}",
         "policy.json:2: policy/chance.signd: unknown parameter signd"},
        {"{\"format\": \"liantu-policy/1\",\n\"chances\": {}}", "policy.json:2: policy/chances: unknown parameter chances"},
        {"{\"format\": \"liantu-policy/1\", \"gap\": {\"weak_below\": \"0.5\"}}",
         "policy.json:1: policy/gap.weak_below: should be a number"},
        {"{\"format\": \"liantu-policy/1\", \"gap\": 3}", "policy.json:1: policy/gap: should be an object of parameter: number"},
        {"{\"format\": \"liantu-policy/1\", \"target\": {\"full_prospects\": 0}}",
         "policy/target.full_prospects: 0 is out of range; it should be 0 < x ≤ 1000000"},
        {"{\"format\": \"liantu-policy/1\", \"bottleneck_weights\": {\"path_share\": 0, \"dominated_finals\": 0, \"blocked_weight\": 0, \"concentration\": 0}}",
         "policy/bottleneck_weights: the weights should have a sum above 0"},
        {"{\"format\": \"liantu-policy/2\"}", "policy/format: unknown format \"liantu-policy/2\"; it should be liantu-policy/1"},
        {"{}", "policy/format: unknown format \"\"; it should be liantu-policy/1"},
        {"[]", "policy/record: a record should be a JSON object"},
        {"{\n\"format\" 1}", "policy.json:2: policy/record: broken JSON"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lt_policy policy = *lt_policy_default(), untouched = policy;
        char message[1024];
        assert_int_equal(load(*state, cases[i].text, &policy, message, sizeof message), LT_E_POLICY);
        assert_memory_equal(&policy, &untouched, sizeof policy);
        if (!strstr(message, cases[i].expected)) fail_msg("case %zu: %s", i, message);
    }
}

static void thresholds_change_the_answer(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.json", "[{\"id\": \"a\", \"name\": \"甲\"}]");
    fixture_write(f, "firms.json", "[{\"id\": \"f\", \"name\": \"企\", \"region\": \"home\"}]");
    fixture_write(f, "capability.json", "[{\"from\": \"f\", \"to\": \"a\", \"level\": 0.4}]");
    lt_dataset *ds = fixture_load(f, NULL);
    lt_policy policy = *lt_policy_default();
    lt_gaps gaps;
    assert_int_equal(lt_gaps_analyse(ds, NULL, &gaps, NULL), LT_OK);
    assert_int_equal(gaps.status[0], LT_STATUS_WEAK);
    lt_gaps_done(&gaps);
    policy.weak_below = 0.4;
    assert_int_equal(lt_gaps_analyse(ds, &policy, &gaps, NULL), LT_OK);
    assert_int_equal(gaps.status[0], LT_STATUS_SINGLE);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(the_shipped_policy_is_the_default),
        FIXTURE_TEST(what_a_policy_leaves_out_keeps_its_default),
        FIXTURE_TEST(a_bad_policy_is_refused_with_field_and_reason),
        FIXTURE_TEST(thresholds_change_the_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
