/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The supply map: links in columns by depth of supply, required inputs apart from alternatives and options, other chains at the
   margins, what each link's failure blocks, and the breaks that block most. Past what a page holds: pages of a segment or less. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/card.h"
#include "map/supply.h"

static const double gap_row = 30; /* height on A3 */
enum { TEXT = 2400, KEYS = 12, ROW = LTI_GAPS };

static const lt_link *link_at(const lti_supply_sheet *s, uint32_t link)
{
    return &lt_links(s->map->ds)[link];
}

static const char *keep(lti_scene *scene, const char *text)
{
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static void draw_gap_row(lti_scene *scene, lti_supply_sheet *s)
{
    const lti_map *map = s->map;
    const char *reasons[ROW];
    for (size_t i = 0; i < s->worst_count; i++) {
        lt_status status = (lt_status)map->gaps->status[s->worst[i]];
        lt_message message = status == LT_STATUS_SINGLE     ? LT_MSG_SUPPLY_GAP_SINGLE
                             : status == LT_STATUS_PIPELINE ? LT_MSG_SUPPLY_GAP_PIPELINE
                                                            : LT_MSG_SUPPLY_GAP;
        reasons[i] = lti_say(scene, map, message, lti_number(scene, s->breaks.blocked[s->worst[i]]),
                             lti_supply_finals(scene, s, s->worst[i]), NULL);
    }
    double margin = map->sheet->margin;
    lti_draw_gap_row(scene, map,
                     &(lti_gap_row){.id = "priority",
                                    .head = lti_say(scene, map, LT_MSG_SUPPLY_GAPS,
                                                    lti_number(scene, s->worst_count ? s->worst_count : ROW), NULL, NULL),
                                    .basis = lt_message_pattern(map->lang, LT_MSG_SUPPLY_GAPS_BASIS),
                                    .none = lt_message_pattern(map->lang, LT_MSG_SUPPLY_NO_GAPS),
                                    .links = s->worst,
                                    .reasons = reasons,
                                    .count = s->worst_count},
                     (lti_rect){margin, s->foot, map->sheet->width - 2 * margin, lti_scaled(map, gap_row)});
}

static const char *title_of_page(lti_scene *scene, const lti_supply_sheet *s)
{
    const lti_map *map = s->map;
    const char *chain = lt_node_name(map->ds, map->options->chain);
    lt_list segments = lti_segments(map);
    for (uint32_t i = 0; map->options->segment && i < segments.count; i++) {
        const lt_segment *segment = lt_list_segment(map->ds, segments, i);
        if (strcmp(lt_dataset_string(map->ds, segment->id), map->options->segment) == 0)
            return lti_say(scene, map, LT_MSG_SUPPLY_TITLE_SEGMENT, chain, lt_dataset_string(map->ds, segment->name), NULL);
    }
    return lti_say(scene, map, LT_MSG_SUPPLY_TITLE, chain, NULL, NULL);
}

static void draw_header(lti_scene *scene, const lti_supply_sheet *s)
{
    const lti_map *map = s->map;
    size_t links = 0, critical[LT_STATUSES] = {0}, edges[3] = {0}; /* edges: inner, in, out */
    bool *own = calloc(lt_count(map->ds, LT_LINK) + 1, sizeof *own);
    lti_count counts[LT_STATUSES];
    char text[TEXT];
    for (size_t i = 0; i < s->link_count; i++) {
        if (own) own[s->links[i]] = true;
        if (link_at(s, s->links[i])->abstract) continue;
        links++;
        critical[map->gaps->status[s->links[i]]] += s->breaks.blocked[s->links[i]] > 0;
    }
    for (size_t i = 0; own && i < lt_count(map->ds, LT_SUPPLY); i++) {
        uint32_t from = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.from);
        uint32_t to = lt_node_index(map->ds, lt_supplies(map->ds)[i].edge.to);
        edges[0] += own[from] && own[to];
        edges[1] += own[to] && !lt_link_in_chain(map->ds, from, map->options->chain);
        edges[2] += own[from] && !lt_link_in_chain(map->ds, to, map->options->chain);
    }
    if (!own) scene->failed = true;
    free(own);
    lti_status_counts(scene, map, s->counts, counts);
    const char *numbers[] = {lti_number(scene, links), lti_number(scene, edges[0]), lti_number(scene, edges[1]),
                             lti_number(scene, edges[2])};
    lt_message_format(text, sizeof text, map->lang, LT_MSG_SUPPLY_COUNTS, numbers, 4);
    const char *shares = lti_say(scene, map, LT_MSG_SUPPLY_SHARES, lti_number(scene, critical[LT_STATUS_MISSING]),
                                 lti_number(scene, critical[LT_STATUS_SINGLE]), lti_number(scene, critical[LT_STATUS_UNKNOWN]));
    lti_page_heading(
        scene, map,
        &(lti_heading){title_of_page(scene, s), lti_subtitle(scene, map, keep(scene, text)), shares, counts, LT_STATUSES});
}

