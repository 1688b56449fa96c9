/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every record that figures depend on, of either dataset, has a slot: in it stands the new one, or the old one where there is
   no new one, marked as not there. To undo a change is to exchange what the slot holds, or whether it is there; to do so once
   more is to take it back. */
#include "analysis/diff_state.h"

#include <string.h>

#include "core/error.h"
#include "core/memory.h"
#include "policy/numbers.h"

/* What stands in a world of a kind: nothing (no figure depends on it), whether it is there, records; and whether texts of
   its records count. Links, supply, focus and prospects are copied to the analyses without those that are not there. */
typedef enum { NOTHING, PRESENCE, RECORDS } part;
static const struct {
    part part;
    bool texts, copied;
} parts[LT_KINDS] = {
    [LT_CHAIN] = {RECORDS, true, false},        [LT_LINK] = {RECORDS, true, true},      [LT_FIRM] = {RECORDS, false, false},
    [LT_INSTITUTION] = {RECORDS, false, false}, [LT_ZONE] = {PRESENCE, false, false},   [LT_REGION] = {RECORDS, false, false},
    [LT_PROJECT] = {RECORDS, false, false},     [LT_SUPPLY] = {RECORDS, true, true},    [LT_CAPABILITY] = {RECORDS, false, false},
    [LT_FOCUS] = {RECORDS, false, true},        [LT_PROSPECT] = {RECORDS, false, true},
};

static lti_array *slots_of(lti_world *w, lt_kind kind)
{
    return parts[kind].copied ? &w->slots[kind] : &w->ds.records[kind];
}

static char *slot_at(lti_world *w, lt_kind kind, size_t slot)
{
    lti_array *slots = slots_of(w, kind);
    return (char *)slots->data + slot * slots->size;
}

/* Taking records in */

static bool keep_text(lti_world *w, const lt_dataset *from, bool counts, lt_string *text)
{
    const char *string = lt_dataset_string(from, *text);
    *text = 0;
    return !counts || lti_strings_add(&w->ds.strings, string, strlen(string), text) == 0;
}

static bool keep_segments(lti_world *w, const lt_dataset *from, lt_list *list)
{
    lt_list segments = *list;
    *list = (lt_list){(uint32_t)w->ds.segments.count, segments.count};
    lt_segment *room = segments.count > 0 ? lti_array_push(&w->ds.segments, segments.count) : NULL;
    if (segments.count > 0 && !room) return false;
    for (uint32_t i = 0; i < segments.count; i++) {
        room[i].id = lt_list_segment(from, segments, i)->id;
        if (!keep_text(w, from, true, &room[i].id)) return false;
    }
    return true;
}

/* A copy of a record of one side that holds what figures depend on: references by the numbers over both sides. */
static bool take_record(lti_world *w, int side, lt_kind kind, size_t index, char *out)
{
    const lt_dataset *from = w->alignment->side[side];
    const lti_schema *schema = lti_schema_of(kind);
    memcpy(out, lti_record_at(from, kind, index), schema->size);
    if (lti_is_edge(kind)) ((lt_edge *)(void *)out)->record = (lt_record){0};
    else *(lt_node_head *)(void *)out = (lt_node_head){0};
    for (size_t f = 0; f < schema->field_count; f++) {
        const lti_field *field = &schema->fields[f];
        bool whole = true;
        switch (field->type) {
        case LTI_ID:
        case LTI_TEXT: whole = keep_text(w, from, parts[kind].texts, &LTI_FIELD(out, field, lt_string)); break;
        case LTI_REF: {
            lt_node *node = &LTI_FIELD(out, field, lt_node);
            if (*node != LT_NONE) *node = w->alignment->number[side][*node];
            break;
        }
        case LTI_TEXTS:
        case LTI_SOURCE:
        case LTI_REFS:
        case LTI_CODES: LTI_FIELD(out, field, lt_list) = (lt_list){0}; break;
        case LTI_OBJECT: memset(out + field->offset, 0, field->nested->size); break;
        case LTI_SEGMENTS: whole = keep_segments(w, from, &LTI_FIELD(out, field, lt_list)); break;
        default: break;
        }
        if (!whole) return false;
    }
    return true;
}

/* How the change of a record is undone; it bears on nothing where what figures depend on is the same. */
static bool take_change(lti_world *w, lt_kind kind, const uint32_t index[2], uint32_t slot, lti_switch *s)
{
    *s = (lti_switch){.kind = (uint8_t)kind, .slot = slot};
    bool changed = index[0] != LT_NONE && index[1] != LT_NONE;
    if (!changed) s->bears = parts[kind].part != NOTHING;
    if (!changed || parts[kind].part != RECORDS) return true;
    size_t size = lti_schema_of(kind)->size;
    s->other = lti_alloc(1, size);
    if (!s->other || !take_record(w, 0, kind, index[0], s->other)) return false;
    s->bears = memcmp(s->other, slot_at(w, kind, slot), size) != 0;
    return true;
}

