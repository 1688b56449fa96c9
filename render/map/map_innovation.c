/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The innovation map: segments as columns of links, above them who does research here, below who could be engaged elsewhere, and
   the research gaps most worth closing. Where a column has no room for all its links, those that nobody works on and that are
   neither choke points nor priorities become cells; where that is not enough either, the map takes several pages. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/card.h"
#include "map/innovation.h"

static const double gap_row = 30; /* height on A3 */
enum { NAMES = 700, KEYS = 12, ROW = LTI_GAPS };

static void draw_gap_row(lti_scene *scene, const lti_innovation_sheet *s)
{
    const lti_map *map = s->map;
    const char *reasons[ROW], *badges[ROW];
    const lti_look *looks[ROW];
    for (size_t i = 0; i < s->gap_count; i++) {
        const lt_link *l = &lt_links(map->ds)[s->gaps[i]];
        const char *flag = l->choke      ? lt_message_pattern(map->lang, LT_MSG_FLAG_CHOKE_NAME)
                           : l->priority ? lt_message_pattern(map->lang, LT_MSG_FLAG_PRIORITY_NAME)
                                         : NULL;
        const char *said = lti_innovation_words(scene, s, s->gaps[i]);
        char text[2 * NAMES];
        snprintf(text, sizeof text, "%s%s%s", flag ? flag : "", flag ? " · " : "", said);
        reasons[i] = lti_scene_keep(scene, text);
        if (!reasons[i]) reasons[i] = "";
        looks[i] = lti_support_look(map, s->research.support[s->gaps[i]]);
        badges[i] = lti_support_badge(map, s->research.support[s->gaps[i]]);
    }
    double margin = map->sheet->margin;
    lti_draw_gap_row(scene, map,
                     &(lti_gap_row){.id = "priority",
                                    .head = lti_say(scene, map, LT_MSG_INNOVATION_GAPS,
                                                    lti_number(scene, s->gap_count ? s->gap_count : ROW), NULL, NULL),
                                    .basis = lt_message_pattern(map->lang, LT_MSG_INNOVATION_GAPS_BASIS),
                                    .none = lt_message_pattern(map->lang, LT_MSG_INNOVATION_NO_GAPS),
                                    .links = s->gaps,
                                    .reasons = reasons,
                                    .looks = looks,
                                    .badges = badges,
                                    .count = s->gap_count},
                     (lti_rect){margin, s->foot, map->sheet->width - 2 * margin, lti_scaled(map, gap_row)});
}

static const char *shares_of(lti_scene *scene, const lti_innovation_sheet *s)
{
    size_t choke = 0, choke_here = 0, priority = 0, priority_here = 0;
    char text[NAMES];
    for (size_t i = 0; i < s->research.link_count; i++) {
        const lt_link *l = &lt_links(s->map->ds)[s->research.links[i]];
        bool here = s->research.support[s->research.links[i]] == LT_SUPPORT_LOCAL;
        choke += l->choke;
        choke_here += l->choke && here;
        priority += l->priority;
        priority_here += l->priority && here;
    }
    text[0] = '\0';
    if (choke > 0)
        snprintf(
            text, sizeof text, "%s%s",
            lti_say(scene, s->map, LT_MSG_INNOVATION_SHARE_CHOKE, lti_number(scene, choke_here), lti_number(scene, choke), NULL),
            priority > 0 ? " · " : "");
    if (priority > 0)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
                 lti_say(scene, s->map, LT_MSG_INNOVATION_SHARE_PRIORITY, lti_number(scene, priority_here),
                         lti_number(scene, priority), NULL));
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

const char *lti_innovation_title(lti_scene *scene, const lti_innovation_sheet *s)
{
    const lti_map *map = s->map;
    const char *chain = lt_node_name(map->ds, map->options->chain);
    bool part = map->options->segment && s->segments.count > 0;
    return part ? lti_say(scene, map, LT_MSG_INNOVATION_TITLE_SEGMENT, chain, s->segments.columns[0].name, NULL)
                : lti_say(scene, map, LT_MSG_INNOVATION_TITLE, chain, NULL, NULL);
}

