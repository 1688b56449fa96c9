/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/build.h"

enum { NAMES = 4 };

const char *lti_link_id(const lti_report *r, uint32_t link)
{
    return lt_dataset_string(r->ds, lt_links(r->ds)[link].head.id);
}

const char *lti_link_name(const lti_report *r, uint32_t link)
{
    return lt_dataset_string(r->ds, lt_links(r->ds)[link].head.name);
}

lt_message lti_stage_name(uint8_t stage)
{
    static const lt_message names[] = {
        [LT_STAGE_UNSET] = LT_MSG_REPORT_DASH,         [LT_STAGE_UPSTREAM] = LT_MSG_STAGE_UPSTREAM,
        [LT_STAGE_MIDSTREAM] = LT_MSG_STAGE_MIDSTREAM, [LT_STAGE_DOWNSTREAM] = LT_MSG_STAGE_DOWNSTREAM,
        [LT_STAGE_SUPPORT] = LT_MSG_STAGE_SUPPORT,
    };
    return names[stage];
}

lt_message lti_basis_name(uint8_t basis)
{
    static const lt_message names[LT_BASIS_COUNT] = {LT_MSG_BASIS_STATED, LT_MSG_BASIS_INFERRED, LT_MSG_BASIS_ASSUMED};
    return names[basis];
}

lt_message lti_level_name(uint8_t level)
{
    static const lt_message names[] = {0, LT_MSG_LEVEL_NATIONAL, LT_MSG_LEVEL_PROVINCIAL, LT_MSG_LEVEL_MUNICIPAL,
                                       LT_MSG_LEVEL_COUNTY};
    return level == LT_LEVEL_UNSET ? LT_MSG_REPORT_DASH : names[level];
}

lt_message lti_zone_type_name(uint8_t type)
{
    static const lt_message names[] = {0, LT_MSG_ZONE_TYPE_ZONE, LT_MSG_ZONE_TYPE_COUNTY, LT_MSG_ZONE_TYPE_PARK};
    return type == LT_ZONE_UNSET ? LT_MSG_REPORT_DASH : names[type];
}

const char *lti_of_all(lti_report *r, char *names, size_t shown, size_t count, lt_message all)
{
    char total[24];
    snprintf(total, sizeof total, "%zu", count);
    r->doc.failed |= !names;
    const char *kept = names ? lt_doc_keep(&r->doc, names) : "";
    free(names);
    if (shown >= count) return kept;
    return lti_phrase(r, all, LTI_WORDS(kept, total)).text;
}

const char *lti_link_names(lti_report *r, const uint32_t *links, size_t count, size_t limit, bool counted)
{
    char *names = NULL;
    size_t size, shown = count <= limit + 1 ? count : limit; /* "and 1 more" takes the room of its name */
    FILE *file = open_memstream(&names, &size);
    for (size_t i = 0; i < shown && file; i++)
        fprintf(file, "%s%s", i > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "", lti_link_name(r, links[i]));
    if (file) fclose(file);
    return lti_of_all(r, names, shown, count, counted ? LT_MSG_REPORT_AND_OTHERS : LT_MSG_REPORT_OF_ALL);
}

const char *lti_item_names(lti_report *r, const lt_brief_items *items, size_t limit, lt_message all)
{
    char *names = NULL;
    size_t size, shown = items->count < limit ? items->count : limit, distinct = 0;
    FILE *file = open_memstream(&names, &size);
    for (size_t i = 0; i < shown && file; i++) {
        const lt_brief_item *item = &items->items[i];
        if (distinct++ > 0) fputs(lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR), file);
        fputs(lt_node_name(r->ds, item->node), file);
        if (item->link != UINT32_MAX) fputs(lti_phrase(r, LT_MSG_IN_BRACKETS, LTI_WORDS(lti_link_name(r, item->link))).text, file);
        if (item->guards & LT_GUARD_LOCAL) fputs(lt_message_pattern(r->doc.lang, LT_MSG_GUARD_LOCAL), file);
        if (item->guards & LT_GUARD_SAME_ENTITY)
            fputs(lti_phrase(r, LT_MSG_GUARD_SAME_ENTITY, LTI_WORDS(lt_node_name(r->ds, item->same))).text, file);
        if (item->guards & LT_GUARD_TAKES_SUPPLIER) {
            const char *made = item->supplies == UINT32_MAX ? lt_message_pattern(r->doc.lang, LT_MSG_GUARD_OTHER_CHAIN)
                                                            : lti_link_name(r, item->supplies);
            fputs(lti_phrase(r, LT_MSG_GUARD_TAKES_SUPPLIER, LTI_WORDS(made)).text, file);
        }
    }
    if (file) fclose(file);
    return lti_of_all(r, names, shown, items->total, all);
}

/** A final that fails, with what it is ordered by. */
typedef struct {
    double importance;
    uint32_t round, link;
} blocked;

static int by_importance(const void *left, const void *right)
{
    const blocked *a = left, *b = right;
    if (a->importance != b->importance) return a->importance > b->importance ? -1 : 1;
    if (a->round != b->round) return a->round < b->round ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

size_t lti_blocked(lti_report *r, uint32_t link, uint32_t *finals)
{
    const lt_failure *failure = lt_failure_run(r->failures, &link, 1);
    blocked *order = calloc(failure->failed_count + 1, sizeof *order);
    size_t count = 0;
    r->doc.failed |= !order;
    for (size_t i = 1; i < failure->failed_count && order; i++) {
        uint32_t at = failure->failed[i];
        if (lt_links(r->ds)[at].final) order[count++] = (blocked){lt_links(r->ds)[at].importance, failure->round[at], at};
    }
    if (count > 0) qsort(order, count, sizeof *order, by_importance);
    for (size_t i = 0; i < count; i++) finals[i] = order[i].link;
    free(order);
    return count;
}

void lti_cell_blocked(lti_report *r, uint32_t link)
{
    uint32_t *finals = calloc(r->gaps.count + 1, sizeof *finals);
    r->doc.failed |= !finals;
    lt_doc_cell(&r->doc);
    size_t count = finals ? lti_blocked(r, link, finals) : 0;
    if (count == 0) lti_tell(r, lt_links(r->ds)[link].final ? LT_MSG_REPORT_BLOCKS_NONE_OTHER : LT_MSG_REPORT_BLOCKS_NONE);
    else
        LTI_TELL(r, count == 1 ? LT_MSG_REPORT_BLOCKS_ONE : LT_MSG_REPORT_BLOCKS,
                 lti_whole(r, count, lti_figure(r, "bottlenecks", lti_link_id(r, link), "blocked_finals")),
                 lti_plain(lti_link_names(r, finals, count, NAMES - 1, true)));
    free(finals);
}

bool lti_covers(const lti_report *r, uint32_t link)
{
    if (lt_links(r->ds)[link].abstract) return false;
    return r->chain == LT_NONE || lt_link_in_chain(r->ds, link, r->chain);
}

const char *lti_date(lti_report *r, const char *iso)
{
    int year, month, day, end = 0;
    if (r->doc.lang != LT_LANG_ZH || sscanf(iso, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || iso[end] != '\0') return iso;
    return lt_doc_print(&r->doc, "%d年%d月%d日", year, month, day);
}

const char *lti_source(lti_report *r, const lt_record *record)
{
    const char *joined = "";
    for (uint32_t i = 0; i < record->source.count; i++) {
        const char *source = lt_dataset_string(r->ds, lt_list_string(r->ds, record->source, i));
        joined =
            lt_doc_print(&r->doc, "%s%s%s", joined, i > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "", source);
    }
    return joined;
}
