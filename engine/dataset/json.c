/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dataset/json.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"

static lt_message message_of(enum json_error_code code)
{
    switch (code) {
    case json_error_invalid_utf8: return LT_MSG_BAD_UTF8;
    case json_error_premature_end_of_input: return LT_MSG_JSON_ENDS_EARLY;
    case json_error_end_of_input_expected: return LT_MSG_JSON_MORE_BEHIND;
    case json_error_duplicate_key: return LT_MSG_JSON_DUPLICATE_KEY;
    case json_error_numeric_overflow: return LT_MSG_JSON_NUMBER_TOO_LARGE;
    case json_error_stack_overflow: return LT_MSG_JSON_TOO_DEEP;
    case json_error_null_character:
    case json_error_null_byte_in_key: return LT_MSG_JSON_NUL;
    default: return LT_MSG_JSON_SYNTAX;
    }
}

/* jansson calls a token that it had no memory for an invalid one. A text that is really broken is so twice, and with memory at
 * hand. */
static json_t *parse_again(const char *text, size_t length, json_error_t *error, bool *memory)
{
    void *probe = lti_alloc(length + 4096, 2);
    *memory = !probe;
    lti_free(probe);
    return probe ? json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error) : NULL;
}

json_t *lti_json_parse(const char *text, size_t length, lti_json_problem *problem)
{
    json_error_t error;
    *problem = (lti_json_problem){0};
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value) value = parse_again(text, length, &error, &problem->memory);
    if (value || problem->memory) return value;
    problem->memory = json_error_code(&error) == json_error_out_of_memory || error.text[0] == '\0';
    problem->message = message_of(json_error_code(&error));
    problem->line = error.line > 0 ? (size_t)error.line - 1 : 0;
    snprintf(problem->column, sizeof problem->column, "%d", error.column > 0 ? error.column : 1);
    snprintf(problem->detail, sizeof problem->detail, "%s", error.text);
    return NULL;
}

void lti_json_text_free(char *text)
{
    json_malloc_t get;
    json_free_t release;
    json_get_alloc_funcs(&get, &release);
    if (text) release(text);
}
