/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "pack.h"

static const lt_column policy_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_PACK_CHAIN, .meaning = LT_MSG_PACK_MEANS_CHAIN},
    {"rank", LT_MSG_COLUMN_RANK, .meaning = LT_MSG_MEANS_RANK_OVERALL},
    {"action", LT_MSG_COLUMN_ACTION, false},
    {"status", LT_MSG_COLUMN_STATUS, false},
    {"instruments", LT_MSG_COLUMN_INSTRUMENTS, .meaning = LT_MSG_PACK_MEANS_INSTRUMENTS},
    {"ways", LT_MSG_PACK_WAYS, .meaning = LT_MSG_PACK_MEANS_WAYS},
    {"leaders", LT_MSG_PACK_LEADERS, .meaning = LT_MSG_PACK_MEANS_LEADERS},
    {"basis", LT_MSG_COLUMN_BASIS, false},
    {"sources", LT_MSG_COLUMN_SOURCES, .meaning = LT_MSG_PACK_MEANS_POLICY_SOURCES},
};
enum { POLICY_COLUMNS = sizeof policy_columns / sizeof *policy_columns };

static const lt_column target_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"rank", LT_MSG_COLUMN_RANK, .meaning = LT_MSG_MEANS_RANK_OVERALL},
    {"prospects", LT_MSG_COLUMN_PROSPECTS, false},
    {"zones", LT_MSG_COLUMN_ZONES, false},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { TARGET_COLUMNS = sizeof target_columns / sizeof *target_columns };

static const lt_column channel_columns[] = {
    {"way", LT_MSG_PACK_WAY, .meaning = LT_MSG_PACK_MEANS_WAY},
    {"id", LT_MSG_PACK_ID, .meaning = LT_MSG_PACK_MEANS_ID},
    {"channel", LT_MSG_PACK_CHANNEL, .meaning = LT_MSG_PACK_MEANS_CHANNEL},
    {"place", LT_MSG_PACK_CHANNEL_PLACE, .meaning = LT_MSG_PACK_MEANS_CHANNEL_PLACE},
    {"links", LT_MSG_PACK_CHANNEL_LINKS, .meaning = LT_MSG_PACK_MEANS_CHANNEL_LINKS},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_POLICY_SOURCES},
};
enum { CHANNEL_COLUMNS = sizeof channel_columns / sizeof *channel_columns };

/** A channel of an instrument or a way, for one link. */
typedef struct {
    const lt_rule *rule;
    size_t place; /* of the link on the list */
    uint32_t channel;
    bool is_way;
} channel_use;

typedef struct {
    channel_use *uses;
    size_t count, capacity;
    size_t links; /* of the chain on the list */
} pack_channels;

/* Instruments before ways, each in the order of the rules; then by id of the channel, which is that of their indexes. */
static int by_channel(const void *left, const void *right)
{
    const channel_use *a = left, *b = right;
    if (a->is_way != b->is_way) return a->is_way ? 1 : -1;
    if (a->rule != b->rule) return a->rule < b->rule ? -1 : 1;
    if (a->channel != b->channel) return a->channel < b->channel ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static void keep_channels(pack_lists *l, pack_channels *kept, const lt_advice *advice, size_t count, size_t place, bool is_way)
{
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < advice[i].channel_count; c++) {
            if (kept->count == kept->capacity) {
                size_t capacity = kept->capacity * 2 + 64;
                channel_use *uses = realloc(kept->uses, capacity * sizeof *uses);
                l->texts.failed |= !uses;
                if (!uses) return;
                kept->uses = uses;
                kept->capacity = capacity;
            }
            kept->uses[kept->count++] = (channel_use){advice[i].rule, place, advice[i].channels[c], is_way};
        }
}

