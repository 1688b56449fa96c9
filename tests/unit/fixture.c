/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void fixture_init(fixture *f)
{
    strcpy(f->folder, "/tmp/liantu-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    fixture_write(f, "dataset.json", "{\"format\": \"liantu/1\", \"id\": \"test\", \"home\": \"home\"}");
    fixture_write(f, "regions.json", "[{\"id\": \"home\", \"name\": \"本地\"}, {\"id\": \"away\", \"name\": \"外地\"}]");
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

void fixture_done(fixture *f)
{
    nftw(f->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

const char *fixture_path(const fixture *f, const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    return path;
}

int fixture_setup(void **state)
{
    static fixture f;
    fixture_init(&f);
    *state = &f;
    return 0;
}

int fixture_teardown(void **state)
{
    fixture_done(*state);
    return 0;
}

bool fixture_lacks_reference(const char *folder)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", LIANTU_TEST_REFERENCE, folder);
    if (access(path, R_OK) == 0) return false;
    printf("1..0 # SKIP %s is not there\n", path);
    return true;
}

void fixture_write(const fixture *f, const char *name, const char *text)
{
    FILE *file = fopen(fixture_path(f, name), "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

lt_dataset *fixture_load(const fixture *f, const lt_load_options *options)
{
    lt_dataset *ds = NULL;
    lt_error error = {0};
    char text[4096];
    lt_code code = lt_dataset_load(f->folder, options, &ds, NULL, &error);
    lt_error_text(&error, LT_LANG_EN, text, sizeof text);
    if (code != LT_OK) fail_msg("load failed: %s", text);
    return ds;
}

const char *fixture_defect(const fixture *f, const lt_load_options *options)
{
    static char text[4096];
    lt_dataset *ds = NULL;
    lt_defects defects = {0};
    assert_int_equal(lt_dataset_load(f->folder, options, &ds, &defects, NULL), LT_E_DATA);
    assert_null(ds);
    assert_int_equal(defects.defect_total, 1);
    lt_error_text(&defects.defects[0], LT_LANG_EN, text, sizeof text);
    lt_defects_done(&defects);
    return text;
}

uint32_t link_index(const lt_dataset *ds, const char *id)
{
    lt_node node = lt_find(ds, id);
    assert_int_not_equal(node, LT_NONE);
    assert_int_equal(lt_node_kind(ds, node), LT_LINK);
    return lt_node_index(ds, node);
}
