/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of a targeting map: what is missing, who could bring it, by which instruments; and what is still to survey. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "map/card.h"
#include "map/measure.h"
#include "map/target_page.h"

/* Lengths of the design. */
static const double chip_height = 11.5, chip_size = 7.2, place_size = 6.4, chip_gap = 2.5, line_step = 14, small = 7.2;
enum { CHIP_LINES = 2, MARKS_SIZE = 128 };

double lti_unit(const lti_target_page *page, double length)
{
    return length * page->unit;
}

double lti_target_middle(const lti_target_page *page, size_t row)
{
    return page->top + (double)row * (page->row_height + page->row_gap) + page->row_height / 2;
}

const char *lti_target_colour(const lti_map *map, const lti_target_row *row)
{
    return row->rank <= 3 ? map->colours->alarm : map->colours->capability;
}

bool lti_target_pooled(const lti_target_page *page, const lti_target_row *row)
{
    lt_node chain = page->map->options->chain;
    return chain != LT_NONE && lt_links(page->map->ds)[row->target->link].chain == chain;
}

static const char *say(const lti_target_page *page, lt_message message)
{
    return lt_message_pattern(page->map->lang, message);
}

lt_message lti_action_word(lt_action action)
{
    static const lt_message words[LT_ACTIONS] = {
        [LT_ACTION_BUILD] = LT_MSG_MAP_BUILD,           [LT_ACTION_FILL] = LT_MSG_MAP_FILL,
        [LT_ACTION_EXTEND_FORWARD] = LT_MSG_MAP_EXTEND, [LT_ACTION_EXTEND_BACKWARD] = LT_MSG_MAP_EXTEND,
        [LT_ACTION_STRENGTHEN] = LT_MSG_MAP_STRENGTHEN, [LT_ACTION_KEEP] = LT_MSG_MAP_KEEP};
    return words[action];
}

/* A word in a frame. @return where it ends. */
static double add_tag(const lti_target_page *page, const char *word, const char *colour, double x, double base, double most)
{
    double size = lti_unit(page, 7), pad = lti_unit(page, 3), width = fmin(lti_text_width(word, size, false) + 2 * pad, most);
    lti_add_box(page->scene, &(lti_box){.at = {x, base - size * 1.03, width, size * 1.4},
                                        .radius = lti_unit(page, 2),
                                        .fill = page->map->colours->paper,
                                        .stroke = colour,
                                        .pen = lti_unit(page, 0.5)});
    lti_add_cut_text(
        page->scene,
        (lti_text){.x = x + pad, .y = base, .size = size, .width = width - 2 * pad + 0.1, .colour = colour, .text = word});
    return x + width;
}

/* Room that a row's action, figure and chain leave for the score's bar. */
static double bar_room(const lti_target_page *page, const lti_target_row *row)
{
    const lti_map *map = page->map;
    const lt_link *link = &lt_links(map->ds)[row->target->link];
    const char *action = say(page, lti_action_word((lt_action)map->gaps->action[row->target->link]));
    double chain =
        link->chain == map->options->chain
            ? 0
            : fmin(lti_text_width(lt_node_name(map->ds, link->chain), lti_unit(page, small), false), lti_unit(page, 44)) +
                  lti_unit(page, 5.5);
    return page->left[1] - page->left[0] - lti_unit(page, 47 + 5 + 5 + 6 + 3.5) - lti_text_width(action, lti_unit(page, 7), false) -
           lti_text_width("0.00", lti_unit(page, 7.6), true) - chain;
}

/* One length for all rows of the page, so that bars compare; too short to tell anything is none. */
static double bar_length(const lti_target_page *page)
{
    double length = lti_unit(page, 46);
    for (size_t i = 0; i < page->count; i++) length = fmin(length, bar_room(page, &page->rows[i]));
    return length < lti_unit(page, 10) ? 0 : length;
}

/* Score as a bar and a figure. @return where it ends. */
static double add_score(const lti_target_page *page, const lti_target_row *row, double x, double base)
{
    double length = bar_length(page), height = lti_unit(page, 4.4), size = lti_unit(page, 7.6);
    char figure[16];
    snprintf(figure, sizeof figure, "%.2f", row->target->score);
    lti_rect track = {x, base - height - lti_unit(page, 0.6), length, height};
    if (length > 0) lti_add_box(page->scene, &(lti_box){.at = track, .fill = page->map->colours->rule});
    track.width = length * fmin(fmax(row->target->score, 0), 1);
    if (length > 0) lti_add_box(page->scene, &(lti_box){.at = track, .fill = page->map->colours->title});
    x += length > 0 ? length + lti_unit(page, 3.5) : 0;
    lti_add_text(page->scene,
                 &(lti_text){.x = x, .y = base, .size = size, .bold = true, .colour = page->map->colours->text, .text = figure});
    return x + lti_text_width(figure, size, true);
}

