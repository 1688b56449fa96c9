/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_CANONICAL_H
#define LTI_CANONICAL_H

#include "core/text.h"
#include "dataset/store.h"

/**
 * Puts a field's value as JSON, defaults too; nothing where the record does not give it.
 *
 * @param out  empty, or what stands in it ends in "{"
 */
void lti_put_value(const lt_dataset *ds, const lti_field *field, const char *record, lti_text *out);

#endif
