/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bundles: picks that unlock only together, as a target and what it needs. Where a group leaves a choice, an estimate says which
   members seem to take the fewest picks: needs unfolded to a few steps of depth as if nothing were shared. */
#include <stdlib.h>
#include <string.h>

#include "analysis/portfolio.h"
#include "core/error.h"
#include "core/memory.h"

enum { ESTIMATE_ROUNDS = 8, PROPOSALS_PER_QUESTION = 64 };

static int ascending(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double group_estimate(lti_bundler *b, uint32_t group, double most)
{
    const lti_supply *supply = &b->p->s;
    uint32_t lacking = supply->k[group], count = 0;
    double sum = 0;
    if (b->g.met[group] >= lacking) return 0;
    lacking -= b->g.met[group];
    for (uint32_t m = supply->member_first[group]; m < supply->member_first[group + 1]; m++) {
        uint32_t member = supply->member[m];
        if (!b->g.made[member]) b->sorted[count++] = b->g.closed[member] ? most : b->picks_for[member];
    }
    if (lacking < count) qsort(b->sorted, count, sizeof *b->sorted, ascending);
    for (uint32_t i = 0; i < lacking; i++) sum += b->sorted[i];
    return sum;
}

/* Needs unfolded to a few steps of depth; a cycle would unfold for ever. */
void lti_estimate(lti_bundler *b)
{
    const lti_problem *p = b->p;
    double most = (double)p->pick + 1;
    for (uint32_t i = 0; i < p->s.links; i++) b->picks_for[i] = lti_growth_open(&b->g, i) && p->wanting[i];
    for (int round = 0; round < ESTIMATE_ROUNDS; round++) {
        for (uint32_t i = 0; i < p->s.links; i++) {
            b->next[i] = 0;
            if (!lti_growth_open(&b->g, i)) continue;
            double sum = p->wanting[i] && !b->g.picked[i];
            for (uint32_t g = p->s.group_first[i]; g < p->s.group_first[i + 1]; g++) sum += group_estimate(b, g, most);
            b->next[i] = sum < most ? sum : most;
        }
        double *swap = b->picks_for;
        b->picks_for = b->next;
        b->next = swap;
    }
}

static void need(lti_bundler *b, uint32_t link)
{
    if (b->needed[link] || b->g.made[link]) return;
    b->needed[link] = true;
    b->needs[b->needs_count++] = link;
    if (b->p->wanting[link] && !b->g.picked[link]) b->trial.link[b->trial.count++] = link;
}

/* Members that the group lacks beside those made and those needed already; *others: open members to take them from. */
static uint32_t lacking(const lti_bundler *b, uint32_t group, uint32_t *others)
{
    const lti_supply *supply = &b->p->s;
    uint32_t k = supply->k[group], have = 0;
    *others = 0;
    if (b->g.met[group] >= k) return 0;
    for (uint32_t m = supply->member_first[group]; m < supply->member_first[group + 1]; m++) {
        uint32_t member = supply->member[m];
        have += b->g.made[member] || b->needed[member];
        *others += lti_growth_open(&b->g, member) && !b->needed[member];
    }
    return have < k ? k - have : 0;
}

/* Takes the members that seem to need the fewest picks. */
static void choose(lti_bundler *b, uint32_t group, uint32_t count)
{
    const lti_supply *supply = &b->p->s;
    while (count-- > 0) {
        uint32_t best = UINT32_MAX;
        for (uint32_t m = supply->member_first[group]; m < supply->member_first[group + 1]; m++) {
            uint32_t member = supply->member[m];
            if (!lti_growth_open(&b->g, member) || b->needed[member]) continue;
            if (best == UINT32_MAX || b->picks_for[member] < b->picks_for[best]) best = member;
        }
        need(b, best);
    }
}

/* Groups without a choice are followed first: what they need may be a choice's member, too. */
bool lti_gather(lti_bundler *b, uint32_t target, uint32_t most)
{
    const lti_supply *supply = &b->p->s;
    uint32_t choices = 0, next = 0, next_choice = 0, others;
    b->needs_count = b->trial.count = 0;
    need(b, target);
    while (b->trial.count <= most && (next < b->needs_count || next_choice < choices)) {
        if (next == b->needs_count) {
            uint32_t group = b->choices[next_choice++];
            choose(b, group, lacking(b, group, &others));
            continue;
        }
        uint32_t link = b->needs[next++];
        for (uint32_t g = supply->group_first[link]; g < supply->group_first[link + 1] && b->trial.count <= most; g++) {
            uint32_t count = lacking(b, g, &others);
            if (count > 0 && count == others) choose(b, g, count);
            else if (count > 0) b->choices[choices++] = g;
        }
    }
    for (uint32_t i = 0; i < b->needs_count; i++) b->needed[b->needs[i]] = false;
    return b->trial.count <= most;
}

static int compare_ratio(uint64_t a, uint32_t a_count, uint64_t b, uint32_t b_count)
{
    uint64_t left = a * b_count, right = b * a_count;
    return left > right ? 1 : left < right ? -1 : 0;
}

/* By gain a pick; of equal ones the larger, which gets there sooner. */
static bool is_better(const lti_bundle *a, const lti_bundle *b)
{
    if (b->count == 0) return true;
    int by_finals = compare_ratio(a->gain.finals, a->count, b->gain.finals, b->count);
    if (by_finals != 0) return by_finals > 0;
    int by_links = compare_ratio(a->gain.links, a->count, b->gain.links, b->count);
    return by_links != 0 ? by_links > 0 : a->count > b->count;
}

static void propose(lti_bundler *b, uint32_t target, uint32_t most)
{
    if (!lti_gather(b, target, most) || b->trial.count == 0) return;
    lti_growth_try(&b->g, b->trial.link, b->trial.count);
    b->trial.gain = b->g.gain;
    if (!is_better(&b->trial, &b->best) || !lti_could_seat(&b->seating, b->trial.link, b->trial.count)) return;
    lti_bundle swap = b->best;
    b->best = b->trial;
    b->trial = swap;
}

/* Leaves out picks without which the bundle gains more a pick. */
static void thin_out(lti_bundler *b)
{
    for (uint32_t i = b->best.count; i-- > 0 && b->best.count > 1;) {
        lti_bundle less = {.link = b->trial.link};
        for (uint32_t j = 0; j < b->best.count; j++)
            if (j != i) less.link[less.count++] = b->best.link[j];
        lti_growth_try(&b->g, less.link, less.count);
        less.gain = b->g.gain;
        if (!is_better(&less, &b->best)) continue;
        b->trial.link = b->best.link;
        b->best = less;
    }
}

void lti_find_bundle(lti_bundler *b, const uint32_t *units, uint32_t most)
{
    b->best.count = 0;
    lti_estimate(b);
    for (uint32_t i = 0, proposals = 0; i < b->p->s.links; i++) {
        if (units[i] == 0 || !lti_growth_open(&b->g, i)) continue;
        if (proposals++ % PROPOSALS_PER_QUESTION == 0 && lti_problem_ended(b->p)) break;
        propose(b, i, most);
    }
    thin_out(b);
}

void lti_take(lti_bundler *b, const uint32_t *links, uint32_t count)
{
    lti_growth_pick(&b->g, links, count);
    lti_seat_all(&b->seating, links, count);
}

lt_code lti_bundler_init(lti_bundler *b, const lti_problem *p, const bool *closed, lt_error *error)
{
    size_t links = p->s.links, groups = (size_t)p->s.groups + 1;
    *b = (lti_bundler){.p = p};
    lt_code code = lti_growth_init(&b->g, p, closed, error);
    if (code == LT_OK) code = lti_seating_init(&b->seating, p, error);
    bool whole = code == LT_OK && (b->picks_for = lti_alloc(links, sizeof *b->picks_for)) &&
                 (b->next = lti_alloc(links, sizeof *b->next)) && (b->sorted = lti_alloc(links, sizeof *b->sorted)) &&
                 (b->needed = lti_alloc(links, sizeof *b->needed)) && (b->needs = lti_alloc(links, sizeof *b->needs)) &&
                 (b->choices = lti_alloc(groups, sizeof *b->choices)) && (b->trial.link = lti_alloc(links, sizeof(uint32_t))) &&
                 (b->best.link = lti_alloc(links, sizeof(uint32_t)));
    return code == LT_OK && !whole ? lti_fail_memory(error) : code;
}

void lti_bundler_done(lti_bundler *b)
{
    void *arrays[] = {b->picks_for, b->next, b->sorted, b->needed, b->needs, b->choices, b->trial.link, b->best.link};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_growth_done(&b->g);
    lti_seating_done(&b->seating);
}
