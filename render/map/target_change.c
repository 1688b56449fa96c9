/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an overlay did to a targeting list: places gained and lost, targets that came and went. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/target_page.h"

/* The same link in the dataset that the map shows; UINT32_MAX = it is not there. */
static uint32_t link_now(const lti_map *map, uint32_t before)
{
    const lt_dataset *old = map->options->before->ds;
    lt_node node = lt_find(map->ds, lt_dataset_string(old, lt_links(old)[before].head.id));
    return node != LT_NONE && lt_node_kind(map->ds, node) == LT_LINK ? lt_node_index(map->ds, node) : UINT32_MAX;
}

static bool is_listed(const lti_target_list *list, uint32_t link)
{
    for (size_t i = 0; i < list->listed_count; i++)
        if (list->listed[i]->link == link) return true;
    return false;
}

lt_code lti_target_compare(const lti_map *map, lti_target_list *list, lt_error *error)
{
    const lt_map_data *before = map->options->before;
    lt_node chain = LT_NONE;
    if (!before || map->options->zone != LT_NONE) return LT_OK;
    if (map->options->chain != LT_NONE) chain = lt_find(before->ds, lt_node_id(map->ds, map->options->chain));
    list->rank_was = calloc(lt_count(map->ds, LT_LINK) + 1, sizeof *list->rank_was);
    list->left = malloc((before->targets->listed_count + 1) * sizeof *list->left);
    if (!list->rank_was || !list->left) {
        if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
        return LT_E_MEMORY;
    }
    uint32_t rank = 0;
    for (size_t i = 0; i < before->targets->listed_count; i++) {
        uint32_t link = before->targets->listed[i].link;
        if (map->options->chain != LT_NONE && (chain == LT_NONE || !lt_link_in_chain(before->ds, link, chain))) continue;
        rank++;
        uint32_t now = link_now(map, link);
        if (now != UINT32_MAX) list->rank_was[now] = rank;
        if (now == UINT32_MAX || !is_listed(list, now))
            list->left[list->left_count++] = lt_dataset_string(before->ds, lt_links(before->ds)[link].head.name);
    }
    return LT_OK;
}

const char *lti_target_move(lti_scene *scene, const lti_map *map, const lti_target_list *list, const lti_target_row *row)
{
    char text[32];
    if (!list->rank_was) return NULL;
    size_t was = list->rank_was[row->target->link];
    if (was == 0) return lt_message_pattern(map->lang, LT_MSG_TARGETING_CAME);
    if (was == row->rank) return NULL;
    snprintf(text, sizeof text, "%s%zu", was > row->rank ? "\u2191" : "\u2193",
             was > row->rank ? was - row->rank : row->rank - was);
    return lti_scene_keep(scene, text);
}

const char *lti_targets_left(lti_scene *scene, const lti_map *map, const lti_target_list *list)
{
    enum { NAMED = 4 };
    lti_words names;
    lti_words_begin(&names);
    for (size_t i = 0; i < list->left_count && i < NAMED; i++)
        lti_words_add(&names, lt_message_pattern(map->lang, LT_MSG_MAP_NAME_SEPARATOR), list->left[i]);
    const char *kept = lti_words_keep(&names, scene);
    if (list->left_count == 0) return NULL;
    lt_message said = list->left_count > NAMED ? LT_MSG_TARGETING_LEFT_MORE : LT_MSG_TARGETING_LEFT;
    return lti_say(scene, map, said, lti_number(scene, list->left_count), kept, NULL);
}
