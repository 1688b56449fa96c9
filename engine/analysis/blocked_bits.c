/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocked finals, 512 failures at a time. */
#include "analysis/blocked.h"

#include <string.h>

#include "core/error.h"
#include "core/memory.h"

enum { WORDS = 8, BITS = 64 * WORDS };

/** 512 failures, a bit each. */
typedef struct {
    uint64_t word[WORDS];
} bits;

/** What is needed while one block of failures is followed. */
typedef struct {
    const lti_supply *s;
    const lti_parts *parts;
    bits *failed;    /* by link */
    bits *at_least;  /* scratch: at_least[j] = failures that bring down j + 1 of the members seen so far */
    uint32_t *queue; /* links of a part to look at again, a ring of the part's size */
    bool *queued;    /* by link */
    uint32_t lowest; /* first part with a failure of the block */
} block;

static void join(bits *to, const bits *from)
{
    for (int w = 0; w < WORDS; w++) to->word[w] |= from->word[w];
}

/* The failures that leave the group too few: those that at least size - k + 1 members share. */
static void add_group(const block *b, uint32_t group, bits *to)
{
    const lti_supply *s = b->s;
    uint32_t begin = s->member_first[group], size = s->member_first[group + 1] - begin, need = size - s->k[group] + 1;
    if (need == 1) {
        for (uint32_t m = 0; m < size; m++) join(to, &b->failed[s->member[begin + m]]);
        return;
    }
    memset(b->at_least, 0, need * sizeof *b->at_least);
    for (uint32_t m = 0; m < size; m++) {
        const bits *member = &b->failed[s->member[begin + m]];
        for (uint32_t j = need - 1; j > 0; j--)
            for (int w = 0; w < WORDS; w++) b->at_least[j].word[w] |= b->at_least[j - 1].word[w] & member->word[w];
        join(&b->at_least[0], member);
    }
    join(to, &b->at_least[need - 1]);
}

/* True when the link's bits have grown. */
static bool update(const block *b, uint32_t link)
{
    bits now = b->failed[link];
    for (uint32_t g = b->s->group_first[link]; g < b->s->group_first[link + 1]; g++) add_group(b, g, &now);
    if (memcmp(&now, &b->failed[link], sizeof now) == 0) return false;
    b->failed[link] = now;
    return true;
}

static void settle_part(const block *b, uint32_t part)
{
    const lti_parts *parts = b->parts;
    uint32_t begin = parts->first[part], size = parts->first[part + 1] - begin;
    if (size == 1) {
        update(b, parts->node[begin]);
        return;
    }
    uint32_t head = 0, waiting = size;
    for (uint32_t i = 0; i < size; i++) {
        b->queue[i] = parts->node[begin + i];
        b->queued[b->queue[i]] = true;
    }
    while (waiting > 0) {
        uint32_t link = b->queue[head];
        head = head + 1 == size ? 0 : head + 1;
        waiting--;
        b->queued[link] = false;
        if (!update(b, link)) continue;
        for (uint32_t e = b->s->out_first[link]; e < b->s->out_first[link + 1]; e++) {
            uint32_t consumer = b->s->out[e];
            if (parts->part[consumer] != part || b->queued[consumer]) continue;
            b->queue[(head + waiting++) % size] = consumer;
            b->queued[consumer] = true;
        }
    }
}

static void set_failures(block *b, uint32_t begin, uint32_t end)
{
    memset(b->failed, 0, b->s->links * sizeof *b->failed);
    b->lowest = b->parts->parts;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t link = b->parts->node[i]; /* in order of parts, so that a block touches few of them */
        b->failed[link].word[(i - begin) / 64] |= (uint64_t)1 << (i - begin) % 64;
        if (b->parts->part[link] < b->lowest) b->lowest = b->parts->part[link];
    }
}

static void tally(const block *b, uint32_t begin, const bool *final, const double *importance, uint32_t *count, double *weight)
{
    for (uint32_t f = 0; f < b->s->links; f++) {
        if (!final[f]) continue;
        for (int w = 0; w < WORDS; w++) {
            for (uint64_t rest = b->failed[f].word[w]; rest != 0; rest &= rest - 1) {
                uint32_t link = b->parts->node[begin + 64 * (uint32_t)w + (uint32_t)__builtin_ctzll(rest)];
                if (link == f) continue;
                count[link]++;
                weight[link] += importance[f];
            }
        }
    }
}

static uint32_t largest_group(const lti_supply *s)
{
    uint32_t largest = 1;
    for (uint32_t g = 0; g < s->groups; g++) {
        uint32_t size = s->member_first[g + 1] - s->member_first[g];
        if (size > largest) largest = size;
    }
    return largest;
}

lt_code lti_blocked_by_bits(const lti_supply *s, const lti_parts *parts, const bool *final, const double *importance,
                            uint32_t *count, double *weight, lt_error *error)
{
    block b = {.s = s,
               .parts = parts,
               .failed = lti_alloc(s->links, sizeof *b.failed),
               .at_least = lti_alloc(largest_group(s), sizeof *b.at_least),
               .queue = lti_alloc(s->links, sizeof *b.queue),
               .queued = lti_alloc(s->links, sizeof *b.queued)};
    bool whole = b.failed && b.at_least && b.queue && b.queued;
    for (uint32_t begin = 0; begin < s->links && whole; begin += BITS) {
        uint32_t end = s->links - begin > BITS ? begin + BITS : s->links;
        set_failures(&b, begin, end);
        for (uint32_t part = b.lowest; part < parts->parts; part++) settle_part(&b, part);
        tally(&b, begin, final, importance, count, weight);
    }
    lti_free(b.failed);
    lti_free(b.at_least);
    lti_free(b.queue);
    lti_free(b.queued);
    return whole ? LT_OK : lti_fail_memory(error);
}
