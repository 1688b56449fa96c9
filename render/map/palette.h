/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PALETTE_H
#define LTI_PALETTE_H

#include "liantu/liantu.h"

/** How a status looks: its colour, and what tells it without colour (line style, doubled border, badge). */
typedef struct {
    const char *line, *fill, *text, *style;
    int borders; /* lines around the card */
    double pen;
    lt_message badge, name;
} lti_look;

const lti_look *lti_look_of(lt_status status);

#define LTI_FONT "Noto Sans CJK SC,Source Han Sans SC,Microsoft YaHei,PingFang SC,SimHei,sans-serif"

#endif
