/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of a policy file. Texts are borrowed from the parsed file, which lives as long as the rules do. */
#include "policy/rules.h"

#include <math.h>
#include <string.h>

#include "core/memory.h"
#include "dataset/json.h"
#include "liantu/schema.h"
#include "liantu/target.h"
#include "policy/file.h"

const char *const lti_rule_members[] = {"instruments", "ways", "zones", NULL};

typedef enum { NUMBER, FLAG, STATUS, ACTION, TIER, STAGE, ID } fact_type;

static const struct {
    const char *name;
    fact_type type;
} facts[LTI_FACTS] = {
    [LTI_FACT_STATUS] = {"status", STATUS},
    [LTI_FACT_ACTION] = {"action", ACTION},
    [LTI_FACT_TIER] = {"tier", TIER},
    [LTI_FACT_STAGE] = {"stage", STAGE},
    [LTI_FACT_CHAIN] = {"chain", ID},
    [LTI_FACT_CHOKE] = {"choke", FLAG},
    [LTI_FACT_PRIORITY] = {"priority", FLAG},
    [LTI_FACT_FINAL] = {"final", FLAG},
    [LTI_FACT_SCORE] = {"score", NUMBER},
    [LTI_FACT_UNLOCKED] = {"unlocked", NUMBER},
    [LTI_FACT_BLOCKED_FINALS] = {"blocked_finals", NUMBER},
    [LTI_FACT_CANDIDATES] = {"candidates", NUMBER},
    [LTI_FACT_CHAIN_CANDIDATES] = {"chain_candidates", NUMBER},
    [LTI_FACT_LOCAL_FIRMS] = {"local_firms", NUMBER},
    [LTI_FACT_ASSOCIATIONS] = {"associations", NUMBER},
    [LTI_FACT_RESEARCHERS] = {"researchers", NUMBER},
};

static const char *fact_name(int fact)
{
    return fact < LTI_FACT_CRITERIA ? facts[fact].name : lt_criterion_word((lt_criterion)(fact - LTI_FACT_CRITERIA));
}
static fact_type type_of(int fact)
{
    return fact < LTI_FACT_CRITERIA ? facts[fact].type : NUMBER;
}

static const char *word_of(fact_type type, int value)
{
    switch (type) {
    case STATUS: return lt_status_word((lt_status)value);
    case ACTION: return lt_action_word((lt_action)value);
    case TIER: return lt_enum_word(LT_ENUM_TIER, value);
    case STAGE: return lt_enum_word(LT_ENUM_STAGE, value);
    default: return NULL;
    }
}

/** Rules with what they are made of. */
typedef struct {
    lt_rules rules; /* first, so that one can be had from the other */
    json_t *root;
    void **blocks;
    size_t block_count;
} store;

/** Where in the file the reading is. */
typedef struct {
    const lti_policy_file *file;
    store *store;
    lti_path at;
} reading;

static lt_code refuse(const reading *r, const char *nested, lt_message message, const char *const *args)
{
    lti_path path = r->at;
    path.nested = nested;
    return lti_policy_refuse(r->file, &path, message, args);
}

static void *keep(const reading *r, size_t count, size_t size)
{
    void **blocks = lti_resize(r->store->blocks, r->store->block_count + 1, sizeof *blocks);
    if (!blocks) return NULL;
    r->store->blocks = blocks;
    void *block = lti_alloc(count + 1, size);
    if (block) blocks[r->store->block_count++] = block;
    return block;
}

static lt_code take_ids(const reading *r, const char *member, const json_t *array, const char *const **out)
{
    if (!json_is_array(array)) return refuse(r, member, LT_MSG_POLICY_WANT_TEXTS, NULL);
    size_t count = json_array_size(array);
    const char **ids = keep(r, count, sizeof *ids); /* ended by the NULL behind them */
    if (!ids) return lti_fail_memory(r->file->error);
    for (size_t i = 0; i < count; i++)
        if (!(ids[i] = json_string_value(json_array_get(array, i)))) return refuse(r, member, LT_MSG_POLICY_WANT_TEXTS, NULL);
    *out = ids;
    return LT_OK;
}

static lt_code take_words(const reading *r, const json_t *array, fact_type type, lt_rule_test *test)
{
    if (!json_is_array(array)) return refuse(r, "when", LT_MSG_POLICY_WANT_TEXTS, NULL);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *word = json_string_value(json_array_get(array, i));
        int value = 0;
        while (value < 16 && !(word && word_of(type, value) && strcmp(word_of(type, value), word) == 0)) value++;
        if (value == 16) return refuse(r, "when", LT_MSG_POLICY_UNKNOWN, LTI_ARGS(word ? word : ""));
        test->words |= 1u << value;
    }
    return LT_OK;
}

