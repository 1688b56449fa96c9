/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

const option table_options[] = {
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const lt_column columns[] = {
    {"kind", LT_MSG_COLUMN_KIND, false},      {"count", LT_MSG_COLUMN_COUNT, false},
    {"stated", LT_MSG_BASIS_STATED, false},   {"inferred", LT_MSG_BASIS_INFERRED, false},
    {"assumed", LT_MSG_BASIS_ASSUMED, false}, {"unsourced", LT_MSG_COLUMN_UNSOURCED, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const lt_column chain_columns[] = {
    {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"count", LT_MSG_COLUMN_COUNT, false},
    {"stated", LT_MSG_BASIS_STATED, false},
    {"inferred", LT_MSG_BASIS_INFERRED, false},
    {"assumed", LT_MSG_BASIS_ASSUMED, false},
    {"unsourced", LT_MSG_COLUMN_UNSOURCED, false},
    {"links", LT_MSG_COLUMN_LINKS, false},
    {"local_supply_rate", LT_MSG_COLUMN_LOCAL_SUPPLY_RATE, false},
};
enum { CHAIN_COLUMNS = sizeof chain_columns / sizeof *chain_columns };

/** How many records, how sure, how many without a source. */
typedef struct {
    int64_t count, by_basis[LT_BASIS_COUNT], unsourced;
} provenance;

static void tally(provenance *to, const lt_record *record)
{
    to->count++;
    to->by_basis[record->basis]++;
    to->unsourced += record->source.count == 0;
}

static void put_provenance(lt_cell *cells, const provenance *from)
{
    cells[0] = lt_cell_integer(from->count);
    for (int basis = 0; basis < LT_BASIS_COUNT; basis++) cells[1 + basis] = lt_cell_integer(from->by_basis[basis]);
    cells[1 + LT_BASIS_COUNT] = lt_cell_integer(from->unsourced);
}

/* The links that an edge kind touches, for counting it with their chains. */
static bool touches(const lt_dataset *ds, lt_node end, lt_node chain)
{
    if (end == chain) return true;
    return lt_node_kind(ds, end) == LT_LINK && lt_link_in_chain(ds, lt_node_index(ds, end), chain);
}

#define TALLY_EDGES(kind, list)                                                                                                    \
    for (size_t i = 0; i < lt_count(ds, kind); i++)                                                                                \
        if (touches(ds, list(ds)[i].edge.to, chain)) tally(&sum, &list(ds)[i].edge.record)

/* A chain's own records: itself, its links, and the edges that lead to it or to them. */
static provenance tally_chain(const lt_dataset *ds, lt_node chain)
{
    provenance sum = {0};
    tally(&sum, &lt_node_get(ds, chain)->record);
    for (uint32_t i = 0; i < lt_count(ds, LT_LINK); i++)
        if (lt_link_in_chain(ds, i, chain)) tally(&sum, &lt_links(ds)[i].head.record);
    TALLY_EDGES(LT_SUPPLY, lt_supplies);
    TALLY_EDGES(LT_CAPABILITY, lt_capabilities);
    TALLY_EDGES(LT_FOCUS, lt_focuses);
    TALLY_EDGES(LT_PROSPECT, lt_prospects);
    TALLY_EDGES(LT_ORIGIN, lt_origins);
    TALLY_EDGES(LT_LEAD, lt_leads);
    return sum;
}

static void write_stats(const lt_dataset *ds, const lt_gaps *gaps, lt_table_writer *writer)
{
    lt_table_begin(writer, "rows", LT_MSG_TITLE_STATS, columns, COLUMNS);
    for (int kind = 0; kind < LT_KINDS; kind++) {
        provenance sum = {0};
        for (uint32_t i = 0; i < lt_count(ds, (lt_kind)kind); i++) tally(&sum, lt_record_get(ds, (lt_kind)kind, i));
        lt_cell cells[COLUMNS] = {lt_cell_word(lt_kind_name((lt_kind)kind), kind_message((lt_kind)kind), LT_TONE_PLAIN)};
        put_provenance(&cells[1], &sum);
        lt_table_row(writer, cells);
    }
    lt_table_begin(writer, "chains", LT_MSG_TITLE_STATS_CHAINS, chain_columns, CHAIN_COLUMNS);
    for (uint32_t i = 0; i < lt_count(ds, LT_CHAIN); i++) {
        lt_node chain = lt_node_at(ds, LT_CHAIN, i);
        provenance sum = tally_chain(ds, chain);
        lt_cell cells[CHAIN_COLUMNS] = {lt_cell_text(lt_node_id(ds, chain)), lt_cell_text(lt_node_name(ds, chain))};
        put_provenance(&cells[2], &sum);
        cells[CHAIN_COLUMNS - 2] = lt_cell_integer(gaps->chains[i].links);
        cells[CHAIN_COLUMNS - 1] = lt_cell_real(gaps->chains[i].local_supply_rate);
        lt_table_row(writer, cells);
    }
}

int run_stats(program *p)
{
    lt_node chain;
    lt_gaps gaps;
    int code = open_gaps(p, &chain, &gaps);
    if (code != EXIT_DONE) return code;
    output out;
    lt_table_writer *writer = open_table(&out, p, &code);
    if (writer) {
        write_stats(p->dataset, &gaps, writer);
        code = close_table(&out, writer);
    }
    lt_gaps_done(&gaps);
    return code;
}
