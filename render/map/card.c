/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/card.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/measure.h"

/* Lengths of the A3 design. */
static const double pad = 4, bar = 3.6, badge_side = 14, name_left = 24, strip = 7, line_height = 1.2;
static const double figures_size = 7.6, figures_height = 10.5, chip_height = 11.5, chip_size = 7.2, chip_gap = 2.5;
enum { TITLE_SIZE = 4096, TITLE_ENTITIES = 60 };

static const lt_link *link_of(const lti_map *map, uint32_t link)
{
    return &lt_links(map->ds)[link];
}

static lt_status status_of(const lti_map *map, uint32_t link)
{
    return (lt_status)map->gaps->status[link];
}

static const lti_look *look_of(const lti_map *map, uint32_t link)
{
    return lti_look_of(map->options->style, status_of(map, link));
}

static bool hatched(const lti_map *map, uint32_t link)
{
    lti_cue cue = look_of(map, link)->cue;
    return cue == LTI_CUE_HATCH || cue == LTI_CUE_DOTS;
}

/* Whether a holder of a capability stands on the card: who makes the link, or where nobody does, who is to. */
static bool stands(const lti_map *map, uint32_t link, const lt_capability *capability)
{
    if (capability->edge.role == LT_ROLE_RESEARCH) return false;
    lt_node holder = capability->edge.from;
    lt_kind kind = lt_node_kind(map->ds, holder);
    if (kind != LT_FIRM && kind != LT_PROJECT) return false;
    bool operating = kind == LT_FIRM || lt_projects(map->ds)[lt_node_index(map->ds, holder)].stage == LT_PROJECT_OPERATING;
    return operating == (map->gaps->coverage.producers[link] > 0);
}

static bool leads(const lti_map *map, lt_node holder)
{
    return lt_node_kind(map->ds, holder) == LT_FIRM && lt_firms(map->ds)[lt_node_index(map->ds, holder)].grade == LT_GRADE_LEADER;
}

size_t lti_card_entities(const lti_map *map, uint32_t link, lt_node *entities, size_t limit)
{
    const lt_coverage *c = &map->gaps->coverage;
    size_t count = 0;
    for (int pass = 0; pass < 2; pass++) { /* leaders first */
        lt_node last = LT_NONE;
        for (uint32_t i = c->first[link]; i < c->first[link + 1]; i++) {
            if (c->evidence[i].kind != LT_CAPABILITY) continue;
            const lt_capability *capability = &lt_capabilities(map->ds)[c->evidence[i].index];
            lt_node holder = capability->edge.from;
            if (!stands(map, link, capability) || holder == last || leads(map, holder) != (pass == 0)) continue;
            last = holder; /* capabilities come by holder */
            if (count < limit) entities[count] = holder;
            count++;
        }
    }
    return count;
}

static const char *letter_of(const lti_map *map, lt_node entity)
{
    lt_node zone = lt_holder_zone(map->ds, entity);
    return zone == LT_NONE ? NULL : map->letters[lt_node_index(map->ds, zone)];
}

lti_change lti_card_change(const lti_map *map, uint32_t link)
{
    const lt_map_data *before = map->options->before;
    lti_change change = {.was = LT_STATUSES, .producers_were = -1};
    if (!before) return change;
    lt_node node = lt_find(before->ds, lt_dataset_string(map->ds, link_of(map, link)->head.id));
    change.is_new = node == LT_NONE || lt_node_kind(before->ds, node) != LT_LINK;
    if (!change.is_new) {
        uint32_t there = lt_node_index(before->ds, node), producers = before->gaps->coverage.producers[there];
        if (before->gaps->status[there] != map->gaps->status[link]) change.was = (lt_status)before->gaps->status[there];
        if (producers != map->gaps->coverage.producers[link]) change.producers_were = producers;
    }
    change.changed = change.is_new || change.was != LT_STATUSES || change.producers_were >= 0;
    return change;
}

