/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bottlenecks --explain and --without: how one failure spreads, what one loss changes. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

void failure_route(const program *p, const lt_failure *failure, uint32_t link, char *buffer, size_t size)
{
    static const char arrow[] = " → ";
    size_t needed = lt_failure_route_text(p->dataset, failure, link, arrow, NULL, 0) + 1;
    char *text = malloc(needed);
    buffer[0] = '\0';
    if (text) {
        lt_failure_route_text(p->dataset, failure, link, arrow, text, needed);
        append_text(buffer, size, text);
    }
    free(text);
}

static const lt_supply *find_supply(const lt_dataset *ds, uint32_t from, uint32_t to)
{
    size_t count;
    const lt_supply *supplies = lt_supplies_from(ds, from, &count);
    lt_node consumer = lt_node_at(ds, LT_LINK, to);
    for (size_t i = 0; i < count; i++)
        if (supplies[i].edge.to == consumer) return &supplies[i];
    return NULL;
}

size_t failure_records(const program *p, const lt_failure *failure, uint32_t link, char (*records)[400], size_t limit)
{
    uint32_t route[LT_FAILURE_ROUTE];
    size_t count = lt_failure_route(failure, link, route, LT_FAILURE_ROUTE), written = 0;
    for (size_t i = 1; i < count && written < limit; i++) {
        const lt_supply *supply = find_supply(p->dataset, route[i - 1], route[i]);
        if (!supply) continue;
        lt_list source = supply->edge.record.source;
        char *record = records[written++];
        record[0] = '\0';
        append_text(record, 400, "supply ");
        append_text(record, 400, lt_node_id(p->dataset, supply->edge.from));
        append_text(record, 400, " → ");
        append_text(record, 400, lt_node_id(p->dataset, supply->edge.to));
        append_text(record, 400, " (");
        append_text(record, 400, lt_enum_word(LT_ENUM_BASIS, supply->edge.record.basis));
        for (uint32_t s = 0; s < source.count; s++) {
            append_text(record, 400, s == 0 ? ": " : "; ");
            append_text(record, 400, lt_dataset_string(p->dataset, lt_list_string(p->dataset, source, s)));
        }
        append_text(record, 400, ")");
    }
    return written;
}

static const lt_column explain_columns[] = {
    {"final", LT_MSG_COLUMN_FINAL, false}, {"name", LT_MSG_COLUMN_NAME, false},      {"rounds", LT_MSG_COLUMN_ROUNDS, false},
    {"route", LT_MSG_COLUMN_ROUTE, false}, {"records", LT_MSG_COLUMN_RECORDS, true},
};
enum { EXPLAIN_COLUMNS = sizeof explain_columns / sizeof *explain_columns };

static void write_final(const program *p, const lt_failure *failure, uint32_t final, lt_table_writer *writer)
{
    char route[8000], (*records)[400] = calloc(LT_FAILURE_ROUTE, sizeof *records);
    const char *texts[LT_FAILURE_ROUTE];
    size_t count = records ? failure_records(p, failure, final, records, LT_FAILURE_ROUTE) : 0;
    for (size_t i = 0; i < count; i++) texts[i] = records[i];
    failure_route(p, failure, final, route, sizeof route);
    const lt_link *link = &lt_links(p->dataset)[final];
    lt_cell cells[EXPLAIN_COLUMNS] = {
        lt_cell_text(lt_dataset_string(p->dataset, link->head.id)),
        lt_cell_text(lt_dataset_string(p->dataset, link->head.name)),
        lt_cell_integer(failure->round[final]),
        lt_cell_text(route),
        lt_cell_list(texts, count),
    };
    lt_table_row(writer, cells);
    free(records);
}

