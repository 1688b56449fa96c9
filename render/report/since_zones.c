/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones ranked by what moved there since an earlier dataset; a zone counts with those below it. */
#include <stdio.h>
#include <stdlib.h>

#include "report/build.h"

/** What moved in a zone. */
typedef struct {
    uint32_t zone; /* index into lt_zones, and into the positions */
    uint32_t closed, forward, backward, added;
    int64_t points;
} movement;

typedef struct {
    lti_report *r;
    movement *zones; /* as the positions stand, later in order of points */
    bool *closed;    /* by link of the new dataset: its gap closed */
    uint32_t *seen;  /* by link: the zone last counted for, from 1 */
    uint32_t *works; /* capabilities of projects that lead to such a link */
    size_t work_count;
    size_t loose; /* projects that moved and name no zone */
} ranking;

static bool within(const lt_dataset *ds, lt_node zone, uint32_t other)
{
    for (; zone != LT_NONE && lt_node_kind(ds, zone) == LT_ZONE; zone = lt_zones(ds)[lt_node_index(ds, zone)].parent)
        if (lt_node_index(ds, zone) == other) return true;
    return false;
}

static void count_link(ranking *k, movement *m, uint32_t link, uint32_t turn)
{
    if (!k->closed[link] || k->seen[link] == turn) return;
    k->seen[link] = turn;
    m->closed++;
}

/* Gaps closed on links that the zone holds, or that projects of it bear on. */
static void count_closed(ranking *k, size_t place)
{
    const lti_report *r = k->r;
    const lt_position *p = &r->positions.positions[place];
    uint32_t turn = (uint32_t)place + 1;
    for (uint32_t i = 0; i < p->holding_count; i++)
        count_link(k, &k->zones[place], r->positions.holdings[p->holding_first + i].link, turn);
    for (size_t i = 0; i < k->work_count; i++) {
        const lt_edge *edge = &lt_capabilities(r->ds)[k->works[i]].edge;
        if (within(r->ds, lt_projects(r->ds)[lt_node_index(r->ds, edge->from)].zone, p->zone))
            count_link(k, &k->zones[place], lt_node_index(r->ds, edge->to), turn);
    }
}

static void list_works(ranking *k)
{
    const lt_dataset *ds = k->r->ds;
    for (uint32_t i = 0; i < lt_count(ds, LT_CAPABILITY); i++) {
        const lt_edge *edge = &lt_capabilities(ds)[i].edge;
        if (lt_node_kind(ds, edge->from) == LT_PROJECT && k->closed[lt_node_index(ds, edge->to)]) k->works[k->work_count++] = i;
    }
}

static void count_project(ranking *k, const lt_change *change)
{
    const lti_report *r = k->r;
    if (change->type == LT_CHANGE_DROPPED || !lti_since_project(r, change)) return;
    const lt_project *now = &lt_projects(r->ds)[change->after];
    bool added = change->type == LT_CHANGE_ADDED;
    int steps = added ? 0 : now->stage - lt_projects(r->options->before)[change->before].stage;
    k->loose += now->zone == LT_NONE;
    for (size_t i = 0; i < r->positions.count; i++) {
        movement *m = &k->zones[i];
        if (!within(r->ds, now->zone, m->zone)) continue;
        m->added += added;
        m->forward += steps > 0 ? (uint32_t)steps : 0;
        m->backward += steps < 0 ? (uint32_t)-steps : 0;
    }
}

static bool moved(const movement *m)
{
    return m->closed + m->forward + m->backward + m->added > 0;
}

static void count_all(ranking *k)
{
    lti_report *r = k->r;
    const lt_diff *diff = r->options->since;
    bool any = false;
    for (size_t i = 0; i < diff->effect_count; i++) {
        const lt_effect *effect = &diff->effects[i];
        if (effect->type != LT_EFFECT_GAP_CLOSED || effect->link_after == LT_NONE || !lti_covers(r, effect->link_after)) continue;
        any = k->closed[effect->link_after] = true;
    }
    list_works(k);
    for (size_t i = 0; i < r->positions.count; i++) k->zones[i].zone = r->positions.positions[i].zone;
    for (size_t i = 0; i < r->positions.count && any; i++) count_closed(k, i);
    for (size_t i = 0; i < diff->change_count; i++) count_project(k, &diff->changes[i]);
    for (size_t i = 0; i < r->positions.count; i++) {
        movement *m = &k->zones[i];
        m->points = (int64_t)m->closed + m->forward + m->added - m->backward;
    }
}

