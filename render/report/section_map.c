/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/build.h"

lt_code lti_section_map(lti_report *r)
{
    lt_doc_picture picture;
    uint32_t pages;
    lt_code code = lti_draw_map(r, r->chain == LT_NONE ? "city" : "industry", &picture, &pages);
    if (code != LT_OK) return code;
    bool city = r->chain == LT_NONE;
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (r->link_count == 0) lti_tell(r, LT_MSG_REPORT_MAP_EMPTY);
    else if (!r->picture_format) lti_tell(r, LT_MSG_REPORT_MAP_ELSEWHERE);
    else if (!picture.bytes) lti_tell(r, LT_MSG_REPORT_MAP_ABSENT);
    else lti_tell(r, city ? LT_MSG_REPORT_MAP_CITY : LT_MSG_REPORT_MAP_CHAIN);
    if (picture.bytes && pages > 1) LTI_TELL(r, LT_MSG_REPORT_MAP_PAGES, lti_whole(r, pages, NULL));
    if (r->link_count > 0) lti_tell(r, city ? LT_MSG_REPORT_MAP_OTHERS_CITY : LT_MSG_REPORT_MAP_OTHERS);
    if (picture.bytes) {
        lt_doc_picture_add(&r->doc, &picture);
        if (city) LTI_TELL(r, LT_MSG_REPORT_MAP_CITY_TITLE, lti_plain(lt_dataset_title(r->ds)));
        else LTI_TELL(r, LT_MSG_MAP_TITLE, lti_plain(r->chain_name));
    }
    return LT_OK;
}
