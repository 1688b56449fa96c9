/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which instruments and ways the rules give a target, and which channels of the dataset carry them. */
#include <string.h>

#include "analysis/briefing.h"
#include "core/error.h"
#include "core/memory.h"
#include "policy/rules.h"

bool lti_region_within(const lt_dataset *ds, lt_node region, lt_node other)
{
    for (; region != LT_NONE; region = lt_regions(ds)[lt_node_index(ds, region)].parent)
        if (region == other) return true;
    return false;
}

static bool is_source(const lt_briefing *b, const lt_brief *brief, lt_node region)
{
    const lt_brief_items *regions = &brief->lists[LT_BRIEF_REGIONS];
    for (size_t i = 0; i < regions->count; i++) {
        lt_node source = regions->items[i].node;
        if (lti_region_within(b->ds, region, source) || lti_region_within(b->ds, source, region)) return true;
    }
    return false;
}

static bool is_one_of(const char *const *ids, const char *id)
{
    for (; *ids; ids++)
        if (strcmp(*ids, id) == 0) return true;
    return false;
}

static bool channel_fits(const lt_briefing *b, const lt_rule_channels *wanted, const lt_brief *brief, lt_node chain,
                         const lt_channel *channel)
{
    const lt_dataset *ds = b->ds;
    bool named = false, region_given = channel->region != LT_NONE;
    for (uint32_t i = 0; i < channel->chains.count; i++) named |= lt_list_node(ds, channel->chains, i) == chain;
    if (!(wanted->types >> channel->type & 1u) || (channel->chains.count > 0 && !named)) return false;
    if (wanted->ids && !is_one_of(wanted->ids, lt_dataset_string(ds, channel->head.id))) return false;
    if (wanted->chain_named && !named) return false;
    bool home = region_given && lti_region_within(ds, channel->region, lt_dataset_home(ds));
    if (wanted->at_home && !home) return false;
    if (wanted->away && (!region_given || home)) return false;
    return !wanted->source_region || named || (region_given && is_source(b, brief, channel->region));
}

static void gather_facts(const lt_briefing *b, const lt_target *t, const lt_brief *brief, lti_facts *f)
{
    const lt_dataset *ds = b->ds;
    const lt_link *link = &lt_links(ds)[t->link];
    const lt_segment *segment = lt_link_segment(ds, t->link);
    memset(f, 0, sizeof *f);
    f->value[LTI_FACT_STATUS] = b->gaps->status[t->link];
    f->value[LTI_FACT_ACTION] = b->gaps->action[t->link];
    f->value[LTI_FACT_STAGE] = segment ? segment->stage : LT_STAGE_UNSET;
    if (link->chain != LT_NONE) {
        f->value[LTI_FACT_TIER] = lt_chains(ds)[lt_node_index(ds, link->chain)].tier;
        f->chain = lt_node_id(ds, link->chain);
    }
    f->value[LTI_FACT_CHOKE] = link->choke;
    f->value[LTI_FACT_PRIORITY] = link->priority;
    f->value[LTI_FACT_FINAL] = link->final;
    f->value[LTI_FACT_SCORE] = t->score;
    f->value[LTI_FACT_UNLOCKED] = t->unlocked;
    f->value[LTI_FACT_BLOCKED_FINALS] = t->blocked_finals;
    f->value[LTI_FACT_LOCAL_FIRMS] = brief->local_firms;
    f->value[LTI_FACT_ASSOCIATIONS] = (double)brief->lists[LT_BRIEF_ASSOCIATIONS].total;
    f->value[LTI_FACT_RESEARCHERS] = (double)brief->lists[LT_BRIEF_RESEARCH].total;
    for (uint32_t i = b->prospect.first[t->link]; i < b->prospect.first[t->link + 1]; i++)
        f->value[LTI_FACT_CANDIDATES] += lt_prospects(ds)[b->prospect.record[i]].edge.role == LT_PROSPECT_PRODUCE;
    f->value[LTI_FACT_CHAIN_CANDIDATES] = (double)brief->lists[LT_BRIEF_CANDIDATES].total - f->value[LTI_FACT_CANDIDATES];
    for (int i = 0; i < LT_CRITERIA; i++) f->value[LTI_FACT_CRITERIA + i] = t->criteria[i];
}

/* @return false out of memory. */
static bool advise(lt_briefing *b, const lt_target *t, const lt_brief *brief, const lti_facts *facts, const lt_rule *rule)
{
    if (!lti_rule_holds(rule, facts)) return true;
    size_t before = b->channels.count;
    for (uint32_t i = 0; rule->channels.types && i < lt_count(b->ds, LT_CHANNEL); i++) {
        if (!channel_fits(b, &rule->channels, brief, lt_links(b->ds)[t->link].chain, &lt_channels(b->ds)[i])) continue;
        uint32_t *place = lti_array_push(&b->channels, 1);
        if (!place) return false;
        *place = i;
    }
    if (rule->channels.needed && b->channels.count == before) return true;
    lt_advice *advice = lti_array_push(&b->advice, 1);
    if (!advice) return false;
    *advice = (lt_advice){.rule = rule, .channel_count = b->channels.count - before};
    return true;
}

lt_code lti_advise(lt_briefing *b, const lt_target *t, lt_brief *brief, lt_error *error)
{
    lti_facts facts;
    bool whole = true;
    b->advice.count = b->channels.count = 0;
    gather_facts(b, t, brief, &facts);
    for (size_t i = 0; i < b->rules->instrument_count && whole; i++) whole = advise(b, t, brief, &facts, &b->rules->instruments[i]);
    size_t instruments = b->advice.count;
    for (size_t i = 0; i < b->rules->way_count && whole; i++) whole = advise(b, t, brief, &facts, &b->rules->ways[i]);
    if (!whole) return lti_fail_memory(error);
    size_t next = 0;
    for (size_t i = 0; i < b->advice.count; i++) { /* only now do the channels stay where they are */
        lt_advice *advice = &LTI_AT(&b->advice, lt_advice, i);
        advice->channels = (const uint32_t *)b->channels.data + next;
        next += advice->channel_count;
    }
    brief->instruments = b->advice.data;
    brief->instrument_count = instruments;
    brief->ways = instruments < b->advice.count ? brief->instruments + instruments : NULL;
    brief->way_count = b->advice.count - instruments;
    return LT_OK;
}