static lt_cell names_cell(pack_lists *l, const lt_advice *advice, size_t count)
{
    line text;
    if (!line_begin(&text, &l->texts)) return lt_cell_null();
    for (size_t i = 0; i < count; i++) {
        if (i > 0) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), text.file);
        fputs(advice[i].rule->name[l->p->lang], text.file);
    }
    return lt_cell_given(line_end(&text, &l->texts));
}

static void add_rule_sources(pack_facts *facts, const lt_advice *advice, size_t count)
{
    for (size_t i = 0; i < count; i++) add_source(&facts->sources, advice[i].rule->source);
}

static void write_policy(pack_lists *l, size_t place, const lt_brief *brief, pack_channels *kept)
{
    (void)kept;
    const lt_dataset *ds = l->p->dataset;
    const lt_target *target = &l->targets.listed[place];
    const lt_link *link = &lt_links(ds)[target->link];
    brief_row row = {l->p, &l->gaps, target, brief, l->leads, l->lead_count};
    pack_facts facts = {0};
    link_sources(&facts.sources, ds, &l->gaps.coverage, target->link);
    add_rule_sources(&facts, brief->instruments, brief->instrument_count);
    add_rule_sources(&facts, brief->ways, brief->way_count);
    const lt_cell cells[POLICY_COLUMNS] = {
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        lt_cell_text(lt_node_name(ds, link->chain)),
        lt_cell_integer((int64_t)place + 1),
        action_cell((lt_action)l->gaps.action[target->link]),
        status_cell((lt_status)l->gaps.status[target->link]),
        names_cell(l, brief->instruments, brief->instrument_count),
        names_cell(l, brief->ways, brief->way_count),
        leaders_cell(&row, &l->texts),
        basis_cell((lt_basis)l->gaps.basis[target->link]),
        facts_cell(l, &facts),
    };
    write_pack_row(l, cells, &facts);
}

static void put_name(pack_lists *l, line *text, size_t place, bool *begun)
{
    if (*begun) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), text->file);
    fputs(lt_node_name(l->p->dataset, lt_node_at(l->p->dataset, LT_LINK, l->targets.listed[place].link)), text->file);
    *begun = true;
}

/* The links that a channel serves; where those are more than half of the list, the others. */
static lt_cell links_cell(pack_lists *l, const pack_channels *kept, size_t from, size_t end)
{
    const channel_use *uses = kept->uses;
    line text;
    bool most = (end - from) * 2 > kept->links && kept->links > 1, begun = false;
    if (!line_begin(&text, &l->texts)) return lt_cell_null();
    if (most) fputs(lt_message_pattern(l->p->lang, LT_MSG_PACK_ALL_LINKS), text.file);
    if (most && end - from < kept->links) fputs(lt_message_pattern(l->p->lang, LT_MSG_PACK_BUT_LINKS), text.file);
    for (size_t i = from; i < end && !most; i++) put_name(l, &text, uses[i].place, &begun);
    for (size_t place = 0, i = from; place < l->targets.listed_count && most; place++) {
        if (i < end && uses[i].place == place) i++;
        else if (lt_link_in_chain(l->p->dataset, l->targets.listed[place].link, l->chain)) put_name(l, &text, place, &begun);
    }
    return lt_cell_given(line_end(&text, &l->texts));
}

static void write_channel(pack_lists *l, const pack_channels *kept, size_t from, size_t end)
{
    const lt_dataset *ds = l->p->dataset;
    const channel_use *use = &kept->uses[from];
    const lt_channel *channel = &lt_channels(ds)[use->channel];
    pack_facts facts = {0};
    add_fact(&facts, ds, LT_CHANNEL, use->channel);
    add_source(&facts.sources, use->rule->source);
    const lt_cell cells[CHANNEL_COLUMNS] = {
        lt_cell_text(use->rule->name[l->p->lang]),
        lt_cell_text(lt_dataset_string(ds, channel->head.id)),
        lt_cell_text(lt_dataset_string(ds, channel->head.name)),
        lt_cell_given(lt_node_name(ds, channel->region)),
        links_cell(l, kept, from, end),
        basis_cell(facts.weakest),
        facts_cell(l, &facts),
    };
    write_pack_row(l, cells, &facts);
}

