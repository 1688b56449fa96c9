/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_LOADER_H
#define LTI_LOADER_H

#include "core/error.h"
#include "dataset/json.h"
#include "dataset/reader.h"
#include "dataset/store.h"

/* Loading goes: read the records of every kind, then the overlays; number the nodes; resolve references;
   order the edges; check what only the whole can tell; filter; derive. Each step is one file. */

/** A record taken out by an overlay. */
typedef struct {
    lt_kind kind;
    uint32_t from, to; /* text handles of the ends */
    int role;          /* -1 = any */
    bool found;
    lti_location location;
} lti_drop;

typedef struct {
    lt_dataset *ds;
    const char *folder;
    const lt_load_options *options;
    lt_defects *defects;
    lt_error *error;
    uint16_t layer;
    bool lost_node;    /* a node record could not be read, so a missing id may be that one's */
    lti_array dropped; /* uint32_t: text handles of ids that an overlay dropped */
    lti_array drops;   /* lti_drop: edges */
    lti_array claims;  /* uint32_t by text handle: the record that has it as id, packed, 0 = none */
} lti_loader;

/** A node record before numbering. */
static inline uint32_t lti_claim(lt_kind kind, size_t index)
{
    return ((uint32_t)kind << 27) + (uint32_t)index + 1;
}
static inline lt_kind lti_claim_kind(uint32_t claim)
{
    return (lt_kind)((claim - 1) >> 27);
}
static inline uint32_t lti_claim_index(uint32_t claim)
{
    return (claim - 1) & ((1u << 27) - 1);
}
enum { LTI_RECORD_LIMIT = 1 << 27 };

/** Role of a capability whose record names none, until its holder is known. */
enum { LTI_ROLE_UNSET = UINT8_MAX };

/* defects.c */

/** Reports a defect at a place of a record; the line is that of the field where it can be found. LT_OK, or LT_E_MEMORY. */
lt_code lti_defect(lti_loader *loader, const lti_location *at, lt_kind kind, const lti_path *path, lt_message message,
                   const char *const *args);
lt_code lti_warning(lti_loader *loader, const lti_location *at, lt_kind kind, const lti_path *path, lt_message message,
                    const char *const *args);

/** A defect of a whole file or of what stands between records. */
lt_code lti_defect_at_line(lti_loader *loader, const char *file, size_t line, lt_kind kind, lt_message message,
                           const char *const *args);
/** A defect made by the caller. */
lt_code lti_keep_defect(lti_loader *loader, const lt_error *defect);
/** A warning made by the caller; a defect under `strict`. */
lt_code lti_keep_warning(lti_loader *loader, const lt_error *warning);
void lti_defects_sort(lt_defects *defects);

#define LTI_WHOLE_RECORD "record"
#define LTI_PATH(key) (&(lti_path){key, -1, NULL})

/** "FILE:LINE" of a location. */
enum { LTI_WHERE_SIZE = 320 };
void lti_where(const lti_loader *loader, const lti_location *at, char buffer[LTI_WHERE_SIZE]);

/* record.c */

/** Takes one record's text in: parses, checks its fields, appends it (or drops it with its defects said). */
lt_code lti_take_record(lti_loader *loader, lt_kind kind, const lti_span *span, uint16_t file);

/** Parses JSON with our options; NULL with the defect reported (or *code set when memory ran out). */
json_t *lti_parse_json(lti_loader *loader, lt_kind kind, const lti_span *span, const char *file, lt_code *code);

/** Fills a struct from an object by its schema. */
lt_code lti_take_fields(lti_loader *loader, lt_kind kind, const lti_schema *schema, json_t *object, const lti_location *at,
                        const lti_path *outer, char *record, bool *good);

/** Number of the file's path in ds->files. */
lt_code lti_file_number(lti_loader *loader, const char *path, uint16_t *number);

/* overlay.c */
lt_code lti_take_overlay(lti_loader *loader, const char *path);
/** Leaves out the nodes that the options name. */
lt_code lti_take_out(lti_loader *loader);

/* order.c */
lt_code lti_number_nodes(lti_loader *loader);
lt_code lti_order_edges(lti_loader *loader);
lt_code lti_filter(lt_dataset *ds, lt_basis weakest, lt_error *error);
lt_code lti_derive(lt_dataset *ds, lt_error *error);

/* resolve.c */
lt_code lti_resolve(lti_loader *loader);

/* check.c */
lt_code lti_check(lti_loader *loader);

/* uscc.c */
/** Whether a unified social credit code has the right form and check digit (GB 32100-2015). */
bool lti_uscc_valid(const char *code);

#endif
