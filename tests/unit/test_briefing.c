/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a visit needs, worked by hand: lists, their order, guards, rules. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

/** A dataset with its analyses. */
typedef struct {
    lt_dataset *ds;
    lt_gaps gaps;
    lt_targets targets;
    lt_rules *rules;
    lt_briefing *briefing;
} studied;

static studied study(const fixture *f, const char *policy, size_t limit)
{
    studied s = {.ds = fixture_load(f, NULL)};
    assert_int_equal(lt_gaps_analyse(s.ds, NULL, &s.gaps, NULL), LT_OK);
    assert_int_equal(lt_targets_analyse(s.ds, &s.gaps, NULL, &s.targets, NULL), LT_OK);
    assert_int_equal(lt_rules_load(policy, &s.rules, NULL), LT_OK);
    assert_int_equal(lt_briefing_new(s.ds, &s.gaps, NULL, s.rules, limit, &s.briefing, NULL), LT_OK);
    return s;
}

static void study_done(studied *s)
{
    lt_briefing_free(s->briefing);
    lt_rules_free(s->rules);
    lt_targets_done(&s->targets);
    lt_gaps_done(&s->gaps);
    lt_dataset_free(s->ds);
}

static lt_brief brief_of(const studied *s, const char *link)
{
    lt_brief brief;
    for (size_t i = 0; i < s->targets.listed_count; i++) {
        if (s->targets.listed[i].link != link_index(s->ds, link)) continue;
        assert_int_equal(lt_brief_make(s->briefing, &s->targets.listed[i], &brief, NULL), LT_OK);
        return brief;
    }
    fail_msg("%s is not listed", link);
    return (lt_brief){0};
}

/* Ids of a list, joined; static buffer. */
static const char *ids(const studied *s, const lt_brief *brief, lt_brief_list list)
{
    static char text[1024];
    text[0] = '\0';
    for (size_t i = 0; i < brief->lists[list].count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", i ? " " : "", lt_node_id(s->ds, brief->lists[list].items[i].node));
    }
    return text;
}

static void write_place(const fixture *f)
{
    fixture_write(f, "chains.json",
                  "[{\"id\": \"c\", \"name\": \"链\", \"tier\": \"emerging\", \"segments\": [{\"id\": \"s\", \"name\": \"段\"}]},"
                  "{\"id\": \"d\", \"name\": \"另\"}]");
    fixture_write(
        f, "links.json",
        "[{\"id\": \"gap\", \"name\": \"缺\", \"chain\": \"c\", \"segment\": \"s\"},"
        "{\"id\": \"beside\", \"name\": \"旁\", \"chain\": \"c\", \"segment\": \"s\"},"
        "{\"id\": \"input\", \"name\": \"料\", \"chain\": \"d\"}, {\"id\": \"product\", \"name\": \"品\", \"chain\": \"c\"},"
        "{\"id\": \"joint\", \"name\": \"节\", \"abstract\": true}]");
    fixture_write(
        f, "supply.json",
        "[{\"from\": \"input\", \"to\": \"gap\"}, {\"from\": \"gap\", \"to\": \"joint\"}, {\"from\": \"joint\", \"to\": \"product\"}]");
    fixture_write(f, "zones.json",
                  "[{\"id\": \"z-a\", \"name\": \"甲\"}, {\"id\": \"z-b\", \"name\": \"乙\"}, {\"id\": \"z-c\", \"name\": \"丙\"},"
                  "{\"id\": \"z-d\", \"name\": \"丁\"}]");
    fixture_write(
        f, "focus.json",
        "[{\"from\": \"z-a\", \"to\": \"c\"}, {\"from\": \"z-b\", \"to\": \"beside\"}, {\"from\": \"z-c\", \"to\": \"gap\"},"
        "{\"from\": \"z-c\", \"to\": \"c\"}, {\"from\": \"z-d\", \"to\": \"d\"}]");
    fixture_write(f, "regions.json",
                  "[{\"id\": \"home\", \"name\": \"本市\"}, {\"id\": \"coast\", \"name\": \"沿海\"},"
                  "{\"id\": \"port\", \"name\": \"港\", \"parent\": \"coast\"}, {\"id\": \"north\", \"name\": \"北\"}]");
    fixture_write(f, "firms.json",
                  "[{\"id\": \"f-small\", \"name\": \"小\", \"region\": \"home\"},"
                  "{\"id\": \"f-lead\", \"name\": \"龙头\", \"region\": \"home\", \"grade\": \"leader\"},"
                  "{\"id\": \"f-user\", \"name\": \"用户\", \"region\": \"home\", \"grade\": \"backbone\"},"
                  "{\"id\": \"o-chain\", \"name\": \"外链\", \"region\": \"north\"},"
                  "{\"id\": \"o-link\", \"name\": \"外一\", \"region\": \"port\"},"
                  "{\"id\": \"o-twin\", \"name\": \"外二\", \"region\": \"coast\", \"aliases\": [\"小\"]}]");
    fixture_write(f, "capability.json",
                  "[{\"from\": \"f-small\", \"to\": \"input\"}, {\"from\": \"f-lead\", \"to\": \"input\"},"
                  "{\"from\": \"f-user\", \"to\": \"product\"}]");
    fixture_write(f, "origin.json", "[{\"from\": \"coast\", \"to\": \"c\"}]");
    fixture_write(
        f, "prospect.json",
        "[{\"from\": \"o-chain\", \"to\": \"c\"}, {\"from\": \"o-link\", \"to\": \"gap\"}, {\"from\": \"o-link\", \"to\": \"c\"},"
        "{\"from\": \"o-twin\", \"to\": \"gap\"}, {\"from\": \"f-lead\", \"to\": \"gap\"}]");
}

