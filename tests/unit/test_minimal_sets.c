/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unlock and cut sets against trying every set of links, on random small datasets and some worked by hand. */
#include "liantu/minimal_sets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/failure.h"
#include "core/memory.h"
#include "fixture.h"

enum { MOST_LINKS = 12, MOST_GROUPS = 40, SETS = 1 << MOST_LINKS, DATASETS = 320, TEXT = 1 << 15 };

static uint64_t seed;

static uint32_t below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 32) % n;
}

/** A dataset as the brute force sees it: sets of links are masks. */
typedef struct {
    uint32_t links, real, present; /* real: not abstract */
    struct {
        uint32_t consumer, k, members;
    } group[MOST_GROUPS];
    uint32_t groups;
    uint32_t failed[SETS]; /* by set of falling links */
} model;

static void write_links(const fixture *f, const model *m)
{
    char links[TEXT] = "", capabilities[TEXT] = "";
    size_t l = 0, c = 0;
    for (uint32_t i = 0; i < m->links; i++) {
        bool abstract = !(m->real >> i & 1), needless = below(8) == 0 && m->present >> i & 1;
        l += (size_t)snprintf(links + l, TEXT - l, "{\"id\": \"l%02u\", \"name\": \"x\", \"abstract\": %s, \"demand\": %d}\n", i,
                              abstract ? "true" : "false", needless ? 0 : 1);
        if (m->present >> i & 1 && !needless)
            c += (size_t)snprintf(capabilities + c, TEXT - c, "{\"from\": \"f\", \"to\": \"l%02u\"}\n", i);
    }
    fixture_write(f, "links.ndjson", links);
    fixture_write(f, "capability.ndjson", capabilities);
    fixture_write(f, "firms.json", "[{\"id\": \"f\", \"name\": \"厂\", \"region\": \"home\"}]");
}

/* The suppliers of one link: some optional, some required alone, some in groups. Abstract links supply only later ones. */
static size_t write_suppliers(model *m, uint32_t to, char *text, size_t at)
{
    uint32_t groups[3] = {0}, chance = 1 + below(4);
    for (uint32_t from = 0; from < m->links; from++) {
        bool both_abstract = !(m->real >> from & 1) && !(m->real >> to & 1);
        if (from == to || below(m->links) >= chance || (both_abstract && from > to)) continue;
        uint32_t way = below(6);
        if (way >= 3) {
            groups[way - 3] |= 1u << from;
            continue;
        }
        at += (size_t)snprintf(text + at, TEXT - at, "{\"from\": \"l%02u\", \"to\": \"l%02u\"%s}\n", from, to,
                               way == 0 ? ", \"need\": \"optional\"" : "");
        if (way == 0 || m->groups == MOST_GROUPS) continue;
        m->group[m->groups].consumer = to;
        m->group[m->groups].k = 1;
        m->group[m->groups++].members = 1u << from;
    }
    for (uint32_t g = 0; g < 3; g++) {
        if (groups[g] == 0) continue;
        uint32_t k = 1 + below((uint32_t)__builtin_popcount(groups[g]));
        for (uint32_t from = 0; from < m->links; from++)
            if (groups[g] >> from & 1)
                at += (size_t)snprintf(text + at, TEXT - at,
                                       "{\"from\": \"l%02u\", \"to\": \"l%02u\", \"group\": \"g%u\", \"k\": %u}\n", from, to, g, k);
        m->group[m->groups].consumer = to;
        m->group[m->groups].k = k;
        m->group[m->groups++].members = groups[g];
    }
    return at;
}

/* Links that fail when those of `falls` fall: whatever follows is added until nothing does. */
static uint32_t spread(const model *m, uint32_t falls)
{
    for (uint32_t before = ~falls; before != falls;) {
        before = falls;
        for (uint32_t g = 0; g < m->groups; g++)
            if ((uint32_t)__builtin_popcount(m->group[g].members & ~falls) < m->group[g].k) falls |= 1u << m->group[g].consumer;
    }
    return falls;
}

static lt_dataset *make(const fixture *f, model *m, uint32_t run)
{
    char supply[TEXT] = "";
    size_t at = 0;
    seed = 0xc0ffee + run * UINT64_C(0x9e3779b97f4a7c15);
    m->links = 2 + below(run % 8 == 0 ? MOST_LINKS - 1 : 8);
    m->real = m->present = m->groups = 0;
    for (uint32_t i = 0; i < m->links; i++) {
        m->real |= (uint32_t)(below(4) > 0) << i;
        m->present |= (uint32_t)(below(3) == 0) << i;
    }
    m->present &= m->real;
    write_links(f, m);
    for (uint32_t to = 0; to < m->links && m->groups + 12 < MOST_GROUPS; to++) at = write_suppliers(m, to, supply, at);
    fixture_write(f, "supply.ndjson", supply);
    for (uint32_t falls = 0; falls < 1u << m->links; falls++) m->failed[falls] = spread(m, falls);
    return fixture_load(f, NULL);
}

