/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first sets of a family in an order that is not the variables' own. */
#include <math.h>

#include "core/array.h"
#include "core/memory.h"
#include "decision/table.h"

/** What has been listed: all labels one after the other, and where each set begins. */
typedef struct {
    lti_diagram *d;
    const uint32_t *label;
    lti_array items, begins;
    lti_array prefix; /* labels that every set below has in common */
    size_t left;      /* sets still wanted */
} listing;

static bool write_set(listing *l, const lti_copy *copy, const uint32_t *path, const bool *taken, size_t depth)
{
    uint32_t *begin = lti_array_push(&l->begins, 1);
    if (!begin || l->items.count > LTI_REF_LIMIT) return lti_table_no_memory(l->d);
    *begin = (uint32_t)l->items.count;
    for (size_t i = 0; i < l->prefix.count + depth; i++) {
        bool shared = i < l->prefix.count;
        if (!shared && !taken[i - l->prefix.count]) continue;
        uint32_t *item = lti_array_push(&l->items, 1);
        if (!item) return lti_table_no_memory(l->d);
        *item = shared ? LTI_AT(&l->prefix, uint32_t, i) : l->label[copy->variable[path[i - l->prefix.count]]];
    }
    return true;
}

/* Writes out every set below: a walk along high branches first, back to the last one that has a low branch left. */
static bool write_all(listing *l, const lti_copy *copy)
{
    uint32_t deepest = 0;
    for (size_t i = 2; i < copy->count; i++)
        if (copy->variable[i] > deepest) deepest = copy->variable[i];
    uint32_t *path = lti_alloc((size_t)deepest + 1, sizeof *path);
    bool *taken = lti_alloc((size_t)deepest + 1, sizeof *taken);
    bool whole = path && taken;
    if (!whole) lti_table_no_memory(l->d);
    size_t depth = 0;
    uint32_t at = (uint32_t)copy->count - 1;
    while (whole) {
        if (at > LTI_TRUE) {
            path[depth] = at;
            taken[depth++] = true;
            at = copy->high[at];
            continue;
        }
        if (at == LTI_TRUE) whole = write_set(l, copy, path, taken, depth);
        while (depth > 0 && !taken[depth - 1]) depth--;
        if (depth == 0) break;
        taken[depth - 1] = false;
        at = copy->low[path[depth - 1]];
    }
    lti_free(path);
    lti_free(taken);
    return whole;
}

static uint32_t variable_of_least_label(const listing *l, const lti_copy *copy)
{
    uint32_t best = copy->variable[copy->count - 1];
    for (size_t i = 2; i < copy->count; i++)
        if (l->label[copy->variable[i]] < l->label[best]) best = copy->variable[i];
    return best;
}

/* Number of sets; NaN out of memory. */
static double count_sets(listing *l, const lti_copy *copy)
{
    double *count = lti_alloc(copy->count + 1, sizeof *count), result = NAN;
    if (count) {
        count[LTI_TRUE] = 1;
        for (size_t i = 2; i < copy->count; i++) count[i] = count[copy->high[i]] + count[copy->low[i]];
        result = count[copy->count - 1];
    } else {
        lti_table_no_memory(l->d);
    }
    lti_free(count);
    return result;
}

/* Drops the nodes that are not below the root. @param become  room for as many words as there are nodes */
static void drop_unreached(lti_copy *copy, uint32_t *become)
{
    uint32_t made = 2;
    if (copy->count <= 2) return;
    for (size_t i = 2; i < copy->count; i++) become[i] = 0;
    become[copy->count - 1] = 1;
    for (size_t i = copy->count; i-- > 2;) {
        if (become[i] == 0) continue;
        if (copy->high[i] > LTI_TRUE) become[copy->high[i]] = 1;
        if (copy->low[i] > LTI_TRUE) become[copy->low[i]] = 1;
    }
    for (size_t i = 2; i < copy->count; i++) {
        if (become[i] == 0) continue;
        copy->variable[made] = copy->variable[i];
        copy->high[made] = copy->high[i] <= LTI_TRUE ? copy->high[i] : become[copy->high[i]];
        copy->low[made] = copy->low[i] <= LTI_TRUE ? copy->low[i] : become[copy->low[i]];
        become[i] = made++;
    }
    copy->count = made;
}