static double draw_foot(lti_scene *scene, const lti_map *map, size_t page, size_t pages)
{
    lti_key keys[KEYS];
    size_t count = 0;
    const struct {
        lti_line line;
        lt_message text;
    } lines[] = {{lti_supply_line_of(map, LT_STATUS_ADEQUATE, false, false), LT_MSG_SUPPLY_KEY_REQUIRED},
                 {lti_supply_line_of(map, LT_STATUS_ADEQUATE, true, false), LT_MSG_SUPPLY_KEY_OPTIONAL},
                 {lti_supply_line_of(map, LT_STATUS_MISSING, false, false), LT_MSG_SUPPLY_KEY_GAP},
                 {lti_supply_line_of(map, LT_STATUS_SINGLE, false, false), LT_MSG_SUPPLY_KEY_SINGLE}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        keys[count++] = (lti_key){.has_line = true, .line = lines[i].line, .text = lt_message_pattern(map->lang, lines[i].text)};
    keys[count++] = (lti_key){.letter = "1/3", .text = lt_message_pattern(map->lang, LT_MSG_SUPPLY_KEY_GROUP)};
    keys[count++] = (lti_key){.letter = "\u21902\u21921", .text = lt_message_pattern(map->lang, LT_MSG_SUPPLY_KEY_STUB)};
    keys[count++] = (lti_key){.flag = LTI_FLAG_FINAL, .text = lt_message_pattern(map->lang, LT_MSG_SUPPLY_KEY_FINAL)};
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_SUPPLY_KEY_BLOCKS)};
    keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_SUPPLY_KEY_RANK)};
    if (map->options->before) keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_CHANGED)};
    return lti_page_foot_of(scene, map, &(lti_foot){keys, count, LT_MSG_SUPPLY_DEFINITIONS, page, pages});
}

static void draw_page(lti_scene *scene, lti_supply_sheet *s, const lti_supply_page *p)
{
    draw_gap_row(scene, s);
    if (p->has_in) lti_draw_supply_margin_head(scene, p, true);
    for (uint32_t c = 0; c < p->depths.count; c++) lti_draw_supply_column(scene, s, p, c);
    if (p->has_out) lti_draw_supply_margin_head(scene, p, false);
    lti_draw_supply_lines(scene, p);
    lti_draw_supply_nodes(scene, p);
    for (size_t i = 0; i < s->worst_count; i++) {
        uint32_t node = p->node_of[s->worst[i]];
        if (node != UINT32_MAX) lti_card_rank(scene, s->map, p->placing.cards[node], i + 1);
    }
}

static bool wanted(const lti_map *map, uint32_t link)
{
    if (!map->options->segment) return true;
    const lt_segment *segment = lti_segment_in(map, link);
    return segment && strcmp(lt_dataset_string(map->ds, segment->id), map->options->segment) == 0;
}

