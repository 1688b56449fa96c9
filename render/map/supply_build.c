/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "map/supply.h"

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static uint32_t from_of(const lti_supply_page *p, const lt_supply *supply)
{
    return lt_node_index(p->map->ds, supply->edge.from);
}

static uint32_t to_of(const lti_supply_page *p, const lt_supply *supply)
{
    return lt_node_index(p->map->ds, supply->edge.to);
}

bool lti_supply_breaks(const lti_supply_page *page, uint32_t link)
{
    lt_status status = (lt_status)page->map->gaps->status[link];
    if (lt_links(page->map->ds)[link].abstract || page->breaks->blocked[link] == 0) return false;
    return status == LT_STATUS_MISSING || status == LT_STATUS_SINGLE;
}

static void add_links(lti_supply_page *p)
{
    for (uint32_t i = 0; i < lt_count(p->map->ds, LT_LINK); i++) {
        p->node_of[i] = UINT32_MAX;
        if (!p->own[i]) continue;
        p->node_of[i] = (uint32_t)p->node_count;
        p->nodes[p->node_count++] = (lti_supply_node){.kind = LTI_NODE_LINK, .link = i};
    }
}

/* A junction for every group that has a supplier on the page. */
static uint32_t junction_of(lti_supply_page *p, const lt_supply *supply)
{
    uint32_t to = to_of(p, supply), of = 0;
    for (uint32_t n = 0; n < p->node_count; n++)
        if (p->nodes[n].kind == LTI_NODE_JUNCTION && p->nodes[n].link == to && p->nodes[n].group == supply->group) return n;
    for (size_t i = 0; i < lt_count(p->map->ds, LT_SUPPLY); i++) {
        const lt_supply *other = &lt_supplies(p->map->ds)[i];
        of += other->need == LT_NEED_REQUIRED && other->edge.to == supply->edge.to && other->group == supply->group;
    }
    p->nodes[p->node_count] =
        (lti_supply_node){.kind = LTI_NODE_JUNCTION, .link = to, .group = supply->group, .k = supply->k, .of = of};
    return (uint32_t)p->node_count++;
}

static bool has_junction(const lt_supply *supply)
{
    return supply->group != 0 && supply->need == LT_NEED_REQUIRED;
}

static void add_line(lti_supply_page *p, uint32_t from, uint32_t to, const lt_supply *supply, uint32_t source)
{
    p->lines[p->line_count++] = (lti_supply_line){from, to, supply, source};
}

static void add_inner(lti_supply_page *p)
{
    for (size_t i = 0; i < lt_count(p->map->ds, LT_SUPPLY); i++) {
        const lt_supply *supply = &lt_supplies(p->map->ds)[i];
        uint32_t from = from_of(p, supply), to = to_of(p, supply);
        if (!p->own[from] || !p->own[to]) continue;
        uint32_t end = has_junction(supply) ? junction_of(p, supply) : p->node_of[to];
        add_line(p, p->node_of[from], end, supply, from);
    }
    for (uint32_t n = 0; n < p->node_count; n++)
        if (p->nodes[n].kind == LTI_NODE_JUNCTION) add_line(p, n, p->node_of[p->nodes[n].link], NULL, UINT32_MAX);
}

static uint32_t margin_of(lti_supply_page *p, lti_node_kind kind, lt_node chain)
{
    for (uint32_t n = 0; n < p->node_count; n++)
        if (p->nodes[n].kind == kind && p->nodes[n].chain == chain) return n;
    p->nodes[p->node_count] = (lti_supply_node){.kind = kind, .chain = chain};
    return (uint32_t)p->node_count++;
}

static int gravity(const lti_supply_page *p, const lti_supply_line *line)
{
    return (line->supply->need == LT_NEED_REQUIRED ? 2 : 0) + (p->map->gaps->status[line->source] == LT_STATUS_MISSING);
}

