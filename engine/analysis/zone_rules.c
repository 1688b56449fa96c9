/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the plan asks of zones, held against the data: box 13 (a development zone where advanced manufacturing leads has one
   or two leading manufacturing industries and brings up one emerging or future industry) and chapter 5 (3) (supporting zones:
   at least half of the projects come from Zhengzhou, at least half of the functions serve it). The figures of the rules
   stand in the policy. */
#include <stdlib.h>
#include <string.h>

#include "analysis/position.h"
#include "core/error.h"
#include "core/memory.h"

static const char *const state_words[LT_RULE_STATES] = {
    [LT_RULE_KEPT] = "kept", [LT_RULE_BROKEN] = "broken", [LT_RULE_UNKNOWN] = "unknown", [LT_RULE_NOT_ASKED] = "not-asked"};

const char *lt_rule_state_word(lt_rule_state state)
{
    return (unsigned)state < LT_RULE_STATES ? state_words[state] : NULL;
}

/** Work space. */
typedef struct {
    lti_position_model *m;
    uint32_t *link_seen, *chain_seen; /* by link, by chain: zone + 1 that had it last */
    uint32_t *chain_links;            /* by chain: links of the present zone's focus */
    bool *chain_whole;
    uint32_t *project_first, *projects; /* projects by zone */
} work;

static lt_code work_init(work *w, lti_position_model *m, lt_error *error)
{
    const lt_dataset *ds = m->ds;
    size_t links = lt_count(ds, LT_LINK), chains = lt_count(ds, LT_CHAIN), projects = lt_count(ds, LT_PROJECT);
    *w = (work){.m = m};
    uint32_t *zone_of = lti_alloc(projects, sizeof *zone_of);
    bool whole = zone_of && (w->link_seen = lti_alloc(links, sizeof *w->link_seen)) &&
                 (w->chain_seen = lti_alloc(chains, sizeof *w->chain_seen)) &&
                 (w->chain_links = lti_alloc(chains, sizeof *w->chain_links)) &&
                 (w->chain_whole = lti_alloc(chains, sizeof *w->chain_whole));
    lt_code code = whole ? LT_OK : lti_fail_memory(error);
    for (size_t i = 0; i < projects && whole; i++) {
        lt_node zone = lt_projects(ds)[i].zone;
        zone_of[i] = zone == LT_NONE ? UINT32_MAX : lt_node_index(ds, zone);
    }
    if (whole) code = lti_by_zone(m->tree.count, zone_of, projects, &w->project_first, &w->projects, error);
    lti_free(zone_of);
    return code;
}

static void work_done(work *w)
{
    void *arrays[] = {w->link_seen, w->chain_seen, w->chain_links, w->chain_whole, w->project_first, w->projects};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
}

static int by_chain(const void *left, const void *right)
{
    const lt_zone_chain *a = left, *b = right;
    return a->chain < b->chain ? -1 : a->chain > b->chain;
}

/* A link counts for its own chain only: `also` says whom it serves, not what a zone builds up. @return false out of memory. */
static bool list_chains(work *w, uint32_t zone, uint32_t *chainless)
{
    lti_position_model *m = w->m;
    lt_position *position = &m->positions[zone];
    uint32_t count, round = zone + 1;
    const uint32_t *focuses = lti_zone_focuses(m, zone, &count);
    position->chain_first = (uint32_t)m->chains.count;
    *chainless = 0;
    for (uint32_t i = 0; i < count; i++) {
        lt_node to = lt_focuses(m->ds)[focuses[i]].edge.to, chain = to;
        uint32_t index = lt_node_index(m->ds, to);
        bool is_link = lt_node_kind(m->ds, to) == LT_LINK;
        if (is_link && w->link_seen[index] == round) continue;
        if (is_link) {
            w->link_seen[index] = round;
            chain = lt_links(m->ds)[index].chain;
        }
        if (chain == LT_NONE) {
            ++*chainless;
            continue;
        }
        uint32_t number = lt_node_index(m->ds, chain);
        if (w->chain_seen[number] != round) {
            lt_zone_chain *next = lti_array_push(&m->chains, 1);
            if (!next) return false;
            next->chain = chain;
            w->chain_seen[number] = round;
            w->chain_links[number] = 0;
            w->chain_whole[number] = false;
        }
        w->chain_links[number] += is_link;
        w->chain_whole[number] |= !is_link;
    }
    position->chain_count = (uint32_t)m->chains.count - position->chain_first;
    return true;
}

static const lt_zone_chain *finish_chains(work *w, const lt_position *position)
{
    if (position->chain_count == 0) return NULL;
    lt_zone_chain *chains = &LTI_AT(&w->m->chains, lt_zone_chain, position->chain_first);
    for (uint32_t i = 0; i < position->chain_count; i++) {
        uint32_t number = lt_node_index(w->m->ds, chains[i].chain);
        chains[i].links = w->chain_links[number];
        chains[i].whole = w->chain_whole[number];
    }
    qsort(chains, position->chain_count, sizeof *chains, by_chain);
    return chains;
}

static bool is_outside(uint32_t count, uint32_t least, uint32_t most)
{
    return count < least || count > most;
}

