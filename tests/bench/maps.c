/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times maps of one dataset (make_chains.py makes some): maps FOLDER TYPE [COUNT [FORMAT]]. Draws the map of the first chain, or of
   all for the city, once and then COUNT times in this process, and says how the memory grew. Nothing here passes or fails. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "liantu/liantu.h"
#include "map/map.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long resident(void)
{
    char line[256];
    long kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmRSS:", 6) == 0) kilobytes = strtol(line + 6, NULL, 10);
    if (status) fclose(status);
    return kilobytes;
}

static int count_bytes(void *context, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)context += length;
    return 0;
}

int main(int argc, char **argv)
{
    lt_dataset *ds;
    lt_gaps gaps;
    lt_targets targets;
    lt_error error = {0};
    if (argc < 3 || lt_dataset_load(argv[1], NULL, &ds, NULL, NULL) != LT_OK) return 2;
    if (lt_gaps_analyse(ds, NULL, &gaps, NULL) != LT_OK || lt_targets_analyse(ds, &gaps, NULL, &targets, NULL) != LT_OK) return 1;
    lt_map_data data = {ds, &gaps, &targets};
    lt_map_options options = {.type = argv[2], .format = argc > 4 ? argv[4] : "svg", .dpi = 36, .zone = LT_NONE, .digest = ""};
    options.chain = lt_map_needs_chain(argv[2]) ? lt_node_at(ds, LT_CHAIN, 0) : LT_NONE;
    int count = argc > 3 ? atoi(argv[3]) : 1;
    long early = 0;
    for (int i = 0; i <= count; i++) {
        size_t bytes = 0;
        lt_map_notes notes;
        double since = now();
        lt_code code = lt_map_write(&data, &options, &(lt_sink){count_bytes, &bytes}, &notes, &error);
        if (code != LT_OK) {
            char text[512];
            lt_error_text(&error, LT_LANG_EN, text, sizeof text);
            fprintf(stderr, "%s\n", text);
            return 1;
        }
        if (i < 3 || i == count)
            printf("%6d: %8.1f ms, %zu bytes, %u pages, %ld KB resident\n", i, 1000 * (now() - since), bytes, notes.pages,
                   resident());
        if (i == count / 10) early = resident();
    }
    printf("resident memory grew by %ld KB from a tenth of the maps to the last\n", resident() - early);
    lt_targets_done(&targets);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
    return 0;
}
