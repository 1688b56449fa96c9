/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a zone holds of the links, as P(ℓ) of contract section 2 counts it, and where that stands on the chain map. */
#include "analysis/position.h"

#include <stdlib.h>

#include "core/error.h"
#include "core/memory.h"

enum { STAGES = LT_STAGE_SUPPORT + 1 };

bool lti_push_number(lti_array *numbers, uint32_t number)
{
    uint32_t *next = lti_array_push(numbers, 1);
    if (next) *next = number;
    return next != NULL;
}

const uint32_t *lti_zone_focuses(const lti_position_model *m, uint32_t zone, uint32_t *count)
{
    *count = m->positions[zone].focus_count;
    return *count > 0 ? &LTI_AT(&m->focuses, uint32_t, m->positions[zone].focus_first) : NULL;
}

lt_code lti_by_zone(uint32_t zones, const uint32_t *zone_of, size_t records, uint32_t **first, uint32_t **list, lt_error *error)
{
    *first = lti_alloc((size_t)zones + 2, sizeof **first);
    *list = lti_alloc(records, sizeof **list);
    if (!*first || !*list) return lti_fail_memory(error);
    for (size_t i = 0; i < records; i++)
        if (zone_of[i] != UINT32_MAX) (*first)[zone_of[i] + 2]++;
    for (uint32_t i = 0; i < zones; i++) (*first)[i + 2] += (*first)[i + 1];
    for (size_t i = 0; i < records; i++)
        if (zone_of[i] != UINT32_MAX) (*list)[(*first)[zone_of[i] + 1]++] = (uint32_t)i;
    return LT_OK;
}

/** A capability that gives supply to a link. */
typedef struct {
    uint32_t link, capability;
} giving;

static int by_link(const void *left, const void *right)
{
    const giving *a = left, *b = right;
    if (a->link != b->link) return a->link < b->link ? -1 : 1;
    return a->capability < b->capability ? -1 : a->capability > b->capability;
}

/** A producer in a cell of the chain map: chain · STAGES + stage, links of no chain last. */
typedef struct {
    uint32_t cell;
    lt_node holder;
} standing_in;

static int by_cell(const void *left, const void *right)
{
    const standing_in *a = left, *b = right;
    if (a->cell != b->cell) return a->cell < b->cell ? -1 : 1;
    return a->holder < b->holder ? -1 : a->holder > b->holder;
}

/** Work space of the holdings. */
typedef struct {
    lti_position_model *m;
    uint32_t *zone_of;              /* by capability: the holder's zone, where it gives supply */
    uint32_t *link_of;              /* by capability */
    uint32_t *first, *list;         /* capabilities by zone */
    uint32_t *cell_of;              /* by link */
    uint32_t *cell_all, *cell_held; /* by cell: links; of the present zone */
    lti_array givings, standing;
} work;

static uint32_t holder_zone(const lt_dataset *ds, const lt_capability *capability)
{
    lt_node holder = capability->edge.from, zone = LT_NONE;
    uint32_t index = lt_node_index(ds, holder);
    lt_kind kind = lt_node_kind(ds, holder);
    if (capability->edge.role == LT_ROLE_RESEARCH) return UINT32_MAX;
    if (kind == LT_FIRM) zone = lt_firms(ds)[index].zone;
    if (kind == LT_PROJECT && lt_projects(ds)[index].stage == LT_PROJECT_OPERATING) zone = lt_projects(ds)[index].zone;
    return zone == LT_NONE ? UINT32_MAX : lt_node_index(ds, zone);
}

/* Only what coverage counts is looked at, so that both agree on what is local. */
static void locate_capabilities(work *w)
{
    const lt_dataset *ds = w->m->ds;
    const lt_coverage *c = &w->m->gaps->coverage;
    for (size_t i = 0; i < lt_count(ds, LT_CAPABILITY); i++) w->zone_of[i] = UINT32_MAX;
    for (uint32_t link = 0; link < c->count; link++)
        for (uint32_t e = c->first[link]; e < c->first[link + 1] && !lt_links(ds)[link].abstract; e++) {
            if (c->evidence[e].kind != LT_CAPABILITY) continue;
            uint32_t index = c->evidence[e].index;
            w->link_of[index] = link;
            w->zone_of[index] = holder_zone(ds, &lt_capabilities(ds)[index]);
        }
}

static void number_cells(work *w)
{
    const lt_dataset *ds = w->m->ds;
    for (uint32_t i = 0; i < lt_count(ds, LT_LINK); i++) {
        const lt_link *link = &lt_links(ds)[i];
        const lt_segment *segment = lt_link_segment(ds, i);
        uint32_t chain = link->chain == LT_NONE ? (uint32_t)lt_count(ds, LT_CHAIN) : lt_node_index(ds, link->chain);
        w->cell_of[i] = chain * STAGES + (segment ? segment->stage : LT_STAGE_UNSET);
        w->cell_all[w->cell_of[i]] += !link->abstract;
    }
}

