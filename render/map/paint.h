/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PAINT_H
#define LTI_PAINT_H

#include "map/scene.h"
#include "sink.h"

/**
 * Writes a scene as SVG, with coordinates of two decimals. Every text is escaped, and what XML 1.0 forbids becomes U+FFFD, so
 * that no data can end an element or begin one. The same scene gives the same bytes.
 *
 * @return LT_OK, LT_E_IO (the sink failed).
 */
lt_code lti_paint_svg(const lti_scene *scene, const lt_sink *sink, lt_error *error);

#endif
