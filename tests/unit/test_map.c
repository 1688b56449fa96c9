/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "map/lint.h"
#include "map/map.h"
#include "map/measure.h"
#include "map/paint.h"
#include "map/place.h"
#include "map/scene.h"

/** Keeps what is written; refuses after `limit` bytes. */
typedef struct {
    char *text;
    size_t length, limit;
} memory;

static int keep(void *context, const char *bytes, size_t length)
{
    memory *m = context;
    if (m->length + length > m->limit) {
        errno = ENOSPC;
        return -1;
    }
    m->text = realloc(m->text, m->length + length + 1);
    assert_non_null(m->text);
    memcpy(m->text + m->length, bytes, length);
    m->length += length;
    m->text[m->length] = '\0';
    return 0;
}

static memory paint(const lti_scene *scene)
{
    memory m = {.limit = SIZE_MAX};
    assert_int_equal(lti_paint_svg(scene, &(lt_sink){keep, &m}, NULL), LT_OK);
    return m;
}

/* Measuring. */

static void text_has_the_same_width_everywhere(void **state)
{
    (void)state;
    assert_true(fabs(lti_text_width("链图", 10, false) - 20) < 1e-9);
    assert_true(lti_text_width("W", 10, true) > lti_text_width("i", 10, true));
    assert_true(lti_text_width("0", 10, false) >= 6.36); /* a digit of DejaVu Sans, the wider of the two fonts */
    assert_true(fabs(lti_text_width("e\xCC\x81", 10, false) - lti_text_width("e", 10, false)) < 1e-9);
}

/** What a wrapped text must be. */
typedef struct {
    const char *text;
    double width;
    int lines, count;
    const char *wanted;
} wrapping;

static void labels_break_as_a_typesetter_would(void **state)
{
    (void)state;
    static const wrapping cases[] = {
        {"氢燃料电池系统", 100, 2, 1, "氢燃料电池系统"},
        {"氢燃料电池系统", 40, 2, 2, "氢燃料电\n池系统"},
        {"氢燃料电\uFF0C池系", 40, 2, 2, "氢燃料\n电\uFF0C池系"},         /* no closing mark at a line's start */
        {"氢燃料\uFF08电池\uFF09", 40, 2, 2, "氢燃料\n\uFF08电池\uFF09"}, /* no opening one at its end */
        {"储能变流器PCS", 62, 2, 2, "储能变流器\nPCS"},                   /* words stay whole */
        {"氢燃料电池系统集成与控制", 40, 2, 2, "氢燃料电\n池系统…"},
        {"工业机器人", 40, 2, 2, "工业机\n器人"}, /* no character alone */
        {"a\x01\x1b"
         "b",
         90, 1, 1,
         "a\xEF\xBF\xBD\xEF\xBF\xBD"
         "b"}, /* what XML forbids */
        {"", 90, 2, 0, ""},
        {"链", 1, 2, 1, "…"}, /* no room at all */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[256];
        bool cut;
        assert_int_equal(lti_wrap(cases[i].text, 10, false, cases[i].width, cases[i].lines, out, sizeof out, &cut), cases[i].count);
        assert_string_equal(out, cases[i].wanted);
        assert_int_equal(cut, strstr(out, "…") != NULL);
    }
}

static void wrapping_stays_in_its_buffer(void **state)
{
    (void)state;
    char text[4000], out[64];
    bool cut;
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    memset(out, 7, sizeof out);
    lti_wrap(text, 10, false, 1e6, 2, out, 32, &cut);
    assert_true(cut);
    assert_true(strlen(out) < 32);
    assert_int_equal(out[32], 7);
}

/* Scenes. */

static void add_word(lti_scene *scene, double x, double y, const char *text)
{
    lti_add_text(scene, &(lti_text){.x = x, .y = y, .size = 10, .colour = "#000000", .text = text});
}

static void begin_card(lti_scene *scene, const char *id, lti_rect frame, unsigned checks)
{
    lti_begin(scene, &(lti_group){.id = id, .classes = "link", .frame = frame, .checks = checks});
}

