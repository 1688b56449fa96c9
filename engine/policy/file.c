/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy/file.h"

#include <stdio.h>
#include <string.h>

#include "dataset/json.h"

lt_code lti_policy_refuse(const lti_policy_file *file, const lti_path *path, lt_message message, const char *const *args)
{
    char field[LT_ERROR_NAME_SIZE];
    size_t line = file->span.line + lti_json_lines_to(file->span.text, file->span.length, path);
    lti_path_text(path, field, sizeof field);
    return lti_fail(file->error, LT_E_POLICY, &(lti_place){file->path, line, "policy", field}, message, args);
}

static lt_code read_text(lti_policy_file *file, const char *path)
{
    if (!path) {
        file->path = "default.json";
        file->span = (lti_span){.text = (const char *)lti_policy_default_text, .length = lti_policy_default_size, .line = 1};
        return LT_OK;
    }
    file->path = path;
    lti_read read = lti_reader_open(&file->reader, path, LTI_FORM_WHOLE, 0, 1);
    if (read == LTI_READ_SPAN) read = lti_reader_next(&file->reader, &file->span);
    if (read == LTI_READ_MEMORY) return lti_fail_memory(file->error);
    return read == LTI_READ_SPAN ? LT_OK : lti_fail_file(file->error, path, LT_MSG_CANNOT_READ);
}

lt_code lti_policy_file_open(lti_policy_file *file, const char *path, lt_error *error)
{
    *file = (lti_policy_file){.reader = {.fd = -1}, .error = error};
    lt_code code = read_text(file, path);
    if (code != LT_OK) return code;
    lti_json_problem problem;
    file->root = lti_json_parse(file->span.text, file->span.length, &problem);
    lti_place place = {file->path, file->span.line + problem.line, "policy", "record"};
    if (!file->root)
        return problem.memory ? lti_fail_memory(error)
                              : lti_fail(error, LT_E_POLICY, &place, problem.message, LTI_ARGS(problem.column, problem.detail));
    if (!json_is_object(file->root)) return lti_policy_refuse(file, &(lti_path){"record", -1, NULL}, LT_MSG_NOT_OBJECT, NULL);
    const char *format = json_string_value(json_object_get(file->root, "format"));
    if (format && strcmp(format, LTI_POLICY_FORMAT) == 0) return LT_OK;
    return lti_policy_refuse(file, &(lti_path){"format", -1, NULL}, LT_MSG_UNKNOWN_FORMAT,
                             LTI_ARGS(format ? format : "", LTI_POLICY_FORMAT));
}

void lti_policy_file_done(lti_policy_file *file)
{
    json_decref(file->root);
    lti_reader_done(&file->reader);
}
