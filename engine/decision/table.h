/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_TABLE_H
#define LTI_TABLE_H

#include "decision/diagram.h"

/* Inside of the decision folder: the table of nodes, and the loop that works on it in place of recursion. */

typedef struct {
    uint32_t variable; /* UINT32_MAX for the leaves, so that they lie below all */
    lti_ref high, low;
    uint32_t next; /* in the bucket; 0 = last */
} lti_table_node;

/** What is asked of a pair or triple of nodes. Also the key of the computed cache: see lti_operation. */
typedef struct {
    uint32_t a, b, c;
} lti_task;

/** Third word of a task on two nodes, or on a node and a number; above every reference, so that keys differ. */
#define LTI_OPERATION(i) (UINT32_MAX - 1 - (uint32_t)(i))
#define LTI_REF_LIMIT (UINT32_MAX / 2)

/** How a task falls apart on its top variable. */
typedef struct {
    uint32_t variable;
    lti_task high, low;
} lti_split;

/** Answers a task at once (true, *result), or brings it to normal form and splits it. */
typedef bool (*lti_rule)(const lti_diagram *diagram, lti_task *task, lti_split *split, lti_ref *result);

typedef struct lti_frame lti_frame;
typedef struct lti_cached lti_cached;

struct lti_diagram {
    lti_table_node *node;
    uint32_t *slot; /* by node: place in the copy being made, see lti_copy; else 0 */
    size_t count, capacity;
    uint32_t *bucket;
    lti_cached *cache;
    size_t buckets, cached; /* powers of two */
    lti_frame *frame;
    size_t frames, frame_capacity;
    lti_diagram_limits limits;
    size_t steps;
    lti_diagram_state_code state;
};

/** Finds or makes a node. */
lti_ref lti_table_find(lti_diagram *diagram, uint32_t variable, lti_ref high, lti_ref low);

/** The same under the reduction rule of a function, of a family. */
lti_ref lti_bdd_node(lti_diagram *diagram, uint32_t variable, lti_ref high, lti_ref low);
lti_ref lti_zdd_node(lti_diagram *diagram, uint32_t variable, lti_ref high, lti_ref low);

/** Works a task off: splits by the rule, joins by `join`, remembers every result. */
lti_ref lti_table_run(lti_diagram *diagram, lti_rule rule, lti_ref (*join)(lti_diagram *, uint32_t, lti_ref, lti_ref),
                      lti_task task);

/** Asks the callback now. @return false where the work is to end. */
bool lti_table_ask(lti_diagram *diagram);

/** Notes that memory ran out. @return false. */
bool lti_table_no_memory(lti_diagram *diagram);

/**
 * The nodes below a root as flat arrays, children first: 0 and 1 are the leaves, the root is count - 1.
 */
typedef struct {
    uint32_t *variable, *high, *low;
    lti_ref *ref; /* in the table; NULL for what was made from copies */
    size_t count;
} lti_copy;

/** @return false out of memory, and on a root that is none. Cost O(nodes below). Free with lti_copy_done in any case. */
bool lti_copy_init(lti_copy *copy, lti_diagram *diagram, lti_ref root);
/** A copy of `count` nodes yet to be filled in, without their references. @return false out of memory. Free with lti_copy_done in
 * any case. */
bool lti_copy_reserve(lti_copy *copy, size_t count);
void lti_copy_done(lti_copy *copy);

#endif