/* A page by hand, with one of everything. */
static void build_page(lti_scene *scene)
{
    lti_path path = {0};
    lti_scene_init(scene, 200, 100);
    scene->title = "一\"<图>'&";
    scene->desc = "desc";
    lti_add_box(scene, &(lti_box){.at = {0, 0, 200, 100}, .fill = "#FFFFFF"});
    lti_attribute attributes[] = {{"link", "a&b"}, {"rank", "1"}};
    lti_begin(scene, &(lti_group){.id = "n-<a>",
                                  .classes = "link st-missing",
                                  .role = "img",
                                  .label = "L",
                                  .title = "T\x02",
                                  .attributes = attributes,
                                  .attribute_count = 2,
                                  .frame = {10, 10, 80, 30},
                                  .checks = LTI_HOLDS | LTI_SOLID});
    lti_add_box(
        scene,
        &(lti_box){.at = {10, 10, 80, 30}, .radius = 3, .fill = "#FFFBFB", .stroke = "#A8202A", .pen = 1.25, .dash = "5 2.6"});
    lti_add_box(scene, &(lti_box){.at = {80, 10, 8, 30}, .fill = "#FFFBFB", .stroke = "#DDA3A7", .hatch = LTI_HATCH_LINES});
    lti_add_box(scene, &(lti_box){.at = {70, 10, 8, 30}, .stroke = "#8CCBBA", .hatch = LTI_HATCH_DOTS});
    lti_add_cut_text(
        scene, (lti_text){.x = 14, .y = 25, .size = 10, .width = 45, .bold = true, .colour = "#17212B", .text = "电解水制氢装备"});
    lti_end(scene);
    lti_path_move(&path, 90, 25);
    lti_path_curve(&path, (lti_point){100, 25}, (lti_point){100, -0.004}, (lti_point){110.126, 60.5});
    lti_path_line(&path, 150, 60.5);
    lti_add_curve(
        scene, &(lti_line){.stroke = "#A8202A", .pen = 0.9, .dash = "4 2.4", .halo = 2.6, .arrow = true, .classes = "line"}, &path);
    lti_add_curve(scene, &(lti_line){.stroke = "#8D9BA8", .pen = 0.9, .arrow = true, .hollow = true, .round_caps = true}, &path);
    lti_add_curve(scene, &(lti_line){.fill = "#123F6D", .closed = true}, &path);
    lti_path_done(&path);
    lti_add_text(
        scene,
        &(lti_text){.x = 150, .y = 90, .size = 12, .spacing = 4, .anchor = LTI_ANCHOR_MIDDLE, .colour = "#FFFFFF", .text = "上游"});
    lti_add_text(scene,
                 &(lti_text){.x = 60, .y = 90, .size = 8.6, .anchor = LTI_ANCHOR_END, .colour = "#4A5662", .text = "x<y>&\"'"});
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return text;
}

