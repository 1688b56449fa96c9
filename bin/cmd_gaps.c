/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

const option gaps_options[] = {
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_CHAIN, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const lt_column columns[] = {
    {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"segment", LT_MSG_COLUMN_SEGMENT, true},
    {"stage", LT_MSG_COLUMN_STAGE, false},
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"status", LT_MSG_COLUMN_STATUS, false},
    {"action", LT_MSG_COLUMN_ACTION, false},
    {"producers", LT_MSG_COLUMN_PRODUCERS, false},
    {"supply", LT_MSG_COLUMN_SUPPLY, false},
    {"pipeline", LT_MSG_COLUMN_PIPELINE, false},
    {"demand", LT_MSG_COLUMN_DEMAND, true},
    {"coverage", LT_MSG_COLUMN_COVERAGE, false},
    {"hhi", LT_MSG_COLUMN_HHI, false},
    {"research", LT_MSG_COLUMN_RESEARCH, false},
    {"importance", LT_MSG_COLUMN_IMPORTANCE, false},
    {"choke", LT_MSG_COLUMN_CHOKE, false},
    {"producible", LT_MSG_COLUMN_PRODUCIBLE, false},
    {"basis", LT_MSG_COLUMN_BASIS, false},
    {"sources", LT_MSG_COLUMN_SOURCES, true},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const lt_column chain_columns[] = {
    {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"links", LT_MSG_COLUMN_LINKS, false},
    {"by_status.missing", LT_MSG_STATUS_MISSING, false},
    {"by_status.pipeline", LT_MSG_STATUS_PIPELINE, false},
    {"by_status.unknown", LT_MSG_STATUS_UNKNOWN, false},
    {"by_status.weak", LT_MSG_STATUS_WEAK, false},
    {"by_status.single", LT_MSG_STATUS_SINGLE, false},
    {"by_status.adequate", LT_MSG_STATUS_ADEQUATE, false},
    {"by_status.strong", LT_MSG_STATUS_STRONG, false},
    {"completeness", LT_MSG_COLUMN_COMPLETENESS, false},
    {"local_supply_rate", LT_MSG_COLUMN_LOCAL_SUPPLY_RATE, false},
    {"producible_finals", LT_MSG_COLUMN_PRODUCIBLE_FINALS, false},
    {"finals", LT_MSG_COLUMN_FINALS, false},
};
enum { CHAIN_COLUMNS = sizeof chain_columns / sizeof *chain_columns };

static void write_row(const lt_dataset *ds, const lt_gaps *gaps, uint32_t i, const source_list *sources, lt_table_writer *writer)
{
    const lt_link *link = &lt_links(ds)[i];
    const lt_segment *segment = lt_link_segment(ds, i);
    const lt_coverage *c = &gaps->coverage;
    const lt_cell cells[COLUMNS] = {
        lt_cell_given(lt_node_id(ds, link->chain)),
        lt_cell_given(lt_dataset_string(ds, link->segment)),
        segment ? stage_cell(segment->stage) : lt_cell_null(),
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        status_cell((lt_status)gaps->status[i]),
        action_cell((lt_action)gaps->action[i]),
        lt_cell_integer(c->producers[i]),
        lt_cell_real(c->supply[i]),
        lt_cell_real(c->pipeline[i]),
        lt_cell_real(link->demand),
        lt_cell_real(c->coverage[i]),
        lt_cell_real(c->hhi[i]),
        lt_cell_real(c->research[i]),
        lt_cell_real(link->importance),
        lt_cell_bool(link->choke),
        lt_cell_bool(gaps->producible.producible[i]),
        basis_cell((lt_basis)gaps->basis[i]),
        lt_cell_list((const char *const *)sources->items, sources->count),
    };
    lt_table_row(writer, cells);
}

static void write_chains(const lt_dataset *ds, const lt_gaps *gaps, lt_node only, lt_table_writer *writer)
{
    lt_table_begin(writer, "chains", LT_MSG_TITLE_GAPS_CHAINS, chain_columns, CHAIN_COLUMNS);
    for (uint32_t i = 0; i < gaps->chain_count; i++) {
        lt_node chain = lt_node_at(ds, LT_CHAIN, i);
        if (only != LT_NONE && only != chain) continue;
        const lt_chain_gaps *g = &gaps->chains[i];
        lt_cell cells[CHAIN_COLUMNS] = {lt_cell_text(lt_node_id(ds, chain)), lt_cell_text(lt_node_name(ds, chain)),
                                        lt_cell_integer(g->links)};
        for (int s = 0; s < LT_STATUSES; s++) cells[3 + s] = lt_cell_integer(g->by_status[s]);
        lt_cell *rest = &cells[3 + LT_STATUSES];
        rest[0] = lt_cell_real(g->completeness);
        rest[1] = lt_cell_real(g->local_supply_rate);
        rest[2] = lt_cell_integer(g->producible_finals);
        rest[3] = lt_cell_integer(g->finals);
        lt_table_row(writer, cells);
    }
}

static int write_gaps(program *p, const lt_gaps *gaps, lt_node chain)
{
    const lt_dataset *ds = p->dataset;
    output out;
    int code;
    lt_table_writer *writer = open_table(&out, p, &code);
    if (!writer) return code;
    source_list sources = {0};
    lt_table_begin(writer, "rows", LT_MSG_TITLE_GAPS, columns, COLUMNS);
    for (uint32_t i = 0; i < gaps->count; i++) {
        if (lt_links(ds)[i].abstract || (chain != LT_NONE && !lt_link_in_chain(ds, i, chain))) continue;
        link_sources(&sources, ds, &gaps->coverage, i);
        write_row(ds, gaps, i, &sources, writer);
    }
    write_chains(ds, gaps, chain, writer);
    free(sources.items);
    code = close_table(&out, writer);
    return sources.failed ? say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY}) : code;
}

int run_gaps(program *p)
{
    lt_node chain;
    lt_gaps gaps;
    int code = open_gaps(p, &chain, &gaps);
    if (code != EXIT_DONE) return code;
    code = write_gaps(p, &gaps, chain);
    lt_gaps_done(&gaps);
    return code;
}
