/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "map/map.h"
#include "program.h"

static const char *const painters[] = {"own", "graphviz", NULL};
static const char *const styles[] = {"light", "print", NULL};
static const char *const page_sizes[] = {"a3", "a4", "slide", NULL};

enum { STATUS_SIZE = 256, MOST_LINKS = 1000000, MOST_PAGES = 100000 };

const option map_options[] = {
    {"type", 0, OPTION_TEXT, offsetof(arguments, type), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_TYPE, lt_map_types, true},
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_CHAIN, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_MAP, lt_map_formats, false},
    {"page", 0, OPTION_TEXT, offsetof(arguments, page), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_PAGE, page_sizes, false},
    {"sheet", 0, OPTION_TEXT, offsetof(arguments, sheet), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MAP_SHEET, NULL, false},
    {"style", 0, OPTION_TEXT, offsetof(arguments, style), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_STYLE, styles, false},
    {"status", 0, OPTION_TEXT, offsetof(arguments, status), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_STATUS, NULL, false},
    {"zone", 0, OPTION_TEXT, offsetof(arguments, zone), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_ZONE, NULL, false},
    {"segment", 0, OPTION_TEXT, offsetof(arguments, segment), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_SEGMENT, NULL, false},
    {"size", 0, OPTION_TEXT, offsetof(arguments, size), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MAP_SIZE, NULL, false},
    {"top", 0, OPTION_TEXT, offsetof(arguments, top), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MAP_TOP, NULL, false},
    {"dpi", 0, OPTION_TEXT, offsetof(arguments, dpi), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_MAP_DPI, NULL, false},
    {"painter", 0, OPTION_TEXT, offsetof(arguments, painter), LT_MSG_VALUE_ID, LT_MSG_OPTION_MAP_PAINTER, painters, false},
    {.name = NULL},
};

/* The place of a word in its list; the first where it is not given. */
static size_t word_index(const char *const *words, const char *word)
{
    for (size_t i = 0; word && words[i]; i++)
        if (strcmp(words[i], word) == 0) return i;
    return 0;
}

static int unknown_status(const program *p, const char *given)
{
    char known[STATUS_SIZE] = "";
    for (int s = 0; s < LT_STATUSES; s++) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", used ? "·" : "", lt_status_word((lt_status)s));
    }
    return usage_error(p, LT_MSG_USAGE_BAD_VALUE, WORDS("--status", given, known));
}

static int read_statuses(const program *p, unsigned *statuses)
{
    *statuses = 0;
    for (const char *at = p->args.status, *end; at && *at; at = *end ? end + 1 : end) {
        unsigned found = 0;
        end = at + strcspn(at, ",");
        for (int s = 0; s < LT_STATUSES; s++) {
            const char *word = lt_status_word((lt_status)s);
            if (strlen(word) == (size_t)(end - at) && strncmp(word, at, (size_t)(end - at)) == 0) found = 1U << s;
        }
        if (!found) return unknown_status(p, p->args.status);
        *statuses |= found;
    }
    return p->args.status && *statuses == 0 ? unknown_status(p, p->args.status) : EXIT_DONE;
}

static int read_options(const program *p, lt_node chain, lt_map_options *o)
{
    *o = (lt_map_options){.type = p->args.type,
                          .format = output_format(p, lt_map_formats, "svg"),
                          .lang = p->lang,
                          .chain = chain,
                          .segment = p->args.segment};
    o->style = word_index(styles, p->args.style) == 1 ? LT_STYLE_PRINT : LT_STYLE_LIGHT;
    o->page_size = (lt_page_size)word_index(page_sizes, p->args.page);
    o->by_graphviz = word_index(painters, p->args.painter) == 1;
    if (lt_map_needs_chain(o->type) && chain == LT_NONE) return usage_error(p, LT_MSG_USAGE_OPTION_NEEDED, WORDS("map", "--chain"));
    if (o->segment && chain == LT_NONE) return usage_error(p, LT_MSG_USAGE_OPTION_NEEDED, WORDS("map --segment", "--chain"));
    if (o->by_graphviz && strcmp(o->format, "svg") != 0)
        return usage_error(p, LT_MSG_USAGE_BAD_VALUE, WORDS("--format", o->format, "svg"));
    double size = 0, sheet = 0, top = 0;
    int code = read_statuses(p, &o->statuses);
    if (code == EXIT_DONE) code = find_zone(p, &o->zone);
    if (code == EXIT_DONE) code = read_whole(p, "--size", p->args.size, 1, MOST_LINKS, 0, &size);
    if (code == EXIT_DONE) code = read_whole(p, "--sheet", p->args.sheet, 1, MOST_PAGES, 0, &sheet);
    if (code == EXIT_DONE) code = read_whole(p, "--top", p->args.top, 1, MOST_LINKS, 0, &top);
    if (code == EXIT_DONE) code = read_number(p, "--dpi", p->args.dpi, 36, 1200, 192, &o->dpi);
    o->size = (uint32_t)size;
    o->page = (uint32_t)sheet;
    o->top = (uint32_t)top;
    return code;
}