static lt_code work_init(work *w, lti_position_model *m, lt_error *error)
{
    const lt_dataset *ds = m->ds;
    size_t links = lt_count(ds, LT_LINK), capabilities = lt_count(ds, LT_CAPABILITY);
    size_t cells = (lt_count(ds, LT_CHAIN) + 1) * STAGES;
    *w = (work){.m = m, .givings = LTI_ARRAY(giving), .standing = LTI_ARRAY(standing_in)};
    bool whole = (w->zone_of = lti_alloc(capabilities, sizeof *w->zone_of)) &&
                 (w->link_of = lti_alloc(capabilities, sizeof *w->link_of)) &&
                 (w->cell_of = lti_alloc(links, sizeof *w->cell_of)) && (w->cell_all = lti_alloc(cells, sizeof *w->cell_all)) &&
                 (w->cell_held = lti_alloc(cells, sizeof *w->cell_held));
    if (!whole) return lti_fail_memory(error);
    locate_capabilities(w);
    number_cells(w);
    return lti_by_zone(m->tree.count, w->zone_of, capabilities, &w->first, &w->list, error);
}

static void work_done(work *w)
{
    void *arrays[] = {w->zone_of, w->link_of, w->first, w->list, w->cell_of, w->cell_all, w->cell_held};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_array_done(&w->givings);
    lti_array_done(&w->standing);
}

/* What the zone and those below it give, by link. */
static lt_code gather(work *w, uint32_t zone, lt_error *error)
{
    const lti_zone_tree *tree = &w->m->tree;
    w->givings.count = w->standing.count = 0;
    for (uint32_t b = tree->first[zone]; b < tree->first[zone + 1]; b++)
        for (uint32_t i = w->first[tree->below[b]]; i < w->first[tree->below[b] + 1]; i++) {
            giving *next = lti_array_push(&w->givings, 1);
            if (!next) return lti_fail_memory(error);
            *next = (giving){w->link_of[w->list[i]], w->list[i]};
        }
    if (w->givings.count > 0) qsort(w->givings.data, w->givings.count, sizeof(giving), by_link);
    return LT_OK;
}

/* One holding a link, and its producers in the cell of the link. */
static lt_code hold(work *w, lt_position *position, lt_error *error)
{
    lti_position_model *m = w->m;
    lt_zone_holding *holding = NULL;
    lt_node holder = LT_NONE;
    position->holding_first = (uint32_t)m->holdings.count;
    for (size_t i = 0; i < w->givings.count; i++) {
        giving *g = &LTI_AT(&w->givings, giving, i);
        const lt_capability *capability = &lt_capabilities(m->ds)[g->capability];
        if (!holding || holding->link != g->link) {
            holding = lti_array_push(&m->holdings, 1);
            if (!holding) return lti_fail_memory(error);
            *holding = (lt_zone_holding){.link = g->link, .first = (uint32_t)m->capabilities.count};
            w->cell_held[w->cell_of[g->link]]++;
            holder = LT_NONE;
        }
        standing_in *standing = lti_array_push(&w->standing, 1);
        if (!standing || !lti_push_number(&m->capabilities, g->capability)) return lti_fail_memory(error);
        *standing = (standing_in){w->cell_of[g->link], capability->edge.from};
        holding->producers += capability->edge.from != holder;
        holding->supply += capability->level;
        holding->count++;
        holder = capability->edge.from;
    }
    position->holding_count = (uint32_t)m->holdings.count - position->holding_first;
    return LT_OK;
}

static lt_code stand(work *w, lt_position *position, lt_error *error)
{
    lti_position_model *m = w->m;
    lt_zone_standing *standing = NULL;
    uint32_t cell = UINT32_MAX, chains = (uint32_t)lt_count(m->ds, LT_CHAIN);
    lt_node holder = LT_NONE;
    if (w->standing.count > 0) qsort(w->standing.data, w->standing.count, sizeof(standing_in), by_cell);
    position->standing_first = (uint32_t)m->standings.count;
    for (size_t i = 0; i < w->standing.count; i++) {
        const standing_in *s = &LTI_AT(&w->standing, standing_in, i);
        if (s->cell != cell) {
            standing = lti_array_push(&m->standings, 1);
            if (!standing) return lti_fail_memory(error);
            uint32_t chain = s->cell / STAGES;
            standing->chain = chain < chains ? lt_node_at(m->ds, LT_CHAIN, chain) : LT_NONE;
            standing->stage = (uint8_t)(s->cell % STAGES);
            standing->links = w->cell_held[s->cell];
            standing->all_links = w->cell_all[s->cell];
            w->cell_held[s->cell] = 0;
            cell = s->cell;
            holder = LT_NONE;
        }
        standing->producers += s->holder != holder;
        holder = s->holder;
    }
    position->standing_count = (uint32_t)m->standings.count - position->standing_first;
    return LT_OK;
}

static lt_code list_holdings(lti_position_model *m, lt_error *error)
{
    work w;
    lt_code code = work_init(&w, m, error);
    for (uint32_t zone = 0; zone < m->tree.count && code == LT_OK; zone++) {
        code = gather(&w, zone, error);
        if (code == LT_OK) code = hold(&w, &m->positions[zone], error);
        if (code == LT_OK) code = stand(&w, &m->positions[zone], error);
    }
    work_done(&w);
    return code;
}

