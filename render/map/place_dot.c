/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A map as a Graphviz graph, and its drawing by Graphviz.
   Columns are rank=same subgraphs (clusters leak and are slow), chained through their heading, which stands last in its rank and so
   at the top. What no edge of the map touches is chained below the others of its column. Data reaches only names, labels, ids and
   tooltips, which Graphviz escapes; never URLs, fonts or style sheets, which it does not.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "map/dot.h"
#include "map/edges.h"
#include "map/measure.h"
#include "map/palette.h"
#include "map/place_gv.h"

enum { LABEL_SIZE = 2048 };
static const double card_width = 150, name_size = 10; /* points */

/** A map being built. */
typedef struct {
    const lti_map *map;
    const lt_dataset *ds;
    const lt_gaps *gaps;
    lt_node chain; /* LT_NONE = all: a column a chain */
    const lt_map_options *options;
    Agraph_t *graph;
    Agnode_t **nodes; /* by link, NULL = not on the map */
    uint32_t shown;
} drawing;

/** What a column takes: links of a chain, and of one of its segments. */
typedef struct {
    lt_node chain; /* LT_NONE = the map's */
    const lt_segment *segment;
} taking;

static void set(void *object, const char *name, const char *value)
{
    lti_gv_set(object, name, value);
}

static void set_number(void *object, const char *name, double value)
{
    char text[LT_REAL_SIZE];
    lt_real_text(text, value, 6);
    set(object, name, text);
}

/* A label's text: backslashes are escapes there and "&…;" are entities, in Graphviz and again in its SVG. A zero-width
   space keeps an ampersand from being read as one. "\l" ends a line and sets it left. */
static void add_label_text(char *label, size_t size, const char *text)
{
    size_t used = strlen(label);
    for (const char *c = text; *c && used + 8 < size; c++) {
        const char *written = *c == '\\' ? "\\\\" : *c == '\n' ? "\\l" : *c == '&' ? "&\xE2\x80\x8B" : NULL;
        if (written) used += (size_t)snprintf(label + used, size - used, "%s", written);
        else label[used++] = *c;
        label[used] = '\0';
    }
}

/* A link's id as Graphviz copies it into its SVG: "&amp;" stays one, what XML forbids is replaced. As the name of a node it is then
   numbered after a space, which no id holds, so that it meets no other; as an attribute its backslashes are escapes. */
static void write_id(const drawing *d, uint32_t link, bool name, char text[LABEL_SIZE])
{
    const char *id = lt_dataset_string(d->ds, lt_links(d->ds)[link].head.id);
    char clean[LABEL_SIZE / 2];
    lti_wrap(id, name_size, false, 1e9, 1, clean, sizeof clean, NULL);
    int used = snprintf(text, LABEL_SIZE, "n-");
    for (const char *c = clean; *c && used + 8 < LABEL_SIZE; c++) {
        const char *after = *c == '&' ? "amp;" : *c == '\\' && !name ? "\\" : "";
        used += snprintf(text + used, (size_t)(LABEL_SIZE - used), "%c%s", *c, after);
    }
    if (name && strcmp(clean, id) != 0) snprintf(text + used, (size_t)(LABEL_SIZE - used), " %u", link + 1);
}

static const char *text_of(const drawing *d, lt_message message)
{
    return lt_message_pattern(d->options->lang, message);
}

static void card_label(const drawing *d, uint32_t link, char label[LABEL_SIZE], int *lines)
{
    const lti_look *look = lti_look_of(d->options->style, (lt_status)d->gaps->status[link]);
    const lt_coverage *c = &d->gaps->coverage;
    char name[LABEL_SIZE / 2], count[24], metric[256], heading[LABEL_SIZE];
    snprintf(heading, sizeof heading, "[%s] %s%s", text_of(d, look->badge), lt_links(d->ds)[link].choke ? "▲" : "",
             lt_dataset_string(d->ds, lt_links(d->ds)[link].head.name));
    *lines = lti_wrap(heading, name_size, false, card_width - 1.6 * name_size, 2, name, sizeof name, NULL);
    snprintf(count, sizeof count, "%u", c->producers[link]);
    bool unknown = d->gaps->status[link] == LT_STATUS_UNKNOWN;
    lt_message_format(metric, sizeof metric, d->options->lang, unknown ? LT_MSG_MAP_NOT_SURVEYED : LT_MSG_MAP_PRODUCERS,
                      (const char *const[]){count}, 1);
    label[0] = '\0';
    add_label_text(label, LABEL_SIZE, name);
    add_label_text(label, LABEL_SIZE, "\n");
    add_label_text(label, LABEL_SIZE, metric);
    add_label_text(label, LABEL_SIZE, "\n");
    *lines += 1;
}