/*
 * The sets with a variable, which is taken out of them, or those without it. Made from copy to copy and not in the table,
 * where every step of the search would leave its nodes behind; a node becomes one node at most, so it never grows.
 * The variable is in some set, so that the root lies no deeper.
 */
static bool restrict_to(listing *l, const lti_copy *copy, uint32_t variable, bool with, lti_copy *out)
{
    uint32_t *become = lti_alloc(copy->count + 1, sizeof *become);
    uint32_t made = 2;
    *out = (lti_copy){0};
    bool whole = become && lti_copy_reserve(out, copy->count + 1);
    if (!whole) {
        lti_table_no_memory(l->d);
        goto done;
    }
    become[LTI_TRUE] = LTI_TRUE;
    for (uint32_t i = 2; i < copy->count; i++) {
        uint32_t v = copy->variable[i], high = copy->high[i], low = copy->low[i];
        if (v == variable) {
            become[i] = become[with ? high : low];
            continue;
        }
        /* a branch that passes the variable by leads to no set that has it */
        bool high_passes = high == LTI_TRUE || copy->variable[high] > variable;
        bool low_passes = low <= LTI_TRUE || copy->variable[low] > variable;
        uint32_t to_high = with && v < variable && high_passes ? LTI_FALSE : become[high];
        uint32_t to_low = with && v < variable && low_passes ? LTI_FALSE : become[low];
        become[i] = to_low;
        if (to_high == LTI_FALSE) continue;
        out->variable[made] = v;
        out->high[made] = to_high;
        out->low[made] = to_low;
        become[i] = made++;
    }
    out->count = (size_t)become[copy->count - 1] + 1;
    drop_unreached(out, become);

done:
    lti_free(become);
    return whole;
}

/* Writes out a family whole where no more than `left` sets are in it. @return whether nothing of it is left to do. */
static bool take_whole(listing *l, const lti_copy *copy, bool *failed)
{
    double count = count_sets(l, copy);
    if (!(count > 0)) { /* none, or not to be counted */
        *failed = count != 0;
        return true;
    }
    if (count > (double)l->left) return false;
    *failed = !write_all(l, copy);
    l->left -= (size_t)count;
    return true;
}

/*
 * The first `left` sets of a family of sets of one size. Those with the least label come first; where they are too many,
 * the search goes on among them, else they are written out and it goes on among the others: a set is listed or a label
 * settled at every step.
 */
static bool take_first(listing *l, lti_ref z)
{
    lti_copy all;
    bool failed = !lti_copy_init(&all, l->d, z);
    l->prefix.count = 0;
    while (!failed && l->left > 0 && !take_whole(l, &all, &failed)) {
        lti_copy part = {0};
        uint32_t least = variable_of_least_label(l, &all);
        uint32_t *shared = lti_array_push(&l->prefix, 1);
        failed = (!shared && !lti_table_no_memory(l->d)) || !lti_table_ask(l->d) || !restrict_to(l, &all, least, true, &part);
        if (!failed) {
            *shared = l->label[least];
            if (take_whole(l, &part, &failed)) {
                l->prefix.count--;
                lti_copy_done(&part);
                failed = failed || !restrict_to(l, &all, least, false, &part);
            }
        }
        lti_copy_done(&all);
        all = part;
    }
    lti_copy_done(&all);
    return !failed;
}

bool lti_zdd_first(lti_diagram *d, lti_ref z, size_t limit, const uint32_t *label, lti_set_list *out)
{
    listing l = {d, label, LTI_ARRAY(uint32_t), LTI_ARRAY(uint32_t), LTI_ARRAY(uint32_t), limit};
    double *by_size = NULL;
    size_t sizes = 0;
    lti_copy copy;
    bool failed = !lti_copy_init(&copy, d, z), all = !failed && limit > 0 && take_whole(&l, &copy, &failed);
    lti_copy_done(&copy);
    bool whole = !failed && (all || lti_zdd_count_by_size(d, z, &by_size, &sizes));
    for (size_t size = 0; !all && whole && size < sizes && l.left > 0; size++)
        if (by_size[size] > 0) whole = take_first(&l, lti_zdd_exactly(d, z, (uint32_t)size));
    if (!lti_set_list_init(out, l.items.data, l.items.count, l.begins.data, l.begins.count, limit)) whole = lti_table_no_memory(d);
    lti_array_done(&l.items);
    lti_array_done(&l.begins);
    lti_array_done(&l.prefix);
    lti_free(by_size);
    return whole;
}
