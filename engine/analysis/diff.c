/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "liantu/diff.h"

#include <stdlib.h>

#include "analysis/diff_cause.h"
#include "analysis/diff_records.h"
#include "core/error.h"
#include "core/memory.h"
#include "liantu/schema.h"

static const char *const change_words[LT_CHANGES] = {
    [LT_CHANGE_ADDED] = "added",
    [LT_CHANGE_DROPPED] = "dropped",
    [LT_CHANGE_CHANGED] = "changed",
};
static const char *const effect_words[LT_EFFECTS] = {
    [LT_EFFECT_GAP_OPENED] = "gap-opened",
    [LT_EFFECT_GAP_CLOSED] = "gap-closed",
    [LT_EFFECT_STATUS_MOVED] = "status-moved",
    [LT_EFFECT_ACTION_CHANGED] = "action-changed",
    [LT_EFFECT_FINAL_UNLOCKED] = "final-unlocked",
    [LT_EFFECT_FINAL_LOST] = "final-lost",
    [LT_EFFECT_TARGET_ENTERED] = "target-entered",
    [LT_EFFECT_TARGET_LEFT] = "target-left",
    [LT_EFFECT_RANK_UP] = "rank-up",
    [LT_EFFECT_RANK_DOWN] = "rank-down",
};

const char *lt_change_word(lt_change_type type)
{
    return (unsigned)type < LT_CHANGES ? change_words[type] : NULL;
}

const char *lt_effect_word(lt_effect_type type)
{
    return (unsigned)type < LT_EFFECTS ? effect_words[type] : NULL;
}

const char *lt_change_kind_name(unsigned kind)
{
    if (kind == LT_OF_SOURCE) return "sources";
    return kind == LT_OF_POLICY ? "policy" : lt_kind_name((lt_kind)kind);
}

lt_message lt_change_kind_message(unsigned kind)
{
    static const lt_message names[LT_CHANGE_KINDS] = {
        [LT_CHAIN] = LT_MSG_KIND_CHAINS,      [LT_LINK] = LT_MSG_KIND_LINKS,
        [LT_FIRM] = LT_MSG_KIND_FIRMS,        [LT_INSTITUTION] = LT_MSG_KIND_INSTITUTIONS,
        [LT_ZONE] = LT_MSG_KIND_ZONES,        [LT_REGION] = LT_MSG_KIND_REGIONS,
        [LT_AGENCY] = LT_MSG_KIND_AGENCIES,   [LT_PROJECT] = LT_MSG_KIND_PROJECTS,
        [LT_CHANNEL] = LT_MSG_KIND_CHANNELS,  [LT_KPI] = LT_MSG_KIND_KPIS,
        [LT_SUPPLY] = LT_MSG_KIND_SUPPLY,     [LT_CAPABILITY] = LT_MSG_KIND_CAPABILITY,
        [LT_TRADE] = LT_MSG_KIND_TRADE,       [LT_FOCUS] = LT_MSG_KIND_FOCUS,
        [LT_PROSPECT] = LT_MSG_KIND_PROSPECT, [LT_ORIGIN] = LT_MSG_KIND_ORIGIN,
        [LT_LEAD] = LT_MSG_KIND_LEAD,         [LT_OF_DATASET] = LT_MSG_KIND_DATASET,
        [LT_OF_SOURCE] = LT_MSG_KIND_SOURCES, [LT_OF_POLICY] = LT_MSG_KIND_POLICY,
    };
    return names[kind];
}

/** Effects being gathered, each with its link's number over both datasets. */
typedef struct {
    lti_array effects, links;
    const lti_outcome *before, *after;
    uint32_t moved;
    bool failed;
} gathering;

static void add(gathering *g, lt_effect_type type, uint32_t link, int32_t before, int32_t after)
{
    lt_effect *effect = lti_array_push(&g->effects, 1);
    uint32_t *number = effect ? lti_array_push(&g->links, 1) : NULL;
    g->failed |= !number;
    if (!number) return;
    *number = link;
    *effect = (lt_effect){.type = (uint8_t)type, .before = before, .after = after};
    effect->action_before = g->before->action[link];
    effect->action_after = g->after->action[link];
}

static bool is_gap(int status)
{
    return status != LT_NO_VALUE && status != LT_STATUS_ADEQUATE && status != LT_STATUS_STRONG;
}

static void compare_status(gathering *g, uint32_t link)
{
    int before = g->before->status[link], after = g->after->status[link];
    if (before == after) return;
    bool was = is_gap(before), is = is_gap(after);
    add(g, is && !was ? LT_EFFECT_GAP_OPENED : was && !is ? LT_EFFECT_GAP_CLOSED : LT_EFFECT_STATUS_MOVED, link, before, after);
}

static void compare_action(gathering *g, uint32_t link)
{
    int before = g->before->action[link], after = g->after->action[link];
    bool same_status = g->before->status[link] == g->after->status[link];
    if (same_status && before != after) add(g, LT_EFFECT_ACTION_CHANGED, link, before, after);
}

static void compare_final(gathering *g, uint32_t link)
{
    bool before = g->before->made[link], after = g->after->made[link];
    if (before != after) add(g, after ? LT_EFFECT_FINAL_UNLOCKED : LT_EFFECT_FINAL_LOST, link, before, after);
}

static void compare_rank(gathering *g, uint32_t link)
{
    int64_t before = g->before->rank[link], after = g->after->rank[link];
    int32_t old = before ? (int32_t)before : LT_NO_VALUE, new = after ? (int32_t)after : LT_NO_VALUE;
    if (!before && after) add(g, LT_EFFECT_TARGET_ENTERED, link, old, new);
    if (before && !after) add(g, LT_EFFECT_TARGET_LEFT, link, old, new);
    if (!before || !after) return;
    if (before - after > g->moved) add(g, LT_EFFECT_RANK_UP, link, old, new);
    if (after - before > g->moved) add(g, LT_EFFECT_RANK_DOWN, link, old, new);
}

