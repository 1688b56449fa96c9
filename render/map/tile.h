/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TILE_H
#define LTI_TILE_H

#include "map/page.h"

/* A compact card of a link, for maps that ask something else of links than who makes them: a badge and a ground of any look,
   the name, flags of what matters, a figure, a line of words. */

enum { LTI_TILE_TEXT = 512, LTI_TILE_ATTRIBUTES = 6 };

typedef struct {
    uint32_t link;
    const lti_look *look;
    const char *badge, *words;         /* words: NULL = none */
    const char *figure, *short_figure; /* before the words, or where there are none beside the name; NULL = none */
    const char *classes, *title;
    lti_attribute attributes[LTI_TILE_ATTRIBUTES];
    size_t attribute_count;
    bool pressing;              /* the figure stands on the alarm's colour */
    bool quiet;                 /* steps back */
    int word_lines, name_lines; /* that words and name may take at most; 0 = 1 and 2 */
    lti_flag flag;

    /* measured */
    double width, height, name_size, reserve; /* reserve: what stands right of the name */
    int lines;
    bool cut, cramped; /* cramped: too narrow for two characters of the name */
    int said_lines;
    char name[LTI_TILE_TEXT], said[LTI_TILE_TEXT]; /* name and words: lines, parted by '\n' */
} lti_tile;

/** How much a tile says, from most to least. */
typedef enum { LTI_TILE_WORDS, LTI_TILE_NAME, LTI_TILE_LINE, LTI_TILE_LEVELS } lti_tile_level;

/** Measures a tile that is `width` wide; what is to be said must stand in it. */
void lti_tile_measure(const lti_map *map, lti_tile *tile, double width, lti_tile_level level);
/** Draws it with its upper left corner there, as g#n-ID. */
void lti_tile_draw(lti_scene *scene, const lti_map *map, const lti_tile *tile, double x, double y);
/** A flag: one character on a small ground, each of its own shape. @return its width. */
double lti_draw_flag(lti_scene *scene, const lti_map *map, lti_flag flag, double x, double y);

/** A path through points with rounded corners. */
void lti_path_round(lti_path *path, const lti_point *points, size_t count, double radius);

#endif
