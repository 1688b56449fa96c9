/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "program.h"

void add_source(source_list *sources, const char *source)
{
    if (!source || !source[0] || sources->failed) return;
    if (sources->count == sources->capacity) {
        size_t capacity = sources->capacity * 2 + 16;
        const char **items = realloc(sources->items, capacity * sizeof *items);
        sources->failed = !items;
        if (!items) return;
        sources->items = items;
        sources->capacity = capacity;
    }
    sources->items[sources->count++] = source;
}

void add_sources(source_list *sources, const lt_dataset *ds, const lt_record *record)
{
    for (uint32_t i = 0; i < record->source.count; i++)
        add_source(sources, lt_dataset_string(ds, lt_list_string(ds, record->source, i)));
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

void sort_sources(source_list *sources)
{
    size_t kept = 0;
    if (sources->count > 0) qsort(sources->items, sources->count, sizeof *sources->items, by_bytes);
    for (size_t i = 0; i < sources->count; i++)
        if (kept == 0 || strcmp(sources->items[kept - 1], sources->items[i]) != 0) sources->items[kept++] = sources->items[i];
    sources->count = kept;
}

void link_sources(source_list *sources, const lt_dataset *ds, const lt_coverage *c, uint32_t link)
{
    sources->count = 0;
    for (uint32_t e = c->first[link]; e < c->first[link + 1]; e++)
        add_sources(sources, ds, lt_record_get(ds, (lt_kind)c->evidence[e].kind, c->evidence[e].index));
    sort_sources(sources);
}
