/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom to attract first, and for the first of them whom to visit, where it may land and by which means. */
#include <string.h>

#include "report/build.h"

enum { LISTED = 20, SLACK = 10, TOLD = 5, NAMED = 6 }; /* a few more than LISTED are listed too */

static const lt_doc_column columns[] = {
    {LT_MSG_COLUMN_RANK, 7, true},
    {LT_MSG_REPORT_COLUMN_LINK, 22, false},
    {LT_MSG_COLUMN_ACTION, 13, false},
    {LT_MSG_COLUMN_STATUS, 8, false},
    {LT_MSG_COLUMN_SCORE, 9, true},
    {LT_MSG_COLUMN_LANDING, 22, false},
    {LT_MSG_REPORT_COLUMN_CANDIDATES, 19, false},
};
static const lt_doc_column city_columns[] = {
    {LT_MSG_COLUMN_RANK, 7, true},
    {LT_MSG_REPORT_COLUMN_LINK, 20, false},
    {LT_MSG_COLUMN_CHAIN, 14, false},
    {LT_MSG_COLUMN_ACTION, 12, false},
    {LT_MSG_COLUMN_SCORE, 8, true},
    {LT_MSG_COLUMN_LANDING, 20, false},
    {LT_MSG_REPORT_COLUMN_CANDIDATES, 19, false},
};

static const char *landing(const lti_report *r, const lt_brief *brief)
{
    const lt_brief_items *zones = &brief->lists[LT_BRIEF_ZONES];
    return zones->count > 0 ? lt_node_name(r->ds, zones->items[0].node) : "";
}

static lt_code put_row(lti_report *r, const lt_target *t)
{
    lt_brief brief;
    lt_code code = lt_brief_make(r->briefing, t, &brief, r->error);
    if (code != LT_OK) return code;
    const char *id = lti_link_id(r, t->link);
    lti_cell_whole(r, r->target_rank[t->link], lti_figure(r, "targets", id, "rank_overall"));
    lti_cell_text(r, lti_link_name(r, t->link));
    if (r->chain == LT_NONE) lti_cell_text(r, lt_node_name(r->ds, lt_links(r->ds)[t->link].chain));
    lti_cell_word(r, lt_action_message((lt_action)r->gaps.action[t->link]));
    if (r->chain != LT_NONE) lti_cell_word(r, lt_status_message((lt_status)r->gaps.status[t->link]));
    lti_cell(r, lti_score(r, t->score, lti_figure(r, "targets", id, "score")));
    if (landing(r, &brief)[0]) lti_cell_text(r, landing(r, &brief));
    else lti_cell_word(r, LT_MSG_REPORT_NO_ZONE);
    const char *candidates = lti_item_names(r, &brief.lists[LT_BRIEF_CANDIDATES], 2, LT_MSG_REPORT_OF_ALL_FIRMS);
    if (candidates[0]) lti_cell_text(r, candidates);
    else lti_cell_word(r, LT_MSG_REPORT_NOBODY_NAMED);
    return LT_OK;
}

/* One line: what is visited, and whom; nobody is said too. */
static void put_visit(lti_report *r, lt_message title, const char *names, lt_message none)
{
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, title, names[0] ? lti_plain(names) : lti_word(r, none));
}

static const char *customer_names(lti_report *r, const lt_brief *brief)
{
    static const lt_brief_list lists[] = {LT_BRIEF_CUSTOMERS, LT_BRIEF_NAMED_CUSTOMERS, LT_BRIEF_SUPPLIERS};
    static const lt_message titles[] = {LT_MSG_REPORT_CUSTOMERS, LT_MSG_REPORT_NAMED_CUSTOMERS, LT_MSG_REPORT_SUPPLIERS};
    const char *joined = "";
    for (size_t i = 0; i < 3; i++) {
        const char *names = lti_item_names(r, &brief->lists[lists[i]], NAMED, LT_MSG_REPORT_OF_ALL_FIRMS);
        if (!names[0]) continue;
        const char *part = lti_phrase(r, titles[i], LTI_WORDS(names)).text;
        joined =
            lt_doc_print(&r->doc, "%s%s%s", joined, joined[0] ? lt_message_pattern(r->doc.lang, LT_MSG_PART_SEPARATOR) : "", part);
    }
    return joined;
}

