/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A map as a Graphviz graph, and its drawing by Graphviz: what all kinds of graph share. What stands on the map is for the files
   place_dot_*.c, a kind each.
   Columns are rank=same subgraphs (clusters leak and are slow), chained through their heading, which stands last in its rank and so
   at the top. What no edge of the map touches is chained below the others of its column. Data reaches only names, labels, ids and
   tooltips, which Graphviz escapes; never URLs, fonts or style sheets, which it does not.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/measure.h"
#include "map/palette.h"
#include "map/place_dot.h"

enum { LABEL_SIZE = 2048, note_lines = 2, most_lines = 24 };
static const double card_width = 150, name_size = 10; /* points */

static void set_number(void *object, const char *name, double value)
{
    char text[LT_REAL_SIZE];
    lt_real_text(text, value, 6);
    lti_gv_set(object, name, text);
}

/* A label's text: backslashes are escapes there and "&…;" are entities, in Graphviz and again in its SVG. A zero-width
   space keeps an ampersand from being read as one. "\l" ends a line and sets it left. */
static void add_label_text(char *label, size_t size, const char *text)
{
    size_t used = strlen(label);
    for (const char *c = text; *c; c++) {
        if (used + ((*c & 0xC0) == 0x80 ? 4 : 8) >= size) break; /* between characters */
        const char *written = *c == '\\' ? "\\\\" : *c == '\n' ? "\\l" : *c == '&' ? "&\xE2\x80\x8B" : NULL;
        if (written) used += (size_t)snprintf(label + used, size - used, "%s", written);
        else label[used++] = *c;
        label[used] = '\0';
    }
}

/* An id as Graphviz copies it into its SVG: "&amp;" stays one, what XML forbids is replaced. As the name of a node it is then
   numbered after a space, which no id holds, so that it meets no other; as an attribute its backslashes are escapes. */
static void write_id(char sign, const char *id, uint32_t number, bool name, char text[LABEL_SIZE])
{
    char clean[LABEL_SIZE / 2];
    lti_wrap(id, name_size, false, 1e9, 1, clean, sizeof clean, NULL);
    int used = snprintf(text, LABEL_SIZE, "%c-", sign);
    for (const char *c = clean; *c && used + 8 < LABEL_SIZE; c++) {
        const char *after = *c == '&' ? "amp;" : *c == '\\' && !name ? "\\" : "";
        used += snprintf(text + used, (size_t)(LABEL_SIZE - used), "%c%s", *c, after);
    }
    if (name && strcmp(clean, id) != 0) snprintf(text + used, (size_t)(LABEL_SIZE - used), " %u", number);
}

Agnode_t *lti_dot_node(lti_dot *dot, Agraph_t *column, char sign, const char *id, uint32_t number)
{
    char text[LABEL_SIZE];
    write_id(sign, id, number, true, text);
    Agnode_t *node = agnode(dot->graph, text, TRUE);
    agsubnode(column, node, TRUE);
    write_id(sign, id, number, false, text);
    lti_gv_set(node, "id", text);
    return node;
}

/* Lines of a card, each ended. @return how many. */
static int add_lines(char label[LABEL_SIZE], const char *text, int most)
{
    char lines[LABEL_SIZE / 2];
    int count = lti_wrap(text, name_size, false, card_width - 1.6 * name_size, most, lines, sizeof lines, NULL);
    add_label_text(label, LABEL_SIZE, lines);
    add_label_text(label, LABEL_SIZE, "\n");
    return count;
}

static int add_note(char label[LABEL_SIZE], const char *note)
{
    int lines = 0;
    char line[LABEL_SIZE / 2];
    for (const char *end; *note && lines < most_lines; note = *end ? end + 1 : end) {
        end = note + strcspn(note, "\n");
        snprintf(line, sizeof line, "%.*s", (int)(end - note), note);
        lines += add_lines(label, line, note_lines);
    }
    return lines;
}

