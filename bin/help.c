/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "program.h"

enum { NAME_COLUMN = 28 };

static const char *text(const program *p, lt_message message)
{
    return lt_message_pattern(p->lang, message);
}

/* Pads by display width; a Han character takes two columns. */
static void print_row(const char *left, const char *right)
{
    size_t width = 0;
    for (const char *c = left; *c; c++) {
        bool starts_character = ((unsigned char)*c & 0xC0) != 0x80;
        if (starts_character) width += (unsigned char)*c >= 0xE3 ? 2 : 1;
    }
    printf("  %s%*s%s\n", left, width < NAME_COLUMN ? (int)(NAME_COLUMN - width) : 1, "", right);
}

/* What stands behind an option's name: the words it takes, or what its value is. */
static void value_text(const program *p, const option *o, char *value, size_t size)
{
    value[0] = '\0';
    for (const char *const *word = o->words; word && *word; word++) {
        size_t length = strlen(value);
        snprintf(value + length, size - length, "%s%s", length ? "|" : " ", *word);
    }
    if (!o->words && o->type != OPTION_FLAG) snprintf(value, size, " %s", text(p, o->value));
}

static void print_options(const program *p, const option *options)
{
    for (const option *o = options; o->name; o++) {
        char left[256], value[160], letter[8] = "";
        if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
        value_text(p, o, value, sizeof value);
        snprintf(left, sizeof left, "%s--%s%s", letter, o->name, value);
        print_row(left, text(p, o->help));
    }
}

int print_help(const program *p)
{
    if (p->command) {
        printf("%sliantu %s", text(p, LT_MSG_HELP_USAGE), p->command->name);
        for (size_t i = 0; i < p->command->operands; i++) printf(" %s", text(p, p->command->operand[i]));
        for (const option *o = p->command->options; o->name; o++) {
            char value[160];
            value_text(p, o, value, sizeof value);
            if (o->required) printf(" --%s%s", o->name, value);
        }
        printf(" […]\n\n%s\n\n%s\n", text(p, p->command->help), text(p, LT_MSG_HELP_OPTIONS));
        print_options(p, p->command->options);
        printf("\n");
    } else {
        printf("%s%s\n\n%s\n\n%s\n", text(p, LT_MSG_HELP_USAGE), text(p, LT_MSG_HELP_USAGE_LINE), text(p, LT_MSG_HELP_ABOUT),
               text(p, LT_MSG_HELP_COMMANDS));
        for (const command *c = commands; c->name; c++) print_row(c->name, text(p, c->help));
        printf("\n");
    }
    printf("%s\n", text(p, LT_MSG_HELP_GLOBAL));
    print_options(p, global_options);
    printf("\n%s\n", text(p, LT_MSG_HELP_EXIT));
    return EXIT_DONE;
}
