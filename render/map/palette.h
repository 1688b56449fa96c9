/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PALETTE_H
#define LTI_PALETTE_H

#include "map/map.h"

/** The strip or bar that tells a status without colour. */
typedef enum {
    LTI_CUE_NONE,
    LTI_CUE_HATCH,
    LTI_CUE_DOTS,
    LTI_CUE_FULL_BAR,
    LTI_CUE_HALF_BAR,
    LTI_CUE_DOUBLE,
    LTI_CUE_OPEN
} lti_cue;

/** How a status looks. */
typedef struct {
    const char *colour, *fill;    /* of badge and border; of the card */
    const char *badge_fill;       /* NULL = the badge is an outline on white */
    const char *badge_text, *ink; /* texts on the badge; of the hatch */
    const char *dash;             /* of the border, NULL = drawn through */
    const char *edge, *edge_dash; /* supply edges from such a link */
    double edge_pen;
    bool round_dash;
    lti_cue cue;
    lt_message badge, name;
} lti_look;

const lti_look *lti_look_of(lt_map_style style, lt_status status);

/** The rest of a page. */
typedef struct {
    const char *paper, *title, *text, *soft, *faint;     /* texts: headings, names, second lines, what recedes */
    const char *panel, *panel_line, *rule, *band;        /* panels; every other row of a matrix */
    const char *chevron[5];                              /* by lt_stage */
    const char *chip, *chip_line, *letter;               /* firms; the letter's ground */
    const char *supply, *capability, *recycling, *alarm; /* edges; what must be seen */
} lti_colours;

const lti_colours *lti_colours_of(lt_map_style style);

/** Statuses from worst to best, as legends and cells stand. */
extern const lt_status lti_worst_first[LT_STATUSES];

#define LTI_FONT "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,SimHei,sans-serif"

#endif