/* What an overlay did to its place. @return where it ends. */
static double add_move(const lti_target_page *page, const char *move, double x, double base)
{
    double size = lti_unit(page, 7.6);
    lti_add_text(page->scene, &(lti_text){.x = x,
                                          .y = base,
                                          .size = size,
                                          .bold = true,
                                          .colour = page->map->colours->capability,
                                          .classes = "moved",
                                          .text = move});
    return x + lti_text_width(move, size, true);
}

/* Rank, status, name; action, score, and the chain where it is not the map's. */
static void add_what(const lti_target_page *page, const lti_target_row *row, double y)
{
    const lti_map *map = page->map;
    const lt_link *link = &lt_links(map->ds)[row->target->link];
    double left = page->left[0], right = page->left[1] - lti_unit(page, 5), middle = y + page->row_height / 2;
    double numeral = lti_unit(page, row->rank < 100 ? 18 : 13), badge = lti_unit(page, 13.5), text = left + lti_unit(page, 47);
    double first = middle - lti_unit(page, 3.2), second = middle + lti_unit(page, 11.2), size = lti_unit(page, 10.6);
    lti_add_text(page->scene, &(lti_text){.x = left + lti_unit(page, 14.5),
                                          .y = middle + numeral * 0.36,
                                          .size = numeral,
                                          .bold = true,
                                          .anchor = LTI_ANCHOR_MIDDLE,
                                          .colour = row->rank <= 3 ? map->colours->alarm : map->colours->soft,
                                          .text = lti_number(page->scene, row->rank)});
    lti_badge(page->scene, map, (lt_status)map->gaps->status[row->target->link], left + lti_unit(page, 29),
              first - lti_unit(page, 11), badge);
    double end = right;
    if (link->choke) {
        double width = lti_text_width(say(page, LT_MSG_MAP_CHOKE), lti_unit(page, 7), false) + lti_unit(page, 6);
        end -= width;
        add_tag(page, say(page, LT_MSG_MAP_CHOKE), map->colours->alarm, end, first, width);
        end -= lti_unit(page, 3);
    }
    const char *name = lt_dataset_string(map->ds, link->head.name);
    if (lti_text_width(name, size, true) > end - text) size = lti_unit(page, 9.2);
    lti_add_cut_text(
        page->scene,
        (lti_text){
            .x = text, .y = first, .size = size, .width = end - text, .bold = true, .colour = map->colours->text, .text = name});
    const char *action = say(page, lti_action_word((lt_action)map->gaps->action[row->target->link]));
    double x = add_tag(page, action, map->colours->title, text, second, right - text) + lti_unit(page, 5);
    x = add_score(page, row, x, second) + lti_unit(page, 5);
    const char *move = lti_target_move(page->scene, map, page->list, row);
    if (move) x = add_move(page, move, x, second) + lti_unit(page, 5);
    if (link->chain != map->options->chain && right - x > lti_unit(page, 14))
        lti_add_cut_text(page->scene, (lti_text){.x = x,
                                                 .y = second,
                                                 .size = lti_unit(page, small),
                                                 .width = right - x,
                                                 .colour = map->colours->soft,
                                                 .text = lt_node_name(map->ds, link->chain)});
}

void lti_target_marks(const lti_map *map, unsigned guards, char *text, size_t size)
{
    static const struct {
        unsigned bit;
        lt_message word;
    } marks[] = {{LT_GUARD_LOCAL, LT_MSG_TARGETING_LOCAL},
                 {LT_GUARD_SAME_ENTITY, LT_MSG_TARGETING_SAME},
                 {LT_GUARD_TAKES_SUPPLIER, LT_MSG_TARGETING_SUPPLIER}};
    text[0] = '\0';
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t used = strlen(text);
        if (guards & marks[i].bit)
            snprintf(text + used, size - used, "%s%s", used ? "·" : "", lt_message_pattern(map->lang, marks[i].word));
    }
}

