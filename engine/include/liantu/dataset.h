/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_DATASET_H
#define LIANTU_DATASET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "liantu/api.h"
#include "liantu/error.h"

/*
 * A dataset: links, firms, institutions, zones and projects of a place, with the edges between them.
 *
 * Records are plain structs in one array a kind, nodes in byte order of their ids, edges in order of their ends and role.
 * Texts are handles (lt_dataset_string), references are node numbers, so a record costs bytes and no object.
 */

/** Record kinds, node kinds first. */
typedef enum {
    LT_CHAIN,
    LT_LINK,
    LT_FIRM,
    LT_INSTITUTION,
    LT_ZONE,
    LT_REGION,
    LT_AGENCY,
    LT_PROJECT,
    LT_CHANNEL,
    LT_KPI,
    LT_NODE_KINDS,
    LT_SUPPLY = LT_NODE_KINDS,
    LT_CAPABILITY,
    LT_TRADE,
    LT_FOCUS,
    LT_PROSPECT,
    LT_ORIGIN,
    LT_LEAD,
    LT_KINDS
} lt_kind;

/** A text of the dataset; 0 is the empty text, which stands for "not given". */
typedef uint32_t lt_string;

/** A node's number over all kinds; LT_NONE = none. Numbers of a kind are consecutive, in byte order of the ids. */
typedef uint32_t lt_node;
#define LT_NONE UINT32_MAX

/** Part of one of the dataset's pools: texts, nodes or segments, as the field says. */
typedef struct {
    uint32_t first, count;
} lt_list;

typedef enum { LT_TIER_UNSET, LT_TIER_TRADITIONAL, LT_TIER_EMERGING, LT_TIER_FUTURE, LT_TIER_OTHER } lt_tier;
typedef enum { LT_STAGE_UNSET, LT_STAGE_UPSTREAM, LT_STAGE_MIDSTREAM, LT_STAGE_DOWNSTREAM, LT_STAGE_SUPPORT } lt_stage;
typedef enum { LT_SURVEY_NONE, LT_SURVEY_PARTIAL, LT_SURVEY_COMPLETE } lt_survey;
typedef enum { LT_GRADE_UNSET, LT_GRADE_LEADER, LT_GRADE_BACKBONE, LT_GRADE_GROWING, LT_GRADE_SMALL } lt_grade;
typedef enum {
    LT_INSTITUTION_UNSET,
    LT_INSTITUTION_UNIVERSITY,
    LT_INSTITUTION_LAB,
    LT_INSTITUTION_INSTITUTE,
    LT_INSTITUTION_PLATFORM,
    LT_INSTITUTION_ASSOCIATION,
    LT_INSTITUTION_FUND,
    LT_INSTITUTION_OTHER
} lt_institution_type;
typedef enum { LT_ZONE_UNSET, LT_ZONE_ZONE, LT_ZONE_COUNTY, LT_ZONE_PARK } lt_zone_type;
typedef enum { LT_LEVEL_UNSET, LT_LEVEL_NATIONAL, LT_LEVEL_PROVINCIAL, LT_LEVEL_MUNICIPAL, LT_LEVEL_COUNTY } lt_zone_level;
typedef enum {
    LT_PROJECT_PLANNED, /* also where no stage is given: the least that a named project is */
    LT_PROJECT_CONTACTED,
    LT_PROJECT_SIGNED,
    LT_PROJECT_BUILDING,
    LT_PROJECT_OPERATING
} lt_project_stage;
typedef enum {
    LT_CHANNEL_UNSET,
    LT_CHANNEL_FAIR,
    LT_CHANNEL_OFFICE,
    LT_CHANNEL_CHAMBER,
    LT_CHANNEL_FUND,
    LT_CHANNEL_PLATFORM,
    LT_CHANNEL_PROGRAMME
} lt_channel_type;
typedef enum { LT_NEED_REQUIRED, LT_NEED_OPTIONAL } lt_need;
typedef enum { LT_ROLE_PRODUCE, LT_ROLE_RESEARCH, LT_ROLE_SERVICE } lt_capability_role;
typedef enum { LT_PROSPECT_PRODUCE, LT_PROSPECT_RESEARCH, LT_PROSPECT_CUSTOMER, LT_PROSPECT_ASSOCIATION } lt_prospect_role;
typedef enum { LT_LEAD_LEADER, LT_LEAD_UNIT, LT_LEAD_ALLIANCE } lt_lead_role;

