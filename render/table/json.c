/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of contract section 4: one object, a row a line. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "table/writer.h"

enum { FLAGS = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(12) };

static int to_writer(const char *bytes, size_t length, void *context)
{
    lt_table_writer *writer = context;
    lti_emit(writer, bytes, length);
    return writer->failed ? -1 : 0;
}

/* Takes the value over. */
static void emit_value(lt_table_writer *writer, json_t *value)
{
    if (!value) writer->failed = ENOMEM;
    else if (json_dump_callback(value, to_writer, writer, FLAGS) != 0 && !writer->failed) writer->failed = ENOMEM;
    json_decref(value);
}

static void emit_member(lt_table_writer *writer, const char *key, json_t *value)
{
    emit_value(writer, json_string(key));
    lti_emit_text(writer, ":");
    emit_value(writer, value);
}

static json_t *optional_string(const char *text)
{
    return text && text[0] ? json_string(text) : json_null();
}

static void head(lt_table_writer *writer)
{
    const lt_table_head *h = &writer->head;
    lti_emit_text(writer, "{");
    emit_member(writer, "liantu", json_string(h->version));
    lti_emit_text(writer, ",");
    emit_member(writer, "command", json_string(h->command));
    lti_emit_text(writer, ",");
    emit_member(writer, "dataset",
                json_pack("{s:s,s:o,s:s}", "id", h->dataset_id, "as_of", optional_string(h->as_of), "sha256", h->digest));
    lti_emit_text(writer, ",");
    emit_member(writer, "policy_sha256", json_string(h->policy_digest));
}

static void begin(lt_table_writer *writer)
{
    if (writer->table == 1) {
        head(writer);
        lti_emit_text(writer, ",\n\"rows\":[");
        return;
    }
    lti_emit_text(writer, writer->table == 2 ? ",\n\"summary\":{" : ",\n");
    emit_value(writer, json_string(writer->key));
    lti_emit_text(writer, ":[");
}

static json_t *cell_value(const lt_cell *cell)
{
    switch (cell->type) {
    case LT_CELL_NULL: return json_null();
    case LT_CELL_TEXT:
    case LT_CELL_WORD: return json_string(cell->text);
    case LT_CELL_INTEGER: return json_integer(cell->integer);
    case LT_CELL_REAL: return cell->real - cell->real == 0 ? json_real(cell->real == 0 ? 0 : cell->real) : json_null();
    case LT_CELL_BOOL: return json_boolean(cell->integer);
    case LT_CELL_JSON: return json_loads(cell->json, JSON_DECODE_ANY, NULL);
    case LT_CELL_LIST: break;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < cell->count; i++)
        if (json_array_append_new(list, json_string(cell->items[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

static int put(json_t *object, const char *key, json_t *value)
{
    const char *dot = strchr(key, '.');
    if (!dot) return json_object_set_new(object, key, value);
    char outer[64];
    snprintf(outer, sizeof outer, "%.*s", (int)(dot - key), key);
    json_t *inner = json_object_get(object, outer);
    if (!inner && json_object_set_new(object, outer, inner = json_object()) != 0) {
        json_decref(value);
        return -1;
    }
    return json_object_set_new(inner, dot + 1, value);
}

static void row(lt_table_writer *writer, const lt_cell *cells)
{
    json_t *object = json_object();
    for (size_t i = 0; i < writer->column_count && object; i++) {
        if (writer->columns[i].may_lack && cells[i].type == LT_CELL_NULL) continue;
        if (put(object, writer->columns[i].key, cell_value(&cells[i])) == 0) continue;
        json_decref(object);
        object = NULL;
    }
    lti_emit_text(writer, writer->rows > 0 ? ",\n" : "\n");
    emit_value(writer, object);
}

static void end_table(lt_table_writer *writer)
{
    lti_emit_text(writer, writer->rows > 0 ? "\n]" : "]");
}

static void end(lt_table_writer *writer)
{
    lti_emit_text(writer, writer->table > 1 ? "}}\n" : "}\n");
}

const lti_format lti_json_format = {"json", false, begin, row, end_table, end};
