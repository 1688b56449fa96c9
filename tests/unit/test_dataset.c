/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dataset/loader.h"
#include "fixture.h"

static void digest_of(const lt_dataset *ds, char digest[LT_DIGEST_SIZE])
{
    assert_int_equal(lt_dataset_digest(ds, digest, NULL), LT_OK);
}

static void records_come_in_order_of_their_ids(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "links.json",
        "[{\"id\": \"b\", \"name\": \"乙\"}, {\"id\": \"a\", \"name\": \"甲\", \"demand\": 2.5}, {\"id\": \"C\", \"name\": \"丙\"}]");
    lt_dataset *ds = fixture_load(f, NULL);
    assert_int_equal(lt_count(ds, LT_LINK), 3);
    assert_string_equal(lt_node_id(ds, lt_node_at(ds, LT_LINK, 0)), "C");
    assert_string_equal(lt_node_id(ds, lt_node_at(ds, LT_LINK, 1)), "a");
    assert_true(lt_links(ds)[1].demand == 2.5);
    assert_true(lt_links(ds)[2].demand == 1 && lt_links(ds)[2].importance == 0.5);
    assert_true(lt_links(ds)[2].final);
    assert_int_equal(lt_find(ds, "nobody"), LT_NONE);
    size_t line;
    const char *file = lt_record_file(ds, LT_LINK, 2, &line);
    assert_string_equal(file, fixture_path(f, "links.json"));
    assert_int_equal(line, 1);
    lt_dataset_free(ds);
}

static void every_form_gives_the_same_dataset(void **state)
{
    fixture *f = *state;
    char digests[3][LT_DIGEST_SIZE];
    for (int form = 0; form < 3; form++) {
        if (form == 0)
            fixture_write(f, "links.json",
                          "\xEF\xBB\xBF[\n{\"id\": \"a\", \"name\": \"甲\"},\n{\"id\": \"b\", \"name\": \"乙\"}\n]\n");
        if (form == 1)
            fixture_write(f, "links.ndjson",
                          "{\"name\": \"乙\", \"id\": \"b\"}\r\n\r\n{\"id\": \"a\", \"name\": \"甲\", \"demand\": 1}");
        if (form == 2) {
            mkdir(fixture_path(f, "links"), 0777);
            fixture_write(f, "links/z.json", "[{\"id\": \"a\", \"name\": \"甲\"}]");
            fixture_write(f, "links/a.ndjson", "{\"id\": \"b\", \"name\": \"乙\"}\n");
        }
        lt_dataset *ds = fixture_load(f, NULL);
        digest_of(ds, digests[form]);
        lt_dataset_free(ds);
        remove(fixture_path(f, form == 0 ? "links.json" : "links.ndjson"));
    }
    assert_string_equal(digests[0], digests[1]);
    assert_string_equal(digests[0], digests[2]);
}

static void saving_and_loading_changes_nothing(void **state)
{
    fixture *f = *state;
    char before[LT_DIGEST_SIZE], after[LT_DIGEST_SIZE], copy[96], again[96];
    static const char *const folders[] = {LIANTU_TEST_BASE, LIANTU_TEST_542};
    for (size_t i = 0; i < 2; i++) {
        lt_dataset *ds = NULL, *saved = NULL;
        assert_int_equal(lt_dataset_load(folders[i], NULL, &ds, NULL, NULL), LT_OK);
        snprintf(copy, sizeof copy, "%s/copy%zu", f->folder, i);
        snprintf(again, sizeof again, "%s/again%zu", f->folder, i);
        digest_of(ds, before);
        assert_int_equal(lt_dataset_save(ds, copy, NULL), LT_OK);
        assert_int_equal(lt_dataset_load(copy, NULL, &saved, NULL, NULL), LT_OK);
        digest_of(saved, after);
        assert_string_equal(before, after);
        for (int kind = 0; kind < LT_KINDS; kind++) assert_int_equal(lt_count(ds, (lt_kind)kind), lt_count(saved, (lt_kind)kind));
        assert_int_equal(lt_dataset_save(saved, again, NULL), LT_OK);
        lt_dataset_free(ds);
        lt_dataset_free(saved);
        char command[512];
        snprintf(command, sizeof command, "diff -r %s %s", copy, again);
        assert_int_equal(system(command), 0);
    }
}

