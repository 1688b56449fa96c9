/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "program.h"

static int exit_code(lt_code code)
{
    switch (code) {
    case LT_OK: return EXIT_DONE;
    case LT_E_DATA:
    case LT_E_POLICY: return EXIT_DATA;
    case LT_E_IO: return EXIT_FILE;
    case LT_E_ARGUMENT: return EXIT_USAGE;
    case LT_E_MEMORY:
    case LT_E_LIMIT: return EXIT_GAVE_UP;
    case LT_E_INTERNAL: break;
    }
    return EXIT_BUG;
}

static void say_line(const char *prefix, const char *text)
{
    fputs(prefix, stderr);
    for (const char *c = text; *c; c++) {
        bool control = (unsigned char)*c < 0x20 || *c == 0x7f; /* data must not steer a terminal, nor break the line */
        if (control) fprintf(stderr, "\\x%02x", (unsigned char)*c);
        else fputc(*c, stderr);
    }
    fputc('\n', stderr);
}

void say_note(const program *p, lt_message message)
{
    say_line("liantu: ", lt_message_pattern(p->lang, message));
}

void say_about(const program *p, lt_message message, const char *name)
{
    char text[8192];
    lt_message_format(text, sizeof text, p->lang, message, WORDS(name), 1);
    say_line("liantu: ", text);
}

static void say(const program *p, const char *prefix, const lt_error *error)
{
    char text[8192];
    lt_error_text(error, p->lang, text, sizeof text);
    say_line(prefix, text);
}

int say_error(const program *p, const lt_error *error)
{
    bool is_input = error->code == LT_E_DATA || error->code == LT_E_POLICY;
    say(p, is_input ? "" : "liantu: ", error);
    return exit_code(error->code);
}

/* The warning's mark stands behind the place, so that every line begins with FILE:LINE. */
static void say_warning(const program *p, const lt_error *warning)
{
    char place[4096], text[4096], line[8192];
    const char *args[LT_ERROR_ARGS];
    for (int i = 0; i < LT_ERROR_ARGS; i++) args[i] = warning->arg[i];
    lt_message_format(text, sizeof text, p->lang, warning->message, args, LT_ERROR_ARGS);
    snprintf(place, sizeof place, "%s:%zu: %s/%s: ", warning->file, warning->line, warning->kind, warning->field);
    snprintf(line, sizeof line, "%s%s%s", place, lt_message_pattern(p->lang, LT_MSG_WARNING_PREFIX), text);
    say_line("", line);
}

static void say_rest(const program *p, lt_message message, size_t total, size_t shown)
{
    if (total <= shown) return;
    char all[24], some[24], text[256];
    snprintf(all, sizeof all, "%zu", total);
    snprintf(some, sizeof some, "%zu", shown);
    lt_message_format(text, sizeof text, p->lang, message, WORDS(all, some), 2);
    say_line("", text);
}

void say_defects(const program *p, const lt_defects *defects)
{
    for (size_t i = 0; i < defects->defect_count; i++) say(p, "", &defects->defects[i]);
    say_rest(p, LT_MSG_MORE_DEFECTS, defects->defect_total, defects->defect_count);
}

void say_warnings(const program *p, const lt_defects *defects)
{
    for (size_t i = 0; i < defects->warning_count; i++) say_warning(p, &defects->warnings[i]);
    say_rest(p, LT_MSG_MORE_WARNINGS, defects->warning_total, defects->warning_count);
}
