/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BRIEF_H
#define BRIEF_H

#include <jansson.h>

#include "program.h"

/* A brief as cells: JSON for programs, a line for people. Targets and reports write it alike. */

/** Texts that cells borrow, until the row is written. */
typedef struct {
    char *texts[64];
    size_t count;
    bool failed; /* memory ran out */
} cell_texts;

void free_cell_texts(cell_texts *texts);

/** Takes a text over. @return it, borrowed; "" where it is NULL or there is no room. */
const char *keep_text(cell_texts *texts, char *text);

/** A line being written; ends as a text that `texts` owns. */
typedef struct {
    FILE *file;
    char *data;
    size_t size;
    bool failed; /* memory ran out */
} line;

bool line_begin(line *l, cell_texts *texts);
/** @return borrowed from texts; "" out of memory. */
const char *line_end(line *l, cell_texts *texts);

/** Adds a message with its arguments filled in; never cut. */
void line_message(line *l, lt_lang lang, lt_message message, const char *const *args, size_t count);
/** A cell of a JSON value, which is taken over, and a line, which is ended. */
lt_cell json_cell(json_t *value, line *l, cell_texts *texts);

/** What a row about one target is made from. */
typedef struct {
    const program *p;
    const lt_gaps *gaps;
    const lt_target *target;
    const lt_brief *brief;
    const lt_chain_lead *leads; /* of the chains under the two-leader rule */
    size_t lead_count;
} brief_row;

/** A node by id that people read by name. */
lt_cell node_cell(const program *p, lt_node node, cell_texts *texts);

/** Zones, candidates, regions, researchers, customers, suppliers, associations. */
lt_cell brief_cell(const brief_row *row, lt_brief_list list, cell_texts *texts);
/** Leader, responsible units, alliance leaders of the chain; roles that nobody has are said. */
lt_cell leaders_cell(const brief_row *row, cell_texts *texts);
/** Whom to ask first what is here: the responsible unit, else the zone whose focus is on the link, else a local customer or
 * supplier, an association, any zone that fits. */
lt_cell first_to_ask_cell(const brief_row *row, cell_texts *texts);
/** Instruments, or ways with their channels. */
lt_cell advice_cell(const brief_row *row, const lt_advice *advice, size_t count, cell_texts *texts);
/** How many of each list there are, where not all are listed. */
lt_cell totals_cell(const brief_row *row, cell_texts *texts);
/** Why it is on the list, in plain words with the numbers behind it; in JSON in both languages. */
lt_cell reasons_cell(const brief_row *row, lt_failure_model *model, cell_texts *texts);
/** Sources of what the link's figures rest on, each once, in byte order. */
lt_cell sources_cell(const program *p, const lt_coverage *coverage, uint32_t link, cell_texts *texts);

#endif
