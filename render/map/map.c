/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/card.h"
#include "map/dot.h"
#include "map/export.h"
#include "map/lint.h"
#include "map/page.h"
#include "map/paint.h"

/** One type of map. Another one is a file and a row here. */
static const struct {
    const char *name;
    lti_draw draw;
    lti_graph graph; /* for Graphviz */
    bool one_chain;  /* shows a single chain, which must be named */
    bool own_zones;  /* finds out itself what has to do with a zone */
} types[] = {
    {"industry", lti_draw_industry, lti_graph_links, .one_chain = true},
    {"innovation", lti_draw_innovation, lti_graph_research, .one_chain = true},
    {"supply", lti_draw_supply, lti_graph_links, .one_chain = true},
    {"targeting", lti_draw_targeting, lti_graph_targets, .own_zones = true},
    {"city", lti_draw_city, lti_graph_links},
};
enum { TYPES = sizeof types / sizeof *types };

const char *const lt_map_types[] = {"industry", "innovation", "supply", "targeting", "city", NULL};
const char *const lt_map_formats[] = {"svg", "pdf", "png", "dot", NULL};

static const lti_sheet sheets[LT_PAGE_SIZES] = {
    [LT_PAGE_A3] = {.width = 1190.55, .height = 841.89, .margin = 26, .scale = 1, .body_top = 81},
    [LT_PAGE_A4] = {.width = 841.89, .height = 595.28, .margin = 20, .scale = 0.74, .body_top = 60},
    [LT_PAGE_SLIDE] = {.width = 960, .height = 540, .margin = 24, .scale = 0.8, .body_top = 64},
};

static size_t type_of(const char *name)
{
    for (size_t i = 0; i < TYPES; i++)
        if (strcmp(types[i].name, name) == 0) return i;
    return 0;
}

bool lt_map_needs_chain(const char *type)
{
    return types[type_of(type)].one_chain;
}

static lt_code fail(lt_error *error, lt_code code, lt_message message, const char *a)
{
    if (error) *error = (lt_error){.code = code, .message = message};
    if (error && a) snprintf(error->arg[0], sizeof error->arg[0], "%s", a);
    return code;
}

/* Marks the links that a zone has to do with: its entities make or research them, or it is to focus on them. */
static void mark_zone(const lt_dataset *ds, lt_node zone, bool *marked)
{
    for (size_t i = 0; i < lt_count(ds, LT_CAPABILITY); i++) {
        const lt_edge *edge = &lt_capabilities(ds)[i].edge;
        if (lt_zone_within(ds, lt_holder_zone(ds, edge->from), zone)) marked[lt_node_index(ds, edge->to)] = true;
    }
    for (size_t i = 0; i < lt_count(ds, LT_FOCUS); i++) {
        const lt_edge *edge = &lt_focuses(ds)[i].edge;
        if (lt_node_kind(ds, edge->to) == LT_LINK && lt_zone_within(ds, edge->from, zone))
            marked[lt_node_index(ds, edge->to)] = true;
    }
}

static bool passes(const lti_map *map, uint32_t link, const bool *in_zone)
{
    const lt_map_options *o = map->options;
    bool of_chain = o->chain == LT_NONE || lt_link_in_chain(map->ds, link, o->chain);
    if (lt_links(map->ds)[link].abstract) return of_chain && !map->filtered; /* a junction of what is not there says nothing */
    bool any_zone = o->zone == LT_NONE || types[type_of(o->type)].own_zones;
    bool of_status = o->statuses == 0 || (o->statuses >> map->gaps->status[link] & 1);
    return of_chain && of_status && (any_zone || in_zone[link]);
}

static lt_code select_links(lti_map *map, lt_error *error)
{
    size_t links = lt_count(map->ds, LT_LINK);
    lt_code code = LT_OK;
    uint32_t *chosen = malloc((links + 1) * sizeof *chosen);
    bool *in_zone = calloc(links + 1, sizeof *in_zone);
    map->shown = calloc(links + 1, sizeof *map->shown);
    map->links = chosen;
    if (!chosen || !in_zone || !map->shown) {
        code = fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, NULL);
        goto done;
    }
    if (map->options->zone != LT_NONE) mark_zone(map->ds, map->options->zone, in_zone);
    for (uint32_t i = 0; i < links; i++) {
        if (!passes(map, i, in_zone)) continue;
        map->shown[i] = true;
        chosen[map->link_count++] = i;
        if (!lt_links(map->ds)[i].abstract) map->counts[map->gaps->status[i]]++;
    }
    if (map->link_count == 0) code = fail(error, LT_E_ARGUMENT, LT_MSG_MAP_NO_LINKS, NULL);

