/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: what goes up the hierarchy, of a chain or of the city. */
#include "report/report.h"

#include <unistd.h>

#include "program.h"

const option report_options[] = {
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_REPORT_CHAIN, NULL, false},
    {"since", 0, OPTION_TEXT, offsetof(arguments, since), LT_MSG_VALUE_FOLDER, LT_MSG_OPTION_SINCE, NULL, false},
    {"moved", 0, OPTION_TEXT, offsetof(arguments, moved), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MOVED, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_REPORT, lt_report_formats, false},
    {.name = NULL},
};

#define CAUSE_WORK 3e9 /* steps spent on what caused a change, as `diff` has it */

/** The earlier dataset, and what changed since; empty where the line names none. */
typedef struct {
    lt_dataset *before;
    lt_diff diff;
    char digest[LT_DIGEST_SIZE];
    double moved;
} earlier;

static int compare(const program *p, earlier *e)
{
    lt_error error = {0};
    lt_diff_input input = {.before = e->before,
                           .after = p->dataset,
                           .policy_before = &p->policy,
                           .policy_after = &p->policy,
                           .moved = (uint32_t)e->moved,
                           .work = CAUSE_WORK};
    lt_code code = lt_dataset_digest(e->before, e->digest, &error);
    if (code == LT_OK) code = lt_diff_compare(&input, &e->diff, &error);
    return code == LT_OK ? EXIT_DONE : say_error(p, &error);
}

static int write_report(program *p, lt_node chain, const earlier *e)
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
                                 .policy_digest = out.policy_digest,
                                 .before = e->before,
                                 .since = &e->diff,
                                 .before_digest = e->digest,
                                 .moved = (uint32_t)e->moved};
    if (made == LT_OK) made = lt_report_write(&options, &sink, &error);
    if (made != LT_OK && made != LT_E_IO) code = say_error(p, &error);
    return close_output(&out, code); /* which also says what a failed write was */
}

int run_report(program *p)
{
    lt_node chain;
    earlier e = {.before = NULL};
    const arguments *a = &p->args;
    int code = read_whole(p, "--moved", a->moved, 0, 1e9, 5, &e.moved);
    if (code == EXIT_DONE && a->moved && !a->since) code = usage_error(p, LT_MSG_USAGE_NEEDS, WORDS("--moved", "--since"));
    if (code == EXIT_DONE) code = open_dataset(p, NULL);
    if (code == EXIT_DONE) code = find_chain(p, &chain);
    if (code == EXIT_DONE && a->since) code = open_earlier(p, a->since, &e.before);
    if (code == EXIT_DONE && a->since) code = compare(p, &e);
    if (code == EXIT_DONE) code = write_report(p, chain, &e);
    lt_diff_done(&e.diff);
    lt_dataset_free(e.before);
    return code;
}
