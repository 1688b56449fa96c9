/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the changes since an earlier dataset did to gaps, finals and targets: in sentences, and one by one with what caused it. */
#include <stdlib.h>

#include "report/since.h"

enum { NAMES = 8, ROWS = 30, FEW_ROWS = 10 };

/** Effects of the report, by type; those of rank by how far they go. */
typedef struct {
    const lt_effect **list;
    size_t count;
} bearing;

/** How an effect is said, in the order in which all are. */
static const struct {
    lt_message one, many, word;
    unsigned rows; /* in the table at most */
} effects[LT_EFFECTS] = {
    [LT_EFFECT_GAP_OPENED] = {LT_MSG_REPORT_SINCE_OPENED_ONE, LT_MSG_REPORT_SINCE_OPENED, LT_MSG_EFFECT_GAP_OPENED, ROWS},
    [LT_EFFECT_GAP_CLOSED] = {LT_MSG_REPORT_SINCE_CLOSED_ONE, LT_MSG_REPORT_SINCE_CLOSED, LT_MSG_EFFECT_GAP_CLOSED, ROWS},
    [LT_EFFECT_STATUS_MOVED] = {LT_MSG_REPORT_SINCE_STATUS_ONE, LT_MSG_REPORT_SINCE_STATUS, LT_MSG_EFFECT_STATUS_MOVED, ROWS},
    [LT_EFFECT_ACTION_CHANGED] = {LT_MSG_REPORT_SINCE_ACTION_ONE, LT_MSG_REPORT_SINCE_ACTION, LT_MSG_EFFECT_ACTION_CHANGED,
                                  FEW_ROWS},
    [LT_EFFECT_FINAL_UNLOCKED] = {LT_MSG_REPORT_SINCE_UNLOCKED_ONE, LT_MSG_REPORT_SINCE_UNLOCKED, LT_MSG_EFFECT_FINAL_UNLOCKED,
                                  ROWS},
    [LT_EFFECT_FINAL_LOST] = {LT_MSG_REPORT_SINCE_LOST_ONE, LT_MSG_REPORT_SINCE_LOST, LT_MSG_EFFECT_FINAL_LOST, ROWS},
    [LT_EFFECT_TARGET_ENTERED] = {LT_MSG_REPORT_SINCE_ENTERED_ONE, LT_MSG_REPORT_SINCE_ENTERED, LT_MSG_EFFECT_TARGET_ENTERED, ROWS},
    [LT_EFFECT_TARGET_LEFT] = {LT_MSG_REPORT_SINCE_LEFT_ONE, LT_MSG_REPORT_SINCE_LEFT, LT_MSG_EFFECT_TARGET_LEFT, ROWS},
    [LT_EFFECT_RANK_UP] = {LT_MSG_REPORT_SINCE_UP_ONE, LT_MSG_REPORT_SINCE_UP, LT_MSG_EFFECT_RANK_UP, FEW_ROWS},
    [LT_EFFECT_RANK_DOWN] = {LT_MSG_REPORT_SINCE_DOWN_ONE, LT_MSG_REPORT_SINCE_DOWN, LT_MSG_EFFECT_RANK_DOWN, FEW_ROWS},
};

static int distance(const lt_effect *effect)
{
    bool ranked = effect->type == LT_EFFECT_RANK_UP || effect->type == LT_EFFECT_RANK_DOWN;
    return ranked ? abs(effect->after - effect->before) : 0;
}

static int by_distance(const void *left, const void *right)
{
    const lt_effect *a = *(const lt_effect *const *)left, *b = *(const lt_effect *const *)right;
    if (a->type != b->type) return a->type < b->type ? -1 : 1;
    if (distance(a) != distance(b)) return distance(a) > distance(b) ? -1 : 1;
    return a < b ? -1 : a > b;
}

static lt_code list_effects(lti_report *r, bearing *all)
{
    const lt_diff *diff = r->options->since;
    *all = (bearing){.list = calloc(diff->effect_count + 1, sizeof *all->list)};
    if (!all->list) return lti_out_of_memory(r);
    for (size_t i = 0; i < diff->effect_count; i++)
        if (lti_since_effect_bears(r, &diff->effects[i])) all->list[all->count++] = &diff->effects[i];
    if (all->count > 0) qsort(all->list, all->count, sizeof *all->list, by_distance);
    return LT_OK;
}

static const char *link_name(const lti_report *r, const lt_effect *effect)
{
    if (effect->link_after != LT_NONE) return lti_link_name(r, effect->link_after);
    const lt_dataset *old = r->options->before;
    return lt_dataset_string(old, lt_links(old)[effect->link_before].head.name);
}

/* What an office would else take for a gap made or mended: links new in the data or dropped from them, and never surveyed. */
static void say_reserve(lti_report *r, lt_effect_type type, size_t records, size_t unknown)
{
    bool opened = type == LT_EFFECT_GAP_OPENED;
    if (records > 0)
        LTI_TELL(r, opened ? LT_MSG_REPORT_SINCE_OPENED_NEW : LT_MSG_REPORT_SINCE_CLOSED_DROPPED,
                 lti_whole(r, records, lti_figure(r, "since", "records-of", lt_effect_word(type))));
    if (unknown > 0)
        LTI_TELL(r, opened ? LT_MSG_REPORT_SINCE_OPENED_UNKNOWN : LT_MSG_REPORT_SINCE_CLOSED_UNKNOWN,
                 lti_whole(r, unknown, lti_figure(r, "since", "unknown-of", lt_effect_word(type))));
}

static bool has_any(const bearing *all, unsigned first, unsigned last)
{
    bool any = false;
    for (size_t i = 0; i < all->count && !any; i++) any = all->list[i]->type >= first && all->list[i]->type <= last;
    return any;
}

