/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_RULES_H
#define LTI_RULES_H

#include <stdbool.h>

#include "core/text.h"
#include "liantu/rules.h"

/** Facts of a target that rules may ask for. */
typedef enum {
    LTI_FACT_STATUS,
    LTI_FACT_ACTION,
    LTI_FACT_TIER,
    LTI_FACT_STAGE,
    LTI_FACT_CHAIN,
    LTI_FACT_CHOKE,
    LTI_FACT_PRIORITY,
    LTI_FACT_FINAL,
    LTI_FACT_SCORE,
    LTI_FACT_UNLOCKED,         /* links that become producible */
    LTI_FACT_BLOCKED_FINALS,   /* finals that fail with it */
    LTI_FACT_CANDIDATES,       /* firms named for the link */
    LTI_FACT_CHAIN_CANDIDATES, /* firms named for its chain */
    LTI_FACT_LOCAL_FIRMS,      /* local leading and backbone firms among its suppliers, customers and own producers */
    LTI_FACT_ASSOCIATIONS,
    LTI_FACT_RESEARCHERS, /* named for the link */
    LTI_FACT_CRITERIA,    /* the first of LT_CRITERIA */
    LTI_FACTS = LTI_FACT_CRITERIA + 9
} lti_fact;

/** Numbers by fact: words as their enum's value, flags as 0 or 1, a chain by its id. */
typedef struct {
    double value[LTI_FACTS];
    const char *chain;
} lti_facts;

/** Whether the rule's conditions hold (its channels are not looked at). */
bool lti_rule_holds(const lt_rule *rule, const lti_facts *facts);

/** Puts the rules' members as JSON behind what the text holds. @param rules  NULL = defaults. @return LT_OK, LT_E_MEMORY. */
lt_code lti_rules_text(const lt_rules *rules, lti_text *text, lt_error *error);

#endif
