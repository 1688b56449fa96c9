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

static void put_provenance(lt_cell *cells, const lt_provenance *from)
{
    cells[0] = lt_cell_integer((int64_t)from->count);
    for (int basis = 0; basis < LT_BASIS_COUNT; basis++) cells[1 + basis] = lt_cell_integer((int64_t)from->by_basis[basis]);
    cells[1 + LT_BASIS_COUNT] = lt_cell_integer((int64_t)from->unsourced);
}

static void write_stats(const lt_dataset *ds, const lt_gaps *gaps, lt_table_writer *writer)
{
    lt_table_begin(writer, "rows", LT_MSG_TITLE_STATS, columns, COLUMNS);
    for (int kind = 0; kind < LT_KINDS; kind++) {
        lt_provenance sum = {0};
        lt_provenance_add_kind(ds, (lt_kind)kind, &sum);
        lt_cell cells[COLUMNS] = {lt_cell_word(lt_kind_name((lt_kind)kind), lt_change_kind_message(kind), LT_TONE_PLAIN)};
        put_provenance(&cells[1], &sum);
        lt_table_row(writer, cells);
    }
    lt_table_begin(writer, "chains", LT_MSG_TITLE_STATS_CHAINS, chain_columns, CHAIN_COLUMNS);
    for (uint32_t i = 0; i < lt_count(ds, LT_CHAIN); i++) {
        lt_node chain = lt_node_at(ds, LT_CHAIN, i);
        lt_provenance sum = {0};
        lt_provenance_add_chain(ds, chain, &sum);
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