static void say_effects(lti_report *r, const bearing *all, lt_effect_type type)
{
    const char *names = "";
    size_t count = 0, records = 0, unknown = 0;
    for (size_t i = 0; i < all->count; i++) {
        const lt_effect *effect = all->list[i];
        if (effect->type != type) continue;
        const char *between = count > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "";
        if (count++ < NAMES) names = lt_doc_print(&r->doc, "%s%s%s", names, between, link_name(r, effect));
        int32_t gap = type == LT_EFFECT_GAP_OPENED ? effect->after : effect->before;
        int32_t other = type == LT_EFFECT_GAP_OPENED ? effect->before : effect->after;
        records += other == LT_NO_VALUE;
        unknown += gap == LT_STATUS_UNKNOWN;
    }
    if (count == 0) return;
    lt_doc_run listed = count > NAMES ? lti_phrase(r, LT_MSG_REPORT_AND_OTHERS, LTI_WORDS(names)) : lti_plain(names);
    LTI_TELL(r, count == 1 ? effects[type].one : effects[type].many,
             lti_whole(r, count, lti_figure(r, "since", "effects", lt_effect_word(type))), listed,
             lti_whole(r, r->options->moved, NULL));
    if (type == LT_EFFECT_GAP_OPENED || type == LT_EFFECT_GAP_CLOSED) say_reserve(r, type, records, unknown);
}

static lt_doc_run value_run(lti_report *r, const lt_effect *effect, int32_t value)
{
    switch (effect->type) {
    case LT_EFFECT_GAP_OPENED:
    case LT_EFFECT_GAP_CLOSED:
    case LT_EFFECT_STATUS_MOVED:
        return lti_word(r, value == LT_NO_VALUE ? LT_MSG_STATUS_ABSENT : lt_status_message((lt_status)value));
    case LT_EFFECT_ACTION_CHANGED: return lti_word(r, lt_action_message((lt_action)value));
    case LT_EFFECT_FINAL_UNLOCKED:
    case LT_EFFECT_FINAL_LOST: return lti_word(r, value == 1 ? LT_MSG_MADE_YES : LT_MSG_MADE_NO);
    default: break;
    }
    if (value == LT_NO_VALUE) return lti_word(r, LT_MSG_NOT_LISTED);
    return lti_phrase(r, LT_MSG_REPORT_SINCE_PLACE, LTI_WORDS(lt_doc_print(&r->doc, "%d", value)));
}

static const lt_doc_column effect_columns[] = {
    {LT_MSG_COLUMN_EFFECT, 14, false},
    {LT_MSG_REPORT_COLUMN_LINK, 20, false},
    {LT_MSG_REPORT_SINCE_COLUMN_BEFORE, 12, false},
    {LT_MSG_REPORT_SINCE_COLUMN_AFTER, 12, false},
    {LT_MSG_REPORT_SINCE_COLUMN_CAUSE, 42, false},
};

static void put_effect_table(lti_report *r, const bearing *all)
{
    size_t shown[LT_EFFECTS] = {0}, inexact = 0;
    bool cut = false;
    lt_doc_table(&r->doc, effect_columns, sizeof effect_columns / sizeof *effect_columns);
    for (size_t i = 0; i < all->count; i++) {
        const lt_effect *effect = all->list[i];
        inexact += !effect->exact;
        if (shown[effect->type]++ >= effects[effect->type].rows) {
            cut = true;
            continue;
        }
        lti_cell_word(r, effects[effect->type].word);
        lti_cell_text(r, link_name(r, effect));
        lti_cell(r, value_run(r, effect, effect->before));
        lti_cell(r, value_run(r, effect, effect->after));
        lt_doc_cell(&r->doc);
        lti_since_causes(r, effect);
    }
    lti_note(r, LT_MSG_REPORT_SINCE_EFFECTS_NOTE);
    if (cut) LTI_TELL(r, LT_MSG_REPORT_SINCE_FIRST, lti_whole(r, ROWS, NULL), lti_whole(r, FEW_ROWS, NULL));
    if (inexact > 0)
        LTI_TELL(r, inexact == 1 ? LT_MSG_REPORT_SINCE_INEXACT_ONE : LT_MSG_REPORT_SINCE_INEXACT,
                 lti_whole(r, inexact, lti_figure(r, "since", "inexact", NULL)));
}

lt_code lti_since_effects(lti_report *r)
{
    static const struct {
        lt_effect_type last; /* of those that are said together */
        lt_message same;     /* where there are none; 0 = then nothing is said */
    } groups[] = {
        {LT_EFFECT_GAP_CLOSED, LT_MSG_REPORT_SINCE_GAPS_SAME},
        {LT_EFFECT_ACTION_CHANGED, 0},
        {LT_EFFECT_FINAL_LOST, LT_MSG_REPORT_SINCE_FINALS_SAME},
        {LT_EFFECT_RANK_DOWN, LT_MSG_REPORT_SINCE_TARGETS_SAME},
    };
    bearing all;
    unsigned type = 0;
    lt_code code = list_effects(r, &all);
    if (code != LT_OK) return code;
    lti_heading(r, 2, LT_MSG_REPORT_SINCE_EFFECTS);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        bool any = has_any(&all, type, groups[i].last);
        if (any || groups[i].same) lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
        for (; type <= (unsigned)groups[i].last; type++) say_effects(r, &all, (lt_effect_type)type);
        if (!any && groups[i].same) LTI_TELL(r, groups[i].same, lti_whole(r, r->options->moved, NULL));
    }
    if (all.count > 0) put_effect_table(r, &all);
    free(all.list);
    return LT_OK;
}
