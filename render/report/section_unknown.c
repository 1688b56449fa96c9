/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was never surveyed: no gap, but a question, and whom to put it to. */
#include "report/build.h"

enum { SHOWN = 30 };

static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_COLUMN_LINK, 25, false},      {LT_MSG_COLUMN_SEGMENT, 21, false},
    {LT_MSG_REPORT_COLUMN_IF_MISSING, 13, true}, {LT_MSG_REPORT_COLUMN_STOPS_COUNT, 13, true},
    {LT_MSG_REPORT_COLUMN_ASK, 28, false},
};
static const lt_doc_column city_columns[] = {
    {LT_MSG_REPORT_COLUMN_LINK, 25, false},      {LT_MSG_COLUMN_CHAIN, 18, false},
    {LT_MSG_REPORT_COLUMN_IF_MISSING, 13, true}, {LT_MSG_REPORT_COLUMN_STOPS_COUNT, 13, true},
    {LT_MSG_REPORT_COLUMN_ASK, 31, false},
};

/* Where it would stand on the list. */
static size_t rank_if_missing(const lti_report *r, const lt_target *t)
{
    size_t rank = 1;
    double score = lt_real_written(t->score);
    for (size_t i = 0; i < r->targets.listed_count; i++) {
        double other = lt_real_written(r->targets.listed[i].score);
        rank += other > score || (other == score && r->targets.listed[i].link < t->link);
    }
    return rank;
}

static lt_code put_row(lti_report *r, const lt_target *t)
{
    lt_brief brief;
    lt_code code = lt_brief_make(r->briefing, t, &brief, r->error);
    if (code != LT_OK) return code;
    const char *id = lti_link_id(r, t->link);
    lt_node ask = lt_brief_first_to_ask(r->ds, &brief);
    lti_cell_text(r, lti_link_name(r, t->link));
    const lt_segment *segment = lt_link_segment(r->ds, t->link);
    if (r->chain == LT_NONE) lti_cell_text(r, lt_node_name(r->ds, lt_links(r->ds)[t->link].chain));
    else lti_cell_text(r, segment ? lt_dataset_string(r->ds, segment->name) : "");
    lti_cell_whole(r, rank_if_missing(r, t), lti_figure(r, "unknown", id, "rank_if_missing"));
    lti_cell_whole(r, t->blocked_finals, lti_figure(r, "unknown", id, "blocked_finals"));
    if (ask != LT_NONE) lti_cell_text(r, lt_node_name(r->ds, ask));
    else lti_cell_word(r, LT_MSG_REPORT_ASK_NOBODY);
    return LT_OK;
}

lt_code lti_section_unknown(lti_report *r)
{
    size_t count = 0, shown = 0;
    lt_code code = LT_OK;
    for (size_t i = 0; i < r->targets.unknown_count; i++) count += lti_covers(r, r->targets.unknown[i].link);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(count, LT_MSG_REPORT_UNKNOWN_NONE, LT_MSG_REPORT_UNKNOWN_ONE, LT_MSG_REPORT_UNKNOWN_MANY),
             lti_whole(r, count, lti_figure(r, "gaps", r->chain_id ? r->chain_id : "*", "by_status.unknown")));
    if (count == 0) return LT_OK;
    size_t most = r->chain == LT_NONE && count > SHOWN ? SHOWN : count; /* a chain's list is handed out, so it is whole */
    if (count > most) LTI_TELL(r, LT_MSG_REPORT_UNKNOWN_FIRST, lti_whole(r, most, NULL));
    if (r->chain == LT_NONE) lt_doc_table(&r->doc, city_columns, sizeof city_columns / sizeof *city_columns);
    else lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->targets.unknown_count && shown < most && code == LT_OK; i++) {
        if (!lti_covers(r, r->targets.unknown[i].link)) continue;
        code = put_row(r, &r->targets.unknown[i]);
        shown++;
    }
    lti_note(r, LT_MSG_REPORT_UNKNOWN_NOTE);
    return code;
}
