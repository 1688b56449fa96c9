/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Targeting criteria and score of contract section 2. */
#include "analysis/target.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/blocked.h"
#include "analysis/unlock_count.h"
#include "analysis/zone_fit.h"
#include "core/error.h"
#include "core/memory.h"
#include "liantu/text.h"

static const char *const words[LT_CRITERIA] = {
    [LT_CRITERION_NECESSITY] = "necessity", [LT_CRITERION_LEVERAGE] = "leverage",   [LT_CRITERION_UNLOCK] = "unlock",
    [LT_CRITERION_PULL] = "pull",           [LT_CRITERION_PUSH] = "push",           [LT_CRITERION_RESEARCH] = "research",
    [LT_CRITERION_ZONE_FIT] = "zone_fit",   [LT_CRITERION_PROSPECTS] = "prospects", [LT_CRITERION_POLICY] = "policy",
};

const char *lt_criterion_word(lt_criterion criterion)
{
    return (unsigned)criterion < LT_CRITERIA ? words[criterion] : NULL;
}

void lt_criterion_weights(const lt_policy *policy, double weights[LT_CRITERIA])
{
    if (!policy) policy = lt_policy_default();
    weights[LT_CRITERION_NECESSITY] = policy->target.necessity;
    weights[LT_CRITERION_LEVERAGE] = policy->target.leverage;
    weights[LT_CRITERION_UNLOCK] = policy->target.unlock;
    weights[LT_CRITERION_PULL] = policy->target.pull;
    weights[LT_CRITERION_PUSH] = policy->target.push;
    weights[LT_CRITERION_RESEARCH] = policy->target.research;
    weights[LT_CRITERION_ZONE_FIT] = policy->target.zone_fit;
    weights[LT_CRITERION_PROSPECTS] = policy->target.prospects;
    weights[LT_CRITERION_POLICY] = policy->target.policy;
}

/** What fails with each link, which only links, their importance and supply decide; arrays by link. */
typedef struct {
    uint32_t *blocked_finals;
    double *blocked_weight; /* importance */
    double finals_weight;   /* importance of all finals */
} failures;

/** A link's score, and what is left of it when it is written. */
typedef struct {
    double score, written;
} written_score;

/** What the criteria are worked out from; arrays by link. */
struct lti_target_model {
    const lt_dataset *ds;
    const lt_gaps *gaps;
    const lt_policy *policy;
    lti_supply s;
    lti_unlock_counter counter;
    failures own;
    const failures *failures;
    uint8_t *scope;               /* of the best focus */
    uint32_t *on_link, *on_chain; /* prospect edges, by link and by chain */
    uint32_t *seen, *todo;        /* for the look through abstract links */
    uint32_t round;
    lt_target *known;       /* figures that do not depend on coverage; link = UINT32_MAX where not known yet */
    written_score *written; /* the last one of each link */
    double weights[LT_CRITERIA];
};
typedef lti_target_model model;

static lt_code measure_failures(model *m, lt_error *error)
{
    const lti_supply *s = &m->s;
    failures *f = &m->own;
    uint32_t links = s->links;
    size_t edges = s->out_first[links];
    lti_parts parts = {0};
    uint32_t *from = lti_alloc(edges, sizeof *from);
    bool *final = lti_alloc(links, sizeof *final);
    double *importance = lti_alloc(links, sizeof *importance);
    bool whole = from && final && importance && (f->blocked_finals = lti_alloc(links, sizeof *f->blocked_finals)) &&
                 (f->blocked_weight = lti_alloc(links, sizeof *f->blocked_weight));
    lt_code code = whole ? LT_OK : lti_fail_memory(error);
    for (uint32_t i = 0; i < links && code == LT_OK; i++) {
        final[i] = lt_links(m->ds)[i].final;
        importance[i] = lt_links(m->ds)[i].importance;
        f->finals_weight += final[i] ? importance[i] : 0;
        for (uint32_t e = s->out_first[i]; e < s->out_first[i + 1]; e++) from[e] = i;
    }
    if (code == LT_OK) code = lti_parts_init(&parts, links, from, s->out, edges, error);
    if (code == LT_OK) code = lti_blocked(s, &parts, final, importance, f->blocked_finals, f->blocked_weight, error);
    lti_parts_done(&parts);
    lti_free(from);
    lti_free(final);
    lti_free(importance);
    return code;
}

static void count_prospects(model *m)
{
    for (size_t i = 0; i < lt_count(m->ds, LT_PROSPECT); i++) {
        lt_node to = lt_prospects(m->ds)[i].edge.to;
        uint32_t *count = lt_node_kind(m->ds, to) == LT_LINK ? m->on_link : m->on_chain;
        count[lt_node_index(m->ds, to)]++;
    }
}

