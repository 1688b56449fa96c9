/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only the whole dataset can tell. Records are in their order and their references are numbered; those that did not
   resolve are LT_NONE and have been reported. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "dataset/loader.h"
#include "graph/components.h"

static const lti_location *where(const lti_loader *loader, lt_kind kind, size_t index)
{
    return &LTI_AT(&loader->ds->locations[kind], lti_location, index);
}

static lt_code check_segment(lti_loader *loader, uint32_t index)
{
    const lt_dataset *ds = loader->ds;
    const lt_link *link = &lt_links(ds)[index];
    if (link->segment == 0 || lt_link_segment(ds, index)) return LT_OK;
    if (link->chain == LT_NONE && loader->defects->defect_total > 0) return LT_OK; /* the chain is the defect */
    if (link->chain != LT_NONE && where(loader, LT_CHAIN, lt_node_index(ds, link->chain))->faulty) return LT_OK;

    char known[LTI_WORDS_SIZE] = "";
    if (link->chain != LT_NONE) {
        lt_list segments = lt_chains(ds)[link->chain - ds->base[LT_CHAIN]].segments;
        for (uint32_t i = 0; i < segments.count; i++) {
            size_t length = strlen(known);
            char word[160];
            snprintf(word, sizeof word, "%s%s", i > 0 ? "·" : "", lt_dataset_string(ds, lt_list_segment(ds, segments, i)->id));
            if (length + 1 < sizeof known) lti_copy_cut(known + length, sizeof known - length, word);
        }
    }
    return lti_defect(loader, where(loader, LT_LINK, index), LT_LINK, LTI_PATH("segment"), LT_MSG_SEGMENT_NOT_OF_CHAIN,
                      LTI_ARGS(lt_dataset_string(ds, link->segment), lt_node_id(ds, link->chain), known[0] ? known : "-"));
}

static lt_code check_links(lti_loader *loader)
{
    const lt_dataset *ds = loader->ds;
    lt_code code = LT_OK;
    for (uint32_t i = 0; i < lt_count(ds, LT_LINK) && code == LT_OK; i++) {
        const lt_link *link = &lt_links(ds)[i];
        code = check_segment(loader, i);
        for (uint32_t j = 0; j < link->also.count && code == LT_OK; j++) {
            lt_node chain = lt_list_node(ds, link->also, j);
            if (chain != LT_NONE && chain == link->chain)
                code = lti_defect(loader, where(loader, LT_LINK, i), LT_LINK, LTI_PATH("also"), LT_MSG_ALSO_OWN_CHAIN,
                                  LTI_ARGS(lt_node_id(ds, chain)));
        }
    }
    return code;
}

static bool earlier(const lti_location *a, const lti_location *b)
{
    if (a->layer != b->layer) return a->layer < b->layer;
    if (a->file != b->file) return a->file < b->file;
    return a->offset < b->offset;
}

/* Edges of one group beside each other, in the order of the files. */
static int by_group(const void *left, const void *right, void *context)
{
    const lt_dataset *ds = context;
    uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
    const lt_supply *a = &lt_supplies(ds)[i], *b = &lt_supplies(ds)[j];
    if (a->edge.to != b->edge.to) return a->edge.to < b->edge.to ? -1 : 1;
    if (a->need != b->need) return a->need - b->need;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    const lti_location *locations = ds->locations[LT_SUPPLY].data;
    return i == j ? 0 : earlier(&locations[i], &locations[j]) ? -1 : 1;
}

static lt_code check_group(lti_loader *loader, const uint32_t *members, size_t count)
{
    const lt_dataset *ds = loader->ds;
    const lt_supply *first = &lt_supplies(ds)[members[0]];
    const char *group = lt_dataset_string(ds, first->group), *consumer = lt_node_id(ds, first->edge.to);
    char number[24], other[24];
    for (size_t i = 0; i < count; i++)
        if (where(loader, LT_SUPPLY, members[i])->faulty) return LT_OK;
    snprintf(number, sizeof number, "%u", first->k);
    for (size_t i = 1; i < count; i++) {
        const lt_supply *member = &lt_supplies(ds)[members[i]];
        if (member->k == first->k) continue;
        snprintf(other, sizeof other, "%u", member->k);
        return lti_defect(loader, where(loader, LT_SUPPLY, members[i]), LT_SUPPLY, LTI_PATH("k"), LT_MSG_K_DIFFERS,
                          LTI_ARGS(other, number, group, consumer));
    }
    if (first->k <= count) return LT_OK;
    snprintf(other, sizeof other, "%zu", count);
    return lti_defect(loader, where(loader, LT_SUPPLY, members[0]), LT_SUPPLY, LTI_PATH("k"),
                      first->group == 0 ? LT_MSG_K_WITHOUT_GROUP : LT_MSG_K_TOO_LARGE, LTI_ARGS(number, other, group, consumer));
}

