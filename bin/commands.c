/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

const command commands[] = {
    {"validate", LT_MSG_COMMAND_VALIDATE, validate_options, run_validate},
    {"stats", LT_MSG_COMMAND_STATS, table_options, run_stats},
    {"gaps", LT_MSG_COMMAND_GAPS, gaps_options, run_gaps},
    {"bottlenecks", LT_MSG_COMMAND_BOTTLENECKS, bottlenecks_options, run_bottlenecks},
    {"unlock", LT_MSG_COMMAND_UNLOCK, unlock_options, run_unlock, 1, {LT_MSG_VALUE_LINK}},
    {"cut", LT_MSG_COMMAND_CUT, cut_options, run_cut, 1, {LT_MSG_VALUE_LINK}},
    {"targets", LT_MSG_COMMAND_TARGETS, targets_options, run_targets},
    {"portfolio", LT_MSG_COMMAND_PORTFOLIO, portfolio_options, run_portfolio},
    {"map", LT_MSG_COMMAND_MAP, map_options, run_map},
    {"position", LT_MSG_COMMAND_POSITION, position_options, run_position},
    {"report", LT_MSG_COMMAND_REPORT, report_options, run_report},
    {"diff", LT_MSG_COMMAND_DIFF, diff_options, run_diff, 2, {LT_MSG_VALUE_OLD, LT_MSG_VALUE_NEW}},
    {.name = NULL},
};
