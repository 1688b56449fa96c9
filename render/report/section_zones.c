/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where gaps may land: of a chain, and of the city with what several zones claim and what the plan asks of them. */
#include <stdio.h>
#include <stdlib.h>

#include "report/build.h"

enum { OVERLAPS = 10, NAMES = 3 };

/** A zone with what it is ordered by. */
typedef struct {
    uint32_t first_for, fits, holds;
    const lt_position *position;
} place;

static int by_first(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->first_for != b->first_for) return a->first_for > b->first_for ? -1 : 1;
    if (a->fits != b->fits) return a->fits > b->fits ? -1 : 1;
    return a->position->zone < b->position->zone ? -1 : a->position->zone > b->position->zone;
}

static uint32_t gap_link(const lti_report *r, const lt_zone_gap *g)
{
    return r->targets.listed[g->target].link;
}

static place weigh(const lti_report *r, const lt_position *p)
{
    place found = {.position = p};
    for (uint32_t i = 0; i < p->holding_count; i++) found.holds += lti_covers(r, r->positions.holdings[p->holding_first + i].link);
    for (uint32_t i = 0; i < p->gap_count; i++) {
        const lt_zone_gap *g = &r->positions.gaps[p->gap_first + i];
        if (!lti_covers(r, gap_link(r, g))) continue;
        found.fits++;
        found.first_for += g->first;
    }
    return found;
}

/* Zones that hold or fit anything of the report, most gaps that no other fits better first. */
static size_t list_places(const lti_report *r, place *places)
{
    size_t count = 0;
    for (size_t i = 0; i < r->positions.count; i++) {
        places[count] = weigh(r, &r->positions.positions[i]);
        count += places[count].holds + places[count].fits > 0;
    }
    if (count > 0) qsort(places, count, sizeof *places, by_first);
    return count;
}

static const char *held_names(lti_report *r, const lt_position *p, uint32_t *links)
{
    size_t count = 0;
    for (uint32_t i = 0; i < p->holding_count; i++) {
        uint32_t link = r->positions.holdings[p->holding_first + i].link;
        if (lti_covers(r, link)) links[count++] = link;
    }
    return lti_link_names(r, links, count, NAMES, false);
}

static const char *first_names(lti_report *r, const lt_position *p, uint32_t *links)
{
    size_t count = 0;
    for (uint32_t i = 0; i < p->gap_count; i++) {
        const lt_zone_gap *g = &r->positions.gaps[p->gap_first + i];
        if (g->first && lti_covers(r, gap_link(r, g))) links[count++] = gap_link(r, g);
    }
    return lti_link_names(r, links, count, NAMES, true);
}

static const lt_doc_column landing_columns[] = {
    {LT_MSG_REPORT_COLUMN_ZONE, 25, false},     {LT_MSG_REPORT_COLUMN_HOLDS, 24, false}, {LT_MSG_REPORT_COLUMN_FITS, 10, true},
    {LT_MSG_REPORT_COLUMN_FIRST_FOR, 10, true}, {LT_MSG_REPORT_COLUMN_FIRST, 31, false},
};

static void put_landing(lti_report *r, const place *p, uint32_t *links)
{
    lt_node zone = lt_node_at(r->ds, LT_ZONE, p->position->zone);
    const char *row = lt_doc_print(&r->doc, "%s %s", lt_node_id(r->ds, zone), r->chain_id);
    lti_cell_text(r, lt_node_name(r->ds, zone));
    lti_cell_text(r, held_names(r, p->position, links));
    lti_cell_whole(r, p->fits, lti_figure(r, "position", row, "fits"));
    lti_cell_whole(r, p->first_for, lti_figure(r, "position", row, "first"));
    lti_cell_text(r, first_names(r, p->position, links));
}

static const char *zone_names(lti_report *r, const lt_claim *claim)
{
    char *names = NULL;
    size_t size;
    FILE *file = open_memstream(&names, &size);
    for (uint32_t i = 0; i < claim->count && file; i++)
        fprintf(file, "%s%s", i > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "",
                lt_node_name(r->ds, lt_node_at(r->ds, LT_ZONE, r->positions.claimants[claim->first + i])));
    if (file) fclose(file);
    return lti_of_all(r, names, claim->count, claim->count, LT_MSG_REPORT_AND_OTHERS);
}

static bool about_report(const lti_report *r, const lt_claim *claim)
{
    return lt_node_kind(r->ds, claim->to) == LT_LINK && lti_covers(r, lt_node_index(r->ds, claim->to));
}

