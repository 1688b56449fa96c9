/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fails(X) of contract section 2, with the round and the cause of each failure. */
#include <stdlib.h>

#include "core/error.h"
#include "core/memory.h"
#include "graph/supply.h"
#include "liantu/bottleneck.h"

struct lt_failure_model {
    lti_supply s;
    uint32_t *left; /* by group: suppliers that have not failed */
    uint32_t *round, *cause, *failed;
    lt_failure result;
};

lt_code lt_failure_model_new(const lt_dataset *ds, lt_failure_model **out, lt_error *error)
{
    lt_failure_model *m = lti_alloc(1, sizeof *m);
    if (!m) return lti_fail_memory(error);
    lt_code code = lti_supply_init(&m->s, ds, error);
    uint32_t links = m->s.links;
    m->left = lti_alloc(m->s.groups, sizeof *m->left);
    m->round = lti_alloc(links, sizeof *m->round);
    m->cause = lti_alloc(links, sizeof *m->cause);
    m->failed = lti_alloc(links, sizeof *m->failed);
    if (code == LT_OK && !(m->left && m->round && m->cause && m->failed)) code = lti_fail_memory(error);
    if (code != LT_OK) {
        lt_failure_model_free(m);
        return code;
    }
    for (uint32_t g = 0; g < m->s.groups; g++) m->left[g] = m->s.member_first[g + 1] - m->s.member_first[g];
    for (uint32_t i = 0; i < links; i++) m->round[i] = m->cause[i] = UINT32_MAX;
    m->result = (lt_failure){.count = links, .failed = m->failed, .round = m->round, .cause = m->cause};
    *out = m;
    return LT_OK;
}

void lt_failure_model_free(lt_failure_model *m)
{
    if (!m) return;
    lti_supply_done(&m->s);
    void *arrays[] = {m->left, m->round, m->cause, m->failed, m};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) lti_free(arrays[i]);
}

/* Undoes the run before: only what it failed has changed anything. */
static void reset(lt_failure_model *m)
{
    for (size_t i = 0; i < m->result.failed_count; i++) {
        uint32_t link = m->failed[i];
        m->round[link] = m->cause[link] = UINT32_MAX;
        for (uint32_t u = m->s.use_first[link]; u < m->s.use_first[link + 1]; u++) m->left[m->s.use[u]]++;
    }
    m->result.failed_count = 0;
}

static void fail_link(lt_failure_model *m, uint32_t link, uint32_t round, uint32_t cause)
{
    m->round[link] = round;
    m->cause[link] = cause;
    m->failed[m->result.failed_count++] = link;
}

/* Suppliers of a round fail in order of id, and the one that leaves a group too small is the cause of its consumer; a consumer
   that two groups bring down in one round keeps the first, and so the smaller. */
static void run_round(lt_failure_model *m, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        uint32_t link = m->failed[i];
        for (uint32_t u = m->s.use_first[link]; u < m->s.use_first[link + 1]; u++) {
            uint32_t group = m->s.use[u], consumer = m->s.consumer[group];
            bool breaks = m->left[group]-- == m->s.k[group];
            if (breaks && m->round[consumer] == UINT32_MAX) fail_link(m, consumer, m->round[link] + 1, link);
        }
    }
}

static int by_index(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

const lt_failure *lt_failure_run(lt_failure_model *m, const uint32_t *links, size_t count)
{
    reset(m);
    for (size_t i = 0; i < count; i++)
        if (m->round[links[i]] == UINT32_MAX) fail_link(m, links[i], 0, UINT32_MAX);
    for (size_t begin = 0; begin < m->result.failed_count;) {
        size_t end = m->result.failed_count;
        qsort(m->failed + begin, end - begin, sizeof *m->failed, by_index);
        run_round(m, begin, end);
        begin = end;
    }
    return &m->result;
}
