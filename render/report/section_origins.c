/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From where to attract: regions that the data names, firms named there, ways to reach them. */
#include <stdlib.h>

#include "report/build.h"

enum { SHOWN = 20 };

static const lt_doc_column columns[] = {
    {LT_MSG_COLUMN_REGION, 26, false},      {LT_MSG_REPORT_COLUMN_CHAINS, 30, false},  {LT_MSG_COLUMN_LINKS, 12, true},
    {LT_MSG_REPORT_COLUMN_FIRMS, 16, true}, {LT_MSG_REPORT_COLUMN_CHANNELS, 16, true},
};

typedef struct {
    uint32_t region, links, firms, channels, chains;
} origin;

static int by_weight(const void *left, const void *right)
{
    const origin *a = left, *b = right;
    if (a->firms != b->firms) return a->firms > b->firms ? -1 : 1;
    if (a->links + a->chains != b->links + b->chains) return a->links + a->chains > b->links + b->chains ? -1 : 1;
    return a->region < b->region ? -1 : a->region > b->region;
}

static void count_firms(const lti_report *r, origin *origins, bool *seen)
{
    for (size_t i = 0; i < lt_count(r->ds, LT_PROSPECT); i++) {
        const lt_edge *edge = &lt_prospects(r->ds)[i].edge;
        if (edge->role != LT_PROSPECT_PRODUCE || lt_node_kind(r->ds, edge->from) != LT_FIRM) continue;
        uint32_t firm = lt_node_index(r->ds, edge->from);
        lt_node region = lt_firms(r->ds)[firm].region;
        if (region == LT_NONE || seen[firm]) continue;
        seen[firm] = true;
        origins[lt_node_index(r->ds, region)].firms++;
    }
}

static size_t list_origins(const lti_report *r, origin *origins, bool *seen)
{
    size_t regions = lt_count(r->ds, LT_REGION), count = 0;
    lt_node home = lt_dataset_home(r->ds);
    for (uint32_t i = 0; i < regions; i++) origins[i].region = i;
    for (size_t i = 0; i < lt_count(r->ds, LT_ORIGIN); i++) {
        const lt_edge *edge = &lt_origins(r->ds)[i].edge;
        origin *o = &origins[lt_node_index(r->ds, edge->from)];
        if (lt_node_kind(r->ds, edge->to) == LT_LINK) o->links++;
        else o->chains++;
    }
    count_firms(r, origins, seen);
    for (size_t i = 0; i < lt_count(r->ds, LT_CHANNEL); i++) {
        lt_node region = lt_channels(r->ds)[i].region;
        if (region != LT_NONE) origins[lt_node_index(r->ds, region)].channels++;
    }
    for (uint32_t i = 0; i < regions; i++)
        if (lt_node_at(r->ds, LT_REGION, i) != home && origins[i].links + origins[i].chains + origins[i].firms > 0)
            origins[count++] = origins[i];
    if (count > 0) qsort(origins, count, sizeof *origins, by_weight);
    return count;
}

/* Chains that a region is named for, as a whole. */
static const char *chain_names(lti_report *r, lt_node region)
{
    const char *joined = "";
    for (size_t i = 0; i < lt_count(r->ds, LT_ORIGIN); i++) {
        const lt_edge *edge = &lt_origins(r->ds)[i].edge;
        if (edge->from != region || lt_node_kind(r->ds, edge->to) != LT_CHAIN) continue;
        joined = lt_doc_print(&r->doc, "%s%s%s", joined, joined[0] ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "",
                              lt_node_name(r->ds, edge->to));
    }
    return joined;
}

lt_code lti_section_origins(lti_report *r)
{
    origin *origins = calloc(lt_count(r->ds, LT_REGION) + 1, sizeof *origins);
    bool *seen = calloc(lt_count(r->ds, LT_FIRM) + 1, sizeof *seen);
    if (!origins || !seen) {
        free(origins);
        free(seen);
        return lti_out_of_memory(r);
    }
    size_t count = list_origins(r, origins, seen);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(count, LT_MSG_REPORT_ORIGINS_NONE, LT_MSG_REPORT_ORIGINS_ONE, LT_MSG_REPORT_ORIGINS_MANY),
             lti_whole(r, count, "origins all"));
    if (count > SHOWN) LTI_TELL(r, LT_MSG_REPORT_ORIGINS_FIRST, lti_whole(r, SHOWN, NULL));
    if (count > 0) lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        lt_node region = lt_node_at(r->ds, LT_REGION, origins[i].region);
        const char *id = lt_node_id(r->ds, region);
        lti_cell_text(r, lt_node_name(r->ds, region));
        lti_cell_text(r, chain_names(r, region));
        lti_cell_whole(r, origins[i].links, lti_figure(r, "origin", id, "links"));
        lti_cell_whole(r, origins[i].firms, lti_figure(r, "origin", id, "firms"));
        lti_cell_whole(r, origins[i].channels, lti_figure(r, "origin", id, "channels"));
    }
    if (count > 0) lti_note(r, LT_MSG_REPORT_ORIGINS_NOTE);
    free(origins);
    free(seen);
    return LT_OK;
}
