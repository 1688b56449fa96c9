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
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { FIRM_COLUMNS = sizeof firm_columns / sizeof *firm_columns };

static const lt_column project_columns[] = {
    {"id", LT_MSG_PACK_ID, .meaning = LT_MSG_PACK_MEANS_ID},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"stage", LT_MSG_PACK_STAGE, .meaning = LT_MSG_PACK_MEANS_STAGE},
    {"counts", LT_MSG_PACK_COUNTS, .meaning = LT_MSG_PACK_MEANS_COUNTS},
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
    {"works", LT_MSG_PACK_WORKS, .meaning = LT_MSG_PACK_MEANS_WORKS_ON},
    {"named", LT_MSG_PACK_NAMED, .meaning = LT_MSG_PACK_MEANS_NAMED},
    {"basis", LT_MSG_PACK_BASIS, .meaning = LT_MSG_PACK_MEANS_BASIS},
    {"sources", LT_MSG_PACK_SOURCES, .meaning = LT_MSG_PACK_MEANS_SOURCES},
};
enum { TALENT_COLUMNS = sizeof talent_columns / sizeof *talent_columns };

static lt_cell kind_cell(const lt_dataset *ds, lt_node holder)
{
    static const lt_message types[] = {
        [LT_INSTITUTION_UNSET] = LT_MSG_PACK_KIND_OTHER,       [LT_INSTITUTION_UNIVERSITY] = LT_MSG_PACK_KIND_UNIVERSITY,
        [LT_INSTITUTION_LAB] = LT_MSG_PACK_KIND_LAB,           [LT_INSTITUTION_INSTITUTE] = LT_MSG_PACK_KIND_INSTITUTE,
        [LT_INSTITUTION_PLATFORM] = LT_MSG_PACK_KIND_PLATFORM, [LT_INSTITUTION_ASSOCIATION] = LT_MSG_PACK_KIND_ASSOCIATION,
        [LT_INSTITUTION_FUND] = LT_MSG_PACK_KIND_FUND,         [LT_INSTITUTION_OTHER] = LT_MSG_PACK_KIND_OTHER,
    };
    lt_kind kind = lt_node_kind(ds, holder);
    lt_message message = kind == LT_FIRM      ? LT_MSG_PACK_KIND_FIRM
                         : kind == LT_PROJECT ? LT_MSG_PACK_KIND_PROJECT
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
    return lt_cell_word(lt_enum_word(LT_ENUM_PROJECT, stage), lt_project_stage_message(stage), LT_TONE_PLAIN);
}

static lt_cell where_cell(const lt_dataset *ds, lt_node holder)
{
    lt_node zone = lt_holder_zone(ds, holder);
    return lt_cell_given(lt_node_name(ds, zone != LT_NONE ? zone : lt_holder_region(ds, holder)));
}

/* What gives supply today: local firms, and local projects that operate. */
static bool makes(const lt_dataset *ds, const pack_tie *tie)
{
    lt_kind kind = lt_node_kind(ds, tie->holder);
    bool supplies = tie->kind == LT_CAPABILITY && tie->role != LT_ROLE_RESEARCH && lt_holder_local(ds, tie->holder);
    if (kind == LT_PROJECT) return supplies && lt_projects(ds)[lt_node_index(ds, tie->holder)].stage == LT_PROJECT_OPERATING;
    return supplies && kind == LT_FIRM;
}

static bool works(const lt_dataset *ds, const pack_tie *tie)
{
    return tie->kind == LT_CAPABILITY && lt_node_kind(ds, tie->holder) == LT_PROJECT;
}

static bool researches(const lt_dataset *ds, const pack_tie *tie)
{
    (void)ds;
    return is_research(tie);
}

static bool works_on(const lt_dataset *ds, const pack_tie *tie)
{
    (void)ds;
    return is_research(tie) && tie->kind == LT_CAPABILITY;
}

