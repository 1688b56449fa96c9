/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DOCX_H
#define LTI_DOCX_H

#include <stdint.h>
#include <stdio.h>

#include "report/format.h"

/** How the first section names the footers of the reference document until lti_docx_finish. */
#define LTI_FOOTER_ODD "<w:footerReference w:type=\"default\" r:id=\"rId9001\"/>"
#define LTI_FOOTER_EVEN "<w:footerReference w:type=\"even\" r:id=\"rId9002\"/>"

/** Room for a picture on a turned page, in mm. */
enum { LTI_TURNED_WIDE = 265, LTI_TURNED_HIGH = 165 };

typedef struct {
    const uint8_t *data;
    size_t size;
} lti_bytes;

/** Names the footers of the first section as pandoc did, gives pictures the size of a turned page, keeps rows whole, and makes the
 * dates of all parts the same. @return false = no docx, or out of memory. */
bool lti_docx_finish(const lti_bytes *zip, lti_buffer *out);

#endif
