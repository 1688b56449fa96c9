/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_SINCE_H
#define LTI_SINCE_H

#include "report/build.h"

/* The parts of the section on what changed since an earlier dataset. */

/** Whether a record that changed, or a link that an effect is on, is of the report: before or now. All are of the city's. */
bool lti_since_change_bears(const lti_report *r, const lt_change *change);
bool lti_since_effect_bears(const lti_report *r, const lt_effect *effect);
/** Whether a change is of a project of the report that came, went or is at another stage. */
bool lti_since_project(const lti_report *r, const lt_change *change);

/** Says which records caused an effect. */
void lti_since_causes(lti_report *r, const lt_effect *effect);

/** Gaps, finals and targets that changed, under a heading. @return LT_OK, LT_E_MEMORY. */
lt_code lti_since_effects(lti_report *r);
/** Zones ranked by what moved there, under a heading. @return LT_OK, LT_E_MEMORY. */
lt_code lti_since_ranking(lti_report *r);

#endif
