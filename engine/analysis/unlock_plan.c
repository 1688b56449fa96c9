/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cheapest unlock as a 0-1 program: x brings a link here, y makes it producible. y ≤ x where a link is not present, and
   k·y ≤ Σ y of each group. Any y that fits lies in the greatest set, and the greatest set fits, so cycles need no more. */
#include "liantu/unlock_plan.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "dataset/store.h"
#include "decision/mip.h"
#include "graph/supply.h"

#define NOT_THERE UINT32_MAX

/** The program's variables by link. */
typedef struct {
    const lt_dataset *ds;
    const bool *present;
    lti_supply s;
    lti_mip *mip;
    uint32_t *bring, *make; /* NOT_THERE = none */
    uint32_t *todo;         /* links upstream of the targets, in order of discovery */
    size_t count;
} program;

static bool needs_bringing(const program *p, uint32_t link)
{
    return !p->present[link] && !lt_links(p->ds)[link].abstract;
}

static lt_code add_link(program *p, uint32_t link, const double *cost, lt_error *error)
{
    if (p->make[link] != NOT_THERE) return LT_OK;
    p->make[link] = lti_mip_variable(p->mip, 0);
    p->todo[p->count++] = link;
    if (!needs_bringing(p, link)) return LT_OK;
    p->bring[link] = lti_mip_variable(p->mip, cost[link]);
    return lti_mip_row(p->mip, (uint32_t[]){p->make[link], p->bring[link]}, (double[]){1, -1}, 2, -INFINITY, 0, error);
}

static lt_code add_group(program *p, uint32_t group, const double *cost, lt_error *error)
{
    uint32_t begin = p->s.member_first[group], size = p->s.member_first[group + 1] - begin;
    uint32_t *variables = lti_alloc((size_t)size + 1, sizeof *variables);
    double *factors = lti_alloc((size_t)size + 1, sizeof *factors);
    lt_code code = variables && factors ? LT_OK : lti_fail_memory(error);
    for (uint32_t m = 0; m < size && code == LT_OK; m++) {
        code = add_link(p, p->s.member[begin + m], cost, error);
        variables[m] = p->make[p->s.member[begin + m]];
        factors[m] = -1;
    }
    if (code == LT_OK) {
        variables[size] = p->make[p->s.consumer[group]];
        factors[size] = p->s.k[group];
        code = lti_mip_row(p->mip, variables, factors, (size_t)size + 1, -INFINITY, 0, error);
    }
    lti_free(variables);
    lti_free(factors);
    return code;
}

static lt_code build(program *p, const uint32_t *targets, size_t target_count, const double *cost, lt_error *error)
{
    lt_code code = lti_supply_init(&p->s, p->ds, error);
    uint32_t links = p->s.links;
    p->mip = lti_mip_new();
    p->bring = lti_alloc(links, sizeof *p->bring);
    p->make = lti_alloc(links, sizeof *p->make);
    p->todo = lti_alloc(links, sizeof *p->todo);
    if (code == LT_OK && !(p->mip && p->bring && p->make && p->todo)) code = lti_fail_memory(error);
    if (code != LT_OK) return code;
    for (uint32_t i = 0; i < links; i++) p->bring[i] = p->make[i] = NOT_THERE;
    for (size_t t = 0; t < target_count && code == LT_OK; t++) {
        code = add_link(p, targets[t], cost, error);
        if (code == LT_OK) lti_mip_fix(p->mip, p->make[targets[t]], true);
    }
    for (size_t next = 0; next < p->count && code == LT_OK; next++)
        for (uint32_t g = p->s.group_first[p->todo[next]]; g < p->s.group_first[p->todo[next] + 1] && code == LT_OK; g++)
            code = add_group(p, g, cost, error);
    return code;
}

