/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_RESEARCH_H
#define LTI_RESEARCH_H

#include "map/page.h"

/* Who does research on the links of a map, and who could be engaged for it. */

/** An institution, firm or project; those of one place stand together. */
typedef struct {
    lt_node node;
    bool local, whole_chain; /* whole_chain: named to engage for the chain, not for a link */
    uint32_t links;
    uint32_t group;   /* local: by type; outside: by region */
    const char *name; /* of the group; borrowed */
} lti_holder;

/** Research of a holder on a link; by holder, then link. */
typedef struct {
    uint32_t holder, link;
    bool named; /* only named to engage */
} lti_tie;

typedef struct {
    lti_holder *holders; /* by node */
    size_t holder_count, local_count;
    lti_tie *ties;
    size_t tie_count;
    uint32_t *links; /* of the map, not abstract, of the wanted segment; by id */
    size_t link_count;
    uint8_t *support;             /* by link, lt_support */
    uint32_t counts[LT_SUPPORTS]; /* of those links */
} lti_research;

/** @param out  freed with lti_research_done, also on failure. @return LT_OK, LT_E_MEMORY. */
lt_code lti_research_collect(const lti_map *map, lti_research *out, lt_error *error);
void lti_research_done(lti_research *research);

/** Surveyed links without local research: choke points, priority links, then by importance; equals by what is named elsewhere
    and id. @return how many, at most `limit`. */
size_t lti_research_gaps(const lti_map *map, const lti_research *research, uint32_t *links, size_t limit);

/** Whether a link matters more than another: choke points, priority links, importance; equals by support and id. */
bool lti_research_precedes(const lti_map *map, const lti_research *research, uint32_t a, uint32_t b);

/** Type of a holder: the tag on its card. */
lt_message lti_holder_tag(const lti_map *map, lt_node node);

#endif
