/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

static const char *const languages[] = {"zh", "en", NULL};
static const char *const bases[] = {"stated", "inferred", NULL};
static const char *const binary_formats[] = {"xlsx", "docx", NULL};

#define AT(field) offsetof(arguments, field)
const option global_options[] = {
    {"data", 0, OPTION_TEXT, AT(data), LT_MSG_VALUE_FOLDER, LT_MSG_OPTION_DATA, NULL, false},
    {"policy", 0, OPTION_TEXT, AT(policy), LT_MSG_VALUE_FILE, LT_MSG_OPTION_POLICY, NULL, false},
    {"overlay", 0, OPTION_LIST, AT(overlays), LT_MSG_VALUE_FILE, LT_MSG_OPTION_OVERLAY, NULL, false},
    {"min-basis", 0, OPTION_TEXT, AT(min_basis), LT_MSG_VALUE_ID, LT_MSG_OPTION_MIN_BASIS, bases, false},
    {"lang", 0, OPTION_TEXT, AT(lang), LT_MSG_VALUE_ID, LT_MSG_OPTION_LANG, languages, false},
    {"output", 'o', OPTION_TEXT, AT(output), LT_MSG_VALUE_FILE, LT_MSG_OPTION_OUTPUT, NULL, false},
    {"help", 'h', OPTION_FLAG, AT(help), 0, LT_MSG_OPTION_HELP, NULL, false},
    {"version", 0, OPTION_FLAG, AT(version), 0, LT_MSG_OPTION_VERSION, NULL, false},
    {.name = NULL},
};

int usage_error(const program *p, lt_message message, const char *const *args)
{
    size_t count = 0;
    while (args && args[count]) count++;
    char text[1024], hint[256], name[64] = "";
    lt_message_format(text, sizeof text, p->lang, message, args, count);
    if (p->command) snprintf(name, sizeof name, "%s ", p->command->name);
    lt_message_format(hint, sizeof hint, p->lang, LT_MSG_TRY_HELP, WORDS(name), 1);
    for (char *c = text; *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' '; /* one line, whatever the argument holds */
    fprintf(stderr, "liantu: %s%s\n", text, hint);
    return EXIT_USAGE;
}

static const option *find_in(const option *options, const char *name, size_t length, char letter)
{
    for (; options && options->name; options++) {
        bool by_name = name && strlen(options->name) == length && strncmp(options->name, name, length) == 0;
        if (by_name || (letter && options->letter == letter)) return options;
    }
    return NULL;
}

static const option *find_option(const program *p, const char *name, size_t length, char letter)
{
    const option *found = find_in(global_options, name, length, letter);
    return found || !p->command ? found : find_in(p->command->options, name, length, letter);
}

/* Options may stand before the command that has them, so the command is looked for first: it is the first argument that
   is neither an option nor the value of one. */
static const option *find_anywhere(const char *name, size_t length, char letter)
{
    const option *found = find_in(global_options, name, length, letter);
    for (const command *c = commands; c->name && !found; c++) found = find_in(c->options, name, length, letter);
    return found;
}

static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1] != '\0';
}

static const option *option_of(const program *p, const char *argument, bool anywhere)
{
    bool is_long = argument[1] == '-';
    const char *name = is_long ? argument + 2 : NULL;
    size_t length = is_long ? strcspn(name, "=") : 0;
    char letter = is_long ? '\0' : argument[1];
    return anywhere ? find_anywhere(name, length, letter) : find_option(p, name, length, letter);
}

/* The value in the argument itself: behind "=", or behind a letter. */
static const char *value_in(const char *argument)
{
    if (argument[1] == '-') {
        const char *equals = strchr(argument, '=');
        return equals ? equals + 1 : NULL;
    }
    return argument[2] ? argument + 2 : NULL;
}

static int find_command(program *p, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (is_option(argv[i])) {
            const option *found = option_of(p, argv[i], true);
            if (found && found->type != OPTION_FLAG && !value_in(argv[i])) i++;
            continue;
        }
        for (const command *c = commands; c->name; c++)
            if (strcmp(c->name, argv[i]) == 0) p->command = c;
        return p->command ? EXIT_DONE : usage_error(p, LT_MSG_USAGE_UNKNOWN_COMMAND, WORDS(argv[i]));
    }
    return EXIT_DONE;
}

static int check_word(const program *p, const option *o, const char *shown, const char *value)
{
    char wanted[256] = "";
    for (const char *const *word = o->words; word && *word; word++) {
        if (strcmp(*word, value) == 0) return EXIT_DONE;
        size_t length = strlen(wanted);
        snprintf(wanted + length, sizeof wanted - length, "%s%s", length ? "·" : "", *word);
    }
    return o->words ? usage_error(p, LT_MSG_USAGE_BAD_VALUE, WORDS(shown, value, wanted)) : EXIT_DONE;
}

static int store(program *p, const option *o, const char *shown, const char *value)
{
    char *field = (char *)&p->args + o->offset;
    int code = value ? check_word(p, o, shown, value) : EXIT_DONE;
    if (code != EXIT_DONE) return code;
    if (o->type == OPTION_FLAG) {
        *(bool *)(void *)field = true;
    } else if (o->type == OPTION_TEXT) {
        if (*(const char **)(void *)field) return usage_error(p, LT_MSG_USAGE_TWICE, WORDS(shown));
        *(const char **)(void *)field = value;
    } else {
        p->args.overlays[p->args.overlay_count++] = value;
    }
    return EXIT_DONE;
}

