/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report --pack: four maps, the lists and the report of a chain in one folder. No file gets its name before all are whole. */
#include "pack.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "map/map.h"

enum { MAPS = 4 };
static const char *const map_types[MAPS] = {"industry", "innovation", "supply", "targeting"};
static const char *const map_formats[] = {"pdf", "svg"};

/** A file that is written, and has no name yet. */
typedef struct {
    output out;
    char *path; /* as it is said */
    bool is_named;
} pack_file;

typedef struct {
    program *p;
    pack_lists lists;
    pack_file *files;
    size_t file_count, file_capacity;
    char **folders; /* that were made */
    size_t folder_count;
    const lt_report_options *report; /* of all chains */
    bool no_font, no_pandoc;         /* said already */
} pack;

static int no_memory(const program *p)
{
    return say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
}

void add_fact(pack_facts *facts, const lt_dataset *ds, lt_kind kind, uint32_t index)
{
    const lt_record *record = lt_record_get(ds, kind, index);
    if (record->basis > facts->weakest) facts->weakest = (lt_basis)record->basis;
    add_sources(&facts->sources, ds, record);
}

void add_node_fact(pack_facts *facts, const lt_dataset *ds, lt_node node)
{
    add_fact(facts, ds, lt_node_kind(ds, node), lt_node_index(ds, node));
}

lt_cell facts_cell(pack_lists *l, pack_facts *facts)
{
    l->texts.failed |= facts->sources.failed;
    sort_sources(&facts->sources);
    return lt_cell_list(facts->sources.items, facts->sources.count);
}

void write_pack_row(pack_lists *l, const lt_cell *cells, pack_facts *facts)
{
    if (!l->texts.failed) lt_table_row(l->writer, cells);
    free_cell_texts(&l->texts);
    free(facts->sources.items);
    *facts = (pack_facts){0};
}

void explain_list(pack_lists *l, lt_message about, lt_message empty)
{
    lt_table_explain(l->writer, about, l->has_links ? empty : LT_MSG_PACK_NO_LINK);
}

bool is_research(const pack_tie *tie)
{
    return tie->role == (tie->kind == LT_PROSPECT ? (uint8_t)LT_PROSPECT_RESEARCH : (uint8_t)LT_ROLE_RESEARCH);
}