static const char *advice_names(lti_report *r, const lt_advice *advice, size_t count)
{
    const char *joined = "";
    for (size_t i = 0; i < count; i++)
        joined = lt_doc_print(&r->doc, "%s%s%s", joined, i > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "",
                              advice[i].rule->name[r->doc.lang]);
    return joined;
}

static void put_state(lti_report *r, const lt_target *t)
{
    const lt_coverage *c = &r->gaps.coverage;
    const char *id = lti_link_id(r, t->link);
    lt_doc_run covered = lti_percent(r, c->coverage[t->link], lti_figure(r, "gaps-row", id, "coverage"));
    switch (r->gaps.status[t->link]) {
    case LT_STATUS_MISSING: lti_tell(r, LT_MSG_REPORT_WHY_MISSING); break;
    case LT_STATUS_PIPELINE: lti_tell(r, LT_MSG_REPORT_WHY_PIPELINE); break;
    case LT_STATUS_WEAK: LTI_TELL(r, LT_MSG_REPORT_WHY_WEAK, covered); break;
    default: LTI_TELL(r, c->producers[t->link] == 1 ? LT_MSG_REPORT_WHY_SINGLE : LT_MSG_REPORT_WHY_CONCENTRATED, covered);
    }
}

static void put_why(lti_report *r, const lt_target *t)
{
    const char *id = lti_link_id(r, t->link);
    const lt_link *link = &lt_links(r->ds)[t->link];
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    put_state(r, t);
    if (t->blocked_finals > 0)
        LTI_TELL(r, t->blocked_finals == 1 ? LT_MSG_REPORT_WHY_STOPS_ONE : LT_MSG_REPORT_WHY_STOPS,
                 lti_whole(r, t->blocked_finals, lti_figure(r, "targets", id, "blocked_finals")));
    if (t->unlocked > 0)
        LTI_TELL(r, t->unlocked == 1 ? LT_MSG_REPORT_WHY_UNLOCKS_ONE : LT_MSG_REPORT_WHY_UNLOCKS,
                 lti_whole(r, t->unlocked, lti_figure(r, "targets", id, "unlocked")));
    if (t->consumers > 0 && t->consumers_present > 0) {
        lt_message some = t->consumers_present == 1 ? LT_MSG_REPORT_WHY_PULL_SOME_ONE : LT_MSG_REPORT_WHY_PULL;
        lt_message all = t->consumers == 1 ? LT_MSG_REPORT_WHY_PULL_ONE : LT_MSG_REPORT_WHY_PULL_ALL;
        LTI_TELL(r, t->consumers_present == t->consumers ? all : some, lti_whole(r, t->consumers, NULL),
                 lti_whole(r, t->consumers_present, NULL));
    }
    if (link->choke) lti_tell(r, LT_MSG_REPORT_WHY_CHOKE);
    else if (link->priority) lti_tell(r, LT_MSG_REPORT_WHY_PRIORITY);
}

