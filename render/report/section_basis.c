/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the report rests on: how sure its records are, what its words mean, which data and parameters it comes from. */
#include <string.h>

#include "report/build.h"

/** How many records, and how sure. */
typedef struct {
    uint64_t count, by_basis[LT_BASIS_COUNT], unsourced;
} provenance;

static void tally(provenance *to, const lt_record *record)
{
    to->count++;
    to->by_basis[record->basis]++;
    to->unsourced += record->source.count == 0;
}

static bool touches(const lt_dataset *ds, lt_node end, lt_node chain)
{
    if (end == chain) return true;
    return lt_node_kind(ds, end) == LT_LINK && lt_link_in_chain(ds, lt_node_index(ds, end), chain);
}

#define TALLY_EDGES(kind, list)                                                                                                    \
    for (size_t i = 0; i < lt_count(ds, kind); i++)                                                                                \
        if (touches(ds, list(ds)[i].edge.to, chain)) tally(&sum, &list(ds)[i].edge.record)

/* A chain's own records, as `stats` counts them: itself, its links, and the edges that lead to it or to them. */
static provenance tally_chain(const lt_dataset *ds, lt_node chain)
{
    provenance sum = {0};
    tally(&sum, &lt_node_get(ds, chain)->record);
    for (uint32_t i = 0; i < lt_count(ds, LT_LINK); i++)
        if (lt_link_in_chain(ds, i, chain)) tally(&sum, &lt_links(ds)[i].head.record);
    TALLY_EDGES(LT_SUPPLY, lt_supplies);
    TALLY_EDGES(LT_CAPABILITY, lt_capabilities);
    TALLY_EDGES(LT_FOCUS, lt_focuses);
    TALLY_EDGES(LT_PROSPECT, lt_prospects);
    TALLY_EDGES(LT_ORIGIN, lt_origins);
    TALLY_EDGES(LT_LEAD, lt_leads);
    return sum;
}

static provenance tally_all(const lt_dataset *ds)
{
    provenance sum = {0};
    for (int kind = 0; kind < LT_KINDS; kind++)
        for (uint32_t i = 0; i < lt_count(ds, (lt_kind)kind); i++) tally(&sum, lt_record_get(ds, (lt_kind)kind, i));
    return sum;
}

static void put_provenance(lti_report *r)
{
    bool city = r->chain == LT_NONE;
    const char *scope = city ? "*" : r->chain_id;
    provenance sum = city ? tally_all(r->ds) : tally_chain(r->ds, r->chain);
    bool begun = false;
    lti_heading(r, 2, LT_MSG_REPORT_PROVENANCE);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, lti_by_count(sum.count, LT_MSG_REPORT_RECORDS_NONE, LT_MSG_REPORT_RECORDS_ONE, LT_MSG_REPORT_RECORDS),
             lti_whole(r, sum.count, lti_figure(r, "stats", scope, "count")));
    for (int basis = 0; basis < LT_BASIS_COUNT && sum.count > 0; basis++) {
        const char *word = lt_enum_word(LT_ENUM_BASIS, basis);
        const char *row = lt_doc_print(&r->doc, "share-%s", word);
        lt_doc_run name = lti_word(r, lti_basis_name((uint8_t)basis));
        if (sum.by_basis[basis] == 0) continue;
        if (begun) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_PART_SEPARATOR));
        begun = true;
        LTI_TELL(r, LT_MSG_REPORT_RECORDS_BASIS, name, lti_whole(r, sum.by_basis[basis], lti_figure(r, "stats", scope, word)),
                 lti_percent(r, (double)sum.by_basis[basis] / (double)sum.count, lti_figure(r, "stats", scope, row)));
    }
    if (begun) lti_tell(r, LT_MSG_REPORT_STOP);
    if (sum.by_basis[LT_BASIS_ASSUMED] > 0) lti_tell(r, LT_MSG_REPORT_ASSUMED_MEANS);
    LTI_TELL(r, lti_by_count(sum.unsourced, LT_MSG_REPORT_UNSOURCED_NONE, LT_MSG_REPORT_UNSOURCED_ONE, LT_MSG_REPORT_UNSOURCED),
             lti_whole(r, sum.unsourced, lti_figure(r, "stats", scope, "unsourced")));
    lti_tell(r, lt_source_count(r->ds) == 0 ? LT_MSG_REPORT_SOURCES_NONE : LT_MSG_REPORT_SOURCES_ARE);
    for (size_t i = 0; i < lt_source_count(r->ds); i++) {
        const lt_source *source = &lt_sources(r->ds)[i];
        const char *title = lt_dataset_string(r->ds, source->title), *by = lt_dataset_string(r->ds, source->publisher);
        const char *date = lt_dataset_string(r->ds, source->date);
        lt_doc_item(&r->doc);
        LTI_TELL(r, LT_MSG_REPORT_SOURCE, lti_plain(lt_dataset_string(r->ds, source->id)),
                 lti_plain(title[0] ? title : lt_dataset_string(r->ds, source->id)));
        if (by[0]) LTI_TELL(r, LT_MSG_REPORT_SOURCE_MORE, lti_plain(by));
        if (date[0]) LTI_TELL(r, LT_MSG_REPORT_SOURCE_MORE, lti_plain(lti_date(r, date)));
        lti_tell(r, LT_MSG_REPORT_STOP);
    }
}

