/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Puts records in their order (nodes by id, edges by ends and role), so that nothing later depends on how files were sorted. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "dataset/loader.h"

/** What the comparisons of one sort look at. */
typedef struct {
    const lt_dataset *ds;
    lt_kind kind;
} sorting;

static int by_id(const void *left, const void *right, void *context)
{
    const sorting *s = context;
    const lt_dataset *ds = s->ds;
    lt_string a = lti_head_at(ds, s->kind, *(const uint32_t *)left)->id;
    lt_string b = lti_head_at(ds, s->kind, *(const uint32_t *)right)->id;
    return strcmp(lti_strings_at(&ds->strings, a), lti_strings_at(&ds->strings, b));
}

static int compare_ends(const lt_edge *a, const lt_edge *b)
{
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    return a->role - b->role;
}

/* Of edges with the same key the latest layer comes first; within it, the place in the files decides, so that
   "the other one" in a message is the earlier. */
static int by_ends(const void *left, const void *right, void *context)
{
    const sorting *s = context;
    uint32_t i = *(const uint32_t *)left, j = *(const uint32_t *)right;
    int order = compare_ends(lti_edge_at(s->ds, s->kind, i), lti_edge_at(s->ds, s->kind, j));
    if (order != 0) return order;
    const lti_location *locations = s->ds->locations[s->kind].data;
    if (locations[i].layer != locations[j].layer) return locations[i].layer > locations[j].layer ? -1 : 1;
    return i < j ? -1 : i > j;
}

/* Makes an array hold its elements picked[0..count) in that order. */
static int pick(lti_array *array, const uint32_t *picked, size_t count)
{
    lti_array ordered = {.size = array->size};
    if (count > 0 && !lti_array_push(&ordered, count)) return -1;
    lti_array_trim(&ordered);
    for (size_t i = 0; i < count; i++)
        memcpy((char *)ordered.data + i * array->size, (char *)array->data + picked[i] * array->size, array->size);
    lti_array_done(array);
    *array = ordered;
    return 0;
}

static lt_code pick_records(lt_dataset *ds, lt_kind kind, const uint32_t *picked, size_t count, lt_error *error)
{
    if (pick(&ds->records[kind], picked, count) == 0 && pick(&ds->locations[kind], picked, count) == 0) return LT_OK;
    return lti_fail_memory(error);
}

static lt_code number_by_id(lt_dataset *ds, lt_error *error)
{
    lti_array_done(&ds->owners);
    lt_node *owners = lti_array_push(&ds->owners, ds->strings.text.count);
    if (!owners) return lti_fail_memory(error);
    for (size_t i = 0; i < ds->owners.count; i++) owners[i] = LT_NONE;
    uint32_t number = 0;
    for (int kind = 0; kind < LT_NODE_KINDS; kind++) {
        ds->base[kind] = number;
        for (size_t i = 0; i < ds->records[kind].count; i++) {
            lt_string id = lti_head_at(ds, (lt_kind)kind, i)->id;
            if (id != 0 && owners[id] == LT_NONE) owners[id] = number;
            number++;
        }
    }
    ds->base[LT_NODE_KINDS] = number;
    return LT_OK;
}

static bool claims_it(const lti_loader *loader, lt_kind kind, size_t index)
{
    const lt_dataset *ds = loader->ds;
    lt_string id = lti_head_at(ds, kind, index)->id;
    return id == 0 || LTI_AT(&loader->claims, uint32_t, id) == lti_claim(kind, index);
}

lt_code lti_number_nodes(lti_loader *loader)
{
    lt_dataset *ds = loader->ds;
    for (int k = 0; k < LT_NODE_KINDS; k++) {
        lt_kind kind = (lt_kind)k;
        size_t all = ds->records[k].count, count = 0;
        uint32_t *picked = lti_alloc(all, sizeof *picked);
        if (!picked) return lti_fail_memory(loader->error);
        for (size_t i = 0; i < all; i++)
            if (claims_it(loader, kind, i)) picked[count++] = (uint32_t)i;
        qsort_r(picked, count, sizeof *picked, by_id, &(sorting){ds, kind});
        lt_code code = pick_records(ds, kind, picked, count, loader->error);
        lti_free(picked);
        if (code != LT_OK) return code;
    }
    return number_by_id(ds, loader->error);
}

static bool drops_edge(lti_loader *loader, lt_kind kind, const lt_edge *edge, uint16_t layer)
{
    const lt_dataset *ds = loader->ds;
    bool dropped = false;
    for (size_t i = 0; i < loader->drops.count; i++) {
        lti_drop *drop = &LTI_AT(&loader->drops, lti_drop, i);
        if (drop->kind != kind || layer >= drop->location.layer || (drop->role >= 0 && drop->role != edge->role)) continue;
        if (lt_node_get(ds, edge->from)->id != drop->from || lt_node_get(ds, edge->to)->id != drop->to) continue;
        drop->found = true;
        dropped = true;
    }
    return dropped;
}