static void saving_does_not_overwrite_a_dataset(void **state)
{
    fixture *f = *state;
    lt_error error = {0};
    lt_dataset *ds = fixture_load(f, NULL);
    assert_int_equal(lt_dataset_save(ds, f->folder, &error), LT_E_IO);
    assert_int_equal(error.message, LT_MSG_FOLDER_TAKEN);
    lt_dataset_free(ds);
}

static void unknown_fields_are_kept(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.json", "[{\"id\": \"a\", \"name\": \"甲\", \"zeta\": [1, null], \"alpha\": {\"x\": 0.1}}]");
    fixture_write(f, "chains.json",
                  "[{\"id\": \"c\", \"name\": \"链\", \"segments\": [{\"id\": \"s\", \"name\": \"段\", \"colour\": \"red\"}]}]");
    lt_dataset *ds = fixture_load(f, NULL);
    char copy[96], text[512] = "";
    snprintf(copy, sizeof copy, "%s/copy", f->folder);
    assert_int_equal(lt_dataset_save(ds, copy, NULL), LT_OK);
    lt_dataset_free(ds);
    FILE *file = fopen(fixture_path(f, "copy/links.ndjson"), "re");
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_string_equal(text, "{\"id\": \"a\", \"name\": \"甲\", \"alpha\":{\"x\":0.10000000000000001},\"zeta\":[1,null]}\n");
    file = fopen(fixture_path(f, "copy/chains.ndjson"), "re");
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_non_null(strstr(text, "\"colour\":\"red\""));
}

static void strict_counts_unknown_fields(void **state)
{
    fixture *f = *state;
    fixture_write(f, "links.json", "[\n{\"id\": \"a\", \"name\": \"甲\",\n \"zeta\": 1}]");
    assert_string_equal(strstr(fixture_defect(f, &(lt_load_options){.strict = true}), "links.json:3:"),
                        "links.json:3: links/zeta: unknown field zeta; it is kept on save and used for nothing");
}

static void a_bad_line_in_the_middle_keeps_its_number(void **state)
{
    fixture *f = *state;
    FILE *file = fopen(fixture_path(f, "links.ndjson"), "we");
    for (int i = 1; i <= 20000; i++)
        fprintf(file, i == 12345 ? "{\"id\": \"l%d\", \"name\": }\n" : "{\"id\": \"l%d\", \"name\": \"环节\"}\n", i);
    fclose(file);
    assert_non_null(strstr(fixture_defect(f, NULL), "links.ndjson:12345: links/record: broken JSON"));
}

static void defects_are_capped_and_counted(void **state)
{
    fixture *f = *state;
    FILE *file = fopen(fixture_path(f, "links.ndjson"), "we");
    for (int i = 0; i < 250; i++) fprintf(file, "{\"id\": \"l%d\", \"name\": \"环节\", \"demand\": -1}\n", i);
    fclose(file);
    lt_dataset *ds = NULL;
    lt_defects defects = {0};
    assert_int_equal(lt_dataset_load(f->folder, NULL, &ds, &defects, NULL), LT_E_DATA);
    assert_null(ds);
    assert_int_equal(defects.defect_count, LT_DEFECT_LIMIT);
    assert_int_equal(defects.defect_total, 250);
    for (size_t i = 0; i < LT_DEFECT_LIMIT; i++) assert_int_equal(defects.defects[i].line, i + 1);
    lt_defects_done(&defects);
}

static void warnings_do_not_stop_a_load(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "firms.json",
        "[{\"id\": \"f1\", \"name\": \"甲\"},\n{\"id\": \"f2\", \"name\": \"乙\", \"region\": \"home\", \"uscc\": \"91350100M000100Y44\"},\n"
        "{\"id\": \"f3\", \"name\": \"丙\", \"region\": \"away\", \"uscc\": \"91350100M000100Y43\", \"source\": \"x#1\"}]");
    fixture_write(f, "extra.json", "[]");
    lt_dataset *ds = NULL;
    lt_defects defects = {0};
    assert_int_equal(lt_dataset_load(f->folder, NULL, &ds, &defects, NULL), LT_OK);
    assert_int_equal(defects.warning_total, 4);
    assert_int_equal(defects.warnings[0].message, LT_MSG_FILE_NOT_READ);
    assert_int_equal(defects.warnings[1].message, LT_MSG_NO_PLACE);
    assert_int_equal(defects.warnings[2].message, LT_MSG_BAD_USCC);
    assert_int_equal(defects.warnings[2].line, 2);
    assert_int_equal(defects.warnings[3].message, LT_MSG_UNKNOWN_SOURCE);
    lt_defects_done(&defects);
    lt_dataset_free(ds);
}

