/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_CARD_H
#define LTI_CARD_H

#include "map/page.h"

/* The card of a link: badge, name, a line of figures, local firms as chips with the letter of their zone. */

/** How much a card says, from most to least; sets its height. */
typedef enum { LTI_CARD_FULL, LTI_CARD_ONE_ROW, LTI_CARD_NO_CHIPS, LTI_CARD_NAME, LTI_CARD_LINE, LTI_CARD_LEVELS } lti_card_level;

enum { LTI_CARD_NAME_LINES = 2, LTI_CARD_CHIPS = 8, LTI_CARD_TEXT = 512 };

typedef struct {
    const char *letter; /* of the zone, NULL = none */
    const char *name;   /* borrowed from the dataset */
    double x, row, width;
} lti_chip;

/** A measured card. */
typedef struct {
    uint32_t link;
    lti_card_level level;
    double width, height;
    double name_size;
    int name_lines;
    bool name_cut;
    char name[LTI_CARD_TEXT]; /* lines, parted by '\n' */
    char figures[LTI_CARD_TEXT];
    lti_chip chips[LTI_CARD_CHIPS];
    size_t chip_count, chip_rows, more; /* more: entities without a chip */
    double more_x;
} lti_card;

/** Measures the card of a link that is `width` wide. */
void lti_card_measure(const lti_map *map, uint32_t link, double width, lti_card_level level, lti_card *card);
/** Draws it with its upper left corner there, as g#n-ID.link.st-STATUS. */
void lti_card_draw(lti_scene *scene, const lti_map *map, const lti_card *card, double x, double y);

/** What an overlay did to a link. */
typedef struct {
    bool changed, is_new; /* is_new: it was not there */
    lt_status was;        /* LT_STATUSES where the status is what it was */
    long producers_were;  /* -1 where their number is what it was */
} lti_change;
lti_change lti_card_change(const lti_map *map, uint32_t link);
/** A frame around what an overlay changed. */
void lti_change_frame(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at);

/** Ground and border of a card in a look, thicker the more important it is. */
void lti_card_ground(lti_scene *scene, const lti_map *map, const lti_look *look, double importance, lti_rect at);

/** A number at a card's upper right corner: its place among the gaps most worth filling. */
void lti_card_rank(lti_scene *scene, const lti_map *map, lti_rect card, size_t rank);
/** What a card's title says: name, status, figures, all local entities. Kept by the scene. */
const char *lti_card_title(lti_scene *scene, const lti_map *map, uint32_t link);

/** The local entities that make or serve a link, or for pipeline links the projects that will: leaders first, then by id.
    @return how many there are, of which at most `limit` are given. */
size_t lti_card_entities(const lti_map *map, uint32_t link, lt_node *entities, size_t limit);
/** A link that is no industry, but a junction of alternatives: a pill. */
void lti_draw_abstract(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at);

#endif
