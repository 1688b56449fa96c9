/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "map/place_parts.h"

uint32_t lti_hop(const lti_plan *plan, uint32_t node, uint32_t column)
{
    uint32_t own = plan->in->nodes[node].column;
    if (column == own) return node;
    return column > own ? plan->forward[node] + (column - own - 1) : plan->backward[node] + (own - column - 1);
}

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static void find_reach(const lti_place_input *in, uint32_t *furthest, uint32_t *nearest)
{
    for (size_t i = 0; i < in->node_count; i++) furthest[i] = nearest[i] = in->nodes[i].column;
    for (size_t i = 0; i < in->edge_count; i++) {
        uint32_t from = in->edges[i].from, column = in->nodes[in->edges[i].to].column;
        if (column > furthest[from]) furthest[from] = column;
        if (column < nearest[from]) nearest[from] = column;
    }
}

static uint32_t lanes_between(uint32_t own, uint32_t end)
{
    uint32_t columns = end > own ? end - own : own - end;
    return columns > 1 ? columns - 1 : 0;
}

double lti_place_need(const lti_place_input *in, uint32_t column)
{
    double cards = 0, need = 0;
    uint32_t *reach = malloc((2 * in->node_count + 1) * sizeof *reach), *furthest = reach, *nearest = reach + in->node_count;
    if (!reach) return -1;
    find_reach(in, furthest, nearest);
    for (size_t i = 0; i < in->node_count; i++) {
        uint32_t own = in->nodes[i].column;
        if (own == column) need += in->nodes[i].height + (cards++ > 0 ? in->gap : 0);
        if ((column > own && column < furthest[i]) || (column < own && column > nearest[i])) need += in->lane;
    }
    free(reach);
    return need + in->gap; /* lanes above or below all cards */
}

static void add_lanes(lti_plan *plan, uint32_t node, uint32_t end, uint32_t *first)
{
    uint32_t own = plan->in->nodes[node].column, count = lanes_between(own, end);
    *first = count ? (uint32_t)plan->vertex_count : UINT32_MAX;
    for (uint32_t i = 1; i <= count; i++)
        plan->vertices[plan->vertex_count++] =
            (lti_vertex){.column = end > own ? own + i : own - i, .height = plan->in->lane, .lane = true};
}

static void add_trunk_steps(lti_plan *plan, uint32_t node, uint32_t end)
{
    uint32_t own = plan->in->nodes[node].column, at = own;
    for (uint32_t i = lanes_between(own, end); i > 0; i--) {
        uint32_t next = end > own ? at + 1 : at - 1;
        plan->steps[plan->step_count++] = (lti_place_edge){lti_hop(plan, node, at), lti_hop(plan, node, next)};
        at = next;
    }
}

static lt_code add_vertices(lti_plan *plan, lt_error *error)
{
    const lti_place_input *in = plan->in;
    size_t lanes = 0;
    plan->furthest = malloc((in->node_count + 1) * sizeof *plan->furthest);
    plan->nearest = malloc((in->node_count + 1) * sizeof *plan->nearest);
    plan->forward = malloc((in->node_count + 1) * sizeof *plan->forward);
    plan->backward = malloc((in->node_count + 1) * sizeof *plan->backward);
    if (!plan->furthest || !plan->nearest || !plan->forward || !plan->backward) return out_of_memory(error);
    find_reach(in, plan->furthest, plan->nearest);
    for (size_t i = 0; i < in->node_count; i++)
        lanes += lanes_between(in->nodes[i].column, plan->furthest[i]) + lanes_between(in->nodes[i].column, plan->nearest[i]);
    plan->vertices = calloc(in->node_count + lanes + 1, sizeof *plan->vertices);
    plan->steps = malloc((lanes + in->edge_count + 1) * sizeof *plan->steps);
    if (!plan->vertices || !plan->steps) return out_of_memory(error);
    for (size_t i = 0; i < in->node_count; i++)
        plan->vertices[plan->vertex_count++] = (lti_vertex){.column = in->nodes[i].column, .height = in->nodes[i].height};
    for (uint32_t i = 0; i < in->node_count; i++) {
        add_lanes(plan, i, plan->furthest[i], &plan->forward[i]);
        add_lanes(plan, i, plan->nearest[i], &plan->backward[i]);
    }
    for (uint32_t i = 0; i < in->node_count; i++) {
        add_trunk_steps(plan, i, plan->furthest[i]);
        add_trunk_steps(plan, i, plan->nearest[i]);
    }
    for (size_t i = 0; i < in->edge_count; i++) {
        uint32_t from = in->edges[i].from, to = in->edges[i].to, own = in->nodes[from].column, column = in->nodes[to].column;
        uint32_t last = column > own ? column - 1 : column < own ? column + 1 : own;
        plan->steps[plan->step_count++] = (lti_place_edge){lti_hop(plan, from, last), to};
    }
    return LT_OK;
}

