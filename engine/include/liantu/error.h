/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_ERROR_H
#define LIANTU_ERROR_H

#include <stddef.h>

#include "liantu/api.h"
#include "liantu/message.h"

/** What a library call returns. */
typedef enum {
    LT_OK = 0,
    LT_E_MEMORY,   /* out of memory */
    LT_E_IO,       /* a file could not be read or written */
    LT_E_DATA,     /* the dataset has defects */
    LT_E_POLICY,   /* the policy has a defect */
    LT_E_ARGUMENT, /* the caller asked for what does not exist */
    LT_E_LIMIT,    /* a limit was hit */
    LT_E_INTERNAL  /* our bug */
} lt_code;

enum { LT_ERROR_ARGS = 4, LT_ERROR_ARG_SIZE = 320, LT_ERROR_FILE_SIZE = 1024, LT_ERROR_NAME_SIZE = 64 };

/**
 * Why a call failed, in no language yet: a message id and its arguments. Holds no memory, so it can be copied
 * and dropped at will, and can be filled when memory has run out. Arguments too long for it end in "…".
 */
typedef struct {
    lt_code code;
    lt_message message;
    size_t line;                    /* 1-based; 0 = no line */
    char file[LT_ERROR_FILE_SIZE];  /* as the caller named it; "" = no file */
    char kind[LT_ERROR_NAME_SIZE];  /* record kind, "" = none */
    char field[LT_ERROR_NAME_SIZE]; /* field of the record, "" = none */
    char arg[LT_ERROR_ARGS][LT_ERROR_ARG_SIZE];
} lt_error;

/**
 * Writes "FILE:LINE: KIND/FIELD: text", leaving out the parts that are not known.
 *
 * @return bytes that the whole text needs, without NUL; at most size are written, NUL included.
 */
LT_API size_t lt_error_text(const lt_error *error, lt_lang lang, char *buffer, size_t size);

#endif