static bool take_pair(lti_world *w, lt_kind kind, const uint32_t index[2], uint32_t slot)
{
    int side = index[1] != LT_NONE;
    if (!lti_is_edge(kind)) w->there[w->alignment->base[kind] + slot] = side == 1;
    if (parts[kind].part != RECORDS) return true;
    char *record = lti_array_push(slots_of(w, kind), 1);
    bool *alive = lti_is_edge(kind) ? lti_array_push(&w->alive[kind], 1) : NULL;
    if (alive) *alive = side == 1;
    return record && (alive || !lti_is_edge(kind)) && take_record(w, side, kind, index[side], record);
}

static bool take_kind(lti_world *w, lt_kind kind, const lt_diff *diff, size_t *next)
{
    lti_pairs pairs = {w->alignment, kind, {0, 0}};
    uint32_t index[2];
    for (uint32_t slot = 0; lti_pairs_next(&pairs, index); slot++) {
        if (!take_pair(w, kind, index, slot)) return false;
        const lt_change *change = &diff->changes[*next];
        bool differs =
            *next < diff->change_count && change->kind == kind && change->before == index[0] && change->after == index[1];
        if (differs && !take_change(w, kind, index, slot, &w->switches[(*next)++])) return false;
    }
    return true;
}

static void take_rest(lti_world *w, const lt_diff *diff)
{
    for (size_t i = 0; i < diff->change_count; i++) {
        const lt_change *change = &diff->changes[i];
        lti_switch *s = &w->switches[i];
        if (change->kind == LT_OF_DATASET) *s = (lti_switch){.kind = LT_OF_DATASET, .bears = w->homes[0] != w->homes[1]};
        if (change->kind == LT_OF_SOURCE) *s = (lti_switch){.kind = LT_OF_SOURCE};
        if (change->kind == LT_OF_POLICY) *s = (lti_switch){.kind = LT_OF_POLICY, .slot = change->before, .bears = true};
    }
}

static lti_world_cap cap_at(const lti_world *w, size_t slot)
{
    const lt_capability *c = &lt_capabilities(&w->ds)[slot];
    return (lti_world_cap){{c->level, c->edge.from, c->edge.role}, (uint32_t)slot, LTI_AT(&w->alive[LT_CAPABILITY], bool, slot)};
}

/* Copies a capability that was exchanged to its place among those on its link, which stand by slot. */
static void copy_capability(lti_world *w, uint32_t slot)
{
    uint32_t link = lt_capabilities(&w->ds)[slot].edge.to - w->ds.base[LT_LINK];
    uint32_t low = w->cap_first[link], high = w->cap_first[link + 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (w->cap[middle].slot < slot) low = middle + 1;
        else high = middle;
    }
    w->cap[low] = cap_at(w, slot);
}

static bool list_capabilities(lti_world *w)
{
    uint32_t links = w->alignment->base[LT_LINK + 1] - w->alignment->base[LT_LINK];
    size_t count = lt_count(&w->ds, LT_CAPABILITY);
    w->cap_first = lti_alloc((size_t)links + 2, sizeof *w->cap_first);
    w->cap = lti_alloc(count, sizeof *w->cap);
    if (!w->cap_first || !w->cap) return false;
    for (size_t i = 0; i < count; i++) w->cap_first[lt_capabilities(&w->ds)[i].edge.to - w->ds.base[LT_LINK] + 2]++;
    for (uint32_t i = 0; i < links; i++) w->cap_first[i + 2] += w->cap_first[i + 1];
    for (size_t i = 0; i < count; i++) { /* first[i + 1] is where link i is written next, and so ends as its end */
        const lt_edge *edge = &lt_capabilities(&w->ds)[i].edge;
        w->cap[w->cap_first[edge->to - w->ds.base[LT_LINK] + 1]++] = cap_at(w, i);
    }
    return true;
}

/* Who is local */

static bool is_home_or_below(const lti_world *w, lt_node region)
{
    /* regions of two datasets may stand in a circle */
    for (size_t step = 0; region != LT_NONE && w->there[region] && step <= lt_count(&w->ds, LT_REGION); step++) {
        if (region == w->ds.header.home) return true;
        region = lt_regions(&w->ds)[region - w->ds.base[LT_REGION]].parent;
    }
    return false;
}

