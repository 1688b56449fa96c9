/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "liantu/liantu.h"

/** A dataset folder of a test, with dataset.json and a home region; removed by fixture_done. */
typedef struct {
    char folder[64];
} fixture;

void fixture_init(fixture *f);
void fixture_done(fixture *f);

/** A test with a folder of its own: *state is its fixture. */
int fixture_setup(void **state);
int fixture_teardown(void **state);
#define FIXTURE_TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

/** Writes a file of the folder. */
void fixture_write(const fixture *f, const char *name, const char *text);

/** Path of a file of the folder; static buffer, valid until the next call. */
const char *fixture_path(const fixture *f, const char *name);

/** Loads the folder, which must succeed. */
lt_dataset *fixture_load(const fixture *f, const lt_load_options *options);

/** Loads the folder, which must fail with exactly one defect; gives its English text. Static buffer. */
const char *fixture_defect(const fixture *f, const lt_load_options *options);

/**
 * Whether a folder of the numbers of third parties is absent; then says so as a whole test that is skipped, for main() to end
 * on: what skip() of cmocka writes for a single case counts as failed.
 */
bool fixture_lacks_reference(const char *folder);

/** Index of a link by id, which must exist. */
uint32_t link_index(const lt_dataset *ds, const char *id);

#endif
