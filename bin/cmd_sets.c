/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unlock and cut: minimal sets of a link. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* --strict is about limits here; of validate it is about warnings. */
#define SET_OPTIONS                                                                                                                \
    {"max-size", 0, OPTION_TEXT, offsetof(arguments, max_size), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MAX_SIZE, NULL, false},         \
        {"limit", 0, OPTION_TEXT, offsetof(arguments, limit), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_LIMIT, NULL, false},              \
        {"seconds", 0, OPTION_TEXT, offsetof(arguments, seconds), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_SECONDS, NULL, false},        \
        {"strict", 0, OPTION_FLAG, offsetof(arguments, exact_only), 0, LT_MSG_OPTION_EXACT_ONLY, NULL, false},                     \
    {                                                                                                                              \
        "format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false   \
    }

const option cut_options[] = {SET_OPTIONS, {.name = NULL}};
const option unlock_options[] = {
    {"cost", 0, OPTION_TEXT, offsetof(arguments, cost), LT_MSG_VALUE_COST, LT_MSG_OPTION_COST, NULL, false},
    {"all", 0, OPTION_FLAG, offsetof(arguments, all), 0, LT_MSG_OPTION_ALL, NULL, false},
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_CHAIN, NULL, false},
    SET_OPTIONS,
    {.name = NULL},
};

static const lt_column columns[] = {
    {"target", LT_MSG_COLUMN_TARGET, false, false},
    {"exact", LT_MSG_COLUMN_EXACT, false, false},
    {"count", LT_MSG_COLUMN_SET_COUNT, false, false},
    {"by_size", LT_MSG_COLUMN_BY_SIZE, false, false},
    {"sets", LT_MSG_COLUMN_SETS, .detail = true, .may_lack = true, .own_table = true},
    {"importance", LT_MSG_COLUMN_IMPORTANCE_LIST, .detail = true, .own_table = true},
    {"complete_to", LT_MSG_COLUMN_COMPLETE_TO, false, true},
    {"limit", LT_MSG_COLUMN_LIMIT, false, true},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const lt_column set_columns[] = {
    {"size", LT_MSG_COLUMN_SIZE, false, false},
    {"set", LT_MSG_COLUMN_SET, false, false},
};

static const lt_column importance_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false, false},
    {"name", LT_MSG_COLUMN_NAME, false, false},
    {"birnbaum", LT_MSG_COLUMN_BIRNBAUM, false, false},
    {"fussell_vesely", LT_MSG_COLUMN_FUSSELL_VESELY, false, false},
};

static const char *link_id(const program *p, uint32_t link)
{
    return lt_dataset_string(p->dataset, lt_links(p->dataset)[link].head.id);
}

/* Counts are whole numbers, shown as such as long as they are exact. */
static json_t *count_value(double count)
{
    return count < 9e15 ? json_integer((json_int_t)count) : json_real(count);
}

static json_t *sizes_value(const lt_minimal_sets *sets)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sets->size_count; i++) json_array_append_new(list, count_value(sets->by_size[i]));
    return list;
}

/* "2:12 4:24": sizes that occur, with how many sets have them. */
static void sizes_text(const lt_minimal_sets *sets, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < sets->size_count; i++) {
        char pair[2 * LT_REAL_SIZE], count[LT_REAL_SIZE];
        if (sets->by_size[i] <= 0) continue;
        lt_real_text(count, sets->by_size[i], 15);
        snprintf(pair, sizeof pair, "%s%zu:%s", text[0] ? " " : "", i, count);
        append_text(text, size, pair);
    }
}

static json_t *sets_value(const program *p, const lt_minimal_sets *sets)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sets->set_count; i++) {
        json_t *set = json_array();
        for (uint32_t j = sets->first[i]; j < sets->first[i + 1]; j++)
            json_array_append_new(set, json_string(link_id(p, sets->link[j])));
        json_array_append_new(list, set);
    }
    return list;
}

static int by_birnbaum(const void *left, const void *right)
{
    const lt_link_importance *a = left, *b = right;
    double first = lt_real_written(a->birnbaum), second = lt_real_written(b->birnbaum);
    if (first != second) return first > second ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static json_t *importance_value(const program *p, const lt_minimal_sets *sets)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sets->importance_count; i++) {
        const lt_link_importance *importance = &sets->importance[i];
        json_array_append_new(list, json_pack("{s:s,s:f,s:f}", "link", link_id(p, importance->link), "birnbaum",
                                              importance->birnbaum, "fussell_vesely", importance->fussell_vesely));
    }
    return list;
}

/* Takes the value over. @return NULL out of memory. */
static char *dump(json_t *value)
{
    char *text = value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(12)) : NULL;
    json_decref(value);
    return text;
}

static lt_cell limit_cell(lt_message limit)
{
    const char *word = limit == LT_MSG_LIMIT_SIZE      ? "size"
                       : limit == LT_MSG_LIMIT_NODES   ? "nodes"
                       : limit == LT_MSG_LIMIT_SECONDS ? "seconds"
                                                       : "stopped";
    return lt_cell_word(word, limit, LT_TONE_PLAIN);
}

