/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/scene.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/measure.h"

enum { BLOCK_SIZE = 1 << 15, CUT_TEXT = 1024, ID_SIZE = 256 };

typedef struct block {
    struct block *before;
    size_t used, size;
    max_align_t bytes[];
} block;

struct lti_arena {
    block *last;
};

static void *take(lti_scene *scene, size_t size)
{
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    if (!scene->arena) scene->arena = calloc(1, sizeof *scene->arena);
    if (!scene->arena) goto failed;
    block *last = scene->arena->last;
    if (!last || last->size - last->used < size) {
        size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block *more = malloc(sizeof *more + room);
        if (!more) goto failed;
        *more = (block){.before = last, .size = room};
        scene->arena->last = last = more;
    }
    void *taken = (char *)last->bytes + last->used;
    last->used += size;
    return taken;

failed:
    scene->failed = true;
    return NULL;
}

void lti_scene_init(lti_scene *scene, double width, double height)
{
    *scene = (lti_scene){.width = width, .height = height, .title = "", .desc = "", .language = "zh-CN"};
}

static void keep_id(void *id)
{
    (void)id; /* it lies with the other texts of the scene */
}

void lti_scene_done(lti_scene *scene)
{
    tdestroy(scene->ids, keep_id);
    for (block *b = scene->arena ? scene->arena->last : NULL; b;) {
        block *before = b->before;
        free(b);
        b = before;
    }
    free(scene->arena);
    free(scene->items);
    *scene = (lti_scene){0};
}

bool lti_scene_failed(const lti_scene *scene)
{
    return scene->failed;
}

const char *lti_scene_keep(lti_scene *scene, const char *text)
{
    if (!text) return NULL;
    size_t size = strlen(text) + 1;
    char *kept = take(scene, size);
    return kept ? memcpy(kept, text, size) : NULL;
}

static lti_item *add(lti_scene *scene, lti_item_kind kind)
{
    if (scene->count == scene->room) {
        size_t room = scene->room * 2 + 256;
        lti_item *grown = realloc(scene->items, room * sizeof *grown);
        if (!grown) {
            scene->failed = true;
            return NULL;
        }
        scene->items = grown;
        scene->room = room;
    }
    lti_item *item = &scene->items[scene->count++];
    *item = (lti_item){.kind = kind};
    return item;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(left, right);
}

/* An id stands once on a page, whatever ids the data has: the second to ask for one gets a number after it. */
static const char *unique_id(lti_scene *scene, const char *wanted)
{
    char text[ID_SIZE];
    const char *id = lti_scene_keep(scene, wanted);
    for (unsigned turn = 2; id; turn++) {
        const char **found = tsearch(id, &scene->ids, by_text);
        if (!found) scene->failed = true;
        if (!found || *found == id) return id;
        snprintf(text, sizeof text, "%.200s-%u", wanted, turn);
        id = lti_scene_keep(scene, text);
    }
    return id;
}

void lti_begin(lti_scene *scene, const lti_group *group)
{
    lti_group g = *group;
    lti_attribute *attributes = g.attribute_count ? take(scene, g.attribute_count * sizeof *attributes) : NULL;
    if (!attributes) g.attribute_count = 0;
    for (size_t i = 0; i < g.attribute_count; i++)
        attributes[i] =
            (lti_attribute){lti_scene_keep(scene, group->attributes[i].key), lti_scene_keep(scene, group->attributes[i].value)};
    g.attributes = attributes;
    g.id = unique_id(scene, g.id);
    g.classes = lti_scene_keep(scene, g.classes);
    g.role = lti_scene_keep(scene, g.role);
    g.label = lti_scene_keep(scene, g.label);
    g.title = lti_scene_keep(scene, g.title);
    lti_item *item = add(scene, LTI_ITEM_BEGIN);
    if (item) item->as.group = g;
}

void lti_end(lti_scene *scene)
{
    add(scene, LTI_ITEM_END);
}

void lti_add_box(lti_scene *scene, const lti_box *box)
{
    lti_item *item = add(scene, LTI_ITEM_BOX);
    if (!item) return;
    item->as.box = *box;
    item->as.box.fill = lti_scene_keep(scene, box->fill);
    item->as.box.stroke = lti_scene_keep(scene, box->stroke);
    item->as.box.dash = lti_scene_keep(scene, box->dash);
    item->as.box.classes = lti_scene_keep(scene, box->classes);
}

