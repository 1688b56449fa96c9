/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report: what goes up the hierarchy, of a chain or of the city. */
#include "report/report.h"

#include "pack.h"

const option report_options[] = {
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_REPORT_CHAIN, NULL, false},
    {"since", 0, OPTION_TEXT, offsetof(arguments, since), LT_MSG_VALUE_FOLDER, LT_MSG_OPTION_SINCE, NULL, false},
    {"moved", 0, OPTION_TEXT, offsetof(arguments, moved), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MOVED, NULL, false},
    {"limit", 0, OPTION_TEXT, offsetof(arguments, limit), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_DIFF_LIMIT, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_REPORT, lt_report_formats, false},
    {"pack", 0, OPTION_TEXT, offsetof(arguments, pack), LT_MSG_VALUE_FOLDER, LT_MSG_OPTION_PACK, NULL, false},
    {.name = NULL},
};

/** What the report is made from, and the earlier dataset with what changed since; that is empty where the line names none. */
typedef struct {
    lt_report_options options;
    lt_dataset *before;
    double limit; /* millions of steps */
    lt_diff diff;
    char digest[LT_DIGEST_SIZE], policy_digest[LT_DIGEST_SIZE], before_digest[LT_DIGEST_SIZE];
} report;

static lt_code compare(const program *p, report *r, lt_error *error)
{
    lt_diff_input input = {.before = r->before,
                           .after = p->dataset,
                           .policy_before = &p->policy,
                           .policy_after = &p->policy,
                           .moved = r->options.moved,
                           .work = r->limit * 1e6};
    lt_code code = lt_dataset_digest(r->before, r->before_digest, error);
    return code == LT_OK ? lt_diff_compare(&input, &r->diff, error) : code;
}

static int prepare(const program *p, report *r)
{
    lt_error error = {0};
    r->options.ds = p->dataset;
    r->options.policy = &p->policy;
    r->options.rules = p->rules;
    r->options.lang = p->lang;
    r->options.version = LIANTU_VERSION;
    r->options.digest = r->digest;
    r->options.policy_digest = r->policy_digest;
    r->options.before = r->before;
    r->options.since = &r->diff;
    r->options.before_digest = r->before_digest;
    lt_code code = lt_dataset_digest(p->dataset, r->digest, &error);
    if (code == LT_OK) code = lt_policy_digest(&p->policy, p->rules, r->policy_digest, &error);
    if (code == LT_OK && r->before) code = compare(p, r, &error);
    return code == LT_OK ? EXIT_DONE : say_error(p, &error);
}

static int write_report(program *p, report *r)
{
    output out;
    lt_error error = {0};
    int code = open_output(&out, p);
    if (code != EXIT_DONE) return code;
    lt_sink sink = output_sink(&out);
    r->options.format = output_format(p, lt_report_formats, lt_report_formats[0]);
    lt_code made = lt_report_write(&r->options, &sink, &error);
    if (made != LT_OK && made != LT_E_IO) code = say_error(p, &error);
    return close_output(&out, code); /* which also says what a failed write was */
}

static int check_options(program *p, report *r)
{
    const arguments *a = &p->args;
    double number = 0;
    if (a->pack && a->format) return usage_error(p, LT_MSG_USAGE_NOT_TOGETHER, WORDS("--pack", "--format"));
    if (a->pack && a->output) return usage_error(p, LT_MSG_USAGE_NOT_TOGETHER, WORDS("--pack", "-o"));
    if (a->moved && !a->since) return usage_error(p, LT_MSG_USAGE_NEEDS, WORDS("--moved", "--since"));
    if (a->limit && !a->since) return usage_error(p, LT_MSG_USAGE_NEEDS, WORDS("--limit", "--since"));
    int code = read_whole(p, "--moved", a->moved, 0, 1e9, MOVED_RANKS, &number);
    r->options.moved = (uint32_t)number;
    return code == EXIT_DONE ? read_number(p, "--limit", a->limit, 0, 1e9, CAUSE_LIMIT, &r->limit) : code;
}

int run_report(program *p)
{
    report r = {.before = NULL};
    int code = check_options(p, &r);
    if (code == EXIT_DONE) code = open_dataset(p, NULL);
    if (code == EXIT_DONE) code = find_chain(p, &r.options.chain);
    if (code == EXIT_DONE && p->args.since) code = open_earlier(p, p->args.since, &r.before);
    if (code == EXIT_DONE) code = prepare(p, &r);
    if (code == EXIT_DONE) code = p->args.pack ? write_pack(p, &r.options) : write_report(p, &r);
    lt_diff_done(&r.diff);
    lt_dataset_free(r.before);
    return code;
}