/** What is asked of a model: sets of which links, and whether they are to make the target fail or to keep it from it. */
typedef struct {
    const model *m;
    uint32_t target, candidates;
    bool unlock;
} question;

/* Links that need not be had: producible is what does not fail when all that is not present, nor in the set, falls. */
static bool solves(const question *q, uint32_t set)
{
    uint32_t falls = q->unlock ? q->candidates & ~set : set;
    return (q->m->failed[falls] >> q->target & 1) != q->unlock;
}

static int by_size_then_links(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int size = __builtin_popcount(a) - __builtin_popcount(b);
    if (size != 0 || a == b) return size;
    return (a ^ b) & -(a ^ b) & a ? -1 : 1; /* the first link in which they differ */
}

static size_t solve(const question *q, uint32_t *sets)
{
    size_t count = 0;
    for (uint32_t set = 0; set < 1u << q->m->links; set++) {
        if (set & ~q->candidates || !solves(q, set)) continue;
        bool minimal = true;
        for (uint32_t i = 0; i < q->m->links && minimal; i++) minimal = !(set >> i & 1) || !solves(q, set & ~(1u << i));
        if (minimal) sets[count++] = set;
    }
    qsort(sets, count, sizeof *sets, by_size_then_links);
    return count;
}

static uint32_t mask_of(const uint32_t *link, uint32_t begin, uint32_t end)
{
    uint32_t mask = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (i > begin) assert_true(link[i] > link[i - 1]);
        mask |= 1u << link[i];
    }
    return mask;
}

static lt_minimal_sets ask(const lt_dataset *ds, const bool *present, const question *q, const lt_set_options *options)
{
    lt_minimal_sets sets;
    assert_int_equal(q->unlock ? lt_unlock_sets(ds, present, q->target, options, &sets, NULL)
                               : lt_cut_sets(ds, q->target, options, &sets, NULL),
                     LT_OK);
    return sets;
}

/* Counts of the first `count` sets, and those written out. */
static void check_sets(const lt_minimal_sets *got, const uint32_t *expected, size_t count, size_t limit)
{
    size_t by_size[MOST_LINKS + 1] = {0}, sizes = 0;
    for (size_t i = 0; i < count; i++) {
        by_size[__builtin_popcount(expected[i])]++;
        sizes = (size_t)__builtin_popcount(expected[i]) + 1;
    }
    assert_true(got->exact && got->count == (double)count && got->complete_to == UINT32_MAX);
    assert_int_equal(got->size_count, sizes);
    for (size_t size = 0; size < sizes; size++) assert_true(got->by_size[size] == (double)by_size[size]);
    assert_int_equal(got->set_count, count < limit ? count : limit);
    assert_int_equal(got->listed, count <= limit);
    for (size_t i = 0; i < got->set_count; i++) assert_int_equal(mask_of(got->link, got->first[i], got->first[i + 1]), expected[i]);
}

/* The target's failure is the top function for both kinds of sets. */
static void check_importance(const lt_minimal_sets *got, const question *q, double p)
{
    static uint32_t cuts[SETS];
    question failure = {q->m, q->target, q->candidates, false};
    size_t count = solve(&failure, cuts), entry = 0;
    int candidates = __builtin_popcount(q->candidates);
    for (uint32_t link = 0; link < q->m->links; link++) {
        bool occurs = false;
        double birnbaum = 0, top = 0, without = 0;
        for (size_t i = 0; i < count; i++) occurs |= cuts[i] >> link & 1;
        if (!occurs) continue;
        for (uint32_t falls = 0; falls < 1u << q->m->links; falls++) {
            if (falls & ~q->candidates || !solves(&failure, falls)) continue;
            int fall = __builtin_popcount(falls);
            top += pow(p, fall) * pow(1 - p, candidates - fall);
            if (falls >> link & 1) birnbaum += pow(p, fall - 1) * pow(1 - p, candidates - fall);
            else without += pow(p, fall) * pow(1 - p, candidates - 1 - fall);
        }
        birnbaum -= without;
        assert_true(entry < got->importance_count);
        const lt_link_importance *importance = &got->importance[entry++];
        assert_int_equal(importance->link, link);
        assert_true(fabs(importance->birnbaum - birnbaum) < 1e-12);
        assert_true(fabs(importance->fussell_vesely - (top - without) / top) < 1e-9);
    }
    assert_int_equal(entry, got->importance_count);
}

