/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a zone's row holds, as JSON; ids and words only, so that it is the same in every language. */
#include "position.h"

static const struct {
    const char *word;
    lt_message message;
} scopes[] = {
    [LT_ON_LINK] = {"link", LT_MSG_SCOPE_LINK},
    [LT_ON_SEGMENT] = {"segment", LT_MSG_SCOPE_SEGMENT},
    [LT_ON_CHAIN] = {"chain", LT_MSG_SCOPE_CHAIN},
};

lt_cell scope_cell(lt_scope scope)
{
    return lt_cell_word(scopes[scope].word, scopes[scope].message, LT_TONE_PLAIN);
}

void add_json(const zone_listing *l, json_t *list, json_t *item)
{
    if (json_array_append_new(list, item) != 0) l->texts->failed = true;
}

lt_node focus_via(const zone_listing *l, const lt_position *position, uint32_t focus)
{
    lt_node from = lt_focuses(l->ds)[focus].edge.from;
    return lt_node_index(l->ds, from) == position->zone ? LT_NONE : from;
}

lt_basis gap_basis(const zone_listing *l, const lt_zone_gap *gap)
{
    uint8_t focus = lt_focuses(l->ds)[gap->focus].edge.record.basis;
    uint8_t status = l->gaps->basis[l->targets->listed[gap->target].link];
    return (lt_basis)(focus > status ? focus : status);
}

uint32_t gaps_shown(const zone_listing *l, const lt_position *position)
{
    return position->gap_count < l->top ? position->gap_count : (uint32_t)l->top;
}

void put_zone_names(const zone_listing *l, const uint32_t *zones, size_t count, line *text)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) fputs(lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR), text->file);
        fputs(lt_dataset_string(l->ds, lt_zones(l->ds)[zones[i]].head.name), text->file);
    }
}

const char *zone_names(const zone_listing *l, const uint32_t *zones, size_t count, cell_texts *texts)
{
    line names;
    if (!line_begin(&names, texts)) return "";
    put_zone_names(l, zones, count, &names);
    return line_end(&names, texts);
}

void end_row(const zone_listing *l, const lt_cell *cells)
{
    if (!l->texts->failed) lt_table_row(l->writer, cells);
    free_cell_texts(l->texts);
}

/* NULL where there is no node, as json_pack wants it for null. */
static const char *id_or_null(const lt_dataset *ds, lt_node node)
{
    return node == LT_NONE ? NULL : lt_node_id(ds, node);
}

static const char *link_id(const lt_dataset *ds, uint32_t link)
{
    return lt_dataset_string(ds, lt_links(ds)[link].head.id);
}
static const char *link_name(const lt_dataset *ds, uint32_t link)
{
    return lt_dataset_string(ds, lt_links(ds)[link].head.name);
}

static json_t *sources_json(const zone_listing *l, const lt_record *record)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < record->source.count; i++)
        add_json(l, list, json_string(lt_dataset_string(l->ds, lt_list_string(l->ds, record->source, i))));
    return list;
}

json_t *zone_ids_json(const zone_listing *l, const uint32_t *zones, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) add_json(l, list, json_string(lt_dataset_string(l->ds, lt_zones(l->ds)[zones[i]].head.id)));
    return list;
}

/* Who gives a link what, with the record that says so. */
static json_t *givers_json(const zone_listing *l, const lt_zone_holding *holding)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < holding->count; i++) {
        const lt_capability *c = &lt_capabilities(l->ds)[l->positions->capabilities[holding->first + i]];
        add_json(l, list,
                 json_pack("{s:s,s:s,s:s,s:f,s:s,s:o}", "id", lt_node_id(l->ds, c->edge.from), "name",
                           lt_node_name(l->ds, c->edge.from), "role", lt_enum_word(LT_ENUM_CAPABILITY_ROLE, c->edge.role), "level",
                           c->level, "basis", lt_enum_word(LT_ENUM_BASIS, c->edge.record.basis), "sources",
                           sources_json(l, &c->edge.record)));
    }
    return list;
}