void lti_add_text(lti_scene *scene, const lti_text *text)
{
    if (!text->text || !text->text[0]) return;
    lti_item *item = add(scene, LTI_ITEM_TEXT);
    if (!item) return;
    item->as.text = *text;
    item->as.text.text = lti_scene_keep(scene, text->text);
    item->as.text.title = lti_scene_keep(scene, text->title);
    item->as.text.colour = lti_scene_keep(scene, text->colour);
    item->as.text.classes = lti_scene_keep(scene, text->classes);
}

double lti_add_cut_text(lti_scene *scene, lti_text text)
{
    char cut_text[CUT_TEXT];
    bool cut = false;
    const char *whole = text.text ? text.text : "";
    double own = lti_text_width(whole, text.size, text.bold);
    if (own > text.width) {
        lti_wrap(whole, text.size, text.bold, text.width, 1, cut_text, sizeof cut_text, &cut);
        text.text = cut_text;
        own = lti_text_width(cut_text, text.size, text.bold);
    }
    if (cut || (text.text && lti_looks_cut(text.text))) text.title = whole;
    lti_add_text(scene, &text);
    return own;
}

void lti_add_curve(lti_scene *scene, const lti_line *line, const lti_path *path)
{
    if (path->failed) scene->failed = true;
    if (path->failed || path->step_count == 0) return;
    lti_path kept = {.step_count = path->step_count, .point_count = path->point_count};
    kept.steps = take(scene, path->step_count);
    kept.points = take(scene, path->point_count * sizeof *kept.points);
    if (!kept.steps || !kept.points) return;
    memcpy(kept.steps, path->steps, path->step_count);
    memcpy(kept.points, path->points, path->point_count * sizeof *kept.points);
    lti_item *item = add(scene, LTI_ITEM_CURVE);
    if (!item) return;
    item->as.curve.path = kept;
    item->as.curve.line = *line;
    item->as.curve.line.stroke = lti_scene_keep(scene, line->stroke);
    item->as.curve.line.fill = lti_scene_keep(scene, line->fill);
    item->as.curve.line.dash = lti_scene_keep(scene, line->dash);
    item->as.curve.line.classes = lti_scene_keep(scene, line->classes);
}

static bool make_room(lti_path *path, size_t steps, size_t points)
{
    if (path->step_count + steps > path->step_room) {
        size_t room = (path->step_count + steps) * 2 + 6;
        char *grown = realloc(path->steps, room);
        if (!grown) path->failed = true;
        if (!grown) return false;
        path->steps = grown;
        path->step_room = room;
    }
    if (path->point_count + points > path->point_room) {
        size_t room = (path->point_count + points) * 2 + 10;
        lti_point *grown = realloc(path->points, room * sizeof *grown);
        if (!grown) path->failed = true;
        if (!grown) return false;
        path->points = grown;
        path->point_room = room;
    }
    return true;
}

static void add_step(lti_path *path, char step, const lti_point *points, size_t count)
{
    if (!make_room(path, 1, count)) return;
    path->steps[path->step_count++] = step;
    memcpy(path->points + path->point_count, points, count * sizeof *points);
    path->point_count += count;
}

void lti_path_move(lti_path *path, double x, double y)
{
    add_step(path, 'M', &(lti_point){x, y}, 1);
}

void lti_path_line(lti_path *path, double x, double y)
{
    add_step(path, 'L', &(lti_point){x, y}, 1);
}

void lti_path_curve(lti_path *path, lti_point first, lti_point second, lti_point end)
{
    add_step(path, 'C', (lti_point[]){first, second, end}, 3);
}

void lti_path_add(lti_path *path, const lti_path *more)
{
    if (more->failed) path->failed = true;
    if (more->step_count == 0 || !make_room(path, more->step_count, more->point_count)) return;
    memcpy(path->steps + path->step_count, more->steps, more->step_count);
    memcpy(path->points + path->point_count, more->points, more->point_count * sizeof *more->points);
    path->step_count += more->step_count;
    path->point_count += more->point_count;
}

void lti_path_done(lti_path *path)
{
    free(path->steps);
    free(path->points);
    *path = (lti_path){0};
}
