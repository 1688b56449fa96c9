/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a chain, or the city, stands: one paragraph of figures, then what it is made of. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/build.h"

enum { NAMES = 6 };

/** Best first: how statuses are counted up in a sentence. */
static const lt_status statuses[LT_STATUSES] = {LT_STATUS_STRONG,   LT_STATUS_ADEQUATE, LT_STATUS_SINGLE, LT_STATUS_WEAK,
                                                LT_STATUS_PIPELINE, LT_STATUS_MISSING,  LT_STATUS_UNKNOWN};

static const char *status_key(lti_report *r, const char *chain, lt_status status)
{
    return lti_figure(r, "gaps", chain, lt_doc_print(&r->doc, "by_status.%s", lt_status_word(status)));
}

/* "优势1个、单一2个": those that there are. */
static void say_statuses(lti_report *r, const lt_chain_gaps *g, const char *chain)
{
    bool begun = false;
    lti_tell(r, LT_MSG_REPORT_BY_STATUS);
    for (int i = 0; i < LT_STATUSES; i++) {
        if (g->by_status[statuses[i]] == 0) continue;
        if (begun) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_LIST_SEPARATOR));
        begun = true;
        LTI_TELL(r, LT_MSG_REPORT_STATUS_COUNT, lti_word(r, lt_status_message(statuses[i])),
                 lti_whole(r, g->by_status[statuses[i]], status_key(r, chain, statuses[i])));
    }
    lti_tell(r, LT_MSG_REPORT_STOP);
}

static uint32_t present_links(const lt_chain_gaps *g)
{
    return g->by_status[LT_STATUS_WEAK] + g->by_status[LT_STATUS_SINGLE] + g->by_status[LT_STATUS_ADEQUATE] +
           g->by_status[LT_STATUS_STRONG];
}

static void say_rates(lti_report *r, const lt_chain_gaps *g, const char *chain)
{
    if (isnan(g->completeness)) lti_tell(r, LT_MSG_REPORT_NO_COMPLETENESS);
    else LTI_TELL(r, LT_MSG_REPORT_COMPLETENESS, lti_percent(r, g->completeness, lti_figure(r, "gaps", chain, "completeness")));
    uint64_t groups = 0, met = 0; /* of the report's links that are here: a rate of few groups says little */
    for (size_t i = 0; i < r->link_count; i++) {
        if (!r->gaps.coverage.present[r->links[i]]) continue;
        groups += r->gaps.producible.groups[r->links[i]];
        met += r->gaps.producible.groups_met[r->links[i]];
    }
    if (!isnan(g->local_supply_rate))
        LTI_TELL(r, LT_MSG_REPORT_SUPPLY_RATE,
                 lti_percent(r, g->local_supply_rate, lti_figure(r, "gaps", chain, "local_supply_rate")),
                 lti_whole(r, groups, NULL), lti_whole(r, met, NULL));
    else lti_tell(r, present_links(g) > 0 ? LT_MSG_REPORT_SUPPLY_NO_INPUTS : LT_MSG_REPORT_SUPPLY_NO_LINKS);
}

/* Finals of the report that can be made entirely here. */
static const char *made_names(lti_report *r)
{
    size_t count = 0;
    uint32_t *made = calloc(r->link_count + 1, sizeof *made);
    r->doc.failed |= !made;
    for (size_t i = 0; i < r->link_count && made; i++)
        if (lt_links(r->ds)[r->links[i]].final && r->gaps.producible.producible[r->links[i]]) made[count++] = r->links[i];
    const char *names = made ? lti_link_names(r, made, count, NAMES, true) : "";
    free(made);
    return names;
}

static void say_finals(lti_report *r, const lt_chain_gaps *g, const char *chain)
{
    lt_doc_run finals = lti_whole(r, g->finals, lti_figure(r, "gaps", chain, "finals"));
    lt_doc_run made = lti_whole(r, g->producible_finals, lti_figure(r, "gaps", chain, "producible_finals"));
    if (g->finals == 0) lti_tell(r, LT_MSG_REPORT_FINALS_NONE);
    else if (g->producible_finals == 0)
        LTI_TELL(r, g->finals == 1 ? LT_MSG_REPORT_FINAL_ONE_NOT : LT_MSG_REPORT_FINALS_NOT, finals);
    else if (g->producible_finals == g->finals)
        LTI_TELL(r, g->finals == 1 ? LT_MSG_REPORT_FINAL_ONE_ALL : LT_MSG_REPORT_FINALS_ALL, finals);
    else LTI_TELL(r, LT_MSG_REPORT_FINALS_SOME, finals, made, lti_plain(made_names(r)));
}

