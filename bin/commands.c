/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

const command commands[] = {
    {"validate", LT_MSG_COMMAND_VALIDATE, validate_options, false, run_validate},
    {"stats", LT_MSG_COMMAND_STATS, table_options, false, run_stats},
    {"gaps", LT_MSG_COMMAND_GAPS, gaps_options, false, run_gaps},
    {"bottlenecks", LT_MSG_COMMAND_BOTTLENECKS, bottlenecks_options, false, run_bottlenecks},
    {"unlock", LT_MSG_COMMAND_UNLOCK, unlock_options, true, run_unlock},
    {"cut", LT_MSG_COMMAND_CUT, cut_options, true, run_cut},
    {"targets", LT_MSG_COMMAND_TARGETS, targets_options, false, run_targets},
    {"map", LT_MSG_COMMAND_MAP, map_options, false, run_map},
    {"portfolio", LT_MSG_COMMAND_PORTFOLIO, portfolio_options, false, run_portfolio},
    {"position", LT_MSG_COMMAND_POSITION, position_options, false, run_position},
    {"report", LT_MSG_COMMAND_REPORT, report_options, false, run_report},
    {.name = NULL},
};