/* What tells a status without colour, as far as Graphviz can say it. */
static const char *const styles[] = {
    [LTI_CUE_NONE] = "filled",          [LTI_CUE_HATCH] = "filled,dashed",     [LTI_CUE_DOTS] = "filled,dotted",
    [LTI_CUE_FULL_BAR] = "filled,bold", [LTI_CUE_HALF_BAR] = "filled,rounded", [LTI_CUE_DOUBLE] = "filled",
    [LTI_CUE_OPEN] = "filled,dashed"};

static void style_card(const drawing *d, uint32_t link, Agnode_t *node)
{
    const lti_look *look = lti_look_of(d->options->style, (lt_status)d->gaps->status[link]);
    const char *status = lt_status_word((lt_status)d->gaps->status[link]);
    char label[LABEL_SIZE], text[LABEL_SIZE];
    int lines;
    card_label(d, link, label, &lines);
    set(node, "label", label);
    set_number(node, "height", (lines * name_size * 1.25 + 8) / POINTS_PER_INCH);
    set(node, "color", look->colour);
    set(node, "fillcolor", look->fill);
    set(node, "fontcolor", d->map->colours->text);
    set(node, "style", styles[look->cue]);
    set_number(node, "penwidth", look->cue == LTI_CUE_FULL_BAR ? 2.4 : look->cue == LTI_CUE_DOTS ? 2 : 1.2);
    set_number(node, "peripheries", look->cue == LTI_CUE_DOUBLE ? 2 : 1);
    snprintf(text, sizeof text, "link st-%s", status);
    set(node, "class", text);
    char whole[LABEL_SIZE / 2];
    lti_wrap(lt_dataset_string(d->ds, lt_links(d->ds)[link].head.name), name_size, false, 1e9, 1, whole, sizeof whole, NULL);
    text[0] = '\0';
    add_label_text(text, sizeof text, whole);
    set(node, "tooltip", text);
}

static void style_junction(Agnode_t *node)
{
    set(node, "shape", "circle");
    set(node, "label", " "); /* an empty one is left out of DOT, and dot would show the name */
    set(node, "fontsize", "1");
    set(node, "width", "0.12");
    set(node, "height", "0.12");
    set(node, "style", "filled");
    set(node, "fillcolor", "#8D9BA8");
    set(node, "color", "#8D9BA8");
    set(node, "class", "junction");
}

static Agnode_t *add_link(drawing *d, Agraph_t *column, uint32_t link)
{
    char name[LABEL_SIZE];
    write_id(d, link, true, name); /* which cannot meet the name of a heading */
    Agnode_t *node = agnode(d->graph, name, TRUE);
    agsubnode(column, node, TRUE);
    write_id(d, link, false, name);
    set(node, "id", name);
    if (lt_links(d->ds)[link].abstract) style_junction(node);
    else style_card(d, link, node);
    d->nodes[link] = node;
    d->shown++;
    return node;
}

static Agnode_t *add_heading(drawing *d, Agraph_t *column, int number, const char *name, const char *stage)
{
    char id[32], label[LABEL_SIZE] = "", wrapped[512];
    snprintf(id, sizeof id, "h-%d", number);
    Agnode_t *node = agnode(d->graph, id, TRUE);
    agsubnode(column, node, TRUE);
    lti_wrap(name, 12, false, card_width - 12, 1, wrapped, sizeof wrapped, NULL);
    if (stage[0]) {
        add_label_text(label, sizeof label, stage);
        strcat(label, "\\n");
    }
    add_label_text(label, sizeof label, wrapped);
    set(node, "label", label);
    set(node, "id", id);
    set(node, "class", "stage");
    set(node, "height", "0.55");
    set(node, "fontsize", "12");
    set(node, "fontcolor", "#FFFFFF");
    set(node, "fillcolor", "#1D5A8E");
    set(node, "color", "#1D5A8E");
    set(node, "style", "filled");
    return node;
}