static void draw_header(lti_scene *scene, const lti_innovation_sheet *s)
{
    const lti_map *map = s->map;
    lti_count counts[LT_SUPPORTS];
    for (int i = 0; i < LT_SUPPORTS; i++) {
        char classes[64];
        snprintf(classes, sizeof classes, "lg re-%s", lti_support_words[lti_supports_worst_first[i]]);
        counts[i] =
            (lti_count){lti_support_look(map, lti_supports_worst_first[i]), lti_support_badge(map, lti_supports_worst_first[i]),
                        lti_support_name(map, lti_supports_worst_first[i]), lti_scene_keep(scene, classes),
                        s->research.counts[lti_supports_worst_first[i]]};
    }
    const char *rest =
        lti_say(scene, map, LT_MSG_INNOVATION_COUNTS, lti_number(scene, s->research.link_count),
                lti_number(scene, s->research.local_count), lti_number(scene, s->research.holder_count - s->research.local_count));
    lti_page_heading(
        scene, map,
        &(lti_heading){lti_innovation_title(scene, s), lti_subtitle(scene, map, rest), shares_of(scene, s), counts, LT_SUPPORTS});
}

/* Explanations under the map. @return upper edge of the foot. */
static double draw_foot(lti_scene *scene, const lti_map *map, size_t page, size_t pages)
{
    lti_key keys[KEYS];
    size_t count = 0;
    keys[count++] = (lti_key){.has_line = true,
                              .line = lti_tie_line(map, true, false),
                              .text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_LOCAL)};
    keys[count++] = (lti_key){.has_line = true,
                              .line = lti_tie_line(map, false, false),
                              .text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_OUTSIDE)};
    keys[count++] = (lti_key){.has_line = true,
                              .line = lti_tie_line(map, false, true),
                              .text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_NAMED)};
    keys[count++] = (lti_key){.flag = LTI_FLAG_CHOKE, .text = lt_message_pattern(map->lang, LT_MSG_FLAG_CHOKE_NAME)};
    keys[count++] = (lti_key){.flag = LTI_FLAG_PRIORITY, .text = lt_message_pattern(map->lang, LT_MSG_FLAG_PRIORITY_NAME)};
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_WEIGHT)};
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_INNOVATION_KEY_RANK)};
    if (map->options->before) keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_CHANGED)};
    return lti_page_foot_of(scene, map, &(lti_foot){keys, count, LT_MSG_INNOVATION_DEFINITIONS, page, pages});
}

static void draw_page(lti_scene *scene, const lti_innovation_sheet *s, const lti_innovation *p)
{
    draw_gap_row(scene, s);
    for (size_t c = 0; c < p->column_count; c++) lti_draw_innovation_panel(scene, s, p, &p->columns[c]);
    lti_draw_ties(scene, p);
    lti_draw_bands(scene, p);
    for (size_t c = 0; c < p->column_count; c++) {
        const lti_strip_column *column = &p->columns[c];
        for (size_t i = 0; i < column->tile_count; i++) {
            const lti_rect *at = &p->tile_of[column->tiles[i].link];
            lti_tile_draw(scene, s->map, &column->tiles[i], at->x, at->y);
            for (size_t k = 0; k < s->gap_count; k++)
                if (s->gaps[k] == column->tiles[i].link) lti_card_rank(scene, s->map, *at, k + 1);
        }
        if (column->rest_count > 0) lti_draw_innovation_rest(scene, s, p, column);
    }
}

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static void free_pages(lti_innovation_sheet *s)
{
    for (size_t i = 0; s->pages && i < s->page_count; i++) {
        free(s->pages[i].column_of);
        free(s->pages[i].tile_of);
        free(s->pages[i].stands);
        free(s->pages[i].gutter);
        free(s->pages[i].order);
    }
    free(s->pages);
    free(s->columns);
    s->pages = NULL;
    s->columns = NULL;
    s->page_count = s->column_count = 0;
}

