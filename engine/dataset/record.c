/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record: JSON text -> struct, each field checked by its row of the schema. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "dataset/loader.h"

/** What the steps below share about the object at hand. */
typedef struct {
    lti_loader *loader;
    lt_kind kind;
    const lti_location *at;
    const lti_path *outer; /* of the object inside its record; NULL = it is the record */
    bool *good;            /* cleared by a defect */
} context;

static lti_path path_to(const context *c, const char *field)
{
    if (!c->outer) return (lti_path){field, -1, NULL};
    return (lti_path){c->outer->key, c->outer->index, field};
}

static lt_code bad(const context *c, const char *field, lt_message message, const char *const *args)
{
    lti_path path = path_to(c, field);
    *c->good = false;
    return lti_defect(c->loader, c->at, c->kind, &path, message, args);
}

/* A value as a message shows it. */
static void show(const json_t *value, char *buffer, size_t size)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(12));
    lti_copy_cut(buffer, size, text ? text : "?");
    lti_json_text_free(text);
}

static lt_code wrong_type(const context *c, const char *field, const json_t *value, lt_message wanted)
{
    char shown[80];
    show(value, shown, sizeof shown);
    return bad(c, field, wanted, LTI_ARGS(shown));
}

static lt_code add_string(const context *c, const char *text, lt_string *handle)
{
    if (lti_strings_add(&c->loader->ds->strings, text, strlen(text), handle) == 0) return LT_OK;
    return lti_fail_memory(c->loader->error);
}

static lt_code take_text(const context *c, const lti_field *field, const json_t *value, char *record)
{
    if (!json_is_string(value)) return wrong_type(c, field->name, value, LT_MSG_WANT_TEXT);
    const char *text = json_string_value(value);
    if (field->required && lti_is_blank(text)) return bad(c, field->name, LT_MSG_FIELD_EMPTY, NULL);
    if (field->type == LTI_ID && !lti_is_id(text)) return wrong_type(c, field->name, value, LT_MSG_BAD_ID);
    return add_string(c, text, &LTI_FIELD(record, field, lt_string));
}

/* Appends the texts of a list to the pool; a list equal to the pool's tail shares it, as sources of neighbours mostly do. */
static lt_code pool_list(const context *c, const uint32_t *handles, uint32_t count, lt_list *list)
{
    lti_array *pool = &c->loader->ds->pool;
    *list = (lt_list){0, count};
    if (count == 0) return LT_OK;
    bool repeats =
        pool->count >= count && memcmp(&LTI_AT(pool, uint32_t, pool->count - count), handles, count * sizeof *handles) == 0;
    if (!repeats) {
        uint32_t *room = pool->count + count < UINT32_MAX ? lti_array_push(pool, count) : NULL;
        if (!room) return lti_fail_memory(c->loader->error);
        memcpy(room, handles, count * sizeof *handles);
    }
    list->first = (uint32_t)pool->count - count;
    return LT_OK;
}

static lt_code take_texts(const context *c, const lti_field *field, const json_t *value, lt_list *list)
{
    bool single = field->type == LTI_SOURCE && json_is_string(value);
    if (!single && !json_is_array(value))
        return wrong_type(c, field->name, value, field->type == LTI_SOURCE ? LT_MSG_WANT_SOURCE : LT_MSG_WANT_TEXTS);

    size_t count = single ? 1 : json_array_size(value);
    uint32_t few[16], *handles = count <= 16 ? few : lti_alloc(count, sizeof *handles);
    if (!handles) return lti_fail_memory(c->loader->error);
    lt_code code = LT_OK;
    bool whole = true;
    for (size_t i = 0; i < count && code == LT_OK; i++) {
        const json_t *item = single ? value : json_array_get(value, i);
        if (!json_is_string(item)) {
            code = wrong_type(c, field->name, item, LT_MSG_WANT_TEXTS);
            whole = false;
        } else if (lti_is_blank(json_string_value(item))) {
            code = bad(c, field->name, LT_MSG_FIELD_EMPTY, NULL);
            whole = false;
        } else {
            code = add_string(c, json_string_value(item), &handles[i]);
        }
    }
    if (code == LT_OK && whole && field->type == LTI_REFS) {
        /* references are numbered in place later, so their range must be their own */
        uint32_t *room = count == 0 ? few : lti_array_push(&c->loader->ds->pool, count);
        if (!room) code = lti_fail_memory(c->loader->error);
        else if (count > 0) memcpy(room, handles, count * sizeof *handles);
        *list = (lt_list){(uint32_t)(c->loader->ds->pool.count - count), (uint32_t)count};
    } else if (code == LT_OK && whole) {
        code = pool_list(c, handles, (uint32_t)count, list);
    }
    if (handles != few) lti_free(handles);
    return code;
}