static bool is_local(const lti_world *w, lt_node region, lt_node zone)
{
    return (zone != LT_NONE && w->there[zone]) || is_home_or_below(w, region);
}

static void place(lti_world *w, lt_kind kind, size_t slot)
{
    char *record = slot_at(w, kind, slot);
    if (kind == LT_FIRM) {
        lt_firm *firm = (lt_firm *)(void *)record;
        firm->local = is_local(w, firm->region, firm->zone);
    } else if (kind == LT_INSTITUTION) {
        lt_institution *institution = (lt_institution *)(void *)record;
        institution->local = is_local(w, institution->region, institution->zone);
    } else if (kind == LT_PROJECT) {
        lt_project *project = (lt_project *)(void *)record;
        project->local = is_local(w, project->region, project->zone);
    }
    lt_node node = w->ds.base[kind] + (lt_node)slot;
    w->holders[node] = lti_holder_of(&w->ds, node);
    w->holders[node].local &= w->there[node];
}

static void place_all(lti_world *w)
{
    static const lt_kind holders[] = {LT_FIRM, LT_INSTITUTION, LT_PROJECT};
    for (size_t h = 0; h < sizeof holders / sizeof *holders; h++)
        for (size_t i = 0; i < lt_count(&w->ds, holders[h]); i++) place(w, holders[h], i);
}

/* What the analyses see */

static bool stands(const lti_world *w, lt_kind kind, size_t slot, const lt_edge *edge)
{
    return LTI_AT(&w->alive[kind], bool, slot) && w->there[edge->from] && w->there[edge->to];
}

static void copy_edges(lti_world *w, lt_kind kind)
{
    lti_array *to = &w->ds.records[kind];
    to->count = 0;
    for (size_t i = 0; i < w->slots[kind].count; i++) {
        const char *record = slot_at(w, kind, i);
        if (stands(w, kind, i, (const lt_edge *)(const void *)record))
            memcpy((char *)to->data + to->count++ * to->size, record, to->size);
    }
}

static void copy_links(lti_world *w)
{
    lt_node base = w->ds.base[LT_LINK];
    lt_link *links = w->ds.records[LT_LINK].data;
    copy_edges(w, LT_SUPPLY);
    for (uint32_t i = 0; i < w->slots[LT_LINK].count; i++) {
        links[i] = LTI_AT(&w->slots[LT_LINK], lt_link, i);
        if (!w->there[base + i]) links[i] = (lt_link){.abstract = true, .final_given = 1, .chain = LT_NONE};
        if (links[i].chain != LT_NONE && !w->there[links[i].chain]) links[i].chain = LT_NONE;
        links[i].final = links[i].final_given != 1;
    }
    for (size_t i = 0; i < lt_count(&w->ds, LT_SUPPLY); i++) {
        lt_link *supplier = &links[lt_supplies(&w->ds)[i].edge.from - base];
        if (supplier->final_given == 0) supplier->final = false;
    }
}

static void copy_touched(lti_world *w, unsigned touched)
{
    if (touched & LTI_TOUCH_GRAPH) copy_links(w);
    if (touched & LTI_TOUCH_FOCUS) copy_edges(w, LT_FOCUS);
    if (touched & LTI_TOUCH_PROSPECT) copy_edges(w, LT_PROSPECT);
    if (touched & LTI_TOUCH_GRAPH) w->work += (double)(w->slots[LT_LINK].count + w->slots[LT_SUPPLY].count);
    if (touched & LTI_TOUCH_FOCUS) w->work += (double)w->slots[LT_FOCUS].count;
    if (touched & LTI_TOUCH_PROSPECT) w->work += (double)w->slots[LT_PROSPECT].count;
}

static bool make_copies(lti_world *w)
{
    bool whole = true;
    for (int kind = 0; kind < LT_KINDS; kind++)
        if (parts[kind].copied && w->slots[kind].count > 0)
            whole &= lti_array_push(&w->ds.records[kind], w->slots[kind].count) != NULL;
    return whole;
}