void lti_change_frame(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at)
{
    double out = lti_scaled(map, fmin(2.5, at.height / 8));
    if (!lti_card_change(map, link).changed) return;
    lti_add_box(scene, &(lti_box){.at = {at.x - out, at.y - out, at.width + 2 * out, at.height + 2 * out},
                                  .radius = 2 * out,
                                  .stroke = map->colours->capability,
                                  .pen = out * 0.75,
                                  .classes = "changed"});
}

static lt_message action_message(lt_action action)
{
    static const lt_message names[] = {
        [LT_ACTION_BUILD] = LT_MSG_MAP_BUILD,           [LT_ACTION_FILL] = LT_MSG_MAP_FILL,
        [LT_ACTION_EXTEND_FORWARD] = LT_MSG_MAP_EXTEND, [LT_ACTION_EXTEND_BACKWARD] = LT_MSG_MAP_EXTEND,
        [LT_ACTION_STRENGTHEN] = LT_MSG_MAP_STRENGTHEN, [LT_ACTION_KEEP] = LT_MSG_MAP_KEEP};
    return names[action];
}

static void append(const lti_map *map, char *text, size_t size, const char *more)
{
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", used ? lt_message_pattern(map->lang, LT_MSG_MAP_PART_SEPARATOR) : "", more);
}

/* What changed, local producers, what to do, whether the link is choked. */
static void write_figures(const lti_map *map, uint32_t link, char *text, size_t size)
{
    char part[256], number[24];
    lti_change change = lti_card_change(map, link);
    uint32_t producers = map->gaps->coverage.producers[link];
    text[0] = '\0';
    if (change.is_new) append(map, text, size, lt_message_pattern(map->lang, LT_MSG_MAP_NEW));
    if (change.was != LT_STATUSES) {
        const char *name = lt_message_pattern(map->lang, lti_look_of(map->options->style, change.was)->name);
        lt_message_format(part, sizeof part, map->lang, LT_MSG_MAP_WAS, &name, 1);
        append(map, text, size, part);
    }
    if (change.producers_were >= 0 && change.was == LT_STATUSES) {
        snprintf(number, sizeof number, "%ld", change.producers_were);
        lt_message_format(part, sizeof part, map->lang, LT_MSG_MAP_WAS_COUNT, (const char *const[]){number}, 1);
        append(map, text, size, part);
    }
    if (producers == 0 && link_of(map, link)->demand == 0 && status_of(map, link) == LT_STATUS_ADEQUATE) {
        append(map, text, size, lt_message_pattern(map->lang, LT_MSG_MAP_NO_DEMAND)); /* nobody makes it, and nobody has to */
        return;
    }
    size_t projects = status_of(map, link) == LT_STATUS_PIPELINE ? lti_card_entities(map, link, NULL, 0) : 0;
    lt_message said = projects ? LT_MSG_MAP_PROJECTS : LT_MSG_MAP_PRODUCERS;
    if (status_of(map, link) == LT_STATUS_UNKNOWN) said = LT_MSG_MAP_NOT_SURVEYED; /* none known is not none there */
    snprintf(number, sizeof number, "%zu", projects ? projects : producers);
    lt_message_format(part, sizeof part, map->lang, said, (const char *const[]){number}, 1);
    append(map, text, size, part);
    append(map, text, size, lt_message_pattern(map->lang, action_message((lt_action)map->gaps->action[link])));
    if (link_of(map, link)->choke) append(map, text, size, lt_message_pattern(map->lang, LT_MSG_MAP_CHOKE));
}

static double chip_width(const lti_map *map, const lti_chip *chip, double most)
{
    double letter = chip->letter ? lti_text_width(chip->letter, lti_scaled(map, 6.6), true) + lti_scaled(map, 4) : 0;
    double width = letter + lti_text_width(chip->name, lti_scaled(map, chip_size), false) + lti_scaled(map, 6);
    return fmin(width, most);
}

