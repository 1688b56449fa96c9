/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of the supply graph that a target's failure can come from, and the order of its variables. */
#include <stdlib.h>
#include <string.h>

#include "analysis/failure.h"
#include "core/error.h"
#include "core/memory.h"
#include "graph/supply.h"

#define NOT_IN UINT32_MAX

/** The cone as it is found. */
typedef struct {
    const lti_supply *s;
    const bool *solid;
    uint32_t *number; /* by link index; NOT_IN */
    uint32_t *uses;   /* by link index: groups of the cone it is a member of */
    lti_array stack;  /* links to be numbered, next one last */
} finder;

static bool is_solid(const finder *f, uint32_t link)
{
    return f->solid && f->solid[link];
}

/* Members that can fail, and how many of them it takes. @return false for a group that cannot fail. */
static bool can_fail(const finder *f, uint32_t group, uint32_t *members, uint32_t *need)
{
    uint32_t begin = f->s->member_first[group], end = f->s->member_first[group + 1], k = f->s->k[group];
    *members = 0;
    for (uint32_t m = begin; m < end; m++) *members += !is_solid(f, f->s->member[m]);
    *need = end - begin < k ? 0 : end - begin - k + 1;
    return *need <= *members;
}

/* Links upstream of the target, in `cone->link` by no special order, and their uses. */
static void find(finder *f, lti_cone *cone, uint32_t target)
{
    uint32_t members, need;
    cone->link[0] = target;
    cone->count = 1;
    f->number[target] = 0;
    for (uint32_t next = 0; next < cone->count; next++) {
        uint32_t link = cone->link[next];
        for (uint32_t g = f->s->group_first[link]; g < f->s->group_first[link + 1]; g++) {
            if (!can_fail(f, g, &members, &need)) continue;
            for (uint32_t m = f->s->member_first[g]; m < f->s->member_first[g + 1]; m++) {
                uint32_t supplier = f->s->member[m];
                if (is_solid(f, supplier)) continue;
                f->uses[supplier]++;
                if (f->number[supplier] != NOT_IN) continue;
                f->number[supplier] = 0;
                cone->link[cone->count++] = supplier;
            }
        }
    }
}

static int least_used_first(const void *left, const void *right, void *context)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    const uint32_t *uses = context;
    if (uses[a] != uses[b]) return uses[a] < uses[b] ? -1 : 1;
    return a > b ? -1 : a < b;
}

/* Numbers the links by depth first from the target; of a link's suppliers the most used come first. */
static bool number(finder *f, lti_cone *cone, uint32_t target)
{
    uint32_t members, need;
    for (uint32_t i = 0; i < cone->count; i++) f->number[cone->link[i]] = NOT_IN;
    cone->count = 0;
    uint32_t *first = lti_array_push(&f->stack, 1);
    if (!first) return false;
    *first = target;
    while (f->stack.count > 0) {
        uint32_t link = LTI_AT(&f->stack, uint32_t, --f->stack.count);
        if (f->number[link] != NOT_IN) continue;
        f->number[link] = cone->count;
        cone->link[cone->count++] = link;
        size_t begin = f->stack.count;
        for (uint32_t g = f->s->group_first[link]; g < f->s->group_first[link + 1]; g++) {
            if (!can_fail(f, g, &members, &need)) continue;
            for (uint32_t m = f->s->member_first[g]; m < f->s->member_first[g + 1]; m++) {
                uint32_t supplier = f->s->member[m];
                if (is_solid(f, supplier) || f->number[supplier] != NOT_IN) continue;
                uint32_t *next = lti_array_push(&f->stack, 1);
                if (!next) return false;
                *next = supplier;
            }
        }
        size_t added = f->stack.count - begin;
        if (added > 1) qsort_r(&LTI_AT(&f->stack, uint32_t, begin), added, sizeof(uint32_t), least_used_first, f->uses);
    }
    return true;
}

