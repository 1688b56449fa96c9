/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The input is an overlay on a small dataset. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char links[] = "[{\"id\": \"a\", \"name\": \"a\"}, {\"id\": \"b\", \"name\": \"b\", \"abstract\": true}]",
                      supply[] = "[{\"from\": \"a\", \"to\": \"b\", \"group\": \"g\"}]",
                      firms[] = "[{\"id\": \"f\", \"name\": \"f\", \"region\": \"h\"}]",
                      capability[] = "[{\"from\": \"f\", \"to\": \"a\", \"role\": \"service\"}]";
    const char *folder = fuzz_folder();
    char path[256];
    const char *overlays[] = {path};
    fuzz_write(folder, "links.json", links, sizeof links - 1);
    fuzz_write(folder, "supply.json", supply, sizeof supply - 1);
    fuzz_write(folder, "firms.json", firms, sizeof firms - 1);
    fuzz_write(folder, "capability.json", capability, sizeof capability - 1);
    fuzz_write(folder, "overlay.patch", data, size);
    snprintf(path, sizeof path, "%s/overlay.patch", folder);
    fuzz_load(folder, &(lt_load_options){.overlays = overlays, .overlay_count = 1});
    return 0;
}
