/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What chokes the rest, with the way a failure takes, and what hangs on one producer. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/build.h"

enum { SHOWN = 10, SINGLES = 30, NAMES = 3 };

/** A link with the score that it is ranked by. */
typedef struct {
    double score;
    uint32_t link;
} ranked;

static int by_score(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

/* Links from where the failure began, joined by arrows. */
static const char *route_text(lti_report *r, uint32_t link)
{
    static const char arrow[] = "→";
    const lt_failure *failure = lt_failure_run(r->failures, &link, 1);
    uint32_t worst = lt_failure_worst_final(r->ds, failure);
    size_t needed = lt_failure_route_text(r->ds, failure, worst, arrow, NULL, 0) + 1;
    char *text = malloc(needed);
    r->doc.failed |= !text;
    if (text) lt_failure_route_text(r->ds, failure, worst, arrow, text, needed);
    const char *kept = text ? lt_doc_keep(&r->doc, text) : "";
    free(text);
    return kept;
}

/* Whether it is here, as far as is known. */
static lt_message supply_message(const lti_report *r, uint32_t link)
{
    static const lt_message messages[LT_STATUSES] = {
        [LT_STATUS_MISSING] = LT_MSG_REPORT_SUPPLY_MISSING, [LT_STATUS_PIPELINE] = LT_MSG_REPORT_SUPPLY_PIPELINE,
        [LT_STATUS_UNKNOWN] = LT_MSG_REPORT_SUPPLY_UNKNOWN, [LT_STATUS_WEAK] = LT_MSG_REPORT_SUPPLY_WEAK,
        [LT_STATUS_SINGLE] = LT_MSG_REPORT_SUPPLY_SINGLE,   [LT_STATUS_ADEQUATE] = LT_MSG_REPORT_SUPPLY_ADEQUATE,
        [LT_STATUS_STRONG] = LT_MSG_REPORT_SUPPLY_STRONG,
    };
    return messages[r->gaps.status[link]];
}

static void put_bottleneck(lti_report *r, uint32_t link)
{
    const lt_bottlenecks *b = &r->bottlenecks;
    const char *id = lti_link_id(r, link);
    uint32_t *finals = calloc(b->count + 1, sizeof *finals);
    r->doc.failed |= !finals;
    if (!finals) return;
    lt_doc_item(&r->doc);
    LTI_TELL(r, LT_MSG_REPORT_BOTTLENECK, (lt_doc_run){lti_link_name(r, link), NULL, true},
             lti_score(r, b->score[link], lti_figure(r, "bottlenecks", id, "score")), lti_word(r, supply_message(r, link)));
    size_t count = lti_blocked(r, link, finals);
    if (count > 0)
        LTI_TELL(r, count == 1 ? LT_MSG_REPORT_BOTTLENECK_STOPS_ONE : LT_MSG_REPORT_BOTTLENECK_STOPS,
                 lti_whole(r, count, lti_figure(r, "bottlenecks", id, "blocked_finals")),
                 lti_percent(r, b->blocked_weight[link], lti_figure(r, "bottlenecks", id, "blocked_weight")),
                 lti_plain(lti_link_names(r, finals, count, NAMES, true)), lti_plain(route_text(r, link)));
    else if (b->path_share[link] >= .0005) /* else it would read 0.0% */
        LTI_TELL(r, LT_MSG_REPORT_BOTTLENECK_PATHS,
                 lti_percent(r, b->path_share[link], lti_figure(r, "bottlenecks", id, "path_share")));
    else lti_tell(r, LT_MSG_REPORT_BOTTLENECK_NOTHING);
    free(finals);
}

static void put_ranking(lti_report *r, ranked *order)
{
    for (size_t i = 0; i < r->link_count; i++) order[i] = (ranked){lt_real_written(r->bottlenecks.score[r->links[i]]), r->links[i]};
    if (r->link_count > 0) qsort(order, r->link_count, sizeof *order, by_score);
    size_t shown = r->link_count < SHOWN ? r->link_count : SHOWN;
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, shown < r->link_count ? LT_MSG_REPORT_BOTTLENECKS_FIRST : LT_MSG_REPORT_BOTTLENECKS_ALL, lti_whole(r, shown, NULL),
             lti_whole(r, r->link_count, NULL));
    for (size_t i = 0; i < shown; i++) put_bottleneck(r, order[i].link);
}

static const lt_doc_column columns[] = {
    {LT_MSG_REPORT_COLUMN_LINK, 24, false}, {LT_MSG_REPORT_COLUMN_PRODUCER, 26, false}, {LT_MSG_COLUMN_COVERAGE, 10, true},
    {LT_MSG_REPORT_COLUMN_HHI, 11, true},   {LT_MSG_REPORT_COLUMN_STOPS, 29, false},
};