static lt_code take_bounds(const reading *r, json_t *bounds, lt_rule_test *test)
{
    const char *name;
    json_t *value;
    if (!json_is_object(bounds)) return refuse(r, "when", LT_MSG_POLICY_WANT_BOUNDS, NULL);
    json_object_foreach(bounds, name, value)
    {
        bool is_least = strcmp(name, "at_least") == 0;
        if (!is_least && strcmp(name, "below") != 0) return refuse(r, "when", LT_MSG_POLICY_UNKNOWN, LTI_ARGS(name));
        if (!json_is_number(value)) return refuse(r, "when", LT_MSG_POLICY_WANT_NUMBER, NULL);
        *(is_least ? &test->least : &test->below) = json_number_value(value);
        *(is_least ? &test->has_least : &test->has_below) = true;
    }
    return LT_OK;
}

static lt_code take_test(const reading *r, const char *name, json_t *value, lt_rule_test *test)
{
    int fact = 0;
    while (fact < LTI_FACTS && strcmp(fact_name(fact), name) != 0) fact++;
    if (fact == LTI_FACTS) return refuse(r, "when", LT_MSG_POLICY_UNKNOWN, LTI_ARGS(name));
    test->fact = (uint8_t)fact;
    switch (type_of(fact)) {
    case NUMBER: return take_bounds(r, value, test);
    case FLAG:
        if (!json_is_boolean(value)) return refuse(r, "when", LT_MSG_POLICY_WANT_BOOL, NULL);
        *(json_is_true(value) ? &test->has_least : &test->has_below) = true;
        test->least = test->below = 1;
        return LT_OK;
    case ID: return take_ids(r, "when", value, &test->ids);
    default: return take_words(r, value, type_of(fact), test);
    }
}

static lt_code take_clauses(const reading *r, const json_t *array, lt_rule *rule)
{
    if (!json_is_array(array)) return refuse(r, "when", LT_MSG_POLICY_WANT_CLAUSES, NULL);
    lt_rule_clause *clauses = keep(r, json_array_size(array), sizeof *clauses);
    if (!clauses) return lti_fail_memory(r->file->error);
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *clause = json_array_get(array, i), *value;
        const char *name;
        if (!json_is_object(clause)) return refuse(r, "when", LT_MSG_POLICY_WANT_CLAUSES, NULL);
        lt_rule_test *tests = keep(r, json_object_size(clause), sizeof *tests);
        if (!tests) return lti_fail_memory(r->file->error);
        size_t count = 0;
        json_object_foreach(clause, name, value)
        {
            lt_code code = take_test(r, name, value, &tests[count++]);
            if (code != LT_OK) return code;
        }
        clauses[i] = (lt_rule_clause){tests, count};
    }
    rule->clauses = clauses;
    rule->clause_count = json_array_size(array);
    return LT_OK;
}

static lt_code take_types(const reading *r, const json_t *array, uint32_t *types)
{
    if (!json_is_array(array)) return refuse(r, "channels", LT_MSG_POLICY_WANT_TEXTS, NULL);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *word = json_string_value(json_array_get(array, i));
        int type = LT_CHANNEL_FAIR;
        while (type <= LT_CHANNEL_PROGRAMME && !(word && strcmp(lt_enum_word(LT_ENUM_CHANNEL, type), word) == 0)) type++;
        if (type > LT_CHANNEL_PROGRAMME) return refuse(r, "channels", LT_MSG_POLICY_UNKNOWN, LTI_ARGS(word ? word : ""));
        *types |= 1u << type;
    }
    return LT_OK;
}

static lt_code take_channels(const reading *r, json_t *object, lt_rule_channels *channels)
{
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"chain_named", &channels->chain_named},
                 {"source_region", &channels->source_region},
                 {"at_home", &channels->at_home},
                 {"away", &channels->away},
                 {"needed", &channels->needed}};
    const char *name;
    json_t *value;
    if (!json_is_object(object)) return refuse(r, "channels", LT_MSG_NOT_OBJECT, NULL);
    json_object_foreach(object, name, value)
    {
        lt_code code = LT_OK;
        size_t flag = 0;
        while (flag < sizeof flags / sizeof *flags && strcmp(flags[flag].name, name) != 0) flag++;
        if (strcmp(name, "types") == 0) code = take_types(r, value, &channels->types);
        else if (strcmp(name, "ids") == 0) code = take_ids(r, "channels", value, &channels->ids);
        else if (flag == sizeof flags / sizeof *flags) code = refuse(r, "channels", LT_MSG_POLICY_UNKNOWN, LTI_ARGS(name));
        else if (!json_is_boolean(value)) code = refuse(r, "channels", LT_MSG_POLICY_WANT_BOOL, NULL);
        else *flags[flag].flag = json_is_true(value);
        if (code != LT_OK) return code;
    }
    if (channels->types == 0) return refuse(r, "channels", LT_MSG_POLICY_NO_TYPES, NULL);
    return LT_OK;
}

