/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LT_MAP_H
#define LT_MAP_H

#include "liantu/liantu.h"
#include "sink.h"

/* Maps of a dataset. The types stand in one table, in map.c. */

typedef enum { LT_STYLE_LIGHT, LT_STYLE_PRINT } lt_map_style; /* print: grey, for what has no colour */
typedef enum { LT_PAGE_A3, LT_PAGE_A4, LT_PAGE_SLIDE, LT_PAGE_SIZES } lt_page_size;

/** An analysed dataset. All borrowed. */
typedef struct {
    const lt_dataset *ds;
    const lt_gaps *gaps;
    const lt_targets *targets; /* the targeting list, best first */
    const lt_policy *policy;   /* NULL = defaults */
    const lt_rules *rules;     /* instruments and ways; NULL = defaults */
} lt_map_data;

/** What to draw and how. All zero but type, format, chain and zone is a map as it is meant. */
typedef struct {
    const char *type;   /* one of lt_map_types */
    const char *format; /* one of lt_map_formats */
    lt_lang lang;
    lt_map_style style;
    lt_page_size page_size;
    lt_node chain;       /* LT_NONE for types that show all */
    lt_node zone;        /* only links that entities of this zone or below it produce, or that it is to focus on; LT_NONE = all */
    const char *segment; /* only this segment of the chain; NULL = all */
    unsigned statuses;   /* only these, one bit a lt_status; 0 = all */
    uint32_t size;       /* links past which a map becomes an overview and a page a segment; 0 = 100 */
    uint32_t top;        /* targeting: only the first so many targets; 0 = all */
    uint32_t page;       /* the page to write where a format holds one; 0 = the first */
    double dpi;          /* of PNG; 0 = 192 */
    bool by_graphviz;    /* svg drawn by Graphviz itself */
    const char *digest;  /* of the dataset, for the foot; "" = none */
    const lt_map_data *before; /* the dataset without its overlay, to mark what changed; NULL = nothing to mark */
} lt_map_options;

/** What the caller should tell the user. */
typedef struct {
    uint32_t pages, written; /* pages of the map; the one written, 0 = all */
    bool no_cjk_font;        /* pdf, png: the machine has no font for Chinese */
} lt_map_notes;

/** Names of the types, ended by NULL; and whether one shows a single chain. */
extern const char *const lt_map_types[];
extern const char *const lt_map_formats[];
bool lt_map_needs_chain(const char *type);

/**
 * Draws a map.
 *
 * @param notes  filled on success; may be NULL
 * @return LT_OK, LT_E_MEMORY, LT_E_IO (the sink failed), LT_E_ARGUMENT (nothing to draw, no such page or segment),
 *         LT_E_INTERNAL (Graphviz or cairo failed; a page that the lint refuses: the error names what offends).
 *         One map at a time in a process: Graphviz keeps global state.
 */
lt_code lt_map_write(const lt_map_data *data, const lt_map_options *options, const lt_sink *sink, lt_map_notes *notes,
                     lt_error *error);

#endif