/** A candidate's chip, measured. */
typedef struct {
    const lt_brief_item *item;
    const char *name, *place; /* place NULL = not given */
    char marks[MARKS_SIZE];
    double place_width, width;
} chip;

static chip measure(const lti_target_page *page, const lt_brief_item *item, double most)
{
    chip c = {.item = item, .name = lt_node_name(page->map->ds, item->node)};
    lt_node region = lt_holder_region(page->map->ds, item->node);
    lti_target_marks(page->map, item->guards, c.marks, sizeof c.marks);
    if (region != LT_NONE) c.place = lt_node_name(page->map->ds, region);
    if (c.place)
        c.place_width = fmin(lti_text_width(c.place, lti_unit(page, place_size), false), lti_unit(page, 56)) + lti_unit(page, 4.5);
    double marks = c.marks[0] ? lti_text_width(c.marks, lti_unit(page, place_size), true) + lti_unit(page, 3) : 0;
    bool strong = item->scope == LT_ON_LINK;
    c.width = c.place_width + lti_text_width(c.name, lti_unit(page, chip_size), strong) + marks + lti_unit(page, 7);
    c.width = fmin(c.width, most);
    return c;
}

static void draw_chip(const lti_target_page *page, const chip *c, double x, double y)
{
    const lti_colours *colours = page->map->colours;
    bool strong = c->item->scope == LT_ON_LINK;
    double height = lti_unit(page, chip_height), base = y + height * 0.74, at = x, size = lti_unit(page, place_size);
    double marks = c->marks[0] ? lti_text_width(c->marks, size, true) + lti_unit(page, 3) : 0;
    lti_attribute attributes[] = {{"firm", lt_node_id(page->map->ds, c->item->node)}};
    lti_begin(page->scene, &(lti_group){.classes = strong ? "firm on-link" : "firm on-chain",
                                        .title = c->name,
                                        .attributes = attributes,
                                        .attribute_count = 1});
    lti_add_box(page->scene, &(lti_box){.at = {x, y, c->width, height},
                                        .radius = lti_unit(page, 2),
                                        .fill = colours->chip,
                                        .stroke = strong ? colours->title : colours->chip_line,
                                        .dash = strong ? NULL : "2.4 1.6",
                                        .pen = lti_unit(page, strong ? 0.8 : 0.6)});
    if (c->place) {
        lti_add_box(page->scene, &(lti_box){.at = {x + 0.4, y + 0.4, c->place_width - 0.4, height - 0.8}, .fill = colours->letter});
        lti_add_cut_text(page->scene, (lti_text){.x = x + lti_unit(page, 2.5),
                                                 .y = base - lti_unit(page, 0.2),
                                                 .size = size,
                                                 .width = c->place_width - lti_unit(page, 4.4),
                                                 .colour = strong ? colours->text : colours->soft,
                                                 .text = c->place});
        at += c->place_width;
    }
    double room = fmax(x + c->width - at - marks - lti_unit(page, 6.4), lti_unit(page, chip_size) * 1.01);
    double used = lti_add_cut_text(page->scene, (lti_text){.x = at + lti_unit(page, 3.2),
                                                           .y = base,
                                                           .size = lti_unit(page, chip_size),
                                                           .width = room,
                                                           .bold = strong,
                                                           .colour = strong ? colours->text : colours->soft,
                                                           .text = c->name});
    if (c->marks[0])
        lti_add_text(page->scene, &(lti_text){.x = at + lti_unit(page, 5.6) + used,
                                              .y = base - lti_unit(page, 0.2),
                                              .size = size,
                                              .bold = true,
                                              .colour = colours->alarm,
                                              .text = c->marks});
    lti_end(page->scene);
}

