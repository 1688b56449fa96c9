/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets: whom to attract, for which link, to which zone, and how sure we are. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "brief.h"

enum { FIRST = 10 }; /* the ranks that top_k asks for */

const option targets_options[] = {
    {"chain", 0, OPTION_TEXT, offsetof(arguments, chain), LT_MSG_VALUE_ID, LT_MSG_OPTION_CHAIN, NULL, false},
    {"zone", 0, OPTION_TEXT, offsetof(arguments, zone), LT_MSG_VALUE_ID, LT_MSG_OPTION_ZONE, NULL, false},
    {"top", 0, OPTION_TEXT, offsetof(arguments, top), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_TOP, NULL, false},
    {"details", 0, OPTION_TEXT, offsetof(arguments, details), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_DETAILS, NULL, false},
    {"robust", 0, OPTION_TEXT, offsetof(arguments, robust), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_ROBUST, NULL, false},
    {"seed", 0, OPTION_TEXT, offsetof(arguments, seed), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_SEED, NULL, false},
    {"threads", 0, OPTION_TEXT, offsetof(arguments, threads), LT_MSG_VALUE_NUMBER, LT_MSG_OPTION_THREADS, NULL, false},
    {"format", 0, OPTION_TEXT, offsetof(arguments, format), LT_MSG_VALUE_ID, LT_MSG_OPTION_FORMAT_TABLE, table_formats, false},
    {.name = NULL},
};

