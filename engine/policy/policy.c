/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "liantu/policy.h"

#include <errno.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/digest.h"
#include "core/memory.h"
#include "core/text.h"
#include "liantu/schema.h"
#include "policy/file.h"
#include "policy/numbers.h"
#include "policy/rules.h"

static const lt_policy defaults = {
    .weak_below = 0.5,
    .single_hhi = 0.85,
    .strong_producers = 3,
    .chance = {0.1, 0.2, 0.5, 0.8},
    .bottleneck = {0.2, 0.2, 0.4, 0.2},
    .failure_chance = 0.01,
    .unlock_base = 1,
    .unlock_pipeline = 0.5,
    .unlock_choke = 2,
    .target = {3, 3, 2, 2, 1, 1, 1, 1, 2},
    .no_consumers = 0.5,
    .no_inputs = 0.5,
    .zone_on_link = 1,
    .zone_on_segment = 0.6,
    .zone_on_chain = 0.3,
    .chain_prospect = 0.25,
    .full_prospects = 3,
    .policy_choke = 1,
    .policy_priority = 0.7,
    .policy_other = 0.3,
};

const lt_policy *lt_policy_default(void)
{
    return &defaults;
}

/** One number: its place in the file ("group", "name"), in the struct, and its range. */
typedef struct {
    const char *group, *name;
    size_t offset;
    double minimum, maximum;
    bool above_minimum;
} entry;

#define NUMBER(g, n, member, low, high)                                                                                            \
    {                                                                                                                              \
        g, n, offsetof(lt_policy, member), low, high, false                                                                        \
    }
#define ABOVE(g, n, member, low, high)                                                                                             \
    {                                                                                                                              \
        g, n, offsetof(lt_policy, member), low, high, true                                                                         \
    }
#define WEIGHT(g, n, member) NUMBER(g, n, member, 0, 1e6)
#define SHARE(g, n, member) NUMBER(g, n, member, 0, 1)

static const entry entries[] = {
    SHARE("gap", "weak_below", weak_below),
    SHARE("gap", "single_hhi", single_hhi),
    NUMBER("gap", "strong_producers", strong_producers, 1, 1e9),
    SHARE("chance", "planned", chance[LT_PROJECT_PLANNED]),
    SHARE("chance", "contacted", chance[LT_PROJECT_CONTACTED]),
    SHARE("chance", "signed", chance[LT_PROJECT_SIGNED]),
    SHARE("chance", "building", chance[LT_PROJECT_BUILDING]),
    WEIGHT("bottleneck_weights", "path_share", bottleneck.path_share),
    WEIGHT("bottleneck_weights", "dominated_finals", bottleneck.dominated_finals),
    WEIGHT("bottleneck_weights", "blocked_weight", bottleneck.blocked_weight),
    WEIGHT("bottleneck_weights", "concentration", bottleneck.concentration),
    SHARE("sets", "failure_chance", failure_chance),
    ABOVE("unlock_cost", "base", unlock_base, 0, 1e9),
    NUMBER("unlock_cost", "pipeline", unlock_pipeline, 0, 1e6),
    NUMBER("unlock_cost", "choke", unlock_choke, 0, 1e6),
    WEIGHT("target_weights", "necessity", target.necessity),
    WEIGHT("target_weights", "leverage", target.leverage),
    WEIGHT("target_weights", "unlock", target.unlock),
    WEIGHT("target_weights", "pull", target.pull),
    WEIGHT("target_weights", "push", target.push),
    WEIGHT("target_weights", "research", target.research),
    WEIGHT("target_weights", "zone_fit", target.zone_fit),
    WEIGHT("target_weights", "prospects", target.prospects),
    WEIGHT("target_weights", "policy", target.policy),
    SHARE("target", "no_consumers", no_consumers),
    SHARE("target", "no_inputs", no_inputs),
    SHARE("target", "zone_on_link", zone_on_link),
    SHARE("target", "zone_on_segment", zone_on_segment),
    SHARE("target", "zone_on_chain", zone_on_chain),
    SHARE("target", "chain_prospect", chain_prospect),
    ABOVE("target", "full_prospects", full_prospects, 0, 1e6),
    SHARE("target", "policy_choke", policy_choke),
    SHARE("target", "policy_priority", policy_priority),
    SHARE("target", "policy_other", policy_other),
};
enum { ENTRIES = sizeof entries / sizeof *entries };

static double *number_of(lt_policy *policy, const entry *e)
{
    return (double *)(void *)((char *)policy + e->offset);
}

size_t lti_policy_numbers(void)
{
    return ENTRIES;
}

double *lti_policy_number(lt_policy *policy, size_t i)
{
    return number_of(policy, &entries[i]);
}

void lti_policy_number_name(size_t i, const char **group, const char **name)
{
    *group = entries[i].group;
    *name = entries[i].name;
}

static lt_code refuse(const lti_policy_file *file, const char *group, const char *name, lt_message message, const char *const *args)
{
    return lti_policy_refuse(file, &(lti_path){group, -1, name}, message, args);
}

static const entry *find_entry(const char *group, const char *name)
{
    for (size_t i = 0; i < ENTRIES; i++)
        if (strcmp(entries[i].group, group) == 0 && (!name || strcmp(entries[i].name, name) == 0)) return &entries[i];
    return NULL;
}