static void lists_stand_in_the_order_of_what_ties_them(void **state)
{
    fixture *f = *state;
    write_place(f);
    studied s = study(f, NULL, 0);
    lt_brief brief = brief_of(&s, "gap");
    assert_string_equal(ids(&s, &brief, LT_BRIEF_ZONES), "z-c z-b z-a");
    assert_true(brief.lists[LT_BRIEF_ZONES].items[0].fit == 1 && brief.lists[LT_BRIEF_ZONES].items[1].fit == 0.6 &&
                brief.lists[LT_BRIEF_ZONES].items[2].fit == 0.3);
    assert_string_equal(ids(&s, &brief, LT_BRIEF_CANDIDATES), "f-lead o-link o-twin o-chain");
    assert_int_equal(brief.lists[LT_BRIEF_CANDIDATES].items[3].scope, LT_ON_CHAIN);
    assert_string_equal(ids(&s, &brief, LT_BRIEF_REGIONS), "coast port north");
    assert_string_equal(ids(&s, &brief, LT_BRIEF_SUPPLIERS), "f-lead f-small");
    assert_string_equal(ids(&s, &brief, LT_BRIEF_CUSTOMERS), "f-user"); /* through the junction */
    assert_int_equal(brief.local_firms, 2);
    assert_int_equal(brief.unlocked_count, 2);
    study_done(&s);
}

static void limits_are_said(void **state)
{
    fixture *f = *state;
    write_place(f);
    studied s = study(f, NULL, 1);
    lt_brief brief = brief_of(&s, "gap");
    assert_string_equal(ids(&s, &brief, LT_BRIEF_SUPPLIERS), "f-lead");
    assert_int_equal(brief.lists[LT_BRIEF_SUPPLIERS].total, 2);
    assert_string_equal(ids(&s, &brief, LT_BRIEF_ZONES), "z-c z-b z-a"); /* never cut */
    assert_int_equal(brief.local_firms, 2);                              /* counted over all of them */
    study_done(&s);
}

static const lt_brief_item *candidate(const studied *s, const lt_brief *brief, const char *id)
{
    const lt_brief_items *items = &brief->lists[LT_BRIEF_CANDIDATES];
    for (size_t i = 0; i < items->count; i++)
        if (strcmp(lt_node_id(s->ds, items->items[i].node), id) == 0) return &items->items[i];
    fail_msg("%s is no candidate", id);
    return NULL;
}

static void candidates_are_guarded_and_kept(void **state)
{
    fixture *f = *state;
    write_place(f);
    fixture_write(f, "trade.json",
                  "[{\"from\": \"o-chain\", \"to\": \"f-small\", \"link\": \"input\"},"
                  "{\"from\": \"o-link\", \"to\": \"f-user\", \"link\": \"product\"}]");
    studied s = study(f, NULL, 0);
    lt_brief brief = brief_of(&s, "gap");
    const lt_brief_item *lead = candidate(&s, &brief, "f-lead"), *twin = candidate(&s, &brief, "o-twin");
    assert_int_equal(lead->guards, LT_GUARD_LOCAL | LT_GUARD_TAKES_SUPPLIER);
    assert_int_equal(lead->supplies, link_index(s.ds, "input")); /* of another chain */
    assert_int_equal(twin->guards, LT_GUARD_SAME_ENTITY);
    assert_string_equal(lt_node_id(s.ds, twin->same), "f-small");
    assert_int_equal(candidate(&s, &brief, "o-chain")->guards, LT_GUARD_TAKES_SUPPLIER);
    assert_int_equal(candidate(&s, &brief, "o-link")->guards, 0); /* it sells in the same chain */
    study_done(&s);
}