/* Columns of at most `capacity` links; the links of a segment lie together in s->segments. */
static bool cut_columns(lti_innovation_sheet *s, size_t capacity)
{
    size_t count = 0, done = 0;
    for (size_t i = 0; i < s->segments.count; i++) count += (s->segments.columns[i].count + capacity - 1) / capacity;
    s->columns = calloc(count + 1, sizeof *s->columns);
    if (!s->columns) return false;
    for (size_t i = 0; i < s->segments.count; i++) {
        const lti_column *from = &s->segments.columns[i];
        size_t parts = (from->count + capacity - 1) / capacity;
        for (size_t k = 0; k < parts; k++) {
            lti_strip_column *c = &s->columns[s->column_count++];
            size_t first = from->count * k / parts, end = from->count * (k + 1) / parts;
            *c = (lti_strip_column){.id = from->id,
                                    .name = from->name,
                                    .stage = from->stage,
                                    .links = from->links + first,
                                    .count = end - first,
                                    .part = k + 1,
                                    .parts = parts};
            c->tiles = s->tiles + done;
            c->rest = s->rest + done;
            done += c->count;
        }
    }
    return true;
}

static bool cut_pages(lti_innovation_sheet *s, size_t most, lti_rect area)
{
    size_t links = lt_count(s->map->ds, LT_LINK) + 1, holders = s->research.holder_count + 1,
           count = (s->column_count + most - 1) / most;
    s->pages = calloc(count + 1, sizeof *s->pages);
    if (!s->pages) return false;
    for (; s->page_count < count;) {
        lti_innovation *p = &s->pages[s->page_count];
        size_t first = s->column_count * s->page_count / count, end = s->column_count * (s->page_count + 1) / count;
        *p = (lti_innovation){.map = s->map,
                              .research = &s->research,
                              .first = s->page_count == 0,
                              .columns = s->columns + first,
                              .column_count = end - first,
                              .area = area};
        s->page_count++;
        p->column_of = malloc(links * sizeof *p->column_of);
        p->tile_of = calloc(links, sizeof *p->tile_of);
        p->stands = calloc(holders, sizeof *p->stands);
        p->gutter = calloc(holders * (end - first) + 1, sizeof *p->gutter);
        p->order = malloc(holders * sizeof *p->order);
        if (!p->column_of || !p->tile_of || !p->stands || !p->gutter || !p->order) return false;
    }
    return true;
}

/* The fewest pages on which all has room: a segment a column, then ever shorter columns. */
static lt_code choose_pages(lti_innovation_sheet *s, lti_scene *scene, lti_rect area, lt_error *error)
{
    static const size_t capacities[] = {SIZE_MAX / 2, 28, 20, 14, 10, 7, 4, 2, 1}, mosts[] = {12, 8, 5, 3, 1};
    bool large = s->map->options->size > 0 && s->research.link_count > s->map->options->size;
    for (size_t k = 0; k < sizeof capacities / sizeof *capacities; k++)
        for (size_t m = large ? sizeof mosts / sizeof *mosts - 1 : 0; m < sizeof mosts / sizeof *mosts; m++) {
            free_pages(s);
            if (!cut_columns(s, capacities[k]) || !cut_pages(s, mosts[m], area)) return out_of_memory(error);
            bool fits = true;
            for (size_t p = 0; p < s->page_count && fits; p++) fits = lti_innovation_lay_out(scene, s, &s->pages[p]);
            if (fits) return LT_OK;
        }
    return LT_OK; /* one link a page: as good as it gets, and the lint judges */
}

static int nearness(uint8_t support)
{
    static const int places[LT_SUPPORTS] = {0, 3, 1, 2};
    return places[support];
}

