/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlock and cut sets of contract section 2: from the decision diagram, or by search where that grows too large. */
#include "liantu/minimal_sets.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/failure.h"
#include "core/clock.h"
#include "core/error.h"
#include "core/memory.h"
#include "liantu/gap.h"

enum { DEFAULT_NODES = 20000000, DEFAULT_SETS = 1000, WORK_PER_NODE = 25, WORK_AFTER_STOP = 20000000 };
static const double default_chance = .01;
static const double diagram_share = .75; /* of the seconds; the search has the others */

/** Clock and callback, for diagram and search. */
typedef struct {
    const lt_set_options *options;
    double deadline; /* of the monotonic clock, 0 = none */
    lt_message reason;
} watch;

typedef struct {
    lt_set_options options;
    bool unlock;
    lti_cone cone;
    lti_diagram *diagram;
    lti_ref failure, sets;
    watch watch;
    double start;
    lt_minimal_sets out;
} job;

static bool must_stop(void *context)
{
    watch *w = context;
    if (w->options->stop && w->options->stop(w->options->context, NAN)) w->reason = LT_MSG_LIMIT_STOPPED;
    else if (w->deadline > 0 && lti_clock() > w->deadline) w->reason = LT_MSG_LIMIT_SECONDS;
    else return false;
    return true;
}

static void begin(job *j, const lt_set_options *options, bool unlock)
{
    *j = (job){.unlock = unlock, .start = lti_clock()};
    if (options) j->options = *options;
    if (j->options.node_limit == 0) j->options.node_limit = DEFAULT_NODES;
    if (j->options.set_limit == 0) j->options.set_limit = DEFAULT_SETS;
    if (!(j->options.failure_chance > 0)) j->options.failure_chance = default_chance;
    if (j->options.failure_chance > 1) j->options.failure_chance = 1;
    j->watch = (watch){&j->options, j->options.seconds > 0 ? j->start + diagram_share * j->options.seconds : 0, LT_MSG_LIMIT_NODES};
}

/* Failure function and minimal sets; LTI_NO_REF where a limit was hit. */
static lt_code build(job *j, lt_error *error)
{
    lti_diagram_limits limits = {j->options.node_limit, must_stop, &j->watch};
    if (!(j->diagram = lti_diagram_new(&limits))) return lti_fail_memory(error);
    lt_code code = lti_failure_function(j->diagram, &j->cone, &j->failure, error);
    if (code != LT_OK) return code;
    j->sets = lti_zdd_minimal(j->diagram, j->failure, j->unlock);
    return lti_diagram_state(j->diagram) == LTI_DIAGRAM_MEMORY ? lti_fail_memory(error) : LT_OK;
}

/* Drops sizes at the end without sets, and adds up. */
static void add_up(lt_minimal_sets *out)
{
    while (out->size_count > 0 && out->by_size[out->size_count - 1] == 0) out->size_count--;
    out->count = 0;
    for (size_t size = 0; size < out->size_count; size++) out->count += out->by_size[size];
}

static void publish_list(lt_minimal_sets *out, const lti_set_list *list)
{
    out->first = list->first;
    out->link = list->item;
    out->set_count = list->count;
    out->listed = (double)list->count == out->count;
}

/* Labels of the variables: the links they stand for. */
static uint32_t *labels_of(const lti_cone *cone)
{
    uint32_t *label = lti_alloc(cone->variables, sizeof *label);
    for (uint32_t v = 0; label && v < cone->variables; v++) label[v] = cone->link[cone->of_variable[v]];
    return label;
}

static lt_code read_sets(job *j, lt_error *error)
{
    lt_minimal_sets *out = &j->out;
    lti_set_list list = {0};
    lti_ref wanted = j->sets;
    uint32_t *label = labels_of(&j->cone);
    bool whole = label && lti_zdd_count_by_size(j->diagram, j->sets, &out->by_size, &out->size_count);
    if (!whole) goto done;
    out->exact = true;
    out->complete_to = UINT32_MAX;
    if (j->options.max_size > 0 && out->size_count > (size_t)j->options.max_size + 1) {
        out->exact = false; /* there are larger ones */
        out->limit = LT_MSG_LIMIT_SIZE;
        out->complete_to = j->options.max_size;
        out->size_count = (size_t)j->options.max_size + 1;
        wanted = lti_zdd_at_most(j->diagram, j->sets, j->options.max_size);
    }
    add_up(out);
    lti_zdd_first(j->diagram, wanted, j->options.set_limit, label, &list); /* a limit hit here only shortens the list */
    whole = lti_diagram_state(j->diagram) != LTI_DIAGRAM_MEMORY;
    if (whole) publish_list(out, &list);
    else lti_set_list_done(&list);

done:
    lti_free(label);
    return whole ? LT_OK : lti_fail_memory(error);
}

static int by_link(const void *left, const void *right)
{
    uint32_t a = ((const lt_link_importance *)left)->link, b = ((const lt_link_importance *)right)->link;
    return a < b ? -1 : a > b;
}

