/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/research.h"

#include <stdlib.h>
#include <string.h>

#include "map/chain_page.h"

enum { FIRM_GROUP = LT_INSTITUTION_OTHER + 1, PROJECT_GROUP, GROUPS };

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static uint32_t type_of(const lt_dataset *ds, lt_node node)
{
    if (lt_node_kind(ds, node) == LT_FIRM) return FIRM_GROUP;
    if (lt_node_kind(ds, node) == LT_PROJECT) return PROJECT_GROUP;
    uint32_t type = lt_institutions(ds)[lt_node_index(ds, node)].type;
    return type == LT_INSTITUTION_UNSET ? LT_INSTITUTION_OTHER : type;
}

lt_message lti_holder_tag(const lti_map *map, lt_node node)
{
    static const lt_message tags[GROUPS] = {LT_MSG_INSTITUTION_TAG_OTHER,    LT_MSG_INSTITUTION_TAG_UNIVERSITY,
                                            LT_MSG_INSTITUTION_TAG_LAB,      LT_MSG_INSTITUTION_TAG_INSTITUTE,
                                            LT_MSG_INSTITUTION_TAG_PLATFORM, LT_MSG_INSTITUTION_TAG_ASSOCIATION,
                                            LT_MSG_INSTITUTION_TAG_FUND,     LT_MSG_INSTITUTION_TAG_OTHER,
                                            LT_MSG_INSTITUTION_TAG_FIRM,     LT_MSG_INSTITUTION_TAG_PROJECT};
    return tags[type_of(map->ds, node)];
}

static void set_group(const lti_map *map, lti_holder *holder)
{
    static const lt_message names[GROUPS] = {
        LT_MSG_INSTITUTION_OTHER,    LT_MSG_INSTITUTION_UNIVERSITY,  LT_MSG_INSTITUTION_LAB,  LT_MSG_INSTITUTION_INSTITUTE,
        LT_MSG_INSTITUTION_PLATFORM, LT_MSG_INSTITUTION_ASSOCIATION, LT_MSG_INSTITUTION_FUND, LT_MSG_INSTITUTION_OTHER,
        LT_MSG_INSTITUTION_FIRM,     LT_MSG_INSTITUTION_PROJECT};
    if (holder->local) {
        holder->group = type_of(map->ds, holder->node);
        holder->name = lt_message_pattern(map->lang, names[holder->group]);
        return;
    }
    lt_node region = lt_holder_region(map->ds, holder->node);
    holder->group = region == LT_NONE ? UINT32_MAX : region;
    holder->name = region == LT_NONE ? lt_message_pattern(map->lang, LT_MSG_INSTITUTION_NO_REGION) : lt_node_name(map->ds, region);
}

static bool wanted(const lti_map *map, uint32_t link)
{
    if (!map->shown[link] || lt_links(map->ds)[link].abstract) return false;
    if (!map->options->segment) return true;
    const lt_segment *segment = lti_segment_in(map, link);
    return segment && strcmp(lt_dataset_string(map->ds, segment->id), map->options->segment) == 0;
}

/** A tie before its holder has a number. */
typedef struct {
    lt_node node;
    uint32_t link; /* UINT32_MAX = the whole chain */
    bool named;
} claim;

static int by_node(const void *a, const void *b)
{
    const claim *first = a, *second = b;
    if (first->node != second->node) return first->node < second->node ? -1 : 1;
    if (first->link != second->link) return first->link < second->link ? -1 : 1;
    return first->named - second->named;
}

static size_t claim_all(const lti_map *map, claim *claims)
{
    const lt_dataset *ds = map->ds;
    size_t count = 0;
    for (size_t i = 0; i < lt_count(ds, LT_CAPABILITY); i++) {
        const lt_edge *edge = &lt_capabilities(ds)[i].edge;
        uint32_t link = lt_node_index(ds, edge->to);
        if (edge->role == LT_ROLE_RESEARCH && wanted(map, link)) claims[count++] = (claim){edge->from, link, false};
    }
    for (size_t i = 0; i < lt_count(ds, LT_PROSPECT); i++) {
        const lt_edge *edge = &lt_prospects(ds)[i].edge;
        bool of_link = lt_node_kind(ds, edge->to) == LT_LINK;
        if (edge->role != LT_PROSPECT_RESEARCH) continue;
        if (of_link ? wanted(map, lt_node_index(ds, edge->to)) : edge->to == map->options->chain && !map->options->segment)
            claims[count++] = (claim){edge->from, of_link ? lt_node_index(ds, edge->to) : UINT32_MAX, true};
    }
    if (count > 0) qsort(claims, count, sizeof *claims, by_node);
    return count;
}

