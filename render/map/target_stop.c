/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/target_stop.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/measure.h"

/* Lengths of the design. */
static const double name_size = 9.4, note_size = 7.2, pad = 4, name_step = 11.4, note_step = 9.4, token_height = 10.4,
                    token_step = 12.2, token_gap = 2, gap = 4.5;
enum { NAME_SIZE = 512, NOTE_SIZE = 2048 };

lti_stop *lti_stop_add(lti_stops *stops, lti_stop_kind kind, lt_node node, const char *name)
{
    if (stops->count == stops->room) {
        size_t room = stops->room * 2 + 16;
        lti_stop *grown = realloc(stops->stops, room * sizeof *grown);
        if (!grown) return NULL;
        stops->stops = grown;
        stops->room = room;
    }
    lti_stop *stop = &stops->stops[stops->count++];
    *stop = (lti_stop){.kind = kind, .node = node, .name = name};
    return stop;
}

lti_stop *lti_stop_find(lti_stops *stops, lti_stop_kind kind, lt_node node, const char *name)
{
    for (size_t i = 0; i < stops->count; i++)
        if (stops->stops[i].kind == kind && stops->stops[i].node == node) return &stops->stops[i];
    return lti_stop_add(stops, kind, node, name);
}

bool lti_stop_pass(lti_stop *stop, size_t row, lt_scope scope)
{
    if (stop->count > 0 && stop->rows[stop->count - 1] == row) return true;
    if (stop->count == stop->room) {
        size_t room = stop->room * 2 + 8;
        size_t *rows = realloc(stop->rows, room * sizeof *rows);
        if (rows) stop->rows = rows;
        uint8_t *scopes = rows ? realloc(stop->scopes, room * sizeof *scopes) : NULL;
        if (!scopes) return false;
        stop->scopes = scopes;
        stop->room = room;
    }
    stop->rows[stop->count] = row;
    stop->scopes[stop->count++] = (uint8_t)scope;
    return true;
}

void lti_stops_clear(lti_stops *stops)
{
    for (size_t i = 0; i < stops->count; i++) {
        free(stops->stops[i].rows);
        free(stops->stops[i].scopes);
    }
    stops->count = 0;
}

double lti_target_token_width(const lti_target_page *page, size_t row)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", page->rows[row].rank);
    return fmax(lti_unit(page, 11.5), lti_text_width(text, lti_unit(page, 7.6), true) + lti_unit(page, 4));
}

void lti_target_token(const lti_target_page *page, size_t row, lt_scope scope, double x, double y)
{
    const lti_map *map = page->map;
    const lti_target_row *r = &page->rows[row];
    const char *colour = lti_target_colour(map, r);
    double width = lti_target_token_width(page, row), height = lti_unit(page, token_height), in = lti_unit(page, 0.45);
    bool on_link = scope == LT_ON_LINK, on_segment = scope == LT_ON_SEGMENT;
    lti_add_box(page->scene, &(lti_box){.at = {x + in, y + in, width - 2 * in, height - 2 * in},
                                        .radius = lti_unit(page, 2),
                                        .fill = on_link      ? colour
                                                : on_segment ? map->colours->letter
                                                             : map->colours->paper,
                                        .stroke = colour,
                                        .dash = on_link || on_segment ? NULL : "2 1.4",
                                        .pen = lti_unit(page, 0.8)});
    lti_add_text(page->scene, &(lti_text){.x = x + width / 2,
                                          .y = y + height * 0.77,
                                          .size = lti_unit(page, 7.6),
                                          .bold = true,
                                          .anchor = LTI_ANCHOR_MIDDLE,
                                          .colour = on_link        ? "#FFFFFF"
                                                    : r->rank <= 3 ? colour
                                                                   : map->colours->text,
                                          .text = lti_number(page->scene, r->rank)});
}

/* Ranks to mark a card with: none where all rows of the page pass. */
static size_t marked(const lti_stops *stops, const lti_stop *stop)
{
    return stops->count == 1 && stops->all_said ? 0 : stop->count;
}

/** How a card is laid out. */
typedef struct {
    char name[NAME_SIZE], note[NOTE_SIZE];
    int name_lines, note_lines;
    bool cut;            /* of either */
    bool beside;         /* marks stand behind the name */
    double marks_x;      /* where they begin, from the card's left edge */
    size_t marks_a_line; /* where they stand below */
    double height;
} layout;

static double inner_width(const lti_target_page *page, const lti_stops *stops)
{
    return stops->right - stops->left - lti_unit(page, 2 * pad);
}