static lt_code take_number(const lti_policy_file *file, const entry *e, const json_t *value, lt_policy *policy)
{
    char shown[LTI_REAL_SIZE], low[LTI_REAL_SIZE], high[LTI_REAL_SIZE], range[3 * LTI_REAL_SIZE];
    if (!json_is_number(value)) return refuse(file, e->group, e->name, LT_MSG_POLICY_WANT_NUMBER, NULL);
    double number = json_number_value(value);
    bool fits = (e->above_minimum ? number > e->minimum : number >= e->minimum) && number <= e->maximum;
    if (!fits) {
        lti_format_real(shown, number, 12);
        lti_format_real(low, e->minimum, 12);
        lti_format_real(high, e->maximum, 12);
        snprintf(range, sizeof range, "%s %s x ≤ %s", low, e->above_minimum ? "<" : "≤", high);
        return refuse(file, e->group, e->name, LT_MSG_OUT_OF_RANGE, LTI_ARGS(shown, range));
    }
    *number_of(policy, e) = number;
    return LT_OK;
}

static lt_code take_group(const lti_policy_file *file, const char *group, json_t *members, lt_policy *policy)
{
    if (!find_entry(group, NULL)) return refuse(file, group, NULL, LT_MSG_POLICY_UNKNOWN, LTI_ARGS(group));
    if (!json_is_object(members)) return refuse(file, group, NULL, LT_MSG_POLICY_WANT_GROUP, NULL);
    const char *name;
    json_t *value;
    json_object_foreach(members, name, value)
    {
        const entry *e = find_entry(group, name);
        lt_code code = e ? take_number(file, e, value, policy) : refuse(file, group, name, LT_MSG_POLICY_UNKNOWN, LTI_ARGS(name));
        if (code != LT_OK) return code;
    }
    return LT_OK;
}

/* Scores divide by the sum of their weights. */
static lt_code check_weights(const lti_policy_file *file, lt_policy *policy)
{
    static const char *const groups[] = {"bottleneck_weights", "target_weights"};
    for (size_t g = 0; g < 2; g++) {
        double sum = 0;
        for (size_t i = 0; i < ENTRIES; i++)
            if (strcmp(entries[i].group, groups[g]) == 0) sum += *number_of(policy, &entries[i]);
        if (sum <= 0) return refuse(file, groups[g], NULL, LT_MSG_POLICY_NO_WEIGHT, NULL);
    }
    return LT_OK;
}

static bool is_number_group(const char *member)
{
    if (strcmp(member, "format") == 0 || strcmp(member, "note") == 0) return false;
    for (size_t i = 0; lti_rule_members[i]; i++)
        if (strcmp(member, lti_rule_members[i]) == 0) return false;
    return true;
}

static lt_code take_policy(const lti_policy_file *file, lt_policy *policy)
{
    const char *group;
    json_t *members;
    json_object_foreach(file->root, group, members)
    {
        lt_code code = is_number_group(group) ? take_group(file, group, members, policy) : LT_OK;
        if (code != LT_OK) return code;
    }
    return check_weights(file, policy);
}

lt_code lt_policy_load(const char *path, lt_policy *out, lt_error *error)
{
    lti_policy_file file;
    lt_policy policy = defaults;
    lt_code code = lti_policy_file_open(&file, path, error);
    if (code == LT_OK) code = take_policy(&file, &policy);
    lti_policy_file_done(&file);
    if (code == LT_OK) *out = policy;
    return code;
}

lt_code lt_policy_json(const lt_policy *policy, const lt_rules *rules, char **out, lt_error *error)
{
    lti_text text = {0};
    lti_text_put(&text, "{\n  \"format\": \"" LTI_POLICY_FORMAT "\"");
    const char *group = "";
    for (size_t i = 0; i < ENTRIES; i++) {
        const entry *e = &entries[i];
        bool opens = strcmp(e->group, group) != 0;
        if (opens) {
            lti_text_put(&text, group[0] ? "\n  },\n  " : ",\n  ");
            lti_text_json(&text, e->group);
            lti_text_put(&text, ": {");
        }
        lti_text_put(&text, opens ? "\n    " : ",\n    ");
        lti_text_json(&text, e->name);
        lti_text_put(&text, ": ");
        lti_text_real(&text, *number_of((lt_policy *)(uintptr_t)policy, e), 0);
        group = e->group;
    }
    lti_text_put(&text, "\n  }");
    lt_code code = lti_rules_text(rules, &text, error);
    lti_text_put(&text, "\n}\n");
    if (code == LT_OK && text.failed) code = lti_fail_memory(error);
    if (code == LT_OK) *out = text.data;
    else lti_text_done(&text);
    return code;
}

lt_code lt_policy_digest(const lt_policy *policy, const lt_rules *rules, char digest[LT_DIGEST_SIZE], lt_error *error)
{
    char *text;
    lt_code code = lt_policy_json(policy, rules, &text, error);
    if (code != LT_OK) return code;
    struct sha256_ctx hash;
    sha256_init(&hash);
    sha256_update(&hash, strlen(text), (const uint8_t *)text);
    lti_digest_hex(&hash, digest);
    lt_text_free(text);
    return LT_OK;
}
