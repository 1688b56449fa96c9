/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LTI_SCHEMA_H
#define LTI_SCHEMA_H

#include "liantu/schema.h"

/* The one table of record kinds: loading, checking, saving and the JSON Schema files all walk it. */

typedef enum {
    LTI_ID,       /* lt_string, checked as an id */
    LTI_TEXT,     /* lt_string */
    LTI_TEXTS,    /* lt_list of lt_string */
    LTI_SOURCE,   /* lt_list of lt_string; a single text is a list of one */
    LTI_REF,      /* lt_node */
    LTI_REFS,     /* lt_list of lt_node */
    LTI_ENUM,     /* uint8_t */
    LTI_BOOL,     /* bool */
    LTI_TRISTATE, /* uint8_t: 0 not given, 1 false, 2 true */
    LTI_REAL,     /* double */
    LTI_YEAR,     /* int32_t, 0 = not given */
    LTI_COUNT,    /* uint32_t */
    LTI_OBJECT,   /* a struct in place, by `nested` */
    LTI_SEGMENTS, /* lt_list of lt_segment, by `nested` */
    LTI_SOURCES,  /* lt_source records of the dataset, by `nested` */
    LTI_CODES     /* lt_list of lt_string in pairs: system, code */
} lti_type;

typedef struct lti_schema lti_schema;

typedef struct {
    const char *name;
    lti_type type;
    size_t offset;
    bool required;
    bool above_minimum; /* minimum itself is out of range */
    lt_enum words;      /* LTI_ENUM */
    unsigned targets;   /* LTI_REF, LTI_REFS: bit per lt_kind */
    double minimum, maximum, initial;
    const lti_schema *nested;
} lti_field;

struct lti_schema {
    const char *name;
    size_t size;         /* bytes of the struct */
    size_t extra_offset; /* where it keeps unknown fields (lt_string) */
    size_t field_count;
    const lti_field *fields;
};

/** Schema of a record kind; LT_KINDS gives that of dataset.json. */
const lti_schema *lti_schema_of(lt_kind kind);

const lti_field *lti_schema_field(const lti_schema *schema, const char *name);

/** Number of values of an enum. */
int lti_enum_count(lt_enum of);

/** Value of a word, -1 when it is none. */
int lti_enum_find(lt_enum of, const char *word);

/** What dataset.json holds. */
typedef struct {
    lt_string format, id, title, as_of, extra;
    lt_node home;
} lti_header;

#define LTI_FORMAT "liantu/1"

static inline bool lti_is_edge(lt_kind kind)
{
    return kind >= LT_NODE_KINDS;
}

/** Whether a name would be that of a record kind's file, and of which form. */
enum { LTI_WORDS_SIZE = 320 };

/** The words of an enum, joined by "·". */
void lti_enum_words(lt_enum of, char buffer[LTI_WORDS_SIZE]);

/** The names of the kinds in a mask, joined by "·". */
void lti_target_names(unsigned targets, char buffer[LTI_WORDS_SIZE]);

#endif