/* Chips in rows; the last leaves room for "+N". */
static void set_chips(const lti_map *map, uint32_t link, size_t rows, lti_card *card)
{
    lt_node entities[LTI_CARD_CHIPS];
    size_t all = lti_card_entities(map, link, entities, LTI_CARD_CHIPS), given = all < LTI_CARD_CHIPS ? all : LTI_CARD_CHIPS;
    double left = lti_scaled(map, pad + 3), gap = lti_scaled(map, 2.5), x = left;
    double right =
        card->width - lti_scaled(map, pad + (look_of(map, link)->cue <= LTI_CUE_DOTS && look_of(map, link)->cue ? strip : 0));
    double more = lti_scaled(map, 24);
    size_t row = 0;
    card->chip_count = 0;
    for (size_t i = 0; i < given && rows > 0; i++) {
        lti_chip chip = {.letter = letter_of(map, entities[i]), .name = lt_node_name(map->ds, entities[i])};
        chip.width = chip_width(map, &chip, right - left);
        double end = x + chip.width + (i + 1 < all && row + 1 == rows ? more : 0);
        if (end > right && x > left && row + 1 < rows) {
            row++;
            x = left;
            end = x + chip.width + (i + 1 < all && row + 1 == rows ? more : 0);
        }
        if (end > right && x > left) break;
        if (end > right) chip.width -= end - right;
        chip.x = x;
        chip.row = (double)row;
        x += chip.width + gap;
        card->chips[card->chip_count++] = chip;
    }
    card->more = rows > 0 ? all - card->chip_count : 0;
    card->more_x = x;
    card->chip_rows = card->chip_count ? row + 1 : 0;
}

static double name_size_of(const lti_map *map, uint32_t link, double width)
{
    double importance = link_of(map, link)->importance;
    bool wide = width >= lti_scaled(map, 125);
    double size = importance >= 0.8 ? (wide ? 11.2 : 10) : importance >= 0.6 ? (wide ? 10.2 : 9.6) : (wide ? 9.6 : 9.2);
    return lti_scaled(map, size);
}

void lti_card_measure(const lti_map *map, uint32_t link, double width, lti_card_level level, lti_card *card)
{
    *card = (lti_card){.link = link, .level = level, .width = width, .name_size = name_size_of(map, link, width)};
    lti_cue cue = look_of(map, link)->cue;
    double right = lti_scaled(map, hatched(map, link) ? strip + 1.5 : cue == LTI_CUE_DOUBLE ? 3.2 : 2);
    double room = width - lti_scaled(map, name_left) - right;
    double whole = lti_text_width(lt_dataset_string(map->ds, link_of(map, link)->head.name), card->name_size, true);
    if (whole > room && whole <= room * 1.13) card->name_size *= room / whole; /* a little smaller rather than broken */
    int lines = level == LTI_CARD_LINE ? 1 : LTI_CARD_NAME_LINES;
    card->name_lines = lti_wrap(lt_dataset_string(map->ds, link_of(map, link)->head.name), card->name_size, true, room, lines,
                                card->name, sizeof card->name, &card->name_cut);
    double names = fmax(lti_scaled(map, badge_side), card->name_lines * line_height * card->name_size);
    double margin = lti_scaled(map, level >= LTI_CARD_NAME ? 2.6 : pad);
    card->height = 2 * margin + names;
    if (level >= LTI_CARD_NAME) return;
    write_figures(map, link, card->figures, sizeof card->figures);
    card->height += lti_scaled(map, figures_height);
    size_t rows = level == LTI_CARD_FULL ? 2 : level == LTI_CARD_ONE_ROW ? 1 : 0;
    set_chips(map, link, rows, card);
    card->height += (double)card->chip_rows * lti_scaled(map, chip_height + chip_gap);
}

