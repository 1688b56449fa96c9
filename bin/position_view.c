/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One zone in full, for people: the lists of its row, a table each. JSON and CSV have them in the row. */
#include <stdlib.h>

#include "position.h"

static const lt_column rule_columns[] = {
    {"rule", LT_MSG_COLUMN_RULE, false},
    {"state", LT_MSG_COLUMN_STATE, false},
    {"sources", LT_MSG_COLUMN_SOURCES, false},
    {"why", LT_MSG_COLUMN_WHY, false},
};
enum { RULE_COLUMNS = sizeof rule_columns / sizeof *rule_columns };

static const lt_column focus_columns[] = {
    {"to", LT_MSG_COLUMN_FOCUS, false},    {"name", LT_MSG_COLUMN_NAME, false}, {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"basis", LT_MSG_COLUMN_BASIS, false}, {"via", LT_MSG_COLUMN_VIA, false},   {"sources", LT_MSG_COLUMN_SOURCES, false},
};
enum { FOCUS_COLUMNS = sizeof focus_columns / sizeof *focus_columns };

static const lt_column chain_columns[] = {
    {"name", LT_MSG_COLUMN_CHAIN, false},          {"stage", LT_MSG_COLUMN_STAGE, false},
    {"links", LT_MSG_COLUMN_HELD, false},          {"all_links", LT_MSG_COLUMN_ALL_LINKS, false},
    {"producers", LT_MSG_COLUMN_PRODUCERS, false},
};
enum { CHAIN_COLUMNS = sizeof chain_columns / sizeof *chain_columns };

static const lt_column hold_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},           {"name", LT_MSG_COLUMN_NAME, false},     {"status", LT_MSG_COLUMN_STATUS, false},
    {"producers", LT_MSG_COLUMN_PRODUCERS, false}, {"supply", LT_MSG_COLUMN_SUPPLY, false}, {"by", LT_MSG_COLUMN_BY, false},
};
enum { HOLD_COLUMNS = sizeof hold_columns / sizeof *hold_columns };

static const lt_column gap_columns[] = {
    {"rank", LT_MSG_COLUMN_RANK, false},      {"link", LT_MSG_COLUMN_LINK, false},     {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_COLUMN_CHAIN, false},    {"status", LT_MSG_COLUMN_STATUS, false}, {"action", LT_MSG_COLUMN_ACTION, false},
    {"fit", LT_MSG_COLUMN_FIT, false},        {"first", LT_MSG_COLUMN_FIRST, false},   {"scope", LT_MSG_COLUMN_SCOPE, false},
    {"focus", LT_MSG_COLUMN_FOCUS_ON, false}, {"basis", LT_MSG_COLUMN_BASIS, false},   {"via", LT_MSG_COLUMN_VIA, false},
};
enum { GAP_COLUMNS = sizeof gap_columns / sizeof *gap_columns };

static const lt_column overlap_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"zones", LT_MSG_COLUMN_RIVALS, false},
};
enum { OVERLAP_COLUMNS = sizeof overlap_columns / sizeof *overlap_columns };

static void show_rules(const zone_listing *l, const lt_position *position)
{
    lt_table_begin(l->writer, "zone_rules", LT_MSG_TITLE_ZONE_RULES, rule_columns, RULE_COLUMNS);
    for (size_t i = 0; i < zone_rule_count(position); i++) {
        zone_rule rule = zone_rule_at(l, position, i);
        lt_cell cells[RULE_COLUMNS] = {zone_rule_cell(rule.kind), rule_state_cell(rule.state),
                                       lt_cell_given(zone_rule_source(l, &rule)),
                                       lt_cell_given(zone_rule_text(l, position, &rule, l->texts))};
        end_row(l, cells);
    }
}

static void show_focus(const zone_listing *l, const lt_position *position)
{
    source_list sources = {0};
    lt_table_begin(l->writer, "zone_focus", LT_MSG_TITLE_ZONE_FOCUS, focus_columns, FOCUS_COLUMNS);
    for (uint32_t i = 0; i < position->focus_count; i++) {
        uint32_t focus = l->positions->focuses[position->focus_first + i];
        const lt_edge *edge = &lt_focuses(l->ds)[focus].edge;
        bool on_chain = lt_node_kind(l->ds, edge->to) == LT_CHAIN;
        lt_node chain = on_chain ? edge->to : lt_links(l->ds)[lt_node_index(l->ds, edge->to)].chain;
        sources.count = 0;
        add_sources(&sources, l->ds, &edge->record);
        lt_cell cells[FOCUS_COLUMNS] = {
            lt_cell_text(lt_node_id(l->ds, edge->to)),
            on_chain ? lt_cell_null() : lt_cell_text(lt_node_name(l->ds, edge->to)),
            lt_cell_given(lt_node_name(l->ds, chain)),
            basis_cell((lt_basis)edge->record.basis),
            lt_cell_given(lt_node_name(l->ds, focus_via(l, position, focus))),
            lt_cell_list(sources.items, sources.count),
        };
        lt_table_row(l->writer, cells);
    }
    l->texts->failed |= sources.failed;
    free(sources.items);
}

