/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a link is on the targeting list: sentences that vary with its numbers. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "brief.h"

enum { NAMES = 3 };

/** A sentence's arguments. */
typedef struct {
    const brief_row *row;
    lt_lang lang;
    FILE *file;
    bool begun;
} reasons;

static void say(reasons *r, lt_message message, const char *const *args, size_t count)
{
    char text[4096];
    if (r->begun) fputs(lt_message_pattern(r->lang, LT_MSG_PART_SEPARATOR), r->file);
    r->begun = true;
    lt_message_format(text, sizeof text, r->lang, message, args, count);
    fputs(text, r->file);
}

static const char *number(char buffer[LT_REAL_SIZE], double value)
{
    lt_real_text(buffer, value, 3);
    return buffer;
}

static void names_of(const reasons *r, const uint32_t *links, size_t count, char *buffer, size_t size)
{
    program in = *r->row->p;
    in.lang = r->lang;
    link_names(&in, links, count, NAMES, buffer, size);
}

static void say_state(reasons *r)
{
    const brief_row *row = r->row;
    const lt_coverage *c = &row->gaps->coverage;
    uint32_t link = row->target->link;
    char supply[LT_REAL_SIZE], demand[LT_REAL_SIZE], share[LT_REAL_SIZE], pipeline[LT_REAL_SIZE];
    number(supply, c->supply[link]);
    number(demand, lt_links(row->p->dataset)[link].demand);
    number(share, 100 * c->coverage[link]);
    number(pipeline, c->pipeline[link]);
    switch (row->gaps->status[link]) {
    case LT_STATUS_MISSING: say(r, LT_MSG_REASON_MISSING, NULL, 0); break;
    case LT_STATUS_UNKNOWN: say(r, LT_MSG_REASON_UNKNOWN, NULL, 0); break;
    case LT_STATUS_PIPELINE: say(r, LT_MSG_REASON_PIPELINE, WORDS(pipeline, demand), 2); break;
    case LT_STATUS_WEAK: say(r, LT_MSG_REASON_WEAK, WORDS(supply, demand, share), 3); break;
    default:
        if (c->producers[link] == 1) {
            const char *name = "";
            for (uint32_t e = c->first[link]; e < c->first[link + 1]; e++) { /* whose capability produces */
                if (c->evidence[e].kind != LT_CAPABILITY) continue;
                const lt_edge *edge = &lt_capabilities(row->p->dataset)[c->evidence[e].index].edge;
                lt_kind kind = lt_node_kind(row->p->dataset, edge->from);
                if (edge->role != LT_ROLE_RESEARCH && kind == LT_FIRM) name = lt_node_name(row->p->dataset, edge->from);
                else if (edge->role != LT_ROLE_RESEARCH && kind == LT_PROJECT && !*name)
                    name = lt_node_name(row->p->dataset, edge->from);
            }
            say(r, LT_MSG_REASON_SINGLE, WORDS(name, share), 2);
        } else {
            number(pipeline, c->hhi[link]);
            say(r, LT_MSG_REASON_CONCENTRATED, WORDS(pipeline, share), 2);
        }
    }
}

static lt_message unlock_message(const reasons *r)
{
    const brief_row *row = r->row;
    uint32_t link = row->target->link;
    if (row->target->unlocked > 1) return LT_MSG_REASON_UNLOCKS;
    if (row->brief->unlocked[0] != link) return LT_MSG_REASON_UNLOCKS_ONE;
    return row->gaps->producible.groups[link] > 0 ? LT_MSG_REASON_UNLOCKS_ITSELF : LT_MSG_REASON_UNLOCKS_NO_INPUT;
}

