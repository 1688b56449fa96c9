/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The targeting map: whom to visit next, where they are, where they would land and who is responsible, in ranked order. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/target_page.h"

/* Lengths of the design. A slide is read from afar: there rows and cards are larger and fewer. */
static const double row_height = 34, row_gap = 3.8, chevron_height = 20, strip_height = 30, large = 1.28, most_stretch = 1.45;
enum { FEW = 9, STRIP_LINES = 6, KEYS = 12 };
/* Edges as parts of the width: what, whom, how; regions, zones, units. */
static const double lefts[] = {0, 0.180, 0.372, 0.555, 0.751, 0.902}, rights[] = {0.465, 0.672, 0.873, 1};
static const double chevrons[] = {0, 0.180, 0.372, 0.468, 0.712, 0.888, 1};

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static bool has_marks(const lti_target_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        for (size_t k = 0; k < list->rows[i].counts[LT_BRIEF_CANDIDATES]; k++)
            if (list->rows[i].lists[LT_BRIEF_CANDIDATES][k].guards) return true;
    return false;
}

static size_t add_keys(lti_scene *scene, const lti_map *map, const lti_target_list *list, bool capped, lti_key keys[KEYS])
{
    static const lt_message lines[] = {LT_MSG_TARGETING_KEY_LINK, LT_MSG_TARGETING_KEY_SEGMENT, LT_MSG_TARGETING_KEY_CHAIN};
    static const double pens[] = {2.2, 1.4, 0.9};
    bool grey = map->options->style == LT_STYLE_PRINT;
    const lt_message words[] = {grey ? LT_MSG_TARGETING_KEY_FIRST_GREY : LT_MSG_TARGETING_KEY_FIRST,
                                LT_MSG_TARGETING_KEY_SCORE,
                                LT_MSG_TARGETING_KEY_ZONE,
                                capped ? LT_MSG_TARGETING_KEY_CAPPED : LT_MSG_COUNT,
                                has_marks(list) ? LT_MSG_TARGETING_KEY_MARKS : LT_MSG_COUNT,
                                list->rank_was ? LT_MSG_TARGETING_KEY_MOVED : LT_MSG_COUNT,
                                map->options->before ? LT_MSG_MAP_KEY_CHANGED : LT_MSG_COUNT};
    size_t count = 0;
    for (int i = 0; i < 3; i++)
        keys[count++] = (lti_key){.has_line = true,
                                  .line = {.stroke = i > 0 ? map->colours->supply : map->colours->capability,
                                           .dash = i == 2 ? "3.2 2.2" : NULL,
                                           .pen = lti_scaled(map, pens[i])},
                                  .text = lt_message_pattern(map->lang, lines[i])};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i] != LT_MSG_COUNT) keys[count++] = (lti_key){.text = lt_message_pattern(map->lang, words[i])};
    const char *left = lti_targets_left(scene, map, list);
    if (left) keys[count++] = (lti_key){.text = left};
    return count;
}

static void add_heads(const lti_target_page *page, double top)
{
    static const lt_message names[] = {LT_MSG_TARGETING_WHAT,  LT_MSG_TARGETING_WHOM, LT_MSG_TARGETING_HOW,
                                       LT_MSG_TARGETING_WHERE, LT_MSG_TARGETING_LAND, LT_MSG_TARGETING_WHO};
    static const lt_stage shades[] = {LT_STAGE_UPSTREAM,  LT_STAGE_UPSTREAM,   LT_STAGE_UPSTREAM,
                                      LT_STAGE_MIDSTREAM, LT_STAGE_DOWNSTREAM, LT_STAGE_SUPPORT};
    const lti_map *map = page->map;
    double left = map->sheet->margin, width = map->sheet->width - 2 * left;
    for (int i = 0; i < 6; i++) {
        lti_rect at = {left + width * chevrons[i], top, width * (chevrons[i + 1] - chevrons[i]) + (i < 5 ? lti_scaled(map, 6) : 0),
                       lti_scaled(map, chevron_height)};
        lti_chevron(page->scene, map, at, shades[i], lt_message_pattern(map->lang, names[i]), i == 0, i == 5);
    }
}

const char *lti_target_count_words(lti_scene *scene, const lti_map *map, const lti_target_list *list, size_t first, size_t count)
{
    char text[512];
    const char *args[] = {lti_number(scene, list->selected), lti_number(scene, list->count), lti_number(scene, first + 1),
                          lti_number(scene, first + count)};
    if (list->count < list->selected) {
        lt_message_format(text, sizeof text, map->lang, LT_MSG_TARGETING_COUNTS_TOP, args, 4);
        const char *kept = lti_scene_keep(scene, text);
        return kept ? kept : "";
    }
    if (count == list->count) return lti_say(scene, map, LT_MSG_TARGETING_COUNTS_ALL, args[0], NULL, NULL);
    return lti_say(scene, map, LT_MSG_TARGETING_COUNTS, args[0], args[2], args[3]);
}

/** How many rows pages hold. */
typedef struct {
    double foot; /* its upper edge */
    size_t first, rest;
    bool failed; /* memory has run out */
} capacity;

/* Few targets are drawn as large as on a slide. */
static double unit_of(const lti_map *map, size_t count)
{
    return lti_scaled(map, map->options->page_size == LT_PAGE_SLIDE || count <= FEW ? large : 1);
}