static void range_words(const lti_field *field, char *buffer, size_t size)
{
    char low[LTI_REAL_SIZE], high[LTI_REAL_SIZE];
    lti_format_real(low, field->minimum, 12);
    lti_format_real(high, field->maximum, 12);
    const char *below = field->above_minimum ? "<" : "≤";
    if (isinf(field->minimum) && isinf(field->maximum)) snprintf(buffer, size, "-");
    else if (isinf(field->maximum)) snprintf(buffer, size, "%s %s", field->above_minimum ? ">" : "≥", low);
    else snprintf(buffer, size, "%s %s x ≤ %s", low, below, high);
}

static bool in_range(const lti_field *field, double value)
{
    return (field->above_minimum ? value > field->minimum : value >= field->minimum) && value <= field->maximum;
}

static lt_code take_number(const context *c, const lti_field *field, const json_t *value, char *record)
{
    bool whole = field->type != LTI_REAL;
    if (whole ? !json_is_integer(value) : !json_is_number(value))
        return wrong_type(c, field->name, value, whole ? LT_MSG_WANT_INTEGER : LT_MSG_WANT_NUMBER);
    double number = json_number_value(value);
    if (!in_range(field, number)) {
        char shown[80], range[80];
        show(value, shown, sizeof shown);
        range_words(field, range, sizeof range);
        return bad(c, field->name, LT_MSG_OUT_OF_RANGE, LTI_ARGS(shown, range));
    }
    if (field->type == LTI_REAL) LTI_FIELD(record, field, double) = number;
    else if (field->type == LTI_YEAR) LTI_FIELD(record, field, int32_t) = (int32_t)number;
    else LTI_FIELD(record, field, uint32_t) = (uint32_t)number;
    return LT_OK;
}

static lt_code take_enum(const context *c, const lti_field *field, const json_t *value, char *record)
{
    if (!json_is_string(value)) return wrong_type(c, field->name, value, LT_MSG_WANT_TEXT);
    int word = lti_enum_find(field->words, json_string_value(value));
    if (word < 0) {
        char shown[80], words[LTI_WORDS_SIZE];
        show(value, shown, sizeof shown);
        lti_enum_words(field->words, words);
        return bad(c, field->name, LT_MSG_UNKNOWN_WORD, LTI_ARGS(shown, words));
    }
    LTI_FIELD(record, field, uint8_t) = (uint8_t)word;
    return LT_OK;
}

static lt_code take_bool(const context *c, const lti_field *field, const json_t *value, char *record)
{
    if (!json_is_boolean(value)) return wrong_type(c, field->name, value, LT_MSG_WANT_BOOL);
    if (field->type == LTI_TRISTATE) LTI_FIELD(record, field, uint8_t) = json_is_true(value) ? 2 : 1;
    else LTI_FIELD(record, field, bool) = json_is_true(value);
    return LT_OK;
}

