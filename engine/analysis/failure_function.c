/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A target's failure as a decision diagram.
 *
 * A link is vital when the target fails as soon as it does; the target itself is. Wherever a vital link has failed the
 * target's failure is settled, so that everything else may be worked out as if none could: the target fails when some
 * vital link does by its own fall or by links that are not vital, in whose functions all vital ones count as sound.
 * That takes most circles apart, and most of the work.
 */
#include <string.h>

#include "analysis/failure.h"
#include "core/error.h"
#include "core/memory.h"
#include "graph/components.h"

enum { VITAL_WORK = 50000000 }; /* members looked at while vital links are sought; those not found do no harm */

typedef struct {
    lti_diagram *d;
    const lti_cone *cone;
    bool *vital;                    /* by link */
    uint32_t *member;               /* strongly connected part of each link */
    uint32_t *part_first, *in_part; /* links by part, last numbered first */
    uint32_t *order;                /* parts, suppliers before consumers */
    uint32_t parts;
    lti_ref *function; /* by link; of vital ones never */
    lti_ref *own;      /* of vital links: failure by what is not vital */
    lti_ref *operands, *terms;
    uint32_t *queue; /* links of a part still to be worked out, a ring */
    bool *queued;
} builder;

/* Whether the target fails when one link does. Leaves `down` and `failed` as they were: zero, but for what fails anyway. */
static bool is_vital(const lti_cone *c, uint32_t link, uint32_t *down, bool *failed, uint32_t *list, size_t *work)
{
    uint32_t count = 0, next = 0;
    list[count++] = link;
    failed[link] = true;
    for (; next < count && !failed[0]; next++) {
        *work += c->use_first[list[next] + 1] - c->use_first[list[next]];
        for (uint32_t u = c->use_first[list[next]]; u < c->use_first[list[next] + 1]; u++) {
            uint32_t group = c->use[u], consumer = c->consumer[group];
            if (++down[group] < c->need[group] || failed[consumer]) continue;
            failed[consumer] = true;
            list[count++] = consumer;
        }
    }
    bool vital = failed[0];
    while (next-- > 0)
        for (uint32_t u = c->use_first[list[next]]; u < c->use_first[list[next] + 1]; u++) down[c->use[u]]--;
    while (count-- > 0) failed[list[count]] = false;
    return vital;
}

static bool find_vital(builder *b)
{
    const lti_cone *c = b->cone;
    uint32_t *down = lti_alloc(c->groups, sizeof *down), *list = lti_alloc(c->count, sizeof *list);
    bool *failed = lti_alloc(c->count, sizeof *failed), whole = down && list && failed;
    size_t work = 0;
    for (uint32_t i = 0; whole && i < c->count && work < VITAL_WORK; i++) b->vital[i] = is_vital(c, i, down, failed, list, &work);
    lti_free(down);
    lti_free(list);
    lti_free(failed);
    return whole;
}

/* Parts by link, links by part, and an order of the parts by taking away those whose suppliers are all in it (Kahn). */
static lt_code find_parts(builder *b, lt_error *error)
{
    const lti_cone *c = b->cone;
    size_t edges = 0, members = c->member_first[c->groups];
    uint32_t parts = 0, ordered = 0;
    uint32_t *from = lti_alloc(members, sizeof *from), *to = lti_alloc(members, sizeof *to);
    uint32_t *waiting = lti_alloc(c->count, sizeof *waiting); /* by part: edges from parts not yet in order */
    lt_code code = from && to && waiting ? LT_OK : lti_fail_memory(error);
    if (code != LT_OK) goto done;
    for (uint32_t g = 0; g < c->groups; g++) {
        for (uint32_t m = c->member_first[g]; m < c->member_first[g + 1]; m++) {
            if (b->vital[c->member[m]]) continue;
            from[edges] = c->member[m];
            to[edges++] = c->consumer[g];
        }
    }
    code = lti_strong_components(c->count, from, to, edges, b->member, &parts, error);
    if (code != LT_OK) goto done;

    for (uint32_t i = 0; i < c->count; i++) b->part_first[b->member[i] + 1]++;
    for (uint32_t p = 0; p < parts; p++) b->part_first[p + 1] += b->part_first[p];
    for (uint32_t i = c->count; i-- > 0;) b->in_part[b->part_first[b->member[i]]++] = i;
    memmove(b->part_first + 1, b->part_first, parts * sizeof *b->part_first);
    b->part_first[0] = 0;

    for (size_t e = 0; e < edges; e++) waiting[b->member[to[e]]] += b->member[from[e]] != b->member[to[e]];
    for (uint32_t p = 0; p < parts; p++)
        if (waiting[p] == 0) b->order[ordered++] = p;
    for (uint32_t next = 0; next < ordered; next++) {
        uint32_t part = b->order[next];
        for (uint32_t i = b->part_first[part]; i < b->part_first[part + 1]; i++) {
            uint32_t link = b->in_part[i];
            if (b->vital[link]) continue;
            for (uint32_t u = c->use_first[link]; u < c->use_first[link + 1]; u++) {
                uint32_t consumer = b->member[c->consumer[c->use[u]]];
                if (consumer != part && --waiting[consumer] == 0) b->order[ordered++] = consumer;
            }
        }
    }

    b->parts = parts;

done:
    lti_free(from);
    lti_free(to);
    lti_free(waiting);
    return code;
}

