/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/format.h"

lt_code lti_write_docx(const lt_document *doc, const lt_sink *sink, lt_error *error)
{
    (void)doc;
    (void)sink;
    *error = (lt_error){.code = LT_E_LIMIT, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_LIMIT;
}
