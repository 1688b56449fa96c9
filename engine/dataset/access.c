/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "dataset/store.h"

const char *lt_dataset_string(const lt_dataset *ds, lt_string text)
{
    return lti_strings_at(&ds->strings, text);
}
const char *lt_dataset_id(const lt_dataset *ds)
{
    return lt_dataset_string(ds, ds->header.id);
}
const char *lt_dataset_title(const lt_dataset *ds)
{
    return lt_dataset_string(ds, ds->header.title);
}
const char *lt_dataset_as_of(const lt_dataset *ds)
{
    return lt_dataset_string(ds, ds->header.as_of);
}
lt_node lt_dataset_home(const lt_dataset *ds)
{
    return ds->header.home;
}
size_t lt_source_count(const lt_dataset *ds)
{
    return ds->sources.count;
}
const lt_source *lt_sources(const lt_dataset *ds)
{
    return ds->sources.data;
}
size_t lt_count(const lt_dataset *ds, lt_kind kind)
{
    return ds->records[kind].count;
}

#define ACCESSOR(type, plural, kind)                                                                                               \
    const type *plural(const lt_dataset *ds)                                                                                       \
    {                                                                                                                              \
        return ds->records[kind].data;                                                                                             \
    }
ACCESSOR(lt_chain, lt_chains, LT_CHAIN)
ACCESSOR(lt_link, lt_links, LT_LINK)
ACCESSOR(lt_firm, lt_firms, LT_FIRM)
ACCESSOR(lt_institution, lt_institutions, LT_INSTITUTION)
ACCESSOR(lt_zone, lt_zones, LT_ZONE)
ACCESSOR(lt_region, lt_regions, LT_REGION)
ACCESSOR(lt_agency, lt_agencies, LT_AGENCY)
ACCESSOR(lt_project, lt_projects, LT_PROJECT)
ACCESSOR(lt_channel, lt_channels, LT_CHANNEL)
ACCESSOR(lt_kpi, lt_kpis, LT_KPI)
ACCESSOR(lt_supply, lt_supplies, LT_SUPPLY)
ACCESSOR(lt_capability, lt_capabilities, LT_CAPABILITY)
ACCESSOR(lt_trade, lt_trades, LT_TRADE)
ACCESSOR(lt_focus, lt_focuses, LT_FOCUS)
ACCESSOR(lt_prospect, lt_prospects, LT_PROSPECT)
ACCESSOR(lt_origin, lt_origins, LT_ORIGIN)
ACCESSOR(lt_lead, lt_leads, LT_LEAD)

lt_string lt_list_string(const lt_dataset *ds, lt_list list, uint32_t i)
{
    return LTI_AT(&ds->pool, lt_string, list.first + i);
}
lt_node lt_list_node(const lt_dataset *ds, lt_list list, uint32_t i)
{
    return LTI_AT(&ds->pool, lt_node, list.first + i);
}

const lt_segment *lt_list_segment(const lt_dataset *ds, lt_list list, uint32_t i)
{
    return &LTI_AT(&ds->segments, lt_segment, list.first + i);
}

lt_node lt_find(const lt_dataset *ds, const char *id)
{
    lt_string handle;
    if (!lti_strings_find(&ds->strings, id, strlen(id), &handle) || handle >= ds->owners.count) return LT_NONE;
    return LTI_AT(&ds->owners, lt_node, handle);
}

lt_kind lt_node_kind(const lt_dataset *ds, lt_node node)
{
    int kind = 0;
    while (node >= ds->base[kind + 1]) kind++;
    return (lt_kind)kind;
}

uint32_t lt_node_index(const lt_dataset *ds, lt_node node)
{
    return node - ds->base[lt_node_kind(ds, node)];
}
lt_node lt_node_at(const lt_dataset *ds, lt_kind kind, uint32_t index)
{
    return ds->base[kind] + index;
}

const lt_node_head *lt_node_get(const lt_dataset *ds, lt_node node)
{
    lt_kind kind = lt_node_kind(ds, node);
    return lti_head_at(ds, kind, node - ds->base[kind]);
}

const char *lt_node_id(const lt_dataset *ds, lt_node node)
{
    return node == LT_NONE ? "" : lt_dataset_string(ds, lt_node_get(ds, node)->id);
}

const char *lt_node_name(const lt_dataset *ds, lt_node node)
{
    return node == LT_NONE ? "" : lt_dataset_string(ds, lt_node_get(ds, node)->name);
}

const lt_record *lt_record_get(const lt_dataset *ds, lt_kind kind, uint32_t index)
{
    return lti_is_edge(kind) ? &lti_edge_at(ds, kind, index)->record : &lti_head_at(ds, kind, index)->record;
}

const lt_edge *lt_edge_get(const lt_dataset *ds, lt_kind kind, uint32_t index)
{
    return lti_edge_at(ds, kind, index);
}

