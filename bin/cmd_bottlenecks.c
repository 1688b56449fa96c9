/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

const option bottlenecks_options[] = {
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_CHAIN, NULL, false},
    {"explain", 0, OPTION_TEXT, offsetof(arguments, explain), LT_MSG_VALUE_ID, LT_MSG_OPTION_EXPLAIN, NULL, false},
    {"without", 0, OPTION_TEXT, offsetof(arguments, without), LT_MSG_VALUE_ID, LT_MSG_OPTION_WITHOUT, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const lt_column columns[] = {
    {"rank", LT_MSG_COLUMN_RANK, false},
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"score", LT_MSG_COLUMN_SCORE, .meaning = LT_MSG_MEANS_BOTTLENECK_SCORE},
    {"path_share", LT_MSG_COLUMN_PATH_SHARE, false},
    {"dominated_finals", LT_MSG_COLUMN_DOMINATED_FINALS, false},
    {"blocked_finals", LT_MSG_COLUMN_BLOCKED_FINALS, false},
    {"blocked_weight", LT_MSG_COLUMN_BLOCKED_WEIGHT, false},
    {"articulation", LT_MSG_COLUMN_ARTICULATION, true},
    {"betweenness", LT_MSG_COLUMN_BETWEENNESS, false},
    {"betweenness_error", LT_MSG_COLUMN_BETWEENNESS_ERROR, true, true},
    {"hhi", LT_MSG_COLUMN_HHI, false},
    {"external", LT_MSG_COLUMN_EXTERNAL, false},
    {"blocks", LT_MSG_COLUMN_BLOCKS, true},
    {"records", LT_MSG_COLUMN_RECORDS, true},
    {"why", LT_MSG_COLUMN_WHY, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const lt_column figure_columns[] = {
    {"figure", LT_MSG_COLUMN_FIGURE, false},
    {"sampled", LT_MSG_COLUMN_SAMPLED, false},
    {"sources", LT_MSG_COLUMN_SAMPLE_SOURCES, false},
};

/** What writing the rows needs. */
typedef struct {
    const program *p;
    const lt_dataset *ds;
    const lt_gaps *gaps;
    const lt_bottlenecks *b;
    lt_failure_model *model;
    lt_table_writer *writer;
    uint32_t *blocked; /* final links that the row's link blocks, by id */
    const char **ids;  /* their ids, or the texts of records */
} listing;

/** A link with the score that it is ranked by. */
typedef struct {
    uint32_t link;
    double score;
} ranked;

static int by_score(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static size_t rank_links(const lt_dataset *ds, const lt_bottlenecks *b, lt_node chain, ranked *order)
{
    size_t count = 0;
    for (uint32_t i = 0; i < b->count; i++) {
        if (lt_links(ds)[i].abstract || (chain != LT_NONE && !lt_link_in_chain(ds, i, chain))) continue;
        order[count++] = (ranked){i, lt_real_written(b->score[i])};
    }
    if (count > 0) qsort(order, count, sizeof *order, by_score);
    return count;
}

static int by_index(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Finals that fail with the link, by id. */
static size_t list_blocked(const listing *l, const lt_failure *failure)
{
    size_t count = 0;
    for (size_t i = 1; i < failure->failed_count; i++)
        if (lt_links(l->ds)[failure->failed[i]].final) l->blocked[count++] = failure->failed[i];
    if (count > 0) qsort(l->blocked, count, sizeof *l->blocked, by_index);
    return count;
}

static size_t list_consumers(const lt_dataset *ds, uint32_t link, uint32_t *consumers, size_t limit)
{
    size_t count;
    const lt_supply *supplies = lt_supplies_from(ds, link, &count);
    if (count > limit) count = limit;
    for (size_t i = 0; i < count; i++) consumers[i] = lt_node_index(ds, supplies[i].edge.to);
    return count;
}

static void explain_row(const listing *l, uint32_t link, const lt_failure *failure, size_t blocked, char *why, size_t size)
{
    enum { SHOWN = 3 };
    char number[24], percent[LT_REAL_SIZE], finals[1024], users[1024], route[2048] = "", text[6000];
    uint32_t consumers[SHOWN + 1];
    size_t consumer_count = list_consumers(l->ds, link, consumers, SHOWN + 1);
    link_names(l->p, consumers, consumer_count, SHOWN, users, sizeof users);
    if (blocked > 0) {
        snprintf(number, sizeof number, "%zu", blocked);
        lt_real_text(percent, 100 * l->b->blocked_weight[link], 3);
        link_names(l->p, l->blocked, blocked, SHOWN, finals, sizeof finals);
        failure_route(l->p, failure, lt_failure_worst_final(l->ds, failure), route, sizeof route);
        lt_message_format(text, sizeof text, l->p->lang, blocked == 1 ? LT_MSG_WHY_BLOCKS_ONE : LT_MSG_WHY_BLOCKS,
                          WORDS(number, percent, finals, route, users), 5);
    } else if (l->b->dominated_finals[link] > 0) {
        snprintf(number, sizeof number, "%u", l->b->dominated_finals[link]);
        lt_message_format(text, sizeof text, l->p->lang, LT_MSG_WHY_DOMINATES, WORDS(number, users), 2);
    } else {
        lt_message_format(text, sizeof text, l->p->lang, LT_MSG_WHY_NOTHING, WORDS(users), 1);
    }
    why[0] = '\0';
    append_text(why, size, text);
    double hhi = l->gaps->coverage.hhi[link];
    lt_real_text(percent, hhi, 3);
    if (l->b->external[link]) append_text(why, size, lt_message_pattern(l->p->lang, LT_MSG_WHY_EXTERNAL));
    else if (hhi >= l->p->policy.single_hhi) {
        lt_message_format(text, sizeof text, l->p->lang, LT_MSG_WHY_SINGLE, WORDS(percent), 1);
        append_text(why, size, text);
    }
}

/* The sentence in every language as a JSON object, so that JSON is the same whatever the locale. @return NULL out of memory. */
static char *explain_json(const listing *l, uint32_t link, const lt_failure *failure, size_t blocked)
{
    static const char *const names[LT_LANG_COUNT] = {[LT_LANG_ZH] = "zh", [LT_LANG_EN] = "en"};
    json_t *object = json_object();
    for (int lang = 0; lang < LT_LANG_COUNT; lang++) {
        char why[8000];
        program spoken = *l->p;
        listing told = *l;
        spoken.lang = (lt_lang)lang;
        told.p = &spoken;
        explain_row(&told, link, failure, blocked, why, sizeof why);
        json_object_set_new(object, names[lang], json_string(why));
    }
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    return text;
}

static void write_row(const listing *l, uint32_t rank, uint32_t link)
{
    enum { RECORDS = 64 };
    const lt_failure *failure = lt_failure_run(l->model, &link, 1);
    size_t blocked = list_blocked(l, failure);
    char why[8000], records[RECORDS][400];
    const char *record_texts[RECORDS];
    explain_row(l, link, failure, blocked, why, sizeof why);
    char *json = explain_json(l, link, failure, blocked);
    size_t record_count =
        blocked > 0 ? failure_records(l->p, failure, lt_failure_worst_final(l->ds, failure), records, RECORDS) : 0;
    for (size_t i = 0; i < record_count; i++) record_texts[i] = records[i];
    for (size_t i = 0; i < blocked; i++) l->ids[i] = lt_dataset_string(l->ds, lt_links(l->ds)[l->blocked[i]].head.id);
    const lt_link *record = &lt_links(l->ds)[link];
    const lt_bottlenecks *b = l->b;
    const lt_cell cells[COLUMNS] = {
        lt_cell_integer(rank),
        lt_cell_text(lt_dataset_string(l->ds, record->head.id)),
        lt_cell_text(lt_dataset_string(l->ds, record->head.name)),
        lt_cell_given(lt_node_id(l->ds, record->chain)),
        lt_cell_real(b->score[link]),
        lt_cell_real(b->path_share[link]),
        lt_cell_integer(b->dominated_finals[link]),
        lt_cell_integer(b->blocked_finals[link]),
        lt_cell_real(b->blocked_weight[link]),
        lt_cell_bool(b->articulation[link]),
        lt_cell_real(b->betweenness[link]),
        b->betweenness_error ? lt_cell_real(b->betweenness_error[link]) : lt_cell_null(),
        lt_cell_real(l->gaps->coverage.hhi[link]),
        lt_cell_bool(b->external[link]),
        lt_cell_list(l->ids, blocked),
        lt_cell_list(record_texts, record_count),
        json ? lt_cell_json(json, why) : lt_cell_text(why),
    };
    lt_table_row(l->writer, cells);
    free(json);
}

static void write_figures(const lt_bottlenecks *b, lt_table_writer *writer)
{
    lt_table_begin(writer, "figures", LT_MSG_TITLE_FIGURES, figure_columns, 3);
    lt_cell cells[] = {lt_cell_word("betweenness", LT_MSG_COLUMN_BETWEENNESS, LT_TONE_PLAIN),
                       lt_cell_bool(b->betweenness_error != NULL), lt_cell_integer(b->betweenness_sources)};
    lt_table_row(writer, cells);
}

static int write_all(program *p, const lt_gaps *gaps, const lt_bottlenecks *b, lt_node chain)
{
    listing l = {.p = p, .ds = p->dataset, .gaps = gaps, .b = b};
    lt_error error = {0};
    output out;
    int code = EXIT_DONE;
    ranked *order = calloc(b->count + 1, sizeof *order);
    l.blocked = calloc(b->count + 1, sizeof *l.blocked);
    l.ids = calloc(b->count + 1, sizeof *l.ids);
    lt_code made = order && l.blocked && l.ids ? lt_failure_model_new(p->dataset, &l.model, &error) : LT_E_MEMORY;
    if (made == LT_E_MEMORY) error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    if (made != LT_OK) code = say_error(p, &error);
    else l.writer = open_table(&out, p, &code);
    if (l.writer) {
        size_t count = rank_links(p->dataset, b, chain, order);
        lt_table_begin(l.writer, "rows", LT_MSG_TITLE_BOTTLENECKS, columns, COLUMNS);
        for (size_t i = 0; i < count; i++) write_row(&l, (uint32_t)i + 1, order[i].link);
        write_figures(b, l.writer);
        code = close_table(&out, l.writer);
    }
    lt_failure_model_free(l.model);
    free(order);
    free(l.blocked);
    free(l.ids);
    return code;
}

static int rank(program *p, lt_node chain)
{
    lt_gaps gaps;
    lt_bottlenecks b;
    lt_error error = {0};
    if (lt_gaps_analyse(p->dataset, &p->policy, &gaps, &error) != LT_OK) return say_error(p, &error);
    int code = EXIT_DONE;
    if (lt_bottlenecks_analyse(p->dataset, &gaps, &p->policy, NULL, &b, &error) == LT_OK) {
        code = write_all(p, &gaps, &b, chain);
        lt_bottlenecks_done(&b);
    } else {
        code = say_error(p, &error);
    }
    lt_gaps_done(&gaps);
    return code;
}

int run_bottlenecks(program *p)
{
    lt_node chain;
    uint32_t link;
    if (p->args.explain && p->args.without) return usage_error(p, LT_MSG_USAGE_NOT_TOGETHER, WORDS("--explain", "--without"));
    int code = open_dataset(p, NULL);
    if (code == EXIT_DONE) code = find_chain(p, &chain);
    if (code != EXIT_DONE) return code;
    if (p->args.without) return show_loss(p, p->args.without);
    if (!p->args.explain) return rank(p, chain);
    code = find_link(p, p->args.explain, &link);
    return code == EXIT_DONE ? explain_failure(p, link) : code;
}