static bool is_named(const lt_dataset *ds, const pack_tie *tie)
{
    (void)ds;
    return is_research(tie) && tie->kind == LT_PROSPECT;
}

typedef bool (*tie_test)(const lt_dataset *ds, const pack_tie *tie);

/** A row: the ties of one holder, of which some are wanted. */
typedef struct {
    const pack_tie *ties;
    size_t count;
    int rank; /* the least first, then by id */
} holder_row;

static int by_rank(const void *left, const void *right)
{
    const holder_row *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return strcmp(a->ties->id, b->ties->id);
}

static int grade_rank(const lt_dataset *ds, lt_node holder)
{
    uint8_t grade = lt_node_kind(ds, holder) == LT_FIRM ? lt_firms(ds)[lt_node_index(ds, holder)].grade : LT_GRADE_UNSET;
    return grade != LT_GRADE_UNSET ? grade : LT_GRADE_SMALL + 1;
}

static int stage_rank(const lt_dataset *ds, lt_node holder)
{
    return -(int)lt_projects(ds)[lt_node_index(ds, holder)].stage;
}

static int place_rank(const lt_dataset *ds, lt_node holder)
{
    return !lt_holder_local(ds, holder);
}

/* @return the rows in order, freed by the caller; NULL out of memory (noted). */
static holder_row *holder_rows(pack_lists *l, tie_test wanted, int (*rank)(const lt_dataset *, lt_node), size_t *count)
{
    const lt_dataset *ds = l->p->dataset;
    holder_row *rows = calloc(l->tie_count + 1, sizeof *rows);
    *count = 0;
    l->texts.failed |= !rows;
    for (size_t i = 0, end; i < l->tie_count && rows; i = end) {
        bool any = false;
        for (end = i; end < l->tie_count && l->ties[end].holder == l->ties[i].holder; end++) any |= wanted(ds, &l->ties[end]);
        if (any) rows[(*count)++] = (holder_row){&l->ties[i], end - i, rank(ds, l->ties[i].holder)};
    }
    if (*count > 0) qsort(rows, *count, sizeof *rows, by_rank);
    return rows;
}

static void put_tie(pack_lists *l, line *text, const pack_tie *tie)
{
    const lt_dataset *ds = l->p->dataset;
    char number[LT_REAL_SIZE];
    bool is_whole = tie->link == UINT32_MAX;
    lt_real_text(number, tie->level, 12);
    fputs(is_whole ? lt_message_pattern(l->p->lang, LT_MSG_INNOVATION_WHOLE) : lt_node_name(ds, lt_node_at(ds, LT_LINK, tie->link)),
          text->file);
    if (tie->kind != LT_CAPABILITY) return;
    bool says_research = lt_node_kind(ds, tie->holder) == LT_PROJECT && is_research(tie);
    line_message(text, l->p->lang, says_research ? LT_MSG_PACK_RESEARCH_LEVEL : LT_MSG_IN_BRACKETS, WORDS(number), 1);
}

/* The wanted links of one holder; their records, and the holder's, go to the facts. */
static lt_cell links_cell(pack_lists *l, const holder_row *row, tie_test wanted, pack_facts *facts)
{
    const lt_dataset *ds = l->p->dataset;
    line text;
    bool first = true;
    if (!line_begin(&text, &l->texts)) return lt_cell_null();
    add_node_fact(facts, ds, row->ties->holder);
    for (size_t i = 0; i < row->count; i++) {
        if (!wanted(ds, &row->ties[i])) continue;
        if (!first) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), text.file);
        put_tie(l, &text, &row->ties[i]);
        add_fact(facts, ds, (lt_kind)row->ties[i].kind, row->ties[i].index);
        first = false;
    }
    return lt_cell_given(line_end(&text, &l->texts));
}