static bool same_group(const lt_supply *a, const lt_supply *b)
{
    return a->group != 0 && a->edge.to == b->edge.to && a->need == b->need && a->group == b->group;
}

static lt_code check_supply(lti_loader *loader)
{
    lt_dataset *ds = loader->ds;
    size_t count = lt_count(ds, LT_SUPPLY);
    uint32_t *order = lti_alloc(count, sizeof *order);
    if (!order) return lti_fail_memory(loader->error);
    lt_code code = LT_OK;
    for (size_t i = 0; i < count && code == LT_OK; i++) {
        const lt_supply *supply = &lt_supplies(ds)[i];
        order[i] = (uint32_t)i;
        if (supply->edge.from == supply->edge.to)
            code = lti_defect(loader, where(loader, LT_SUPPLY, i), LT_SUPPLY, LTI_PATH("to"), LT_MSG_SELF_SUPPLY,
                              LTI_ARGS(lt_node_id(ds, supply->edge.to)));
    }
    qsort_r(order, count, sizeof *order, by_group, ds);
    for (size_t begin = 0, end; begin < count && code == LT_OK; begin = end) {
        const lt_supply *first = &lt_supplies(ds)[order[begin]];
        for (end = begin + 1; end < count && same_group(first, &lt_supplies(ds)[order[end]]);) end++;
        code = check_group(loader, order + begin, end - begin);
    }
    lti_free(order);
    return code;
}

static lt_node parent_of(const lt_dataset *ds, lt_kind kind, uint32_t index)
{
    lt_node parent = kind == LT_REGION ? lt_regions(ds)[index].parent : lt_zones(ds)[index].parent;
    bool same_kind = parent != LT_NONE && lt_node_kind(ds, parent) == kind;
    return same_kind ? parent - ds->base[kind] : LT_NONE;
}

/* One defect a cycle, at its smallest id: nodes are walked in that order, and each walk stamps what it has seen. */
static lt_code check_ancestors(lti_loader *loader, lt_kind kind)
{
    const lt_dataset *ds = loader->ds;
    uint32_t count = (uint32_t)lt_count(ds, kind);
    uint32_t *stamp = lti_alloc(count, sizeof *stamp);
    if (!stamp) return lti_fail_memory(loader->error);
    lt_code code = LT_OK;
    for (uint32_t i = 0; i < count && code == LT_OK; i++) {
        uint32_t at = i;
        while (at != LT_NONE && stamp[at] == 0) {
            stamp[at] = i + 1;
            at = parent_of(ds, kind, at);
        }
        if (at == LT_NONE || stamp[at] != i + 1) continue;
        uint32_t smallest = at;
        for (uint32_t step = parent_of(ds, kind, at); step != at; step = parent_of(ds, kind, step))
            if (step < smallest) smallest = step;
        code = lti_defect(loader, where(loader, kind, smallest), kind, LTI_PATH("parent"), LT_MSG_OWN_ANCESTOR,
                          LTI_ARGS(lt_node_id(ds, lt_node_at(ds, kind, smallest))));
    }
    lti_free(stamp);
    return code;
}

static lt_code report_abstract_cycle(lti_loader *loader, const uint32_t *member, uint32_t component)
{
    const lt_dataset *ds = loader->ds;
    char ids[LTI_WORDS_SIZE] = "";
    uint32_t first = LT_NONE;
    for (uint32_t i = 0; i < lt_count(ds, LT_LINK); i++) {
        if (member[i] != component) continue;
        if (first == LT_NONE) first = i;
        size_t length = strlen(ids);
        char id[160];
        snprintf(id, sizeof id, "%s%s", length > 0 ? "·" : "", lt_node_id(ds, lt_node_at(ds, LT_LINK, i)));
        if (length + 1 < sizeof ids) lti_copy_cut(ids + length, sizeof ids - length, id);
    }
    return lti_defect(loader, where(loader, LT_LINK, first), LT_LINK, LTI_PATH("abstract"), LT_MSG_ABSTRACT_CYCLE, LTI_ARGS(ids));
}