static size_t rows_in(const lti_map *map, double room, size_t of)
{
    double unit = unit_of(map, of), count = floor((room + row_gap * unit) / ((row_height + row_gap) * unit));
    return count < 1 ? 1 : count > LTI_TARGET_ROWS ? LTI_TARGET_ROWS : (size_t)count;
}

/* Measures the foot on a page that nobody sees. */
static capacity measure(const lti_map *map, const lti_target_list *list)
{
    lti_scene scene;
    lti_key keys[KEYS];
    capacity c;
    lti_scene_init(&scene, map->sheet->width, map->sheet->height);
    c.foot = lti_page_foot(&scene, map, keys, add_keys(&scene, map, list, true, keys), 1, 1);
    c.failed = scene.failed;
    lti_scene_done(&scene);
    double room = c.foot - lti_scaled(map, 8) - map->sheet->body_top - lti_scaled(map, chevron_height + 7);
    c.rest = rows_in(map, room, list->count);
    c.first = list->unknown_count ? rows_in(map, room - lti_scaled(map, strip_height + 8), list->count) : c.rest;
    return c;
}

static void set_columns(lti_target_page *page)
{
    const lti_map *map = page->map;
    double left = map->sheet->margin, width = map->sheet->width - 2 * left;
    for (int i = 0; i < 6; i++) page->left[i] = left + width * lefts[i];
    for (int i = 0; i < 4; i++) page->right[i] = left + width * rights[i];
}

static lt_code draw_page(const lti_map *map, lti_pages *pages, lti_target_page *page, double foot, size_t number, size_t page_count,
                         lt_error *error)
{
    const lti_target_list *list = page->list;
    const lt_map_options *o = map->options;
    size_t first = (size_t)(page->rows - list->rows);
    bool capped = false, strip = number == 1 && list->unknown_count > 0;
    lti_key keys[KEYS];
    lti_scene *scene = page->scene = lti_pages_add(pages, map);
    if (!scene) return out_of_memory(error);
    const char *of = lt_node_name(map->ds, o->chain != LT_NONE ? o->chain : lt_dataset_home(map->ds));
    lti_page_header(scene, map, lti_say(scene, map, LT_MSG_TARGETING_TITLE, of, NULL, NULL),
                    lti_subtitle(scene, map, lti_target_count_words(scene, map, list, first, page->count)), map->counts);
    double top = map->sheet->body_top + lti_scaled(map, chevron_height + 7);
    double strip_step = lti_scaled(map, strip_height + 6);
    page->top = top;
    page->bottom = foot - lti_scaled(map, 8) - (strip ? strip_step + lti_scaled(map, 2) : 0);
    page->unit = unit_of(map, list->count);
    page->row_gap = row_gap * page->unit;
    double room = (page->bottom - top + page->row_gap) / (double)(page->count ? page->count : 1) - page->row_gap;
    page->row_height = fmin(room, row_height * page->unit * most_stretch);
    size_t lines = 1, filled = (list->unknown_count + LTI_UNKNOWN_ROW - 1) / LTI_UNKNOWN_ROW;
    double used = top + (double)page->count * (page->row_height + page->row_gap) + lti_scaled(map, 60);
    while (strip && lines < STRIP_LINES && lines < filled && page->bottom - strip_step > used) { /* room to name more */
        lines++;
        page->bottom -= strip_step;
    }
    set_columns(page);
    lt_code code = LT_OK;
    if (page->count > 0) {
        add_heads(page, map->sheet->body_top);
        code = lti_target_flow_draw(page, &capped, error);
        lti_target_rows_draw(page);
    } else {
        lti_add_text(scene, &(lti_text){.x = scene->width / 2,
                                        .y = top + lti_scaled(map, 90),
                                        .size = lti_scaled(map, 16),
                                        .bold = true,
                                        .anchor = LTI_ANCHOR_MIDDLE,
                                        .colour = map->colours->soft,
                                        .text = lt_message_pattern(map->lang, LT_MSG_TARGETING_NONE)});
    }
    if (strip)
        lti_target_unknown_draw(page,
                                (lti_rect){map->sheet->margin, page->bottom + lti_scaled(map, 7),
                                           scene->width - 2 * map->sheet->margin, strip_step * (double)lines - lti_scaled(map, 6)},
                                lines);
    lti_page_foot(scene, map, keys, add_keys(scene, map, list, capped, keys), number, page_count);
    return code;
}

lt_code lti_draw_targeting(const lti_map *all, lti_pages *pages, lt_error *error)
{
    lti_target_list list = {0};
    lti_map own = *all;
    const lti_map *map = &own;
    own.filtered |= all->options->segment != NULL;
    lt_code code = lti_target_list_fill(map, &list, error);
    if (code == LT_OK) {
        lti_target_counts(map, &list, own.counts);
        capacity c = measure(map, &list);
        if (c.failed) code = out_of_memory(error);
        size_t rest = list.count > c.first ? list.count - c.first : 0, page_count = 1 + (rest + c.rest - 1) / c.rest;
        for (size_t p = 0, row = 0; p < page_count && code == LT_OK; p++) {
            size_t most = p == 0 ? c.first : c.rest, left = list.count - row;
            lti_target_page page = {.map = map, .list = &list, .rows = list.rows + row, .count = left < most ? left : most};
            code = draw_page(map, pages, &page, c.foot, p + 1, page_count, error);
            row += page.count;
        }
    }
    lti_target_list_done(&list);
    return code;
}