static lt_code take_languages(const reading *r, const char *member, const json_t *object, const char **out)
{
    out[LT_LANG_ZH] = json_string_value(json_object_get(object, "zh"));
    out[LT_LANG_EN] = json_string_value(json_object_get(object, "en"));
    return out[LT_LANG_ZH] && out[LT_LANG_EN] ? LT_OK : refuse(r, member, LT_MSG_POLICY_WANT_LANGUAGES, NULL);
}

static lt_code take_rule(const reading *r, json_t *object, lt_rule *rule)
{
    const char *name;
    json_t *value;
    if (!json_is_object(object)) return refuse(r, NULL, LT_MSG_NOT_OBJECT, NULL);
    rule->source = "";
    json_object_foreach(object, name, value)
    {
        lt_code code = LT_OK;
        if (strcmp(name, "name") == 0) code = take_languages(r, name, value, rule->name);
        else if (strcmp(name, "reason") == 0) code = take_languages(r, name, value, rule->reason);
        else if (strcmp(name, "when") == 0) code = take_clauses(r, value, rule);
        else if (strcmp(name, "channels") == 0) code = take_channels(r, value, &rule->channels);
        else if (strcmp(name, "id") != 0 && strcmp(name, "source") != 0)
            code = refuse(r, NULL, LT_MSG_POLICY_UNKNOWN, LTI_ARGS(name));
        else if (!json_is_string(value)) code = refuse(r, name, LT_MSG_POLICY_WANT_TEXT, NULL);
        else *(name[0] == 'i' ? &rule->id : &rule->source) = json_string_value(value);
        if (code != LT_OK) return code;
    }
    if (!rule->id) return refuse(r, NULL, LT_MSG_POLICY_LACKS, LTI_ARGS("id"));
    if (!rule->name[LT_LANG_ZH]) return refuse(r, NULL, LT_MSG_POLICY_LACKS, LTI_ARGS("name"));
    return rule->reason[LT_LANG_ZH] ? LT_OK : refuse(r, NULL, LT_MSG_POLICY_LACKS, LTI_ARGS("reason"));
}

static lt_code take_rules(reading *r, const char *member, const lt_rule **out, size_t *count)
{
    const json_t *array = json_object_get(r->store->root, member);
    r->at = (lti_path){member, -1, NULL};
    if (!json_is_array(array)) return refuse(r, NULL, LT_MSG_POLICY_WANT_RULES, NULL);
    lt_rule *rules = keep(r, json_array_size(array), sizeof *rules);
    lt_code code = rules ? LT_OK : lti_fail_memory(r->file->error);
    for (size_t i = 0; i < json_array_size(array) && code == LT_OK; i++) {
        r->at.index = (long)i;
        code = take_rule(r, json_array_get(array, i), &rules[i]);
        for (size_t other = 0; other < i && code == LT_OK; other++)
            if (strcmp(rules[other].id, rules[i].id) == 0) code = refuse(r, "id", LT_MSG_POLICY_TWICE, LTI_ARGS(rules[i].id));
    }
    *out = rules;
    *count = json_array_size(array);
    return code;
}

static lt_code take_range(const reading *r, const char *member, const json_t *array, uint32_t *least, uint32_t *most)
{
    const json_t *low = json_array_get(array, 0), *high = json_array_get(array, 1);
    bool fits = json_is_integer(low) && json_is_integer(high) && json_integer_value(low) >= 0 &&
                json_integer_value(low) <= json_integer_value(high) && json_integer_value(high) <= 1000;
    if (!fits) return refuse(r, member, LT_MSG_POLICY_WANT_RANGE, NULL);
    *least = (uint32_t)json_integer_value(low);
    *most = (uint32_t)json_integer_value(high);
    return LT_OK;
}

static lt_code take_partner(const reading *r, json_t *object, lt_partner_rule *partner)
{
    const json_t *share = json_object_get(object, "share");
    partner->region = json_string_value(json_object_get(object, "region"));
    partner->source = json_string_value(json_object_get(object, "source"));
    partner->share = json_number_value(share);
    bool whole = partner->region && partner->source && json_is_number(share) && partner->share >= 0 && partner->share <= 1;
    if (!whole) return refuse(r, "partners", LT_MSG_POLICY_WANT_PARTNER, NULL);
    return take_ids(r, "partners", json_object_get(object, "zones"), &partner->zones);
}