static lt_doc_run figure_value(lti_report *r, const lt_figure *f, const char *chain, const char *which)
{
    return lti_value(r, f->value, lti_figure(r, "chain", chain, which));
}

static lt_doc_run string_run(const lti_report *r, lt_string text)
{
    return lti_plain(lt_dataset_string(r->ds, text));
}

static lt_doc_run year_run(lti_report *r, int32_t year)
{
    char number[16];
    snprintf(number, sizeof number, "%d", year);
    return year ? lti_phrase(r, LT_MSG_REPORT_YEAR, LTI_WORDS(number)) : lti_word(r, LT_MSG_REPORT_NO_YEAR);
}

/* Distance and yearly growth, where goal and baseline measure the same; where only their units are the same, as what would
   follow if they did. */
static void say_distance(lti_report *r, const lt_figure *goal, const lt_figure *base, const char *chain)
{
    bool grows = base->value > 0 && base->year && goal->year > base->year && base->value < goal->value;
    double growth = grows ? pow(goal->value / base->value, 1.0 / (goal->year - base->year)) - 1 : NAN;
    lt_doc_run distance = lti_value(r, lt_real_written(goal->value - base->value), lti_figure(r, "distance", chain, NULL));
    lt_doc_run rate = lti_percent(r, growth, lti_figure(r, "growth", chain, NULL));
    lt_doc_run unit = string_run(r, goal->unit), from = year_run(r, base->year), to = year_run(r, goal->year);
    LTI_TELL(r, LT_MSG_REPORT_BASELINE, from, string_run(r, base->metric), figure_value(r, base, chain, "baseline"),
             string_run(r, base->unit));
    if (goal->metric != base->metric && goal->unit == base->unit && grows)
        LTI_TELL(r, LT_MSG_REPORT_DISTANCE_LOOSE, distance, unit, from, to, rate);
    else if (goal->metric != base->metric || goal->unit != base->unit) lti_tell(r, LT_MSG_REPORT_DISTANCE_UNLIKE);
    else if (base->value >= goal->value) lti_tell(r, LT_MSG_REPORT_DISTANCE_REACHED);
    else {
        LTI_TELL(r, LT_MSG_REPORT_DISTANCE, distance, unit);
        if (grows) LTI_TELL(r, LT_MSG_REPORT_GROWTH, from, to, rate);
    }
}

static void say_goal(lti_report *r)
{
    const lt_chain *chain = &lt_chains(r->ds)[lt_node_index(r->ds, r->chain)];
    const lt_figure *goal = &chain->goal, *base = &chain->baseline;
    bool has_goal = goal->metric && !isnan(goal->value), has_base = base->metric && !isnan(base->value);
    if (has_goal)
        LTI_TELL(r, LT_MSG_REPORT_GOAL, year_run(r, goal->year), string_run(r, goal->metric),
                 figure_value(r, goal, r->chain_id, "goal"), string_run(r, goal->unit));
    if (has_goal && has_base) say_distance(r, goal, base, r->chain_id);
    else if (has_goal) lti_tell(r, LT_MSG_REPORT_NO_BASELINE);
    else if (has_base)
        LTI_TELL(r, LT_MSG_REPORT_BASELINE_ALONE, year_run(r, base->year), string_run(r, base->metric),
                 figure_value(r, base, r->chain_id, "baseline"), string_run(r, base->unit));
    else lti_tell(r, LT_MSG_REPORT_NO_GOAL);
}

/** Links of a segment, or of none, by status. */
typedef struct {
    uint32_t links, by_status[LT_STATUSES];
} tally;

static tally tally_segment(const lti_report *r, const lt_segment *segment)
{
    tally sum = {0};
    for (size_t i = 0; i < r->link_count; i++) {
        uint32_t link = r->links[i];
        bool own = lt_links(r->ds)[link].chain == r->chain;
        const lt_segment *of = own ? lt_link_segment(r->ds, link) : NULL;
        if (of != segment) continue;
        sum.links++;
        sum.by_status[r->gaps.status[link]]++;
    }
    return sum;
}

