/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/briefing.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/zone_fit.h"
#include "core/error.h"
#include "core/memory.h"
#include "dataset/store.h"

lt_code lt_briefing_new(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, const lt_rules *rules, size_t limit,
                        lt_briefing **out, lt_error *error)
{
    lt_briefing *b = lti_alloc(1, sizeof *b);
    if (!b) return lti_fail_memory(error);
    *b = (lt_briefing){.ds = ds, .gaps = gaps, .policy = policy ? policy : lt_policy_default(), .rules = rules, .limit = limit};
    b->links = (uint32_t)lt_count(ds, LT_LINK);
    b->chains = (uint32_t)lt_count(ds, LT_CHAIN);
    for (int i = 0; i < LT_BRIEF_LISTS; i++) b->lists[i] = LTI_ARRAY(lt_brief_item);
    b->order = LTI_ARRAY(lt_brief_item);
    b->advice = LTI_ARRAY(lt_advice);
    b->channels = LTI_ARRAY(uint32_t);
    b->seen = lti_alloc(ds->base[LT_NODE_KINDS], sizeof *b->seen);
    b->todo = lti_alloc((size_t)b->links + 1, sizeof *b->todo);
    b->unlocked = lti_alloc(b->links, sizeof *b->unlocked);
    lt_code code = b->seen && b->todo && b->unlocked ? lti_supply_init(&b->supply, ds, error) : lti_fail_memory(error);
    if (code == LT_OK) code = lti_unlock_counter_init(&b->counter, ds, &b->supply, gaps, error);
    if (code == LT_OK) code = lti_briefing_index(b, error);
    if (code == LT_OK) code = lti_find_same(b, error);
    if (code == LT_OK) *out = b;
    else lt_briefing_free(b);
    return code;
}

void lt_briefing_free(lt_briefing *b)
{
    if (!b) return;
    lti_index *indexes[] = {&b->focus, &b->prospect, &b->origin, &b->lead, &b->segment_focus, &b->outside, &b->trade};
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++) lti_index_done(indexes[i]);
    for (int i = 0; i < LT_BRIEF_LISTS; i++) lti_array_done(&b->lists[i]);
    lti_array_done(&b->order);
    lti_array_done(&b->advice);
    lti_array_done(&b->channels);
    lti_supply_done(&b->supply);
    lti_free(b->same);
    lti_free(b->seen);
    lti_free(b->todo);
    lti_free(b->unlocked);
    lti_unlock_counter_done(&b->counter);
    lti_free(b);
}

/* The item to fill in for a node that the list does not hold yet; NULL when it does (or memory ran out: *whole). */
static lt_brief_item *add(lt_briefing *b, lti_array *list, lt_node node, lt_kind kind, uint32_t record, bool *whole)
{
    if (b->seen[node] == b->round) return NULL;
    lt_brief_item *item = lti_array_push(list, 1);
    *whole &= item != NULL;
    if (!item) return NULL;
    b->seen[node] = b->round;
    *item = (lt_brief_item){.node = node,
                            .record = {record, (uint8_t)kind},
                            .link = UINT32_MAX,
                            .supplies = UINT32_MAX,
                            .same = LT_NONE,
                            .scope = LT_ON_LINK};
    return item;
}

static lti_array *begin(lt_briefing *b, lt_brief_list list)
{
    b->round++;
    b->lists[list].count = 0;
    return &b->lists[list];
}

