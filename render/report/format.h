/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_FORMAT_H
#define LTI_FORMAT_H

#include "report/document.h"
#include "sink.h"

/** One format: a row of the table in format.c. */
typedef struct {
    const char *name;
    bool binary;
    const char *picture; /* format that pictures are wanted in; NULL = none */
    lt_code (*write)(const lt_document *doc, const lt_sink *sink, lt_error *error);
} lti_doc_format;

const lti_doc_format *lti_doc_format_find(const char *name);

lt_code lti_write_md(const lt_document *doc, const lt_sink *sink, lt_error *error);
lt_code lti_write_html(const lt_document *doc, const lt_sink *sink, lt_error *error);
lt_code lti_write_docx(const lt_document *doc, const lt_sink *sink, lt_error *error);

/** Text in memory that ends in a sink; sticks when memory runs out. */
typedef struct {
    char *data;
    size_t length, capacity;
    bool failed;
} lti_buffer;

void lti_buffer_add(lti_buffer *buffer, const char *bytes, size_t length);
void lti_buffer_put(lti_buffer *buffer, const char *text);
/** Adds bytes as base64. */
void lti_buffer_base64(lti_buffer *buffer, const char *bytes, size_t size);
/** Gives what is in it to the sink and frees it. @return LT_OK, LT_E_MEMORY, LT_E_IO. */
lt_code lti_buffer_flush(lti_buffer *buffer, const lt_sink *sink, lt_error *error);

/** A document as Markdown. For pandoc it names styles and gives pictures as `folder`/picture-N.png on turned pages. */
void lti_put_markdown(lti_buffer *out, const lt_document *doc, const char *folder);

#endif
