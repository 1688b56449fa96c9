/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/lint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "map/measure.h"

/* What is drawn may touch an edge; half a point is not seen. Ink stands about so far above and below the base line, in em. */
static const double slack = 0.5, ascent = 0.80, descent = 0.10;

/** A rectangle to hold against others. */
typedef struct {
    lti_rect at;
    size_t item, group; /* group: the nearest solid group around it, as an item; SIZE_MAX = none */
} area;

typedef struct {
    const lti_scene *scene;
    lti_lint_finding *finding;
    size_t *open; /* groups that are open, as items */
    size_t depth;
    area *texts, *cards;
    size_t text_count, card_count;
} lint;

static const char *id_around(const lint *l, size_t item)
{
    int depth = 0;
    for (size_t i = item + 1; i-- > 0;) {
        const lti_item *at = &l->scene->items[i];
        if (at->kind == LTI_ITEM_END && i != item) depth++;
        if (at->kind != LTI_ITEM_BEGIN) continue;
        if (depth > 0) depth--;
        else if (at->as.group.id) return at->as.group.id;
    }
    return "";
}

static const char *name_of(const lint *l, size_t item)
{
    const lti_item *at = &l->scene->items[item];
    return at->kind == LTI_ITEM_TEXT ? at->as.text.text : id_around(l, item);
}

static bool refuse(lint *l, lti_lint_rule rule, size_t item, const char *other, lti_rect at)
{
    const lti_item *i = &l->scene->items[item];
    *l->finding = (lti_lint_finding){rule, id_around(l, item), i->kind == LTI_ITEM_TEXT ? i->as.text.text : "", other, at};
    return false;
}

static lti_rect text_area(const lti_text *text)
{
    double width = lti_text_width(text->text, text->size, text->bold);
    if (text->spacing > 0)
        for (const char *c = text->text; *c; c++) width += (*c & 0xC0) != 0x80 ? text->spacing : 0;
    double x = text->anchor == LTI_ANCHOR_START ? text->x : text->x - (text->anchor == LTI_ANCHOR_END ? width : width / 2);
    return (lti_rect){x, text->y - ascent * text->size, width, (ascent + descent) * text->size};
}

static bool inside(lti_rect inner, lti_rect outer)
{
    return inner.x >= outer.x - slack && inner.y >= outer.y - slack && inner.x + inner.width <= outer.x + outer.width + slack &&
           inner.y + inner.height <= outer.y + outer.height + slack;
}

static bool overlap(lti_rect a, lti_rect b)
{
    return a.x + slack < b.x + b.width && b.x + slack < a.x + a.width && a.y + slack < b.y + b.height &&
           b.y + slack < a.y + a.height;
}

static bool finite_rect(lti_rect r)
{
    return isfinite(r.x) && isfinite(r.y) && isfinite(r.width) && isfinite(r.height) && r.width >= 0 && r.height >= 0;
}

static bool fits_around(const lint *l, lti_rect at)
{
    if (!inside(at, (lti_rect){0, 0, l->scene->width, l->scene->height})) return false;
    for (size_t i = 0; i < l->depth; i++) {
        const lti_group *g = &l->scene->items[l->open[i]].as.group;
        if ((g->checks & LTI_HOLDS) && !inside(at, g->frame)) return false;
    }
    return true;
}

static bool said_in_full(const lint *l, const lti_text *text)
{
    if (text->title) return true;
    for (size_t i = 0; i < l->depth; i++)
        if (l->scene->items[l->open[i]].as.group.title) return true;
    return false;
}

static bool check_text(lint *l, size_t item)
{
    const lti_text *text = &l->scene->items[item].as.text;
    lti_rect at = text_area(text);
    if (!finite_rect(at)) return refuse(l, LTI_LINT_NUMBER, item, "", at);
    if (text->width > 0 && at.width > text->width + slack) return refuse(l, LTI_LINT_TEXT_TOO_WIDE, item, "", at);
    if (!fits_around(l, at)) return refuse(l, LTI_LINT_TEXT_OUTSIDE, item, "", at);
    if (lti_looks_cut(text->text) && !said_in_full(l, text)) return refuse(l, LTI_LINT_CUT_WITHOUT_TITLE, item, "", at);
    if (!text->loose) l->texts[l->text_count++] = (area){at, item, SIZE_MAX};
    return true;
}

