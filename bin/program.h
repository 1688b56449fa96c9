/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdbool.h>
#include <stdio.h>

#include "liantu/liantu.h"
#include "sink.h"
#include "table/table.h"

/* The program: arguments in, exit code out. Only files here print. */

enum { EXIT_DONE = 0, EXIT_DIFFERS = 1, EXIT_USAGE = 2, EXIT_DATA = 3, EXIT_FILE = 4, EXIT_GAVE_UP = 5, EXIT_BUG = 70 };

enum { OPERANDS = 2 }; /* at most */

/* Of diff and of report --since: ranks that count as no move, and millions of steps spent on what caused the changes. */
enum { MOVED_RANKS = 5, CAUSE_LIMIT = 3000 };

/** Everything the command line can say; a field is NULL or false where it says nothing. */
typedef struct {
    const char *data, *policy, *min_basis, *lang, *format, *output, *chain, *type, *explain, *without, *cost, *max_size, *limit,
        *seconds, *zone, *top, *details, *robust, *seed, *threads, *pick, *capacity, *method, *page, *sheet, *style, *status,
        *segment, *size, *dpi, *painter, *moved, *old_policy, *pack, *since;
    const char *operands[OPERANDS];
    const char **overlays;
    size_t overlay_count;
    bool strict, exact_only, exit_code, help, version, all;
} arguments;

typedef enum { OPTION_FLAG, OPTION_TEXT, OPTION_LIST } option_type;

/** One option: parsing, usage and help all come from this row. */
typedef struct {
    const char *name; /* without the dashes */
    char letter;      /* 0 = none */
    option_type type;
    size_t offset;    /* in arguments */
    lt_message value; /* what stands for its value in help */
    lt_message help;
    const char *const *words; /* allowed values, ended by NULL; NULL = any */
    bool required;
} option;

typedef struct program program;

/** One command: a row of the table in commands.c. */
typedef struct {
    const char *name;
    lt_message help;
    const option *options;        /* its own, ended by a row without name */
    int (*run)(program *p);       /* exit code */
    size_t operands;              /* that it wants */
    lt_message operand[OPERANDS]; /* what stands for them in help */
} command;

struct program {
    arguments args;
    const command *command;
    lt_lang lang;
    lt_policy policy;
    lt_rules *rules;
    lt_dataset *dataset;
    char *data_folder; /* owned: where the dataset was found when the line names none */
};

extern const option global_options[];
extern const command commands[];

/* options.c */

/** Reads the command line. @return EXIT_DONE, or EXIT_USAGE with the mistake said. */
int read_arguments(program *p, int argc, char **argv);
void free_arguments(program *p);
/** Says a mistake in one line on stderr. @return EXIT_USAGE. */
int usage_error(const program *p, lt_message message, const char *const *args);
/** A number that an option gives, or the fallback where it is not given. @return EXIT_DONE, or EXIT_USAGE with the mistake said. */
int read_number(const program *p, const char *name, const char *text, double lowest, double highest, double fallback,
                double *value);
/** As read_number, whole numbers only. */
int read_whole(const program *p, const char *name, const char *text, double lowest, double highest, double fallback, double *value);
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* help.c */
/** Help of the command, or of the program when none is named, on standard output. @return exit code. */
int print_help(const program *p);

/* report.c */

/** Says an error on stderr. @return its exit code. */
int say_error(const program *p, const lt_error *error);
/** Says something that ends nothing. */
void say_note(const program *p, lt_message message);
/** As say_note, with the name of what it is about. */
void say_about(const program *p, lt_message message, const char *name);
void say_defects(const program *p, const lt_defects *defects);
void say_warnings(const program *p, const lt_defects *defects);

/* session.c */

/** Loads policy and dataset as the line says; defects (may be NULL) gets the warnings. @return EXIT_DONE, or an exit code with the
 * reason said. */
int open_dataset(program *p, lt_defects *defects);
/** The node of --chain, or LT_NONE where it is not given. @return exit code. */
int find_chain(const program *p, lt_node *chain);
/** Loads the dataset, finds --chain and analyses the gaps, to be ended with lt_gaps_done on EXIT_DONE. @return exit code. */
int open_gaps(program *p, lt_node *chain, lt_gaps *gaps);
/** The node of --zone, or LT_NONE where it is not given. @return exit code. */
int find_zone(const program *p, lt_node *zone);
/** Whether a zone is another, or lies below it. */
bool zone_within(const lt_dataset *ds, lt_node zone, lt_node other);
/** Loads the dataset of the line once more, with everything that --min-basis leaves out. @return exit code. */
int open_all_facts(const program *p, lt_dataset **dataset);
/** Index of the link with this id. @return EXIT_DONE, or EXIT_USAGE with the mistake said. */
int find_link(const program *p, const char *id, uint32_t *link);
/** Loads policies and the two datasets that the operands name: the second is p->dataset, with overlays; old_policy is that of the
 * first. *before is freed by the caller. @return exit code. */
int open_pair(program *p, lt_dataset **before, lt_policy *old_policy);
/** Loads the dataset of the line once more, without one node. @return exit code. */
int open_without(const program *p, const char *id, lt_dataset **dataset);
/** Loads an earlier dataset as the line has datasets loaded, without overlays, which are of the new one. @return exit code. */
int open_earlier(const program *p, const char *folder, lt_dataset **dataset);
/** Loads the dataset of the line once more, without its overlays. @return exit code. */
int open_before(const program *p, lt_dataset **dataset);
/** A file that comes with the program: "xinxiang-542", "policy/default.json". NULL when it is not there; freed by the caller. */
char *installed_file(const char *name);