static void say_stakes(reasons *r, lt_failure_model *model)
{
    const brief_row *row = r->row;
    const lt_target *t = row->target;
    char count[24], share[LT_REAL_SIZE], names[1024];
    uint32_t shown[NAMES + 1];
    if (t->blocked_finals > 0) {
        const lt_failure *failure = lt_failure_run(model, &t->link, 1);
        size_t found = 0;
        for (size_t i = 1; i < failure->failed_count && found < NAMES + 1; i++)
            if (lt_links(row->p->dataset)[failure->failed[i]].final) shown[found++] = failure->failed[i];
        names_of(r, shown, found, names, sizeof names);
        snprintf(count, sizeof count, "%u", t->blocked_finals);
        number(share, 100 * t->criteria[LT_CRITERION_LEVERAGE]);
        say(r, t->blocked_finals == 1 ? LT_MSG_REASON_BLOCKS_ONE : LT_MSG_REASON_BLOCKS, WORDS(count, share, names), 3);
    }
    if (t->unlocked > 0) {
        names_of(r, row->brief->unlocked, row->brief->unlocked_count, names, sizeof names);
        snprintf(count, sizeof count, "%u", t->unlocked);
        say(r, unlock_message(r), WORDS(count, names), 2);
    }
}

static void say_place(reasons *r)
{
    const brief_row *row = r->row;
    const lt_target *t = row->target;
    const lt_producible *p = &row->gaps->producible;
    char some[24], all[24];
    if (t->consumers > 0) {
        snprintf(some, sizeof some, "%u", t->consumers_present);
        snprintf(all, sizeof all, "%u", t->consumers);
        say(r, t->consumers_present > 0 ? LT_MSG_REASON_PULL : LT_MSG_REASON_NO_PULL, WORDS(some, all), 2);
    }
    if (p->groups[t->link] > 0) {
        snprintf(some, sizeof some, "%u", p->groups_met[t->link]);
        snprintf(all, sizeof all, "%u", p->groups[t->link]);
        say(r, p->groups_met[t->link] > 0 ? LT_MSG_REASON_PUSH : LT_MSG_REASON_NO_PUSH, WORDS(some, all), 2);
    }
    const lt_link *link = &lt_links(row->p->dataset)[t->link];
    if (link->choke) say(r, LT_MSG_REASON_CHOKE, NULL, 0);
    else if (link->priority) say(r, LT_MSG_REASON_PRIORITY, NULL, 0);
    const lt_brief_items *zones = &row->brief->lists[LT_BRIEF_ZONES];
    if (zones->count > 0 && zones->items[0].scope == LT_ON_LINK)
        say(r, LT_MSG_REASON_ZONE, WORDS(lt_node_name(row->p->dataset, zones->items[0].node)), 1);
    if (t->link_prospects + t->chain_prospects == 0) say(r, LT_MSG_REASON_NO_PROSPECT, NULL, 0);
}

/* @return owned, NULL out of memory. */
static char *write_reasons(const brief_row *row, lt_failure_model *model, lt_lang lang)
{
    char *text = NULL;
    size_t size;
    reasons r = {.row = row, .lang = lang, .file = open_memstream(&text, &size)};
    if (!r.file) return NULL;
    say_state(&r);
    say_stakes(&r, model);
    say_place(&r);
    if (fclose(r.file) == 0) return text;
    free(text);
    return NULL;
}

lt_cell reasons_cell(const brief_row *row, lt_failure_model *model, cell_texts *texts)
{
    char *text[LT_LANG_COUNT] = {write_reasons(row, model, LT_LANG_ZH), write_reasons(row, model, LT_LANG_EN)};
    lt_cell cell = lt_cell_null();
    if (text[LT_LANG_ZH] && text[LT_LANG_EN]) {
        json_t *value = json_pack("{s:s, s:s}", "zh", text[LT_LANG_ZH], "en", text[LT_LANG_EN]);
        char *json = value ? json_dumps(value, JSON_COMPACT) : NULL;
        json_decref(value);
        const char *kept = keep_text(texts, json), *shown = keep_text(texts, text[row->p->lang]);
        text[row->p->lang] = NULL;
        cell = lt_cell_json(kept, shown);
    } else {
        texts->failed = true;
    }
    free(text[LT_LANG_ZH]);
    free(text[LT_LANG_EN]);
    return cell;
}
