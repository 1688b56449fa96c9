/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/dominators.h"

#include <math.h>

#include "core/memory.h"
#include "graph/bridge.h"

lt_code lti_dominators(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, uint32_t root, uint32_t *dominator,
                       lt_error *error)
{
    igraph_t graph;
    lt_code code = lti_igraph_new(&graph, nodes, from, to, edges, error);
    if (code != LT_OK) return code;
    igraph_vector_int_t parents;
    code = lti_igraph_code(igraph_vector_int_init(&parents, 0), error);
    if (code == LT_OK) {
        code = lti_igraph_code(igraph_dominator_tree(&graph, (igraph_integer_t)root, &parents, NULL, NULL, IGRAPH_OUT), error);
        for (uint32_t i = 0; i < nodes && code == LT_OK; i++) {
            igraph_integer_t parent = VECTOR(parents)[i]; /* -1 for the root, -2 for what it does not reach */
            dominator[i] = parent < 0 ? UINT32_MAX : (uint32_t)parent;
        }
        igraph_vector_int_destroy(&parents);
    }
    igraph_destroy(&graph);
    return code;
}

lt_code lti_articulation(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, bool *articulation,
                         lt_error *error)
{
    igraph_t graph;
    lt_code code = lti_igraph_new(&graph, nodes, from, to, edges, error);
    if (code != LT_OK) return code;
    igraph_vector_int_t points;
    code = lti_igraph_code(igraph_vector_int_init(&points, 0), error);
    if (code == LT_OK) {
        code = lti_igraph_code(igraph_articulation_points(&graph, &points), error);
        for (igraph_integer_t i = 0; code == LT_OK && i < igraph_vector_int_size(&points); i++)
            articulation[VECTOR(points)[i]] = true;
        igraph_vector_int_destroy(&points);
    }
    igraph_destroy(&graph);
    return code;
}

static lt_code exact(const igraph_t *graph, uint32_t nodes, double *betweenness, lt_error *error)
{
    igraph_vector_t scores;
    lt_code code = lti_igraph_code(igraph_vector_init(&scores, 0), error);
    if (code != LT_OK) return code;
    code = lti_igraph_code(igraph_betweenness(graph, &scores, igraph_vss_all(), IGRAPH_DIRECTED, NULL), error);
    for (uint32_t i = 0; i < nodes && code == LT_OK; i++) betweenness[i] = VECTOR(scores)[i];
    igraph_vector_destroy(&scores);
    return code;
}

/* A fixed sequence, so that the sample is the same on every machine (splitmix64). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* The first `sources` of a random order of the nodes. */
static void sample(uint32_t *order, uint32_t nodes, uint32_t sources)
{
    uint64_t state = 1;
    for (uint32_t i = 0; i < nodes; i++) order[i] = i;
    for (uint32_t i = 0; i < sources; i++) {
        uint32_t other = i + (uint32_t)(next_random(&state) % (nodes - i)), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

/** Sums over batches of sources, from whose spread the error is taken. */
typedef struct {
    double *sum, *squares; /* by node, of batch totals */
    uint32_t *order;
    igraph_vector_t scores;
} batches;

static lt_code add_batch(const igraph_t *graph, uint32_t nodes, batches *b, uint32_t begin, uint32_t end, lt_error *error)
{
    igraph_vector_int_t sources;
    lt_code code = lti_igraph_code(igraph_vector_int_init(&sources, (igraph_integer_t)(end - begin)), error);
    if (code != LT_OK) return code;
    for (uint32_t i = begin; i < end; i++) VECTOR(sources)[i - begin] = (igraph_integer_t)b->order[i];
    igraph_vs_t from = igraph_vss_vector(&sources);
    code = lti_igraph_code(
        igraph_betweenness_subset(graph, &b->scores, igraph_vss_all(), IGRAPH_DIRECTED, from, igraph_vss_all(), NULL), error);
    for (uint32_t i = 0; i < nodes && code == LT_OK; i++) {
        double total = VECTOR(b->scores)[i];
        b->sum[i] += total;
        b->squares[i] += total * total;
    }
    igraph_vector_int_destroy(&sources);
    return code;
}

static lt_code sampled(const igraph_t *graph, uint32_t nodes, uint32_t sources, double *betweenness, double *standard_error,
                       lt_error *error)
{
    enum { BATCHES = 32 };
    batches b = {lti_alloc(nodes, sizeof(double)), lti_alloc(nodes, sizeof(double)), lti_alloc(nodes, sizeof(uint32_t)), {0}};
    lt_code code =
        b.sum && b.squares && b.order ? lti_igraph_code(igraph_vector_init(&b.scores, 0), error) : lti_fail_memory(error);
    bool made = code == LT_OK;
    uint32_t batch_count = sources < BATCHES ? sources : BATCHES;
    if (made) sample(b.order, nodes, sources);
    for (uint32_t batch = 0; batch < batch_count && code == LT_OK; batch++)
        code = add_batch(graph, nodes, &b, (uint32_t)((uint64_t)sources * batch / batch_count),
                         (uint32_t)((uint64_t)sources * (batch + 1) / batch_count), error);
    double scale = (double)nodes / sources, n = batch_count;
    for (uint32_t i = 0; i < nodes && code == LT_OK; i++) {
        double variance = n > 1 ? fmax(0, (b.squares[i] - b.sum[i] * b.sum[i] / n) / (n - 1)) : 0;
        betweenness[i] = b.sum[i] * scale;
        standard_error[i] = scale * sqrt(n * variance);
    }
    if (made) igraph_vector_destroy(&b.scores);
    lti_free(b.sum);
    lti_free(b.squares);
    lti_free(b.order);
    return code;
}

lt_code lti_betweenness(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, uint32_t sources,
                        double *betweenness, double *standard_error, lt_error *error)
{
    igraph_t graph;
    lt_code code = lti_igraph_new(&graph, nodes, from, to, edges, error);
    if (code != LT_OK) return code;
    if (sources == 0 || sources >= nodes) code = exact(&graph, nodes, betweenness, error);
    else code = sampled(&graph, nodes, sources, betweenness, standard_error, error);
    igraph_destroy(&graph);
    return code;
}
