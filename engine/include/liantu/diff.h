/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_DIFF_H
#define LIANTU_DIFF_H

#include "liantu/gap.h"

/*
 * What two datasets (and policies) differ in, what that did, and which changes did it.
 *
 * A change is a record added, dropped or changed, or a number of the policy. To undo it is to have that one record as it
 * was in the old dataset, all else as in the new one. Where only a part of the changes is undone: an edge whose end is not
 * there is not there either, a field that names what is not there is empty, and of edges of a group that disagree on k the
 * largest counts. All changes undone are the old dataset, none the new one.
 */

typedef enum { LT_CHANGE_ADDED, LT_CHANGE_DROPPED, LT_CHANGE_CHANGED, LT_CHANGES } lt_change_type;

/** What a change is of: an lt_kind, or one of these. */
enum { LT_OF_DATASET = LT_KINDS, LT_OF_SOURCE, LT_OF_POLICY, LT_CHANGE_KINDS };

/** A field whose value differs; values as JSON, NULL where the record does not give it and it has no default. */
typedef struct {
    char *field;
    char *before, *after;
} lt_field_change;

typedef struct {
    uint8_t type;           /* lt_change_type */
    uint8_t kind;           /* lt_kind, LT_OF_… */
    uint32_t before, after; /* place among its kind in the old and the new dataset (sources: in lt_sources); LT_NONE = not there */
    uint32_t first_field, field_count; /* of a changed record */
} lt_change;

/** What the changes did to a link. A gap is a status that asks for action: any but adequate and strong. */
typedef enum {
    LT_EFFECT_GAP_OPENED,     /* a gap that was none, or whose link was not there */
    LT_EFFECT_GAP_CLOSED,     /* a gap that is none any more, or whose link is not there any more */
    LT_EFFECT_STATUS_MOVED,   /* another status, else */
    LT_EFFECT_ACTION_CHANGED, /* another action under the same status */
    LT_EFFECT_FINAL_UNLOCKED, /* a final link that is producible and was no such link */
    LT_EFFECT_FINAL_LOST,     /* the other way round */
    LT_EFFECT_TARGET_ENTERED, /* came onto the targeting list */
    LT_EFFECT_TARGET_LEFT,    /* left it */
    LT_EFFECT_RANK_UP,        /* moved more than `moved` places on it */
    LT_EFFECT_RANK_DOWN,
    LT_EFFECTS
} lt_effect_type;

/** The word of a change or an effect in JSON. Static; NULL for what is none. */
LT_API const char *lt_change_word(lt_change_type type);
LT_API const char *lt_effect_word(lt_effect_type type);
/** What a change is of: "firms", "dataset", "sources", "policy". Static. */
LT_API const char *lt_change_kind_name(unsigned kind);
/** The same in words for people. */
LT_API lt_message lt_change_kind_message(unsigned kind);

/** No value: the link is not there, abstract, or not on the list. */
enum { LT_NO_VALUE = -1 };

/**
 * An effect and its causes. It is undone where the link's new value (status, action, producible final) is no longer the
 * value, where the link is off (on) the list again, or where its rank no longer differs that far in that direction.
 */
typedef struct {
    uint8_t type;                        /* lt_effect_type */
    bool together;                       /* false: undoing any one of the causes undoes it; true: only undoing all of them does */
    bool exact;                          /* the causes are known to be all such changes, or to have no smaller set among them */
    uint32_t link_before, link_after;    /* index of the link in the old and the new dataset, LT_NONE = not there */
    int32_t before, after;               /* lt_status, lt_action, 0 or 1 (producible final), rank from 1; or LT_NO_VALUE */
    int32_t action_before, action_after; /* lt_action */
    uint32_t first_cause, cause_count;   /* in causes */
} lt_effect;

typedef struct {
    lt_change *changes; /* dataset, sources, kinds in their order, policy; within one in the order of identity */
    lt_field_change *fields;
    lt_effect *effects; /* by type, then id of the link */
    uint32_t *causes;   /* changes, ascending within an effect */
    size_t change_count, field_count, effect_count, cause_count;
} lt_diff;

/** What to compare. */
typedef struct {
    const lt_dataset *before, *after;
    const lt_policy *policy_before, *policy_after; /* NULL = defaults */
    uint32_t moved;                                /* ranks that differ by no more are not said */
    double work; /* steps to spend on causes at most, about a hundred million a second; 0 = no limit */
} lt_diff_input;

/**
 * Compares two datasets.
 *
 * Every single undoing that undoes an effect is among its causes. Where none does, one set is given of which no part does;
 * it is found by leaving out of all changes what is not needed, and then looking at its parts.
 *
 * @param out    freed with lt_diff_done; untouched on failure
 * @param error  may be NULL
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL.
 *         Cost O(records), and one new analysis of the links that a change bears on for each change that bears on any: O(links
 *         + supply), with ranks that of lt_targets_analyse. Past `work` an effect says that it is not exact.
 */
LT_API lt_code lt_diff_compare(const lt_diff_input *input, lt_diff *out, lt_error *error);
LT_API void lt_diff_done(lt_diff *diff);

#endif
