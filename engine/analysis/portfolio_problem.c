/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question of a portfolio: gains in whole units, seats in zones, and what cannot be had with so many picks. */
#include <math.h>
#include <string.h>

#include "analysis/portfolio.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/memory.h"

/* Importances are told apart to a millionth; mostly a common denominator makes all of them whole. */
enum { LARGEST_DENOMINATOR = 1000, MOST_UNITS = 1000000 };
static const double tolerance = 1e-9;

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    while (b != 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The least number of units to 1 that makes every importance whole, or MOST_UNITS where there is none so small. */
static uint32_t units_to_one(const lt_dataset *ds, bool *exact)
{
    uint32_t units = 1;
    *exact = true;
    for (size_t i = 0; i < lt_count(ds, LT_LINK); i++) {
        double importance = lt_links(ds)[i].importance;
        if (fabs(importance * units - round(importance * units)) < tolerance) continue;
        uint32_t denominator = 2;
        while (denominator <= LARGEST_DENOMINATOR && fabs(importance * denominator - round(importance * denominator)) >= tolerance)
            denominator++;
        uint64_t next = (uint64_t)units / common_divisor(units, denominator) * denominator;
        *exact = denominator <= LARGEST_DENOMINATOR && next <= MOST_UNITS;
        if (!*exact) return MOST_UNITS;
        units = (uint32_t)next;
    }
    return units;
}

static void weigh(lti_problem *p)
{
    bool exact;
    uint32_t units = units_to_one(p->ds, &exact);
    lt_node chain = p->options->chain;
    p->unit = 1.0 / units;
    for (uint32_t i = 0; i < p->s.links; i++) {
        const lt_link *link = &lt_links(p->ds)[i];
        if (p->made[i] || (chain != LT_NONE && !lt_link_in_chain(p->ds, i, chain))) continue;
        uint32_t worth = (uint32_t)lround(link->importance * units);
        if (link->final) p->final_units[i] = worth;
        if (!link->abstract) p->link_units[i] = worth;
        if (link->final && !exact) p->rounding += .5;
    }
}

static void place_seats(lti_problem *p)
{
    const lt_portfolio_options *o = p->options;
    uint32_t zones = (uint32_t)lt_count(p->ds, LT_ZONE), others = LTI_ANY_NUMBER;
    for (size_t i = 0; i < o->capacity_count; i++)
        if (o->capacity[i].zone == LT_NONE) others = o->capacity[i].picks;
    for (uint32_t z = 0; z < zones; z++) p->seats[z] = others;
    for (size_t i = 0; i < o->capacity_count; i++)
        if (o->capacity[i].zone != LT_NONE) p->seats[lt_node_index(p->ds, o->capacity[i].zone)] = o->capacity[i].picks;
    for (uint32_t z = 0; z < zones; z++)
        if (p->seats[z] >= p->pick) p->seats[z] = LTI_ANY_NUMBER;
}

/** What is being closed. */
typedef struct {
    lti_problem *p;
    uint32_t *left; /* by group: members not closed */
    uint32_t *todo; /* links closed, whose consumers have not been told */
    uint32_t todo_count;
    uint32_t *needs;     /* links that one needs whatever is chosen */
    uint32_t *needed_by; /* by link: the one, + 1 */
} closing;

static void close_link(closing *c, uint32_t link)
{
    if (c->p->closed[link] || c->p->made[link]) return;
    c->p->closed[link] = true;
    c->todo[c->todo_count++] = link;
}

static void spread(closing *c)
{
    const lti_supply *s = &c->p->s;
    while (c->todo_count > 0) {
        uint32_t link = c->todo[--c->todo_count];
        for (uint32_t u = s->use_first[link]; u < s->use_first[link + 1]; u++) {
            uint32_t group = s->use[u];
            if (c->left[group]-- == s->k[group]) close_link(c, s->consumer[group]);
        }
    }
}

/* Whether what a link needs whatever is chosen takes more picks than there are. Groups without a choice left are followed. */
static bool needs_too_many(closing *c, uint32_t link)
{
    const lti_problem *p = c->p;
    const lti_supply *s = &p->s;
    uint32_t count = 1, picks = 0;
    c->needs[0] = link;
    c->needed_by[link] = link + 1;
    for (uint32_t next = 0; next < count; next++) {
        uint32_t need = c->needs[next];
        picks += p->wanting[need];
        if (picks > p->pick) return true;
        for (uint32_t g = s->group_first[need]; g < s->group_first[need + 1]; g++) {
            if (c->left[g] > s->k[g]) continue;
            for (uint32_t m = s->member_first[g]; m < s->member_first[g + 1]; m++) {
                uint32_t member = s->member[m];
                if (p->made[member] || p->closed[member] || c->needed_by[member] == link + 1) continue;
                c->needed_by[member] = link + 1;
                c->needs[count++] = member;
            }
        }
    }
    return false;
}

static void close_hopeless(closing *c)
{
    const lti_problem *p = c->p;
    bool again = true;
    while (again && !lti_problem_ended(p)) {
        again = false;
        memset(c->needed_by, 0, p->s.links * sizeof *c->needed_by);
        for (uint32_t i = 0; i < p->s.links; i++) {
            if (p->made[i] || p->closed[i] || !needs_too_many(c, i)) continue;
            close_link(c, i);
            spread(c);
            again = true;
        }
    }
}

static lt_code close_links(lti_problem *p, lt_error *error)
{
    closing c = {.p = p,
                 .left = lti_alloc((size_t)p->s.groups + 1, sizeof *c.left),
                 .todo = lti_alloc(p->s.links, sizeof *c.todo),
                 .needs = lti_alloc(p->s.links, sizeof *c.needs),
                 .needed_by = lti_alloc(p->s.links, sizeof *c.needed_by)};
    bool whole = c.left && c.todo && c.needs && c.needed_by;
    if (whole) {
        for (uint32_t g = 0; g < p->s.groups; g++) c.left[g] = p->s.member_first[g + 1] - p->s.member_first[g];
        for (uint32_t i = 0; i < p->s.links; i++) {
            bool seated = !p->wanting[i] || lti_seatless(p, i);
            for (uint32_t f = p->fits.first[i]; f < p->fits.first[i + 1] && !seated; f++)
                seated = p->seats[p->fits.fit[f].zone] > 0;
            if (!seated) close_link(&c, i);
        }
        spread(&c);
        close_hopeless(&c);
    }
    void *arrays[] = {c.left, c.todo, c.needs, c.needed_by};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    return whole ? LT_OK : lti_fail_memory(error);
}

bool lti_picks_better(const lti_picks *a, const lti_picks *b)
{
    if (a->gain.finals != b->gain.finals) return a->gain.finals > b->gain.finals;
    return a->gain.links != b->gain.links ? a->gain.links > b->gain.links : a->count < b->count;
}

bool lti_problem_ended(const lti_problem *p)
{
    return lti_clock() >= p->end || (p->options->stop && p->options->stop(p->options->context, NAN));
}

lt_code lti_problem_init(lti_problem *p, const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy,
                         const lt_portfolio_options *options, lt_error *error)
{
    *p = (lti_problem){.ds = ds, .options = options, .end = INFINITY};
    lt_code code = lti_supply_init(&p->s, ds, error);
    size_t links = p->s.links;
    p->pick = options->pick < links ? options->pick : (uint32_t)links;
    bool whole = code == LT_OK && (p->made = lti_alloc(links, sizeof *p->made)) &&
                 (p->wanting = lti_alloc(links, sizeof *p->wanting)) && (p->closed = lti_alloc(links, sizeof *p->closed)) &&
                 (p->final_units = lti_alloc(links, sizeof *p->final_units)) &&
                 (p->link_units = lti_alloc(links, sizeof *p->link_units)) &&
                 (p->seats = lti_alloc(lt_count(ds, LT_ZONE), sizeof *p->seats));
    if (code == LT_OK && !whole) code = lti_fail_memory(error);
    if (code != LT_OK) return code;
    for (size_t i = 0; i < links; i++) {
        p->made[i] = gaps->producible.producible[i];
        p->wanting[i] = !gaps->coverage.present[i] && !lt_links(ds)[i].abstract;
    }
    weigh(p);
    place_seats(p);
    code = lti_zone_fits_init(&p->fits, ds, policy, p->wanting, error);
    return code == LT_OK ? close_links(p, error) : code;
}

void lti_problem_done(lti_problem *p)
{
    void *arrays[] = {p->made, p->wanting, p->closed, p->final_units, p->link_units, p->seats};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_zone_fits_done(&p->fits);
    lti_supply_done(&p->s);
    *p = (lti_problem){0};
}
