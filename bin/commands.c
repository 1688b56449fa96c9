/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

const command commands[] = {
    {"validate", LT_MSG_COMMAND_VALIDATE, validate_options, run_validate},
    {"stats", LT_MSG_COMMAND_STATS, table_options, run_stats},
    {"gaps", LT_MSG_COMMAND_GAPS, gaps_options, run_gaps},
    {"bottlenecks", LT_MSG_COMMAND_BOTTLENECKS, bottlenecks_options, run_bottlenecks},
    {"map", LT_MSG_COMMAND_MAP, map_options, run_map},
    {.name = NULL},
};
