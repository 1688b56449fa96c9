/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "map/innovation.h"

enum { NAMES = 700 };

const char *const lti_support_words[LT_SUPPORTS] = {"local", "outside", "none", "unsurveyed"};

const uint8_t lti_supports_worst_first[LT_SUPPORTS] = {LT_SUPPORT_NONE, LT_SUPPORT_UNSURVEYED, LT_SUPPORT_OUTSIDE,
                                                       LT_SUPPORT_LOCAL};

const lti_look *lti_support_look(const lti_map *map, uint8_t support)
{
    static const lt_status alike[LT_SUPPORTS] = {LT_STATUS_STRONG, LT_STATUS_PIPELINE, LT_STATUS_MISSING, LT_STATUS_UNKNOWN};
    return lti_look_of(map->options->style, alike[support]);
}

const char *lti_support_badge(const lti_map *map, uint8_t support)
{
    static const lt_message badges[LT_SUPPORTS] = {LT_MSG_INNOVATION_BADGE_LOCAL, LT_MSG_INNOVATION_BADGE_OUTSIDE,
                                                   LT_MSG_INNOVATION_BADGE_NONE, LT_MSG_INNOVATION_BADGE_UNSURVEYED};
    return lt_message_pattern(map->lang, badges[support]);
}

const char *lti_support_name(const lti_map *map, uint8_t support)
{
    static const lt_message names[LT_SUPPORTS] = {LT_MSG_INNOVATION_LOCAL, LT_MSG_INNOVATION_OUTSIDE, LT_MSG_INNOVATION_NONE,
                                                  LT_MSG_INNOVATION_UNSURVEYED};
    return lt_message_pattern(map->lang, names[support]);
}

/* Names of those here, or of those elsewhere, that a link has. */
static void list_names(const lti_innovation_sheet *s, uint32_t link, bool local, char *names, size_t size)
{
    names[0] = '\0';
    for (size_t i = 0; i < s->research.tie_count; i++) {
        const lti_tie *tie = &s->research.ties[i];
        const lti_holder *holder = &s->research.holders[tie->holder];
        size_t used = strlen(names);
        if (tie->link != link || holder->local != local) continue;
        snprintf(names + used, size - used, "%s%s", used ? lt_message_pattern(s->map->lang, LT_MSG_MAP_NAME_SEPARATOR) : "",
                 lt_node_name(s->map->ds, holder->node));
    }
}

const char *lti_innovation_words(lti_scene *scene, const lti_innovation_sheet *s, uint32_t link)
{
    char names[NAMES];
    uint8_t support = s->research.support[link];
    if (support == LT_SUPPORT_NONE) return lt_message_pattern(s->map->lang, LT_MSG_INNOVATION_NOBODY);
    if (support == LT_SUPPORT_UNSURVEYED) return lt_message_pattern(s->map->lang, LT_MSG_INNOVATION_NOT_KNOWN);
    list_names(s, link, support == LT_SUPPORT_LOCAL, names, sizeof names);
    if (support == LT_SUPPORT_OUTSIDE) return lti_say(scene, s->map, LT_MSG_INNOVATION_ENGAGE, names, NULL, NULL);
    const char *kept = lti_scene_keep(scene, names);
    return kept ? kept : "";
}

static const char *title_of(lti_scene *scene, const lti_innovation_sheet *s, uint32_t link)
{
    const lti_map *map = s->map;
    const lt_link *l = &lt_links(map->ds)[link];
    char here[NAMES], elsewhere[NAMES], text[4 * NAMES];
    uint8_t support = s->research.support[link];
    list_names(s, link, true, here, sizeof here);
    list_names(s, link, false, elsewhere, sizeof elsewhere);
    snprintf(text, sizeof text, "%.900s · %s%s%s%s%s", lt_dataset_string(map->ds, l->head.name), lti_support_name(map, support),
             l->choke ? " · " : "", l->choke ? lt_message_pattern(map->lang, LT_MSG_FLAG_CHOKE_NAME) : "", l->priority ? " · " : "",
             l->priority ? lt_message_pattern(map->lang, LT_MSG_FLAG_PRIORITY_NAME) : "");
    if (here[0]) snprintf(text + strlen(text), sizeof text - strlen(text), " · %s", here);
    if (elsewhere[0])
        snprintf(text + strlen(text), sizeof text - strlen(text), " · %s",
                 lti_say(scene, map, LT_MSG_INNOVATION_ENGAGE, elsewhere, NULL, NULL));
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

lti_tile lti_innovation_tile(lti_scene *scene, const lti_innovation_sheet *s, uint32_t link)
{
    const lti_map *map = s->map;
    uint8_t support = s->research.support[link];
    const lt_link *l = &lt_links(map->ds)[link];
    char classes[64];
    snprintf(classes, sizeof classes, "link re-%s", lti_support_words[support]);
    lti_tile tile = {.link = link,
                     .look = lti_support_look(map, support),
                     .badge = lti_support_badge(map, support),
                     .words = support <= LT_SUPPORT_OUTSIDE ? lti_innovation_words(scene, s, link) : NULL,
                     .classes = lti_scene_keep(scene, classes),
                     .title = title_of(scene, s, link),
                     .flag = l->choke      ? LTI_FLAG_CHOKE
                             : l->priority ? LTI_FLAG_PRIORITY
                                           : LTI_FLAG_NONE};
    tile.attributes[tile.attribute_count++] = (lti_attribute){"link", lt_dataset_string(map->ds, l->head.id)};
    tile.attributes[tile.attribute_count++] = (lti_attribute){"research", lti_support_words[support]};
    if (l->choke) tile.attributes[tile.attribute_count++] = (lti_attribute){"choke", "1"};
    if (l->priority) tile.attributes[tile.attribute_count++] = (lti_attribute){"priority", "1"};
    return tile;
}
