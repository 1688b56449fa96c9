/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times the parts of the bottleneck analysis on one dataset (make_large.py makes large ones): bottlenecks FOLDER.
   The program's own time is mostly the writing of rows that name every blocked final. Nothing here passes or fails.
   Peer, in the same run: blocked finals one link after another, each from nothing, on a sample of the links. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "liantu/liantu.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double lap(double *since)
{
    double seconds = now() - *since;
    *since = now();
    return seconds;
}

/* Seconds that the plain way would take for all links, from a sample of them. */
static double plain_way(const lt_dataset *ds)
{
    enum { SAMPLE = 200 };
    size_t links = lt_count(ds, LT_LINK), step = links / SAMPLE + 1, runs = 0, failed = 0;
    lt_failure_model *model;
    if (lt_failure_model_new(ds, &model, NULL) != LT_OK) exit(1);
    double since = now();
    for (uint32_t link = 0; link < links; link += (uint32_t)step, runs++) failed += lt_failure_run(model, &link, 1)->failed_count;
    double seconds = lap(&since);
    lt_failure_model_free(model);
    printf("%-24s %8.0f links on average\n", "a failure takes", (double)failed / (double)runs);
    return seconds * (double)links / (double)runs;
}

int main(int argc, char **argv)
{
    lt_dataset *ds;
    lt_gaps gaps;
    lt_bottlenecks b;
    double since = now();
    if (argc != 2 || lt_dataset_load(argv[1], NULL, &ds, NULL, NULL) != LT_OK) return 2;
    printf("%-24s %8.2f s\n", "load", lap(&since));
    if (lt_gaps_analyse(ds, NULL, &gaps, NULL) != LT_OK) return 1;
    printf("%-24s %8.2f s\n", "gaps", lap(&since));
    lt_bottleneck_options least = {.betweenness_work = 1, .sources = 1};
    if (lt_bottlenecks_analyse(ds, &gaps, NULL, &least, &b, NULL) != LT_OK) return 1;
    double all = lap(&since);
    lt_bottlenecks_done(&b);
    if (lt_bottlenecks_analyse(ds, &gaps, NULL, NULL, &b, NULL) != LT_OK) return 1;
    printf("%-24s %8.2f s\n%-24s %8.2f s (%s, %u sources)\n", "all but betweenness", all, "betweenness", lap(&since) - all,
           b.betweenness_error ? "sampled" : "exact", b.betweenness_sources);
    lt_bottlenecks_done(&b);
    double plain = plain_way(ds);
    printf("%-24s %8.2f s  ratio %.3f\n", "one link after another", plain, all / plain);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
    return 0;
}
