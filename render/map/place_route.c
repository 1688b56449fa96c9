/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Routes of edges: curves in the gutters between columns, straight lanes through columns, brackets at the left of cards for edges
   within a column. Where several edges touch one side of a card they are spread over it in the order of where they come from. */
#include <math.h>
#include <stdlib.h>

#include "map/place_parts.h"

static const double port_distance = 5, port_margin = 5, bracket_distance = 4, bracket_start = 7, bend = 3;

typedef enum { LEFT, RIGHT } side;

/** Where an edge or a trunk touches a card. */
typedef struct {
    uint32_t card;
    side at;
    double other; /* height of what it leads to */
    uint32_t order;
    double *y;
} port;

typedef struct {
    const lti_plan *plan;
    port *ports;
    size_t port_count;
    double *in;                            /* by edge: height at its target */
    double *onward, *back, *within;        /* by node: height at which its trunks leave */
    double *bracket;                       /* by node: x of its bracket */
    uint32_t *first_within, *edges_within; /* edges within the column by source */
} router;

static const lti_vertex *vertex(const router *r, uint32_t v)
{
    return &r->plan->vertices[v];
}

static uint32_t column_of(const router *r, uint32_t node)
{
    return r->plan->in->nodes[node].column;
}

static void add_port(router *r, uint32_t card, side at, double other, double *y)
{
    r->ports[r->port_count] = (port){card, at, other, (uint32_t)r->port_count, y};
    r->port_count++;
}

static int by_height(const void *a, const void *b)
{
    const port *first = a, *second = b;
    if (first->card != second->card) return first->card < second->card ? -1 : 1;
    if (first->at != second->at) return first->at < second->at ? -1 : 1;
    if (first->other != second->other) return first->other < second->other ? -1 : 1;
    return first->order < second->order ? -1 : first->order > second->order;
}

static void spread_ports(router *r)
{
    if (r->port_count > 0) qsort(r->ports, r->port_count, sizeof *r->ports, by_height);
    for (size_t i = 0, end; i < r->port_count; i = end) {
        for (end = i; end < r->port_count && r->ports[end].card == r->ports[i].card && r->ports[end].at == r->ports[i].at;) end++;
        const lti_vertex *card = vertex(r, r->ports[i].card);
        size_t count = end - i;
        double step = count > 1 ? fmin(port_distance, (card->height - 2 * port_margin) / (double)(count - 1)) : 0;
        for (size_t k = i; k < end; k++) *r->ports[k].y = card->y + step * ((double)(k - i) - (double)(count - 1) / 2);
    }
}

static bool is_within(const router *r, size_t edge)
{
    const lti_place_edge *e = &r->plan->in->edges[edge];
    return column_of(r, e->from) == column_of(r, e->to);
}

static void list_within(router *r)
{
    const lti_place_input *in = r->plan->in;
    for (size_t i = 0; i < in->edge_count; i++)
        if (is_within(r, i)) r->bracket[in->edges[i].from]++;
    for (size_t n = 0; n < in->node_count; n++) r->first_within[n + 1] = r->first_within[n] + (uint32_t)r->bracket[n];
    for (size_t i = in->edge_count; i-- > 0;)
        if (is_within(r, i)) r->edges_within[--r->first_within[in->edges[i].from + 1]] = (uint32_t)i;
    for (size_t n = 0; n < in->node_count; n++) r->first_within[n + 1] = r->first_within[n] + (uint32_t)r->bracket[n];
}

static double mean_target(const router *r, uint32_t node)
{
    double sum = 0;
    for (uint32_t i = r->first_within[node]; i < r->first_within[node + 1]; i++)
        sum += vertex(r, r->plan->in->edges[r->edges_within[i]].to)->y;
    return sum / r->bracket[node];
}

