/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families of sets: minimal solutions (Rauzy 1993, Reliability Engineering & System Safety 40:203-211), cuts by size,
   and what is counted on them. */
#include <math.h>

#include "core/memory.h"
#include "decision/table.h"

enum { TAKE_TRUE, TAKE_TRUE_DUAL, AT_MOST, EXACTLY };

lti_ref lti_zdd_node(lti_diagram *d, uint32_t variable, lti_ref high, lti_ref low)
{
    return high == LTI_FALSE ? low : lti_table_find(d, variable, high, low);
}

/*
 * Takes from the family a every set on which the monotone function b is true (its dual, where c says so).
 *
 * b is at the empty set what its low branches lead to, so that a monotone b that is no leaf is false there. The dual of
 * (v, high, low) is (v, dual of low, dual of high), with the leaves changed over.
 */
static bool take_true(const lti_diagram *d, lti_task *t, lti_split *split, lti_ref *result)
{
    bool dual = t->c == LTI_OPERATION(TAKE_TRUE_DUAL);
    const lti_table_node *family = &d->node[t->a];
    while (t->a > LTI_TRUE && t->b > LTI_TRUE && d->node[t->b].variable < family->variable)
        t->b = dual ? d->node[t->b].high : d->node[t->b].low; /* a variable that no set has any more */
    if (t->a <= LTI_TRUE || t->b <= LTI_TRUE) {
        bool taken = t->b <= LTI_TRUE && (t->b == LTI_TRUE) != dual;
        *result = taken ? LTI_FALSE : t->a;
        return true;
    }
    const lti_table_node *f = &d->node[t->b];
    bool both = f->variable == family->variable;
    split->variable = family->variable;
    split->high = (lti_task){family->high, !both ? t->b : dual ? f->low : f->high, t->c};
    split->low = (lti_task){family->low, !both ? t->b : dual ? f->high : f->low, t->c};
    return false;
}

lti_ref lti_zdd_minimal(lti_diagram *d, lti_ref f, bool dual)
{
    if (f == LTI_NO_REF || f <= LTI_TRUE) return f == LTI_NO_REF ? f : dual ? 1 - f : f;
    lti_copy copy;
    lti_ref *minimal = NULL, result = LTI_NO_REF;
    bool whole = lti_copy_init(&copy, d, f) && (minimal = lti_alloc(copy.count, sizeof *minimal));
    if (!whole) {
        lti_table_no_memory(d);
        goto done;
    }
    minimal[dual ? LTI_FALSE : LTI_TRUE] = LTI_TRUE;
    for (size_t i = 2; i < copy.count && d->state == LTI_DIAGRAM_WHOLE; i++) {
        const lti_table_node *node = &d->node[copy.ref[i]];
        uint32_t with = dual ? copy.low[i] : copy.high[i], without = dual ? copy.high[i] : copy.low[i];
        lti_task task = {minimal[with], dual ? node->high : node->low, LTI_OPERATION(dual ? TAKE_TRUE_DUAL : TAKE_TRUE)};
        lti_ref rest = lti_table_run(d, take_true, lti_zdd_node, task);
        minimal[i] = rest == LTI_NO_REF ? rest : lti_zdd_node(d, copy.variable[i], rest, minimal[without]);
    }
    if (d->state == LTI_DIAGRAM_WHOLE) result = minimal[copy.count - 1];

done:
    lti_free(minimal);
    lti_copy_done(&copy);
    return result;
}

/* The sets of a with at most, or exactly, b elements. */
static bool of_size(const lti_diagram *d, lti_task *t, lti_split *split, lti_ref *result)
{
    if (t->b == 0)
        while (t->a > LTI_TRUE) t->a = d->node[t->a].low; /* is the empty set in it? */
    if (t->a <= LTI_TRUE) {
        *result = t->b > 0 && t->c == LTI_OPERATION(EXACTLY) ? LTI_FALSE : t->a;
        return true;
    }
    const lti_table_node *family = &d->node[t->a];
    *split = (lti_split){family->variable, {family->high, t->b - 1, t->c}, {family->low, t->b, t->c}};
    return false;
}

lti_ref lti_zdd_at_most(lti_diagram *d, lti_ref z, uint32_t size)
{
    if (size > LTI_REF_LIMIT) return z; /* more than there are variables */
    return lti_table_run(d, of_size, lti_zdd_node, (lti_task){z, size, LTI_OPERATION(AT_MOST)});
}

lti_ref lti_zdd_exactly(lti_diagram *d, lti_ref z, uint32_t size)
{
    if (size > LTI_REF_LIMIT) return LTI_FALSE;
    return lti_table_run(d, of_size, lti_zdd_node, (lti_task){z, size, LTI_OPERATION(EXACTLY)});
}

bool lti_zdd_variables(lti_diagram *d, lti_ref z, bool *occurs)
{
    lti_copy copy;
    bool whole = lti_copy_init(&copy, d, z);
    for (size_t i = 2; whole && i < copy.count; i++) occurs[copy.variable[i]] = true;
    lti_copy_done(&copy);
    return whole;
}

