/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "brief.h"

#include <stdlib.h>
#include <string.h>

void free_cell_texts(cell_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) free(texts->texts[i]);
    texts->count = 0;
}

const char *keep_text(cell_texts *texts, char *text)
{
    if (!text || texts->count == sizeof texts->texts / sizeof *texts->texts) {
        texts->failed = true;
        free(text);
        return "";
    }
    return texts->texts[texts->count++] = text;
}

bool line_begin(line *l, cell_texts *texts)
{
    *l = (line){0};
    l->file = open_memstream(&l->data, &l->size);
    texts->failed |= !l->file;
    return l->file != NULL;
}

const char *line_end(line *l, cell_texts *texts)
{
    bool written = !l->failed && !ferror(l->file);
    if (fclose(l->file) != 0 || !written) {
        free(l->data);
        l->data = NULL;
    }
    return keep_text(texts, l->data);
}

void line_message(line *l, lt_lang lang, lt_message message, const char *const *args, size_t count)
{
    size_t size = lt_message_format(NULL, 0, lang, message, args, count) + 1;
    char *text = malloc(size);
    if (text) {
        lt_message_format(text, size, lang, message, args, count);
        fputs(text, l->file);
    }
    l->failed |= !text;
    free(text);
}

static void put_message(const program *p, line *l, lt_message message, const char *const *args, size_t count)
{
    line_message(l, p->lang, message, args, count);
}

lt_cell json_cell(json_t *value, line *l, cell_texts *texts)
{
    const char *text = line_end(l, texts);
    const char *json = keep_text(texts, value ? json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(12)) : NULL);
    json_decref(value);
    return lt_cell_json(json, text);
}

lt_cell node_cell(const program *p, lt_node node, cell_texts *texts)
{
    line l;
    if (node == LT_NONE || !line_begin(&l, texts)) return lt_cell_null();
    fputs(lt_node_name(p->dataset, node), l.file);
    return json_cell(json_string(lt_node_id(p->dataset, node)), &l, texts);
}

static const char *scope_word(uint8_t scope)
{
    static const char *const words[] = {"link", "segment", "chain"};
    return words[scope];
}

static lt_message scope_message(uint8_t scope)
{
    static const lt_message messages[] = {LT_MSG_ON_LINK, LT_MSG_ON_SEGMENT, LT_MSG_ON_CHAIN};
    return messages[scope];
}

static const lt_record *record_of(const brief_row *row, const lt_brief_item *item)
{
    return lt_record_get(row->p->dataset, (lt_kind)item->record.kind, item->record.index);
}

static json_t *sources_json(const lt_dataset *ds, const lt_record *record)
{
    json_t *sources = json_array();
    for (uint32_t i = 0; i < record->source.count; i++)
        json_array_append_new(sources, json_string(lt_dataset_string(ds, lt_list_string(ds, record->source, i))));
    return sources;
}

static json_t *node_json(const lt_dataset *ds, lt_node node)
{
    return json_pack("{s:s, s:s}", "id", lt_node_id(ds, node), "name", lt_node_name(ds, node));
}

static json_t *guards_json(const brief_row *row, const lt_brief_item *item)
{
    const lt_dataset *ds = row->p->dataset;
    json_t *guards = json_array();
    if (item->guards & LT_GUARD_LOCAL) json_array_append_new(guards, json_pack("{s:s}", "guard", "local"));
    if (item->guards & LT_GUARD_SAME_ENTITY)
        json_array_append_new(guards, json_pack("{s:s, s:s}", "guard", "same_entity", "as", lt_node_id(ds, item->same)));
    if (item->guards & LT_GUARD_TAKES_SUPPLIER) {
        json_t *guard = json_pack("{s:s}", "guard", "takes_supplier");
        if (item->supplies != UINT32_MAX)
            json_object_set_new(guard, "supplies", json_string(lt_node_id(ds, lt_node_at(ds, LT_LINK, item->supplies))));
        json_array_append_new(guards, guard);
    }
    return guards;
}

