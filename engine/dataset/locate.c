/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds the line of a field in a record's text: walked only when there is a defect to report, so parsing need not keep lines. */
#include <stdio.h>
#include <string.h>

#include "dataset/reader.h"

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) at++;
    return at;
}

static const char *skip_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\') at++;
    return at < end ? at + 1 : end;
}

const char *lti_json_skip(const char *at, const char *end)
{
    size_t depth = 0;
    while (at < end) {
        char c = *at;
        if (c == '"') {
            at = skip_string(at, end);
            if (depth == 0) return at;
            continue;
        }
        if (c == '{' || c == '[') depth++;
        bool closes = c == '}' || c == ']';
        if (closes && depth <= 1) return depth == 0 ? at : at + 1;
        if (closes) depth--;
        if (depth == 0 && c == ',') return at;
        at++;
    }
    return end;
}

const char *lti_json_member(const char *object, const char *end, const char *key, const char **key_at)
{
    size_t key_length = strlen(key);
    const char *at = skip_space(object, end);
    if (at == end || *at != '{') return NULL;
    at = skip_space(at + 1, end);
    while (at < end && *at == '"') {
        const char *name = at + 1;
        const char *after = skip_string(at, end);
        const char *value = skip_space(after, end);
        if (value == end || *value != ':') return NULL;
        value = skip_space(value + 1, end);
        if ((size_t)(after - 1 - name) == key_length && memcmp(name, key, key_length) == 0) {
            if (key_at) *key_at = at;
            return value;
        }
        at = skip_space(lti_json_skip(value, end), end);
        if (at == end || *at != ',') return NULL;
        at = skip_space(at + 1, end);
    }
    return NULL;
}

const char *lti_json_first(const char *array, const char *end)
{
    const char *at = skip_space(array, end);
    if (at == end || *at != '[') return NULL;
    at = skip_space(at + 1, end);
    return at < end && *at != ']' ? at : NULL;
}

const char *lti_json_next(const char *element, const char *end)
{
    const char *at = element ? skip_space(lti_json_skip(element, end), end) : end;
    return at < end && *at == ',' ? skip_space(at + 1, end) : NULL;
}

static const char *element(const char *array, const char *end, long index)
{
    const char *at = lti_json_first(array, end);
    for (; index > 0 && at; index--) at = lti_json_next(at, end);
    return at;
}

void lti_path_text(const lti_path *path, char *buffer, size_t size)
{
    char index[32] = "";
    if (path->index >= 0) snprintf(index, sizeof index, "[%ld]", path->index);
    snprintf(buffer, size, "%s%s%s%s", path->key, index, path->nested ? "." : "", path->nested ? path->nested : "");
}

size_t lti_json_lines_to(const char *record, size_t length, const lti_path *path)
{
    const char *end = record + length, *place = record, *key_at = NULL;
    const char *value = path->key ? lti_json_member(record, end, path->key, &key_at) : NULL;
    if (value) place = key_at;
    if (value && path->index >= 0) {
        value = element(value, end, path->index);
        if (value) place = value;
    }
    if (value && path->nested && lti_json_member(value, end, path->nested, &key_at)) place = key_at;

    size_t lines = 0;
    for (const char *at = record; at < place; at++) lines += *at == '\n';
    return lines;
}
