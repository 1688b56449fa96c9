/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TARGET_FLOW_H
#define LTI_TARGET_FLOW_H

#include "map/target_stop.h"

/* Which stops the routes of targets pass: regions, zones, responsible units. */

/** Where the row's routes go. */
typedef struct {
    lti_stop_kind kinds[LTI_TARGET_ROUTES];
    lt_node regions[LTI_TARGET_ROUTES];
    lt_scope scopes[LTI_TARGET_ROUTES];
    size_t count, could; /* drawn, and how many there are */
} lti_routes;

typedef struct {
    const lti_target_page *page;
    lti_routes *rows;
    lti_stops regions, zones, units;
    uint32_t *for_link, *at_all; /* by region: rows that name it */
} lti_flow;

/** Chooses routes and stops for the rows of a page, of which there may be any number; only map, scene, list and rows are read.
    @param f  ended with lti_flow_done, also on failure. @return false when memory has run out. */
bool lti_flow_fill(lti_flow *f, const lti_target_page *page);
void lti_flow_done(lti_flow *f);
/** The stop that a row passes, behind `skip` others; NULL = no more. */
lti_stop *lti_stop_of(lti_stops *stops, size_t row, size_t skip);
/** What ties a row to a stop. */
lt_scope lti_stop_scope(const lti_stop *stop, size_t row);

#endif
