/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canonical form: records in their order, fields in the schema's order, defaults left out, one record a line. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/digest.h"
#include "core/error.h"
#include "core/memory.h"
#include "core/text.h"
#include "dataset/canonical.h"
#include "dataset/loader.h"

static void put_key(lti_text *out, const char *key)
{
    char last = out->length > 0 && out->data ? out->data[out->length - 1] : '{';
    if (last != '{') lti_text_put(out, ", ");
    lti_text_json(out, key);
    lti_text_put(out, ": ");
}

static void put_list(const lt_dataset *ds, lti_text *out, const lti_field *field, lt_list list)
{
    put_key(out, field->name);
    lti_text_put(out, "[");
    for (uint32_t i = 0; i < list.count; i++) {
        if (i > 0) lti_text_put(out, ", ");
        if (field->type == LTI_REFS) lti_text_json(out, lt_node_id(ds, lt_list_node(ds, list, i)));
        else lti_text_json(out, lt_dataset_string(ds, lt_list_string(ds, list, i)));
    }
    lti_text_put(out, "]");
}

static void put_codes(const lt_dataset *ds, lti_text *out, const lti_field *field, lt_list list)
{
    put_key(out, field->name);
    lti_text_put(out, "{");
    lt_string system = 0;
    for (uint32_t i = 0; i < list.count; i += 2) {
        lt_string of = lt_list_string(ds, list, i);
        if (of != system && system != 0) lti_text_put(out, "], ");
        else if (of == system) lti_text_put(out, ", ");
        if (of != system) {
            lti_text_json(out, lt_dataset_string(ds, of));
            lti_text_put(out, ": [");
        }
        lti_text_json(out, lt_dataset_string(ds, lt_list_string(ds, list, i + 1)));
        system = of;
    }
    lti_text_put(out, list.count > 0 ? "]}" : "}");
}

static void put_object(const lt_dataset *ds, lti_text *out, const lti_schema *schema, const char *record);

static void put_objects(const lt_dataset *ds, lti_text *out, const lti_field *field, const char *first, size_t count)
{
    put_key(out, field->name);
    lti_text_put(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0) lti_text_put(out, ", ");
        put_object(ds, out, field->nested, first + i * field->nested->size);
    }
    lti_text_put(out, "]");
}

static void put_real(lti_text *out, const lti_field *field, double value)
{
    bool is_default = isnan(value) || value == field->initial;
    if (is_default) return;
    put_key(out, field->name);
    lti_text_real(out, value, 0);
}

static void put_integer(lti_text *out, const lti_field *field, long long value, long long initial)
{
    if (value == initial) return;
    char number[24];
    snprintf(number, sizeof number, "%lld", value);
    put_key(out, field->name);
    lti_text_put(out, number);
}

static void put_word(lti_text *out, const lti_field *field, int value)
{
    const char *word = lt_enum_word(field->words, value);
    if (value == (int)field->initial || !word) return;
    put_key(out, field->name);
    lti_text_json(out, word);
}

static void put_bool(lti_text *out, const lti_field *field, int given)
{
    if (given == 0) return;
    put_key(out, field->name);
    lti_text_put(out, given == 2 ? "true" : "false");
}

static void put_text(lti_text *out, const lti_field *field, const char *text)
{
    if (text[0] == '\0') return;
    put_key(out, field->name);
    lti_text_json(out, text);
}