static json_t *item_json(const brief_row *row, const lt_brief_item *item, lt_brief_list list)
{
    const lt_dataset *ds = row->p->dataset;
    const lt_record *record = record_of(row, item);
    json_t *json = node_json(ds, item->node);
    if (list == LT_BRIEF_ZONES) json_object_set_new(json, "fit", json_real(item->fit));
    if (item->link == UINT32_MAX) json_object_set_new(json, "on", json_string(scope_word(item->scope)));
    else json_object_set_new(json, "makes", json_string(lt_node_id(ds, lt_node_at(ds, LT_LINK, item->link))));
    if (list == LT_BRIEF_REGIONS || list == LT_BRIEF_RESEARCH)
        json_object_set_new(json, "by", json_string(lt_kind_name((lt_kind)item->record.kind)));
    if (list == LT_BRIEF_CANDIDATES) {
        lt_node region = lt_node_kind(ds, item->node) == LT_FIRM ? lt_firms(ds)[lt_node_index(ds, item->node)].region : LT_NONE;
        if (region != LT_NONE) json_object_set_new(json, "region", json_string(lt_node_id(ds, region)));
        if (item->guards) json_object_set_new(json, "guards", guards_json(row, item));
    }
    json_object_set_new(json, "basis", json_string(lt_enum_word(LT_ENUM_BASIS, record->basis)));
    json_object_set_new(json, "sources", sources_json(ds, record));
    return json;
}

static void put_guards(const brief_row *row, const lt_brief_item *item, line *l)
{
    const lt_dataset *ds = row->p->dataset;
    if (item->guards & LT_GUARD_LOCAL) put_message(row->p, l, LT_MSG_GUARD_LOCAL, NULL, 0);
    if (item->guards & LT_GUARD_SAME_ENTITY)
        put_message(row->p, l, LT_MSG_GUARD_SAME_ENTITY, WORDS(lt_node_name(ds, item->same)), 1);
    if (item->guards & LT_GUARD_TAKES_SUPPLIER)
        put_message(row->p, l, LT_MSG_GUARD_TAKES_SUPPLIER,
                    WORDS(item->supplies == UINT32_MAX ? lt_message_pattern(row->p->lang, LT_MSG_GUARD_OTHER_CHAIN)
                                                       : lt_node_name(ds, lt_node_at(ds, LT_LINK, item->supplies))),
                    1);
}

/* Items by scope, so that those on the link and those on its chain are said apart. */
static void put_items(const brief_row *row, const lt_brief_items *items, lt_brief_list list, line *l)
{
    const lt_dataset *ds = row->p->dataset;
    for (size_t i = 0; i < items->count; i++) {
        const lt_brief_item *item = &items->items[i], *before = i > 0 ? &items->items[i - 1] : NULL;
        bool by_link = item->link != UINT32_MAX, where_firms_are = list == LT_BRIEF_REGIONS && item->record.kind == LT_PROSPECT;
        bool opens = !before || before->record.kind != item->record.kind || (before->scope != item->scope && !where_firms_are);
        if (i > 0) fputs(lt_message_pattern(row->p->lang, opens ? LT_MSG_PART_SEPARATOR : LT_MSG_LIST_SEPARATOR), l->file);
        if (opens && !by_link)
            put_message(row->p, l, where_firms_are ? LT_MSG_WHERE_FIRMS_ARE : scope_message(item->scope), NULL, 0);
        fputs(lt_node_name(ds, item->node), l->file);
        if (by_link) put_message(row->p, l, LT_MSG_IN_BRACKETS, WORDS(lt_node_name(ds, lt_node_at(ds, LT_LINK, item->link))), 1);
        if (list == LT_BRIEF_CANDIDATES) put_guards(row, item, l);
    }
    if (items->count < items->total) {
        char total[24];
        snprintf(total, sizeof total, "%zu", items->total);
        put_message(row->p, l, LT_MSG_OF_TOTAL, WORDS(total), 1);
    }
}