const char *lt_record_file(const lt_dataset *ds, lt_kind kind, uint32_t index, size_t *line)
{
    const lti_location *at = &LTI_AT(&ds->locations[kind], lti_location, index);
    if (line) *line = at->line;
    return lt_dataset_string(ds, LTI_AT(&ds->files, lt_string, at->file));
}

lt_message lt_project_stage_message(uint8_t stage)
{
    static const lt_message names[] = {
        [LT_PROJECT_PLANNED] = LT_MSG_REPORT_PLANNED,     [LT_PROJECT_CONTACTED] = LT_MSG_REPORT_CONTACTED,
        [LT_PROJECT_SIGNED] = LT_MSG_REPORT_SIGNED,       [LT_PROJECT_BUILDING] = LT_MSG_REPORT_BUILDING,
        [LT_PROJECT_OPERATING] = LT_MSG_REPORT_OPERATING,
    };
    return names[stage];
}

lt_node lt_holder_zone(const lt_dataset *ds, lt_node holder)
{
    uint32_t index = lt_node_index(ds, holder);
    switch (lt_node_kind(ds, holder)) {
    case LT_FIRM: return lt_firms(ds)[index].zone;
    case LT_INSTITUTION: return lt_institutions(ds)[index].zone;
    case LT_PROJECT: return lt_projects(ds)[index].zone;
    default: return LT_NONE;
    }
}

lt_node lt_holder_region(const lt_dataset *ds, lt_node holder)
{
    uint32_t index = lt_node_index(ds, holder);
    switch (lt_node_kind(ds, holder)) {
    case LT_FIRM: return lt_firms(ds)[index].region;
    case LT_INSTITUTION: return lt_institutions(ds)[index].region;
    case LT_PROJECT: return lt_projects(ds)[index].region;
    default: return LT_NONE;
    }
}

bool lt_holder_local(const lt_dataset *ds, lt_node holder)
{
    uint32_t index = lt_node_index(ds, holder);
    switch (lt_node_kind(ds, holder)) {
    case LT_FIRM: return lt_firms(ds)[index].local;
    case LT_INSTITUTION: return lt_institutions(ds)[index].local;
    case LT_PROJECT: return lt_projects(ds)[index].local;
    default: return false;
    }
}

/* A ring of parents is a defect that loading refuses. */
bool lt_zone_within(const lt_dataset *ds, lt_node zone, lt_node outer)
{
    while (zone != LT_NONE && zone != outer)
        zone = lt_node_kind(ds, zone) == LT_ZONE ? lt_zones(ds)[lt_node_index(ds, zone)].parent : LT_NONE;
    return zone != LT_NONE;
}

/* Place of the first edge of a kind that begins at this node or a later one; edges stand in order of their ends. */
static size_t first_from(const lt_dataset *ds, lt_kind kind, lt_node node)
{
    size_t low = 0, high = lt_count(ds, kind);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lt_edge_get(ds, kind, (uint32_t)middle)->from < node) low = middle + 1;
        else high = middle;
    }
    return low;
}

const lt_capability *lt_capabilities_from(const lt_dataset *ds, lt_node holder, size_t *count)
{
    const lt_capability *first = lt_capabilities(ds) + first_from(ds, LT_CAPABILITY, holder),
                        *end = lt_capabilities(ds) + lt_count(ds, LT_CAPABILITY), *at = first;
    while (at < end && at->edge.from == holder) at++;
    *count = (size_t)(at - first);
    return first;
}

const lt_supply *lt_supplies_from(const lt_dataset *ds, uint32_t link, size_t *count)
{
    lt_node node = lt_node_at(ds, LT_LINK, link);
    const lt_supply *first = lt_supplies(ds) + first_from(ds, LT_SUPPLY, node), *end = lt_supplies(ds) + lt_count(ds, LT_SUPPLY),
                    *at = first;
    while (at < end && at->edge.from == node) at++;
    *count = (size_t)(at - first);
    return first;
}

const lt_segment *lt_link_segment(const lt_dataset *ds, uint32_t index)
{
    const lt_link *link = &lt_links(ds)[index];
    if (link->segment == 0 || link->chain == LT_NONE) return NULL;
    lt_list segments = lt_chains(ds)[link->chain - ds->base[LT_CHAIN]].segments;
    for (uint32_t i = 0; i < segments.count; i++)
        if (lt_list_segment(ds, segments, i)->id == link->segment) return lt_list_segment(ds, segments, i);
    return NULL;
}

bool lt_link_in_chain(const lt_dataset *ds, uint32_t index, lt_node chain)
{
    const lt_link *link = &lt_links(ds)[index];
    if (link->chain == chain) return true;
    for (uint32_t i = 0; i < link->also.count; i++)
        if (lt_list_node(ds, link->also, i) == chain) return true;
    return false;
}
