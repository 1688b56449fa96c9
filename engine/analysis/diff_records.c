/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the records of two datasets differ in, field by field as the schema has them. */
#include "analysis/diff_records.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "dataset/canonical.h"
#include "dataset/json.h"
#include "policy/numbers.h"

typedef struct {
    const lt_dataset *side[2];
    lti_array changes, fields; /* lt_change, lt_field_change */
    lt_error *error;
} comparing;

/** One record on both sides. */
typedef struct {
    const lti_schema *schema;
    const char *record[2];
} pair;

static bool same_text(const comparing *c, lt_string first, lt_string second)
{
    return strcmp(lt_dataset_string(c->side[0], first), lt_dataset_string(c->side[1], second)) == 0;
}

static bool same_texts(const comparing *c, lt_list first, lt_list second)
{
    bool same = first.count == second.count;
    for (uint32_t i = 0; i < first.count && same; i++)
        same = same_text(c, lt_list_string(c->side[0], first, i), lt_list_string(c->side[1], second, i));
    return same;
}

static bool same_refs(const comparing *c, lt_list first, lt_list second)
{
    bool same = first.count == second.count;
    for (uint32_t i = 0; i < first.count && same; i++)
        same = strcmp(lt_node_id(c->side[0], lt_list_node(c->side[0], first, i)),
                      lt_node_id(c->side[1], lt_list_node(c->side[1], second, i))) == 0;
    return same;
}

static lt_code value_text(const comparing *c, int side, const pair *p, const lti_field *field, char **out)
{
    lti_text text = {0};
    lti_put_value(c->side[side], field, p->record[side], &text);
    if (text.failed) {
        lti_text_done(&text);
        return lti_fail_memory(c->error);
    }
    *out = text.data;
    return LT_OK;
}

/* Objects are compared as they are written: they are few. */
static lt_code same_written(const comparing *c, const pair *p, const lti_field *field, bool *same)
{
    char *text[2] = {NULL};
    lt_code code = value_text(c, 0, p, field, &text[0]);
    if (code == LT_OK) code = value_text(c, 1, p, field, &text[1]);
    if (code == LT_OK) *same = text[0] && text[1] ? strcmp(text[0], text[1]) == 0 : text[0] == text[1];
    lti_free(text[0]);
    lti_free(text[1]);
    return code;
}

static lt_code same_value(const comparing *c, const pair *p, const lti_field *field, bool *same)
{
#define BOTH(type, compare) compare(c, LTI_FIELD(p->record[0], field, const type), LTI_FIELD(p->record[1], field, const type))
#define EQUAL(type) (LTI_FIELD(p->record[0], field, const type) == LTI_FIELD(p->record[1], field, const type))
    switch (field->type) {
    case LTI_ID:
    case LTI_TEXT: *same = BOTH(lt_string, same_text); break;
    case LTI_TEXTS:
    case LTI_SOURCE:
    case LTI_CODES: *same = BOTH(lt_list, same_texts); break;
    case LTI_REFS: *same = BOTH(lt_list, same_refs); break;
    case LTI_REF:
        *same = strcmp(lt_node_id(c->side[0], LTI_FIELD(p->record[0], field, const lt_node)),
                       lt_node_id(c->side[1], LTI_FIELD(p->record[1], field, const lt_node))) == 0;
        break;
    case LTI_ENUM:
    case LTI_TRISTATE: *same = EQUAL(uint8_t); break;
    case LTI_BOOL: *same = EQUAL(bool); break;
    case LTI_YEAR: *same = EQUAL(int32_t); break;
    case LTI_COUNT: *same = EQUAL(uint32_t); break;
    case LTI_REAL:
        *same = EQUAL(double) ||
                (isnan(LTI_FIELD(p->record[0], field, const double)) && isnan(LTI_FIELD(p->record[1], field, const double)));
        break;
    case LTI_SOURCES: *same = true; break; /* compared one by one */
    case LTI_OBJECT:
    case LTI_SEGMENTS: return same_written(c, p, field, same);
    }
    return LT_OK;
#undef BOTH
#undef EQUAL
}

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *data = lti_alloc(size, 1);
    if (data) memcpy(data, text, size);
    return data;
}

/* Takes the values over, also when it fails. */
static lt_code add_field(comparing *c, const char *name, char *before, char *after)
{
    char *field = copy(name);
    lt_field_change *added = field ? lti_array_push(&c->fields, 1) : NULL;
    if (added) {
        *added = (lt_field_change){field, before, after};
        return LT_OK;
    }
    lti_free(field);
    lti_free(before);
    lti_free(after);
    return lti_fail_memory(c->error);
}