int explain_failure(program *p, uint32_t link)
{
    lt_failure_model *model;
    lt_error error = {0};
    output out;
    int code;
    if (lt_failure_model_new(p->dataset, &model, &error) != LT_OK) return say_error(p, &error);
    const lt_failure *failure = lt_failure_run(model, &link, 1);
    lt_table_writer *writer = open_table(&out, p, &code);
    if (writer) {
        lt_table_begin(writer, "rows", LT_MSG_TITLE_EXPLAIN, explain_columns, EXPLAIN_COLUMNS);
        for (size_t i = 0; i < failure->failed_count; i++)
            if (failure->failed[i] != link && lt_links(p->dataset)[failure->failed[i]].final)
                write_final(p, failure, failure->failed[i], writer);
        code = close_table(&out, writer);
    }
    lt_failure_model_free(model);
    return code;
}

static const lt_column loss_columns[] = {
    {"link", LT_MSG_COLUMN_LINK, false},
    {"name", LT_MSG_COLUMN_NAME, false},
    {"chain", LT_MSG_COLUMN_CHAIN, false},
    {"final", LT_MSG_COLUMN_IS_FINAL, false},
    {"before", LT_MSG_COLUMN_BEFORE, false},
    {"after", LT_MSG_COLUMN_AFTER, false},
    {"lost_last_producer", LT_MSG_COLUMN_LOST_LAST, false},
    {"falls", LT_MSG_COLUMN_FALLS, false},
};
enum { LOSS_COLUMNS = sizeof loss_columns / sizeof *loss_columns };

static void write_changes(const program *p, const lt_gaps *before, const lt_gaps *after, lt_table_writer *writer)
{
    lt_table_begin(writer, "rows", LT_MSG_TITLE_WITHOUT, loss_columns, LOSS_COLUMNS);
    for (uint32_t i = 0; i < before->count; i++) {
        const lt_link *link = &lt_links(p->dataset)[i];
        bool lost = before->coverage.producers[i] > 0 && after->coverage.producers[i] == 0;
        bool falls = before->producible.producible[i] && !after->producible.producible[i];
        if (link->abstract || (before->status[i] == after->status[i] && !lost && !falls)) continue;
        lt_cell cells[LOSS_COLUMNS] = {
            lt_cell_text(lt_dataset_string(p->dataset, link->head.id)),
            lt_cell_text(lt_dataset_string(p->dataset, link->head.name)),
            lt_cell_given(lt_node_id(p->dataset, link->chain)),
            lt_cell_bool(link->final),
            status_cell((lt_status)before->status[i]),
            status_cell((lt_status)after->status[i]),
            lt_cell_bool(lost),
            lt_cell_bool(falls),
        };
        lt_table_row(writer, cells);
    }
}

/* Only firms, institutions and projects can be lost, so both datasets have the same links under the same numbers. */
static int check_loss(const program *p, const char *id)
{
    lt_node node = lt_find(p->dataset, id);
    lt_kind kind = node == LT_NONE ? LT_KINDS : lt_node_kind(p->dataset, node);
    if (kind == LT_FIRM || kind == LT_INSTITUTION || kind == LT_PROJECT) return EXIT_DONE;
    return usage_error(p, LT_MSG_USAGE_NO_SUCH_FIRM, WORDS(id));
}

int show_loss(program *p, const char *id)
{
    lt_dataset *rest = NULL;
    lt_gaps before = {0}, after = {0};
    lt_error error = {0};
    output out;
    int code = check_loss(p, id);
    if (code == EXIT_DONE) code = open_without(p, id, &rest);
    if (code == EXIT_DONE && (lt_gaps_analyse(p->dataset, &p->policy, &before, &error) != LT_OK ||
                              lt_gaps_analyse(rest, &p->policy, &after, &error) != LT_OK))
        code = say_error(p, &error);
    lt_table_writer *writer = code == EXIT_DONE ? open_table(&out, p, &code) : NULL;
    if (writer) {
        write_changes(p, &before, &after, writer);
        code = close_table(&out, writer);
    }
    lt_gaps_done(&before);
    lt_gaps_done(&after);
    lt_dataset_free(rest);
    return code;
}