static lt_code model_init(model *m, const lti_target_model *like, lt_error *error)
{
    const lt_dataset *ds = m->ds;
    size_t links = lt_count(ds, LT_LINK);
    lt_code code = lti_supply_init(&m->s, ds, error);
    if (code != LT_OK) return code;
    bool whole = (m->scope = lti_alloc(links, sizeof *m->scope)) && (m->on_link = lti_alloc(links, sizeof *m->on_link)) &&
                 (m->on_chain = lti_alloc(lt_count(ds, LT_CHAIN), sizeof *m->on_chain)) &&
                 (m->seen = lti_alloc(links, sizeof *m->seen)) && (m->todo = lti_alloc(links, sizeof *m->todo)) &&
                 (m->known = lti_alloc(links, sizeof *m->known)) && (m->written = lti_alloc(links, sizeof *m->written));
    if (!whole) return lti_fail_memory(error);
    for (size_t i = 0; i < links; i++) {
        m->known[i].link = UINT32_MAX;
        m->written[i].score = -1;
    }
    lt_criterion_weights(m->policy, m->weights);
    code = lti_unlock_counter_init(&m->counter, ds, &m->s, m->gaps, error);
    m->failures = like ? like->failures : &m->own;
    if (code == LT_OK && !like) code = measure_failures(m, error);
    if (code == LT_OK) code = lti_zone_scopes(ds, m->policy, m->scope, error);
    if (code == LT_OK) count_prospects(m);
    return code;
}

lt_code lti_target_model_new(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, const lti_target_model *like,
                             lti_target_model **out, lt_error *error)
{
    model *m = lti_alloc(1, sizeof *m);
    if (!m) return lti_fail_memory(error);
    m->ds = ds;
    m->gaps = gaps;
    m->policy = policy ? policy : lt_policy_default();
    lt_code code = model_init(m, like, error);
    if (code == LT_OK) *out = m;
    else lti_target_model_free(m);
    return code;
}

void lti_target_model_free(lti_target_model *m)
{
    if (!m) return;
    void *arrays[] = {
        m->own.blocked_finals, m->own.blocked_weight, m->scope, m->on_link, m->on_chain, m->seen, m->todo, m->known, m->written};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_unlock_counter_done(&m->counter);
    lti_supply_done(&m->s);
    lti_free(m);
}

double lti_target_steps(const lti_target_model *m)
{
    return m->counter.steps;
}

/* Nearest consumers that are not abstract. */
static void count_consumers(model *m, lt_target *t)
{
    uint32_t count = 0;
    m->round++;
    m->todo[count++] = t->link;
    for (uint32_t next = 0; next < count; next++) {
        uint32_t from = m->todo[next];
        for (uint32_t e = m->s.out_first[from]; e < m->s.out_first[from + 1]; e++) {
            uint32_t consumer = m->s.out[e];
            if (m->seen[consumer] == m->round) continue;
            m->seen[consumer] = m->round;
            if (lt_links(m->ds)[consumer].abstract) {
                m->todo[count++] = consumer;
            } else {
                t->consumers++;
                t->consumers_present += m->gaps->coverage.present[consumer];
            }
        }
    }
}

static double policy_of(const lt_policy *policy, const lt_link *link)
{
    if (link->choke) return policy->policy_choke;
    return link->priority ? policy->policy_priority : policy->policy_other;
}

/* What does not depend on coverage. */
static void measure_place(model *m, uint32_t link, lt_target *t)
{
    const lt_link *l = &lt_links(m->ds)[link];
    const lt_producible *p = &m->gaps->producible;
    const lt_policy *policy = m->policy;
    const failures *f = m->failures;
    *t = (lt_target){.link = link, .blocked_finals = f->blocked_finals[link], .link_prospects = m->on_link[link]};
    if (l->chain != LT_NONE) t->chain_prospects = m->on_chain[lt_node_index(m->ds, l->chain)];
    t->unlocked = lti_unlock_count(&m->counter, link, NULL);
    count_consumers(m, t);
    double *x = t->criteria, prospects = t->link_prospects + policy->chain_prospect * t->chain_prospects;
    x[LT_CRITERION_LEVERAGE] = f->finals_weight > 0 ? f->blocked_weight[link] / f->finals_weight : 0;
    x[LT_CRITERION_PULL] = t->consumers > 0 ? (double)t->consumers_present / t->consumers : policy->no_consumers;
    x[LT_CRITERION_PUSH] = p->groups[link] > 0 ? (double)p->groups_met[link] / p->groups[link] : policy->no_inputs;
    x[LT_CRITERION_ZONE_FIT] = lti_zone_fit(policy, (lt_scope)m->scope[link]);
    x[LT_CRITERION_PROSPECTS] = fmin(1, prospects / policy->full_prospects);
    x[LT_CRITERION_POLICY] = policy_of(policy, l);
}