/* @param names  room for those of one set */
static void write_lists(const program *p, const lt_minimal_sets *sets, const char **names, lt_table_writer *writer)
{
    lt_table_begin(writer, "sets", LT_MSG_TITLE_SETS, set_columns, 2);
    if (!sets->listed) {
        lt_cell cells[] = {lt_cell_null(), lt_cell_text(lt_message_pattern(p->lang, LT_MSG_SETS_NOT_LISTED))};
        lt_table_row(writer, cells);
    }
    for (size_t i = 0; sets->listed && i < sets->set_count; i++) {
        size_t size = sets->first[i + 1] - sets->first[i];
        for (size_t j = 0; j < size; j++)
            names[j] = lt_dataset_string(p->dataset, lt_links(p->dataset)[sets->link[sets->first[i] + j]].head.name);
        lt_cell cells[] = {lt_cell_integer((int64_t)size),
                           size > 0 ? lt_cell_list(names, size) : lt_cell_text(lt_message_pattern(p->lang, LT_MSG_SET_EMPTY))};
        lt_table_row(writer, cells);
    }
    lt_table_begin(writer, "importance", LT_MSG_TITLE_IMPORTANCE, importance_columns, 4);
    for (size_t i = 0; i < sets->importance_count; i++) {
        const lt_link_importance *importance = &sets->importance[i];
        lt_cell cells[] = {lt_cell_text(link_id(p, importance->link)),
                           lt_cell_text(lt_dataset_string(p->dataset, lt_links(p->dataset)[importance->link].head.name)),
                           lt_cell_real(importance->birnbaum), lt_cell_real(importance->fussell_vesely)};
        lt_table_row(writer, cells);
    }
}

static int write_sets(program *p, const lt_minimal_sets *sets, lt_message title)
{
    char *sizes = dump(sizes_value(sets)), *listed = sets->listed ? dump(sets_value(p, sets)) : strdup("null");
    char *importance = dump(importance_value(p, sets)), *count = dump(count_value(sets->count));
    const char **names = calloc(lt_count(p->dataset, LT_LINK) + 1, sizeof *names);
    char shown[4096];
    output out;
    int code = EXIT_DONE;
    lt_table_writer *writer = NULL;
    sizes_text(sets, shown, sizeof shown);
    if (sizes && listed && importance && count && names) writer = open_table(&out, p, &code);
    else code = say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    if (writer) {
        lt_cell cells[COLUMNS] = {
            lt_cell_text(p->args.operands[0]),
            lt_cell_bool(sets->exact),
            lt_cell_json(count, count),
            lt_cell_json(sizes, shown),
            sets->listed ? lt_cell_json(listed, listed) : lt_cell_null(),
            lt_cell_json(importance, importance),
            sets->exact ? lt_cell_null() : lt_cell_integer(sets->complete_to),
            sets->exact ? lt_cell_null() : limit_cell(sets->limit),
        };
        lt_table_begin(writer, "rows", title, columns, COLUMNS);
        lt_table_row(writer, cells);
        if (lt_table_for_people(writer)) write_lists(p, sets, names, writer);
        code = close_table(&out, writer);
    }
    free(sizes);
    free(listed);
    free(importance);
    free(count);
    free(names);
    return code;
}

static int read_set_options(const program *p, lt_set_options *options)
{
    double size, limit, seconds;
    int code = read_number(p, "--max-size", p->args.max_size, 0, 1e6, 0, &size);
    if (code == EXIT_DONE) code = read_number(p, "--limit", p->args.limit, 1, 1e9, 0, &limit);
    if (code == EXIT_DONE) code = read_number(p, "--seconds", p->args.seconds, 0.001, 1e9, 0, &seconds);
    if (code != EXIT_DONE) return code;
    *options = (lt_set_options){.max_size = (uint32_t)size,
                                .set_limit = (size_t)limit,
                                .seconds = seconds,
                                .failure_chance = p->policy.failure_chance,
                                .stop = watch_stop,
                                .context = (void *)(uintptr_t)p};
    return EXIT_DONE;
}

static int find_sets(program *p, const bool *present, lt_message title)
{
    uint32_t target;
    lt_set_options options;
    lt_minimal_sets sets;
    lt_error error = {0};
    int code = find_link(p, p->args.operands[0], &target);
    if (code == EXIT_DONE) code = read_set_options(p, &options);
    if (code != EXIT_DONE) return code;
    watch_begin();
    lt_code found = present ? lt_unlock_sets(p->dataset, present, target, &options, &sets, &error)
                            : lt_cut_sets(p->dataset, target, &options, &sets, &error);
    watch_end();
    if (found != LT_OK) return say_error(p, &error);
    if (sets.importance_count > 0) qsort(sets.importance, sets.importance_count, sizeof *sets.importance, by_birnbaum);
    code = write_sets(p, &sets, title);
    if (code == EXIT_DONE && p->args.exact_only && !sets.exact) code = EXIT_GAVE_UP;
    lt_minimal_sets_done(&sets);
    return code;
}

int run_cut(program *p)
{
    int code = open_dataset(p, NULL);
    return code == EXIT_DONE ? find_sets(p, NULL, LT_MSG_TITLE_CUT) : code;
}

int run_unlock(program *p)
{
    lt_node chain;
    lt_coverage coverage;
    lt_error error = {0};
    if (p->args.all && p->args.operands[0]) return usage_error(p, LT_MSG_USAGE_ALL_OR_LINK, NULL);
    if (p->args.all && !p->args.chain) return usage_error(p, LT_MSG_USAGE_OPTION_NEEDED, WORDS("unlock --all", "--chain"));
    int code = open_dataset(p, NULL);
    if (code == EXIT_DONE) code = find_chain(p, &chain);
    if (code != EXIT_DONE) return code;
    uint32_t target;
    if (p->args.all) return show_plan(p, chain, NULL);
    if (p->args.cost) {
        code = find_link(p, p->args.operands[0], &target);
        return code == EXIT_DONE ? show_plan(p, LT_NONE, &target) : code;
    }
    if (lt_coverage_compute(p->dataset, &p->policy, &coverage, &error) != LT_OK) return say_error(p, &error);
    code = find_sets(p, coverage.present, LT_MSG_TITLE_UNLOCK);
    lt_coverage_done(&coverage);
    return code;
}