static int take_option(program *p, int argc, char **argv, int *i)
{
    char shown[64];
    snprintf(shown, sizeof shown, "%.*s", (int)strcspn(argv[*i], "="), argv[*i]);
    const option *o = option_of(p, argv[*i], false);
    const char *value = value_in(argv[*i]);
    if (!o) return usage_error(p, LT_MSG_USAGE_UNKNOWN_OPTION, WORDS(shown));
    if (o->type == OPTION_FLAG && value) return usage_error(p, LT_MSG_USAGE_EXTRA_VALUE, WORDS(shown));
    if (o->type != OPTION_FLAG && !value) {
        if (*i + 1 == argc) return usage_error(p, LT_MSG_USAGE_NO_VALUE, WORDS(shown));
        value = argv[++*i];
    }
    return store(p, o, shown, value);
}

/* What the locale asks for: Chinese where it says nothing (unset, C, POSIX), English where it is another language. */
static lt_lang locale_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = NULL;
    for (int i = 0; i < 3 && (!locale || !*locale); i++) locale = getenv(variables[i]);
    if (!locale || !*locale || strncmp(locale, "zh", 2) == 0) return LT_LANG_ZH;
    bool says_nothing = strncmp(locale, "POSIX", 5) == 0 || strcmp(locale, "C") == 0 || strncmp(locale, "C.", 2) == 0;
    return says_nothing ? LT_LANG_ZH : LT_LANG_EN;
}

/* --lang counts for messages about the rest of the line too, wherever it stands. */
static lt_lang asked_language(int argc, char **argv)
{
    lt_lang lang = locale_language();
    for (int i = 1; i < argc; i++) {
        const char *value = strncmp(argv[i], "--lang=", 7) == 0              ? argv[i] + 7
                            : strcmp(argv[i], "--lang") == 0 && i + 1 < argc ? argv[i + 1]
                                                                             : "";
        if (strcmp(value, "zh") == 0) lang = LT_LANG_ZH;
        if (strcmp(value, "en") == 0) lang = LT_LANG_EN;
    }
    return lang;
}

/* A terminal would take the bytes for its own commands. */
static int check_terminal(const program *p)
{
    bool to_terminal = p->args.format && !p->args.output && isatty(STDOUT_FILENO);
    for (const char *const *word = binary_formats; to_terminal && *word; word++)
        if (strcmp(*word, p->args.format) == 0) return usage_error(p, LT_MSG_USAGE_BINARY, WORDS(*word));
    return EXIT_DONE;
}

int read_arguments(program *p, int argc, char **argv)
{
    p->lang = asked_language(argc, argv);
    p->args.overlays = calloc((size_t)argc, sizeof *p->args.overlays);
    if (!p->args.overlays) return say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    int code = find_command(p, argc, argv);
    bool seen_command = false;
    size_t operands = 0;
    for (int i = 1; i < argc && code == EXIT_DONE; i++) {
        if (is_option(argv[i])) code = take_option(p, argc, argv, &i);
        else if (!seen_command) seen_command = true;
        else if (operands == p->command->operands) code = usage_error(p, LT_MSG_USAGE_EXTRA_OPERAND, WORDS(argv[i]));
        else p->args.operands[operands++] = argv[i];
    }
    if (code != EXIT_DONE || p->args.help || p->args.version) return code;
    if (!p->command) return usage_error(p, LT_MSG_USAGE_NO_COMMAND, NULL);
    if (operands < p->command->operands && !p->args.all)
        return usage_error(p, LT_MSG_USAGE_NO_OPERAND,
                           WORDS(p->command->name, lt_message_pattern(p->lang, p->command->operand[operands])));
    for (const option *o = p->command->options; o->name; o++) {
        const char *value = o->type == OPTION_TEXT ? *(const char **)(void *)((char *)&p->args + o->offset) : "";
        if (!o->required || value) continue;
        char shown[64];
        snprintf(shown, sizeof shown, "--%s", o->name);
        return usage_error(p, LT_MSG_USAGE_OPTION_NEEDED, WORDS(p->command->name, shown));
    }
    return check_terminal(p);
}

int read_number(const program *p, const char *name, const char *text, double lowest, double highest, double fallback, double *value)
{
    char wanted[2 * LT_REAL_SIZE + 8], low[LT_REAL_SIZE], high[LT_REAL_SIZE], *end;
    *value = fallback;
    if (!text) return EXIT_DONE;
    double number = strtod(text, &end); /* the program never leaves the C locale */
    if (end != text && *end == '\0' && number >= lowest && number <= highest) {
        *value = number;
        return EXIT_DONE;
    }
    lt_real_text(low, lowest, 12);
    lt_real_text(high, highest, 12);
    snprintf(wanted, sizeof wanted, "%s … %s", low, high);
    return usage_error(p, LT_MSG_USAGE_BAD_VALUE, WORDS(name, text, wanted));
}

int read_whole(const program *p, const char *name, const char *text, double lowest, double highest, double fallback, double *value)
{
    int code = read_number(p, name, text, lowest, highest, fallback, value);
    if (code != EXIT_DONE || *value == floor(*value)) return code;
    return usage_error(p, LT_MSG_USAGE_WANT_WHOLE, WORDS(name, text));
}

void free_arguments(program *p)
{
    free(p->args.overlays);
}
