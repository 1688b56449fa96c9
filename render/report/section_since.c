/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed since an earlier dataset: effects with the records behind them, projects, and a ranking of zones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/build.h"

enum { NAMES = 8, ROWS = 30, CAUSES = 3, SHORT_DIGEST = 12 };

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

/* The first capability of a holder; they stand in order of who has them. */
static size_t first_capability(const lt_dataset *ds, lt_node holder)
{
    size_t low = 0, high = lt_count(ds, LT_CAPABILITY);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lt_capabilities(ds)[middle].edge.from < holder) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool holder_bears(const side *s, lt_node holder)
{
    const lt_capability *all = lt_capabilities(s->ds);
    size_t count = lt_count(s->ds, LT_CAPABILITY);
    for (size_t i = first_capability(s->ds, holder); i < count && all[i].edge.from == holder; i++)
        if (end_bears(s, all[i].edge.to)) return true;
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

static bool change_bears(const lti_report *r, const lt_change *change)
{
    side old = old_side(r), now = new_side(r);
    return r->chain == LT_NONE || record_bears(&old, change->kind, change->before) ||
           record_bears(&now, change->kind, change->after);
}

static bool effect_bears(const lti_report *r, const lt_effect *effect)
{
    side old = old_side(r), now = new_side(r);
    return r->chain == LT_NONE || record_bears(&old, LT_LINK, effect->link_before) ||
           record_bears(&now, LT_LINK, effect->link_after);
}

/* Days of the calendar, counted from an arbitrary one. */
static bool day_of(const char *iso, long *day)
{
    static const int before_month[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int year, month, date, end = 0;
    if (sscanf(iso, "%4d-%2d-%2d%n", &year, &month, &date, &end) != 3 || iso[end] != '\0') return false;
    if (year < 1 || month < 1 || month > 12 || date < 1 || date > 31) return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
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
        long days; /* at most */
        lt_message title;
    } periods[] = {
        {10, LT_MSG_REPORT_SINCE_WEEK},
        {45, LT_MSG_REPORT_SINCE_MONTH},
        {135, LT_MSG_REPORT_SINCE_QUARTER},
        {230, LT_MSG_REPORT_SINCE_HALF},
    };
    long days;
    if (!days_between(r, &days) || days < 0) return LT_MSG_REPORT_SINCE_OTHER;
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
        if (days <= periods[i].days) return periods[i].title;
    return LT_MSG_REPORT_SINCE_YEAR;
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
    if (!days_between(r, &days)) return;
    if (days < 0) lti_tell(r, LT_MSG_REPORT_SINCE_LATER);
    else
        LTI_TELL(r,
                 lti_by_count((size_t)days, LT_MSG_REPORT_SINCE_SAME_DAY, LT_MSG_REPORT_SINCE_DAYS_ONE, LT_MSG_REPORT_SINCE_DAYS),
                 lti_whole(r, (uint64_t)days, NULL));
}

static void say_records(lti_report *r)
{
    size_t all[LT_CHANGES] = {0}, bearing[LT_CHANGES] = {0};
    for (size_t i = 0; i < r->options->since->change_count; i++) {
        const lt_change *change = &r->options->since->changes[i];
        all[change->type]++;
        bearing[change->type] += change_bears(r, change);
    }
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, LT_MSG_REPORT_SINCE_RECORDS, lti_whole(r, all[LT_CHANGE_ADDED], NULL), lti_whole(r, all[LT_CHANGE_DROPPED], NULL),
             lti_whole(r, all[LT_CHANGE_CHANGED], NULL));
    if (r->chain == LT_NONE) return;
    LTI_TELL(r, LT_MSG_REPORT_SINCE_RECORDS_CHAIN, lti_whole(r, bearing[LT_CHANGE_ADDED], NULL),
             lti_whole(r, bearing[LT_CHANGE_DROPPED], NULL), lti_whole(r, bearing[LT_CHANGE_CHANGED], NULL));
}

