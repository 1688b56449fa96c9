/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unlock --cost and --all: one set, the cheapest. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

static const lt_column columns[] = {
    {"target", LT_MSG_COLUMN_TARGET, false, false},   {"cost", LT_MSG_COLUMN_COST, false, false},
    {"bound", LT_MSG_COLUMN_BOUND, false, false},     {"optimal", LT_MSG_COLUMN_OPTIMAL, false, false},
    {"cost_by", LT_MSG_COLUMN_COST_BY, false, false}, {"links", LT_MSG_COLUMN_SET, true, false},
    {"names", LT_MSG_COLUMN_NAMES, false, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* By --cost: a number field of the links, the policy's cost, or one for each link. */
static int set_costs(const program *p, const lt_coverage *coverage, double *cost)
{
    const char *field = p->args.cost;
    const lt_dataset *ds = p->dataset;
    for (uint32_t i = 0; i < coverage->count; i++) {
        const lt_link *link = &lt_links(ds)[i];
        const char *id = lt_dataset_string(ds, link->head.id);
        cost[i] = 1;
        if (!field || link->abstract || coverage->present[i]) continue;
        if (strcmp(field, "policy") == 0) cost[i] = lt_unlock_policy_cost(&p->policy, link, coverage->pipeline[i]);
        else if (!lt_link_number(ds, i, field, &cost[i])) return usage_error(p, LT_MSG_USAGE_NO_COST, WORDS(id, field));
        if (cost[i] < 0) return usage_error(p, LT_MSG_USAGE_NEGATIVE_COST, WORDS(id, field));
    }
    return EXIT_DONE;
}

static size_t list_targets(const program *p, lt_node chain, const uint32_t *target, uint32_t *targets)
{
    size_t count = 0;
    if (target) targets[count++] = *target;
    for (uint32_t i = 0; !target && i < lt_count(p->dataset, LT_LINK); i++)
        if (lt_links(p->dataset)[i].final && lt_link_in_chain(p->dataset, i, chain)) targets[count++] = i;
    return count;
}

static int write_plan(program *p, const lt_unlock_plan *plan, const char *target)
{
    output out;
    int code;
    const char **ids = calloc(plan->count + 1, sizeof *ids), **names = calloc(plan->count + 1, sizeof *names);
    if (!ids || !names) {
        free(ids);
        free(names);
        return say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    }
    for (size_t i = 0; i < plan->count; i++) {
        ids[i] = lt_dataset_string(p->dataset, lt_links(p->dataset)[plan->link[i]].head.id);
        names[i] = lt_dataset_string(p->dataset, lt_links(p->dataset)[plan->link[i]].head.name);
    }
    lt_table_writer *writer = open_table(&out, p, &code);
    if (writer) {
        lt_cell cells[COLUMNS] = {
            lt_cell_text(target),
            plan->found ? lt_cell_real(plan->cost) : lt_cell_null(),
            lt_cell_real(plan->bound),
            lt_cell_bool(plan->optimal),
            lt_cell_text(p->args.cost ? p->args.cost : "1"),
            lt_cell_list(ids, plan->count),
            lt_cell_list(names, plan->count),
        };
        lt_table_begin(writer, "rows", LT_MSG_TITLE_PLAN, columns, COLUMNS);
        lt_table_row(writer, cells);
        code = close_table(&out, writer);
    }
    free(ids);
    free(names);
    return code;
}

int show_plan(program *p, lt_node chain, const uint32_t *target)
{
    lt_coverage coverage;
    lt_unlock_plan plan;
    lt_error error = {0};
    double seconds;
    size_t links = lt_count(p->dataset, LT_LINK);
    int code = read_number(p, "--seconds", p->args.seconds, 0.001, 1e9, 0, &seconds);
    if (code != EXIT_DONE) return code;
    if (lt_coverage_compute(p->dataset, &p->policy, &coverage, &error) != LT_OK) return say_error(p, &error);
    double *cost = calloc(links + 1, sizeof *cost);
    uint32_t *targets = calloc(links + 1, sizeof *targets);
    if (!cost || !targets) code = say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    if (code == EXIT_DONE) code = set_costs(p, &coverage, cost);
    if (code == EXIT_DONE) {
        size_t count = list_targets(p, chain, target, targets);
        lt_code found = lt_unlock_cheapest(p->dataset, coverage.present, targets, count, cost, seconds, &plan, &error);
        if (found == LT_OK) {
            code = write_plan(p, &plan, target ? p->args.operands[0] : lt_node_id(p->dataset, chain));
            if (code == EXIT_DONE && p->args.exact_only && !plan.optimal) code = EXIT_GAVE_UP;
            lt_unlock_plan_done(&plan);
        } else {
            code = say_error(p, &error);
        }
    }
    free(cost);
    free(targets);
    lt_coverage_done(&coverage);
    return code;
}