static void show_chains(const zone_listing *l, const lt_position *position)
{
    lt_table_begin(l->writer, "zone_chains", LT_MSG_TITLE_ZONE_CHAINS, chain_columns, CHAIN_COLUMNS);
    for (uint32_t i = 0; i < position->standing_count; i++) {
        const lt_zone_standing *s = &l->positions->standings[position->standing_first + i];
        bool has_chain = s->chain != LT_NONE;
        lt_cell cells[CHAIN_COLUMNS] = {
            lt_cell_text(has_chain ? lt_node_name(l->ds, s->chain) : lt_message_pattern(l->p->lang, LT_MSG_NO_CHAIN)),
            stage_cell(s->stage),
            lt_cell_integer(s->links),
            lt_cell_integer(s->all_links),
            lt_cell_integer(s->producers),
        };
        lt_table_row(l->writer, cells);
    }
}

/* Who gives it, with the level of each. */
static const char *giver_names(const zone_listing *l, const lt_zone_holding *holding)
{
    line names;
    if (!line_begin(&names, l->texts)) return "";
    for (uint32_t i = 0; i < holding->count; i++) {
        const lt_capability *c = &lt_capabilities(l->ds)[l->positions->capabilities[holding->first + i]];
        char level[LT_REAL_SIZE];
        lt_real_text(level, c->level, 4);
        if (i > 0) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), names.file);
        line_message(&names, l->p->lang, LT_MSG_NAMED_TEXT, WORDS(lt_node_name(l->ds, c->edge.from), level), 2);
    }
    return line_end(&names, l->texts);
}

static void show_holds(const zone_listing *l, const lt_position *position)
{
    lt_table_begin(l->writer, "zone_holds", LT_MSG_TITLE_ZONE_HOLDS, hold_columns, HOLD_COLUMNS);
    for (uint32_t i = 0; i < position->holding_count; i++) {
        const lt_zone_holding *h = &l->positions->holdings[position->holding_first + i];
        const lt_link *link = &lt_links(l->ds)[h->link];
        lt_cell cells[HOLD_COLUMNS] = {
            lt_cell_text(lt_dataset_string(l->ds, link->head.id)),
            lt_cell_text(lt_dataset_string(l->ds, link->head.name)),
            status_cell((lt_status)l->gaps->status[h->link]),
            lt_cell_integer(h->producers),
            lt_cell_real(h->supply),
            lt_cell_given(giver_names(l, h)),
        };
        end_row(l, cells);
    }
}

static void show_gaps(const zone_listing *l, const lt_position *position)
{
    lt_table_begin(l->writer, "zone_gaps", LT_MSG_TITLE_ZONE_GAPS, gap_columns, GAP_COLUMNS);
    for (uint32_t i = 0; i < gaps_shown(l, position); i++) {
        const lt_zone_gap *g = &l->positions->gaps[position->gap_first + i];
        uint32_t number = l->targets->listed[g->target].link;
        const lt_link *link = &lt_links(l->ds)[number];
        lt_cell cells[GAP_COLUMNS] = {
            lt_cell_integer(g->target + 1),
            lt_cell_text(lt_dataset_string(l->ds, link->head.id)),
            lt_cell_text(lt_dataset_string(l->ds, link->head.name)),
            lt_cell_given(lt_node_name(l->ds, link->chain)),
            status_cell((lt_status)l->gaps->status[number]),
            action_cell((lt_action)l->gaps->action[number]),
            lt_cell_real(g->fit),
            lt_cell_bool(g->first),
            scope_cell((lt_scope)g->scope),
            lt_cell_text(lt_node_name(l->ds, lt_focuses(l->ds)[g->focus].edge.to)),
            basis_cell(gap_basis(l, g)),
            lt_cell_given(lt_node_name(l->ds, focus_via(l, position, g->focus))),
        };
        lt_table_row(l->writer, cells);
    }
}

static void show_overlaps(const zone_listing *l, const lt_position *position)
{
    lt_table_begin(l->writer, "zone_overlaps", LT_MSG_TITLE_ZONE_OVERLAPS, overlap_columns, OVERLAP_COLUMNS);
    for (uint32_t i = 0; i < position->overlap_count; i++) {
        const lt_zone_overlap *o = &l->positions->overlaps[position->overlap_first + i];
        const lt_link *link = &lt_links(l->ds)[o->link];
        const char *zones = zone_names(l, &l->positions->rivals[o->first], o->count, l->texts);
        lt_cell cells[OVERLAP_COLUMNS] = {lt_cell_text(lt_dataset_string(l->ds, link->head.id)),
                                          lt_cell_text(lt_dataset_string(l->ds, link->head.name)), lt_cell_given(zones)};
        end_row(l, cells);
    }
}

void show_zone(const zone_listing *l, const lt_position *position)
{
    show_rules(l, position);
    show_focus(l, position);
    show_chains(l, position);
    show_holds(l, position);
    show_gaps(l, position);
    show_overlaps(l, position);
}