static lt_code compare_field(comparing *c, const pair *p, const lti_field *field)
{
    bool same = true;
    char *before = NULL, *after = NULL;
    lt_code code = same_value(c, p, field, &same);
    if (code != LT_OK || same) return code;
    code = value_text(c, 0, p, field, &before);
    if (code == LT_OK) code = value_text(c, 1, p, field, &after);
    if (code == LT_OK) return add_field(c, field->name, before, after);
    lti_free(before);
    return code;
}

static lt_code json_text(const comparing *c, const json_t *value, char **out)
{
    *out = NULL;
    if (!value) return LT_OK;
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
    *out = text ? copy(text) : NULL;
    lti_json_text_free(text);
    return *out ? LT_OK : lti_fail_memory(c->error);
}

static lt_code compare_member(comparing *c, const char *key, const json_t *before, const json_t *after)
{
    char *text[2] = {NULL};
    if (json_equal(before, after)) return LT_OK;
    lt_code code = json_text(c, before, &text[0]);
    if (code == LT_OK) code = json_text(c, after, &text[1]);
    if (code == LT_OK) return add_field(c, key, text[0], text[1]);
    lti_free(text[0]);
    return code;
}

/* Fields that the schema does not know are compared one by one, in the order of their names. */
static lt_code compare_extra(comparing *c, const pair *p)
{
    lt_string extra[2];
    json_t *object[2] = {NULL};
    lt_code code = LT_OK;
    for (int s = 0; s < 2; s++) extra[s] = *(const lt_string *)(const void *)(p->record[s] + p->schema->extra_offset);
    if (same_text(c, extra[0], extra[1])) return LT_OK;
    for (int s = 0; s < 2 && code == LT_OK; s++) {
        object[s] = extra[s] ? json_loads(lt_dataset_string(c->side[s], extra[s]), 0, NULL) : json_object();
        if (!object[s]) code = lti_fail_memory(c->error);
    }
    for (const char *last = NULL, *next; code == LT_OK; last = next) {
        const char *key;
        json_t *value;
        next = NULL;
        for (int s = 0; s < 2; s++) json_object_foreach(object[s], key, value)
            {
                if ((!last || strcmp(key, last) > 0) && (!next || strcmp(key, next) < 0)) next = key;
            }
        if (!next) break;
        code = compare_member(c, next, json_object_get(object[0], next), json_object_get(object[1], next));
    }
    json_decref(object[0]);
    json_decref(object[1]);
    return code;
}

static lt_code add_change(comparing *c, lt_change_type type, unsigned kind, const uint32_t index[2], uint32_t first_field)
{
    lt_change *change = lti_array_push(&c->changes, 1);
    if (!change) return lti_fail_memory(c->error);
    uint32_t fields = type == LT_CHANGE_CHANGED ? (uint32_t)c->fields.count - first_field : 0;
    *change = (lt_change){(uint8_t)type, (uint8_t)kind, index[0], index[1], first_field, fields};
    return LT_OK;
}

static lt_code compare_pair(comparing *c, unsigned kind, const uint32_t index[2], const pair *p)
{
    uint32_t first = (uint32_t)c->fields.count;
    if (index[0] == LT_NONE) return add_change(c, LT_CHANGE_ADDED, kind, index, first);
    if (index[1] == LT_NONE) return add_change(c, LT_CHANGE_DROPPED, kind, index, first);
    lt_code code = LT_OK;
    for (size_t f = 0; f < p->schema->field_count && code == LT_OK; f++) code = compare_field(c, p, &p->schema->fields[f]);
    if (code == LT_OK) code = compare_extra(c, p);
    if (code != LT_OK || c->fields.count == first) return code;
    return add_change(c, LT_CHANGE_CHANGED, kind, index, first);
}

/* The list of ids, for sources that stand in another order and differ in nothing else. */
static char *source_ids(const lt_dataset *ds)
{
    lti_text text = {0};
    lti_text_put(&text, "[");
    for (size_t i = 0; i < lt_source_count(ds); i++) {
        if (i > 0) lti_text_put(&text, ", ");
        lti_text_json(&text, lt_dataset_string(ds, lt_sources(ds)[i].id));
    }
    lti_text_put(&text, "]");
    if (text.failed) lti_text_done(&text);
    return text.data;
}

static uint32_t find_source(const lt_dataset *ds, const char *id)
{
    for (size_t i = 0; i < lt_source_count(ds); i++)
        if (strcmp(lt_dataset_string(ds, lt_sources(ds)[i].id), id) == 0) return (uint32_t)i;
    return LT_NONE;
}

/* Those that both have stand in another order. */
static bool sources_reordered(const comparing *c)
{
    uint32_t last = 0;
    for (size_t i = 0; i < lt_source_count(c->side[1]); i++) {
        uint32_t at = find_source(c->side[0], lt_dataset_string(c->side[1], lt_sources(c->side[1])[i].id));
        if (at == LT_NONE) continue;
        if (at < last) return true;
        last = at;
    }
    return false;
}

