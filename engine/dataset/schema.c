/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record kinds and their fields, as contract section 1 has them. */
#include "dataset/schema.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"

/* NULL at a value: it stands for "not given" and has no word. */
static const char *const tier[] = {NULL, "traditional", "emerging", "future", "other"};
static const char *const stage[] = {NULL, "upstream", "midstream", "downstream", "support"};
static const char *const survey[] = {"none", "partial", "complete"};
static const char *const grade[] = {NULL, "leader", "backbone", "growing", "small"};
static const char *const institution[] = {NULL, "university", "lab", "institute", "platform", "association", "fund", "other"};
static const char *const zone[] = {NULL, "zone", "county", "park"};
static const char *const level[] = {NULL, "national", "provincial", "municipal", "county"};
static const char *const project[] = {"planned", "contacted", "signed", "building", "operating"};
static const char *const channel[] = {NULL, "fair", "office", "chamber", "fund", "platform", "programme"};
static const char *const need[] = {"required", "optional"};
static const char *const capability_role[] = {"produce", "research", "service"};
static const char *const prospect_role[] = {"produce", "research", "customer", "association"};
static const char *const lead_role[] = {"leader", "unit", "alliance"};
static const char *const basis[] = {"stated", "inferred", "assumed"};

#define WORDS(of)                                                                                                                  \
    {                                                                                                                              \
        of, (int)(sizeof of / sizeof *of)                                                                                          \
    }
static const struct {
    const char *const *words;
    int count;
} enums[LT_ENUMS] = {
    [LT_ENUM_TIER] = WORDS(tier),
    [LT_ENUM_STAGE] = WORDS(stage),
    [LT_ENUM_SURVEY] = WORDS(survey),
    [LT_ENUM_GRADE] = WORDS(grade),
    [LT_ENUM_INSTITUTION] = WORDS(institution),
    [LT_ENUM_ZONE] = WORDS(zone),
    [LT_ENUM_LEVEL] = WORDS(level),
    [LT_ENUM_PROJECT] = WORDS(project),
    [LT_ENUM_CHANNEL] = WORDS(channel),
    [LT_ENUM_NEED] = WORDS(need),
    [LT_ENUM_CAPABILITY_ROLE] = WORDS(capability_role),
    [LT_ENUM_PROSPECT_ROLE] = WORDS(prospect_role),
    [LT_ENUM_LEAD_ROLE] = WORDS(lead_role),
    [LT_ENUM_BASIS] = WORDS(basis),
};

#define TO(kind) (1u << (kind))

/* Field rows: struct, member, name in the files, and what the type asks for. */
#define F(s, m, n, t, ...)                                                                                                         \
    {                                                                                                                              \
        .name = n, .type = t, .offset = offsetof(s, m), .minimum = -INFINITY, .maximum = INFINITY, __VA_ARGS__                     \
    }
#define TEXT(s, m, n) F(s, m, n, LTI_TEXT, .required = false)
#define TEXTS(s, m, n) F(s, m, n, LTI_TEXTS, .required = false)
#define REF(s, m, n, mask) F(s, m, n, LTI_REF, .targets = mask)
#define REFS(s, m, n, mask) F(s, m, n, LTI_REFS, .targets = mask)
#define ENUM(s, m, n, of, first) F(s, m, n, LTI_ENUM, .words = of, .initial = first)
#define BOOL(s, m, n) F(s, m, n, LTI_BOOL, .required = false)
#define YEAR(s, m, n)                                                                                                              \
    {                                                                                                                              \
        .name = n, .type = LTI_YEAR, .offset = offsetof(s, m), .minimum = 1, .maximum = 9999                                       \
    }
#define REAL(s, m, n) F(s, m, n, LTI_REAL, .initial = NAN)
#define REAL_FROM(s, m, n, lowest, first)                                                                                          \
    {                                                                                                                              \
        .name = n, .type = LTI_REAL, .offset = offsetof(s, m), .minimum = lowest, .maximum = INFINITY, .initial = first            \
    }
#define REAL_ABOVE(s, m, n, lowest, highest, first)                                                                                \
    {                                                                                                                              \
        .name = n, .type = LTI_REAL, .offset = offsetof(s, m), .minimum = lowest, .maximum = highest, .initial = first,            \
        .above_minimum = true                                                                                                      \
    }
#define FRACTION(s, m, n, first)                                                                                                   \
    {                                                                                                                              \
        .name = n, .type = LTI_REAL, .offset = offsetof(s, m), .minimum = 0, .maximum = 1, .initial = first                        \
    }

