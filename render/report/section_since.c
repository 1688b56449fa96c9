/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed since an earlier dataset: effects with the records behind them, projects, and a ranking of zones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/since.h"

enum { SHORT_DIGEST = 12 };

/** The two sides of a record or a link: the dataset that it stands in, and the report's chain there. */
typedef struct {
    const lt_dataset *ds;
    lt_node chain; /* LT_NONE = the city, or the dataset has no such chain */
} side;

static side old_side(const lti_report *r)
{
    const lt_dataset *old = r->options->before;
    lt_node chain = r->chain == LT_NONE ? LT_NONE : lt_find(old, r->chain_id);
    return (side){old, chain != LT_NONE && lt_node_kind(old, chain) == LT_CHAIN ? chain : LT_NONE};
}

static side new_side(const lti_report *r)
{
    return (side){r->ds, r->chain};
}

static bool end_bears(const side *s, lt_node end)
{
    if (end == LT_NONE) return false;
    return end == s->chain || (lt_node_kind(s->ds, end) == LT_LINK && lt_link_in_chain(s->ds, lt_node_index(s->ds, end), s->chain));
}

static bool holder_bears(const side *s, lt_node holder)
{
    size_t count;
    const lt_capability *own = lt_capabilities_from(s->ds, holder, &count);
    for (size_t i = 0; i < count; i++)
        if (end_bears(s, own[i].edge.to)) return true;
    return false;
}

/* Whether a record bears on the chain: itself, its links, what leads to them, who works on them, its figures. */
static bool record_bears(const side *s, unsigned kind, uint32_t index)
{
    if (index == LT_NONE || s->chain == LT_NONE || kind >= LT_KINDS) return false;
    switch (kind) {
    case LT_CHAIN:
    case LT_LINK: return end_bears(s, lt_node_at(s->ds, (lt_kind)kind, index));
    case LT_FIRM:
    case LT_INSTITUTION:
    case LT_PROJECT: return holder_bears(s, lt_node_at(s->ds, (lt_kind)kind, index));
    case LT_KPI: return lt_kpis(s->ds)[index].scope == s->chain;
    case LT_TRADE: return end_bears(s, lt_trades(s->ds)[index].link);
    default: return kind >= LT_NODE_KINDS && end_bears(s, lt_edge_get(s->ds, (lt_kind)kind, index)->to);
    }
}

bool lti_since_change_bears(const lti_report *r, const lt_change *change)
{
    side old = old_side(r), now = new_side(r);
    return r->chain == LT_NONE || record_bears(&old, change->kind, change->before) ||
           record_bears(&now, change->kind, change->after);
}

bool lti_since_effect_bears(const lti_report *r, const lt_effect *effect)
{
    side old = old_side(r), now = new_side(r);
    return r->chain == LT_NONE || record_bears(&old, LT_LINK, effect->link_before) ||
           record_bears(&now, LT_LINK, effect->link_after);
}

/* Days of the calendar, counted from an arbitrary one; false where the text is no day of it. */
static bool day_of(const char *iso, long *day)
{
    static const int before_month[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    int year, month, date, end = 0;
    if (sscanf(iso, "%4d-%2d-%2d%n", &year, &month, &date, &end) != 3 || iso[end] != '\0') return false;
    if (year < 1 || month < 1 || month > 12 || date < 1) return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (date > before_month[month] - before_month[month - 1] + (leap && month == 2)) return false;
    long whole = year - 1;
    *day = 365 * whole + whole / 4 - whole / 100 + whole / 400 + before_month[month - 1] + (leap && month > 2) + date;
    return true;
}

static bool days_between(const lti_report *r, long *days)
{
    long before, now;
    if (!day_of(lt_dataset_as_of(r->options->before), &before) || !day_of(lt_dataset_as_of(r->ds), &now)) return false;
    *days = now - before;
    return true;
}

lt_message lti_since_title(const lti_report *r)
{
    static const struct {
        long first, last; /* days; what lies between two periods is none of them */
        lt_message title;
    } periods[] = {
        {1, 10, LT_MSG_REPORT_SINCE_WEEK},    {21, 45, LT_MSG_REPORT_SINCE_MONTH},  {76, 110, LT_MSG_REPORT_SINCE_QUARTER},
        {151, 215, LT_MSG_REPORT_SINCE_HALF}, {321, 400, LT_MSG_REPORT_SINCE_YEAR},
    };
    long days;
    if (!days_between(r, &days)) return LT_MSG_REPORT_SINCE_OTHER;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (days >= periods[i].first && days <= periods[i].last) return periods[i].title;
    return LT_MSG_REPORT_SINCE_OTHER;
}

static lt_doc_run date_run(lti_report *r, const lt_dataset *ds)
{
    const char *as_of = lt_dataset_as_of(ds);
    if (!as_of[0]) return lti_word(r, LT_MSG_REPORT_SINCE_UNDATED);
    return lti_phrase(r, LT_MSG_REPORT_SINCE_DATED, LTI_WORDS(lti_date(r, as_of)));
}

static lt_doc_run digest_run(lti_report *r, const char *digest)
{
    return lti_plain(lt_doc_print(&r->doc, "%.*s", SHORT_DIGEST, digest));
}

static void say_pair(lti_report *r)
{
    const lt_report_options *o = r->options;
    long days;
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, LT_MSG_REPORT_SINCE_PAIR, lti_plain(lt_dataset_id(o->before)), date_run(r, o->before),
             digest_run(r, o->before_digest), lti_plain(lt_dataset_id(r->ds)), date_run(r, r->ds), digest_run(r, o->digest));
    if (!days_between(r, &days)) lti_tell(r, LT_MSG_REPORT_SINCE_NO_SPAN);
    else if (days < 0) lti_tell(r, LT_MSG_REPORT_SINCE_LATER);
    else
        LTI_TELL(r,
                 lti_by_count((size_t)days, LT_MSG_REPORT_SINCE_SAME_DAY, LT_MSG_REPORT_SINCE_DAYS_ONE, LT_MSG_REPORT_SINCE_DAYS),
                 lti_whole(r, (uint64_t)days, lti_figure(r, "since", "days", NULL)));
}

