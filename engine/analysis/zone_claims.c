/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who claims the same: focus edges of several zones on one link or one chain. A zone and what lies below it are one place,
   so that a county that repeats the focus of its own zone is no rival of it. */
#include <stdlib.h>

#include "analysis/position.h"
#include "core/error.h"
#include "core/memory.h"

/** A zone's own focus on a link or, on the whole or on links of it, on a chain. */
typedef struct {
    lt_node to;
    uint32_t zone;
    bool in_part;
} mark;

static int by_place(const void *left, const void *right)
{
    const mark *a = left, *b = right;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    if (a->zone != b->zone) return a->zone < b->zone ? -1 : 1;
    return (int)a->in_part - (int)b->in_part;
}

/** Work space. Chains come before links in node order, so that marks of links stand behind those of chains. */
typedef struct {
    lti_position_model *m;
    lti_array marks;    /* by place, each zone once */
    size_t *link_first; /* by link: where its marks begin; links + 1 */
    uint32_t *seen;     /* by zone: round of the last claim that it is in */
    uint32_t round;
    lti_array links; /* of the present zone's focus */
} work;

static bool add(work *w, lt_node to, uint32_t zone, bool in_part)
{
    mark *next = lti_array_push(&w->marks, 1);
    if (next) *next = (mark){to, zone, in_part};
    return next != NULL;
}

/* Of a zone's marks on one chain the one on the whole comes first and stays. */
static void keep_one_a_zone(lti_array *marks)
{
    mark *list = marks->data;
    size_t kept = 0;
    if (marks->count > 0) qsort(list, marks->count, sizeof *list, by_place);
    for (size_t i = 0; i < marks->count; i++)
        if (kept == 0 || list[kept - 1].to != list[i].to || list[kept - 1].zone != list[i].zone) list[kept++] = list[i];
    marks->count = kept;
}

static lt_code work_init(work *w, lti_position_model *m, lt_error *error)
{
    const lt_dataset *ds = m->ds;
    size_t links = lt_count(ds, LT_LINK);
    *w = (work){.m = m, .marks = LTI_ARRAY(mark), .links = LTI_ARRAY(uint32_t)};
    w->link_first = lti_alloc(links + 1, sizeof *w->link_first);
    w->seen = lti_alloc(m->tree.count, sizeof *w->seen);
    bool whole = w->link_first && w->seen;
    for (size_t i = 0; i < lt_count(ds, LT_FOCUS) && whole; i++) {
        const lt_edge *edge = &lt_focuses(ds)[i].edge;
        uint32_t zone = lt_node_index(ds, edge->from);
        whole = add(w, edge->to, zone, false);
        if (!whole || lt_node_kind(ds, edge->to) != LT_LINK) continue;
        lt_node chain = lt_links(ds)[lt_node_index(ds, edge->to)].chain;
        if (chain != LT_NONE) whole = add(w, chain, zone, true);
    }
    if (!whole) return lti_fail_memory(error);
    keep_one_a_zone(&w->marks);
    size_t at = 0;
    for (uint32_t link = 0; link <= links; link++) {
        while (at < w->marks.count && LTI_AT(&w->marks, mark, at).to < lt_node_at(ds, LT_LINK, link)) at++;
        w->link_first[link] = at;
    }
    return LT_OK;
}

static void work_done(work *w)
{
    lti_array_done(&w->marks);
    lti_array_done(&w->links);
    lti_free(w->link_first);
    lti_free(w->seen);
}

/* Claimants, or those of the whole alone, that lie below none of the others. */
static uint32_t count_apart(work *w, const mark *marks, size_t count, bool whole_only)
{
    const lti_zone_tree *tree = &w->m->tree;
    uint32_t apart = 0;
    w->round++;
    for (size_t i = 0; i < count; i++)
        if (!whole_only || !marks[i].in_part) w->seen[marks[i].zone] = w->round;
    for (size_t i = 0; i < count; i++) {
        if (w->seen[marks[i].zone] != w->round) continue;
        uint32_t above = tree->parent[marks[i].zone];
        while (above != UINT32_MAX && w->seen[above] != w->round) above = tree->parent[above];
        apart += above == UINT32_MAX;
    }
    return apart;
}

