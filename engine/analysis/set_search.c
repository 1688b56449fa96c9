/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Minimal sets by increasing size, for what is too large for a diagram. */
#include <stdlib.h>
#include <string.h>

#include "analysis/failure.h"
#include "core/error.h"
#include "core/memory.h"

enum { SHRINK_LIMIT = 256, WORK_PER_QUESTION = 1 << 16 };

typedef enum { FREE, TAKEN, FORBIDDEN } mark;

/** A node of the tree: links to branch over, and the one being tried. */
typedef struct {
    size_t begin, end, next; /* in `branches` */
} branching;

typedef struct {
    const lti_cone *c;
    const lti_search_limits *limits;
    lti_search_result *out;
    uint8_t *mark;   /* by link, of mark */
    uint32_t *falls; /* links: the question put to fails() */
    uint32_t falls_count;
    uint32_t *helpless; /* groups that fail at once */
    uint32_t helpless_count;
    uint32_t *rank;     /* by link, from fails(): place in `failed` + 1; 0 = does not fail */
    uint32_t *failed;   /* links in the order in which they fail */
    uint32_t fallen;    /* of them in all */
    uint32_t spread;    /* of them whose uses have been told */
    uint32_t *cause;    /* by link: group that failed it; NO_GROUP = itself */
    uint32_t *down;     /* by group: members failed */
    uint32_t *trace;    /* work list of hitting_set */
    bool *traced;       /* by link */
    lti_array taken;    /* uint32_t, links */
    lti_array branches; /* uint32_t, links */
    lti_array tree;     /* branching, from the root */
    size_t work, next_question;
    size_t first_pass;   /* work that is never refused: whether the empty set does can always be told */
    bool ended, cut_off; /* a limit was hit; some branch was left because of its depth */
} search;

#define NO_GROUP UINT32_MAX

static bool can_fall(const search *s, uint32_t link)
{
    return s->c->variable[link] != LTI_NO_VARIABLE;
}

static void spend(search *s, size_t work)
{
    s->work += work;
    if (s->work <= s->first_pass) return;
    if (s->work > s->limits->work) s->ended = true;
    if (s->work < s->next_question) return;
    s->next_question = s->work + WORK_PER_QUESTION;
    if (s->limits->stop && s->limits->stop(s->limits->context)) s->ended = true;
}

static void fail(search *s, uint32_t link, uint32_t cause)
{
    if (s->rank[link] != 0) return;
    s->failed[s->fallen++] = link;
    s->rank[link] = s->fallen;
    s->cause[link] = cause;
}

/* Takes back what the last fails() did, which costs what it did: most sets of few links touch little. */
static void stand_up(search *s)
{
    const lti_cone *c = s->c;
    while (s->spread > 0) {
        uint32_t link = s->failed[--s->spread];
        for (uint32_t u = c->use_first[link]; u < c->use_first[link + 1]; u++) s->down[c->use[u]]--;
    }
    while (s->fallen > 0) s->rank[s->failed[--s->fallen]] = 0;
}

/* Whether the target fails when the links of `falls` fall. Ends as soon as it does. Cost: the uses of what fails. */
static bool fails(search *s)
{
    const lti_cone *c = s->c;
    size_t work = s->falls_count;
    stand_up(s);
    for (uint32_t i = 0; i < s->helpless_count; i++) fail(s, c->consumer[s->helpless[i]], s->helpless[i]);
    for (uint32_t i = 0; i < s->falls_count; i++) fail(s, s->falls[i], NO_GROUP);
    while (s->spread < s->fallen && s->rank[0] == 0) {
        uint32_t link = s->failed[s->spread++];
        work += c->use_first[link + 1] - c->use_first[link];
        for (uint32_t u = c->use_first[link]; u < c->use_first[link + 1]; u++) {
            uint32_t group = c->use[u];
            if (++s->down[group] == c->need[group]) fail(s, c->consumer[group], group);
        }
    }
    spend(s, work * 2); /* it is taken back, too */
    return s->rank[0] != 0;
}

/* Whether the links taken (and, with `all`, every link not forbidden) do what is asked. */
static bool solved(search *s, bool all)
{
    s->falls_count = 0;
    if (!s->limits->unlock && !all) {
        for (size_t i = 0; i < s->taken.count; i++) {
            uint32_t link = LTI_AT(&s->taken, uint32_t, i);
            if (s->mark[link] == TAKEN) s->falls[s->falls_count++] = link;
        }
        return fails(s);
    }
    for (uint32_t v = 0; v < s->c->variables; v++) {
        uint32_t link = s->c->of_variable[v];
        bool taken = s->mark[link] == TAKEN || (all && s->mark[link] == FREE);
        if (taken != s->limits->unlock) s->falls[s->falls_count++] = link;
    }
    return fails(s) != s->limits->unlock;
}