/* Local firms and projects whose capability makes the link, each once. */
static const char *producer_names(lti_report *r, uint32_t link)
{
    const lt_coverage *c = &r->gaps.coverage;
    char *text = NULL;
    size_t size, count = 0;
    lt_node last = LT_NONE;
    FILE *file = open_memstream(&text, &size);
    for (uint32_t e = c->first[link]; e < c->first[link + 1] && file; e++) {
        if (c->evidence[e].kind != LT_CAPABILITY) continue;
        const lt_edge *edge = &lt_capabilities(r->ds)[c->evidence[e].index].edge;
        bool producing = edge->role != LT_ROLE_RESEARCH && edge->from != last;
        lt_kind kind = lt_node_kind(r->ds, edge->from);
        if (kind == LT_PROJECT) producing &= lt_projects(r->ds)[lt_node_index(r->ds, edge->from)].stage == LT_PROJECT_OPERATING;
        if (!producing || kind == LT_INSTITUTION) continue;
        fprintf(file, "%s%s", count++ > 0 ? lt_message_pattern(r->doc.lang, LT_MSG_LIST_SEPARATOR) : "",
                lt_node_name(r->ds, edge->from));
        last = edge->from;
    }
    if (file) fclose(file);
    r->doc.failed |= !text;
    const char *kept = text ? lt_doc_keep(&r->doc, text) : "";
    free(text);
    return kept;
}

/* What one producer holds, or nearly: whatever its status, since a link may be weak and hang on one firm too. */
static bool is_single(const lti_report *r, uint32_t link)
{
    double hhi = r->gaps.coverage.hhi[link];
    return r->gaps.coverage.producers[link] == 1 || (!isnan(hhi) && hhi >= r->options->policy->single_hhi);
}

static void put_single(lti_report *r, uint32_t link)
{
    const char *id = lti_link_id(r, link);
    lti_cell_text(r, lti_link_name(r, link));
    lti_cell_text(r, producer_names(r, link));
    lti_cell(r, lti_percent(r, r->gaps.coverage.coverage[link], lti_figure(r, "gaps-row", id, "coverage")));
    lti_cell(r, lti_score(r, r->gaps.coverage.hhi[link], lti_figure(r, "gaps-row", id, "hhi")));
    lti_cell_blocked(r, link);
}

/* A link may hang on one producer and yet be weak, or strong: how many of each, so that the sums are seen to agree. */
static void say_singles(lti_report *r, const ranked *order, size_t count)
{
    size_t by_status[LT_STATUSES] = {0};
    bool begun = false;
    for (size_t i = 0; i < count; i++) by_status[r->gaps.status[order[i].link]]++;
    lti_tell(r, LT_MSG_REPORT_SINGLES_BY_STATUS);
    for (int status = 0; status < LT_STATUSES; status++) {
        if (by_status[status] == 0) continue;
        if (begun) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_LIST_SEPARATOR));
        begun = true;
        LTI_TELL(r, LT_MSG_REPORT_STATUS_COUNT, lti_word(r, lt_status_message((lt_status)status)),
                 lti_whole(r, by_status[status], NULL));
    }
    lti_tell(r, LT_MSG_REPORT_STOP);
}

/* Those that stop most finals first. */
static void put_singles(lti_report *r, ranked *order)
{
    size_t count = 0;
    for (size_t i = 0; i < r->link_count; i++)
        if (is_single(r, r->links[i])) order[count++] = (ranked){r->bottlenecks.blocked_finals[r->links[i]], r->links[i]};
    if (count > 0) qsort(order, count, sizeof *order, by_score);
    size_t shown = r->chain == LT_NONE && count > SINGLES ? SINGLES : count;
    lti_heading(r, 2, LT_MSG_REPORT_SINGLES);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(count, LT_MSG_REPORT_SINGLES_NONE, LT_MSG_REPORT_SINGLES_ONE, LT_MSG_REPORT_SINGLES_MANY),
             lti_whole(r, count, lti_figure(r, "singles", r->chain_id ? r->chain_id : "*", NULL)));
    if (count == 0) return;
    say_singles(r, order, count);
    if (shown < count) LTI_TELL(r, LT_MSG_REPORT_SINGLES_FIRST, lti_whole(r, shown, NULL));
    lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < shown; i++) put_single(r, order[i].link);
}

lt_code lti_section_bottlenecks(lti_report *r)
{
    if (r->link_count == 0) return lti_paragraph(r, LT_MSG_REPORT_BOTTLENECKS_NONE), LT_OK;
    ranked *order = calloc(r->link_count + 1, sizeof *order);
    if (!order) return lti_out_of_memory(r);
    lti_heading(r, 2, LT_MSG_REPORT_RANKING);
    put_ranking(r, order);
    lti_note(r, LT_MSG_REPORT_BOTTLENECKS_NOTE);
    put_singles(r, order);
    free(order);
    return LT_OK;
}
