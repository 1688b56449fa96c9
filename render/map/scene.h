/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_SCENE_H
#define LTI_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "liantu/liantu.h"

/*
 * A page as plain data: groups, boxes, curves and texts in the order of painting. Knows no dataset, no Graphviz and no font.
 * Lengths are points, the origin is the page's upper left corner, y grows downward.
 *
 * Whoever draws calls the functions below; each copies what it is given into the scene's one arena. When memory runs out
 * the scene only remembers that it has (lti_scene_failed), so that drawing needs no check a call.
 */

typedef struct {
    double x, y, width, height;
} lti_rect;

typedef struct {
    double x, y;
} lti_point;

typedef enum { LTI_HATCH_NONE, LTI_HATCH_LINES, LTI_HATCH_DOTS } lti_hatch;
typedef enum { LTI_ANCHOR_START, LTI_ANCHOR_MIDDLE, LTI_ANCHOR_END } lti_anchor;

typedef struct {
    const char *key; /* without "data-" */
    const char *value;
} lti_attribute;

/** What the lint holds a group to. */
enum {
    LTI_HOLDS = 1, /* every text and box inside it lies inside its frame */
    LTI_SOLID = 2, /* its frame overlaps that of no other solid group, except one that it holds or that holds it */
    LTI_PANEL = 4, /* solid to other panels; solid groups that overlap it lie wholly inside */
};

/** Elements that belong together; NULL = not given. */
typedef struct {
    const char *id, *classes, *role;
    const char *label;               /* for those who hear the page */
    const char *title;               /* shown on pointing */
    const lti_attribute *attributes; /* written as data-KEY */
    size_t attribute_count;
    lti_rect frame;
    unsigned checks; /* LTI_HOLDS, LTI_SOLID */
} lti_group;

/** A rectangle; fill and stroke NULL = none. */
typedef struct {
    lti_rect at;
    double radius, pen;
    const char *fill, *stroke, *dash, *classes;
    lti_hatch hatch; /* painted with `stroke` as ink on `fill`, without an outline */
} lti_box;

/** A text on one line. */
typedef struct {
    double x, y, size; /* y is the base line */
    double width;      /* that it may take; 0 = any that stays in its group. The text must already fit: see measure.h */
    double spacing;    /* between letters */
    bool bold;
    lti_anchor anchor;
    const char *colour, *text;
    const char *title;   /* the whole text where `text` is cut, else NULL */
    const char *classes; /* NULL = none */
    bool loose;          /* may lie over other texts: watermarks. The lint lets it pass */
} lti_text;

/** Path of a curve: 'M' and 'L' take one point, 'C' three. */
typedef struct {
    char *steps;
    lti_point *points;
    size_t step_count, point_count, step_room, point_room;
    bool failed;
} lti_path;

void lti_path_move(lti_path *path, double x, double y);
void lti_path_line(lti_path *path, double x, double y);
void lti_path_curve(lti_path *path, lti_point first, lti_point second, lti_point end);
/** Appends a path to another. */
void lti_path_add(lti_path *path, const lti_path *more);
void lti_path_done(lti_path *path);

/** A line, or an area where `fill` is given. */
typedef struct {
    const char *stroke, *fill, *dash, *classes; /* dash as in SVG: "4 2.4" */
    double pen;
    double halo;             /* width of a white line under it; 0 = none */
    bool arrow;              /* a head at its end */
    bool hollow;             /* the head is an outline */
    bool closed, round_caps; /* joined to its beginning; ends of dashes round */
} lti_line;

typedef enum { LTI_ITEM_BEGIN, LTI_ITEM_END, LTI_ITEM_BOX, LTI_ITEM_CURVE, LTI_ITEM_TEXT } lti_item_kind;

typedef struct {
    lti_item_kind kind;
    union {
        lti_group group;
        lti_box box;
        lti_text text;
        struct {
            lti_line line;
            lti_path path;
        } curve;
    } as;
} lti_item;

typedef struct lti_arena lti_arena;

typedef struct {
    double width, height;
    const char *title, *desc, *language; /* language as in HTML: "zh-CN" */
    lti_item *items;
    size_t count, room;
    lti_arena *arena; /* of everything above */
    void *ids;        /* of its groups, as tsearch keeps them */
    bool failed;
} lti_scene;

void lti_scene_init(lti_scene *scene, double width, double height);
/** Takes a scene that lti_scene_init saw or that is all zero. */
void lti_scene_done(lti_scene *scene);
/** Whether memory ran out since the start. */
bool lti_scene_failed(const lti_scene *scene);

/** A copy of a text that lives as long as the scene; NULL for NULL, and when memory has run out. */
const char *lti_scene_keep(lti_scene *scene, const char *text);

void lti_begin(lti_scene *scene, const lti_group *group);
void lti_end(lti_scene *scene);
void lti_add_box(lti_scene *scene, const lti_box *box);
void lti_add_text(lti_scene *scene, const lti_text *text);
void lti_add_curve(lti_scene *scene, const lti_line *line, const lti_path *path);

/** A text cut to its width, with "…" and the whole in its title. @return the width it takes. */
double lti_add_cut_text(lti_scene *scene, lti_text text);

#endif
