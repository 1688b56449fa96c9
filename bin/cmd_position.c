/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "position.h"

const option position_options[] = {
    {"zone", 0, OPTION_TEXT, offsetof(arguments, zone), LT_MSG_VALUE_ID, LT_MSG_OPTION_POSITION_ZONE, NULL, false},
    {"top", 0, OPTION_TEXT, offsetof(arguments, top), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_TOP_GAPS, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const lt_column columns[] = {
    {"zone", LT_MSG_COLUMN_ZONE, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"type", LT_MSG_COLUMN_TYPE, false},
    {"level", LT_MSG_COLUMN_LEVEL, false},
    {"parent", LT_MSG_COLUMN_PARENT, true},
    {"focus", LT_MSG_COLUMN_FOCUS, false},
    {"holds", LT_MSG_COLUMN_HOLDS, false},
    {"chains", LT_MSG_COLUMN_STANDING, true},
    {"gaps_total", LT_MSG_COLUMN_GAPS_TOTAL, false},
    {"targeting.first_for", LT_MSG_COLUMN_FIRST_FOR, false},
    {"targeting.best_rank", LT_MSG_COLUMN_BEST_FIRST, false},
    {"targeting.best_link", LT_MSG_COLUMN_BEST_LINK, false},
    {"gaps", LT_MSG_COLUMN_BEST_GAPS, false},
    {"overlaps", LT_MSG_COLUMN_OVERLAPS, false},
    {"rules", LT_MSG_COLUMN_RULES, false},
    {"basis", LT_MSG_COLUMN_BASIS, false},
    {"sources", LT_MSG_COLUMN_SOURCES, true},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const lt_column rule_columns[] = {
    {"rule", LT_MSG_COLUMN_RULE, false},     {"region", LT_MSG_COLUMN_REGION, false},   {"asked", LT_MSG_COLUMN_ASKED, false},
    {"kept", LT_MSG_RULE_KEPT, false},       {"broken", LT_MSG_RULE_BROKEN, false},     {"unknown", LT_MSG_RULE_UNKNOWN, false},
    {"absent", LT_MSG_COLUMN_ABSENT, false}, {"sources", LT_MSG_COLUMN_SOURCES, false},
};
enum { RULE_COLUMNS = sizeof rule_columns / sizeof *rule_columns };

static const lt_column placed_columns[] = {
    {"kind", LT_MSG_COLUMN_KIND, false},
    {"count", LT_MSG_COLUMN_COUNT, false},
    {"placed", LT_MSG_COLUMN_PLACED, false},
    {"unplaced", LT_MSG_COLUMN_UNPLACED, false},
};
enum { PLACED_COLUMNS = sizeof placed_columns / sizeof *placed_columns };

static const lt_column chain_columns[] = {
    {"chain", LT_MSG_COLUMN_CHAIN, false}, {"name", LT_MSG_COLUMN_NAME, false},   {"tier", LT_MSG_COLUMN_TIER, false},
    {"count", LT_MSG_COLUMN_APART, false}, {"whole", LT_MSG_COLUMN_WHOLE, false}, {"zones", LT_MSG_COLUMN_CLAIMANTS, false},
};
enum { CHAIN_COLUMNS = sizeof chain_columns / sizeof *chain_columns };

static const lt_column link_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"count", LT_MSG_COLUMN_APART, false},
    {"zones", LT_MSG_COLUMN_CLAIMANTS, false},
};
enum { LINK_COLUMNS = sizeof link_columns / sizeof *link_columns };

/* What separates the elements of a cell: as people write on a screen, as in CSV. */
static const char *separator(const zone_listing *l)
{
    return l->brief ? lt_message_pattern(l->p->lang, LT_MSG_LIST_SEPARATOR) : ";";
}

static void put_count(line *text, size_t count)
{
    fprintf(text->file, "%zu", count);
}

/* The first names of a longer list say that there are more. */
static void put_names(const zone_listing *l, line *text, const char *const *names, size_t count, bool has_more)
{
    cell_texts texts = {0};
    line list;
    if (!line_begin(&list, &texts)) {
        text->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++) fprintf(list.file, "%s%s", i > 0 ? separator(l) : "", names[i]);
    const char *joined = line_end(&list, &texts);
    if (has_more) line_message(text, l->p->lang, LT_MSG_WHY_MORE, WORDS(joined), 1);
    else fputs(joined, text->file);
    text->failed |= texts.failed;
    free_cell_texts(&texts);
}

static const char *link_name(const zone_listing *l, uint32_t link)
{
    return lt_dataset_string(l->ds, lt_links(l->ds)[link].head.name);
}

static void tell_holds(const zone_listing *l, const lt_position *position, line *text)
{
    if (l->brief) {
        put_count(text, position->holding_count);
        return;
    }
    for (uint32_t i = 0; i < position->holding_count; i++) {
        const lt_zone_holding *h = &l->positions->holdings[position->holding_first + i];
        char producers[24], supply[LT_REAL_SIZE];
        snprintf(producers, sizeof producers, "%u", h->producers);
        lt_real_text(supply, h->supply, 12);
        if (i > 0) fputs(separator(l), text->file);
        line_message(text, l->p->lang, LT_MSG_HOLD_TEXT, WORDS(link_name(l, h->link), producers, supply), 3);
    }
}

static void tell_best_gaps(const zone_listing *l, const lt_position *position, line *text)
{
    enum { SHOWN = 3 };
    const char *names[SHOWN];
    uint32_t shown = gaps_shown(l, position) < SHOWN ? gaps_shown(l, position) : SHOWN;
    for (uint32_t i = 0; i < shown; i++)
        names[i] = link_name(l, l->targets->listed[l->positions->gaps[position->gap_first + i].target].link);
    put_names(l, text, names, shown, shown > 0 && position->gap_count > shown);
}

static void tell_gaps(const zone_listing *l, const lt_position *position, line *text)
{
    if (l->brief) {
        tell_best_gaps(l, position, text);
        return;
    }
    for (uint32_t i = 0; i < gaps_shown(l, position); i++) {
        const lt_zone_gap *g = &l->positions->gaps[position->gap_first + i];
        char rank[24], fit[LT_REAL_SIZE];
        snprintf(rank, sizeof rank, "%u", g->target + 1);
        lt_real_text(fit, g->fit, 12);
        if (i > 0) fputs(separator(l), text->file);
        line_message(text, l->p->lang, LT_MSG_GAP_TEXT, WORDS(rank, link_name(l, l->targets->listed[g->target].link), fit), 3);
    }
}

static void tell_overlaps(const zone_listing *l, const lt_position *position, line *text)
{
    if (l->brief) {
        put_count(text, position->overlap_count);
        return;
    }
    for (uint32_t i = 0; i < position->overlap_count; i++) {
        const lt_zone_overlap *o = &l->positions->overlaps[position->overlap_first + i];
        cell_texts texts = {0};
        const char *zones = zone_names(l, &l->positions->rivals[o->first], o->count, &texts);
        if (i > 0) fputs(separator(l), text->file);
        line_message(text, l->p->lang, LT_MSG_NAMED_TEXT, WORDS(link_name(l, o->link), zones), 2);
        text->failed |= texts.failed;
        free_cell_texts(&texts);
    }
}

static void tell_chains(const zone_listing *l, const lt_position *position, line *text)
{
    for (uint32_t i = 0; i < position->standing_count; i++) {
        const lt_zone_standing *s = &l->positions->standings[position->standing_first + i];
        char counts[3][24];
        uint32_t numbers[3] = {s->links, s->all_links, s->producers};
        for (int n = 0; n < 3; n++) snprintf(counts[n], sizeof counts[n], "%u", numbers[n]);
        const char *chain = s->chain == LT_NONE ? lt_message_pattern(l->p->lang, LT_MSG_NO_CHAIN) : lt_node_name(l->ds, s->chain);
        lt_cell stage = stage_cell(s->stage);
        const char *stage_name = stage.type == LT_CELL_WORD ? lt_message_pattern(l->p->lang, stage.message) : "";
        if (i > 0) fputs(separator(l), text->file);
        line_message(text, l->p->lang, LT_MSG_STANDING_TEXT, WORDS(chain, stage_name, counts[0], counts[1], counts[2]), 5);
    }
}

/* Chains with a focus on them as a whole come first. */
static void tell_focus_chains(const zone_listing *l, const lt_position *position, line *text)
{
    enum { SHOWN = 4 };
    const char *names[SHOWN];
    uint32_t shown = 0;
    for (int part = 0; part < 2; part++)
        for (uint32_t i = 0; i < position->chain_count && shown < SHOWN; i++) {
            const lt_zone_chain *chain = &l->positions->chains[position->chain_first + i];
            if (chain->whole == (part == 0)) names[shown++] = lt_node_name(l->ds, chain->chain);
        }
    put_names(l, text, names, shown, position->chain_count > shown);
}

static void tell_focus(const zone_listing *l, const lt_position *position, line *text)
{
    if (l->brief) {
        tell_focus_chains(l, position, text);
        return;
    }
    for (uint32_t i = 0; i < position->focus_count; i++) {
        uint32_t focus = l->positions->focuses[position->focus_first + i];
        const char *name = lt_node_name(l->ds, lt_focuses(l->ds)[focus].edge.to);
        lt_node via = focus_via(l, position, focus);
        if (i > 0) fputs(separator(l), text->file);
        if (via == LT_NONE) fputs(name, text->file);
        else line_message(text, l->p->lang, LT_MSG_VIA_TEXT, WORDS(name, lt_node_name(l->ds, via)), 2);
    }
}

static void tell_rules(const zone_listing *l, const lt_position *position, line *text)
{
    bool begun = false;
    for (size_t i = 0; i < zone_rule_count(position); i++) {
        zone_rule rule = zone_rule_at(l, position, i);
        if (rule.state == LT_RULE_NOT_ASKED && l->brief) continue;
        const char *name = lt_message_pattern(l->p->lang, zone_rule_cell(rule.kind).message);
        const char *state = lt_message_pattern(l->p->lang, rule_state_cell(rule.state).message);
        cell_texts texts = {0};
        if (begun) fputs(separator(l), text->file);
        if (l->brief) line_message(text, l->p->lang, LT_MSG_RULE_TEXT, WORDS(name, state), 2);
        else
            line_message(text, l->p->lang, LT_MSG_RULE_TEXT_WHY, WORDS(name, state, zone_rule_text(l, position, &rule, &texts)), 3);
        begun = true;
        text->failed |= texts.failed;
        free_cell_texts(&texts);
    }
}

/** The cells of a row that hold lists: as JSON, and for people. */
static const struct {
    int column;
    json_t *(*json)(const zone_listing *l, const lt_position *position);
    void (*tell)(const zone_listing *l, const lt_position *position, line *text);
} lists[] = {
    {5, zone_focus_json, tell_focus}, {6, zone_holds_json, tell_holds},        {7, zone_chains_json, tell_chains},
    {12, zone_gaps_json, tell_gaps},  {13, zone_overlaps_json, tell_overlaps}, {14, zone_rules_json, tell_rules},
};
enum { LISTS = sizeof lists / sizeof *lists };

/* Everything that the row rests on: the zone, its focus edges, its producers and what says so, projects that a rule counts.
   A gap says itself how sure it is. */
static lt_basis gather_evidence(const zone_listing *l, const lt_position *position, source_list *sources)
{
    const lt_dataset *ds = l->ds;
    const lt_positions *all = l->positions;
    lt_basis weakest = LT_BASIS_STATED;
    sources->count = 0;
#define REST_ON(record)                                                                                                            \
    do {                                                                                                                           \
        const lt_record *rests_on = (record);                                                                                      \
        if (rests_on->basis > weakest) weakest = (lt_basis)rests_on->basis;                                                        \
        add_sources(sources, ds, rests_on);                                                                                        \
    } while (0)
    REST_ON(&lt_zones(ds)[position->zone].head.record);
    for (uint32_t i = 0; i < position->focus_count; i++)
        REST_ON(&lt_focuses(ds)[all->focuses[position->focus_first + i]].edge.record);
    for (uint32_t i = 0; i < position->holding_count; i++) {
        const lt_zone_holding *h = &all->holdings[position->holding_first + i];
        for (uint32_t n = 0; n < h->count; n++) {
            const lt_edge *edge = &lt_capabilities(ds)[all->capabilities[h->first + n]].edge;
            REST_ON(&edge->record);
            REST_ON(&lt_node_get(ds, edge->from)->record);
        }
    }
    for (uint32_t i = 0; i < position->partner_count; i++) {
        const lt_zone_partner *partner = &all->partners[position->partner_first + i];
        for (uint32_t n = 0; n < partner->projects; n++) {
            const lt_project *project = &lt_projects(ds)[all->projects[partner->first + n]];
            REST_ON(&project->head.record);
            if (project->firm != LT_NONE) REST_ON(&lt_node_get(ds, project->firm)->record);
        }
    }
#undef REST_ON
    sort_sources(sources);
    l->texts->failed |= sources->failed;
    return weakest;
}

static lt_node best_link(const zone_listing *l, const lt_position *position)
{
    return lt_node_at(l->ds, LT_LINK, l->targets->listed[position->best_rank - 1].link);
}

static void write_row(const zone_listing *l, const lt_position *position, source_list *sources)
{
    const lt_zone *zone = &lt_zones(l->ds)[position->zone];
    lt_basis basis = gather_evidence(l, position, sources);
    lt_cell cells[COLUMNS] = {
        lt_cell_text(lt_dataset_string(l->ds, zone->head.id)),
        lt_cell_text(lt_dataset_string(l->ds, zone->head.name)),
        zone_type_cell(zone->type),
        zone_level_cell(zone->level),
        lt_cell_given(lt_node_id(l->ds, zone->parent)),
        [8] = lt_cell_integer(position->gap_count),
        [9] = lt_cell_integer(position->first_for),
        [10] = position->best_rank > 0 ? lt_cell_integer(position->best_rank) : lt_cell_null(),
        [11] = position->best_rank > 0 ? node_cell(l->p, best_link(l, position), l->texts) : lt_cell_null(),
        [15] = basis_cell(basis),
        [16] = lt_cell_list(sources->items, sources->count),
    };
    for (int i = 0; i < LISTS; i++) {
        line words;
        cells[lists[i].column] = lt_cell_null();
        if (!line_begin(&words, l->texts)) continue;
        lists[i].tell(l, position, &words);
        cells[lists[i].column] = json_cell(lists[i].json(l, position), &words, l->texts);
    }
    end_row(l, cells);
}

static bool is_same_rule(const zone_rule *rule, zone_rule_kind kind, uint32_t partner)
{
    return rule->kind == kind && (kind == ZONE_RULE_FOCUS || rule->partner->partner == partner);
}

/* Zones that a rule names and the dataset does not have; *count of them. @return an array to be freed; NULL out of memory. */
static const char **list_absent(const zone_listing *l, const lt_partner_rule *asked, size_t *count)
{
    const char *const none = NULL, *const *named = asked && asked->zones ? asked->zones : &none;
    size_t named_count = 0;
    while (named[named_count]) named_count++;
    const char **absent = calloc(named_count + 1, sizeof *absent);
    *count = 0;
    for (size_t i = 0; i < named_count && absent; i++) {
        lt_node zone = lt_find(l->ds, named[i]);
        if (zone == LT_NONE || lt_node_kind(l->ds, zone) != LT_ZONE) absent[(*count)++] = named[i];
    }
    if (!absent) l->texts->failed = true;
    return absent;
}

/* One rule over the city: of how many zones it is asked, and how they stand. */
static void write_rule(const zone_listing *l, zone_rule_kind kind, uint32_t partner)
{
    const lt_partner_rule *asked = kind == ZONE_RULE_FOCUS ? NULL : &l->p->rules->partners[partner];
    const char *source = asked ? asked->source : l->p->rules->zone_source;
    uint32_t counts[LT_RULE_STATES] = {0};
    for (size_t i = 0; i < l->positions->count; i++)
        for (size_t r = 0; r < zone_rule_count(&l->positions->positions[i]); r++) {
            zone_rule rule = zone_rule_at(l, &l->positions->positions[i], r);
            if (is_same_rule(&rule, kind, partner)) counts[rule.state]++;
        }
    size_t absent_count;
    const char **absent = list_absent(l, asked, &absent_count);
    lt_cell cells[RULE_COLUMNS] = {
        zone_rule_cell(kind),
        asked ? lt_cell_text(asked->region) : lt_cell_null(),
        lt_cell_integer(counts[LT_RULE_KEPT] + counts[LT_RULE_BROKEN] + counts[LT_RULE_UNKNOWN]),
        lt_cell_integer(counts[LT_RULE_KEPT]),
        lt_cell_integer(counts[LT_RULE_BROKEN]),
        lt_cell_integer(counts[LT_RULE_UNKNOWN]),
        lt_cell_list(absent, absent_count),
        lt_cell_list(&source, source[0] != '\0'),
    };
    lt_table_row(l->writer, cells);
    free(absent);
}

static void write_rules(const zone_listing *l)
{
    lt_table_begin(l->writer, "rules", LT_MSG_TITLE_POSITION_RULES, rule_columns, RULE_COLUMNS);
    write_rule(l, ZONE_RULE_FOCUS, 0);
    for (uint32_t i = 0; i < l->p->rules->partner_count; i++) {
        write_rule(l, ZONE_RULE_PROJECTS, i);
        write_rule(l, ZONE_RULE_FUNCTIONS, i);
    }
}

static void write_placed_kind(const zone_listing *l, lt_kind kind, uint32_t count, uint32_t placed)
{
    lt_cell cells[PLACED_COLUMNS] = {lt_cell_word(lt_kind_name(kind), lt_change_kind_message(kind), LT_TONE_PLAIN),
                                     lt_cell_integer(count), lt_cell_integer(placed), lt_cell_integer((int64_t)count - placed)};
    lt_table_row(l->writer, cells);
}

/* A zone that holds nothing may only lack records that name it. */
static void write_placed(const zone_listing *l)
{
    const lt_firm *firms = lt_firms(l->ds);
    const lt_project *projects = lt_projects(l->ds);
    uint32_t local[2] = {0}, placed[2] = {0};
    for (size_t i = 0; i < lt_count(l->ds, LT_FIRM); i++) {
        local[0] += firms[i].local;
        placed[0] += firms[i].zone != LT_NONE;
    }
    for (size_t i = 0; i < lt_count(l->ds, LT_PROJECT); i++) {
        local[1] += projects[i].local;
        placed[1] += projects[i].zone != LT_NONE;
    }
    lt_table_begin(l->writer, "placed", LT_MSG_TITLE_POSITION_PLACED, placed_columns, PLACED_COLUMNS);
    write_placed_kind(l, LT_FIRM, local[0], placed[0]);
    write_placed_kind(l, LT_PROJECT, local[1], placed[1]);
}

static lt_cell claimants_cell(const zone_listing *l, const lt_claim *claim)
{
    const uint32_t *zones = &l->positions->claimants[claim->first];
    line names;
    if (!line_begin(&names, l->texts)) return lt_cell_null();
    put_zone_names(l, zones, claim->count, &names);
    return json_cell(zone_ids_json(l, zones, claim->count), &names, l->texts);
}

static void write_claims(const zone_listing *l)
{
    lt_table_begin(l->writer, "chains", LT_MSG_TITLE_POSITION_CHAINS, chain_columns, CHAIN_COLUMNS);
    for (size_t i = 0; i < l->positions->chain_claim_count; i++) {
        const lt_claim *claim = &l->positions->chain_claims[i];
        const lt_chain *chain = &lt_chains(l->ds)[lt_node_index(l->ds, claim->to)];
        lt_cell cells[CHAIN_COLUMNS] = {lt_cell_text(lt_node_id(l->ds, claim->to)),
                                        lt_cell_text(lt_node_name(l->ds, claim->to)),
                                        tier_cell(chain->tier),
                                        lt_cell_integer(claim->apart),
                                        lt_cell_integer(claim->whole),
                                        claimants_cell(l, claim)};
        end_row(l, cells);
    }
    lt_table_begin(l->writer, "overlaps", LT_MSG_TITLE_POSITION_LINKS, link_columns, LINK_COLUMNS);
    for (size_t i = 0; i < l->positions->link_claim_count; i++) {
        const lt_claim *claim = &l->positions->link_claims[i];
        lt_cell cells[LINK_COLUMNS] = {lt_cell_text(lt_node_id(l->ds, claim->to)), lt_cell_text(lt_node_name(l->ds, claim->to)),
                                       lt_cell_integer(claim->apart), claimants_cell(l, claim)};
        end_row(l, cells);
    }
}

static void write_tables(const zone_listing *l, lt_node only)
{
    source_list sources = {0};
    lt_table_begin(l->writer, "rows", LT_MSG_TITLE_POSITION, columns, COLUMNS);
    for (size_t i = 0; i < l->positions->count; i++)
        if (only == LT_NONE || lt_node_index(l->ds, only) == i) write_row(l, &l->positions->positions[i], &sources);
    free(sources.items);
    if (only != LT_NONE && lt_table_for_people(l->writer)) {
        show_zone(l, &l->positions->positions[lt_node_index(l->ds, only)]);
        write_placed(l);
        return;
    }
    write_placed(l);
    write_rules(l);
    write_claims(l);
}

static int write_all(program *p, zone_listing *l, lt_node only)
{
    output out;
    int code;
    cell_texts texts = {0};
    l->texts = &texts;
    l->writer = open_table(&out, p, &code);
    if (!l->writer) return code;
    write_tables(l, only);
    if (texts.failed) code = say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    return end_table(&out, l->writer, code);
}

int run_position(program *p)
{
    lt_node chain, zone;
    lt_gaps gaps;
    lt_targets targets = {0};
    lt_positions positions = {0};
    lt_error error = {0};
    double top;
    int code = read_whole(p, "--top", p->args.top, 0, 1e9, 10, &top);
    if (code == EXIT_DONE) code = open_gaps(p, &chain, &gaps);
    if (code != EXIT_DONE) return code;
    code = find_zone(p, &zone);
    if (code == EXIT_DONE && (lt_targets_analyse(p->dataset, &gaps, &p->policy, &targets, &error) != LT_OK ||
                              lt_positions_analyse(p->dataset, &gaps, &targets, &p->policy, p->rules, &positions, &error) != LT_OK))
        code = say_error(p, &error);
    zone_listing l = {.p = p, .ds = p->dataset, .gaps = &gaps, .targets = &targets, .positions = &positions};
    l.top = (size_t)top;
    l.brief = strcmp(table_format(p), "text") == 0;
    if (code == EXIT_DONE) code = write_all(p, &l, zone);
    lt_positions_done(&positions);
    lt_targets_done(&targets);
    lt_gaps_done(&gaps);
    return code;
}
