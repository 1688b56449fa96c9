/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "liantu/liantu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fuzz_write(const char *folder, const char *name, const void *data, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0) abort();
}

/** A folder of this process, with a header and a home region. */
static inline const char *fuzz_folder(void)
{
    static char folder[] = "/tmp/liantu-fuzz-XXXXXX";
    static int made;
    if (!made && !mkdtemp(folder)) abort();
    if (!made) {
        static const char header[] = "{\"format\": \"liantu/1\", \"id\": \"f\", \"home\": \"h\"}",
                          region[] = "[{\"id\": \"h\", \"name\": \"h\"}]";
        fuzz_write(folder, "dataset.json", header, sizeof header - 1);
        fuzz_write(folder, "regions.json", region, sizeof region - 1);
    }
    made = 1;
    return folder;
}

/** Loads the folder; what loads is analysed and digested, what does not must say why. */
static inline void fuzz_load(const char *folder, const lt_load_options *options)
{
    lt_dataset *ds = NULL;
    lt_defects defects = {0};
    lt_error error = {0};
    char text[8192], digest[LT_DIGEST_SIZE];
    lt_code code = lt_dataset_load(folder, options, &ds, &defects, &error);
    if (code == LT_E_INTERNAL) abort();
    if ((code == LT_E_DATA) != (defects.defect_total > 0)) abort();
    for (size_t i = 0; i < defects.defect_count; i++) lt_error_text(&defects.defects[i], LT_LANG_ZH, text, sizeof text);
    if (code == LT_OK) {
        lt_gaps gaps;
        if (lt_gaps_analyse(ds, NULL, &gaps, NULL) != LT_OK || lt_dataset_digest(ds, digest, NULL) != LT_OK) abort();
        lt_gaps_done(&gaps);
    }
    lt_dataset_free(ds);
    lt_defects_done(&defects);
}

#endif
