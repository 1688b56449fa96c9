/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "pack.h"

static const lt_column technology_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_PACK_CHAIN, .meaning = LT_MSG_PACK_MEANS_CHAIN},
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
    {"chain", LT_MSG_PACK_CHAIN, .meaning = LT_MSG_PACK_MEANS_CHAIN},
    {"status", LT_MSG_COLUMN_STATUS, false},
    {"importance", LT_MSG_COLUMN_IMPORTANCE, false},
    {"support", LT_MSG_PACK_SUPPORT, .meaning = LT_MSG_PACK_MEANS_SUPPORT},
    {"ask", LT_MSG_PACK_ASK, .meaning = LT_MSG_PACK_MEANS_ASK},
    {"elsewhere", LT_MSG_PACK_ELSEWHERE, .meaning = LT_MSG_PACK_MEANS_ELSEWHERE},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { SURVEY_COLUMNS = sizeof survey_columns / sizeof *survey_columns };

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

static lt_support support_of(const pack_lists *l, uint32_t link)
{
    bool tied = false;
    for (size_t i = first_tie(l, link); i < l->tie_count && l->by_link[i].link == link; i++) tied |= is_research(&l->by_link[i]);
    return lt_support_of(l->p->dataset, &l->gaps.coverage, link, tied);
}

static lt_cell support_cell(lt_support state)
{
    static const struct {
        const char *word;
        lt_message message;
    } words[] = {
        [LT_SUPPORT_LOCAL] = {"local", LT_MSG_INNOVATION_LOCAL},
        [LT_SUPPORT_OUTSIDE] = {"outside", LT_MSG_INNOVATION_OUTSIDE},
        [LT_SUPPORT_NONE] = {"none", LT_MSG_INNOVATION_NONE},
        [LT_SUPPORT_UNSURVEYED] = {"unsurveyed", LT_MSG_INNOVATION_UNSURVEYED},
    };
    return lt_cell_word(words[state].word, words[state].message, state == LT_SUPPORT_UNSURVEYED ? LT_TONE_GREY : LT_TONE_PLAIN);
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
        if (tie->holder != last) works_here = tie->kind == LT_CAPABILITY && lt_holder_local(ds, tie->holder);
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

static void write_technology(pack_lists *l, uint32_t i, lt_support state)
{
    const lt_dataset *ds = l->p->dataset;
    const lt_link *link = &lt_links(ds)[i];
    pack_facts facts = {0};
    add_fact(&facts, ds, LT_LINK, i);
    lt_cell here = researchers_cell(l, i, true, &facts), elsewhere = researchers_cell(l, i, false, &facts);
    const lt_cell cells[TECHNOLOGY_COLUMNS] = {
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        lt_cell_text(lt_node_name(ds, link->chain)),
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

/** A link on its way into a list. */
typedef struct {
    double importance;
    uint32_t link; /* in the order of ids */
    bool choke;
} link_row;

static int by_importance(const void *left, const void *right)
{
    const link_row *a = left, *b = right;
    if (a->choke != b->choke) return a->choke ? -1 : 1;
    if (a->importance != b->importance) return a->importance > b->importance ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static bool is_unsurveyed(const pack_lists *l, uint32_t link)
{
    return lt_links(l->p->dataset)[link].survey == LT_SURVEY_NONE;
}

/* What nobody has surveyed is no gap. Choke points are listed whatever is known of them. */
static bool is_technology(const pack_lists *l, uint32_t link)
{
    return lt_links(l->p->dataset)[link].choke || (!is_unsurveyed(l, link) && support_of(l, link) != LT_SUPPORT_LOCAL);
}

static bool asks_supply(const pack_lists *l, uint32_t link)
{
    return l->gaps.status[link] == LT_STATUS_UNKNOWN;
}

static bool is_to_survey(const pack_lists *l, uint32_t link)
{
    return is_unsurveyed(l, link) && (asks_supply(l, link) || support_of(l, link) != LT_SUPPORT_LOCAL);
}

/* @return the links of the chain in order, freed by the caller; NULL out of memory (noted). */
static link_row *link_rows(pack_lists *l, bool (*wanted)(const pack_lists *, uint32_t), bool choke_first, size_t *count)
{
    link_row *rows = calloc((size_t)l->gaps.count + 1, sizeof *rows);
    *count = 0;
    l->texts.failed |= !rows;
    for (uint32_t i = 0; i < l->gaps.count && rows; i++) {
        const lt_link *link = &lt_links(l->p->dataset)[i];
        if (in_chain(l, i) && wanted(l, i)) rows[(*count)++] = (link_row){link->importance, i, choke_first && link->choke};
    }
    if (*count > 0) qsort(rows, *count, sizeof *rows, by_importance);
    return rows;
}

void write_pack_technologies(pack_lists *l)
{
    size_t count;
    link_row *rows = link_rows(l, is_technology, true, &count);
    lt_table_begin(l->writer, "technologies", LT_MSG_PACK_TECHNOLOGIES, technology_columns, TECHNOLOGY_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_TECHNOLOGIES, LT_MSG_PACK_NO_TECHNOLOGIES);
    for (size_t i = 0; i < count && !l->texts.failed; i++) write_technology(l, rows[i].link, support_of(l, rows[i].link));
    free(rows);
}

static lt_cell ask_cell(const pack_lists *l, uint32_t link)
{
    bool research = support_of(l, link) != LT_SUPPORT_LOCAL;
    if (!asks_supply(l, link)) return lt_cell_word("research", LT_MSG_PACK_ASK_RESEARCH, LT_TONE_PLAIN);
    return research ? lt_cell_word("both", LT_MSG_PACK_ASK_BOTH, LT_TONE_PLAIN)
                    : lt_cell_word("supply", LT_MSG_PACK_ASK_SUPPLY, LT_TONE_PLAIN);
}

static void write_to_survey(pack_lists *l, uint32_t i)
{
    const lt_dataset *ds = l->p->dataset;
    const lt_link *link = &lt_links(ds)[i];
    pack_facts facts = {0};
    add_fact(&facts, ds, LT_LINK, i);
    lt_cell elsewhere = researchers_cell(l, i, false, &facts);
    const lt_cell cells[SURVEY_COLUMNS] = {
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        lt_cell_text(lt_node_name(ds, link->chain)),
        status_cell((lt_status)l->gaps.status[i]),
        lt_cell_real(link->importance),
        support_cell(support_of(l, i)),
        ask_cell(l, i),
        elsewhere,
        basis_cell(facts.weakest),
        facts_cell(l, &facts),
    };
    write_pack_row(l, cells, &facts);
}

void write_pack_survey(pack_lists *l)
{
    size_t count;
    link_row *rows = link_rows(l, is_to_survey, false, &count);
    lt_table_begin(l->writer, "survey", LT_MSG_PACK_SURVEY, survey_columns, SURVEY_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_SURVEY, LT_MSG_PACK_NO_SURVEY);
    for (size_t i = 0; i < count && !l->texts.failed; i++) write_to_survey(l, rows[i].link);
    free(rows);
}