static void copy_groups(const finder *f, lti_cone *cone)
{
    uint32_t members, need, at = 0;
    for (uint32_t i = 0; i < cone->count; i++) {
        uint32_t link = cone->link[i];
        cone->group_first[i] = cone->groups;
        for (uint32_t g = f->s->group_first[link]; g < f->s->group_first[link + 1]; g++) {
            if (!can_fail(f, g, &members, &need)) continue;
            cone->need[cone->groups] = need;
            cone->consumer[cone->groups] = i;
            cone->member_first[cone->groups++] = at;
            for (uint32_t m = f->s->member_first[g]; m < f->s->member_first[g + 1]; m++)
                if (!is_solid(f, f->s->member[m])) cone->member[at++] = f->number[f->s->member[m]];
        }
    }
    cone->group_first[cone->count] = cone->groups;
    cone->member_first[cone->groups] = at;

    for (uint32_t m = 0; m < at; m++) cone->use_first[cone->member[m] + 1]++;
    for (uint32_t i = 0; i < cone->count; i++) cone->use_first[i + 1] += cone->use_first[i];
    for (uint32_t g = 0; g < cone->groups; g++)
        for (uint32_t m = cone->member_first[g]; m < cone->member_first[g + 1]; m++)
            cone->use[cone->use_first[cone->member[m]]++] = g;
    memmove(cone->use_first + 1, cone->use_first, cone->count * sizeof *cone->use_first);
    cone->use_first[0] = 0;
}

lt_code lti_cone_init(lti_cone *cone, const lt_dataset *ds, uint32_t target, const bool *falls, const bool *solid, lt_error *error)
{
    lti_supply s;
    *cone = (lti_cone){0};
    lt_code code = lti_supply_init(&s, ds, error);
    finder f = {&s, solid, NULL, NULL, LTI_ARRAY(uint32_t)};
    if (code != LT_OK) goto done;
    size_t links = (size_t)s.links + 1, groups = (size_t)s.groups + 1, members = (size_t)s.member_first[s.groups] + 1;
    bool whole =
        (f.number = lti_alloc(links, sizeof(uint32_t))) && (f.uses = lti_alloc(links, sizeof(uint32_t))) &&
        (cone->link = lti_alloc(links, sizeof(uint32_t))) && (cone->variable = lti_alloc(links, sizeof(uint32_t))) &&
        (cone->of_variable = lti_alloc(links, sizeof(uint32_t))) && (cone->group_first = lti_alloc(links, sizeof(uint32_t))) &&
        (cone->use_first = lti_alloc(links, sizeof(uint32_t))) && (cone->need = lti_alloc(groups, sizeof(uint32_t))) &&
        (cone->consumer = lti_alloc(groups, sizeof(uint32_t))) && (cone->member_first = lti_alloc(groups, sizeof(uint32_t))) &&
        (cone->member = lti_alloc(members, sizeof(uint32_t))) && (cone->use = lti_alloc(members, sizeof(uint32_t)));
    if (whole) {
        memset(f.number, 0xff, links * sizeof *f.number); /* NOT_IN */
        find(&f, cone, target);
        whole = number(&f, cone, target);
    }
    if (!whole) {
        code = lti_fail_memory(error);
        goto done;
    }
    for (uint32_t i = 0; i < cone->count; i++) {
        cone->variable[i] = falls[cone->link[i]] ? cone->variables : LTI_NO_VARIABLE;
        if (falls[cone->link[i]]) cone->of_variable[cone->variables++] = i;
    }
    copy_groups(&f, cone);

done:
    lti_free(f.number);
    lti_free(f.uses);
    lti_array_done(&f.stack);
    lti_supply_done(&s);
    return code;
}

void lti_cone_done(lti_cone *c)
{
    uint32_t *arrays[] = {c->link,     c->variable,     c->of_variable, c->group_first, c->need,
                          c->consumer, c->member_first, c->member,      c->use_first,   c->use};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *c = (lti_cone){0};
}
