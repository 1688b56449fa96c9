/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/paint.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "map/measure.h"
#include "map/palette.h"

enum { CHUNK = 1 << 14, KINDS = 64 };

/** A filling or an arrow head that is defined once and used by number. */
typedef struct {
    const char *ink, *ground;
    int kind;
} definition;

typedef struct {
    const lt_sink *sink;
    char bytes[CHUNK];
    size_t used;
    bool failed;
    definition hatches[KINDS], heads[KINDS];
    size_t hatch_count, head_count;
} painter;

static void flush(painter *p)
{
    if (!p->failed && p->used > 0 && p->sink->write(p->sink->context, p->bytes, p->used) != 0) p->failed = true;
    p->used = 0;
}

static void put_bytes(painter *p, const char *bytes, size_t length)
{
    if (p->used + length > CHUNK) flush(p);
    if (length > CHUNK) {
        if (!p->failed && p->sink->write(p->sink->context, bytes, length) != 0) p->failed = true;
        return;
    }
    memcpy(p->bytes + p->used, bytes, length);
    p->used += length;
}

static void put(painter *p, const char *text)
{
    put_bytes(p, text, strlen(text));
}

static void put_escaped(painter *p, const char *text)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at) {
        utf8proc_uint8_t written[4];
        utf8proc_int32_t code;
        utf8proc_ssize_t length = utf8proc_iterate(at, -1, &code);
        code = length > 0 ? lti_written(code) : 0xFFFD;
        if (code == '&') put(p, "&amp;");
        else if (code == '<') put(p, "&lt;");
        else if (code == '>') put(p, "&gt;");
        else if (code == '"') put(p, "&quot;");
        else if (code == '\'') put(p, "&#39;");
        else put_bytes(p, (const char *)written, (size_t)utf8proc_encode_char(code, written));
        at += length > 0 ? length : 1;
    }
}

/* Two decimals at most, whatever the locale. */
static void put_number(painter *p, double value)
{
    char text[32];
    long long cents = isfinite(value) && fabs(value) < 1e12 ? llround(value * 100) : 0;
    unsigned long long size = (unsigned long long)(cents < 0 ? -cents : cents);
    int length = snprintf(text, sizeof text, "%s%llu", cents < 0 ? "-" : "", size / 100);
    unsigned rest = (unsigned)(size % 100);
    if (rest % 10) snprintf(text + length, sizeof text - (size_t)length, ".%02u", rest);
    else if (rest) snprintf(text + length, sizeof text - (size_t)length, ".%u", rest / 10);
    put(p, text);
}

static void put_attribute(painter *p, const char *name, const char *value)
{
    if (!value) return;
    put(p, " ");
    put(p, name);
    put(p, "=\"");
    put_escaped(p, value);
    put(p, "\"");
}

static void put_length(painter *p, const char *name, double value)
{
    put(p, " ");
    put(p, name);
    put(p, "=\"");
    put_number(p, value);
    put(p, "\"");
}

static size_t define(definition *list, size_t *count, definition wanted)
{
    for (size_t i = 0; i < *count; i++) {
        bool same_ground = strcmp(list[i].ground ? list[i].ground : "", wanted.ground ? wanted.ground : "") == 0;
        if (list[i].kind == wanted.kind && strcmp(list[i].ink, wanted.ink) == 0 && same_ground) return i;
    }
    if (*count == KINDS) return KINDS - 1;
    list[*count] = wanted;
    return (*count)++;
}

static definition hatch_of(const lti_box *box)
{
    return (definition){box->stroke ? box->stroke : "#000000", box->fill, (int)box->hatch};
}

static definition head_of(const lti_line *line)
{
    return (definition){line->stroke ? line->stroke : "#000000", NULL, line->hollow};
}

static void put_hatch(painter *p, size_t number, const definition *d)
{
    char id[24];
    snprintf(id, sizeof id, "p%zu", number);
    put(p, "<pattern");
    put_attribute(p, "id", id);
    bool lines = d->kind == LTI_HATCH_LINES;
    put(p, lines ? " width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                 : " width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">");
    if (d->ground) {
        put(p, "<rect width=\"5\" height=\"5\"");
        put_attribute(p, "fill", d->ground);
        put(p, "/>");
    }
    put(p, lines ? "<rect width=\"1.6\" height=\"5\"" : "<circle cx=\"1.5\" cy=\"1.5\" r=\".9\"");
    put_attribute(p, "fill", d->ink);
    put(p, "/></pattern>\n");
}

