/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

const char *const table_formats[] = {"text", "json", "csv", "xlsx", NULL};

/* A reader that has gone away is no news to anybody, so a closed pipe ends the program without a word. */
static int failed(const output *out)
{
    int reason = errno;
    const char *name = out->path ? out->path : lt_message_pattern(out->program->lang, LT_MSG_STDOUT_NAME);
    char text[2048];
    lt_message_format(text, sizeof text, out->program->lang, LT_MSG_DISK_ERROR, WORDS(name, strerror(reason)), 2);
    if (reason != EPIPE) fprintf(stderr, "liantu: %s\n", text);
    return EXIT_FILE;
}

static mode_t file_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Says why, by errno, and leaves nothing of an output that has no file. */
static int drop_unopened(output *out)
{
    int code = failed(out);
    if (out->beside) unlink(out->beside);
    free(out->beside);
    free(out->path);
    *out = (output){0};
    return code;
}

int open_output(output *out, const program *p)
{
    return open_output_at(out, p, p->args.output);
}

int open_output_at(output *out, const program *p, const char *path)
{
    *out = (output){.program = p, .file = stdout};
    if (!path) return EXIT_DONE;
    /* a link is written through; a device or a pipe cannot be renamed over and is written to */
    struct stat info;
    bool exists = stat(path, &info) == 0;
    out->path = exists ? realpath(path, NULL) : strdup(path);
    if (!out->path) return failed(out);
    if (exists && !S_ISREG(info.st_mode)) {
        out->file = fopen(out->path, "we");
        return out->file ? EXIT_DONE : drop_unopened(out);
    }
    int fd = -1;
    if (asprintf(&out->beside, "%s.XXXXXX", out->path) < 0) out->beside = NULL;
    if (out->beside) fd = mkostemp(out->beside, 0);
    if (fd < 0) {
        free(out->beside);
        out->beside = NULL;
        return drop_unopened(out);
    }
    fchmod(fd, exists ? info.st_mode & 07777 : file_mode());
    out->file = fdopen(fd, "w");
    if (out->file) return EXIT_DONE;
    int code = drop_unopened(out);
    close(fd);
    return code;
}

static int write_to_file(void *context, const char *bytes, size_t length)
{
    output *out = context;
    return fwrite(bytes, 1, length, out->file) == length ? 0 : -1;
}

lt_sink output_sink(output *out)
{
    return (lt_sink){write_to_file, out};
}

static int finish_file(output *out, int code)
{
    if (!out->file) return code;
    bool written = fflush(out->file) == 0 && !ferror(out->file);
    if (out->file != stdout) written &= fclose(out->file) == 0;
    out->file = NULL;
    return code == EXIT_DONE && !written ? failed(out) : code;
}

int settle_output(output *out, int code)
{
    code = finish_file(out, code);
    return code == EXIT_DONE ? code : close_output(out, code);
}

int close_output(output *out, int code)
{
    code = finish_file(out, code);
    if (code == EXIT_DONE && out->beside && rename(out->beside, out->path) != 0) code = failed(out);
    if (code != EXIT_DONE && out->beside) unlink(out->beside);
    free(out->beside);
    free(out->path);
    *out = (output){0};
    return code;
}

const char *output_format(const program *p, const char *const *words, const char *fallback)
{
    if (p->args.format) return p->args.format;
    const char *ending = p->args.output ? strrchr(p->args.output, '.') : NULL;
    for (size_t i = 0; ending && words[i]; i++)
        if (strcmp(words[i], ending + 1) == 0) return words[i];
    return fallback;
}

static bool wants_colour(const program *p)
{
    const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");
    bool dumb = terminal && strcmp(terminal, "dumb") == 0;
    return !p->args.output && isatty(STDOUT_FILENO) && !(none && *none) && !dumb;
}

const char *table_format(const program *p)
{
    bool on_terminal = !p->args.output && isatty(STDOUT_FILENO);
    return output_format(p, table_formats, on_terminal ? "text" : "json");
}

static void append_option(char *buffer, size_t size, const char *name, const char *value)
{
    append_text(buffer, size, buffer[0] ? " --" : "--");
    append_text(buffer, size, name);
    if (value) append_text(buffer, size, " ");
    if (value) append_text(buffer, size, value);
}

/* What was asked for, in the order of the option rows. Of files only the names: their folders are the machine's. */
static void spell_arguments(const program *p, char *buffer, size_t size)
{
    buffer[0] = '\0';
    if (p->command->operands == 1 && p->args.operands[0]) append_text(buffer, size, p->args.operands[0]);
    for (const option *o = p->command->options; o->name; o++) {
        const char *field = (const char *)&p->args + o->offset;
        bool is_flag = o->type == OPTION_FLAG;
        const char *value = is_flag ? NULL : *(const char *const *)(const void *)field;
        if (value && (o->value == LT_MSG_VALUE_FILE || o->value == LT_MSG_VALUE_FOLDER)) value = basename(value);
        if (strcmp(o->name, "format") != 0 && (is_flag ? *(const bool *)(const void *)field : value != NULL))
            append_option(buffer, size, o->name, value);
    }
    if (p->args.min_basis) append_option(buffer, size, "min-basis", p->args.min_basis);
    for (size_t i = 0; i < p->args.overlay_count; i++) append_option(buffer, size, "overlay", basename(p->args.overlays[i]));
}

lt_table_writer *open_table(output *out, const program *p, int *code)
{
    return open_table_at(out, p, p->args.output, table_format(p), NULL, code);
}

lt_table_writer *open_table_at(output *out, const program *p, const char *path, const char *format, const char *subject, int *code)
{
    *code = open_output_at(out, p, path);
    if (*code != EXIT_DONE) return NULL;
    lt_error error = {0};
    if (lt_dataset_digest(p->dataset, out->digest, &error) != LT_OK ||
        lt_policy_digest(&p->policy, p->rules, out->policy_digest, &error) != LT_OK) {
        *code = close_output(out, say_error(p, &error));
        return NULL;
    }
    spell_arguments(p, out->arguments, sizeof out->arguments);
    lt_table_head head = {
        .version = LIANTU_VERSION,
        .command = p->command->name,
        .dataset_id = lt_dataset_id(p->dataset),
        .dataset_title = lt_dataset_title(p->dataset),
        .as_of = lt_dataset_as_of(p->dataset),
        .digest = out->digest,
        .policy_digest = out->policy_digest,
        .arguments = out->arguments,
        .subject = subject,
        .dataset = p->dataset,
        .lang = p->lang,
        .colour = wants_colour(p),
    };
    lt_sink sink = output_sink(out);
    lt_table_writer *writer = lt_table_new(format, &head, &sink);
    if (!writer) *code = close_output(out, say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY}));
    return writer;
}

int close_table(output *out, lt_table_writer *writer)
{
    return end_table(out, writer, EXIT_DONE);
}

static int finish_table(output *out, lt_table_writer *writer, int code)
{
    lt_error error = {0};
    if (code != EXIT_DONE) lt_table_abandon(writer);
    if (lt_table_end(writer, &error) != 0 && code == EXIT_DONE)
        code = error.code == LT_OK ? failed(out) : say_error(out->program, &error);
    return code;
}

int end_table(output *out, lt_table_writer *writer, int code)
{
    return close_output(out, finish_table(out, writer, code));
}

int settle_table(output *out, lt_table_writer *writer, int code)
{
    return settle_output(out, finish_table(out, writer, code));
}
