/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_READER_H
#define LTI_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "liantu/error.h"

/** How the records of a file are laid out. */
typedef enum {
    LTI_FORM_ARRAY, /* one JSON array of records */
    LTI_FORM_LINES, /* one record a line */
    LTI_FORM_WHOLE  /* the file is one value */
} lti_form;

/** The text of one record. */
typedef struct {
    const char *text; /* borrowed until the next call; not ended by NUL */
    size_t length;
    size_t line;     /* of its first byte */
    uint64_t offset; /* of its first byte in the file */
} lti_span;

typedef enum {
    LTI_READ_SPAN,   /* *span is the next record */
    LTI_READ_END,    /* no more */
    LTI_READ_SYNTAX, /* what lies between records is broken: message and line say how; no more */
    LTI_READ_MEMORY,
    LTI_READ_FAILED /* errno says why */
} lti_read;

/** Cuts a file into records, holding one record at a time. */
typedef struct {
    int fd;
    lti_form form;
    char *data; /* window on the file: [begin, end) is read and not yet given out */
    size_t begin, end, capacity;
    uint64_t data_offset; /* place of data[0] in the file */
    size_t line;          /* at begin */
    bool at_eof, failed, started, needs_comma, closed;
    lt_message message; /* after LTI_READ_SYNTAX */
} lti_reader;

/**
 * Opens path, skipping a byte order mark.
 *
 * @param line    line number of the place to start at, 1 for the whole file
 * @param offset  where in the file to start, 0 for the whole file
 * @return LTI_READ_SPAN, LTI_READ_MEMORY or LTI_READ_FAILED; close with lti_reader_done in every case.
 */
lti_read lti_reader_open(lti_reader *reader, const char *path, lti_form form, uint64_t offset, size_t line);

lti_read lti_reader_next(lti_reader *reader, lti_span *span);

void lti_reader_done(lti_reader *reader);

/** Where in a record: a field, then (index ≥ 0) an element of it, then (nested) a field of that. */
typedef struct {
    const char *key;
    long index; /* -1 = none */
    const char *nested;
} lti_path;

/** The place's text, whole: "segments[1].stage". */
void lti_path_text(const lti_path *path, char *buffer, size_t size);

/** The value a key of an object has, as text; NULL when it is not there. object points at its brace; text may be broken. */
const char *lti_json_member(const char *object, const char *end, const char *key, const char **key_at);

/** The last byte's successor of the value that begins at `at`; `end` when it does not end. */
const char *lti_json_skip(const char *at, const char *end);

/** The first element of an array, and the one behind an element; NULL when there is none. */
const char *lti_json_first(const char *array, const char *end);
const char *lti_json_next(const char *element, const char *end);

/** Lines between the record's first byte and the place; as far as it can be followed. */
size_t lti_json_lines_to(const char *record, size_t length, const lti_path *path);

#endif
