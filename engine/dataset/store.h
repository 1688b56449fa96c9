/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_STORE_H
#define LTI_STORE_H

#include "core/array.h"
#include "core/strings.h"
#include "dataset/schema.h"
#include "liantu/dataset.h"

/** Where a record was read from. */
typedef struct {
    uint64_t offset;
    uint32_t line;
    uint16_t file;       /* index into files */
    uint16_t layer : 15; /* 0 = the dataset, then one an overlay */
    uint16_t faulty : 1; /* a field of it has a defect, so its values are not to be compared with others */
} lti_location;

struct lt_dataset {
    lti_strings strings;
    lti_array records[LT_KINDS];      /* of the kind's struct */
    lti_array locations[LT_KINDS];    /* lti_location, beside records */
    lti_array pool;                   /* uint32_t: elements of lists of texts and nodes */
    lti_array segments;               /* lt_segment */
    lti_array sources;                /* lt_source */
    lti_array files;                  /* lt_string: paths */
    lti_array owners;                 /* lt_node by text handle, LT_NONE = no node has it as id */
    uint32_t base[LT_NODE_KINDS + 1]; /* number of the first node of each kind */
    lti_header header;
    lti_location header_location;
};

/** Record i of a kind, as bytes. */
static inline char *lti_record_at(const lt_dataset *ds, lt_kind kind, size_t i)
{
    return (char *)ds->records[kind].data + i * ds->records[kind].size;
}

/** A field's place in a record. */
#define LTI_FIELD(record, field, type) (*(type *)(void *)((record) + (field)->offset))

static inline const lt_edge *lti_edge_at(const lt_dataset *ds, lt_kind kind, size_t i)
{
    return (const lt_edge *)(const void *)lti_record_at(ds, kind, i); /* every edge struct begins with it */
}

static inline const lt_node_head *lti_head_at(const lt_dataset *ds, lt_kind kind, size_t i)
{
    return (const lt_node_head *)(const void *)lti_record_at(ds, kind, i); /* every node struct begins with it */
}

#endif