/* Chips of the candidates with one scope, in lines; the last leaves room for how many more there are. @return lines used. */
static int add_chips(const lti_target_page *page, const lti_target_row *row, lt_scope scope, double x, double y, int lines)
{
    double left = x, right = page->left[2] - lti_unit(page, 6);
    size_t all = 0, drawn = 0;
    int line = 0;
    for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES]; i++) all += row->lists[LT_BRIEF_CANDIDATES][i].scope == scope;
    for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES] && all > 0; i++) {
        const lt_brief_item *item = &row->lists[LT_BRIEF_CANDIDATES][i];
        if (item->scope != scope) continue;
        double more = drawn + 1 < all ? lti_unit(page, 30) : 0;
        chip c = measure(page, item, right - left - more);
        if (x > left && x + c.width > right - (line + 1 == lines ? more : 0)) {
            if (line + 1 == lines) break;
            line++;
            x = left;
        }
        draw_chip(page, &c, x, y + line * lti_unit(page, line_step));
        x += c.width + lti_unit(page, chip_gap);
        drawn++;
    }
    if (drawn < all)
        lti_add_text(page->scene, &(lti_text){.x = x + lti_unit(page, 1),
                                              .y = y + line * lti_unit(page, line_step) + lti_unit(page, chip_height * 0.74),
                                              .size = lti_unit(page, 7),
                                              .colour = page->map->colours->soft,
                                              .text = lti_say(page->scene, page->map, LT_MSG_MAP_MORE_FIRMS,
                                                              lti_number(page->scene, all - drawn), NULL, NULL)});
    return all > 0 ? line + 1 : 0;
}

static bool fits_one_line(const lti_target_page *page, const lti_target_row *row, double width)
{
    double x = 0;
    for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES] && x <= width; i++) {
        const lt_brief_item *item = &row->lists[LT_BRIEF_CANDIDATES][i];
        if (item->scope == LT_ON_LINK) x += measure(page, item, width).width + (x > 0 ? lti_unit(page, chip_gap) : 0);
    }
    return x <= width;
}

/* Firms named for the link; those named only for its chain stand apart, on the last line or in the card for the whole chain. */
static void add_whom(const lti_target_page *page, const lti_target_row *row, double y)
{
    bool on_link = lti_names_on_link(row, LT_BRIEF_CANDIDATES), pooled = lti_target_pooled(page, row);
    size_t of_chain = 0;
    for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES]; i++)
        of_chain += row->lists[LT_BRIEF_CANDIDATES][i].scope != LT_ON_LINK;
    bool below = of_chain > 0 && !pooled;
    double left = page->left[1], block = lti_unit(page, line_step + chip_height), top = y + (page->row_height - block) / 2;
    double width = page->left[2] - left - lti_unit(page, 6), one = lti_unit(page, line_step) / 2;
    double base = lti_unit(page, chip_height * 0.74);
    if (on_link) {
        bool one_line = below || fits_one_line(page, row, width);
        add_chips(page, row, LT_ON_LINK, left, top + (one_line && !below ? one : 0), one_line ? 1 : CHIP_LINES);
    } else {
        const char *words = of_chain == 0 ? say(page, LT_MSG_TARGETING_NO_FIRM) : say(page, LT_MSG_TARGETING_NO_LINK_FIRM);
        if (of_chain > 0 && pooled)
            words = lti_say(page->scene, page->map, LT_MSG_TARGETING_SEE_CHAIN, lti_number(page->scene, of_chain), NULL, NULL);
        lti_add_cut_text(page->scene, (lti_text){.x = left,
                                                 .y = top + base + (below ? 0 : one),
                                                 .size = lti_unit(page, small),
                                                 .width = width,
                                                 .colour = page->map->colours->soft,
                                                 .text = words});
    }
    if (!below) return;
    double y2 = top + lti_unit(page, line_step), label = lti_unit(page, small);
    const char *head = say(page, LT_MSG_ON_CHAIN);
    lti_add_text(page->scene,
                 &(lti_text){.x = left, .y = y2 + base, .size = label, .colour = page->map->colours->soft, .text = head});
    add_chips(page, row, LT_ON_CHAIN, left + lti_text_width(head, label, false) + lti_unit(page, 1), y2, 1);
}

/* The name of an instrument without what it says in brackets, which pointing at the row shows. */
static const char *short_name(const lti_target_page *page, const lt_rule *rule)
{
    char text[256];
    snprintf(text, sizeof text, "%s", rule->name[page->map->lang]);
    char *bracket = strstr(text, " (");
    if (bracket && bracket > text) *bracket = '\0';
    const char *kept = lti_scene_keep(page->scene, text);
    return kept ? kept : "";
}

