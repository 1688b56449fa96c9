/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/build.h"

const lti_section lti_chain_sections[] = {
    {LT_MSG_REPORT_STANDING, lti_section_standing, NULL},
    {.build = lti_section_since, .since_title = lti_since_title},
    {LT_MSG_REPORT_MAP, lti_section_map, NULL},
    {LT_MSG_REPORT_GAPS, lti_section_gaps, NULL},
    {LT_MSG_REPORT_BOTTLENECKS, lti_section_bottlenecks, NULL},
    {LT_MSG_REPORT_CHOKE, lti_section_choke, NULL},
    {LT_MSG_REPORT_UNLOCK, lti_section_unlock, NULL},
    {LT_MSG_REPORT_TARGETS, lti_section_targets, NULL},
    {LT_MSG_REPORT_LANDING, lti_section_landing, NULL},
    {LT_MSG_REPORT_PROJECTS, lti_section_projects, NULL},
    {LT_MSG_REPORT_LEADS, lti_section_leads, NULL},
    {LT_MSG_REPORT_UNKNOWN, lti_section_unknown, NULL},
    {LT_MSG_REPORT_BASIS, lti_section_basis, NULL},
    {.build = NULL},
};
