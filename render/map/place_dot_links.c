/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph of links: by segment, or over all chains by chain, with the supply edges between them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/edges.h"
#include "map/place_dot.h"

/** A map being built. */
typedef struct {
    lti_dot *dot;
    const lti_map *map;
    const lt_dataset *ds;
    const lt_gaps *gaps;
    lt_node chain;    /* LT_NONE = all: a column a chain */
    Agnode_t **nodes; /* by link, NULL = not on the map */
    uint32_t shown;
} drawing;

/** What a column takes: links of a chain, and of one of its segments. */
typedef struct {
    lt_node chain; /* LT_NONE = the map's */
    const lt_segment *segment;
} taking;

static const char *text_of(const drawing *d, lt_message message)
{
    return lt_message_pattern(d->map->lang, message);
}

static void style_card(const drawing *d, uint32_t link, Agnode_t *node)
{
    lt_status status = (lt_status)d->gaps->status[link];
    const lti_look *look = lti_look_of(d->map->options->style, status);
    const char *name = lt_dataset_string(d->ds, lt_links(d->ds)[link].head.name);
    char heading[2048], classes[64];
    snprintf(heading, sizeof heading, "[%s] %s%s", text_of(d, look->badge), lt_links(d->ds)[link].choke ? "▲" : "", name);
    snprintf(classes, sizeof classes, "link st-%s", lt_status_word(status));
    bool unknown = status == LT_STATUS_UNKNOWN;
    const char *count = lti_number(&d->dot->texts, d->gaps->coverage.producers[link]);
    const char *metric =
        lti_say(&d->dot->texts, d->map, unknown ? LT_MSG_MAP_NOT_SURVEYED : LT_MSG_MAP_PRODUCERS, count, NULL, NULL);
    lti_dot_style(d->dot, node,
                  &(lti_dot_card){.name = heading, .note = metric, .tooltip = name, .classes = classes, .look = look});
}

static void style_junction(Agnode_t *node)
{
    lti_gv_set(node, "shape", "circle");
    lti_gv_set(node, "label", " "); /* an empty one is left out of DOT, and dot would show the name */
    lti_gv_set(node, "fontsize", "1");
    lti_gv_set(node, "width", "0.12");
    lti_gv_set(node, "height", "0.12");
    lti_gv_set(node, "style", "filled");
    lti_gv_set(node, "fillcolor", "#8D9BA8");
    lti_gv_set(node, "color", "#8D9BA8");
    lti_gv_set(node, "class", "junction");
}

static void add_link(drawing *d, Agraph_t *column, uint32_t link)
{
    const char *id = lt_dataset_string(d->ds, lt_links(d->ds)[link].head.id);
    Agnode_t *node = lti_dot_node(d->dot, column, 'n', id, link + 1);
    if (lt_links(d->ds)[link].abstract) style_junction(node);
    else style_card(d, link, node);
    d->nodes[link] = node;
    d->shown++;
}

static bool takes(const drawing *d, taking t, uint32_t link)
{
    const lt_link *l = &lt_links(d->ds)[link];
    if (d->chain == LT_NONE) return l->chain == t.chain;
    return (l->chain == d->chain ? lt_link_segment(d->ds, link) : NULL) == t.segment;
}

/* One column: the links of a segment, those that have none in this chain, or those of a chain. */
static void add_column(drawing *d, int number, taking t)
{
    Agraph_t *column = lti_dot_column(d->dot, number);
    uint32_t before = d->shown;
    for (size_t i = 0; i < d->map->link_count; i++)
        if (takes(d, t, d->map->links[i])) add_link(d, column, d->map->links[i]);
    if (d->shown == before) {
        agclose(column); /* agdelsubg would lose it */
        return;
    }
    const char *title = t.segment            ? lt_dataset_string(d->ds, t.segment->name)
                        : t.chain != LT_NONE ? lt_node_name(d->ds, t.chain)
                                             : text_of(d, LT_MSG_MAP_NO_SEGMENT);
    bool staged = t.segment && t.segment->stage != LT_STAGE_UNSET;
    lti_dot_heading(d->dot, column, number, staged ? text_of(d, lti_stage_message(t.segment->stage)) : "", title);
}

static void add_columns(drawing *d)
{
    lt_list segments = {0};
    if (d->chain != LT_NONE) segments = lt_chains(d->ds)[lt_node_index(d->ds, d->chain)].segments;
    uint32_t count = d->chain == LT_NONE ? (uint32_t)lt_count(d->ds, LT_CHAIN) : segments.count + 1;
    for (uint32_t i = 0; i < count; i++) {
        taking t = {d->chain == LT_NONE ? lt_node_at(d->ds, LT_CHAIN, i) : LT_NONE, NULL};
        if (i < segments.count) t.segment = lt_list_segment(d->ds, segments, i);
        const char *wanted = d->map->options->segment;
        if (wanted && (!t.segment || strcmp(wanted, lt_dataset_string(d->ds, t.segment->id)) != 0)) continue;
        add_column(d, (int)i, t);
    }
}

static void add_edges(drawing *d)
{
    lt_node base = lt_node_at(d->ds, LT_LINK, 0);
    for (size_t i = 0; i < lt_count(d->ds, LT_SUPPLY); i++) {
        const lt_supply *supply = &lt_supplies(d->ds)[i];
        uint32_t from = supply->edge.from - base, to = supply->edge.to - base;
        if (!d->nodes[from] || !d->nodes[to]) continue;
        Agedge_t *edge = lti_dot_edge(d->dot, d->nodes[from], d->nodes[to]);
        bool real = !lt_links(d->ds)[from].abstract;
        lt_status status = (lt_status)d->gaps->status[from];
        bool optional = supply->need == LT_NEED_OPTIONAL;
        lti_gv_set(edge, "color", real ? lti_look_of(d->map->options->style, status)->edge : d->map->colours->supply);
        lti_gv_set(edge, "class", optional ? "edge supply optional" : supply->group ? "edge supply alternative" : "edge supply");
        if (optional) lti_gv_set(edge, "style", "dotted");
        else if (real && status == LT_STATUS_MISSING) lti_gv_set(edge, "style", "dashed");
        if (supply->group) lti_gv_set(edge, "arrowhead", "empty");
    }
}

static void add_legend(const drawing *d)
{
    uint32_t counts[LT_STATUSES] = {0};
    for (uint32_t i = 0; i < lt_count(d->ds, LT_LINK); i++)
        if (d->nodes[i] && !lt_links(d->ds)[i].abstract) counts[d->gaps->status[i]]++;
    for (int s = LT_STATUSES - 1; s >= 0; s--) {
        const lti_look *look = lti_look_of(d->map->options->style, (lt_status)s);
        lti_dot_count(d->dot, text_of(d, look->badge), text_of(d, look->name), counts[s]);
    }
}

lt_code lti_graph_links(lti_dot *dot, lt_error *error)
{
    const lti_map *map = dot->map;
    drawing d = {.dot = dot, .map = map, .ds = map->ds, .gaps = map->gaps, .chain = map->options->chain};
    d.nodes = calloc(lt_count(map->ds, LT_LINK) + 1, sizeof *d.nodes);
    if (!d.nodes) return lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
    add_columns(&d);
    add_edges(&d);
    add_legend(&d);
    bool one = d.chain != LT_NONE;
    dot->title = lti_say(&dot->texts, map, one ? LT_MSG_MAP_TITLE : LT_MSG_MAP_TITLE_CITY,
                         lt_node_name(map->ds, one ? d.chain : lt_dataset_home(map->ds)), NULL, NULL);
    free(d.nodes);
    return LT_OK;
}
