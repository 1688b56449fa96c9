/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which targets a targeting map shows, and what is known about each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/target_page.h"

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

/* Where a target would land: the best zone, or the best within the one that the map is for. */
static size_t landing(const lti_map *map, const lt_brief *brief)
{
    const lt_brief_items *zones = &brief->lists[LT_BRIEF_ZONES];
    lt_node wanted = map->options->zone;
    for (size_t i = 0; i < zones->count; i++)
        if (wanted == LT_NONE || lt_zone_within(map->ds, zones->items[i].node, wanted)) return i;
    return SIZE_MAX;
}

static bool passes(const lti_map *map, uint32_t link)
{
    const lt_map_options *o = map->options;
    if (!map->shown[link]) return false;
    if (!o->segment) return true;
    const lt_segment *segment = lt_link_segment(map->ds, link);
    return segment && lt_links(map->ds)[link].chain == o->chain && strcmp(lt_dataset_string(map->ds, segment->id), o->segment) == 0;
}

static const lt_rule **copy_rules(const lt_advice *advice, size_t count)
{
    const lt_rule **rules = malloc((count + 1) * sizeof *rules);
    for (size_t i = 0; rules && i < count; i++) rules[i] = advice[i].rule;
    return rules;
}

static void free_row(lti_target_row *row)
{
    for (int i = 0; i < LT_BRIEF_LISTS; i++) free(row->lists[i]);
    free(row->instruments);
    free(row->ways);
}

static bool copy_brief(lti_target_row *row, const lt_brief *brief)
{
    bool whole = true;
    for (int i = 0; i < LT_BRIEF_LISTS; i++) {
        const lt_brief_items *items = &brief->lists[i];
        row->lists[i] = malloc((items->count + 1) * sizeof *row->lists[i]);
        whole &= row->lists[i] != NULL;
        if (row->lists[i] && items->count > 0) memcpy(row->lists[i], items->items, items->count * sizeof *items->items);
        row->counts[i] = items->count;
    }
    row->instruments = copy_rules(brief->instruments, brief->instrument_count);
    row->ways = copy_rules(brief->ways, brief->way_count);
    row->instrument_count = brief->instrument_count;
    row->way_count = brief->way_count;
    return whole && row->instruments && row->ways;
}

/* Where a firm named for the link is, is named for the link too. */
static void raise_regions(const lt_dataset *ds, lti_target_row *row)
{
    for (size_t i = 0; i < row->counts[LT_BRIEF_REGIONS]; i++)
        if (lti_firms_in(ds, row, row->lists[LT_BRIEF_REGIONS][i].node, LT_ON_LINK) > 0)
            row->lists[LT_BRIEF_REGIONS][i].scope = LT_ON_LINK;
}

static lt_code take_listed(const lti_map *map, lti_target_list *list, lt_briefing *briefing, lt_error *error)
{
    const lt_map_options *o = map->options;
    const lt_targets *targets = map->data->targets;
    for (size_t i = 0; i < targets->listed_count; i++) {
        const lt_target *t = &targets->listed[i];
        lt_brief brief = {0};
        if (o->chain != LT_NONE && !lt_link_in_chain(map->ds, t->link, o->chain)) continue;
        bool full = o->top > 0 && list->count >= o->top;
        if (!full || o->zone != LT_NONE) {
            lt_code code = lt_brief_make(briefing, t, &brief, error);
            if (code != LT_OK) return code;
            if (o->zone != LT_NONE && landing(map, &brief) == SIZE_MAX) continue;
        }
        list->listed[list->listed_count++] = t;
        if (!passes(map, t->link)) continue;
        list->selected++;
        if (full) continue;
        lti_target_row *row = &list->rows[list->count++];
        row->rank = list->listed_count;
        row->target = t;
        row->zone = landing(map, &brief);
        if (!copy_brief(row, &brief)) return out_of_memory(error);
        raise_regions(map->ds, row);
    }
    return LT_OK;
}