static void put_field(const lt_dataset *ds, lti_text *out, const lti_field *field, const char *record)
{
    switch (field->type) {
    case LTI_ID:
    case LTI_TEXT: put_text(out, field, lt_dataset_string(ds, LTI_FIELD(record, field, const lt_string))); break;
    case LTI_REF: put_text(out, field, lt_node_id(ds, LTI_FIELD(record, field, const lt_node))); break;
    case LTI_TEXTS:
    case LTI_SOURCE:
    case LTI_REFS:
        if (LTI_FIELD(record, field, const lt_list).count > 0) put_list(ds, out, field, LTI_FIELD(record, field, const lt_list));
        break;
    case LTI_ENUM: put_word(out, field, LTI_FIELD(record, field, const uint8_t)); break;
    case LTI_BOOL: put_bool(out, field, LTI_FIELD(record, field, const bool) ? 2 : 0); break;
    case LTI_TRISTATE: put_bool(out, field, LTI_FIELD(record, field, const uint8_t)); break;
    case LTI_REAL: put_real(out, field, LTI_FIELD(record, field, const double)); break;
    case LTI_YEAR: put_integer(out, field, LTI_FIELD(record, field, const int32_t), 0); break;
    case LTI_COUNT: put_integer(out, field, LTI_FIELD(record, field, const uint32_t), (long long)field->initial); break;
    case LTI_OBJECT:
        if (((const lt_figure *)(const void *)(record + field->offset))->metric == 0) break;
        put_key(out, field->name);
        put_object(ds, out, field->nested, record + field->offset);
        break;
    case LTI_SEGMENTS: {
        lt_list list = LTI_FIELD(record, field, const lt_list);
        if (list.count > 0) put_objects(ds, out, field, (const char *)lt_list_segment(ds, list, 0), list.count);
        break;
    }
    case LTI_SOURCES:
        if (ds->sources.count > 0) put_objects(ds, out, field, ds->sources.data, ds->sources.count);
        break;
    case LTI_CODES:
        if (LTI_FIELD(record, field, const lt_list).count > 0) put_codes(ds, out, field, LTI_FIELD(record, field, const lt_list));
        break;
    }
}

/* The default role of a capability is its holder's, so it is written where it differs from that. */
static void put_capability_role(const lt_dataset *ds, lti_text *out, const lti_field *field, const lt_capability *capability)
{
    bool institution = lt_node_kind(ds, capability->edge.from) == LT_INSTITUTION;
    lti_field told = *field;
    told.initial = institution ? LT_ROLE_RESEARCH : LT_ROLE_PRODUCE;
    put_word(out, &told, capability->edge.role);
}

static void put_object(const lt_dataset *ds, lti_text *out, const lti_schema *schema, const char *record)
{
    bool is_capability = schema == lti_schema_of(LT_CAPABILITY);
    lti_text_put(out, "{");
    for (size_t i = 0; i < schema->field_count; i++) {
        const lti_field *field = &schema->fields[i];
        if (is_capability && strcmp(field->name, "role") == 0)
            put_capability_role(ds, out, field, (const lt_capability *)(const void *)record);
        else put_field(ds, out, field, record);
    }
    lt_string extra = *(const lt_string *)(const void *)(record + schema->extra_offset);
    if (extra != 0) { /* kept as a JSON object: its members join ours */
        const char *members = lt_dataset_string(ds, extra) + 1;
        if (out->data && out->data[out->length - 1] != '{') lti_text_put(out, ", ");
        lti_text_add(out, members, strlen(members) - 1);
    }
    lti_text_put(out, "}");
}

void lti_put_value(const lt_dataset *ds, const lti_field *field, const char *record, lti_text *out)
{
    lti_field told = *field;
    told.initial = field->type == LTI_REAL ? NAN : -1; /* no value is a default that goes without saying */
    size_t begin = out->length;
    if (field->type == LTI_BOOL) put_bool(out, &told, LTI_FIELD(record, field, const bool) ? 2 : 1);
    else put_field(ds, out, &told, record);
    size_t key = strlen(field->name) + strlen("\"\": ");
    if (out->failed || out->length == begin) return;
    memmove(out->data + begin, out->data + begin + key, out->length - begin - key + 1);
    out->length -= key;
}

/** Takes the canonical text of one file, piece by piece. */
typedef struct {
    lt_code (*begin)(void *context, lt_kind kind); /* a kind that has records, or LT_KINDS for dataset.json */
    lt_code (*take)(void *context, const char *text, size_t length);
    lt_code (*end)(void *context);
    void *context;
} sink;

static lt_code write_kind(const lt_dataset *ds, lt_kind kind, const sink *to, lt_error *error)
{
    size_t count = kind == LT_KINDS ? 1 : lt_count(ds, kind);
    if (count == 0) return LT_OK;
    lti_text line = {0};
    lt_code code = to->begin(to->context, kind);
    for (size_t i = 0; i < count && code == LT_OK; i++) {
        line.length = 0;
        put_object(ds, &line, lti_schema_of(kind), kind == LT_KINDS ? (const char *)&ds->header : lti_record_at(ds, kind, i));
        lti_text_put(&line, "\n");
        code = line.failed ? lti_fail_memory(error) : to->take(to->context, line.data, line.length);
    }
    lti_text_done(&line);
    if (code == LT_OK) code = to->end(to->context);
    return code;
}

