/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The input is a run of files: "@NAME", a line break, and the text up to the next line that begins with "@". */
#include "fuzz/fuzz.h"

static const char *const names[] = {"chains.json",   "links.json",        "links.ndjson", "firms.json",
                                    "projects.json", "kpis.json",         "zones.json",   "supply.json",
                                    "supply.ndjson", "capability.ndjson", "prospect.json"};
enum { NAMES = sizeof names / sizeof *names };

static void write_part(const char *folder, const uint8_t *part, size_t size)
{
    for (size_t i = 0; i < NAMES; i++) {
        size_t length = strlen(names[i]);
        if (size > length && memcmp(part, names[i], length) == 0 && part[length] == '\n')
            fuzz_write(folder, names[i], part + length + 1, size - length - 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *folder = fuzz_folder();
    for (size_t begin = 0; begin < size;) {
        size_t end = begin + 1;
        while (end < size && !(data[end] == '@' && data[end - 1] == '\n')) end++;
        if (data[begin] == '@') write_part(folder, data + begin + 1, end - begin - 1);
        begin = end;
    }
    fuzz_load(folder, NULL);
    fuzz_load(folder, &(lt_load_options){.filter = true, .strict = true});
    for (size_t i = 0; i < NAMES; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return 0;
}
