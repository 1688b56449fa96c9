/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The city matrix: a row a chain, a column a stage, one cell a link from worst to best, and each chain's worst gaps. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/chain_page.h"
#include "map/edges.h"
#include "map/measure.h"

enum { STAGES = LT_STAGE_SUPPORT + 1, TOP = 3 };
static const lt_stage stage_order[STAGES] = {LT_STAGE_UPSTREAM, LT_STAGE_MIDSTREAM, LT_STAGE_DOWNSTREAM, LT_STAGE_SUPPORT,
                                             LT_STAGE_UNSET};
static const double name_width = 128, gap_width = 190, head_height = 20, row_gap = 3.5, least_row = 29, tier_gap = 5,
                    largest_cell = 15;

typedef struct {
    uint32_t chain;
    uint32_t *links[STAGES]; /* by place in stage_order */
    size_t counts[STAGES], all;
    uint32_t statuses[LT_STATUSES];
    double height;
} row;

typedef struct {
    const lti_map *map;
    row *rows;
    size_t row_count;
    uint32_t *links; /* what the rows' lists lie in */
    bool stage_used[STAGES];
    double left[STAGES], width[STAGES]; /* of the columns of cells */
    double cell;
} matrix;

static lt_code out_of_memory(lt_error *error)
{
    if (error) *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}

static lt_stage stage_of(const lti_map *map, uint32_t link)
{
    const lt_segment *segment = lt_link_segment(map->ds, link);
    return segment ? (lt_stage)segment->stage : LT_STAGE_UNSET;
}

static int tier_of(const lti_map *map, uint32_t chain)
{
    int tier = lt_chains(map->ds)[chain].tier;
    return tier == LT_TIER_UNSET ? LT_TIER_OTHER : tier;
}

static void fill_row(matrix *m, row *r, uint32_t **next)
{
    const lti_map *map = m->map;
    for (int s = 0; s < STAGES; s++) {
        r->links[s] = *next;
        for (size_t i = 0; i < map->link_count; i++) {
            uint32_t link = map->links[i];
            const lt_link *l = &lt_links(map->ds)[link];
            if (l->abstract || lt_node_index(map->ds, l->chain) != r->chain || stage_of(map, link) != stage_order[s]) continue;
            r->links[s][r->counts[s]++] = link;
            r->statuses[map->gaps->status[link]]++;
        }
        lti_sort_worst_first(map, r->links[s], r->counts[s]);
        *next += r->counts[s];
        r->all += r->counts[s];
        m->stage_used[s] |= r->counts[s] > 0;
    }
}

/* Chains that have links to show, by tier and then id. */
static lt_code fill(matrix *m, lt_error *error)
{
    const lti_map *map = m->map;
    size_t chains = lt_count(map->ds, LT_CHAIN);
    m->rows = calloc(chains + 1, sizeof *m->rows);
    m->links = malloc((map->link_count + 1) * sizeof *m->links);
    if (!m->rows || !m->links) return out_of_memory(error);
    uint32_t *next = m->links;
    for (int tier = LT_TIER_TRADITIONAL; tier <= LT_TIER_OTHER; tier++)
        for (uint32_t c = 0; c < chains; c++) {
            if (tier_of(map, c) != tier) continue;
            row *r = &m->rows[m->row_count];
            *r = (row){.chain = c};
            fill_row(m, r, &next);
            m->row_count += r->all > 0;
        }
    return LT_OK;
}

/* Columns as wide as their fullest row asks, none very narrow. */
static void set_widths(matrix *m)
{
    double weights[STAGES] = {0}, all = 0, x = m->map->sheet->margin + lti_scaled(m->map, name_width), gap = lti_scaled(m->map, 14);
    double room = m->map->sheet->width - m->map->sheet->margin - lti_scaled(m->map, gap_width) - x;
    for (int s = 0; s < STAGES; s++) {
        if (!m->stage_used[s]) continue;
        for (size_t i = 0; i < m->row_count; i++) weights[s] = fmax(weights[s], (double)m->rows[i].counts[s]);
        room -= gap;
        all += weights[s] = fmax(weights[s], 1);
    }
    double total = 0;
    for (int s = 0; s < STAGES; s++) total += weights[s] = weights[s] > 0 ? fmax(weights[s], all * 0.12) : 0;
    for (int s = 0; s < STAGES; s++) {
        if (weights[s] <= 0) continue;
        m->left[s] = x;
        m->width[s] = room * weights[s] / total;
        x += m->width[s] + gap;
    }
}

static double pitch_of(const matrix *m)
{
    return m->cell * 1.09;
}

static size_t across(const matrix *m, int stage)
{
    size_t count = (size_t)((m->width[stage] + m->cell * 0.09) / pitch_of(m));
    return count ? count : 1;
}

