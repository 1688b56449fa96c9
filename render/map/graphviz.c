/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The industry map as a Graphviz graph, and its drawing by Graphviz. The only file that includes Graphviz.
   Columns are rank=same subgraphs (clusters leak and are slow), chained through their heading, which stands last in its rank and so
   at the top. What no edge of the map touches is chained below the others of its column. Data reaches only names, labels, ids and
   tooltips, which Graphviz escapes; never URLs, fonts or style sheets, which it does not.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include "map/chain_map.h"
#include "map/measure.h"
#include "map/palette.h"

enum { LABEL_SIZE = 2048 };
static const double card_width = 150, name_size = 10; /* points */

/* Without the plug-ins that the machine's configuration would add, text is measured by Graphviz' own tables, not by fonts. */
extern gvplugin_library_t gvplugin_dot_layout_LTX_library, gvplugin_core_LTX_library;
static const lt_symlist_t plugins[] = {
    {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
    {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
    {0, 0},
};

/** A map being built. */
typedef struct {
    const lt_dataset *ds;
    const lt_gaps *gaps;
    lt_node chain;
    const lt_map_options *options;
    Agraph_t *graph;
    Agnode_t **nodes; /* by link, NULL = not on the map */
    uint32_t shown;
} drawing;

static char messages[512]; /* what Graphviz complained of; it has one process-wide handler */

static int keep_message(char *text)
{
    size_t length = strlen(messages);
    snprintf(messages + length, sizeof messages - length, "%s", text);
    for (char *c = messages; *c; c++)
        if (*c == '\n') *c = ' ';
    return 0;
}

static void set(void *object, const char *name, const char *value)
{
    agsafeset(object, (char *)(uintptr_t)name, (char *)(uintptr_t)value, (char *)(uintptr_t) "");
}

static void set_number(void *object, const char *name, double value)
{
    char text[LT_REAL_SIZE];
    lt_real_text(text, value, 6);
    set(object, name, text);
}

/** Names of a graph's objects by id, kept by its own string table: Graphviz looks at what lies before them. */
typedef struct {
    Agraph_t *graph;
    char **name; /* NULL = an object without a name */
    size_t count, capacity;
} name_table;

static void *open_names(Agraph_t *graph, Agdisc_t *discipline)
{
    (void)discipline;
    name_table *names = calloc(1, sizeof *names);
    if (names) names->graph = graph;
    return names;
}

static void close_names(void *state)
{
    name_table *names = state;
    for (size_t i = 0; names && i < names->count; i++)
        if (names->name[i]) agstrfree(names->graph, names->name[i]);
    if (names) free(names->name);
    free(names);
}

static long take_name(name_table *names, char *name, IDTYPE *id)
{
    if (names->count == names->capacity) {
        size_t capacity = names->capacity * 2 + 64;
        char **grown = realloc(names->name, capacity * sizeof *grown);
        if (!grown) return FALSE;
        names->name = grown;
        names->capacity = capacity;
    }
    names->name[names->count] = name ? agstrdup(names->graph, name) : NULL;
    *id = ++names->count;
    return TRUE;
}

static long map_name(void *state, int kind, char *name, IDTYPE *id, int create)
{
    name_table *names = state;
    (void)kind;
    if (!names) return FALSE;
    for (size_t i = 0; name && i < names->count; i++) {
        if (!names->name[i] || strcmp(names->name[i], name) != 0) continue;
        *id = i + 1;
        return TRUE;
    }
    return create ? take_name(names, name, id) : FALSE;
}

static long refuse_id(void *state, int kind, IDTYPE id)
{
    (void)state;
    (void)kind;
    (void)id;
    return FALSE;
}

static void keep_id(void *state, int kind, IDTYPE id)
{
    (void)state;
    (void)kind;
    (void)id;
}

static char *print_name(void *state, int kind, IDTYPE id)
{
    const name_table *names = state;
    (void)kind;
    return names && id > 0 && id <= names->count ? names->name[id - 1] : NULL;
}

static void note_object(void *state, int kind, void *object)
{
    (void)state;
    (void)kind;
    (void)object;
}

/* Graphviz takes a name's address for its id and sorts subgraphs by it, so that the order of columns would hang on where
   memory lies. These ids count up. */
static Agiddisc_t counting_ids = {open_names, map_name, refuse_id, keep_id, print_name, close_names, note_object};

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

static const char *text_of(const drawing *d, lt_message message)
{
    return lt_message_pattern(d->options->lang, message);
}

static void card_label(const drawing *d, uint32_t link, char label[LABEL_SIZE], int *lines)
{
    const lti_look *look = lti_look_of((lt_status)d->gaps->status[link]);
    const lt_coverage *c = &d->gaps->coverage;
    char name[LABEL_SIZE / 2], count[24], metric[256], heading[LABEL_SIZE];
    snprintf(heading, sizeof heading, "[%s] %s%s", text_of(d, look->badge), lt_links(d->ds)[link].choke ? "▲" : "",
             lt_dataset_string(d->ds, lt_links(d->ds)[link].head.name));
    *lines = lti_wrap(heading, card_width / name_size - 1.6, 2, name, sizeof name);
    snprintf(count, sizeof count, "%u", c->producers[link]);
    lt_message_format(metric, sizeof metric, d->options->lang, LT_MSG_MAP_PRODUCERS, (const char *const[]){count}, 1);
    label[0] = '\0';
    add_label_text(label, LABEL_SIZE, name);
    add_label_text(label, LABEL_SIZE, "\n");
    add_label_text(label, LABEL_SIZE, metric);
    add_label_text(label, LABEL_SIZE, "\n");
    *lines += 1;
}

static void style_card(const drawing *d, uint32_t link, Agnode_t *node)
{
    const lti_look *look = lti_look_of((lt_status)d->gaps->status[link]);
    const char *status = lt_status_word((lt_status)d->gaps->status[link]);
    char label[LABEL_SIZE], text[LABEL_SIZE];
    int lines;
    card_label(d, link, label, &lines);
    set(node, "label", label);
    set_number(node, "height", (lines * name_size * 1.25 + 8) / POINTS_PER_INCH);
    set(node, "color", look->line);
    set(node, "fillcolor", look->fill);
    set(node, "fontcolor", look->text);
    set(node, "style", look->style);
    set_number(node, "penwidth", look->pen);
    set_number(node, "peripheries", look->borders);
    snprintf(text, sizeof text, "link st-%s", status);
    set(node, "class", text);
    char whole[LABEL_SIZE / 2];
    lti_wrap(lt_dataset_string(d->ds, lt_links(d->ds)[link].head.name), 1e9, 1, whole, sizeof whole);
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
    const char *id = lt_dataset_string(d->ds, lt_links(d->ds)[link].head.id);
    char name[192], svg_id[192];
    snprintf(name, sizeof name, "n-%s", id); /* no id can meet the name of a heading */
    Agnode_t *node = agnode(d->graph, name, TRUE);
    agsubnode(column, node, TRUE);
    snprintf(svg_id, sizeof svg_id, "n-%s", id);
    set(node, "id", svg_id);
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
    lti_wrap(name, card_width / 12 - 1, 1, wrapped, sizeof wrapped);
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

static lt_message stage_message(uint8_t stage)
{
    static const lt_message messages_of[] = {[LT_STAGE_UPSTREAM] = LT_MSG_STAGE_UPSTREAM,
                                             [LT_STAGE_MIDSTREAM] = LT_MSG_STAGE_MIDSTREAM,
                                             [LT_STAGE_DOWNSTREAM] = LT_MSG_STAGE_DOWNSTREAM,
                                             [LT_STAGE_SUPPORT] = LT_MSG_STAGE_SUPPORT};
    return messages_of[stage];
}

static void hide_edge(drawing *d, Agnode_t *from, Agnode_t *to, const char *weight)
{
    Agedge_t *edge = agedge(d->graph, from, to, NULL, TRUE);
    set(edge, "style", "invis");
    set(edge, "weight", weight);
}

/* One column: the links of a segment, or those that have none in this chain (segment NULL). */
static Agnode_t *add_column(drawing *d, int number, const lt_segment *segment)
{
    char name[32];
    snprintf(name, sizeof name, "column-%d", number);
    Agraph_t *column = agsubg(d->graph, name, TRUE);
    set(column, "rank", "same");
    uint32_t before = d->shown;
    for (uint32_t i = 0; i < lt_count(d->ds, LT_LINK); i++) {
        if (!lt_link_in_chain(d->ds, i, d->chain)) continue;
        bool of_chain = lt_links(d->ds)[i].chain == d->chain;
        const lt_segment *own = of_chain ? lt_link_segment(d->ds, i) : NULL;
        if (own == segment) add_link(d, column, i);
    }
    if (d->shown == before && !segment) {
        agdelsubg(d->graph, column);
        return NULL;
    }
    const char *title = segment ? lt_dataset_string(d->ds, segment->name) : text_of(d, LT_MSG_MAP_NO_SEGMENT);
    bool staged = segment && segment->stage != LT_STAGE_UNSET;
    return add_heading(d, column, number, title, staged ? text_of(d, stage_message(segment->stage)) : "");
}

static void chain_headings(drawing *d, Agnode_t *before, Agnode_t *heading)
{
    if (!before || !heading) return;
    hide_edge(d, before, heading, "100");
}

static void add_columns(drawing *d)
{
    lt_list segments = lt_chains(d->ds)[lt_node_index(d->ds, d->chain)].segments;
    Agnode_t *before = NULL;
    for (uint32_t i = 0; i <= segments.count; i++) {
        Agnode_t *heading = add_column(d, (int)i, i < segments.count ? lt_list_segment(d->ds, segments, i) : NULL);
        chain_headings(d, before, heading);
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
        const char *colour = !real                         ? "#8D9BA8"
                             : status == LT_STATUS_MISSING ? "#A8202A"
                             : status == LT_STATUS_SINGLE  ? "#A44BB4"
                                                           : "#8D9BA8";
        set(edge, "color", colour);
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
        const lti_look *look = lti_look_of((lt_status)s);
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
    const char *name = lt_node_name(d->ds, d->chain), *as_of = lt_dataset_as_of(d->ds);
    char digest[13];
    snprintf(digest, sizeof digest, "%.12s", d->options->digest);
    lt_message_format(line, sizeof line, d->options->lang, LT_MSG_MAP_TITLE, &name, 1);
    lti_wrap(line, 60, 1, wrapped, sizeof wrapped);
    add_label_text(label, sizeof label, wrapped);
    strcat(label, "\\n");
    legend(d, line, sizeof line);
    add_label_text(label, sizeof label, line);
    strcat(label, "\\n");
    add_source_titles(d, sources, sizeof sources);
    const char *args[] = {sources, as_of[0] ? as_of : text_of(d, LT_MSG_NOT_GIVEN), digest};
    lt_message_format(line, sizeof line, d->options->lang, LT_MSG_MAP_FOOT, args, 3);
    lti_wrap(line, 90, 1, wrapped, sizeof wrapped);
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
        agattr(d->graph, defaults[i].kind, (char *)(uintptr_t)defaults[i].name, (char *)(uintptr_t)defaults[i].value);
}

static lt_code give(const lt_sink *sink, const char *bytes, size_t length, lt_error *error)
{
    if (sink->write(sink->context, bytes, length) == 0) return LT_OK;
    if (error && error->code == LT_OK) *error = (lt_error){.code = LT_E_IO, .message = LT_MSG_CANNOT_WRITE};
    if (error) snprintf(error->arg[0], sizeof error->arg[0], "%s", strerror(errno));
    return LT_E_IO;
}

static lt_code fail(lt_error *error, lt_code code, lt_message message)
{
    if (error) *error = (lt_error){.code = code, .message = message};
    if (error) snprintf(error->arg[0], sizeof error->arg[0], "%.300s", messages);
    return code;
}

static lt_code write_dot(Agraph_t *graph, const lt_sink *sink, lt_error *error)
{
    char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    if (!memory) return fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
    bool written = agwrite(graph, memory) == 0;
    written = fclose(memory) == 0 && written;
    lt_code code = written ? give(sink, text, length, error) : fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
    free(text);
    return code;
}

static lt_code write_svg(Agraph_t *graph, const lt_sink *sink, lt_error *error)
{
    static GVC_t *context; /* one for the process: making and freeing them leaks */
    if (!context) context = gvContextPlugins(plugins, 0);
    if (!context) return fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
    if (gvLayout(context, graph, "dot") != 0) return fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
    char *data = NULL;
    unsigned length = 0;
    lt_code code = LT_OK;
    if (gvRenderData(context, graph, "svg", &data, &length) != 0 || !data)
        code = fail(error, LT_E_INTERNAL, LT_MSG_MAP_LAYOUT_FAILED);
    else code = give(sink, data, length, error);
    gvFreeRenderData(data);
    gvFreeLayout(context, graph);
    return code;
}

static bool has_links(const lt_dataset *ds, lt_node chain)
{
    for (uint32_t i = 0; i < lt_count(ds, LT_LINK); i++)
        if (lt_link_in_chain(ds, i, chain)) return true;
    return false;
}

lt_code lt_chain_map_write(const lt_dataset *ds, const lt_gaps *gaps, lt_node chain, const lt_map_options *options,
                           const lt_sink *sink, lt_error *error)
{
    messages[0] = '\0';
    if (!has_links(ds, chain)) return fail(error, LT_E_ARGUMENT, LT_MSG_MAP_NO_LINKS);
    drawing d = {.ds = ds, .gaps = gaps, .chain = chain, .options = options};
    agseterr(AGERR); /* warnings tell of labels wider than their card, which lti_wrap has seen to */
    agseterrf(keep_message);
    d.nodes = calloc(lt_count(ds, LT_LINK) + 1, sizeof *d.nodes);
    Agdisc_t discipline = {&AgMemDisc, &counting_ids, &AgIoDisc};
    d.graph = agopen((char *)(uintptr_t) "liantu", Agstrictdirected, &discipline);
    lt_code code = LT_OK;
    if (!d.nodes || !d.graph) {
        code = fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY);
        goto done;
    }
    set_defaults(&d);
    add_columns(&d);
    add_edges(&d);
    tie_loose_cards(&d);
    add_title(&d);
    code = strcmp(options->format, "dot") == 0 ? write_dot(d.graph, sink, error) : write_svg(d.graph, sink, error);

done:
    if (d.graph) agclose(d.graph);
    free(d.nodes);
    return code;
}