lt_code lti_state_init(lti_world *w, const lt_diff *diff, const lt_diff_input *input, lt_error *error)
{
    const lti_alignment *a = w->alignment;
    size_t next = 0, nodes = a->base[LT_NODE_KINDS], links = a->base[LT_LINK + 1] - a->base[LT_LINK];
    for (int kind = 0; kind < LT_KINDS; kind++) {
        w->ds.records[kind] = w->slots[kind] = (lti_array){.size = lti_schema_of((lt_kind)kind)->size};
        w->alive[kind] = LTI_ARRAY(bool);
    }
    w->ds.segments = LTI_ARRAY(lt_segment);
    memcpy(w->ds.base, a->base, sizeof a->base);
    w->policies[0] = input->policy_before;
    w->policies[1] = input->policy_after;
    w->policy = *input->policy_after;
    for (int s = 0; s < 2; s++) {
        lt_node home = lt_dataset_home(a->side[s]);
        w->homes[s] = home == LT_NONE ? LT_NONE : a->number[s][home];
    }
    w->ds.header.home = w->homes[1];
    if (lti_strings_init(&w->ds.strings) != 0) return lti_fail_memory(error);
    w->has_strings = true;
    bool whole = (w->there = lti_alloc(nodes, sizeof *w->there)) && (w->holders = lti_alloc(nodes, sizeof *w->holders)) &&
                 (w->dirty = lti_alloc(links, sizeof *w->dirty)) && (w->dirty_list = lti_alloc(links, sizeof *w->dirty_list)) &&
                 (w->switches = lti_alloc(diff->change_count, sizeof *w->switches));
    w->switch_count = whole ? diff->change_count : 0;
    while (next < diff->change_count && diff->changes[next].kind >= LT_KINDS) next++;
    for (int kind = 0; kind < LT_KINDS && whole; kind++) whole = take_kind(w, (lt_kind)kind, diff, &next);
    whole = whole && list_capabilities(w) && make_copies(w);
    if (!whole) return lti_fail_memory(error);
    take_rest(w, diff);
    place_all(w);
    copy_touched(w, LTI_TOUCH_GRAPH | LTI_TOUCH_FOCUS | LTI_TOUCH_PROSPECT);
    return LT_OK;
}

void lti_state_done(lti_world *w)
{
    for (int kind = 0; kind < LT_KINDS; kind++) {
        lti_array_done(&w->ds.records[kind]);
        lti_array_done(&w->slots[kind]);
        lti_array_done(&w->alive[kind]);
    }
    lti_array_done(&w->ds.segments);
    if (w->has_strings) lti_strings_done(&w->ds.strings);
    for (size_t i = 0; i < w->switch_count; i++) lti_free(w->switches[i].other);
    void *arrays[] = {w->there, w->holders, w->cap_first, w->cap, w->switches, w->dirty, w->dirty_list};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    *w = (lti_world){0};
}

/* Undoing */

static void exchange(char *left, char *right, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char kept = left[i];
        left[i] = right[i];
        right[i] = kept;
    }
}

static void flip(lti_world *w, const lti_switch *s)
{
    lt_kind kind = (lt_kind)s->kind;
    if (s->kind == LT_OF_DATASET) {
        w->ds.header.home = w->homes[w->ds.header.home == w->homes[1] ? 0 : 1];
    } else if (s->kind == LT_OF_POLICY) {
        double *number = lti_policy_number(&w->policy, s->slot);
        const lt_policy *other =
            w->policies[*number == *lti_policy_number((lt_policy *)(uintptr_t)w->policies[1], s->slot) ? 0 : 1];
        *number = *lti_policy_number((lt_policy *)(uintptr_t)other, s->slot);
    } else if (s->other) {
        exchange(s->other, slot_at(w, kind, s->slot), lti_schema_of(kind)->size);
    } else if (lti_is_edge(kind)) {
        LTI_AT(&w->alive[kind], bool, s->slot) ^= true;
    } else {
        w->there[w->ds.base[kind] + s->slot] ^= true;
    }
    if (s->kind == LT_CAPABILITY) copy_capability(w, s->slot);
}

static unsigned touched_by(const lti_switch *s)
{
    const char *group, *name;
    switch (s->kind) {
    case LT_OF_DATASET:
    case LT_REGION: return LTI_TOUCH_PLACES;
    case LT_ZONE: return LTI_TOUCH_PLACES | LTI_TOUCH_FOCUS;
    case LT_CHAIN:
    case LT_LINK: return LTI_TOUCH_GRAPH | LTI_TOUCH_FOCUS | LTI_TOUCH_PROSPECT;
    case LT_FIRM:
    case LT_INSTITUTION: return s->other ? 0 : LTI_TOUCH_PROSPECT;
    case LT_SUPPLY: return LTI_TOUCH_GRAPH;
    case LT_FOCUS: return LTI_TOUCH_FOCUS;
    case LT_PROSPECT: return LTI_TOUCH_PROSPECT;
    case LT_OF_POLICY:
        lti_policy_number_name(s->slot, &group, &name);
        return strcmp(group, "chance") == 0 ? LTI_TOUCH_POLICY | LTI_TOUCH_PLACES : LTI_TOUCH_POLICY;
    default: return 0;
    }
}