static void two_prospects_of_one_code_are_the_same(void **state)
{
    fixture *f = *state;
    write_place(f);
    fixture_write(f, "firms.json",
                  "[{\"id\": \"o-chain\", \"name\": \"a\", \"region\": \"north\", \"uscc\": \"91350100M000100Y43\"},"
                  "{\"id\": \"o-link\", \"name\": \"b\", \"region\": \"port\", \"uscc\": \"91350100M000100Y43\"},"
                  "{\"id\": \"o-twin\", \"name\": \"c\", \"region\": \"coast\"},"
                  "{\"id\": \"f-lead\", \"name\": \"d\", \"region\": \"north\"}]");
    fixture_write(f, "capability.json", "[]");
    studied s = study(f, NULL, 0);
    lt_brief brief = brief_of(&s, "gap");
    assert_string_equal(lt_node_id(s.ds, candidate(&s, &brief, "o-chain")->same), "o-link");
    assert_string_equal(lt_node_id(s.ds, candidate(&s, &brief, "o-link")->same), "o-chain");
    assert_int_equal(candidate(&s, &brief, "o-twin")->guards, 0); /* firms without a code are not one firm */
    study_done(&s);
}

static const char policy_text[] =
    "{\"format\": \"liantu-policy/1\", \"instruments\": ["
    "{\"id\": \"one\", \"name\": {\"zh\": \"一\", \"en\": \"one\"}, \"reason\": {\"zh\": \"因\", \"en\": \"why\"},"
    " \"when\": [{\"choke\": true}, {\"status\": [\"missing\"], \"push\": {\"at_least\": 1}}]},"
    "{\"id\": \"two\", \"name\": {\"zh\": \"二\", \"en\": \"two\"}, \"reason\": {\"zh\": \"因\", \"en\": \"why\"},"
    " \"when\": [{\"chain\": [\"d\"]}]}],"
    "\"ways\": [{\"id\": \"fund\", \"name\": {\"zh\": \"金\", \"en\": \"fund\"}, \"reason\": {\"zh\": \"因\", \"en\": \"why\"},"
    " \"channels\": {\"types\": [\"fund\"], \"chain_named\": true, \"needed\": true}},"
    "{\"id\": \"office\", \"name\": {\"zh\": \"驻\", \"en\": \"office\"}, \"reason\": {\"zh\": \"因\", \"en\": \"why\"},"
    " \"channels\": {\"types\": [\"office\"], \"away\": true, \"source_region\": true, \"needed\": true}},"
    "{\"id\": \"fair\", \"name\": {\"zh\": \"会\", \"en\": \"fair\"}, \"reason\": {\"zh\": \"因\", \"en\": \"why\"},"
    " \"channels\": {\"types\": [\"fair\"], \"needed\": true}}]}";

static void rules_and_their_channels(void **state)
{
    fixture *f = *state;
    write_place(f);
    fixture_write(f, "policy", policy_text);
    fixture_write(f, "channels.json",
                  "[{\"id\": \"all\", \"name\": \"通用\", \"type\": \"fund\"},"
                  "{\"id\": \"named\", \"name\": \"专用\", \"type\": \"fund\", \"chains\": [\"c\"]},"
                  "{\"id\": \"near\", \"name\": \"近\", \"type\": \"office\", \"region\": \"port\"},"
                  "{\"id\": \"far\", \"name\": \"远\", \"type\": \"office\", \"region\": \"home\"}]");
    char path[256];
    snprintf(path, sizeof path, "%s", fixture_path(f, "policy"));
    studied s = study(f, path, 0);
    lt_brief brief = brief_of(&s, "gap");
    assert_int_equal(brief.instrument_count, 1);
    assert_string_equal(brief.instruments[0].rule->id, "one"); /* by its second clause */
    assert_int_equal(brief.way_count, 2);                      /* no fair is known */
    assert_string_equal(brief.ways[0].rule->id, "fund");
    assert_int_equal(brief.ways[0].channel_count, 1);
    assert_string_equal(lt_node_id(s.ds, lt_node_at(s.ds, LT_CHANNEL, brief.ways[0].channels[0])), "named");
    assert_int_equal(brief.ways[1].channel_count, 1);
    assert_string_equal(lt_node_id(s.ds, lt_node_at(s.ds, LT_CHANNEL, brief.ways[1].channels[0])), "near");
    assert_int_equal(s.rules->leading_most, 2); /* what the file leaves out keeps its default */
    study_done(&s);
}