static void follow(search *s, uint32_t *count, uint32_t link)
{
    if (s->traced[link]) return;
    s->traced[link] = true;
    s->trace[(*count)++] = link;
}

/* Unlock: links that fell and were enough for the target to fail, traced back from it. fails() was true before. */
static void trace_failure(search *s, uint32_t *count)
{
    const lti_cone *c = s->c;
    for (uint32_t next = 0; next < *count; next++) {
        uint32_t link = s->trace[next], group = s->cause[link], wanted = group == NO_GROUP ? 0 : c->need[group];
        if (group == NO_GROUP) continue;
        for (uint32_t m = c->member_first[group]; m < c->member_first[group + 1] && wanted > 0; m++) {
            uint32_t member = c->member[m];
            if (s->rank[member] == 0 || s->rank[member] >= s->rank[link]) continue;
            wanted--;
            follow(s, count, member);
        }
    }
}

/* Cut: links that work and are enough for the target to work, traced back from it. fails() was false before. */
static void trace_support(search *s, uint32_t *count)
{
    const lti_cone *c = s->c;
    for (uint32_t next = 0; next < *count; next++) {
        uint32_t link = s->trace[next];
        for (uint32_t g = c->group_first[link]; g < c->group_first[link + 1]; g++) {
            uint32_t begin = c->member_first[g], end = c->member_first[g + 1], wanted = end - begin - c->need[g] + 1;
            for (uint32_t m = begin; m < end && wanted > 0; m++) wanted -= s->traced[c->member[m]];
            for (uint32_t m = begin; m < end && wanted > 0; m++) {
                if (s->rank[c->member[m]] != 0 || s->traced[c->member[m]]) continue;
                wanted--;
                follow(s, count, c->member[m]);
            }
        }
    }
}

/* Whether every solution still has a link among those traced: with them out of reach the target cannot be turned. */
static bool hits(search *s)
{
    s->falls_count = 0;
    for (uint32_t v = 0; v < s->c->variables; v++) {
        uint32_t link = s->c->of_variable[v];
        if (s->traced[link] == s->limits->unlock) s->falls[s->falls_count++] = link;
    }
    return fails(s) == s->limits->unlock;
}

/*
 * Links not forbidden of a set of which every solution has one that is not taken, onto `branches`.
 *
 * The set is what the last fails() rests on, traced back, then shrunk link by link, those that may be branched on first:
 * fewer branches, and none where all are forbidden. @return false out of memory.
 */
static bool hitting_set(search *s)
{
    uint32_t count = 0, links = 0;
    memset(s->traced, 0, s->c->count * sizeof *s->traced);
    spend(s, s->c->count);
    follow(s, &count, 0);
    if (s->limits->unlock) trace_failure(s, &count);
    else trace_support(s, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t link = s->trace[i];
        bool kept = can_fall(s, link) && (!s->limits->unlock || s->cause[link] == NO_GROUP);
        s->traced[link] = kept;
        if (kept) s->trace[links++] = link;
    }
    for (int forbidden = 0; forbidden <= 1 && links <= SHRINK_LIMIT; forbidden++) {
        for (uint32_t i = links; i-- > 0 && !s->ended;) {
            uint32_t link = s->trace[i];
            if ((s->mark[link] == FORBIDDEN) != forbidden) continue;
            s->traced[link] = false;
            if (!hits(s)) s->traced[link] = true;
        }
    }
    for (uint32_t i = 0; i < links; i++) {
        uint32_t link = s->trace[i];
        if (!s->traced[link] || s->mark[link] == FORBIDDEN) continue;
        uint32_t *branch = lti_array_push(&s->branches, 1);
        if (!branch) return false;
        *branch = link;
    }
    return true;
}

/* Whether none of the links taken could be left out. */
static bool is_minimal(search *s)
{
    for (size_t i = 0; i < s->taken.count && !s->ended; i++) {
        uint32_t link = LTI_AT(&s->taken, uint32_t, i);
        s->mark[link] = FREE;
        bool spare = solved(s, false);
        s->mark[link] = TAKEN;
        if (spare) return false;
    }
    return !s->ended;
}