static const lt_column columns[] = {
    {"rank", LT_MSG_COLUMN_RANK, false},
    {"rank_overall", LT_MSG_COLUMN_RANK_OVERALL, .detail = true, .own_table = true},
    {"rank_all_facts", LT_MSG_COLUMN_RANK_ALL_FACTS, false, true},
    {"tie", LT_MSG_COLUMN_TIE, .own_table = true},
    {"link", LT_MSG_COLUMN_LINK, .detail = true, .own_table = true},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_COLUMN_CHAIN, .meaning = LT_MSG_MEANS_CHAIN_NAME},
    {"action", LT_MSG_COLUMN_ACTION, false},
    {"status", LT_MSG_COLUMN_STATUS, false},
    {"score", LT_MSG_COLUMN_SCORE, .meaning = LT_MSG_MEANS_TARGET_SCORE},
    {"top_k", LT_MSG_COLUMN_TOP_K, false, true},
    {"best_rank", LT_MSG_COLUMN_BEST_RANK, false, true},
    {"worst_rank", LT_MSG_COLUMN_WORST_RANK, false, true},
    {"mean_rank", LT_MSG_COLUMN_MEAN_RANK, .detail = true, .may_lack = true, .own_table = true},
    {"first_rank", LT_MSG_COLUMN_FIRST_RANK, .detail = true, .may_lack = true, .own_table = true},
    {"central_weights", LT_MSG_COLUMN_CENTRAL_WEIGHTS, .detail = true, .may_lack = true, .own_table = true},
    {"confidence", LT_MSG_COLUMN_CONFIDENCE, .detail = true, .may_lack = true, .own_table = true},
    {"stable_to", LT_MSG_COLUMN_STABLE_TO, .may_lack = true, .own_table = true},
    {"stable_by", LT_MSG_COLUMN_STABLE_BY, .detail = true, .may_lack = true, .own_table = true},
    {"criteria.necessity", LT_MSG_CRITERION_NECESSITY, .detail = true, .own_table = true},
    {"criteria.leverage", LT_MSG_CRITERION_LEVERAGE, .detail = true, .own_table = true},
    {"criteria.unlock", LT_MSG_CRITERION_UNLOCK, .detail = true, .own_table = true},
    {"criteria.pull", LT_MSG_CRITERION_PULL, .detail = true, .own_table = true},
    {"criteria.push", LT_MSG_CRITERION_PUSH, .detail = true, .own_table = true},
    {"criteria.research", LT_MSG_CRITERION_RESEARCH, .detail = true, .own_table = true},
    {"criteria.zone_fit", LT_MSG_CRITERION_ZONE_FIT, .detail = true, .own_table = true},
    {"criteria.prospects", LT_MSG_CRITERION_PROSPECTS, .detail = true, .own_table = true},
    {"criteria.policy", LT_MSG_CRITERION_POLICY, .detail = true, .own_table = true},
    {"unlocked", LT_MSG_COLUMN_UNLOCKED, .detail = true, .own_table = true},
    {"blocked_finals", LT_MSG_COLUMN_BLOCKED_FINALS, .detail = true, .own_table = true},
    {"landing", LT_MSG_COLUMN_LANDING, .detail = true},
    {"zones", LT_MSG_COLUMN_ZONES, .detail = true, .own_table = true},
    {"prospects", LT_MSG_COLUMN_PROSPECTS, true},
    {"regions", LT_MSG_COLUMN_REGIONS, .detail = true, .own_table = true},
    {"research_partners", LT_MSG_COLUMN_RESEARCH_PARTNERS, .detail = true, .own_table = true},
    {"customers", LT_MSG_COLUMN_CUSTOMERS, .detail = true, .own_table = true},
    {"suppliers", LT_MSG_COLUMN_SUPPLIERS, .detail = true, .own_table = true},
    {"associations", LT_MSG_COLUMN_ASSOCIATIONS, .detail = true, .own_table = true},
    {"leaders", LT_MSG_COLUMN_CHAIN_LEADERS, .detail = true, .own_table = true},
    {"instruments", LT_MSG_COLUMN_INSTRUMENTS, true},
    {"ways", LT_MSG_COLUMN_WAYS, .detail = true, .own_table = true},
    {"totals", LT_MSG_COLUMN_TOTALS, .detail = true, .own_table = true},
    {"basis", LT_MSG_COLUMN_BASIS, .detail = true, .own_table = true},
    {"sources", LT_MSG_COLUMN_SOURCES, .detail = true, .own_table = true},
    {"reasons", LT_MSG_COLUMN_REASONS, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/** Sheets that workbooks have beside the list, so that it can be printed: columns of it by key. */
static const struct {
    const char *name;
    lt_message title;
    const char *keys[16];
} sheets[] = {
    {"visits",
     LT_MSG_TITLE_VISITS,
     {"rank", "name", "chain", "prospects", "associations", "research_partners", "customers", "suppliers", "regions", "totals"}},
    {"ways", LT_MSG_TITLE_WAYS, {"rank", "name", "chain", "instruments", "ways", "leaders", "zones"}},
    {"criteria",
     LT_MSG_TITLE_CRITERIA,
     {"rank", "name", "score", "criteria.necessity", "criteria.leverage", "criteria.unlock", "criteria.pull", "criteria.push",
      "criteria.research", "criteria.zone_fit", "criteria.prospects", "criteria.policy", "unlocked", "blocked_finals"}},
    {"evidence", LT_MSG_TITLE_EVIDENCE, {"rank", "rank_overall", "tie", "link", "name", "basis", "sources"}},
    {"robustness",
     LT_MSG_TITLE_ROBUSTNESS,
     {"rank", "name", "score", "top_k", "first_rank", "best_rank", "mean_rank", "worst_rank", "confidence", "stable_to",
      "stable_by", "central_weights"}},
};
static const lt_column list_columns[] = {
    {"listed", LT_MSG_COLUMN_LISTED, false},
    {"selected", LT_MSG_COLUMN_SELECTED, false},
    {"shown", LT_MSG_COLUMN_SHOWN, false},
    {"unknown", LT_MSG_COLUMN_UNKNOWN, false},
    {"unknown_shown", LT_MSG_COLUMN_UNKNOWN_SHOWN, false},
    {"most_unlocked", LT_MSG_COLUMN_MOST_UNLOCKED, false},
    {"draws", LT_MSG_COLUMN_DRAWS, false, true},
    {"seed", LT_MSG_COLUMN_SEED, false, true},
};
static const lt_column weight_columns[] = {
    {"criterion", LT_MSG_COLUMN_CRITERION, false},
    {"weight", LT_MSG_COLUMN_WEIGHT, false},
    {"meaning", LT_MSG_COLUMN_MEANING, false},
};
static const lt_column unknown_columns[] = {
    {"rank", LT_MSG_COLUMN_RANK, false},
    {"link", LT_MSG_COLUMN_LINK, true},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_COLUMN_CHAIN, .meaning = LT_MSG_MEANS_CHAIN_NAME},
    {"score", LT_MSG_COLUMN_SCORE_IF_MISSING, false},
    {"rank_if_missing", LT_MSG_COLUMN_RANK_IF_MISSING, false},
    {"unlocks_if_present", LT_MSG_COLUMN_UNLOCKS_IF_PRESENT, false},
    {"blocked_finals", LT_MSG_COLUMN_BLOCKED_FINALS, false},
    {"criteria.necessity", LT_MSG_CRITERION_NECESSITY, true},
    {"criteria.leverage", LT_MSG_CRITERION_LEVERAGE, true},
    {"criteria.unlock", LT_MSG_CRITERION_UNLOCK, true},
    {"criteria.pull", LT_MSG_CRITERION_PULL, true},
    {"criteria.push", LT_MSG_CRITERION_PUSH, true},
    {"criteria.research", LT_MSG_CRITERION_RESEARCH, true},
    {"criteria.zone_fit", LT_MSG_CRITERION_ZONE_FIT, true},
    {"criteria.prospects", LT_MSG_CRITERION_PROSPECTS, true},
    {"criteria.policy", LT_MSG_CRITERION_POLICY, true},
    {"ask.first", LT_MSG_COLUMN_ASK_FIRST, false},
    {"ask.leaders", LT_MSG_COLUMN_CHAIN_LEADERS, true},
    {"ask.zones", LT_MSG_COLUMN_ZONES, true},
    {"ask.customers", LT_MSG_COLUMN_CUSTOMERS, true},
    {"ask.suppliers", LT_MSG_COLUMN_SUPPLIERS, true},
    {"ask.associations", LT_MSG_COLUMN_ASSOCIATIONS, true},
};
static const lt_column fallen_columns[] = {
    {"rank_all_facts", LT_MSG_COLUMN_RANK_ALL_FACTS, false},
    {"link", LT_MSG_COLUMN_LINK, true},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"score_all_facts", LT_MSG_COLUMN_SCORE_ALL_FACTS, false},
    {"status", LT_MSG_COLUMN_STATUS_HERE, false},
    {"basis", LT_MSG_COLUMN_LINK_BASIS, false},
};
enum {
    LIST_COLUMNS = sizeof list_columns / sizeof *list_columns,
    WEIGHT_COLUMNS = sizeof weight_columns / sizeof *weight_columns,
    UNKNOWN_COLUMNS = sizeof unknown_columns / sizeof *unknown_columns,
    FALLEN_COLUMNS = sizeof fallen_columns / sizeof *fallen_columns
};