static int by_type(const void *left, const void *right, void *context)
{
    const lt_effect *effects = ((const gathering *)context)->effects.data;
    const uint32_t *links = ((const gathering *)context)->links.data;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (effects[a].type != effects[b].type) return effects[a].type < effects[b].type ? -1 : 1;
    return links[a] < links[b] ? -1 : links[a] > links[b];
}

/* Index of a link on either side by its number over both. */
static void locate(const lti_alignment *a, uint32_t *index[2])
{
    for (int s = 0; s < 2; s++) {
        for (uint32_t i = 0; i < a->base[LT_LINK + 1] - a->base[LT_LINK]; i++) index[s][i] = LT_NONE;
        for (uint32_t i = 0; i < lt_count(a->side[s], LT_LINK); i++)
            index[s][a->number[s][lt_node_at(a->side[s], LT_LINK, i)] - a->base[LT_LINK]] = i;
    }
}

/* Effects by type and link, with the links' places on both sides. */
static lt_code settle(gathering *g, const lti_alignment *a, lt_diff *diff, uint32_t **links, lt_error *error)
{
    size_t count = g->effects.count, all = a->base[LT_LINK + 1] - a->base[LT_LINK];
    uint32_t *order = lti_alloc(count, sizeof *order), *index[2] = {lti_alloc(all, sizeof **index), lti_alloc(all, sizeof **index)};
    diff->effects = lti_alloc(count, sizeof *diff->effects);
    *links = lti_alloc(count, sizeof **links);
    bool whole = order && index[0] && index[1] && diff->effects && *links && !g->failed;
    for (uint32_t i = 0; i < count && whole; i++) order[i] = i;
    if (whole) {
        qsort_r(order, count, sizeof *order, by_type, g);
        locate(a, index);
        diff->effect_count = count;
    }
    for (size_t i = 0; i < count && whole; i++) {
        uint32_t link = LTI_AT(&g->links, uint32_t, order[i]);
        (*links)[i] = link;
        diff->effects[i] = LTI_AT(&g->effects, lt_effect, order[i]);
        diff->effects[i].link_before = index[0][link];
        diff->effects[i].link_after = index[1][link];
    }
    lti_free(order);
    lti_free(index[0]);
    lti_free(index[1]);
    return whole ? LT_OK : lti_fail_memory(error);
}

/* The outcome with every change undone, which is that of the old dataset. */
static lt_code look_back(lti_world *w, lti_outcome *before, bool *same, lt_error *error)
{
    size_t count = 0;
    uint32_t *all = lti_alloc(w->switch_count, sizeof *all);
    lt_code code = all ? lti_outcome_init(before, w->outcome.count, error) : lti_fail_memory(error);
    for (uint32_t i = 0; i < w->switch_count && code == LT_OK; i++)
        if (w->switches[i].bears) all[count++] = i;
    if (code == LT_OK) code = lti_world_try(w, all, count, before, same, error);
    lti_free(all);
    return code;
}

static lt_code find_effects(lti_world *w, const lt_diff_input *input, lt_diff *diff, lt_error *error)
{
    lti_outcome before = {0};
    bool same;
    uint32_t *links = NULL;
    gathering g = {LTI_ARRAY(lt_effect), LTI_ARRAY(uint32_t), &before, &w->outcome, input->moved, false};
    lt_code code = look_back(w, &before, &same, error);
    for (uint32_t link = 0; link < w->outcome.count && code == LT_OK && !same; link++) {
        compare_status(&g, link);
        compare_action(&g, link);
        compare_final(&g, link);
        compare_rank(&g, link);
    }
    if (code == LT_OK) code = settle(&g, w->alignment, diff, &links, error);
    if (code == LT_OK) {
        lti_cause_search search = {w, diff, links, input->moved, input->work > 0 ? w->work + input->work : 0};
        code = lti_find_causes(&search, error);
    }
    lti_outcome_done(&before);
    lti_array_done(&g.effects);
    lti_array_done(&g.links);
    lti_free(links);
    return code;
}

lt_code lt_diff_compare(const lt_diff_input *given, lt_diff *out, lt_error *error)
{
    lt_diff_input input = *given;
    if (!input.policy_before) input.policy_before = lt_policy_default();
    if (!input.policy_after) input.policy_after = lt_policy_default();
    lti_alignment alignment = {0};
    lti_world world = {0};
    lt_diff diff = {0};
    lt_code code = lti_align(input.before, input.after, &alignment, error);
    if (code == LT_OK) code = lti_diff_records(&alignment, &input, &diff, error);
    if (code == LT_OK && diff.change_count > 0) {
        code = lti_world_init(&world, &alignment, &diff, &input, error);
        if (code == LT_OK) code = find_effects(&world, &input, &diff, error);
        lti_world_done(&world);
    }
    lti_alignment_done(&alignment);
    if (code == LT_OK) *out = diff;
    else lt_diff_done(&diff);
    return code;
}

void lt_diff_done(lt_diff *diff)
{
    if (!diff) return;
    for (size_t i = 0; i < diff->field_count; i++) {
        lti_free(diff->fields[i].field);
        lti_free(diff->fields[i].before);
        lti_free(diff->fields[i].after);
    }
    lti_free(diff->changes);
    lti_free(diff->fields);
    lti_free(diff->effects);
    lti_free(diff->causes);
    *diff = (lt_diff){0};
}
