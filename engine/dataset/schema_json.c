/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema table as JSON Schema 2020-12, one document a record kind. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "dataset/loader.h"

static json_t *typed(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static json_t *list_of(json_t *items)
{
    return json_pack("{s:s,s:o}", "type", "array", "items", items);
}

static json_t *text_schema(bool required)
{
    return required ? json_pack("{s:s,s:i}", "type", "string", "minLength", 1) : typed("string");
}

static json_t *words_schema(lt_enum of)
{
    json_t *words = json_array();
    for (int value = 0; value < lti_enum_count(of); value++)
        if (lt_enum_word(of, value)) json_array_append_new(words, json_string(lt_enum_word(of, value)));
    return json_pack("{s:o}", "enum", words);
}

static json_t *number(double value)
{
    bool whole = fabs(value) < 1e15 && value == floor(value);
    return whole ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *number_schema(const lti_field *field)
{
    json_t *schema = typed(field->type == LTI_REAL ? "number" : "integer");
    if (isfinite(field->minimum))
        json_object_set_new(schema, field->above_minimum ? "exclusiveMinimum" : "minimum", number(field->minimum));
    if (isfinite(field->maximum)) json_object_set_new(schema, "maximum", number(field->maximum));
    return schema;
}

static json_t *reference_schema(const lti_field *field)
{
    char targets[LTI_WORDS_SIZE], text[LTI_WORDS_SIZE + 16];
    lti_target_names(field->targets, targets);
    snprintf(text, sizeof text, "id of: %s", targets);
    return json_pack("{s:s,s:i,s:s}", "type", "string", "minLength", 1, "description", text);
}

static json_t *object_schema(const lti_schema *schema);

static json_t *field_schema(const lti_field *field)
{
    switch (field->type) {
    case LTI_ID: /* ECMA-262's \s is Unicode white space */
        return json_pack("{s:s,s:i,s:i,s:s}", "type", "string", "minLength", 1, "maxLength", 128, "pattern",
                         "^[^\\s\\u0000-\\u001F\\u007F-\\u009F]+$");
    case LTI_TEXT: return text_schema(field->required);
    case LTI_TEXTS: return list_of(text_schema(true));
    case LTI_SOURCE: return json_pack("{s:[o,o]}", "anyOf", typed("string"), list_of(text_schema(true)));
    case LTI_REF: return reference_schema(field);
    case LTI_REFS: return list_of(reference_schema(field));
    case LTI_ENUM: return words_schema(field->words);
    case LTI_BOOL:
    case LTI_TRISTATE: return typed("boolean");
    case LTI_REAL:
    case LTI_YEAR:
    case LTI_COUNT: return number_schema(field);
    case LTI_OBJECT: return object_schema(field->nested);
    case LTI_SEGMENTS:
    case LTI_SOURCES: return list_of(object_schema(field->nested));
    case LTI_CODES: return json_pack("{s:s,s:o}", "type", "object", "additionalProperties", list_of(typed("string")));
    }
    return NULL;
}

static void add_default(json_t *schema, const lti_field *field)
{
    if (field->required) return;
    if (field->type == LTI_BOOL) json_object_set_new(schema, "default", json_false());
    if (field->type == LTI_ENUM && lt_enum_word(field->words, (int)field->initial))
        json_object_set_new(schema, "default", json_string(lt_enum_word(field->words, (int)field->initial)));
    if ((field->type == LTI_REAL || field->type == LTI_COUNT) && isfinite(field->initial))
        json_object_set_new(schema, "default", number(field->initial));
}

static json_t *object_schema(const lti_schema *schema)
{
    json_t *properties = json_object(), *required = json_array();
    for (size_t i = 0; i < schema->field_count; i++) {
        const lti_field *field = &schema->fields[i];
        json_t *property = field_schema(field);
        add_default(property, field);
        json_object_set_new(properties, field->name, property);
        if (field->required) json_array_append_new(required, json_string(field->name));
    }
    return json_pack("{s:s,s:o,s:o,s:b}", "type", "object", "required", required, "properties", properties, "additionalProperties",
                     1);
}

lt_code lt_schema_json(lt_kind kind, char **out, lt_error *error)
{
    const lti_schema *schema = lti_schema_of(kind);
    json_t *body = object_schema(schema);
    json_t *document = json_pack("{s:s,s:s,s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title", schema->name,
                                 "$comment", "Generated from the schema table of the engine; do not edit.");
    char *text = NULL, *copy = NULL;
    if (document && body && json_object_update(document, body) == 0)
        text = json_dumps(document, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    size_t length = text ? strlen(text) : 0;
    if (text) copy = lti_alloc(length + 2, 1);
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\n';
    }
    lti_json_text_free(text);
    json_decref(body);
    json_decref(document);
    if (!copy) return lti_fail_memory(error);
    *out = copy;
    return LT_OK;
}

void lt_text_free(char *text)
{
    lti_free(text);
}
