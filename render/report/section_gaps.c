/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gaps by what to do about them. What was never surveyed is no gap and stands apart. */
#include <stdlib.h>

#include "report/build.h"

/** Actions as offices group them: 延链 has two directions. */
static const struct {
    lt_message title, heading, meaning;
    unsigned actions; /* one bit a lt_action */
    const char *key;
} groups[] = {
    {LT_MSG_REPORT_BUILD, LT_MSG_REPORT_HEAD_BUILD, LT_MSG_REPORT_BUILD_MEANS, 1U << LT_ACTION_BUILD, "build"},
    {LT_MSG_REPORT_FILL, LT_MSG_REPORT_HEAD_FILL, LT_MSG_REPORT_FILL_MEANS, 1U << LT_ACTION_FILL, "fill"},
    {LT_MSG_REPORT_EXTEND, LT_MSG_REPORT_HEAD_EXTEND, LT_MSG_REPORT_EXTEND_MEANS,
     1U << LT_ACTION_EXTEND_FORWARD | 1U << LT_ACTION_EXTEND_BACKWARD, "extend"},
    {LT_MSG_REPORT_STRENGTHEN, LT_MSG_REPORT_HEAD_STRENGTHEN, LT_MSG_REPORT_STRENGTHEN_MEANS, 1U << LT_ACTION_STRENGTHEN,
     "strengthen"},
};
enum { GROUPS = sizeof groups / sizeof *groups };

static bool in_group(const lti_report *r, uint32_t link, size_t group)
{
    return r->gaps.status[link] != LT_STATUS_UNKNOWN && (groups[group].actions >> r->gaps.action[link] & 1U);
}

/** A gap with what it is ordered by. */
typedef struct {
    double necessity;
    uint32_t link;
} gap;

static int by_necessity(const void *left, const void *right)
{
    const gap *a = left, *b = right;
    if (a->necessity != b->necessity) return a->necessity > b->necessity ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static size_t list_group(const lti_report *r, lt_node chain, size_t group, gap *gaps)
{
    size_t count = 0;
    for (size_t i = 0; i < r->link_count; i++) {
        uint32_t link = r->links[i];
        if (!in_group(r, link, group) || (chain != LT_NONE && !lt_link_in_chain(r->ds, link, chain))) continue;
        double necessity = r->found[link] ? lt_real_written(r->found[link]->criteria[LT_CRITERION_NECESSITY]) : 0;
        if (gaps) gaps[count] = (gap){necessity, link};
        count++;
    }
    if (gaps && count > 0) qsort(gaps, count, sizeof *gaps, by_necessity);
    return count;
}

/** What is not here covers nothing, so only what is to be strengthened shows its coverage. */
static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_COLUMN_LINK, 22, false}, {LT_MSG_COLUMN_SEGMENT, 19, false},     {LT_MSG_COLUMN_STATUS, 8, false},
    {LT_MSG_COLUMN_BASIS, 11, false},       {LT_MSG_CRITERION_NECESSITY, 10, true}, {LT_MSG_REPORT_COLUMN_STOPS, 30, false},
};
static const lt_doc_column covered_columns[] = {
    {LT_MSG_REPORT_COLUMN_LINK, 19, false},  {LT_MSG_COLUMN_SEGMENT, 16, false}, {LT_MSG_COLUMN_STATUS, 8, false},
    {LT_MSG_COLUMN_BASIS, 11, false},        {LT_MSG_COLUMN_COVERAGE, 9, true},  {LT_MSG_CRITERION_NECESSITY, 9, true},
    {LT_MSG_REPORT_COLUMN_STOPS, 28, false},
};

static void put_gap(lti_report *r, const gap *g, bool covered)
{
    const lt_segment *segment = lt_link_segment(r->ds, g->link);
    const char *id = lti_link_id(r, g->link);
    lti_cell_text(r, lti_link_name(r, g->link));
    lti_cell_text(r, segment ? lt_dataset_string(r->ds, segment->name) : "");
    lti_cell_word(r, lt_status_message((lt_status)r->gaps.status[g->link]));
    lti_cell_word(r, lti_basis_name(r->gaps.basis[g->link]));
    if (covered) lti_cell(r, lti_percent(r, r->gaps.coverage.coverage[g->link], lti_figure(r, "gaps-row", id, "coverage")));
    lti_cell(r, lti_score(r, g->necessity, lti_figure(r, "targets", id, "criteria.necessity")));
    lti_cell_blocked(r, g->link);
}

