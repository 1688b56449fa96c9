/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who leads (双长制), who is missing, and whom one might ask. */
#include "report/build.h"

static const lt_message roles[LT_LEAD_ROLES] = {LT_MSG_REPORT_ROLE_LEADER, LT_MSG_REPORT_ROLE_UNIT, LT_MSG_REPORT_ROLE_ALLIANCE};

static const lt_chain_lead *lead_of(const lti_report *r, lt_node chain)
{
    for (size_t i = 0; i < r->lead_count; i++)
        if (r->leads[i].chain == chain) return &r->leads[i];
    return NULL;
}

static const char *append(lti_report *r, const char *joined, const char *name)
{
    return lt_doc_print(&r->doc, "%s%s%s", joined, joined[0] ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "", name);
}

static const char *holders(lti_report *r, lt_node chain, int role)
{
    const char *joined = "";
    for (size_t i = 0; i < lt_count(r->ds, LT_LEAD); i++) {
        const lt_edge *edge = &lt_leads(r->ds)[i].edge;
        if (edge->to == chain && edge->role == role) joined = append(r, joined, lt_node_name(r->ds, edge->from));
    }
    return joined;
}

static const char *vacant_roles(lti_report *r, const lt_chain_lead *lead)
{
    const char *joined = "";
    for (int role = 0; role < LT_LEAD_ROLES; role++)
        if (lead->lacks[role]) joined = append(r, joined, lt_message_pattern(r->doc.lang, roles[role]));
    return joined;
}

static const char *proposals(lti_report *r, const lt_chain_lead *lead)
{
    const char *joined = "";
    for (size_t i = 0; i < lead->proposal_count; i++) joined = append(r, joined, lt_node_name(r->ds, lead->proposals[i]));
    return joined;
}

static void put_chain(lti_report *r)
{
    const lt_chain_lead *lead = lead_of(r, r->chain);
    lti_tell(r, lead ? LT_MSG_REPORT_LEADS_RULE : LT_MSG_REPORT_LEADS_OUTSIDE);
    for (int role = 0; role < LT_LEAD_ROLES; role++) {
        const char *names = holders(r, r->chain, role);
        if (names[0]) LTI_TELL(r, LT_MSG_REPORT_LEADS_NAMED, lti_word(r, roles[role]), lti_plain(names));
    }
    if (!lead) return;
    const char *vacant = vacant_roles(r, lead), *proposed = proposals(r, lead);
    if (vacant[0]) LTI_TELL(r, LT_MSG_REPORT_LEADS_VACANT, lti_plain(vacant));
    else lti_tell(r, LT_MSG_REPORT_LEADS_WHOLE);
    for (int role = 0; role < LT_LEAD_ROLES; role++)
        if (lead->beyond[role]) LTI_TELL(r, LT_MSG_REPORT_LEADS_BEYOND, lti_word(r, roles[role]));
    if (proposed[0]) LTI_TELL(r, LT_MSG_REPORT_LEADS_PROPOSED, lti_plain(proposed));
}

static const lt_doc_column columns[] = {
    {LT_MSG_COLUMN_CHAIN, 18, false},         {LT_MSG_REPORT_ROLE_LEADER, 14, false},     {LT_MSG_REPORT_ROLE_UNIT, 18, false},
    {LT_MSG_REPORT_ROLE_ALLIANCE, 20, false}, {LT_MSG_REPORT_COLUMN_PROPOSED, 30, false},
};

static void put_city(lti_report *r)
{
    size_t vacant = 0;
    for (size_t i = 0; i < r->lead_count; i++) vacant += vacant_roles(r, &r->leads[i])[0] != '\0';
    LTI_TELL(r, lti_by_count(r->lead_count, LT_MSG_REPORT_LEADS_CITY_NONE, LT_MSG_REPORT_LEADS_CITY_ONE, LT_MSG_REPORT_LEADS_CITY),
             lti_whole(r, r->lead_count, "leads all"));
    if (r->lead_count == 0) return;
    if (vacant == 0) lti_tell(r, LT_MSG_REPORT_LEADS_CITY_WHOLE);
    else if (r->lead_count == 1) lti_tell(r, LT_MSG_REPORT_LEADS_CITY_ONE_VACANT);
    else
        LTI_TELL(r, vacant == r->lead_count ? LT_MSG_REPORT_LEADS_CITY_ALL_VACANT : LT_MSG_REPORT_LEADS_CITY_VACANT,
                 lti_whole(r, vacant, "leads vacant"));
    lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->gaps.chain_count; i++) {
        lt_node chain = lt_node_at(r->ds, LT_CHAIN, r->chains[i]);
        const lt_chain_lead *lead = lead_of(r, chain);
        if (!lead) continue;
        lti_cell_text(r, lt_node_name(r->ds, chain));
        for (int role = 0; role < LT_LEAD_ROLES; role++) {
            const char *names = holders(r, chain, role);
            if (names[0]) lti_cell_text(r, names);
            else lti_cell_word(r, LT_MSG_LEAD_VACANT);
        }
        lti_cell_text(r, proposals(r, lead));
    }
    lti_note(r, LT_MSG_REPORT_LEADS_NOTE);
}

lt_code lti_section_leads(lti_report *r)
{
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (r->chain != LT_NONE) put_chain(r);
    else put_city(r);
    return LT_OK;
}
