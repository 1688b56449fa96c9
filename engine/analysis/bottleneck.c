/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bottleneck figures of contract section 2. Path share is the search path count N-·N+ ÷ total on the condensation. */
#include "liantu/bottleneck.h"

#include <math.h>
#include <string.h>

#include "analysis/blocked.h"
#include "core/error.h"
#include "core/memory.h"
#include "graph/dominators.h"
#include "graph/parts.h"

/** A number of paths, which may be far larger than a double: mantissa · 2^exponent, mantissa 0 or in [0.5, 1). */
typedef struct {
    double mantissa;
    int64_t exponent;
} quantity;

static const quantity one = {0.5, 1};

static quantity scaled(double mantissa, int64_t exponent)
{
    int shift;
    double m = frexp(mantissa, &shift);
    return (quantity){m, m == 0 ? 0 : exponent + shift};
}

static quantity plus(quantity a, quantity b)
{
    if (a.mantissa == 0) return b;
    if (b.mantissa == 0) return a;
    if (a.exponent < b.exponent) return plus(b, a);
    int64_t apart = a.exponent - b.exponent;
    return apart > 1100 ? a : scaled(a.mantissa + ldexp(b.mantissa, (int)-apart), a.exponent);
}

static quantity times(quantity a, quantity b)
{
    return scaled(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

static double ratio(quantity a, quantity b)
{
    if (a.mantissa == 0) return 0;
    int64_t exponent = a.exponent - b.exponent;
    return exponent < -1100 ? 0 : ldexp(a.mantissa / b.mantissa, (int)exponent);
}

/** The supply graph in the forms that the figures below need. */
typedef struct {
    const lt_dataset *ds;
    lti_supply s;
    lti_parts parts;
    bool *final;
    double *importance;
    uint32_t *from, *to; /* edges, with room for those of the super-source */
    size_t edges;
    bool *has_in, *has_out; /* by part: an edge from or to another part */
} model;

static lt_code model_init(model *m, const lt_dataset *ds, lt_error *error)
{
    memset(m, 0, sizeof *m);
    m->ds = ds;
    lt_code code = lti_supply_init(&m->s, ds, error);
    if (code != LT_OK) return code;
    size_t links = m->s.links;
    m->edges = m->s.out_first[links];
    m->final = lti_alloc(links, sizeof *m->final);
    m->importance = lti_alloc(links, sizeof *m->importance);
    m->from = lti_alloc(m->edges + links, sizeof *m->from);
    m->to = lti_alloc(m->edges + links, sizeof *m->to);
    m->has_in = lti_alloc(links, sizeof *m->has_in);
    m->has_out = lti_alloc(links, sizeof *m->has_out);
    if (!m->final || !m->importance || !m->from || !m->to || !m->has_in || !m->has_out) return lti_fail_memory(error);
    for (uint32_t i = 0; i < links; i++) {
        m->final[i] = lt_links(ds)[i].final;
        m->importance[i] = lt_links(ds)[i].importance;
        for (uint32_t e = m->s.out_first[i]; e < m->s.out_first[i + 1]; e++) {
            m->from[e] = i;
            m->to[e] = m->s.out[e];
        }
    }
    code = lti_parts_init(&m->parts, m->s.links, m->from, m->to, m->edges, error);
    for (size_t e = 0; e < m->edges && code == LT_OK; e++) {
        uint32_t from = m->parts.part[m->from[e]], to = m->parts.part[m->to[e]];
        if (from != to) m->has_out[from] = m->has_in[to] = true;
    }
    return code;
}

static void model_done(model *m)
{
    lti_supply_done(&m->s);
    lti_parts_done(&m->parts);
    void *arrays[] = {m->final, m->importance, m->from, m->to, m->has_in, m->has_out};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
}

/* Paths that reach each part along `first` and `list`, parts given in order; edges between two parts count once. */
static void count_paths(const model *m, bool backward, quantity *paths, uint32_t *seen)
{
    const lti_parts *parts = &m->parts;
    const uint32_t *first = backward ? m->s.out_first : m->s.in_first, *list = backward ? m->s.out : m->s.in;
    const bool *continues = backward ? m->has_out : m->has_in;
    for (uint32_t n = 0; n < parts->parts; n++) seen[n] = UINT32_MAX;
    for (uint32_t n = 0; n < parts->parts; n++) {
        uint32_t part = backward ? parts->parts - 1 - n : n;
        quantity sum = continues[part] ? (quantity){0, 0} : one;
        for (uint32_t i = parts->first[part]; i < parts->first[part + 1]; i++)
            for (uint32_t e = first[parts->node[i]]; e < first[parts->node[i] + 1]; e++) {
                uint32_t other = parts->part[list[e]];
                if (other == part || seen[other] == part) continue;
                seen[other] = part;
                sum = plus(sum, paths[other]);
            }
        paths[part] = sum;
    }
}

static lt_code share_paths(const model *m, double *share, lt_error *error)
{
    uint32_t parts = m->parts.parts;
    quantity *before = lti_alloc(parts, sizeof *before), *after = lti_alloc(parts, sizeof *after), total = {0, 0};
    uint32_t *seen = lti_alloc(parts, sizeof *seen);
    bool whole = before && after && seen;
    if (whole) {
        count_paths(m, false, before, seen);
        count_paths(m, true, after, seen);
        for (uint32_t p = 0; p < parts; p++)
            if (!m->has_out[p] && m->has_in[p]) total = plus(total, before[p]);
        for (uint32_t i = 0; i < m->s.links; i++) {
            uint32_t part = m->parts.part[i];
            bool on_path = m->has_in[part] || m->has_out[part];
            share[i] = on_path ? fmin(1, ratio(times(before[part], after[part]), total)) : 0;
        }
    }
    lti_free(before);
    lti_free(after);
    lti_free(seen);
    return whole ? LT_OK : lti_fail_memory(error);
}

/* Adds up finals over the dominator tree: a node's children are all handled before it, deepest first. */
static lt_code count_dominated(const model *m, uint32_t *dominated, lt_error *error)
{
    uint32_t root = m->s.links, nodes = root + 1;
    size_t edges = m->edges;
    for (uint32_t i = 0; i < root; i++) {
        if (m->has_in[m->parts.part[i]]) continue;
        m->from[edges] = root;
        m->to[edges++] = i;
    }
    uint32_t *parent = lti_alloc(nodes, sizeof *parent), *children = lti_alloc(nodes, sizeof *children),
             *ready = lti_alloc(nodes, sizeof *ready);
    lt_code code = parent && children && ready ? LT_OK : lti_fail_memory(error);
    if (code == LT_OK) code = lti_dominators(nodes, m->from, m->to, edges, root, parent, error);
    if (code == LT_OK) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < root; i++)
            if (parent[i] != UINT32_MAX) children[parent[i]]++;
        for (uint32_t i = 0; i < root; i++)
            if (children[i] == 0) ready[count++] = i;
        for (uint32_t next = 0; next < count; next++) {
            uint32_t node = ready[next], above = parent[node];
            if (above == UINT32_MAX || above == root) continue;
            dominated[above] += dominated[node] + m->final[node];
            if (--children[above] == 0) ready[count++] = above;
        }
    }
    lti_free(parent);
    lti_free(children);
    lti_free(ready);
    return code;
}

