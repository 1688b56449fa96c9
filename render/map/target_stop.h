/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TARGET_STOP_H
#define LTI_TARGET_STOP_H

#include "map/target_page.h"

/* Stops of the routes of a targeting map: regions, zones, responsible units; one card for all the rows that pass. */

typedef enum { LTI_STOP_NAMED, LTI_STOP_POOL, LTI_STOP_VACANT } lti_stop_kind;

typedef struct {
    lti_stop_kind kind;
    lt_node node;     /* LT_NONE = none, or several */
    const char *name; /* kept by the scene or the dataset */
    const char *note; /* lines parted by '\n'; NULL = none */
    size_t *rows;     /* that pass, in order */
    uint8_t *scopes;
    size_t count, room;
    double y, height; /* of the card */
} lti_stop;

typedef struct {
    lti_stop *stops;
    size_t count, room;
    const char *id, *classes; /* of the group; of each card */
    double left, right;
    bool all_said;                             /* a single card needs no ranks */
    size_t name_lines, note_lines, pool_lines; /* of one card at most; of one for the whole chain */
} lti_stops;

/** A new stop; NULL when memory has run out. */
lti_stop *lti_stop_add(lti_stops *stops, lti_stop_kind kind, lt_node node, const char *name);
/** The stop of that kind and node, added where there is none; NULL when memory has run out. */
lti_stop *lti_stop_find(lti_stops *stops, lti_stop_kind kind, lt_node node, const char *name);
/** @return false when memory has run out. */
bool lti_stop_pass(lti_stop *stop, size_t row, lt_scope scope);
/** Forgets all stops. */
void lti_stops_clear(lti_stops *stops);

/** Sets heights, order and places, each as near to its rows as the others let it. @return whether they fit the page. */
bool lti_stops_place(const lti_target_page *page, lti_stops *stops);
void lti_stops_draw(const lti_target_page *page, const lti_stops *stops);
/** Where a row's route meets a stop. */
double lti_stop_port(const lti_target_page *page, const lti_stop *stop, size_t row);

#endif
