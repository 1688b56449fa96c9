/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dataset/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "core/memory.h"

enum { FIRST_WINDOW = 1 << 16 };

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Reads more behind `end`, moving or growing the window. False at the end of the file or on a failure (then failed is set). */
static bool fill(lti_reader *reader)
{
    if (reader->at_eof || reader->failed) return false;
    if (reader->begin > 0) {
        memmove(reader->data, reader->data + reader->begin, reader->end - reader->begin);
        reader->data_offset += reader->begin;
        reader->end -= reader->begin;
        reader->begin = 0;
    }
    if (reader->end == reader->capacity) {
        size_t capacity = reader->capacity ? reader->capacity * 2 : FIRST_WINDOW;
        char *data = lti_resize(reader->data, capacity, 1);
        if (!data) {
            errno = ENOMEM;
            reader->failed = true;
            return false;
        }
        reader->data = data;
        reader->capacity = capacity;
    }
    ssize_t got;
    do got = read(reader->fd, reader->data + reader->end, reader->capacity - reader->end);
    while (got < 0 && errno == EINTR);
    if (got < 0) reader->failed = true;
    if (got == 0) reader->at_eof = true;
    if (got <= 0) return false;
    reader->end += (size_t)got;
    return true;
}

static lti_read failure(void)
{
    return errno == ENOMEM ? LTI_READ_MEMORY : LTI_READ_FAILED;
}

lti_read lti_reader_open(lti_reader *reader, const char *path, lti_form form, uint64_t offset, size_t line)
{
    *reader = (lti_reader){.fd = open(path, O_RDONLY | O_CLOEXEC), .form = form, .line = line, .data_offset = offset};
    if (reader->fd < 0) return LTI_READ_FAILED;
    if (offset > 0 && lseek(reader->fd, (off_t)offset, SEEK_SET) < 0) return LTI_READ_FAILED;
    while (reader->end < 3 && fill(reader)) {
    }
    if (reader->failed) return failure();
    if (offset == 0 && reader->end >= 3 && memcmp(reader->data, "\xEF\xBB\xBF", 3) == 0) reader->begin = 3;
    return LTI_READ_SPAN;
}

void lti_reader_done(lti_reader *reader)
{
    if (reader->fd >= 0) close(reader->fd);
    lti_free(reader->data);
    reader->fd = -1;
    reader->data = NULL;
}

/* Makes data[begin + ahead] readable. */
static bool peek(lti_reader *reader, size_t ahead)
{
    while (reader->begin + ahead >= reader->end)
        if (!fill(reader)) return false;
    return true;
}

static void skip_space(lti_reader *reader)
{
    while (peek(reader, 0) && is_space(reader->data[reader->begin])) {
        if (reader->data[reader->begin] == '\n') reader->line++;
        reader->begin++;
    }
}

static lti_read give(lti_reader *reader, size_t length, lti_span *span)
{
    const char *text = reader->data + reader->begin;
    *span = (lti_span){text, length, reader->line, reader->data_offset + reader->begin};
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(text + length - at))); at++) reader->line++;
    reader->begin += length;
    return LTI_READ_SPAN;
}

static lti_read broken(lti_reader *reader, lt_message message)
{
    reader->message = message;
    reader->closed = true;
    return LTI_READ_SYNTAX;
}

static lti_read next_line(lti_reader *reader, lti_span *span)
{
    skip_space(reader); /* blank lines hold no record */
    size_t length = 0;
    while (peek(reader, length)) {
        const char *from = reader->data + reader->begin + length;
        size_t rest = reader->end - reader->begin - length;
        const char *line_end = memchr(from, '\n', rest);
        if (line_end) {
            length += (size_t)(line_end - from);
            break;
        }
        length += rest;
    }
    if (reader->failed) return failure();
    return length == 0 ? LTI_READ_END : give(reader, length, span);
}

/* Length of the value at begin: to its closing bracket, or for a plain value to the comma, bracket or space behind it. */
static size_t value_length(lti_reader *reader)
{
    size_t length = 0, depth = 0;
    bool in_string = false;
    for (; peek(reader, length); length++) {
        char c = reader->data[reader->begin + length];
        if (in_string) {
            if (c == '\\') length++;
            else if (c == '"') in_string = false;
            if (!in_string && depth == 0) return length + 1;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth <= 1) return depth == 0 ? length : length + 1;
            depth--;
        } else if (depth == 0 && (c == ',' || is_space(c))) {
            return length;
        }
    }
    reader->closed = true; /* the file ends inside the value: what is wrong with that shows when it is parsed */
    return reader->end - reader->begin;
}

static lti_read next_element(lti_reader *reader, lti_span *span)
{
    skip_space(reader);
    if (!reader->started && !reader->failed) {
        if (!peek(reader, 0) || reader->data[reader->begin] != '[')
            return reader->failed ? failure() : broken(reader, LT_MSG_JSON_NO_ARRAY);
        reader->started = true;
        reader->begin++;
        skip_space(reader);
    }
    if (!peek(reader, 0)) return reader->failed ? failure() : broken(reader, LT_MSG_JSON_ARRAY_OPEN);
    char c = reader->data[reader->begin];
    if (c == ']') {
        reader->begin++;
        skip_space(reader);
        if (peek(reader, 0)) return broken(reader, LT_MSG_JSON_AFTER_END);
        reader->closed = true;
        return reader->failed ? failure() : LTI_READ_END;
    }
    if (reader->needs_comma) {
        if (c != ',') return broken(reader, LT_MSG_JSON_NO_COMMA);
        reader->begin++;
        skip_space(reader);
        if (!peek(reader, 0)) return reader->failed ? failure() : broken(reader, LT_MSG_JSON_ARRAY_OPEN);
        if (reader->data[reader->begin] == ']') return broken(reader, LT_MSG_JSON_LAST_COMMA);
    }
    size_t length = value_length(reader);
    if (reader->failed) return failure();
    reader->needs_comma = true;
    if (length == 0) return broken(reader, LT_MSG_JSON_NO_VALUE);
    return give(reader, length, span);
}

static lti_read next_whole(lti_reader *reader, lti_span *span)
{
    skip_space(reader);
    while (fill(reader)) {
    }
    if (reader->failed) return failure();
    size_t length = reader->end - reader->begin;
    reader->closed = true;
    return give(reader, length, span);
}

lti_read lti_reader_next(lti_reader *reader, lti_span *span)
{
    if (reader->closed) return LTI_READ_END;
    switch (reader->form) {
    case LTI_FORM_ARRAY: return next_element(reader, span);
    case LTI_FORM_LINES: return next_line(reader, span);
    case LTI_FORM_WHOLE: return next_whole(reader, span);
    }
    return LTI_READ_END;
}