lt_cell brief_cell(const brief_row *row, lt_brief_list list, cell_texts *texts)
{
    line l;
    json_t *array = json_array();
    if (!array || !line_begin(&l, texts)) {
        json_decref(array);
        return lt_cell_null();
    }
    const lt_brief_items *items = &row->brief->lists[list], *named = &row->brief->lists[LT_BRIEF_NAMED_CUSTOMERS];
    for (size_t i = 0; i < items->count; i++) json_array_append_new(array, item_json(row, &items->items[i], list));
    put_items(row, items, list, &l);
    if (list == LT_BRIEF_CUSTOMERS && named->count > 0) {
        for (size_t i = 0; i < named->count; i++) json_array_append_new(array, item_json(row, &named->items[i], list));
        if (items->count > 0) fputs(lt_message_pattern(row->p->lang, LT_MSG_PART_SEPARATOR), l.file);
        put_items(row, named, list, &l);
    }
    return json_cell(array, &l, texts);
}

static const lt_chain_lead *lead_of(const brief_row *row)
{
    lt_node chain = lt_links(row->p->dataset)[row->target->link].chain;
    for (size_t i = 0; i < row->lead_count; i++)
        if (row->leads[i].chain == chain) return &row->leads[i];
    return NULL;
}

lt_cell leaders_cell(const brief_row *row, cell_texts *texts)
{
    static const lt_message titles[LT_LEAD_ROLES] = {LT_MSG_LEAD_LEADER, LT_MSG_LEAD_UNIT, LT_MSG_LEAD_ALLIANCE};
    const lt_dataset *ds = row->p->dataset;
    const lt_chain_lead *rule = lead_of(row);
    const lt_brief_items *leaders = &row->brief->lists[LT_BRIEF_LEADERS];
    line l;
    json_t *json = json_object();
    if (!json || !line_begin(&l, texts)) {
        json_decref(json);
        return lt_cell_null();
    }
    for (int role = 0; role < LT_LEAD_ROLES; role++) {
        json_t *holders = json_array();
        if (role > 0) fputs(lt_message_pattern(row->p->lang, LT_MSG_PART_SEPARATOR), l.file);
        put_message(row->p, &l, titles[role], NULL, 0);
        for (size_t i = 0; i < leaders->count; i++) {
            const lt_brief_item *item = &leaders->items[i];
            if (lt_leads(ds)[item->record.index].edge.role != role) continue;
            if (json_array_size(holders) > 0) fputs(lt_message_pattern(row->p->lang, LT_MSG_LIST_SEPARATOR), l.file);
            fputs(lt_node_name(ds, item->node), l.file);
            json_array_append_new(holders, item_json(row, item, LT_BRIEF_LEADERS));
        }
        if (json_array_size(holders) == 0) put_message(row->p, &l, LT_MSG_LEAD_VACANT, NULL, 0);
        json_object_set_new(json, lt_enum_word(LT_ENUM_LEAD_ROLE, role), holders);
    }
    if (rule && rule->proposal_count > 0) {
        json_t *proposals = json_array();
        char names[1024] = "";
        for (size_t i = 0; i < rule->proposal_count; i++) {
            json_t *proposal = node_json(ds, rule->proposals[i]);
            json_object_set_new(proposal, "basis", json_string(lt_enum_word(LT_ENUM_BASIS, LT_BASIS_ASSUMED)));
            json_array_append_new(proposals, proposal);
            if (i > 0) append_text(names, sizeof names, lt_message_pattern(row->p->lang, LT_MSG_LIST_SEPARATOR));
            append_text(names, sizeof names, lt_node_name(ds, rule->proposals[i]));
        }
        put_message(row->p, &l, LT_MSG_LEAD_PROPOSED, WORDS(names), 1);
        json_object_set_new(json, "proposed_alliance", proposals);
    }
    return json_cell(json, &l, texts);
}

lt_cell first_to_ask_cell(const brief_row *row, cell_texts *texts)
{
    return node_cell(row->p, lt_brief_first_to_ask(row->p->dataset, row->brief), texts);
}

