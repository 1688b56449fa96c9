/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goals of the city, its zones and chains, held against the figures that the data has. */
#include <math.h>
#include <string.h>

#include "report/build.h"

/* A figure that says what is, not what should be. */
static bool is_state(const lt_kpi *k)
{
    return !isnan(k->actual) && k->actual == k->value;
}

/* Ranks and rates do not grow by so much a year. */
static bool is_amount(const lti_report *r, lt_string unit)
{
    static const char *const others[] = {"位", "%", "％", "百分点", "倍", ""};
    const char *text = lt_dataset_string(r->ds, unit);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(text, others[i]) == 0) return false;
    return true;
}

/* The latest figure of the same metric, unit and scope before the goal's year. */
static const lt_kpi *base_of(const lti_report *r, const lt_kpi *goal)
{
    const lt_kpi *best = NULL;
    for (size_t i = 0; i < lt_count(r->ds, LT_KPI); i++) {
        const lt_kpi *k = &lt_kpis(r->ds)[i];
        bool same = is_state(k) && k->metric == goal->metric && k->unit == goal->unit && k->scope == goal->scope;
        if (same && k->year && goal->year > k->year && (!best || k->year > best->year)) best = k;
    }
    return best;
}

static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_COLUMN_METRIC, 28, false}, {LT_MSG_REPORT_COLUMN_SCOPE, 14, false}, {LT_MSG_REPORT_COLUMN_GOAL, 22, true},
    {LT_MSG_REPORT_COLUMN_STATE, 22, true},   {LT_MSG_REPORT_COLUMN_GROWTH, 14, true},
};

static void put_amount(lti_report *r, double value, const lt_kpi *of, int32_t year)
{
    const char *unit = lt_dataset_string(r->ds, of->unit);
    char number[LT_REAL_SIZE];
    lt_real_text(number, value, 12);
    lt_doc_cell(&r->doc);
    LTI_TELL(r, year ? LT_MSG_REPORT_AMOUNT_YEAR : LT_MSG_REPORT_AMOUNT, lti_plain(lt_doc_keep(&r->doc, number)), lti_plain(unit),
             lti_plain(lt_doc_print(&r->doc, "%d", year)));
}

static const lt_doc_column open_columns[] = {
    {LT_MSG_REPORT_COLUMN_METRIC, 54, false},
    {LT_MSG_REPORT_COLUMN_SCOPE, 22, false},
    {LT_MSG_REPORT_COLUMN_GOAL, 24, true},
};

static bool is_held(const lti_report *r, const lt_kpi *goal)
{
    return !isnan(goal->actual) || base_of(r, goal);
}

/* With how it stands and what that asks for, or without. */
static void put_goal(lti_report *r, const lt_kpi *goal, bool whole)
{
    const lt_kpi *base = base_of(r, goal);
    lti_cell_text(r, lt_dataset_string(r->ds, goal->metric ? goal->metric : goal->head.name));
    lti_cell_text(r, lt_node_name(r->ds, goal->scope));
    if (isnan(goal->value)) lti_cell_word(r, LT_MSG_REPORT_DASH);
    else put_amount(r, goal->value, goal, goal->year);
    if (!whole) return;
    if (!isnan(goal->actual)) put_amount(r, goal->actual, goal, 0);
    else if (base) put_amount(r, base->actual, base, base->year);
    else lti_cell_word(r, LT_MSG_REPORT_NO_FIGURE);
    bool grows = base && isnan(goal->actual) && is_amount(r, goal->unit) && base->actual > 0 && goal->value > base->actual;
    lti_cell(r, lti_percent(r, grows ? pow(goal->value / base->actual, 1.0 / (goal->year - base->year)) - 1 : NAN, NULL));
}

void lti_put_chain_goals(lti_report *r)
{
    bool begun = false;
    for (size_t i = 0; i < lt_count(r->ds, LT_KPI); i++) {
        const lt_kpi *k = &lt_kpis(r->ds)[i];
        if (is_state(k) || k->scope != r->chain) continue;
        if (!begun) {
            lti_heading(r, 2, LT_MSG_REPORT_GOALS_CHAIN);
            lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
        }
        begun = true;
        put_goal(r, k, true);
    }
    if (begun) lti_note(r, LT_MSG_REPORT_GOALS_NOTE);
}

/* Goals that can be held against a figure, or those that cannot, by whom they are set for. */
static void put_goals(lti_report *r, bool held)
{
    static const lt_kind order[] = {LT_REGION, LT_CHAIN, LT_ZONE};
    if (held) lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    else lt_doc_table(&r->doc, open_columns, sizeof open_columns / sizeof *open_columns);
    for (size_t o = 0; o < sizeof order / sizeof *order; o++)
        for (uint32_t n = 0; n < lt_count(r->ds, order[o]); n++)
            for (size_t i = 0; i < lt_count(r->ds, LT_KPI); i++) {
                const lt_kpi *k = &lt_kpis(r->ds)[i];
                if (!is_state(k) && is_held(r, k) == held &&
                    k->scope == lt_node_at(r->ds, order[o], order[o] == LT_CHAIN ? r->chains[n] : n))
                    put_goal(r, k, held);
            }
    for (size_t i = 0; i < lt_count(r->ds, LT_KPI); i++) {
        const lt_kpi *k = &lt_kpis(r->ds)[i];
        if (!is_state(k) && is_held(r, k) == held && k->scope == LT_NONE) put_goal(r, k, held);
    }
}

lt_code lti_section_goals(lti_report *r)
{
    size_t goals = 0, held = 0, states = 0;
    for (size_t i = 0; i < lt_count(r->ds, LT_KPI); i++) {
        const lt_kpi *k = &lt_kpis(r->ds)[i];
        if (is_state(k)) states++;
        else held += is_held(r, k);
        goals += !is_state(k);
    }
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(goals, LT_MSG_REPORT_GOALS_NONE, LT_MSG_REPORT_GOALS_ONE, LT_MSG_REPORT_GOALS_MANY),
             lti_whole(r, goals, "goals all"));
    if (goals == 0) return LT_OK;
    lt_message none = goals == 1 ? LT_MSG_REPORT_GOALS_HELD_ONE_NOT : LT_MSG_REPORT_GOALS_HELD_NONE;
    lt_message all = goals == 1 ? LT_MSG_REPORT_GOALS_HELD_ONE : LT_MSG_REPORT_GOALS_HELD_ALL;
    LTI_TELL(r,
             held == 0       ? none
             : held == goals ? all
                             : LT_MSG_REPORT_GOALS_HELD,
             lti_whole(r, held, "goals held"), lti_whole(r, goals - held, "goals open"));
    if (states > 0) LTI_TELL(r, LT_MSG_REPORT_GOALS_STATES, lti_whole(r, states, "goals states"));
    if (held > 0) {
        put_goals(r, true);
        lti_note(r, LT_MSG_REPORT_GOALS_NOTE);
    }
    if (held > 0 && held < goals) lti_paragraph(r, LT_MSG_REPORT_GOALS_OPEN);
    if (held < goals) put_goals(r, false);
    return LT_OK;
}