/** How an effect is said, in the order in which all are. */
static const struct {
    lt_message one, many, word;
} effects[LT_EFFECTS] = {
    [LT_EFFECT_GAP_OPENED] = {LT_MSG_REPORT_SINCE_OPENED_ONE, LT_MSG_REPORT_SINCE_OPENED, LT_MSG_EFFECT_GAP_OPENED},
    [LT_EFFECT_GAP_CLOSED] = {LT_MSG_REPORT_SINCE_CLOSED_ONE, LT_MSG_REPORT_SINCE_CLOSED, LT_MSG_EFFECT_GAP_CLOSED},
    [LT_EFFECT_STATUS_MOVED] = {LT_MSG_REPORT_SINCE_STATUS_ONE, LT_MSG_REPORT_SINCE_STATUS, LT_MSG_EFFECT_STATUS_MOVED},
    [LT_EFFECT_ACTION_CHANGED] = {LT_MSG_REPORT_SINCE_ACTION_ONE, LT_MSG_REPORT_SINCE_ACTION, LT_MSG_EFFECT_ACTION_CHANGED},
    [LT_EFFECT_FINAL_UNLOCKED] = {LT_MSG_REPORT_SINCE_UNLOCKED_ONE, LT_MSG_REPORT_SINCE_UNLOCKED, LT_MSG_EFFECT_FINAL_UNLOCKED},
    [LT_EFFECT_FINAL_LOST] = {LT_MSG_REPORT_SINCE_LOST_ONE, LT_MSG_REPORT_SINCE_LOST, LT_MSG_EFFECT_FINAL_LOST},
    [LT_EFFECT_TARGET_ENTERED] = {LT_MSG_REPORT_SINCE_ENTERED_ONE, LT_MSG_REPORT_SINCE_ENTERED, LT_MSG_EFFECT_TARGET_ENTERED},
    [LT_EFFECT_TARGET_LEFT] = {LT_MSG_REPORT_SINCE_LEFT_ONE, LT_MSG_REPORT_SINCE_LEFT, LT_MSG_EFFECT_TARGET_LEFT},
    [LT_EFFECT_RANK_UP] = {LT_MSG_REPORT_SINCE_UP_ONE, LT_MSG_REPORT_SINCE_UP, LT_MSG_EFFECT_RANK_UP},
    [LT_EFFECT_RANK_DOWN] = {LT_MSG_REPORT_SINCE_DOWN_ONE, LT_MSG_REPORT_SINCE_DOWN, LT_MSG_EFFECT_RANK_DOWN},
};

static const char *effect_link_name(const lti_report *r, const lt_effect *effect)
{
    if (effect->link_after != LT_NONE) return lti_link_name(r, effect->link_after);
    const lt_dataset *old = r->options->before;
    return lt_dataset_string(old, lt_links(old)[effect->link_before].head.name);
}

/* @return how many effects of the type the report is about, having said them. */
static size_t say_effects(lti_report *r, lt_effect_type type)
{
    const lt_diff *diff = r->options->since;
    const char *names = "";
    size_t count = 0;
    for (size_t i = 0; i < diff->effect_count; i++) {
        if (diff->effects[i].type != type || !effect_bears(r, &diff->effects[i])) continue;
        const char *between = count > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "";
        if (count++ < NAMES) names = lt_doc_print(&r->doc, "%s%s%s", names, between, effect_link_name(r, &diff->effects[i]));
    }
    if (count == 0) return 0;
    lt_doc_run listed = count > NAMES ? lti_phrase(r, LT_MSG_REPORT_AND_OTHERS, LTI_WORDS(names)) : lti_plain(names);
    LTI_TELL(r, count == 1 ? effects[type].one : effects[type].many, lti_whole(r, count, NULL), listed,
             lti_whole(r, r->options->moved, NULL));
    return count;
}