static void write_channels(pack_lists *l, pack_channels *kept)
{
    if (kept->count > 0) qsort(kept->uses, kept->count, sizeof *kept->uses, by_channel);
    lt_table_begin(l->writer, "channels", LT_MSG_PACK_CHANNELS, channel_columns, CHANNEL_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_CHANNELS, LT_MSG_PACK_NO_CHANNELS);
    for (size_t i = 0, end; i < kept->count && !l->texts.failed; i = end) {
        const channel_use *uses = kept->uses;
        for (end = i; end < kept->count && uses[end].rule == uses[i].rule && uses[end].channel == uses[i].channel;) end++;
        write_channel(l, kept, i, end);
    }
}

static void add_items(pack_facts *facts, const lt_dataset *ds, const lt_brief_items *items)
{
    for (size_t i = 0; i < items->count; i++)
        add_fact(facts, ds, (lt_kind)items->items[i].record.kind, items->items[i].record.index);
}

static void write_target(pack_lists *l, size_t place, const lt_brief *brief, pack_channels *kept)
{
    const lt_dataset *ds = l->p->dataset;
    const lt_target *target = &l->targets.listed[place];
    const lt_link *link = &lt_links(ds)[target->link];
    brief_row row = {l->p, &l->gaps, target, brief, l->leads, l->lead_count};
    pack_facts facts = {0};
    kept->links++;
    keep_channels(l, kept, brief->instruments, brief->instrument_count, place, false);
    keep_channels(l, kept, brief->ways, brief->way_count, place, true);
    add_fact(&facts, ds, LT_LINK, target->link);
    add_items(&facts, ds, &brief->lists[LT_BRIEF_CANDIDATES]);
    add_items(&facts, ds, &brief->lists[LT_BRIEF_ZONES]);
    const lt_cell cells[TARGET_COLUMNS] = {
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        lt_cell_integer((int64_t)place + 1),
        brief_cell(&row, LT_BRIEF_CANDIDATES, &l->texts),
        brief_cell(&row, LT_BRIEF_ZONES, &l->texts),
        basis_cell(facts.weakest),
        facts_cell(l, &facts),
    };
    write_pack_row(l, cells, &facts);
}

/* A row for each link of the chain that is on the list. @return what went wrong. */
static lt_code write_listed(pack_lists *l, void (*write)(pack_lists *, size_t, const lt_brief *, pack_channels *),
                            pack_channels *kept, lt_error *error)
{
    lt_code code = LT_OK;
    for (size_t i = 0; i < l->targets.listed_count && code == LT_OK && !l->texts.failed; i++) {
        lt_brief brief;
        if (!lt_link_in_chain(l->p->dataset, l->targets.listed[i].link, l->chain)) continue;
        code = lt_brief_make(l->briefing, &l->targets.listed[i], &brief, error);
        if (code == LT_OK) write(l, i, &brief, kept);
    }
    return code;
}

lt_code write_pack_policies(pack_lists *l, lt_error *error)
{
    lt_table_begin(l->writer, "policies", LT_MSG_PACK_POLICIES, policy_columns, POLICY_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_POLICIES, LT_MSG_PACK_NO_POLICIES);
    return write_listed(l, write_policy, NULL, error);
}

lt_code write_pack_targets(pack_lists *l, lt_error *error)
{
    pack_channels kept = {0};
    lt_table_begin(l->writer, "targets", LT_MSG_PACK_TARGETS, target_columns, TARGET_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_TARGETS, LT_MSG_PACK_NO_POLICIES);
    lt_code code = write_listed(l, write_target, &kept, error);
    if (code == LT_OK) write_channels(l, &kept);
    free(kept.uses);
    return code;
}
