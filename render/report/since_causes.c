/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records behind an effect, in words: fields by the names that people know, what they refer to by its name. */
#include <string.h>

#include "report/since.h"

enum { CAUSES = 3 };

/* What a change is of, in a name. */
static const char *change_name(lti_report *r, const lt_change *change)
{
    bool dropped = change->after == LT_NONE;
    const lt_dataset *ds = dropped ? r->options->before : r->ds;
    uint32_t index = dropped ? change->before : change->after;
    if (change->kind < LT_NODE_KINDS) return lt_node_name(ds, lt_node_at(ds, (lt_kind)change->kind, index));
    if (change->kind == LT_OF_SOURCE) return lt_dataset_string(ds, lt_sources(ds)[index].title);
    if (change->kind >= LT_KINDS) return change->kind == LT_OF_DATASET ? lt_dataset_id(ds) : "";
    const lt_edge *edge = lt_edge_get(ds, (lt_kind)change->kind, index);
    return lt_doc_print(&r->doc, "%s→%s", lt_node_name(ds, edge->from), lt_node_name(ds, edge->to));
}

/** A field that figures depend on: its name, and whether its values are ids. What no figure depends on is not said of a cause. */
typedef struct {
    const char *field;
    lt_message name;
    bool refers;
} field_name;

static const field_name field_names[] = {
    {"abstract", LT_MSG_REPORT_FIELD_ABSTRACT, false},
    {"also", LT_MSG_REPORT_FIELD_ALSO, false},
    {"chain", LT_MSG_COLUMN_CHAIN, true},
    {"choke", LT_MSG_COLUMN_CHOKE, false},
    {"demand", LT_MSG_COLUMN_DEMAND, false},
    {"final", LT_MSG_COLUMN_FINAL, false},
    {"firm", LT_MSG_PACK_FIRM, true},
    {"grade", LT_MSG_REPORT_FIELD_GRADE, false},
    {"group", LT_MSG_REPORT_FIELD_GROUP, false},
    {"home", LT_MSG_REPORT_FIELD_HOME, true},
    {"importance", LT_MSG_COLUMN_IMPORTANCE, false},
    {"k", LT_MSG_REPORT_FIELD_K, false},
    {"level", LT_MSG_REPORT_FIELD_LEVEL, false},
    {"need", LT_MSG_REPORT_FIELD_NEED, false},
    {"parent", LT_MSG_REPORT_FIELD_PARENT, true},
    {"priority", LT_MSG_REPORT_FIELD_PRIORITY, false},
    {"region", LT_MSG_COLUMN_REGION, true},
    {"segment", LT_MSG_COLUMN_SEGMENT, false},
    {"segments", LT_MSG_COLUMN_SEGMENT, false},
    {"stage", LT_MSG_REPORT_FIELD_STAGE, false},
    {"survey", LT_MSG_REPORT_FIELD_SURVEY, false},
    {"zone", LT_MSG_REPORT_COLUMN_ZONE, true},
};

static const field_name *find_field(const char *field)
{
    for (size_t i = 0; i < sizeof field_names / sizeof *field_names; i++)
        if (strcmp(field_names[i].field, field) == 0) return &field_names[i];
    return NULL;
}

/* The word for a value of a field that has only a few; NULL = it is none of these. */
static const char *value_word(const lti_report *r, const char *field, const char *value)
{
    static const struct {
        const char *field, *value;
        lt_message word;
    } words[] = {
        {"survey", "none", LT_MSG_REPORT_SURVEY_NONE},         {"survey", "partial", LT_MSG_REPORT_SURVEY_PARTIAL},
        {"survey", "complete", LT_MSG_REPORT_SURVEY_COMPLETE}, {"grade", "leader", LT_MSG_PACK_GRADE_LEADER},
        {"grade", "backbone", LT_MSG_PACK_GRADE_BACKBONE},     {"grade", "growing", LT_MSG_PACK_GRADE_GROWING},
        {"grade", "small", LT_MSG_PACK_GRADE_SMALL},           {"need", "required", LT_MSG_REPORT_NEED_REQUIRED},
        {"need", "optional", LT_MSG_REPORT_NEED_OPTIONAL},     {"stage", "planned", LT_MSG_REPORT_PLANNED},
        {"stage", "contacted", LT_MSG_REPORT_CONTACTED},       {"stage", "signed", LT_MSG_REPORT_SIGNED},
        {"stage", "building", LT_MSG_REPORT_BUILDING},         {"stage", "operating", LT_MSG_REPORT_OPERATING},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].field, field) == 0 && strcmp(words[i].value, value) == 0) return lti_word(r, words[i].word).text;
    return NULL;
}