static void put_tally(lti_report *r, const tally *sum, const char *segment)
{
    const char *row = lt_doc_print(&r->doc, "%s %s", r->chain_id, segment);
    lti_cell_whole(r, sum->links, lti_figure(r, "segment", row, "links"));
    for (int i = 0; i < LT_STATUSES; i++)
        lti_cell_whole(r, sum->by_status[statuses[i]], lti_figure(r, "segment", row, lt_status_word(statuses[i])));
}

static const lt_doc_column segment_columns[] = {
    {LT_MSG_COLUMN_SEGMENT, 26, false}, {LT_MSG_COLUMN_STAGE, 10, false},  {LT_MSG_COLUMN_LINKS, 10, true},
    {LT_MSG_STATUS_STRONG, 8, true},    {LT_MSG_STATUS_ADEQUATE, 8, true}, {LT_MSG_STATUS_SINGLE, 8, true},
    {LT_MSG_STATUS_WEAK, 8, true},      {LT_MSG_STATUS_PIPELINE, 8, true}, {LT_MSG_STATUS_MISSING, 8, true},
    {LT_MSG_STATUS_UNKNOWN, 10, true},
};

static void put_segments(lti_report *r)
{
    const lt_chain *chain = &lt_chains(r->ds)[lt_node_index(r->ds, r->chain)];
    tally rest = tally_segment(r, NULL);
    lt_doc_table(&r->doc, segment_columns, sizeof segment_columns / sizeof *segment_columns);
    for (uint32_t i = 0; i < chain->segments.count; i++) {
        const lt_segment *segment = lt_list_segment(r->ds, chain->segments, i);
        tally sum = tally_segment(r, segment);
        lti_cell_text(r, lt_dataset_string(r->ds, segment->name));
        lti_cell_word(r, lti_stage_name(segment->stage));
        put_tally(r, &sum, lt_dataset_string(r->ds, segment->id));
    }
    if (rest.links == 0) return;
    lti_cell_word(r, LT_MSG_REPORT_SHARED);
    lti_cell_word(r, LT_MSG_REPORT_DASH);
    put_tally(r, &rest, "-");
}

lt_code lti_section_standing(lti_report *r)
{
    const lt_chain_gaps *g = &r->gaps.chains[lt_node_index(r->ds, r->chain)];
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (g->links == 0) {
        LTI_TELL(r, LT_MSG_REPORT_NO_LINKS, lti_plain(r->chain_name));
        say_goal(r);
        return LT_OK;
    }
    LTI_TELL(r, g->links == 1 ? LT_MSG_REPORT_ONE_LINK : LT_MSG_REPORT_LINKS, lti_plain(r->chain_name),
             lti_whole(r, g->links, lti_figure(r, "gaps", r->chain_id, "links")));
    say_statuses(r, g, r->chain_id);
    if (present_links(g) == 0) lti_tell(r, LT_MSG_REPORT_NONE_PRESENT);
    say_finals(r, g, r->chain_id);
    say_rates(r, g, r->chain_id);
    if (2 * g->by_status[LT_STATUS_UNKNOWN] >= g->links)
        LTI_TELL(
            r, LT_MSG_REPORT_CAUTION,
            lti_percent(r, (double)g->by_status[LT_STATUS_UNKNOWN] / g->links, lti_figure(r, "share", r->chain_id, "unknown")));
    say_goal(r);
    lti_heading(r, 2, LT_MSG_REPORT_SEGMENTS);
    put_segments(r);
    lti_note(r, LT_MSG_REPORT_SEGMENTS_NOTE);
    lti_put_chain_goals(r);
    return LT_OK;
}

static const lt_doc_column chain_columns[] = {
    {LT_MSG_COLUMN_CHAIN, 24, false},       {LT_MSG_COLUMN_LINKS, 8, true},        {LT_MSG_STATUS_STRONG, 7, true},
    {LT_MSG_STATUS_ADEQUATE, 7, true},      {LT_MSG_STATUS_SINGLE, 7, true},       {LT_MSG_STATUS_WEAK, 7, true},
    {LT_MSG_STATUS_PIPELINE, 7, true},      {LT_MSG_STATUS_MISSING, 7, true},      {LT_MSG_STATUS_UNKNOWN, 8, true},
    {LT_MSG_COLUMN_COMPLETENESS, 10, true}, {LT_MSG_REPORT_COLUMN_RATE, 11, true}, {LT_MSG_REPORT_COLUMN_MADE, 11, true},
};

