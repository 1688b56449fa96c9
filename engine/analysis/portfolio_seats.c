/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places of picks in zones with limits: bipartite matching by augmenting paths, breadth first. */
#include <string.h>

#include "analysis/portfolio.h"
#include "core/error.h"
#include "core/memory.h"

#define NO_PLACE UINT32_MAX

bool lti_seatless(const lti_problem *p, uint32_t link)
{
    uint32_t begin = p->fits.first[link], end = p->fits.first[link + 1];
    for (uint32_t f = begin; f < end; f++)
        if (p->seats[p->fits.fit[f].zone] == LTI_ANY_NUMBER) return true;
    return begin == end;
}

lt_code lti_seating_init(lti_seating *s, const lti_problem *p, lt_error *error)
{
    size_t links = p->s.links, zones = lt_count(p->ds, LT_ZONE);
    *s = (lti_seating){.p = p};
    bool whole = (s->zone = lti_alloc(links, sizeof *s->zone)) && (s->taken = lti_alloc(zones, sizeof *s->taken)) &&
                 (s->seated = lti_alloc(links, sizeof *s->seated)) && (s->from = lti_alloc(zones, sizeof *s->from)) &&
                 (s->queue = lti_alloc(zones, sizeof *s->queue));
    if (!whole) return lti_fail_memory(error);
    for (size_t i = 0; i < links; i++) s->zone[i] = NO_PLACE;
    return LT_OK;
}

void lti_seating_done(lti_seating *s)
{
    void *arrays[] = {s->zone, s->taken, s->seated, s->from, s->queue};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *s = (lti_seating){0};
}

static void reach_zones(lti_seating *s, uint32_t link, uint32_t *count)
{
    const lti_zone_fits *fits = &s->p->fits;
    for (uint32_t f = fits->first[link]; f < fits->first[link + 1]; f++) {
        uint32_t zone = fits->fit[f].zone;
        if (s->from[zone] != NO_PLACE) continue;
        s->from[zone] = link;
        s->queue[(*count)++] = zone;
    }
}

/* Everyone on the path moves one zone on, which leaves a seat for the link at its beginning. */
static void move_along(lti_seating *s, uint32_t zone, uint32_t link)
{
    s->taken[zone]++;
    for (;;) {
        uint32_t mover = s->from[zone], left = s->zone[mover];
        s->zone[mover] = zone;
        if (mover == link) return;
        zone = left;
    }
}

static bool seat(lti_seating *s, uint32_t link)
{
    if (lti_seatless(s->p, link)) return true;
    uint32_t count = 0;
    memset(s->from, 0xff, lt_count(s->p->ds, LT_ZONE) * sizeof *s->from);
    reach_zones(s, link, &count);
    for (uint32_t next = 0; next < count; next++) {
        uint32_t zone = s->queue[next];
        if (s->taken[zone] < s->p->seats[zone]) {
            move_along(s, zone, link);
            s->seated[s->count++] = link;
            return true;
        }
        for (uint32_t i = 0; i < s->count; i++)
            if (s->zone[s->seated[i]] == zone) reach_zones(s, s->seated[i], &count);
    }
    return false;
}

static void give_back(lti_seating *s, uint32_t count)
{
    while (s->count > count) {
        uint32_t link = s->seated[--s->count];
        s->taken[s->zone[link]]--;
        s->zone[link] = NO_PLACE;
    }
}

bool lti_seat_all(lti_seating *s, const uint32_t *links, uint32_t count)
{
    uint32_t before = s->count;
    for (uint32_t i = 0; i < count; i++) {
        if (seat(s, links[i])) continue;
        give_back(s, before);
        return false;
    }
    return true;
}

bool lti_could_seat(lti_seating *s, const uint32_t *links, uint32_t count)
{
    uint32_t before = s->count;
    bool seated = lti_seat_all(s, links, count);
    give_back(s, before);
    return seated;
}