static lt_code take_object(const context *c, const lti_field *field, const json_t *value, char *record, long index)
{
    if (!json_is_object(value)) return wrong_type(c, field->name, value, LT_MSG_WANT_OBJECT);
    lti_path path = {field->name, index, NULL};
    return lti_take_fields(c->loader, c->kind, field->nested, (json_t *)value, c->at, &path, record, c->good);
}

/* An element of a list of objects has an id that stands in the list already. */
static lt_code bad_item_id(const context *c, const lti_field *field, long index, lt_message message, lt_string id)
{
    lti_path path = {field->name, index, "id"};
    *c->good = false;
    return lti_defect(c->loader, c->at, c->kind, &path, message, LTI_ARGS(lti_strings_at(&c->loader->ds->strings, id)));
}

static lt_code take_segments(const context *c, const lti_field *field, const json_t *value, char *record)
{
    if (!json_is_array(value)) return wrong_type(c, field->name, value, LT_MSG_WANT_OBJECTS);
    lti_array *all = &c->loader->ds->segments;
    size_t first = all->count, count = json_array_size(value);
    LTI_FIELD(record, field, lt_list) = (lt_list){(uint32_t)first, (uint32_t)count};
    if (count > 0 && !lti_array_push(all, count)) return lti_fail_memory(c->loader->error);
    for (size_t i = 0; i < count; i++) {
        lt_segment *segment = &LTI_AT(all, lt_segment, first + i);
        lt_code code = take_object(c, field, json_array_get(value, i), (char *)segment, (long)i);
        if (code != LT_OK) return code;
        for (size_t j = 0; j < i && segment->id != 0; j++) {
            if (LTI_AT(all, lt_segment, first + j).id != segment->id) continue;
            code = bad_item_id(c, field, (long)i, LT_MSG_DUPLICATE_SEGMENT, segment->id);
            if (code != LT_OK) return code;
            break;
        }
    }
    return LT_OK;
}

static lt_code take_sources(const context *c, const lti_field *field, const json_t *value)
{
    if (!json_is_array(value)) return wrong_type(c, field->name, value, LT_MSG_WANT_OBJECTS);
    lti_array *all = &c->loader->ds->sources;
    for (size_t i = 0; i < json_array_size(value); i++) {
        lt_source *source = lti_array_push(all, 1);
        if (!source) return lti_fail_memory(c->loader->error);
        lt_code code = take_object(c, field, json_array_get(value, i), (char *)source, (long)i);
        for (size_t j = 0; j < i && code == LT_OK && source->id != 0; j++)
            if (LTI_AT(all, lt_source, j).id == source->id)
                code = bad_item_id(c, field, (long)i, LT_MSG_DUPLICATE_SOURCE, source->id);
        if (code != LT_OK) return code;
    }
    return LT_OK;
}

/* Codes go into the pool in pairs, systems in byte order so that field order does not matter. */
static lt_code take_codes(const context *c, const lti_field *field, const json_t *value, char *record)
{
    if (!json_is_object(value)) return wrong_type(c, field->name, value, LT_MSG_WANT_CODES);
    lti_array pairs = LTI_ARRAY(uint32_t);
    lt_code code = LT_OK;
    const char *system = NULL;
    for (;;) {
        const char *next = NULL, *key;
        json_t *codes;
        json_object_foreach((json_t *)value, key, codes)
        {
            if ((!system || strcmp(key, system) > 0) && (!next || strcmp(key, next) < 0)) next = key;
        }
        if (!next || code != LT_OK) break;
        system = next;
        codes = json_object_get(value, system);
        if (!json_is_array(codes)) {
            code = wrong_type(c, field->name, codes, LT_MSG_WANT_CODES);
            continue;
        }
        for (size_t i = 0; i < json_array_size(codes) && code == LT_OK; i++) {
            const json_t *item = json_array_get(codes, i);
            if (!json_is_string(item)) {
                code = wrong_type(c, field->name, item, LT_MSG_WANT_CODES);
                continue;
            }
            uint32_t *pair = lti_array_push(&pairs, 2);
            code = pair ? add_string(c, system, &pair[0]) : lti_fail_memory(c->loader->error);
            if (code == LT_OK) code = add_string(c, json_string_value(item), &pair[1]);
        }
    }
    if (code == LT_OK) code = pool_list(c, pairs.data, (uint32_t)pairs.count, &LTI_FIELD(record, field, lt_list));
    lti_array_done(&pairs);
    return code;
}