static void local_is_by_region_or_zone(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "regions.json",
        "[{\"id\": \"home\", \"name\": \"本地\"}, {\"id\": \"below\", \"name\": \"县\", \"parent\": \"home\"}, {\"id\": \"away\", \"name\": \"外地\"}]");
    fixture_write(f, "zones.json", "[{\"id\": \"z\", \"name\": \"园区\"}]");
    fixture_write(
        f, "firms.json",
        "[{\"id\": \"1\", \"name\": \"a\", \"region\": \"home\"}, {\"id\": \"2\", \"name\": \"b\", \"region\": \"below\"},"
        "{\"id\": \"3\", \"name\": \"c\", \"region\": \"away\"}, {\"id\": \"4\", \"name\": \"d\", \"region\": \"away\", \"zone\": \"z\"},"
        "{\"id\": \"5\", \"name\": \"e\"}]");
    fixture_write(f, "projects.json",
                  "[{\"id\": \"p\", \"name\": \"p\", \"region\": \"below\"}, {\"id\": \"q\", \"name\": \"q\"}]");
    lt_dataset *ds = fixture_load(f, NULL);
    static const bool expected[] = {true, true, false, true, false};
    for (size_t i = 0; i < 5; i++) assert_int_equal(lt_firms(ds)[i].local, expected[i]);
    assert_true(lt_projects(ds)[0].local);
    assert_false(lt_projects(ds)[1].local);
    assert_int_equal(lt_projects(ds)[1].stage, LT_PROJECT_PLANNED);
    lt_dataset_free(ds);
}

static void write_small_chain(const fixture *f)
{
    fixture_write(
        f, "links.json",
        "[{\"id\": \"a\", \"name\": \"甲\"}, {\"id\": \"b\", \"name\": \"乙\", \"basis\": \"assumed\"}, {\"id\": \"c\", \"name\": \"丙\"}]");
    fixture_write(f, "supply.json",
                  "[{\"from\": \"a\", \"to\": \"b\"}, {\"from\": \"a\", \"to\": \"c\", \"basis\": \"inferred\"}]");
    fixture_write(f, "firms.json", "[{\"id\": \"f\", \"name\": \"企\", \"region\": \"home\"}]");
    fixture_write(
        f, "capability.json",
        "[{\"from\": \"f\", \"to\": \"a\"}, {\"from\": \"f\", \"to\": \"a\", \"role\": \"research\"}, {\"from\": \"f\", \"to\": \"c\"}]");
}

static lt_dataset *load_with_overlay(const fixture *f, const char *overlay)
{
    static char path[256];
    fixture_write(f, "overlay.patch", overlay);
    strcpy(path, fixture_path(f, "overlay.patch"));
    const char *overlays[] = {path};
    return fixture_load(f, &(lt_load_options){.overlays = overlays, .overlay_count = 1});
}