static int by_holder(const void *left, const void *right)
{
    const pack_tie *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    if (order != 0) return order;
    if (a->link != b->link) return a->link < b->link ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static int by_link(const void *left, const void *right)
{
    const pack_tie *a = left, *b = right;
    if (a->link != b->link) return a->link < b->link ? -1 : 1;
    return by_holder(left, right);
}

static void add_tie(pack_lists *l, lt_kind kind, uint32_t index, double level)
{
    const lt_dataset *ds = l->p->dataset;
    const lt_edge *edge = lt_edge_get(ds, kind, index);
    bool of_link = lt_node_kind(ds, edge->to) == LT_LINK;
    uint32_t link = of_link ? lt_node_index(ds, edge->to) : UINT32_MAX;
    if (of_link ? !lt_link_in_chain(ds, link, l->chain) : edge->to != l->chain) return;
    l->ties[l->tie_count++] = (pack_tie){.id = lt_node_id(ds, edge->from),
                                         .level = level,
                                         .holder = edge->from,
                                         .link = link,
                                         .index = index,
                                         .kind = (uint8_t)kind,
                                         .role = edge->role};
}

/* Room for every tie of the dataset was made before. */
static void collect_ties(pack_lists *l)
{
    const lt_dataset *ds = l->p->dataset;
    l->tie_count = 0;
    for (uint32_t i = 0; i < lt_count(ds, LT_CAPABILITY); i++) add_tie(l, LT_CAPABILITY, i, lt_capabilities(ds)[i].level);
    for (uint32_t i = 0; i < lt_count(ds, LT_PROSPECT); i++)
        if (lt_prospects(ds)[i].edge.role == LT_PROSPECT_RESEARCH) add_tie(l, LT_PROSPECT, i, 0);
    if (l->tie_count == 0) return;
    memcpy(l->by_link, l->ties, l->tie_count * sizeof *l->ties);
    qsort(l->ties, l->tie_count, sizeof *l->ties, by_holder);
    qsort(l->by_link, l->tie_count, sizeof *l->by_link, by_link);
}

static int file_failed(const program *p, const char *path)
{
    char text[2048];
    lt_message_format(text, sizeof text, p->lang, LT_MSG_DISK_ERROR, WORDS(path, strerror(errno)), 2);
    fprintf(stderr, "liantu: %s\n", text);
    return EXIT_FILE;
}

static int add_folder(pack *k, const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return EXIT_DONE;
    char **folders = realloc(k->folders, (k->folder_count + 1) * sizeof *folders);
    if (!folders) return no_memory(k->p);
    k->folders = folders;
    char *kept = strdup(path);
    if (!kept) return no_memory(k->p);
    if (mkdir(path, 0777) == 0) {
        k->folders[k->folder_count++] = kept;
        return EXIT_DONE;
    }
    int code = file_failed(k->p, path);
    free(kept);
    return code;
}

/* The next file of the pack; it counts once its output is settled. */
static int next_file(pack *k, const char *folder, const char *name, const char *ending, pack_file **file)
{
    if (k->file_count == k->file_capacity) {
        size_t capacity = k->file_capacity * 2 + 16;
        pack_file *files = realloc(k->files, capacity * sizeof *files);
        if (!files) return no_memory(k->p);
        k->files = files;
        k->file_capacity = capacity;
    }
    *file = &k->files[k->file_count];
    **file = (pack_file){0};
    return asprintf(&(*file)->path, "%s/%s.%s", folder, name, ending) < 0 ? ((*file)->path = NULL, no_memory(k->p)) : EXIT_DONE;
}

static int keep_file(pack *k, pack_file *file, int code)
{
    if (code == EXIT_DONE) k->file_count++;
    else free(file->path);
    return code;
}

static int write_map(pack *k, const char *folder, lt_map_options *options, lt_map_notes *notes)
{
    lt_error error = {0};
    pack_file *file;
    char name[64];
    const lt_map_data data = {k->p->dataset, &k->lists.gaps, &k->lists.targets, &k->p->policy, k->p->rules};
    snprintf(name, sizeof name, options->page > 1 ? "%s-%u" : "%s", options->type, options->page);
    int code = next_file(k, folder, name, options->format, &file);
    if (code == EXIT_DONE) code = open_output_at(&file->out, k->p, file->path);
    if (code != EXIT_DONE) return keep_file(k, file, code);
    lt_sink sink = output_sink(&file->out);
    lt_code drawn = lt_map_write(&data, options, &sink, notes, &error);
    if (drawn != LT_OK && drawn != LT_E_IO) code = say_error(k->p, &error);
    return keep_file(k, file, settle_output(&file->out, code));
}

/* A format that holds one page gets a file for each. */
static int write_maps(pack *k, const char *folder)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < MAPS * 2 && code == EXIT_DONE; i++) {
        lt_map_notes notes = {0};
        lt_map_options options = {.type = map_types[i / 2],
                                  .format = map_formats[i % 2],
                                  .lang = k->p->lang,
                                  .chain = k->lists.chain,
                                  .zone = LT_NONE,
                                  .digest = k->report->digest};
        code = write_map(k, folder, &options, &notes);
        uint32_t pages = notes.written > 0 ? notes.pages : 1;
        for (options.page = 2; options.page <= pages && code == EXIT_DONE; options.page++)
            code = write_map(k, folder, &options, &notes);
        if (notes.no_cjk_font && !k->no_font) say_note(k->p, LT_MSG_MAP_NO_CJK_FONT);
        k->no_font |= notes.no_cjk_font;
    }
    return code;
}

