/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_BUILD_H
#define LTI_BUILD_H

#include "report/document.h"
#include "report/report.h"

/* What sections are built from, and how they speak. */

/** Analyses of the whole dataset, and the document that grows. */
typedef struct {
    const lt_report_options *options;
    const lt_dataset *ds;
    lt_node chain; /* LT_NONE = the city */
    const char *chain_id, *chain_name;
    lt_gaps gaps;
    lt_bottlenecks bottlenecks;
    lt_targets targets;
    lt_positions positions;
    lt_briefing *briefing;
    lt_failure_model *failures;
    lt_chain_lead *leads;
    size_t lead_count;
    uint32_t *target_rank;   /* by link: place on the list from 1; 0 = not on it */
    const lt_target **found; /* by link: its figures, listed or unknown; NULL = none */
    uint32_t *chains;        /* by tier, as the plan orders them, then by id */
    uint32_t *links;         /* of the report, not abstract, by id */
    size_t link_count;
    lt_document doc;
    const char *picture_format; /* NULL = the format shows no pictures */
    lt_error *error;
} lti_report;

/** A section: a row of a table. It builds at least one block behind its heading. */
typedef struct {
    lt_message title;
    lt_code (*build)(lti_report *r);
    lt_message (*since_title)(const lti_report *r); /* the title of a section that only a report since an earlier dataset has */
} lti_section;

extern const lti_section lti_chain_sections[], lti_city_sections[]; /* ended by a row without build */

lt_code lti_section_standing(lti_report *r);
lt_code lti_section_overview(lti_report *r);
lt_code lti_section_map(lti_report *r);
lt_code lti_section_gaps(lti_report *r);
lt_code lti_section_city_gaps(lti_report *r);
lt_code lti_section_bottlenecks(lti_report *r);
lt_code lti_section_choke(lti_report *r);
lt_code lti_section_unlock(lti_report *r);
lt_code lti_section_targets(lti_report *r);
lt_code lti_section_landing(lti_report *r);
lt_code lti_section_zones(lti_report *r);
lt_code lti_section_projects(lti_report *r);
lt_code lti_section_goals(lti_report *r);
lt_code lti_section_origins(lti_report *r);
lt_code lti_section_leads(lti_report *r);
lt_code lti_section_unknown(lti_report *r);
lt_code lti_section_basis(lti_report *r);
lt_code lti_section_since(lti_report *r);
/** The plan's word for the time between the two datasets. */
lt_message lti_since_title(const lti_report *r);

/* picture.c */

/** Draws the map of a type for the report's chain (for the city where it has none). *picture is left empty, and LT_OK returned,
 * where there is nothing to draw. Of a map of several *pages the first is drawn. */
lt_code lti_draw_map(lti_report *r, const char *type, lt_doc_picture *picture, uint32_t *pages);

/* say.c: runs. */

lt_doc_run lti_plain(const char *text); /* borrowed from the dataset or static */
lt_doc_run lti_whole(lti_report *r, uint64_t value, const char *figure);
/** A whole number as the dataset has it, or with decimals where it has some. */
lt_doc_run lti_value(lti_report *r, double value, const char *figure);
/** 0..1 as a percentage with one decimal; "—" where it is not known. */
lt_doc_run lti_percent(lti_report *r, double share, const char *figure);
/** 0..1 with three decimals. */
lt_doc_run lti_score(lti_report *r, double score, const char *figure);
/** A message as a run, without arguments. */
lt_doc_run lti_word(const lti_report *r, lt_message message);
/** A message with its arguments filled in, as one run without figures. */
lt_doc_run lti_phrase(lti_report *r, lt_message message, const char *const *args, size_t count);
#define LTI_WORDS(...) ((const char *const[]){__VA_ARGS__}), sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)

/** The key of a figure: words joined by spaces. */
const char *lti_figure(lti_report *r, const char *table, const char *row, const char *field);

void lti_tell(lti_report *r, lt_message message);
#define LTI_TELL(r, message, ...)                                                                                                  \
    lt_doc_say(&(r)->doc, message, (const lt_doc_run[]){__VA_ARGS__},                                                              \
               sizeof((const lt_doc_run[]){__VA_ARGS__}) / sizeof(lt_doc_run))
/** Begins a paragraph with a message. */
void lti_paragraph(lti_report *r, lt_message message);
void lti_heading(lti_report *r, unsigned level, lt_message message);
void lti_note(lti_report *r, lt_message message);

/** Cells of a table. */
void lti_cell(lti_report *r, lt_doc_run run);
void lti_cell_text(lti_report *r, const char *text);
void lti_cell_word(lti_report *r, lt_message message);
void lti_cell_whole(lti_report *r, uint64_t value, const char *figure);

/** The message for none, one or many. */
lt_message lti_by_count(size_t count, lt_message none, lt_message one, lt_message many);

/* names.c: names in sentences. */

const char *lti_link_id(const lti_report *r, uint32_t link);
const char *lti_link_name(const lti_report *r, uint32_t link);
lt_message lti_stage_name(uint8_t stage);
lt_message lti_basis_name(uint8_t basis);
lt_message lti_level_name(uint8_t level);    /* 0 = none */
lt_message lti_zone_type_name(uint8_t type); /* 0 = none */

/** Names of links joined, about `limit` of them; how many there are in all follows unless the sentence says it. "" for none. */
const char *lti_link_names(lti_report *r, const uint32_t *links, size_t count, size_t limit, bool counted);
/** Names of the items of a brief; `all` is how the language counts them. "" for none. */
const char *lti_item_names(lti_report *r, const lt_brief_items *items, size_t limit, lt_message all);
/** Ends a list of `shown` names of `count`, as `all` says it. Takes the names over. */
const char *lti_of_all(lti_report *r, char *names, size_t shown, size_t count, lt_message all);

/** Finals that a link blocks, the most important first, as the route of its failure is chosen; there is room for all links.
 * @return how many. */
size_t lti_blocked(lti_report *r, uint32_t link, uint32_t *finals);
/** What its failure stops: count and names; "none" in words. */
void lti_cell_blocked(lti_report *r, uint32_t link);

/** Whether the report is about a link; a chain's report about those of the chain, the city's about all but abstract ones. */
bool lti_covers(const lti_report *r, uint32_t link);
/** A date as the language writes it: 2022-12-07 as 2022年12月7日. */
const char *lti_date(lti_report *r, const char *iso);
/** Where a record stands in the sources, as "(plan#三)"; "" = nowhere. */
const char *lti_source(lti_report *r, const lt_record *record);

/** Goals of the report's chain as a table, under a heading; nothing where there are none. */
void lti_put_chain_goals(lti_report *r);

lt_code lti_out_of_memory(lti_report *r);

#endif
