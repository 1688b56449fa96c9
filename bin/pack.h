/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PACK_H
#define PACK_H

#include "brief.h"
#include "report/report.h"

/* The bundle of a chain: four maps, the lists in one workbook, and the report. */

/** Who has to do with a link of the chain: a capability, or who is named to engage for its research. */
typedef struct {
    const char *id; /* of the holder */
    double level;   /* of a capability */
    lt_node holder;
    uint32_t link, index; /* link UINT32_MAX = the whole chain; index of the record */
    uint8_t kind, role;   /* LT_CAPABILITY or LT_PROSPECT, and its role */
} pack_tie;

/** What the lists of a chain are made from. */
typedef struct {
    program *p;
    lt_node chain;
    lt_gaps gaps;
    lt_targets targets;
    lt_briefing *briefing;
    lt_chain_lead *leads;
    size_t lead_count;
    pack_tie *ties;    /* of the chain; by id of the holder, then link, capabilities first */
    pack_tie *by_link; /* the same by link, then as above */
    size_t tie_count;
    bool has_links; /* of the chain, abstract ones aside */
    lt_table_writer *writer;
    cell_texts texts;
} pack_lists;

/** What a row rests on; zero to begin with. */
typedef struct {
    source_list sources;
    lt_basis weakest;
} pack_facts;

/** cmd_report.c's other half. @param report  what it is made from; chain LT_NONE = each of the plan. @return exit code. */
int write_pack(program *p, const lt_report_options *report);

void add_fact(pack_facts *facts, const lt_dataset *ds, lt_kind kind, uint32_t index);
void add_node_fact(pack_facts *facts, const lt_dataset *ds, lt_node node);
lt_cell facts_cell(pack_lists *l, pack_facts *facts);
/** Writes the row and drops what its cells borrowed. */
void write_pack_row(pack_lists *l, const lt_cell *cells, pack_facts *facts);
/** What the list holds, and why it is empty, unless the chain has no link at all. */
void explain_list(pack_lists *l, lt_message about, lt_message empty);
bool is_research(const pack_tie *tie);

/* pack_firms.c: who is there, a row each. */
void write_pack_firms(pack_lists *l);
void write_pack_projects(pack_lists *l);
void write_pack_talents(pack_lists *l);

/* pack_links.c: links, the most important first. */

/** Links that were surveyed and have no research here, and choke points. */
void write_pack_technologies(pack_lists *l);
/** Links that nobody has surveyed: no gaps, and of the technologies only where they are choke points. */
void write_pack_survey(pack_lists *l);

/* pack_policies.c: links on the targeting list, by rank. */
lt_code write_pack_policies(pack_lists *l, lt_error *error);
/** The same links: whom to attract, and where to; and a table of the channels of their ways. */
lt_code write_pack_targets(pack_lists *l, lt_error *error);

#endif
