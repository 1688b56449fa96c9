/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Available, producible and the look through abstract links of contract section 2. Each is a fixpoint by work list in which
   every supply edge is handled once: available grows from what is present, producible shrinks from all that could be. */
#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "graph/supply.h"
#include "liantu/gap.h"

/** Links still to be handled; a link enters it at most once. */
typedef struct {
    uint32_t *link;
    size_t count;
} worklist;

static void add(worklist *list, uint32_t link)
{
    list->link[list->count++] = link;
}

static void spread_available(const lti_supply *s, const lt_link *links, lt_producible *p, worklist *todo, uint32_t *met)
{
    for (uint32_t i = 0; i < s->links; i++) {
        p->groups[i] = s->group_first[i + 1] - s->group_first[i];
        bool at_once = links[i].abstract ? p->groups[i] == 0 : p->available[i];
        p->available[i] = at_once;
        if (at_once) add(todo, i);
    }
    for (size_t next = 0; next < todo->count; next++) {
        uint32_t link = todo->link[next];
        for (uint32_t u = s->use_first[link]; u < s->use_first[link + 1]; u++) {
            uint32_t group = s->use[u], consumer = s->consumer[group];
            if (++met[group] != s->k[group]) continue;
            p->groups_met[consumer]++;
            if (!links[consumer].abstract || p->groups_met[consumer] != p->groups[consumer]) continue;
            p->available[consumer] = true;
            add(todo, consumer);
        }
    }
}

static void shrink_producible(const lti_supply *s, const lt_link *links, const bool *present, lt_producible *p, worklist *todo,
                              uint32_t *left)
{
    todo->count = 0;
    for (uint32_t g = 0; g < s->groups; g++) left[g] = s->member_first[g + 1] - s->member_first[g];
    for (uint32_t i = 0; i < s->links; i++) {
        p->producible[i] = links[i].abstract || present[i];
        for (uint32_t g = s->group_first[i]; g < s->group_first[i + 1]; g++)
            if (left[g] < s->k[g]) p->producible[i] = false;
        if (!p->producible[i]) add(todo, i);
    }
    for (size_t next = 0; next < todo->count; next++) {
        uint32_t link = todo->link[next];
        for (uint32_t u = s->use_first[link]; u < s->use_first[link + 1]; u++) {
            uint32_t group = s->use[u], consumer = s->consumer[group];
            if (left[group]-- != s->k[group] || !p->producible[consumer]) continue;
            p->producible[consumer] = false;
            add(todo, consumer);
        }
    }
}

/* Marks what has a present link behind it, seen along `list` (in or out) and through abstract links. */
static void look_through(const lti_supply *s, const lt_link *links, const bool *present, const uint32_t *first,
                         const uint32_t *list, bool *seen, worklist *todo)
{
    todo->count = 0;
    for (uint32_t i = 0; i < s->links; i++) {
        if (links[i].abstract || !present[i]) continue;
        for (uint32_t e = first[i]; e < first[i + 1]; e++) {
            if (seen[list[e]]) continue;
            seen[list[e]] = true;
            if (links[list[e]].abstract) add(todo, list[e]);
        }
    }
    for (size_t next = 0; next < todo->count; next++) {
        uint32_t through = todo->link[next];
        for (uint32_t e = first[through]; e < first[through + 1]; e++) {
            if (seen[list[e]]) continue;
            seen[list[e]] = true;
            if (links[list[e]].abstract) add(todo, list[e]);
        }
    }
}

lt_code lt_producible_compute(const lt_dataset *ds, const bool *present, lt_producible *out, lt_error *error)
{
    lti_supply s;
    lt_code code = lti_supply_init(&s, ds, error);
    lt_producible p = {.count = s.links};
    size_t n = s.links;
    worklist todo = {lti_alloc(n, sizeof *todo.link), 0};
    uint32_t *met = lti_alloc((size_t)s.groups + 1, sizeof *met);
    bool whole = (p.available = lti_alloc(n, sizeof *p.available)) && (p.producible = lti_alloc(n, sizeof *p.producible)) &&
                 (p.groups = lti_alloc(n, sizeof *p.groups)) && (p.groups_met = lti_alloc(n, sizeof *p.groups_met)) &&
                 (p.supplier_present = lti_alloc(n, sizeof *p.supplier_present)) &&
                 (p.consumer_present = lti_alloc(n, sizeof *p.consumer_present)) && todo.link && met;
    if (code == LT_OK && !whole) code = lti_fail_memory(error);
    if (code == LT_OK) {
        const lt_link *links = lt_links(ds);
        if (n > 0) memcpy(p.available, present, n * sizeof *present);
        spread_available(&s, links, &p, &todo, met);
        shrink_producible(&s, links, present, &p, &todo, met);
        look_through(&s, links, present, s.out_first, s.out, p.supplier_present, &todo);
        look_through(&s, links, present, s.in_first, s.in, p.consumer_present, &todo);
        *out = p;
    } else {
        lt_producible_done(&p);
    }
    lti_free(todo.link);
    lti_free(met);
    lti_supply_done(&s);
    return code;
}

void lt_producible_done(lt_producible *p)
{
    if (!p) return;
    void *arrays[] = {p->available, p->producible, p->groups, p->groups_met, p->supplier_present, p->consumer_present};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *p = (lt_producible){0};
}