static lt_code take_unknown(const lti_map *map, lti_target_list *list, lt_briefing *briefing, lt_error *error)
{
    const lt_targets *targets = map->data->targets;
    for (size_t i = 0; i < targets->unknown_count; i++) {
        const lt_target *t = &targets->unknown[i];
        lt_brief brief = {0};
        if (!passes(map, t->link)) continue;
        if (map->options->zone != LT_NONE) {
            lt_code code = lt_brief_make(briefing, t, &brief, error);
            if (code != LT_OK) return code;
            if (landing(map, &brief) == SIZE_MAX) continue;
        }
        list->unknown[list->unknown_count++] = t;
    }
    return LT_OK;
}

lt_code lti_target_list_fill(const lti_map *map, lti_target_list *list, lt_error *error)
{
    const lt_targets *targets = map->data->targets;
    lt_rules *rules = NULL;
    lt_briefing *briefing = NULL;
    lt_code code = LT_OK;
    list->rows = calloc(targets->listed_count + 1, sizeof *list->rows);
    list->listed = malloc((targets->listed_count + 1) * sizeof *list->listed);
    list->unknown = malloc((targets->unknown_count + 1) * sizeof *list->unknown);
    if (!list->rows || !list->listed || !list->unknown) code = out_of_memory(error);
    if (code == LT_OK && !map->data->rules) code = lt_rules_load(NULL, &rules, error);
    const lt_rules *used = map->data->rules ? map->data->rules : rules;
    if (code == LT_OK) code = lt_briefing_new(map->ds, map->gaps, map->data->policy, used, 0, &briefing, error);
    if (code == LT_OK) code = take_listed(map, list, briefing, error);
    if (code == LT_OK) code = take_unknown(map, list, briefing, error);
    if (code == LT_OK) code = lti_target_compare(map, list, error);
    if (code == LT_OK) code = lt_chain_leads(map->ds, &list->leads, &list->lead_count, error);
    lt_briefing_free(briefing);
    list->rules = rules;
    return code;
}

void lti_target_list_done(lti_target_list *list)
{
    for (size_t i = 0; i < list->count; i++) free_row(&list->rows[i]);
    free(list->rows);
    free(list->listed);
    free(list->unknown);
    free(list->rank_was);
    free(list->left);
    lt_chain_leads_free(list->leads);
    lt_rules_free(list->rules);
    *list = (lti_target_list){0};
}

size_t lti_target_rank_if_missing(const lti_target_list *list, const lt_target *target)
{
    size_t rank = 1;
    double score = lt_real_written(target->score);
    for (size_t i = 0; i < list->listed_count; i++) {
        double other = lt_real_written(list->listed[i]->score);
        rank += other > score || (other == score && list->listed[i]->link < target->link);
    }
    return rank;
}

size_t lti_firms_in(const lt_dataset *ds, const lti_target_row *row, lt_node region, lt_scope scope)
{
    size_t count = 0;
    for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES]; i++) {
        const lt_brief_item *item = &row->lists[LT_BRIEF_CANDIDATES][i];
        count += item->scope == scope && lt_holder_region(ds, item->node) == region;
    }
    return count;
}

bool lti_names_on_link(const lti_target_row *row, lt_brief_list list)
{
    for (size_t i = 0; i < row->counts[list]; i++)
        if (row->lists[list][i].scope == LT_ON_LINK) return true;
    return false;
}

void lti_words_begin(lti_words *words)
{
    *words = (lti_words){0};
    words->file = open_memstream(&words->data, &words->size);
}

void lti_words_add(lti_words *words, const char *separator, const char *text)
{
    if (words->file) fprintf(words->file, "%s%s", words->begun ? separator : "", text);
    words->begun = true;
}

const char *lti_words_keep(lti_words *words, lti_scene *scene)
{
    const char *kept = NULL;
    bool written = words->file && !ferror(words->file);
    if (words->file && fclose(words->file) == 0 && written) kept = lti_scene_keep(scene, words->data);
    else scene->failed = true;
    free(words->data);
    return kept ? kept : "";
}