static lt_code take_zones(reading *r, lt_rules *rules)
{
    json_t *object = json_object_get(r->store->root, "zones"), *value;
    const char *name;
    r->at = (lti_path){"zones", -1, NULL};
    if (!json_is_object(object)) return refuse(r, NULL, LT_MSG_NOT_OBJECT, NULL);
    rules->zone_source = "";
    json_object_foreach(object, name, value)
    {
        lt_code code = LT_OK;
        if (strcmp(name, "leading") == 0) {
            code = take_range(r, name, value, &rules->leading_least, &rules->leading_most);
        } else if (strcmp(name, "future") == 0) {
            code = take_range(r, name, value, &rules->future_least, &rules->future_most);
        } else if (strcmp(name, "source") == 0 && json_is_string(value)) {
            rules->zone_source = json_string_value(value);
        } else if (strcmp(name, "partners") == 0 && json_is_array(value)) {
            lt_partner_rule *partners = keep(r, json_array_size(value), sizeof *partners);
            if (!partners) code = lti_fail_memory(r->file->error);
            for (size_t i = 0; i < json_array_size(value) && code == LT_OK; i++)
                code = take_partner(r, json_array_get(value, i), &partners[i]);
            rules->partners = partners;
            rules->partner_count = json_array_size(value);
        } else {
            code = refuse(r, NULL, LT_MSG_POLICY_UNKNOWN, LTI_ARGS(name));
        }
        if (code != LT_OK) return code;
    }
    return LT_OK;
}

/* What a file leaves out is taken from the defaults. */
static lt_code merge_defaults(json_t *root, lt_error *error)
{
    lti_policy_file defaults;
    lt_code code = lti_policy_file_open(&defaults, NULL, error);
    for (size_t i = 0; lti_rule_members[i] && code == LT_OK; i++) {
        if (json_object_get(root, lti_rule_members[i])) continue;
        json_t *member = json_object_get(defaults.root, lti_rule_members[i]);
        if (json_object_set(root, lti_rule_members[i], member) != 0) code = lti_fail_memory(error);
    }
    lti_policy_file_done(&defaults);
    return code;
}

lt_code lt_rules_load(const char *path, lt_rules **out, lt_error *error)
{
    lti_policy_file file;
    store *made = lti_alloc(1, sizeof *made);
    if (!made) return lti_fail_memory(error);
    lt_code code = lti_policy_file_open(&file, path, error);
    reading r = {.file = &file, .store = made};
    if (code == LT_OK) made->root = json_incref(file.root);
    if (code == LT_OK && path) code = merge_defaults(made->root, error);
    if (code == LT_OK) code = take_rules(&r, "instruments", &made->rules.instruments, &made->rules.instrument_count);
    if (code == LT_OK) code = take_rules(&r, "ways", &made->rules.ways, &made->rules.way_count);
    if (code == LT_OK) code = take_zones(&r, &made->rules);
    lti_policy_file_done(&file);
    if (code == LT_OK) *out = &made->rules;
    else lt_rules_free(&made->rules);
    return code;
}

void lt_rules_free(lt_rules *rules)
{
    if (!rules) return;
    store *made = (store *)rules;
    for (size_t i = 0; i < made->block_count; i++) lti_free(made->blocks[i]);
    lti_free(made->blocks);
    json_decref(made->root);
    lti_free(made);
}

static bool test_holds(const lt_rule_test *test, const lti_facts *facts_of)
{
    double x = facts_of->value[test->fact];
    if (test->ids) {
        for (size_t i = 0; test->ids[i]; i++)
            if (facts_of->chain && strcmp(test->ids[i], facts_of->chain) == 0) return true;
        return false;
    }
    if (test->words) return (test->words >> (unsigned)x & 1u) != 0;
    return (!test->has_least || x >= test->least) && (!test->has_below || x < test->below);
}

bool lti_rule_holds(const lt_rule *rule, const lti_facts *facts_of)
{
    bool holds = rule->clause_count == 0;
    for (size_t c = 0; c < rule->clause_count && !holds; c++) {
        holds = true;
        for (size_t t = 0; t < rule->clauses[c].count && holds; t++) holds = test_holds(&rule->clauses[c].tests[t], facts_of);
    }
    return holds;
}

lt_code lti_rules_text(const lt_rules *rules, lti_text *text, lt_error *error)
{
    lt_rules *defaults = NULL;
    lt_code code = rules ? LT_OK : lt_rules_load(NULL, &defaults, error);
    const store *from = (const store *)(rules ? rules : defaults);
    for (size_t i = 0; lti_rule_members[i] && code == LT_OK; i++) {
        char *member = json_dumps(json_object_get(from->root, lti_rule_members[i]), JSON_INDENT(2) | JSON_REAL_PRECISION(17));
        if (!member) code = lti_fail_memory(error);
        lti_text_put(text, ",\n  ");
        lti_text_json(text, lti_rule_members[i]);
        lti_text_put(text, ": ");
        for (const char *c = member; c && *c; c++) /* one level deeper than it was dumped */
            lti_text_put(text, *c == '\n' ? "\n  " : (char[]){*c, '\0'});
        lti_json_text_free(member);
    }
    lt_rules_free(defaults);
    return code;
}
