/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DOT_H
#define LTI_DOT_H

#include "map/page.h"
#include "sink.h"

/** The map as a Graphviz graph that can be edited and drawn by dot, or (dot false) as SVG drawn by Graphviz itself.
    @return LT_OK, LT_E_MEMORY, LT_E_IO, LT_E_INTERNAL. */
lt_code lti_dot_write(const lti_map *map, bool dot, const lt_sink *sink, lt_error *error);

#endif