static json_t *languages_json(const char *const *text)
{
    return json_pack("{s:s, s:s}", "zh", text[LT_LANG_ZH], "en", text[LT_LANG_EN]);
}

/* In brackets, all of them. */
static void put_channels(const brief_row *row, const lt_advice *advice, line *l)
{
    char *names = NULL;
    size_t size;
    FILE *file = advice->channel_count > 0 ? open_memstream(&names, &size) : NULL;
    l->failed |= advice->channel_count > 0 && !file;
    if (!file) return;
    for (size_t c = 0; c < advice->channel_count; c++) {
        if (c > 0) fputs(lt_message_pattern(row->p->lang, LT_MSG_LIST_SEPARATOR), file);
        fputs(lt_node_name(row->p->dataset, lt_node_at(row->p->dataset, LT_CHANNEL, advice->channels[c])), file);
    }
    bool written = !ferror(file);
    if (fclose(file) == 0 && written) put_message(row->p, l, LT_MSG_IN_BRACKETS, WORDS(names), 1);
    else l->failed = true;
    free(names);
}

lt_cell advice_cell(const brief_row *row, const lt_advice *advice, size_t count, cell_texts *texts)
{
    const lt_dataset *ds = row->p->dataset;
    line l;
    json_t *array = json_array();
    if (!array || !line_begin(&l, texts)) {
        json_decref(array);
        return lt_cell_null();
    }
    for (size_t i = 0; i < count; i++) {
        const lt_rule *rule = advice[i].rule;
        json_t *json = json_pack("{s:s, s:o, s:o, s:s}", "id", rule->id, "name", languages_json(rule->name), "reason",
                                 languages_json(rule->reason), "source", rule->source);
        json_t *channels = json_array();
        for (size_t c = 0; c < advice[i].channel_count; c++)
            json_array_append_new(channels, node_json(ds, lt_node_at(ds, LT_CHANNEL, advice[i].channels[c])));
        if (rule->channels.types) json_object_set(json, "channels", channels);
        json_decref(channels);
        json_array_append_new(array, json);
        if (i > 0) fputs(lt_message_pattern(row->p->lang, LT_MSG_PART_SEPARATOR), l.file);
        fputs(rule->name[row->p->lang], l.file);
        put_channels(row, &advice[i], &l);
    }
    return json_cell(array, &l, texts);
}

lt_cell totals_cell(const brief_row *row, cell_texts *texts)
{
    static const char *const names[LT_BRIEF_LISTS] = {
        [LT_BRIEF_ZONES] = "zones",         [LT_BRIEF_CANDIDATES] = "prospects",
        [LT_BRIEF_REGIONS] = "regions",     [LT_BRIEF_RESEARCH] = "research_partners",
        [LT_BRIEF_CUSTOMERS] = "customers", [LT_BRIEF_NAMED_CUSTOMERS] = "named_customers",
        [LT_BRIEF_SUPPLIERS] = "suppliers", [LT_BRIEF_ASSOCIATIONS] = "associations",
        [LT_BRIEF_LEADERS] = "leaders",
    };
    line l;
    json_t *json = json_object();
    if (!json || !line_begin(&l, texts)) {
        json_decref(json);
        return lt_cell_null();
    }
    for (int i = 0; i < LT_BRIEF_LISTS; i++) {
        json_object_set_new(json, names[i], json_integer((json_int_t)row->brief->lists[i].total));
        fprintf(l.file, "%s%s %zu", i > 0 ? "; " : "", names[i], row->brief->lists[i].total);
    }
    return json_cell(json, &l, texts);
}

lt_cell sources_cell(const program *p, const lt_coverage *c, uint32_t link, cell_texts *texts)
{
    source_list sources = {0};
    link_sources(&sources, p->dataset, c, link);
    texts->failed |= sources.failed;
    if (!sources.items) return lt_cell_list(NULL, 0);
    keep_text(texts, (char *)sources.items);
    return lt_cell_list(sources.items, texts->failed ? 0 : sources.count);
}