static void put_definition(lti_report *r, lt_message text, const lt_doc_run *args, size_t count)
{
    lt_doc_item(&r->doc);
    lt_doc_say(&r->doc, text, args, count);
}
#define DEFINE(message, ...)                                                                                                       \
    put_definition(r, message, (const lt_doc_run[]){__VA_ARGS__}, sizeof((const lt_doc_run[]){__VA_ARGS__}) / sizeof(lt_doc_run))

static void put_definitions(lti_report *r)
{
    const lt_policy *p = r->options->policy;
    lti_heading(r, 2, LT_MSG_REPORT_DEFINITIONS);
    lti_paragraph(r, LT_MSG_REPORT_DEFINITIONS_INTRO);
    DEFINE(LT_MSG_REPORT_DEFINE_STATUS, lti_value(r, p->weak_below, NULL), lti_value(r, p->single_hhi, NULL),
           lti_value(r, p->strong_producers, NULL));
    DEFINE(LT_MSG_REPORT_DEFINE_PIPELINE, lti_value(r, p->chance[LT_PROJECT_PLANNED], NULL),
           lti_value(r, p->chance[LT_PROJECT_CONTACTED], NULL), lti_value(r, p->chance[LT_PROJECT_SIGNED], NULL),
           lti_value(r, p->chance[LT_PROJECT_BUILDING], NULL));
    put_definition(r, LT_MSG_REPORT_DEFINE_ACTION, NULL, 0);
    put_definition(r, LT_MSG_REPORT_DEFINE_RATES, NULL, 0);
    put_definition(r, LT_MSG_REPORT_DEFINE_FINALS, NULL, 0);
    put_definition(r, LT_MSG_REPORT_DEFINE_NECESSITY, NULL, 0);
    DEFINE(LT_MSG_REPORT_DEFINE_BOTTLENECK, lti_value(r, p->bottleneck.path_share, NULL),
           lti_value(r, p->bottleneck.dominated_finals, NULL), lti_value(r, p->bottleneck.blocked_weight, NULL),
           lti_value(r, p->bottleneck.concentration, NULL));
    put_definition(r, LT_MSG_REPORT_DEFINE_UNLOCK, NULL, 0);
    DEFINE(LT_MSG_REPORT_DEFINE_TARGET, lti_value(r, p->target.necessity, NULL), lti_value(r, p->target.leverage, NULL),
           lti_value(r, p->target.unlock, NULL), lti_value(r, p->target.pull, NULL), lti_value(r, p->target.push, NULL),
           lti_value(r, p->target.research, NULL), lti_value(r, p->target.zone_fit, NULL), lti_value(r, p->target.prospects, NULL),
           lti_value(r, p->target.policy, NULL));
    put_definition(r, LT_MSG_REPORT_DEFINE_PROJECTS, NULL, 0);
}

lt_code lti_section_basis(lti_report *r)
{
    const char *as_of = lt_dataset_as_of(r->ds);
    put_provenance(r);
    put_definitions(r);
    lti_heading(r, 2, LT_MSG_REPORT_DATA);
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    LTI_TELL(r, LT_MSG_REPORT_DATASET, lti_plain(lt_dataset_id(r->ds)));
    if (as_of[0]) LTI_TELL(r, LT_MSG_REPORT_DATASET_DATE, lti_plain(lti_date(r, as_of)));
    LTI_TELL(r, LT_MSG_REPORT_DIGESTS, lti_plain(r->options->digest), lti_plain(r->options->policy_digest),
             lti_plain(r->options->version));
    return LT_OK;
}