static void a_scene_is_painted_to_the_byte(void **state)
{
    (void)state;
    lti_scene scene;
    build_page(&scene);
    assert_false(lti_scene_failed(&scene));
    memory m = paint(&scene);
    if (getenv("LIANTU_CAPTURE")) {
        FILE *file = fopen(LIANTU_TEST_GOLDEN "/scene.svg", "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(m.text, 1, m.length, file), m.length);
        fclose(file);
    }
    char *wanted = read_file(LIANTU_TEST_GOLDEN "/scene.svg");
    assert_string_equal(m.text, wanted);
    free(wanted);
    free(m.text);
    lti_lint_finding finding;
    assert_true(lti_lint(&scene, &finding));
    lti_scene_done(&scene);
}

static void a_full_disk_is_reported(void **state)
{
    (void)state;
    lti_scene scene;
    lt_error error = {0};
    memory m = {.limit = 10};
    build_page(&scene);
    assert_int_equal(lti_paint_svg(&scene, &(lt_sink){keep, &m}, &error), LT_E_IO);
    assert_int_equal(error.message, LT_MSG_CANNOT_WRITE);
    free(m.text);
    lti_scene_done(&scene);
}

/* The lint. */

static void refused(lti_scene *scene, lti_lint_rule rule, const char *id, const char *text)
{
    lti_lint_finding finding;
    assert_false(lti_lint(scene, &finding));
    assert_int_equal(finding.rule, rule);
    assert_string_equal(finding.id, id);
    assert_string_equal(finding.text, text);
    lti_scene_done(scene);
}

static void the_lint_names_what_offends(void **state)
{
    (void)state;
    const unsigned card = LTI_HOLDS | LTI_SOLID;
    lti_scene s;

    lti_scene_init(&s, 100, 100);
    begin_card(&s, "n-a", (lti_rect){10, 10, 40, 20}, card);
    add_word(&s, 12, 25, "氢燃料电池");
    lti_end(&s);
    refused(&s, LTI_LINT_TEXT_OUTSIDE, "n-a", "氢燃料电池");

    lti_scene_init(&s, 100, 100);
    add_word(&s, 80, 50, "出页面");
    refused(&s, LTI_LINT_TEXT_OUTSIDE, "", "出页面");

    lti_scene_init(&s, 100, 100);
    begin_card(&s, "n-a", (lti_rect){10, 10, 40, 20}, card);
    lti_add_box(&s, &(lti_box){.at = {10, 10, 40, 25}});
    lti_end(&s);
    refused(&s, LTI_LINT_BOX_OUTSIDE, "n-a", "");

    lti_scene_init(&s, 100, 100);
    begin_card(&s, "n-a", (lti_rect){10, 10, 40, 20}, card);
    lti_end(&s);
    begin_card(&s, "n-b", (lti_rect){30, 20, 40, 20}, card);
    lti_end(&s);
    refused(&s, LTI_LINT_CARDS_OVERLAP, "n-b", "");

    lti_scene_init(&s, 100, 100);
    begin_card(&s, "stage", (lti_rect){0, 0, 50, 100}, LTI_PANEL);
    lti_end(&s);
    begin_card(&s, "n-b", (lti_rect){30, 20, 40, 20}, card);
    lti_end(&s);
    refused(&s, LTI_LINT_CARDS_OVERLAP, "n-b", "");

    lti_scene_init(&s, 100, 100);
    add_word(&s, 10, 50, "甲乙丙");
    add_word(&s, 30, 55, "丁戊");
    refused(&s, LTI_LINT_TEXTS_OVERLAP, "", "丁戊");

    lti_scene_init(&s, 100, 100);
    add_word(&s, 10, 50, "甲乙…");
    refused(&s, LTI_LINT_CUT_WITHOUT_TITLE, "", "甲乙…");

    lti_scene_init(&s, 100, 100);
    lti_add_text(&s, &(lti_text){.x = 10, .y = 50, .size = 10, .width = 20, .colour = "#000000", .text = "甲乙丙"});
    refused(&s, LTI_LINT_TEXT_TOO_WIDE, "", "甲乙丙");

    lti_scene_init(&s, 100, 100);
    add_word(&s, NAN, 50, "甲");
    refused(&s, LTI_LINT_NUMBER, "", "甲");
}

static void the_lint_lets_pass_what_is_meant(void **state)
{
    (void)state;
    lti_lint_finding finding;
    lti_scene s;
    lti_scene_init(&s, 100, 100);
    begin_card(&s, "stage", (lti_rect){0, 0, 50, 100}, LTI_PANEL | LTI_HOLDS);
    lti_end(&s);
    begin_card(&s, "n-a", (lti_rect){5, 5, 40, 40}, LTI_SOLID | LTI_HOLDS);
    begin_card(&s, "firm", (lti_rect){6, 6, 30, 12}, LTI_SOLID | LTI_HOLDS);
    add_word(&s, 8, 16, "甲乙");
    lti_end(&s);
    lti_add_text(&s, &(lti_text){.x = 8, .y = 16, .size = 5, .colour = "#000000", .text = "1", .loose = true});
    lti_end(&s);
    begin_card(&s, "n-b", (lti_rect){5, 45, 40, 40}, LTI_SOLID | LTI_HOLDS); /* touches, no more */
    lti_end(&s);
    assert_true(lti_lint(&s, &finding));
    lti_scene_done(&s);
}

/* Placing. */

enum { COLUMNS = 6, NODES = 90, EDGES = 220 };

typedef struct {
    lti_place_column columns[COLUMNS];
    lti_place_node nodes[NODES];
    lti_place_edge edges[EDGES];
    lti_place_input input;
} layout;

static void build_layout(layout *l, unsigned seed)
{
    size_t count = 0;
    srand(seed);
    for (int c = 0; c < COLUMNS; c++) l->columns[c] = (lti_place_column){200.0 * c, 200.0 * c + 180, 200.0 * c + 30, 140};
    for (int n = 0; n < NODES; n++) l->nodes[n] = (lti_place_node){(uint32_t)(rand() % COLUMNS), 15.0 + rand() % 20, 1};
    while (count < EDGES) {
        lti_place_edge e = {(uint32_t)(rand() % NODES), (uint32_t)(rand() % NODES)};
        bool known = e.from == e.to;
        for (size_t i = 0; i < count; i++) known |= l->edges[i].from == e.from && l->edges[i].to == e.to;
        if (!known) l->edges[count++] = e;
    }
    l->input = (lti_place_input){l->columns, COLUMNS, l->nodes, NODES, l->edges, EDGES, 50, 1500, 4, 3, 0};
}

static void cards_stand_apart_in_their_columns(void **state)
{
    (void)state;
    static layout l;
    for (unsigned seed = 1; seed <= 12; seed++) {
        lti_placing p;
        build_layout(&l, seed);
        assert_int_equal(lti_place(&l.input, &p, NULL), LT_OK);
        assert_false(p.overfull);
        for (size_t a = 0; a < NODES; a++) {
            const lti_place_column *c = &l.columns[l.nodes[a].column];
            assert_true(p.cards[a].x == c->card_left && p.cards[a].width == c->card_width);
            assert_true(p.cards[a].y >= 50 - 0.01 && p.cards[a].y + p.cards[a].height <= 1500.01);
            for (size_t b = a + 1; b < NODES; b++) {
                if (l.nodes[a].column != l.nodes[b].column) continue;
                double gap = fmax(p.cards[a].y, p.cards[b].y) -
                             (p.cards[a].y < p.cards[b].y ? p.cards[a].y + p.cards[a].height : p.cards[b].y + p.cards[b].height);
                assert_true(gap >= 4 - 0.01);
            }
        }
        lti_placing_done(&p);
    }
}

/* Whether a point lies well inside a card that is neither end of the edge. */
static bool hits_card(const layout *l, const lti_placing *p, size_t edge, lti_point at)
{
    for (uint32_t n = 0; n < NODES; n++) {
        if (n == l->edges[edge].from || n == l->edges[edge].to) continue;
        const lti_rect *c = &p->cards[n];
        if (at.x > c->x + 0.5 && at.x < c->x + c->width - 0.5 && at.y > c->y + 0.5 && at.y < c->y + c->height - 0.5) return true;
    }
    return false;
}

static void edges_run_from_card_to_card_past_the_others(void **state)
{
    (void)state;
    static layout l;
    for (unsigned seed = 1; seed <= 12; seed++) {
        lti_placing p;
        build_layout(&l, seed);
        assert_int_equal(lti_place(&l.input, &p, NULL), LT_OK);
        for (size_t e = 0; e < EDGES; e++) {
            const lti_path *route = &p.routes[e];
            const lti_rect *from = &p.cards[l.edges[e].from], *to = &p.cards[l.edges[e].to];
            lti_point start = route->points[0], end = route->points[route->point_count - 1];
            assert_true(start.x == from->x || start.x == from->x + from->width);
            assert_true(start.y > from->y && start.y < from->y + from->height);
            assert_true(end.x == to->x || end.x == to->x + to->width);
            assert_true(end.y > to->y && end.y < to->y + to->height);
            for (size_t i = 0; i < route->point_count; i++) assert_false(hits_card(&l, &p, e, route->points[i]));
        }
        lti_placing_done(&p);
    }
}

static void placing_is_the_same_every_time(void **state)
{
    (void)state;
    static layout l;
    lti_placing first, again;
    build_layout(&l, 7);
    assert_int_equal(lti_place(&l.input, &first, NULL), LT_OK);
    void *elsewhere = malloc(1 << 20); /* so that memory lies otherwise */
    assert_int_equal(lti_place(&l.input, &again, NULL), LT_OK);
    free(elsewhere);
    assert_memory_equal(first.cards, again.cards, NODES * sizeof *first.cards);
    lti_placing_done(&first);
    lti_placing_done(&again);
}

static void too_much_for_a_column_is_said(void **state)
{
    (void)state;
    static layout l;
    lti_placing p;
    build_layout(&l, 3);
    l.input.bottom = 120;
    assert_true(lti_place_need(&l.input, 0) > 70);
    assert_int_equal(lti_place(&l.input, &p, NULL), LT_OK);
    assert_true(p.overfull);
    lti_placing_done(&p);
    lti_place_input nothing = {.columns = l.columns, .column_count = COLUMNS, .bottom = 100};
    assert_int_equal(lti_place(&nothing, &p, NULL), LT_OK);
    lti_placing_done(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_has_the_same_width_everywhere),
        cmocka_unit_test(labels_break_as_a_typesetter_would),
        cmocka_unit_test(wrapping_stays_in_its_buffer),
        cmocka_unit_test(a_scene_is_painted_to_the_byte),
        cmocka_unit_test(a_full_disk_is_reported),
        cmocka_unit_test(the_lint_names_what_offends),
        cmocka_unit_test(the_lint_lets_pass_what_is_meant),
        cmocka_unit_test(cards_stand_apart_in_their_columns),
        cmocka_unit_test(edges_run_from_card_to_card_past_the_others),
        cmocka_unit_test(placing_is_the_same_every_time),
        cmocka_unit_test(too_much_for_a_column_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