json_t *zone_holds_json(const zone_listing *l, const lt_position *position)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < position->holding_count; i++) {
        const lt_zone_holding *h = &l->positions->holdings[position->holding_first + i];
        add_json(l, list,
                 json_pack("{s:s,s:s,s:s?,s:s,s:i,s:f,s:o}", "link", link_id(l->ds, h->link), "name", link_name(l->ds, h->link),
                           "chain", id_or_null(l->ds, lt_links(l->ds)[h->link].chain), "status",
                           lt_status_word((lt_status)l->gaps->status[h->link]), "producers", (int)h->producers, "supply", h->supply,
                           "by", givers_json(l, h)));
    }
    return list;
}

json_t *zone_gaps_json(const zone_listing *l, const lt_position *position)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < gaps_shown(l, position); i++) {
        const lt_zone_gap *g = &l->positions->gaps[position->gap_first + i];
        uint32_t link = l->targets->listed[g->target].link;
        add_json(l, list,
                 json_pack("{s:i,s:s,s:s,s:s?,s:s,s:s,s:f,s:s,s:s,s:s?,s:b,s:s}", "rank", (int)g->target + 1, "link",
                           link_id(l->ds, link), "name", link_name(l->ds, link), "chain",
                           id_or_null(l->ds, lt_links(l->ds)[link].chain), "status",
                           lt_status_word((lt_status)l->gaps->status[link]), "action",
                           lt_action_word((lt_action)l->gaps->action[link]), "fit", g->fit, "scope", scopes[g->scope].word, "focus",
                           lt_node_id(l->ds, lt_focuses(l->ds)[g->focus].edge.to), "via",
                           id_or_null(l->ds, focus_via(l, position, g->focus)), "first", g->first, "basis",
                           lt_enum_word(LT_ENUM_BASIS, gap_basis(l, g))));
    }
    return list;
}

json_t *zone_overlaps_json(const zone_listing *l, const lt_position *position)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < position->overlap_count; i++) {
        const lt_zone_overlap *o = &l->positions->overlaps[position->overlap_first + i];
        add_json(l, list,
                 json_pack("{s:s,s:s,s:o}", "link", link_id(l->ds, o->link), "name", link_name(l->ds, o->link), "zones",
                           zone_ids_json(l, &l->positions->rivals[o->first], o->count)));
    }
    return list;
}

json_t *zone_chains_json(const zone_listing *l, const lt_position *position)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < position->standing_count; i++) {
        const lt_zone_standing *s = &l->positions->standings[position->standing_first + i];
        bool has_chain = s->chain != LT_NONE;
        add_json(l, list,
                 json_pack("{s:s?,s:s?,s:s?,s:i,s:i,s:i}", "chain", id_or_null(l->ds, s->chain), "name",
                           has_chain ? lt_node_name(l->ds, s->chain) : NULL, "stage", lt_enum_word(LT_ENUM_STAGE, s->stage),
                           "links", (int)s->links, "all_links", (int)s->all_links, "producers", (int)s->producers));
    }
    return list;
}

json_t *zone_focus_json(const zone_listing *l, const lt_position *position)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < position->focus_count; i++) {
        uint32_t focus = l->positions->focuses[position->focus_first + i];
        const lt_edge *edge = &lt_focuses(l->ds)[focus].edge;
        bool on_chain = lt_node_kind(l->ds, edge->to) == LT_CHAIN;
        lt_node chain = on_chain ? edge->to : lt_links(l->ds)[lt_node_index(l->ds, edge->to)].chain;
        add_json(l, list,
                 json_pack("{s:s,s:s,s:s,s:s?,s:s?,s:s,s:o}", "to", lt_node_id(l->ds, edge->to), "name",
                           lt_node_name(l->ds, edge->to), "kind", on_chain ? "chain" : "link", "chain", id_or_null(l->ds, chain),
                           "via", id_or_null(l->ds, focus_via(l, position, focus)), "basis",
                           lt_enum_word(LT_ENUM_BASIS, edge->record.basis), "sources", sources_json(l, &edge->record)));
    }
    return list;
}