static void add_claims(const lti_map *map, const claim *claims, size_t count, lti_research *out)
{
    for (size_t i = 0; i < count; i++) {
        bool new_holder = i == 0 || claims[i].node != claims[i - 1].node;
        if (!new_holder && claims[i].link == claims[i - 1].link) continue; /* named, and at work already */
        if (new_holder) {
            lti_holder *holder = &out->holders[out->holder_count++];
            *holder = (lti_holder){.node = claims[i].node, .local = lt_holder_local(map->ds, claims[i].node)};
            set_group(map, holder);
            out->local_count += holder->local;
        }
        lti_holder *holder = &out->holders[out->holder_count - 1];
        if (claims[i].link == UINT32_MAX) {
            holder->whole_chain = true;
            continue;
        }
        holder->links++;
        out->ties[out->tie_count++] = (lti_tie){(uint32_t)out->holder_count - 1, claims[i].link, claims[i].named};
    }
}

static void judge(const lti_map *map, lti_research *out)
{
    for (size_t i = 0; i < out->tie_count; i++) out->support[out->ties[i].link] = LT_SUPPORT_OUTSIDE;
    for (size_t i = 0; i < out->link_count; i++) {
        uint32_t link = out->links[i];
        bool tied = out->support[link] == LT_SUPPORT_OUTSIDE;
        out->support[link] = (uint8_t)lt_support_of(map->ds, &map->gaps->coverage, link, tied);
        out->counts[out->support[link]]++;
    }
}

lt_code lti_research_collect(const lti_map *map, lti_research *out, lt_error *error)
{
    size_t most = lt_count(map->ds, LT_CAPABILITY) + lt_count(map->ds, LT_PROSPECT);
    claim *claims = malloc((most + 1) * sizeof *claims);
    out->holders = malloc((most + 1) * sizeof *out->holders);
    out->ties = malloc((most + 1) * sizeof *out->ties);
    out->links = malloc((map->link_count + 1) * sizeof *out->links);
    out->support = calloc(lt_count(map->ds, LT_LINK) + 1, 1);
    bool made = claims && out->holders && out->ties && out->links && out->support;
    for (size_t i = 0; made && i < map->link_count; i++)
        if (wanted(map, map->links[i])) out->links[out->link_count++] = map->links[i];
    if (made) add_claims(map, claims, claim_all(map, claims), out);
    if (made) judge(map, out);
    free(claims);
    return made ? LT_OK : out_of_memory(error);
}

void lti_research_done(lti_research *research)
{
    free(research->holders);
    free(research->ties);
    free(research->links);
    free(research->support);
    *research = (lti_research){0};
}

bool lti_research_precedes(const lti_map *map, const lti_research *r, uint32_t a, uint32_t b)
{
    const lt_link *first = &lt_links(map->ds)[a], *second = &lt_links(map->ds)[b];
    if (first->choke != second->choke) return first->choke;
    if (first->priority != second->priority) return first->priority;
    if (first->importance != second->importance) return first->importance > second->importance;
    if (r->support[a] != r->support[b]) return r->support[a] == LT_SUPPORT_NONE;
    return a < b;
}

size_t lti_research_gaps(const lti_map *map, const lti_research *research, uint32_t *links, size_t limit)
{
    size_t count = 0;
    for (size_t i = 0; i < research->link_count; i++) {
        uint32_t link = research->links[i];
        bool surveyed = lt_links(map->ds)[link].survey != LT_SURVEY_NONE;
        if (research->support[link] == LT_SUPPORT_LOCAL || !surveyed) continue;
        size_t at = count < limit ? count++ : limit;
        for (; at > 0 && lti_research_precedes(map, research, link, links[at - 1]); at--)
            if (at < limit) links[at] = links[at - 1];
        if (at < limit) links[at] = link;
    }
    return count;
}