/* Of the sets that cost no more, one with the fewest links. */
static lt_code fewest(program *p, const double *cost, double best, double seconds, lt_error *error)
{
    uint32_t *variables = lti_alloc(p->count, sizeof *variables);
    double *factors = lti_alloc(p->count, sizeof *factors);
    size_t count = 0;
    lti_mip_result result;
    lt_code code = variables && factors ? LT_OK : lti_fail_memory(error);
    for (size_t i = 0; i < p->count && code == LT_OK; i++) {
        uint32_t link = p->todo[i];
        if (p->bring[link] == NOT_THERE) continue;
        variables[count] = p->bring[link];
        factors[count++] = cost[link];
        lti_mip_cost(p->mip, p->bring[link], 1);
    }
    if (code == LT_OK && count > 0) {
        code = lti_mip_row(p->mip, variables, factors, count, -INFINITY, best * (1 + 1e-9) + 1e-9, error);
        if (code == LT_OK) code = lti_mip_solve(p->mip, &(lti_mip_options){.seconds = seconds}, &result, error);
        if (code == LT_OK && !result.found) code = lti_fail(error, LT_E_INTERNAL, NULL, LT_MSG_SOLVER_FAILED, NULL);
    }
    lti_free(variables);
    lti_free(factors);
    return code;
}

static lt_code read_plan(const program *p, const double *cost, lt_unlock_plan *plan, lt_error *error)
{
    plan->link = lti_alloc(p->s.links, sizeof *plan->link);
    if (!plan->link) return lti_fail_memory(error);
    plan->cost = 0;
    for (uint32_t link = 0; link < p->s.links; link++) {
        if (p->bring[link] == NOT_THERE || !lti_mip_value(p->mip, p->bring[link])) continue;
        plan->link[plan->count++] = link;
        plan->cost += cost[link];
    }
    return LT_OK;
}

lt_code lt_unlock_cheapest(const lt_dataset *ds, const bool *present, const uint32_t *targets, size_t target_count,
                           const double *cost, double seconds, lt_unlock_plan *out, lt_error *error)
{
    program p = {.ds = ds, .present = present};
    lt_unlock_plan plan = {0};
    lti_mip_result result = {0};
    lt_code code = build(&p, targets, target_count, cost, error);
    if (code == LT_OK && p.count > 0) code = lti_mip_solve(p.mip, &(lti_mip_options){.seconds = seconds}, &result, error);
    if (code == LT_OK && p.count == 0) result = (lti_mip_result){.found = true, .optimal = true};
    plan.found = result.found;
    plan.optimal = result.optimal;
    plan.bound = result.bound;
    if (code == LT_OK && result.optimal && p.count > 0) code = fewest(&p, cost, result.objective, seconds, error);
    if (code == LT_OK && result.found) code = read_plan(&p, cost, &plan, error);
    if (code == LT_OK && plan.optimal) plan.bound = plan.cost;
    if (code == LT_OK) *out = plan;
    else lt_unlock_plan_done(&plan);
    lti_mip_free(p.mip);
    lti_free(p.bring);
    lti_free(p.make);
    lti_free(p.todo);
    lti_supply_done(&p.s);
    return code;
}

void lt_unlock_plan_done(lt_unlock_plan *plan)
{
    if (!plan) return;
    lti_free(plan->link);
    *plan = (lt_unlock_plan){0};
}

double lt_unlock_policy_cost(const lt_policy *policy, const lt_link *link, double pipeline)
{
    double cost = policy->unlock_base;
    if (pipeline > 0) cost *= policy->unlock_pipeline;
    if (link->choke) cost *= policy->unlock_choke;
    return cost;
}

bool lt_link_number(const lt_dataset *ds, uint32_t link, const char *field_name, double *value)
{
    const char *record = lti_record_at(ds, LT_LINK, link);
    const lti_field *field = lti_schema_field(lti_schema_of(LT_LINK), field_name);
    if (field && field->type == LTI_REAL) {
        *value = LTI_FIELD(record, field, const double);
        return !isnan(*value);
    }
    lt_string extra = lt_links(ds)[link].head.record.extra;
    json_t *fields = field || extra == 0 ? NULL : json_loads(lt_dataset_string(ds, extra), 0, NULL);
    const json_t *number = json_object_get(fields, field_name);
    bool found = json_is_number(number);
    if (found) *value = json_number_value(number);
    json_decref(fields);
    return found;
}