static void hide_edge(drawing *d, Agnode_t *from, Agnode_t *to, const char *weight)
{
    Agedge_t *edge = agedge(d->graph, from, to, NULL, TRUE);
    set(edge, "style", "invis");
    set(edge, "weight", weight);
}

static bool takes(const drawing *d, taking t, uint32_t link)
{
    const lt_link *l = &lt_links(d->ds)[link];
    if (d->chain == LT_NONE) return l->chain == t.chain;
    return (l->chain == d->chain ? lt_link_segment(d->ds, link) : NULL) == t.segment;
}

/* One column: the links of a segment, those that have none in this chain, or those of a chain. */
static Agnode_t *add_column(drawing *d, int number, taking t)
{
    char name[32];
    snprintf(name, sizeof name, "column-%d", number);
    Agraph_t *column = agsubg(d->graph, name, TRUE);
    set(column, "rank", "same");
    uint32_t before = d->shown;
    for (size_t i = 0; i < d->map->link_count; i++)
        if (takes(d, t, d->map->links[i])) add_link(d, column, d->map->links[i]);
    if (d->shown == before) {
        agdelsubg(d->graph, column);
        return NULL;
    }
    const char *title = t.segment            ? lt_dataset_string(d->ds, t.segment->name)
                        : t.chain != LT_NONE ? lt_node_name(d->ds, t.chain)
                                             : text_of(d, LT_MSG_MAP_NO_SEGMENT);
    bool staged = t.segment && t.segment->stage != LT_STAGE_UNSET;
    return add_heading(d, column, number, title, staged ? text_of(d, lti_stage_message(t.segment->stage)) : "");
}

static void add_columns(drawing *d)
{
    lt_list segments = {0};
    if (d->chain != LT_NONE) segments = lt_chains(d->ds)[lt_node_index(d->ds, d->chain)].segments;
    uint32_t count = d->chain == LT_NONE ? (uint32_t)lt_count(d->ds, LT_CHAIN) : segments.count + 1;
    Agnode_t *before = NULL;
    for (uint32_t i = 0; i < count; i++) {
        taking t = {d->chain == LT_NONE ? lt_node_at(d->ds, LT_CHAIN, i) : LT_NONE, NULL};
        if (i < segments.count) t.segment = lt_list_segment(d->ds, segments, i);
        const char *wanted = d->options->segment;
        if (wanted && (!t.segment || strcmp(wanted, lt_dataset_string(d->ds, t.segment->id)) != 0)) continue;
        Agnode_t *heading = add_column(d, (int)i, t);
        if (before && heading) hide_edge(d, before, heading, "100");
        if (heading) before = heading;
    }
}

static void add_edges(drawing *d)
{
    lt_node base = lt_node_at(d->ds, LT_LINK, 0);
    for (size_t i = 0; i < lt_count(d->ds, LT_SUPPLY); i++) {
        const lt_supply *supply = &lt_supplies(d->ds)[i];
        uint32_t from = supply->edge.from - base, to = supply->edge.to - base;
        if (!d->nodes[from] || !d->nodes[to]) continue;
        Agedge_t *edge = agedge(d->graph, d->nodes[from], d->nodes[to], NULL, TRUE);
        bool real = !lt_links(d->ds)[from].abstract;
        lt_status status = (lt_status)d->gaps->status[from];
        bool optional = supply->need == LT_NEED_OPTIONAL;
        set(edge, "color", real ? lti_look_of(d->options->style, status)->edge : d->map->colours->supply);
        set(edge, "class", optional ? "edge supply optional" : supply->group ? "edge supply alternative" : "edge supply");
        if (optional) set(edge, "style", "dotted");
        else if (real && status == LT_STATUS_MISSING) set(edge, "style", "dashed");
        if (supply->group) set(edge, "arrowhead", "empty");
    }
}

static void legend(const drawing *d, char *text, size_t size)
{
    uint32_t counts[LT_STATUSES] = {0};
    for (uint32_t i = 0; i < lt_count(d->ds, LT_LINK); i++)
        if (d->nodes[i] && !lt_links(d->ds)[i].abstract) counts[d->gaps->status[i]]++;
    text[0] = '\0';
    for (int s = LT_STATUSES - 1; s >= 0; s--) {
        size_t used = strlen(text);
        const lti_look *look = lti_look_of(d->options->style, (lt_status)s);
        snprintf(text + used, size - used, "%s[%s] %s %u", used ? "   " : "", text_of(d, look->badge), text_of(d, look->name),
                 counts[s]);
    }
}

