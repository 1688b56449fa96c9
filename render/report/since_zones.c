/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones ranked by what was done there since an earlier dataset; a zone counts with those below it. A gap that closed counts where
   the records are that closed it, so that nobody gets a point for what another did. */
#include <stdio.h>
#include <stdlib.h>

#include "report/since.h"

/** What counts for a zone. */
typedef struct {
    uint32_t zone; /* index into lt_zones */
    uint32_t closed, forward, backward, added;
    int64_t points;
} movement;

typedef struct {
    lti_report *r;
    movement *zones; /* as the positions stand, later in order of rank */
    size_t count;
    uint32_t *place;  /* by zone: its place in zones; LT_NONE = not ranked */
    uint32_t *turn;   /* by zone: the gap last counted for, from 1 */
    size_t loose;     /* projects that moved and name no zone */
    size_t uncounted; /* gaps that would count, but closed through records that name no zone */
} ranking;

static lt_node parent_zone(const lt_dataset *ds, lt_node zone)
{
    lt_node parent = lt_zones(ds)[lt_node_index(ds, zone)].parent;
    return parent != LT_NONE && lt_node_kind(ds, parent) == LT_ZONE ? parent : LT_NONE;
}

static movement *at_zone(const ranking *k, lt_node zone)
{
    uint32_t place = k->place[lt_node_index(k->r->ds, zone)];
    return place == LT_NONE ? NULL : &k->zones[place];
}

/* The zone of the firm, institution or project that a change is of, or of a capability of; LT_NONE where there is none now. */
static lt_node zone_of(const lt_dataset *ds, const lt_change *change)
{
    bool holds = change->kind == LT_FIRM || change->kind == LT_INSTITUTION || change->kind == LT_PROJECT;
    if (change->after == LT_NONE || (!holds && change->kind != LT_CAPABILITY)) return LT_NONE;
    lt_node holder = holds ? lt_node_at(ds, (lt_kind)change->kind, change->after) : lt_capabilities(ds)[change->after].edge.from;
    return lt_holder_zone(ds, holder);
}

/* A gap that closed counts once for each zone that has one of the records behind it, and for those above. */
static void count_gap(ranking *k, const lt_effect *effect, uint32_t turn)
{
    const lt_dataset *ds = k->r->ds;
    const lt_diff *diff = k->r->options->since;
    bool counted = false;
    for (uint32_t i = 0; i < effect->cause_count; i++) {
        lt_node zone = zone_of(ds, &diff->changes[diff->causes[effect->first_cause + i]]);
        for (; zone != LT_NONE && k->turn[lt_node_index(ds, zone)] != turn; zone = parent_zone(ds, zone)) {
            movement *m = at_zone(k, zone);
            k->turn[lt_node_index(ds, zone)] = turn;
            if (m) m->closed++;
            counted |= m != NULL;
        }
    }
    k->uncounted += !counted;
}

/* Whether a gap was proven, and is closed rather than left out of the data. */
static bool gap_counts(const lti_report *r, const lt_effect *effect)
{
    return effect->type == LT_EFFECT_GAP_CLOSED && effect->link_after != LT_NONE && effect->after != LT_NO_VALUE &&
           effect->before != LT_STATUS_UNKNOWN && lti_covers(r, effect->link_after);
}

static void count_project(ranking *k, const lt_change *change)
{
    const lti_report *r = k->r;
    if (change->type == LT_CHANGE_DROPPED || !lti_since_project(r, change)) return;
    const lt_project *now = &lt_projects(r->ds)[change->after];
    bool added = change->type == LT_CHANGE_ADDED;
    int steps = added ? 0 : now->stage - lt_projects(r->options->before)[change->before].stage;
    k->loose += now->zone == LT_NONE;
    for (lt_node zone = now->zone; zone != LT_NONE; zone = parent_zone(r->ds, zone)) {
        movement *m = at_zone(k, zone);
        if (!m) continue;
        m->added += added;
        m->forward += steps > 0 ? (uint32_t)steps : 0;
        m->backward += steps < 0 ? (uint32_t)-steps : 0;
    }
}

static void count_all(ranking *k)
{
    const lti_report *r = k->r;
    const lt_diff *diff = r->options->since;
    for (size_t i = 0; i < lt_count(r->ds, LT_ZONE); i++) k->place[i] = LT_NONE;
    for (size_t i = 0; i < k->count; i++) {
        k->zones[i].zone = r->positions.positions[i].zone;
        k->place[k->zones[i].zone] = (uint32_t)i;
    }
    for (size_t i = 0; i < diff->effect_count; i++)
        if (gap_counts(r, &diff->effects[i])) count_gap(k, &diff->effects[i], (uint32_t)i + 1);
    for (size_t i = 0; i < diff->change_count; i++) count_project(k, &diff->changes[i]);
    for (size_t i = 0; i < k->count; i++) {
        movement *m = &k->zones[i];
        m->points = (int64_t)m->closed + m->forward + m->added - m->backward;
    }
}

static bool moved(const movement *m)
{
    return m->closed + m->forward + m->backward + m->added > 0;
}

static uint8_t type_of(const ranking *k, const movement *m)
{
    return lt_zones(k->r->ds)[m->zone].type;
}

