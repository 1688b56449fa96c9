/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overlays: {"put": {KIND: [records]}, "drop": {KIND: [ids or {from,to,role}]}}, laid over the dataset before it is checked.
   A put record replaces the one with its id (or its ends and role) or is new. A dropped node takes its edges with it. */
#include <errno.h>
#include <string.h>

#include "core/memory.h"
#include "dataset/loader.h"

/** The overlay's text and what has been read of it. */
typedef struct {
    lti_loader *loader;
    lti_span whole;
    const char *path;
    uint16_t file;
    const char *counted; /* lines are counted to here, so that each is counted once */
    size_t counted_line;
} overlay;

/* The span of a value inside the overlay's text. */
static lti_span span_at(overlay *o, const char *at)
{
    const char *end = o->whole.text + o->whole.length;
    if (!o->counted || at < o->counted) {
        o->counted = o->whole.text;
        o->counted_line = o->whole.line;
    }
    for (; o->counted < at; o->counted++) o->counted_line += *o->counted == '\n';
    return (lti_span){at, (size_t)(lti_json_skip(at, end) - at), o->counted_line, o->whole.offset + (size_t)(at - o->whole.text)};
}

static lt_code complain(overlay *o, const char *at, const char *field, lt_message message, const char *const *args)
{
    lti_place place = {o->path, span_at(o, at).line, "overlay", field};
    lt_error entry = {0};
    lti_fail(&entry, LT_E_DATA, &place, message, args);
    return lti_keep_defect(o->loader, &entry);
}

static lt_code put_kind(overlay *o, lt_kind kind, const char *array)
{
    const char *end = o->whole.text + o->whole.length;
    lt_code code = LT_OK;
    for (const char *at = lti_json_first(array, end); at && code == LT_OK; at = lti_json_next(at, end)) {
        lti_span span = span_at(o, at);
        code = lti_take_record(o->loader, kind, &span, o->file);
    }
    return code;
}

static lt_code drop_node(overlay *o, lt_kind kind, const char *at, const json_t *item)
{
    lti_loader *loader = o->loader;
    lt_string id;
    const char *text = json_string_value(item);
    bool known = text && lti_strings_find(&loader->ds->strings, text, strlen(text), &id) && id < loader->claims.count;
    uint32_t *claim = known ? &LTI_AT(&loader->claims, uint32_t, id) : NULL;
    if (!text) return complain(o, at, "drop", LT_MSG_DROP_WANTS_ID, NULL);
    if (!claim || *claim == 0 || lti_claim_kind(*claim) != kind)
        return complain(o, at, "drop", LT_MSG_NOTHING_TO_DROP, LTI_ARGS(text, lt_kind_name(kind)));
    *claim = 0;
    uint32_t *dropped = lti_array_push(&loader->dropped, 1);
    if (!dropped) return lti_fail_memory(loader->error);
    *dropped = id;
    return LT_OK;
}

static lt_enum role_words(lt_kind kind)
{
    const lti_field *field = lti_schema_field(lti_schema_of(kind), "role");
    return field ? field->words : LT_ENUMS;
}

static lt_code drop_edge(overlay *o, lt_kind kind, const char *at, const json_t *item)
{
    lti_loader *loader = o->loader;
    const char *from = json_string_value(json_object_get(item, "from")), *to = json_string_value(json_object_get(item, "to"));
    const json_t *role = json_object_get(item, "role");
    lt_enum words = role_words(kind);
    int value = role && words != LT_ENUMS && json_is_string(role) ? lti_enum_find(words, json_string_value(role)) : -1;
    if (!from || !to || (role && value < 0)) return complain(o, at, "drop", LT_MSG_DROP_WANTS_ENDS, NULL);

    lti_span span = span_at(o, at);
    lti_drop *drop = lti_array_push(&loader->drops, 1);
    if (!drop) return lti_fail_memory(loader->error);
    *drop = (lti_drop){.kind = kind,
                       .role = value,
                       .location = {.offset = span.offset, .line = (uint32_t)span.line, .file = o->file, .layer = loader->layer}};
    lti_strings *strings = &loader->ds->strings;
    if (lti_strings_add(strings, from, strlen(from), &drop->from) != 0 || lti_strings_add(strings, to, strlen(to), &drop->to) != 0)
        return lti_fail_memory(loader->error);
    return LT_OK;
}

