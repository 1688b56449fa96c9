/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan's rules for zones, in words and as JSON. */
#include <stdlib.h>

#include "position.h"

static const struct {
    const char *word;
    lt_message name;
} kinds[ZONE_RULES] = {
    [ZONE_RULE_FOCUS] = {"focus", LT_MSG_RULE_NAME_FOCUS},
    [ZONE_RULE_PROJECTS] = {"projects", LT_MSG_RULE_NAME_PROJECTS},
    [ZONE_RULE_FUNCTIONS] = {"functions", LT_MSG_RULE_NAME_FUNCTIONS},
};

static const struct {
    lt_message message;
    lt_tone tone;
} states[LT_RULE_STATES] = {
    [LT_RULE_KEPT] = {LT_MSG_RULE_KEPT, LT_TONE_GREEN},
    [LT_RULE_BROKEN] = {LT_MSG_RULE_BROKEN, LT_TONE_RED},
    [LT_RULE_UNKNOWN] = {LT_MSG_RULE_UNKNOWN, LT_TONE_GREY},
    [LT_RULE_NOT_ASKED] = {LT_MSG_RULE_NOT_ASKED, LT_TONE_PLAIN},
};

lt_cell zone_rule_cell(zone_rule_kind kind)
{
    return lt_cell_word(kinds[kind].word, kinds[kind].name, LT_TONE_PLAIN);
}

lt_cell rule_state_cell(lt_rule_state state)
{
    return lt_cell_word(lt_rule_state_word(state), states[state].message, states[state].tone);
}

size_t zone_rule_count(const lt_position *position)
{
    return 1 + 2 * (size_t)position->partner_count;
}

zone_rule zone_rule_at(const zone_listing *l, const lt_position *position, size_t i)
{
    if (i == 0) return (zone_rule){ZONE_RULE_FOCUS, (lt_rule_state)position->focus_rule.state, NULL};
    const lt_zone_partner *partner = &l->positions->partners[position->partner_first + (i - 1) / 2];
    if (i % 2 == 1) return (zone_rule){ZONE_RULE_PROJECTS, (lt_rule_state)partner->project_rule, partner};
    return (zone_rule){ZONE_RULE_FUNCTIONS, (lt_rule_state)partner->function_rule, partner};
}

static const lt_partner_rule *partner_rule(const zone_listing *l, const zone_rule *rule)
{
    return &l->p->rules->partners[rule->partner->partner];
}

const char *zone_rule_source(const zone_listing *l, const zone_rule *rule)
{
    return rule->partner ? partner_rule(l, rule)->source : l->p->rules->zone_source;
}

static const lt_chain *chain_at(const zone_listing *l, const lt_zone_chain *chain)
{
    return &lt_chains(l->ds)[lt_node_index(l->ds, chain->chain)];
}

/* Names of the chains of a zone's focus that are of one of two tiers. */
static const char *chain_names(const zone_listing *l, const lt_position *position, lt_tier tier, lt_tier or_tier, lt_lang lang,
                               cell_texts *texts)
{
    line names;
    bool begun = false;
    if (!line_begin(&names, texts)) return "";
    for (uint32_t i = 0; i < position->chain_count; i++) {
        const lt_zone_chain *chain = &l->positions->chains[position->chain_first + i];
        uint8_t of = chain_at(l, chain)->tier;
        if (of != tier && of != or_tier) continue;
        if (begun) fputs(lt_message_pattern(lang, LT_MSG_LIST_SEPARATOR), names.file);
        fputs(lt_node_name(l->ds, chain->chain), names.file);
        begun = true;
    }
    if (!begun) fputs(lt_message_pattern(lang, LT_MSG_WHY_NONE), names.file);
    return line_end(&names, texts);
}

/* Names of the chains that lead a zone: those with a focus on them as a whole, or all where there is none. */
static const char *leading_names(const zone_listing *l, const lt_position *position, lt_lang lang, cell_texts *texts)
{
    line names;
    bool begun = false;
    if (!line_begin(&names, texts)) return "";
    for (int whole = 1; whole >= 0 && !begun; whole--)
        for (uint32_t i = 0; i < position->chain_count; i++) {
            const lt_zone_chain *chain = &l->positions->chains[position->chain_first + i];
            if (chain->whole != (whole == 1)) continue;
            if (begun) fputs(lt_message_pattern(lang, LT_MSG_LIST_SEPARATOR), names.file);
            fputs(lt_node_name(l->ds, chain->chain), names.file);
            begun = true;
        }
    return line_end(&names, texts);
}