static double row_height(const matrix *m, const row *r, double least)
{
    size_t lines = 1;
    for (int s = 0; s < STAGES; s++) {
        if (r->counts[s] == 0) continue;
        size_t own = (r->counts[s] + across(m, s) - 1) / across(m, s);
        if (own > lines) lines = own;
    }
    return fmax(least, (double)lines * pitch_of(m) + lti_scaled(m->map, 8));
}

/* The largest cells with which the rows fit. @return height that they take. */
static double set_cells(matrix *m, size_t first, size_t end, double room)
{
    double height = 0, least = lti_scaled(m->map, least_row);
    for (m->cell = lti_scaled(m->map, largest_cell); m->cell > 0.6; m->cell *= 0.97) {
        height = 0;
        for (size_t i = first; i < end; i++) {
            bool new_tier = i > first && tier_of(m->map, m->rows[i].chain) != tier_of(m->map, m->rows[i - 1].chain);
            m->rows[i].height = row_height(m, &m->rows[i], least);
            height += m->rows[i].height + lti_scaled(m->map, row_gap) + (new_tier ? lti_scaled(m->map, tier_gap) : 0);
        }
        if (height <= room) break;
    }
    return height;
}

static void add_head(lti_scene *scene, const matrix *m, double top)
{
    const lti_map *map = m->map;
    double size = lti_scaled(map, 10.5), base = top + lti_scaled(map, 12);
    for (int s = 0; s < STAGES; s++) {
        if (!m->stage_used[s]) continue;
        const char *name = lt_message_pattern(map->lang, stage_order[s] == LT_STAGE_UNSET ? LT_MSG_MAP_NO_SEGMENT
                                                                                          : lti_stage_message(stage_order[s]));
        lti_add_cut_text(scene, (lti_text){.x = m->left[s],
                                           .y = base,
                                           .size = size,
                                           .width = m->width[s],
                                           .bold = true,
                                           .colour = map->colours->title,
                                           .text = name});
    }
    double x = map->sheet->width - map->sheet->margin - lti_scaled(map, gap_width);
    lti_add_text(scene, &(lti_text){.x = x,
                                    .y = base,
                                    .size = size,
                                    .bold = true,
                                    .colour = map->colours->alarm,
                                    .text = lt_message_pattern(map->lang, LT_MSG_MAP_TOP_GAPS)});
}

/* The three gaps most worth filling: the first on a line of its own. */
static void add_gaps(lti_scene *scene, const matrix *m, const row *r, double top)
{
    static const char *const numbers[TOP] = {"1", "2", "3"};
    const lti_map *map = m->map;
    uint32_t links[TOP];
    size_t count = lti_worst_gaps(map, lt_node_at(map->ds, LT_CHAIN, r->chain), links, TOP);
    double x = map->sheet->width - map->sheet->margin - lti_scaled(map, gap_width), width = lti_scaled(map, gap_width - 8);
    double middle = top + r->height / 2, side = lti_scaled(map, 10.5);
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0;
        double left = first || i == 1 ? x : x + width / 2 + lti_scaled(map, 2),
               room = first ? width : width / 2 - lti_scaled(map, 2);
        double base = first ? middle - lti_scaled(map, 2.4) : middle + lti_scaled(map, 10.6),
               size = lti_scaled(map, first ? 10.4 : 8.8);
        const char *name = lt_dataset_string(map->ds, lt_links(map->ds)[links[i]].head.name);
        lti_add_text(
            scene,
            &(lti_text){.x = left, .y = base, .size = size, .bold = true, .colour = map->colours->alarm, .text = numbers[i]});
        lti_badge(scene, map, (lt_status)map->gaps->status[links[i]], left + lti_scaled(map, 9), base - side * 0.82, side);
        double text = left + lti_scaled(map, 9) + side + lti_scaled(map, 3);
        lti_add_cut_text(scene, (lti_text){.x = text,
                                           .y = base,
                                           .size = size,
                                           .width = left + room - text,
                                           .bold = first,
                                           .colour = map->colours->text,
                                           .text = name});
    }
    if (count == 0)
        lti_add_cut_text(scene, (lti_text){.x = x,
                                           .y = middle + lti_scaled(map, 3),
                                           .size = lti_scaled(map, 8.6),
                                           .width = width,
                                           .colour = map->colours->soft,
                                           .text = lt_message_pattern(map->lang, LT_MSG_MAP_NO_GAPS)});
}

