/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the ids that records name into node numbers. */
#include <string.h>

#include "dataset/loader.h"

static bool is_dropped(const lti_loader *loader, lt_string id)
{
    for (size_t i = 0; i < loader->dropped.count; i++)
        if (LTI_AT(&loader->dropped, uint32_t, i) == id) return true;
    return false;
}

static bool is_left_out(const lti_loader *loader, const char *id)
{
    for (size_t i = 0; i < loader->options->without_count; i++)
        if (strcmp(loader->options->without[i], id) == 0) return true;
    return false;
}

static lt_node owner_of(const lt_dataset *ds, lt_string id)
{
    return id < ds->owners.count ? LTI_AT(&ds->owners, lt_node, id) : LT_NONE;
}

/* Replaces the id handle in *reference by the node's number; LT_NONE when it names no fitting node. */
static lt_code resolve_one(lti_loader *loader, lt_kind kind, size_t index, const lti_field *field, lt_node *reference)
{
    lt_dataset *ds = loader->ds;
    lt_string id = *reference;
    if (id == LT_NONE) return LT_OK;
    const lti_location *at = kind < LT_KINDS ? &LTI_AT(&ds->locations[kind], lti_location, index) : &ds->header_location;
    lt_node node = owner_of(ds, id);
    *reference = LT_NONE;
    bool excused =
        loader->lost_node || (lti_is_edge(kind) && is_dropped(loader, id)) || is_left_out(loader, lti_strings_at(&ds->strings, id));
    if (node == LT_NONE && excused) return LT_OK;

    char wanted[LTI_WORDS_SIZE];
    lti_target_names(field->targets, wanted);
    if (node == LT_NONE)
        return lti_defect(loader, at, kind, LTI_PATH(field->name), LT_MSG_NO_SUCH_ID,
                          LTI_ARGS(lti_strings_at(&ds->strings, id), wanted));
    lt_kind found = lt_node_kind(ds, node);
    if (!(field->targets & 1u << found))
        return lti_defect(loader, at, kind, LTI_PATH(field->name), LT_MSG_WRONG_KIND,
                          LTI_ARGS(lti_strings_at(&ds->strings, id), lt_kind_name(found), wanted));
    *reference = node;
    return LT_OK;
}

static lt_code resolve_record(lti_loader *loader, lt_kind kind, const lti_schema *schema, size_t index, char *record)
{
    lt_code code = LT_OK;
    for (size_t f = 0; f < schema->field_count && code == LT_OK; f++) {
        const lti_field *field = &schema->fields[f];
        if (field->type == LTI_REF) {
            code = resolve_one(loader, kind, index, field, &LTI_FIELD(record, field, lt_node));
        } else if (field->type == LTI_REFS) {
            lt_list list = LTI_FIELD(record, field, lt_list);
            for (uint32_t i = 0; i < list.count && code == LT_OK; i++)
                code = resolve_one(loader, kind, index, field, &LTI_AT(&loader->ds->pool, lt_node, list.first + i));
        }
    }
    return code;
}

/* A capability whose role is not given is research for an institution, else production. */
static void settle_role(const lt_dataset *ds, lt_capability *capability)
{
    if (capability->edge.role != LTI_ROLE_UNSET) return;
    lt_node holder = capability->edge.from;
    bool research = holder != LT_NONE && lt_node_kind(ds, holder) == LT_INSTITUTION;
    capability->edge.role = research ? LT_ROLE_RESEARCH : LT_ROLE_PRODUCE;
}

/* A source names the list of dataset.json by what stands before its "#". */
static lt_code check_source(lti_loader *loader, lt_kind kind, size_t index, const lt_record *record)
{
    lt_dataset *ds = loader->ds;
    for (uint32_t i = 0; i < record->source.count; i++) {
        const char *text = lti_strings_at(&ds->strings, LTI_AT(&ds->pool, lt_string, record->source.first + i));
        size_t length = strcspn(text, "#");
        lt_string id;
        bool known = false;
        if (lti_strings_find(&ds->strings, text, length, &id))
            for (size_t s = 0; s < ds->sources.count && !known; s++) known = LTI_AT(&ds->sources, lt_source, s).id == id;
        if (known) continue;
        const lti_location *at = &LTI_AT(&ds->locations[kind], lti_location, index);
        return lti_warning(loader, at, kind, LTI_PATH("source"), LT_MSG_UNKNOWN_SOURCE, LTI_ARGS(text));
    }
    return LT_OK;
}

lt_code lti_resolve(lti_loader *loader)
{
    lt_dataset *ds = loader->ds;
    lt_code code = resolve_record(loader, LT_KINDS, lti_schema_of(LT_KINDS), 0, (char *)&ds->header);
    for (int kind = 0; kind < LT_KINDS && code == LT_OK; kind++) {
        const lti_schema *schema = lti_schema_of((lt_kind)kind);
        for (size_t i = 0; i < ds->records[kind].count && code == LT_OK; i++) {
            char *record = lti_record_at(ds, (lt_kind)kind, i);
            code = resolve_record(loader, (lt_kind)kind, schema, i, record);
            if (code == LT_OK && kind == LT_CAPABILITY) settle_role(ds, (lt_capability *)(void *)record);
            if (code == LT_OK) code = check_source(loader, (lt_kind)kind, i, lt_record_get(ds, (lt_kind)kind, (uint32_t)i));
        }
    }
    return code;
}