const char *lti_target_ids(lti_scene *scene, const lti_map *map, const lti_target_row *row, lt_brief_list list, lt_scope scope)
{
    lti_words words;
    lti_words_begin(&words);
    for (size_t i = 0; i < row->counts[list]; i++) {
        const lt_brief_item *item = &row->lists[list][i];
        if (scope == LT_ON_NOTHING || item->scope == scope) lti_words_add(&words, " ", lt_node_id(map->ds, item->node));
    }
    return lti_words_keep(&words, scene);
}

static void put_list(lti_words *words, const lti_map *map, const lti_target_row *row, lt_brief_list list, lt_message head)
{
    static const lt_message scopes[] = {LT_MSG_ON_LINK, LT_MSG_ON_SEGMENT, LT_MSG_ON_CHAIN};
    int scope = -1;
    lti_words_add(words, "\n", lt_message_pattern(map->lang, head));
    for (size_t i = 0; i < row->counts[list]; i++) {
        const lt_brief_item *item = &row->lists[list][i];
        bool changes = item->scope != scope && item->scope < LT_ON_NOTHING;
        lt_message separator = changes ? LT_MSG_PART_SEPARATOR : LT_MSG_LIST_SEPARATOR;
        lti_words_add(words, "", i ? lt_message_pattern(map->lang, separator) : "");
        lti_words_add(words, "", changes ? lt_message_pattern(map->lang, scopes[item->scope]) : "");
        lti_words_add(words, "", lt_node_name(map->ds, item->node));
        scope = item->scope;
    }
    if (row->counts[list] == 0) lti_words_add(words, "", lt_message_pattern(map->lang, LT_MSG_LEAD_VACANT));
}

static void put_rules(lti_words *words, const lti_map *map, const lt_rule *const *rules, size_t count, lt_message head)
{
    if (count > 0) lti_words_add(words, "\n", lt_message_pattern(map->lang, head));
    for (size_t i = 0; i < count; i++)
        lti_words_add(words, i ? lt_message_pattern(map->lang, LT_MSG_LIST_SEPARATOR) : "", rules[i]->name[map->lang]);
}

const char *lti_target_title(lti_scene *scene, const lti_map *map, const lti_target_row *row)
{
    lti_words words;
    char score[LT_REAL_SIZE];
    const lt_link *link = &lt_links(map->ds)[row->target->link];
    const lti_look *look = lti_look_of(map->options->style, (lt_status)map->gaps->status[row->target->link]);
    lt_real_text(score, row->target->score, 4);
    lti_words_begin(&words);
    lti_words_add(&words, "", lt_dataset_string(map->ds, link->head.name));
    lti_words_add(&words, " · ", lt_node_name(map->ds, link->chain));
    lti_words_add(&words, " · ", lt_message_pattern(map->lang, look->name));
    lti_words_add(&words, " · ", score);
    put_list(&words, map, row, LT_BRIEF_CANDIDATES, LT_MSG_TARGETING_TITLE_FIRMS);
    put_list(&words, map, row, LT_BRIEF_REGIONS, LT_MSG_TARGETING_TITLE_REGIONS);
    put_list(&words, map, row, LT_BRIEF_ZONES, LT_MSG_TARGETING_TITLE_ZONES);
    put_rules(&words, map, row->instruments, row->instrument_count, LT_MSG_TARGETING_TITLE_INSTRUMENTS);
    put_rules(&words, map, row->ways, row->way_count, LT_MSG_TARGETING_TITLE_WAYS);
    return lti_words_keep(&words, scene);
}

void lti_target_counts(const lti_map *map, const lti_target_list *list, uint32_t counts[LT_STATUSES])
{
    memset(counts, 0, LT_STATUSES * sizeof *counts);
    if (map->options->zone == LT_NONE) {
        for (size_t i = 0; i < map->link_count; i++)
            if (!lt_links(map->ds)[map->links[i]].abstract && passes(map, map->links[i]))
                counts[map->gaps->status[map->links[i]]]++;
        return;
    }
    for (size_t i = 0; i < list->listed_count; i++)
        if (passes(map, list->listed[i]->link)) counts[map->gaps->status[list->listed[i]->link]]++;
    counts[LT_STATUS_UNKNOWN] += (uint32_t)list->unknown_count;
}