static bool claim(work *w, const mark *marks, size_t count)
{
    lti_position_model *m = w->m;
    uint32_t apart = count_apart(w, marks, count, false);
    if (apart < 2) return true;
    bool is_link = lt_node_kind(m->ds, marks->to) == LT_LINK;
    lt_claim *next = lti_array_push(is_link ? &m->link_claims : &m->chain_claims, 1);
    if (!next) return false;
    *next = (lt_claim){.to = marks->to, .first = (uint32_t)m->claimants.count, .count = (uint32_t)count, .apart = apart};
    next->whole = count_apart(w, marks, count, true);
    bool whole = true;
    for (size_t i = 0; i < count && whole; i++) whole = lti_push_number(&m->claimants, marks[i].zone);
    return whole;
}

static int by_apart(const void *left, const void *right)
{
    const lt_claim *a = left, *b = right;
    if (a->apart != b->apart) return a->apart > b->apart ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

static lt_code list_claims(work *w, lt_error *error)
{
    lti_position_model *m = w->m;
    const mark *marks = w->marks.data;
    for (size_t i = 0, end = 0; i < w->marks.count; i = end) {
        while (end < w->marks.count && marks[end].to == marks[i].to) end++;
        if (!claim(w, &marks[i], end - i)) return lti_fail_memory(error);
    }
    lti_array *lists[] = {&m->link_claims, &m->chain_claims};
    for (int i = 0; i < 2; i++)
        if (lists[i]->count > 0) qsort(lists[i]->data, lists[i]->count, sizeof(lt_claim), by_apart);
    return LT_OK;
}

static int by_number(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

/* Links that the zone claims, by id, each once. */
static bool list_links(work *w, uint32_t zone)
{
    const lt_dataset *ds = w->m->ds;
    uint32_t count;
    const uint32_t *focuses = lti_zone_focuses(w->m, zone, &count);
    w->links.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        lt_node to = lt_focuses(ds)[focuses[i]].edge.to;
        if (lt_node_kind(ds, to) == LT_LINK && !lti_push_number(&w->links, lt_node_index(ds, to))) return false;
    }
    uint32_t *links = w->links.data;
    size_t kept = 0;
    if (w->links.count > 0) qsort(links, w->links.count, sizeof *links, by_number);
    for (size_t i = 0; i < w->links.count; i++)
        if (kept == 0 || links[kept - 1] != links[i]) links[kept++] = links[i];
    w->links.count = kept;
    return true;
}

static bool find_rivals(work *w, uint32_t zone, uint32_t link)
{
    lti_position_model *m = w->m;
    uint32_t first = (uint32_t)m->rivals.count;
    for (size_t i = w->link_first[link]; i < w->link_first[link + 1]; i++) {
        uint32_t other = LTI_AT(&w->marks, mark, i).zone;
        if (lti_zone_within(&m->tree, other, zone) || lti_zone_within(&m->tree, zone, other)) continue;
        if (!lti_push_number(&m->rivals, other)) return false;
    }
    if (m->rivals.count == first) return true;
    lt_zone_overlap *next = lti_array_push(&m->overlaps, 1);
    if (next) *next = (lt_zone_overlap){link, first, (uint32_t)m->rivals.count - first};
    return next != NULL;
}

lt_code lti_zone_claims(lti_position_model *m, lt_error *error)
{
    work w;
    lt_code code = work_init(&w, m, error);
    if (code == LT_OK) code = list_claims(&w, error);
    for (uint32_t zone = 0; zone < m->tree.count && code == LT_OK; zone++) {
        bool whole = list_links(&w, zone);
        m->positions[zone].overlap_first = (uint32_t)m->overlaps.count;
        for (size_t i = 0; i < w.links.count && whole; i++) whole = find_rivals(&w, zone, LTI_AT(&w.links, uint32_t, i));
        m->positions[zone].overlap_count = (uint32_t)m->overlaps.count - m->positions[zone].overlap_first;
        if (!whole) code = lti_fail_memory(error);
    }
    work_done(&w);
    return code;
}