/* Abstract links stand for what is behind them; in a circle of abstract links there is nothing behind. */
static lt_code check_abstract_cycles(lti_loader *loader)
{
    const lt_dataset *ds = loader->ds;
    uint32_t links = (uint32_t)lt_count(ds, LT_LINK), components = 0;
    size_t supplies = lt_count(ds, LT_SUPPLY), edges = 0;
    uint32_t *from = lti_alloc(supplies, sizeof *from), *to = lti_alloc(supplies, sizeof *to);
    uint32_t *member = lti_alloc(links, sizeof *member), *size = lti_alloc(links, sizeof *size);
    lt_code code = from && to && member && size ? LT_OK : lti_fail_memory(loader->error);
    for (size_t i = 0; i < supplies && code == LT_OK; i++) {
        uint32_t supplier = lt_supplies(ds)[i].edge.from - ds->base[LT_LINK],
                 consumer = lt_supplies(ds)[i].edge.to - ds->base[LT_LINK];
        if (supplier == consumer || !lt_links(ds)[supplier].abstract || !lt_links(ds)[consumer].abstract) continue;
        from[edges] = supplier;
        to[edges++] = consumer;
    }
    if (code == LT_OK && edges > 0) code = lti_strong_components(links, from, to, edges, member, &components, loader->error);
    for (uint32_t i = 0; i < links && code == LT_OK && edges > 0; i++)
        if (++size[member[i]] == 2) code = report_abstract_cycle(loader, member, member[i]);
    lti_free(from);
    lti_free(to);
    lti_free(member);
    lti_free(size);
    return code;
}

static lt_code warn_placeless(lti_loader *loader, lt_kind kind, size_t index, bool placed, const char *field)
{
    if (placed) return LT_OK;
    return lti_warning(loader, where(loader, kind, index), kind, LTI_PATH(field), LT_MSG_NO_PLACE,
                       LTI_ARGS(lt_node_id(loader->ds, lt_node_at(loader->ds, kind, (uint32_t)index))));
}

static lt_code check_places(lti_loader *loader)
{
    const lt_dataset *ds = loader->ds;
    lt_code code = LT_OK;
    for (size_t i = 0; i < lt_count(ds, LT_FIRM) && code == LT_OK; i++) {
        const lt_firm *firm = &lt_firms(ds)[i];
        code = warn_placeless(loader, LT_FIRM, i, firm->region != LT_NONE || firm->zone != LT_NONE, "region");
        const char *uscc = lt_dataset_string(ds, firm->uscc);
        if (code == LT_OK && firm->uscc != 0 && !lti_uscc_valid(uscc))
            code = lti_warning(loader, where(loader, LT_FIRM, i), LT_FIRM, LTI_PATH("uscc"), LT_MSG_BAD_USCC, LTI_ARGS(uscc));
    }
    for (size_t i = 0; i < lt_count(ds, LT_INSTITUTION) && code == LT_OK; i++) {
        const lt_institution *institution = &lt_institutions(ds)[i];
        code = warn_placeless(loader, LT_INSTITUTION, i, institution->region != LT_NONE || institution->zone != LT_NONE, "region");
    }
    for (size_t i = 0; i < lt_count(ds, LT_PROJECT) && code == LT_OK; i++) {
        const lt_project *project = &lt_projects(ds)[i];
        code = warn_placeless(loader, LT_PROJECT, i, project->region != LT_NONE || project->zone != LT_NONE, "zone");
    }
    return code;
}

/* A figure is for a chain, a zone or the whole home region. */
static lt_code check_scopes(lti_loader *loader)
{
    const lt_dataset *ds = loader->ds;
    lt_code code = LT_OK;
    for (size_t i = 0; i < lt_count(ds, LT_KPI) && code == LT_OK; i++) {
        lt_node scope = lt_kpis(ds)[i].scope;
        bool fits =
            scope == LT_NONE || scope == ds->header.home || ds->header.home == LT_NONE || lt_node_kind(ds, scope) != LT_REGION;
        if (!fits)
            code = lti_defect(loader, where(loader, LT_KPI, i), LT_KPI, LTI_PATH("scope"), LT_MSG_SCOPE_NOT_HOME,
                              LTI_ARGS(lt_node_id(ds, scope), lt_node_id(ds, ds->header.home)));
    }
    return code;
}

lt_code lti_check(lti_loader *loader)
{
    lt_code code = check_links(loader);
    if (code == LT_OK) code = check_supply(loader);
    if (code == LT_OK) code = check_ancestors(loader, LT_REGION);
    if (code == LT_OK) code = check_ancestors(loader, LT_ZONE);
    if (code == LT_OK) code = check_abstract_cycles(loader);
    if (code == LT_OK) code = check_scopes(loader);
    if (code == LT_OK) code = check_places(loader);
    return code;
}
