/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef POSITION_H
#define POSITION_H

#include "brief.h"

/* The command `position`: zones as rows (cmd_position.c), one zone in full (position_view.c), and what both say. */

/** What positions are shown from. */
typedef struct {
    const program *p;
    const lt_dataset *ds;
    const lt_gaps *gaps;
    const lt_targets *targets;
    const lt_positions *positions;
    lt_table_writer *writer;
    cell_texts *texts;
    size_t top; /* gaps to list of a zone at most */
    bool brief; /* cells for people give counts and first names only, for a table on a screen */
} zone_listing;

/** A rule as it is asked of one zone. */
typedef enum { ZONE_RULE_FOCUS, ZONE_RULE_PROJECTS, ZONE_RULE_FUNCTIONS, ZONE_RULES } zone_rule_kind;
typedef struct {
    zone_rule_kind kind;
    lt_rule_state state;
    const lt_zone_partner *partner; /* NULL for the focus */
} zone_rule;

/* position_rules.c */

/** Rules that a zone's row shows: that for the focus, and two for each partner rule that names the zone. */
size_t zone_rule_count(const lt_position *position);
zone_rule zone_rule_at(const zone_listing *l, const lt_position *position, size_t i);
lt_cell zone_rule_cell(zone_rule_kind kind);
lt_cell rule_state_cell(lt_rule_state state);
/** What the state rests on, as a sentence in the program's language; borrowed from texts. */
const char *zone_rule_text(const zone_listing *l, const lt_position *position, const zone_rule *rule, cell_texts *texts);
/** Where in the sources the rule stands; "" = not given. */
const char *zone_rule_source(const zone_listing *l, const zone_rule *rule);

/* position_json.c: the parts of a row. l->texts->failed is set when memory runs out. */

json_t *zone_holds_json(const zone_listing *l, const lt_position *position);
json_t *zone_gaps_json(const zone_listing *l, const lt_position *position);
json_t *zone_overlaps_json(const zone_listing *l, const lt_position *position);
json_t *zone_chains_json(const zone_listing *l, const lt_position *position);
json_t *zone_focus_json(const zone_listing *l, const lt_position *position);
json_t *zone_rules_json(const zone_listing *l, const lt_position *position); /* position_rules.c */
/** Ids of zones. */
json_t *zone_ids_json(const zone_listing *l, const uint32_t *zones, size_t count);
/** Adds to a list; takes the item over. */
void add_json(const zone_listing *l, json_t *list, json_t *item);

/** The zone that a focus edge is of, where that is not the position's own; LT_NONE else. */
lt_node focus_via(const zone_listing *l, const lt_position *position, uint32_t focus);
/** How sure it is that a zone fits a gap: as sure as the focus and the link's status. */
lt_basis gap_basis(const zone_listing *l, const lt_zone_gap *gap);
lt_cell scope_cell(lt_scope scope);
/** How many gaps of a zone are listed. */
uint32_t gaps_shown(const zone_listing *l, const lt_position *position);
/** Names of zones, joined. */
void put_zone_names(const zone_listing *l, const uint32_t *zones, size_t count, line *text);
const char *zone_names(const zone_listing *l, const uint32_t *zones, size_t count, cell_texts *texts);
/** Writes a row, unless memory has run out, and frees the texts that its cells borrow. */
void end_row(const zone_listing *l, const lt_cell *cells);

/* position_view.c */

/** Tables of one zone, for people. */
void show_zone(const zone_listing *l, const lt_position *position);

#endif