static void overlays_put_and_drop(void **state)
{
    fixture *f = *state;
    write_small_chain(f);
    lt_dataset *ds =
        load_with_overlay(f, "{\"put\": {\"links\": [{\"id\": \"a\", \"name\": \"新甲\"}, {\"id\": \"d\", \"name\": \"丁\"}],"
                             " \"supply\": [{\"from\": \"a\", \"to\": \"b\", \"need\": \"optional\"}]},"
                             " \"drop\": {\"capability\": [{\"from\": \"f\", \"to\": \"a\", \"role\": \"research\"}]}}");
    assert_int_equal(lt_count(ds, LT_LINK), 4);
    assert_string_equal(lt_node_name(ds, lt_find(ds, "a")), "新甲");
    assert_int_equal(lt_count(ds, LT_SUPPLY), 2);
    assert_int_equal(lt_supplies(ds)[0].need, LT_NEED_OPTIONAL);
    assert_int_equal(lt_count(ds, LT_CAPABILITY), 2);
    lt_dataset_free(ds);
}

static void a_dropped_node_takes_its_edges(void **state)
{
    fixture *f = *state;
    write_small_chain(f);
    lt_dataset *ds = load_with_overlay(f, "{\"drop\": {\"firms\": [\"f\"]}}");
    assert_int_equal(lt_count(ds, LT_FIRM), 0);
    assert_int_equal(lt_count(ds, LT_CAPABILITY), 0);
    assert_int_equal(lt_count(ds, LT_SUPPLY), 2);
    lt_dataset_free(ds);
}

static void an_overlay_gives_the_dataset_it_describes(void **state)
{
    fixture *f = *state;
    char patched[LT_DIGEST_SIZE], written[LT_DIGEST_SIZE];
    write_small_chain(f);
    lt_dataset *ds = load_with_overlay(
        f,
        "{\"drop\": {\"supply\": [{\"from\": \"a\", \"to\": \"c\"}]}, \"put\": {\"links\": [{\"id\": \"b\", \"name\": \"二\"}]}}");
    digest_of(ds, patched);
    lt_dataset_free(ds);
    fixture_write(f, "links.json",
                  "[{\"id\": \"a\", \"name\": \"甲\"}, {\"id\": \"b\", \"name\": \"二\"}, {\"id\": \"c\", \"name\": \"丙\"}]");
    fixture_write(f, "supply.json", "[{\"from\": \"a\", \"to\": \"b\"}]");
    ds = fixture_load(f, NULL);
    digest_of(ds, written);
    lt_dataset_free(ds);
    assert_string_equal(patched, written);
}

static void overlay_defects_name_their_line(void **state)
{
    static const struct {
        const char *overlay, *expected;
    } cases[] = {
        {"{\"drop\": {\n\"firms\": [\n\"f\",\n\"nobody\"]}}",
         "overlay.patch:4: overlay/drop: there is no record \"nobody\" of firms to drop"},
        {"{\"drop\": {\"supply\": [\n{\"from\": \"b\", \"to\": \"c\"}]}}",
         "overlay.patch:2: supply/from: there is no edge \"b → c\" to drop"},
        {"{\"put\": {\n\"link\": []}}", "overlay.patch:2: overlay/put: there is no record kind \"link\""},
        {"{\"puts\": {}}", "overlay.patch:1: overlay/record: unknown field puts; an overlay should hold put and drop only"},
        {"{\"put\": {\"links\": [{\"id\": \"e\",\n\"name\": \"戊\",\n\"demand\": -1}]}}",
         "overlay.patch:3: links/demand: -1 is out of range; it should be ≥ 0"},
        {"{\"put\": {\"links\": [{\"id\": \"f\", \"name\": \"己\"}]}}", "overlay.patch:1: links/id: id \"f\" is taken"},
        {"[]", "overlay.patch:1: overlay/record: a record should be a JSON object"},
    };
    fixture *f = *state;
    write_small_chain(f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[256];
        fixture_write(f, "overlay.patch", cases[i].overlay);
        strcpy(path, fixture_path(f, "overlay.patch"));
        const char *overlays[] = {path};
        const char *text = fixture_defect(f, &(lt_load_options){.overlays = overlays, .overlay_count = 1});
        if (!strstr(text, cases[i].expected)) fail_msg("case %zu: %s", i, text);
    }
}

