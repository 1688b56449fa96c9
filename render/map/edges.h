/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_EDGES_H
#define LTI_EDGES_H

#include "map/page.h"
#include "map/place.h"

/* Supply edges as lines, and what the foot says of them. */

/** How a supply edge looks. back: it runs to an earlier stage. */
lti_line lti_edge_line(const lti_map *map, const lt_supply *supply, bool back);

/** Edges between placed cards, those from gaps on top. Arrays by node and by edge. */
void lti_draw_edges(lti_scene *scene, const lti_map *map, const uint32_t *links, const lti_place_edge *edges,
                    const lt_supply *const *supplies, const lti_placing *placing);

lt_message lti_stage_message(uint8_t stage);

#endif
