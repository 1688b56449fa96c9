/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/chain_map.h"
#include "program.h"

static const char *const formats[] = {"svg", "dot", NULL};
static const char *const types[] = {"industry", NULL};

const option map_options[] = {
    {"type", 0, OPTION_TEXT, offsetof(arguments, type), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_TYPE, types, true},
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_CHAIN, NULL, true},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_MAP, formats, false},
    {.name = NULL},
};

static int draw(program *p, const lt_gaps *gaps, lt_node chain)
{
    output out;
    lt_error error = {0};
    int code = open_output(&out, p);
    if (code != EXIT_DONE) return code;
    lt_sink sink = output_sink(&out);
    if (lt_dataset_digest(p->dataset, out.digest, &error) != LT_OK) return close_output(&out, say_error(p, &error));
    lt_map_options options = {.format = output_format(p, formats, "svg"), .lang = p->lang, .digest = out.digest};
    lt_code drawn = lt_chain_map_write(p->dataset, gaps, chain, &options, &sink, &error);
    if (drawn != LT_OK && drawn != LT_E_IO) code = say_error(p, &error);
    return close_output(&out, code); /* which also says what a failed write was */
}

int run_map(program *p)
{
    lt_node chain;
    lt_gaps gaps;
    int code = open_gaps(p, &chain, &gaps);
    if (code != EXIT_DONE) return code;
    code = draw(p, &gaps, chain);
    lt_gaps_done(&gaps);
    return code;
}