static const lt_message criterion_names[LT_CRITERIA] = {
    LT_MSG_CRITERION_NECESSITY, LT_MSG_CRITERION_LEVERAGE,  LT_MSG_CRITERION_UNLOCK,
    LT_MSG_CRITERION_PULL,      LT_MSG_CRITERION_PUSH,      LT_MSG_CRITERION_RESEARCH,
    LT_MSG_CRITERION_ZONE_FIT,  LT_MSG_CRITERION_PROSPECTS, LT_MSG_CRITERION_POLICY,
};
static const lt_message criterion_meanings[LT_CRITERIA] = {
    LT_MSG_MEANING_NECESSITY, LT_MSG_MEANING_LEVERAGE, LT_MSG_MEANING_UNLOCK,    LT_MSG_MEANING_PULL,   LT_MSG_MEANING_PUSH,
    LT_MSG_MEANING_RESEARCH,  LT_MSG_MEANING_ZONE_FIT, LT_MSG_MEANING_PROSPECTS, LT_MSG_MEANING_POLICY,
};

/** The same list on all facts, where --min-basis leaves some out. */
typedef struct {
    lt_dataset *dataset; /* NULL = the list is on all facts */
    lt_gaps gaps;
    lt_targets targets;
} all_facts;

/** What writing the list needs. */
typedef struct {
    program *p;
    lt_gaps gaps;
    lt_targets targets;
    lt_briefing *briefing;
    lt_failure_model *failures;
    lt_chain_lead *leads;
    size_t lead_count;
    lt_robustness robust; /* alternatives 0 = not asked for */
    double draws, seed, top;
    double weights[LT_CRITERIA];
    all_facts all;
    lt_node chain, zone;
    lt_table_writer *writer;
    cell_texts texts;
    double *written;         /* scores as written, by place on the list */
    uint32_t *shown_targets; /* places on the list, of the rows */
    size_t selected, shown, unknown_selected, unknown_shown;
    lt_column columns[COLUMNS]; /* those that this run can fill */
    bool kept[COLUMNS];
    size_t column_count;
} listing;