static bool check_box(lint *l, size_t item)
{
    lti_rect at = l->scene->items[item].as.box.at;
    if (!finite_rect(at)) return refuse(l, LTI_LINT_NUMBER, item, "", at);
    return fits_around(l, at) || refuse(l, LTI_LINT_BOX_OUTSIDE, item, "", at);
}

static bool check_curve(lint *l, size_t item)
{
    const lti_path *path = &l->scene->items[item].as.curve.path;
    for (size_t i = 0; i < path->point_count; i++)
        if (!isfinite(path->points[i].x) || !isfinite(path->points[i].y))
            return refuse(l, LTI_LINT_NUMBER, item, "", (lti_rect){path->points[i].x, path->points[i].y, 0, 0});
    return true;
}

static bool check_group(lint *l, size_t item)
{
    const lti_group *g = &l->scene->items[item].as.group;
    if (g->checks && !finite_rect(g->frame)) return refuse(l, LTI_LINT_NUMBER, item, "", g->frame);
    if (g->checks && !fits_around(l, g->frame)) return refuse(l, LTI_LINT_BOX_OUTSIDE, item, "", g->frame);
    if (g->checks & (LTI_SOLID | LTI_PANEL)) {
        size_t around = SIZE_MAX;
        for (size_t i = 0; i < l->depth; i++)
            if (l->scene->items[l->open[i]].as.group.checks & LTI_SOLID) around = l->open[i];
        l->cards[l->card_count++] = (area){g->frame, item, around};
    }
    l->open[l->depth++] = item;
    return true;
}

static int by_top(const void *a, const void *b)
{
    const area *first = a, *second = b;
    if (first->at.y != second->at.y) return first->at.y < second->at.y ? -1 : 1;
    return first->item < second->item ? -1 : first->item > second->item;
}

static bool holds(const lint *l, size_t outer, size_t inner)
{
    for (size_t i = 0; i < l->card_count; i++)
        if (l->cards[i].item == inner && l->cards[i].group != SIZE_MAX)
            return l->cards[i].group == outer || holds(l, outer, l->cards[i].group);
    return false;
}

static bool is_panel(const lint *l, const area *a)
{
    return l->scene->items[a->item].as.group.checks & LTI_PANEL;
}

static bool may_overlap(const lint *l, const area *first, const area *second)
{
    bool panel = is_panel(l, first) && !is_panel(l, second);
    return holds(l, first->item, second->item) || (panel && inside(second->at, first->at));
}

/* Sorted by their upper edge, so that each is held only against those that begin before it ends. */
static bool check_overlap(lint *l, area *areas, size_t count, lti_lint_rule rule)
{
    if (count > 0) qsort(areas, count, sizeof *areas, by_top);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && areas[j].at.y < areas[i].at.y + areas[i].at.height; j++) {
            if (!overlap(areas[i].at, areas[j].at)) continue;
            size_t first = areas[i].item < areas[j].item ? i : j, second = first == i ? j : i;
            if (rule == LTI_LINT_CARDS_OVERLAP && may_overlap(l, &areas[first], &areas[second])) continue;
            return refuse(l, rule, areas[second].item, name_of(l, areas[first].item), areas[second].at);
        }
    return true;
}

static bool check_item(lint *l, size_t item)
{
    switch (l->scene->items[item].kind) {
    case LTI_ITEM_BEGIN: return check_group(l, item);
    case LTI_ITEM_END: l->depth -= l->depth > 0; return true;
    case LTI_ITEM_BOX: return check_box(l, item);
    case LTI_ITEM_CURVE: return check_curve(l, item);
    case LTI_ITEM_TEXT: return check_text(l, item);
    }
    return true;
}

bool lti_lint(const lti_scene *scene, lti_lint_finding *finding)
{
    lint l = {.scene = scene, .finding = finding};
    *finding = (lti_lint_finding){.id = "", .text = "", .other = ""};
    l.open = malloc((scene->count + 1) * sizeof *l.open);
    l.texts = malloc((scene->count + 1) * sizeof *l.texts);
    l.cards = malloc((scene->count + 1) * sizeof *l.cards);
    bool clean = l.open && l.texts && l.cards;
    for (size_t i = 0; clean && i < scene->count; i++) clean = check_item(&l, i);
    clean = clean && check_overlap(&l, l.cards, l.card_count, LTI_LINT_CARDS_OVERLAP) &&
            check_overlap(&l, l.texts, l.text_count, LTI_LINT_TEXTS_OVERLAP);
    free(l.open);
    free(l.texts);
    free(l.cards);
    return clean;
}
