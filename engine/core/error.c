/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

lt_code lti_fail(lt_error *error, lt_code code, const lti_place *place, lt_message message, const char *const *args)
{
    if (!error || error->code != LT_OK) return code;
    memset(error, 0, sizeof *error);
    error->code = code;
    error->message = message;
    if (place) {
        error->line = place->line;
        if (place->file) lti_copy_cut(error->file, sizeof error->file, place->file);
        if (place->kind) lti_copy_cut(error->kind, sizeof error->kind, place->kind);
        if (place->field) lti_copy_cut(error->field, sizeof error->field, place->field);
    }
    for (size_t i = 0; args && i < LT_ERROR_ARGS && args[i]; i++) lti_copy_cut(error->arg[i], sizeof error->arg[i], args[i]);
    return code;
}

lt_code lti_fail_memory(lt_error *error)
{
    return lti_fail(error, LT_E_MEMORY, NULL, LT_MSG_OUT_OF_MEMORY, NULL);
}

lt_code lti_fail_file(lt_error *error, const char *file, lt_message what)
{
    const char *reason = strerror(errno);
    return lti_fail(error, LT_E_IO, &(lti_place){.file = file}, what, LTI_ARGS(reason));
}

size_t lt_error_text(const lt_error *error, lt_lang lang, char *buffer, size_t size)
{
    char text[LT_ERROR_ARGS * LT_ERROR_ARG_SIZE + 1024];
    const char *args[LT_ERROR_ARGS];
    for (size_t i = 0; i < LT_ERROR_ARGS; i++) args[i] = error->arg[i];
    lt_message_format(text, sizeof text, lang, error->message, args, LT_ERROR_ARGS);

    char line[32] = "";
    if (error->line > 0) snprintf(line, sizeof line, ":%zu", error->line);
    int needed = snprintf(buffer, size, "%s%s%s%s%s%s%s%s", error->file, line, error->file[0] ? ": " : "", error->kind,
                          error->field[0] ? "/" : "", error->field, error->kind[0] ? ": " : "", text);
    return needed > 0 ? (size_t)needed : 0;
}