static int write_lists(pack *k, const char *folder)
{
    pack_lists *l = &k->lists;
    lt_error error = {0};
    pack_file *file;
    int code = next_file(k, folder, "lists", "xlsx", &file);
    if (code != EXIT_DONE) return code;
    l->writer = open_table_at(&file->out, k->p, file->path, "xlsx", lt_node_name(k->p->dataset, l->chain), &code);
    if (!l->writer) return keep_file(k, file, code);
    write_pack_firms(l);
    write_pack_projects(l);
    write_pack_technologies(l);
    write_pack_talents(l);
    lt_code made = write_pack_policies(l, &error);
    write_pack_survey(l);
    if (made == LT_OK) made = write_pack_targets(l, &error);
    if (l->texts.failed) error = (lt_error){.code = made = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return keep_file(k, file, settle_table(&file->out, l->writer, made == LT_OK ? EXIT_DONE : say_error(k->p, &error)));
}

/* Without pandoc there is no docx, which is said once and ends nothing. */
static int write_report(pack *k, const char *folder, const char *format)
{
    const program *p = k->p;
    lt_error error = {0};
    pack_file *file;
    int code = next_file(k, folder, "report", format, &file);
    if (code == EXIT_DONE) code = open_output_at(&file->out, p, file->path);
    if (code != EXIT_DONE) return keep_file(k, file, code);
    lt_sink sink = output_sink(&file->out);
    lt_report_options options = *k->report;
    options.chain = k->lists.chain;
    options.format = format;
    lt_code made = lt_report_write(&options, &sink, &error);
    if (made == LT_E_LIMIT && error.message == LT_MSG_PANDOC_MISSING) {
        say_error(p, &error);
        say_note(p, LT_MSG_PACK_NO_DOCX);
        k->no_pandoc = true;
        keep_file(k, file, close_output(&file->out, EXIT_GAVE_UP));
        return EXIT_DONE;
    }
    if (made != LT_OK && made != LT_E_IO) code = say_error(p, &error);
    return keep_file(k, file, settle_output(&file->out, code));
}

static bool has_links(const pack_lists *l)
{
    for (uint32_t i = 0; i < l->gaps.count; i++)
        if (!lt_links(l->p->dataset)[i].abstract && lt_link_in_chain(l->p->dataset, i, l->chain)) return true;
    return false;
}

static int write_chain(pack *k, lt_node chain, const char *folder)
{
    int code = add_folder(k, folder);
    if (code != EXIT_DONE) return code;
    k->lists.chain = chain;
    k->p->args.chain = k->p->args.pack = lt_node_id(k->p->dataset, chain); /* each workbook names a command that makes it */
    collect_ties(&k->lists);
    k->lists.has_links = has_links(&k->lists);
    if (k->lists.has_links) {
        code = write_maps(k, folder);
    } else {
        say_about(k->p, LT_MSG_PACK_NO_LINKS, lt_node_name(k->p->dataset, chain));
    }
    if (code == EXIT_DONE) code = write_lists(k, folder);
    if (code == EXIT_DONE) code = write_report(k, folder, "html");
    return code == EXIT_DONE && !k->no_pandoc ? write_report(k, folder, "docx") : code;
}

/* A sub-folder's name: an id may hold what a file name may not, on Windows neither. Different ids stay different. */
static char *sub_folder(const char *folder, const char *id)
{
    char *path = NULL;
    size_t size;
    FILE *file = open_memstream(&path, &size);
    if (!file) return NULL;
    fprintf(file, "%s/", folder);
    for (const char *c = id; *c; c++) {
        bool plain = !strchr("/%\\:*?\"<>|", *c) && !(*c == '.' && (c == id || !c[1]));
        if (plain) fputc(*c, file);
        else fprintf(file, "%%%02X", (unsigned)*c);
    }
    bool written = !ferror(file);
    if (fclose(file) == 0 && written) return path;
    free(path);
    return NULL;
}

static int write_chains(pack *k, const char *folder)
{
    const lt_dataset *ds = k->p->dataset;
    bool any = false;
    int code = EXIT_DONE;
    for (uint32_t i = 0; i < lt_count(ds, LT_CHAIN) && code == EXIT_DONE; i++) {
        lt_node chain = lt_node_at(ds, LT_CHAIN, i);
        if (lt_chains(ds)[i].tier == LT_TIER_OTHER) continue;
        any = true;
        char *path = sub_folder(folder, lt_node_id(ds, chain));
        code = path ? add_folder(k, folder) : no_memory(k->p);
        if (code == EXIT_DONE) code = write_chain(k, chain, path);
        free(path);
    }
    return any ? code : usage_error(k->p, LT_MSG_USAGE_OPTION_NEEDED, WORDS("report --pack", "--chain"));
}

static int analyse(pack *k)
{
    program *p = k->p;
    pack_lists *l = &k->lists;
    lt_error error = {0};
    size_t ties = lt_count(p->dataset, LT_CAPABILITY) + lt_count(p->dataset, LT_PROSPECT) + 1;
    l->ties = calloc(ties, sizeof *l->ties);
    l->by_link = calloc(ties, sizeof *l->by_link);
    if (!l->ties || !l->by_link) return no_memory(p);
    lt_code code = lt_gaps_analyse(p->dataset, &p->policy, &l->gaps, &error);
    if (code == LT_OK) code = lt_targets_analyse(p->dataset, &l->gaps, &p->policy, &l->targets, &error);
    if (code == LT_OK) code = lt_briefing_new(p->dataset, &l->gaps, &p->policy, p->rules, 0, &l->briefing, &error);
    if (code == LT_OK) code = lt_chain_leads(p->dataset, &l->leads, &l->lead_count, &error);
    return code == LT_OK ? EXIT_DONE : say_error(p, &error);
}

static bool is_number(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isdigit((unsigned char)text[i])) return false;
    return length > 0;
}

/* A name that only a bundle gives: industry.pdf, targeting-3.svg, lists.xlsx, report.docx. */
static bool is_pack_name(const char *name)
{
    const char *ending = strrchr(name, '.');
    if (strcmp(name, "lists.xlsx") == 0 || strcmp(name, "report.html") == 0 || strcmp(name, "report.docx") == 0) return true;
    if (!ending || (strcmp(ending, ".pdf") != 0 && strcmp(ending, ".svg") != 0)) return false;
    for (size_t i = 0; i < MAPS; i++) {
        size_t length = strlen(map_types[i]);
        if (strncmp(name, map_types[i], length) != 0) continue;
        const char *rest = name + length;
        if (rest == ending || (*rest == '-' && is_number(rest + 1, (size_t)(ending - rest - 1)))) return true;
    }
    return false;
}