/* A limit may end the answer, and never falsifies it. */
static void check_limited(const lt_minimal_sets *got, const uint32_t *expected, size_t count)
{
    size_t next = 0, complete = 0;
    assert_int_equal(got->limit, LT_MSG_LIMIT_NODES);
    assert_int_equal(got->importance_count, 0);
    assert_true(got->listed && got->count == (double)got->set_count);
    for (size_t i = 0; i < got->set_count; i++) {
        uint32_t set = mask_of(got->link, got->first[i], got->first[i + 1]);
        while (next < count && expected[next] != set) next++;
        assert_true(next++ < count); /* in the same order, and none that is none */
        complete += (uint32_t)__builtin_popcount(set) <= got->complete_to;
    }
    for (size_t i = 0; i < count && (uint32_t)__builtin_popcount(expected[i]) <= got->complete_to; i++, complete--)
        assert_true(complete > 0);
    assert_int_equal(complete, 0);
}

static void check_question(const lt_dataset *ds, const bool *present, const question *q, size_t *limited)
{
    static uint32_t expected[SETS];
    const size_t node_limits[] = {1, 5, 50};
    size_t count = solve(q, expected), small = 0;
    double p = .001 + below(900) / 1000.;
    lt_minimal_sets got = ask(ds, present, q, &(lt_set_options){.failure_chance = p, .set_limit = SETS});
    check_sets(&got, expected, count, SETS);
    check_importance(&got, q, p);
    lt_minimal_sets_done(&got);

    uint32_t max_size = 1 + below(4), limit = 1 + below(5);
    while (small < count && (uint32_t)__builtin_popcount(expected[small]) <= max_size) small++;
    got = ask(ds, present, q, &(lt_set_options){.max_size = max_size, .set_limit = limit});
    assert_int_equal(got.exact, small == count);
    assert_true(got.exact || (got.complete_to == max_size && got.limit == LT_MSG_LIMIT_SIZE));
    got.exact = true; /* of what was asked for */
    got.complete_to = UINT32_MAX;
    check_sets(&got, expected, small, limit);
    lt_minimal_sets_done(&got);

    for (size_t i = 0; i < sizeof node_limits / sizeof *node_limits; i++) {
        got = ask(ds, present, q, &(lt_set_options){.node_limit = node_limits[i], .set_limit = SETS});
        if (got.exact) check_sets(&got, expected, count, SETS);
        else check_limited(&got, expected, count);
        *limited += !got.exact;
        lt_minimal_sets_done(&got);
    }
}

static bool *presence(const lt_dataset *ds, const model *m)
{
    lt_coverage coverage;
    bool *present = calloc(m->links, sizeof *present);
    assert_non_null(present);
    assert_int_equal(lt_coverage_compute(ds, NULL, &coverage, NULL), LT_OK);
    for (uint32_t i = 0; i < m->links; i++) {
        present[i] = coverage.present[i];
        if (m->real >> i & 1) assert_int_equal(present[i], m->present >> i & 1);
    }
    lt_coverage_done(&coverage);
    return present;
}

/* The search by itself, with work enough to end. */
static void check_search(const lt_dataset *ds, const question *q)
{
    static uint32_t expected[SETS], found[SETS];
    bool falls[MOST_LINKS];
    lti_cone cone;
    lti_search_result result;
    uint32_t max_size = below(3) == 0 ? below(4) : UINT32_MAX;
    lti_search_limits limits = {.unlock = q->unlock, .max_size = max_size, .work = SIZE_MAX, .items = SIZE_MAX};
    size_t count = solve(q, expected);
    while (count > 0 && (uint32_t)__builtin_popcount(expected[count - 1]) > max_size) count--;
    for (uint32_t i = 0; i < q->m->links; i++) falls[i] = q->candidates >> i & 1;
    assert_int_equal(lti_cone_init(&cone, ds, q->target, falls, NULL, NULL), LT_OK);
    assert_int_equal(lti_search_sets(&cone, &limits, &result, NULL), LT_OK);
    assert_true(result.whole);
    assert_int_equal(result.begins.count, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t begin = LTI_AT(&result.begins, uint32_t, i);
        uint32_t end = i + 1 < count ? LTI_AT(&result.begins, uint32_t, i + 1) : (uint32_t)result.items.count;
        found[i] = mask_of(result.items.data, begin, end);
    }
    qsort(found, count, sizeof *found, by_size_then_links);
    if (count > 0) assert_memory_equal(found, expected, count * sizeof *found);
    lti_search_done(&result);
    lti_cone_done(&cone);
}