static void filtering_leaves_weaker_records_out(void **state)
{
    fixture *f = *state;
    write_small_chain(f);
    lt_dataset *ds = fixture_load(f, &(lt_load_options){.filter = true, .weakest = LT_BASIS_STATED});
    assert_int_equal(lt_count(ds, LT_LINK), 2);
    assert_int_equal(lt_count(ds, LT_SUPPLY), 0); /* one lost its end, one is inferred */
    assert_int_equal(lt_count(ds, LT_CAPABILITY), 3);
    assert_string_equal(lt_node_id(ds, lt_capabilities(ds)[2].edge.to), "c");
    lt_dataset_free(ds);
    ds = fixture_load(f, &(lt_load_options){.filter = true, .weakest = LT_BASIS_INFERRED});
    assert_int_equal(lt_count(ds, LT_SUPPLY), 1);
    lt_dataset_free(ds);
}

static void filtering_keeps_what_kept_records_name(void **state)
{
    fixture *f = *state;
    fixture_write(
        f, "chains.json",
        "[{\"id\": \"k\", \"name\": \"链\", \"basis\": \"assumed\"}, {\"id\": \"m\", \"name\": \"无用\", \"basis\": \"assumed\"}]");
    fixture_write(f, "links.json", "[{\"id\": \"a\", \"name\": \"甲\", \"chain\": \"k\"}]");
    lt_dataset *ds = fixture_load(f, &(lt_load_options){.filter = true, .weakest = LT_BASIS_STATED});
    assert_int_equal(lt_count(ds, LT_CHAIN), 1);
    assert_string_equal(lt_node_id(ds, lt_links(ds)[0].chain), "k");
    lt_dataset_free(ds);
}

static void credit_codes_are_checked(void **state)
{
    (void)state;
    assert_true(lti_uscc_valid("91350100M000100Y43"));
    assert_true(lti_uscc_valid("91110000101623741K"));
    assert_true(lti_uscc_valid("911101066976941872"));
    assert_false(lti_uscc_valid("911101066976941873"));
    assert_false(lti_uscc_valid("91110106697694187"));
    assert_false(lti_uscc_valid("9111010669769418720"));
    assert_false(lti_uscc_valid("91350100I000100Y43"));
    assert_false(lti_uscc_valid(""));
}

static void a_missing_folder_is_a_file_error(void **state)
{
    (void)state;
    lt_dataset *ds = NULL;
    lt_error error = {0};
    assert_int_equal(lt_dataset_load("/nonexistent/folder", NULL, &ds, NULL, &error), LT_E_IO);
    assert_int_equal(error.message, LT_MSG_CANNOT_READ);
    assert_null(ds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(records_come_in_order_of_their_ids),
        FIXTURE_TEST(every_form_gives_the_same_dataset),
        FIXTURE_TEST(saving_and_loading_changes_nothing),
        FIXTURE_TEST(saving_does_not_overwrite_a_dataset),
        FIXTURE_TEST(unknown_fields_are_kept),
        FIXTURE_TEST(strict_counts_unknown_fields),
        FIXTURE_TEST(a_bad_line_in_the_middle_keeps_its_number),
        FIXTURE_TEST(defects_are_capped_and_counted),
        FIXTURE_TEST(warnings_do_not_stop_a_load),
        FIXTURE_TEST(local_is_by_region_or_zone),
        FIXTURE_TEST(overlays_put_and_drop),
        FIXTURE_TEST(a_dropped_node_takes_its_edges),
        FIXTURE_TEST(an_overlay_gives_the_dataset_it_describes),
        FIXTURE_TEST(overlay_defects_name_their_line),
        FIXTURE_TEST(filtering_leaves_weaker_records_out),
        FIXTURE_TEST(filtering_keeps_what_kept_records_name),
        FIXTURE_TEST(credit_codes_are_checked),
        FIXTURE_TEST(a_missing_folder_is_a_file_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