static lt_code prepare(lti_supply_sheet *s, lt_error *error)
{
    lt_code code = lti_breaks_find(s->map, &s->breaks, error);
    if (code != LT_OK) return code;
    s->links = malloc((s->map->link_count + 1) * sizeof *s->links);
    if (!s->links) return out_of_memory(error);
    size_t shown = 0;
    for (size_t i = 0; i < s->map->link_count; i++) {
        uint32_t link = s->map->links[i];
        if (!wanted(s->map, link)) continue;
        s->links[s->link_count++] = link;
        if (link_at(s, link)->abstract) continue;
        shown++;
        s->counts[s->map->gaps->status[link]]++;
    }
    s->worst_count = lti_breaks_worst(s->map, &s->breaks, s->links, s->link_count, s->worst, ROW);
    if (shown > 0) return LT_OK;
    if (error) *error = (lt_error){.code = LT_E_ARGUMENT, .message = LT_MSG_MAP_NO_LINKS};
    return LT_E_ARGUMENT;
}

static void free_pages(lti_supply_sheet *s)
{
    for (size_t i = 0; i < s->page_count; i++) lti_supply_done(&s->pages[i]);
    free(s->pages);
    s->pages = NULL;
    s->page_count = 0;
}

/* Links segment by segment, then by id. */
static void sort_by_segment(const lti_map *map, uint32_t *links, size_t count)
{
    size_t done = 0;
    lt_list segments = lti_segments(map);
    for (uint32_t i = 0; i <= segments.count; i++) {
        const lt_segment *segment = i < segments.count ? lt_list_segment(map->ds, segments, i) : NULL;
        for (size_t k = done; k < count; k++) {
            uint32_t link = links[k];
            if (lti_segment_in(map, link) != segment) continue;
            memmove(links + done + 1, links + done, (k - done) * sizeof *links);
            links[done++] = link;
        }
    }
}

/* Lays out `count` pages, each with its share of the links. */
static lt_code try_pages(lti_supply_sheet *s, lti_scene *scene, lti_rect area, size_t count, bool *fits, lt_error *error)
{
    lt_code code = LT_OK;
    free_pages(s);
    s->pages = calloc(count, sizeof *s->pages);
    if (!s->pages) return out_of_memory(error);
    *fits = true;
    for (; s->page_count < count && *fits && code == LT_OK;) {
        lti_supply_page *p = &s->pages[s->page_count];
        *p = (lti_supply_page){.map = s->map, .breaks = &s->breaks, .area = area};
        p->own = calloc(lt_count(s->map->ds, LT_LINK) + 1, sizeof *p->own);
        size_t first = s->link_count * s->page_count / count, end = s->link_count * (s->page_count + 1) / count;
        s->page_count++;
        if (!p->own) return out_of_memory(error);
        for (size_t i = first; i < end; i++) p->own[s->links[i]] = true;
        code = lti_supply_lay_out(scene, s, p, fits, error);
    }
    return code;
}

static lt_code choose_pages(lti_supply_sheet *s, lti_scene *scene, lti_rect area, lt_error *error)
{
    size_t size = s->map->options->size, count = size > 0 ? (s->link_count + size - 1) / size : 1;
    bool fits = false;
    lt_code code = LT_OK;
    for (;; count += count < 8 ? 1 : count / 4) {
        if (count > s->link_count) count = s->link_count;
        if (count > 1) sort_by_segment(s->map, s->links, s->link_count);
        code = try_pages(s, scene, area, count, &fits, error);
        if (code != LT_OK || fits) return code;
        if (count == s->link_count) break;
    }
    if (error) *error = (lt_error){.code = LT_E_INTERNAL, .message = LT_MSG_MAP_NO_LINKS};
    return LT_E_INTERNAL; /* a page cannot hold one link */
}

lt_code lti_draw_supply(const lti_map *map, lti_pages *pages, lt_error *error)
{
    lti_supply_sheet s = {.map = map};
    lti_scene *scene = lti_pages_add(pages, map);
    if (!scene) return out_of_memory(error);
    lt_code code = prepare(&s, error);
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
    for (size_t i = 0; i < s.page_count && code == LT_OK; i++) {
        scene = i == 0 ? &pages->scenes[0] : lti_pages_add(pages, map);
        if (!scene) code = out_of_memory(error);
        if (code != LT_OK) break;
        draw_header(scene, &s);
        draw_foot(scene, map, i + 1, s.page_count);
        draw_page(scene, &s, &s.pages[i]);
    }
    free_pages(&s);
    lti_breaks_done(&s.breaks);
    free(s.links);
    return code;
}
