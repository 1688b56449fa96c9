/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Causes by undoing. First every change alone. For an effect that no single undoing undoes, all changes are undone, which
   does undo it; then parts of that set are done again as long as the effect stays undone, in halves, quarters and so on down
   to single changes (after Zeller and Hildebrandt's ddmin, of which only the complements are tried). What is left loses its
   power with any one member; since undoing need not add up, its smaller parts are then tried too, smallest first. */
#include "analysis/diff_cause.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/diff_state.h"
#include "analysis/target.h"
#include "core/error.h"
#include "core/memory.h"

enum { PARTS_LIMIT = 16 }; /* of sets up to this size every part is tried */

/** A cause of an effect. */
typedef struct {
    uint32_t effect, change;
} found;

typedef struct {
    const lti_cause_search *search;
    lti_world *w;
    lti_array found;
    lti_outcome outcome;
    uint32_t *set, *part; /* changes */
    bool *has;            /* by effect: some single undoing undoes it */
    lt_error *error;
} state;

/** What has to be looked at to see whether an effect is still there; what costs most comes last. */
typedef enum { BY_STATUS, BY_OUTCOME, BY_RANKS, SORTS } sort;

static sort sort_of(const lt_effect *effect)
{
    switch ((lt_effect_type)effect->type) {
    case LT_EFFECT_GAP_OPENED:
    case LT_EFFECT_GAP_CLOSED:
    case LT_EFFECT_STATUS_MOVED:
    case LT_EFFECT_TARGET_ENTERED: /* the status says who is listed */
    case LT_EFFECT_TARGET_LEFT: return BY_STATUS;
    case LT_EFFECT_RANK_UP:
    case LT_EFFECT_RANK_DOWN: return BY_RANKS;
    default: return BY_OUTCOME;
    }
}

static bool undone_by_status(const lt_effect *effect, int status)
{
    if (effect->type == LT_EFFECT_TARGET_ENTERED) return !lti_is_listed(status);
    if (effect->type == LT_EFFECT_TARGET_LEFT) return lti_is_listed(status);
    return status != effect->after;
}

static bool undone_by_outcome(const lt_effect *e, uint32_t link, uint32_t moved, const lti_outcome *o)
{
    int64_t rank = o->rank[link], before = e->before;
    if (e->type == LT_EFFECT_ACTION_CHANGED) return o->action[link] != e->after;
    if (sort_of(e) == BY_OUTCOME) return o->made[link] != e->after;
    return rank == 0 || (e->type == LT_EFFECT_RANK_UP ? before - rank : rank - before) <= moved;
}

static bool spent(const state *s)
{
    return s->search->limit > 0 && s->w->work > s->search->limit;
}

static lt_code add(state *s, uint32_t effect, uint32_t change)
{
    found *room = lti_array_push(&s->found, 1);
    if (!room) return lti_fail_memory(s->error);
    *room = (found){effect, change};
    return LT_OK;
}

/* The search was too short for the effects of one sort. */
static void give_up(state *s, sort of)
{
    lt_diff *diff = s->search->diff;
    for (size_t e = 0; e < diff->effect_count; e++)
        if (sort_of(&diff->effects[e]) == of) diff->effects[e].exact = false;
}

static bool has_sort(const state *s, sort of)
{
    const lt_diff *diff = s->search->diff;
    bool has = false;
    for (size_t e = 0; e < diff->effect_count && !has; e++) has = sort_of(&diff->effects[e]) == of;
    return has;
}

/* Effects by status of one link; a link has at most two. */
typedef struct {
    uint32_t effect[2];
} at_link;

static void list_by_link(const state *s, at_link *of)
{
    const lt_diff *diff = s->search->diff;
    for (size_t i = 0; i < s->w->outcome.count; i++) of[i] = (at_link){{LT_NONE, LT_NONE}};
    for (uint32_t e = 0; e < diff->effect_count; e++) {
        if (sort_of(&diff->effects[e]) != BY_STATUS) continue;
        uint32_t *effect = of[s->search->link[e]].effect;
        effect[effect[0] != LT_NONE] = e;
    }
}

static lt_code try_status(state *s, uint32_t change, uint32_t link, const at_link *at)
{
    if (at->effect[0] == LT_NONE) return LT_OK;
    int status = lti_world_status(s->w, &change, 1, link);
    lt_code code = LT_OK;
    for (int i = 0; i < 2 && at->effect[i] != LT_NONE && code == LT_OK; i++) {
        if (!undone_by_status(&s->search->diff->effects[at->effect[i]], status)) continue;
        s->has[at->effect[i]] = true;
        code = add(s, at->effect[i], change);
    }
    return code;
}

/* Status depends on what stands on the link itself, so that only the links that a change bears on are looked at. */
static lt_code single_statuses(state *s, bool *whole)
{
    lti_world *w = s->w;
    lt_code code = LT_OK;
    at_link *of = lti_alloc(w->outcome.count, sizeof *of);
    if (!of) return lti_fail_memory(s->error);
    list_by_link(s, of);
    uint32_t change = 0;
    for (; change < s->search->diff->change_count && code == LT_OK && !spent(s); change++) {
        if (!w->switches[change].bears) continue;
        lti_world_list(w, change);
        for (size_t i = 0; i < w->dirty_count && code == LT_OK; i++)
            code = try_status(s, change, w->dirty_list[i], &of[w->dirty_list[i]]);
        lti_state_clean(w);
    }
    *whole = change == s->search->diff->change_count;
    lti_free(of);
    return code;
}

static lt_code single_others(state *s, sort of, bool *whole)
{
    lt_diff *diff = s->search->diff;
    lt_code code = LT_OK;
    uint32_t change = 0;
    for (; change < diff->change_count && code == LT_OK && !spent(s); change++) {
        bool same;
        if (!s->w->switches[change].bears) continue;
        code = lti_world_try(s->w, &change, 1, &s->outcome, &same, s->error);
        for (uint32_t e = 0; e < diff->effect_count && code == LT_OK && !same; e++) {
            const lt_effect *effect = &diff->effects[e];
            if (sort_of(effect) != of || !undone_by_outcome(effect, s->search->link[e], s->search->moved, &s->outcome)) continue;
            s->has[e] = true;
            code = add(s, e, change);
        }
    }
    *whole = change == diff->change_count;
    return code;
}

/* Whether undoing a set undoes an effect. */
static lt_code test(state *s, uint32_t e, const uint32_t *set, size_t count, bool *undone)
{
    const lt_effect *effect = &s->search->diff->effects[e];
    uint32_t link = s->search->link[e];
    bool same;
    if (sort_of(effect) == BY_STATUS) {
        *undone = undone_by_status(effect, lti_world_status(s->w, set, count, link));
        return LT_OK;
    }
    lt_code code = lti_world_try(s->w, set, count, &s->outcome, &same, s->error);
    if (code == LT_OK) *undone = !same && undone_by_outcome(effect, link, s->search->moved, &s->outcome);
    return code;
}

/* Tries set without its members from `first` on, `length` of them, and keeps it so where the effect stays undone. */
static lt_code try_without(state *s, uint32_t e, size_t *count, size_t first, size_t length, bool *undone)
{
    memcpy(s->part, s->set, first * sizeof *s->part);
    memcpy(s->part + first, s->set + first + length, (*count - first - length) * sizeof *s->part);
    lt_code code = test(s, e, s->part, *count - length, undone);
    if (code != LT_OK || !*undone) return code;
    *count -= length;
    memcpy(s->set, s->part, *count * sizeof *s->set);
    return LT_OK;
}

static lt_code shrink(state *s, uint32_t e, size_t *count, bool *whole)
{
    for (size_t chunk = *count / 2; chunk > 0;) {
        bool smaller = false;
        for (size_t first = 0; first<*count && * count> 1;) {
            size_t length = *count - first < chunk ? *count - first : chunk;
            bool undone = false;
            lt_code code = length < *count ? try_without(s, e, count, first, length, &undone) : LT_OK;
            if (code != LT_OK) return code;
            if (spent(s)) {
                *whole = false;
                return LT_OK;
            }
            smaller |= undone;
            if (!undone) first += length;
        }
        if (chunk > 1) chunk = (chunk + 1) / 2;
        else if (!smaller) break;
    }
    return LT_OK;
}

/* The next choice of `size` out of `count` places in lexicographic order. */
static bool next_choice(size_t *choice, size_t size, size_t count)
{
    for (size_t i = size; i-- > 0;) {
        if (choice[i] == count - size + i) continue;
        choice[i]++;
        for (size_t j = i + 1; j < size; j++) choice[j] = choice[j - 1] + 1;
        return true;
    }
    return false;
}

/* Looks for a smaller part of the set that does it too; single changes are known not to. */
static lt_code try_parts(state *s, uint32_t e, size_t *count, bool *whole)
{
    size_t choice[PARTS_LIMIT];
    if (*count > PARTS_LIMIT) {
        *whole = false;
        return LT_OK;
    }
    for (size_t size = 2; size < *count; size++) {
        for (size_t i = 0; i < size; i++) choice[i] = i;
        do {
            bool undone;
            if (spent(s)) {
                *whole = false;
                return LT_OK;
            }
            for (size_t i = 0; i < size; i++) s->part[i] = s->set[choice[i]];
            lt_code code = test(s, e, s->part, size, &undone);
            if (code != LT_OK) return code;
            if (!undone) continue;
            memcpy(s->set, s->part, size * sizeof *s->set);
            *count = size;
            return LT_OK;
        } while (next_choice(choice, size, *count));
    }
    return LT_OK;
}

static lt_code find_set(state *s, uint32_t e)
{
    lt_diff *diff = s->search->diff;
    lt_effect *effect = &diff->effects[e];
    size_t count = 0;
    bool undone, whole = true;
    for (uint32_t change = 0; change < diff->change_count; change++) {
        bool bears =
            sort_of(effect) == BY_STATUS ? lti_world_bears_on(s->w, change, s->search->link[e]) : s->w->switches[change].bears;
        if (bears) s->set[count++] = change;
    }
    lt_code code = test(s, e, s->set, count, &undone);
    if (code == LT_OK && !undone) code = lti_fail(s->error, LT_E_INTERNAL, NULL, LT_MSG_DIFF_NOT_UNDONE, NULL);
    if (code == LT_OK) code = shrink(s, e, &count, &whole);
    if (code == LT_OK && whole) code = try_parts(s, e, &count, &whole);
    effect->together = true;
    effect->exact = whole;
    for (size_t i = 0; i < count && code == LT_OK; i++) code = add(s, e, s->set[i]);
    return code;
}

static lt_code find_sort(state *s, sort of)
{
    lt_diff *diff = s->search->diff;
    s->w->ranks = of == BY_RANKS;
    bool whole = true;
    lt_code code = of == BY_STATUS ? single_statuses(s, &whole) : single_others(s, of, &whole);
    if (!whole) give_up(s, of);
    for (uint32_t e = 0; e < diff->effect_count && code == LT_OK; e++) {
        if (sort_of(&diff->effects[e]) != of || s->has[e] || !diff->effects[e].exact) continue;
        if (spent(s)) diff->effects[e].exact = false;
        else code = find_set(s, e);
    }
    return code;
}

static int by_effect(const void *left, const void *right)
{
    const found *a = left, *b = right;
    if (a->effect != b->effect) return a->effect < b->effect ? -1 : 1;
    return a->change < b->change ? -1 : a->change > b->change;
}

static lt_code write_down(state *s)
{
    lt_diff *diff = s->search->diff;
    size_t count = s->found.count;
    found *all = s->found.data;
    diff->causes = lti_alloc(count, sizeof *diff->causes);
    if (!diff->causes) return lti_fail_memory(s->error);
    diff->cause_count = count;
    if (count > 0) qsort(all, count, sizeof *all, by_effect);
    for (size_t i = 0; i < count; i++) {
        lt_effect *effect = &diff->effects[all[i].effect];
        if (effect->cause_count++ == 0) effect->first_cause = (uint32_t)i;
        diff->causes[i] = all[i].change;
    }
    return LT_OK;
}

lt_code lti_find_causes(const lti_cause_search *search, lt_error *error)
{
    lt_diff *diff = search->diff;
    state s = {.search = search, .w = search->world, .found = LTI_ARRAY(found), .error = error};
    lt_code code = lti_outcome_init(&s.outcome, s.w->outcome.count, error);
    bool room = (s.set = lti_alloc(diff->change_count, sizeof *s.set)) &&
                (s.part = lti_alloc(diff->change_count, sizeof *s.part)) && (s.has = lti_alloc(diff->effect_count, sizeof *s.has));
    if (code == LT_OK && !room) code = lti_fail_memory(error);
    for (size_t e = 0; e < diff->effect_count; e++) diff->effects[e].exact = true;
    for (int of = 0; of < SORTS && code == LT_OK; of++)
        if (has_sort(&s, (sort)of)) code = find_sort(&s, (sort)of);
    if (code == LT_OK) code = write_down(&s);
    lti_outcome_done(&s.outcome);
    lti_array_done(&s.found);
    lti_free(s.set);
    lti_free(s.part);
    lti_free(s.has);
    return code;
}
