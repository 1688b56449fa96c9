/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "pack.h"

static const lt_column firm_columns[] = {
    {"id", LT_MSG_PACK_ID, .meaning = LT_MSG_PACK_MEANS_ID},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"kind", LT_MSG_PACK_KIND, .meaning = LT_MSG_PACK_MEANS_KIND},
    {"grade", LT_MSG_PACK_GRADE, .meaning = LT_MSG_PACK_MEANS_GRADE},
    {"zone", LT_MSG_PACK_ZONE, .meaning = LT_MSG_PACK_MEANS_ZONE},
    {"links", LT_MSG_PACK_LINKS, .meaning = LT_MSG_PACK_MEANS_MAKES},
    {"level", LT_MSG_PACK_LEVEL, .meaning = LT_MSG_PACK_MEANS_LEVEL},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { FIRM_COLUMNS = sizeof firm_columns / sizeof *firm_columns };

static const lt_column project_columns[] = {
    {"id", LT_MSG_PACK_ID, .meaning = LT_MSG_PACK_MEANS_ID},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"stage", LT_MSG_PACK_STAGE, .meaning = LT_MSG_PACK_MEANS_STAGE},
    {"firm", LT_MSG_PACK_FIRM, .meaning = LT_MSG_PACK_MEANS_FIRM},
    {"zone", LT_MSG_PACK_ZONE, .meaning = LT_MSG_PACK_MEANS_ZONE},
    {"invest", LT_MSG_PACK_INVEST, .meaning = LT_MSG_PACK_MEANS_INVEST},
    {"links", LT_MSG_PACK_LINKS, .meaning = LT_MSG_PACK_MEANS_WORKS},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { PROJECT_COLUMNS = sizeof project_columns / sizeof *project_columns };

static const lt_column talent_columns[] = {
    {"id", LT_MSG_PACK_ID, .meaning = LT_MSG_PACK_MEANS_ID},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"kind", LT_MSG_PACK_KIND, .meaning = LT_MSG_PACK_MEANS_KIND},
    {"place", LT_MSG_PACK_PLACE, .meaning = LT_MSG_PACK_MEANS_PLACE},
    {"link", LT_MSG_PACK_LINK, .meaning = LT_MSG_PACK_MEANS_LINK},
    {"tie", LT_MSG_PACK_TIE, .meaning = LT_MSG_PACK_MEANS_TIE},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { TALENT_COLUMNS = sizeof talent_columns / sizeof *talent_columns };

static lt_cell kind_cell(const lt_dataset *ds, lt_node holder)
{
    static const lt_message types[] = {
        [LT_INSTITUTION_UNSET] = LT_MSG_INSTITUTION_OTHER,       [LT_INSTITUTION_UNIVERSITY] = LT_MSG_INSTITUTION_UNIVERSITY,
        [LT_INSTITUTION_LAB] = LT_MSG_INSTITUTION_LAB,           [LT_INSTITUTION_INSTITUTE] = LT_MSG_INSTITUTION_INSTITUTE,
        [LT_INSTITUTION_PLATFORM] = LT_MSG_INSTITUTION_PLATFORM, [LT_INSTITUTION_ASSOCIATION] = LT_MSG_INSTITUTION_ASSOCIATION,
        [LT_INSTITUTION_FUND] = LT_MSG_INSTITUTION_FUND,         [LT_INSTITUTION_OTHER] = LT_MSG_INSTITUTION_OTHER,
    };
    lt_kind kind = lt_node_kind(ds, holder);
    lt_message message = kind == LT_FIRM      ? LT_MSG_INSTITUTION_FIRM
                         : kind == LT_PROJECT ? LT_MSG_INSTITUTION_PROJECT
                                              : types[lt_institutions(ds)[lt_node_index(ds, holder)].type];
    return lt_cell_word(lt_kind_name(kind), message, LT_TONE_PLAIN);
}