done:
    free(in_zone);
    return code;
}

/** A zone and how many entities of the map stand in it. */
typedef struct {
    uint32_t zone, count;
} census;

static int most_first(const void *a, const void *b)
{
    const census *first = a, *second = b;
    if (first->count != second->count) return first->count > second->count ? -1 : 1;
    return first->zone < second->zone ? -1 : first->zone > second->zone;
}

/* A, B, … Z, AA, …: the zone with most entities first. */
static void write_letter(char *text, size_t number)
{
    char reversed[8];
    size_t count = 0, length = 0;
    for (number++; number > 0; number = (number - 1) / 26) reversed[count++] = (char)('A' + (number - 1) % 26);
    while (count > 0) text[length++] = reversed[--count];
    text[length] = '\0';
}

static lt_code letter_zones(lti_map *map, lt_error *error)
{
    enum { LETTER_SIZE = 8, ENTITIES = 64 };
    size_t zones = lt_count(map->ds, LT_ZONE);
    census *all = calloc(zones + 1, sizeof *all);
    char(*texts)[LETTER_SIZE] = calloc(zones + 1, LETTER_SIZE);
    map->letters = calloc(zones + 1, sizeof *map->letters);
    map->lettered = calloc(zones + 1, sizeof *map->lettered);
    map->letter_texts = texts;
    lt_code code = all && texts && map->letters && map->lettered ? LT_OK : fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, NULL);
    for (uint32_t z = 0; code == LT_OK && z < zones; z++) all[z].zone = z;
    for (size_t i = 0; code == LT_OK && i < map->link_count; i++) {
        lt_node entities[ENTITIES];
        size_t count = lti_card_entities(map, map->links[i], entities, ENTITIES);
        for (size_t k = 0; k < count && k < ENTITIES; k++) {
            lt_node zone = lt_holder_zone(map->ds, entities[k]);
            if (zone != LT_NONE) all[lt_node_index(map->ds, zone)].count++;
        }
    }
    if (code == LT_OK && zones > 0) qsort(all, zones, sizeof *all, most_first);
    for (size_t i = 0; code == LT_OK && i < zones && all[i].count > 0; i++) {
        write_letter(texts[i], i);
        map->letters[all[i].zone] = texts[i];
        map->lettered[map->lettered_count++] = lt_node_at(map->ds, LT_ZONE, all[i].zone);
    }
    free(all);
    return code;
}

static void free_map(lti_map *map)
{
    free((void *)(uintptr_t)map->links);
    free(map->shown);
    free(map->letters);
    free(map->lettered);
    free(map->letter_texts);
}

static lt_code check_segment(const lt_map_data *data, const lt_map_options *options, lt_error *error)
{
    if (!options->segment) return LT_OK;
    lt_list segments = {0};
    if (options->chain != LT_NONE) segments = lt_chains(data->ds)[lt_node_index(data->ds, options->chain)].segments;
    for (uint32_t i = 0; i < segments.count; i++)
        if (strcmp(lt_dataset_string(data->ds, lt_list_segment(data->ds, segments, i)->id), options->segment) == 0) return LT_OK;
    return fail(error, LT_E_ARGUMENT, LT_MSG_MAP_NO_SUCH_SEGMENT, options->segment);
}