static lt_code report_duplicate(lti_loader *loader, lt_kind kind, uint32_t first, uint32_t second)
{
    const lt_dataset *ds = loader->ds;
    const lti_location *locations = ds->locations[kind].data;
    const lt_edge *edge = lti_edge_at(ds, kind, second);
    char where[LTI_WHERE_SIZE];
    lti_where(loader, &locations[first], where);
    return lti_defect(loader, &locations[second], kind, LTI_PATH("from"), LT_MSG_DUPLICATE_EDGE,
                      LTI_ARGS(lt_node_id(ds, edge->from), lt_node_id(ds, edge->to), where));
}

static lt_code order_kind(lti_loader *loader, lt_kind kind)
{
    lt_dataset *ds = loader->ds;
    size_t all = ds->records[kind].count, count = 0;
    uint32_t *picked = lti_alloc(all, sizeof *picked);
    if (!picked) return lti_fail_memory(loader->error);
    for (size_t i = 0; i < all; i++) { /* an edge without an end is a defect already, or fell with its node */
        const lt_edge *edge = lti_edge_at(ds, kind, i);
        if (edge->from != LT_NONE && edge->to != LT_NONE) picked[count++] = (uint32_t)i;
    }
    qsort_r(picked, count, sizeof *picked, by_ends, &(sorting){ds, kind});

    lt_code code = LT_OK;
    const lti_location *locations = ds->locations[kind].data;
    size_t kept = 0;
    for (size_t i = 0; i < count && code == LT_OK; i++) {
        const lt_edge *edge = lti_edge_at(ds, kind, picked[i]);
        bool repeats = i > 0 && compare_ends(edge, lti_edge_at(ds, kind, picked[i - 1])) == 0;
        bool same_layer = repeats && locations[picked[i]].layer == locations[picked[i - 1]].layer;
        bool dropped = drops_edge(loader, kind, edge, locations[picked[i]].layer);
        if (same_layer) code = report_duplicate(loader, kind, picked[i - 1], picked[i]);
        if (!repeats && !dropped) picked[kept++] = picked[i];
    }
    if (code == LT_OK) code = pick_records(ds, kind, picked, kept, loader->error);
    lti_free(picked);
    return code;
}

lt_code lti_order_edges(lti_loader *loader)
{
    lt_code code = LT_OK;
    for (int kind = LT_NODE_KINDS; kind < LT_KINDS && code == LT_OK; kind++) code = order_kind(loader, (lt_kind)kind);
    for (size_t i = 0; i < loader->drops.count && code == LT_OK; i++) {
        const lti_drop *drop = &LTI_AT(&loader->drops, lti_drop, i);
        const lti_strings *strings = &loader->ds->strings;
        if (!drop->found)
            code = lti_defect(loader, &drop->location, drop->kind, LTI_PATH("from"), LT_MSG_NOTHING_TO_DROP_EDGE,
                              LTI_ARGS(lti_strings_at(strings, drop->from), lti_strings_at(strings, drop->to)));
    }
    return code;
}

/* Calls visit on every reference of a record. */
static void each_reference(lt_dataset *ds, const lti_schema *schema, char *record, void (*visit)(lt_node *, void *), void *context)
{
    for (size_t f = 0; f < schema->field_count; f++) {
        const lti_field *field = &schema->fields[f];
        if (field->type == LTI_REF) visit(&LTI_FIELD(record, field, lt_node), context);
        if (field->type != LTI_REFS) continue;
        lt_list list = LTI_FIELD(record, field, lt_list);
        for (uint32_t i = 0; i < list.count; i++) visit(&LTI_AT(&ds->pool, lt_node, list.first + i), context);
    }
}

/** Marks nodes as kept; what is newly kept is looked at in turn. */
typedef struct {
    bool *kept;
    lti_array fresh; /* lt_node */
    bool failed;
} marking;

static void mark(lt_node *reference, void *context)
{
    marking *m = context;
    if (*reference == LT_NONE || m->kept[*reference]) return;
    m->kept[*reference] = true;
    lt_node *fresh = lti_array_push(&m->fresh, 1);
    if (fresh) *fresh = *reference;
    else m->failed = true;
}

static void renumber(lt_node *reference, void *context)
{
    const lt_node *numbers = context;
    if (*reference != LT_NONE) *reference = numbers[*reference];
}

static char *node_record(const lt_dataset *ds, lt_node node)
{
    lt_kind kind = lt_node_kind(ds, node);
    return lti_record_at(ds, kind, node - ds->base[kind]);
}

