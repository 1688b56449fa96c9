/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DIFF_STATE_H
#define LTI_DIFF_STATE_H

#include "analysis/diff_world.h"

/* The records of a world, and how changes are undone in them. */

/** What undoing some changes touched, beside the capabilities on the links in the dirty list. */
enum {
    LTI_TOUCH_PLACES = 1, /* who is local, and chances: every link is dirty */
    LTI_TOUCH_GRAPH = 2,  /* links and supply */
    LTI_TOUCH_FOCUS = 4,
    LTI_TOUCH_PROSPECT = 8,
    LTI_TOUCH_POLICY = 16
};

/** Fills the records of a world. @return LT_OK, LT_E_MEMORY; lti_state_done frees them, also after a failure. */
lt_code lti_state_init(lti_world *w, const lt_diff *diff, const lt_diff_input *input, lt_error *error);
void lti_state_done(lti_world *w);

/** Undoes changes, or does them again, and lists the links whose capabilities they touch. @return LTI_TOUCH_…, or-ed. */
unsigned lti_state_flip(lti_world *w, const uint32_t *changes, size_t count);

/** As lti_state_flip, of use for the status of one link alone. */
void lti_state_flip_for(lti_world *w, const uint32_t *changes, size_t count, uint32_t link);

/** Empties the list of dirty links. */
void lti_state_clean(lti_world *w);

#endif