static void range_text(uint32_t least, uint32_t most, char *buffer, size_t size)
{
    if (least == most) snprintf(buffer, size, "%u", least);
    else snprintf(buffer, size, "%u–%u", least, most);
}

static void tell_chains(const zone_listing *l, const lt_position *position, lt_lang lang, line *why)
{
    const lt_focus_rule *rule = &position->focus_rule;
    const lt_rules *asked = l->p->rules;
    char leading[48], future[48], counts[4][24];
    uint32_t numbers[4] = {rule->leading, rule->future, rule->other, rule->untiered};
    cell_texts texts = {0};
    const char *names[] = {chain_names(l, position, LT_TIER_TRADITIONAL, LT_TIER_TRADITIONAL, lang, &texts),
                           chain_names(l, position, LT_TIER_EMERGING, LT_TIER_FUTURE, lang, &texts),
                           chain_names(l, position, LT_TIER_OTHER, LT_TIER_OTHER, lang, &texts)};
    range_text(asked->leading_least, asked->leading_most, leading, sizeof leading);
    range_text(asked->future_least, asked->future_most, future, sizeof future);
    for (int i = 0; i < 4; i++) snprintf(counts[i], sizeof counts[i], "%u", numbers[i]);
    line_message(why, lang, LT_MSG_RULE_FOCUS,
                 WORDS(leading, future, counts[0], names[0], counts[1], names[1], counts[2], names[2]), 8);
    if (rule->untiered > 0) line_message(why, lang, LT_MSG_RULE_FOCUS_UNTIERED, WORDS(counts[3]), 1);
    if (rule->state == LT_RULE_BROKEN) line_message(why, lang, LT_MSG_RULE_FOCUS_CAUTION, NULL, 0);
    why->failed |= texts.failed;
    free_cell_texts(&texts);
}

static void tell_focus(const zone_listing *l, const lt_position *position, lt_lang lang, line *why)
{
    if (lt_zones(l->ds)[position->zone].type != LT_ZONE_ZONE) {
        line_message(why, lang, LT_MSG_RULE_FOCUS_NO_ZONE, NULL, 0);
    } else if (position->focus_count == 0) {
        line_message(why, lang, LT_MSG_RULE_FOCUS_NONE, NULL, 0);
    } else if (position->focus_rule.state == LT_RULE_NOT_ASKED) {
        cell_texts texts = {0};
        line_message(why, lang, LT_MSG_RULE_FOCUS_SERVICES, WORDS(leading_names(l, position, lang, &texts)), 1);
        why->failed |= texts.failed;
        free_cell_texts(&texts);
    } else {
        tell_chains(l, position, lang, why);
    }
}

static void percent_text(uint32_t part, uint32_t of, char *buffer)
{
    lt_real_text(buffer, 100.0 * part / of, 3);
}

static void tell_partner(const zone_listing *l, const zone_rule *rule, lt_lang lang, line *why)
{
    const lt_partner_rule *asked = partner_rule(l, rule);
    const lt_zone_partner *partner = rule->partner;
    lt_node node = lt_find(l->ds, asked->region);
    const char *region = node == LT_NONE ? asked->region : lt_node_name(l->ds, node);
    char share[LT_REAL_SIZE], counts[3][24], least[LT_REAL_SIZE], most[LT_REAL_SIZE];
    lt_real_text(share, 100 * asked->share, 3);
    if (rule->kind == ZONE_RULE_FUNCTIONS) {
        line_message(why, lang, LT_MSG_RULE_FUNCTIONS, WORDS(share, region), 2);
    } else if (partner->projects == 0) {
        line_message(why, lang, LT_MSG_RULE_PROJECTS_NONE, WORDS(share, region), 2);
    } else {
        uint32_t numbers[3] = {partner->projects, partner->known, partner->from};
        for (int i = 0; i < 3; i++) snprintf(counts[i], sizeof counts[i], "%u", numbers[i]);
        percent_text(partner->from, partner->projects, least);
        percent_text(partner->from + partner->projects - partner->known, partner->projects, most);
        line_message(why, lang, LT_MSG_RULE_PROJECTS, WORDS(share, region, counts[0], counts[1], counts[2], least, most), 7);
    }
}

static void tell_why(const zone_listing *l, const lt_position *position, const zone_rule *rule, lt_lang lang, line *why)
{
    if (rule->partner) tell_partner(l, rule, lang, why);
    else tell_focus(l, position, lang, why);
}

const char *zone_rule_text(const zone_listing *l, const lt_position *position, const zone_rule *rule, cell_texts *texts)
{
    line why;
    if (!line_begin(&why, texts)) return "";
    tell_why(l, position, rule, l->p->lang, &why);
    return line_end(&why, texts);
}