/* Focus edges stand in order of their zones. */
static lt_code list_focuses(lti_position_model *m, lt_error *error)
{
    const lt_dataset *ds = m->ds;
    size_t count = lt_count(ds, LT_FOCUS);
    uint32_t *zone_of = lti_alloc(count, sizeof *zone_of), *first = NULL, *list = NULL;
    lt_code code = zone_of ? LT_OK : lti_fail_memory(error);
    for (size_t i = 0; i < count && code == LT_OK; i++) zone_of[i] = lt_node_index(ds, lt_focuses(ds)[i].edge.from);
    if (code == LT_OK) code = lti_by_zone(m->tree.count, zone_of, count, &first, &list, error);
    for (uint32_t zone = 0; zone < m->tree.count && code == LT_OK; zone++) {
        m->positions[zone].focus_first = (uint32_t)m->focuses.count;
        for (uint32_t b = m->tree.first[zone]; b < m->tree.first[zone + 1] && code == LT_OK; b++) {
            uint32_t below = m->tree.below[b], own = first[below + 1] - first[below];
            uint32_t *next = own > 0 ? lti_array_push(&m->focuses, own) : NULL;
            if (own > 0 && !next) code = lti_fail_memory(error);
            for (uint32_t i = 0; i < own && code == LT_OK; i++) next[i] = list[first[below] + i];
        }
        m->positions[zone].focus_count = (uint32_t)m->focuses.count - m->positions[zone].focus_first;
    }
    lti_free(zone_of);
    lti_free(first);
    lti_free(list);
    return code;
}

static lt_code model_init(lti_position_model *m, lt_error *error)
{
    m->holdings = LTI_ARRAY(lt_zone_holding);
    m->capabilities = m->focuses = m->rivals = m->claimants = m->projects = LTI_ARRAY(uint32_t);
    m->standings = LTI_ARRAY(lt_zone_standing);
    m->gap_list = LTI_ARRAY(lt_zone_gap);
    m->overlaps = LTI_ARRAY(lt_zone_overlap);
    m->link_claims = m->chain_claims = LTI_ARRAY(lt_claim);
    m->chains = LTI_ARRAY(lt_zone_chain);
    m->partners = LTI_ARRAY(lt_zone_partner);
    lt_code code = lti_zone_tree_init(&m->tree, m->ds, error);
    if (code != LT_OK) return code;
    m->positions = lti_alloc(m->tree.count, sizeof *m->positions);
    if (!m->positions) return lti_fail_memory(error);
    for (uint32_t zone = 0; zone < m->tree.count; zone++) m->positions[zone].zone = zone;
    return LT_OK;
}

static lt_positions publish(lti_position_model *m)
{
    lti_array *arrays[] = {&m->holdings,     &m->capabilities, &m->standings, &m->focuses,  &m->gap_list,
                           &m->overlaps,     &m->rivals,       &m->chains,    &m->partners, &m->link_claims,
                           &m->chain_claims, &m->claimants,    &m->projects};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_array_trim(arrays[i]);
    return (lt_positions){
        .positions = m->positions,
        .count = m->tree.count,
        .holdings = m->holdings.data,
        .capabilities = m->capabilities.data,
        .standings = m->standings.data,
        .gaps = m->gap_list.data,
        .overlaps = m->overlaps.data,
        .rivals = m->rivals.data,
        .focuses = m->focuses.data,
        .chains = m->chains.data,
        .partners = m->partners.data,
        .projects = m->projects.data,
        .link_claims = m->link_claims.data,
        .chain_claims = m->chain_claims.data,
        .link_claim_count = m->link_claims.count,
        .chain_claim_count = m->chain_claims.count,
        .claimants = m->claimants.data,
    };
}

lt_code lt_positions_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_targets *targets, const lt_policy *policy,
                             const lt_rules *rules, lt_positions *out, lt_error *error)
{
    lt_rules *defaults = NULL;
    lti_position_model m = {.ds = ds, .gaps = gaps, .targets = targets, .policy = policy ? policy : lt_policy_default()};
    lt_code code = model_init(&m, error);
    if (code == LT_OK && !rules) code = lt_rules_load(NULL, &defaults, error);
    m.rules = rules ? rules : defaults;
    if (code == LT_OK) code = list_focuses(&m, error);
    if (code == LT_OK) code = list_holdings(&m, error);
    if (code == LT_OK) code = lti_zone_gaps(&m, error);
    if (code == LT_OK) code = lti_zone_claims(&m, error);
    if (code == LT_OK) code = lti_zone_rules(&m, error);
    lt_positions p = publish(&m);
    if (code == LT_OK) *out = p;
    else lt_positions_done(&p);
    lti_zone_tree_done(&m.tree);
    lt_rules_free(defaults);
    return code;
}

void lt_positions_done(lt_positions *p)
{
    if (!p) return;
    void *arrays[] = {p->positions, p->holdings, p->capabilities, p->standings,   p->gaps,         p->overlaps,  p->rivals,
                      p->focuses,   p->chains,   p->partners,     p->link_claims, p->chain_claims, p->claimants, p->projects};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *p = (lt_positions){0};
}
