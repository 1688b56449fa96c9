/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a dataset folder: dataset.json, then every kind in whichever of its forms is there. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory.h"
#include "core/text.h"
#include "dataset/loader.h"

enum { FILE_LIMIT = UINT16_MAX };

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcmp(name + length - tail, ending) == 0;
}

/* folder/name, or folder/name + ending. */
static char *path_of(const char *folder, const char *name, const char *ending)
{
    lti_text path = {0};
    lti_text_put(&path, folder);
    if (!ends_with(folder, "/")) lti_text_put(&path, "/");
    lti_text_put(&path, name);
    lti_text_put(&path, ending);
    if (path.failed) lti_text_done(&path);
    return path.data;
}

lt_code lti_file_number(lti_loader *loader, const char *path, uint16_t *number)
{
    lt_dataset *ds = loader->ds;
    if (ds->files.count == FILE_LIMIT)
        return lti_fail(loader->error, LT_E_LIMIT, &(lti_place){.file = path}, LT_MSG_TOO_MANY_FILES, NULL);
    lt_string *file = lti_array_push(&ds->files, 1);
    if (!file || lti_strings_add(&ds->strings, path, strlen(path), file) != 0) return lti_fail_memory(loader->error);
    *number = (uint16_t)(ds->files.count - 1);
    return LT_OK;
}

static lt_code read_failed(lti_loader *loader, lti_read read, const char *path)
{
    if (read == LTI_READ_MEMORY) return lti_fail_memory(loader->error);
    return lti_fail_file(loader->error, path, LT_MSG_CANNOT_READ);
}

