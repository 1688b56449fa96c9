/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "pack.h"

typedef enum { SUPPORT_LOCAL, SUPPORT_OUTSIDE, SUPPORT_NONE, SUPPORT_UNSURVEYED } support;

static const lt_column technology_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"status", LT_MSG_COLUMN_STATUS, false},
    {"choke", LT_MSG_COLUMN_CHOKE, false},
    {"importance", LT_MSG_COLUMN_IMPORTANCE, false},
    {"research", LT_MSG_COLUMN_RESEARCH, false},
    {"support", LT_MSG_PACK_SUPPORT, .meaning = LT_MSG_PACK_MEANS_SUPPORT},
    {"here", LT_MSG_PACK_HERE, .meaning = LT_MSG_PACK_MEANS_HERE},
    {"elsewhere", LT_MSG_PACK_ELSEWHERE, .meaning = LT_MSG_PACK_MEANS_ELSEWHERE},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { TECHNOLOGY_COLUMNS = sizeof technology_columns / sizeof *technology_columns };

static const lt_column survey_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"status", LT_MSG_COLUMN_STATUS, false},
    {"support", LT_MSG_PACK_SUPPORT, .meaning = LT_MSG_PACK_MEANS_SUPPORT},
};
enum { SURVEY_COLUMNS = sizeof survey_columns / sizeof *survey_columns };

static const lt_column policy_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"rank", LT_MSG_COLUMN_RANK, .meaning = LT_MSG_MEANS_RANK_OVERALL},
    {"action", LT_MSG_COLUMN_ACTION, false},
    {"status", LT_MSG_COLUMN_STATUS, false},
    {"instruments", LT_MSG_COLUMN_INSTRUMENTS, false},
    {"ways", LT_MSG_COLUMN_WAYS, false},
    {"prospects", LT_MSG_COLUMN_PROSPECTS, false},
    {"zones", LT_MSG_COLUMN_ZONES, false},
    {"leaders", LT_MSG_COLUMN_CHAIN_LEADERS, false},
    {"rule_sources", LT_MSG_PACK_RULE_SOURCES, .meaning = LT_MSG_PACK_MEANS_RULE_SOURCES},
    {"basis", LT_MSG_COLUMN_BASIS, false},
    {"sources", LT_MSG_COLUMN_SOURCES, false},
};
enum { POLICY_COLUMNS = sizeof policy_columns / sizeof *policy_columns };

/* The first of by_link that is of this link or a later one. */
static size_t first_tie(const pack_lists *l, uint32_t link)
{
    size_t low = 0, high = l->tie_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (l->by_link[middle].link < link) low = middle + 1;
        else high = middle;
    }
    return low;
}

static support support_of(const pack_lists *l, uint32_t link)
{
    if (l->gaps.coverage.research[link] > 0) return SUPPORT_LOCAL;
    for (size_t i = first_tie(l, link); i < l->tie_count && l->by_link[i].link == link; i++)
        if (is_research(&l->by_link[i])) return SUPPORT_OUTSIDE;
    return lt_links(l->p->dataset)[link].survey != LT_SURVEY_NONE ? SUPPORT_NONE : SUPPORT_UNSURVEYED;
}

static lt_cell support_cell(support state)
{
    static const struct {
        const char *word;
        lt_message message;
    } words[] = {
        [SUPPORT_LOCAL] = {"local", LT_MSG_INNOVATION_LOCAL},
        [SUPPORT_OUTSIDE] = {"outside", LT_MSG_INNOVATION_OUTSIDE},
        [SUPPORT_NONE] = {"none", LT_MSG_INNOVATION_NONE},
        [SUPPORT_UNSURVEYED] = {"unsurveyed", LT_MSG_INNOVATION_UNSURVEYED},
    };
    return lt_cell_word(words[state].word, words[state].message, state == SUPPORT_UNSURVEYED ? LT_TONE_GREY : LT_TONE_PLAIN);
}

static bool in_chain(const pack_lists *l, uint32_t link)
{
    return !lt_links(l->p->dataset)[link].abstract && lt_link_in_chain(l->p->dataset, link, l->chain);
}

/* Who works on the link here, or whom to engage for it. Who does both is among the first. */
static lt_cell researchers_cell(pack_lists *l, uint32_t link, bool here, pack_facts *facts)
{
    const lt_dataset *ds = l->p->dataset;
    line text;
    lt_node last = LT_NONE, put = LT_NONE;
    bool works_here = false;
    if (!line_begin(&text, &l->texts)) return lt_cell_null();
    for (size_t i = first_tie(l, link); i < l->tie_count && l->by_link[i].link == link; i++) {
        const pack_tie *tie = &l->by_link[i];
        if (!is_research(tie)) continue;
        if (tie->holder != last) works_here = tie->kind == LT_CAPABILITY && holder_is_local(ds, tie->holder);
        last = tie->holder;
        if (works_here != here) continue;
        add_fact(facts, ds, (lt_kind)tie->kind, tie->index);
        if (tie->holder == put) continue;
        add_node_fact(facts, ds, tie->holder);
        if (put != LT_NONE) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), text.file);
        fputs(lt_node_name(ds, tie->holder), text.file);
        put = tie->holder;
    }
    return lt_cell_given(line_end(&text, &l->texts));
}

