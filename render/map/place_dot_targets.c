/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph of targets, in the columns of the painted map: what is missing, in ranked order; the firms named for it; the regions
   where they are; the zones where they would land; who is responsible. A line is as strong as the strongest of the targets that
   share it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/place_dot.h"
#include "map/target_flow.h"

enum { WHAT, WHOM, WHERE, LAND, WHO, COLUMNS, FIRMS = 6, TEXT_SIZE = 2048 };

/** A graph being built. */
typedef struct {
    lti_dot *dot;
    lti_map map; /* with the counts of the list */
    lti_target_list list;
    lti_target_page page;
    lti_flow flow;
    Agraph_t *columns[COLUMNS];
    uint8_t *guards;   /* by firm: of all targets that name it */
    Agnode_t **pinned; /* targets in order */
} drawing;

static const char *say(const drawing *d, lt_message message)
{
    return lt_message_pattern(d->map.lang, message);
}

/* How strong an edge is: what ties the target to where it leads, and whether it is one of the first three. */
static void tie(const drawing *d, const lti_target_row *row, Agnode_t *from, Agnode_t *to, lt_scope scope)
{
    static const struct {
        const char *classes, *style, *pen;
    } looks[] = {{"edge route on-link", "solid", "1.5"},          {"edge route on-segment", "solid", "1"},
                 {"edge route on-chain", "dashed", "0.8"},        {"edge route first on-link", "solid", "2.2"},
                 {"edge route first on-segment", "solid", "1.6"}, {"edge route first on-chain", "dashed", "1.4"}};
    static const int order[] = {3, 4, 5, 0, 1, 2}; /* strongest first */
    enum { LOOKS = sizeof order / sizeof *order };
    Agedge_t *edge = lti_dot_edge(d->dot, from, to);
    char *before = agget(edge, (char *)(uintptr_t) "class");
    int look = (row->rank <= 3 ? 3 : 0) + (scope == LT_ON_LINK ? 0 : scope == LT_ON_SEGMENT ? 1 : 2);
    for (int i = 0; i < LOOKS && order[i] != look; i++)
        if (before && strcmp(before, looks[order[i]].classes) == 0) return;
    lti_gv_set(edge, "class", looks[look].classes);
    lti_gv_set(edge, "style", looks[look].style);
    lti_gv_set(edge, "penwidth", looks[look].pen);
    lti_gv_set(edge, "color",
               look >= 3             ? d->map.colours->alarm
               : scope == LT_ON_LINK ? d->map.colours->capability
                                     : d->map.colours->supply);
}

/* A card of anything but a target. open: nobody and nowhere. */
static void style(const drawing *d, Agnode_t *node, const char *classes, const char *name, const char *note, bool open)
{
    const lti_look look = {.colour = open ? d->map.colours->soft : d->map.colours->capability,
                           .fill = open ? d->map.colours->paper : d->map.colours->chip,
                           .cue = open ? LTI_CUE_OPEN : LTI_CUE_NONE};
    lti_dot_style(d->dot, node, &(lti_dot_card){.name = name, .note = note, .tooltip = name, .classes = classes, .look = &look});
}

static Agnode_t *add_target(const drawing *d, const lti_target_row *row)
{
    const lt_dataset *ds = d->map.ds;
    uint32_t index = row->target->link;
    const lt_link *link = &lt_links(ds)[index];
    const lti_look *look = lti_look_of(d->map.options->style, (lt_status)d->map.gaps->status[index]);
    bool other = link->chain != d->map.options->chain;
    char heading[TEXT_SIZE], note[TEXT_SIZE], classes[64];
    snprintf(heading, sizeof heading, "%zu [%s] %s%s", row->rank, say(d, look->badge), link->choke ? "▲" : "",
             lt_dataset_string(ds, link->head.name));
    const char *move = lti_target_move(&d->dot->texts, &d->map, &d->list, row);
    snprintf(note, sizeof note, "%s %.2f%s%s%s%s", say(d, lti_action_word((lt_action)d->map.gaps->action[index])),
             row->target->score, move ? " " : "", move ? move : "", other ? " · " : "", other ? lt_node_name(ds, link->chain) : "");
    snprintf(classes, sizeof classes, "target st-%s", lt_status_word((lt_status)d->map.gaps->status[index]));
    Agnode_t *node = lti_dot_node(d->dot, d->columns[WHAT], 't', lt_dataset_string(ds, link->head.id), index + 1);
    lti_dot_style(d->dot, node,
                  &(lti_dot_card){.name = heading,
                                  .note = note,
                                  .tooltip = lti_target_title(&d->dot->texts, &d->map, row),
                                  .classes = classes,
                                  .look = look});
    return node;
}