/* Columns of figures that were not asked for would be empty all the way down. */
static void choose_columns(listing *l)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        bool about_all = strcmp(columns[i].key, "rank_all_facts") == 0;
        l->kept[i] = !columns[i].may_lack || (about_all ? l->all.dataset != NULL : l->robust.alternatives > 0);
        if (l->kept[i]) l->columns[l->column_count++] = columns[i];
    }
}

static bool has_zone(const listing *l, const lt_brief *brief)
{
    const lt_brief_items *zones = &brief->lists[LT_BRIEF_ZONES];
    for (size_t i = 0; i < zones->count; i++)
        if (zone_within(l->p->dataset, zones->items[i].node, l->zone)) return true;
    return false;
}

static bool is_tie(const listing *l, size_t i)
{
    return (i > 0 && l->written[i - 1] == l->written[i]) || (i + 1 < l->targets.listed_count && l->written[i + 1] == l->written[i]);
}

/* The smaller of the changes that swap it with the one above and the one below. */
static lt_weight_change weakest_swap(const listing *l, size_t i)
{
    const lt_target *t = l->targets.listed;
    lt_weight_change best = {NAN, UINT32_MAX};
    if (is_tie(l, i)) return (lt_weight_change){0, UINT32_MAX};
    if (i > 0) best = lt_robustness_swap(t[i - 1].criteria, t[i].criteria, l->weights, LT_CRITERIA);
    if (i + 1 < l->targets.listed_count) {
        lt_weight_change below = lt_robustness_swap(t[i].criteria, t[i + 1].criteria, l->weights, LT_CRITERIA);
        if (isnan(best.change) || fabs(below.change) < fabs(best.change)) best = below;
    }
    return best;
}

static lt_cell weights_cell(const listing *l, const double *weights, cell_texts *texts)
{
    char *text = NULL, number[LT_REAL_SIZE];
    size_t size;
    FILE *file = open_memstream(&text, &size);
    if (!file) return lt_cell_null();
    for (int i = 0; i < LT_CRITERIA; i++) {
        lt_real_text(number, weights[i], 12);
        fprintf(file, "%s\"%s\":%s", i == 0 ? "{" : ",", lt_criterion_word((lt_criterion)i), number);
    }
    fputc('}', file);
    fclose(file);
    (void)l;
    const char *kept = keep_text(texts, text);
    return lt_cell_json(kept, kept);
}

static void fill_robustness(listing *l, size_t i, lt_cell *cells)
{
    const lt_robustness *r = &l->robust;
    for (int c = 0; c < 9; c++) cells[c] = lt_cell_null();
    if (r->alternatives == 0) return;
    double top = 0;
    for (size_t k = 0; k < r->ranks; k++) top += r->acceptability[i * r->ranks + k];
    lt_weight_change swap = weakest_swap(l, i);
    cells[0] = lt_cell_real(top);
    cells[1] = lt_cell_integer(r->best_rank[i]);
    cells[2] = lt_cell_integer(r->worst_rank[i]);
    cells[3] = lt_cell_real(r->mean_rank[i]);
    cells[4] = lt_cell_real(r->acceptability[i * r->ranks]);
    if (!isnan(r->central[i * LT_CRITERIA])) cells[5] = weights_cell(l, &r->central[i * LT_CRITERIA], &l->texts);
    if (!isnan(r->confidence[i])) cells[6] = lt_cell_real(r->confidence[i]);
    if (!isnan(swap.change)) cells[7] = lt_cell_real(fabs(swap.change));
    if (swap.criterion != UINT32_MAX)
        cells[8] = lt_cell_word(lt_criterion_word((lt_criterion)swap.criterion), criterion_names[swap.criterion], LT_TONE_PLAIN);
}

/* Place of a link on the list on all facts, 0 = it is not on it. */
static size_t rank_on_all(const all_facts *all, const char *id)
{
    lt_node node = lt_find(all->dataset, id);
    if (node == LT_NONE || lt_node_kind(all->dataset, node) != LT_LINK) return 0;
    for (size_t i = 0; i < all->targets.listed_count; i++)
        if (all->targets.listed[i].link == lt_node_index(all->dataset, node)) return i + 1;
    return 0;
}

