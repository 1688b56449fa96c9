/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_POLICY_FILE_H
#define LTI_POLICY_FILE_H

#include <jansson.h>

#include "core/error.h"
#include "dataset/reader.h"

/** A policy file, read and parsed; the defaults where it has no path. */
typedef struct {
    const char *path; /* as errors name it */
    lti_reader reader;
    lti_span span;
    json_t *root; /* an object of the right format */
    lt_error *error;
} lti_policy_file;

#define LTI_POLICY_FORMAT "liantu-policy/1"

/** data/policy/default.json, as it was at build time. */
extern const unsigned char lti_policy_default_text[];
extern const size_t lti_policy_default_size;

/**
 * @param path  NULL = the defaults
 * @return LT_OK, LT_E_MEMORY, LT_E_IO, LT_E_POLICY. Free with lti_policy_file_done, also after a failure.
 */
lt_code lti_policy_file_open(lti_policy_file *file, const char *path, lt_error *error);
void lti_policy_file_done(lti_policy_file *file);

/** Says what is wrong at a place of the file. @return LT_E_POLICY. */
lt_code lti_policy_refuse(const lti_policy_file *file, const lti_path *path, lt_message message, const char *const *args);

/** Members of a policy file that hold rules, not numbers; ended by NULL. */
extern const char *const lti_rule_members[];

#endif