static lt_code take_field(const context *c, const lti_field *field, const json_t *value, char *record)
{
    switch (field->type) {
    case LTI_ID:
    case LTI_TEXT:
    case LTI_REF: return take_text(c, field, value, record);
    case LTI_TEXTS:
    case LTI_SOURCE:
    case LTI_REFS: return take_texts(c, field, value, &LTI_FIELD(record, field, lt_list));
    case LTI_ENUM: return take_enum(c, field, value, record);
    case LTI_BOOL:
    case LTI_TRISTATE: return take_bool(c, field, value, record);
    case LTI_REAL:
    case LTI_YEAR:
    case LTI_COUNT: return take_number(c, field, value, record);
    case LTI_OBJECT: return take_object(c, field, value, record + field->offset, -1);
    case LTI_SEGMENTS: return take_segments(c, field, value, record);
    case LTI_SOURCES: return take_sources(c, field, value);
    case LTI_CODES: return take_codes(c, field, value, record);
    }
    return LT_E_INTERNAL;
}

static void set_initial(const lti_schema *schema, char *record)
{
    for (size_t i = 0; i < schema->field_count; i++) {
        const lti_field *field = &schema->fields[i];
        switch (field->type) {
        case LTI_ENUM: LTI_FIELD(record, field, uint8_t) = (uint8_t)field->initial; break;
        case LTI_REAL: LTI_FIELD(record, field, double) = field->initial; break;
        case LTI_COUNT: LTI_FIELD(record, field, uint32_t) = (uint32_t)field->initial; break;
        case LTI_REF: LTI_FIELD(record, field, lt_node) = LT_NONE; break;
        case LTI_OBJECT: set_initial(field->nested, record + field->offset); break;
        default: break; /* zero is "not given" */
        }
    }
}