/* What tells a status without colour, as far as Graphviz can say it. */
static const char *const styles[] = {
    [LTI_CUE_NONE] = "filled",          [LTI_CUE_HATCH] = "filled,dashed",     [LTI_CUE_DOTS] = "filled,dotted",
    [LTI_CUE_FULL_BAR] = "filled,bold", [LTI_CUE_HALF_BAR] = "filled,rounded", [LTI_CUE_DOUBLE] = "filled",
    [LTI_CUE_OPEN] = "filled,dashed"};

void lti_dot_style(lti_dot *dot, Agnode_t *node, const lti_dot_card *card)
{
    char label[LABEL_SIZE] = "", tooltip[LABEL_SIZE] = "", whole[LABEL_SIZE / 2];
    int lines = add_lines(label, card->name, 2);
    if (card->note) lines += add_note(label, card->note);
    lti_gv_set(node, "label", label);
    set_number(node, "height", (lines * name_size * 1.25 + 8) / POINTS_PER_INCH);
    lti_gv_set(node, "color", card->look->colour);
    lti_gv_set(node, "fillcolor", card->look->fill);
    lti_gv_set(node, "fontcolor", dot->map->colours->text);
    lti_gv_set(node, "style", styles[card->look->cue]);
    set_number(node, "penwidth", card->look->cue == LTI_CUE_FULL_BAR ? 2.4 : card->look->cue == LTI_CUE_DOTS ? 2 : 1.2);
    set_number(node, "peripheries", card->look->cue == LTI_CUE_DOUBLE ? 2 : 1);
    lti_gv_set(node, "class", card->classes);
    lti_wrap(card->tooltip, name_size, false, 1e9, 1, whole, sizeof whole, NULL);
    add_label_text(tooltip, sizeof tooltip, whole);
    lti_gv_set(node, "tooltip", tooltip);
}

Agnode_t *lti_dot_remark(lti_dot *dot, Agraph_t *column, int number, const char *text)
{
    char name[32], label[LABEL_SIZE] = "";
    snprintf(name, sizeof name, "remark-%d", number);
    Agnode_t *node = agnode(dot->graph, name, TRUE);
    agsubnode(column, node, TRUE);
    int lines = add_lines(label, text, 4);
    lti_gv_set(node, "id", name);
    lti_gv_set(node, "class", "remark");
    lti_gv_set(node, "label", label);
    lti_gv_set(node, "shape", "plaintext");
    lti_gv_set(node, "fontcolor", dot->map->colours->soft);
    set_number(node, "height", (lines * name_size * 1.25 + 8) / POINTS_PER_INCH);
    return node;
}

Agraph_t *lti_dot_column(lti_dot *dot, int number)
{
    char name[32];
    snprintf(name, sizeof name, "column-%d", number);
    Agraph_t *column = agsubg(dot->graph, name, TRUE);
    lti_gv_set(column, "rank", "same");
    return column;
}

Agedge_t *lti_dot_edge(lti_dot *dot, Agnode_t *from, Agnode_t *to)
{
    return agedge(dot->graph, from, to, NULL, TRUE);
}

void lti_dot_hide_edge(lti_dot *dot, Agnode_t *from, Agnode_t *to, const char *weight)
{
    Agedge_t *edge = lti_dot_edge(dot, from, to);
    lti_gv_set(edge, "style", "invis");
    lti_gv_set(edge, "weight", weight);
}

void lti_dot_below(lti_dot *dot, Agnode_t *above, Agnode_t *below)
{
    lti_dot_hide_edge(dot, above, below, "3"); /* rather together than level with what edges lead to */
}

Agnode_t *lti_dot_heading(lti_dot *dot, Agraph_t *column, int number, const char *over, const char *name)
{
    char id[32], label[LABEL_SIZE] = "", wrapped[512];
    snprintf(id, sizeof id, "h-%d", number);
    Agnode_t *node = agnode(dot->graph, id, TRUE);
    agsubnode(column, node, TRUE);
    lti_wrap(name, 12, false, card_width - 12, 1, wrapped, sizeof wrapped, NULL);
    if (over[0]) {
        add_label_text(label, sizeof label, over);
        strcat(label, "\\n");
    }
    add_label_text(label, sizeof label, wrapped);
    lti_gv_set(node, "label", label);
    lti_gv_set(node, "id", id);
    lti_gv_set(node, "class", "stage");
    lti_gv_set(node, "height", "0.55");
    lti_gv_set(node, "fontsize", "12");
    lti_gv_set(node, "fontcolor", "#FFFFFF");
    lti_gv_set(node, "fillcolor", dot->map->colours->chevron[LT_STAGE_MIDSTREAM]);
    lti_gv_set(node, "color", dot->map->colours->chevron[LT_STAGE_MIDSTREAM]);
    lti_gv_set(node, "style", "filled");
    if (dot->heading) lti_dot_hide_edge(dot, dot->heading, node, "100");
    dot->heading = node;
    return node;
}

