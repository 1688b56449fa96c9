/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Producible while picks are added. What becomes so with a pick lies downstream of it: were there a part of it that is not, that
   part would have sustained itself before. So all that is downstream is assumed, as far as it waits for no other pick, and what
   fails is dropped. */
#include <string.h>

#include "analysis/portfolio.h"
#include "core/error.h"
#include "core/memory.h"

static void count_member(const lti_growth *g, uint32_t link, uint32_t *counts, int by)
{
    const lti_supply *s = &g->p->s;
    for (uint32_t u = s->use_first[link]; u < s->use_first[link + 1]; u++) counts[s->use[u]] += (uint32_t)by;
}

/* Whether a link takes a pick before it can be made. */
static bool waits(const lti_growth *g, uint32_t link)
{
    return g->p->wanting[link] && !g->picked[link];
}

lt_code lti_growth_init(lti_growth *g, const lti_problem *p, const bool *closed, lt_error *error)
{
    size_t links = p->s.links, groups = (size_t)p->s.groups + 1;
    *g = (lti_growth){.p = p, .closed = closed ? closed : p->closed};
    bool whole = (g->made = lti_alloc(links, sizeof *g->made)) && (g->picked = lti_alloc(links, sizeof *g->picked)) &&
                 (g->met = lti_alloc(groups, sizeof *g->met)) && (g->hope = lti_alloc(groups, sizeof *g->hope)) &&
                 (g->fresh = lti_alloc(links, sizeof *g->fresh)) && (g->tried = lti_alloc(links, sizeof *g->tried)) &&
                 (g->extra = lti_alloc(groups, sizeof *g->extra)) && (g->dropped = lti_alloc(links, sizeof *g->dropped));
    if (!whole) return lti_fail_memory(error);
    for (uint32_t i = 0; i < links; i++) {
        g->made[i] = p->made[i];
        if (g->made[i]) count_member(g, i, g->met, 1);
        if (g->made[i] || (!g->closed[i] && !waits(g, i))) count_member(g, i, g->hope, 1);
    }
    return LT_OK;
}

void lti_growth_done(lti_growth *g)
{
    void *arrays[] = {g->made, g->picked, g->met, g->hope, g->fresh, g->tried, g->extra, g->dropped};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *g = (lti_growth){0};
}

static void assume(lti_growth *g, uint32_t link)
{
    const lti_supply *s = &g->p->s;
    if (g->tried[link] || !lti_growth_open(g, link)) return;
    for (uint32_t group = s->group_first[link]; group < s->group_first[link + 1]; group++)
        if (g->hope[group] < s->k[group]) return;
    g->tried[link] = true;
    g->fresh[g->fresh_count++] = link;
}

static void drop(lti_growth *g, uint32_t link, uint32_t *count)
{
    if (!g->tried[link]) return;
    g->tried[link] = false;
    g->dropped[(*count)++] = link;
}

static void drop_what_fails(lti_growth *g)
{
    const lti_supply *s = &g->p->s;
    uint32_t count = 0;
    for (uint32_t i = 0; i < g->fresh_count; i++)
        for (uint32_t group = s->group_first[g->fresh[i]]; group < s->group_first[g->fresh[i] + 1]; group++)
            if (g->met[group] + g->extra[group] < s->k[group]) drop(g, g->fresh[i], &count);
    while (count > 0) {
        uint32_t link = g->dropped[--count];
        for (uint32_t u = s->use_first[link]; u < s->use_first[link + 1]; u++) {
            uint32_t group = s->use[u];
            if (g->met[group] + g->extra[group]-- == s->k[group]) drop(g, s->consumer[group], &count);
        }
    }
}

/* Tries links that are picked already. */
static void spread(lti_growth *g, const uint32_t *links, uint32_t count)
{
    const lti_problem *p = g->p;
    const lti_supply *s = &p->s;
    g->fresh_count = 0;
    g->gain = (lti_gain){0};
    for (uint32_t i = 0; i < count; i++) assume(g, links[i]);
    for (uint32_t next = 0; next < g->fresh_count; next++) {
        uint32_t link = g->fresh[next];
        for (uint32_t u = s->use_first[link]; u < s->use_first[link + 1]; u++) {
            uint32_t consumer = s->consumer[s->use[u]];
            g->extra[s->use[u]]++;
            if (!waits(g, consumer)) assume(g, consumer);
        }
    }
    drop_what_fails(g);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < g->fresh_count; i++) {
        uint32_t link = g->fresh[i];
        if (!g->tried[link]) continue;
        g->tried[link] = false;
        count_member(g, link, g->extra, -1);
        g->gain.finals += p->final_units[link];
        g->gain.links += p->link_units[link];
        g->fresh[kept++] = link;
    }
    g->fresh_count = kept;
}

static void set_picked(lti_growth *g, const uint32_t *links, uint32_t count, bool picked)
{
    for (uint32_t i = 0; i < count; i++) {
        if (g->picked[links[i]] == picked) continue;
        g->picked[links[i]] = picked;
        if (!g->closed[links[i]]) count_member(g, links[i], g->hope, picked ? 1 : -1);
    }
}

void lti_growth_try(lti_growth *g, const uint32_t *links, uint32_t count)
{
    set_picked(g, links, count, true);
    spread(g, links, count);
    set_picked(g, links, count, false);
}

void lti_growth_pick(lti_growth *g, const uint32_t *links, uint32_t count)
{
    set_picked(g, links, count, true);
    spread(g, links, count);
    for (uint32_t i = 0; i < g->fresh_count; i++) {
        g->made[g->fresh[i]] = true;
        count_member(g, g->fresh[i], g->met, 1);
    }
}

lt_code lti_count_gain(const lti_problem *p, lti_picks *picks, lt_error *error)
{
    lti_growth g;
    lt_code code = lti_growth_init(&g, p, NULL, error);
    if (code == LT_OK) {
        lti_growth_try(&g, picks->link, picks->count);
        picks->gain = g.gain;
    }
    lti_growth_done(&g);
    return code;
}

lt_code lti_drop_idle(const lti_problem *p, lti_picks *picks, lt_error *error)
{
    lti_growth g;
    lt_code code = lti_growth_init(&g, p, NULL, error);
    if (code == LT_OK) {
        lti_growth_try(&g, picks->link, picks->count);
        picks->gain = g.gain;
        for (uint32_t i = picks->count; i-- > 0;) {
            uint32_t last = picks->count - 1, link = picks->link[i];
            picks->link[i] = picks->link[last];
            lti_growth_try(&g, picks->link, last);
            if (g.gain.finals == picks->gain.finals && g.gain.links == picks->gain.links) {
                picks->count = last;
            } else {
                picks->link[last] = picks->link[i];
                picks->link[i] = link;
            }
        }
    }
    lti_growth_done(&g);
    return code;
}