/** How sure a record is, surest first, so that the weakest of several is their maximum. */
typedef enum { LT_BASIS_STATED, LT_BASIS_INFERRED, LT_BASIS_ASSUMED, LT_BASIS_COUNT } lt_basis;

/** What every record carries. */
typedef struct {
    lt_list source; /* texts: "source id#where" */
    lt_string note;
    lt_string extra; /* fields that the schema does not know, as one JSON object; kept on save */
    uint8_t basis;   /* lt_basis */
} lt_record;

/** What every node carries. */
typedef struct {
    lt_string id, name;
    lt_list aliases; /* texts */
    lt_record record;
} lt_node_head;

/** A goal or a baseline; metric 0 = not given, value NaN = not given. */
typedef struct {
    double value;
    lt_string metric, unit, extra;
    int32_t year; /* 0 = not given */
} lt_figure;

typedef struct {
    lt_string id, name, extra;
    uint8_t stage; /* lt_stage */
} lt_segment;

typedef struct {
    lt_node_head head;
    lt_list segments; /* lt_segment, in map order */
    lt_figure goal, baseline;
    uint8_t tier; /* lt_tier */
} lt_chain;

typedef struct {
    lt_node_head head;
    double demand, importance; /* ≥ 0; 0..1 */
    lt_node chain;
    lt_string segment;   /* id of a segment of its chain */
    lt_list also;        /* nodes: chains */
    lt_list codes;       /* texts in pairs: code system, code */
    uint8_t final_given; /* 0 not given, 1 false, 2 true */
    uint8_t survey;      /* lt_survey */
    bool choke, priority, abstract;
    bool final; /* as given, else whether nothing consumes it */
} lt_link;

typedef struct {
    lt_node_head head;
    lt_node region, zone;
    lt_list tags; /* texts */
    lt_string uscc;
    uint8_t grade; /* lt_grade */
    bool local;
} lt_firm;

typedef struct {
    lt_node_head head;
    lt_node region, zone;
    uint8_t type; /* lt_institution_type */
    bool local;
} lt_institution;

typedef struct {
    lt_node_head head;
    lt_node parent;      /* a zone or a region */
    uint8_t type, level; /* lt_zone_type, lt_zone_level */
} lt_zone;

typedef struct {
    lt_node_head head;
    lt_node parent;
} lt_region;

typedef struct {
    lt_node_head head;
} lt_agency;

typedef struct {
    lt_node_head head;
    double invest; /* 亿元; NaN = not given */
    lt_node firm, region, zone;
    uint8_t stage; /* lt_project_stage */
    bool local;
} lt_project;

typedef struct {
    lt_node_head head;
    lt_node region;
    lt_list chains; /* nodes; empty = all */
    uint8_t type;   /* lt_channel_type */
} lt_channel;

typedef struct {
    lt_node_head head;
    double value, actual; /* NaN = not given */
    lt_string metric, unit;
    lt_node scope; /* a chain, a zone or a region */
    int32_t year;  /* 0 = not given */
} lt_kpi;

/** What every edge carries. */
typedef struct {
    lt_node from, to;
    lt_record record;
    uint8_t role; /* the kind's role enum; 0 where the kind has none */
} lt_edge;

typedef struct {
    lt_edge edge;
    lt_string group; /* 0 = a group of its own */
    uint32_t k;
    double share; /* NaN = not given */
    uint8_t need; /* lt_need */
} lt_supply;

typedef struct {
    lt_edge edge;
    double level; /* 0 < level ≤ 1 */
} lt_capability;

typedef struct {
    lt_edge edge;
    double amount; /* > 0; NaN = not given */
    lt_node link;
} lt_trade;

typedef struct {
    lt_edge edge;
} lt_focus, lt_prospect, lt_origin, lt_lead;

typedef struct lt_dataset lt_dataset;

enum { LT_DEFECT_LIMIT = 100 };

/** What is wrong with an input: the first LT_DEFECT_LIMIT of each sort, ordered by file and line, and how many there are in all. */
typedef struct {
    lt_error *defects, *warnings;
    size_t defect_count, defect_total;
    size_t warning_count, warning_total;
} lt_defects;

