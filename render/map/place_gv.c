/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/place_gv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Without the plug-ins that the machine's configuration would add, text is measured by Graphviz' own tables, not by fonts. */
extern gvplugin_library_t gvplugin_dot_layout_LTX_library, gvplugin_core_LTX_library;
static const lt_symlist_t plugins[] = {
    {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
    {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
    {0, 0},
};

static char messages[512]; /* what Graphviz complained of; it has one process-wide handler */

static int keep_message(char *text)
{
    size_t length = strlen(messages);
    snprintf(messages + length, sizeof messages - length, "%s", text);
    for (char *c = messages; *c; c++)
        if (*c == '\n') *c = ' ';
    return 0;
}

void lti_gv_begin(void)
{
    messages[0] = '\0';
    agseterr(AGERR); /* warnings tell of labels wider than their card, which lti_wrap has seen to */
    agseterrf(keep_message);
}

GVC_t *lti_gv_context(void)
{
    static GVC_t *context; /* one for the process: making and freeing them leaks */
    if (!context) context = gvContextPlugins(plugins, 0);
    return context;
}

lt_code lti_gv_fail(lt_error *error, lt_code code, lt_message message)
{
    if (error) *error = (lt_error){.code = code, .message = message};
    if (error) snprintf(error->arg[0], sizeof error->arg[0], "%.300s", messages);
    return code;
}

void lti_gv_set(void *object, const char *name, const char *value)
{
    agsafeset(object, (char *)(uintptr_t)name, (char *)(uintptr_t)value, (char *)(uintptr_t) "");
}

void lti_gv_default(Agraph_t *graph, int kind, const char *name, const char *value)
{
    agattr(graph, kind, (char *)(uintptr_t)name, (char *)(uintptr_t)value);
}

/** Names of a graph's objects by id, kept by its own string table: Graphviz looks at what lies before them. */
typedef struct {
    Agraph_t *graph;
    char **name; /* NULL = an object without a name */
    size_t count, capacity;
} name_table;

static size_t names_wanted; /* by the graph that is being opened; Graphviz passes nothing on */

static void *open_names(Agraph_t *graph, Agdisc_t *discipline)
{
    (void)discipline;
    name_table *names = calloc(1, sizeof *names);
    if (!names) return NULL;
    *names = (name_table){.graph = graph, .name = malloc((names_wanted + 1) * sizeof *names->name), .capacity = names_wanted + 1};
    if (names->name) return names;
    free(names);
    return NULL;
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

Agraph_t *lti_gv_open(Agdesc_t kind, size_t objects)
{
    names_wanted = objects + 1; /* the graph itself */
    Agdisc_t discipline = {&AgMemDisc, &counting_ids, &AgIoDisc};
    Agraph_t *graph = agopen((char *)(uintptr_t) "liantu", kind, &discipline);
    if (!graph || graph->clos->state.id) return graph;
    agclose(graph); /* without a table no name can be given */
    return NULL;
}
