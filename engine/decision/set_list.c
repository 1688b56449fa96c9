/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sets written out, in order of size and then of their items. */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "decision/diagram.h"

static int ascending(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

typedef struct {
    const uint32_t *item;
    size_t size;
} one_set;

static int by_size_then_items(const void *left, const void *right)
{
    const one_set *a = left, *b = right;
    if (a->size != b->size) return a->size < b->size ? -1 : 1;
    for (size_t i = 0; i < a->size; i++)
        if (a->item[i] != b->item[i]) return a->item[i] < b->item[i] ? -1 : 1;
    return 0;
}

bool lti_set_list_init(lti_set_list *list, uint32_t *items, size_t item_count, const uint32_t *begins, size_t count, size_t limit)
{
    size_t kept = count < limit ? count : limit, wanted = 0;
    *list = (lti_set_list){.count = kept};
    one_set *sets = lti_alloc(count, sizeof *sets);
    list->first = lti_alloc(kept + 1, sizeof *list->first);
    bool whole = sets && list->first;
    if (!whole) goto done;
    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < count ? begins[i + 1] : item_count;
        sets[i] = (one_set){items + begins[i], end - begins[i]};
        if (sets[i].size > 1) qsort(items + begins[i], sets[i].size, sizeof *items, ascending);
    }
    if (count > 1) qsort(sets, count, sizeof *sets, by_size_then_items);
    for (size_t i = 0; i < kept; i++) {
        list->first[i] = (uint32_t)wanted;
        wanted += sets[i].size;
    }
    list->first[kept] = (uint32_t)wanted;
    whole = (list->item = lti_alloc(wanted, sizeof *list->item));
    for (size_t i = 0; whole && i < kept; i++)
        if (sets[i].size > 0) memcpy(list->item + list->first[i], sets[i].item, sets[i].size * sizeof *list->item);

done:
    lti_free(sets);
    if (!whole) lti_set_list_done(list);
    return whole;
}

void lti_set_list_done(lti_set_list *list)
{
    lti_free(list->first);
    lti_free(list->item);
    *list = (lti_set_list){0};
}