static void mark(lti_world *w, uint32_t link)
{
    if (w->dirty[link]) return;
    w->dirty[link] = true;
    w->dirty_list[w->dirty_count++] = link;
}

/* Place of the first capability of a holder; they stand by holder. */
static size_t first_of(const lti_world *w, lt_node holder)
{
    size_t low = 0, high = lt_count(&w->ds, LT_CAPABILITY);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lt_capabilities(&w->ds)[middle].edge.from < holder) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool is_holder(unsigned kind)
{
    return kind == LT_FIRM || kind == LT_INSTITUTION || kind == LT_PROJECT;
}

static void mark_touched(lti_world *w, const lti_switch *s)
{
    lt_node links = w->ds.base[LT_LINK];
    if (s->kind == LT_LINK) mark(w, s->slot);
    if (s->kind == LT_CAPABILITY) mark(w, lt_capabilities(&w->ds)[s->slot].edge.to - links);
    if (!is_holder(s->kind)) return;
    lt_node holder = w->ds.base[s->kind] + s->slot;
    size_t first = first_of(w, holder), end = first_of(w, holder + 1);
    for (size_t i = first; i < end; i++) mark(w, lt_capabilities(&w->ds)[i].edge.to - links);
    w->work += (double)(end - first);
}

void lti_world_list(lti_world *w, uint32_t change)
{
    const lti_switch *s = &w->switches[change];
    bool every = (touched_by(s) & (LTI_TOUCH_PLACES | LTI_TOUCH_POLICY)) != 0;
    mark_touched(w, s);
    for (uint32_t link = 0; link < w->slots[LT_LINK].count && every; link++) mark(w, link);
}

unsigned lti_state_flip(lti_world *w, const uint32_t *changes, size_t count)
{
    unsigned touched = 0;
    for (size_t i = 0; i < count; i++) {
        const lti_switch *s = &w->switches[changes[i]];
        flip(w, s);
        touched |= touched_by(s);
        mark_touched(w, s);
    }
    if (touched & LTI_TOUCH_PLACES) {
        place_all(w);
        for (uint32_t link = 0; link < w->slots[LT_LINK].count; link++) mark(w, link);
        w->work += (double)(lt_count(&w->ds, LT_FIRM) + lt_count(&w->ds, LT_INSTITUTION) + lt_count(&w->ds, LT_PROJECT));
    } else {
        for (size_t i = 0; i < count; i++)
            if (is_holder(w->switches[changes[i]].kind))
                place(w, (lt_kind)w->switches[changes[i]].kind, w->switches[changes[i]].slot);
    }
    copy_touched(w, touched);
    w->work += (double)count;
    return touched;
}

void lti_state_flip_for(lti_world *w, const uint32_t *changes, size_t count, uint32_t link)
{
    for (size_t i = 0; i < count; i++) flip(w, &w->switches[changes[i]]);
    for (uint32_t i = w->cap_first[link]; i < w->cap_first[link + 1]; i++) {
        lt_node holder = w->cap[i].ability.holder;
        lt_kind kind = lt_node_kind(&w->ds, holder);
        place(w, kind, holder - w->ds.base[kind]);
    }
    w->work += (double)count + (w->cap_first[link + 1] - w->cap_first[link]);
}

void lti_state_clean(lti_world *w)
{
    for (size_t i = 0; i < w->dirty_count; i++) w->dirty[w->dirty_list[i]] = false;
    w->dirty_count = 0;
}

bool lti_world_bears_on(const lti_world *w, uint32_t change, uint32_t link)
{
    const lti_switch *s = &w->switches[change];
    const char *group, *name;
    if (!s->bears) return false;
    if (touched_by(s) & LTI_TOUCH_PLACES) return true;
    if (s->kind == LT_LINK) return s->slot == link;
    if (s->kind == LT_CAPABILITY) return lt_capabilities(&w->ds)[s->slot].edge.to - w->ds.base[LT_LINK] == link;
    if (s->kind == LT_OF_POLICY) {
        lti_policy_number_name(s->slot, &group, &name);
        return strcmp(group, "gap") == 0;
    }
    if (!is_holder(s->kind)) return false;
    lt_node holder = w->ds.base[s->kind] + s->slot, to = w->ds.base[LT_LINK] + link;
    for (size_t i = first_of(w, holder); i < lt_count(&w->ds, LT_CAPABILITY); i++) {
        const lt_edge *edge = &lt_capabilities(&w->ds)[i].edge;
        if (edge->from != holder) break;
        if (edge->to == to) return true;
    }
    return false;
}