static lt_code read_records(lti_loader *loader, lt_kind kind, const char *path)
{
    uint16_t file;
    lt_code code = lti_file_number(loader, path, &file);
    if (code != LT_OK) return code;

    lti_reader reader;
    lti_span span;
    lti_read read = lti_reader_open(&reader, path, ends_with(path, ".ndjson") ? LTI_FORM_LINES : LTI_FORM_ARRAY, 0, 1);
    while (code == LT_OK && read == LTI_READ_SPAN) {
        read = lti_reader_next(&reader, &span);
        if (read == LTI_READ_SPAN) code = lti_take_record(loader, kind, &span, file);
    }
    if (code == LT_OK && read == LTI_READ_SYNTAX) {
        if (!lti_is_edge(kind)) loader->lost_node = true;
        code = lti_defect_at_line(loader, path, reader.line, kind, reader.message, NULL);
    } else if (code == LT_OK && read != LTI_READ_END) {
        code = read_failed(loader, read, path);
    }
    lti_reader_done(&reader);
    return code;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void free_names(lti_array *names)
{
    for (size_t i = 0; i < names->count; i++) lti_free(LTI_AT(names, char *, i));
    lti_array_done(names);
}

/* Entries of a folder in byte order of their names, those beginning with "." left out. */
static lt_code list_folder(lti_loader *loader, const char *folder, lti_array *names)
{
    *names = LTI_ARRAY(char *);
    DIR *stream = opendir(folder);
    if (!stream) return lti_fail_file(loader->error, folder, LT_MSG_CANNOT_READ);
    lt_code code = LT_OK;
    struct dirent *entry;
    while (code == LT_OK && (errno = 0, entry = readdir(stream))) {
        if (entry->d_name[0] == '.') continue;
        size_t size = strlen(entry->d_name) + 1;
        char **name = lti_array_push(names, 1);
        if (name) *name = lti_alloc(size, 1);
        if (name && *name) memcpy(*name, entry->d_name, size);
        else code = lti_fail_memory(loader->error);
    }
    if (code == LT_OK && errno != 0) code = lti_fail_file(loader->error, folder, LT_MSG_CANNOT_READ);
    closedir(stream);
    if (code == LT_OK && names->count > 0) qsort(names->data, names->count, sizeof(char *), by_name);
    if (code != LT_OK) free_names(names);
    return code;
}

static bool is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_record_file(const char *name)
{
    return ends_with(name, ".json") || ends_with(name, ".ndjson");
}

/* What lies there and is not read is said, so that a mistyped name does not pass for an empty kind. */
static lt_code warn_not_read(lti_loader *loader, const char *path, const char *kind)
{
    lt_error warning = {0};
    lti_fail(&warning, LT_E_DATA, &(lti_place){path, 1, kind, LTI_WHOLE_RECORD}, LT_MSG_FILE_NOT_READ, NULL);
    return lti_keep_warning(loader, &warning);
}

static lt_code read_kind_folder(lti_loader *loader, lt_kind kind, const char *folder)
{
    lti_array names;
    lt_code code = list_folder(loader, folder, &names);
    for (size_t i = 0; i < names.count && code == LT_OK; i++) {
        const char *name = LTI_AT(&names, char *, i);
        char *path = path_of(folder, name, "");
        if (!path) code = lti_fail_memory(loader->error);
        else if (is_folder(path)) code = warn_not_read(loader, path, lt_kind_name(kind));
        else if (is_record_file(name)) code = read_records(loader, kind, path);
        lti_free(path);
    }
    free_names(&names);
    return code;
}

static lt_code read_kind(lti_loader *loader, lt_kind kind)
{
    static const char *const endings[] = {".json", ".ndjson", ""};
    enum { FORMS = 3, FOLDER_FORM = 2 };
    const char *name = lt_kind_name(kind);
    char *paths[FORMS] = {NULL};
    int first = -1;
    lt_code code = LT_OK;
    for (int form = 0; form < FORMS && code == LT_OK; form++) {
        struct stat info;
        paths[form] = path_of(loader->folder, name, endings[form]);
        if (!paths[form]) code = lti_fail_memory(loader->error);
        else if (stat(paths[form], &info) != 0 || S_ISDIR(info.st_mode) != (form == FOLDER_FORM)) continue;
        else if (first < 0) first = form;
        else code = lti_defect_at_line(loader, paths[first], 1, kind, LT_MSG_TWO_FORMS, LTI_ARGS(paths[form]));
    }
    if (code == LT_OK && first == FOLDER_FORM) code = read_kind_folder(loader, kind, paths[first]);
    else if (code == LT_OK && first >= 0) code = read_records(loader, kind, paths[first]);
    for (int form = 0; form < FORMS; form++) lti_free(paths[form]);
    return code;
}

/* The file's name without .json or .ndjson names a kind, or the file is dataset.json. */
static bool is_expected(const char *name)
{
    if (strcmp(name, "dataset.json") == 0) return true;
    size_t length = strcspn(name, ".");
    for (int kind = 0; kind < LT_KINDS; kind++)
        if (strlen(lt_kind_name((lt_kind)kind)) == length && strncmp(lt_kind_name((lt_kind)kind), name, length) == 0) return true;
    return false;
}

static lt_code warn_unknown_files(lti_loader *loader)
{
    lti_array names;
    lt_code code = list_folder(loader, loader->folder, &names);
    for (size_t i = 0; i < names.count && code == LT_OK; i++) {
        const char *name = LTI_AT(&names, char *, i);
        if (!is_record_file(name) || is_expected(name)) continue;
        char *path = path_of(loader->folder, name, "");
        code = path ? warn_not_read(loader, path, "dataset") : lti_fail_memory(loader->error);
        lti_free(path);
    }
    free_names(&names);
    return code;
}

static lt_code take_header(lti_loader *loader, const lti_span *span, uint16_t file, const char *path)
{
    lt_code code;
    json_t *object = lti_parse_json(loader, LT_KINDS, span, path, &code);
    if (!object) return code;
    lti_location at = {.offset = span->offset, .line = (uint32_t)span->line, .file = file};
    loader->ds->header_location = at;
    bool good = true;
    lti_header *header = &loader->ds->header;
    if (!json_is_object(object)) code = lti_defect_at_line(loader, path, span->line, LT_KINDS, LT_MSG_NOT_OBJECT, NULL);
    else code = lti_take_fields(loader, LT_KINDS, lti_schema_of(LT_KINDS), object, &at, NULL, (char *)header, &good);
    const char *format = lti_strings_at(&loader->ds->strings, header->format);
    if (code == LT_OK && header->format != 0 && strcmp(format, LTI_FORMAT) != 0)
        code = lti_defect(loader, &at, LT_KINDS, LTI_PATH("format"), LT_MSG_UNKNOWN_FORMAT, LTI_ARGS(format, LTI_FORMAT));
    json_decref(object);
    return code;
}

static lt_code read_header(lti_loader *loader)
{
    char *path = path_of(loader->folder, "dataset.json", "");
    if (!path) return lti_fail_memory(loader->error);
    uint16_t file;
    lti_reader reader = {.fd = -1};
    lti_span span;
    lt_code code = lti_file_number(loader, path, &file);
    if (code == LT_OK) {
        lti_read read = lti_reader_open(&reader, path, LTI_FORM_WHOLE, 0, 1);
        bool missing = read == LTI_READ_FAILED && errno == ENOENT && is_folder(loader->folder);
        if (read == LTI_READ_SPAN) read = lti_reader_next(&reader, &span);
        if (missing) code = lti_defect_at_line(loader, path, 1, LT_KINDS, LT_MSG_NO_HEADER, NULL);
        else if (read == LTI_READ_SPAN) code = take_header(loader, &span, file, path);
        else code = read_failed(loader, read, path);
    }
    lti_reader_done(&reader);
    lti_free(path);
    return code;
}

static lt_dataset *new_dataset(void)
{
    lt_dataset *ds = lti_alloc(1, sizeof *ds);
    if (!ds) return NULL;
    for (int kind = 0; kind < LT_KINDS; kind++) {
        ds->records[kind] = (lti_array){.size = lti_schema_of((lt_kind)kind)->size};
        ds->locations[kind] = LTI_ARRAY(lti_location);
    }
    ds->pool = LTI_ARRAY(uint32_t);
    ds->segments = LTI_ARRAY(lt_segment);
    ds->sources = LTI_ARRAY(lt_source);
    ds->files = LTI_ARRAY(lt_string);
    ds->owners = LTI_ARRAY(lt_node);
    ds->header.home = LT_NONE;
    if (lti_strings_init(&ds->strings) == 0) return ds;
    lti_free(ds);
    return NULL;
}

void lt_dataset_free(lt_dataset *ds)
{
    if (!ds) return;
    for (int kind = 0; kind < LT_KINDS; kind++) {
        lti_array_done(&ds->records[kind]);
        lti_array_done(&ds->locations[kind]);
    }
    lti_array_done(&ds->pool);
    lti_array_done(&ds->segments);
    lti_array_done(&ds->sources);
    lti_array_done(&ds->files);
    lti_array_done(&ds->owners);
    lti_strings_done(&ds->strings);
    lti_free(ds);
}

static lt_code read_all(lti_loader *loader)
{
    lt_code code = read_header(loader);
    for (int kind = 0; kind < LT_KINDS && code == LT_OK; kind++) code = read_kind(loader, (lt_kind)kind);
    if (code == LT_OK) code = warn_unknown_files(loader);
    for (size_t i = 0; i < loader->options->overlay_count && code == LT_OK; i++) {
        loader->layer++;
        code = lti_take_overlay(loader, loader->options->overlays[i]);
    }
    if (code == LT_OK) code = lti_take_out(loader);
    return code;
}

static lt_code settle(lti_loader *loader)
{
    lt_code code = lti_number_nodes(loader);
    if (code == LT_OK) code = lti_resolve(loader);
    if (code == LT_OK) code = lti_order_edges(loader);
    if (code == LT_OK) code = lti_check(loader);
    if (code != LT_OK || loader->defects->defect_total > 0) return code;
    if (loader->options->filter) code = lti_filter(loader->ds, loader->options->weakest, loader->error);
    if (code == LT_OK) code = lti_derive(loader->ds, loader->error);
    return code;
}

lt_code lt_dataset_load(const char *folder, const lt_load_options *options, lt_dataset **out, lt_defects *defects, lt_error *error)
{
    static const lt_load_options plain = {0};
    lt_defects found = {0};
    lti_loader loader = {
        .ds = new_dataset(),
        .folder = folder,
        .options = options ? options : &plain,
        .defects = &found,
        .error = error,
        .dropped = LTI_ARRAY(uint32_t),
        .drops = LTI_ARRAY(lti_drop),
        .claims = LTI_ARRAY(uint32_t),
    };
    lt_code code = LT_OK;
    if (!loader.ds) {
        code = lti_fail_memory(error);
        goto done;
    }
    code = read_all(&loader);
    if (code == LT_OK) code = settle(&loader);
    if (code == LT_OK && found.defect_total > 0) {
        code = LT_E_DATA;
        if (error && error->code == LT_OK) *error = found.defects[0];
    }
    lti_defects_sort(&found);

done:
    lti_array_done(&loader.dropped);
    lti_array_done(&loader.drops);
    lti_array_done(&loader.claims);
    bool wanted = defects && (code == LT_OK || code == LT_E_DATA);
    if (wanted) *defects = found;
    else lt_defects_done(&found);
    if (code == LT_OK) *out = loader.ds;
    else lt_dataset_free(loader.ds);
    return code;
}