static json_t *why_json(const zone_listing *l, const lt_position *position, const zone_rule *rule)
{
    static const char *const names[LT_LANG_COUNT] = {[LT_LANG_ZH] = "zh", [LT_LANG_EN] = "en"};
    json_t *object = json_object();
    for (int lang = 0; lang < LT_LANG_COUNT; lang++) {
        cell_texts texts = {0};
        line why;
        if (line_begin(&why, &texts)) {
            tell_why(l, position, rule, (lt_lang)lang, &why);
            json_t *text = json_string(line_end(&why, &texts));
            texts.failed |= json_object_set_new(object, names[lang], text) != 0;
        }
        l->texts->failed |= texts.failed;
        free_cell_texts(&texts);
    }
    return object;
}

static json_t *focus_chains_json(const zone_listing *l, const lt_position *position)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < position->chain_count; i++) {
        const lt_zone_chain *chain = &l->positions->chains[position->chain_first + i];
        add_json(l, list,
                 json_pack("{s:s,s:s,s:s?,s:b,s:i}", "chain", lt_node_id(l->ds, chain->chain), "name",
                           lt_node_name(l->ds, chain->chain), "tier", lt_enum_word(LT_ENUM_TIER, chain_at(l, chain)->tier), "whole",
                           chain->whole, "links", (int)chain->links));
    }
    return list;
}

/* Each project with its firm, the region that the firm names, and whether that is the partner's: true, false, or null. */
static json_t *projects_json(const zone_listing *l, const lt_zone_partner *partner, lt_node region)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < partner->projects; i++) {
        uint32_t index = l->positions->projects[partner->first + i];
        const lt_project *project = &lt_projects(l->ds)[index];
        lt_node origin = project->firm == LT_NONE ? LT_NONE : lt_firms(l->ds)[lt_node_index(l->ds, project->firm)].region;
        int from = lt_project_from(l->ds, index, region);
        add_json(l, list,
                 json_pack("{s:s,s:s,s:s?,s:s?,s:s?,s:o}", "id", lt_dataset_string(l->ds, project->head.id), "name",
                           lt_dataset_string(l->ds, project->head.name), "zone", lt_node_id(l->ds, project->zone), "firm",
                           project->firm == LT_NONE ? NULL : lt_node_id(l->ds, project->firm), "region",
                           origin == LT_NONE ? NULL : lt_node_id(l->ds, origin), "from",
                           from < 0 ? json_null() : json_boolean(from)));
    }
    return list;
}

static void add_details(const zone_listing *l, const lt_position *position, const zone_rule *rule, json_t *object)
{
    json_t *details;
    if (!rule->partner) {
        const lt_focus_rule *focus = &position->focus_rule;
        details = json_pack("{s:i,s:i,s:i,s:i,s:o}", "leading", (int)focus->leading, "future", (int)focus->future, "other",
                            (int)focus->other, "untiered", (int)focus->untiered, "chains", focus_chains_json(l, position));
    } else {
        const lt_partner_rule *asked = partner_rule(l, rule);
        details = json_pack("{s:s,s:f}", "region", asked->region, "share", asked->share);
        if (details && rule->kind == ZONE_RULE_PROJECTS) {
            const lt_zone_partner *partner = rule->partner;
            lt_node region = lt_find(l->ds, asked->region);
            json_t *counts = json_pack("{s:i,s:i,s:i,s:o}", "count", (int)partner->projects, "known", (int)partner->known, "from",
                                       (int)partner->from, "projects", projects_json(l, partner, region));
            if (!counts || json_object_update(details, counts) != 0) l->texts->failed = true;
            json_decref(counts);
        }
    }
    if (!details || json_object_update(object, details) != 0) l->texts->failed = true;
    json_decref(details);
}

json_t *zone_rules_json(const zone_listing *l, const lt_position *position)
{
    json_t *list = json_array();
    for (size_t i = 0; i < zone_rule_count(position); i++) {
        zone_rule rule = zone_rule_at(l, position, i);
        const char *source = zone_rule_source(l, &rule);
        json_t *sources = source[0] ? json_pack("[s]", source) : json_array();
        json_t *object = json_pack("{s:s,s:s}", "rule", kinds[rule.kind].word, "state", lt_rule_state_word(rule.state));
        add_details(l, position, &rule, object);
        if (json_object_set_new(object, "why", why_json(l, position, &rule)) != 0) l->texts->failed = true;
        if (json_object_set_new(object, "sources", sources) != 0) l->texts->failed = true;
        add_json(l, list, object);
    }
    return list;
}
