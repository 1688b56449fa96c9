/* SPDX-License-Identifier: GPL-3.0-or-later */
/* portfolio: which links to attract together. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "brief.h"

static const char *const methods[] = {"exact", "greedy", NULL};

const option portfolio_options[] = {
    {"pick", 0, OPTION_TEXT, offsetof(arguments, pick), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_PICK, NULL, true},
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_PORTFOLIO_CHAIN, NULL, false},
    {"capacity", 0, OPTION_TEXT, offsetof(arguments, capacity), LT_MSG_VALUE_CAPACITY, LT_MSG_OPTION_CAPACITY, NULL, false},
    {"method", 0, OPTION_TEXT, offsetof(arguments, method), LT_MSG_VALUE_ID, LT_MSG_OPTION_METHOD, methods, false},
    {"seconds", 0, OPTION_TEXT, offsetof(arguments, seconds), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_SECONDS, NULL, false},
    {"strict", 0, OPTION_FLAG, offsetof(arguments, exact_only), 0, LT_MSG_OPTION_PROVEN_ONLY, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const lt_column columns[] = {
    {"order", LT_MSG_COLUMN_ORDER, false}, {"link", LT_MSG_COLUMN_LINK, false},           {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_COLUMN_CHAIN, false}, {"status", LT_MSG_COLUMN_STATUS, false},       {"zone", LT_MSG_COLUMN_PICK_ZONE, false},
    {"gain", LT_MSG_COLUMN_GAIN, false},   {"link_gain", LT_MSG_COLUMN_LINK_GAIN, false}, {"unlocks", LT_MSG_COLUMN_UNLOCKS, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const lt_column result_columns[] = {
    {"pick", LT_MSG_COLUMN_PICK, false},
    {"count", LT_MSG_COLUMN_PICKED, false},
    {"before", LT_MSG_COLUMN_WORTH_BEFORE, false},
    {"objective", LT_MSG_COLUMN_OBJECTIVE, false},
    {"bound", LT_MSG_COLUMN_UPPER_BOUND, false},
    {"optimal", LT_MSG_COLUMN_ALL_PROVEN, false},
    {"method", LT_MSG_COLUMN_METHOD, false},
    {"link_objective", LT_MSG_COLUMN_LINK_OBJECTIVE, false},
    {"finals", LT_MSG_COLUMN_FINALS, true, .meaning = LT_MSG_MEANS_PORTFOLIO_FINALS},
    {"finals_before", LT_MSG_COLUMN_FINALS_BEFORE, true},
    {"finals_after", LT_MSG_COLUMN_FINALS_AFTER, true},
    {"unlocked", LT_MSG_COLUMN_ALL_UNLOCKED, true},
    {"result", LT_MSG_COLUMN_RESULT, false},
};
enum { RESULT_COLUMNS = sizeof result_columns / sizeof *result_columns };

/** What writing the answer needs. */
typedef struct {
    const program *p;
    const lt_gaps *gaps;
    const lt_portfolio *found;
    uint32_t pick;
    lt_table_writer *writer;
    cell_texts *texts;
} listing;

/** One entry of --capacity being read: ZONE=N. Ids may hold commas and equal signs, so it ends at the first number that a comma or
 * the end follows. */
typedef struct {
    char *id;
    double picks;
    const char *rest; /* behind its comma; NULL = it was the last */
} entry;

/* @return false where the text begins with no entry; id is owned, NULL out of memory. */
static bool read_entry(const char *text, entry *e)
{
    for (const char *equals = strchr(text, '='); equals; equals = strchr(equals + 1, '=')) {
        size_t digits = strspn(equals + 1, "0123456789");
        char after = equals[1 + digits];
        if (digits == 0 || digits > 7 || equals == text || (after != ',' && after != '\0')) continue;
        e->picks = strtod(equals + 1, NULL);
        e->rest = after == ',' ? equals + 2 + digits : NULL;
        if (e->picks > 1e6) return false;
        e->id = strndup(text, (size_t)(equals - text));
        return true;
    }
    return false;
}

static int add_capacity(const program *p, const entry *e, lt_capacity *capacity, size_t count)
{
    lt_node zone = LT_NONE;
    if (!e->id) return say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    if (strcmp(e->id, "*") != 0) {
        zone = lt_find(p->dataset, e->id);
        if (zone == LT_NONE || lt_node_kind(p->dataset, zone) != LT_ZONE)
            return usage_error(p, LT_MSG_USAGE_CAPACITY_ZONE, WORDS(e->id));
    }
    for (size_t i = 0; i < count; i++)
        if (capacity[i].zone == zone) return usage_error(p, LT_MSG_USAGE_CAPACITY_TWICE, WORDS(e->id));
    capacity[count] = (lt_capacity){zone, (uint32_t)e->picks};
    return EXIT_DONE;
}

