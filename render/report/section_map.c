/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/build.h"

lt_code lti_section_map(lti_report *r)
{
    lt_doc_picture picture;
    lt_code code = lti_draw(r, r->chain == LT_NONE ? "city" : "industry", &picture);
    if (code != LT_OK) return code;
    bool city = r->chain == LT_NONE;
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (r->link_count == 0) lti_say(r, LT_MSG_REPORT_MAP_EMPTY);
    else if (!r->picture_format) lti_say(r, LT_MSG_REPORT_MAP_ELSEWHERE);
    else if (!picture.bytes) lti_say(r, LT_MSG_REPORT_MAP_ABSENT);
    else {
        lti_say(r, city ? LT_MSG_REPORT_MAP_CITY : LT_MSG_REPORT_MAP_CHAIN);
        lt_doc_picture_add(&r->doc, &picture);
        if (city) LTI_SAY(r, LT_MSG_REPORT_MAP_CITY_TITLE, lti_text(lt_dataset_title(r->ds)));
        else LTI_SAY(r, LT_MSG_MAP_TITLE, lti_text(r->chain_name));
    }
    return LT_OK;
}
