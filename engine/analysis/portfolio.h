/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_PORTFOLIO_H
#define LTI_PORTFOLIO_H

#include "graph/supply.h"
#include "liantu/portfolio.h"

/* What the files of the portfolio share. Links are indexes into lt_links, zones into lt_zones. */

#define LTI_ANY_NUMBER UINT32_MAX

/** A zone that fits a link. */
typedef struct {
    double fit; /* above 0 */
    uint32_t zone;
} lti_fit;

/** The zones that fit each link i: fit[first[i]] .. fit[first[i + 1] - 1], best first, then by id. */
typedef struct {
    uint32_t *first;
    lti_fit *fit;
} lti_zone_fits;

/** What picks give: importance of finals and of links, in whole units so that sums compare exactly. */
typedef struct {
    uint64_t finals, links;
} lti_gain;

/** A set of picks. */
typedef struct {
    uint32_t *link; /* room for as many as may be picked */
    uint32_t count;
    lti_gain gain; /* beyond what is made now */
} lti_picks;

/** The question. A link is open when it is neither made nor closed: only open links are worth a thought. */
typedef struct {
    const lt_dataset *ds;
    const lt_portfolio_options *options;
    lti_supply s;
    uint32_t pick;                      /* at most so many; never more than there are links */
    bool *made;                         /* by link: producible now */
    bool *wanting;                      /* by link: neither here nor abstract, so that it has to be picked */
    bool *closed;                       /* by link: not producible with any picks that are allowed */
    uint32_t *final_units, *link_units; /* by link: what it gives when it becomes producible */
    double unit;                        /* importance of one unit */
    double rounding;                    /* units by which sums of finals may be off; 0 where importances are whole units */
    lti_zone_fits fits;                 /* of links that are wanting */
    uint32_t *seats;                    /* by zone: picks that it takes, LTI_ANY_NUMBER = all */
    double end;                         /* of lti_clock, INFINITY = none */
} lti_problem;

/* portfolio_problem.c */

/** @return LT_OK, LT_E_MEMORY. Free with lti_problem_done, also after a failure. */
lt_code lti_problem_init(lti_problem *p, const lt_dataset *ds, const lt_gaps *gaps, const lt_policy *policy,
                         const lt_portfolio_options *options, lt_error *error);
void lti_problem_done(lti_problem *p);

/** Whether the time is up or the caller wants to stop. */
bool lti_problem_ended(const lti_problem *p);

/** Whether one gain is above another: finals, then links, then fewer picks. */
bool lti_picks_better(const lti_picks *a, const lti_picks *b);

/* portfolio_zones.c */

/**
 * By the focus edges of each zone: on the link, on another link of its segment, on its chain; the best of them counts.
 *
 * @param wanted  by link: whose zones are asked for
 * @return LT_OK, LT_E_MEMORY. Cost O(focus · links of a chain). Free with lti_zone_fits_done, also after a failure.
 */
lt_code lti_zone_fits_init(lti_zone_fits *fits, const lt_dataset *ds, const lt_policy *policy, const bool *wanted, lt_error *error);
void lti_zone_fits_done(lti_zone_fits *fits);

/**
 * Gives each pick its zone: the best, or within limits those of the largest sum of fits.
 *
 * @param zone  by place among the picks: LT_NONE where none fits
 * @return LT_OK, LT_E_MEMORY, LT_E_INTERNAL.
 */
lt_code lti_assign_zones(const lti_problem *p, const lti_picks *picks, lt_node *zone, lt_error *error);

/* portfolio_seats.c */

/** Who has a place in which zone. */
typedef struct {
    const lti_problem *p;
    uint32_t *zone;   /* by link, while it is seated */
    uint32_t *taken;  /* by zone */
    uint32_t *seated; /* links, in order of arrival; those that need no seat are not among them */
    uint32_t count;
    uint32_t *from, *queue; /* of the search for a place */
} lti_seating;

/** Whether a link needs no seat: no zone fits it, or one without limit does. */
bool lti_seatless(const lti_problem *p, uint32_t link);

lt_code lti_seating_init(lti_seating *s, const lti_problem *p, lt_error *error);
void lti_seating_done(lti_seating *s);
/** Gives each of these links a place, moving others where needed; all or none. Cost O(count · (zones · seated + fits)). */
bool lti_seat_all(lti_seating *s, const uint32_t *links, uint32_t count);
/** Whether it could be done. */
bool lti_could_seat(lti_seating *s, const uint32_t *links, uint32_t count);

