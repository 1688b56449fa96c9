/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_LINT_H
#define LTI_LINT_H

#include "map/scene.h"

typedef enum {
    LTI_LINT_CLEAN,
    LTI_LINT_TEXT_OUTSIDE, /* of its group or of the page */
    LTI_LINT_BOX_OUTSIDE,
    LTI_LINT_TEXT_TOO_WIDE, /* for the width it may take */
    LTI_LINT_CARDS_OVERLAP,
    LTI_LINT_TEXTS_OVERLAP,
    LTI_LINT_CUT_WITHOUT_TITLE, /* ends in "…" and says nowhere what was left out */
    LTI_LINT_NUMBER,            /* a coordinate that is no finite number */
} lti_lint_rule;

/** What is wrong with a scene: the first in the order of painting. */
typedef struct {
    lti_lint_rule rule;
    const char *id, *text; /* borrowed from the scene; id of the nearest group that has one, "" = none */
    const char *other;     /* what it overlaps; "" = nothing */
    lti_rect at;
} lti_lint_finding;

/** @return whether the scene is clean; *finding says what is wrong. Cost O(items · log items) on pages as they are. */
bool lti_lint(const lti_scene *scene, lti_lint_finding *finding);

#endif