static lt_code read_importance(job *j, lt_error *error)
{
    lt_minimal_sets *out = &j->out;
    lti_diagram *d = j->diagram;
    size_t variables = j->cone.variables;
    double top = 0;
    double *chance = lti_alloc(variables, sizeof *chance), *birnbaum = lti_alloc(variables, sizeof *birnbaum);
    bool *occurs = lti_alloc(variables, sizeof *occurs);
    bool whole = chance && birnbaum && occurs;
    if (!whole) goto done;
    for (size_t v = 0; v < variables; v++) chance[v] = j->options.failure_chance;
    whole = lti_bdd_importance(d, j->failure, chance, &top, birnbaum) && lti_zdd_variables(d, j->sets, occurs) &&
            (out->importance = lti_alloc(variables, sizeof *out->importance));
    if (!whole) goto done;
    for (uint32_t v = 0; v < variables; v++)
        if (occurs[v])
            out->importance[out->importance_count++] = (lt_link_importance){j->cone.link[j->cone.of_variable[v]], birnbaum[v],
                                                                            top > 0 ? chance[v] * birnbaum[v] / top : 0};
    if (out->importance_count > 1) qsort(out->importance, out->importance_count, sizeof *out->importance, by_link);

done:
    lti_free(chance);
    lti_free(birnbaum);
    lti_free(occurs);
    return whole && lti_diagram_state(d) != LTI_DIAGRAM_MEMORY ? LT_OK : lti_fail_memory(error);
}

/* Counts and lists what a search found. */
static lt_code read_search(job *j, const lti_search_result *found, lt_error *error)
{
    lt_minimal_sets *out = &j->out;
    lti_set_list list = {0};
    uint32_t *begins = found->begins.data;
    size_t count = found->begins.count, largest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t size = (i + 1 < count ? begins[i + 1] : found->items.count) - begins[i];
        if (size > largest) largest = size;
    }
    bool whole = (out->by_size = lti_alloc(largest + 1, sizeof *out->by_size)) &&
                 lti_set_list_init(&list, found->items.data, found->items.count, begins, count, j->options.set_limit);
    if (!whole) return lti_fail_memory(error);
    for (size_t i = 0; i < count; i++) out->by_size[(i + 1 < count ? begins[i + 1] : found->items.count) - begins[i]]++;
    out->size_count = largest + 1;
    add_up(out);
    publish_list(out, &list);
    out->exact = found->whole && !found->cut_off;
    out->complete_to = out->exact ? UINT32_MAX : found->complete_to;
    if (!out->exact) out->limit = found->whole ? LT_MSG_LIMIT_SIZE : j->watch.reason;
    return LT_OK;
}

/* The diagram is too large: the smallest sets, one by one. */
static lt_code search(job *j, lt_error *error)
{
    lti_search_result found;
    lti_search_limits limits = {
        .unlock = j->unlock,
        .max_size = j->options.max_size > 0 ? j->options.max_size : UINT32_MAX,
        .work = j->options.node_limit * WORK_PER_NODE,
        .items = j->options.node_limit,
        .stop = must_stop,
        .context = &j->watch,
    };
    lti_diagram_free(j->diagram); /* its memory may be wanted now */
    j->diagram = NULL;
    if (j->watch.deadline > 0) j->watch.deadline = j->start + j->options.seconds;
    if (j->watch.reason == LT_MSG_LIMIT_STOPPED) { /* the user waits: only what a moment gives */
        limits.stop = NULL;
        if (limits.work > WORK_AFTER_STOP) limits.work = WORK_AFTER_STOP;
    }
    lt_message reason = j->watch.reason;
    lt_code code = lti_search_sets(&j->cone, &limits, &found, error);
    if (reason != LT_MSG_LIMIT_NODES) j->watch.reason = reason; /* the limit hit first, unless the later one is a choice */
    if (code == LT_OK) code = read_search(j, &found, error);
    lti_search_done(&found);
    return code;
}

static lt_code compute(job *j, const lt_dataset *ds, uint32_t target, const bool *falls, const bool *solid, lt_minimal_sets *out,
                       lt_error *error)
{
    lt_code code = lti_cone_init(&j->cone, ds, target, falls, solid, error);
    if (code == LT_OK) code = build(j, error);
    if (code == LT_OK && j->sets == LTI_NO_REF) {
        code = search(j, error);
    } else if (code == LT_OK) {
        code = read_sets(j, error);
        if (code == LT_OK) code = read_importance(j, error);
    }
    if (code == LT_OK) *out = j->out;
    else lt_minimal_sets_done(&j->out);
    lti_diagram_free(j->diagram);
    lti_cone_done(&j->cone);
    return code;
}

lt_code lt_unlock_sets(const lt_dataset *ds, const bool *present, uint32_t target, const lt_set_options *options,
                       lt_minimal_sets *out, lt_error *error)
{
    job j;
    begin(&j, options, true);
    lt_producible producible = {0};
    size_t links = lt_count(ds, LT_LINK);
    bool *absent = lti_alloc(links, sizeof *absent);
    lt_code code = absent ? lt_producible_compute(ds, present, &producible, error) : lti_fail_memory(error);
    if (code == LT_OK) {
        for (size_t i = 0; i < links; i++) absent[i] = !present[i] && !lt_links(ds)[i].abstract;
        code = compute(&j, ds, target, absent, producible.producible, out, error);
    }
    lt_producible_done(&producible);
    lti_free(absent);
    return code;
}

lt_code lt_cut_sets(const lt_dataset *ds, uint32_t target, const lt_set_options *options, lt_minimal_sets *out, lt_error *error)
{
    job j;
    begin(&j, options, false);
    size_t links = lt_count(ds, LT_LINK);
    bool *falls = lti_alloc(links, sizeof *falls);
    if (!falls) return lti_fail_memory(error);
    for (size_t i = 0; i < links; i++) falls[i] = !lt_links(ds)[i].abstract;
    lt_code code = compute(&j, ds, target, falls, NULL, out, error);
    lti_free(falls);
    return code;
}

void lt_minimal_sets_done(lt_minimal_sets *sets)
{
    if (!sets) return;
    void *arrays[] = {sets->by_size, sets->first, sets->link, sets->importance};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *sets = (lt_minimal_sets){0};
}
