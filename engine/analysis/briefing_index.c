/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who stands on which link, chain and segment. */
#include "analysis/briefing.h"
#include "analysis/zone_fit.h"
#include "core/error.h"
#include "core/memory.h"
#include "dataset/store.h"
#include "graph/parts.h"

#define LEFT_OUT UINT32_MAX

uint32_t lti_end_place(const lt_briefing *b, lt_node node)
{
    uint32_t index = lt_node_index(b->ds, node);
    return lt_node_kind(b->ds, node) == LT_LINK ? index : b->links + index;
}

static uint32_t place_of_end(const lt_briefing *b, lt_kind kind, uint32_t i)
{
    return lti_end_place(b, lti_edge_at(b->ds, kind, i)->to);
}

static uint32_t segment_of_focus(const lt_briefing *b, lt_kind kind, uint32_t i)
{
    lt_node to = lti_edge_at(b->ds, kind, i)->to;
    return lt_node_kind(b->ds, to) == LT_LINK ? lti_segment_number(b->ds, lt_node_index(b->ds, to)) : LEFT_OUT;
}

static uint32_t link_of_outsider(const lt_briefing *b, lt_kind kind, uint32_t i)
{
    const lt_edge *edge = lti_edge_at(b->ds, kind, i);
    return lt_holder_local(b->ds, edge->from) ? LEFT_OUT : lt_node_index(b->ds, edge->to);
}

static uint32_t seller(const lt_briefing *b, lt_kind kind, uint32_t i)
{
    return lt_node_index(b->ds, lti_edge_at(b->ds, kind, i)->from);
}

/* Indexes the records of a kind by the place that `place` gives. */
static lt_code index_records(const lt_briefing *b, lt_kind kind, size_t places,
                             uint32_t (*place)(const lt_briefing *, lt_kind, uint32_t), lti_index *out, lt_error *error)
{
    size_t records = lt_count(b->ds, kind), count = 0;
    uint32_t *keys = lti_alloc(records, sizeof *keys), *values = lti_alloc(records, sizeof *values);
    out->first = lti_alloc(places + 2, sizeof *out->first);
    out->record = lti_alloc(records, sizeof *out->record);
    bool whole = keys && values && out->first && out->record;
    for (uint32_t i = 0; i < records && whole; i++) {
        uint32_t at = place(b, kind, i);
        if (at == LEFT_OUT) continue;
        keys[count] = at;
        values[count++] = i;
    }
    if (whole) lti_bucket(keys, values, count, (uint32_t)places, out->first, out->record);
    lti_free(keys);
    lti_free(values);
    return whole ? LT_OK : lti_fail_memory(error);
}

void lti_index_done(lti_index *index)
{
    lti_free(index->first);
    lti_free(index->record);
}

lt_code lti_briefing_index(lt_briefing *b, lt_error *error)
{
    size_t places = (size_t)b->links + b->chains;
    lt_code code = index_records(b, LT_FOCUS, places, place_of_end, &b->focus, error);
    if (code == LT_OK) code = index_records(b, LT_PROSPECT, places, place_of_end, &b->prospect, error);
    if (code == LT_OK) code = index_records(b, LT_ORIGIN, places, place_of_end, &b->origin, error);
    if (code == LT_OK) code = index_records(b, LT_LEAD, places, place_of_end, &b->lead, error);
    if (code == LT_OK) code = index_records(b, LT_FOCUS, b->ds->segments.count, segment_of_focus, &b->segment_focus, error);
    if (code == LT_OK) code = index_records(b, LT_CAPABILITY, b->links, link_of_outsider, &b->outside, error);
    if (code == LT_OK) code = index_records(b, LT_TRADE, lt_count(b->ds, LT_FIRM), seller, &b->trade, error);
    return code;
}
