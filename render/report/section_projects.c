/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects by the plan's states. A project is of a chain when a capability of its own leads to a link of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/build.h"

enum { STAGES = LT_PROJECT_OPERATING + 1 };

static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_COLUMN_PROJECT, 36, false}, {LT_MSG_REPORT_COLUMN_STAGE, 10, false}, {LT_MSG_REPORT_COLUMN_LINK, 26, false},
    {LT_MSG_REPORT_COLUMN_ZONE, 20, false},    {LT_MSG_REPORT_COLUMN_INVEST, 8, true},
};
static const lt_doc_column chain_columns[] = {
    {LT_MSG_COLUMN_CHAIN, 28, false},     {LT_MSG_REPORT_PLANNED, 12, true},  {LT_MSG_REPORT_CONTACTED, 12, true},
    {LT_MSG_REPORT_SIGNED, 12, true},     {LT_MSG_REPORT_BUILDING, 12, true}, {LT_MSG_REPORT_OPERATING, 12, true},
    {LT_MSG_REPORT_COLUMN_SUM, 12, true},
};

/* Links that a project works on, of the chain; capabilities stand in order of who has them. */
static size_t project_links(const lti_report *r, uint32_t project, lt_node chain, uint32_t *links)
{
    lt_node node = lt_node_at(r->ds, LT_PROJECT, project);
    const lt_capability *all = lt_capabilities(r->ds);
    size_t low = 0, high = lt_count(r->ds, LT_CAPABILITY), end = high, count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].edge.from < node) low = middle + 1;
        else high = middle;
    }
    for (size_t i = low; i < end && all[i].edge.from == node; i++) {
        uint32_t link = lt_node_index(r->ds, all[i].edge.to);
        bool twice = count > 0 && links && links[count - 1] == link;
        if (twice || (chain != LT_NONE && !lt_link_in_chain(r->ds, link, chain))) continue;
        if (links) links[count] = link;
        count++;
    }
    return count;
}

static size_t count_stages(const lti_report *r, lt_node chain, size_t stages[STAGES])
{
    size_t total = 0;
    memset(stages, 0, STAGES * sizeof *stages);
    for (uint32_t i = 0; i < lt_count(r->ds, LT_PROJECT); i++) {
        if (chain != LT_NONE && project_links(r, i, chain, NULL) == 0) continue;
        stages[lt_projects(r->ds)[i].stage]++;
        total++;
    }
    return total;
}

static const char *stage_key(lti_report *r, const char *scope, int stage)
{
    return lti_figure(r, "projects", scope, lt_enum_word(LT_ENUM_PROJECT, stage));
}

static lt_doc_run batch_run(lti_report *r, size_t count)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", count);
    return count == 0 ? lti_word(r, LT_MSG_REPORT_BATCH_NONE) : lti_phrase(r, LT_MSG_REPORT_BATCH, LTI_WORDS(number));
}

/* The three rates that the plan names. Only what the data can tell is worked out. */
static void say_rates(lti_report *r, const size_t stages[STAGES], const char *scope)
{
    size_t begun = stages[LT_PROJECT_BUILDING] + stages[LT_PROJECT_OPERATING], contracted = begun + stages[LT_PROJECT_SIGNED];
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, LT_MSG_REPORT_BATCHES, batch_run(r, stages[LT_PROJECT_SIGNED]), batch_run(r, stages[LT_PROJECT_BUILDING]),
             batch_run(r, stages[LT_PROJECT_OPERATING]));
    if (stages[LT_PROJECT_SIGNED] == 0) lti_tell(r, LT_MSG_REPORT_NO_START_RATE);
    else
        LTI_TELL(r, LT_MSG_REPORT_START_RATE, lti_whole(r, contracted, lti_figure(r, "projects", scope, "contracted")),
                 lti_whole(r, begun, lti_figure(r, "projects", scope, "begun")),
                 lti_percent(r, (double)begun / (double)contracted, lti_figure(r, "projects", scope, "start_rate")));
    lti_tell(r, LT_MSG_REPORT_NO_MONEY_RATES);
}