/* One edge for all between a chain and a link, which looks as the worst of them. */
static void add_margin_line(lti_supply_page *p, const lti_supply_line *line)
{
    for (size_t i = 0; i < p->line_count; i++) {
        lti_supply_line *known = &p->lines[i];
        if (known->from != line->from || known->to != line->to) continue;
        if (gravity(p, line) > gravity(p, known)) *known = *line;
        return;
    }
    p->lines[p->line_count++] = *line;
}

/* Chains at the margins come in order of their ids; so do edges, which are in order of their ends. */
static void add_margins(lti_supply_page *p)
{
    const lt_dataset *ds = p->map->ds;
    for (size_t i = 0; i < lt_count(ds, LT_SUPPLY); i++) {
        const lt_supply *supply = &lt_supplies(ds)[i];
        uint32_t from = from_of(p, supply), to = to_of(p, supply);
        if (p->own[from] == p->own[to]) continue;
        bool in = p->own[to];
        uint32_t inner = in ? to : from, node = margin_of(p, in ? LTI_NODE_IN : LTI_NODE_OUT, lt_links(ds)[in ? from : to].chain);
        p->nodes[node].edges++;
        (in ? p->ins : p->outs)[inner]++;
        if (in) p->has_in = true;
        else p->has_out = true;
        if (!lti_supply_breaks(p, from) || supply->need != LT_NEED_REQUIRED) continue;
        lti_supply_line line = {in ? node : p->node_of[inner], in ? p->node_of[inner] : node, supply, from};
        add_margin_line(p, &line);
    }
}

/* Links of other chains that an edge joins to the page, each counted once at its chain. */
static void count_margins(lti_supply_page *p, uint8_t *seen)
{
    for (size_t i = 0; i < lt_count(p->map->ds, LT_SUPPLY); i++) {
        const lt_supply *supply = &lt_supplies(p->map->ds)[i];
        uint32_t from = from_of(p, supply), to = to_of(p, supply);
        if (p->own[from] == p->own[to]) continue;
        bool in = p->own[to];
        uint32_t outer = in ? from : to;
        uint8_t bit = in ? 1 : 2;
        if (seen[outer] & bit) continue;
        seen[outer] |= bit;
        p->nodes[margin_of(p, in ? LTI_NODE_IN : LTI_NODE_OUT, lt_links(p->map->ds)[outer].chain)].links++;
    }
}

lt_code lti_supply_build(lti_supply_page *page, uint32_t most, lt_error *error)
{
    size_t links = lt_count(page->map->ds, LT_LINK), supplies = lt_count(page->map->ds, LT_SUPPLY),
           chains = lt_count(page->map->ds, LT_CHAIN), nodes = links + supplies + 2 * chains + 1;
    uint8_t *seen = calloc(links + 1, 1);
    page->nodes = calloc(nodes, sizeof *page->nodes);
    page->node_of = malloc((links + 1) * sizeof *page->node_of);
    page->lines = calloc(2 * supplies + 1, sizeof *page->lines);
    page->ins = calloc(links + 1, sizeof *page->ins);
    page->outs = calloc(links + 1, sizeof *page->outs);
    bool made = seen && page->nodes && page->node_of && page->lines && page->ins && page->outs;
    lt_code code = made ? lti_depths_find(page->map, page->own, most, &page->depths, error) : out_of_memory(error);
    if (code == LT_OK) {
        add_links(page);
        add_inner(page);
        add_margins(page);
        count_margins(page, seen);
    }
    free(seen);
    return code;
}

void lti_supply_done(lti_supply_page *page)
{
    free(page->own);
    lti_depths_done(&page->depths);
    free(page->nodes);
    free(page->node_of);
    free(page->lines);
    free(page->ins);
    free(page->outs);
    free(page->places);
    free(page->spots);
    free(page->edges);
    lti_placing_done(&page->placing);
    *page = (lti_supply_page){0};
}
