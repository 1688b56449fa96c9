/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_MESSAGE_H
#define LIANTU_MESSAGE_H

#include <stddef.h>

#include "liantu/api.h"

/** Languages of everything a user reads. */
typedef enum { LT_LANG_ZH, LT_LANG_EN, LT_LANG_COUNT } lt_lang;

/** One id a message; the texts stand in liantu/messages.def and nowhere else. */
typedef enum {
#define LT_M(name, zh, en) LT_MSG_##name,
#include "liantu/messages.def"
#undef LT_M
    LT_MSG_COUNT
} lt_message;

/**
 * The pattern of a message, {0} to {9} standing for its arguments.
 *
 * @return static text, never NULL; an unknown id gives "?".
 */
LT_API const char *lt_message_pattern(lt_lang lang, lt_message id);

/**
 * Writes a message with its arguments filled in.
 *
 * @param buffer  receives at most size bytes, always ended by NUL when size > 0, cut between characters
 * @param args    borrowed; count texts, NULL counts as empty
 * @return bytes that the whole text needs, without NUL (as snprintf does).
 */
LT_API size_t lt_message_format(char *buffer, size_t size, lt_lang lang, lt_message id, const char *const *args, size_t count);

#endif