/* Those that moved first, most points first. */
static int by_points(const void *left, const void *right)
{
    const movement *a = left, *b = right;
    if (moved(a) != moved(b)) return moved(a) ? -1 : 1;
    if (a->points != b->points) return a->points > b->points ? -1 : 1;
    return a->zone < b->zone ? -1 : a->zone > b->zone;
}

static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_SINCE_COLUMN_RANK, 8, true},      {LT_MSG_REPORT_COLUMN_ZONE, 32, false},
    {LT_MSG_REPORT_SINCE_COLUMN_CLOSED, 12, true},   {LT_MSG_REPORT_SINCE_COLUMN_FORWARD, 13, true},
    {LT_MSG_REPORT_SINCE_COLUMN_BACKWARD, 13, true}, {LT_MSG_REPORT_SINCE_COLUMN_NEW, 12, true},
    {LT_MSG_REPORT_SINCE_COLUMN_POINTS, 10, true},
};

static void put_ranks(ranking *k, size_t count)
{
    lti_report *r = k->r;
    size_t rank = 0;
    lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const movement *m = &k->zones[i];
        if (i == 0 || m->points != k->zones[i - 1].points) rank = i + 1;
        lti_cell_whole(r, rank, NULL);
        lti_cell_text(r, lt_node_name(r->ds, lt_node_at(r->ds, LT_ZONE, m->zone)));
        lti_cell_whole(r, m->closed, NULL);
        lti_cell_whole(r, m->forward, NULL);
        lti_cell_whole(r, m->backward, NULL);
        lti_cell_whole(r, m->added, NULL);
        lti_cell_text(r, lt_doc_print(&r->doc, "%lld", (long long)m->points));
    }
    lti_note(r, LT_MSG_REPORT_SINCE_ZONES_NOTE);
}

static void put_ranking(ranking *k)
{
    lti_report *r = k->r;
    size_t count = 0, rest;
    for (size_t i = 0; i < r->positions.count; i++) count += moved(&k->zones[i]);
    rest = r->positions.count - count;
    if (count > 0) qsort(k->zones, r->positions.count, sizeof *k->zones, by_points);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r,
             lti_by_count(count, r->positions.count == 0 ? LT_MSG_REPORT_ZONES_NONE : LT_MSG_REPORT_SINCE_ZONES_NONE,
                          LT_MSG_REPORT_SINCE_ZONES_RANKED_ONE, LT_MSG_REPORT_SINCE_ZONES_RANKED),
             lti_whole(r, count, NULL));
    if (count > 0 && rest > 0)
        LTI_TELL(r, rest == 1 ? LT_MSG_REPORT_SINCE_ZONES_REST_ONE : LT_MSG_REPORT_SINCE_ZONES_REST, lti_whole(r, rest, NULL));
    if (k->loose > 0)
        LTI_TELL(r, k->loose == 1 ? LT_MSG_REPORT_SINCE_LOOSE_ONE : LT_MSG_REPORT_SINCE_LOOSE, lti_whole(r, k->loose, NULL));
    if (count > 0) put_ranks(k, count);
}

lt_code lti_put_movement(lti_report *r)
{
    ranking k = {.r = r,
                 .zones = calloc(r->positions.count + 1, sizeof *k.zones),
                 .closed = calloc(r->gaps.count + 1, sizeof *k.closed),
                 .seen = calloc(r->gaps.count + 1, sizeof *k.seen),
                 .works = calloc(lt_count(r->ds, LT_CAPABILITY) + 1, sizeof *k.works)};
    lt_code code = LT_OK;
    lti_heading(r, 2, LT_MSG_REPORT_SINCE_ZONES);
    if (!k.zones || !k.closed || !k.seen || !k.works) {
        code = lti_out_of_memory(r);
    } else {
        count_all(&k);
        put_ranking(&k);
    }
    free(k.zones);
    free(k.closed);
    free(k.seen);
    free(k.works);
    return code;
}