static Agnode_t *add_entity(const drawing *d, int column, lt_node entity, const char *classes, const char *note)
{
    Agnode_t *node = lti_dot_node(d->dot, d->columns[column], 'e', lt_node_id(d->map.ds, entity), entity + 1);
    style(d, node, classes, lt_node_name(d->map.ds, entity), note, false);
    return node;
}

/* A firm with all that is to be looked at before it is asked. */
static Agnode_t *add_firm(const drawing *d, const lt_brief_item *item)
{
    char marks[256];
    unsigned guards = item->guards;
    if (lt_node_kind(d->map.ds, item->node) == LT_FIRM) guards = d->guards[lt_node_index(d->map.ds, item->node)] |= item->guards;
    lti_target_marks(&d->map, guards, marks, sizeof marks);
    return add_entity(d, WHOM, item->node, "firm", marks[0] ? marks : NULL);
}

/* What is not named. which: tells it from others. */
static Agnode_t *add_vacant(const drawing *d, int column, const char *which, const char *words)
{
    Agnode_t *node = lti_dot_node(d->dot, d->columns[column], 'v', which, 0);
    style(d, node, "vacant", words, NULL, true);
    return node;
}

static Agnode_t *add_region(const drawing *d, lti_stop_kind kind, lt_node region, const lti_stop *stop)
{
    if (kind == LTI_STOP_NAMED && region != LT_NONE) return add_entity(d, WHERE, region, "region", NULL);
    if (kind != LTI_STOP_POOL) return add_vacant(d, WHERE, "region", say(d, LT_MSG_TARGETING_NO_REGION));
    Agnode_t *node = lti_dot_node(d->dot, d->columns[WHERE], 'v', "pool", 0);
    style(d, node, "region pool", stop->name, stop->note, true);
    return node;
}

static Agnode_t *add_zone(const drawing *d, const lti_stop *stop)
{
    if (stop->kind == LTI_STOP_NAMED) return add_entity(d, LAND, stop->node, "zone", NULL);
    return add_vacant(d, LAND, "zone", stop->name);
}

static Agnode_t *add_unit(drawing *d, const lti_stop *stop)
{
    char id[32];
    snprintf(id, sizeof id, "%zu", (size_t)(stop - d->flow.units.stops));
    Agnode_t *node = lti_dot_node(d->dot, d->columns[WHO], 'u', id, 0);
    style(d, node, "unit", stop->name, stop->note, stop->kind == LTI_STOP_VACANT);
    return node;
}

/* Firms named for the link, with their regions. */
static void add_firms(const drawing *d, const lti_target_row *row, Agnode_t *target, Agnode_t *zone, lt_scope landing)
{
    size_t drawn = 0, all = 0;
    for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES]; i++) {
        const lt_brief_item *item = &row->lists[LT_BRIEF_CANDIDATES][i];
        if (item->scope != LT_ON_LINK || all++ >= FIRMS) continue;
        lt_node at = lt_holder_region(d->map.ds, item->node);
        Agnode_t *firm = add_firm(d, item), *region = add_region(d, LTI_STOP_NAMED, at, NULL);
        tie(d, row, target, firm, LT_ON_LINK);
        tie(d, row, firm, region, LT_ON_LINK);
        tie(d, row, region, zone, landing);
        drawn++;
    }
    if (drawn == all) return;
    const char *more = lti_say(&d->dot->texts, &d->map, LT_MSG_MAP_MORE_FIRMS, lti_number(&d->dot->texts, all - drawn), NULL, NULL);
    const char *id = lt_dataset_string(d->map.ds, lt_links(d->map.ds)[row->target->link].head.id);
    Agnode_t *rest = lti_dot_node(d->dot, d->columns[WHOM], 'm', id, row->target->link + 1);
    style(d, rest, "more", more, NULL, true);
    tie(d, row, target, rest, LT_ON_LINK);
}

/* Whether a firm of the region is drawn, which leads there. */
static bool led_by_firm(const drawing *d, const lti_target_row *row, lt_node region)
{
    size_t all = 0;
    for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES] && all < FIRMS; i++) {
        const lt_brief_item *item = &row->lists[LT_BRIEF_CANDIDATES][i];
        if (item->scope != LT_ON_LINK) continue;
        all++;
        if (lt_holder_region(d->map.ds, item->node) == region) return true;
    }
    return false;
}

static void add_row(drawing *d, size_t r)
{
    const lti_target_row *row = &d->list.rows[r];
    const lti_routes *routes = &d->flow.rows[r];
    const lti_stop *landing = lti_stop_of(&d->flow.zones, r, 0), *leading = lti_stop_of(&d->flow.units, r, 0);
    if (!landing || !leading) return;
    lt_scope scope = lti_stop_scope(landing, r);
    Agnode_t *target = d->pinned[r] = add_target(d, row), *zone = add_zone(d, landing);
    add_firms(d, row, target, zone, scope);
    for (size_t i = 0; i < routes->count; i++) {
        if (routes->kinds[i] == LTI_STOP_NAMED && led_by_firm(d, row, routes->regions[i])) continue;
        Agnode_t *region = add_region(d, routes->kinds[i], routes->regions[i], lti_stop_of(&d->flow.regions, r, i));
        tie(d, row, target, region, routes->scopes[i]);
        tie(d, row, region, zone, scope);
    }
    tie(d, row, zone, add_unit(d, leading), scope);
}