static lt_code drop_kind(overlay *o, lt_kind kind, const char *array, const json_t *items)
{
    const char *end = o->whole.text + o->whole.length, *at = lti_json_first(array, end);
    lt_code code = LT_OK;
    for (size_t i = 0; i < json_array_size(items) && code == LT_OK; i++, at = lti_json_next(at, end)) {
        const json_t *item = json_array_get(items, i);
        code = lti_is_edge(kind) ? drop_edge(o, kind, at, item) : drop_node(o, kind, at, item);
    }
    return code;
}

/* Goes through {KIND: [..]} of "put" or "drop". */
static lt_code take_part(overlay *o, const json_t *root, const char *part)
{
    json_t *kinds = json_object_get(root, part), *items;
    const char *end = o->whole.text + o->whole.length, *at = NULL, *key;
    if (!kinds) return LT_OK;
    const char *body = lti_json_member(o->whole.text, end, part, &at);
    if (!body || !json_is_object(kinds)) return complain(o, body ? at : o->whole.text, part, LT_MSG_WANT_KINDS, NULL);
    lt_code code = LT_OK;
    json_object_foreach(kinds, key, items)
    {
        lt_kind kind = lt_kind_find(key);
        const char *array = lti_json_member(body, end, key, &at);
        if (kind == LT_KINDS) code = complain(o, array ? at : body, part, LT_MSG_UNKNOWN_KIND, LTI_ARGS(key));
        else if (!array || !json_is_array(items)) code = complain(o, array ? at : body, part, LT_MSG_WANT_OBJECTS, LTI_ARGS(key));
        else if (part[0] == 'p') code = put_kind(o, kind, array);
        else code = drop_kind(o, kind, array, items);
        if (code != LT_OK) break;
    }
    return code;
}

static lt_code take_root(overlay *o, const json_t *root)
{
    if (!json_is_object(root)) return complain(o, o->whole.text, "record", LT_MSG_NOT_OBJECT, NULL);
    const char *key;
    json_t *value;
    lt_code code = LT_OK;
    json_object_foreach((json_t *)root, key, value)
    {
        (void)value;
        if (strcmp(key, "put") != 0 && strcmp(key, "drop") != 0 && code == LT_OK)
            code = complain(o, o->whole.text, "record", LT_MSG_OVERLAY_KEY, LTI_ARGS(key));
    }
    /* what is dropped goes first, so that an overlay can drop a record and put another under its id */
    if (code == LT_OK) code = take_part(o, root, "drop");
    if (code == LT_OK) code = take_part(o, root, "put");
    return code;
}

lt_code lti_take_overlay(lti_loader *loader, const char *path)
{
    overlay o = {.loader = loader, .path = path};
    lt_code code = lti_file_number(loader, path, &o.file);
    if (code != LT_OK) return code;
    lti_reader reader;
    lti_read read = lti_reader_open(&reader, path, LTI_FORM_WHOLE, 0, 1);
    if (read == LTI_READ_SPAN) read = lti_reader_next(&reader, &o.whole);
    if (read == LTI_READ_SPAN) {
        json_t *root = lti_parse_json(loader, LT_KINDS, &o.whole, path, &code);
        if (root) code = take_root(&o, root);
        json_decref(root);
    } else {
        code = read == LTI_READ_MEMORY ? lti_fail_memory(loader->error) : lti_fail_file(loader->error, path, LT_MSG_CANNOT_READ);
    }
    lti_reader_done(&reader);
    return code;
}

lt_code lti_take_out(lti_loader *loader)
{
    for (size_t i = 0; i < loader->options->without_count; i++) {
        const char *text = loader->options->without[i];
        lt_string id;
        bool known = lti_strings_find(&loader->ds->strings, text, strlen(text), &id) && id < loader->claims.count;
        uint32_t *claim = known ? &LTI_AT(&loader->claims, uint32_t, id) : NULL;
        if (!claim || *claim == 0) return lti_fail(loader->error, LT_E_ARGUMENT, NULL, LT_MSG_NO_SUCH_NODE, LTI_ARGS(text));
        *claim = 0;
    }
    return LT_OK;
}