/* Those that are listed first, a type together, most points first. */
static int by_rank(const void *left, const void *right, void *context)
{
    static const uint8_t order[] = {
        [LT_ZONE_COUNTY] = 0, [LT_ZONE_ZONE] = 1, [LT_ZONE_PARK] = 2, [LT_ZONE_UNSET] = 3}; /* counties are what is compared first
                                                                                             */
    const movement *a = left, *b = right;
    uint8_t one = order[type_of(context, a)], other = order[type_of(context, b)];
    if (moved(a) != moved(b)) return moved(a) ? -1 : 1;
    if (one != other) return one < other ? -1 : 1;
    if (a->points != b->points) return a->points > b->points ? -1 : 1;
    return a->zone < b->zone ? -1 : a->zone > b->zone;
}

/* Among all of its type, those that are not listed having no points. */
static size_t rank_of(const ranking *k, const movement *m)
{
    size_t rank = 1;
    for (size_t i = 0; i < k->count; i++) rank += type_of(k, &k->zones[i]) == type_of(k, m) && k->zones[i].points > m->points;
    return rank;
}

static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_SINCE_COLUMN_TYPE, 12, false},   {LT_MSG_REPORT_SINCE_COLUMN_RANK, 8, true},
    {LT_MSG_REPORT_COLUMN_ZONE, 28, false},         {LT_MSG_REPORT_SINCE_COLUMN_CLOSED, 11, true},
    {LT_MSG_REPORT_SINCE_COLUMN_FORWARD, 11, true}, {LT_MSG_REPORT_SINCE_COLUMN_BACKWARD, 11, true},
    {LT_MSG_REPORT_SINCE_COLUMN_NEW, 11, true},     {LT_MSG_REPORT_SINCE_COLUMN_POINTS, 8, true},
};

static void put_ranks(ranking *k, size_t count)
{
    lti_report *r = k->r;
    lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const movement *m = &k->zones[i];
        lt_node zone = lt_node_at(r->ds, LT_ZONE, m->zone);
        const char *id = lt_node_id(r->ds, zone);
        lti_cell_word(r, lti_zone_type_name(type_of(k, m)));
        lti_cell_whole(r, rank_of(k, m), lti_figure(r, "since-zone", id, "rank"));
        lti_cell_text(r, lt_node_name(r->ds, zone));
        lti_cell_whole(r, m->closed, lti_figure(r, "since-zone", id, "closed"));
        lti_cell_whole(r, m->forward, lti_figure(r, "since-zone", id, "forward"));
        lti_cell_whole(r, m->backward, lti_figure(r, "since-zone", id, "backward"));
        lti_cell_whole(r, m->added, lti_figure(r, "since-zone", id, "added"));
        lti_cell(
            r, (lt_doc_run){lt_doc_print(&r->doc, "%lld", (long long)m->points), lti_figure(r, "since-zone", id, "points"), false});
    }
    lti_note(r, LT_MSG_REPORT_SINCE_ZONES_NOTE);
}

static void tell_count(lti_report *r, size_t count, lt_message one, lt_message many, const char *figure)
{
    if (count > 0) LTI_TELL(r, count == 1 ? one : many, lti_whole(r, count, lti_figure(r, "since", "zones", figure)));
}

static void put_ranking(ranking *k)
{
    lti_report *r = k->r;
    size_t count = 0;
    for (size_t i = 0; i < k->count; i++) count += moved(&k->zones[i]);
    if (count > 0) qsort_r(k->zones, k->count, sizeof *k->zones, by_rank, k);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    if (count == 0) lti_tell(r, k->count == 0 ? LT_MSG_REPORT_ZONES_NONE : LT_MSG_REPORT_SINCE_ZONES_NONE);
    tell_count(r, count, LT_MSG_REPORT_SINCE_ZONES_RANKED_ONE, LT_MSG_REPORT_SINCE_ZONES_RANKED, "ranked");
    if (count > 0) tell_count(r, k->count - count, LT_MSG_REPORT_SINCE_ZONES_REST_ONE, LT_MSG_REPORT_SINCE_ZONES_REST, "rest");
    tell_count(r, k->loose, LT_MSG_REPORT_SINCE_LOOSE_ONE, LT_MSG_REPORT_SINCE_LOOSE, "loose");
    tell_count(r, k->uncounted, LT_MSG_REPORT_SINCE_UNCOUNTED_ONE, LT_MSG_REPORT_SINCE_UNCOUNTED, "uncounted");
    if (count > 0) put_ranks(k, count);
}

lt_code lti_since_ranking(lti_report *r)
{
    size_t zones = lt_count(r->ds, LT_ZONE);
    ranking k = {.r = r,
                 .count = r->positions.count,
                 .zones = calloc(r->positions.count + 1, sizeof *k.zones),
                 .place = calloc(zones + 1, sizeof *k.place),
                 .turn = calloc(zones + 1, sizeof *k.turn)};
    lt_code code = LT_OK;
    lti_heading(r, 2, LT_MSG_REPORT_SINCE_ZONES);
    if (!k.zones || !k.place || !k.turn) {
        code = lti_out_of_memory(r);
    } else {
        count_all(&k);
        put_ranking(&k);
    }
    free(k.zones);
    free(k.place);
    free(k.turn);
    return code;
}
