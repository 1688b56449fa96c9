/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which zones fit a link, and which of them a pick gets. */
#include <math.h>
#include <stdlib.h>

#include "analysis/portfolio.h"
#include "analysis/zone_fit.h"
#include "core/array.h"
#include "core/error.h"
#include "core/memory.h"
#include "decision/mip.h"
#include "graph/parts.h"

/** A zone's fit to a link, as found. */
typedef struct {
    uint32_t link;
    lti_fit fit;
} finding;

typedef struct {
    const lt_dataset *ds;
    const lt_policy *policy;
    const bool *wanted;
    uint32_t *first, *member; /* links by chain */
    double *best;             /* by link: of the zone at hand */
    uint32_t *touched;        /* links with a fit to it */
    uint32_t touched_count;
    lti_array found; /* finding */
} search;

static void fit_link(search *s, uint32_t link, double fit)
{
    if (!s->wanted[link] || fit <= s->best[link]) return;
    if (s->best[link] <= 0) s->touched[s->touched_count++] = link;
    s->best[link] = fit;
}

static void fit_focus(search *s, lt_node focus)
{
    const lt_link *links = lt_links(s->ds);
    bool on_link = lt_node_kind(s->ds, focus) == LT_LINK;
    const lt_link *link = on_link ? &links[lt_node_index(s->ds, focus)] : NULL;
    lt_node chain = on_link ? link->chain : focus;
    if (on_link) fit_link(s, lt_node_index(s->ds, focus), lti_zone_fit(s->policy, LT_ON_LINK));
    if (chain == LT_NONE || (on_link && link->segment == 0)) return;
    uint32_t place = lt_node_index(s->ds, chain);
    for (uint32_t m = s->first[place]; m < s->first[place + 1]; m++) {
        const lt_link *other = &links[s->member[m]];
        if (!on_link) fit_link(s, s->member[m], lti_zone_fit(s->policy, LT_ON_CHAIN));
        else if (other != link && other->segment == link->segment)
            fit_link(s, s->member[m], lti_zone_fit(s->policy, LT_ON_SEGMENT));
    }
}

static bool keep_zone(search *s, uint32_t zone)
{
    finding *kept = s->touched_count > 0 ? lti_array_push(&s->found, s->touched_count) : NULL;
    if (s->touched_count > 0 && !kept) return false;
    for (uint32_t i = 0; i < s->touched_count; i++) {
        kept[i] = (finding){s->touched[i], {s->best[s->touched[i]], zone}};
        s->best[s->touched[i]] = 0;
    }
    s->touched_count = 0;
    return true;
}

/* Focus edges stand by zone. */
static bool fit_zones(search *s)
{
    size_t count = lt_count(s->ds, LT_FOCUS);
    for (size_t i = 0; i < count; i++) {
        const lt_edge *edge = &lt_focuses(s->ds)[i].edge;
        fit_focus(s, edge->to);
        bool last = i + 1 == count || lt_focuses(s->ds)[i + 1].edge.from != edge->from;
        if (last && !keep_zone(s, lt_node_index(s->ds, edge->from))) return false;
    }
    return true;
}

static int by_link(const void *left, const void *right)
{
    const finding *a = left, *b = right;
    if (a->link != b->link) return a->link < b->link ? -1 : 1;
    if (a->fit.fit != b->fit.fit) return a->fit.fit > b->fit.fit ? -1 : 1;
    return a->fit.zone < b->fit.zone ? -1 : a->fit.zone > b->fit.zone;
}

static void group_by_chain(search *s, uint32_t *keys, uint32_t *values)
{
    uint32_t links = (uint32_t)lt_count(s->ds, LT_LINK), chains = (uint32_t)lt_count(s->ds, LT_CHAIN);
    for (uint32_t i = 0; i < links; i++) {
        lt_node chain = lt_links(s->ds)[i].chain;
        keys[i] = chain == LT_NONE ? chains : lt_node_index(s->ds, chain);
        values[i] = i;
    }
    lti_bucket(keys, values, links, chains + 1, s->first, s->member);
}

lt_code lti_zone_fits_init(lti_zone_fits *fits, const lt_dataset *ds, const lt_policy *policy, const bool *wanted, lt_error *error)
{
    size_t links = lt_count(ds, LT_LINK), chains = lt_count(ds, LT_CHAIN);
    search s = {.ds = ds, .policy = policy, .wanted = wanted, .found = LTI_ARRAY(finding)};
    uint32_t *keys = lti_alloc(links, sizeof *keys), *values = lti_alloc(links, sizeof *values);
    *fits = (lti_zone_fits){.first = lti_alloc(links + 1, sizeof *fits->first)};
    bool whole = keys && values && fits->first && (s.first = lti_alloc(chains + 3, sizeof *s.first)) &&
                 (s.member = lti_alloc(links, sizeof *s.member)) && (s.best = lti_alloc(links, sizeof *s.best)) &&
                 (s.touched = lti_alloc(links, sizeof *s.touched));
    if (whole) group_by_chain(&s, keys, values);
    whole = whole && fit_zones(&s) && (fits->fit = lti_alloc(s.found.count, sizeof *fits->fit));
    if (whole) {
        if (s.found.count > 0) qsort(s.found.data, s.found.count, sizeof(finding), by_link);
        for (size_t i = 0; i < s.found.count; i++) {
            fits->fit[i] = LTI_AT(&s.found, finding, i).fit;
            fits->first[LTI_AT(&s.found, finding, i).link + 1]++;
        }
        for (size_t i = 0; i < links; i++) fits->first[i + 1] += fits->first[i];
    }
    void *arrays[] = {keys, values, s.first, s.member, s.best, s.touched};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_array_done(&s.found);
    return whole ? LT_OK : lti_fail_memory(error);
}