static void fill_row(listing *l, size_t i, size_t rank, const lt_brief *brief, lt_cell cells[COLUMNS])
{
    const lt_dataset *ds = l->p->dataset;
    const lt_target *t = &l->targets.listed[i];
    const lt_link *link = &lt_links(ds)[t->link];
    const char *id = lt_dataset_string(ds, link->head.id);
    brief_row row = {l->p, &l->gaps, t, brief, l->leads, l->lead_count};
    cell_texts *texts = &l->texts;
    size_t on_all = l->all.dataset ? rank_on_all(&l->all, id) : 0;
    lt_cell *next = cells;
    *next++ = lt_cell_integer((int64_t)rank);
    *next++ = lt_cell_integer((int64_t)i + 1);
    *next++ = on_all ? lt_cell_integer((int64_t)on_all) : lt_cell_null();
    *next++ = lt_cell_bool(is_tie(l, i));
    *next++ = lt_cell_text(id);
    *next++ = lt_cell_text(lt_dataset_string(ds, link->head.name));
    *next++ = node_cell(l->p, link->chain, texts);
    *next++ = action_cell((lt_action)l->gaps.action[t->link]);
    *next++ = status_cell((lt_status)l->gaps.status[t->link]);
    *next++ = lt_cell_real(t->score);
    fill_robustness(l, i, next);
    next += 9;
    for (int c = 0; c < LT_CRITERIA; c++) *next++ = lt_cell_real(t->criteria[c]);
    *next++ = lt_cell_integer(t->unlocked);
    *next++ = lt_cell_integer(t->blocked_finals);
    *next++ = brief->lists[LT_BRIEF_ZONES].count > 0 ? node_cell(l->p, brief->lists[LT_BRIEF_ZONES].items[0].node, texts)
                                                     : lt_cell_null();
    *next++ = brief_cell(&row, LT_BRIEF_ZONES, texts);
    *next++ = brief_cell(&row, LT_BRIEF_CANDIDATES, texts);
    *next++ = brief_cell(&row, LT_BRIEF_REGIONS, texts);
    *next++ = brief_cell(&row, LT_BRIEF_RESEARCH, texts);
    *next++ = brief_cell(&row, LT_BRIEF_CUSTOMERS, texts);
    *next++ = brief_cell(&row, LT_BRIEF_SUPPLIERS, texts);
    *next++ = brief_cell(&row, LT_BRIEF_ASSOCIATIONS, texts);
    *next++ = leaders_cell(&row, texts);
    *next++ = advice_cell(&row, brief->instruments, brief->instrument_count, texts);
    *next++ = advice_cell(&row, brief->ways, brief->way_count, texts);
    *next++ = totals_cell(&row, texts);
    *next++ = basis_cell((lt_basis)l->gaps.basis[t->link]);
    *next++ = sources_cell(l->p, &l->gaps.coverage, t->link, texts);
    *next++ = reasons_cell(&row, l->failures, texts);
}

static void write_row(listing *l, size_t i, const lt_brief *brief)
{
    lt_cell cells[COLUMNS];
    cell_texts *texts = &l->texts;
    fill_row(l, i, l->selected, brief, cells);
    size_t count = 0;
    for (size_t c = 0; c < COLUMNS; c++)
        if (l->kept[c]) cells[count++] = cells[c];
    if (!texts->failed) lt_table_row(l->writer, cells);
    free_cell_texts(texts);
}

static lt_code write_rows(listing *l, lt_error *error)
{
    lt_table_begin(l->writer, "rows", LT_MSG_TITLE_TARGETS, l->columns, l->column_count);
    for (size_t i = 0; i < l->targets.listed_count && !l->texts.failed; i++) {
        lt_brief brief;
        if (l->chain != LT_NONE && !lt_link_in_chain(l->p->dataset, l->targets.listed[i].link, l->chain)) continue;
        if (l->zone == LT_NONE && l->top > 0 && (double)l->shown >= l->top) {
            l->selected++;
            continue;
        }
        lt_code code = lt_brief_make(l->briefing, &l->targets.listed[i], &brief, error);
        if (code != LT_OK) return code;
        if (l->zone != LT_NONE && !has_zone(l, &brief)) continue;
        l->selected++;
        if (l->top > 0 && (double)l->shown >= l->top) continue;
        l->shown_targets[l->shown++] = (uint32_t)i;
        write_row(l, i, &brief);
    }
    return LT_OK;
}