static lt_code check_pages(const lti_pages *pages, lt_error *error)
{
    static const lt_message messages[] = {[LTI_LINT_TEXT_OUTSIDE] = LT_MSG_MAP_LINT_TEXT_OUTSIDE,
                                          [LTI_LINT_BOX_OUTSIDE] = LT_MSG_MAP_LINT_BOX_OUTSIDE,
                                          [LTI_LINT_TEXT_TOO_WIDE] = LT_MSG_MAP_LINT_TOO_WIDE,
                                          [LTI_LINT_CARDS_OVERLAP] = LT_MSG_MAP_LINT_CARDS_OVERLAP,
                                          [LTI_LINT_TEXTS_OVERLAP] = LT_MSG_MAP_LINT_TEXTS_OVERLAP,
                                          [LTI_LINT_CUT_WITHOUT_TITLE] = LT_MSG_MAP_LINT_CUT,
                                          [LTI_LINT_NUMBER] = LT_MSG_MAP_LINT_NUMBER};
    for (size_t i = 0; i < pages->count; i++) {
        lti_lint_finding f;
        if (lti_scene_failed(&pages->scenes[i])) return fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, NULL);
        if (lti_lint(&pages->scenes[i], &f)) continue;
        if (f.rule == LTI_LINT_CLEAN) return fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, NULL);
        fail(error, LT_E_INTERNAL, messages[f.rule], f.id);
        if (error) snprintf(error->arg[1], sizeof error->arg[1], "%.*s", LT_ERROR_ARG_SIZE - 1, f.text);
        if (error) snprintf(error->arg[2], sizeof error->arg[2], "%.*s", LT_ERROR_ARG_SIZE - 1, f.other);
        return LT_E_INTERNAL;
    }
    return LT_OK;
}

static lt_code check_page(size_t page, size_t pages, lt_error *error)
{
    char number[24], count[24];
    if (page <= pages) return LT_OK;
    snprintf(number, sizeof number, "%zu", page);
    snprintf(count, sizeof count, "%zu", pages);
    fail(error, LT_E_ARGUMENT, LT_MSG_MAP_NO_PAGE, number);
    if (error) snprintf(error->arg[1], sizeof error->arg[1], "%s", count);
    return LT_E_ARGUMENT;
}

static lt_code write_pages(const lti_pages *pages, const lt_map_options *options, const char *as_of, const lt_sink *sink,
                           lt_map_notes *notes, lt_error *error)
{
    bool pdf = strcmp(options->format, "pdf") == 0;
    size_t page = options->page || pdf ? options->page : 1;
    lt_code code = check_page(page, pages->count, error);
    if (code != LT_OK) return code;
    notes->pages = (uint32_t)pages->count;
    notes->written = (uint32_t)page;
    if (strcmp(options->format, "svg") == 0) return lti_paint_svg(&pages->scenes[page - 1], sink, error);
    notes->no_cjk_font = !lti_has_cjk_font();
    if (!pdf) return lti_export_png(&pages->scenes[page - 1], options->dpi > 0 ? options->dpi : 192, sink, error);
    return lti_export_pdf(page ? &pages->scenes[page - 1] : pages->scenes, page ? 1 : pages->count, as_of, sink, error);
}

lt_code lt_map_write(const lt_map_data *data, const lt_map_options *options, const lt_sink *sink, lt_map_notes *notes,
                     lt_error *error)
{
    lt_map_notes found = {0};
    lti_pages pages = {0};
    lti_map map = {.data = data, .options = options, .ds = data->ds, .gaps = data->gaps, .lang = options->lang};
    map.sheet = &sheets[options->page_size];
    map.colours = lti_colours_of(options->style);
    map.filtered = options->statuses != 0 || options->zone != LT_NONE;
    lt_code code = check_segment(data, options, error);
    if (code == LT_OK) code = select_links(&map, error);
    if (code == LT_OK) code = letter_zones(&map, error);
    bool dot = strcmp(options->format, "dot") == 0;
    if (code != LT_OK) goto done;
    if (dot || options->by_graphviz) {
        found = (lt_map_notes){.pages = 1, .written = 1};
        code = check_page(options->page, 1, error);
        if (code == LT_OK) code = lti_dot_write(&map, types[type_of(options->type)].graph, dot, sink, error);
        goto done;
    }
    code = types[type_of(options->type)].draw(&map, &pages, error);
    if (code == LT_OK) code = check_pages(&pages, error);
    if (code == LT_OK) code = write_pages(&pages, options, lt_dataset_as_of(data->ds), sink, &found, error);

done:
    lti_pages_done(&pages);
    free_map(&map);
    if (code == LT_OK && notes) *notes = found;
    return code;
}