/* Links that several zones claim. */
static void put_overlaps(lti_report *r)
{
    size_t count = 0, shown = 0;
    for (size_t i = 0; i < r->positions.link_claim_count; i++) count += about_report(r, &r->positions.link_claims[i]);
    lti_heading(r, 2, LT_MSG_REPORT_OVERLAPS);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(count, LT_MSG_REPORT_OVERLAPS_NONE, LT_MSG_REPORT_OVERLAPS_ONE, LT_MSG_REPORT_OVERLAPS_MANY),
             lti_whole(r, count, lti_figure(r, "overlaps", r->chain_id ? r->chain_id : "*", NULL)));
    if (count > OVERLAPS) LTI_TELL(r, LT_MSG_REPORT_OVERLAPS_FIRST, lti_whole(r, OVERLAPS, NULL));
    for (size_t i = 0; i < r->positions.link_claim_count && shown < OVERLAPS; i++) {
        const lt_claim *claim = &r->positions.link_claims[i];
        if (!about_report(r, claim)) continue;
        lt_doc_item(&r->doc);
        LTI_TELL(r, LT_MSG_REPORT_OVERLAP, (lt_doc_run){lt_node_name(r->ds, claim->to), NULL, true},
                 lti_whole(r, claim->apart, lti_figure(r, "claims", lt_node_id(r->ds, claim->to), NULL)),
                 lti_plain(zone_names(r, claim)));
        shown++;
    }
}

lt_code lti_section_landing(lti_report *r)
{
    place *places = calloc(r->positions.count + 1, sizeof *places);
    uint32_t *links = calloc(r->gaps.count + 1, sizeof *links);
    if (!places || !links) {
        free(places);
        free(links);
        return lti_out_of_memory(r);
    }
    size_t count = list_places(r, places), rest = 0;
    for (size_t i = 0; i < count; i++) rest += places[i].first_for + places[i].holds == 0;
    if (count > 0) lti_heading(r, 2, LT_MSG_REPORT_LANDING_WHERE);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(count, LT_MSG_REPORT_LANDING_NONE, LT_MSG_REPORT_LANDING_ONE, LT_MSG_REPORT_LANDING_MANY),
             lti_whole(r, count, lti_figure(r, "landing", r->chain_id, NULL)));
    if (count > 0) {
        if (rest > 0)
            LTI_TELL(r, rest == 1 ? LT_MSG_REPORT_LANDING_REST_ONE : LT_MSG_REPORT_LANDING_REST, lti_whole(r, rest, NULL));
        lt_doc_table(&r->doc, landing_columns, sizeof landing_columns / sizeof *landing_columns);
        for (size_t i = 0; i < count; i++)
            if (places[i].first_for + places[i].holds > 0) put_landing(r, &places[i], links);
        lti_note(r, LT_MSG_REPORT_LANDING_NOTE);
        put_overlaps(r);
    }
    free(places);
    free(links);
    return LT_OK;
}

static const lt_doc_column zone_columns[] = {
    {LT_MSG_REPORT_COLUMN_ZONE, 34, false}, {LT_MSG_COLUMN_TYPE, 12, false},       {LT_MSG_COLUMN_LEVEL, 9, false},
    {LT_MSG_REPORT_COLUMN_HELD, 10, true},  {LT_MSG_REPORT_COLUMN_FITS, 10, true}, {LT_MSG_REPORT_COLUMN_FIRST_FOR, 10, true},
    {LT_MSG_REPORT_COLUMN_RULE, 15, false},
};

static lt_message rule_state_name(uint8_t state)
{
    static const lt_message names[LT_RULE_STATES] = {[LT_RULE_KEPT] = LT_MSG_RULE_KEPT,
                                                     [LT_RULE_BROKEN] = LT_MSG_RULE_BROKEN,
                                                     [LT_RULE_UNKNOWN] = LT_MSG_RULE_UNKNOWN,
                                                     [LT_RULE_NOT_ASKED] = LT_MSG_RULE_NOT_ASKED};
    return names[state];
}

static void put_zone(lti_report *r, const place *p)
{
    const lt_zone *zone = &lt_zones(r->ds)[p->position->zone];
    const char *id = lt_dataset_string(r->ds, zone->head.id);
    lti_cell_text(r, lt_dataset_string(r->ds, zone->head.name));
    lti_cell_word(r, lti_zone_type_name(zone->type));
    lti_cell_word(r, lti_level_name(zone->level));
    lti_cell_whole(r, p->holds, lti_figure(r, "position", id, "holds"));
    lti_cell_whole(r, p->fits, lti_figure(r, "position", id, "gaps_total"));
    lti_cell_whole(r, p->first_for, lti_figure(r, "position", id, "first_for"));
    lti_cell_word(r, rule_state_name(p->position->focus_rule.state));
}