static int by_fit(const void *left, const void *right)
{
    const lt_brief_item *a = left, *b = right;
    if (a->fit != b->fit) return a->fit > b->fit ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

/* Adds zones with a focus of a scope, those of the link itself left out where the scope is its segment. */
static bool add_zones(lt_briefing *b, uint32_t link, const lti_index *index, uint32_t place, lt_scope scope)
{
    lti_array *list = &b->lists[LT_BRIEF_ZONES];
    double fit = lti_zone_fit(b->policy, scope);
    bool whole = true;
    for (uint32_t i = index->first[place]; i < index->first[place + 1] && whole; i++) {
        const lt_edge *focus = &lt_focuses(b->ds)[index->record[i]].edge;
        if (fit <= 0 || (scope == LT_ON_SEGMENT && focus->to == lt_node_at(b->ds, LT_LINK, link))) continue;
        lt_brief_item *item = add(b, list, focus->from, LT_FOCUS, index->record[i], &whole);
        if (!item) continue;
        item->scope = (uint8_t)scope;
        item->fit = fit;
    }
    return whole;
}

static bool list_zones(lt_briefing *b, uint32_t link)
{
    static const lt_scope scopes[] = {LT_ON_LINK, LT_ON_SEGMENT, LT_ON_CHAIN};
    lti_array *list = begin(b, LT_BRIEF_ZONES);
    bool done[3] = {false, false, false}, whole = true;
    lt_node chain = lt_links(b->ds)[link].chain;
    uint32_t segment = lti_segment_number(b->ds, link);
    for (int turn = 0; turn < 3 && whole; turn++) { /* what fits best first, so that a zone is kept by its best reason */
        int best = -1;
        for (int i = 0; i < 3; i++)
            if (!done[i] && (best < 0 || lti_zone_fit(b->policy, scopes[i]) > lti_zone_fit(b->policy, scopes[best]))) best = i;
        done[best] = true;
        if (scopes[best] == LT_ON_LINK) whole = add_zones(b, link, &b->focus, link, LT_ON_LINK);
        else if (scopes[best] == LT_ON_SEGMENT && segment != UINT32_MAX)
            whole = add_zones(b, link, &b->segment_focus, segment, LT_ON_SEGMENT);
        else if (scopes[best] == LT_ON_CHAIN && chain != LT_NONE)
            whole = add_zones(b, link, &b->focus, lti_end_place(b, chain), LT_ON_CHAIN);
    }
    if (list->count > 1) qsort(list->data, list->count, sizeof(lt_brief_item), by_fit);
    return whole;
}

/* Adds who is named for the link and then for its chain in a role. */
static bool add_named(lt_briefing *b, uint32_t link, lt_prospect_role role, lti_array *list)
{
    bool whole = true;
    for (int scope = LT_ON_LINK; scope <= LT_ON_CHAIN && whole; scope += LT_ON_CHAIN - LT_ON_LINK) {
        lt_node chain = lt_links(b->ds)[link].chain;
        if (scope == LT_ON_CHAIN && chain == LT_NONE) break;
        uint32_t place = scope == LT_ON_LINK ? link : lti_end_place(b, chain);
        for (uint32_t i = b->prospect.first[place]; i < b->prospect.first[place + 1] && whole; i++) {
            const lt_edge *edge = &lt_prospects(b->ds)[b->prospect.record[i]].edge;
            if (edge->role != role) continue;
            lt_brief_item *item = add(b, list, edge->from, LT_PROSPECT, b->prospect.record[i], &whole);
            if (item) item->scope = (uint8_t)scope;
        }
    }
    return whole;
}

static bool list_candidates(lt_briefing *b, uint32_t link)
{
    lti_array *list = begin(b, LT_BRIEF_CANDIDATES);
    if (!add_named(b, link, LT_PROSPECT_PRODUCE, list)) return false;
    for (size_t i = 0; i < list->count; i++) lti_guard(b, link, &LTI_AT(list, lt_brief_item, i));
    return true;
}

static bool list_regions(lt_briefing *b, uint32_t link)
{
    lti_array *list = begin(b, LT_BRIEF_REGIONS);
    lt_node chain = lt_links(b->ds)[link].chain;
    bool whole = true;
    for (int scope = LT_ON_LINK; scope <= LT_ON_CHAIN && whole; scope += LT_ON_CHAIN - LT_ON_LINK) {
        if (scope == LT_ON_CHAIN && chain == LT_NONE) break;
        uint32_t place = scope == LT_ON_LINK ? link : lti_end_place(b, chain);
        for (uint32_t i = b->origin.first[place]; i < b->origin.first[place + 1] && whole; i++) {
            const lt_edge *edge = &lt_origins(b->ds)[b->origin.record[i]].edge;
            lt_brief_item *item = add(b, list, edge->from, LT_ORIGIN, b->origin.record[i], &whole);
            if (item) item->scope = (uint8_t)scope;
        }
    }
    const lti_array *candidates = &b->lists[LT_BRIEF_CANDIDATES];
    for (size_t i = 0; i < candidates->count && whole; i++) {
        const lt_brief_item *candidate = &LTI_AT(candidates, lt_brief_item, i);
        lt_node region = lt_holder_region(b->ds, candidate->node);
        if (region == LT_NONE || lti_region_within(b->ds, region, lt_dataset_home(b->ds))) continue;
        lt_brief_item *item = add(b, list, region, LT_PROSPECT, candidate->record.index, &whole);
        if (item) item->scope = candidate->scope;
    }
    return whole;
}

static bool list_research(lt_briefing *b, uint32_t link)
{
    lti_array *list = begin(b, LT_BRIEF_RESEARCH);
    const lt_coverage *c = &b->gaps->coverage;
    bool whole = true;
    for (uint32_t e = c->first[link]; e < c->first[link + 1] && whole; e++) {
        if (c->evidence[e].kind != LT_CAPABILITY) continue;
        const lt_edge *edge = &lt_capabilities(b->ds)[c->evidence[e].index].edge;
        if (edge->role == LT_ROLE_RESEARCH) add(b, list, edge->from, LT_CAPABILITY, c->evidence[e].index, &whole);
    }
    for (uint32_t i = b->outside.first[link]; i < b->outside.first[link + 1] && whole; i++) {
        const lt_edge *edge = &lt_capabilities(b->ds)[b->outside.record[i]].edge;
        if (edge->role == LT_ROLE_RESEARCH) add(b, list, edge->from, LT_CAPABILITY, b->outside.record[i], &whole);
    }
    return whole && add_named(b, link, LT_PROSPECT_RESEARCH, list);
}

/* What a firm counts for when only some are shown: leader first, then the lower grades, then firms without one and projects. */
static uint32_t standing(const lt_dataset *ds, lt_node node)
{
    if (lt_node_kind(ds, node) != LT_FIRM) return LT_GRADE_SMALL + 2;
    uint8_t grade = lt_firms(ds)[lt_node_index(ds, node)].grade;
    return grade == LT_GRADE_UNSET ? LT_GRADE_SMALL + 1 : grade;
}

static int by_standing(const void *left, const void *right, void *context)
{
    const lt_brief_item *a = left, *b = right;
    uint32_t first = standing(context, a->node), second = standing(context, b->node);
    if (first != second) return first < second ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

static bool add_producers(lt_briefing *b, uint32_t link, lti_array *list)
{
    const lt_coverage *c = &b->gaps->coverage;
    bool whole = true;
    for (uint32_t e = c->first[link]; e < c->first[link + 1] && whole; e++) {
        if (c->evidence[e].kind != LT_CAPABILITY) continue;
        const lt_edge *edge = &lt_capabilities(b->ds)[c->evidence[e].index].edge;
        lt_kind holder = lt_node_kind(b->ds, edge->from);
        bool produces = edge->role != LT_ROLE_RESEARCH &&
                        (holder == LT_FIRM || lt_projects(b->ds)[lt_node_index(b->ds, edge->from)].stage == LT_PROJECT_OPERATING);
        if (!produces) continue;
        lt_brief_item *item = add(b, list, edge->from, LT_CAPABILITY, c->evidence[e].index, &whole);
        if (item) item->link = link;
    }
    return whole;
}

/* Puts the leading items first, in order; the rest may stand in any order when it is not listed. */
static void lead_first(const lt_briefing *b, lti_array *list)
{
    lt_brief_item *items = list->data;
    void *context = (void *)(uintptr_t)b->ds;
    size_t head = b->limit > 0 && list->count > b->limit ? b->limit : list->count;
    if (list->count < 2) return;
    qsort_r(items, head, sizeof *items, by_standing, context);
    for (size_t i = head; i < list->count; i++) {
        if (by_standing(&items[i], &items[head - 1], context) > 0) continue;
        lt_brief_item item = items[i];
        items[i] = items[head - 1];
        size_t place = head - 1;
        for (; place > 0 && by_standing(&item, &items[place - 1], context) < 0; place--) items[place] = items[place - 1];
        items[place] = item;
    }
}

/* Local producers of the nearest links, not abstract, along `next`. */
static bool list_neighbours(lt_briefing *b, uint32_t link, const uint32_t *first, const uint32_t *next, lt_brief_list which)
{
    lti_array *list = begin(b, which);
    uint32_t count = 0;
    bool whole = true;
    lt_node base = lt_node_at(b->ds, LT_LINK, 0);
    b->todo[count++] = link;
    for (uint32_t i = 0; i < count && whole; i++) {
        for (uint32_t e = first[b->todo[i]]; e < first[b->todo[i] + 1] && whole; e++) {
            if (b->seen[base + next[e]] == b->round) continue;
            b->seen[base + next[e]] = b->round;
            if (lt_links(b->ds)[next[e]].abstract) b->todo[count++] = next[e];
            else whole = add_producers(b, next[e], list);
        }
    }
    lead_first(b, list);
    return whole;
}

static bool list_leaders(lt_briefing *b, uint32_t link)
{
    lti_array *list = begin(b, LT_BRIEF_LEADERS);
    lt_node chain = lt_links(b->ds)[link].chain;
    bool whole = true;
    if (chain == LT_NONE) return true;
    uint32_t place = lti_end_place(b, chain);
    for (uint32_t i = b->lead.first[place]; i < b->lead.first[place + 1] && whole; i++) {
        b->round++; /* one may hold several roles */
        lt_brief_item *item = add(b, list, lt_leads(b->ds)[b->lead.record[i]].edge.from, LT_LEAD, b->lead.record[i], &whole);
        if (item) item->scope = LT_ON_CHAIN;
    }
    return whole;
}

/* Local leading and backbone firms up and down the chain, and of the link itself, each once. */
static bool count_local_firms(lt_briefing *b, uint32_t link, uint32_t *count)
{
    static const lt_brief_list lists[] = {LT_BRIEF_SUPPLIERS, LT_BRIEF_CUSTOMERS};
    b->round++;
    b->order.count = 0;
    if (!add_producers(b, link, &b->order)) return false;
    *count = 0;
    for (size_t i = 0; i < b->order.count; i++)
        *count += standing(b->ds, LTI_AT(&b->order, lt_brief_item, i).node) <= LT_GRADE_BACKBONE;
    for (int l = 0; l < 2; l++) {
        const lti_array *list = &b->lists[lists[l]];
        for (size_t i = 0; i < list->count; i++) {
            lt_node node = LTI_AT(list, lt_brief_item, i).node;
            if (b->seen[node] == b->round) continue;
            b->seen[node] = b->round;
            *count += standing(b->ds, node) <= LT_GRADE_BACKBONE;
        }
    }
    return true;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

lt_code lt_brief_make(lt_briefing *b, const lt_target *target, lt_brief *out, lt_error *error)
{
    uint32_t link = target->link;
    lt_brief brief = {0};
    bool whole = list_zones(b, link) && list_candidates(b, link) && list_regions(b, link) && list_research(b, link) &&
                 list_neighbours(b, link, b->supply.in_first, b->supply.in, LT_BRIEF_SUPPLIERS) &&
                 list_neighbours(b, link, b->supply.out_first, b->supply.out, LT_BRIEF_CUSTOMERS) &&
                 count_local_firms(b, link, &brief.local_firms);
    if (whole) {
        whole = add_named(b, link, LT_PROSPECT_CUSTOMER, begin(b, LT_BRIEF_NAMED_CUSTOMERS)) &&
                add_named(b, link, LT_PROSPECT_ASSOCIATION, begin(b, LT_BRIEF_ASSOCIATIONS)) && list_leaders(b, link);
    }
    if (!whole) return lti_fail_memory(error);
    for (int i = 0; i < LT_BRIEF_LISTS; i++) {
        size_t total = b->lists[i].count;
        bool cut = b->limit > 0 && total > b->limit && i != LT_BRIEF_ZONES && i != LT_BRIEF_LEADERS;
        brief.lists[i] = (lt_brief_items){b->lists[i].data, cut ? b->limit : total, total};
    }
    brief.unlocked_count = lti_unlock_count(&b->counter, link, b->unlocked);
    brief.unlocked = b->unlocked;
    if (brief.unlocked_count > 1) qsort(b->unlocked, brief.unlocked_count, sizeof *b->unlocked, by_number);
    /* rules look at all that there is */
    lt_brief whole_brief = brief;
    for (int i = 0; i < LT_BRIEF_LISTS; i++) whole_brief.lists[i].count = whole_brief.lists[i].total;
    lt_code code = lti_advise(b, target, &whole_brief, error);
    if (code != LT_OK) return code;
    brief.instruments = whole_brief.instruments;
    brief.instrument_count = whole_brief.instrument_count;
    brief.ways = whole_brief.ways;
    brief.way_count = whole_brief.way_count;
    *out = brief;
    return LT_OK;
}

lt_node lt_brief_first_to_ask(const lt_dataset *ds, const lt_brief *brief)
{
    static const lt_brief_list lists[] = {LT_BRIEF_CUSTOMERS, LT_BRIEF_SUPPLIERS, LT_BRIEF_ASSOCIATIONS, LT_BRIEF_ZONES};
    const lt_brief_items *leaders = &brief->lists[LT_BRIEF_LEADERS], *zones = &brief->lists[LT_BRIEF_ZONES];
    for (size_t i = 0; i < leaders->count; i++)
        if (lt_leads(ds)[leaders->items[i].record.index].edge.role == LT_LEAD_UNIT) return leaders->items[i].node;
    if (zones->count > 0 && zones->items[0].scope == LT_ON_LINK) return zones->items[0].node;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (brief->lists[lists[i]].count > 0) return brief->lists[lists[i]].items[0].node;
    return LT_NONE;
}
