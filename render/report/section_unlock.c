/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must come to make a final entirely here. Links without which it cannot be had, whatever else comes, are those whose
   failure alone stops it; how many more it takes at least, and in how many ways, the minimal sets tell. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/build.h"

enum { SHOWN = 30, COMPUTED = 300, NODES = 500000, NAMES = 6, SELVES = 12 };

/** A final that cannot be made here yet. */
typedef struct {
    uint32_t link, must; /* absent links that it cannot do without, itself counted */
    size_t first_must;   /* in the hangs, by link */
    size_t least;        /* links of the smallest set, or what is known to be needed at least; SIZE_MAX = there is none */
    size_t unknown;      /* links of the first smallest set that were never surveyed; SIZE_MAX = not known */
    double ways;         /* minimal sets; NaN = not counted */
} final;

static int by_need(const void *left, const void *right)
{
    const final *a = left, *b = right;
    if (a->least != b->least) return a->least < b->least ? -1 : 1;
    if (a->must != b->must) return a->must < b->must ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

/** What one failure brings down, as pairs. */
typedef struct {
    uint32_t final, link;
} hang;

static int by_final(const void *left, const void *right)
{
    const hang *a = left, *b = right;
    if (a->final != b->final) return a->final < b->final ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

/* Of each absent link, the report's finals that fail with it. @return false out of memory. */
static bool list_hangs(lti_report *r, const bool *wanted, hang **hangs, size_t *count)
{
    size_t capacity = 0;
    *hangs = NULL;
    *count = 0;
    for (uint32_t link = 0; link < r->gaps.count; link++) {
        if (lt_links(r->ds)[link].abstract || r->gaps.coverage.present[link]) continue;
        const lt_failure *failure = lt_failure_run(r->failures, &link, 1);
        for (size_t i = 0; i < failure->failed_count; i++) {
            if (!wanted[failure->failed[i]]) continue;
            if (*count == capacity) {
                capacity = 2 * capacity + 256;
                hang *grown = realloc(*hangs, capacity * sizeof *grown);
                if (!grown) return false;
                *hangs = grown;
            }
            (*hangs)[(*count)++] = (hang){failure->failed[i], link};
        }
    }
    if (*count > 0) qsort(*hangs, *count, sizeof **hangs, by_final);
    return true;
}

static const lt_doc_column columns[] = {
    {LT_MSG_COLUMN_FINAL, 20, false},      {LT_MSG_REPORT_COLUMN_LEAST, 12, true}, {LT_MSG_REPORT_COLUMN_OF_UNKNOWN, 12, true},
    {LT_MSG_REPORT_COLUMN_WAYS, 10, true}, {LT_MSG_REPORT_COLUMN_MUST, 46, false},
};

static size_t smallest_size(const lt_minimal_sets *sets)
{
    for (size_t size = 0; size < sets->size_count; size++)
        if (sets->by_size[size] > 0) return size;
    return SIZE_MAX;
}

/* How many links of the first smallest set were never surveyed. */
static size_t unknown_in_first(const lti_report *r, const lt_minimal_sets *sets)
{
    size_t unknown = 0;
    for (uint32_t i = sets->first[0]; i < sets->first[1]; i++) unknown += r->gaps.status[sets->link[i]] == LT_STATUS_UNKNOWN;
    return unknown;
}

/* Its minimal sets. Where they are too many to count, what it cannot do without is what is known. */
static lt_code solve(const lti_report *r, final *f)
{
    lt_minimal_sets sets;
    lt_set_options limits = {.node_limit = NODES, .set_limit = 1000, .failure_chance = r->options->policy->failure_chance};
    lt_code code = lt_unlock_sets(r->ds, r->gaps.coverage.present, f->link, &limits, &sets, r->error);
    if (code != LT_OK) return code;
    if (sets.exact) {
        f->ways = sets.count;
        f->least = smallest_size(&sets);
        if (sets.set_count > 0) f->unknown = unknown_in_first(r, &sets);
    }
    lt_minimal_sets_done(&sets);
    return LT_OK;
}

/** A link that every way needs, with what it is ordered by. */
typedef struct {
    bool unknown;
    double importance;
    uint32_t link;
} needed;

static int by_surety(const void *left, const void *right)
{
    const needed *a = left, *b = right;
    if (a->unknown != b->unknown) return a->unknown - b->unknown;
    if (a->importance != b->importance) return a->importance > b->importance ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

/* Names of what a final cannot do without: what is known not to be here first. */
static const char *must_names(lti_report *r, const final *f, const hang *hangs)
{
    needed *order = calloc(f->must + 1, sizeof *order);
    uint32_t *must = calloc(f->must + 1, sizeof *must);
    r->doc.failed |= !order || !must;
    const char *names = "";
    if (order && must) {
        for (uint32_t i = 0; i < f->must; i++) {
            uint32_t link = hangs[f->first_must + i].link;
            order[i] = (needed){r->gaps.status[link] == LT_STATUS_UNKNOWN, lt_links(r->ds)[link].importance, link};
        }
        qsort(order, f->must, sizeof *order, by_surety);
        for (uint32_t i = 0; i < f->must; i++) must[i] = order[i].link;
        names = lti_link_names(r, must, f->must, NAMES, true);
    }
    free(order);
    free(must);
    return names;
}

static void put_final(lti_report *r, const final *f, const hang *hangs)
{
    const char *id = lti_link_id(r, f->link);
    lti_cell_text(r, lti_link_name(r, f->link));
    lt_doc_cell(&r->doc);
    if (f->least == SIZE_MAX) lti_tell(r, LT_MSG_REPORT_NO_WAY);
    else if (isnan(f->ways)) LTI_TELL(r, LT_MSG_REPORT_AT_LEAST, lti_whole(r, f->must, lti_figure(r, "unlock", id, "must")));
    else lt_doc_run_add(&r->doc, lti_whole(r, f->least, lti_figure(r, "unlock", id, "least")));
    if (f->unknown != SIZE_MAX) lti_cell_whole(r, f->unknown, lti_figure(r, "unlock", id, "unknown"));
    else lti_cell_word(r, LT_MSG_REPORT_DASH);
    if (isnan(f->ways)) lti_cell_word(r, LT_MSG_REPORT_NOT_COUNTED);
    else lti_cell(r, lti_value(r, f->ways, lti_figure(r, "unlock", id, "count")));
    lt_doc_cell(&r->doc);
    if (f->must == 0) lti_tell(r, LT_MSG_REPORT_MUST_NONE);
    else
        LTI_TELL(r, f->must == 1 ? LT_MSG_REPORT_MUST_ONE : LT_MSG_REPORT_MUST,
                 lti_whole(r, f->must, lti_figure(r, "unlock", id, "must")), lti_plain(must_names(r, f, hangs)));
}

/* Whether nothing but the final itself is lacking. */
static bool lacks_itself(const final *f, const hang *hangs)
{
    return f->least == 1 && f->must == 1 && f->unknown != SIZE_MAX && hangs[f->first_must].link == f->link;
}

/* Finals that lack nothing but themselves are told in a sentence: what is known not to be here, what was never surveyed.
   @return how many; they are taken out of the list. */
static size_t say_selves(lti_report *r, final *finals, size_t count, const hang *hangs)
{
    static const lt_message parts[] = {LT_MSG_REPORT_UNLOCK_SELF_KNOWN, LT_MSG_REPORT_UNLOCK_SELF_UNKNOWN};
    size_t selves[2] = {0}, all = 0, kept = 0;
    uint32_t *links = calloc(2 * count, sizeof *links);
    r->doc.failed |= !links;
    for (size_t i = 0; i < count && links; i++) {
        if (lacks_itself(&finals[i], hangs)) links[finals[i].unknown * count + selves[finals[i].unknown]++] = finals[i].link;
        else finals[kept++] = finals[i];
    }
    all = selves[0] + selves[1];
    if (all > 0) LTI_TELL(r, all == 1 ? LT_MSG_REPORT_UNLOCK_SELF_ONE : LT_MSG_REPORT_UNLOCK_SELF, lti_whole(r, all, NULL));
    for (size_t i = 0; i < 2; i++) {
        if (selves[i] == 0) continue;
        if (i > 0 && selves[0] > 0) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_PART_SEPARATOR));
        LTI_TELL(r, parts[i], lti_whole(r, selves[i], NULL),
                 lti_plain(lti_link_names(r, &links[i * count], selves[i], SELVES, true)));
    }
    if (all > 0) lti_tell(r, LT_MSG_REPORT_STOP);
    free(links);
    return all;
}

static lt_code put_finals(lti_report *r, final *finals, size_t count, const hang *hangs, size_t hang_count)
{
    lt_code code = LT_OK;
    for (size_t f = 0, h = 0; f < count; f++) { /* both by index */
        finals[f].first_must = h;
        for (; h < hang_count && hangs[h].final == finals[f].link; h++) finals[f].must++;
        finals[f].least = finals[f].must;
        finals[f].unknown = SIZE_MAX;
        finals[f].ways = NAN;
    }
    qsort(finals, count, sizeof *finals, by_need);
    for (size_t f = 0; f < count && f < COMPUTED && code == LT_OK; f++) code = solve(r, &finals[f]);
    if (code != LT_OK) return code;
    qsort(finals, count < COMPUTED ? count : COMPUTED, sizeof *finals, by_need);
    size_t selves = say_selves(r, finals, count, hangs), rest = count - selves, shown = rest < SHOWN ? rest : SHOWN;
    if (rest == 0) return LT_OK;
    bool city = r->chain == LT_NONE;
    lt_message first = city ? LT_MSG_REPORT_UNLOCK_FIRST : LT_MSG_REPORT_UNLOCK_FIRST_CHAIN;
    lt_message rest_first = city ? LT_MSG_REPORT_UNLOCK_REST_FIRST : LT_MSG_REPORT_UNLOCK_REST_FIRST_CHAIN;
    if (shown < rest) LTI_TELL(r, selves > 0 ? rest_first : first, lti_whole(r, shown, NULL), lti_whole(r, rest, NULL));
    else if (selves > 0)
        LTI_TELL(r, rest == 1 ? LT_MSG_REPORT_UNLOCK_REST_ONE : LT_MSG_REPORT_UNLOCK_REST, lti_whole(r, rest, NULL));
    lt_doc_table(&r->doc, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < shown; i++) put_final(r, &finals[i], hangs);
    lti_note(r, LT_MSG_REPORT_UNLOCK_NOTE);
    return LT_OK;
}

/* How sure the required supply relations are, of the report's links. */
static void say_basis(lti_report *r)
{
    uint64_t by_basis[LT_BASIS_COUNT] = {0}, all = 0;
    for (size_t i = 0; i < lt_count(r->ds, LT_SUPPLY); i++) {
        const lt_supply *s = &lt_supplies(r->ds)[i];
        if (s->need != LT_NEED_REQUIRED) continue;
        if (r->chain != LT_NONE && !lt_link_in_chain(r->ds, lt_node_index(r->ds, s->edge.to), r->chain)) continue;
        by_basis[s->edge.record.basis]++;
        all++;
    }
    bool begun = false;
    for (uint8_t basis = 0; basis < LT_BASIS_COUNT && all > 0; basis++)
        if (by_basis[basis] == all) {
            LTI_TELL(r, all == 1 ? LT_MSG_REPORT_UNLOCK_BASIS_ONE : LT_MSG_REPORT_UNLOCK_BASIS_ALL, lti_whole(r, all, NULL),
                     lti_word(r, lti_basis_name(basis)));
            return;
        }
    if (all == 0) return;
    LTI_TELL(r, LT_MSG_REPORT_UNLOCK_BASIS, lti_whole(r, all, NULL));
    for (uint8_t basis = 0; basis < LT_BASIS_COUNT; basis++) {
        if (by_basis[basis] == 0) continue;
        if (begun) lt_doc_run_add(&r->doc, lti_word(r, LT_MSG_LIST_SEPARATOR));
        begun = true;
        LTI_TELL(r, LT_MSG_REPORT_UNLOCK_BASIS_COUNT, lti_word(r, lti_basis_name(basis)), lti_whole(r, by_basis[basis], NULL));
    }
    lti_tell(r, LT_MSG_REPORT_UNLOCK_BASIS_END);
}

lt_code lti_section_unlock(lti_report *r)
{
    final *finals = calloc(r->link_count + 1, sizeof *finals);
    bool *wanted = calloc(r->gaps.count + 1, sizeof *wanted);
    hang *hangs = NULL;
    size_t count = 0, made = 0, hang_count = 0;
    lt_code code = finals && wanted ? LT_OK : lti_out_of_memory(r);
    for (size_t i = 0; i < r->link_count && code == LT_OK; i++) {
        uint32_t link = r->links[i];
        if (!lt_links(r->ds)[link].final) continue;
        wanted[link] = !r->gaps.producible.producible[link];
        if (wanted[link]) finals[count++] = (final){.link = link};
        else made++;
    }
    if (code == LT_OK) {
        const char *scope = r->chain_id ? r->chain_id : "*";
        lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
        lt_doc_run all = lti_whole(r, count + made, lti_figure(r, "gaps", scope, "finals"));
        lt_doc_run here = lti_whole(r, made, lti_figure(r, "gaps", scope, "producible_finals"));
        if (count + made == 0) lti_tell(r, LT_MSG_REPORT_UNLOCK_NONE);
        else if (count == 0) LTI_TELL(r, made == 1 ? LT_MSG_REPORT_UNLOCK_ONE_DONE : LT_MSG_REPORT_UNLOCK_DONE, all);
        else if (made == 0) LTI_TELL(r, count == 1 ? LT_MSG_REPORT_UNLOCK_ONE : LT_MSG_REPORT_UNLOCK_ALL, all);
        else LTI_TELL(r, LT_MSG_REPORT_UNLOCK_SOME, all, here, lti_whole(r, count, lti_figure(r, "gaps", scope, "finals_not")));
    }
    if (code == LT_OK && count > 0) {
        say_basis(r);
        if (list_hangs(r, wanted, &hangs, &hang_count)) code = put_finals(r, finals, count, hangs, hang_count);
        else code = lti_out_of_memory(r);
    }
    free(finals);
    free(wanted);
    free(hangs);
    return code;
}