/* Trunks first, one a node and direction, then the targets of all edges. */
static void find_ports(router *r)
{
    const lti_place_input *in = r->plan->in;
    list_within(r);
    for (uint32_t n = 0; n < in->node_count; n++) {
        uint32_t own = in->nodes[n].column;
        bool far_on = r->plan->furthest[n] > own + 1, far_back = r->plan->nearest[n] + 1 < own;
        if (r->plan->furthest[n] > own)
            add_port(r, n, RIGHT, far_on ? vertex(r, lti_hop(r->plan, n, own + 1))->y : vertex(r, n)->y, &r->onward[n]);
        if (r->plan->nearest[n] < own)
            add_port(r, n, LEFT, far_back ? vertex(r, lti_hop(r->plan, n, own - 1))->y : vertex(r, n)->y, &r->back[n]);
        if (r->bracket[n] > 0) add_port(r, n, LEFT, mean_target(r, n), &r->within[n]);
    }
    for (size_t i = 0; i < in->edge_count; i++) {
        uint32_t from = in->edges[i].from, to = in->edges[i].to, own = column_of(r, from), column = column_of(r, to);
        uint32_t last = column > own ? column - 1 : column < own ? column + 1 : own;
        add_port(r, to, column < own ? RIGHT : LEFT, vertex(r, lti_hop(r->plan, from, last))->y, &r->in[i]);
    }
    spread_ports(r);
}

/** The stretch of a column that a node's bracket covers. */
typedef struct {
    uint32_t node;
    double low, high;
} stretch;

static int by_length(const void *a, const void *b)
{
    const stretch *first = a, *second = b;
    double difference = (first->high - first->low) - (second->high - second->low);
    if (difference != 0) return difference < 0 ? -1 : 1;
    return first->node < second->node ? -1 : first->node > second->node;
}

static size_t lane_of(const stretch *all, const size_t *lanes, size_t i)
{
    for (size_t lane = 0;; lane++) {
        bool free_lane = true;
        for (size_t k = 0; k < i && free_lane; k++)
            free_lane = lanes[k] != lane || all[k].high + 1 < all[i].low || all[i].high + 1 < all[k].low;
        if (free_lane) return lane;
    }
}

/* What the brackets of a column cover. r->bracket holds the numbers of their edges until their places are known. */
static size_t find_stretches(const router *r, uint32_t column, stretch *all)
{
    const lti_place_input *in = r->plan->in;
    size_t count = 0;
    for (uint32_t n = 0; n < in->node_count; n++) {
        if (in->nodes[n].column != column || r->bracket[n] == 0) continue;
        stretch s = {n, r->within[n], r->within[n]};
        for (uint32_t i = r->first_within[n]; i < r->first_within[n + 1]; i++) {
            s.low = fmin(s.low, r->in[r->edges_within[i]]);
            s.high = fmax(s.high, r->in[r->edges_within[i]]);
        }
        all[count++] = s;
    }
    return count;
}

/* Short brackets next to the cards, long ones outside, none upon another. */
static void set_brackets(router *r, uint32_t column, stretch *all, size_t *lanes)
{
    const lti_place_column *c = &r->plan->in->columns[column];
    size_t count = find_stretches(r, column, all), most = 0;
    if (count > 0) qsort(all, count, sizeof *all, by_length);
    for (size_t k = 0; k < count; k++) {
        lanes[k] = lane_of(all, lanes, k);
        if (lanes[k] > most) most = lanes[k];
    }
    double room = c->card_left - c->left - bracket_start - 2;
    double step = most > 0 ? fmin(bracket_distance, room / (double)most) : 0;
    for (size_t k = 0; k < count; k++) r->bracket[all[k].node] = c->card_left - bracket_start - step * (double)lanes[k];
}

static void curve_to(lti_path *path, double x0, double y0, double x1, double y1)
{
    double middle = (x0 + x1) / 2;
    if (fabs(y1 - y0) < 0.05) lti_path_line(path, x1, y1);
    else lti_path_curve(path, (lti_point){middle, y0}, (lti_point){middle, y1}, (lti_point){x1, y1});
}

