/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_BRIEFING_H
#define LIANTU_BRIEFING_H

#include "liantu/rules.h"
#include "liantu/target.h"

/* What a visit for a target needs: whom to see, where it may land, whom it would serve, and by which instruments and ways. */

typedef enum {
    LT_BRIEF_ZONES,           /* by fit, then id */
    LT_BRIEF_CANDIDATES,      /* firms named to produce: for the link first, then for its chain */
    LT_BRIEF_REGIONS,         /* source regions: of the link, of its chain, then those where candidates are */
    LT_BRIEF_RESEARCH,        /* who works on the link: here, then elsewhere, then those named for the link and for its chain */
    LT_BRIEF_CUSTOMERS,       /* local producers of what it would go into */
    LT_BRIEF_NAMED_CUSTOMERS, /* customers elsewhere: named for the link, then for its chain */
    LT_BRIEF_SUPPLIERS,       /* local producers of what it needs */
    LT_BRIEF_ASSOCIATIONS,    /* named for the link, then for its chain */
    LT_BRIEF_LEADERS,         /* of its chain */
    LT_BRIEF_LISTS
} lt_brief_list;

/** What to look at before a candidate is asked. */
typedef enum {
    LT_GUARD_LOCAL = 1,         /* it is local already */
    LT_GUARD_SAME_ENTITY = 2,   /* another firm has its uscc, its name or an alias: `same` */
    LT_GUARD_TAKES_SUPPLIER = 4 /* it supplies a link of another chain here: `supplies` */
} lt_guard;

typedef struct {
    lt_node node;       /* whom, or where */
    lt_evidence record; /* what ties it to the target */
    double fit;         /* of a zone, 0..1 */
    uint32_t link;      /* of a supplier or a customer: what it makes; UINT32_MAX = not given */
    uint32_t supplies;  /* of LT_GUARD_TAKES_SUPPLIER: the link, UINT32_MAX = not known which */
    lt_node same;       /* of LT_GUARD_SAME_ENTITY */
    uint8_t scope;      /* lt_scope: on what the record stands */
    uint8_t guards;     /* lt_guard, one bit each */
} lt_brief_item;

typedef struct {
    const lt_brief_item *items;
    size_t count, total; /* listed, and how many there are */
} lt_brief_items;

/** An instrument or a way whose rule holds. */
typedef struct {
    const lt_rule *rule;
    const uint32_t *channels; /* indexes into lt_channels, by id */
    size_t channel_count;
} lt_advice;

/** Borrowed from the briefing, until the next call. */
typedef struct {
    lt_brief_items lists[LT_BRIEF_LISTS];
    const lt_advice *instruments, *ways; /* in the order of the rules, so that the first way is the one to begin with */
    size_t instrument_count, way_count;
    const uint32_t *unlocked; /* links, not abstract, that become producible when it becomes present, by id; all of them */
    size_t unlocked_count;
    uint32_t local_firms; /* local leading and backbone firms among its suppliers, customers and own producers */
} lt_brief;

typedef struct lt_briefing lt_briefing;

/**
 * Prepares briefs.
 *
 * @param ds, gaps, rules  borrowed; must outlive the briefing
 * @param policy  NULL = defaults
 * @param limit   items of a list at most, leading firms first, 0 = all; zones and leaders are always listed whole
 * @param out     freed with lt_briefing_free; untouched on failure
 * @return LT_OK, LT_E_MEMORY. Cost O(records).
 */
LT_API lt_code lt_briefing_new(const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy, const lt_rules *rules,
                               size_t limit, lt_briefing **out, lt_error *error);
/** Takes NULL. */
LT_API void lt_briefing_free(lt_briefing *briefing);

/** The brief of one target. @return LT_OK, LT_E_MEMORY. Cost O(what it names + channels · rules). */
LT_API lt_code lt_brief_make(lt_briefing *briefing, const lt_target *target, lt_brief *out, lt_error *error);

/** Whom to ask first about a link that was never surveyed: the responsible unit, else the zone whose focus is on the link, else
 * who is beside it, an association, any zone that fits. LT_NONE = nobody. Cost O(leaders). */
LT_API lt_node lt_brief_first_to_ask(const lt_dataset *ds, const lt_brief *brief);

#endif
