/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PLACE_GV_H
#define LTI_PLACE_GV_H

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include "liantu/liantu.h"

/* What all use of Graphviz shares: one context, one handler of complaints, ids that do not hang on where memory lies. */

/** Begins a use: forgets old complaints. One at a time in a process. */
void lti_gv_begin(void);
/** A new graph with our ids, which has room for so many nodes, edges and subgraphs and takes more. NULL when memory has run out. */
Agraph_t *lti_gv_open(Agdesc_t kind, size_t objects);
/** The one context of the process; NULL when memory has run out. */
GVC_t *lti_gv_context(void);
void lti_gv_set(void *object, const char *name, const char *value);
void lti_gv_default(Agraph_t *graph, int kind, const char *name, const char *value);
/** Fills an error with what Graphviz complained of. @return code. */
lt_code lti_gv_fail(lt_error *error, lt_code code, lt_message message);

#endif
