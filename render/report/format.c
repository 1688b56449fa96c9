/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"

#include <nettle/base64.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

static const lti_doc_format formats[] = {
    {"md", false, NULL, lti_write_md},
    {"html", false, "svg", lti_write_html},
    {"docx", true, "png", lti_write_docx},
};
enum { FORMATS = sizeof formats / sizeof *formats };

const char *const lt_report_formats[] = {"md", "html", "docx", NULL};

const lti_doc_format *lti_doc_format_find(const char *name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}

bool lt_report_is_binary(const char *format)
{
    const lti_doc_format *found = lti_doc_format_find(format);
    return found && found->binary;
}

/* @return where so many bytes may be written, NULL out of memory (noted). */
static char *room(lti_buffer *buffer, size_t length)
{
    if (buffer->failed) return NULL;
    if (length >= buffer->capacity - buffer->length) {
        size_t capacity = buffer->capacity + buffer->capacity / 2 + length + 4096;
        char *grown = realloc(buffer->data, capacity);
        buffer->failed = !grown;
        if (!grown) return NULL;
        buffer->data = grown;
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->length;
}

void lti_buffer_add(lti_buffer *buffer, const char *bytes, size_t length)
{
    char *to = room(buffer, length);
    if (!to) return;
    memcpy(to, bytes, length);
    buffer->length += length;
}

void lti_buffer_put(lti_buffer *buffer, const char *text)
{
    lti_buffer_add(buffer, text, strlen(text));
}

void lti_buffer_base64(lti_buffer *buffer, const char *bytes, size_t size)
{
    size_t length = BASE64_ENCODE_RAW_LENGTH(size);
    char *to = room(buffer, length);
    if (!to) return;
    base64_encode_raw(to, size, (const uint8_t *)bytes);
    buffer->length += length;
}

lt_code lti_buffer_flush(lti_buffer *buffer, const lt_sink *sink, lt_error *error)
{
    lt_code code = LT_OK;
    if (buffer->failed) *error = (lt_error){.code = code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    else if (sink->write(sink->context, buffer->data, buffer->length) != 0) code = LT_E_IO;
    free(buffer->data);
    *buffer = (lti_buffer){0};
    return code;
}
