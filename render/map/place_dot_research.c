/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph of research: who works here on the links of a chain, these links by segment, and who could be engaged elsewhere. All
   edges run left to right, so that ranks are columns; those of holders elsewhere have their arrow at the link. */
#include <stdio.h>
#include <stdlib.h>

#include "map/edges.h"
#include "map/innovation.h"
#include "map/place_dot.h"

enum { TEXT_SIZE = 2048 };

/** A graph being built. */
typedef struct {
    lti_dot *dot;
    const lti_map *map;
    lti_innovation_sheet sheet;
    Agnode_t **links, **holders; /* nodes by link, and by holder */
    int columns;
} drawing;

static const char *say(const drawing *d, lt_message message)
{
    return lt_message_pattern(d->map->lang, message);
}

static void add_holder(drawing *d, Agraph_t *column, uint32_t h)
{
    const lti_holder *holder = &d->sheet.research.holders[h];
    const lti_line line = lti_tie_line(d->map, holder->local, false);
    const lti_look look = {
        .colour = line.stroke, .fill = d->map->colours->chip, .cue = holder->local ? LTI_CUE_NONE : LTI_CUE_OPEN};
    const char *name = lt_node_name(d->map->ds, holder->node);
    const char *works =
        holder->whole_chain && holder->links == 0
            ? say(d, LT_MSG_INNOVATION_WHOLE)
            : lti_say(&d->dot->texts, d->map, holder->whole_chain ? LT_MSG_INNOVATION_WORKS_WHOLE : LT_MSG_INNOVATION_WORKS,
                      lti_number(&d->dot->texts, holder->links), NULL, NULL);
    char heading[TEXT_SIZE], note[TEXT_SIZE];
    snprintf(heading, sizeof heading, "[%s] %s", say(d, lti_holder_tag(d->map, holder->node)), name);
    snprintf(note, sizeof note, "%s · %s", works, holder->name);
    d->holders[h] = lti_dot_node(d->dot, column, 'e', lt_node_id(d->map->ds, holder->node), holder->node + 1);
    lti_dot_style(d->dot, d->holders[h],
                  &(lti_dot_card){.name = heading,
                                  .note = note,
                                  .tooltip = name,
                                  .classes = holder->local ? "holder local" : "holder outside",
                                  .look = &look});
}

static void add_holders(drawing *d, bool local)
{
    const lti_research *r = &d->sheet.research;
    size_t count = local ? r->local_count : r->holder_count - r->local_count;
    int number = d->columns++;
    Agraph_t *column = lti_dot_column(d->dot, number);
    for (uint32_t h = 0; h < r->holder_count; h++)
        if (r->holders[h].local == local) add_holder(d, column, h);
    Agnode_t *remark = NULL;
    if (count == 0)
        remark = lti_dot_remark(d->dot, column, number, say(d, local ? LT_MSG_INNOVATION_NO_LOCAL : LT_MSG_INNOVATION_NO_OUTSIDE));
    const char *counted = lti_say(&d->dot->texts, d->map, LT_MSG_INNOVATION_HOLDERS, lti_number(&d->dot->texts, count), NULL, NULL);
    Agnode_t *heading =
        lti_dot_heading(d->dot, column, number, say(d, local ? LT_MSG_INNOVATION_HERE : LT_MSG_INNOVATION_ELSEWHERE), counted);
    if (remark) lti_dot_below(d->dot, heading, remark);
    for (uint32_t h = 0; h < r->holder_count; h++) /* those without an edge */
        if (r->holders[h].local == local && r->holders[h].links == 0) lti_dot_below(d->dot, heading, d->holders[h]);
}

