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

static void say_result(const program *p, const lt_defects *defects)
{
    char warnings[24], text[512];
    snprintf(warnings, sizeof warnings, "%zu", defects->warning_total);
    lt_message_format(text, sizeof text, p->lang, LT_MSG_VALIDATE_OK, WORDS(lt_dataset_id(p->dataset), warnings), 2);
    fprintf(stderr, "%s\n", text);
}

int run_validate(program *p)
{
    lt_defects defects = {0};
    int code = open_dataset(p, &defects);
    if (code != EXIT_DONE) return code;
    say_warnings(p, &defects);
    output out;
    lt_table_writer *writer = open_table(&out, p, &code);
    if (writer) {
        lt_table_begin(writer, "rows", LT_MSG_TITLE_VALIDATE, columns, 2);
        for (int kind = 0; kind < LT_KINDS; kind++) {
            lt_cell cells[] = {lt_cell_word(lt_kind_name((lt_kind)kind), kind_message((lt_kind)kind), LT_TONE_PLAIN),
                               lt_cell_integer((int64_t)lt_count(p->dataset, (lt_kind)kind))};
            lt_table_row(writer, cells);
        }
        code = close_table(&out, writer);
    }
    if (code == EXIT_DONE) say_result(p, &defects);
    lt_defects_done(&defects);
    return code;
}
