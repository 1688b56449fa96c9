/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/zone_tree.h"

#include "core/error.h"
#include "core/memory.h"

static uint32_t parent_of(const lt_dataset *ds, uint32_t zone)
{
    lt_node parent = lt_zones(ds)[zone].parent;
    bool is_zone = parent != LT_NONE && lt_node_kind(ds, parent) == LT_ZONE;
    return is_zone ? lt_node_index(ds, parent) : UINT32_MAX;
}

/* first[i + 1] is where the next below zone i goes, and so ends as its end. */
static void place(lti_zone_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++) tree->below[tree->first[i + 1]++] = i;
    for (uint32_t i = 0; i < tree->count; i++)
        for (uint32_t above = tree->parent[i]; above != UINT32_MAX; above = tree->parent[above])
            tree->below[tree->first[above + 1]++] = i;
}

lt_code lti_zone_tree_init(lti_zone_tree *tree, const lt_dataset *ds, lt_error *error)
{
    size_t count = lt_count(ds, LT_ZONE), pairs = 0;
    *tree = (lti_zone_tree){.count = (uint32_t)count};
    tree->parent = lti_alloc(count, sizeof *tree->parent);
    tree->first = lti_alloc(count + 2, sizeof *tree->first);
    if (!tree->parent || !tree->first) return lti_fail_memory(error);
    for (uint32_t i = 0; i < count; i++) tree->parent[i] = parent_of(ds, i);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t above = i; above != UINT32_MAX; above = tree->parent[above], pairs++) tree->first[above + 2]++;
    for (size_t i = 0; i < count; i++) tree->first[i + 2] += tree->first[i + 1];
    tree->below = lti_alloc(pairs, sizeof *tree->below);
    if (!tree->below) return lti_fail_memory(error);
    place(tree);
    return LT_OK;
}

void lti_zone_tree_done(lti_zone_tree *tree)
{
    lti_free(tree->parent);
    lti_free(tree->first);
    lti_free(tree->below);
    *tree = (lti_zone_tree){0};
}

bool lti_zone_within(const lti_zone_tree *tree, uint32_t zone, uint32_t other)
{
    while (zone != UINT32_MAX && zone != other) zone = tree->parent[zone];
    return zone == other;
}
