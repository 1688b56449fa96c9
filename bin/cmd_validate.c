/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

const option validate_options[] = {
    {"strict", 0, OPTION_FLAG, offsetof(arguments, strict), 0, LT_MSG_OPTION_STRICT, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const lt_column columns[] = {
    {"kind", LT_MSG_COLUMN_KIND, false},
    {"count", LT_MSG_COLUMN_COUNT, false},
};

static const lt_column lead_columns[] = {
    {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"leaders", LT_MSG_COLUMN_LEADERS, false},
    {"units", LT_MSG_COLUMN_UNITS, false},
    {"alliances", LT_MSG_COLUMN_ALLIANCES, false},
    {"lacks", LT_MSG_COLUMN_LACKS, false},
    {"proposals", LT_MSG_COLUMN_PROPOSALS, false},
    {"proposals_basis", LT_MSG_COLUMN_BASIS, .detail = true, .meaning = LT_MSG_MEANS_PROPOSALS_BASIS},
};
enum { LEAD_COLUMNS = sizeof lead_columns / sizeof *lead_columns };

static void say_result(const program *p, const lt_defects *defects)
{
    char warnings[24], text[512];
    snprintf(warnings, sizeof warnings, "%zu", defects->warning_total);
    lt_message_format(text, sizeof text, p->lang, LT_MSG_VALIDATE_OK, WORDS(lt_dataset_id(p->dataset), warnings), 2);
    fprintf(stderr, "%s\n", text);
}

static void write_kinds(const program *p, lt_table_writer *writer)
{
    lt_table_begin(writer, "rows", LT_MSG_TITLE_VALIDATE, columns, 2);
    for (int kind = 0; kind < LT_KINDS; kind++) {
        lt_cell cells[] = {lt_cell_word(lt_kind_name((lt_kind)kind), lt_change_kind_message(kind), LT_TONE_PLAIN),
                           lt_cell_integer((int64_t)lt_count(p->dataset, (lt_kind)kind))};
        lt_table_row(writer, cells);
    }
}

static void write_lead(const program *p, const lt_chain_lead *lead, lt_table_writer *writer)
{
    static const lt_message roles[LT_LEAD_ROLES] = {LT_MSG_ROLE_LEADER, LT_MSG_ROLE_UNIT, LT_MSG_ROLE_ALLIANCE};
    const char *proposals[LT_LEAD_PROPOSALS];
    char lacks[256] = "", json[256] = "["; /* the words of the contract in JSON, the messages for people */
    for (int role = 0; role < LT_LEAD_ROLES; role++) {
        if (!lead->lacks[role]) continue;
        if (lacks[0]) append_text(lacks, sizeof lacks, lt_message_pattern(p->lang, LT_MSG_LIST_SEPARATOR));
        append_text(json, sizeof json, lacks[0] ? ",\"" : "\"");
        append_text(json, sizeof json, lt_enum_word(LT_ENUM_LEAD_ROLE, role));
        append_text(json, sizeof json, "\"");
        append_text(lacks, sizeof lacks, lt_message_pattern(p->lang, roles[role]));
    }
    append_text(json, sizeof json, "]");
    for (size_t i = 0; i < lead->proposal_count; i++) proposals[i] = lt_node_name(p->dataset, lead->proposals[i]);
    lt_cell cells[LEAD_COLUMNS] = {
        lt_cell_text(lt_node_id(p->dataset, lead->chain)), lt_cell_text(lt_node_name(p->dataset, lead->chain)),
        lt_cell_integer(lead->named[LT_LEAD_LEADER]),      lt_cell_integer(lead->named[LT_LEAD_UNIT]),
        lt_cell_integer(lead->named[LT_LEAD_ALLIANCE]),    lt_cell_json(json, lacks),
        lt_cell_list(proposals, lead->proposal_count),     lead->proposal_count > 0 ? basis_cell(LT_BASIS_ASSUMED) : lt_cell_null(),
    };
    lt_table_row(writer, cells);
}

static void write_leads(const program *p, const lt_chain_lead *leads, size_t count, lt_table_writer *writer)
{
    lt_table_begin(writer, "leads", LT_MSG_TITLE_LEADS, lead_columns, LEAD_COLUMNS);
    for (size_t i = 0; i < count; i++) write_lead(p, &leads[i], writer);
}

int run_validate(program *p)
{
    lt_defects defects = {0};
    lt_error error = {0};
    lt_chain_lead *leads = NULL;
    size_t lead_count;
    int code = open_dataset(p, &defects);
    if (code != EXIT_DONE) return code;
    say_warnings(p, &defects);
    output out;
    lt_table_writer *writer = NULL;
    if (lt_chain_leads(p->dataset, &leads, &lead_count, &error) != LT_OK) code = say_error(p, &error);
    else writer = open_table(&out, p, &code);
    if (writer) {
        write_kinds(p, writer);
        write_leads(p, leads, lead_count, writer);
        code = close_table(&out, writer);
    }
    if (code == EXIT_DONE) say_result(p, &defects);
    lt_chain_leads_free(leads);
    lt_defects_done(&defects);
    return code;
}
