/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "diff.h"

const option diff_options[] = {
    {"old-policy", 0, OPTION_TEXT, offsetof(arguments, old_policy), LT_MSG_VALUE_FILE, LT_MSG_OPTION_OLD_POLICY, NULL, false},
    {"moved", 0, OPTION_TEXT, offsetof(arguments, moved), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MOVED, NULL, false},
    {"details", 0, OPTION_TEXT, offsetof(arguments, details), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_DIFF_DETAILS, NULL, false},
    {"limit", 0, OPTION_TEXT, offsetof(arguments, limit), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_DIFF_LIMIT, NULL, false},
    {"exit-code", 0, OPTION_FLAG, offsetof(arguments, exit_code), 0, LT_MSG_OPTION_EXIT_CODE, NULL, false},
    {"strict", 0, OPTION_FLAG, offsetof(arguments, exact_only), 0, LT_MSG_OPTION_DIFF_STRICT, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const struct {
    lt_message message;
    lt_tone tone;
} effects[LT_EFFECTS] = {
    [LT_EFFECT_GAP_OPENED] = {LT_MSG_EFFECT_GAP_OPENED, LT_TONE_RED},
    [LT_EFFECT_GAP_CLOSED] = {LT_MSG_EFFECT_GAP_CLOSED, LT_TONE_GREEN},
    [LT_EFFECT_STATUS_MOVED] = {LT_MSG_EFFECT_STATUS_MOVED, LT_TONE_YELLOW},
    [LT_EFFECT_ACTION_CHANGED] = {LT_MSG_EFFECT_ACTION_CHANGED, LT_TONE_PLAIN},
    [LT_EFFECT_FINAL_UNLOCKED] = {LT_MSG_EFFECT_FINAL_UNLOCKED, LT_TONE_GREEN},
    [LT_EFFECT_FINAL_LOST] = {LT_MSG_EFFECT_FINAL_LOST, LT_TONE_RED},
    [LT_EFFECT_TARGET_ENTERED] = {LT_MSG_EFFECT_TARGET_ENTERED, LT_TONE_PLAIN},
    [LT_EFFECT_TARGET_LEFT] = {LT_MSG_EFFECT_TARGET_LEFT, LT_TONE_PLAIN},
    [LT_EFFECT_RANK_UP] = {LT_MSG_EFFECT_RANK_UP, LT_TONE_PLAIN},
    [LT_EFFECT_RANK_DOWN] = {LT_MSG_EFFECT_RANK_DOWN, LT_TONE_PLAIN},
};

static const lt_column columns[] = {
    {"kind", LT_MSG_COLUMN_EFFECT, false},
    {"link", LT_MSG_COLUMN_LINK, true},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"before", LT_MSG_COLUMN_DIFF_BEFORE, false},
    {"after", LT_MSG_COLUMN_DIFF_AFTER, false},
    {"action_before", LT_MSG_COLUMN_ACTION_BEFORE, true, true},
    {"action_after", LT_MSG_COLUMN_ACTION_AFTER, true, true},
    {"because", LT_MSG_COLUMN_BECAUSE, false},
    {"together", LT_MSG_COLUMN_TOGETHER, true},
    {"exact", LT_MSG_COLUMN_CAUSES_EXACT, true},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const lt_column pair_columns[] = {
    {"conclusion", LT_MSG_COLUMN_CONCLUSION, false},       {"old.id", LT_MSG_COLUMN_OLD_ID, false},
    {"old.as_of", LT_MSG_COLUMN_OLD_AS_OF, false},         {"old.sha256", LT_MSG_COLUMN_OLD_DIGEST, true},
    {"old.policy_sha256", LT_MSG_COLUMN_OLD_POLICY, true}, {"moved", LT_MSG_COLUMN_MOVED, false},
};
enum { PAIR_COLUMNS = sizeof pair_columns / sizeof *pair_columns };

static const lt_column effect_columns[] = {
    {"kind", LT_MSG_COLUMN_EFFECT, false},
    {"count", LT_MSG_COLUMN_EFFECT_COUNT, false},
};
enum { EFFECT_COLUMNS = sizeof effect_columns / sizeof *effect_columns };

static const lt_column kind_columns[] = {
    {"kind", LT_MSG_COLUMN_KIND, false},
    {"added", LT_MSG_COLUMN_ADDED, false},
    {"dropped", LT_MSG_COLUMN_DROPPED, false},
    {"changed", LT_MSG_COLUMN_CHANGED, false},
};
enum { KIND_COLUMNS = sizeof kind_columns / sizeof *kind_columns };

static const lt_column change_columns[] = {
    {"change", LT_MSG_COLUMN_CHANGE, false},           {"kind", LT_MSG_COLUMN_KIND, false},
    {"id", LT_MSG_COLUMN_RECORD, false, true},         {"name", LT_MSG_COLUMN_RECORD_NAME, false, true},
    {"from", LT_MSG_COLUMN_FROM, false, true},         {"to", LT_MSG_COLUMN_TO, false, true},
    {"role", LT_MSG_COLUMN_ROLE, false, true},         {"fields", LT_MSG_COLUMN_FIELDS, false, true},
    {"basis", LT_MSG_COLUMN_RECORD_BASIS, true, true}, {"sources", LT_MSG_COLUMN_RECORD_SOURCES, true, true},
};
enum { CHANGE_COLUMNS = sizeof change_columns / sizeof *change_columns };

static lt_cell worded(const comparison *c, const char *json, lt_message message)
{
    return lt_cell_json(json, lt_message_pattern(c->p->lang, message));
}

static lt_cell rank_cell(comparison *c, int32_t rank)
{
    line l;
    char number[24];
    if (rank == LT_NO_VALUE) return worded(c, "null", LT_MSG_NOT_LISTED);
    if (!line_begin(&l, &c->texts)) return lt_cell_null();
    snprintf(number, sizeof number, "%d", rank);
    line_message(&l, c->p->lang, LT_MSG_RANK_AT, WORDS(number), 1);
    return json_cell(json_integer(rank), &l, &c->texts);
}

static lt_cell value_cell(comparison *c, const lt_effect *effect, int32_t value)
{
    switch (effect->type) {
    case LT_EFFECT_GAP_OPENED:
    case LT_EFFECT_GAP_CLOSED:
    case LT_EFFECT_STATUS_MOVED:
        return value == LT_NO_VALUE ? worded(c, "null", LT_MSG_STATUS_ABSENT) : status_cell((lt_status)value);
    case LT_EFFECT_ACTION_CHANGED: return action_cell((lt_action)value);
    case LT_EFFECT_FINAL_UNLOCKED:
    case LT_EFFECT_FINAL_LOST: return worded(c, value ? "true" : "false", value ? LT_MSG_MADE_YES : LT_MSG_MADE_NO);
    default: return rank_cell(c, value);
    }
}

static void write_effect(comparison *c, const lt_effect *effect)
{
    bool stands = effect->link_after != LT_NONE;
    const lt_dataset *ds = stands ? c->p->dataset : c->before;
    const lt_link *link = &lt_links(ds)[stands ? effect->link_after : effect->link_before];
    bool acted = effect->type <= LT_EFFECT_STATUS_MOVED;
    const lt_cell cells[COLUMNS] = {
        lt_cell_word(lt_effect_word((lt_effect_type)effect->type), effects[effect->type].message, effects[effect->type].tone),
        lt_cell_text(lt_dataset_string(ds, link->head.id)),
        lt_cell_text(lt_dataset_string(ds, link->head.name)),
        lt_cell_given(lt_node_id(ds, link->chain)),
        value_cell(c, effect, effect->before),
        value_cell(c, effect, effect->after),
        acted && effect->action_before >= 0 ? action_cell((lt_action)effect->action_before) : lt_cell_null(),
        acted && effect->action_after >= 0 ? action_cell((lt_action)effect->action_after) : lt_cell_null(),
        because_cell(c, effect),
        lt_cell_bool(effect->together),
        lt_cell_bool(effect->exact),
    };
    lt_table_row(c->writer, cells);
    free_cell_texts(&c->texts);
}

static void count_changes(const comparison *c, size_t of[LT_CHANGE_KINDS][LT_CHANGES])
{
    for (size_t i = 0; i < c->diff.change_count; i++) of[c->diff.changes[i].kind][c->diff.changes[i].type]++;
}

static void count_effects(const comparison *c, size_t of[LT_EFFECTS])
{
    for (size_t i = 0; i < c->diff.effect_count; i++) of[c->diff.effects[i].type]++;
}

/* The whole in one sentence. */
static const char *conclude(comparison *c, lt_lang lang)
{
    size_t of[LT_CHANGE_KINDS][LT_CHANGES] = {{0}}, by_effect[LT_EFFECTS] = {0}, all[LT_CHANGES] = {0};
    char number[LT_CHANGES + 1][24];
    line l, list;
    if (!line_begin(&l, &c->texts)) return "";
    if (!line_begin(&list, &c->texts)) return line_end(&l, &c->texts);
    count_changes(c, of);
    count_effects(c, by_effect);
    for (int kind = 0; kind < LT_CHANGE_KINDS; kind++)
        for (int type = 0; type < LT_CHANGES; type++) all[type] += of[kind][type];
    for (int type = 0; type < LT_CHANGES; type++) snprintf(number[type], sizeof *number, "%zu", all[type]);
    snprintf(number[LT_CHANGES], sizeof *number, "%zu", c->diff.effect_count);
    bool first = true;
    for (int type = 0; type < LT_EFFECTS; type++) {
        char count[24];
        if (by_effect[type] == 0) continue;
        snprintf(count, sizeof count, "%zu", by_effect[type]);
        if (!first) fputs(lt_message_pattern(lang, LT_MSG_LIST_SEPARATOR), list.file);
        line_message(&list, lang, LT_MSG_DIFF_COUNT, WORDS(lt_message_pattern(lang, effects[type].message), count), 2);
        first = false;
    }
    lt_message message = c->diff.change_count == 0   ? LT_MSG_DIFF_SAME
                         : c->diff.effect_count == 0 ? LT_MSG_DIFF_NO_EFFECT
                                                     : LT_MSG_DIFF_EFFECTS;
    const char *counts = line_end(&list, &c->texts);
    line_message(&l, lang, message, WORDS(number[0], number[1], number[2], number[3], counts), 5);
    return line_end(&l, &c->texts);
}

static lt_code write_pair(comparison *c, lt_error *error)
{
    char digest[LT_DIGEST_SIZE], policy_digest[LT_DIGEST_SIZE];
    lt_rules *rules = NULL;
    lt_code code = lt_dataset_digest(c->before, digest, error);
    if (code == LT_OK) code = lt_rules_load(c->p->args.old_policy ? c->p->args.old_policy : c->p->args.policy, &rules, error);
    if (code == LT_OK) code = lt_policy_digest(&c->old_policy, rules, policy_digest, error);
    lt_rules_free(rules);
    if (code != LT_OK) return code;
    const char *sentence[LT_LANG_COUNT];
    for (int lang = 0; lang < LT_LANG_COUNT; lang++) sentence[lang] = conclude(c, (lt_lang)lang);
    json_t *both = json_pack("{s:s, s:s}", "zh", sentence[LT_LANG_ZH], "en", sentence[LT_LANG_EN]);
    char *json = both ? json_dumps(both, JSON_COMPACT) : NULL;
    json_decref(both);
    const lt_cell cells[PAIR_COLUMNS] = {
        lt_cell_json(keep_text(&c->texts, json), sentence[c->p->lang]),
        lt_cell_text(lt_dataset_id(c->before)),
        lt_cell_given(lt_dataset_as_of(c->before)),
        lt_cell_text(digest),
        lt_cell_text(policy_digest),
        lt_cell_integer((int64_t)c->moved),
    };
    lt_table_begin(c->writer, "pair", LT_MSG_TITLE_DIFF_PAIR, pair_columns, PAIR_COLUMNS);
    lt_table_row(c->writer, cells);
    free_cell_texts(&c->texts);
    return LT_OK;
}

static void write_counts(comparison *c)
{
    size_t of[LT_CHANGE_KINDS][LT_CHANGES] = {{0}}, by_effect[LT_EFFECTS] = {0};
    count_changes(c, of);
    count_effects(c, by_effect);
    lt_table_begin(c->writer, "effects", LT_MSG_TITLE_DIFF_EFFECTS, effect_columns, EFFECT_COLUMNS);
    for (int type = 0; type < LT_EFFECTS; type++) {
        if (by_effect[type] == 0) continue;
        lt_table_row(c->writer, (const lt_cell[EFFECT_COLUMNS]){
                                    lt_cell_word(lt_effect_word((lt_effect_type)type), effects[type].message, effects[type].tone),
                                    lt_cell_integer((int64_t)by_effect[type])});
    }
    lt_table_begin(c->writer, "records", LT_MSG_TITLE_DIFF_KINDS, kind_columns, KIND_COLUMNS);
    for (unsigned kind = 0; kind < LT_CHANGE_KINDS; kind++) {
        if (of[kind][LT_CHANGE_ADDED] + of[kind][LT_CHANGE_DROPPED] + of[kind][LT_CHANGE_CHANGED] == 0) continue;
        lt_table_row(c->writer,
                     (const lt_cell[KIND_COLUMNS]){
                         lt_cell_word(lt_change_kind_name(kind), lt_change_kind_message(kind), LT_TONE_PLAIN),
                         lt_cell_integer((int64_t)of[kind][LT_CHANGE_ADDED]), lt_cell_integer((int64_t)of[kind][LT_CHANGE_DROPPED]),
                         lt_cell_integer((int64_t)of[kind][LT_CHANGE_CHANGED])});
    }
}

static void write_changes(comparison *c)
{
    static const lt_tone tones[LT_CHANGES] = {LT_TONE_GREEN, LT_TONE_RED, LT_TONE_YELLOW};
    lt_table_begin(c->writer, "changes", LT_MSG_TITLE_DIFF_CHANGES, change_columns, CHANGE_COLUMNS);
    for (size_t i = 0; i < c->diff.change_count && !c->texts.failed; i++) {
        const lt_change *change = &c->diff.changes[i];
        lt_change_type type = (lt_change_type)change->type;
        const lt_cell cells[CHANGE_COLUMNS] = {
            lt_cell_word(lt_change_word(type), change_message(type), tones[type]),
            lt_cell_word(lt_change_kind_name(change->kind), lt_change_kind_message(change->kind), LT_TONE_PLAIN),
            change_id_cell(c, change),
            change_name_cell(c, change),
            change_end_cell(c, change, false),
            change_end_cell(c, change, true),
            change_role_cell(c, change),
            change_fields_cell(c, change),
            change_basis_cell(c, change),
            change_sources_cell(c, change),
        };
        lt_table_row(c->writer, cells);
        free_cell_texts(&c->texts);
    }
}

static int write_diff(comparison *c)
{
    output out;
    int code;
    lt_error error = {0};
    c->writer = open_table(&out, c->p, &code);
    if (!c->writer) return code;
    lt_table_begin(c->writer, "rows", LT_MSG_TITLE_DIFF, columns, COLUMNS);
    for (size_t i = 0; i < c->diff.effect_count && !c->texts.failed; i++) write_effect(c, &c->diff.effects[i]);
    lt_code made = write_pair(c, &error);
    write_counts(c);
    write_changes(c);
    if (c->texts.failed) error = (lt_error){.code = made = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return end_table(&out, c->writer, made == LT_OK ? EXIT_DONE : say_error(c->p, &error));
}

static int read_numbers(comparison *c)
{
    const arguments *a = &c->p->args;
    int code = read_whole(c->p, "--moved", a->moved, 0, 1e9, MOVED_RANKS, &c->moved);
    if (code == EXIT_DONE) code = read_whole(c->p, "--details", a->details, 0, 1e9, 10, &c->details);
    if (code == EXIT_DONE) code = read_number(c->p, "--limit", a->limit, 0, 1e9, CAUSE_LIMIT, &c->limit);
    return code;
}

static int compare(comparison *c)
{
    lt_error error = {0};
    lt_diff_input input = {.before = c->before,
                           .after = c->p->dataset,
                           .policy_before = &c->old_policy,
                           .policy_after = &c->p->policy,
                           .moved = (uint32_t)c->moved,
                           .work = c->limit * 1e6};
    return lt_diff_compare(&input, &c->diff, &error) == LT_OK ? EXIT_DONE : say_error(c->p, &error);
}

/* The exit code of a comparison that was written. */
static int judge(const comparison *c)
{
    bool exact = true;
    for (size_t i = 0; i < c->diff.effect_count; i++) exact &= c->diff.effects[i].exact;
    if (!exact && c->p->args.exact_only) return EXIT_GAVE_UP;
    return c->p->args.exit_code && c->diff.change_count > 0 ? EXIT_DIFFERS : EXIT_DONE;
}

int run_diff(program *p)
{
    comparison c = {.p = p};
    int code = read_numbers(&c);
    if (code == EXIT_DONE && p->args.data) say_note(p, LT_MSG_DIFF_DATA_UNUSED);
    if (code == EXIT_DONE) code = open_pair(p, &c.before, &c.old_policy);
    if (code == EXIT_DONE) code = compare(&c);
    if (code == EXIT_DONE) code = write_diff(&c);
    if (code == EXIT_DONE) code = judge(&c);
    lt_diff_done(&c.diff);
    lt_dataset_free(c.before);
    return code;
}