/* A value as people read it: a word or a name where there is one, else as the data have it, without quotation marks. */
static const char *value_text(lti_report *r, const lt_dataset *ds, const field_name *of, const char *json)
{
    if (!json) return lti_word(r, LT_MSG_FIELD_NONE).text;
    if (strcmp(json, "true") == 0) return lti_word(r, LT_MSG_YES).text;
    if (strcmp(json, "false") == 0) return lti_word(r, LT_MSG_NO).text;
    size_t length = strlen(json);
    if (length < 2 || json[0] != '"' || strchr(json, '\\')) return json;
    const char *text = lt_doc_print(&r->doc, "%.*s", (int)length - 2, json + 1);
    lt_node node = of->refers ? lt_find(ds, text) : LT_NONE;
    if (node != LT_NONE) return lt_node_name(ds, node);
    const char *word = value_word(r, of->field, text);
    return word ? word : text;
}

static bool is_list(const char *json)
{
    return json && (json[0] == '[' || json[0] == '{');
}

/* Fields that differ, in brackets. */
static const char *change_fields(lti_report *r, const lt_change *change)
{
    const char *all = "";
    for (uint32_t i = 0; change->type == LT_CHANGE_CHANGED && i < change->field_count; i++) {
        const lt_field_change *field = &r->options->since->fields[change->first_field + i];
        const field_name *of = find_field(field->field);
        if (!of) continue;
        const char *name = lti_word(r, of->name).text;
        const char *text = is_list(field->before) || is_list(field->after)
                               ? lti_phrase(r, LT_MSG_REPORT_FIELD_REWRITTEN, LTI_WORDS(name)).text
                               : lti_phrase(r, LT_MSG_REPORT_FIELD_CHANGED,
                                            LTI_WORDS(name, value_text(r, r->options->before, of, field->before),
                                                      value_text(r, r->ds, of, field->after)))
                                     .text;
        all = lt_doc_print(&r->doc, "%s%s%s", all, all[0] ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "", text);
    }
    return all[0] ? lti_phrase(r, LT_MSG_IN_BRACKETS, LTI_WORDS(all)).text : "";
}

void lti_since_causes(lti_report *r, const lt_effect *effect)
{
    static const lt_message messages[LT_CHANGES] = {LT_MSG_CAUSE_ADDED, LT_MSG_CAUSE_DROPPED, LT_MSG_CAUSE_CHANGED};
    const lt_diff *diff = r->options->since;
    if (effect->cause_count == 0) lti_tell(r, LT_MSG_CAUSE_UNKNOWN);
    if (effect->cause_count == 0) return;
    if (effect->cause_count > 1) lti_tell(r, effect->together ? LT_MSG_REPORT_SINCE_TOGETHER : LT_MSG_REPORT_SINCE_EACH);
    for (uint32_t i = 0; i < effect->cause_count && i < CAUSES; i++) {
        const lt_change *change = &diff->changes[diff->causes[effect->first_cause + i]];
        const char *kind = lti_word(r, lt_change_kind_message(change->kind)).text;
        if (i > 0) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_PART_SEPARATOR));
        lt_doc_run_add(&r->doc,
                       lti_phrase(r, messages[change->type], LTI_WORDS(kind, change_name(r, change), change_fields(r, change))));
    }
    const char *count = lt_doc_print(&r->doc, "%u", effect->cause_count);
    if (effect->cause_count > CAUSES) lt_doc_run_add(&r->doc, lti_phrase(r, LT_MSG_REPORT_SINCE_MORE, LTI_WORDS(count)));
    if (!effect->exact) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_CAUSE_INEXACT));
}