/* @param capacity  owned by the caller, set also after a mistake */
static int read_capacity(const program *p, lt_capacity **capacity, size_t *count)
{
    const char *text = p->args.capacity;
    size_t room = 1;
    *capacity = NULL;
    *count = 0;
    for (const char *c = text; c && *c; c++) room += *c == ',';
    if (text && !(*capacity = calloc(room, sizeof **capacity)))
        return say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    while (text) {
        entry e = {0};
        if (!read_entry(text, &e)) return usage_error(p, LT_MSG_USAGE_CAPACITY, WORDS(text));
        int code = add_capacity(p, &e, *capacity, *count);
        free(e.id);
        if (code != EXIT_DONE) return code;
        ++*count;
        text = e.rest;
    }
    return EXIT_DONE;
}

/* Links by id, which people read by name. */
static lt_cell links_cell(const listing *l, const uint32_t *links, size_t count)
{
    const lt_dataset *ds = l->p->dataset;
    line names;
    json_t *ids = json_array();
    if (!ids || !line_begin(&names, l->texts)) {
        json_decref(ids);
        l->texts->failed = true;
        return lt_cell_null();
    }
    for (size_t i = 0; i < count; i++) {
        const lt_node_head *head = &lt_links(ds)[links[i]].head;
        if (json_array_append_new(ids, json_string(lt_dataset_string(ds, head->id))) != 0) l->texts->failed = true;
        if (i > 0) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), names.file);
        fputs(lt_dataset_string(ds, head->name), names.file);
    }
    return json_cell(ids, &names, l->texts);
}

static void write_picks(const listing *l)
{
    const lt_dataset *ds = l->p->dataset;
    lt_table_begin(l->writer, "rows", LT_MSG_TITLE_PORTFOLIO, columns, COLUMNS);
    for (size_t i = 0; i < l->found->count && !l->texts->failed; i++) {
        const lt_pick *pick = &l->found->picks[i];
        const lt_link *link = &lt_links(ds)[pick->link];
        const lt_cell cells[COLUMNS] = {
            lt_cell_integer((int64_t)i + 1),
            lt_cell_text(lt_dataset_string(ds, link->head.id)),
            lt_cell_text(lt_dataset_string(ds, link->head.name)),
            node_cell(l->p, link->chain, l->texts),
            status_cell((lt_status)l->gaps->status[pick->link]),
            node_cell(l->p, pick->zone, l->texts),
            lt_cell_real(pick->gain),
            lt_cell_real(pick->link_gain),
            links_cell(l, l->found->unlocked + pick->unlocked_first, pick->unlocked_count),
        };
        if (!l->texts->failed) lt_table_row(l->writer, cells);
        free_cell_texts(l->texts);
    }
}

static void say_number(line *text, lt_lang lang, lt_message message, double first, double second)
{
    char a[LT_REAL_SIZE], b[LT_REAL_SIZE];
    lt_real_text(a, first, 6);
    lt_real_text(b, second, 6);
    line_message(text, lang, message, WORDS(a, b), 2);
}

static void say_finals(const listing *l, lt_lang lang, line *text)
{
    const lt_portfolio *f = l->found;
    char count[LT_REAL_SIZE], now[LT_REAL_SIZE], then[LT_REAL_SIZE], before[LT_REAL_SIZE], after[LT_REAL_SIZE];
    bool is_proven = f->bound <= f->objective;
    lt_real_text(count, (double)f->count, 15);
    lt_real_text(now, f->finals_before, 15);
    lt_real_text(then, f->finals_after, 15);
    lt_real_text(before, f->before, 6);
    lt_real_text(after, f->objective, 6);
    if (f->finals_after > f->finals_before)
        line_message(text, lang, LT_MSG_VERDICT_FINALS, WORDS(count, now, then, before, after), 5);
    else say_number(text, lang, is_proven ? LT_MSG_VERDICT_NO_FINALS : LT_MSG_VERDICT_NO_FINALS_FOUND, l->pick, f->finals_before);
    if (f->finals > f->finals_after) say_number(text, lang, LT_MSG_VERDICT_REST, f->finals - f->finals_after, 0);
}

/* Within the limit on time less may be used than would gain something. */
static void say_picks(const listing *l, lt_lang lang, line *text)
{
    const lt_portfolio *f = l->found;
    size_t unknown = 0;
    for (size_t i = 0; i < f->count; i++) unknown += l->gaps->status[f->picks[i].link] == LT_STATUS_UNKNOWN;
    if (f->count > 0) say_number(text, lang, LT_MSG_VERDICT_LINKS, (double)f->unlocked_count, (double)f->count);
    else line_message(text, lang, LT_MSG_VERDICT_NO_LINKS, NULL, 0);
    if (unknown > 0) say_number(text, lang, LT_MSG_VERDICT_UNKNOWN, (double)unknown, 0);
    if (f->count > 0 && f->count < l->pick)
        say_number(text, lang, f->optimal ? LT_MSG_VERDICT_FEWER : LT_MSG_VERDICT_FEWER_FOUND, l->pick, (double)f->count);
}