#define RECORD(s, r)                                                                                                               \
    F(s, r.source, "source", LTI_SOURCE, .required = false), ENUM(s, r.basis, "basis", LT_ENUM_BASIS, LT_BASIS_STATED),            \
        TEXT(s, r.note, "note")
#define HEAD(s)                                                                                                                    \
    F(s, head.id, "id", LTI_ID, .required = true), F(s, head.name, "name", LTI_TEXT, .required = true),                            \
        TEXTS(s, head.aliases, "aliases")
#define ENDS(s, e, origins, destinations)                                                                                          \
    F(s, e.from, "from", LTI_REF, .required = true, .targets = origins),                                                           \
        F(s, e.to, "to", LTI_REF, .required = true, .targets = destinations)

#define SCHEMA(n, s, f, x)                                                                                                         \
    {                                                                                                                              \
        .name = n, .size = sizeof(s), .extra_offset = offsetof(s, x), .field_count = sizeof f / sizeof *f, .fields = f             \
    }

static const lti_field segment_fields[] = {
    F(lt_segment, id, "id", LTI_ID, .required = true),
    F(lt_segment, name, "name", LTI_TEXT, .required = true),
    ENUM(lt_segment, stage, "stage", LT_ENUM_STAGE, LT_STAGE_UNSET),
};
static const lti_schema segment_schema = SCHEMA("segment", lt_segment, segment_fields, extra);

static const lti_field figure_fields[] = {
    F(lt_figure, metric, "metric", LTI_TEXT, .required = true),
    F(lt_figure, value, "value", LTI_REAL, .required = true, .initial = NAN),
    TEXT(lt_figure, unit, "unit"),
    YEAR(lt_figure, year, "year"),
};
static const lti_schema figure_schema = SCHEMA("figure", lt_figure, figure_fields, extra);

static const lti_field source_fields[] = {
    F(lt_source, id, "id", LTI_ID, .required = true),
    TEXT(lt_source, title, "title"),
    TEXT(lt_source, publisher, "publisher"),
    TEXT(lt_source, date, "date"),
};
static const lti_schema source_schema = SCHEMA("source", lt_source, source_fields, extra);

static const lti_field header_fields[] = {
    F(lti_header, format, "format", LTI_TEXT, .required = true),
    F(lti_header, id, "id", LTI_ID, .required = true),
    TEXT(lti_header, title, "title"),
    F(lti_header, home, "home", LTI_REF, .required = true, .targets = TO(LT_REGION)),
    TEXT(lti_header, as_of, "as_of"),
    {.name = "sources", .type = LTI_SOURCES, .nested = &source_schema},
};

static const lti_field chain_fields[] = {
    HEAD(lt_chain),
    ENUM(lt_chain, tier, "tier", LT_ENUM_TIER, LT_TIER_UNSET),
    F(lt_chain, segments, "segments", LTI_SEGMENTS, .nested = &segment_schema),
    F(lt_chain, goal, "goal", LTI_OBJECT, .nested = &figure_schema),
    F(lt_chain, baseline, "baseline", LTI_OBJECT, .nested = &figure_schema),
    RECORD(lt_chain, head.record),
};

static const lti_field link_fields[] = {
    HEAD(lt_link),
    REF(lt_link, chain, "chain", TO(LT_CHAIN)),
    TEXT(lt_link, segment, "segment"),
    REFS(lt_link, also, "also", TO(LT_CHAIN)),
    REAL_FROM(lt_link, demand, "demand", 0, 1),
    FRACTION(lt_link, importance, "importance", 0.5),
    BOOL(lt_link, choke, "choke"),
    BOOL(lt_link, priority, "priority"),
    F(lt_link, final_given, "final", LTI_TRISTATE, .required = false),
    ENUM(lt_link, survey, "survey", LT_ENUM_SURVEY, LT_SURVEY_PARTIAL),
    BOOL(lt_link, abstract, "abstract"),
    F(lt_link, codes, "codes", LTI_CODES, .required = false),
    RECORD(lt_link, head.record),
};

static const lti_field firm_fields[] = {
    HEAD(lt_firm),
    REF(lt_firm, region, "region", TO(LT_REGION)),
    REF(lt_firm, zone, "zone", TO(LT_ZONE)),
    ENUM(lt_firm, grade, "grade", LT_ENUM_GRADE, LT_GRADE_UNSET),
    TEXTS(lt_firm, tags, "tags"),
    TEXT(lt_firm, uscc, "uscc"),
    RECORD(lt_firm, head.record),
};