static void add_corner(lti_scene *scene, const lti_look *look, lti_rect at, double pen, bool right)
{
    double arm = fmin(at.width * 0.2, 16), edge = right ? at.x + at.width : at.x, inner = right ? edge - arm : edge + arm;
    lti_path path = {0};
    lti_path_move(&path, inner, at.y);
    lti_path_line(&path, edge, at.y);
    lti_path_line(&path, edge, at.y + at.height);
    lti_path_line(&path, inner, at.y + at.height);
    lti_add_curve(scene, &(lti_line){.stroke = look->colour, .pen = pen}, &path);
    lti_path_done(&path);
}

static void add_rim(lti_scene *scene, const lti_look *look, lti_rect at, double radius, double pen)
{
    lti_path path = {0};
    double right = at.x + at.width, bottom = at.y + at.height, k = radius * 0.45;
    lti_path_move(&path, at.x + radius, at.y);
    lti_path_line(&path, right - radius, at.y);
    lti_path_curve(&path, (lti_point){right - k, at.y}, (lti_point){right, at.y + k}, (lti_point){right, at.y + radius});
    lti_path_line(&path, right, bottom - radius);
    lti_path_curve(&path, (lti_point){right, bottom - k}, (lti_point){right - k, bottom}, (lti_point){right - radius, bottom});
    lti_path_line(&path, at.x + radius, bottom);
    lti_path_curve(&path, (lti_point){at.x + k, bottom}, (lti_point){at.x, bottom - k}, (lti_point){at.x, bottom - radius});
    lti_path_line(&path, at.x, at.y + radius);
    lti_path_curve(&path, (lti_point){at.x, at.y + k}, (lti_point){at.x + k, at.y}, (lti_point){at.x + radius, at.y});
    lti_add_curve(
        scene, &(lti_line){.stroke = look->colour, .dash = look->dash, .pen = pen, .round_caps = look->round_dash, .closed = true},
        &path);
    lti_path_done(&path);
}

/* Ground and border, and what tells the status without colour. */
void lti_card_ground(lti_scene *scene, const lti_map *map, const lti_look *look, double importance, lti_rect at)
{
    double radius = lti_scaled(map, 3), pen = lti_scaled(map, 0.7 + 0.9 * importance), cue = lti_scaled(map, bar);
    lti_add_box(scene, &(lti_box){.at = at, .radius = look->cue == LTI_CUE_OPEN ? 0 : radius, .fill = look->fill});
    if (look->cue == LTI_CUE_HATCH || look->cue == LTI_CUE_DOTS)
        lti_add_box(scene, &(lti_box){.at = {at.x + at.width - lti_scaled(map, strip), at.y + 0.6, lti_scaled(map, strip) - 0.6,
                                             at.height - 1.2},
                                      .fill = look->fill,
                                      .stroke = look->ink,
                                      .hatch = look->cue == LTI_CUE_HATCH ? LTI_HATCH_LINES : LTI_HATCH_DOTS});
    if (look->cue == LTI_CUE_FULL_BAR)
        lti_add_box(scene, &(lti_box){.at = {at.x, at.y, cue, at.height}, .radius = radius / 2, .fill = look->ink});
    if (look->cue == LTI_CUE_HALF_BAR)
        lti_add_box(scene,
                    &(lti_box){.at = {at.x, at.y + at.height / 2, cue, at.height / 2}, .radius = radius / 2, .fill = look->ink});
    if (look->cue == LTI_CUE_DOUBLE) {
        double in = lti_scaled(map, 2);
        lti_add_box(scene, &(lti_box){.at = {at.x + in, at.y + in, at.width - 2 * in, at.height - 2 * in},
                                      .radius = radius * 0.6,
                                      .stroke = look->colour,
                                      .pen = lti_scaled(map, 0.6)});
    }
    if (look->cue == LTI_CUE_OPEN) {
        add_corner(scene, look, at, pen, false);
        add_corner(scene, look, at, pen, true);
    } else if (look->dash) {
        add_rim(scene, look, at, radius, pen);
    } else {
        lti_add_box(scene, &(lti_box){.at = at, .radius = radius, .stroke = look->colour, .pen = pen});
    }
}

