/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "diff.h"

static const lt_message change_messages[LT_CHANGES] = {
    [LT_CHANGE_ADDED] = LT_MSG_CHANGE_ADDED,
    [LT_CHANGE_DROPPED] = LT_MSG_CHANGE_DROPPED,
    [LT_CHANGE_CHANGED] = LT_MSG_CHANGE_CHANGED,
};

lt_message change_message(lt_change_type type)
{
    return change_messages[type];
}

/* The dataset in which a record stands: the new one, or the old one for what was dropped. */
static const lt_dataset *home_of(const comparison *c, const lt_change *change, uint32_t *index)
{
    bool dropped = change->after == LT_NONE;
    *index = dropped ? change->before : change->after;
    return dropped ? c->before : c->p->dataset;
}

static const lt_edge *edge_of(const comparison *c, const lt_change *change, const lt_dataset **ds)
{
    uint32_t index;
    *ds = home_of(c, change, &index);
    bool is_edge = change->kind >= LT_NODE_KINDS && change->kind < LT_KINDS;
    return is_edge ? lt_edge_get(*ds, (lt_kind)change->kind, index) : NULL;
}

static const lt_record *record_of(const comparison *c, const lt_change *change, const lt_dataset **ds)
{
    uint32_t index;
    *ds = home_of(c, change, &index);
    return change->kind < LT_KINDS ? lt_record_get(*ds, (lt_kind)change->kind, index) : NULL;
}

/* NULL for an edge. */
static const char *id_of(const comparison *c, const lt_change *change)
{
    uint32_t index;
    const lt_dataset *ds = home_of(c, change, &index);
    if (change->kind < LT_NODE_KINDS) return lt_node_id(ds, lt_node_at(ds, (lt_kind)change->kind, index));
    if (change->kind == LT_OF_DATASET) return lt_dataset_id(ds);
    if (change->kind == LT_OF_SOURCE) return lt_dataset_string(ds, lt_sources(ds)[index].id);
    return change->kind == LT_OF_POLICY ? c->diff.fields[change->first_field].field : NULL;
}

/* NULL where it has none. */
static const char *name_of(const comparison *c, const lt_change *change)
{
    uint32_t index;
    const lt_dataset *ds = home_of(c, change, &index);
    if (change->kind < LT_NODE_KINDS) return lt_node_name(ds, lt_node_at(ds, (lt_kind)change->kind, index));
    return change->kind == LT_OF_SOURCE ? lt_dataset_string(ds, lt_sources(ds)[index].title) : NULL;
}

static const char *role_of(const comparison *c, const lt_change *change)
{
    const lt_dataset *ds;
    const lt_edge *edge = edge_of(c, change, &ds);
    switch (change->kind) {
    case LT_CAPABILITY: return lt_enum_word(LT_ENUM_CAPABILITY_ROLE, edge->role);
    case LT_PROSPECT: return lt_enum_word(LT_ENUM_PROSPECT_ROLE, edge->role);
    case LT_LEAD: return lt_enum_word(LT_ENUM_LEAD_ROLE, edge->role);
    default: return NULL;
    }
}

lt_cell change_id_cell(comparison *c, const lt_change *change)
{
    const char *id = id_of(c, change);
    return id ? lt_cell_text(id) : lt_cell_null();
}

lt_cell change_name_cell(const comparison *c, const lt_change *change)
{
    const char *name = name_of(c, change);
    return name ? lt_cell_given(name) : lt_cell_null();
}

lt_cell change_role_cell(const comparison *c, const lt_change *change)
{
    const char *role = role_of(c, change);
    return role ? lt_cell_text(role) : lt_cell_null();
}

lt_cell change_end_cell(comparison *c, const lt_change *change, bool to)
{
    const lt_dataset *ds;
    const lt_edge *edge = edge_of(c, change, &ds);
    line l;
    if (!edge || !line_begin(&l, &c->texts)) return lt_cell_null();
    lt_node node = to ? edge->to : edge->from;
    fputs(lt_node_name(ds, node), l.file);
    return json_cell(json_string(lt_node_id(ds, node)), &l, &c->texts);
}

lt_cell change_basis_cell(const comparison *c, const lt_change *change)
{
    const lt_dataset *ds;
    const lt_record *record = record_of(c, change, &ds);
    return record ? basis_cell((lt_basis)record->basis) : lt_cell_null();
}

static json_t *sources_json(const lt_dataset *ds, const lt_record *record)
{
    json_t *sources = json_array();
    for (uint32_t i = 0; i < record->source.count; i++)
        json_array_append_new(sources, json_string(lt_dataset_string(ds, lt_list_string(ds, record->source, i))));
    return sources;
}

lt_cell change_sources_cell(comparison *c, const lt_change *change)
{
    const lt_dataset *ds;
    const lt_record *record = record_of(c, change, &ds);
    line l;
    if (!record || !line_begin(&l, &c->texts)) return lt_cell_null();
    for (uint32_t i = 0; i < record->source.count; i++) {
        if (i > 0) fputs(lt_message_pattern(c->p->lang, LT_MSG_PART_SEPARATOR), l.file);
        fputs(lt_dataset_string(ds, lt_list_string(ds, record->source, i)), l.file);
    }
    return json_cell(sources_json(ds, record), &l, &c->texts);
}

static json_t *value_json(const char *text)
{
    return text ? json_loads(text, JSON_DECODE_ANY, NULL) : json_null();
}

static json_t *fields_json(const comparison *c, const lt_change *change)
{
    json_t *fields = json_array();
    for (uint32_t i = 0; i < change->field_count; i++) {
        const lt_field_change *field = &c->diff.fields[change->first_field + i];
        json_array_append_new(fields, json_pack("{s:s, s:o, s:o}", "field", field->field, "before", value_json(field->before),
                                                "after", value_json(field->after)));
    }
    return fields;
}