static void add_how(const lti_target_page *page, const lti_target_row *row, double y)
{
    double left = page->left[2], right = page->right[0] - lti_unit(page, 4), x = left, step = lti_unit(page, 12.6);
    double middle = y + page->row_height / 2, gap = lti_unit(page, 3), more = lti_unit(page, 14);
    enum { MOST = 8 };
    double width[MOST], total = 0;
    const char *names[MOST];
    size_t count = row->instrument_count < MOST ? row->instrument_count : MOST, drawn = 0;
    for (size_t i = 0; i < count; i++) {
        names[i] = short_name(page, row->instruments[i]);
        width[i] = lti_text_width(names[i], lti_unit(page, 7), false) + lti_unit(page, 6);
        width[i] = fmin(width[i], right - left - more);
        total += width[i] + (i ? gap : 0);
    }
    bool two = total > right - left;
    double base = middle + lti_unit(page, 2.6) - (two ? step / 2 : 0);
    for (int line = 0; drawn < count; drawn++) {
        bool last = drawn + 1 == row->instrument_count;
        if (x > left && x + width[drawn] > right - (line && !last ? more : 0)) {
            if (line) break;
            line = 1;
            x = left;
            base += step;
        }
        x = add_tag(page, names[drawn], page->map->colours->soft, x, base, width[drawn]) + gap;
    }
    if (drawn == row->instrument_count) return;
    char text[24];
    snprintf(text, sizeof text, "+%zu", row->instrument_count - drawn);
    lti_add_text(page->scene,
                 &(lti_text){.x = x, .y = base, .size = lti_unit(page, 7), .colour = page->map->colours->soft, .text = text});
}

