/* SPDX-License-Identifier: GPL-3.0-or-later */
/* P(ℓ), supply, pipeline, research, coverage, hhi of contract section 2. A capability of role research counts for research
   only, whoever holds it; any other counts for P when a firm or an operating project holds it, for the pipeline when
   another project does, and for nothing when an institution does. */
#include "analysis/coverage.h"

#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/memory.h"

typedef enum { COUNTS_NOT, COUNTS_SUPPLY, COUNTS_PIPELINE, COUNTS_RESEARCH } use;

lti_holder lti_holder_of(const lt_dataset *ds, lt_node node)
{
    uint32_t index = lt_node_index(ds, node);
    const lt_project *project;
    switch (lt_node_kind(ds, node)) {
    case LT_FIRM:
        return (lti_holder){
            .as = COUNTS_SUPPLY, .local = lt_firms(ds)[index].local, .leader = lt_firms(ds)[index].grade == LT_GRADE_LEADER};
    case LT_INSTITUTION: return (lti_holder){.as = COUNTS_NOT, .local = lt_institutions(ds)[index].local};
    case LT_PROJECT:
        project = &lt_projects(ds)[index];
        return (lti_holder){.as = project->stage == LT_PROJECT_OPERATING ? COUNTS_SUPPLY : COUNTS_PIPELINE,
                            .stage = project->stage,
                            .local = project->local};
    default: return (lti_holder){0};
    }
}

static use use_of(lti_holder holder, uint8_t role)
{
    if (!holder.local) return COUNTS_NOT;
    return role == LT_ROLE_RESEARCH ? COUNTS_RESEARCH : (use)holder.as;
}

static bool counts(const lt_dataset *ds, const lt_capability *capability)
{
    return use_of(lti_holder_of(ds, capability->edge.from), capability->edge.role) != COUNTS_NOT;
}

lt_code lti_coverage_reserve(lt_coverage *c, size_t links, lt_error *error)
{
    *c = (lt_coverage){.count = links};
    bool whole = (c->producers = lti_alloc(links, sizeof *c->producers)) && (c->supply = lti_alloc(links, sizeof *c->supply)) &&
                 (c->pipeline = lti_alloc(links, sizeof *c->pipeline)) && (c->research = lti_alloc(links, sizeof *c->research)) &&
                 (c->coverage = lti_alloc(links, sizeof *c->coverage)) && (c->hhi = lti_alloc(links, sizeof *c->hhi)) &&
                 (c->leader = lti_alloc(links, sizeof *c->leader)) && (c->present = lti_alloc(links, sizeof *c->present));
    return whole ? LT_OK : lti_fail_memory(error);
}

static lt_code reserve(lt_coverage *c, const lt_dataset *ds, lt_error *error)
{
    size_t links = lt_count(ds, LT_LINK), evidence = links + 2 * lt_count(ds, LT_CAPABILITY);
    lt_code code = lti_coverage_reserve(c, links, error);
    if (code != LT_OK) return code;
    bool whole = (c->first = lti_alloc(links + 2, sizeof *c->first)) && (c->evidence = lti_alloc(evidence, sizeof *c->evidence));
    return whole ? LT_OK : lti_fail_memory(error);
}

static uint32_t link_of(const lt_dataset *ds, const lt_capability *capability)
{
    return capability->edge.to - lt_node_at(ds, LT_LINK, 0);
}

/* Lists, by link, the records that count. first[i + 1] is where link i is written next, and so ends as its end. */
static void gather_evidence(lt_coverage *c, const lt_dataset *ds)
{
    size_t capabilities = lt_count(ds, LT_CAPABILITY);
    for (size_t i = 0; i < c->count; i++) c->first[i + 2] = 1;
    for (size_t i = 0; i < capabilities; i++)
        if (counts(ds, &lt_capabilities(ds)[i])) c->first[link_of(ds, &lt_capabilities(ds)[i]) + 2] += 2;
    for (size_t i = 0; i < c->count; i++) c->first[i + 2] += c->first[i + 1];
    for (size_t i = 0; i < c->count; i++) c->evidence[c->first[i + 1]++] = (lt_evidence){(uint32_t)i, LT_LINK};
    for (size_t i = 0; i < capabilities; i++) {
        const lt_capability *capability = &lt_capabilities(ds)[i];
        if (!counts(ds, capability)) continue;
        lt_node holder = capability->edge.from;
        uint32_t *next = &c->first[link_of(ds, capability) + 1];
        c->evidence[(*next)++] = (lt_evidence){(uint32_t)i, LT_CAPABILITY};
        c->evidence[(*next)++] = (lt_evidence){lt_node_index(ds, holder), (uint8_t)lt_node_kind(ds, holder)};
    }
}

void lti_measure_add(lti_measure *m, const lt_policy *policy, lti_holder holder, const lti_ability *ability)
{
    use as = use_of(holder, ability->role);
    if (as == COUNTS_RESEARCH) m->research += ability->level;
    if (as == COUNTS_PIPELINE) m->pipeline += policy->chance[holder.stage] * ability->level;
    if (as != COUNTS_SUPPLY) return;
    if (ability->holder != m->entity) {
        m->squares += m->entity_supply * m->entity_supply;
        m->entity_supply = 0;
        m->entity = ability->holder;
        m->producers++;
    }
    m->entity_supply += ability->level;
    m->supply += ability->level;
    m->leader |= holder.leader;
}

void lti_measure_end(lti_measure *m, double demand, lt_coverage *c, uint32_t link)
{
    double squares = m->squares + m->entity_supply * m->entity_supply;
    c->producers[link] = m->producers;
    c->supply[link] = m->supply;
    c->pipeline[link] = m->pipeline;
    c->research[link] = m->research;
    c->leader[link] = m->leader;
    c->coverage[link] = demand > 0 ? fmin(1, m->supply / demand) : 1;
    c->hhi[link] = m->supply > 0 ? squares / (m->supply * m->supply) : NAN;
    c->present[link] = m->producers > 0 || demand <= 0;
}

/* Capabilities come by holder, so those of one entity stand together. */
static void measure(lt_coverage *c, const lt_dataset *ds, const lt_policy *policy, uint32_t link)
{
    lti_measure m = LTI_MEASURE_BEGIN;
    for (uint32_t i = c->first[link]; i < c->first[link + 1]; i++) {
        if (c->evidence[i].kind != LT_CAPABILITY) continue;
        const lt_capability *capability = &lt_capabilities(ds)[c->evidence[i].index];
        lti_ability ability = {capability->level, capability->edge.from, capability->edge.role};
        lti_measure_add(&m, policy, lti_holder_of(ds, ability.holder), &ability);
    }
    lti_measure_end(&m, lt_links(ds)[link].demand, c, link);
}

lt_code lt_coverage_compute(const lt_dataset *ds, const lt_policy *policy, lt_coverage *out, lt_error *error)
{
    lt_coverage c = {0};
    lt_code code = reserve(&c, ds, error);
    if (code != LT_OK) {
        lt_coverage_done(&c);
        return code;
    }
    gather_evidence(&c, ds);
    for (uint32_t link = 0; link < c.count; link++) measure(&c, ds, policy ? policy : lt_policy_default(), link);
    *out = c;
    return LT_OK;
}

void lt_coverage_done(lt_coverage *c)
{
    if (!c) return;
    void *arrays[] = {c->producers, c->supply, c->pipeline, c->research, c->coverage,
                      c->hhi,       c->leader, c->present,  c->first,    c->evidence};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *c = (lt_coverage){0};
}