static void route_bracket(const router *r, uint32_t from, size_t edge, lti_path *path)
{
    const lti_place_column *c = &r->plan->in->columns[column_of(r, from)];
    double x = r->bracket[from], y0 = r->within[from], y1 = r->in[edge], edge_x = c->card_left;
    double radius = fmin(bend, fabs(y1 - y0) / 2), down = y1 > y0 ? radius : -radius;
    lti_path_move(path, edge_x, y0);
    lti_path_line(path, x + radius, y0);
    lti_path_curve(path, (lti_point){x + radius / 2, y0}, (lti_point){x, y0 + down / 2}, (lti_point){x, y0 + down});
    lti_path_line(path, x, y1 - down);
    lti_path_curve(path, (lti_point){x, y1 - down / 2}, (lti_point){x + radius / 2, y1}, (lti_point){x + radius, y1});
    lti_path_line(path, edge_x, y1);
}

static double left_of(const router *r, uint32_t column)
{
    return r->plan->in->columns[column].card_left;
}

static double right_of(const router *r, uint32_t column)
{
    return r->plan->in->columns[column].card_left + r->plan->in->columns[column].card_width;
}

static void route_across(const router *r, uint32_t from, uint32_t to, size_t edge, lti_path *path)
{
    uint32_t own = column_of(r, from), column = column_of(r, to), at = own;
    bool on = column > own;
    double x = on ? right_of(r, own) : left_of(r, own), y = on ? r->onward[from] : r->back[from];
    lti_path_move(path, x, y);
    for (at = on ? own + 1 : own - 1; at != column; at = on ? at + 1 : at - 1) {
        double lane = vertex(r, lti_hop(r->plan, from, at))->y;
        curve_to(path, x, y, on ? left_of(r, at) : right_of(r, at), lane);
        x = on ? right_of(r, at) : left_of(r, at);
        y = lane;
        lti_path_line(path, x, y);
    }
    curve_to(path, x, y, on ? left_of(r, column) : right_of(r, column), r->in[edge]);
}

lt_code lti_route(const lti_plan *plan, lti_placing *placing, lt_error *error)
{
    const lti_place_input *in = plan->in;
    lt_code code = LT_OK;
    size_t nodes = in->node_count + 1;
    router r = {.plan = plan};
    double *numbers = calloc(4 * nodes + in->edge_count + 1, sizeof *numbers);
    stretch *stretches = malloc(nodes * sizeof *stretches);
    size_t *lanes = malloc(nodes * sizeof *lanes);
    r.ports = malloc((3 * nodes + in->edge_count) * sizeof *r.ports);
    r.first_within = calloc(nodes + in->edge_count + 1, sizeof *r.first_within);
    if (!numbers || !stretches || !lanes || !r.ports || !r.first_within) goto done;
    r.edges_within = r.first_within + nodes;
    r.onward = numbers;
    r.back = numbers + nodes;
    r.within = numbers + 2 * nodes;
    r.bracket = numbers + 3 * nodes;
    r.in = numbers + 4 * nodes;
    find_ports(&r);
    for (uint32_t c = 0; c < in->column_count; c++) set_brackets(&r, c, stretches, lanes);
    for (size_t i = 0; i < in->edge_count; i++) {
        uint32_t from = in->edges[i].from, to = in->edges[i].to;
        if (column_of(&r, from) == column_of(&r, to)) route_bracket(&r, from, i, &placing->routes[i]);
        else route_across(&r, from, to, i, &placing->routes[i]);
        if (placing->routes[i].failed) code = LT_E_MEMORY;
    }

done:
    if (!numbers || !stretches || !lanes || !r.ports || !r.first_within) code = LT_E_MEMORY;
    if (code != LT_OK && error) *error = (lt_error){.code = code, .message = LT_MSG_OUT_OF_MEMORY};
    free(numbers);
    free(stretches);
    free(lanes);
    free(r.ports);
    free(r.first_within);
    return code;
}