void lti_dot_count(lti_dot *dot, const char *badge, const char *name, size_t number)
{
    char text[LABEL_SIZE / 2];
    const char *before = dot->legend ? dot->legend : "";
    snprintf(text, sizeof text, "%s%s[%s] %s %zu", before, before[0] ? "   " : "", badge, name, number);
    dot->legend = lti_scene_keep(&dot->texts, text);
}

static void add_source_titles(const lti_dot *dot, char *text, size_t size)
{
    const lt_dataset *ds = dot->map->ds;
    text[0] = '\0';
    for (size_t i = 0; i < lt_source_count(ds); i++) {
        const lt_source *source = &lt_sources(ds)[i];
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%s", used ? "·" : "",
                 lt_dataset_string(ds, source->title ? source->title : source->id));
    }
}

/* dot sets a card without edges wherever there is room, above the headings too. Tied to one that has edges, it stays below. */
static void tie_loose_cards(lti_dot *dot)
{
    for (Agraph_t *column = agfstsubg(dot->graph); column; column = agnxtsubg(column)) {
        Agnode_t *held = NULL;
        for (Agnode_t *node = agfstnode(column); node; node = agnxtnode(column, node))
            if (!held && agdegree(dot->graph, node, TRUE, TRUE) > 0 && agnameof(node)[0] != 'h') held = node;
        for (Agnode_t *node = agfstnode(column); node && held; node = agnxtnode(column, node))
            if (agdegree(dot->graph, node, TRUE, TRUE) == 0) lti_dot_hide_edge(dot, held, node, "1");
    }
}

/* The graph's label is set last: subgraphs made after it would take it over. */
static void add_title(const lti_dot *dot)
{
    const lti_map *map = dot->map;
    char line[LABEL_SIZE / 2], sources[LABEL_SIZE / 2], wrapped[LABEL_SIZE], label[3 * LABEL_SIZE] = "";
    const char *as_of = lt_dataset_as_of(map->ds);
    char digest[13];
    snprintf(digest, sizeof digest, "%.12s", map->options->digest ? map->options->digest : "");
    lti_wrap(dot->title ? dot->title : "", 16, false, 960, 1, wrapped, sizeof wrapped, NULL);
    add_label_text(label, sizeof label, wrapped);
    strcat(label, "\\n");
    add_label_text(label, sizeof label, dot->legend ? dot->legend : "");
    strcat(label, "\\n");
    for (const char *key = dot->keys ? dot->keys : "", *end; *key; key = *end ? end + 1 : end) {
        end = key + strcspn(key, "\n");
        snprintf(line, sizeof line, "%.*s", (int)(end - key), key);
        lti_wrap(line, 16, false, 960, 1, wrapped, sizeof wrapped, NULL);
        add_label_text(label, sizeof label, wrapped);
        strcat(label, "\\n");
    }
    add_source_titles(dot, sources, sizeof sources);
    const char *args[] = {sources, as_of[0] ? as_of : lt_message_pattern(map->lang, LT_MSG_NOT_GIVEN), digest};
    lt_message_format(line, sizeof line, map->lang, LT_MSG_MAP_FOOT, args, 3);
    lti_wrap(line, 16, false, 1440, 1, wrapped, sizeof wrapped, NULL);
    add_label_text(label, sizeof label, wrapped);
    strcat(label, "\\n");
    lti_gv_set(dot->graph, "label", label);
}

