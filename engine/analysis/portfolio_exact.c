/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Portfolio as three 0-1 programs, one an aim, each holding what those before it have reached. One variable a link says that it
 * becomes producible; of a link that has to be picked it says so too, as a pick that does not become producible is of no use.
 * Any set that fits lies in the greatest one, and the greatest one fits, so cycles need no more. Gains are whole units, so that
 * a bound below the next unit is proof, and what the solver says is counted again by the fixpoint.
 */
#include <math.h>
#include <string.h>

#include "analysis/portfolio.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/memory.h"
#include "decision/mip.h"
#include "graph/parts.h"

#define NOT_THERE UINT32_MAX

/* The solver's sums are trusted to this part of a unit and of themselves. */
static const double tolerance = 1e-6, relative_tolerance = 1e-9;

typedef struct {
    const lti_problem *p;
    lti_mip *mip;
    uint32_t *variable;        /* by link; NOT_THERE = it does not matter */
    uint32_t *link;            /* by variable */
    uint32_t links, variables; /* variables of links; those of seats stand behind them */
    uint32_t *seat_zone;       /* by seat */
    uint32_t *column;          /* of the row being written */
    double *factor;
    double *start; /* by variable */
} program;

static void add_link(program *x, uint32_t link)
{
    if (x->variable[link] != NOT_THERE || x->p->made[link] || x->p->closed[link]) return;
    x->variable[link] = lti_mip_variable(x->mip, 0);
    x->link[x->links++] = link;
}

/* Links from which some gain can be reached. */
static void add_links(program *x, bool links_count)
{
    const lti_problem *p = x->p;
    for (uint32_t i = 0; i < p->s.links; i++)
        if (p->final_units[i] > 0 || (links_count && p->link_units[i] > 0)) add_link(x, i);
    for (uint32_t next = 0; next < x->links; next++)
        for (uint32_t g = p->s.group_first[x->link[next]]; g < p->s.group_first[x->link[next] + 1]; g++)
            for (uint32_t m = p->s.member_first[g]; m < p->s.member_first[g + 1]; m++) add_link(x, p->s.member[m]);
    x->variables = x->links;
}

/* k·consumer ≤ Σ members, less what is made; where every member is needed, consumer ≤ each of them, which is sharper. */
static lt_code add_group(program *x, uint32_t group, lt_error *error)
{
    const lti_supply *s = &x->p->s;
    uint32_t lacking = s->k[group], count = 0, consumer = x->variable[s->consumer[group]];
    for (uint32_t m = s->member_first[group]; m < s->member_first[group + 1]; m++) {
        uint32_t member = s->member[m];
        if (x->p->made[member] && --lacking == 0) return LT_OK;
        if (x->variable[member] == NOT_THERE) continue;
        x->column[count] = x->variable[member];
        x->factor[count++] = -1;
    }
    if (lacking < count) {
        x->column[count] = consumer;
        x->factor[count] = lacking;
        return lti_mip_row(x->mip, x->column, x->factor, (size_t)count + 1, -INFINITY, 0, error);
    }
    lt_code code = LT_OK;
    for (uint32_t i = 0; i < count && code == LT_OK; i++)
        code = lti_mip_row(x->mip, (uint32_t[]){consumer, x->column[i]}, (double[]){1, -1}, 2, -INFINITY, 0, error);
    return code;
}

/** What a link counts in a sum. */
typedef double factor_of(const lti_problem *p, uint32_t link);

static double pick_factor(const lti_problem *p, uint32_t link)
{
    return p->wanting[link];
}
static double final_factor(const lti_problem *p, uint32_t link)
{
    return p->final_units[link];
}
static double link_factor(const lti_problem *p, uint32_t link)
{
    return p->link_units[link];
}

static lt_code add_sum(program *x, factor_of *factor, double lower, double upper, lt_error *error)
{
    size_t count = 0;
    for (uint32_t v = 0; v < x->links; v++) {
        double value = factor(x->p, x->link[v]);
        if (value == 0) continue;
        x->column[count] = v;
        x->factor[count++] = value;
    }
    return count > 0 ? lti_mip_row(x->mip, x->column, x->factor, count, lower, upper, error) : LT_OK;
}

/* The seats that a pick may take, one of which it takes. They need not be whole: where they can be shared out at all, whole
   ones can (the matching polytope of a bipartite graph). */
static lt_code seat_link(program *x, uint32_t link, lt_error *error)
{
    const lti_zone_fits *fits = &x->p->fits;
    size_t count = 0;
    x->column[count] = x->variable[link];
    x->factor[count++] = 1;
    for (uint32_t f = fits->first[link]; f < fits->first[link + 1]; f++) {
        if (x->p->seats[fits->fit[f].zone] == 0) continue;
        x->column[count] = lti_mip_share(x->mip, 0);
        x->factor[count++] = -1;
        x->seat_zone[x->variables++ - x->links] = fits->fit[f].zone;
    }
    return lti_mip_row(x->mip, x->column, x->factor, count, -INFINITY, 0, error);
}

