/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The greatest producible set grows only downstream of the link that comes: were there a part of the growth that it does
   not reach, that part could have been producible before. So the growth is looked for among the links that it reaches and
   that are present or abstract, and shrunk from there to what its groups allow. */
#include "analysis/unlock_count.h"

#include "core/error.h"
#include "core/memory.h"

lt_code lti_unlock_counter_init(lti_unlock_counter *c, const lt_dataset *ds, const lti_supply *s, const lt_gaps *gaps,
                                lt_error *error)
{
    *c = (lti_unlock_counter){.ds = ds, .s = s, .present = gaps->coverage.present, .producible = gaps->producible.producible};
    bool whole = (c->have = lti_alloc(s->groups, sizeof *c->have)) && (c->left = lti_alloc(s->groups, sizeof *c->left)) &&
                 (c->touched = lti_alloc(s->groups, sizeof *c->touched)) && (c->seen = lti_alloc(s->links, sizeof *c->seen)) &&
                 (c->reached = lti_alloc(s->links, sizeof *c->reached)) && (c->dropped = lti_alloc(s->links, sizeof *c->dropped)) &&
                 (c->out = lti_alloc(s->links, sizeof *c->out));
    if (!whole) return lti_fail_memory(error);
    for (uint32_t g = 0; g < s->groups; g++)
        for (uint32_t m = s->member_first[g]; m < s->member_first[g + 1]; m++) c->have[g] += c->producible[s->member[m]];
    return LT_OK;
}

void lti_unlock_counter_done(lti_unlock_counter *c)
{
    void *arrays[] = {c->have, c->left, c->seen, c->touched, c->reached, c->dropped, c->out};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *c = (lti_unlock_counter){0};
}

static uint32_t *left_of(lti_unlock_counter *c, uint32_t group)
{
    if (c->touched[group] != c->round) {
        c->touched[group] = c->round;
        c->left[group] = c->have[group];
    }
    return &c->left[group];
}

/* Lists what may grow, and counts it in the groups that it is a member of. */
static uint32_t reach(lti_unlock_counter *c, uint32_t link)
{
    const lti_supply *s = c->s;
    uint32_t count = 0;
    c->reached[count++] = link;
    c->seen[link] = c->round;
    for (uint32_t next = 0; next < count; next++) {
        uint32_t member = c->reached[next];
        c->out[member] = false;
        c->steps += 1 + s->use_first[member + 1] - s->use_first[member];
        for (uint32_t u = s->use_first[member]; u < s->use_first[member + 1]; u++) {
            uint32_t consumer = s->consumer[s->use[u]];
            ++*left_of(c, s->use[u]);
            bool may_grow = !c->producible[consumer] && (c->present[consumer] || lt_links(c->ds)[consumer].abstract);
            if (!may_grow || c->seen[consumer] == c->round) continue;
            c->seen[consumer] = c->round;
            c->reached[count++] = consumer;
        }
    }
    return count;
}

static void shrink(lti_unlock_counter *c, uint32_t count)
{
    const lti_supply *s = c->s;
    uint32_t dropped = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t link = c->reached[i];
        for (uint32_t g = s->group_first[link]; g < s->group_first[link + 1]; g++) c->out[link] |= *left_of(c, g) < s->k[g];
        if (c->out[link]) c->dropped[dropped++] = link;
    }
    for (uint32_t next = 0; next < dropped; next++) {
        uint32_t link = c->dropped[next];
        for (uint32_t u = s->use_first[link]; u < s->use_first[link + 1]; u++) {
            uint32_t group = s->use[u], consumer = s->consumer[group];
            if (--*left_of(c, group) >= s->k[group] || c->seen[consumer] != c->round || c->out[consumer]) continue;
            c->out[consumer] = true;
            c->dropped[dropped++] = consumer;
        }
    }
}

uint32_t lti_unlock_count(lti_unlock_counter *c, uint32_t link, uint32_t *unlocked)
{
    if (c->present[link]) return 0;
    c->round++;
    uint32_t reached = reach(c, link), count = 0;
    shrink(c, reached);
    for (uint32_t i = 0; i < reached; i++) {
        uint32_t grown = c->reached[i];
        if (c->out[grown] || lt_links(c->ds)[grown].abstract) continue;
        if (unlocked) unlocked[count] = grown;
        count++;
    }
    return count;
}
