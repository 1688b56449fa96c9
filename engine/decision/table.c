/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unique table with chained buckets, and a computed cache that forgets on collision (Brace, Rudell, Bryant 1990). */
#include "decision/table.h"

#include <string.h>

#include "core/memory.h"

struct lti_frame {
    lti_task key, low;
    uint32_t variable;
    lti_ref high; /* LTI_NO_REF until known */
};

struct lti_cached {
    lti_task key; /* a = 0 = empty: no task on the leaf 0 is ever kept */
    lti_ref result;
};

enum { LEAVES = 2, FIRST_CAPACITY = 1 << 10, LARGEST_CACHE = 1 << 24, STEPS_PER_NODE = 64, STEPS_PER_QUESTION = 1 << 10 };

static size_t hash(uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t h = (a | (uint64_t)b << 32) * UINT64_C(0x9e3779b97f4a7c15);
    h = (h ^ h >> 32 ^ c) * UINT64_C(0xd6e8feb86659fd93);
    return (size_t)(h ^ h >> 32);
}

bool lti_table_no_memory(lti_diagram *d)
{
    d->state = LTI_DIAGRAM_MEMORY;
    return false;
}

lti_diagram *lti_diagram_new(const lti_diagram_limits *limits)
{
    lti_diagram *d = lti_alloc(1, sizeof *d);
    if (!d) return NULL;
    d->limits = *limits;
    if (d->limits.nodes > LTI_REF_LIMIT - LEAVES) d->limits.nodes = LTI_REF_LIMIT - LEAVES;
    d->capacity = FIRST_CAPACITY;
    d->buckets = d->cached = FIRST_CAPACITY;
    bool whole = (d->node = lti_alloc(d->capacity, sizeof *d->node)) && (d->slot = lti_alloc(d->capacity, sizeof *d->slot)) &&
                 (d->bucket = lti_alloc(d->buckets, sizeof *d->bucket)) && (d->cache = lti_alloc(d->cached, sizeof *d->cache));
    if (!whole) {
        lti_diagram_free(d);
        return NULL;
    }
    d->count = LEAVES;
    for (uint32_t leaf = 0; leaf < LEAVES; leaf++) d->node[leaf] = (lti_table_node){UINT32_MAX, leaf, leaf, 0};
    return d;
}

void lti_diagram_free(lti_diagram *d)
{
    if (!d) return;
    lti_free(d->node);
    lti_free(d->slot);
    lti_free(d->bucket);
    lti_free(d->cache);
    lti_free(d->frame);
    lti_free(d);
}

lti_diagram_state_code lti_diagram_state(const lti_diagram *d)
{
    return d->state;
}

size_t lti_diagram_nodes(const lti_diagram *d)
{
    return d->count - LEAVES;
}

static bool grow_cache(lti_diagram *d)
{
    size_t size = d->cached * 2;
    lti_cached *cache = lti_alloc(size, sizeof *cache);
    if (!cache) return lti_table_no_memory(d);
    for (size_t i = 0; i < d->cached; i++) {
        lti_task key = d->cache[i].key;
        if (key.a != 0) cache[hash(key.a, key.b, key.c) & (size - 1)] = d->cache[i];
    }
    lti_free(d->cache);
    d->cache = cache;
    d->cached = size;
    return true;
}

/* Doubles nodes, buckets and cache together, which keeps chains short and the cache as large as the work. */
static bool grow(lti_diagram *d)
{
    size_t capacity = d->capacity * 2;
    lti_table_node *node = lti_resize(d->node, capacity, sizeof *node);
    if (!node) return lti_table_no_memory(d);
    d->node = node;
    uint32_t *slot = lti_resize(d->slot, capacity, sizeof *slot);
    if (!slot) return lti_table_no_memory(d);
    d->slot = slot;
    memset(slot + d->capacity, 0, (capacity - d->capacity) * sizeof *slot);
    uint32_t *bucket = lti_alloc(capacity, sizeof *bucket);
    if (!bucket) return lti_table_no_memory(d);
    lti_free(d->bucket);
    d->bucket = bucket;
    d->capacity = d->buckets = capacity;
    for (size_t i = LEAVES; i < d->count; i++) {
        uint32_t *head = &bucket[hash(node[i].variable, node[i].high, node[i].low) & (capacity - 1)];
        node[i].next = *head;
        *head = (uint32_t)i;
    }
    return d->cached >= LARGEST_CACHE || grow_cache(d);
}

lti_ref lti_table_find(lti_diagram *d, uint32_t variable, lti_ref high, lti_ref low)
{
    if (d->state != LTI_DIAGRAM_WHOLE) return LTI_NO_REF;
    size_t h = hash(variable, high, low);
    for (uint32_t i = d->bucket[h & (d->buckets - 1)]; i != 0; i = d->node[i].next)
        if (d->node[i].variable == variable && d->node[i].high == high && d->node[i].low == low) return i;
    if (d->count - LEAVES == d->limits.nodes) {
        d->state = LTI_DIAGRAM_NODES;
        return LTI_NO_REF;
    }
    if (d->count == d->capacity && !grow(d)) return LTI_NO_REF;
    uint32_t *head = &d->bucket[h & (d->buckets - 1)];
    d->node[d->count] = (lti_table_node){variable, high, low, *head};
    *head = (uint32_t)d->count;
    return (lti_ref)d->count++;
}

bool lti_table_ask(lti_diagram *d)
{
    if (d->state == LTI_DIAGRAM_WHOLE && d->limits.stop && d->limits.stop(d->limits.context)) d->state = LTI_DIAGRAM_STOPPED;
    return d->state == LTI_DIAGRAM_WHOLE;
}