static lt_message change_kind_name(unsigned kind)
{
    static const lt_message names[LT_CHANGE_KINDS] = {
        [LT_CHAIN] = LT_MSG_KIND_CHAINS,      [LT_LINK] = LT_MSG_KIND_LINKS,
        [LT_FIRM] = LT_MSG_KIND_FIRMS,        [LT_INSTITUTION] = LT_MSG_KIND_INSTITUTIONS,
        [LT_ZONE] = LT_MSG_KIND_ZONES,        [LT_REGION] = LT_MSG_KIND_REGIONS,
        [LT_AGENCY] = LT_MSG_KIND_AGENCIES,   [LT_PROJECT] = LT_MSG_KIND_PROJECTS,
        [LT_CHANNEL] = LT_MSG_KIND_CHANNELS,  [LT_KPI] = LT_MSG_KIND_KPIS,
        [LT_SUPPLY] = LT_MSG_KIND_SUPPLY,     [LT_CAPABILITY] = LT_MSG_KIND_CAPABILITY,
        [LT_TRADE] = LT_MSG_KIND_TRADE,       [LT_FOCUS] = LT_MSG_KIND_FOCUS,
        [LT_PROSPECT] = LT_MSG_KIND_PROSPECT, [LT_ORIGIN] = LT_MSG_KIND_ORIGIN,
        [LT_LEAD] = LT_MSG_KIND_LEAD,         [LT_OF_DATASET] = LT_MSG_KIND_DATASET,
        [LT_OF_SOURCE] = LT_MSG_KIND_SOURCES, [LT_OF_POLICY] = LT_MSG_KIND_POLICY,
    };
    return names[kind];
}

/* What a change is of, in a name. */
static const char *change_name(lti_report *r, const lt_change *change)
{
    bool dropped = change->after == LT_NONE;
    const lt_dataset *ds = dropped ? r->options->before : r->ds;
    uint32_t index = dropped ? change->before : change->after;
    if (change->kind < LT_NODE_KINDS) return lt_node_name(ds, lt_node_at(ds, (lt_kind)change->kind, index));
    if (change->kind == LT_OF_SOURCE) return lt_dataset_string(ds, lt_sources(ds)[index].title);
    if (change->kind >= LT_KINDS) return change->kind == LT_OF_DATASET ? lt_dataset_id(ds) : "";
    const lt_edge *edge = lt_edge_get(ds, (lt_kind)change->kind, index);
    return lt_doc_print(&r->doc, "%s→%s", lt_node_name(ds, edge->from), lt_node_name(ds, edge->to));
}

static uint8_t stage_before(const lti_report *r, const lt_change *change)
{
    return lt_projects(r->options->before)[change->before].stage;
}

static uint8_t stage_after(const lti_report *r, const lt_change *change)
{
    return lt_projects(r->ds)[change->after].stage;
}

/* A value as the data have it, a text without its quotation marks. */
static const char *field_value(lti_report *r, const char *json)
{
    size_t length = json ? strlen(json) : 0;
    if (!json) return lt_message_pattern(r->doc.lang, LT_MSG_FIELD_NONE);
    if (length < 2 || json[0] != '"' || strchr(json, '\\')) return json;
    return lt_doc_print(&r->doc, "%.*s", (int)length - 2, json + 1);
}

/* Fields that differ, in brackets. A project's stage reads as elsewhere in the report, the rest as in the data. */
static const char *change_fields(lti_report *r, const lt_change *change)
{
    const char *all = "";
    if (change->type != LT_CHANGE_CHANGED || change->field_count == 0) return all;
    for (uint32_t i = 0; i < change->field_count; i++) {
        const lt_field_change *field = &r->options->since->fields[change->first_field + i];
        const char *text =
            lt_doc_print(&r->doc, "%s %s→%s", field->field, field_value(r, field->before), field_value(r, field->after));
        if (change->kind == LT_PROJECT && strcmp(field->field, "stage") == 0)
            text = lti_phrase(r, LT_MSG_REPORT_SINCE_STAGE,
                              LTI_WORDS(lti_word(r, lti_project_stage_name(stage_before(r, change))).text,
                                        lti_word(r, lti_project_stage_name(stage_after(r, change))).text))
                       .text;
        all = lt_doc_print(&r->doc, "%s%s%s", all, i > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "", text);
    }
    return lti_phrase(r, LT_MSG_IN_BRACKETS, LTI_WORDS(all)).text;
}