LT_API void lt_defects_done(lt_defects *defects);

/** How to load; all zero is a plain load. */
typedef struct {
    const char *const *overlays; /* files that patch the dataset, in order */
    size_t overlay_count;
    const char *const *without; /* ids of nodes to leave out, with their edges; fields that name them are emptied */
    size_t without_count;
    lt_basis weakest; /* LT_BASIS_STATED: see filter */
    bool filter;      /* keep only records at least as sure as weakest */
    bool strict;      /* warnings, and fields that the schema does not know, are defects */
} lt_load_options;

/**
 * Loads and checks a dataset folder.
 *
 * With `filter`, records less sure than `weakest` are left out after the check, and so are the edges that lose an end;
 * nodes that a kept record names in a field (its zone, region, chain, firm) stay, as its context.
 *
 * @param folder   the dataset's folder; file names in errors begin with it
 * @param options  NULL = plain
 * @param out      the dataset, freed with lt_dataset_free; untouched on failure
 * @param defects  may be NULL; filled on LT_E_DATA and (warnings) on LT_OK, freed with lt_defects_done
 * @param error    may be NULL; the first defect on LT_E_DATA
 * @return LT_OK, LT_E_MEMORY, LT_E_IO, LT_E_DATA, LT_E_ARGUMENT (`without` names no node).
 *         Cost O(bytes + records · log records).
 */
LT_API lt_code lt_dataset_load(const char *folder, const lt_load_options *options, lt_dataset **out, lt_defects *defects,
                               lt_error *error);

/** Takes NULL. */
LT_API void lt_dataset_free(lt_dataset *dataset);

/**
 * Writes the dataset in canonical form: dataset.json and one KIND.ndjson a kind, records in order, fields in the
 * schema's order, defaults left out. Each file is written beside and then renamed.
 *
 * @param folder  made where it is missing; refused when a dataset lies there already
 * @return LT_OK, LT_E_MEMORY, LT_E_IO.
 */
LT_API lt_code lt_dataset_save(const lt_dataset *dataset, const char *folder, lt_error *error);

enum { LT_DIGEST_SIZE = 65 };

/**
 * SHA-256 of the canonical form in hexadecimal: the same for the same dataset, whatever the order of its records and fields.
 *
 * @return LT_OK, LT_E_MEMORY.
 */
LT_API lt_code lt_dataset_digest(const lt_dataset *dataset, char digest[LT_DIGEST_SIZE], lt_error *error);

/* Everything below is borrowed from the dataset and lives as long as it does. */

LT_API const char *lt_dataset_id(const lt_dataset *dataset);
LT_API const char *lt_dataset_title(const lt_dataset *dataset); /* "" = not given */
LT_API const char *lt_dataset_as_of(const lt_dataset *dataset); /* "" = not given */
LT_API lt_node lt_dataset_home(const lt_dataset *dataset);      /* a region */

/** A source that records name. */
typedef struct {
    lt_string id, title, publisher, date, extra;
} lt_source;

LT_API size_t lt_source_count(const lt_dataset *dataset);
LT_API const lt_source *lt_sources(const lt_dataset *dataset);

/** Number of records of a kind. */
LT_API size_t lt_count(const lt_dataset *dataset, lt_kind kind);

LT_API const lt_chain *lt_chains(const lt_dataset *dataset);
LT_API const lt_link *lt_links(const lt_dataset *dataset);
LT_API const lt_firm *lt_firms(const lt_dataset *dataset);
LT_API const lt_institution *lt_institutions(const lt_dataset *dataset);
LT_API const lt_zone *lt_zones(const lt_dataset *dataset);
LT_API const lt_region *lt_regions(const lt_dataset *dataset);
LT_API const lt_agency *lt_agencies(const lt_dataset *dataset);
LT_API const lt_project *lt_projects(const lt_dataset *dataset);
LT_API const lt_channel *lt_channels(const lt_dataset *dataset);
LT_API const lt_kpi *lt_kpis(const lt_dataset *dataset);
LT_API const lt_supply *lt_supplies(const lt_dataset *dataset);
LT_API const lt_capability *lt_capabilities(const lt_dataset *dataset);
LT_API const lt_trade *lt_trades(const lt_dataset *dataset);
LT_API const lt_focus *lt_focuses(const lt_dataset *dataset);
LT_API const lt_prospect *lt_prospects(const lt_dataset *dataset);
LT_API const lt_origin *lt_origins(const lt_dataset *dataset);
LT_API const lt_lead *lt_leads(const lt_dataset *dataset);