/* Notes come in lines, each of which may take several; what is past the most is left out and said. */
static void lay_note(const lti_target_page *page, const lti_stops *stops, const lti_stop *stop, layout *l)
{
    double width = inner_width(page, stops), size = lti_unit(page, note_size);
    size_t used = 0;
    for (const char *at = stop->note, *end; at && *at; at = *end ? end + 1 : NULL) {
        char text[NOTE_SIZE];
        bool cut = false;
        end = at + strcspn(at, "\n");
        size_t most = stop->kind == LTI_STOP_POOL ? stops->pool_lines : stops->note_lines;
        int left = (int)most - l->note_lines, lines = stop->kind == LTI_STOP_POOL ? 8 : 3;
        if (left <= 0) {
            l->cut = true;
            return;
        }
        snprintf(text, sizeof text, "%.*s", (int)(end - at), at);
        l->cut |= (size_t)(end - at) >= sizeof text;
        size_t next = used && used + 1 < sizeof l->note ? used + 1 : used;
        int more = lti_wrap(text, size, false, width, left < lines ? left : lines, l->note + next, sizeof l->note - next, &cut);
        if (more > 0 && next > used) l->note[used] = '\n'; /* blanks alone take no line */
        if (more > 0) used = strlen(l->note);
        l->note[used] = '\0';
        l->note_lines += more;
        l->cut |= cut;
    }
}

static void lay(const lti_target_page *page, const lti_stops *stops, const lti_stop *stop, layout *l)
{
    double width = inner_width(page, stops), marks = 0, widest = 0, space = lti_unit(page, token_gap);
    *l = (layout){.height = lti_unit(page, 2 * pad - 1)};
    size_t count = marked(stops, stop);
    for (size_t i = 0; i < count; i++) {
        double own = lti_target_token_width(page, stop->rows[i]);
        marks += own + space;
        widest = fmax(widest, own + space);
    }
    double name = lti_text_width(stop->name, lti_unit(page, name_size), true);
    l->beside = name + lti_unit(page, 5) + marks - space <= width;
    l->name_lines =
        lti_wrap(stop->name, lti_unit(page, name_size), true, width, (int)stops->name_lines, l->name, sizeof l->name, &l->cut);
    l->marks_x = width + lti_unit(page, pad) - (marks - space);
    l->marks_a_line = widest > 0 ? (size_t)fmax(1, (width + space) / widest) : 1;
    l->height += l->name_lines * lti_unit(page, name_step);
    if (!l->beside) {
        size_t lines = (count + l->marks_a_line - 1) / l->marks_a_line;
        l->height += (double)lines * lti_unit(page, token_step) + lti_unit(page, 1);
    }
    lay_note(page, stops, stop, l);
    l->height += l->note_lines * lti_unit(page, note_step);
}

/* Beside the rows that pass, above all beside the best, so that what comes first stands first. */
static double wanted(const lti_target_page *page, const lti_stop *stop)
{
    double sum = 0, weights = 0;
    for (size_t i = 0; i < stop->count; i++) {
        double weight = 1 / (double)(stop->rows[i] + 1);
        sum += weight * lti_target_middle(page, stop->rows[i]);
        weights += weight;
    }
    return weights > 0 ? sum / weights : page->top;
}

/** A card on its way to its place. */
typedef struct {
    lti_stop stop;
    double wanted;
} waiting;

static int by_wish(const void *a, const void *b)
{
    const waiting *first = a, *second = b;
    if (first->wanted != second->wanted) return first->wanted < second->wanted ? -1 : 1;
    if (first->stop.rows[0] != second->stop.rows[0]) return first->stop.rows[0] < second->stop.rows[0] ? -1 : 1;
    if (first->stop.node != second->stop.node) return first->stop.node < second->stop.node ? -1 : 1;
    return strcmp(first->stop.name, second->stop.name);
}

/* Least squares from the wishes under order and distance: blocks of cards that touch move as one to their mean wish. */
static void settle(const lti_target_page *page, lti_stops *stops, const waiting *w, double *place)
{
    double offset = 0, space = lti_unit(page, gap), last = 0;
    double *sum = place, *size = place + stops->count;
    size_t blocks = 0;
    for (size_t i = 0; i < stops->count; i++) {
        double half = stops->stops[i].height / 2;
        if (i > 0) offset += last + space + half;
        last = half;
        sum[blocks] = w[i].wanted - offset;
        size[blocks++] = 1;
        while (blocks > 1 && sum[blocks - 2] / size[blocks - 2] > sum[blocks - 1] / size[blocks - 1]) {
            sum[blocks - 2] += sum[blocks - 1];
            size[blocks - 2] += size[blocks - 1];
            blocks--;
        }
    }
    double first = page->top + stops->stops[0].height / 2, end = page->bottom - last - offset;
    size_t i = 0;
    offset = 0;
    for (size_t b = 0; b < blocks; b++) {
        double at = fmax(first, fmin(end, sum[b] / size[b]));
        for (size_t k = 0; k < (size_t)size[b]; k++, i++) {
            double half = stops->stops[i].height / 2;
            if (i > 0) offset += stops->stops[i - 1].height / 2 + space + half;
            stops->stops[i].y = at + offset - half;
        }
    }
}

