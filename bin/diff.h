/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DIFF_H
#define DIFF_H

#include "brief.h"

/* Changes of records and causes of effects as cells: JSON for programs, a line for people. */

typedef struct {
    program *p;         /* p->dataset is the new one */
    lt_dataset *before; /* the old one */
    lt_policy old_policy;
    lt_diff diff;
    double moved, details, limit;
    lt_table_writer *writer;
    cell_texts texts; /* until the row is written */
} comparison;

lt_message change_message(lt_change_type type);

/** What identifies a record: the id of what has one, else ends and role; null cells for what it has not. */
lt_cell change_id_cell(comparison *c, const lt_change *change);
lt_cell change_end_cell(comparison *c, const lt_change *change, bool to);
lt_cell change_role_cell(const comparison *c, const lt_change *change);
lt_cell change_name_cell(const comparison *c, const lt_change *change);
/** The record's basis; null for what has none. */
lt_cell change_basis_cell(const comparison *c, const lt_change *change);
lt_cell change_sources_cell(comparison *c, const lt_change *change);
/** Fields that differ. */
lt_cell change_fields_cell(comparison *c, const lt_change *change);

/** The records that caused an effect. */
lt_cell because_cell(comparison *c, const lt_effect *effect);

#endif