static void add_link(drawing *d, Agraph_t *column, uint32_t link)
{
    const lti_tile tile = lti_innovation_tile(&d->dot->texts, &d->sheet, link);
    char heading[TEXT_SIZE];
    bool priority = tile.flag == LTI_FLAG_PRIORITY;
    snprintf(heading, sizeof heading, "[%s]%s%s%s %s%s", tile.badge, priority ? "[" : "",
             priority ? say(d, LT_MSG_FLAG_PRIORITY) : "", priority ? "]" : "", tile.flag == LTI_FLAG_CHOKE ? "▲" : "",
             lt_dataset_string(d->map->ds, lt_links(d->map->ds)[link].head.name));
    d->links[link] = lti_dot_node(d->dot, column, 'n', lt_dataset_string(d->map->ds, lt_links(d->map->ds)[link].head.id), link + 1);
    lti_dot_style(d->dot, d->links[link],
                  &(lti_dot_card){.name = heading,
                                  .note = lti_support_name(d->map, d->sheet.research.support[link]),
                                  .tooltip = tile.title,
                                  .classes = tile.classes,
                                  .look = tile.look});
}

static void add_segment(drawing *d, const lti_column *segment)
{
    int number = d->columns++;
    Agraph_t *column = lti_dot_column(d->dot, number);
    for (size_t i = 0; i < segment->count; i++) add_link(d, column, segment->links[i]);
    const char *over = segment->over                      ? segment->over
                       : segment->stage != LT_STAGE_UNSET ? say(d, lti_stage_message((uint8_t)segment->stage))
                                                          : "";
    Agnode_t *above = lti_dot_heading(d->dot, column, number, over, segment->name);
    for (size_t i = 0; i < segment->count; i++) {
        lti_dot_below(d->dot, above, d->links[segment->links[i]]);
        above = d->links[segment->links[i]];
    }
}

static void add_tie(drawing *d, const lti_tie *tie)
{
    bool local = d->sheet.research.holders[tie->holder].local;
    Agnode_t *holder = d->holders[tie->holder], *link = d->links[tie->link];
    const lti_line line = lti_tie_line(d->map, local, tie->named);
    Agedge_t *edge = lti_dot_edge(d->dot, local ? holder : link, local ? link : holder);
    lti_gv_set(edge, "color", line.stroke);
    lti_gv_set(edge, "class", tie->named ? "edge prospect" : "edge capability");
    if (!local) lti_gv_set(edge, "dir", "back");
    if (tie->named) lti_gv_set(edge, "style", "dotted");
    if (tie->named) lti_gv_set(edge, "penwidth", "1.3");
}

static void add_legend(drawing *d)
{
    char keys[TEXT_SIZE];
    for (int i = 0; i < LT_SUPPORTS; i++) {
        uint8_t support = lti_supports_worst_first[i];
        lti_dot_count(d->dot, lti_support_badge(d->map, support), lti_support_name(d->map, support),
                      d->sheet.research.counts[support]);
    }
    snprintf(keys, sizeof keys, "▲ %s   [%s] %s   —— %s   —— %s   ······ %s", say(d, LT_MSG_FLAG_CHOKE_NAME),
             say(d, LT_MSG_FLAG_PRIORITY), say(d, LT_MSG_FLAG_PRIORITY_NAME), say(d, LT_MSG_INNOVATION_KEY_LOCAL),
             say(d, LT_MSG_INNOVATION_KEY_OUTSIDE), say(d, LT_MSG_INNOVATION_KEY_NAMED));
    d->dot->keys = lti_scene_keep(&d->dot->texts, keys);
}

lt_code lti_graph_research(lti_dot *dot, lt_error *error)
{
    drawing d = {.dot = dot, .map = dot->map, .sheet = {.map = dot->map}};
    lt_code code = lti_innovation_prepare(&d.sheet, &dot->texts, error);
    if (code != LT_OK) goto done;
    d.links = calloc(lt_count(d.map->ds, LT_LINK) + 1, sizeof *d.links);
    d.holders = calloc(d.sheet.research.holder_count + 1, sizeof *d.holders);
    if (!d.links || !d.holders) {
        code = lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
        goto done;
    }
    add_holders(&d, true);
    for (size_t i = 0; i < d.sheet.segments.count; i++) add_segment(&d, &d.sheet.segments.columns[i]);
    add_holders(&d, false);
    for (size_t i = 0; i < d.sheet.research.tie_count; i++) add_tie(&d, &d.sheet.research.ties[i]);
    add_legend(&d);
    dot->title = lti_innovation_title(&dot->texts, &d.sheet);

done:
    free(d.links);
    free(d.holders);
    lti_innovation_done(&d.sheet);
    return code;
}