bool lti_stops_place(const lti_target_page *page, lti_stops *stops)
{
    waiting *w = malloc((stops->count + 1) * sizeof *w);
    double *place = malloc((2 * stops->count + 1) * sizeof *place), total = 0;
    if (!w || !place) page->scene->failed = true;
    if (!w || !place || stops->count == 0) goto done;
    for (size_t i = 0; i < stops->count; i++) w[i] = (waiting){stops->stops[i], wanted(page, &stops->stops[i])};
    qsort(w, stops->count, sizeof *w, by_wish);
    for (size_t i = 0; i < stops->count; i++) {
        layout l;
        lay(page, stops, &w[i].stop, &l);
        w[i].stop.height = l.height;
        stops->stops[i] = w[i].stop;
        total += l.height + (i ? lti_unit(page, gap) : 0);
    }
    if (total <= page->bottom - page->top) settle(page, stops, w, place);

done:
    free(w);
    free(place);
    return total <= page->bottom - page->top;
}

double lti_stop_port(const lti_target_page *page, const lti_stop *stop, size_t row)
{
    double step = stop->count > 1 ? fmin(lti_unit(page, 6), (stop->height - lti_unit(page, 6)) / (double)(stop->count - 1)) : 0;
    double first = stop->y + stop->height / 2 - step * (double)(stop->count ? stop->count - 1 : 0) / 2;
    for (size_t i = 0; i < stop->count; i++)
        if (stop->rows[i] == row) return first + step * (double)i;
    return first;
}

static double draw_lines(const lti_target_page *page, char *lines, double size, bool bold, const char *colour, double x, double y,
                         double step)
{
    for (char *at = lines, *end; at; at = end, y += step) {
        end = strchr(at, '\n');
        if (end) *end++ = '\0';
        lti_add_text(page->scene,
                     &(lti_text){.x = x, .y = y + size * 0.92, .size = size, .bold = bold, .colour = colour, .text = at});
    }
    return y;
}

static void draw_marks(const lti_target_page *page, const lti_stop *stop, const layout *l, size_t count, lti_point at)
{
    double left = at.x, x = at.x, y = at.y;
    for (size_t i = 0; i < count; i++) {
        if (!l->beside && i > 0 && i % l->marks_a_line == 0) {
            x = left;
            y += lti_unit(page, token_step);
        }
        lti_target_token(page, stop->rows[i], (lt_scope)stop->scopes[i], x, y);
        x += lti_target_token_width(page, stop->rows[i]) + lti_unit(page, token_gap);
    }
}

static const char *links_of(const lti_target_page *page, const lti_stop *stop)
{
    lti_words words;
    lti_words_begin(&words);
    for (size_t i = 0; i < stop->count; i++) {
        const lt_link *link = &lt_links(page->map->ds)[page->rows[stop->rows[i]].target->link];
        lti_words_add(&words, " ", lt_dataset_string(page->map->ds, link->head.id));
    }
    return lti_words_keep(&words, page->scene);
}

static const char *title_of(const lti_target_page *page, const lti_stop *stop)
{
    lti_words words;
    lti_words_begin(&words);
    lti_words_add(&words, "", stop->name);
    if (stop->note) lti_words_add(&words, "\n", stop->note);
    return lti_words_keep(&words, page->scene);
}

static void draw_stop(const lti_target_page *page, const lti_stops *stops, const lti_stop *stop)
{
    const lti_colours *colours = page->map->colours;
    layout l;
    lay(page, stops, stop, &l);
    lti_rect at = {stops->left, stop->y, stops->right - stops->left, stop->height};
    const lti_attribute attributes[] = {{"node", lt_node_id(page->map->ds, stop->node)}, {"targets", links_of(page, stop)}};
    bool vacant = stop->kind == LTI_STOP_VACANT;
    lti_begin(page->scene, &(lti_group){.classes = stops->classes,
                                        .title = title_of(page, stop),
                                        .attributes = attributes,
                                        .attribute_count = 2,
                                        .frame = at,
                                        .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(page->scene, &(lti_box){.at = at,
                                        .radius = lti_unit(page, 3),
                                        .fill = stop->kind == LTI_STOP_POOL ? colours->panel : colours->paper,
                                        .stroke = vacant ? colours->faint : colours->title,
                                        .dash = vacant ? "3 2" : NULL,
                                        .pen = lti_unit(page, stop->count > 1 ? 1 : 0.7)});
    double x = at.x + lti_unit(page, pad), y = at.y + lti_unit(page, pad - 0.6);
    double below = draw_lines(page, l.name, lti_unit(page, name_size), true, vacant ? colours->soft : colours->title, x, y,
                              lti_unit(page, name_step));
    size_t marks = marked(stops, stop);
    if (!l.beside) below += lti_unit(page, 1);
    draw_marks(page, stop, &l, marks, (lti_point){l.beside ? at.x + l.marks_x : x, l.beside ? y : below});
    if (!l.beside) below += (double)((marks + l.marks_a_line - 1) / l.marks_a_line) * lti_unit(page, token_step);
    if (l.note_lines > 0)
        draw_lines(page, l.note, lti_unit(page, note_size), false, colours->soft, x, below, lti_unit(page, note_step));
    lti_end(page->scene);
}

void lti_stops_draw(const lti_target_page *page, const lti_stops *stops)
{
    lti_begin(page->scene, &(lti_group){.id = stops->id});
    for (size_t i = 0; i < stops->count; i++) draw_stop(page, stops, &stops->stops[i]);
    lti_end(page->scene);
}
