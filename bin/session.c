/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

static char *join(const char *folder, const char *middle, const char *name)
{
    char *path;
    return asprintf(&path, "%s%s%s", folder, middle, name) < 0 ? NULL : path;
}

/* share/liantu beside the folder of the running program, so that an installed tree can be moved; else where it was to go. */
char *installed_file(const char *name)
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    char *path = NULL;
    if (length > 0) {
        self[length] = '\0';
        char *slash = strrchr(self, '/');
        if (slash) *slash = '\0';
        path = join(self, "/../share/liantu/", name);
        char *plain = path ? realpath(path, NULL) : NULL; /* it is shown in messages */
        free(path);
        if (plain) return plain;
    }
    path = join(LIANTU_DATADIR, "/", name);
    if (path && access(path, R_OK) == 0) return path;
    free(path);
    return NULL;
}

static lt_code load_policy(program *p, lt_error *error)
{
    lt_code code = lt_policy_load(p->args.policy, &p->policy, error);
    return code == LT_OK ? lt_rules_load(p->args.policy, &p->rules, error) : code;
}

static lt_load_options load_options(const program *p)
{
    const char *weakest = p->args.min_basis;
    return (lt_load_options){
        .overlays = p->args.overlays,
        .overlay_count = p->args.overlay_count,
        .filter = weakest != NULL,
        .weakest = weakest && strcmp(weakest, "inferred") == 0 ? LT_BASIS_INFERRED : LT_BASIS_STATED,
        .strict = p->args.strict,
    };
}

static int load_folder(const program *p, const char *folder, const lt_load_options *options, lt_dataset **dataset,
                       lt_defects *defects)
{
    lt_error error = {0};
    lt_defects found = {0};
    lt_code code = lt_dataset_load(folder, options, dataset, &found, &error);
    int exit_code = EXIT_DONE;
    if (code == LT_E_DATA) {
        say_defects(p, &found);
        exit_code = EXIT_DATA;
    } else if (code != LT_OK) {
        exit_code = say_error(p, &error);
    }
    if (defects && code == LT_OK) *defects = found;
    else lt_defects_done(&found);
    return exit_code;
}

static int load(const program *p, const lt_load_options *options, lt_dataset **dataset, lt_defects *defects)
{
    return load_folder(p, p->args.data ? p->args.data : p->data_folder, options, dataset, defects);
}

int open_pair(program *p, lt_dataset **before, lt_policy *old_policy)
{
    lt_error error = {0};
    lt_code code = load_policy(p, &error);
    *old_policy = p->policy;
    if (code == LT_OK && p->args.old_policy) code = lt_policy_load(p->args.old_policy, old_policy, &error);
    if (code != LT_OK) return say_error(p, &error);
    lt_load_options options = load_options(p), plain = options;
    plain.overlay_count = 0;
    int done = load_folder(p, p->args.operands[0], &plain, before, NULL);
    return done == EXIT_DONE ? load_folder(p, p->args.operands[1], &options, &p->dataset, NULL) : done;
}

int open_dataset(program *p, lt_defects *defects)
{
    lt_error error = {0};
    if (load_policy(p, &error) != LT_OK) return say_error(p, &error);
    if (!p->args.data && !(p->data_folder = installed_file("xinxiang-542"))) return usage_error(p, LT_MSG_USAGE_NO_DATA, NULL);
    lt_load_options options = load_options(p);
    return load(p, &options, &p->dataset, defects);
}

int open_without(const program *p, const char *id, lt_dataset **dataset)
{
    lt_load_options options = load_options(p);
    options.without = &id;
    options.without_count = 1;
    return load(p, &options, dataset, NULL);
}

int open_all_facts(const program *p, lt_dataset **dataset)
{
    lt_load_options options = load_options(p);
    options.filter = false;
    return load(p, &options, dataset, NULL);
}

bool zone_within(const lt_dataset *ds, lt_node zone, lt_node other)
{
    while (zone != LT_NONE && lt_node_kind(ds, zone) == LT_ZONE) {
        if (zone == other) return true;
        zone = lt_zones(ds)[lt_node_index(ds, zone)].parent;
    }
    return false;
}

int find_link(const program *p, const char *id, uint32_t *link)
{
    lt_node node = lt_find(p->dataset, id);
    if (node == LT_NONE || lt_node_kind(p->dataset, node) != LT_LINK) return usage_error(p, LT_MSG_USAGE_NO_SUCH_LINK, WORDS(id));
    *link = lt_node_index(p->dataset, node);
    return EXIT_DONE;
}

/* A node of a kind that an option names; LT_NONE where it names none. Those that there are go into `message`. */
static int find_node(const program *p, lt_kind kind, const char *id, lt_message message, lt_node *found)
{
    *found = id ? lt_find(p->dataset, id) : LT_NONE;
    if (!id || (*found != LT_NONE && lt_node_kind(p->dataset, *found) == kind)) return EXIT_DONE;
    *found = LT_NONE;
    static const char ellipsis[] = "…";
    char known[768] = "";
    for (uint32_t i = 0; i < lt_count(p->dataset, kind); i++) {
        size_t length = strlen(known), room = sizeof known - sizeof ellipsis - length;
        int needed = snprintf(known + length, room, "%s%s", i ? "·" : "", lt_node_id(p->dataset, lt_node_at(p->dataset, kind, i)));
        if ((size_t)needed < room) continue;
        strcpy(known + length, ellipsis);
        break;
    }
    return usage_error(p, message, WORDS(id, known));
}

int find_chain(const program *p, lt_node *chain)
{
    return find_node(p, LT_CHAIN, p->args.chain, LT_MSG_USAGE_NO_SUCH_CHAIN, chain);
}

int find_zone(const program *p, lt_node *zone)
{
    return find_node(p, LT_ZONE, p->args.zone, LT_MSG_USAGE_NO_SUCH_ZONE, zone);
}

int open_before(const program *p, lt_dataset **dataset)
{
    lt_load_options options = load_options(p);
    options.overlay_count = 0;
    return load(p, &options, dataset, NULL);
}

int open_earlier(const program *p, const char *folder, lt_dataset **dataset)
{
    lt_load_options options = load_options(p);
    options.overlay_count = 0;
    return load_folder(p, folder, &options, dataset, NULL);
}

int open_gaps(program *p, lt_node *chain, lt_gaps *gaps)
{
    lt_error error = {0};
    int code = open_dataset(p, NULL);
    if (code == EXIT_DONE) code = find_chain(p, chain);
    if (code == EXIT_DONE && lt_gaps_analyse(p->dataset, &p->policy, gaps, &error) != LT_OK) code = say_error(p, &error);
    return code;
}