static void say_proof(const listing *l, lt_lang lang, line *text)
{
    const lt_portfolio *f = l->found;
    if (f->optimal) line_message(text, lang, LT_MSG_VERDICT_OPTIMAL, NULL, 0);
    else if (f->bound <= f->objective) line_message(text, lang, LT_MSG_VERDICT_FINALS_PROVEN, NULL, 0);
    else if (isnan(f->bound)) line_message(text, lang, LT_MSG_VERDICT_UNPROVEN, NULL, 0);
    else say_number(text, lang, LT_MSG_VERDICT_BOUND, f->bound, 0);
}

static const char *verdict(const listing *l, lt_lang lang)
{
    line text;
    if (!line_begin(&text, l->texts)) return "";
    say_finals(l, lang, &text);
    say_picks(l, lang, &text);
    say_proof(l, lang, &text);
    return line_end(&text, l->texts);
}

static lt_cell verdict_cell(const listing *l)
{
    const char *texts[LT_LANG_COUNT] = {[LT_LANG_ZH] = verdict(l, LT_LANG_ZH), [LT_LANG_EN] = verdict(l, LT_LANG_EN)};
    json_t *value = json_pack("{s:s, s:s}", "zh", texts[LT_LANG_ZH], "en", texts[LT_LANG_EN]);
    const char *json = keep_text(l->texts, value ? json_dumps(value, JSON_COMPACT) : NULL);
    json_decref(value);
    return lt_cell_json(json, texts[l->p->lang]);
}

static void write_result(const listing *l)
{
    const lt_portfolio *f = l->found;
    bool exact = f->method == LT_PORTFOLIO_EXACT;
    lt_table_begin(l->writer, "portfolio", LT_MSG_TITLE_PORTFOLIO_RESULT, result_columns, RESULT_COLUMNS);
    const lt_cell cells[RESULT_COLUMNS] = {
        lt_cell_integer(l->pick),
        lt_cell_integer((int64_t)f->count),
        lt_cell_real(f->before),
        lt_cell_real(f->objective),
        lt_cell_real(f->bound),
        lt_cell_bool(f->optimal),
        lt_cell_word(methods[f->method], exact ? LT_MSG_METHOD_EXACT : LT_MSG_METHOD_GREEDY, LT_TONE_PLAIN),
        lt_cell_real(f->link_objective),
        lt_cell_integer(f->finals),
        lt_cell_integer(f->finals_before),
        lt_cell_integer(f->finals_after),
        links_cell(l, f->unlocked, f->unlocked_count),
        verdict_cell(l),
    };
    if (!l->texts->failed) lt_table_row(l->writer, cells);
    free_cell_texts(l->texts);
}

static int write_portfolio(const program *p, const lt_gaps *gaps, const lt_portfolio *found, uint32_t pick)
{
    output out;
    int code;
    cell_texts texts = {0};
    listing l = {p, gaps, found, pick, NULL, &texts};
    l.writer = open_table(&out, p, &code);
    if (!l.writer) return code;
    write_picks(&l);
    write_result(&l);
    if (texts.failed) code = say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    return end_table(&out, l.writer, code);
}

static int choose(program *p, const lt_gaps *gaps, const lt_portfolio_options *options)
{
    lt_portfolio found;
    lt_error error = {0};
    watch_begin();
    lt_code made = lt_portfolio_choose(p->dataset, gaps, &p->policy, options, &found, &error);
    watch_end();
    if (made != LT_OK) return say_error(p, &error);
    int code = write_portfolio(p, gaps, &found, options->pick);
    if (code == EXIT_DONE && p->args.exact_only && !found.optimal) code = EXIT_GAVE_UP;
    lt_portfolio_done(&found);
    return code;
}

int run_portfolio(program *p)
{
    lt_gaps gaps;
    double pick, seconds;
    lt_portfolio_options options = {.stop = watch_stop, .context = p};
    lt_capacity *capacity = NULL;
    int code = read_whole(p, "--pick", p->args.pick, 1, 1e6, 1, &pick);
    if (code == EXIT_DONE) code = read_number(p, "--seconds", p->args.seconds, 0.001, 1e9, 0, &seconds);
    if (code == EXIT_DONE) code = open_gaps(p, &options.chain, &gaps);
    if (code != EXIT_DONE) return code;
    code = read_capacity(p, &capacity, &options.capacity_count);
    options.pick = (uint32_t)pick;
    options.seconds = seconds;
    options.capacity = capacity;
    options.method = p->args.method && strcmp(p->args.method, "greedy") == 0 ? LT_PORTFOLIO_GREEDY : LT_PORTFOLIO_EXACT;
    if (code == EXIT_DONE) code = choose(p, &gaps, &options);
    free(capacity);
    lt_gaps_done(&gaps);
    return code;
}