static void put_group(lti_report *r, size_t group, const gap *gaps, size_t count)
{
    bool covered = groups[group].actions == 1U << LT_ACTION_STRENGTHEN;
    lti_heading(r, 2, groups[group].heading);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, count == 1 ? LT_MSG_REPORT_GROUP_ONE : LT_MSG_REPORT_GROUP, lti_word(r, groups[group].meaning),
             lti_whole(r, count, lti_figure(r, "actions", r->chain_id, groups[group].key)));
    if (covered) lt_doc_table(&r->doc, covered_columns, sizeof covered_columns / sizeof *covered_columns);
    else lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) put_gap(r, &gaps[i], covered);
}

/* Counts in one sentence: those that there are. */
static void say_groups(lti_report *r, const size_t counts[GROUPS], const char *chain)
{
    bool begun = false;
    for (size_t i = 0; i < GROUPS; i++) {
        if (counts[i] == 0) continue;
        if (begun) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_LIST_SEPARATOR));
        begun = true;
        LTI_TELL(r, LT_MSG_REPORT_STATUS_COUNT, lti_word(r, groups[i].title),
                 lti_whole(r, counts[i], lti_figure(r, "actions", chain, groups[i].key)));
    }
    lti_tell(r, LT_MSG_REPORT_STOP);
}

/* @return how many in all. */
static size_t say_intro(lti_report *r, const char *chain)
{
    size_t counts[GROUPS], total = 0, unknown = 0;
    for (size_t i = 0; i < GROUPS; i++) total += counts[i] = list_group(r, LT_NONE, i, NULL);
    for (size_t i = 0; i < r->link_count; i++) unknown += r->gaps.status[r->links[i]] == LT_STATUS_UNKNOWN;
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(total, LT_MSG_REPORT_GAPS_NONE, LT_MSG_REPORT_GAPS_ONE, LT_MSG_REPORT_GAPS_MANY),
             lti_whole(r, total, lti_figure(r, "actions", chain, "all")));
    if (total > 0) say_groups(r, counts, chain);
    if (unknown > 0)
        LTI_TELL(r, unknown == 1 ? LT_MSG_REPORT_UNKNOWN_APART_ONE : LT_MSG_REPORT_UNKNOWN_APART,
                 lti_whole(r, unknown, lti_figure(r, "gaps", chain, "by_status.unknown")));
    return total;
}

lt_code lti_section_gaps(lti_report *r)
{
    gap *gaps = calloc(r->link_count + 1, sizeof *gaps);
    if (!gaps) return lti_out_of_memory(r);
    size_t total = say_intro(r, r->chain_id);
    bool covered = list_group(r, LT_NONE, GROUPS - 1, NULL) > 0;
    for (size_t i = 0; i < GROUPS; i++) {
        size_t count = list_group(r, LT_NONE, i, gaps);
        if (count > 0) put_group(r, i, gaps, count);
    }
    if (total > 0) lti_note(r, covered ? LT_MSG_REPORT_GAPS_NOTE : LT_MSG_REPORT_GAPS_NOTE_NECESSITY);
    free(gaps);
    return LT_OK;
}

static const lt_doc_column city_columns[] = {
    {LT_MSG_COLUMN_CHAIN, 30, false},  {LT_MSG_REPORT_BUILD, 12, true},      {LT_MSG_REPORT_FILL, 12, true},
    {LT_MSG_REPORT_EXTEND, 12, true},  {LT_MSG_REPORT_STRENGTHEN, 12, true}, {LT_MSG_REPORT_COLUMN_SUM, 12, true},
    {LT_MSG_STATUS_UNKNOWN, 12, true},
};

static void put_city_row(lti_report *r, uint32_t c)
{
    lt_node chain = lt_node_at(r->ds, LT_CHAIN, c);
    const char *id = lt_node_id(r->ds, chain);
    size_t sum = 0;
    lti_cell_text(r, lt_node_name(r->ds, chain));
    for (size_t i = 0; i < GROUPS; i++) {
        size_t count = list_group(r, chain, i, NULL);
        sum += count;
        lti_cell_whole(r, count, lti_figure(r, "actions", id, groups[i].key));
    }
    lti_cell_whole(r, sum, lti_figure(r, "actions", id, "all"));
    lti_cell_whole(r, r->gaps.chains[c].by_status[LT_STATUS_UNKNOWN], lti_figure(r, "gaps", id, "by_status.unknown"));
}

lt_code lti_section_city_gaps(lti_report *r)
{
    size_t total = say_intro(r, "*");
    if (total == 0 || r->gaps.chain_count == 0) return LT_OK;
    lt_doc_table(&r->doc, city_columns, sizeof city_columns / sizeof *city_columns);
    for (uint32_t i = 0; i < r->gaps.chain_count; i++) put_city_row(r, r->chains[i]);
    lti_note(r, LT_MSG_REPORT_CITY_GAPS_NOTE);
    return LT_OK;
}