void write_pack_firms(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    size_t count;
    holder_row *rows = holder_rows(l, makes, grade_rank, &count);
    lt_table_begin(l->writer, "firms", LT_MSG_PACK_FIRMS, firm_columns, FIRM_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_FIRMS, LT_MSG_PACK_NO_FIRMS);
    for (size_t i = 0; i < count && !l->texts.failed; i++) {
        lt_node holder = rows[i].ties->holder;
        pack_facts facts = {0};
        lt_cell links = links_cell(l, &rows[i], makes, &facts);
        const lt_cell cells[FIRM_COLUMNS] = {
            lt_cell_text(rows[i].ties->id), lt_cell_text(lt_node_name(ds, holder)),
            kind_cell(ds, holder),          grade_cell(ds, holder),
            where_cell(ds, holder),         links,
            basis_cell(facts.weakest),      facts_cell(l, &facts),
        };
        write_pack_row(l, cells, &facts);
    }
    free(rows);
}

static lt_cell counts_cell(const lt_project *project)
{
    if (!project->local) return lt_cell_word("no", LT_MSG_PACK_COUNTS_NOT, LT_TONE_GREY);
    return project->stage == LT_PROJECT_OPERATING ? lt_cell_word("supply", LT_MSG_PACK_COUNTS_SUPPLY, LT_TONE_PLAIN)
                                                  : lt_cell_word("pipeline", LT_MSG_PACK_COUNTS_PIPELINE, LT_TONE_PLAIN);
}

void write_pack_projects(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    size_t count;
    holder_row *rows = holder_rows(l, works, stage_rank, &count);
    lt_table_begin(l->writer, "projects", LT_MSG_PACK_PROJECTS, project_columns, PROJECT_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_PROJECTS, LT_MSG_PACK_NO_PROJECTS);
    for (size_t i = 0; i < count && !l->texts.failed; i++) {
        lt_node holder = rows[i].ties->holder;
        const lt_project *project = &lt_projects(ds)[lt_node_index(ds, holder)];
        pack_facts facts = {0};
        lt_cell links = links_cell(l, &rows[i], works, &facts);
        const lt_cell cells[PROJECT_COLUMNS] = {
            lt_cell_text(rows[i].ties->id),
            lt_cell_text(lt_node_name(ds, holder)),
            project_stage_cell(project->stage),
            counts_cell(project),
            lt_cell_given(lt_node_name(ds, project->firm)),
            where_cell(ds, holder),
            lt_cell_real(project->invest),
            links,
            basis_cell(facts.weakest),
            facts_cell(l, &facts),
        };
        write_pack_row(l, cells, &facts);
    }
    free(rows);
}

static lt_cell place_cell(const lt_dataset *ds, lt_node holder)
{
    return lt_holder_local(ds, holder) ? lt_cell_word("local", LT_MSG_PACK_LOCAL, LT_TONE_PLAIN)
                                       : lt_cell_given(lt_node_name(ds, lt_holder_region(ds, holder)));
}

void write_pack_talents(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    size_t count;
    holder_row *rows = holder_rows(l, researches, place_rank, &count);
    lt_table_begin(l->writer, "talents", LT_MSG_PACK_TALENTS, talent_columns, TALENT_COLUMNS);
    explain_list(l, LT_MSG_PACK_ABOUT_TALENTS, LT_MSG_PACK_NO_TALENTS);
    for (size_t i = 0; i < count && !l->texts.failed; i++) {
        lt_node holder = rows[i].ties->holder;
        pack_facts facts = {0};
        lt_cell on = links_cell(l, &rows[i], works_on, &facts), named = links_cell(l, &rows[i], is_named, &facts);
        const lt_cell cells[TALENT_COLUMNS] = {
            lt_cell_text(rows[i].ties->id),
            lt_cell_text(lt_node_name(ds, holder)),
            kind_cell(ds, holder),
            place_cell(ds, holder),
            on,
            named,
            basis_cell(facts.weakest),
            facts_cell(l, &facts),
        };
        write_pack_row(l, cells, &facts);
    }
    free(rows);
}