double lti_zdd_count(lti_diagram *d, lti_ref z)
{
    lti_copy copy;
    double *count = NULL, result = NAN;
    if (lti_copy_init(&copy, d, z) && (count = lti_alloc(copy.count + 1, sizeof *count))) {
        count[LTI_TRUE] = 1;
        for (size_t i = 2; i < copy.count; i++) count[i] = count[copy.high[i]] + count[copy.low[i]];
        result = count[copy.count - 1];
    } else if (z != LTI_NO_REF) {
        lti_table_no_memory(d);
    }
    lti_free(count);
    lti_copy_done(&copy);
    return result;
}

/** Sizes of the sets below each node, and counts of the size at hand and the one before. */
typedef struct {
    uint32_t *least, *most;   /* least > most = no sets */
    double *count[2];         /* by size & 1 */
    uint32_t *starts, *first; /* nodes by least size, ascending */
    uint32_t *active, *spare; /* nodes whose sizes hold the one at hand, ascending */
} size_count;

static bool size_count_init(size_count *c, const lti_copy *copy)
{
    size_t n = copy->count + 1;
    *c = (size_count){0};
    bool whole = (c->least = lti_alloc(n, sizeof *c->least)) && (c->most = lti_alloc(n, sizeof *c->most)) &&
                 (c->count[0] = lti_alloc(n, sizeof(double))) && (c->count[1] = lti_alloc(n, sizeof(double))) &&
                 (c->starts = lti_alloc(n, sizeof *c->starts)) && (c->active = lti_alloc(n, sizeof *c->active)) &&
                 (c->spare = lti_alloc(n, sizeof *c->spare));
    if (!whole) return false;
    uint32_t largest = 0;
    c->least[LTI_FALSE] = 1;
    for (size_t i = 2; i < copy->count; i++) {
        uint32_t high = copy->high[i], low = copy->low[i];
        c->least[i] = c->least[high] + 1; /* the high branch of a family is never without sets */
        c->most[i] = c->most[high] + 1;
        if (low != LTI_FALSE && c->least[low] < c->least[i]) c->least[i] = c->least[low];
        if (low != LTI_FALSE && c->most[low] > c->most[i]) c->most[i] = c->most[low];
        if (c->most[i] > largest) largest = c->most[i];
    }
    if (!(c->first = lti_alloc((size_t)largest + 3, sizeof *c->first))) return false;
    for (size_t i = 2; i < copy->count; i++) c->first[c->least[i] + 2]++;
    for (size_t s = 2; s < (size_t)largest + 3; s++) c->first[s] += c->first[s - 1];
    for (size_t i = 2; i < copy->count; i++) c->starts[c->first[c->least[i] + 1]++] = (uint32_t)i;
    return true;
}

static void size_count_done(size_count *c)
{
    void *arrays[] = {c->least, c->most, c->count[0], c->count[1], c->starts, c->first, c->active, c->spare};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
}

static double sets_of_size(const size_count *c, uint32_t node, uint32_t size)
{
    return size < c->least[node] || size > c->most[node] ? 0 : c->count[size & 1][node];
}

/* Counts of one size at every node that has sets of it, children first. @return nodes that are active. */
static size_t count_size(size_count *c, const lti_copy *copy, size_t active, uint32_t size)
{
    size_t kept = 0, old = 0, next = c->first[size], end = c->first[size + 1];
    while (old < active || next < end) {
        bool joins = old == active || (next < end && c->starts[next] < c->active[old]);
        uint32_t i = joins ? c->starts[next++] : c->active[old++];
        if (c->most[i] < size) continue;
        c->spare[kept++] = i;
        c->count[size & 1][i] = sets_of_size(c, copy->low[i], size) + (size > 0 ? sets_of_size(c, copy->high[i], size - 1) : 0);
    }
    uint32_t *swapped = c->active;
    c->active = c->spare;
    c->spare = swapped;
    return kept;
}

bool lti_zdd_count_by_size(lti_diagram *d, lti_ref z, double **by_size, size_t *sizes)
{
    lti_copy copy;
    size_count c = {0};
    double *result = NULL;
    size_t largest = 0;
    bool whole = lti_copy_init(&copy, d, z) && size_count_init(&c, &copy);
    if (whole) largest = c.most[copy.count - 1];
    whole = whole && (result = lti_alloc(largest + 1, sizeof *result));
    if (!whole) {
        if (z != LTI_NO_REF) lti_table_no_memory(d);
        goto done;
    }
    c.count[0][LTI_TRUE] = 1;
    size_t active = 0;
    for (size_t size = 0; size <= largest; size++) {
        if (copy.count > 2) active = count_size(&c, &copy, active, (uint32_t)size);
        result[size] = sets_of_size(&c, (uint32_t)copy.count - 1, (uint32_t)size);
    }
    *by_size = result;
    *sizes = z == LTI_FALSE ? 0 : largest + 1;

done:
    size_count_done(&c);
    lti_copy_done(&copy);
    return whole;
}