static const lti_field institution_fields[] = {
    HEAD(lt_institution),
    ENUM(lt_institution, type, "type", LT_ENUM_INSTITUTION, LT_INSTITUTION_UNSET),
    REF(lt_institution, region, "region", TO(LT_REGION)),
    REF(lt_institution, zone, "zone", TO(LT_ZONE)),
    RECORD(lt_institution, head.record),
};

static const lti_field zone_fields[] = {
    HEAD(lt_zone),
    ENUM(lt_zone, type, "type", LT_ENUM_ZONE, LT_ZONE_UNSET),
    ENUM(lt_zone, level, "level", LT_ENUM_LEVEL, LT_LEVEL_UNSET),
    REF(lt_zone, parent, "parent", TO(LT_ZONE) | TO(LT_REGION)),
    RECORD(lt_zone, head.record),
};

static const lti_field region_fields[] = {
    HEAD(lt_region),
    REF(lt_region, parent, "parent", TO(LT_REGION)),
    RECORD(lt_region, head.record),
};

static const lti_field agency_fields[] = {HEAD(lt_agency), RECORD(lt_agency, head.record)};

static const lti_field project_fields[] = {
    HEAD(lt_project),
    ENUM(lt_project, stage, "stage", LT_ENUM_PROJECT, LT_PROJECT_PLANNED),
    REF(lt_project, firm, "firm", TO(LT_FIRM)),
    REF(lt_project, region, "region", TO(LT_REGION)), /* where the zone is not settled yet */
    REF(lt_project, zone, "zone", TO(LT_ZONE)),
    REAL_FROM(lt_project, invest, "invest", 0, NAN),
    RECORD(lt_project, head.record),
};

static const lti_field channel_fields[] = {
    HEAD(lt_channel),
    ENUM(lt_channel, type, "type", LT_ENUM_CHANNEL, LT_CHANNEL_UNSET),
    REF(lt_channel, region, "region", TO(LT_REGION)),
    REFS(lt_channel, chains, "chains", TO(LT_CHAIN)),
    RECORD(lt_channel, head.record),
};

static const lti_field kpi_fields[] = {
    HEAD(lt_kpi),
    TEXT(lt_kpi, metric, "metric"),
    REAL(lt_kpi, value, "value"),
    TEXT(lt_kpi, unit, "unit"),
    YEAR(lt_kpi, year, "year"),
    REF(lt_kpi, scope, "scope", TO(LT_CHAIN) | TO(LT_ZONE) | TO(LT_REGION)),
    REAL(lt_kpi, actual, "actual"),
    RECORD(lt_kpi, head.record),
};

static const lti_field supply_fields[] = {
    ENDS(lt_supply, edge, TO(LT_LINK), TO(LT_LINK)),
    ENUM(lt_supply, need, "need", LT_ENUM_NEED, LT_NEED_REQUIRED),
    TEXT(lt_supply, group, "group"),
    {.name = "k", .type = LTI_COUNT, .offset = offsetof(lt_supply, k), .minimum = 1, .maximum = UINT32_MAX, .initial = 1},
    FRACTION(lt_supply, share, "share", NAN),
    RECORD(lt_supply, edge.record),
};

#define HOLDERS (TO(LT_FIRM) | TO(LT_INSTITUTION) | TO(LT_PROJECT))
#define LINK_OR_CHAIN (TO(LT_LINK) | TO(LT_CHAIN))

/* The default role depends on who holds the capability; load.c settles it. */
static const lti_field capability_fields[] = {
    ENDS(lt_capability, edge, HOLDERS, TO(LT_LINK)),
    REAL_ABOVE(lt_capability, level, "level", 0, 1, 1),
    ENUM(lt_capability, edge.role, "role", LT_ENUM_CAPABILITY_ROLE, LT_ROLE_PRODUCE),
    RECORD(lt_capability, edge.record),
};

static const lti_field trade_fields[] = {
    ENDS(lt_trade, edge, TO(LT_FIRM), TO(LT_FIRM)),
    REAL_ABOVE(lt_trade, amount, "amount", 0, INFINITY, NAN),
    REF(lt_trade, link, "link", TO(LT_LINK)),
    RECORD(lt_trade, edge.record),
};

static const lti_field focus_fields[] = {ENDS(lt_focus, edge, TO(LT_ZONE), LINK_OR_CHAIN), RECORD(lt_focus, edge.record)};

static const lti_field prospect_fields[] = {
    ENDS(lt_prospect, edge, TO(LT_FIRM) | TO(LT_INSTITUTION), LINK_OR_CHAIN),
    ENUM(lt_prospect, edge.role, "role", LT_ENUM_PROSPECT_ROLE, LT_PROSPECT_PRODUCE),
    RECORD(lt_prospect, edge.record),
};

