/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_EXPORT_H
#define LTI_EXPORT_H

#include "map/scene.h"
#include "sink.h"

/* Pages through librsvg and cairo, with the fonts of the machine. */

/** Whether the machine has a font for Chinese. */
bool lti_has_cjk_font(void);

/**
 * PDF, a page a scene, with text as text and its fonts embedded. The same scenes and fonts give the same bytes.
 *
 * @param date  ISO date that stands in the file as its own; "" = none known
 * @return LT_OK, LT_E_MEMORY, LT_E_IO (the sink failed), LT_E_INTERNAL (cairo or librsvg failed).
 */
lt_code lti_export_pdf(const lti_scene *scenes, size_t count, const char *date, const lt_sink *sink, lt_error *error);

/** PNG of one scene at so many dots an inch. @return as lti_export_pdf. */
lt_code lti_export_png(const lti_scene *scene, double dpi, const lt_sink *sink, lt_error *error);

#endif