static void draw_row(const lti_target_page *page, size_t index)
{
    const lti_map *map = page->map;
    const lti_target_row *row = &page->rows[index];
    double y = lti_target_middle(page, index) - page->row_height / 2;
    lti_rect at = {page->left[0], y, page->right[0] - page->left[0], page->row_height};
    char id[192], classes[64], score[LT_REAL_SIZE];
    const char *own = lt_dataset_string(map->ds, lt_links(map->ds)[row->target->link].head.id);
    const lt_brief_item *zone = row->zone == SIZE_MAX ? NULL : &row->lists[LT_BRIEF_ZONES][row->zone];
    bool first = row->rank <= 3;
    snprintf(id, sizeof id, "t-%s", own);
    snprintf(classes, sizeof classes, "target st-%s", lt_status_word((lt_status)map->gaps->status[row->target->link]));
    lt_real_text(score, row->target->score, 12);
    const lti_attribute attributes[] = {
        {"link", own},
        {"rank", lti_number(page->scene, row->rank)},
        {"score", score},
        {"action", lt_action_word((lt_action)map->gaps->action[row->target->link])},
        {"zone", zone ? lt_node_id(map->ds, zone->node) : ""},
        {"zones", lti_target_ids(page->scene, map, row, LT_BRIEF_ZONES, LT_ON_NOTHING)},
        {"regions", lti_target_ids(page->scene, map, row, LT_BRIEF_REGIONS, LT_ON_NOTHING)},
        {"firms", lti_target_ids(page->scene, map, row, LT_BRIEF_CANDIDATES, LT_ON_NOTHING)},
        {"link-firms", lti_target_ids(page->scene, map, row, LT_BRIEF_CANDIDATES, LT_ON_LINK)},
    };
    lti_change_frame(page->scene, map, row->target->link, at);
    lti_begin(page->scene, &(lti_group){.id = id,
                                        .classes = classes,
                                        .role = "listitem",
                                        .title = lti_target_title(page->scene, map, row),
                                        .attributes = attributes,
                                        .attribute_count = sizeof attributes / sizeof *attributes,
                                        .frame = at,
                                        .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(page->scene,
                &(lti_box){.at = at,
                           .radius = lti_unit(page, 3),
                           .fill = first ? lti_look_of(map->options->style, LT_STATUS_MISSING)->fill : map->colours->paper,
                           .stroke = first ? map->colours->alarm : map->colours->rule,
                           .pen = lti_unit(page, first ? 1.1 : 0.7)});
    add_what(page, row, y);
    add_whom(page, row, y);
    add_how(page, row, y);
    lti_end(page->scene);
}

void lti_target_rows_draw(const lti_target_page *page)
{
    lti_begin(page->scene, &(lti_group){.id = "targets", .role = "list"});
    for (size_t i = 0; i < page->count; i++) draw_row(page, i);
    lti_end(page->scene);
}

static void draw_unknown(const lti_target_page *page, const lt_target *target, lti_rect at)
{
    const lti_map *map = page->map;
    const char *own = lt_dataset_string(map->ds, lt_links(map->ds)[target->link].head.id);
    const char *rank = lti_number(page->scene, lti_target_rank_if_missing(page->list, target));
    const char *name = lt_dataset_string(map->ds, lt_links(map->ds)[target->link].head.name);
    double badge = lti_scaled(map, 12), left = at.x + lti_scaled(map, 5), text = left + badge + lti_scaled(map, 4);
    double right = at.x + at.width - lti_scaled(map, 4);
    char id[192];
    snprintf(id, sizeof id, "u-%s", own);
    const lti_attribute attributes[] = {{"link", own}, {"rank-if-missing", rank}};
    double in = lti_scaled(map, 2.5); /* the frame stays in the row of cards */
    lti_change_frame(page->scene, map, target->link, (lti_rect){at.x + in, at.y + in, at.width - 2 * in, at.height - 2 * in});
    lti_begin(page->scene, &(lti_group){.id = id,
                                        .classes = "unknown",
                                        .role = "listitem",
                                        .title = name,
                                        .attributes = attributes,
                                        .attribute_count = 2,
                                        .frame = at,
                                        .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(page->scene, &(lti_box){.at = at,
                                        .radius = lti_scaled(map, 3),
                                        .fill = map->colours->paper,
                                        .stroke = lti_look_of(map->options->style, LT_STATUS_UNKNOWN)->colour,
                                        .dash = "2.4 1.6",
                                        .pen = 0.7});
    lti_badge(page->scene, map, LT_STATUS_UNKNOWN, left, at.y + lti_scaled(map, 2.6), badge);
    lti_add_cut_text(page->scene, (lti_text){.x = text,
                                             .y = at.y + lti_scaled(map, 12.2),
                                             .size = lti_scaled(map, 9.2),
                                             .width = right - text,
                                             .bold = true,
                                             .colour = map->colours->text,
                                             .text = name});
    lti_add_cut_text(page->scene, (lti_text){.x = left,
                                             .y = at.y + at.height - lti_scaled(map, 4),
                                             .size = lti_scaled(map, 7.4),
                                             .width = right - left,
                                             .colour = map->colours->soft,
                                             .text = lti_say(page->scene, map, LT_MSG_TARGETING_IF_MISSING, rank, NULL, NULL)});
    lti_end(page->scene);
}

void lti_target_unknown_draw(const lti_target_page *page, lti_rect at, size_t lines)
{
    const lti_map *map = page->map;
    size_t all = page->list->unknown_count, most = lines * LTI_UNKNOWN_ROW, count = all < most ? all : most;
    const char *head = lti_say(page->scene, map, LT_MSG_TARGETING_UNKNOWN, lti_number(page->scene, all), NULL, NULL);
    const char *basis = lti_say(page->scene, map, LT_MSG_TARGETING_UNKNOWN_BASIS, lti_number(page->scene, count), NULL, NULL);
    double label = fmax(lti_text_width(basis, lti_scaled(map, 7.6), false), lti_text_width(head, lti_scaled(map, 11.5), true)) +
                   lti_scaled(map, 14);
    double gap = lti_scaled(map, 6), width = (at.width - label - gap * (LTI_UNKNOWN_ROW - 1)) / LTI_UNKNOWN_ROW;
    double height = (at.height - gap * (double)(lines - 1)) / (double)lines;
    lti_begin(page->scene, &(lti_group){.id = "unknown", .role = "list", .label = head, .frame = at, .checks = LTI_HOLDS});
    lti_add_text(page->scene, &(lti_text){.x = at.x,
                                          .y = at.y + lti_scaled(map, 12),
                                          .size = lti_scaled(map, 11.5),
                                          .bold = true,
                                          .colour = map->colours->soft,
                                          .text = head});
    lti_add_text(page->scene, &(lti_text){.x = at.x,
                                          .y = at.y + height - lti_scaled(map, 4),
                                          .size = lti_scaled(map, 7.6),
                                          .colour = map->colours->soft,
                                          .text = basis});
    for (size_t i = 0; i < count; i++) {
        double x = at.x + label + (width + gap) * (double)(i % LTI_UNKNOWN_ROW), y = (height + gap) * (double)(i / LTI_UNKNOWN_ROW);
        draw_unknown(page, page->list->unknown[i], (lti_rect){x, at.y + y, width, height});
    }
    lti_end(page->scene);
}