static void assert_refused(const fixture *f, const char *rules, const char *field, lt_message message)
{
    char path[256], text[1024];
    snprintf(text, sizeof text, "{\"format\": \"liantu-policy/1\",\n\"instruments\": %s}", rules);
    fixture_write(f, "policy", text);
    snprintf(path, sizeof path, "%s", fixture_path(f, "policy"));
    lt_rules *loaded = NULL;
    lt_error error = {0};
    assert_int_equal(lt_rules_load(path, &loaded, &error), LT_E_POLICY);
    assert_null(loaded);
    assert_int_equal(error.message, message);
    assert_string_equal(error.field, field);
    assert_true(error.line >= 2);
}

static void bad_rules_are_refused(void **state)
{
    fixture *f = *state;
#define NAMED "\"name\": {\"zh\": \"一\", \"en\": \"one\"}, \"reason\": {\"zh\": \"因\", \"en\": \"why\"}"
    assert_refused(f, "{}", "instruments", LT_MSG_POLICY_WANT_RULES);
    assert_refused(f, "[{" NAMED "}]", "instruments[0]", LT_MSG_POLICY_LACKS);
    assert_refused(f, "[{\"id\": \"a\", " NAMED "}, {\"id\": \"a\", " NAMED "}]", "instruments[1].id", LT_MSG_POLICY_TWICE);
    assert_refused(f, "[{\"id\": \"a\", " NAMED ", \"when\": [{\"size\": 1}]}]", "instruments[0].when", LT_MSG_POLICY_UNKNOWN);
    assert_refused(f, "[{\"id\": \"a\", " NAMED ", \"when\": [{\"status\": [\"gone\"]}]}]", "instruments[0].when",
                   LT_MSG_POLICY_UNKNOWN);
    assert_refused(f, "[{\"id\": \"a\", " NAMED ", \"when\": [{\"score\": 1}]}]", "instruments[0].when", LT_MSG_POLICY_WANT_BOUNDS);
    assert_refused(f, "[{\"id\": \"a\", " NAMED ", \"channels\": {}}]", "instruments[0].channels", LT_MSG_POLICY_NO_TYPES);
    assert_refused(f, "[{\"id\": \"a\", \"name\": {\"zh\": \"一\"}}]", "instruments[0].name", LT_MSG_POLICY_WANT_LANGUAGES);
    assert_refused(f, "[{\"id\": \"a\", " NAMED ", \"colour\": 1}]", "instruments[0]", LT_MSG_POLICY_UNKNOWN);
}

static void unknown_links_stand_apart_with_what_they_would_be(void **state)
{
    fixture *f = *state;
    write_place(f);
    fixture_write(
        f, "links.json",
        "[{\"id\": \"gap\", \"name\": \"缺\"}, {\"id\": \"blank\", \"name\": \"未知\", \"survey\": \"none\", \"importance\": 1},"
        "{\"id\": \"input\", \"name\": \"料\"}, {\"id\": \"product\", \"name\": \"品\"}, {\"id\": \"beside\", \"name\": \"旁\"},"
        "{\"id\": \"joint\", \"name\": \"节\", \"abstract\": true}]");
    fixture_write(f, "supply.json", "[]");
    studied s = study(f, NULL, 0);
    assert_int_equal(s.targets.unknown_count, 1);
    assert_int_equal(s.targets.unknown[0].link, link_index(s.ds, "blank"));
    assert_true(s.targets.unknown[0].criteria[LT_CRITERION_NECESSITY] == 1);
    for (size_t i = 0; i < s.targets.listed_count; i++) assert_int_not_equal(s.targets.listed[i].link, link_index(s.ds, "blank"));
    study_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(lists_stand_in_the_order_of_what_ties_them),
        FIXTURE_TEST(limits_are_said),
        FIXTURE_TEST(candidates_are_guarded_and_kept),
        FIXTURE_TEST(two_prospects_of_one_code_are_the_same),
        FIXTURE_TEST(rules_and_their_channels),
        FIXTURE_TEST(bad_rules_are_refused),
        FIXTURE_TEST(unknown_links_stand_apart_with_what_they_would_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