/* From those that somebody here works on to those for whom only others can be engaged; what matters most first. */
static void sort_links(const lti_innovation_sheet *s, lti_column *column)
{
    for (size_t i = 1; i < column->count; i++)
        for (size_t k = i; k > 0; k--) {
            uint32_t *a = &column->links[k - 1], *b = &column->links[k], other = *a;
            int first = nearness(s->research.support[*a]), second = nearness(s->research.support[*b]);
            if (first < second || (first == second && !lti_research_precedes(s->map, &s->research, *b, *a))) break;
            *a = *b;
            *b = other;
        }
}

/* Drops junctions and what other segments hold. */
static void keep_wanted(lti_innovation_sheet *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->segments.count; i++) {
        lti_column *column = &s->segments.columns[i];
        size_t count = 0;
        for (size_t k = 0; k < column->count; k++)
            for (size_t r = 0; r < s->research.link_count; r++)
                if (s->research.links[r] == column->links[k]) column->links[count++] = column->links[k];
        column->count = count;
        lti_column moved = *column;
        if (count == 0) free(moved.links);
        else s->segments.columns[kept++] = moved;
    }
    s->segments.count = kept;
    for (size_t i = 0; i < kept; i++) sort_links(s, &s->segments.columns[i]);
}

lt_code lti_innovation_prepare(lti_innovation_sheet *s, lti_scene *scene, lt_error *error)
{
    lt_code code = lti_research_collect(s->map, &s->research, error);
    if (code == LT_OK) code = lti_chain_columns(scene, s->map, &s->segments, error);
    if (code != LT_OK) return code;
    keep_wanted(s);
    s->tiles = calloc(s->research.link_count + 1, sizeof *s->tiles);
    s->rest = malloc((s->research.link_count + 1) * sizeof *s->rest);
    if (!s->tiles || !s->rest) return out_of_memory(error);
    s->gap_count = lti_research_gaps(s->map, &s->research, s->gaps, ROW);
    if (s->research.link_count > 0) return LT_OK;
    if (error) *error = (lt_error){.code = LT_E_ARGUMENT, .message = LT_MSG_MAP_NO_LINKS};
    return LT_E_ARGUMENT;
}

void lti_innovation_done(lti_innovation_sheet *s)
{
    free_pages(s);
    lti_columns_done(&s->segments);
    lti_research_done(&s->research);
    free(s->tiles);
    free(s->rest);
}

static lt_code draw_all(lti_innovation_sheet *s, lti_pages *pages, lt_error *error)
{
    for (size_t i = 0; i < s->page_count; i++) {
        lti_scene *scene = i == 0 ? &pages->scenes[0] : lti_pages_add(pages, s->map);
        if (!scene) return out_of_memory(error);
        draw_header(scene, s);
        draw_foot(scene, s->map, i + 1, s->page_count);
        draw_page(scene, s, &s->pages[i]);
    }
    return LT_OK;
}

lt_code lti_draw_innovation(const lti_map *map, lti_pages *pages, lt_error *error)
{
    lti_innovation_sheet s = {.map = map};
    lti_scene *scene = lti_pages_add(pages, map);
    if (!scene) return out_of_memory(error);
    lt_code code = lti_innovation_prepare(&s, scene, error);
    if (code == LT_OK) {
        lti_scene trial; /* only for the height that the foot takes */
        lti_scene_init(&trial, scene->width, scene->height);
        double foot = draw_foot(&trial, map, 1, 1), margin = map->sheet->margin, top = map->sheet->body_top;
        scene->failed |= trial.failed;
        lti_scene_done(&trial);
        s.foot = foot - lti_scaled(map, 8 + gap_row);
        code =
            choose_pages(&s, scene, (lti_rect){margin, top, scene->width - 2 * margin, s.foot - lti_scaled(map, 7) - top}, error);
    }
    if (code == LT_OK) code = draw_all(&s, pages, error);
    lti_innovation_done(&s);
    return code;
}