/* The rows once more, by some of their columns. */
static lt_code write_sheet(listing *l, size_t sheet, lt_error *error)
{
    lt_column chosen[16];
    size_t from[16], count = 0;
    for (size_t k = 0; k < 16 && sheets[sheet].keys[k]; k++)
        for (size_t c = 0; c < COLUMNS; c++) {
            if (!l->kept[c] || strcmp(columns[c].key, sheets[sheet].keys[k]) != 0) continue;
            chosen[count] = columns[c];
            chosen[count].own_table = false;
            from[count++] = c;
        }
    lt_table_begin(l->writer, sheets[sheet].name, sheets[sheet].title, chosen, count);
    for (size_t i = 0; i < l->shown && !l->texts.failed; i++) {
        lt_cell cells[COLUMNS], row[16];
        lt_brief brief;
        lt_code code = lt_brief_make(l->briefing, &l->targets.listed[l->shown_targets[i]], &brief, error);
        if (code != LT_OK) return code;
        fill_row(l, l->shown_targets[i], i + 1, &brief, cells);
        for (size_t c = 0; c < count; c++) row[c] = cells[from[c]];
        if (!l->texts.failed) lt_table_row(l->writer, row);
        free_cell_texts(&l->texts);
    }
    return LT_OK;
}

static lt_code write_sheets(listing *l, lt_error *error)
{
    lt_code code = LT_OK;
    size_t count = sizeof sheets / sizeof *sheets;
    for (size_t i = 0; i < count && code == LT_OK; i++) {
        bool asked = strcmp(sheets[i].name, "robustness") != 0 || l->robust.alternatives > 0;
        if (asked) code = write_sheet(l, i, error);
    }
    return code;
}

/* Where a link that is not listed would stand. */
static size_t rank_if_listed(const listing *l, const lt_target *t)
{
    size_t rank = 1;
    double score = lt_real_written(t->score);
    for (size_t i = 0; i < l->targets.listed_count; i++)
        rank += l->written[i] > score || (l->written[i] == score && l->targets.listed[i].link < t->link);
    return rank;
}

static lt_code write_unknown(listing *l, lt_error *error)
{
    const lt_dataset *ds = l->p->dataset;
    lt_table_begin(l->writer, "unknown", LT_MSG_TITLE_UNKNOWN, unknown_columns, UNKNOWN_COLUMNS);
    for (size_t i = 0; i < l->targets.unknown_count && !l->texts.failed; i++) {
        const lt_target *t = &l->targets.unknown[i];
        lt_brief brief;
        if (l->chain != LT_NONE && !lt_link_in_chain(ds, t->link, l->chain)) continue;
        lt_code code = lt_brief_make(l->briefing, t, &brief, error);
        if (code != LT_OK) return code;
        if (l->zone != LT_NONE && !has_zone(l, &brief)) continue;
        l->unknown_selected++;
        if (l->top > 0 && (double)l->unknown_shown >= l->top) continue;
        brief_row row = {l->p, &l->gaps, t, &brief, l->leads, l->lead_count};
        lt_cell cells[UNKNOWN_COLUMNS], *next = cells;
        *next++ = lt_cell_integer((int64_t)++l->unknown_shown);
        *next++ = lt_cell_text(lt_dataset_string(ds, lt_links(ds)[t->link].head.id));
        *next++ = lt_cell_text(lt_dataset_string(ds, lt_links(ds)[t->link].head.name));
        *next++ = node_cell(l->p, lt_links(ds)[t->link].chain, &l->texts);
        *next++ = lt_cell_real(t->score);
        *next++ = lt_cell_integer((int64_t)rank_if_listed(l, t));
        *next++ = lt_cell_integer(t->unlocked);
        *next++ = lt_cell_integer(t->blocked_finals);
        for (int c = 0; c < LT_CRITERIA; c++) *next++ = lt_cell_real(t->criteria[c]);
        *next++ = first_to_ask_cell(&row, &l->texts);
        *next++ = leaders_cell(&row, &l->texts);
        *next++ = brief_cell(&row, LT_BRIEF_ZONES, &l->texts);
        *next++ = brief_cell(&row, LT_BRIEF_CUSTOMERS, &l->texts);
        *next++ = brief_cell(&row, LT_BRIEF_SUPPLIERS, &l->texts);
        *next++ = brief_cell(&row, LT_BRIEF_ASSOCIATIONS, &l->texts);
        if (!l->texts.failed) lt_table_row(l->writer, cells);
        free_cell_texts(&l->texts);
    }
    return LT_OK;
}