static lt_code mark_kept(lt_dataset *ds, lt_basis weakest, bool *kept, lt_error *error)
{
    marking m = {.kept = kept, .fresh = LTI_ARRAY(lt_node)};
    mark(&ds->header.home, &m);
    for (lt_node node = 0; node < ds->base[LT_NODE_KINDS]; node++)
        if (lt_node_get(ds, node)->record.basis <= weakest) mark(&(lt_node){node}, &m);
    for (size_t next = 0; next < m.fresh.count && !m.failed; next++) {
        lt_node node = LTI_AT(&m.fresh, lt_node, next);
        each_reference(ds, lti_schema_of(lt_node_kind(ds, node)), node_record(ds, node), mark, &m);
    }
    lti_array_done(&m.fresh);
    return m.failed ? lti_fail_memory(error) : LT_OK;
}

static bool stays(const lt_dataset *ds, lt_kind kind, size_t i, lt_basis weakest, const bool *kept)
{
    if (!lti_is_edge(kind)) return kept[ds->base[kind] + i];
    const lt_edge *edge = lti_edge_at(ds, kind, i);
    return edge->record.basis <= weakest && kept[edge->from] && kept[edge->to];
}

lt_code lti_filter(lt_dataset *ds, lt_basis weakest, lt_error *error)
{
    size_t nodes = ds->base[LT_NODE_KINDS];
    bool *kept = lti_alloc(nodes, sizeof *kept);
    lt_node *numbers = lti_alloc(nodes, sizeof *numbers);
    lt_code code = kept && numbers ? mark_kept(ds, weakest, kept, error) : lti_fail_memory(error);
    for (int k = 0; k < LT_KINDS && code == LT_OK; k++) {
        lt_kind kind = (lt_kind)k;
        size_t all = ds->records[k].count, count = 0;
        uint32_t *picked = lti_alloc(all, sizeof *picked);
        if (!picked) {
            code = lti_fail_memory(error);
            break;
        }
        for (size_t i = 0; i < all; i++)
            if (stays(ds, kind, i, weakest, kept)) picked[count++] = (uint32_t)i;
        code = pick_records(ds, kind, picked, count, error);
        lti_free(picked);
    }
    lt_node number = 0;
    for (size_t node = 0; node < nodes && code == LT_OK; node++) numbers[node] = kept[node] ? number++ : LT_NONE;
    for (int kind = 0; kind < LT_KINDS && code == LT_OK; kind++)
        for (size_t i = 0; i < ds->records[kind].count; i++)
            each_reference(ds, lti_schema_of((lt_kind)kind), lti_record_at(ds, (lt_kind)kind, i), renumber, numbers);
    if (code == LT_OK) {
        renumber(&ds->header.home, numbers);
        code = number_by_id(ds, error);
    }
    lti_free(kept);
    lti_free(numbers);
    return code;
}

static bool is_home_or_below(const lt_dataset *ds, lt_node region)
{
    while (region != LT_NONE && region != ds->header.home) region = lt_regions(ds)[region - ds->base[LT_REGION]].parent;
    return region != LT_NONE;
}

lt_code lti_derive(lt_dataset *ds, lt_error *error)
{
    bool *consumed = lti_alloc(ds->records[LT_LINK].count, sizeof *consumed);
    if (!consumed) return lti_fail_memory(error);
    for (size_t i = 0; i < ds->records[LT_SUPPLY].count; i++)
        consumed[lti_edge_at(ds, LT_SUPPLY, i)->from - ds->base[LT_LINK]] = true;
    for (size_t i = 0; i < ds->records[LT_LINK].count; i++) {
        lt_link *link = &LTI_AT(&ds->records[LT_LINK], lt_link, i);
        link->final = link->final_given != 0 ? link->final_given == 2 : !consumed[i];
    }
    for (size_t i = 0; i < ds->records[LT_FIRM].count; i++) {
        lt_firm *firm = &LTI_AT(&ds->records[LT_FIRM], lt_firm, i);
        firm->local = firm->zone != LT_NONE || is_home_or_below(ds, firm->region);
    }
    for (size_t i = 0; i < ds->records[LT_INSTITUTION].count; i++) {
        lt_institution *institution = &LTI_AT(&ds->records[LT_INSTITUTION], lt_institution, i);
        institution->local = institution->zone != LT_NONE || is_home_or_below(ds, institution->region);
    }
    for (size_t i = 0; i < ds->records[LT_PROJECT].count; i++) {
        lt_project *project = &LTI_AT(&ds->records[LT_PROJECT], lt_project, i);
        project->local = project->zone != LT_NONE || is_home_or_below(ds, project->region);
    }
    lti_free(consumed);
    return LT_OK;
}
