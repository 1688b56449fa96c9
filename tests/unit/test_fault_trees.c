/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Published fault trees as datasets: a gate is an abstract link, a basic event a link, and the tree's minimal cut sets are
 * the cut sets of its top. A gate that fails when all its inputs fail needs any of them; when any fails, each of them;
 * when m of n fail, n - m + 1 of them. The trees are others' work and lie outside the project; without them this is skipped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "fixture.h"
#include "liantu/minimal_sets.h"

static void write_gate(FILE *supply, const json_t *gate)
{
    const char *id = json_string_value(json_object_get(gate, "id")), *op = json_string_value(json_object_get(gate, "op"));
    const json_t *inputs = json_object_get(gate, "inputs");
    assert_true(id && op && json_array_size(inputs) > 0);
    size_t count = json_array_size(inputs), failing = 1;
    if (strcmp(op, "and") == 0) failing = count;
    if (strcmp(op, "atleast") == 0) failing = (size_t)json_integer_value(json_object_get(gate, "k"));
    for (size_t i = 0; i < count; i++) {
        const char *input = json_string_value(json_array_get(inputs, i));
        fprintf(supply, "{\"from\": \"%s\", \"to\": \"%s\"", input, id);
        if (failing > 1) fprintf(supply, ", \"group\": \"inputs\", \"k\": %zu", count - failing + 1);
        fprintf(supply, "}\n");
    }
}

static lt_dataset *load_tree(const fixture *f, const json_t *tree)
{
    char *links = NULL, *supply = NULL;
    size_t links_size, supply_size, i;
    const json_t *item;
    FILE *links_out = open_memstream(&links, &links_size), *supply_out = open_memstream(&supply, &supply_size);
    assert_true(links_out && supply_out);
    json_array_foreach(json_object_get(tree, "basic_events"), i, item)
        fprintf(links_out, "{\"id\": \"%s\", \"name\": \"x\"}\n", json_string_value(item));
    json_array_foreach(json_object_get(tree, "gates"), i, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        fprintf(links_out, "{\"id\": \"%s\", \"name\": \"x\", \"abstract\": true}\n", id);
        write_gate(supply_out, item);
    }
    fclose(links_out);
    fclose(supply_out);
    fixture_write(f, "links.ndjson", links);
    fixture_write(f, "supply.ndjson", supply);
    free(links);
    free(supply);
    return fixture_load(f, NULL);
}

/* by_size may be NULL. */
static void check_tree(const char *name, double count, const double *by_size, size_t sizes)
{
    char path[1024];
    fixture f;
    lt_minimal_sets sets;
    snprintf(path, sizeof path, "%s/fault-trees/%s.json", LIANTU_TEST_REFERENCE, name);
    json_t *tree = json_load_file(path, 0, NULL);
    assert_non_null(tree);
    fixture_init(&f);
    lt_dataset *ds = load_tree(&f, tree);
    const char *top = json_string_value(json_object_get(tree, "top"));
    assert_non_null(top);
    lt_set_options all = {.set_limit = 10000};
    assert_int_equal(lt_cut_sets(ds, link_index(ds, top), &all, &sets, NULL), LT_OK);
    assert_true(sets.exact && sets.listed && sets.count == count);
    assert_true(!by_size || sets.size_count == sizes);
    for (size_t size = 0; by_size && size < sizes; size++) assert_true(sets.by_size[size] == by_size[size]);
    lt_minimal_sets_done(&sets);
    lt_dataset_free(ds);
    fixture_done(&f);
    json_decref(tree);
}

static void chinese(void **state)
{
    (void)state;
    const double by_size[] = {0, 0, 12, 0, 24, 188, 168};
    check_tree("chinese", 392, by_size, sizeof by_size / sizeof *by_size);
}

static void baobab2(void **state)
{
    (void)state;
    check_tree("baobab2", 4805, NULL, 0);
}

static void lift(void **state)
{
    (void)state;
    check_tree("lift", 12, NULL, 0);
}

static void hipps(void **state)
{
    (void)state;
    const double by_size[] = {0, 6, 3};
    check_tree("hipps", 9, by_size, sizeof by_size / sizeof *by_size);
}

static void bscu(void **state)
{
    (void)state;
    check_tree("bscu", 10, NULL, 0);
}

int main(void)
{
    if (fixture_lacks_reference("fault-trees")) return 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese), cmocka_unit_test(baobab2), cmocka_unit_test(lift),
        cmocka_unit_test(hipps),   cmocka_unit_test(bscu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
