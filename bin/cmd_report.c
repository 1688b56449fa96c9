/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: what goes up the hierarchy, of a chain or of the city. */
#include "report/report.h"

#include <unistd.h>

#include "pack.h"

const option report_options[] = {
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_REPORT_CHAIN, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_REPORT, lt_report_formats, false},
    {"pack", 0, OPTION_TEXT, offsetof(arguments, pack), LT_MSG_VALUE_FOLDER, LT_MSG_OPTION_PACK, NULL, false},
    {.name = NULL},
};

static int write_report(program *p, lt_node chain)
{
    output out;
    lt_error error = {0};
    int code = open_output(&out, p);
    if (code != EXIT_DONE) return code;
    lt_sink sink = output_sink(&out);
    lt_code made = lt_dataset_digest(p->dataset, out.digest, &error);
    if (made == LT_OK) made = lt_policy_digest(&p->policy, p->rules, out.policy_digest, &error);
    lt_report_options options = {.ds = p->dataset,
                                 .policy = &p->policy,
                                 .rules = p->rules,
                                 .chain = chain,
                                 .lang = p->lang,
                                 .format = output_format(p, lt_report_formats, lt_report_formats[0]),
                                 .version = LIANTU_VERSION,
                                 .digest = out.digest,
                                 .policy_digest = out.policy_digest};
    if (made == LT_OK) made = lt_report_write(&options, &sink, &error);
    if (made != LT_OK && made != LT_E_IO) code = say_error(p, &error);
    return close_output(&out, code); /* which also says what a failed write was */
}

int run_report(program *p)
{
    lt_node chain;
    if (p->args.pack && p->args.format) return usage_error(p, LT_MSG_USAGE_NOT_TOGETHER, WORDS("--pack", "--format"));
    if (p->args.pack && p->args.output) return usage_error(p, LT_MSG_USAGE_NOT_TOGETHER, WORDS("--pack", "-o"));
    int code = open_dataset(p, NULL);
    if (code == EXIT_DONE) code = find_chain(p, &chain);
    if (code != EXIT_DONE) return code;
    return p->args.pack ? write_pack(p, chain) : write_report(p, chain);
}