static void write_technology(pack_lists *l, uint32_t i, support state)
{
    const lt_dataset *ds = l->p->dataset;
    const lt_link *link = &lt_links(ds)[i];
    pack_facts facts = {0};
    add_fact(&facts, ds, LT_LINK, i);
    lt_cell here = researchers_cell(l, i, true, &facts), elsewhere = researchers_cell(l, i, false, &facts);
    const lt_cell cells[TECHNOLOGY_COLUMNS] = {
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        status_cell((lt_status)l->gaps.status[i]),
        lt_cell_bool(link->choke),
        lt_cell_real(link->importance),
        lt_cell_real(l->gaps.coverage.research[i]),
        support_cell(state),
        here,
        elsewhere,
        basis_cell(facts.weakest),
        facts_cell(l, &facts),
    };
    write_pack_row(l, cells, &facts);
}

void write_pack_technologies(pack_lists *l)
{
    lt_table_begin(l->writer, "technologies", LT_MSG_PACK_TECHNOLOGIES, technology_columns, TECHNOLOGY_COLUMNS);
    for (uint32_t i = 0; i < l->gaps.count && !l->texts.failed; i++) {
        if (!in_chain(l, i)) continue;
        support state = support_of(l, i);
        bool is_gap = state == SUPPORT_OUTSIDE || state == SUPPORT_NONE;
        if (is_gap || lt_links(l->p->dataset)[i].choke) write_technology(l, i, state);
    }
}

void write_pack_survey(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    lt_table_begin(l->writer, "survey", LT_MSG_PACK_SURVEY, survey_columns, SURVEY_COLUMNS);
    for (uint32_t i = 0; i < l->gaps.count; i++) {
        if (!in_chain(l, i) || support_of(l, i) != SUPPORT_UNSURVEYED) continue;
        const lt_cell cells[SURVEY_COLUMNS] = {
            lt_cell_text(lt_dataset_string(ds, lt_links(ds)[i].head.id)),
            lt_cell_text(lt_dataset_string(ds, lt_links(ds)[i].head.name)),
            status_cell((lt_status)l->gaps.status[i]),
            support_cell(SUPPORT_UNSURVEYED),
        };
        lt_table_row(l->writer, cells);
    }
}

/* Each once, in the order of the rules. */
static void put_rule_sources(line *text, const lt_brief *brief)
{
    size_t count = brief->instrument_count + brief->way_count;
    bool first = true;
    for (size_t i = 0; i < count; i++) {
        const lt_advice *advice = brief->instruments, *ways = brief->ways;
        const char *source = i < brief->instrument_count ? advice[i].rule->source : ways[i - brief->instrument_count].rule->source;
        bool seen = !source || !source[0];
        for (size_t k = 0; k < i && !seen; k++) {
            const lt_rule *rule = k < brief->instrument_count ? advice[k].rule : ways[k - brief->instrument_count].rule;
            seen = rule->source && strcmp(rule->source, source) == 0;
        }
        if (seen) continue;
        if (!first) fputs("; ", text->file);
        fputs(source, text->file);
        first = false;
    }
}

static lt_cell rule_sources_cell(pack_lists *l, const lt_brief *brief)
{
    line text;
    if (!line_begin(&text, &l->texts)) return lt_cell_null();
    put_rule_sources(&text, brief);
    return lt_cell_given(line_end(&text, &l->texts));
}

static void write_policy(pack_lists *l, size_t place, const lt_brief *brief)
{
    const lt_dataset *ds = l->p->dataset;
    const lt_target *target = &l->targets.listed[place];
    const lt_link *link = &lt_links(ds)[target->link];
    brief_row row = {l->p, &l->gaps, target, brief, l->leads, l->lead_count};
    pack_facts none = {0};
    const lt_cell cells[POLICY_COLUMNS] = {
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        lt_cell_integer((int64_t)place + 1),
        action_cell((lt_action)l->gaps.action[target->link]),
        status_cell((lt_status)l->gaps.status[target->link]),
        advice_cell(&row, brief->instruments, brief->instrument_count, &l->texts),
        advice_cell(&row, brief->ways, brief->way_count, &l->texts),
        brief_cell(&row, LT_BRIEF_CANDIDATES, &l->texts),
        brief_cell(&row, LT_BRIEF_ZONES, &l->texts),
        leaders_cell(&row, &l->texts),
        rule_sources_cell(l, brief),
        basis_cell((lt_basis)l->gaps.basis[target->link]),
        sources_cell(l->p, &l->gaps.coverage, target->link, &l->texts),
    };
    write_pack_row(l, cells, &none);
}

lt_code write_pack_policies(pack_lists *l, lt_error *error)
{
    lt_code code = LT_OK;
    size_t *places = calloc(l->gaps.count + 1, sizeof *places); /* on the list, from 1, by link */
    if (!places) return *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY}, LT_E_MEMORY;
    for (size_t i = 0; i < l->targets.listed_count; i++) places[l->targets.listed[i].link] = i + 1;
    lt_table_begin(l->writer, "policies", LT_MSG_PACK_POLICIES, policy_columns, POLICY_COLUMNS);
    for (uint32_t i = 0; i < l->gaps.count && code == LT_OK && !l->texts.failed; i++) {
        lt_brief brief;
        if (places[i] == 0 || !in_chain(l, i)) continue;
        code = lt_brief_make(l->briefing, &l->targets.listed[places[i] - 1], &brief, error);
        if (code == LT_OK) write_policy(l, places[i] - 1, &brief);
    }
    free(places);
    return code;
}
