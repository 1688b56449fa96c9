/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_JSON_H
#define LTI_JSON_H

#include <jansson.h>
#include <stdbool.h>

#include "liantu/message.h"

/** Why a text is no JSON. */
typedef struct {
    lt_message message; /* its arguments: column, detail */
    size_t line;        /* 0-based, within the text */
    char column[24];
    char detail[JSON_ERROR_TEXT_LENGTH];
    bool memory; /* nothing is wrong with the text: memory ran out */
} lti_json_problem;

/** Parses any JSON value, doubled keys refused. @return a new reference, or NULL with *problem filled. */
json_t *lti_json_parse(const char *text, size_t length, lti_json_problem *problem);

/** Frees what json_dumps gave, with the allocator that jansson was told to use; takes NULL. */
void lti_json_text_free(char *text);

#endif
