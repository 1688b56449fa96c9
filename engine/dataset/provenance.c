/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "liantu/dataset.h"

static void tally(lt_provenance *to, const lt_record *record)
{
    to->count++;
    to->by_basis[record->basis]++;
    to->unsourced += record->source.count == 0;
}

void lt_provenance_add_kind(const lt_dataset *ds, lt_kind kind, lt_provenance *sum)
{
    for (uint32_t i = 0; i < lt_count(ds, kind); i++) tally(sum, lt_record_get(ds, kind, i));
}

static bool touches(const lt_dataset *ds, lt_node end, lt_node chain)
{
    if (end == chain) return true;
    return lt_node_kind(ds, end) == LT_LINK && lt_link_in_chain(ds, lt_node_index(ds, end), chain);
}

void lt_provenance_add_chain(const lt_dataset *ds, lt_node chain, lt_provenance *sum)
{
    static const lt_kind kinds[] = {LT_SUPPLY, LT_CAPABILITY, LT_FOCUS, LT_PROSPECT, LT_ORIGIN, LT_LEAD};
    tally(sum, &lt_node_get(ds, chain)->record);
    for (uint32_t i = 0; i < lt_count(ds, LT_LINK); i++)
        if (lt_link_in_chain(ds, i, chain)) tally(sum, &lt_links(ds)[i].head.record);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (uint32_t i = 0; i < lt_count(ds, kinds[k]); i++) {
            const lt_edge *edge = lt_edge_get(ds, kinds[k], i);
            if (touches(ds, edge->to, chain)) tally(sum, &edge->record);
        }
}