static lt_cell grade_cell(const lt_dataset *ds, lt_node holder)
{
    static const lt_message grades[] = {
        [LT_GRADE_LEADER] = LT_MSG_PACK_GRADE_LEADER,
        [LT_GRADE_BACKBONE] = LT_MSG_PACK_GRADE_BACKBONE,
        [LT_GRADE_GROWING] = LT_MSG_PACK_GRADE_GROWING,
        [LT_GRADE_SMALL] = LT_MSG_PACK_GRADE_SMALL,
    };
    uint8_t grade = lt_node_kind(ds, holder) == LT_FIRM ? lt_firms(ds)[lt_node_index(ds, holder)].grade : LT_GRADE_UNSET;
    const char *word = lt_enum_word(LT_ENUM_GRADE, grade);
    return word ? lt_cell_word(word, grades[grade], LT_TONE_PLAIN) : lt_cell_null();
}

static lt_cell project_stage_cell(uint8_t stage)
{
    static const lt_message stages[] = {
        [LT_PROJECT_PLANNED] = LT_MSG_REPORT_PLANNED,     [LT_PROJECT_CONTACTED] = LT_MSG_REPORT_CONTACTED,
        [LT_PROJECT_SIGNED] = LT_MSG_REPORT_SIGNED,       [LT_PROJECT_BUILDING] = LT_MSG_REPORT_BUILDING,
        [LT_PROJECT_OPERATING] = LT_MSG_REPORT_OPERATING,
    };
    return lt_cell_word(lt_enum_word(LT_ENUM_PROJECT, stage), stages[stage], LT_TONE_PLAIN);
}

static lt_node zone_of(const lt_dataset *ds, lt_node holder)
{
    uint32_t index = lt_node_index(ds, holder);
    lt_kind kind = lt_node_kind(ds, holder);
    return kind == LT_FIRM      ? lt_firms(ds)[index].zone
           : kind == LT_PROJECT ? lt_projects(ds)[index].zone
                                : lt_institutions(ds)[index].zone;
}

static lt_node region_of(const lt_dataset *ds, lt_node holder)
{
    uint32_t index = lt_node_index(ds, holder);
    lt_kind kind = lt_node_kind(ds, holder);
    return kind == LT_FIRM      ? lt_firms(ds)[index].region
           : kind == LT_PROJECT ? lt_projects(ds)[index].region
                                : lt_institutions(ds)[index].region;
}

/* What gives supply today: local, and of projects those that operate. */
static bool makes(const lt_dataset *ds, const pack_tie *tie)
{
    bool supplies = tie->kind == LT_CAPABILITY && tie->role != LT_ROLE_RESEARCH && holder_is_local(ds, tie->holder);
    bool is_project = lt_node_kind(ds, tie->holder) == LT_PROJECT;
    return supplies && (!is_project || lt_projects(ds)[lt_node_index(ds, tie->holder)].stage == LT_PROJECT_OPERATING);
}

static bool works(const lt_dataset *ds, const pack_tie *tie)
{
    return tie->kind == LT_CAPABILITY && lt_node_kind(ds, tie->holder) == LT_PROJECT;
}

static void put_link(pack_lists *l, line *text, const pack_tie *tie, bool first)
{
    const lt_dataset *ds = l->p->dataset;
    char number[LT_REAL_SIZE];
    lt_real_text(number, tie->level, 12);
    if (!first) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), text->file);
    fputs(lt_node_name(ds, lt_node_at(ds, LT_LINK, tie->link)), text->file);
    line_message(text, l->p->lang, LT_MSG_IN_BRACKETS, WORDS(number), 1);
}

/* The links of one holder, whose ties begin at `from`, into a cell. @return the sum of levels; NaN-free. */
static double holder_links(pack_lists *l, size_t from, size_t end, bool (*wanted)(const lt_dataset *, const pack_tie *),
                           pack_facts *facts, lt_cell *cell)
{
    const lt_dataset *ds = l->p->dataset;
    line text;
    double sum = 0;
    bool first = true;
    *cell = lt_cell_null();
    if (!line_begin(&text, &l->texts)) return 0;
    add_node_fact(facts, ds, l->ties[from].holder);
    for (size_t i = from; i < end; i++) {
        if (!wanted(ds, &l->ties[i])) continue;
        put_link(l, &text, &l->ties[i], first);
        add_fact(facts, ds, LT_CAPABILITY, l->ties[i].index);
        sum += l->ties[i].level;
        first = false;
    }
    *cell = lt_cell_text(line_end(&text, &l->texts));
    return sum;
}