static void put_head(painter *p, size_t number, const definition *d)
{
    char id[24];
    snprintf(id, sizeof id, "a%zu", number);
    put(p, "<marker");
    put_attribute(p, "id", id);
    put(p, " viewBox=\"0 0 8 8\" refX=\"7.6\" refY=\"4\" markerWidth=\"5.4\" markerHeight=\"5.4\" orient=\"auto\""
           " markerUnits=\"userSpaceOnUse\"><path d=\"M.4,.9L7.6,4L.4,7.1L2,4z\"");
    put_attribute(p, "fill", d->kind ? "#FFFFFF" : d->ink);
    if (d->kind) {
        put_attribute(p, "stroke", d->ink);
        put(p, " stroke-width=\".9\"");
    }
    put(p, "/></marker>\n");
}

static void put_definitions(painter *p, const lti_scene *scene)
{
    for (size_t i = 0; i < scene->count; i++) {
        const lti_item *item = &scene->items[i];
        if (item->kind == LTI_ITEM_BOX && item->as.box.hatch) define(p->hatches, &p->hatch_count, hatch_of(&item->as.box));
        if (item->kind == LTI_ITEM_CURVE && item->as.curve.line.arrow)
            define(p->heads, &p->head_count, head_of(&item->as.curve.line));
    }
    if (p->hatch_count + p->head_count == 0) return;
    put(p, "<defs>\n");
    for (size_t i = 0; i < p->hatch_count; i++) put_hatch(p, i, &p->hatches[i]);
    for (size_t i = 0; i < p->head_count; i++) put_head(p, i, &p->heads[i]);
    put(p, "</defs>\n");
}

static void put_title(painter *p, const char *title)
{
    if (!title) return;
    put(p, "<title>");
    put_escaped(p, title);
    put(p, "</title>");
}

static void put_group(painter *p, const lti_group *g)
{
    put(p, "<g");
    put_attribute(p, "id", g->id);
    put_attribute(p, "class", g->classes);
    put_attribute(p, "role", g->role);
    put_attribute(p, "aria-label", g->label);
    for (size_t i = 0; i < g->attribute_count; i++) {
        put(p, " data-");
        put(p, g->attributes[i].key);
        put(p, "=\"");
        put_escaped(p, g->attributes[i].value);
        put(p, "\"");
    }
    put(p, ">");
    put_title(p, g->title);
}

static void put_url(painter *p, const char *name, char letter, size_t number)
{
    char url[48];
    snprintf(url, sizeof url, " %s=\"url(#%c%zu)\"", name, letter, number);
    put(p, url);
}

static void put_box(painter *p, const lti_box *box)
{
    put(p, "<rect");
    put_attribute(p, "class", box->classes);
    put_length(p, "x", box->at.x);
    put_length(p, "y", box->at.y);
    put_length(p, "width", box->at.width);
    put_length(p, "height", box->at.height);
    if (box->radius > 0) put_length(p, "rx", box->radius);
    if (box->hatch) put_url(p, "fill", 'p', define(p->hatches, &p->hatch_count, hatch_of(box)));
    else put_attribute(p, "fill", box->fill ? box->fill : "none");
    if (!box->hatch && box->stroke) {
        put_attribute(p, "stroke", box->stroke);
        put_length(p, "stroke-width", box->pen);
        put_attribute(p, "stroke-dasharray", box->dash);
    }
    put(p, "/>\n");
}

static void put_point(painter *p, lti_point point)
{
    put_number(p, point.x);
    put(p, ",");
    put_number(p, point.y);
}

static void put_path(painter *p, const lti_path *path, bool closed)
{
    put(p, " d=\"");
    const lti_point *point = path->points;
    for (size_t i = 0; i < path->step_count; i++) {
        char step[2] = {path->steps[i], '\0'};
        put(p, step);
        put_point(p, *point++);
        for (int more = path->steps[i] == 'C' ? 2 : 0; more > 0; more--) {
            put(p, " ");
            put_point(p, *point++);
        }
    }
    put(p, closed ? "z\"" : "\"");
}