static lt_code limit_zones(program *x, uint32_t *first, uint32_t *listed, uint32_t *values, lt_error *error)
{
    uint32_t zones = (uint32_t)lt_count(x->p->ds, LT_ZONE), seats = x->variables - x->links;
    lt_code code = LT_OK;
    for (uint32_t i = 0; i < seats; i++) {
        values[i] = x->links + i;
        x->factor[i] = 1;
    }
    lti_bucket(x->seat_zone, values, seats, zones, first, listed);
    for (uint32_t z = 0; z < zones && code == LT_OK; z++)
        if (first[z + 1] > first[z])
            code = lti_mip_row(x->mip, listed + first[z], x->factor, first[z + 1] - first[z], -INFINITY, x->p->seats[z], error);
    return code;
}

static lt_code add_seats(program *x, lt_error *error)
{
    const lti_problem *p = x->p;
    size_t zones = lt_count(p->ds, LT_ZONE), room = (size_t)p->fits.first[p->s.links] + 1;
    uint32_t *first = lti_alloc(zones + 2, sizeof *first), *listed = lti_alloc(room, sizeof *listed);
    uint32_t *values = lti_alloc(room, sizeof *values);
    lt_code code = first && listed && values ? LT_OK : lti_fail_memory(error);
    for (uint32_t v = 0; v < x->links && code == LT_OK; v++)
        if (p->wanting[x->link[v]] && !lti_seatless(p, x->link[v])) code = seat_link(x, x->link[v], error);
    if (code == LT_OK) code = limit_zones(x, first, listed, values, error);
    lti_free(first);
    lti_free(listed);
    lti_free(values);
    return code;
}

static lt_code build(program *x, const lti_problem *p, bool links_count, lt_error *error)
{
    size_t links = p->s.links, seats = p->fits.first[links], room = links + seats + 1;
    *x = (program){.p = p, .mip = lti_mip_new()};
    bool whole = x->mip && (x->variable = lti_alloc(links, sizeof *x->variable)) && (x->link = lti_alloc(links, sizeof *x->link)) &&
                 (x->seat_zone = lti_alloc(seats, sizeof *x->seat_zone)) && (x->column = lti_alloc(room, sizeof *x->column)) &&
                 (x->factor = lti_alloc(room, sizeof *x->factor)) && (x->start = lti_alloc(room, sizeof *x->start));
    if (!whole) return lti_fail_memory(error);
    for (size_t i = 0; i < links; i++) x->variable[i] = NOT_THERE;
    add_links(x, links_count);
    lt_code code = LT_OK;
    for (uint32_t v = 0; v < x->links && code == LT_OK; v++)
        for (uint32_t g = p->s.group_first[x->link[v]]; g < p->s.group_first[x->link[v] + 1] && code == LT_OK; g++)
            code = add_group(x, g, error);
    if (code == LT_OK) code = add_sum(x, pick_factor, -INFINITY, p->pick, error);
    return code == LT_OK ? add_seats(x, error) : code;
}

static void program_done(program *x)
{
    void *arrays[] = {x->variable, x->link, x->seat_zone, x->column, x->factor, x->start};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_mip_free(x->mip);
    *x = (program){0};
}

/* The picks as a solution of the program. */
static lt_code write_start(program *x, const lti_picks *picks, lt_error *error)
{
    const lti_problem *p = x->p;
    lti_growth g = {0};
    lti_seating s = {0};
    lt_code code = lti_growth_init(&g, p, NULL, error);
    if (code == LT_OK) code = lti_seating_init(&s, p, error);
    if (code == LT_OK) {
        lti_growth_pick(&g, picks->link, picks->count);
        lti_seat_all(&s, picks->link, picks->count);
        uint32_t seat = x->links;
        for (uint32_t v = 0; v < x->links; v++) {
            uint32_t link = x->link[v];
            x->start[v] = g.made[link];
            if (!p->wanting[link] || lti_seatless(p, link)) continue;
            for (uint32_t f = p->fits.first[link]; f < p->fits.first[link + 1]; f++)
                if (p->seats[p->fits.fit[f].zone] > 0) x->start[seat++] = g.made[link] && s.zone[link] == p->fits.fit[f].zone;
        }
    }
    lti_growth_done(&g);
    lti_seating_done(&s);
    return code;
}