/* output.c */

/** Where a command's output goes: a file beside the one that -o names, or standard output. */
typedef struct {
    const program *program;
    FILE *file;
    char *path, *beside;                                        /* NULL for standard output and for what is no regular file */
    char digest[LT_DIGEST_SIZE], policy_digest[LT_DIGEST_SIZE]; /* what the head of a table names */
    char arguments[1024];
} output;

/** @return EXIT_DONE, or EXIT_FILE with the reason said. */
int open_output(output *out, const program *p);
/** As open_output, to a path of its own; NULL = standard output. */
int open_output_at(output *out, const program *p, const char *path);
lt_sink output_sink(output *out);
/** Ends the output; a file gets its name only when all is well so far (code is EXIT_DONE). @return code, or EXIT_FILE. */
int close_output(output *out, int code);
/** Writes what there is and leaves a file beside its name, which close_output gives it; after a failure as close_output. Of several
 * files none gets its name before all are whole. @return code, or EXIT_FILE. */
int settle_output(output *out, int code);

/** The format that the line asks for: --format, or by the ending of -o, or the default. */
const char *output_format(const program *p, const char *const *words, const char *fallback);

/** Begins the output of a table command. @return NULL after a failure (said, *code set). */
lt_table_writer *open_table(output *out, const program *p, int *code);
/** As open_table, to a path and in a format of its own, and of a subject; NULL = the dataset. */
lt_table_writer *open_table_at(output *out, const program *p, const char *path, const char *format, const char *subject, int *code);
/** Ends what open_table began. @return exit code. */
int close_table(output *out, lt_table_writer *writer);
/** As close_table after a failure that was said: nothing is left behind. @return code, or EXIT_FILE. */
int end_table(output *out, lt_table_writer *writer, int code);
/** As end_table, and leaves the file as settle_output does. */
int settle_table(output *out, lt_table_writer *writer, int code);

/** The format of a table: as output_format, by default text on a terminal and else JSON. */
const char *table_format(const program *p);

extern const char *const table_formats[];

/* sources.c */

/** Sources of the records that something rests on, borrowed; zero to begin with, `items` freed by the caller. */
typedef struct {
    const char **items;
    size_t count, capacity;
    bool failed; /* memory ran out */
} source_list;

/** Borrowed; nothing where it is NULL or empty. */
void add_source(source_list *sources, const char *source);
void add_sources(source_list *sources, const lt_dataset *ds, const lt_record *record);
/** Each once, in byte order. */
void sort_sources(source_list *sources);
/** Those that a link's figures rest on, in place of what the list held. */
void link_sources(source_list *sources, const lt_dataset *ds, const lt_coverage *coverage, uint32_t link);

/* names.c: lists of names in sentences. */

/** A text that grows in a fixed buffer and is cut between characters, with "…", where it does not fit. */
void append_text(char *buffer, size_t size, const char *text);
/** Names of links joined by the language's separator, at most `limit` of them, the rest said as "and others". */
void link_names(const program *p, const uint32_t *links, size_t count, size_t limit, char *buffer, size_t size);

/* terms.c: a word of the contract as a cell. */
lt_cell status_cell(lt_status status);
lt_cell action_cell(lt_action action);
lt_cell basis_cell(lt_basis basis);
lt_cell stage_cell(uint8_t stage);      /* null where not given */
lt_cell tier_cell(uint8_t tier);        /* null where not given */
lt_cell zone_type_cell(uint8_t type);   /* null where not given */
lt_cell zone_level_cell(uint8_t level); /* null where not given */

/* cmd_*.c */
int run_validate(program *p);
int run_stats(program *p);
int run_bottlenecks(program *p);
int run_cut(program *p);
int run_diff(program *p);
int run_gaps(program *p);
int run_map(program *p);
int run_portfolio(program *p);
int run_position(program *p);
int run_report(program *p);
int run_targets(program *p);
int run_unlock(program *p);

extern const option bottlenecks_options[], cut_options[], diff_options[], gaps_options[], map_options[], portfolio_options[],
    position_options[], report_options[], table_options[], targets_options[], unlock_options[], validate_options[];

/* cmd_plan.c: unlock --cost, and --all. */
int show_plan(program *p, lt_node chain, const uint32_t *target);

/* watch.c: long computations. */

/** Makes Ctrl-C end a computation instead of the program, and counts the time from now. */
void watch_begin(void);
/** The stop callback of lt_set_options: true after Ctrl-C; a progress line on a terminal past two seconds. */
bool watch_stop(void *context, double done);
/** Wipes the progress line. */
void watch_end(void);

/* cmd_failure.c: the views of a failure that bottlenecks offers. */

/** Names from where the failure began to a link that it brought down, joined by arrows. */
void failure_route(const program *p, const lt_failure *failure, uint32_t link, char *buffer, size_t size);
/** The supply edges of that route with their basis and sources. @return how many were written, at most limit. */
size_t failure_records(const program *p, const lt_failure *failure, uint32_t link, char (*records)[400], size_t limit);
int explain_failure(program *p, uint32_t link);
int show_loss(program *p, const char *id);

#endif
