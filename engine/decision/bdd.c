/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions: if-then-else as the one operation (Bryant 1986; Brace, Rudell, Bryant 1990), and chances read off. */
#include <stdlib.h>

#include "core/memory.h"
#include "decision/table.h"

lti_ref lti_bdd_node(lti_diagram *d, uint32_t variable, lti_ref high, lti_ref low)
{
    return high == low ? high : lti_table_find(d, variable, high, low);
}

lti_ref lti_bdd_variable(lti_diagram *d, uint32_t variable)
{
    return lti_bdd_node(d, variable, LTI_TRUE, LTI_FALSE);
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static bool choose(const lti_diagram *d, lti_task *t, lti_split *split, lti_ref *result)
{
    if (t->a == t->b) t->b = LTI_TRUE;
    if (t->a == t->c) t->c = LTI_FALSE;
    if (t->a < 2 || t->b == t->c) {
        *result = t->a == LTI_FALSE ? t->c : t->b;
        return true;
    }
    if (t->b == LTI_TRUE && t->c == LTI_FALSE) {
        *result = t->a;
        return true;
    }
    /* and, or: the two operands in one order, so that the cache meets them again */
    if (t->c == LTI_FALSE && t->b < t->a) swap(&t->a, &t->b);
    if (t->b == LTI_TRUE && t->c < t->a) swap(&t->a, &t->c);

    const lti_table_node *f = &d->node[t->a], *g = &d->node[t->b], *h = &d->node[t->c];
    uint32_t top = f->variable;
    if (g->variable < top) top = g->variable;
    if (h->variable < top) top = h->variable;
    bool in_f = f->variable == top, in_g = g->variable == top, in_h = h->variable == top;
    split->variable = top;
    split->high = (lti_task){in_f ? f->high : t->a, in_g ? g->high : t->b, in_h ? h->high : t->c};
    split->low = (lti_task){in_f ? f->low : t->a, in_g ? g->low : t->b, in_h ? h->low : t->c};
    return false;
}

lti_ref lti_bdd_choose(lti_diagram *d, lti_ref f, lti_ref g, lti_ref h)
{
    return lti_table_run(d, choose, lti_bdd_node, (lti_task){f, g, h});
}

static int deepest_first(const void *left, const void *right, void *context)
{
    const lti_diagram *d = context;
    lti_ref a = *(const lti_ref *)left, b = *(const lti_ref *)right;
    uint32_t top_a = d->node[a].variable, top_b = d->node[b].variable;
    if (top_a != top_b) return top_a > top_b ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Deepest first: what is put on top of the functions so far then finds them whole, below its own variables. */
static bool sort(lti_diagram *d, lti_ref *functions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (functions[i] == LTI_NO_REF) return false;
    if (count > 1) qsort_r(functions, count, sizeof *functions, deepest_first, d);
    return true;
}

lti_ref lti_bdd_all(lti_diagram *d, lti_ref *functions, size_t count)
{
    if (!sort(d, functions, count)) return LTI_NO_REF;
    lti_ref all = LTI_TRUE;
    for (size_t i = 0; i < count; i++) all = lti_bdd_choose(d, functions[i], all, LTI_FALSE);
    return all;
}

lti_ref lti_bdd_any(lti_diagram *d, lti_ref *functions, size_t count)
{
    if (!sort(d, functions, count)) return LTI_NO_REF;
    lti_ref any = LTI_FALSE;
    for (size_t i = 0; i < count; i++) any = lti_bdd_choose(d, functions[i], LTI_TRUE, any);
    return any;
}

lti_ref lti_bdd_at_least(lti_diagram *d, lti_ref *functions, size_t count, size_t least)
{
    if (least == 0) return LTI_TRUE;
    if (least > count) return LTI_FALSE;
    if (least == 1) return lti_bdd_any(d, functions, count);
    if (least == count) return lti_bdd_all(d, functions, count);
    if (!sort(d, functions, count)) return LTI_NO_REF;
    lti_ref *reached = lti_alloc(least + 1, sizeof *reached); /* reached[j]: at least j of those seen */
    if (!reached) {
        lti_table_no_memory(d);
        return LTI_NO_REF;
    }
    reached[0] = LTI_TRUE;
    for (size_t i = 0; i < count; i++) {
        size_t left = count - i - 1;
        size_t lowest = least > left ? least - left : 1; /* fewer than this cannot become enough any more */
        size_t highest = i + 1 < least ? i + 1 : least;
        for (size_t j = highest; j >= lowest; j--) reached[j] = lti_bdd_choose(d, functions[i], reached[j - 1], reached[j]);
    }
    lti_ref result = reached[least];
    lti_free(reached);
    return result;
}

bool lti_bdd_value(const lti_diagram *d, lti_ref f, const bool *truth)
{
    while (f > LTI_TRUE) f = truth[d->node[f].variable] ? d->node[f].high : d->node[f].low;
    return f == LTI_TRUE;
}

bool lti_bdd_importance(lti_diagram *d, lti_ref f, const double *chance, double *top, double *birnbaum)
{
    lti_copy copy;
    double *truth = NULL, *reach = NULL; /* by node: chance that it is true; that a run from the root comes by */
    bool whole = lti_copy_init(&copy, d, f) && (truth = lti_alloc(copy.count + 1, sizeof *truth)) &&
                 (reach = lti_alloc(copy.count + 1, sizeof *reach));
    if (!whole) {
        if (f != LTI_NO_REF) lti_table_no_memory(d);
        goto done;
    }
    truth[LTI_TRUE] = 1;
    for (size_t i = 2; i < copy.count; i++) {
        double p = chance[copy.variable[i]];
        truth[i] = p * truth[copy.high[i]] + (1 - p) * truth[copy.low[i]];
    }
    *top = truth[copy.count - 1];
    reach[copy.count - 1] = 1;
    for (size_t i = copy.count; i-- > 2;) {
        uint32_t variable = copy.variable[i];
        birnbaum[variable] += reach[i] * (truth[copy.high[i]] - truth[copy.low[i]]);
        reach[copy.high[i]] += reach[i] * chance[variable];
        reach[copy.low[i]] += reach[i] * (1 - chance[variable]);
    }

done:
    lti_free(truth);
    lti_free(reach);
    lti_copy_done(&copy);
    return whole;
}