static void say_notes(const program *p, const lt_map_notes *notes)
{
    char text[512], pages[24], page[24];
    snprintf(pages, sizeof pages, "%u", notes->pages);
    snprintf(page, sizeof page, "%u", notes->written);
    if (notes->pages > 1 && notes->written > 0 && !p->args.sheet) {
        lt_message_format(text, sizeof text, p->lang, LT_MSG_MAP_ONE_OF_PAGES, WORDS(pages, page), 2);
        fprintf(stderr, "liantu: %s\n", text);
    }
    if (notes->no_cjk_font) fprintf(stderr, "liantu: %s\n", lt_message_pattern(p->lang, LT_MSG_MAP_NO_CJK_FONT));
}

static int draw(program *p, const lt_map_data *data, lt_map_options *options)
{
    output out;
    lt_error error = {0};
    lt_map_notes notes = {0};
    int code = open_output(&out, p);
    if (code != EXIT_DONE) return code;
    lt_sink sink = output_sink(&out);
    if (lt_dataset_digest(p->dataset, out.digest, &error) != LT_OK) return close_output(&out, say_error(p, &error));
    options->digest = out.digest;
    lt_code drawn = lt_map_write(data, options, &sink, &notes, &error);
    if (drawn != LT_OK && drawn != LT_E_IO) code = say_error(p, &error);
    if (drawn == LT_OK) say_notes(p, &notes);
    return close_output(&out, code); /* which also says what a failed write was */
}

/* Draws, and where there are overlays marks what they changed. */
static int draw_changes(program *p, const lt_map_data *data, lt_map_options *options)
{
    if (p->args.overlay_count == 0) return draw(p, data, options);
    lt_error error = {0};
    lt_dataset *ds = NULL;
    lt_gaps gaps = {0};
    lt_targets targets = {0};
    int code = open_before(p, &ds);
    if (code == EXIT_DONE && lt_gaps_analyse(ds, &p->policy, &gaps, &error) != LT_OK) code = say_error(p, &error);
    if (code == EXIT_DONE && lt_targets_analyse(ds, &gaps, &p->policy, &targets, &error) != LT_OK) code = say_error(p, &error);
    lt_map_data before = {.ds = ds, .gaps = &gaps, .targets = &targets};
    options->before = &before;
    if (code == EXIT_DONE) code = draw(p, data, options);
    lt_targets_done(&targets);
    lt_gaps_done(&gaps);
    lt_dataset_free(ds);
    return code;
}

int run_map(program *p)
{
    lt_node chain;
    lt_gaps gaps;
    lt_targets targets = {0};
    lt_map_options options;
    lt_error error = {0};
    int code = open_gaps(p, &chain, &gaps);
    if (code != EXIT_DONE) return code;
    code = read_options(p, chain, &options);
    if (code == EXIT_DONE && lt_targets_analyse(p->dataset, &gaps, &p->policy, &targets, &error) != LT_OK)
        code = say_error(p, &error);
    lt_map_data data = {.ds = p->dataset, .gaps = &gaps, .targets = &targets, .policy = &p->policy, .rules = p->rules};
    if (code == EXIT_DONE) code = draw_changes(p, &data, &options);
    lt_targets_done(&targets);
    lt_gaps_done(&gaps);
    return code;
}