static lt_code write_all(const lt_dataset *ds, const sink *to, lt_error *error)
{
    lt_code code = write_kind(ds, LT_KINDS, to, error);
    for (int kind = 0; kind < LT_KINDS && code == LT_OK; kind++) code = write_kind(ds, (lt_kind)kind, to, error);
    return code;
}

static lt_code digest_begin(void *context, lt_kind kind)
{
    const char *name = lt_kind_name(kind);
    sha256_update(context, strlen(name) + 1, (const uint8_t *)name);
    return LT_OK;
}

static lt_code digest_take(void *context, const char *text, size_t length)
{
    sha256_update(context, length, (const uint8_t *)text);
    return LT_OK;
}

static lt_code digest_end(void *context)
{
    (void)context;
    return LT_OK;
}

lt_code lt_dataset_digest(const lt_dataset *ds, char digest[LT_DIGEST_SIZE], lt_error *error)
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    lt_code code = write_all(ds, &(sink){digest_begin, digest_take, digest_end, &hash}, error);
    if (code != LT_OK) return code;
    lti_digest_hex(&hash, digest);
    return LT_OK;
}

/** Files being written to a folder. */
typedef struct {
    const char *folder;
    FILE *file;
    char *path, *beside; /* the file, and the name it has until it is whole */
    lt_error *error;
} saving;

static char *join(const char *folder, const char *name, const char *ending)
{
    lti_text path = {0};
    lti_text_put(&path, folder);
    lti_text_put(&path, "/");
    lti_text_put(&path, name);
    lti_text_put(&path, ending);
    if (path.failed) lti_text_done(&path);
    return path.data;
}

static void forget(saving *s)
{
    if (s->file) fclose(s->file);
    if (s->beside) unlink(s->beside);
    lti_free(s->path);
    lti_free(s->beside);
    s->file = NULL;
    s->path = s->beside = NULL;
}

static lt_code save_begin(void *context, lt_kind kind)
{
    saving *s = context;
    const char *ending = kind == LT_KINDS ? ".json" : ".ndjson";
    s->path = join(s->folder, lt_kind_name(kind), ending);
    s->beside = join(s->folder, lt_kind_name(kind), ".part");
    if (!s->path || !s->beside) return lti_fail_memory(s->error);
    s->file = fopen(s->beside, "we");
    return s->file ? LT_OK : lti_fail_file(s->error, s->beside, LT_MSG_CANNOT_WRITE);
}

static lt_code save_take(void *context, const char *text, size_t length)
{
    saving *s = context;
    return fwrite(text, 1, length, s->file) == length ? LT_OK : lti_fail_file(s->error, s->path, LT_MSG_CANNOT_WRITE);
}

static lt_code save_end(void *context)
{
    saving *s = context;
    FILE *file = s->file;
    s->file = NULL;
    bool written = fclose(file) == 0 && rename(s->beside, s->path) == 0;
    lt_code code = written ? LT_OK : lti_fail_file(s->error, s->path, LT_MSG_CANNOT_WRITE);
    if (written) {
        lti_free(s->beside);
        s->beside = NULL;
    }
    forget(s);
    return code;
}

lt_code lt_dataset_save(const lt_dataset *ds, const char *folder, lt_error *error)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) return lti_fail_file(error, folder, LT_MSG_CANNOT_WRITE);
    char *header = join(folder, "dataset.json", "");
    if (!header) return lti_fail_memory(error);
    bool taken = access(header, F_OK) == 0;
    lti_free(header);
    if (taken) return lti_fail(error, LT_E_IO, &(lti_place){.file = folder}, LT_MSG_FOLDER_TAKEN, NULL);

    saving s = {.folder = folder, .error = error};
    lt_code code = write_all(ds, &(sink){save_begin, save_take, save_end, &s}, error);
    forget(&s);
    return code;
}