/* All but `unlock`, which is measured against the largest of the list. */
static void measure(model *m, const lt_coverage *c, uint32_t link, lt_target *t)
{
    const lt_link *l = &lt_links(m->ds)[link];
    if (m->known[link].link == UINT32_MAX) measure_place(m, link, &m->known[link]);
    *t = m->known[link];
    t->criteria[LT_CRITERION_NECESSITY] = l->importance * (1 - fmin(1, (c->supply[link] + c->pipeline[link]) / l->demand));
    t->criteria[LT_CRITERION_RESEARCH] = fmin(1, c->research[link]);
}

static void score(lt_target *t, uint32_t most, const double weights[LT_CRITERIA])
{
    double sum = 0, all = 0;
    t->criteria[LT_CRITERION_UNLOCK] = most > 0 ? fmin(1, (double)t->unlocked / most) : 0;
    for (int i = 0; i < LT_CRITERIA; i++) {
        sum += weights[i] * t->criteria[i];
        all += weights[i];
    }
    t->score = all > 0 ? sum / all : 0; /* a policy with a part of its changes undone may have no weight */
}

/* Each score is written once: writing costs more than the rest. */
static void write_score(model *m, const lt_target *t)
{
    written_score *w = &m->written[t->link];
    if (w->score != t->score) *w = (written_score){t->score, lt_real_written(t->score)};
}

static int by_score(const void *left, const void *right, void *context)
{
    const lt_target *a = left, *b = right;
    const model *m = context;
    double first = m->written[a->link].written, second = m->written[b->link].written;
    if (first != second) return first > second ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static void order(model *m, lt_target *targets, size_t count, uint32_t most)
{
    for (size_t i = 0; i < count; i++) {
        score(&targets[i], most, m->weights);
        write_score(m, &targets[i]);
    }
    qsort_r(targets, count, sizeof *targets, by_score, m);
}

bool lti_is_listed(int status)
{
    return status == LT_STATUS_MISSING || status == LT_STATUS_PIPELINE || status == LT_STATUS_WEAK || status == LT_STATUS_SINGLE;
}

static lt_code list(model *m, const uint8_t *status, const lt_coverage *coverage, lt_targets *out, lt_error *error)
{
    const lt_link *links = lt_links(m->ds);
    size_t listed = 0, unknown = 0;
    lt_targets t = {0};
    for (uint32_t i = 0; i < m->s.links; i++) {
        listed += !links[i].abstract && lti_is_listed(status[i]);
        unknown += !links[i].abstract && status[i] == LT_STATUS_UNKNOWN;
    }
    t.listed = lti_alloc(listed, sizeof *t.listed);
    t.unknown = lti_alloc(unknown, sizeof *t.unknown);
    if (!t.listed || !t.unknown) {
        lt_targets_done(&t);
        return lti_fail_memory(error);
    }
    for (uint32_t i = 0; i < m->s.links; i++) {
        if (links[i].abstract) continue;
        if (status[i] == LT_STATUS_UNKNOWN) measure(m, coverage, i, &t.unknown[t.unknown_count++]);
        if (!lti_is_listed(status[i])) continue;
        measure(m, coverage, i, &t.listed[t.listed_count]);
        uint32_t unlocked = t.listed[t.listed_count++].unlocked;
        if (unlocked > t.most_unlocked) t.most_unlocked = unlocked;
    }
    order(m, t.listed, t.listed_count, t.most_unlocked);
    order(m, t.unknown, t.unknown_count, t.most_unlocked);
    *out = t;
    return LT_OK;
}

lt_code lti_target_ranks(lti_target_model *m, const uint8_t *status, const lt_coverage *coverage, uint32_t *rank, lt_error *error)
{
    lt_targets t;
    lt_code code = list(m, status, coverage, &t, error);
    if (code != LT_OK) return code;
    m->counter.steps += 10.0 * m->s.links;
    for (uint32_t i = 0; i < m->s.links; i++) rank[i] = 0;
    for (size_t i = 0; i < t.listed_count; i++) rank[t.listed[i].link] = (uint32_t)i + 1;
    lt_targets_done(&t);
    return LT_OK;
}

lt_code lt_targets_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, lt_targets *out, lt_error *error)
{
    model *m;
    lt_code code = lti_target_model_new(ds, gaps, policy, NULL, &m, error);
    if (code != LT_OK) return code;
    code = list(m, gaps->status, &gaps->coverage, out, error);
    lti_target_model_free(m);
    return code;
}

void lt_targets_done(lt_targets *targets)
{
    if (!targets) return;
    lti_free(targets->listed);
    lti_free(targets->unknown);
    *targets = (lt_targets){0};
}
