/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A docx by pandoc, run as a program on the Markdown of the document, with a reference document of our own. Its files stand
   in a folder of their own while it runs. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/docx.h"

extern const unsigned char lti_report_reference_text[];
extern const size_t lti_report_reference_size;
extern char **environ;

enum { PATH = 512 };

/** The folder and what stands in it. */
typedef struct {
    char folder[PATH], input[PATH + 32], reference[PATH + 32], output[PATH + 32], complaint[PATH + 32];
    size_t pictures;
} workplace;

static lt_code fail(lt_error *error, lt_code code, lt_message message, const char *argument)
{
    *error = (lt_error){.code = code, .message = message};
    snprintf(error->arg[0], sizeof error->arg[0], "%s", argument);
    return code;
}

static lt_code write_whole(const char *path, const char *bytes, size_t size, lt_error *error)
{
    FILE *file = fopen(path, "wbe");
    bool written = file && fwrite(bytes, 1, size, file) == size;
    if (file) written &= fclose(file) == 0;
    return written ? LT_OK : fail(error, LT_E_INTERNAL, LT_MSG_TEMPORARY_FILES, "");
}

static lt_code open_workplace(workplace *w, lt_error *error)
{
    const char *parent = getenv("TMPDIR");
    *w = (workplace){0};
    int length = snprintf(w->folder, sizeof w->folder, "%s/liantu-report-XXXXXX", parent && *parent ? parent : "/tmp");
    if (length < 0 || (size_t)length >= sizeof w->folder || !mkdtemp(w->folder)) {
        w->folder[0] = '\0';
        return fail(error, LT_E_INTERNAL, LT_MSG_TEMPORARY_FILES, "");
    }
    snprintf(w->input, sizeof w->input, "%s/report.md", w->folder);
    snprintf(w->reference, sizeof w->reference, "%s/reference.docx", w->folder);
    snprintf(w->output, sizeof w->output, "%s/report.docx", w->folder);
    snprintf(w->complaint, sizeof w->complaint, "%s/complaint.txt", w->folder);
    return LT_OK;
}

static void picture_path(const workplace *w, size_t number, char path[PATH + 32])
{
    snprintf(path, PATH + 32, "%s/picture-%zu.png", w->folder, number);
}

static void close_workplace(const workplace *w)
{
    char path[PATH + 32];
    if (!w->folder[0]) return;
    unlink(w->input);
    unlink(w->reference);
    unlink(w->output);
    unlink(w->complaint);
    for (size_t i = 1; i <= w->pictures; i++) {
        picture_path(w, i, path);
        unlink(path);
    }
    rmdir(w->folder);
}

static lt_code fill_workplace(workplace *w, const lt_document *doc, lt_error *error)
{
    char path[PATH + 32];
    lti_buffer markdown = {0};
    lti_put_markdown(&markdown, doc, ".");
    lt_code code = markdown.failed ? fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, "")
                                   : write_whole(w->input, markdown.data, markdown.length, error);
    free(markdown.data);
    if (code == LT_OK) code = write_whole(w->reference, (const char *)lti_report_reference_text, lti_report_reference_size, error);
    for (size_t i = 0; i < doc->block_count && code == LT_OK; i++) {
        if (doc->blocks[i].type != LT_DOC_PICTURE) continue;
        picture_path(w, ++w->pictures, path);
        code = write_whole(path, doc->blocks[i].picture.bytes, doc->blocks[i].picture.size, error);
    }
    return code;
}

/* What pandoc said, as far as it fits an error. */
static lt_code pandoc_failed(const workplace *w, lt_error *error)
{
    char said[LT_ERROR_ARG_SIZE - 8] = "";
    FILE *file = fopen(w->complaint, "re");
    size_t length = file ? fread(said, 1, sizeof said - 1, file) : 0;
    if (file) fclose(file);
    said[length] = '\0';
    for (char *c = said; *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' ';
    return fail(error, LT_E_LIMIT, LT_MSG_PANDOC_FAILED, said);
}

/* The environment with a date that is always the same, so that the same report gives the same bytes. */
static char **fixed_environment(void)
{
    static char date[] = "SOURCE_DATE_EPOCH=315532800";
    size_t count = 0, kept = 0;
    while (environ[count]) count++;
    char **copy = calloc(count + 2, sizeof *copy);
    for (size_t i = 0; i < count && copy; i++)
        if (strncmp(environ[i], "SOURCE_DATE_EPOCH=", 18) != 0) copy[kept++] = environ[i];
    if (copy) copy[kept] = date;
    return copy;
}

static lt_code run_pandoc(const workplace *w, lt_error *error)
{
    static const char from[] =
        "markdown_strict+pipe_tables+fenced_divs+backtick_code_blocks+raw_attribute+link_attributes+all_symbols_escapable"
        "+header_attributes+intraword_underscores";
    char resources[PATH + 32], reference[PATH + 64];
    snprintf(resources, sizeof resources, "--resource-path=%s", w->folder);
    snprintf(reference, sizeof reference, "--reference-doc=%s", w->reference);
    const char *arguments[] = {
        "pandoc", "-f", from, "-t", "docx", "--columns=10", reference, resources, "-o", w->output, "--data-dir=/dev/null",
        w->input, NULL};
    char **environment = fixed_environment();
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 0;
    if (!environment) return fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, "");
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, w->complaint, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int failed = posix_spawnp(&child, "pandoc", &actions, NULL, (char *const *)(uintptr_t)arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    free(environment);
    if (failed == ENOENT) return fail(error, LT_E_LIMIT, LT_MSG_PANDOC_MISSING, "");
    if (failed) return fail(error, LT_E_LIMIT, LT_MSG_PANDOC_FAILED, strerror(failed));
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return fail(error, LT_E_LIMIT, LT_MSG_PANDOC_FAILED, strerror(errno));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? LT_OK : pandoc_failed(w, error);
}

/* What pandoc wrote, whole. */
static lt_code read_output(const workplace *w, lti_buffer *written, lt_error *error)
{
    char bytes[65536];
    size_t length;
    FILE *file = fopen(w->output, "rbe");
    if (!file) return pandoc_failed(w, error);
    while ((length = fread(bytes, 1, sizeof bytes, file)) > 0) lti_buffer_add(written, bytes, length);
    bool whole = !ferror(file);
    fclose(file);
    if (written->failed) return fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, "");
    return whole ? LT_OK : fail(error, LT_E_INTERNAL, LT_MSG_TEMPORARY_FILES, "");
}

static lt_code finish(const workplace *w, const lt_sink *sink, lt_error *error)
{
    lti_buffer written = {0}, finished = {0};
    lt_code code = read_output(w, &written, error);
    lti_bytes zip = {(const uint8_t *)written.data, written.length};
    if (code == LT_OK && !lti_docx_finish(&zip, &finished))
        code = finished.failed ? fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, "")
                               : fail(error, LT_E_LIMIT, LT_MSG_PANDOC_FAILED, "docx");
    free(written.data);
    if (code == LT_OK) return lti_buffer_flush(&finished, sink, error);
    free(finished.data);
    return code;
}

lt_code lti_write_docx(const lt_document *doc, const lt_sink *sink, lt_error *error)
{
    workplace w;
    lt_code code = open_workplace(&w, error);
    if (code == LT_OK) code = fill_workplace(&w, doc, error);
    if (code == LT_OK) code = run_pandoc(&w, error);
    if (code == LT_OK) code = finish(&w, sink, error);
    int reason = errno;
    close_workplace(&w);
    errno = reason;
    return code;
}