static lt_code measure_betweenness(const model *m, const lt_bottleneck_options *options, lt_bottlenecks *b, lt_error *error)
{
    double limit = options && options->betweenness_work > 0 ? options->betweenness_work : 5e8;
    uint32_t sources = options && options->sources > 0 ? options->sources : 256;
    uint32_t links = m->s.links;
    bool is_exact = (double)links * ((double)links + (double)m->edges) <= limit || sources >= links;
    b->betweenness_sources = is_exact ? links : sources;
    if (!is_exact && !(b->betweenness_error = lti_alloc(links, sizeof *b->betweenness_error))) return lti_fail_memory(error);
    if (links == 0) return LT_OK;
    return lti_betweenness(links, m->from, m->to, m->edges, is_exact ? 0 : sources, b->betweenness, b->betweenness_error, error);
}

static void weigh(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, lt_bottlenecks *b)
{
    double all = 0, weights = policy->bottleneck.path_share + policy->bottleneck.dominated_finals +
                              policy->bottleneck.blocked_weight + policy->bottleneck.concentration;
    for (size_t i = 0; i < b->count; i++) {
        b->finals += lt_links(ds)[i].final;
        all += lt_links(ds)[i].final ? lt_links(ds)[i].importance : 0;
    }
    for (size_t i = 0; i < b->count; i++) {
        bool is_abstract = lt_links(ds)[i].abstract;
        double hhi = is_abstract ? NAN : gaps->coverage.hhi[i];
        b->external[i] = is_abstract ? !gaps->producible.available[i] : !gaps->coverage.present[i];
        b->blocked_weight[i] = all > 0 ? b->blocked_weight[i] / all : 0;
        double concentration = b->external[i] ? 1 : isnan(hhi) ? 0 : hhi;
        double dominated = b->finals > 0 ? (double)b->dominated_finals[i] / b->finals : 0;
        b->score[i] =
            (policy->bottleneck.path_share * b->path_share[i] + policy->bottleneck.dominated_finals * dominated +
             policy->bottleneck.blocked_weight * b->blocked_weight[i] + policy->bottleneck.concentration * concentration) /
            weights;
    }
}

