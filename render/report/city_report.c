/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/build.h"

const lti_section lti_city_sections[] = {
    {LT_MSG_REPORT_STANDING, lti_section_overview},
    {LT_MSG_REPORT_MAP, lti_section_map},
    {LT_MSG_REPORT_GAPS, lti_section_city_gaps},
    {LT_MSG_REPORT_BOTTLENECKS, lti_section_bottlenecks},
    {LT_MSG_REPORT_CHOKE, lti_section_choke},
    {LT_MSG_REPORT_UNLOCK, lti_section_unlock},
    {LT_MSG_REPORT_TARGETS, lti_section_targets},
    {LT_MSG_REPORT_ZONES, lti_section_zones},
    {LT_MSG_REPORT_GOALS, lti_section_goals},
    {LT_MSG_REPORT_ORIGINS, lti_section_origins},
    {LT_MSG_REPORT_PROJECTS, lti_section_projects},
    {LT_MSG_REPORT_LEADS, lti_section_leads},
    {LT_MSG_REPORT_UNKNOWN, lti_section_unknown},
    {LT_MSG_REPORT_BASIS, lti_section_basis},
    {.build = NULL},
};