/* Failure of a link by its own fall and its suppliers' functions as they stand. */
static lti_ref work_out(builder *b, uint32_t link)
{
    const lti_cone *c = b->cone;
    size_t terms = 0;
    if (c->variable[link] != LTI_NO_VARIABLE) b->terms[terms++] = lti_bdd_variable(b->d, c->variable[link]);
    for (uint32_t g = c->group_first[link]; g < c->group_first[link + 1]; g++) {
        uint32_t members = c->member_first[g + 1] - c->member_first[g];
        for (uint32_t m = 0; m < members; m++) b->operands[m] = b->function[c->member[c->member_first[g] + m]];
        b->terms[terms++] = lti_bdd_at_least(b->d, b->operands, members, c->need[g]);
    }
    return lti_bdd_any(b->d, b->terms, terms);
}

/* Works the links of a part out, and again while a supplier among them has changed. */
static void settle(builder *b, uint32_t part)
{
    const lti_cone *c = b->cone;
    uint32_t begin = b->part_first[part], size = b->part_first[part + 1] - begin;
    size_t head = 0, waiting = size;
    memcpy(b->queue, b->in_part + begin, size * sizeof *b->queue);
    for (uint32_t i = 0; i < size; i++) b->queued[b->queue[i]] = true;
    while (waiting > 0) {
        uint32_t link = b->queue[head];
        head = (head + 1) % size;
        waiting--;
        b->queued[link] = false;
        lti_ref function = work_out(b, link);
        if (b->vital[link]) {
            b->own[link] = function;
            return; /* a part by itself: nothing is worked out from it */
        }
        if (function == b->function[link]) continue;
        b->function[link] = function;
        if (function == LTI_NO_REF) return;
        for (uint32_t u = c->use_first[link]; u < c->use_first[link + 1]; u++) {
            uint32_t consumer = c->consumer[c->use[u]];
            if (b->member[consumer] != part || b->queued[consumer]) continue;
            b->queue[(head + waiting++) % size] = consumer;
            b->queued[consumer] = true;
        }
    }
}

static bool reserve(builder *b)
{
    size_t links = (size_t)b->cone->count + 1, most = 0, groups = 0;
    for (uint32_t g = 0; g < b->cone->groups; g++) {
        size_t members = b->cone->member_first[g + 1] - b->cone->member_first[g];
        if (members > most) most = members;
    }
    for (uint32_t i = 0; i < b->cone->count; i++) {
        size_t own = b->cone->group_first[i + 1] - b->cone->group_first[i];
        if (own > groups) groups = own;
    }
    return (b->vital = lti_alloc(links, sizeof *b->vital)) && (b->own = lti_alloc(links, sizeof *b->own)) &&
           (b->member = lti_alloc(links, sizeof *b->member)) && (b->part_first = lti_alloc(links + 1, sizeof *b->part_first)) &&
           (b->in_part = lti_alloc(links, sizeof *b->in_part)) && (b->order = lti_alloc(links, sizeof *b->order)) &&
           (b->function = lti_alloc(links, sizeof *b->function)) && (b->operands = lti_alloc(most, sizeof *b->operands)) &&
           (b->terms = lti_alloc(groups + 1, sizeof *b->terms)) && (b->queue = lti_alloc(links, sizeof *b->queue)) &&
           (b->queued = lti_alloc(links, sizeof *b->queued));
}

lt_code lti_failure_function(lti_diagram *d, const lti_cone *cone, lti_ref *out, lt_error *error)
{
    builder b = {.d = d, .cone = cone};
    lt_code code = reserve(&b) && find_vital(&b) ? LT_OK : lti_fail_memory(error);
    if (code == LT_OK) code = find_parts(&b, error);
    if (code != LT_OK) goto done;
    for (uint32_t i = 0; i < cone->count; i++) b.function[i] = LTI_FALSE;
    for (uint32_t next = 0; next < b.parts && lti_diagram_state(d) == LTI_DIAGRAM_WHOLE; next++) settle(&b, b.order[next]);
    uint32_t vitals = 0;
    for (uint32_t i = 0; i < cone->count; i++)
        if (b.vital[i]) b.own[vitals++] = b.own[i];
    lti_ref failure = lti_bdd_any(d, b.own, vitals);
    if (lti_diagram_state(d) == LTI_DIAGRAM_MEMORY) code = lti_fail_memory(error);
    else *out = lti_diagram_state(d) == LTI_DIAGRAM_WHOLE ? failure : LTI_NO_REF;

done:
    lti_free(b.vital);
    lti_free(b.own);
    lti_free(b.member);
    lti_free(b.part_first);
    lti_free(b.in_part);
    lti_free(b.order);
    lti_free(b.function);
    lti_free(b.operands);
    lti_free(b.terms);
    lti_free(b.queue);
    lti_free(b.queued);
    return code;
}