static void say_stages(lti_report *r, const size_t stages[STAGES], const char *scope)
{
    bool begun = false;
    for (int i = 0; i < STAGES; i++) {
        if (stages[i] == 0) continue;
        if (begun) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_LIST_SEPARATOR));
        begun = true;
        LTI_TELL(r, LT_MSG_REPORT_STATUS_COUNT, lti_word(r, lt_project_stage_message((uint8_t)i)),
                 lti_whole(r, stages[i], stage_key(r, scope, i)));
    }
    lti_tell(r, LT_MSG_REPORT_STOP);
}

static lt_code put_projects(lti_report *r)
{
    uint32_t *links = calloc(lt_count(r->ds, LT_CAPABILITY) + 1, sizeof *links);
    if (!links) return lti_out_of_memory(r);
    lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (int stage = STAGES - 1; stage >= 0; stage--)
        for (uint32_t i = 0; i < lt_count(r->ds, LT_PROJECT); i++) {
            const lt_project *project = &lt_projects(r->ds)[i];
            size_t count = project->stage == stage ? project_links(r, i, r->chain, links) : 0;
            if (count == 0) continue;
            lti_cell_text(r, lt_dataset_string(r->ds, project->head.name));
            lti_cell_word(r, lt_project_stage_message(project->stage));
            lti_cell_text(r, lti_link_names(r, links, count, 2, false));
            if (project->zone != LT_NONE) lti_cell_text(r, lt_node_name(r->ds, project->zone));
            else lti_cell_word(r, LT_MSG_NOT_GIVEN);
            lti_cell(r, lti_value(r, project->invest, NULL));
        }
    free(links);
    return LT_OK;
}

static void put_chains(lti_report *r)
{
    lt_doc_table(&r->doc, chain_columns, sizeof chain_columns / sizeof *chain_columns);
    for (uint32_t c = 0; c < r->gaps.chain_count; c++) {
        lt_node chain = lt_node_at(r->ds, LT_CHAIN, r->chains[c]);
        size_t stages[STAGES], total = count_stages(r, chain, stages);
        if (total == 0) continue;
        lti_cell_text(r, lt_node_name(r->ds, chain));
        for (int i = 0; i < STAGES; i++) lti_cell_whole(r, stages[i], stage_key(r, lt_node_id(r->ds, chain), i));
        lti_cell_whole(r, total, lti_figure(r, "projects", lt_node_id(r->ds, chain), "all"));
    }
    lti_note(r, LT_MSG_REPORT_PROJECTS_CITY_NOTE);
}

lt_code lti_section_projects(lti_report *r)
{
    size_t stages[STAGES], total = count_stages(r, r->chain, stages), with_money = 0, tied = 0;
    const char *scope = r->chain_id ? r->chain_id : "*";
    bool city = r->chain == LT_NONE;
    for (uint32_t i = 0; i < lt_count(r->ds, LT_PROJECT); i++) {
        bool on_links = project_links(r, i, r->chain, NULL) > 0;
        tied += on_links;
        with_money += (city || on_links) && !isnan(lt_projects(r->ds)[i].invest);
    }
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    lt_message none = city ? LT_MSG_REPORT_PROJECTS_CITY_NONE : LT_MSG_REPORT_PROJECTS_NONE;
    lt_message one = city ? LT_MSG_REPORT_PROJECTS_CITY_ONE : LT_MSG_REPORT_PROJECTS_ONE;
    lt_message many = city ? LT_MSG_REPORT_PROJECTS_CITY : LT_MSG_REPORT_PROJECTS_MANY;
    uint8_t only = 0; /* the stage of a project that is alone */
    while (total == 1 && stages[only] == 0) only++;
    LTI_TELL(r, lti_by_count(total, none, one, many), lti_whole(r, total, lti_figure(r, "projects", scope, "all")),
             lti_word(r, lt_project_stage_message(only)));
    if (total == 0) return LT_OK;
    if (total > 1) say_stages(r, stages, scope);
    if (city && tied < total)
        LTI_TELL(r, total - tied == 1 ? LT_MSG_REPORT_PROJECTS_LOOSE_ONE : LT_MSG_REPORT_PROJECTS_LOOSE,
                 lti_whole(r, total - tied, "projects * loose"));
    if (with_money == 0) lti_tell(r, LT_MSG_REPORT_NO_INVEST);
    else if (with_money < total) LTI_TELL(r, LT_MSG_REPORT_SOME_INVEST, lti_whole(r, with_money, "projects invest"));
    say_rates(r, stages, scope);
    if (!city) return put_projects(r);
    if (tied > 0) put_chains(r);
    return LT_OK;
}