static void random_datasets_agree_with_trying_every_set(void **state)
{
    (void)state;
    static model m;
    size_t limited = 0;
    for (uint32_t run = 0; run < DATASETS; run++) {
        fixture f;
        fixture_init(&f);
        lt_dataset *ds = make(&f, &m, run);
        bool *present = presence(ds, &m);
        for (uint32_t target = 0; target < m.links; target++) {
            const question questions[] = {{&m, target, m.real & ~m.present, true}, {&m, target, m.real, false}};
            for (int i = 0; i < 2; i++) {
                check_question(ds, present, &questions[i], &limited);
                check_search(ds, &questions[i]);
            }
        }
        free(present);
        lt_dataset_free(ds);
        fixture_done(&f);
    }
    assert_true(limited > 100); /* the limits were met */
}

/* A product that any of `stages` makes, each of which needs all of its `width` parts. */
static lt_dataset *stages_of_alternatives(const fixture *f, uint32_t stages, uint32_t width)
{
    static char links[1 << 16], supply[1 << 18];
    size_t l = (size_t)snprintf(links, sizeof links, "{\"id\": \"product\", \"name\": \"x\", \"abstract\": true}\n"), s = 0;
    for (uint32_t stage = 0; stage < stages; stage++) {
        l += (size_t)snprintf(links + l, sizeof links - l, "{\"id\": \"stage%02u\", \"name\": \"x\", \"abstract\": true}\n", stage);
        s += (size_t)snprintf(supply + s, sizeof supply - s, "{\"from\": \"stage%02u\", \"to\": \"product\", \"group\": \"any\"}\n",
                              stage);
        for (uint32_t i = 0; i < width; i++) {
            l += (size_t)snprintf(links + l, sizeof links - l, "{\"id\": \"part%02u-%02u\", \"name\": \"x\"}\n", stage, i);
            s += (size_t)snprintf(supply + s, sizeof supply - s, "{\"from\": \"part%02u-%02u\", \"to\": \"stage%02u\"}\n", stage, i,
                                  stage);
        }
    }
    fixture_write(f, "links.ndjson", links);
    fixture_write(f, "supply.ndjson", supply);
    return fixture_load(f, NULL);
}

/* Six ways to make a product, each of ten parts: a million cut sets, and six unlock sets. */
static void a_million_sets_are_counted_and_the_first_listed(void **state)
{
    lt_dataset *ds = stages_of_alternatives(*state, 6, 10);
    uint32_t product = link_index(ds, "product");
    bool *present = calloc(lt_count(ds, LT_LINK), sizeof *present);
    lt_minimal_sets sets;
    assert_int_equal(lt_cut_sets(ds, product, NULL, &sets, NULL), LT_OK);
    assert_true(sets.exact && !sets.listed && sets.count == 1e6 && sets.by_size[6] == 1e6);
    assert_int_equal(sets.set_count, 1000);
    for (uint32_t i = 0; i < 6; i++) { /* part00-00 part01-00 ..., and 999 = 000999 in tens */
        char id[32];
        snprintf(id, sizeof id, "part%02u-%02u", i, i < 3 ? 0u : 9u);
        assert_int_equal(sets.link[sets.first[999] + i], link_index(ds, id));
    }
    assert_int_equal(sets.importance_count, 60);
    assert_true(sets.importance[0].fussell_vesely > 0 && sets.importance[0].fussell_vesely == sets.importance[59].fussell_vesely);
    lt_minimal_sets_done(&sets);
    assert_int_equal(lt_unlock_sets(ds, present, product, NULL, &sets, NULL), LT_OK);
    assert_true(sets.exact && sets.listed && sets.count == 6 && sets.by_size[10] == 6);
    assert_int_equal(sets.importance_count, 60);
    lt_minimal_sets_done(&sets);
    free(present);
    lt_dataset_free(ds);
}

static bool at_once(void *context, double done)
{
    ++*(int *)context;
    assert_true(isnan(done) || (done >= 0 && done <= 1));
    return true;
}