/* The picks of the program's solution, where they give what the solver says and are better than those there are. */
static lt_code read_picks(const program *x, lti_picks *picks, lti_proof *proof, lt_error *error)
{
    const lti_problem *p = x->p;
    lti_seating s = {0};
    lti_picks found = {.link = lti_alloc((size_t)x->links + 1, sizeof *found.link)};
    lt_code code = found.link ? lti_seating_init(&s, p, error) : lti_fail_memory(error);
    for (uint32_t v = 0; v < x->links && code == LT_OK; v++)
        if (p->wanting[x->link[v]] && lti_mip_value(x->mip, v)) found.link[found.count++] = x->link[v];
    bool allowed = code == LT_OK && found.count <= p->pick && lti_could_seat(&s, found.link, found.count);
    if (allowed) code = lti_count_gain(p, &found, error);
    if (code == LT_OK && allowed && lti_picks_better(&found, picks)) {
        memcpy(picks->link, found.link, found.count * sizeof *found.link);
        picks->count = found.count;
        picks->gain = found.gain;
        proof->improved = true;
    }
    lti_seating_done(&s);
    lti_free(found.link);
    return code;
}

/* Solves for one aim, beginning with the picks. *bound: whole units (or picks) that no answer is better than. */
static lt_code solve(program *x, factor_of *aim, bool maximise, lti_picks *picks, lti_proof *proof, double *bound, lt_error *error)
{
    lti_mip_result result = {.bound = NAN};
    const lt_portfolio_options *o = x->p->options;
    double left = x->p->end - lti_clock();
    lti_mip_options options = {
        .maximise = maximise, .seconds = isinf(left) ? 0 : left, .start = x->start, .stop = o->stop, .context = o->context};
    *bound = NAN;
    if (left <= 0) return LT_OK;
    lt_code code = write_start(x, picks, error);
    for (uint32_t v = 0; v < x->links; v++) lti_mip_cost(x->mip, v, aim(x->p, x->link[v]));
    if (code == LT_OK) code = lti_mip_solve(x->mip, &options, &result, error);
    if (code == LT_OK && result.found) code = read_picks(x, picks, proof, error);
    double slack = tolerance + relative_tolerance * fabs(result.bound);
    *bound = maximise ? floor(result.bound + slack) : ceil(result.bound - slack);
    return code;
}

static double sum_open(const lti_problem *p, factor_of *factor)
{
    double sum = 0;
    for (uint32_t i = 0; i < p->s.links; i++)
        if (!p->made[i] && !p->closed[i]) sum += factor(p, i);
    return sum;
}

/* @return through *proven whether the picks reach the most that is possible. */
static lt_code reach_finals(const lti_problem *p, lti_picks *picks, lti_proof *proof, bool *proven, lt_error *error)
{
    program x = {0};
    double bound, all = sum_open(p, final_factor);
    lt_code code = LT_OK;
    proof->bound = all;
    if ((double)picks->gain.finals < all) {
        code = build(&x, p, false, error);
        if (code == LT_OK) code = solve(&x, final_factor, true, picks, proof, &bound, error);
        if (code == LT_OK && bound < all) proof->bound = fmax(bound, (double)picks->gain.finals);
        program_done(&x);
    }
    *proven = code == LT_OK && proof->bound <= (double)picks->gain.finals;
    return code;
}

static lt_code reach_links(const lti_problem *p, lti_picks *picks, lti_proof *proof, lt_error *error)
{
    program x = {0};
    double bound = sum_open(p, link_factor), fewest = NAN;
    lt_code code = build(&x, p, true, error);
    if (code == LT_OK) code = add_sum(&x, final_factor, (double)picks->gain.finals, INFINITY, error);
    if (code == LT_OK && (double)picks->gain.links < bound) code = solve(&x, link_factor, true, picks, proof, &bound, error);
    bool proven = code == LT_OK && bound <= (double)picks->gain.links;
    if (proven) code = add_sum(&x, link_factor, (double)picks->gain.links, INFINITY, error);
    if (picks->count == 0) fewest = 0;
    else if (proven && code == LT_OK) code = solve(&x, pick_factor, false, picks, proof, &fewest, error);
    proof->optimal = proven && code == LT_OK && fewest >= (double)picks->count;
    program_done(&x);
    return code;
}

lt_code lti_portfolio_exact(const lti_problem *p, lti_picks *picks, lti_proof *proof, lt_error *error)
{
    bool proven;
    *proof = (lti_proof){.bound = NAN};
    lt_code code = reach_finals(p, picks, proof, &proven, error);
    if (code == LT_OK && proven && proof->improved) code = lti_portfolio_greedy(p, picks, error);
    if (code == LT_OK && proven && !lti_problem_ended(p)) code = reach_links(p, picks, proof, error);
    return code;
}