/* Fields that the schema does not know, as one JSON object with sorted keys. */
static lt_code keep_extra(const context *c, const lti_schema *schema, json_t *extra, char *record)
{
    char *text = json_dumps(extra, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
    if (!text) return lti_fail_memory(c->loader->error);
    lt_code code = add_string(c, text, (lt_string *)(void *)(record + schema->extra_offset));
    lti_json_text_free(text);
    return code;
}

lt_code lti_take_fields(lti_loader *loader, lt_kind kind, const lti_schema *schema, json_t *object, const lti_location *at,
                        const lti_path *outer, char *record, bool *good)
{
    context c = {loader, kind, at, outer, good};
    set_initial(schema, record);

    lt_code code = LT_OK;
    json_t *extra = NULL, *value;
    const char *key;
    json_object_foreach(object, key, value)
    {
        const lti_field *field = lti_schema_field(schema, key);
        if (field) {
            code = take_field(&c, field, value, record);
        } else {
            if (!extra) extra = json_object();
            if (!extra || json_object_set(extra, key, value) != 0) code = lti_fail_memory(loader->error);
            lti_path path = path_to(&c, key);
            if (code == LT_OK && loader->options->strict)
                code = lti_defect(loader, at, kind, &path, LT_MSG_UNKNOWN_FIELD, LTI_ARGS(key));
        }
        if (code != LT_OK) break;
    }
    for (size_t i = 0; i < schema->field_count && code == LT_OK; i++) {
        const lti_field *field = &schema->fields[i];
        if (field->required && !json_object_get(object, field->name))
            code = bad(&c, field->name, LT_MSG_FIELD_MISSING, LTI_ARGS(field->name));
    }
    if (code == LT_OK && extra) code = keep_extra(&c, schema, extra, record);
    json_decref(extra);
    return code;
}

json_t *lti_parse_json(lti_loader *loader, lt_kind kind, const lti_span *span, const char *file, lt_code *code)
{
    lti_json_problem problem;
    json_t *value = lti_json_parse(span->text, span->length, &problem);
    *code = LT_OK;
    if (value) return value;
    if (!lti_is_edge(kind)) loader->lost_node = true;
    if (problem.memory) *code = lti_fail_memory(loader->error);
    else
        *code = lti_defect_at_line(loader, file, span->line + problem.line, kind, problem.message,
                                   LTI_ARGS(problem.column, problem.detail));
    return NULL;
}

/* Enters a node's id, which must be new unless an overlay replaces a record of the same kind. */
static lt_code claim_id(lti_loader *loader, lt_kind kind, const lti_location *at, lt_string id, size_t index)
{
    lt_dataset *ds = loader->ds;
    if (loader->claims.count < ds->strings.text.count &&
        !lti_array_push(&loader->claims, ds->strings.text.count - loader->claims.count))
        return lti_fail_memory(loader->error);
    uint32_t *claim = &LTI_AT(&loader->claims, uint32_t, id);
    if (*claim != 0) {
        lt_kind other_kind = lti_claim_kind(*claim);
        uint32_t other = lti_claim_index(*claim);
        const lti_location *first = &LTI_AT(&ds->locations[other_kind], lti_location, other);
        if (first->layer == at->layer || other_kind != kind) {
            char where[LTI_WHERE_SIZE];
            lti_where(loader, first, where);
            return lti_defect(loader, at, kind, LTI_PATH("id"), LT_MSG_DUPLICATE_ID,
                              LTI_ARGS(lti_strings_at(&ds->strings, id), lt_kind_name(other_kind), where));
        }
    }
    /* an overlay's record takes the id over; the one before it is left behind when nodes are numbered */
    *claim = lti_claim(kind, index);
    return LT_OK;
}

lt_code lti_take_record(lti_loader *loader, lt_kind kind, const lti_span *span, uint16_t file)
{
    lt_dataset *ds = loader->ds;
    lti_location at = {.offset = span->offset, .line = (uint32_t)span->line, .file = file, .layer = loader->layer};
    const char *path = lti_strings_at(&ds->strings, LTI_AT(&ds->files, lt_string, file));

    lt_code code;
    json_t *object = lti_parse_json(loader, kind, span, path, &code);
    if (!object) return code;
    if (!json_is_object(object)) {
        if (!lti_is_edge(kind)) loader->lost_node = true;
        code = lti_defect_at_line(loader, path, span->line, kind, LT_MSG_NOT_OBJECT, NULL);
        json_decref(object);
        return code;
    }

    size_t index = ds->records[kind].count;
    char *record = NULL;
    if (index < LTI_RECORD_LIMIT) record = lti_array_push(&ds->records[kind], 1);
    lti_location *location = record ? lti_array_push(&ds->locations[kind], 1) : NULL;
    bool good = true;
    if (location) {
        *location = at;
        code = lti_take_fields(loader, kind, lti_schema_of(kind), object, &at, NULL, record, &good);
        location->faulty = !good;
    } else {
        code = lti_fail_memory(loader->error);
    }
    if (code == LT_OK && kind == LT_CAPABILITY && !json_object_get(object, "role"))
        ((lt_capability *)(void *)record)->edge.role = LTI_ROLE_UNSET;
    if (code == LT_OK && !lti_is_edge(kind)) {
        lt_string id = ((lt_node_head *)(void *)record)->id;
        if (id == 0) loader->lost_node = true;
        else code = claim_id(loader, kind, &at, id, index);
    }
    json_decref(object);
    return code;
}
