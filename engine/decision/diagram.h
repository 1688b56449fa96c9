/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_DIAGRAM_H
#define LTI_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Decision diagrams of monotone Boolean functions and of families of sets. Stands alone: knows variables, no dataset.
 *
 * A node is (variable, high, low); variable 0 is on top. Read as a reduced ordered binary decision diagram (BDD, Bryant
 * 1986) it is a function, read as a zero-suppressed one (ZDD, Minato 1993) a family of sets. Both live in one table
 * under one node limit. Nodes are never given up before the table is, so a child always has a smaller reference than
 * its parents.
 *
 * Every function here may hit a limit or run out of memory. It then gives LTI_NO_REF or false, and so does all that
 * follows on the same table; lti_diagram_state says why. No function recurses: depth costs heap, never stack.
 */

/** A node, or one of the leaves. */
typedef uint32_t lti_ref;
enum { LTI_FALSE = 0, LTI_TRUE = 1 }; /* as families: no set at all, and the empty set alone */
#define LTI_NO_REF UINT32_MAX

typedef struct lti_diagram lti_diagram;

typedef enum {
    LTI_DIAGRAM_WHOLE,
    LTI_DIAGRAM_MEMORY,  /* out of memory */
    LTI_DIAGRAM_NODES,   /* more nodes than the limit, or more than 64 steps for each of them */
    LTI_DIAGRAM_STOPPED, /* the callback said so */
} lti_diagram_state_code;

typedef struct {
    size_t nodes;                /* at most this many are made */
    bool (*stop)(void *context); /* may be NULL; asked every thousand steps or so; true ends the work */
    void *context;
} lti_diagram_limits;

/** @return NULL out of memory. Cost O(1); the table grows as it is filled, 16 to 44 bytes a node. */
lti_diagram *lti_diagram_new(const lti_diagram_limits *limits);
/** Takes NULL. */
void lti_diagram_free(lti_diagram *diagram);
lti_diagram_state_code lti_diagram_state(const lti_diagram *diagram);
/** Nodes made so far, leaves not counted. */
size_t lti_diagram_nodes(const lti_diagram *diagram);

/* Functions */

lti_ref lti_bdd_variable(lti_diagram *diagram, uint32_t variable);

/** If f then g else h. Cost O(|f|·|g|·|h|) at worst, with the computed cache mostly the size of the result. */
lti_ref lti_bdd_choose(lti_diagram *diagram, lti_ref f, lti_ref g, lti_ref h);

/** And, or of any number of functions; none gives true, false. Reorders `functions`. */
lti_ref lti_bdd_all(lti_diagram *diagram, lti_ref *functions, size_t count);
lti_ref lti_bdd_any(lti_diagram *diagram, lti_ref *functions, size_t count);

/** True where at least `least` of the functions are. Reorders `functions`. Cost O(least · count) choices. */
lti_ref lti_bdd_at_least(lti_diagram *diagram, lti_ref *functions, size_t count, size_t least);

/** Value of f where just the variables with true[v] are true. Cost O(depth). */
bool lti_bdd_value(const lti_diagram *diagram, lti_ref f, const bool *truth);

/**
 * Chance that f is true, and what each variable adds to it.
 *
 * @param chance    by variable: that it is true, independently of the others
 * @param top       out: chance of f
 * @param birnbaum  out, by variable, zeroed by the caller: chance of f with the variable true less that with it false
 * @return false out of memory. Cost O(|f|). Source: Birnbaum 1969; one pass up and one down.
 */
bool lti_bdd_importance(lti_diagram *diagram, lti_ref f, const double *chance, double *top, double *birnbaum);

/* Families of sets */

/**
 * Minimal solutions of a monotone function: the smallest sets of variables that make f true, or (dual) the smallest
 * whose falsity makes it false when all others are true.
 *
 * Source: Rauzy 1993. Where he takes away from the solutions of the high branch those that include a solution of the
 * low branch, both as families, here each is tried on the low branch as a function: one walk of both, O(|family|·|f|).
 */
lti_ref lti_zdd_minimal(lti_diagram *diagram, lti_ref f, bool dual);

/** The sets of at most, of exactly, `size` elements. Cost O(|z|·size). */
lti_ref lti_zdd_at_most(lti_diagram *diagram, lti_ref z, uint32_t size);
lti_ref lti_zdd_exactly(lti_diagram *diagram, lti_ref z, uint32_t size);

/** Marks the variables that are in some set. @return false out of memory. Cost O(|z|). */
bool lti_zdd_variables(lti_diagram *diagram, lti_ref z, bool *occurs);

/** Number of sets, exact up to 2^53; NaN out of memory. Cost O(|z|). */
double lti_zdd_count(lti_diagram *diagram, lti_ref z);

/**
 * Number of sets by size.
 *
 * @param by_size  out: freed by the caller (lti_free); sizes 0 to sizes - 1
 * @param sizes    out: size of the largest set + 1; 0 for no sets
 * @return false out of memory. Cost O(|z| + Σ over nodes of the spread of the sizes below); memory O(|z|).
 */
bool lti_zdd_count_by_size(lti_diagram *diagram, lti_ref z, double **by_size, size_t *sizes);

/** Sets written out: set i is item[first[i]] .. item[first[i + 1] - 1]. */
typedef struct {
    uint32_t *first, *item;
    size_t count;
} lti_set_list;

/**
 * The first of some sets in order of size, then of their items, each set's items ascending.
 *
 * @param items   of all sets, one set after the other, fewer than 2^32; reordered within their sets
 * @param begins  count places in `items`, ascending
 * @param limit   sets wanted
 * @param list    out: freed with lti_set_list_done; empty after a failure
 * @return false out of memory. Cost O(items · log).
 */
bool lti_set_list_init(lti_set_list *list, uint32_t *items, size_t item_count, const uint32_t *begins, size_t count, size_t limit);
void lti_set_list_done(lti_set_list *list);

/**
 * The first sets in order of size, then of their labels (each set's labels ascending), without writing out the others.
 *
 * @param limit  sets wanted
 * @param label  by variable: what stands for it in the sets; no two alike
 * @param out    freed with lti_set_list_done, also after a failure; where the table's limit was hit it may hold fewer
 *               sets than wanted, in order and without a gap
 * @return false when a limit was hit or memory ran out.
 *         Cost O(sets · depth), and where not all sets are wanted O(|z| · (size + sets)) at worst.
 */
bool lti_zdd_first(lti_diagram *diagram, lti_ref z, size_t limit, const uint32_t *label, lti_set_list *out);

#endif
