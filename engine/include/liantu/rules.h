/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_RULES_H
#define LIANTU_RULES_H

#include "liantu/dataset.h"
#include "liantu/message.h"

/*
 * The part of a policy that is no number: which instrument and which way to reach an investor a gap calls for, and what
 * the plan asks of zones. Rules stand in the policy file as data; the engine only evaluates them.
 */

/** On what an edge about a target stands. */
typedef enum { LT_ON_LINK, LT_ON_SEGMENT, LT_ON_CHAIN, LT_ON_NOTHING } lt_scope;

/** A test of one fact of a target; all tests of a clause must hold, and one clause of a rule. */
typedef struct {
    uint8_t fact; /* see rules.c for the table of facts */
    bool has_least, has_below;
    double least, below;    /* numbers: least ≤ x, x < below */
    uint32_t words;         /* words: one bit each */
    const char *const *ids; /* ids: one of them, ended by NULL */
} lt_rule_test;

typedef struct {
    const lt_rule_test *tests;
    size_t count;
} lt_rule_clause;

/** Which channels of the dataset a rule names. */
typedef struct {
    uint32_t types;         /* one bit a lt_channel_type; 0 = the rule names none */
    bool chain_named;       /* only channels that name the target's chain; else also those for all chains */
    bool source_region;     /* only channels in one of the target's source regions, above or below it */
    bool at_home, away;     /* only channels at home; only channels elsewhere */
    bool needed;            /* the rule holds only where a channel is found */
    const char *const *ids; /* only these, ended by NULL; NULL = any */
} lt_rule_channels;

/** An instrument (揭榜挂帅 …) or a way (资本招商 …). */
typedef struct {
    const char *id, *source;
    const char *name[LT_LANG_COUNT], *reason[LT_LANG_COUNT];
    const lt_rule_clause *clauses; /* none = always */
    size_t clause_count;
    lt_rule_channels channels;
} lt_rule;

/** Zones that are to serve a partner region. */
typedef struct {
    const char *region, *source;
    const char *const *zones; /* ids, ended by NULL */
    double share;             /* of projects from it, and of functions that serve it */
} lt_partner_rule;

typedef struct {
    const lt_rule *instruments, *ways;
    size_t instrument_count, way_count;
    const lt_partner_rule *partners;
    size_t partner_count;
    uint32_t leading_least, leading_most, future_least, future_most; /* chains of focus of a development zone */
    const char *zone_source;
} lt_rules;

/**
 * Reads the rules of a policy file; a member that it leaves out keeps its default.
 *
 * @param path  NULL = the defaults, which data/policy/default.json holds
 * @param out   freed with lt_rules_free; untouched on failure
 * @return LT_OK, LT_E_MEMORY, LT_E_IO, LT_E_POLICY.
 */
LT_API lt_code lt_rules_load(const char *path, lt_rules **out, lt_error *error);

/** Takes NULL. */
LT_API void lt_rules_free(lt_rules *rules);

#endif