static int ascending(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

static bool write_down(search *s)
{
    size_t size = s->taken.count, begin = s->out->items.count;
    if (begin + size > s->limits->items) {
        s->ended = true;
        return true;
    }
    uint32_t *first = lti_array_push(&s->out->begins, 1);
    if (!first) return false;
    *first = (uint32_t)begin;
    if (size == 0) return true;
    uint32_t *items = lti_array_push(&s->out->items, size);
    if (!items) return false;
    for (size_t i = 0; i < size; i++) items[i] = s->c->link[LTI_AT(&s->taken, uint32_t, i)];
    qsort(items, size, sizeof *items, ascending);
    return true;
}

/* What the links taken are: a solution, too deep, without any solution, or a node to branch on. @return false out of memory. */
static bool visit(search *s, uint32_t size)
{
    bool does = solved(s, false);
    if (s->ended) return true;
    if (does) return s->taken.count < size || !is_minimal(s) || write_down(s); /* smaller ones were met before */
    if (s->taken.count == size) {
        s->cut_off = true;
        return true;
    }
    size_t begin = s->branches.count;
    if (!hitting_set(s)) return false;
    if (s->branches.count > begin + 1 && !solved(s, true)) s->branches.count = begin;
    if (s->branches.count == begin || s->ended) return true;
    branching *node = lti_array_push(&s->tree, 1);
    if (!node) return false;
    *node = (branching){begin, s->branches.count, begin};
    return true;
}

static void leave(search *s, const branching *node)
{
    for (size_t i = node->begin; i < node->end; i++) s->mark[LTI_AT(&s->branches, uint32_t, i)] = FREE;
    s->branches.count = node->begin;
    s->tree.count--;
}

/* Every minimal set of one size. @return false out of memory. */
static bool search_size(search *s, uint32_t size)
{
    s->taken.count = s->branches.count = s->tree.count = 0;
    s->cut_off = false;
    memset(s->mark, FREE, s->c->count * sizeof *s->mark);
    if (!visit(s, size)) return false;
    while (s->tree.count > 0 && !s->ended) {
        size_t depth = s->tree.count - 1;
        branching *node = &LTI_AT(&s->tree, branching, depth);
        if (s->taken.count > depth) { /* back from the branch of the link taken last */
            s->mark[LTI_AT(&s->taken, uint32_t, depth)] = FORBIDDEN;
            s->taken.count = depth;
        }
        if (node->next == node->end) {
            leave(s, node);
            continue;
        }
        uint32_t link = LTI_AT(&s->branches, uint32_t, node->next++);
        uint32_t *taken = lti_array_push(&s->taken, 1);
        if (!taken) return false;
        *taken = link;
        s->mark[link] = TAKEN;
        if (!visit(s, size)) return false;
    }
    return true;
}

static bool reserve(search *s)
{
    size_t links = (size_t)s->c->count + 1, groups = (size_t)s->c->groups + 1;
    return (s->mark = lti_alloc(links, sizeof *s->mark)) && (s->falls = lti_alloc(links, sizeof *s->falls)) &&
           (s->rank = lti_alloc(links, sizeof *s->rank)) && (s->failed = lti_alloc(links, sizeof *s->failed)) &&
           (s->cause = lti_alloc(links, sizeof *s->cause)) && (s->down = lti_alloc(groups, sizeof *s->down)) &&
           (s->helpless = lti_alloc(groups, sizeof *s->helpless)) && (s->trace = lti_alloc(links, sizeof *s->trace)) &&
           (s->traced = lti_alloc(links, sizeof *s->traced));
}

lt_code lti_search_sets(const lti_cone *cone, const lti_search_limits *limits, lti_search_result *out, lt_error *error)
{
    *out = (lti_search_result){.items = LTI_ARRAY(uint32_t), .begins = LTI_ARRAY(uint32_t)};
    search s = {.c = cone, .limits = limits, .out = out, .next_question = WORK_PER_QUESTION};
    s.first_pass = 2 * ((size_t)cone->count + cone->use_first[cone->count]);
    s.taken = s.branches = LTI_ARRAY(uint32_t);
    s.tree = LTI_ARRAY(branching);
    bool memory = reserve(&s);
    for (uint32_t g = 0; memory && g < cone->groups; g++)
        if (cone->need[g] == 0) s.helpless[s.helpless_count++] = g;
    for (uint32_t size = 0; memory && !s.ended && !out->whole; size++) {
        memory = search_size(&s, size);
        if (s.ended || !memory) break;
        out->complete_to = size;
        out->whole = !s.cut_off || size == limits->max_size;
        out->cut_off = s.cut_off;
    }
    void *arrays[] = {s.mark, s.falls, s.helpless, s.rank, s.failed, s.cause, s.down, s.trace, s.traced};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
    lti_array_done(&s.taken);
    lti_array_done(&s.branches);
    lti_array_done(&s.tree);
    return memory ? LT_OK : lti_fail_memory(error);
}

void lti_search_done(lti_search_result *result)
{
    lti_array_done(&result->items);
    lti_array_done(&result->begins);
}