static const lti_field origin_fields[] = {ENDS(lt_origin, edge, TO(LT_REGION), LINK_OR_CHAIN), RECORD(lt_origin, edge.record)};

static const lti_field lead_fields[] = {
    ENDS(lt_lead, edge, TO(LT_AGENCY) | TO(LT_FIRM), TO(LT_CHAIN)),
    ENUM(lt_lead, edge.role, "role", LT_ENUM_LEAD_ROLE, LT_LEAD_LEADER),
    RECORD(lt_lead, edge.record),
};

static const lti_schema schemas[LT_KINDS + 1] = {
    [LT_CHAIN] = SCHEMA("chains", lt_chain, chain_fields, head.record.extra),
    [LT_LINK] = SCHEMA("links", lt_link, link_fields, head.record.extra),
    [LT_FIRM] = SCHEMA("firms", lt_firm, firm_fields, head.record.extra),
    [LT_INSTITUTION] = SCHEMA("institutions", lt_institution, institution_fields, head.record.extra),
    [LT_ZONE] = SCHEMA("zones", lt_zone, zone_fields, head.record.extra),
    [LT_REGION] = SCHEMA("regions", lt_region, region_fields, head.record.extra),
    [LT_AGENCY] = SCHEMA("agencies", lt_agency, agency_fields, head.record.extra),
    [LT_PROJECT] = SCHEMA("projects", lt_project, project_fields, head.record.extra),
    [LT_CHANNEL] = SCHEMA("channels", lt_channel, channel_fields, head.record.extra),
    [LT_KPI] = SCHEMA("kpis", lt_kpi, kpi_fields, head.record.extra),
    [LT_SUPPLY] = SCHEMA("supply", lt_supply, supply_fields, edge.record.extra),
    [LT_CAPABILITY] = SCHEMA("capability", lt_capability, capability_fields, edge.record.extra),
    [LT_TRADE] = SCHEMA("trade", lt_trade, trade_fields, edge.record.extra),
    [LT_FOCUS] = SCHEMA("focus", lt_focus, focus_fields, edge.record.extra),
    [LT_PROSPECT] = SCHEMA("prospect", lt_prospect, prospect_fields, edge.record.extra),
    [LT_ORIGIN] = SCHEMA("origin", lt_origin, origin_fields, edge.record.extra),
    [LT_LEAD] = SCHEMA("lead", lt_lead, lead_fields, edge.record.extra),
    [LT_KINDS] = SCHEMA("dataset", lti_header, header_fields, extra),
};

const lti_schema *lti_schema_of(lt_kind kind)
{
    return &schemas[kind];
}

const char *lt_kind_name(lt_kind kind)
{
    return (unsigned)kind <= LT_KINDS ? schemas[kind].name : "";
}

lt_kind lt_kind_find(const char *name)
{
    int kind = 0;
    while (kind < LT_KINDS && strcmp(schemas[kind].name, name) != 0) kind++;
    return (lt_kind)kind;
}

const lti_field *lti_schema_field(const lti_schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->field_count; i++)
        if (strcmp(schema->fields[i].name, name) == 0) return &schema->fields[i];
    return NULL;
}

const char *lt_enum_word(lt_enum of, int value)
{
    if ((unsigned)of >= LT_ENUMS || value < 0 || value >= enums[of].count) return NULL;
    return enums[of].words[value];
}

int lti_enum_count(lt_enum of)
{
    return enums[of].count;
}

int lti_enum_find(lt_enum of, const char *word)
{
    for (int value = 0; value < enums[of].count; value++)
        if (enums[of].words[value] && strcmp(enums[of].words[value], word) == 0) return value;
    return -1;
}

static void join(char buffer[LTI_WORDS_SIZE], const char *word)
{
    size_t length = strlen(buffer);
    if (length > 0) {
        lti_copy_cut(buffer + length, LTI_WORDS_SIZE - length, "·");
        length = strlen(buffer);
    }
    lti_copy_cut(buffer + length, LTI_WORDS_SIZE - length, word);
}

void lti_enum_words(lt_enum of, char buffer[LTI_WORDS_SIZE])
{
    buffer[0] = '\0';
    for (int value = 0; value < enums[of].count; value++)
        if (enums[of].words[value]) join(buffer, enums[of].words[value]);
}

void lti_target_names(unsigned targets, char buffer[LTI_WORDS_SIZE])
{
    buffer[0] = '\0';
    for (int kind = 0; kind < LT_KINDS; kind++)
        if (targets & TO(kind)) join(buffer, schemas[kind].name);
}