/* A cache that forgets can make a task many times over, so steps are limited as nodes are. */
static bool may_go_on(lti_diagram *d)
{
    if (++d->steps % STEPS_PER_QUESTION != 0) return true;
    if (d->steps / STEPS_PER_NODE > d->limits.nodes + STEPS_PER_QUESTION) d->state = LTI_DIAGRAM_NODES;
    return lti_table_ask(d);
}

static lti_cached *place_of(lti_diagram *d, const lti_task *key)
{
    return &d->cache[hash(key->a, key->b, key->c) & (d->cached - 1)];
}

static bool push(lti_diagram *d, const lti_task *key, const lti_split *split)
{
    if (d->frames == d->frame_capacity) {
        size_t capacity = d->frame_capacity * 2 + 64;
        lti_frame *frame = lti_resize(d->frame, capacity, sizeof *frame);
        if (!frame) return lti_table_no_memory(d);
        d->frame = frame;
        d->frame_capacity = capacity;
    }
    d->frame[d->frames++] = (lti_frame){*key, split->low, split->variable, LTI_NO_REF};
    return true;
}

/* Splits along the high branches until a task has its answer at once. */
static lti_ref descend(lti_diagram *d, lti_rule rule, lti_task task)
{
    for (;;) {
        lti_split split;
        lti_ref result;
        if (!may_go_on(d)) return LTI_NO_REF;
        if (rule(d, &task, &split, &result)) return result;
        const lti_cached *known = place_of(d, &task);
        if (known->key.a == task.a && known->key.b == task.b && known->key.c == task.c) return known->result;
        if (!push(d, &task, &split)) return LTI_NO_REF;
        task = split.high;
    }
}

lti_ref lti_table_run(lti_diagram *d, lti_rule rule, lti_ref (*join)(lti_diagram *, uint32_t, lti_ref, lti_ref), lti_task task)
{
    if (d->state != LTI_DIAGRAM_WHOLE || task.a == LTI_NO_REF || task.b == LTI_NO_REF || task.c == LTI_NO_REF) return LTI_NO_REF;
    d->frames = 0;
    lti_ref result = descend(d, rule, task);
    while (d->frames > 0 && result != LTI_NO_REF) {
        lti_frame *top = &d->frame[d->frames - 1];
        if (top->high == LTI_NO_REF) {
            top->high = result;
            result = descend(d, rule, top->low);
            continue;
        }
        result = join(d, top->variable, top->high, result);
        if (result != LTI_NO_REF) *place_of(d, &top->key) = (lti_cached){top->key, result};
        d->frames--;
    }
    return result;
}

/* Lists the nodes below the root, children first. A node goes on the stack once for each edge to it at most. */
static bool list_below(lti_copy *copy, lti_diagram *d, lti_ref root, uint32_t **stack)
{
    size_t depth = 0, capacity = 0, room = 0;
    lti_ref next = root;
    for (;;) {
        if (next >= LEAVES && d->slot[next] == 0) {
            if (depth == capacity) {
                uint32_t *larger = lti_resize(*stack, capacity * 2 + 64, sizeof **stack);
                if (!larger) return false;
                *stack = larger;
                capacity = capacity * 2 + 64;
            }
            (*stack)[depth++] = next;
            d->slot[next] = UINT32_MAX; /* on the stack, low branch not yet taken */
            next = d->node[next].high;
            continue;
        }
        if (depth == 0) return true;
        lti_ref top = (*stack)[depth - 1];
        if (d->slot[top] == UINT32_MAX) {
            d->slot[top] = UINT32_MAX - 1;
            next = d->node[top].low;
            continue;
        }
        if (copy->count + LEAVES >= room) {
            lti_ref *larger = lti_resize(copy->ref, room * 2 + 64, sizeof *larger);
            if (!larger) return false;
            copy->ref = larger;
            room = room * 2 + 64;
        }
        d->slot[top] = (uint32_t)(copy->count + LEAVES);
        copy->ref[LEAVES + copy->count++] = top;
        depth--;
        next = LTI_FALSE;
    }
}

bool lti_copy_reserve(lti_copy *copy, size_t count)
{
    copy->count = count;
    return (copy->variable = lti_alloc(count, sizeof *copy->variable)) && (copy->high = lti_alloc(count, sizeof *copy->high)) &&
           (copy->low = lti_alloc(count, sizeof *copy->low));
}

bool lti_copy_init(lti_copy *copy, lti_diagram *d, lti_ref root)
{
    *copy = (lti_copy){0};
    uint32_t *stack = NULL;
    bool whole = root != LTI_NO_REF && d->state != LTI_DIAGRAM_MEMORY && list_below(copy, d, root, &stack);
    size_t count = LEAVES + copy->count;
    if (whole && root >= LEAVES) {
        whole = lti_copy_reserve(copy, count);
        for (size_t i = LEAVES; whole && i < count; i++) {
            const lti_table_node *node = &d->node[copy->ref[i]];
            copy->variable[i] = node->variable;
            copy->high[i] = node->high < LEAVES ? node->high : d->slot[node->high];
            copy->low[i] = node->low < LEAVES ? node->low : d->slot[node->low];
        }
    }
    for (size_t i = LEAVES; i < count; i++) d->slot[copy->ref[i]] = 0;
    lti_free(stack);
    copy->count = root < LEAVES ? (size_t)root + 1 : count;
    return whole || (root != LTI_NO_REF && lti_table_no_memory(d));
}

void lti_copy_done(lti_copy *copy)
{
    lti_free(copy->variable);
    lti_free(copy->high);
    lti_free(copy->low);
    lti_free(copy->ref);
    *copy = (lti_copy){0};
}