static void tell_counts(lti_report *r, lt_message message, const char *table, const size_t count[LT_CHANGES])
{
    LTI_TELL(r, message, lti_whole(r, count[LT_CHANGE_ADDED], lti_figure(r, "since", table, "added")),
             lti_whole(r, count[LT_CHANGE_DROPPED], lti_figure(r, "since", table, "dropped")),
             lti_whole(r, count[LT_CHANGE_CHANGED], lti_figure(r, "since", table, "changed")));
}

static void say_records(lti_report *r)
{
    size_t all[LT_CHANGES] = {0}, bearing[LT_CHANGES] = {0};
    for (size_t i = 0; i < r->options->since->change_count; i++) {
        const lt_change *change = &r->options->since->changes[i];
        all[change->type]++;
        bearing[change->type] += lti_since_change_bears(r, change);
    }
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    tell_counts(r, LT_MSG_REPORT_SINCE_RECORDS, "records", all);
    if (r->chain == LT_NONE) return;
    tell_counts(r, LT_MSG_REPORT_SINCE_RECORDS_CHAIN, "bearing", bearing);
    if (old_side(r).chain == LT_NONE) lti_tell(r, LT_MSG_REPORT_SINCE_NO_CHAIN);
}

static uint8_t stage_before(const lti_report *r, const lt_change *change)
{
    return lt_projects(r->options->before)[change->before].stage;
}

static uint8_t stage_after(const lti_report *r, const lt_change *change)
{
    return lt_projects(r->ds)[change->after].stage;
}

bool lti_since_project(const lti_report *r, const lt_change *change)
{
    if (change->kind != LT_PROJECT || !lti_since_change_bears(r, change)) return false;
    return change->type != LT_CHANGE_CHANGED || stage_before(r, change) != stage_after(r, change);
}

static const lt_doc_column project_columns[] = {
    {LT_MSG_REPORT_COLUMN_PROJECT, 42, false},
    {LT_MSG_REPORT_COLUMN_ZONE, 26, false},
    {LT_MSG_REPORT_SINCE_COLUMN_BEFORE, 16, false},
    {LT_MSG_REPORT_SINCE_COLUMN_AFTER, 16, false},
};

/** What a project did, in the order in which that is said. */
typedef enum { FORWARD, BACKWARD, CAME, WENT, MOVES } move;

static move move_of(const lti_report *r, const lt_change *change)
{
    if (change->type == LT_CHANGE_ADDED) return CAME;
    if (change->type == LT_CHANGE_DROPPED) return WENT;
    return stage_after(r, change) > stage_before(r, change) ? FORWARD : BACKWARD;
}

static void put_project(lti_report *r, const lt_change *change)
{
    bool came = change->type == LT_CHANGE_ADDED, went = change->type == LT_CHANGE_DROPPED;
    const lt_dataset *ds = went ? r->options->before : r->ds;
    uint32_t index = went ? change->before : change->after;
    lt_node zone = lt_projects(ds)[index].zone;
    lti_cell_text(r, lt_node_name(ds, lt_node_at(ds, LT_PROJECT, index)));
    if (zone != LT_NONE) lti_cell_text(r, lt_node_name(ds, zone));
    else lti_cell_word(r, LT_MSG_NOT_GIVEN);
    lti_cell_word(r, came ? LT_MSG_REPORT_SINCE_NOT_YET : lt_project_stage_message(stage_before(r, change)));
    lti_cell_word(r, went ? LT_MSG_REPORT_SINCE_GONE : lt_project_stage_message(stage_after(r, change)));
}

static void put_projects(lti_report *r)
{
    static const char *const words[MOVES] = {"forward", "backward", "added", "dropped"};
    const lt_diff *diff = r->options->since;
    size_t count[MOVES] = {0};
    for (size_t i = 0; i < diff->change_count; i++)
        if (lti_since_project(r, &diff->changes[i])) count[move_of(r, &diff->changes[i])]++;
    lti_heading(r, 2, LT_MSG_REPORT_SINCE_PROJECTS);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (count[FORWARD] + count[BACKWARD] + count[CAME] + count[WENT] == 0) {
        lti_tell(r, LT_MSG_REPORT_SINCE_PROJECTS_SAME);
        return;
    }
    lt_doc_run said[MOVES];
    for (int m = 0; m < MOVES; m++) said[m] = lti_whole(r, count[m], lti_figure(r, "since", "projects", words[m]));
    lt_doc_say(&r->doc, LT_MSG_REPORT_SINCE_PROJECTS_COUNT, said, MOVES);
    lt_doc_table(&r->doc, project_columns, sizeof project_columns / sizeof *project_columns);
    for (int m = 0; m < MOVES; m++)
        for (size_t i = 0; i < diff->change_count; i++)
            if (lti_since_project(r, &diff->changes[i]) && (int)move_of(r, &diff->changes[i]) == m)
                put_project(r, &diff->changes[i]);
}

lt_code lti_section_since(lti_report *r)
{
    say_pair(r);
    if (r->options->since->change_count == 0) {
        lti_tell(r, LT_MSG_REPORT_SINCE_SAME);
        return LT_OK;
    }
    say_records(r);
    lt_code code = lti_since_effects(r);
    if (code != LT_OK) return code;
    put_projects(r);
    return lti_since_ranking(r);
}