static void add_chip(lti_scene *scene, const lti_map *map, const lti_chip *chip, double x, double y)
{
    double height = lti_scaled(map, chip_height), size = lti_scaled(map, 6.6), base = y + height * 0.74, at = x;
    lti_begin(scene, &(lti_group){.classes = "firm", .title = chip->name});
    lti_add_box(scene, &(lti_box){.at = {x, y, chip->width, height},
                                  .radius = lti_scaled(map, 2),
                                  .fill = map->colours->chip,
                                  .stroke = map->colours->chip_line,
                                  .pen = lti_scaled(map, 0.5)});
    if (chip->letter) {
        double side = lti_text_width(chip->letter, size, true) + lti_scaled(map, 4);
        lti_add_box(scene, &(lti_box){.at = {x, y, side, height}, .radius = lti_scaled(map, 2), .fill = map->colours->letter});
        lti_add_text(scene, &(lti_text){.x = x + side / 2,
                                        .y = base,
                                        .size = size,
                                        .bold = true,
                                        .anchor = LTI_ANCHOR_MIDDLE,
                                        .colour = map->colours->text,
                                        .text = chip->letter});
        at += side;
    }
    lti_add_cut_text(scene, (lti_text){.x = at + lti_scaled(map, 2.5),
                                       .y = base,
                                       .size = lti_scaled(map, chip_size),
                                       .width = x + chip->width - at - lti_scaled(map, 3),
                                       .colour = map->colours->text,
                                       .text = chip->name});
    lti_end(scene);
}

static void add_chips(lti_scene *scene, const lti_map *map, const lti_card *card, double x, double y)
{
    double step = lti_scaled(map, chip_height + chip_gap);
    for (size_t i = 0; i < card->chip_count; i++)
        add_chip(scene, map, &card->chips[i], x + card->chips[i].x, y + card->chips[i].row * step);
    if (card->more == 0 || card->chip_rows == 0) return;
    const char *more = lti_say(scene, map, LT_MSG_MAP_MORE_FIRMS, lti_number(scene, card->more), NULL, NULL);
    lti_add_text(scene, &(lti_text){.x = x + card->more_x,
                                    .y = y + (double)(card->chip_rows - 1) * step + lti_scaled(map, chip_height * 0.74),
                                    .size = lti_scaled(map, 7),
                                    .colour = map->colours->soft,
                                    .text = more});
}

const char *lti_card_title(lti_scene *scene, const lti_map *map, uint32_t link)
{
    char text[TITLE_SIZE], figures[LTI_CARD_TEXT];
    lt_node entities[TITLE_ENTITIES];
    size_t all = lti_card_entities(map, link, entities, TITLE_ENTITIES);
    write_figures(map, link, figures, sizeof figures);
    snprintf(text, sizeof text, "%.1500s · %s · %s", lt_dataset_string(map->ds, link_of(map, link)->head.name),
             lt_message_pattern(map->lang, look_of(map, link)->name), figures);
    for (size_t i = 0; i < all && i < TITLE_ENTITIES && strlen(text) + 300 < sizeof text; i++)
        append(map, text, sizeof text, lt_node_name(map->ds, entities[i]));
    const char *kept = lti_scene_keep(scene, text);
    return kept ? kept : "";
}

