/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "liantu/bottleneck.h"

uint32_t lt_failure_worst_final(const lt_dataset *ds, const lt_failure *failure)
{
    uint32_t worst = UINT32_MAX;
    for (size_t i = 0; i < failure->failed_count; i++) {
        uint32_t final = failure->failed[i];
        if (failure->round[final] == 0 || !lt_links(ds)[final].final) continue;
        double gain = worst == UINT32_MAX ? 1 : lt_links(ds)[final].importance - lt_links(ds)[worst].importance;
        bool sooner = gain == 0 && (failure->round[final] < failure->round[worst] ||
                                    (failure->round[final] == failure->round[worst] && final < worst));
        if (gain > 0 || sooner) worst = final;
    }
    return worst;
}

size_t lt_failure_route(const lt_failure *failure, uint32_t link, uint32_t *route, size_t limit)
{
    size_t count = 0;
    uint32_t at = link;
    for (; at != UINT32_MAX && count < limit; at = failure->cause[at]) count++;
    at = link;
    for (size_t i = count; i-- > 0; at = failure->cause[at]) route[i] = at;
    return count;
}

static size_t put(char *buffer, size_t size, size_t used, const char *text)
{
    size_t length = strlen(text);
    if (used < size) {
        size_t room = size - 1 - used, kept = length < room ? length : room;
        memcpy(buffer + used, text, kept);
        buffer[used + kept] = '\0';
    }
    return used + length;
}

size_t lt_failure_route_text(const lt_dataset *ds, const lt_failure *failure, uint32_t link, const char *arrow, char *buffer,
                             size_t size)
{
    uint32_t route[LT_FAILURE_ROUTE];
    size_t count = lt_failure_route(failure, link, route, LT_FAILURE_ROUTE), used = put(buffer, size, 0, "");
    for (size_t i = 0; i < count; i++) {
        if (i == 0 && failure->cause[route[0]] != UINT32_MAX) used = put(buffer, size, used, "…");
        if (i > 0 || failure->cause[route[0]] != UINT32_MAX) used = put(buffer, size, used, arrow);
        used = put(buffer, size, used, lt_dataset_string(ds, lt_links(ds)[route[i]].head.name));
    }
    return used;
}