static void tell_causes(lti_report *r, const lt_effect *effect)
{
    static const lt_message messages[LT_CHANGES] = {LT_MSG_CAUSE_ADDED, LT_MSG_CAUSE_DROPPED, LT_MSG_CAUSE_CHANGED};
    const lt_diff *diff = r->options->since;
    if (effect->cause_count == 0) lti_tell(r, LT_MSG_CAUSE_UNKNOWN);
    if (effect->cause_count == 0) return;
    if (effect->cause_count > 1) lti_tell(r, effect->together ? LT_MSG_CAUSE_ALL : LT_MSG_CAUSE_ANY);
    for (uint32_t i = 0; i < effect->cause_count && i < CAUSES; i++) {
        const lt_change *change = &diff->changes[diff->causes[effect->first_cause + i]];
        const char *kind = lti_word(r, change_kind_name(change->kind)).text;
        if (i > 0) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_PART_SEPARATOR));
        lt_doc_run_add(&r->doc,
                       lti_phrase(r, messages[change->type], LTI_WORDS(kind, change_name(r, change), change_fields(r, change))));
    }
    const char *count = lt_doc_print(&r->doc, "%u", effect->cause_count);
    if (effect->cause_count > CAUSES) lt_doc_run_add(&r->doc, lti_phrase(r, LT_MSG_CAUSE_MORE, LTI_WORDS(count)));
    if (!effect->exact) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_CAUSE_INEXACT));
}

static lt_doc_run value_run(lti_report *r, const lt_effect *effect, int32_t value)
{
    switch (effect->type) {
    case LT_EFFECT_GAP_OPENED:
    case LT_EFFECT_GAP_CLOSED:
    case LT_EFFECT_STATUS_MOVED:
        return lti_word(r, value == LT_NO_VALUE ? LT_MSG_STATUS_ABSENT : lti_status_name((lt_status)value));
    case LT_EFFECT_ACTION_CHANGED: return lti_word(r, lti_action_name((lt_action)value));
    case LT_EFFECT_FINAL_UNLOCKED:
    case LT_EFFECT_FINAL_LOST: return lti_word(r, value == 1 ? LT_MSG_MADE_YES : LT_MSG_MADE_NO);
    default: break;
    }
    if (value == LT_NO_VALUE) return lti_word(r, LT_MSG_NOT_LISTED);
    return lti_phrase(r, LT_MSG_RANK_AT, LTI_WORDS(lt_doc_print(&r->doc, "%d", value)));
}

static const lt_doc_column effect_columns[] = {
    {LT_MSG_COLUMN_EFFECT, 14, false},
    {LT_MSG_REPORT_COLUMN_LINK, 20, false},
    {LT_MSG_REPORT_SINCE_COLUMN_BEFORE, 11, false},
    {LT_MSG_REPORT_SINCE_COLUMN_AFTER, 11, false},
    {LT_MSG_REPORT_SINCE_COLUMN_CAUSE, 44, false},
};

static void put_effect_table(lti_report *r)
{
    const lt_diff *diff = r->options->since;
    size_t shown[LT_EFFECTS] = {0};
    bool cut = false;
    lt_doc_table(&r->doc, effect_columns, sizeof effect_columns / sizeof *effect_columns);
    for (size_t i = 0; i < diff->effect_count; i++) {
        const lt_effect *effect = &diff->effects[i];
        if (!effect_bears(r, effect)) continue;
        if (shown[effect->type]++ >= ROWS) {
            cut = true;
            continue;
        }
        lti_cell_word(r, effects[effect->type].word);
        lti_cell_text(r, effect_link_name(r, effect));
        lti_cell(r, value_run(r, effect, effect->before));
        lti_cell(r, value_run(r, effect, effect->after));
        lt_doc_cell(&r->doc);
        tell_causes(r, effect);
    }
    lti_note(r, LT_MSG_REPORT_SINCE_EFFECTS_NOTE);
    if (cut) LTI_TELL(r, LT_MSG_REPORT_SINCE_FIRST, lti_whole(r, ROWS, NULL));
}