void lti_card_draw(lti_scene *scene, const lti_map *map, const lti_card *card, double x, double y)
{
    char id[192], classes[64];
    lti_rect at = {x, y, card->width, card->height};
    const char *own = lt_dataset_string(map->ds, link_of(map, card->link)->head.id);
    bool changed = lti_card_change(map, card->link).changed;
    snprintf(id, sizeof id, "n-%s", own);
    snprintf(classes, sizeof classes, "link st-%s%s", lt_status_word(status_of(map, card->link)), changed ? " changed" : "");
    lti_change_frame(scene, map, card->link, at);
    lti_attribute attributes[] = {{"link", own}};
    lti_begin(scene, &(lti_group){.id = id,
                                  .classes = classes,
                                  .title = lti_card_title(scene, map, card->link),
                                  .attributes = attributes,
                                  .attribute_count = 1,
                                  .frame = at,
                                  .checks = LTI_HOLDS | LTI_SOLID});
    lti_card_ground(scene, map, look_of(map, card->link), link_of(map, card->link)->importance, at);
    double margin = lti_scaled(map, card->level >= LTI_CARD_NAME ? 2.6 : pad), side = lti_scaled(map, badge_side);
    double block = fmax(side, card->name_lines * line_height * card->name_size);
    lti_badge(scene, map, status_of(map, card->link), x + lti_scaled(map, pad + 2.4), y + margin + (block - side) / 2, side);
    double base = y + margin + (block - card->name_lines * line_height * card->name_size) / 2 + card->name_size * 0.95;
    char name[LTI_CARD_TEXT];
    memcpy(name, card->name, sizeof name);
    for (char *line = name, *end; line; line = end, base += line_height * card->name_size) {
        end = strchr(line, '\n');
        if (end) *end++ = '\0';
        lti_add_text(scene, &(lti_text){.x = x + lti_scaled(map, name_left),
                                        .y = base,
                                        .size = card->name_size,
                                        .bold = true,
                                        .colour = map->colours->text,
                                        .text = line});
    }
    double figures = y + margin + block + lti_scaled(map, 8.2), left = x + lti_scaled(map, pad + 3),
           size = lti_scaled(map, figures_size);
    double room = x + card->width - left - lti_scaled(map, hatched(map, card->link) ? strip + 1 : 3);
    double whole = lti_text_width(card->figures, size, false);
    if (whole > room) size *= fmax(room / whole, 0.87); /* a little smaller rather than cut */
    lti_add_cut_text(
        scene,
        (lti_text){.x = left, .y = figures, .size = size, .width = room, .colour = map->colours->soft, .text = card->figures});
    add_chips(scene, map, card, x, y + margin + block + lti_scaled(map, figures_height + 1.5));
    lti_end(scene);
}

void lti_card_rank(lti_scene *scene, const lti_map *map, lti_rect card, size_t rank)
{
    double side = lti_scaled(map, 11);
    lti_rect at = {card.x + card.width - side * 0.8, card.y - side * 0.38, side, side};
    lti_add_box(
        scene,
        &(lti_box){.at = at, .radius = side / 2, .fill = map->colours->alarm, .stroke = "#FFFFFF", .pen = lti_scaled(map, 1)});
    lti_add_text(scene, &(lti_text){.x = at.x + side / 2,
                                    .y = at.y + side * 0.76,
                                    .size = side * 0.72,
                                    .bold = true,
                                    .anchor = LTI_ANCHOR_MIDDLE,
                                    .colour = "#FFFFFF",
                                    .text = lti_number(scene, rank),
                                    .loose = true});
}

void lti_draw_abstract(lti_scene *scene, const lti_map *map, uint32_t link, lti_rect at)
{
    const lt_link *l = &lt_links(map->ds)[link];
    char id[192];
    snprintf(id, sizeof id, "n-%s", lt_dataset_string(map->ds, l->head.id));
    const char *name = lt_dataset_string(map->ds, l->head.name);
    lti_begin(scene, &(lti_group){.id = id, .classes = "junction", .title = name, .frame = at, .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(scene, &(lti_box){.at = at,
                                  .radius = at.height / 2,
                                  .fill = map->colours->paper,
                                  .stroke = map->colours->supply,
                                  .pen = lti_scaled(map, 0.8)});
    lti_add_cut_text(scene, (lti_text){.x = at.x + at.width / 2,
                                       .y = at.y + at.height * 0.7,
                                       .size = lti_scaled(map, 7.4),
                                       .width = at.width - at.height,
                                       .anchor = LTI_ANCHOR_MIDDLE,
                                       .colour = map->colours->soft,
                                       .text = name});
    lti_end(scene);
}