static lt_code compare_header(comparing *c)
{
    static const uint32_t index[2] = {0, 0};
    pair p = {lti_schema_of(LT_KINDS), {(const char *)&c->side[0]->header, (const char *)&c->side[1]->header}};
    lt_code code = LT_OK;
    uint32_t first = (uint32_t)c->fields.count;
    for (size_t f = 0; f < p.schema->field_count && code == LT_OK; f++) code = compare_field(c, &p, &p.schema->fields[f]);
    if (code == LT_OK && sources_reordered(c)) {
        char *before = source_ids(c->side[0]), *after = source_ids(c->side[1]);
        if (before && after) {
            code = add_field(c, "sources", before, after);
        } else {
            lti_free(before);
            lti_free(after);
            code = lti_fail_memory(c->error);
        }
    }
    if (code == LT_OK) code = compare_extra(c, &p);
    if (code != LT_OK || c->fields.count == first) return code;
    return add_change(c, LT_CHANGE_CHANGED, LT_OF_DATASET, index, first);
}

static lt_code compare_sources(comparing *c)
{
    const lti_schema *schema = lti_schema_field(lti_schema_of(LT_KINDS), "sources")->nested;
    lt_code code = LT_OK;
    for (int s = 0; s < 2; s++)
        for (uint32_t i = 0; i < lt_source_count(c->side[s]) && code == LT_OK; i++) {
            const lt_source *source = &lt_sources(c->side[s])[i];
            uint32_t other = find_source(c->side[!s], lt_dataset_string(c->side[s], source->id));
            uint32_t index[2] = {s == 0 ? i : other, s == 0 ? other : i};
            if (s == 1 && other != LT_NONE) continue; /* met from the other side */
            pair p = {.schema = schema};
            for (int side = 0; side < 2; side++)
                if (index[side] != LT_NONE) p.record[side] = (const char *)&lt_sources(c->side[side])[index[side]];
            code = compare_pair(c, LT_OF_SOURCE, index, &p);
        }
    return code;
}

static lt_code compare_kind(comparing *c, const lti_alignment *a, lt_kind kind)
{
    lti_pairs pairs = {a, kind, {0, 0}};
    uint32_t index[2];
    lt_code code = LT_OK;
    while (code == LT_OK && lti_pairs_next(&pairs, index)) {
        pair p = {.schema = lti_schema_of(kind)};
        for (int s = 0; s < 2; s++)
            if (index[s] != LT_NONE) p.record[s] = lti_record_at(c->side[s], kind, index[s]);
        code = compare_pair(c, kind, index, &p);
    }
    return code;
}

static char *number_text(const lt_policy *policy, size_t i)
{
    char number[LTI_REAL_SIZE];
    lti_format_real(number, *lti_policy_number((lt_policy *)(uintptr_t)policy, i), 0);
    return copy(number);
}

static lt_code compare_policies(comparing *c, const lt_policy *before, const lt_policy *after)
{
    lt_code code = LT_OK;
    for (size_t i = 0; i < lti_policy_numbers() && code == LT_OK; i++) {
        const char *group, *name;
        char place[128];
        lti_policy_number_name(i, &group, &name);
        snprintf(place, sizeof place, "%s.%s", group, name);
        if (*lti_policy_number((lt_policy *)(uintptr_t)before, i) == *lti_policy_number((lt_policy *)(uintptr_t)after, i)) continue;
        char *old = number_text(before, i), *new = number_text(after, i);
        uint32_t first = (uint32_t)c->fields.count;
        if (old && new) {
            code = add_field(c, place, old, new);
        } else {
            lti_free(old);
            lti_free(new);
            code = lti_fail_memory(c->error);
        }
        if (code == LT_OK) code = add_change(c, LT_CHANGE_CHANGED, LT_OF_POLICY, (uint32_t[]){(uint32_t)i, (uint32_t)i}, first);
    }
    return code;
}

lt_code lti_diff_records(const lti_alignment *a, const lt_diff_input *input, lt_diff *out, lt_error *error)
{
    comparing c = {{a->side[0], a->side[1]}, LTI_ARRAY(lt_change), LTI_ARRAY(lt_field_change), error};
    lt_code code = compare_header(&c);
    if (code == LT_OK) code = compare_sources(&c);
    for (int kind = 0; kind < LT_KINDS && code == LT_OK; kind++) code = compare_kind(&c, a, (lt_kind)kind);
    if (code == LT_OK) code = compare_policies(&c, input->policy_before, input->policy_after);
    out->changes = c.changes.data;
    out->change_count = c.changes.count;
    out->fields = c.fields.data;
    out->field_count = c.fields.count;
    return code;
}