static void put_chain(lti_report *r, uint32_t i)
{
    const lt_chain_gaps *g = &r->gaps.chains[i];
    lt_node chain = lt_node_at(r->ds, LT_CHAIN, i);
    const char *id = lt_node_id(r->ds, chain);
    lti_cell_text(r, lt_node_name(r->ds, chain));
    lti_cell_whole(r, g->links, lti_figure(r, "gaps", id, "links"));
    for (int s = 0; s < LT_STATUSES; s++) lti_cell_whole(r, g->by_status[statuses[s]], status_key(r, id, statuses[s]));
    lti_cell(r, lti_percent(r, g->completeness, lti_figure(r, "gaps", id, "completeness")));
    lti_cell(r, lti_percent(r, g->local_supply_rate, lti_figure(r, "gaps", id, "local_supply_rate")));
    lt_doc_cell(&r->doc);
    lt_doc_run_add(&r->doc, lti_whole(r, g->producible_finals, lti_figure(r, "gaps", id, "producible_finals")));
    lt_doc_run_add(&r->doc, lti_plain("/"));
    lt_doc_run_add(&r->doc, lti_whole(r, g->finals, lti_figure(r, "gaps", id, "finals")));
}

static void put_chains(lti_report *r)
{
    lt_doc_table(&r->doc, chain_columns, sizeof chain_columns / sizeof *chain_columns);
    for (uint32_t i = 0; i < r->gaps.chain_count; i++) put_chain(r, r->chains[i]);
    lti_note(r, LT_MSG_REPORT_CHAINS_NOTE);
}

/* The whole dataset's links, each once, whatever chains it serves. */
static lt_chain_gaps city_gaps(const lti_report *r)
{
    lt_chain_gaps all = {.completeness = NAN, .local_supply_rate = NAN};
    double weight = 0, covered = 0;
    uint64_t groups = 0, met = 0;
    for (size_t i = 0; i < r->link_count; i++) {
        uint32_t link = r->links[i];
        const lt_link *record = &lt_links(r->ds)[link];
        all.links++;
        all.by_status[r->gaps.status[link]]++;
        all.finals += record->final;
        all.producible_finals += record->final && r->gaps.producible.producible[link];
        weight += record->importance;
        covered += record->importance * r->gaps.coverage.coverage[link];
        if (!r->gaps.coverage.present[link]) continue;
        groups += r->gaps.producible.groups[link];
        met += r->gaps.producible.groups_met[link];
    }
    if (weight > 0) all.completeness = covered / weight;
    if (groups > 0) all.local_supply_rate = (double)met / (double)groups;
    return all;
}

lt_code lti_section_overview(lti_report *r)
{
    lt_chain_gaps all = city_gaps(r);
    size_t chains = lt_count(r->ds, LT_CHAIN), led = 0;
    for (size_t i = 0; i < chains; i++) led += lt_chains(r->ds)[i].tier != LT_TIER_OTHER;
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (all.links == 0) {
        LTI_TELL(r, lti_by_count(chains, LT_MSG_REPORT_CITY_EMPTY, LT_MSG_REPORT_CITY_ONE_NO_LINKS, LT_MSG_REPORT_CITY_NO_LINKS),
                 lti_whole(r, chains, "count chains"));
    } else {
        LTI_TELL(r, lti_by_count(chains, LT_MSG_REPORT_CITY_NO_CHAIN, LT_MSG_REPORT_CITY_ONE_CHAIN, LT_MSG_REPORT_CITY_CHAINS),
                 lti_whole(r, chains, "count chains"), lti_whole(r, all.links, "city links"));
        if (led > 0 && led < chains)
            LTI_TELL(r, LT_MSG_REPORT_CITY_LED, lti_whole(r, led, "city led"), lti_whole(r, chains - led, "city other"));
        say_statuses(r, &all, "*");
        if (present_links(&all) == 0) lti_tell(r, LT_MSG_REPORT_NONE_PRESENT);
        say_finals(r, &all, "*");
        say_rates(r, &all, "*");
        if (2 * all.by_status[LT_STATUS_UNKNOWN] >= all.links)
            LTI_TELL(r, LT_MSG_REPORT_CAUTION,
                     lti_percent(r, (double)all.by_status[LT_STATUS_UNKNOWN] / all.links, "share * unknown"));
    }
    if (chains > 0) put_chains(r);
    return LT_OK;
}