static lt_code list_neighbours(const lti_plan *plan, bool across, lti_neighbours *out, lt_error *error)
{
    out->first = calloc(plan->vertex_count + 2, sizeof *out->first);
    out->other = malloc((2 * plan->step_count + 1) * sizeof *out->other);
    if (!out->first || !out->other) return out_of_memory(error);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < plan->step_count; i++) {
            uint32_t a = plan->steps[i].from, b = plan->steps[i].to;
            if ((plan->vertices[a].column != plan->vertices[b].column) != across) continue;
            if (pass == 0) {
                out->first[a + 2]++;
                out->first[b + 2]++;
            } else {
                out->other[out->first[a + 1]++] = b;
                out->other[out->first[b + 1]++] = a;
            }
        }
        for (size_t v = 1; pass == 0 && v < plan->vertex_count + 2; v++) out->first[v] += out->first[v - 1];
    }
    return LT_OK;
}

/** A vertex and where Graphviz put it. */
typedef struct {
    uint32_t vertex, column, place;
} ranked;

static int by_place(const void *a, const void *b)
{
    const ranked *first = a, *second = b;
    if (first->column != second->column) return first->column < second->column ? -1 : 1;
    if (first->place != second->place) return first->place < second->place ? -1 : 1;
    return first->vertex < second->vertex ? -1 : first->vertex > second->vertex;
}

static lt_code order_columns(lti_plan *plan, lt_error *error)
{
    size_t count = plan->vertex_count;
    lt_code code = LT_OK;
    uint32_t *rank = malloc((count + 1) * sizeof *rank), *order = calloc(count + 1, sizeof *order);
    ranked *all = malloc((count + 1) * sizeof *all);
    lti_place_edge *across = malloc((plan->step_count + 1) * sizeof *across);
    size_t across_count = 0;
    plan->column_first = calloc(plan->in->column_count + 1, sizeof *plan->column_first);
    plan->sequence = malloc((count + 1) * sizeof *plan->sequence);
    plan->position = malloc((count + 1) * sizeof *plan->position);
    if (!rank || !order || !all || !across || !plan->column_first || !plan->sequence || !plan->position) {
        code = out_of_memory(error);
        goto done;
    }
    for (size_t i = 0; i < count; i++) rank[i] = plan->vertices[i].column;
    for (size_t i = 0; i < plan->step_count; i++)
        if (rank[plan->steps[i].from] != rank[plan->steps[i].to]) across[across_count++] = plan->steps[i];
    if (across_count > 0) code = lti_order(rank, count, across, across_count, order, error);
    if (code != LT_OK) goto done;
    for (uint32_t i = 0; i < count; i++) all[i] = (ranked){i, rank[i], order[i]};
    qsort(all, count, sizeof *all, by_place);
    for (size_t i = 0; i < count; i++) {
        plan->sequence[i] = all[i].vertex;
        plan->column_first[all[i].column + 1]++;
    }
    for (size_t c = 0; c < plan->in->column_count; c++) plan->column_first[c + 1] += plan->column_first[c];
    for (size_t i = 0; i < count; i++) plan->position[all[i].vertex] = (uint32_t)i - plan->column_first[all[i].column];

done:
    free(rank);
    free(order);
    free(all);
    free(across);
    return code;
}

static void free_plan(lti_plan *plan)
{
    free(plan->vertices);
    free(plan->forward);
    free(plan->backward);
    free(plan->furthest);
    free(plan->nearest);
    free(plan->steps);
    free(plan->across.first);
    free(plan->across.other);
    free(plan->within.first);
    free(plan->within.other);
    free(plan->column_first);
    free(plan->sequence);
    free(plan->position);
}

static bool is_overfull(const lti_plan *plan)
{
    for (size_t i = 0; i < plan->in->node_count; i++)
        if (plan->vertices[i].y + plan->vertices[i].height / 2 > plan->in->bottom + 0.01) return true;
    return false;
}

lt_code lti_place(const lti_place_input *input, lti_placing *out, lt_error *error)
{
    lti_plan plan = {.in = input};
    lti_placing placing = {.node_count = input->node_count, .edge_count = input->edge_count};
    placing.cards = calloc(input->node_count + 1, sizeof *placing.cards);
    placing.routes = calloc(input->edge_count + 1, sizeof *placing.routes);
    lt_code code = placing.cards && placing.routes ? add_vertices(&plan, error) : out_of_memory(error);
    if (code == LT_OK) code = list_neighbours(&plan, true, &plan.across, error);
    if (code == LT_OK) code = list_neighbours(&plan, false, &plan.within, error);
    if (code == LT_OK) code = order_columns(&plan, error);
    if (code != LT_OK) goto done;
    lti_improve_order(&plan);
    code = lti_set_heights(&plan, error);
    for (size_t i = 0; code == LT_OK && i < input->node_count; i++) {
        const lti_place_column *column = &input->columns[input->nodes[i].column];
        double height = plan.vertices[i].height;
        placing.cards[i] = (lti_rect){column->card_left, plan.vertices[i].y - height / 2, column->card_width, height};
    }
    placing.overfull = code == LT_OK && is_overfull(&plan);
    if (code == LT_OK) code = lti_route(&plan, &placing, error);

done:
    free_plan(&plan);
    if (code == LT_OK) *out = placing;
    else lti_placing_done(&placing);
    return code;
}

void lti_placing_done(lti_placing *placing)
{
    for (size_t i = 0; placing->routes && i < placing->edge_count; i++) lti_path_done(&placing->routes[i]);
    free(placing->routes);
    free(placing->cards);
    *placing = (lti_placing){0};
}