/** A handle's text; never NULL. */
LT_API const char *lt_dataset_string(const lt_dataset *dataset, lt_string text);
/** Element i of a list of texts. */
LT_API lt_string lt_list_string(const lt_dataset *dataset, lt_list list, uint32_t i);
/** Element i of a list of nodes. */
LT_API lt_node lt_list_node(const lt_dataset *dataset, lt_list list, uint32_t i);
/** Element i of a list of segments. */
LT_API const lt_segment *lt_list_segment(const lt_dataset *dataset, lt_list list, uint32_t i);

/** The node with this id, LT_NONE when there is none. Cost O(length of id). */
LT_API lt_node lt_find(const lt_dataset *dataset, const char *id);
LT_API lt_kind lt_node_kind(const lt_dataset *dataset, lt_node node);
/** Place of a node among its kind: its index in lt_links and the like. */
LT_API uint32_t lt_node_index(const lt_dataset *dataset, lt_node node);
LT_API lt_node lt_node_at(const lt_dataset *dataset, lt_kind kind, uint32_t index);
LT_API const lt_node_head *lt_node_get(const lt_dataset *dataset, lt_node node);
LT_API const char *lt_node_id(const lt_dataset *dataset, lt_node node);   /* "" for LT_NONE */
LT_API const char *lt_node_name(const lt_dataset *dataset, lt_node node); /* "" for LT_NONE */

/** The stage of a project in words for people. */
LT_API lt_message lt_project_stage_message(uint8_t stage);

/** Where a firm, an institution or a project is: LT_NONE where it is not given, or the node is none of these. */
LT_API lt_node lt_holder_zone(const lt_dataset *dataset, lt_node holder);
LT_API lt_node lt_holder_region(const lt_dataset *dataset, lt_node holder);
/** Whether a firm, an institution or a project is in the home region or in one of its zones. */
LT_API bool lt_holder_local(const lt_dataset *dataset, lt_node holder);
/** Whether a zone is `outer`, or lies in it at any depth. False for LT_NONE. */
LT_API bool lt_zone_within(const lt_dataset *dataset, lt_node zone, lt_node outer);

/** What any record carries, by kind and place. */
LT_API const lt_record *lt_record_get(const lt_dataset *dataset, lt_kind kind, uint32_t index);
/** What any edge carries, by kind and place. */
LT_API const lt_edge *lt_edge_get(const lt_dataset *dataset, lt_kind kind, uint32_t index);
/** File and line that a record was read from. */
LT_API const char *lt_record_file(const lt_dataset *dataset, lt_kind kind, uint32_t index, size_t *line);

/** The capabilities of a holder, by link. Cost O(log capability). */
LT_API const lt_capability *lt_capabilities_from(const lt_dataset *dataset, lt_node holder, size_t *count);
/** The supply edges from a link, by consumer. Cost O(log supply). */
LT_API const lt_supply *lt_supplies_from(const lt_dataset *dataset, uint32_t link, size_t *count);

/** The segment of a link in its chain; NULL when none is given. */
LT_API const lt_segment *lt_link_segment(const lt_dataset *dataset, uint32_t link);
/** Whether a link belongs to a chain, by `chain` or by `also`. */
LT_API bool lt_link_in_chain(const lt_dataset *dataset, uint32_t link, lt_node chain);

/** How many records, how sure, how many without a source. */
typedef struct {
    uint64_t count, by_basis[LT_BASIS_COUNT], unsourced;
} lt_provenance;

/** Adds the records of a kind to a sum. Cost O(records of the kind). */
LT_API void lt_provenance_add_kind(const lt_dataset *dataset, lt_kind kind, lt_provenance *sum);
/** Adds a chain's own records to a sum: itself, its links, and the edges that lead to it or to them. Cost O(links + edges). */
LT_API void lt_provenance_add_chain(const lt_dataset *dataset, lt_node chain, lt_provenance *sum);

#endif