/* Three ways to make a product, each of 200 parts, are eight million sets of three. */
static void limits_leave_what_is_proven(void **state)
{
    lt_dataset *ds = stages_of_alternatives(*state, 3, 200);
    uint32_t product = link_index(ds, "product");
    int asked = 0;
    lt_set_options stop = {.stop = at_once, .context = &asked};
    const lt_set_options options[] = {{.node_limit = 300}, stop, {.seconds = 1e-9}};
    const lt_message limits[] = {LT_MSG_LIMIT_NODES, LT_MSG_LIMIT_STOPPED, LT_MSG_LIMIT_SECONDS};
    lt_minimal_sets sets;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(lt_cut_sets(ds, product, &options[i], &sets, NULL), LT_OK);
        assert_false(sets.exact);
        assert_int_equal(sets.limit, limits[i]);
        assert_true(sets.complete_to < 3);
        assert_true(sets.count == 0 || (sets.count < 8e6 && sets.by_size[3] == sets.count));
        assert_true(i != 1 || (asked == 1 && sets.complete_to >= 1)); /* the moment after a stop is used */
        lt_minimal_sets_done(&sets);
    }
    stop.max_size = 1; /* and what is asked for is proven by the search: no single link does */
    assert_int_equal(lt_cut_sets(ds, product, &stop, &sets, NULL), LT_OK);
    assert_true(!sets.exact && sets.complete_to == 1 && sets.limit == LT_MSG_LIMIT_SIZE && sets.count == 0 &&
                sets.size_count == 0 && asked == 2);
    lt_minimal_sets_done(&sets);
    lt_dataset_free(ds);
}

static void an_empty_set_is_a_set(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "links.ndjson",
        "{\"id\": \"have\", \"name\": \"x\", \"demand\": 0}\n{\"id\": \"junction\", \"name\": \"x\", \"abstract\": true}\n");
    lt_dataset *ds = fixture_load(f, NULL);
    const bool present[] = {true, false};
    for (uint32_t target = 0; target < 2; target++) {
        lt_minimal_sets sets;
        assert_int_equal(lt_unlock_sets(ds, present, target, NULL, &sets, NULL), LT_OK);
        assert_true(sets.exact && sets.listed && sets.count == 1 && sets.size_count == 1 && sets.by_size[0] == 1);
        assert_true(sets.set_count == 1 && sets.first[0] == 0 && sets.first[1] == 0 && sets.importance_count == 0);
        lt_minimal_sets_done(&sets);
        assert_int_equal(lt_cut_sets(ds, target, NULL, &sets, NULL), LT_OK);
        assert_true(sets.exact && sets.listed && sets.count == (target == 0)); /* what needs nothing never fails */
        lt_minimal_sets_done(&sets);
    }
    lt_dataset_free(ds);
}

/* Every allocation fails in turn, once and for good, with and without the search. */
static void running_out_of_memory_is_told(void **state)
{
    (void)state;
    fixture f;
    static model m;
    fixture_init(&f);
    lt_dataset *ds = make(&f, &m, 16);
    bool *present = presence(ds, &m);
    for (uint32_t call = 0; call < 4; call++) {
        question q = {&m, m.links - 1, 0, call & 1};
        lt_set_options options = {.node_limit = call & 2 ? 1 : 0, .set_limit = 2};
        lti_memory_fail_at(0, 0);
        lt_minimal_sets sets = ask(ds, present, &q, &options);
        size_t asked = lti_memory_asked();
        lt_minimal_sets_done(&sets);
        for (size_t nth = 1; nth <= 2 * asked; nth++) {
            lt_minimal_sets untouched;
            memset(&sets, 0x5a, sizeof sets);
            memcpy(&untouched, &sets, sizeof sets);
            lti_memory_fail_at((nth + 1) / 2, nth & 1);
            lt_code code = q.unlock ? lt_unlock_sets(ds, present, q.target, &options, &sets, NULL)
                                    : lt_cut_sets(ds, q.target, &options, &sets, NULL);
            assert_int_equal(code, LT_E_MEMORY);
            assert_memory_equal(&sets, &untouched, sizeof sets);
        }
        lti_memory_fail_at(0, 0);
    }
    free(present);
    lt_dataset_free(ds);
    fixture_done(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_datasets_agree_with_trying_every_set),
        FIXTURE_TEST(a_million_sets_are_counted_and_the_first_listed),
        FIXTURE_TEST(limits_leave_what_is_proven),
        FIXTURE_TEST(an_empty_set_is_a_set),
        cmocka_unit_test(running_out_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