static void add_source_titles(const drawing *d, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < lt_source_count(d->ds); i++) {
        const lt_source *source = &lt_sources(d->ds)[i];
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%s", used ? "·" : "",
                 lt_dataset_string(d->ds, source->title ? source->title : source->id));
    }
}

/* dot sets a card without edges wherever there is room, above the headings too. Tied to one that has edges, it stays below. */
static void tie_loose_cards(drawing *d)
{
    for (Agraph_t *column = agfstsubg(d->graph); column; column = agnxtsubg(column)) {
        Agnode_t *held = NULL;
        for (Agnode_t *node = agfstnode(column); node; node = agnxtnode(column, node))
            if (!held && agdegree(d->graph, node, TRUE, TRUE) > 0 && agnameof(node)[0] == 'n') held = node;
        for (Agnode_t *node = agfstnode(column); node && held; node = agnxtnode(column, node))
            if (agdegree(d->graph, node, TRUE, TRUE) == 0) hide_edge(d, held, node, "1");
    }
}

/* The graph's label is set last: subgraphs made after it would take it over. */
static void add_title(drawing *d)
{
    char line[LABEL_SIZE / 2], sources[LABEL_SIZE / 2], wrapped[LABEL_SIZE], label[2 * LABEL_SIZE] = "";
    const char *name = lt_node_name(d->ds, d->chain != LT_NONE ? d->chain : lt_dataset_home(d->ds)),
               *as_of = lt_dataset_as_of(d->ds);
    char digest[13];
    snprintf(digest, sizeof digest, "%.12s", d->options->digest ? d->options->digest : "");
    lt_message_format(line, sizeof line, d->options->lang, d->chain != LT_NONE ? LT_MSG_MAP_TITLE : LT_MSG_MAP_TITLE_CITY, &name,
                      1);
    lti_wrap(line, 16, false, 960, 1, wrapped, sizeof wrapped, NULL);
    add_label_text(label, sizeof label, wrapped);
    strcat(label, "\\n");
    legend(d, line, sizeof line);
    add_label_text(label, sizeof label, line);
    strcat(label, "\\n");
    add_source_titles(d, sources, sizeof sources);
    const char *args[] = {sources, as_of[0] ? as_of : text_of(d, LT_MSG_NOT_GIVEN), digest};
    lt_message_format(line, sizeof line, d->options->lang, LT_MSG_MAP_FOOT, args, 3);
    lti_wrap(line, 16, false, 1440, 1, wrapped, sizeof wrapped, NULL);
    add_label_text(label, sizeof label, wrapped);
    strcat(label, "\\n");
    set(d->graph, "label", label);
}

static void set_defaults(drawing *d)
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
        lti_gv_default(d->graph, defaults[i].kind, defaults[i].name, defaults[i].value);
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

static lt_code write_svg(Agraph_t *graph, const lt_sink *sink, lt_error *error)
{
    GVC_t *context = lti_gv_context();
    if (!context) return lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
    if (gvLayout(context, graph, "dot") != 0) return lti_gv_fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
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

lt_code lti_dot_write(const lti_map *map, bool dot, const lt_sink *sink, lt_error *error)
{
    lti_gv_begin();
    drawing d = {.map = map, .ds = map->ds, .gaps = map->gaps, .options = map->options};
    d.chain = map->options->chain;
    d.nodes = calloc(lt_count(map->ds, LT_LINK) + 1, sizeof *d.nodes);
    d.graph = lti_gv_open(Agstrictdirected, 4 * lt_count(map->ds, LT_LINK) + lt_count(map->ds, LT_SUPPLY));
    lt_code code = LT_OK;
    if (!d.nodes || !d.graph) {
        code = lti_gv_fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
        goto done;
    }
    set_defaults(&d);
    add_columns(&d);
    add_edges(&d);
    tie_loose_cards(&d);
    add_title(&d);
    code = dot ? write_dot(d.graph, sink, error) : write_svg(d.graph, sink, error);

done:
    if (d.graph) agclose(d.graph);
    free(d.nodes);
    return code;
}