/* What is on the list on all facts and not on this one, and what it is here. */
static void write_fallen(listing *l)
{
    const lt_dataset *ds = l->p->dataset, *all = l->all.dataset;
    lt_table_begin(l->writer, "fallen", LT_MSG_TITLE_FALLEN, fallen_columns, FALLEN_COLUMNS);
    for (size_t i = 0; i < l->all.targets.listed_count; i++) {
        const lt_target *t = &l->all.targets.listed[i];
        const char *id = lt_dataset_string(all, lt_links(all)[t->link].head.id);
        lt_node here = lt_find(ds, id), chain = l->chain == LT_NONE ? LT_NONE : lt_find(all, lt_node_id(ds, l->chain));
        bool is_link = here != LT_NONE && lt_node_kind(ds, here) == LT_LINK, listed = false;
        if (chain != LT_NONE && !lt_link_in_chain(all, t->link, chain)) continue;
        for (size_t k = 0; k < l->targets.listed_count && is_link; k++)
            listed |= l->targets.listed[k].link == lt_node_index(ds, here);
        if (listed) continue;
        const lt_cell cells[FALLEN_COLUMNS] = {
            lt_cell_integer((int64_t)i + 1),
            lt_cell_text(id),
            lt_cell_text(lt_dataset_string(all, lt_links(all)[t->link].head.name)),
            lt_cell_real(t->score),
            is_link ? status_cell((lt_status)l->gaps.status[lt_node_index(ds, here)])
                    : lt_cell_word("absent", LT_MSG_STATUS_ABSENT, LT_TONE_GREY),
            basis_cell((lt_basis)lt_links(all)[t->link].head.record.basis),
        };
        lt_table_row(l->writer, cells);
    }
}

static void write_summary(listing *l)
{
    lt_table_begin(l->writer, "list", LT_MSG_TITLE_LIST, list_columns, LIST_COLUMNS);
    bool robust = l->robust.alternatives > 0;
    const lt_cell cells[LIST_COLUMNS] = {
        lt_cell_integer((int64_t)l->targets.listed_count),
        lt_cell_integer((int64_t)l->selected),
        lt_cell_integer((int64_t)l->shown),
        lt_cell_integer((int64_t)l->unknown_selected),
        lt_cell_integer((int64_t)l->unknown_shown),
        lt_cell_integer(l->targets.most_unlocked),
        robust ? lt_cell_integer((int64_t)l->draws) : lt_cell_null(),
        robust ? lt_cell_integer((int64_t)l->seed) : lt_cell_null(),
    };
    lt_table_row(l->writer, cells);
    lt_table_begin(l->writer, "weights", LT_MSG_TITLE_WEIGHTS, weight_columns, WEIGHT_COLUMNS);
    for (int i = 0; i < LT_CRITERIA; i++) {
        const lt_cell weight[WEIGHT_COLUMNS] = {
            lt_cell_word(lt_criterion_word((lt_criterion)i), criterion_names[i], LT_TONE_PLAIN),
            lt_cell_real(l->weights[i]),
            lt_cell_word(lt_message_pattern(LT_LANG_EN, criterion_meanings[i]), criterion_meanings[i], LT_TONE_PLAIN),
        };
        lt_table_row(l->writer, weight);
    }
}

static int write_targets(listing *l)
{
    output out;
    int code;
    lt_error error = {0};
    choose_columns(l);
    l->writer = open_table(&out, l->p, &code);
    if (!l->writer) return code;
    lt_code made = write_rows(l, &error);
    if (made == LT_OK && strcmp(table_format(l->p), "xlsx") == 0) made = write_sheets(l, &error);
    if (made == LT_OK) made = write_unknown(l, &error);
    if (made == LT_OK) write_summary(l);
    if (made == LT_OK && l->all.dataset) write_fallen(l);
    if (l->texts.failed) error = (lt_error){.code = made = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return end_table(&out, l->writer, made == LT_OK ? EXIT_DONE : say_error(l->p, &error));
}

static lt_code run_robustness(listing *l, double threads, lt_error *error)
{
    size_t count = l->targets.listed_count;
    if (l->draws <= 0 || count == 0) return LT_OK;
    double *values = calloc(count, sizeof *l->targets.listed[0].criteria * LT_CRITERIA);
    if (!values) return *error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY}, LT_E_MEMORY;
    for (size_t i = 0; i < count; i++)
        memcpy(&values[i * LT_CRITERIA], l->targets.listed[i].criteria, LT_CRITERIA * sizeof *values);
    lt_robustness_input input = {.alternatives = count,
                                 .criteria = LT_CRITERIA,
                                 .values = values,
                                 .draws = (size_t)l->draws,
                                 .seed = (uint64_t)l->seed,
                                 .ranks = count < FIRST ? count : FIRST,
                                 .threads = (unsigned)threads};
    lt_code code = lt_robustness_run(&input, &l->robust, error);
    free(values);
    return code;
}