static void set_defaults(lti_dot *dot)
{
    static const struct {
        int kind;
        const char *name, *value;
    } defaults[] = {
        {AGRAPH, "rankdir", "LR"},      {AGRAPH, "newrank", "true"},
        {AGRAPH, "nodesep", ".14"},     {AGRAPH, "ranksep", ".62"},
        {AGRAPH, "splines", "true"},    {AGRAPH, "labelloc", "t"},
        {AGRAPH, "fontname", LTI_FONT}, {AGRAPH, "fontsize", "16"},
        {AGRAPH, "charset", "UTF-8"},   {AGRAPH, "outputorder", "edgesfirst"},
        {AGNODE, "shape", "box"},       {AGNODE, "fixedsize", "true"},
        {AGNODE, "width", "2.08"},      {AGNODE, "fontname", LTI_FONT},
        {AGNODE, "fontsize", "10"},     {AGEDGE, "arrowsize", "0.5"},
        {AGEDGE, "penwidth", "0.9"},    {AGEDGE, "fontname", LTI_FONT},
    };
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        lti_gv_default(dot->graph, defaults[i].kind, defaults[i].name, defaults[i].value);
}

static lt_code give(const lt_sink *sink, const char *bytes, size_t length, lt_error *error)
{
    if (sink->write(sink->context, bytes, length) == 0) return LT_OK;
    if (error && error->code == LT_OK) *error = (lt_error){.code = LT_E_IO, .message = LT_MSG_CANNOT_WRITE};
    if (error) snprintf(error->arg[0], sizeof error->arg[0], "%s", strerror(errno));
    return LT_E_IO;
}

static lt_code write_dot(Agraph_t *graph, const lt_sink *sink, lt_error *error)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory) return lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
    bool written = agwrite(graph, memory) == 0;
    written = fclose(memory) == 0 && written;
    lt_code code = written ? give(sink, text, length, error) : lti_gv_fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
    free(text);
    return code;
}

/* Graphviz takes Han for wider than it is, and would begin such lines left of their card. */
static void keep_lines_in(Agraph_t *graph)
{
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        textlabel_t *label = ND_label(node);
        double room = ND_width(node) * POINTS_PER_INCH - 1.6 * name_size;
        if (label && label->space.x > room) label->space.x = room;
    }
}

static lt_code write_svg(Agraph_t *graph, const lt_sink *sink, lt_error *error)
{
    GVC_t *context = lti_gv_context();
    if (!context) return lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
    if (gvLayout(context, graph, "dot") != 0) return lti_gv_fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
    keep_lines_in(graph);
    char *data = NULL;
    unsigned length = 0;
    lt_code code = LT_OK;
    if (gvRenderData(context, graph, "svg", &data, &length) != 0 || !data)
        code = lti_gv_fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
    else code = give(sink, data, length, error);
    gvFreeRenderData(data);
    gvFreeLayout(context, graph);
    return code;
}

/* More nodes, edges and columns than any graph of the dataset has in practice; what is past it is taken as it comes. */
static size_t objects_of(const lt_dataset *ds)
{
    return 32 * lt_count(ds, LT_LINK) + lt_count(ds, LT_SUPPLY) + 2 * (lt_count(ds, LT_CAPABILITY) + lt_count(ds, LT_PROSPECT));
}

lt_code lti_dot_write(const lti_map *map, lti_graph graph, bool as_dot, const lt_sink *sink, lt_error *error)
{
    lti_gv_begin();
    lti_dot dot = {.map = map};
    dot.graph = lti_gv_open(Agstrictdirected, objects_of(map->ds));
    lt_code code = LT_OK;
    if (!dot.graph) {
        code = lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
        goto done;
    }
    set_defaults(&dot);
    code = graph(&dot, error);
    if (code != LT_OK) goto done;
    if (dot.texts.failed) {
        code = lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
        goto done;
    }
    tie_loose_cards(&dot);
    add_title(&dot);
    code = as_dot ? write_dot(dot.graph, sink, error) : write_svg(dot.graph, sink, error);

done:
    if (dot.graph) agclose(dot.graph);
    lti_scene_done(&dot.texts);
    return code;
}