/* A text without its quotation marks, anything else as it is. */
static void put_value(const comparison *c, line *l, const char *json)
{
    json_t *value = json ? json_loads(json, JSON_DECODE_ANY, NULL) : NULL;
    if (!json) fputs(lt_message_pattern(c->p->lang, LT_MSG_FIELD_NONE), l->file);
    else fputs(json_is_string(value) ? json_string_value(value) : json, l->file);
    json_decref(value);
}

static void put_fields(const comparison *c, line *l, const lt_change *change)
{
    for (uint32_t i = 0; i < change->field_count; i++) {
        const lt_field_change *field = &c->diff.fields[change->first_field + i];
        if (i > 0) fputs(lt_message_pattern(c->p->lang, LT_MSG_LIST_SEPARATOR), l->file);
        if (change->kind != LT_OF_POLICY) fprintf(l->file, "%s ", field->field);
        put_value(c, l, field->before);
        fputs("→", l->file);
        put_value(c, l, field->after);
    }
}

lt_cell change_fields_cell(comparison *c, const lt_change *change)
{
    line l;
    if (change->type != LT_CHANGE_CHANGED || !line_begin(&l, &c->texts)) return lt_cell_null();
    put_fields(c, &l, change);
    return json_cell(fields_json(c, change), &l, &c->texts);
}

static json_t *change_json(const comparison *c, const lt_change *change)
{
    const lt_dataset *ds;
    const lt_edge *edge = edge_of(c, change, &ds);
    const lt_record *record = record_of(c, change, &ds);
    const char *name = name_of(c, change), *role = role_of(c, change);
    json_t *json =
        json_pack("{s:s, s:s}", "change", lt_change_word((lt_change_type)change->type), "kind", lt_change_kind_name(change->kind));
    if (edge) {
        json_object_set_new(json, "from", json_string(lt_node_id(ds, edge->from)));
        json_object_set_new(json, "to", json_string(lt_node_id(ds, edge->to)));
        if (role) json_object_set_new(json, "role", json_string(role));
    } else {
        json_object_set_new(json, "id", json_string(id_of(c, change)));
    }
    if (name && name[0]) json_object_set_new(json, "name", json_string(name));
    if (change->type == LT_CHANGE_CHANGED) json_object_set_new(json, "fields", fields_json(c, change));
    if (record) {
        json_object_set_new(json, "basis", json_string(lt_enum_word(LT_ENUM_BASIS, record->basis)));
        json_object_set_new(json, "sources", sources_json(ds, record));
    }
    return json;
}

static void put_change(comparison *c, line *l, const lt_change *change)
{
    static const lt_message messages[LT_CHANGES] = {LT_MSG_CAUSE_ADDED, LT_MSG_CAUSE_DROPPED, LT_MSG_CAUSE_CHANGED};
    const lt_dataset *ds;
    const lt_edge *edge = edge_of(c, change, &ds);
    const char *name = name_of(c, change);
    line what, fields;
    if (!line_begin(&what, &c->texts)) return;
    if (edge) fprintf(what.file, "%s→%s", lt_node_name(ds, edge->from), lt_node_name(ds, edge->to));
    else fputs(name && name[0] ? name : id_of(c, change), what.file);
    const char *of = line_end(&what, &c->texts);
    if (!line_begin(&fields, &c->texts)) return;
    if (change->field_count > 0) put_fields(c, &fields, change);
    const char *differ = line_end(&fields, &c->texts);
    line_message(l, c->p->lang, messages[change->type],
                 WORDS(lt_message_pattern(c->p->lang, lt_change_kind_message(change->kind)), of), 2);
    if (differ[0]) line_message(l, c->p->lang, LT_MSG_IN_BRACKETS, WORDS(differ), 1);
}

static void put_causes(comparison *c, line *l, const lt_effect *effect)
{
    const uint32_t *causes = &c->diff.causes[effect->first_cause];
    if (effect->cause_count == 0) {
        line_message(l, c->p->lang, LT_MSG_CAUSE_UNKNOWN, NULL, 0);
        return;
    }
    if (effect->cause_count > 1) line_message(l, c->p->lang, effect->together ? LT_MSG_CAUSE_ALL : LT_MSG_CAUSE_ANY, NULL, 0);
    uint32_t shown = 0;
    for (; shown < effect->cause_count && (c->details <= 0 || shown < c->details); shown++) {
        cell_texts kept = c->texts;
        c->texts = (cell_texts){0};
        if (shown > 0) fputs(lt_message_pattern(c->p->lang, LT_MSG_PART_SEPARATOR), l->file);
        put_change(c, l, &c->diff.changes[causes[shown]]);
        kept.failed |= c->texts.failed;
        free_cell_texts(&c->texts);
        c->texts = kept;
    }
    if (shown < effect->cause_count) {
        char all[24];
        snprintf(all, sizeof all, "%u", effect->cause_count);
        line_message(l, c->p->lang, LT_MSG_CAUSE_MORE, WORDS(all), 1);
    }
    if (!effect->exact) line_message(l, c->p->lang, LT_MSG_CAUSE_INEXACT, NULL, 0);
}

lt_cell because_cell(comparison *c, const lt_effect *effect)
{
    line l;
    json_t *causes = json_array();
    if (!causes || !line_begin(&l, &c->texts)) {
        c->texts.failed = true;
        json_decref(causes);
        return lt_cell_null();
    }
    for (uint32_t i = 0; i < effect->cause_count; i++)
        json_array_append_new(causes, change_json(c, &c->diff.changes[c->diff.causes[effect->first_cause + i]]));
    put_causes(c, &l, effect);
    return json_cell(causes, &l, &c->texts);
}
