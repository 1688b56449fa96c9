/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order and height of what stands in columns, once Graphviz has given a first order. */
#include <math.h>
#include <stdlib.h>

#include "map/place_parts.h"

static const double crossing_cost = 3, distance_cost = 1.6;
enum { ORDER_ROUNDS = 3, SIFT_LIMIT = 4000, HEIGHT_ROUNDS = 10 };

/* Crossings that the edges of two vertices make in one neighbouring column when `upper` stands above `lower`. */
static int crossings(const lti_plan *plan, uint32_t upper, uint32_t lower)
{
    const lti_neighbours *n = &plan->across;
    int count = 0;
    for (uint32_t i = n->first[upper]; i < n->first[upper + 1]; i++)
        for (uint32_t j = n->first[lower]; j < n->first[lower + 1]; j++) {
            uint32_t a = n->other[i], b = n->other[j];
            if (plan->vertices[a].column == plan->vertices[b].column && plan->position[a] > plan->position[b]) count++;
        }
    return count;
}

/* What changes in the lengths within the column when `vertex`, at `place`, moves by `by`, `except` standing there. */
static int lengthening(const lti_plan *plan, uint32_t vertex, uint32_t except, int place, int by)
{
    const lti_neighbours *n = &plan->within;
    int change = 0;
    for (uint32_t i = n->first[vertex]; i < n->first[vertex + 1]; i++) {
        if (n->other[i] == except) continue;
        int there = (int)plan->position[n->other[i]];
        change += abs(place + by - there) - abs(place - there);
    }
    return change;
}

static void swap(lti_plan *plan, uint32_t *column, uint32_t place)
{
    uint32_t upper = column[place], lower = column[place + 1];
    column[place] = lower;
    column[place + 1] = upper;
    plan->position[lower] = place;
    plan->position[upper] = place + 1;
}

/* Cost of exchanging what stands at place and place + 1. */
static double swap_cost(const lti_plan *plan, const uint32_t *column, uint32_t place)
{
    uint32_t upper = column[place], lower = column[place + 1];
    int crossed = crossings(plan, lower, upper) - crossings(plan, upper, lower);
    int longer = lengthening(plan, upper, lower, (int)place, 1) + lengthening(plan, lower, upper, (int)place + 1, -1);
    return crossing_cost * crossed + distance_cost * longer;
}

/* Moves one vertex to where it costs least. @return whether it moved. */
static bool sift(lti_plan *plan, uint32_t *column, uint32_t count, uint32_t vertex)
{
    uint32_t start = plan->position[vertex], best = start, at = start;
    double cost = 0, least = -1e-6;
    for (; at + 1 < count; at++) {
        cost += swap_cost(plan, column, at);
        swap(plan, column, at);
        if (cost < least) {
            least = cost;
            best = at + 1;
        }
    }
    for (; at > 0; at--) {
        cost += swap_cost(plan, column, at - 1);
        swap(plan, column, at - 1);
        if (cost < least) {
            least = cost;
            best = at - 1;
        }
    }
    for (; at < best; at++) swap(plan, column, at);
    return best != start;
}

void lti_improve_order(lti_plan *plan)
{
    if (plan->vertex_count > SIFT_LIMIT) return; /* dot's order is left as it is where moving each vertex would take long */
    bool moved = true;
    for (int round = 0; round < ORDER_ROUNDS && moved; round++) {
        moved = false;
        for (uint32_t v = 0; v < plan->vertex_count; v++) {
            uint32_t c = plan->vertices[v].column, first = plan->column_first[c];
            moved |= sift(plan, plan->sequence + first, plan->column_first[c + 1] - first, v);
        }
    }
}

/* Distance of the middles of two vertices that stand one upon the other. A run of lanes between cards adds only the lanes. */
static double apart(const lti_plan *plan, const lti_vertex *upper, const lti_vertex *lower)
{
    double gap = plan->in->gap;
    double between = upper->lane && lower->lane ? 0 : upper->lane || lower->lane ? gap / 2 : gap;
    return (upper->height + lower->height) / 2 + between;
}