static void check_focus(const lti_position_model *m, lt_position *position, const lt_zone_chain *chains, uint32_t chainless)
{
    lt_focus_rule *rule = &position->focus_rule;
    const lt_rules *asked = m->rules;
    uint32_t whole = 0, whole_other = 0;
    rule->untiered = chainless;
    for (uint32_t i = 0; i < position->chain_count; i++) {
        uint8_t tier = lt_chains(m->ds)[lt_node_index(m->ds, chains[i].chain)].tier;
        rule->leading += tier == LT_TIER_TRADITIONAL;
        rule->future += tier == LT_TIER_EMERGING || tier == LT_TIER_FUTURE;
        rule->other += tier == LT_TIER_OTHER;
        rule->untiered += tier == LT_TIER_UNSET;
        whole += chains[i].whole;
        whole_other += chains[i].whole && tier == LT_TIER_OTHER;
    }
    bool services_lead = whole > 0 ? whole_other == whole : rule->other == position->chain_count && chainless == 0;
    bool too_many = rule->leading > asked->leading_most || rule->future > asked->future_most;
    bool outside = is_outside(rule->leading, asked->leading_least, asked->leading_most) ||
                   is_outside(rule->future, asked->future_least, asked->future_most);
    if (lt_zones(m->ds)[position->zone].type != LT_ZONE_ZONE) rule->state = LT_RULE_NOT_ASKED;
    else if (position->focus_count == 0) rule->state = LT_RULE_UNKNOWN;
    else if (services_lead) rule->state = LT_RULE_NOT_ASKED;
    else if (too_many) rule->state = LT_RULE_BROKEN;
    else if (rule->untiered > 0) rule->state = LT_RULE_UNKNOWN;
    else rule->state = outside ? LT_RULE_BROKEN : LT_RULE_KEPT;
}

static lt_node region_above(const lt_dataset *ds, lt_node region)
{
    return lt_regions(ds)[lt_node_index(ds, region)].parent;
}

static bool is_within(const lt_dataset *ds, lt_node region, lt_node other)
{
    while (region != LT_NONE && region != other) region = region_above(ds, region);
    return region != LT_NONE;
}

int lt_project_from(const lt_dataset *ds, uint32_t project, lt_node region)
{
    lt_node firm = lt_projects(ds)[project].firm;
    if (firm == LT_NONE || region == LT_NONE || lt_node_kind(ds, region) != LT_REGION) return -1;
    lt_node origin = lt_firms(ds)[lt_node_index(ds, firm)].region;
    if (origin == LT_NONE) return -1;
    if (is_within(ds, origin, region)) return 1;
    return is_within(ds, region, origin) ? -1 : 0;
}

static bool is_named(const lt_dataset *ds, const lt_partner_rule *rule, uint32_t zone)
{
    const char *id = lt_dataset_string(ds, lt_zones(ds)[zone].head.id);
    for (const char *const *named = rule->zones; named && *named; named++)
        if (strcmp(*named, id) == 0) return true;
    return false;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static bool list_projects(work *w, uint32_t zone, lt_zone_partner *partner)
{
    lti_position_model *m = w->m;
    partner->first = (uint32_t)m->projects.count;
    for (uint32_t b = m->tree.first[zone]; b < m->tree.first[zone + 1]; b++) {
        uint32_t below = m->tree.below[b];
        for (uint32_t i = w->project_first[below]; i < w->project_first[below + 1]; i++)
            if (!lti_push_number(&m->projects, w->projects[i])) return false;
    }
    partner->projects = (uint32_t)m->projects.count - partner->first;
    if (partner->projects > 0)
        qsort(&LTI_AT(&m->projects, uint32_t, partner->first), partner->projects, sizeof(uint32_t), by_number);
    return true;
}

static void check_projects(const lti_position_model *m, lt_zone_partner *partner)
{
    static const double tolerance = 1e-9;
    const lt_partner_rule *rule = &m->rules->partners[partner->partner];
    lt_node region = lt_find(m->ds, rule->region);
    for (uint32_t i = 0; i < partner->projects; i++) {
        int from = lt_project_from(m->ds, LTI_AT(&m->projects, uint32_t, partner->first + i), region);
        partner->known += from >= 0;
        partner->from += from == 1;
    }
    double needed = rule->share * partner->projects - tolerance;
    uint32_t most = partner->from + partner->projects - partner->known;
    if (partner->projects == 0) partner->project_rule = LT_RULE_UNKNOWN;
    else if (partner->from >= needed) partner->project_rule = LT_RULE_KEPT;
    else partner->project_rule = most < needed ? LT_RULE_BROKEN : LT_RULE_UNKNOWN;
    partner->function_rule = LT_RULE_UNKNOWN;
}

static bool check_partners(work *w, uint32_t zone)
{
    lti_position_model *m = w->m;
    lt_position *position = &m->positions[zone];
    position->partner_first = (uint32_t)m->partners.count;
    for (uint32_t i = 0; i < m->rules->partner_count; i++) {
        if (!is_named(m->ds, &m->rules->partners[i], zone)) continue;
        lt_zone_partner *partner = lti_array_push(&m->partners, 1);
        if (!partner) return false;
        partner->partner = i;
        if (!list_projects(w, zone, partner)) return false;
        check_projects(m, partner);
    }
    position->partner_count = (uint32_t)m->partners.count - position->partner_first;
    return true;
}

lt_code lti_zone_rules(lti_position_model *m, lt_error *error)
{
    work w;
    lt_code code = work_init(&w, m, error);
    for (uint32_t zone = 0; zone < m->tree.count && code == LT_OK; zone++) {
        uint32_t chainless;
        bool whole = list_chains(&w, zone, &chainless);
        if (whole) {
            const lt_zone_chain *chains = finish_chains(&w, &m->positions[zone]);
            check_focus(m, &m->positions[zone], chains, chainless);
            whole = check_partners(&w, zone);
        }
        if (!whole) code = lti_fail_memory(error);
    }
    work_done(&w);
    return code;
}
