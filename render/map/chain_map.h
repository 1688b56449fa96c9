/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LT_CHAIN_MAP_H
#define LT_CHAIN_MAP_H

#include "liantu/liantu.h"
#include "sink.h"

/* The industry map of a chain: segments as columns, one card a link with its status, supply edges between them. */

/** How a map is written: "dot" is an editable graph, "svg" that graph laid out and drawn by Graphviz. */
typedef struct {
    const char *format;
    lt_lang lang;
    const char *digest; /* of the dataset, for the foot */
} lt_map_options;

/**
 * Writes the industry map of a chain.
 *
 * @param chain  a node of kind chain
 * @param gaps   the analysis of the same dataset
 * @return LT_OK, LT_E_MEMORY, LT_E_IO (the sink failed), LT_E_INTERNAL (Graphviz failed).
 *         One map at a time in a process: Graphviz keeps global state.
 */
lt_code lt_chain_map_write(const lt_dataset *ds, const lt_gaps *gaps, lt_node chain, const lt_map_options *options,
                           const lt_sink *sink, lt_error *error);

#endif