static void add_headings(drawing *d)
{
    static const lt_message names[COLUMNS] = {LT_MSG_TARGETING_WHAT, LT_MSG_TARGETING_WHOM, LT_MSG_TARGETING_WHERE,
                                              LT_MSG_TARGETING_LAND, LT_MSG_TARGETING_WHO};
    Agnode_t *above = NULL, *remark = NULL;
    if (d->list.count == 0) remark = lti_dot_remark(d->dot, d->columns[WHAT], WHAT, say(d, LT_MSG_TARGETING_NONE));
    for (int i = 0; i < COLUMNS; i++) {
        Agnode_t *heading = lti_dot_heading(d->dot, d->columns[i], i, "", say(d, names[i]));
        if (i == WHAT) above = heading;
    }
    if (remark) lti_dot_below(d->dot, above, remark);
    for (size_t r = 0; r < d->list.count; r++) {
        if (!d->pinned[r]) continue;
        lti_dot_below(d->dot, above, d->pinned[r]);
        above = d->pinned[r];
    }
}

static void add_legend(drawing *d)
{
    lti_scene *texts = &d->dot->texts;
    bool capped = false, grey = d->map.options->style == LT_STYLE_PRINT;
    char keys[TEXT_SIZE];
    for (int i = 0; i < LT_STATUSES; i++) {
        const lti_look *look = lti_look_of(d->map.options->style, lti_worst_first[i]);
        lti_dot_count(d->dot, say(d, look->badge), say(d, look->name), d->map.counts[lti_worst_first[i]]);
    }
    for (size_t r = 0; r < d->list.count; r++) capped |= d->flow.rows[r].count < d->flow.rows[r].could;
    snprintf(keys, sizeof keys, "%s   %s   %s\n%s%s%s", lti_target_count_words(texts, &d->map, &d->list, 0, d->list.count),
             say(d, LT_MSG_TARGETING_GRAPH_LINES), say(d, grey ? LT_MSG_TARGETING_KEY_FIRST_GREY : LT_MSG_TARGETING_KEY_FIRST),
             say(d, LT_MSG_TARGETING_KEY_ZONE), capped ? "   " : "", capped ? say(d, LT_MSG_TARGETING_KEY_CAPPED) : "");
    const char *left = lti_targets_left(texts, &d->map, &d->list);
    if (d->list.rank_was)
        snprintf(keys + strlen(keys), sizeof keys - strlen(keys), "\n%s%s%s", say(d, LT_MSG_TARGETING_KEY_MOVED), left ? "   " : "",
                 left ? left : "");
    d->dot->keys = lti_scene_keep(texts, keys);
    const lt_map_options *o = d->map.options;
    d->dot->title = lti_say(texts, &d->map, LT_MSG_TARGETING_TITLE,
                            lt_node_name(d->map.ds, o->chain != LT_NONE ? o->chain : lt_dataset_home(d->map.ds)), NULL, NULL);
}

static lt_code prepare(drawing *d, lt_error *error)
{
    d->map.filtered |= d->map.options->segment != NULL;
    lt_code code = lti_target_list_fill(&d->map, &d->list, error);
    if (code != LT_OK) return code;
    lti_target_counts(&d->map, &d->list, d->map.counts);
    d->page =
        (lti_target_page){.map = &d->map, .scene = &d->dot->texts, .list = &d->list, .rows = d->list.rows, .count = d->list.count};
    d->guards = calloc(lt_count(d->map.ds, LT_FIRM) + 1, sizeof *d->guards);
    d->pinned = calloc(d->list.count + 1, sizeof *d->pinned);
    bool made = d->guards && d->pinned && lti_flow_fill(&d->flow, &d->page);
    return made ? LT_OK : lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
}

lt_code lti_graph_targets(lti_dot *dot, lt_error *error)
{
    drawing d = {.dot = dot, .map = *dot->map};
    lt_code code = prepare(&d, error);
    if (code == LT_OK) {
        lti_gv_set(dot->graph, "ranksep", "1.3"); /* many lines meet at few stops */
        for (int i = 0; i < COLUMNS; i++) d.columns[i] = lti_dot_column(dot, i);
        for (size_t r = 0; r < d.list.count; r++) add_row(&d, r);
        add_headings(&d);
        add_legend(&d);
    }
    lti_flow_done(&d.flow);
    lti_target_list_done(&d.list);
    free(d.guards);
    free(d.pinned);
    return code;
}