static bool is_of_pack(const pack *k, const char *path)
{
    for (size_t i = 0; i < k->file_count; i++)
        if (strcmp(k->files[i].path, path) == 0) return true;
    return false;
}

static int only_pack_names(const struct dirent *entry)
{
    return is_pack_name(entry->d_name);
}

/* Pages and reports of an earlier bundle that this one does not have would pass for its own: they go, and are named. */
static int drop_stale(const pack *k, const char *folder)
{
    struct dirent **entries = NULL;
    int code = EXIT_DONE, count = scandir(folder, &entries, only_pack_names, alphasort);
    if (count < 0) return file_failed(k->p, folder);
    for (int i = 0; i < count; free(entries[i++])) {
        struct stat info;
        char *path = NULL;
        if (code != EXIT_DONE) continue;
        if (asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0) {
            code = no_memory(k->p);
            continue;
        }
        bool is_stale = !is_of_pack(k, path) && lstat(path, &info) == 0 && (S_ISREG(info.st_mode) || S_ISLNK(info.st_mode));
        if (is_stale && unlink(path) != 0) code = file_failed(k->p, path);
        else if (is_stale) say_about(k->p, LT_MSG_PACK_STALE, path);
        free(path);
    }
    free(entries);
    return code;
}

/* In every folder that files were written to. */
static int drop_all_stale(const pack *k)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < k->file_count && code == EXIT_DONE; i++) {
        const char *path = k->files[i].path, *ending = "/lists.xlsx";
        size_t length = strlen(path), tail = strlen(ending); /* each bundle has one */
        if (length < tail || strcmp(path + length - tail, ending) != 0) continue;
        char *folder = strndup(path, length - tail);
        code = folder ? drop_stale(k, folder[0] ? folder : "/") : no_memory(k->p);
        free(folder);
    }
    return code;
}

static int by_path(const void *left, const void *right)
{
    return strcmp(((const pack_file *)left)->path, ((const pack_file *)right)->path);
}

/* Where a file cannot get its name, those that have theirs lose it again: a part of a bundle would pass for the whole. */
static int name_files(pack *k, int code)
{
    size_t named = 0;
    for (size_t i = 0; i < k->file_count; i++) {
        bool is_regular = k->files[i].out.beside != NULL;
        code = close_output(&k->files[i].out, code);
        if (code == EXIT_DONE) k->files[i].is_named = is_regular, named = i + 1;
    }
    for (size_t i = 0; i < named && code != EXIT_DONE; i++)
        if (k->files[i].is_named) unlink(k->files[i].path);
    return code;
}

/* Names every file, or after a failure drops them all, with the folders that were made for them. */
static int finish(pack *k, int code)
{
    if (k->file_count > 0) qsort(k->files, k->file_count, sizeof *k->files, by_path);
    code = name_files(k, code);
    if (code == EXIT_DONE) code = drop_all_stale(k);
    for (size_t i = 0; i < k->file_count && code == EXIT_DONE; i++) printf("%s\n", k->files[i].path);
    for (size_t i = k->folder_count; i > 0 && code != EXIT_DONE; i--) rmdir(k->folders[i - 1]); /* unless something is in it */
    return code;
}

static void pack_done(pack *k)
{
    pack_lists *l = &k->lists;
    for (size_t i = 0; i < k->file_count; i++) free(k->files[i].path);
    for (size_t i = 0; i < k->folder_count; i++) free(k->folders[i]);
    free(k->files);
    free(k->folders);
    free(l->ties);
    free(l->by_link);
    lt_gaps_done(&l->gaps);
    lt_targets_done(&l->targets);
    lt_briefing_free(l->briefing);
    lt_chain_leads_free(l->leads);
}

int write_pack(program *p, const lt_report_options *report)
{
    pack k = {.p = p, .lists = {.p = p}, .report = report};
    char *folder = strdup(p->args.pack);
    if (!folder) return no_memory(p);
    for (size_t length = strlen(folder); length > 1 && folder[length - 1] == '/'; length--) folder[length - 1] = '\0';
    const char *given = p->args.pack, *asked = p->args.chain;
    int code = analyse(&k);
    if (code == EXIT_DONE) code = report->chain != LT_NONE ? write_chain(&k, report->chain, folder) : write_chains(&k, folder);
    code = finish(&k, code);
    p->args.pack = given;
    p->args.chain = asked;
    pack_done(&k);
    free(folder);
    return code;
}
