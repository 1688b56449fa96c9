/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LT_REPORT_H
#define LT_REPORT_H

#include "liantu/liantu.h"
#include "sink.h"

/* The report of a chain-leader office, of one chain or of the city. Sections stand in a table (chain_report.c,
   city_report.c), one row each; formats in one of format.c. */

/** What the report is about. All borrowed. */
typedef struct {
    const lt_dataset *ds;
    const lt_policy *policy;
    const lt_rules *rules;
    lt_node chain; /* LT_NONE = the city */
    lt_lang lang;
    const char *format; /* one of lt_report_formats */
    const char *version, *digest, *policy_digest;
    const lt_dataset *before; /* NULL = nothing is told of an earlier dataset */
    const lt_diff *since;     /* what changed since `before`, under the same policy */
    const char *before_digest;
    uint32_t moved; /* of `since`: ranks that differ by no more are not said */
} lt_report_options;

/** Names of the formats, ended by NULL, the default first; and of those that no terminal can show. */
extern const char *const lt_report_formats[];
bool lt_report_is_binary(const char *format);

/**
 * Analyses the dataset and writes the report.
 *
 * Nothing goes to the sink before the report is whole.
 *
 * @return LT_OK, LT_E_MEMORY, LT_E_IO (the sink failed), LT_E_INTERNAL (a solver or a map failed), LT_E_LIMIT (docx: pandoc is
 *         missing or failed; the error says which).
 *         Cost: that of the analyses, and of minimal sets for a bounded number of finals.
 */
lt_code lt_report_write(const lt_report_options *options, const lt_sink *sink, lt_error *error);

#endif
