/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/palette.h"

static const lti_look looks[LT_STATUSES] = {
    [LT_STATUS_MISSING] = {"#A8202A", "#FFFBFB", "#7A131B", "filled,dashed", 1, 1.6, LT_MSG_BADGE_MISSING, LT_MSG_STATUS_MISSING},
    [LT_STATUS_PIPELINE] = {"#108E71", "#F3FBF8", "#0A5C49", "filled,dotted", 1, 2.0, LT_MSG_BADGE_PIPELINE,
                            LT_MSG_STATUS_PIPELINE},
    [LT_STATUS_UNKNOWN] = {"#9AA3AD", "#FFFFFF", "#5B6570", "filled,dashed", 1, 0.7, LT_MSG_BADGE_UNKNOWN, LT_MSG_STATUS_UNKNOWN},
    [LT_STATUS_WEAK] = {"#F2A30F", "#FFF7E6", "#3B2500", "filled,rounded", 1, 1.6, LT_MSG_BADGE_WEAK, LT_MSG_STATUS_WEAK},
    [LT_STATUS_SINGLE] = {"#A44BB4", "#FAF1FC", "#5E2469", "filled", 2, 0.9, LT_MSG_BADGE_SINGLE, LT_MSG_STATUS_SINGLE},
    [LT_STATUS_ADEQUATE] = {"#6B7F97", "#FFFFFF", "#26364A", "filled", 1, 0.9, LT_MSG_BADGE_ADEQUATE, LT_MSG_STATUS_ADEQUATE},
    [LT_STATUS_STRONG] = {"#0B2F5B", "#E9F0F8", "#0B2F5B", "filled,bold", 1, 2.4, LT_MSG_BADGE_STRONG, LT_MSG_STATUS_STRONG},
};

const lti_look *lti_look_of(lt_status status)
{
    return &looks[status];
}
