/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIANTU_SCHEMA_H
#define LIANTU_SCHEMA_H

#include "liantu/dataset.h"

/** File name of a kind without ending, as in contract section 1: "chains", "supply". Static. */
LT_API const char *lt_kind_name(lt_kind kind);

/** The kind of that name, LT_KINDS when there is none. */
LT_API lt_kind lt_kind_find(const char *name);

/** What the words of an enum field are for. */
typedef enum {
    LT_ENUM_TIER,
    LT_ENUM_STAGE,
    LT_ENUM_SURVEY,
    LT_ENUM_GRADE,
    LT_ENUM_INSTITUTION,
    LT_ENUM_ZONE,
    LT_ENUM_LEVEL,
    LT_ENUM_PROJECT,
    LT_ENUM_CHANNEL,
    LT_ENUM_NEED,
    LT_ENUM_CAPABILITY_ROLE,
    LT_ENUM_PROSPECT_ROLE,
    LT_ENUM_LEAD_ROLE,
    LT_ENUM_BASIS,
    LT_ENUMS
} lt_enum;

/** The word that stands for a value in the files; NULL where the value is "not given" or does not exist. Static. */
LT_API const char *lt_enum_word(lt_enum of, int value);

/**
 * The JSON Schema (2020-12) of one record of a kind, made from the table that loading uses; LT_KINDS gives that of dataset.json.
 *
 * @param out  text ended by a line break, freed with lt_text_free; untouched on failure
 * @return LT_OK, LT_E_MEMORY.
 */
LT_API lt_code lt_schema_json(lt_kind kind, char **out, lt_error *error);

/** Frees a text that the library gave away; takes NULL. */
LT_API void lt_text_free(char *text);

#endif