static void put_effects(lti_report *r)
{
    static const struct {
        lt_effect_type last; /* of those that are said together */
        lt_message same;
    } groups[] = {
        {LT_EFFECT_GAP_CLOSED, LT_MSG_REPORT_SINCE_GAPS_SAME},
        {LT_EFFECT_ACTION_CHANGED, 0},
        {LT_EFFECT_FINAL_LOST, LT_MSG_REPORT_SINCE_FINALS_SAME},
        {LT_EFFECT_RANK_DOWN, LT_MSG_REPORT_SINCE_TARGETS_SAME},
    };
    size_t all = 0;
    unsigned type = 0;
    lti_heading(r, 2, LT_MSG_REPORT_SINCE_EFFECTS);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        size_t count = 0;
        for (; type <= (unsigned)groups[i].last; type++) count += say_effects(r, (lt_effect_type)type);
        if (count == 0 && groups[i].last != LT_EFFECT_ACTION_CHANGED)
            LTI_TELL(r, groups[i].same, lti_whole(r, r->options->moved, NULL));
        all += count;
    }
    if (all > 0) put_effect_table(r);
}

bool lti_since_project(const lti_report *r, const lt_change *change)
{
    if (change->kind != LT_PROJECT || !change_bears(r, change)) return false;
    return change->type != LT_CHANGE_CHANGED || stage_before(r, change) != stage_after(r, change);
}

static const lt_doc_column project_columns[] = {
    {LT_MSG_REPORT_COLUMN_PROJECT, 42, false},
    {LT_MSG_REPORT_COLUMN_ZONE, 26, false},
    {LT_MSG_REPORT_SINCE_COLUMN_BEFORE, 16, false},
    {LT_MSG_REPORT_SINCE_COLUMN_AFTER, 16, false},
};

static void put_project(lti_report *r, const lt_change *change)
{
    bool dropped = change->type == LT_CHANGE_DROPPED;
    const lt_dataset *ds = dropped ? r->options->before : r->ds;
    lt_node zone = lt_projects(ds)[dropped ? change->before : change->after].zone;
    lti_cell_text(r, change_name(r, change));
    if (zone != LT_NONE) lti_cell_text(r, lt_node_name(ds, zone));
    else lti_cell_word(r, LT_MSG_NOT_GIVEN);
    lti_cell_word(r,
                  change->type == LT_CHANGE_ADDED ? LT_MSG_REPORT_SINCE_NOT_YET : lti_project_stage_name(stage_before(r, change)));
    lti_cell_word(r, dropped ? LT_MSG_REPORT_SINCE_GONE : lti_project_stage_name(stage_after(r, change)));
}

static void put_projects(lti_report *r)
{
    const lt_diff *diff = r->options->since;
    size_t types[LT_CHANGES] = {0}, forward = 0;
    for (size_t i = 0; i < diff->change_count; i++) {
        const lt_change *change = &diff->changes[i];
        if (!lti_since_project(r, change)) continue;
        types[change->type]++;
        forward += change->type == LT_CHANGE_CHANGED && stage_after(r, change) > stage_before(r, change);
    }
    lti_heading(r, 2, LT_MSG_REPORT_SINCE_PROJECTS);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (types[LT_CHANGE_ADDED] + types[LT_CHANGE_DROPPED] + types[LT_CHANGE_CHANGED] == 0) {
        lti_tell(r, LT_MSG_REPORT_SINCE_PROJECTS_SAME);
        return;
    }
    LTI_TELL(r, LT_MSG_REPORT_SINCE_PROJECTS_COUNT, lti_whole(r, forward, NULL),
             lti_whole(r, types[LT_CHANGE_CHANGED] - forward, NULL), lti_whole(r, types[LT_CHANGE_ADDED], NULL),
             lti_whole(r, types[LT_CHANGE_DROPPED], NULL));
    lt_doc_table(&r->doc, project_columns, sizeof project_columns / sizeof *project_columns);
    for (size_t i = 0; i < diff->change_count; i++)
        if (lti_since_project(r, &diff->changes[i])) put_project(r, &diff->changes[i]);
}

lt_code lti_section_since(lti_report *r)
{
    say_pair(r);
    if (r->options->since->change_count == 0) {
        lti_tell(r, LT_MSG_REPORT_SINCE_SAME);
        return LT_OK;
    }
    say_records(r);
    put_effects(r);
    put_projects(r);
    return lti_put_movement(r);
}