static lt_code reserve(lt_bottlenecks *b, size_t links, lt_error *error)
{
    b->count = links;
    bool whole = (b->path_share = lti_alloc(links, sizeof *b->path_share)) &&
                 (b->dominated_finals = lti_alloc(links, sizeof *b->dominated_finals)) &&
                 (b->blocked_finals = lti_alloc(links, sizeof *b->blocked_finals)) &&
                 (b->blocked_weight = lti_alloc(links, sizeof *b->blocked_weight)) &&
                 (b->articulation = lti_alloc(links, sizeof *b->articulation)) &&
                 (b->betweenness = lti_alloc(links, sizeof *b->betweenness)) &&
                 (b->external = lti_alloc(links, sizeof *b->external)) && (b->score = lti_alloc(links, sizeof *b->score));
    return whole ? LT_OK : lti_fail_memory(error);
}

lt_code lt_bottlenecks_analyse(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy,
                               const lt_bottleneck_options *options, lt_bottlenecks *out, lt_error *error)
{
    model m;
    lt_bottlenecks b = {0};
    lt_code code = model_init(&m, ds, error);
    if (code == LT_OK) code = reserve(&b, m.s.links, error);
    if (code == LT_OK) code = share_paths(&m, b.path_share, error);
    if (code == LT_OK) code = count_dominated(&m, b.dominated_finals, error);
    if (code == LT_OK) code = lti_blocked(&m.s, &m.parts, m.final, m.importance, b.blocked_finals, b.blocked_weight, error);
    if (code == LT_OK) code = lti_articulation(m.s.links, m.from, m.to, m.edges, b.articulation, error);
    if (code == LT_OK) code = measure_betweenness(&m, options, &b, error);
    if (code == LT_OK) {
        weigh(ds, gaps, policy ? policy : lt_policy_default(), &b);
        *out = b;
    } else {
        lt_bottlenecks_done(&b);
    }
    model_done(&m);
    return code;
}

void lt_bottlenecks_done(lt_bottlenecks *b)
{
    if (!b) return;
    void *arrays[] = {b->path_share,  b->dominated_finals,  b->blocked_finals, b->blocked_weight, b->articulation,
                      b->betweenness, b->betweenness_error, b->external,       b->score};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *b = (lt_bottlenecks){0};
}
