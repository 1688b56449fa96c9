/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DIFF_RECORDS_H
#define LTI_DIFF_RECORDS_H

#include "dataset/align.h"
#include "liantu/diff.h"

/**
 * Fills changes and fields of *out with what the records, headers, sources and policies differ in.
 *
 * @return LT_OK, LT_E_MEMORY; lt_diff_done frees what was filled in either case. Cost O(records), text made for what differs.
 */
lt_code lti_diff_records(const lti_alignment *a, const lt_diff_input *input, lt_diff *out, lt_error *error);

#endif