static void put_curve(painter *p, const lti_line *line, const lti_path *path)
{
    if (line->halo > 0) {
        put(p, "<path class=\"halo\" fill=\"none\" stroke=\"#FFFFFF\"");
        put_length(p, "stroke-width", line->halo);
        put_path(p, path, line->closed);
        put(p, "/>\n");
    }
    if (!line->stroke && !line->fill) return;
    put(p, "<path");
    put_attribute(p, "class", line->classes);
    put_attribute(p, "fill", line->fill ? line->fill : "none");
    if (line->stroke) {
        put_attribute(p, "stroke", line->stroke);
        put_length(p, "stroke-width", line->pen);
        put_attribute(p, "stroke-dasharray", line->dash);
        if (line->round_caps) put(p, " stroke-linecap=\"round\"");
    }
    put_path(p, path, line->closed);
    if (line->arrow) put_url(p, "marker-end", 'a', define(p->heads, &p->head_count, head_of(line)));
    put(p, "/>\n");
}

static void put_text(painter *p, const lti_text *text)
{
    if (text->title) {
        put(p, "<g>");
        put_title(p, text->title);
    }
    put(p, "<text");
    put_attribute(p, "class", text->classes);
    put_length(p, "x", text->x);
    put_length(p, "y", text->y);
    put_length(p, "font-size", text->size);
    if (text->bold) put(p, " font-weight=\"700\"");
    if (text->anchor) put_attribute(p, "text-anchor", text->anchor == LTI_ANCHOR_MIDDLE ? "middle" : "end");
    if (text->spacing > 0) put_length(p, "letter-spacing", text->spacing);
    put_attribute(p, "fill", text->colour);
    put(p, ">");
    put_escaped(p, text->text);
    put(p, text->title ? "</text></g>\n" : "</text>\n");
}

static void put_head_of_page(painter *p, const lti_scene *scene)
{
    put(p, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    put_number(p, scene->width);
    put(p, "pt\" height=\"");
    put_number(p, scene->height);
    put(p, "pt\" viewBox=\"0 0 ");
    put_number(p, scene->width);
    put(p, " ");
    put_number(p, scene->height);
    put(p, "\" role=\"img\" aria-labelledby=\"map-title map-desc\"");
    put_attribute(p, "lang", scene->language);
    put_attribute(p, "xml:lang", scene->language);
    put_attribute(p, "font-family", LTI_FONT);
    put_attribute(p, "text-rendering", "geometricPrecision"); /* widths at every size as measured, not rounded to pixels */
    put(p, ">\n<title id=\"map-title\">");
    put_escaped(p, scene->title);
    put(p, "</title>\n<desc id=\"map-desc\">");
    put_escaped(p, scene->desc);
    put(p, "</desc>\n");
}

lt_code lti_paint_svg(const lti_scene *scene, const lt_sink *sink, lt_error *error)
{
    painter p;
    p.sink = sink;
    p.used = p.hatch_count = p.head_count = 0;
    p.failed = false;
    put_head_of_page(&p, scene);
    put_definitions(&p, scene);
    for (size_t i = 0; i < scene->count; i++) {
        const lti_item *item = &scene->items[i];
        switch (item->kind) {
        case LTI_ITEM_BEGIN: put_group(&p, &item->as.group); break;
        case LTI_ITEM_END: put(&p, "</g>\n"); break;
        case LTI_ITEM_BOX: put_box(&p, &item->as.box); break;
        case LTI_ITEM_CURVE: put_curve(&p, &item->as.curve.line, &item->as.curve.path); break;
        case LTI_ITEM_TEXT: put_text(&p, &item->as.text); break;
        }
    }
    put(&p, "</svg>\n");
    flush(&p);
    if (!p.failed) return LT_OK;
    if (error) *error = (lt_error){.code = LT_E_IO, .message = LT_MSG_CANNOT_WRITE};
    if (error) snprintf(error->arg[0], sizeof error->arg[0], "%s", strerror(errno));
    return LT_E_IO;
}
