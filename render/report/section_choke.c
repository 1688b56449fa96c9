/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/build.h"

static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_COLUMN_LINK, 22, false},     {LT_MSG_COLUMN_CHAIN, 16, false},        {LT_MSG_COLUMN_STATUS, 9, false},
    {LT_MSG_REPORT_COLUMN_RESEARCH, 28, false}, {LT_MSG_REPORT_COLUMN_STOPS, 25, false},
};

static lt_code put_choke(lti_report *r, uint32_t link)
{
    lt_brief brief;
    lt_target bare = {.link = link};
    lt_code code = lt_brief_make(r->briefing, r->found[link] ? r->found[link] : &bare, &brief, r->error);
    if (code != LT_OK) return code;
    const char *research = lti_item_names(r, &brief.lists[LT_BRIEF_RESEARCH], 4, LT_MSG_REPORT_OF_ALL_FIRMS);
    lti_cell_text(r, lti_link_name(r, link));
    lti_cell_text(r, lt_node_name(r->ds, lt_links(r->ds)[link].chain));
    lti_cell_word(r, lt_status_message((lt_status)r->gaps.status[link]));
    if (research[0]) lti_cell_text(r, research);
    else lti_cell_word(r, LT_MSG_REPORT_NOBODY_NAMED);
    lti_cell_blocked(r, link);
    return LT_OK;
}

lt_code lti_section_choke(lti_report *r)
{
    size_t count = 0, here = 0;
    for (size_t i = 0; i < r->link_count; i++) {
        if (!lt_links(r->ds)[r->links[i]].choke) continue;
        count++;
        here += r->gaps.coverage.producers[r->links[i]] > 0;
    }
    const char *scope = r->chain_id ? r->chain_id : "*";
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(count, LT_MSG_REPORT_CHOKE_NONE, LT_MSG_REPORT_CHOKE_ONE, LT_MSG_REPORT_CHOKE_MANY),
             lti_whole(r, count, lti_figure(r, "choke", scope, "all")));
    if (count == 0) return LT_OK;
    lt_message none = count == 1 ? LT_MSG_REPORT_CHOKE_ONE_NOT : LT_MSG_REPORT_CHOKE_HERE_NONE;
    lt_message all = count == 1 ? LT_MSG_REPORT_CHOKE_ONE_HERE : LT_MSG_REPORT_CHOKE_HERE_ALL;
    lt_message some = here == 1 ? LT_MSG_REPORT_CHOKE_HERE_ONE : LT_MSG_REPORT_CHOKE_HERE;
    LTI_TELL(r, here == 0 ? none : here == count ? all : some, lti_whole(r, here, lti_figure(r, "choke", scope, "here")));
    lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    lt_code code = LT_OK;
    for (size_t i = 0; i < r->link_count && code == LT_OK; i++)
        if (lt_links(r->ds)[r->links[i]].choke) code = put_choke(r, r->links[i]);
    lti_note(r, LT_MSG_REPORT_CHOKE_NOTE);
    return code;
}
