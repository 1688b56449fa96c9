/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "report/build.h"
#include "report/format.h"

enum { BRIEF_ITEMS = 6 }; /* of a list that a target's brief names */

/* Figures of each link, whether it is listed or not known, and its place on the list. */
static lt_code index_targets(lti_report *r)
{
    r->target_rank = calloc(r->gaps.count + 1, sizeof *r->target_rank);
    r->found = calloc(r->gaps.count + 1, sizeof *r->found);
    r->links = calloc(r->gaps.count + 1, sizeof *r->links);
    if (!r->target_rank || !r->found || !r->links) return lti_out_of_memory(r);
    for (size_t i = 0; i < r->targets.listed_count; i++) {
        r->target_rank[r->targets.listed[i].link] = (uint32_t)i + 1;
        r->found[r->targets.listed[i].link] = &r->targets.listed[i];
    }
    for (size_t i = 0; i < r->targets.unknown_count; i++) r->found[r->targets.unknown[i].link] = &r->targets.unknown[i];
    for (uint32_t i = 0; i < r->gaps.count; i++)
        if (lti_covers(r, i)) r->links[r->link_count++] = i;
    return LT_OK;
}

/* Traditional, emerging, future, other, without a tier. */
static lt_code order_chains(lti_report *r)
{
    static const uint8_t tiers[] = {LT_TIER_TRADITIONAL, LT_TIER_EMERGING, LT_TIER_FUTURE, LT_TIER_OTHER, LT_TIER_UNSET};
    size_t count = 0;
    r->chains = calloc(r->gaps.chain_count + 1, sizeof *r->chains);
    if (!r->chains) return lti_out_of_memory(r);
    for (size_t t = 0; t < sizeof tiers; t++)
        for (uint32_t i = 0; i < r->gaps.chain_count; i++)
            if (lt_chains(r->ds)[i].tier == tiers[t]) r->chains[count++] = i;
    return LT_OK;
}

static lt_code analyse(lti_report *r)
{
    const lt_report_options *o = r->options;
    lt_error *error = r->error;
    lt_code code = lt_gaps_analyse(o->ds, o->policy, &r->gaps, error);
    if (code == LT_OK) code = lt_bottlenecks_analyse(o->ds, &r->gaps, o->policy, NULL, &r->bottlenecks, error);
    if (code == LT_OK) code = lt_targets_analyse(o->ds, &r->gaps, o->policy, &r->targets, error);
    if (code == LT_OK) code = lt_positions_analyse(o->ds, &r->gaps, &r->targets, o->policy, o->rules, &r->positions, error);
    if (code == LT_OK) code = lt_briefing_new(o->ds, &r->gaps, o->policy, o->rules, BRIEF_ITEMS, &r->briefing, error);
    if (code == LT_OK) code = lt_failure_model_new(o->ds, &r->failures, error);
    if (code == LT_OK) code = lt_chain_leads(o->ds, &r->leads, &r->lead_count, error);
    if (code == LT_OK) code = order_chains(r);
    return code == LT_OK ? index_targets(r) : code;
}

static void put_titles(lti_report *r)
{
    const char *title = lt_dataset_title(r->ds), *as_of = lt_dataset_as_of(r->ds);
    lt_doc_begin(&r->doc, LT_DOC_TITLE);
    if (r->chain != LT_NONE) LTI_TELL(r, LT_MSG_REPORT_TITLE_CHAIN, lti_plain(r->chain_name));
    else LTI_TELL(r, LT_MSG_REPORT_TITLE_CITY, lti_plain(title[0] ? title : lt_dataset_id(r->ds)));
    lt_doc_begin(&r->doc, LT_DOC_SUBTITLE);
    if (as_of[0]) LTI_TELL(r, LT_MSG_REPORT_AS_OF, lti_plain(lti_date(r, as_of)));
    else lti_tell(r, LT_MSG_REPORT_NO_DATE);
}

static lt_code build(lti_report *r)
{
    const lti_section *section = r->chain == LT_NONE ? lti_city_sections : lti_chain_sections;
    lt_code code = LT_OK;
    put_titles(r);
    for (; section->build && code == LT_OK; section++) {
        if (section->since_title && !r->options->before) continue;
        lti_heading(r, 1, section->since_title ? section->since_title(r) : section->title);
        code = section->build(r);
    }
    return code == LT_OK && r->doc.failed ? lti_out_of_memory(r) : code;
}

lt_code lt_report_write(const lt_report_options *options, const lt_sink *sink, lt_error *error)
{
    const lti_doc_format *format = lti_doc_format_find(options->format);
    lti_report r = {.options = options, .ds = options->ds, .chain = options->chain, .error = error};
    r.chain_id = options->chain == LT_NONE ? NULL : lt_node_id(options->ds, options->chain);
    r.chain_name = options->chain == LT_NONE ? NULL : lt_node_name(options->ds, options->chain);
    r.picture_format = format->picture;
    lt_doc_init(&r.doc, options->lang);
    lt_code code = analyse(&r);
    if (code == LT_OK) code = build(&r);
    if (code == LT_OK) code = format->write(&r.doc, sink, error);
    lt_doc_done(&r.doc);
    free(r.target_rank);
    free(r.found);
    free(r.links);
    free(r.chains);
    lt_chain_leads_free(r.leads);
    lt_failure_model_free(r.failures);
    lt_briefing_free(r.briefing);
    lt_positions_done(&r.positions);
    lt_targets_done(&r.targets);
    lt_bottlenecks_done(&r.bottlenecks);
    lt_gaps_done(&r.gaps);
    return code;
}