static void add_row(lti_scene *scene, const matrix *m, const row *r, double top, bool even)
{
    const lti_map *map = m->map;
    double margin = map->sheet->margin, middle = top + r->height / 2;
    lt_node chain = lt_node_at(map->ds, LT_CHAIN, r->chain);
    lti_rect at = {margin, top, map->sheet->width - 2 * margin, r->height};
    char id[192], share[24];
    snprintf(id, sizeof id, "chain-%s", lt_node_id(map->ds, chain));
    lti_begin(scene, &(lti_group){.id = id, .classes = "chain", .frame = at, .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(scene, &(lti_box){.at = at, .radius = lti_scaled(map, 4), .fill = even ? map->colours->panel : map->colours->band});
    uint32_t bad = r->statuses[LT_STATUS_MISSING] + r->statuses[LT_STATUS_SINGLE] + r->statuses[LT_STATUS_WEAK];
    snprintf(share, sizeof share, "%.0f%%", 100.0 * bad / (double)r->all);
    double left = margin + lti_scaled(map, 10), width = lti_scaled(map, name_width - 14);
    lti_add_cut_text(scene, (lti_text){.x = left,
                                       .y = middle + lti_scaled(map, 0.3),
                                       .size = lti_scaled(map, 12.5),
                                       .width = width,
                                       .bold = true,
                                       .colour = map->colours->title,
                                       .text = lt_node_name(map->ds, chain)});
    lti_add_cut_text(scene, (lti_text){.x = left,
                                       .y = middle + lti_scaled(map, 10.9),
                                       .size = lti_scaled(map, 8),
                                       .width = width,
                                       .colour = map->colours->soft,
                                       .text = lti_say(scene, map, LT_MSG_MAP_ROW, lti_number(scene, r->all), share, NULL)});
    for (int s = 0; s < STAGES; s++) {
        size_t columns = across(m, s), lines = (r->counts[s] + columns - 1) / columns;
        double y = middle - ((double)lines * pitch_of(m) - m->cell * 0.09) / 2;
        for (size_t i = 0; i < r->counts[s]; i++)
            lti_draw_cell(scene, map, r->links[s][i],
                          (lti_rect){m->left[s] + (double)(i % columns) * pitch_of(m), y + (double)(i / columns) * pitch_of(m),
                                     m->cell, m->cell});
    }
    add_gaps(scene, m, r, top);
    lti_end(scene);
}

static lt_code draw_page(matrix *m, lti_pages *pages, size_t first, size_t end, size_t page, size_t page_count, lt_error *error)
{
    const lti_map *map = m->map;
    lti_scene *scene = lti_pages_add(pages, map);
    if (!scene) return out_of_memory(error);
    size_t links = 0;
    for (int s = 0; s < LT_STATUSES; s++) links += map->counts[s];
    const char *rest = lti_say(scene, map, LT_MSG_MAP_COUNTS_CITY, lti_number(scene, m->row_count), lti_number(scene, links), NULL);
    const char *home = lt_node_name(map->ds, lt_dataset_home(map->ds));
    lti_page_header(scene, map, lti_say(scene, map, LT_MSG_MAP_TITLE_CITY, home, NULL, NULL), lti_subtitle(scene, map, rest),
                    map->counts);
    const lti_key changed = {.text = lt_message_pattern(map->lang, LT_MSG_MAP_KEY_CHANGED)};
    double foot = lti_page_foot(scene, map, &changed, map->options->before ? 1 : 0, page, page_count), top = map->sheet->body_top;
    add_head(scene, m, top);
    top += lti_scaled(map, head_height);
    double room = foot - lti_scaled(map, 4) - top, height = set_cells(m, first, end, room);
    double stretch = fmin((room - height) / (double)(end - first), lti_scaled(map, 10)); /* few rows: a little air, no more */
    for (size_t i = first; i < end; i++) {
        if (i > first && tier_of(map, m->rows[i].chain) != tier_of(map, m->rows[i - 1].chain)) top += lti_scaled(map, tier_gap);
        m->rows[i].height += stretch;
        add_row(scene, m, &m->rows[i], top, (i - first) % 2 == 0);
        top += m->rows[i].height + lti_scaled(map, row_gap);
    }
    return LT_OK;
}

/* Where the page that begins with this row ends: full, or better with the last tier that it holds whole. */
static size_t page_end(const matrix *m, size_t first, size_t most)
{
    if (first + most >= m->row_count) return m->row_count;
    for (size_t end = first + most; end > first + most / 2; end--)
        if (tier_of(m->map, m->rows[end].chain) != tier_of(m->map, m->rows[end - 1].chain)) return end;
    return first + most;
}

lt_code lti_draw_city(const lti_map *map, lti_pages *pages, lt_error *error)
{
    matrix m = {.map = map};
    lt_code code = fill(&m, error);
    double foot = lti_scaled(map, 70), room = map->sheet->height - map->sheet->body_top - lti_scaled(map, head_height) - foot;
    size_t most = (size_t)(room / (lti_scaled(map, least_row + row_gap + 1))), page_count = 0;
    if (code == LT_OK) set_widths(&m);
    for (size_t first = 0; first < m.row_count; first = page_end(&m, first, most)) page_count++;
    for (size_t first = 0, p = 1, end; first < m.row_count && code == LT_OK; first = end, p++) {
        end = page_end(&m, first, most);
        code = draw_page(&m, pages, first, end, p, page_count, error);
    }
    free(m.rows);
    free(m.links);
    return code;
}
