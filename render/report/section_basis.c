/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the report rests on: how sure its records are, what its words mean, which data and parameters it comes from. */
#include "report/build.h"

static void put_provenance(lti_report *r)
{
    bool city = r->chain == LT_NONE;
    const char *scope = city ? "*" : r->chain_id;
    lt_provenance sum = {0};
    bool begun = false;
    for (int kind = 0; kind < LT_KINDS && city; kind++) lt_provenance_add_kind(r->ds, (lt_kind)kind, &sum);
    if (!city) lt_provenance_add_chain(r->ds, r->chain, &sum);
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
        lt_doc_run id = lti_plain(lt_dataset_string(r->ds, source->id));
        LTI_TELL(r, LT_MSG_REPORT_SOURCE, title[0] ? lti_plain(title) : id);
        if (by[0]) LTI_TELL(r, LT_MSG_REPORT_SOURCE_MORE, lti_plain(by));
        if (date[0]) LTI_TELL(r, LT_MSG_REPORT_SOURCE_MORE, lti_plain(lti_date(r, date)));
        if (title[0]) LTI_TELL(r, LT_MSG_REPORT_SOURCE_ID, id);
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
    LTI_TELL(r, LT_MSG_REPORT_PROGRAM, lti_plain(r->options->version));
    lt_doc_begin(&r->doc, LT_DOC_NOTE);
    LTI_TELL(r, LT_MSG_REPORT_DIGEST_DATA, lti_plain(r->options->digest));
    lt_doc_begin(&r->doc, LT_DOC_NOTE);
    LTI_TELL(r, LT_MSG_REPORT_DIGEST_POLICY, lti_plain(r->options->policy_digest));
    return LT_OK;
}