void lti_zone_fits_done(lti_zone_fits *fits)
{
    lti_free(fits->first);
    lti_free(fits->fit);
    *fits = (lti_zone_fits){0};
}

/* Of zones that fit alike the first by id is preferred, by less than fits differ. */
static const double preference = 1e-6;

/** Picks and zones; one 0-1 variable a fit, by pick. */
typedef struct {
    const lti_problem *p;
    const lti_picks *picks;
    lti_mip *mip;
    uint32_t *zone; /* by variable */
    uint32_t *place, *listed, *first;
    double *ones;
    uint32_t count;
} assignment;

static bool can_take(const assignment *a, uint32_t fit)
{
    return a->p->seats[a->p->fits.fit[fit].zone] > 0;
}

static lt_code assign_pick(assignment *a, uint32_t link, lt_error *error)
{
    const lti_zone_fits *fits = &a->p->fits;
    uint32_t begin = a->count;
    for (uint32_t f = fits->first[link]; f < fits->first[link + 1]; f++) {
        if (!can_take(a, f)) continue;
        a->place[a->count] = a->count;
        a->zone[a->count++] = fits->fit[f].zone;
        lti_mip_variable(a->mip,
                         fits->fit[f].fit - preference * (f - fits->first[link]) / (fits->first[link + 1] - fits->first[link]));
    }
    return a->count > begin ? lti_mip_row(a->mip, a->place + begin, a->ones, a->count - begin, 1, 1, error) : LT_OK;
}

static lt_code assign(assignment *a, lti_mip_result *result, lt_error *error)
{
    uint32_t zones = (uint32_t)lt_count(a->p->ds, LT_ZONE);
    lt_code code = LT_OK;
    for (uint32_t i = 0; i < a->picks->count && code == LT_OK; i++) code = assign_pick(a, a->picks->link[i], error);
    lti_bucket(a->zone, a->place, a->count, zones, a->first, a->listed);
    for (uint32_t z = 0; z < zones && code == LT_OK; z++) {
        uint32_t size = a->first[z + 1] - a->first[z];
        if (size == 0 || a->p->seats[z] == LTI_ANY_NUMBER) continue;
        code = lti_mip_row(a->mip, a->listed + a->first[z], a->ones, size, -INFINITY, a->p->seats[z], error);
    }
    if (code == LT_OK && a->count > 0) code = lti_mip_solve(a->mip, &(lti_mip_options){.maximise = true}, result, error);
    return code;
}

static void read_zones(const assignment *a, lt_node *zone)
{
    const lti_zone_fits *fits = &a->p->fits;
    uint32_t variable = 0;
    for (uint32_t i = 0; i < a->picks->count; i++) {
        uint32_t link = a->picks->link[i];
        zone[i] = LT_NONE;
        for (uint32_t f = fits->first[link]; f < fits->first[link + 1]; f++)
            if (can_take(a, f) && lti_mip_value(a->mip, variable++)) zone[i] = lt_node_at(a->p->ds, LT_ZONE, fits->fit[f].zone);
    }
}

lt_code lti_assign_zones(const lti_problem *p, const lti_picks *picks, lt_node *zone, lt_error *error)
{
    size_t room = 1, zones = lt_count(p->ds, LT_ZONE);
    for (uint32_t i = 0; i < picks->count; i++) room += p->fits.first[picks->link[i] + 1] - p->fits.first[picks->link[i]];
    assignment a = {.p = p, .picks = picks, .mip = lti_mip_new()};
    lti_mip_result result = {.found = true};
    bool whole = a.mip && (a.zone = lti_alloc(room, sizeof *a.zone)) && (a.place = lti_alloc(room, sizeof *a.place)) &&
                 (a.listed = lti_alloc(room, sizeof *a.listed)) && (a.first = lti_alloc(zones + 2, sizeof *a.first)) &&
                 (a.ones = lti_alloc(room, sizeof *a.ones));
    for (size_t i = 0; i < room && whole; i++) a.ones[i] = 1;
    lt_code code = whole ? assign(&a, &result, error) : lti_fail_memory(error);
    if (code == LT_OK && !result.found) code = lti_fail(error, LT_E_INTERNAL, NULL, LT_MSG_SOLVER_FAILED, NULL);
    if (code == LT_OK) read_zones(&a, zone);
    void *arrays[] = {a.zone, a.place, a.listed, a.first, a.ones};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_mip_free(a.mip);
    return code;
}
