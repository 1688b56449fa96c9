/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "dataset/loader.h"

static const char *file_of(const lti_loader *loader, const lti_location *at)
{
    const lt_dataset *ds = loader->ds;
    return at->file < ds->files.count ? lti_strings_at(&ds->strings, LTI_AT(&ds->files, lt_string, at->file)) : loader->folder;
}

void lti_where(const lti_loader *loader, const lti_location *at, char buffer[LTI_WHERE_SIZE])
{
    char line[16];
    snprintf(line, sizeof line, ":%u", at->line);
    size_t room = LTI_WHERE_SIZE - strlen(line);
    lti_copy_cut(buffer, room, file_of(loader, at));
    strcat(buffer, line);
}

/* The record is read again: defects are few, and so no line need be kept for every field of every record. */
static size_t line_of(const char *file, const lti_location *at, const lti_path *path)
{
    size_t line = at->line;
    lti_reader reader;
    lti_span span;
    if (lti_reader_open(&reader, file, LTI_FORM_ARRAY, at->offset, at->line) == LTI_READ_SPAN) {
        reader.started = true; /* the reader stands at the record as at the first of an array */
        if (lti_reader_next(&reader, &span) == LTI_READ_SPAN) line += lti_json_lines_to(span.text, span.length, path);
    }
    lti_reader_done(&reader);
    return line;
}

static lt_code keep(lt_error **list, size_t *count, size_t *total, const lt_error *entry)
{
    (*total)++;
    if (*count == LT_DEFECT_LIMIT) return LT_OK;
    if (!*list) *list = lti_alloc(LT_DEFECT_LIMIT, sizeof **list);
    if (!*list) return LT_E_MEMORY;
    (*list)[(*count)++] = *entry;
    return LT_OK;
}

static lt_code keep_entry(lti_loader *loader, bool fatal, const lt_error *entry)
{
    lt_defects *to = loader->defects;
    lt_code code = fatal ? keep(&to->defects, &to->defect_count, &to->defect_total, entry)
                         : keep(&to->warnings, &to->warning_count, &to->warning_total, entry);
    return code == LT_OK ? LT_OK : lti_fail_memory(loader->error);
}

static lt_code report(lti_loader *loader, bool fatal, const lti_place *place, lt_message message, const char *const *args)
{
    lt_error entry = {0};
    lti_fail(&entry, LT_E_DATA, place, message, args);
    return keep_entry(loader, fatal, &entry);
}

lt_code lti_keep_defect(lti_loader *loader, const lt_error *defect)
{
    return keep_entry(loader, true, defect);
}

lt_code lti_keep_warning(lti_loader *loader, const lt_error *warning)
{
    return keep_entry(loader, loader->options->strict, warning);
}

static lt_code report_field(lti_loader *loader, bool fatal, const lti_location *at, lt_kind kind, const lti_path *path,
                            lt_message message, const char *const *args)
{
    char field[LT_ERROR_NAME_SIZE * 2];
    lti_path_text(path, field, sizeof field);
    size_t full = fatal ? loader->defects->defect_count : loader->defects->warning_count;
    const char *file = file_of(loader, at);
    lti_place place = {file, at->line, lt_kind_name(kind), field};
    if (full < LT_DEFECT_LIMIT) place.line = line_of(file, at, path);
    return report(loader, fatal, &place, message, args);
}

lt_code lti_defect(lti_loader *loader, const lti_location *at, lt_kind kind, const lti_path *path, lt_message message,
                   const char *const *args)
{
    return report_field(loader, true, at, kind, path, message, args);
}

lt_code lti_warning(lti_loader *loader, const lti_location *at, lt_kind kind, const lti_path *path, lt_message message,
                    const char *const *args)
{
    return report_field(loader, loader->options->strict, at, kind, path, message, args);
}

lt_code lti_defect_at_line(lti_loader *loader, const char *file, size_t line, lt_kind kind, lt_message message,
                           const char *const *args)
{
    lti_place place = {file, line, lt_kind_name(kind), LTI_WHOLE_RECORD};
    return report(loader, true, &place, message, args);
}

static int by_place(const void *left, const void *right)
{
    const lt_error *a = left, *b = right;
    int order = strcmp(a->file, b->file);
    if (order == 0) order = (a->line > b->line) - (a->line < b->line);
    if (order == 0) order = strcmp(a->kind, b->kind);
    if (order == 0) order = strcmp(a->field, b->field);
    for (int i = 0; order == 0 && i < LT_ERROR_ARGS; i++) order = strcmp(a->arg[i], b->arg[i]);
    return order;
}

void lti_defects_sort(lt_defects *defects)
{
    if (defects->defect_count) qsort(defects->defects, defects->defect_count, sizeof *defects->defects, by_place);
    if (defects->warning_count) qsort(defects->warnings, defects->warning_count, sizeof *defects->warnings, by_place);
}

void lt_defects_done(lt_defects *defects)
{
    if (!defects) return;
    lti_free(defects->defects);
    lti_free(defects->warnings);
    *defects = (lt_defects){0};
}