static int read_numbers(listing *l, double *details, double *threads)
{
    const arguments *a = &l->p->args;
    int code = read_whole(l->p, "--top", a->top, 1, 1e9, 0, &l->top);
    if (code == EXIT_DONE) code = read_whole(l->p, "--details", a->details, 0, 1e9, 10, details);
    if (code == EXIT_DONE) code = read_whole(l->p, "--robust", a->robust, 1, 1e9, 0, &l->draws);
    if (code == EXIT_DONE) code = read_whole(l->p, "--seed", a->seed, 0, 9007199254740991.0, 1, &l->seed);
    if (code == EXIT_DONE) code = read_whole(l->p, "--threads", a->threads, 0, 1024, 0, threads);
    if (code == EXIT_DONE && a->seed && !a->robust) code = usage_error(l->p, LT_MSG_USAGE_NEEDS, WORDS("--seed", "--robust"));
    return code;
}

static int analyse(listing *l, double details, double threads)
{
    program *p = l->p;
    lt_error error = {0};
    lt_code code = lt_targets_analyse(p->dataset, &l->gaps, &p->policy, &l->targets, &error);
    lt_criterion_weights(&p->policy, l->weights);
    l->shown_targets = calloc(l->targets.listed_count + 1, sizeof *l->shown_targets);
    l->written = calloc(l->targets.listed_count + 1, sizeof *l->written);
    if (!l->shown_targets || !l->written) return say_error(p, &(lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY});
    for (size_t i = 0; i < l->targets.listed_count; i++) l->written[i] = lt_real_written(l->targets.listed[i].score);
    if (code == LT_OK) code = run_robustness(l, threads, &error);
    if (code == LT_OK) code = lt_briefing_new(p->dataset, &l->gaps, &p->policy, p->rules, (size_t)details, &l->briefing, &error);
    if (code == LT_OK) code = lt_failure_model_new(p->dataset, &l->failures, &error);
    if (code == LT_OK) code = lt_chain_leads(p->dataset, &l->leads, &l->lead_count, &error);
    if (code == LT_OK && p->args.min_basis) {
        int opened = open_all_facts(p, &l->all.dataset);
        if (opened != EXIT_DONE) return opened;
        code = lt_gaps_analyse(l->all.dataset, &p->policy, &l->all.gaps, &error);
        if (code == LT_OK) code = lt_targets_analyse(l->all.dataset, &l->all.gaps, &p->policy, &l->all.targets, &error);
    }
    return code == LT_OK ? EXIT_DONE : say_error(p, &error);
}

int run_targets(program *p)
{
    listing l = {.p = p, .zone = LT_NONE};
    double details = 0, threads = 0;
    int code = read_numbers(&l, &details, &threads);
    if (code == EXIT_DONE) code = open_gaps(p, &l.chain, &l.gaps);
    if (code != EXIT_DONE) return code;
    code = find_zone(p, &l.zone);
    if (code == EXIT_DONE) code = analyse(&l, details, threads);
    if (code == EXIT_DONE) code = write_targets(&l);
    lt_gaps_done(&l.gaps);
    lt_targets_done(&l.targets);
    lt_robustness_done(&l.robust);
    free(l.written);
    free(l.shown_targets);
    lt_briefing_free(l.briefing);
    lt_failure_model_free(l.failures);
    lt_chain_leads_free(l.leads);
    lt_gaps_done(&l.all.gaps);
    lt_targets_done(&l.all.targets);
    lt_dataset_free(l.all.dataset);
    return code;
}