static lt_doc_run range_run(lti_report *r, uint32_t least, uint32_t most)
{
    return least == most ? lti_whole(r, least, NULL) : lti_plain(lt_doc_print(&r->doc, "%u–%u", least, most));
}

/* How the rule for leading industries stands over the zones that it is asked of. */
static void put_focus_rule(lti_report *r)
{
    size_t states[LT_RULE_STATES] = {0}, asked = 0;
    for (size_t i = 0; i < r->positions.count; i++) states[r->positions.positions[i].focus_rule.state]++;
    asked = states[LT_RULE_KEPT] + states[LT_RULE_BROKEN] + states[LT_RULE_UNKNOWN];
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    const lt_rules *rules = r->options->rules;
    if (asked == 0) lti_tell(r, LT_MSG_REPORT_RULE_NONE);
    if (asked == 0) return;
    bool begun = false;
    LTI_TELL(r, LT_MSG_REPORT_RULE, range_run(r, rules->leading_least, rules->leading_most),
             range_run(r, rules->future_least, rules->future_most), lti_whole(r, asked, "rule asked"));
    for (uint8_t state = 0; state < LT_RULE_NOT_ASKED; state++) {
        if (states[state] == 0) continue;
        if (begun) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_LIST_SEPARATOR));
        begun = true;
        LTI_TELL(r, LT_MSG_REPORT_RULE_COUNT, lti_word(r, rule_state_name(state)),
                 lti_whole(r, states[state], lti_figure(r, "rule", lt_rule_state_word((lt_rule_state)state), NULL)));
    }
    lti_tell(r, LT_MSG_REPORT_STOP);
    lti_tell(r, LT_MSG_REPORT_RULE_CAUTION);
}

static const lt_doc_column claim_columns[] = {
    {LT_MSG_COLUMN_CHAIN, 20, false},
    {LT_MSG_REPORT_COLUMN_APART, 9, true},
    {LT_MSG_REPORT_COLUMN_WHOLE, 9, true},
    {LT_MSG_COLUMN_CLAIMANTS, 62, false},
};

static void put_chain_claims(lti_report *r)
{
    size_t count = r->positions.chain_claim_count;
    lti_heading(r, 2, LT_MSG_REPORT_CHAIN_OVERLAPS);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(
        r,
        lti_by_count(count, LT_MSG_REPORT_CHAIN_OVERLAPS_NONE, LT_MSG_REPORT_CHAIN_OVERLAPS_ONE, LT_MSG_REPORT_CHAIN_OVERLAPS_MANY),
        lti_whole(r, count, NULL));
    if (count == 0) return;
    lt_doc_table(&r->doc, claim_columns, sizeof claim_columns / sizeof *claim_columns);
    for (size_t i = 0; i < count; i++) {
        const lt_claim *claim = &r->positions.chain_claims[i];
        const char *id = lt_node_id(r->ds, claim->to);
        lti_cell_text(r, lt_node_name(r->ds, claim->to));
        lti_cell_whole(r, claim->apart, lti_figure(r, "claims", id, NULL));
        lti_cell_whole(r, claim->whole, lti_figure(r, "claims-whole", id, NULL));
        lti_cell_text(r, zone_names(r, claim));
    }
    lti_note(r, LT_MSG_REPORT_CLAIMS_NOTE);
}

lt_code lti_section_zones(lti_report *r)
{
    place *places = calloc(r->positions.count + 1, sizeof *places);
    if (!places) return lti_out_of_memory(r);
    size_t count = list_places(r, places);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (r->positions.count == 0) lti_tell(r, LT_MSG_REPORT_ZONES_NONE);
    else
        LTI_TELL(r, lti_by_count(count, LT_MSG_REPORT_ZONES_NO_PLACE, LT_MSG_REPORT_ZONES_ONE, LT_MSG_REPORT_ZONES_MANY),
                 lti_whole(r, r->positions.count, "count zones"), lti_whole(r, count, "zones placed"));
    if (count > 0) {
        lti_heading(r, 2, LT_MSG_REPORT_POSITIONS);
        put_focus_rule(r);
        lt_doc_table(&r->doc, zone_columns, sizeof zone_columns / sizeof *zone_columns);
        for (size_t i = 0; i < count; i++) put_zone(r, &places[i]);
        lti_note(r, LT_MSG_REPORT_ZONES_NOTE);
        put_chain_claims(r);
        put_overlaps(r);
    }
    free(places);
    return LT_OK;
}
