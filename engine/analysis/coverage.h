/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_COVERAGE_H
#define LTI_COVERAGE_H

#include "liantu/gap.h"

/** Coverage of one link, measured one capability at a time. */
typedef struct {
    double supply, pipeline, research;
    uint32_t producers;
    bool leader;
    double squares, entity_supply; /* of the entity whose capabilities are being read */
    lt_node entity;
} lti_measure;

#define LTI_MEASURE_BEGIN ((lti_measure){.entity = LT_NONE})

/** What counts of whoever holds a capability. */
typedef struct {
    uint8_t as;    /* what production of it counts for */
    uint8_t stage; /* of a project */
    bool local, leader;
} lti_holder;

lti_holder lti_holder_of(const lt_dataset *ds, lt_node node);

/** What counts of a capability. */
typedef struct {
    double level;
    lt_node holder;
    uint8_t role; /* lt_capability_role */
} lti_ability;

/** Adds a capability on the link; those of one holder have to come one behind the other. */
void lti_measure_add(lti_measure *m, const lt_policy *policy, lti_holder holder, const lti_ability *ability);

/** Ends the measure and writes it down as that of a link. */
void lti_measure_end(lti_measure *m, double demand, lt_coverage *out, uint32_t link);

/** Arrays for so many links, evidence not among them. @return LT_OK, LT_E_MEMORY; free with lt_coverage_done in either case. */
lt_code lti_coverage_reserve(lt_coverage *coverage, size_t links, lt_error *error);

/* gap.c */
lt_status lti_gap_status(const lt_link *link, const lt_coverage *coverage, uint32_t i, const lt_policy *policy);
lt_action lti_gap_action(lt_status status, bool supplier, bool consumer);

#endif