static lt_code put_told(lti_report *r, const lt_target *t)
{
    lt_brief brief;
    lt_code code = lt_brief_make(r->briefing, t, &brief, r->error);
    if (code != LT_OK) return code;
    lt_doc_heading(&r->doc, 3);
    lt_doc_run_add(&r->doc, lti_plain(lti_link_name(r, t->link)));
    put_why(r, t);
    put_visit(r, LT_MSG_REPORT_VISIT_FIRMS, lti_item_names(r, &brief.lists[LT_BRIEF_CANDIDATES], NAMED, LT_MSG_REPORT_OF_ALL_FIRMS),
              LT_MSG_REPORT_VISIT_NO_FIRM);
    put_visit(r, LT_MSG_REPORT_VISIT_ASSOCIATIONS,
              lti_item_names(r, &brief.lists[LT_BRIEF_ASSOCIATIONS], NAMED, LT_MSG_REPORT_OF_ALL_FIRMS),
              LT_MSG_REPORT_NOBODY_NAMED);
    put_visit(r, LT_MSG_REPORT_VISIT_RESEARCH,
              lti_item_names(r, &brief.lists[LT_BRIEF_RESEARCH], NAMED, LT_MSG_REPORT_OF_ALL_FIRMS), LT_MSG_REPORT_NOBODY_NAMED);
    put_visit(r, LT_MSG_REPORT_VISIT_CUSTOMERS, customer_names(r, &brief), LT_MSG_REPORT_NOBODY_NAMED);
    put_visit(r, LT_MSG_REPORT_TOLD_REGIONS, lti_item_names(r, &brief.lists[LT_BRIEF_REGIONS], NAMED, LT_MSG_REPORT_OF_ALL_PLACES),
              LT_MSG_REPORT_NOBODY_NAMED);
    put_visit(r, LT_MSG_REPORT_TOLD_ZONES, lti_item_names(r, &brief.lists[LT_BRIEF_ZONES], NAMED, LT_MSG_REPORT_OF_ALL_PLACES),
              LT_MSG_REPORT_NO_ZONE);
    put_visit(r, LT_MSG_REPORT_TOLD_MEANS, advice_names(r, brief.instruments, brief.instrument_count), LT_MSG_REPORT_NO_MEANS);
    put_visit(r, LT_MSG_REPORT_TOLD_WAYS, advice_names(r, brief.ways, brief.way_count), LT_MSG_REPORT_NO_MEANS);
    return LT_OK;
}

/* Each target of the report in turn, `most` of them. */
static lt_code each_target(lti_report *r, size_t most, lt_code (*put)(lti_report *r, const lt_target *t))
{
    lt_code code = LT_OK;
    for (size_t i = 0, done = 0; i < r->targets.listed_count && done < most && code == LT_OK; i++) {
        if (!lti_covers(r, r->targets.listed[i].link)) continue;
        code = put(r, &r->targets.listed[i]);
        done++;
    }
    return code;
}

lt_code lti_section_targets(lti_report *r)
{
    size_t own = 0;
    for (size_t i = 0; i < r->targets.listed_count; i++) own += lti_covers(r, r->targets.listed[i].link);
    bool city = r->chain == LT_NONE;
    size_t shown = city || own > LISTED + SLACK ? LISTED : own;
    lt_doc_run count = lti_whole(r, own, lti_figure(r, "listed", city ? "*" : r->chain_id, NULL));
    lt_doc_run all = lti_whole(r, r->targets.listed_count, "listed *");
    if (own > 0 && !city) lti_heading(r, 2, LT_MSG_REPORT_LIST);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (own == 0) return lti_tell(r, LT_MSG_REPORT_TARGETS_NONE), LT_OK;
    if (city) LTI_TELL(r, own == 1 ? LT_MSG_REPORT_TARGETS_CITY_ONE : LT_MSG_REPORT_TARGETS_CITY, count);
    else LTI_TELL(r, own == 1 ? LT_MSG_REPORT_TARGETS_ONE : LT_MSG_REPORT_TARGETS_MANY, count, all);
    if (own > shown) LTI_TELL(r, LT_MSG_REPORT_TARGETS_FIRST, lti_whole(r, shown, NULL), lti_whole(r, own - shown, NULL));
    if (city) lt_doc_table(&r->doc, city_columns, sizeof city_columns / sizeof *city_columns);
    else lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    lt_code code = each_target(r, shown, put_row);
    lti_note(r, LT_MSG_REPORT_TARGETS_NOTE);
    if (code != LT_OK || city) return code;
    lti_heading(r, 2, LT_MSG_TITLE_VISITS);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (own > TOLD) LTI_TELL(r, LT_MSG_REPORT_VISITS_FIRST, lti_whole(r, TOLD, NULL));
    else lti_tell(r, LT_MSG_REPORT_VISITS_ALL);
    return each_target(r, TOLD, put_told);
}