static double wish(const lti_plan *plan, uint32_t vertex, double *weight)
{
    const lti_neighbours *n = &plan->across;
    bool lane = plan->vertices[vertex].lane;
    double sum = 0, all = 0;
    for (uint32_t i = n->first[vertex]; i < n->first[vertex + 1]; i++) {
        const lti_vertex *other = &plan->vertices[n->other[i]];
        double w = lane && other->lane ? 8 : lane || other->lane ? 2 : 1;
        sum += w * other->y;
        all += w;
    }
    double stay = all > 0 ? all * (lane ? 0.02 : 0.2) : 1; /* an even spread looks better than straight lines alone */
    *weight = all + stay;
    return (sum + stay * plan->vertices[vertex].home) / *weight;
}

/** A run of vertices that touch: pooled by isotonic regression. */
typedef struct {
    double mean, weight;
    uint32_t count;
} pool;

/* The nearest heights to what vertices wish that keep their order and distances: pool adjacent violators. */
static void settle(lti_plan *plan, uint32_t column, pool *pools, double *offset)
{
    const lti_place_input *in = plan->in;
    const uint32_t *sequence = plan->sequence + plan->column_first[column];
    uint32_t count = plan->column_first[column + 1] - plan->column_first[column], used = 0;
    if (count == 0) return;
    offset[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) offset[i] = offset[i - 1] + apart(plan, &plan->vertices[sequence[i - 1]], &plan->vertices[sequence[i]]);
        pool p = {.count = 1};
        p.mean = wish(plan, sequence[i], &p.weight) - offset[i];
        while (used > 0 && pools[used - 1].mean > p.mean) {
            const pool *above = &pools[--used];
            p.mean = (p.mean * p.weight + above->mean * above->weight) / (p.weight + above->weight);
            p.weight += above->weight;
            p.count += above->count;
        }
        pools[used++] = p;
    }
    double low = in->top + plan->vertices[sequence[0]].height / 2;
    double high = in->bottom - plan->vertices[sequence[count - 1]].height / 2 - offset[count - 1];
    if (high < low) high = low;
    uint32_t i = 0;
    for (uint32_t k = 0; k < used; k++)
        for (uint32_t j = 0; j < pools[k].count; j++, i++)
            plan->vertices[sequence[i]].y = fmin(high, fmax(low, pools[k].mean)) + offset[i];
}

/* A first guess: evenly over the whole height. */
static void spread(lti_plan *plan, uint32_t column)
{
    const lti_place_input *in = plan->in;
    const uint32_t *sequence = plan->sequence + plan->column_first[column];
    uint32_t count = plan->column_first[column + 1] - plan->column_first[column];
    double need = 0;
    for (uint32_t i = 0; i < count; i++)
        need += i > 0 ? apart(plan, &plan->vertices[sequence[i - 1]], &plan->vertices[sequence[i]])
                      : plan->vertices[sequence[0]].height / 2;
    if (count > 0) need += plan->vertices[sequence[count - 1]].height / 2;
    double spare = fmax(0, in->bottom - in->top - need) / (count + 1), y = in->top + spare;
    if (in->widest_gap > 0 && spare > in->widest_gap) y = in->top + (spare - in->widest_gap) * (count + 1) / 2 + in->widest_gap;
    for (uint32_t i = 0; i < count; i++) {
        lti_vertex *v = &plan->vertices[sequence[i]];
        y += i > 0 ? apart(plan, &plan->vertices[sequence[i - 1]], v) + fmin(spare, in->widest_gap > 0 ? in->widest_gap : spare)
                   : v->height / 2;
        v->y = v->home = y;
    }
}

lt_code lti_set_heights(lti_plan *plan, lt_error *error)
{
    uint32_t columns = (uint32_t)plan->in->column_count;
    pool *pools = malloc((plan->vertex_count + 1) * sizeof *pools);
    double *offset = malloc((plan->vertex_count + 1) * sizeof *offset);
    if (!pools || !offset) {
        free(pools);
        free(offset);
        if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
        return LT_E_MEMORY;
    }
    for (uint32_t c = 0; c < columns; c++) spread(plan, c);
    for (int round = 0; round < HEIGHT_ROUNDS; round++) {
        for (uint32_t c = 0; c < columns; c++) settle(plan, c, pools, offset);
        for (uint32_t c = columns; c-- > 0;) settle(plan, c, pools, offset);
    }
    free(pools);
    free(offset);
    return LT_OK;
}