/* Where the ties of the holder at `from` end, and whether any is wanted. */
static size_t holder_end(const pack_lists *l, size_t from, bool (*wanted)(const lt_dataset *, const pack_tie *), bool *any)
{
    size_t end = from;
    for (*any = false; end < l->tie_count && l->ties[end].holder == l->ties[from].holder; end++)
        *any |= wanted(l->p->dataset, &l->ties[end]);
    return end;
}

void write_pack_firms(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    bool any;
    lt_table_begin(l->writer, "firms", LT_MSG_PACK_FIRMS, firm_columns, FIRM_COLUMNS);
    for (size_t i = 0, end; i < l->tie_count && !l->texts.failed; i = end) {
        end = holder_end(l, i, makes, &any);
        if (!any) continue;
        lt_node holder = l->ties[i].holder;
        pack_facts facts = {0};
        lt_cell links;
        double level = holder_links(l, i, end, makes, &facts, &links);
        const lt_cell cells[FIRM_COLUMNS] = {
            lt_cell_text(l->ties[i].id),
            lt_cell_text(lt_node_name(ds, holder)),
            kind_cell(ds, holder),
            grade_cell(ds, holder),
            lt_cell_given(lt_node_name(ds, zone_of(ds, holder))),
            links,
            lt_cell_real(level),
            basis_cell(facts.weakest),
            facts_cell(l, &facts),
        };
        write_pack_row(l, cells, &facts);
    }
}

void write_pack_projects(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    bool any;
    lt_table_begin(l->writer, "projects", LT_MSG_PACK_PROJECTS, project_columns, PROJECT_COLUMNS);
    for (size_t i = 0, end; i < l->tie_count && !l->texts.failed; i = end) {
        end = holder_end(l, i, works, &any);
        if (!any) continue;
        const lt_project *project = &lt_projects(ds)[lt_node_index(ds, l->ties[i].holder)];
        pack_facts facts = {0};
        lt_cell links;
        holder_links(l, i, end, works, &facts, &links);
        const lt_cell cells[PROJECT_COLUMNS] = {
            lt_cell_text(l->ties[i].id),
            lt_cell_text(lt_node_name(ds, l->ties[i].holder)),
            project_stage_cell(project->stage),
            lt_cell_given(lt_node_name(ds, project->firm)),
            lt_cell_given(lt_node_name(ds, project->zone)),
            lt_cell_real(project->invest),
            links,
            basis_cell(facts.weakest),
            facts_cell(l, &facts),
        };
        write_pack_row(l, cells, &facts);
    }
}

void write_pack_talents(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    lt_table_begin(l->writer, "talents", LT_MSG_PACK_TALENTS, talent_columns, TALENT_COLUMNS);
    for (size_t i = 0; i < l->tie_count && !l->texts.failed; i++) {
        const pack_tie *tie = &l->ties[i];
        if (!is_research(tie)) continue;
        bool named = tie->kind == LT_PROSPECT, local = holder_is_local(ds, tie->holder);
        pack_facts facts = {0};
        add_node_fact(&facts, ds, tie->holder);
        add_fact(&facts, ds, (lt_kind)tie->kind, tie->index);
        const lt_cell cells[TALENT_COLUMNS] = {
            lt_cell_text(tie->id),
            lt_cell_text(lt_node_name(ds, tie->holder)),
            kind_cell(ds, tie->holder),
            local ? lt_cell_word("local", LT_MSG_PACK_LOCAL, LT_TONE_PLAIN)
                  : lt_cell_given(lt_node_name(ds, region_of(ds, tie->holder))),
            tie->link == UINT32_MAX ? lt_cell_word("chain", LT_MSG_INNOVATION_WHOLE, LT_TONE_PLAIN)
                                    : lt_cell_text(lt_node_name(ds, lt_node_at(ds, LT_LINK, tie->link))),
            named ? lt_cell_word("named", LT_MSG_PACK_NAMED, LT_TONE_PLAIN)
                  : lt_cell_word("works", LT_MSG_PACK_WORKS, LT_TONE_PLAIN),
            basis_cell(facts.weakest),
            facts_cell(l, &facts),
        };
        write_pack_row(l, cells, &facts);
    }
}
