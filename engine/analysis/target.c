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

/** What the criteria are worked out from; arrays by link. */
typedef struct {
    const lt_dataset *ds;
    const lt_gaps *gaps;
    const lt_policy *policy;
    lti_supply s;
    lti_unlock_counter counter;
    const lti_target_failures *failures;
    uint8_t *scope;               /* of the best focus */
    uint32_t *on_link, *on_chain; /* prospect edges, by link and by chain */
    uint32_t *seen, *todo;        /* for the look through abstract links */
    uint32_t round;
} model;

static lt_code measure_failures(lti_target_failures *f, const lt_dataset *ds, const lti_supply *s, lt_error *error)
{
    uint32_t links = s->links;
    size_t edges = s->out_first[links];
    lti_parts parts = {0};
    uint32_t *from = lti_alloc(edges, sizeof *from);
    bool *final = lti_alloc(links, sizeof *final);
    double *importance = lti_alloc(links, sizeof *importance);
    lt_code code = from && final && importance ? LT_OK : lti_fail_memory(error);
    for (uint32_t i = 0; i < links && code == LT_OK; i++) {
        final[i] = lt_links(ds)[i].final;
        importance[i] = lt_links(ds)[i].importance;
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

lt_code lti_target_failures_init(lti_target_failures *f, const lt_dataset *ds, lt_error *error)
{
    size_t links = lt_count(ds, LT_LINK);
    lti_supply s;
    *f = (lti_target_failures){.blocked_finals = lti_alloc(links, sizeof *f->blocked_finals),
                               .blocked_weight = lti_alloc(links, sizeof *f->blocked_weight)};
    lt_code code = lti_supply_init(&s, ds, error);
    if (code == LT_OK && (!f->blocked_finals || !f->blocked_weight)) code = lti_fail_memory(error);
    if (code == LT_OK) code = measure_failures(f, ds, &s, error);
    lti_supply_done(&s);
    return code;
}

void lti_target_failures_done(lti_target_failures *f)
{
    lti_free(f->blocked_finals);
    lti_free(f->blocked_weight);
    *f = (lti_target_failures){0};
}

static void count_prospects(model *m)
{
    for (size_t i = 0; i < lt_count(m->ds, LT_PROSPECT); i++) {
        lt_node to = lt_prospects(m->ds)[i].edge.to;
        uint32_t *count = lt_node_kind(m->ds, to) == LT_LINK ? m->on_link : m->on_chain;
        count[lt_node_index(m->ds, to)]++;
    }
}

static lt_code model_init(model *m, const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy,
                          const lti_target_failures *failures, lt_error *error)
{
    *m = (model){.ds = ds, .gaps = gaps, .policy = policy ? policy : lt_policy_default(), .failures = failures};
    size_t links = lt_count(ds, LT_LINK);
    lt_code code = lti_supply_init(&m->s, ds, error);
    if (code != LT_OK) return code;
    bool whole = (m->scope = lti_alloc(links, sizeof *m->scope)) && (m->on_link = lti_alloc(links, sizeof *m->on_link)) &&
                 (m->on_chain = lti_alloc(lt_count(ds, LT_CHAIN), sizeof *m->on_chain)) &&
                 (m->seen = lti_alloc(links, sizeof *m->seen)) && (m->todo = lti_alloc(links, sizeof *m->todo));
    if (!whole) return lti_fail_memory(error);
    code = lti_unlock_counter_init(&m->counter, ds, &m->s, gaps, error);
    if (code == LT_OK) code = lti_zone_scopes(ds, m->policy, m->scope, error);
    if (code == LT_OK) count_prospects(m);
    return code;
}

static void model_done(model *m)
{
    void *arrays[] = {m->scope, m->on_link, m->on_chain, m->seen, m->todo};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_unlock_counter_done(&m->counter);
    lti_supply_done(&m->s);
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

/* All but `unlock`, which is measured against the largest of the list. */
static void measure(model *m, uint32_t link, lt_target *t)
{
    const lt_link *l = &lt_links(m->ds)[link];
    const lt_coverage *c = &m->gaps->coverage;
    const lt_producible *p = &m->gaps->producible;
    const lt_policy *policy = m->policy;
    *t = (lt_target){.link = link, .blocked_finals = m->failures->blocked_finals[link], .link_prospects = m->on_link[link]};
    if (l->chain != LT_NONE) t->chain_prospects = m->on_chain[lt_node_index(m->ds, l->chain)];
    t->unlocked = lti_unlock_count(&m->counter, link, NULL);
    count_consumers(m, t);
    double *x = t->criteria, prospects = t->link_prospects + policy->chain_prospect * t->chain_prospects;
    x[LT_CRITERION_NECESSITY] = l->importance * (1 - fmin(1, (c->supply[link] + c->pipeline[link]) / l->demand));
    x[LT_CRITERION_LEVERAGE] = m->failures->finals_weight > 0 ? m->failures->blocked_weight[link] / m->failures->finals_weight : 0;
    x[LT_CRITERION_PULL] = t->consumers > 0 ? (double)t->consumers_present / t->consumers : policy->no_consumers;
    x[LT_CRITERION_PUSH] = p->groups[link] > 0 ? (double)p->groups_met[link] / p->groups[link] : policy->no_inputs;
    x[LT_CRITERION_RESEARCH] = fmin(1, c->research[link]);
    x[LT_CRITERION_ZONE_FIT] = lti_zone_fit(policy, (lt_scope)m->scope[link]);
    x[LT_CRITERION_PROSPECTS] = fmin(1, prospects / policy->full_prospects);
    x[LT_CRITERION_POLICY] = policy_of(policy, l);
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

static int by_score(const void *left, const void *right)
{
    const lt_target *a = left, *b = right;
    double first = lt_real_written(a->score), second = lt_real_written(b->score);
    if (first != second) return first > second ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static bool is_listed(uint8_t status)
{
    return status == LT_STATUS_MISSING || status == LT_STATUS_PIPELINE || status == LT_STATUS_WEAK || status == LT_STATUS_SINGLE;
}

lt_code lti_targets_from(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, const lti_target_failures *failures,
                         lt_targets *out, lt_error *error)
{
    model m;
    double weights[LT_CRITERIA];
    lt_targets t = {0};
    size_t listed = 0, unknown = 0;
    lt_code code = model_init(&m, ds, gaps, policy, failures, error);
    if (code != LT_OK) goto done;
    for (uint32_t i = 0; i < gaps->count; i++) {
        listed += !lt_links(ds)[i].abstract && is_listed(gaps->status[i]);
        unknown += !lt_links(ds)[i].abstract && gaps->status[i] == LT_STATUS_UNKNOWN;
    }
    t.listed = lti_alloc(listed, sizeof *t.listed);
    t.unknown = lti_alloc(unknown, sizeof *t.unknown);
    if (!t.listed || !t.unknown) {
        code = lti_fail_memory(error);
        goto done;
    }
    for (uint32_t i = 0; i < gaps->count; i++) {
        if (lt_links(ds)[i].abstract) continue;
        if (gaps->status[i] == LT_STATUS_UNKNOWN) measure(&m, i, &t.unknown[t.unknown_count++]);
        if (!is_listed(gaps->status[i])) continue;
        measure(&m, i, &t.listed[t.listed_count]);
        uint32_t unlocked = t.listed[t.listed_count++].unlocked;
        if (unlocked > t.most_unlocked) t.most_unlocked = unlocked;
    }
    lt_criterion_weights(policy, weights);
    for (size_t i = 0; i < listed; i++) score(&t.listed[i], t.most_unlocked, weights);
    for (size_t i = 0; i < unknown; i++) score(&t.unknown[i], t.most_unlocked, weights);
    qsort(t.listed, listed, sizeof *t.listed, by_score);
    qsort(t.unknown, unknown, sizeof *t.unknown, by_score);
    *out = t;

done:
    if (code != LT_OK) lt_targets_done(&t);
    model_done(&m);
    return code;
}

lt_code lt_targets_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, lt_targets *out, lt_error *error)
{
    lti_target_failures failures;
    lt_code code = lti_target_failures_init(&failures, ds, error);
    if (code == LT_OK) code = lti_targets_from(ds, gaps, policy, &failures, out, error);
    lti_target_failures_done(&failures);
    return code;
}

void lt_targets_done(lt_targets *targets)
{
    if (!targets) return;
    lti_free(targets->listed);
    lti_free(targets->unknown);
    *targets = (lt_targets){0};
}