/* portfolio_growth.c */

/** What is producible while links are picked one after the other. */
typedef struct {
    const lti_problem *p;
    const bool *closed;  /* by link */
    bool *made, *picked; /* by link */
    uint32_t *met;       /* by group: members made */
    uint32_t *hope;      /* by group: members made or waiting for no pick of their own */
    uint32_t *fresh;     /* links that the last trial makes */
    uint32_t fresh_count;
    lti_gain gain;   /* of the last trial */
    bool *tried;     /* by link */
    uint32_t *extra; /* by group: members tried */
    uint32_t *dropped;
} lti_growth;

/** @param closed  by link: what stays out; NULL = what the problem says */
lt_code lti_growth_init(lti_growth *g, const lti_problem *p, const bool *closed, lt_error *error);
void lti_growth_done(lti_growth *g);

/** Whether a link is neither made nor closed. */
static inline bool lti_growth_open(const lti_growth *g, uint32_t link)
{
    return !g->made[link] && !g->closed[link];
}

/** What else becomes producible when these links, none of them picked yet, are picked too: fresh and gain. Cost O(what is
 * downstream and open). */
void lti_growth_try(lti_growth *g, const uint32_t *links, uint32_t count);
/** Tries and keeps. */
void lti_growth_pick(lti_growth *g, const uint32_t *links, uint32_t count);

/** What picks give on their own. */
lt_code lti_count_gain(const lti_problem *p, lti_picks *picks, lt_error *error);
/** Counts the gain and drops picks that give nothing. */
lt_code lti_drop_idle(const lti_problem *p, lti_picks *picks, lt_error *error);

/* portfolio_bundle.c */

/** Picks that belong together, with what they give together. */
typedef struct {
    uint32_t *link;
    uint32_t count;
    lti_gain gain;
} lti_bundle;

/** Looks for bundles while a growth goes on. */
typedef struct {
    const lti_problem *p;
    lti_growth g;
    lti_seating seating;
    double *picks_for, *next; /* by link: picks that it seems to take */
    double *sorted;           /* of the members of a group */
    bool *needed;             /* by link */
    uint32_t *needs;          /* links needed */
    uint32_t needs_count;
    uint32_t *choices; /* groups with a choice */
    lti_bundle trial, best;
} lti_bundler;

/** @param closed  as of lti_growth_init */
lt_code lti_bundler_init(lti_bundler *b, const lti_problem *p, const bool *closed, lt_error *error);
void lti_bundler_done(lti_bundler *b);

/** Picks that each open link seems to take by now, as lti_gather goes by. */
void lti_estimate(lti_bundler *b);

/**
 * The picks of one target, in trial: what it needs, where there is a choice the suppliers that seem to take the fewest picks.
 *
 * @return false where it takes more than `most`. Cost O(what it needs, and its edges).
 */
bool lti_gather(lti_bundler *b, uint32_t target, uint32_t most);

/** Of the bundles of all open links with units that take at most `most` picks and find seats: the one with the largest gain a pick,
 * in best (count 0 = there is none). */
void lti_find_bundle(lti_bundler *b, const uint32_t *units, uint32_t most);

/** Picks these links for good. */
void lti_take(lti_bundler *b, const uint32_t *links, uint32_t count);

/* portfolio_greedy.c */

/** Adds to the picks, bundle by bundle, what gains most a pick; drops those that give nothing. */
lt_code lti_portfolio_greedy(const lti_problem *p, lti_picks *picks, lt_error *error);

/* portfolio_order.c */

/** Puts the picks in order and writes what each unlocks: picks, unlocked and their counts of `out`, whose zones stay open. */
lt_code lti_portfolio_order(const lti_problem *p, const lti_picks *picks, lt_portfolio *out, lt_error *error);

/* portfolio_exact.c */

/** What is proven. */
typedef struct {
    double bound; /* units of finals beyond those made now: no picks give more; NaN = nothing is proven */
    bool optimal;
    bool improved; /* the picks are not those it began with */
} lti_proof;

/** @param picks  in: an answer to begin with; out: the best found */
lt_code lti_portfolio_exact(const lti_problem *p, lti_picks *picks, lti_proof *proof, lt_error *error);

#endif
