/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the targets of a page to source regions, landing zones and responsible units: routes that meet where targets share them. */
#include <stdlib.h>
#include <string.h>

#include "map/target_flow.h"

static const char *say(const lti_flow *f, lt_message message)
{
    return lt_message_pattern(f->page->map->lang, message);
}

/* Counts for every region the rows of the page that name it: for the link, and at all. */
static bool count_regions(lti_flow *f)
{
    size_t regions = lt_count(f->page->map->ds, LT_REGION);
    f->for_link = calloc(2 * regions + 1, sizeof *f->for_link);
    if (!f->for_link) return false;
    f->at_all = f->for_link + regions;
    for (size_t r = 0; r < f->page->count; r++) {
        const lti_target_row *row = &f->page->rows[r];
        for (size_t i = 0; i < row->counts[LT_BRIEF_REGIONS]; i++) { /* where no region stands twice */
            uint32_t region = lt_node_index(f->page->map->ds, row->lists[LT_BRIEF_REGIONS][i].node);
            f->at_all[region]++;
            f->for_link[region] += row->lists[LT_BRIEF_REGIONS][i].scope == LT_ON_LINK;
        }
    }
    return true;
}

static void add_route(lti_routes *out, lti_stop_kind kind, lt_node region, lt_scope scope)
{
    if (out->count == LTI_TARGET_ROUTES) return;
    out->kinds[out->count] = kind;
    out->regions[out->count] = region;
    out->scopes[out->count++] = scope;
}

/* The regions of one scope: those where candidates are, then those that most rows share, one journey for several targets,
   then in the order of the brief. */
static void choose(const lti_flow *f, const lti_target_row *row, lt_scope scope, size_t most, lti_routes *out)
{
    size_t last = SIZE_MAX, from = 0;
    out->could = 0;
    for (size_t i = 0; i < row->counts[LT_BRIEF_REGIONS]; i++) out->could += row->lists[LT_BRIEF_REGIONS][i].scope == scope;
    while (out->count < most && out->count < out->could) {
        size_t best = SIZE_MAX, best_count = 0;
        for (size_t i = 0; i < row->counts[LT_BRIEF_REGIONS]; i++) {
            const lt_brief_item *item = &row->lists[LT_BRIEF_REGIONS][i];
            if (item->scope != scope) continue;
            size_t count = (scope == LT_ON_LINK ? f->for_link : f->at_all)[lt_node_index(f->page->map->ds, item->node)];
            if (lti_firms_in(f->page->map->ds, row, item->node, scope) > 0) count += LTI_TARGET_ROWS;
            bool taken = count > last || (count == last && i < from);
            if (!taken && (best == SIZE_MAX || count > best_count)) {
                best = i;
                best_count = count;
            }
        }
        if (best == SIZE_MAX) return;
        last = best_count;
        from = best + 1;
        add_route(out, LTI_STOP_NAMED, row->lists[LT_BRIEF_REGIONS][best].node, scope);
    }
}

static void choose_routes(const lti_flow *f, size_t index, size_t most, lti_routes *out)
{
    const lti_target_row *row = &f->page->rows[index];
    *out = (lti_routes){0};
    if (lti_names_on_link(row, LT_BRIEF_REGIONS)) {
        bool whole_chain = row->counts[LT_BRIEF_CANDIDATES] > 0 && !lti_names_on_link(row, LT_BRIEF_CANDIDATES);
        bool both = whole_chain && lti_target_pooled(f->page, row); /* whom to see stands in the card of the chain */
        choose(f, row, LT_ON_LINK, both && most > 1 ? most - 1 : most, out);
        if (!both) return;
        add_route(out, LTI_STOP_POOL, LT_NONE, LT_ON_CHAIN);
        out->could++;
        return;
    }
    if (row->counts[LT_BRIEF_REGIONS] > 0 && !lti_target_pooled(f->page, row)) {
        choose(f, row, LT_ON_CHAIN, most < 2 ? most : 2, out);
        if (out->count > 0) return;
    }
    out->could = 1;
    add_route(out, row->counts[LT_BRIEF_REGIONS] > 0 ? LTI_STOP_POOL : LTI_STOP_VACANT, LT_NONE, LT_ON_CHAIN);
}

/* Candidates from a region that the rows passing through it name. NULL = none. */
static const char *firms_from(const lti_flow *f, const lti_stop *stop)
{
    enum { SEEN = 64 };
    const lt_dataset *ds = f->page->map->ds;
    lt_node seen[SEEN];
    size_t count = 0;
    lti_words words;
    lti_words_begin(&words);
    for (size_t r = 0; r < stop->count; r++) {
        const lti_target_row *row = &f->page->rows[stop->rows[r]];
        for (size_t i = 0; i < row->counts[LT_BRIEF_CANDIDATES]; i++) {
            const lt_brief_item *item = &row->lists[LT_BRIEF_CANDIDATES][i];
            bool known = count == SEEN || lt_holder_region(ds, item->node) != stop->node || item->scope != stop->scopes[r];
            for (size_t k = 0; k < count && !known; k++) known = seen[k] == item->node;
            if (known) continue;
            seen[count++] = item->node;
            lti_words_add(&words, say(f, LT_MSG_MAP_NAME_SEPARATOR), lt_node_name(ds, item->node));
        }
    }
    if (count == SEEN) lti_words_add(&words, say(f, LT_MSG_MAP_NAME_SEPARATOR), "\u2026");
    const char *kept = lti_words_keep(&words, f->page->scene);
    return kept[0] ? kept : NULL;
}

/* A line of the candidates in a region; those that give none for LT_NONE. @return whether there are any. */
static bool put_firms(const lti_flow *f, const lti_target_row *row, lt_node region, const char *head, lti_words *words)
{
    const lt_dataset *ds = f->page->map->ds;
    bool any = false;
    for (size_t k = 0; k < row->counts[LT_BRIEF_CANDIDATES]; k++) {
        lt_node firm = row->lists[LT_BRIEF_CANDIDATES][k].node;
        if (lt_holder_region(ds, firm) != region) continue;
        if (!any) lti_words_add(words, "\n", head);
        lti_words_add(words, any ? say(f, LT_MSG_MAP_NAME_SEPARATOR) : say(f, LT_MSG_TARGETING_COLON), lt_node_name(ds, firm));
        any = true;
    }
    return any;
}

/* Every region of the whole chain with the candidates there, and then those where nobody is named. */
static const char *whole_chain(const lti_flow *f, const lti_target_row *row)
{
    lti_words words;
    bool named = false, also = false;
    lti_words_begin(&words);
    for (size_t i = 0; i < row->counts[LT_BRIEF_REGIONS]; i++) {
        lt_node region = row->lists[LT_BRIEF_REGIONS][i].node;
        named |= put_firms(f, row, region, lt_node_name(f->page->map->ds, region), &words);
    }
    named |= put_firms(f, row, LT_NONE, say(f, LT_MSG_TARGETING_NO_PLACE), &words);
    for (size_t i = 0; i < row->counts[LT_BRIEF_REGIONS]; i++) {
        lt_node region = row->lists[LT_BRIEF_REGIONS][i].node;
        bool has_firm = false;
        for (int scope = LT_ON_LINK; scope <= LT_ON_CHAIN; scope++)
            has_firm |= lti_firms_in(f->page->map->ds, row, region, (lt_scope)scope) > 0;
        if (has_firm) continue;
        if (!also && named) lti_words_add(&words, "\n", say(f, LT_MSG_TARGETING_OTHERS));
        const char *separator = also ? say(f, LT_MSG_MAP_NAME_SEPARATOR) : named ? say(f, LT_MSG_TARGETING_COLON) : "";
        lti_words_add(&words, separator, lt_node_name(f->page->map->ds, region));
        also = true;
    }
    return lti_words_keep(&words, f->page->scene);
}

static bool fill_regions(lti_flow *f, size_t most)
{
    const lti_map *map = f->page->map;
    lti_stops_clear(&f->regions);
    for (size_t r = 0; r < f->page->count; r++) {
        choose_routes(f, r, most, &f->rows[r]);
        for (size_t i = 0; i < f->rows[r].count; i++) {
            lti_stop_kind kind = f->rows[r].kinds[i];
            lt_node region = f->rows[r].regions[i];
            bool has_firms = f->page->rows[r].counts[LT_BRIEF_CANDIDATES] > 0;
            const char *name = kind == LTI_STOP_POOL     ? say(f, has_firms ? LT_MSG_TARGETING_POOL : LT_MSG_TARGETING_POOL_REGIONS)
                               : kind == LTI_STOP_VACANT ? say(f, LT_MSG_TARGETING_NO_REGION)
                                                         : lt_node_name(map->ds, region);
            lti_stop *stop = lti_stop_find(&f->regions, kind, region, name);
            if (!stop) return false;
            if (!lti_stop_pass(stop, r, f->rows[r].scopes[i])) return false;
            if (kind == LTI_STOP_POOL && !stop->note) stop->note = whole_chain(f, &f->page->rows[r]);
        }
    }
    for (size_t i = 0; i < f->regions.count; i++) {
        lti_stop *stop = &f->regions.stops[i];
        if (stop->kind == LTI_STOP_NAMED) stop->note = firms_from(f, stop);
    }
    return true;
}

static bool fill_zones(lti_flow *f)
{
    for (size_t r = 0; r < f->page->count; r++) {
        const lti_target_row *row = &f->page->rows[r];
        const lt_brief_item *zone = row->zone == SIZE_MAX ? NULL : &row->lists[LT_BRIEF_ZONES][row->zone];
        lti_stop *stop = zone ? lti_stop_find(&f->zones, LTI_STOP_NAMED, zone->node, lt_node_name(f->page->map->ds, zone->node))
                              : lti_stop_find(&f->zones, LTI_STOP_VACANT, LT_NONE, say(f, LT_MSG_TARGETING_NO_ZONE));
        if (!stop || !lti_stop_pass(stop, r, zone ? (lt_scope)zone->scope : LT_ON_CHAIN)) return false;
    }
    return true;
}

/* Names that hold a role in leading the row's chain; NULL = none. */
static const char *leaders_of(const lti_flow *f, const lti_target_row *row, lt_lead_role role)
{
    const lt_dataset *ds = f->page->map->ds;
    lti_words words;
    lti_words_begin(&words);
    for (size_t i = 0; i < row->counts[LT_BRIEF_LEADERS]; i++) {
        const lt_brief_item *item = &row->lists[LT_BRIEF_LEADERS][i];
        if (lt_leads(ds)[item->record.index].edge.role == role)
            lti_words_add(&words, say(f, LT_MSG_MAP_NAME_SEPARATOR), lt_node_name(ds, item->node));
    }
    const char *kept = lti_words_keep(&words, f->page->scene);
    return kept[0] ? kept : NULL;
}

/* Who might lead the alliance of a row's chain, where that is open: an assumption. Said once a chain. */
static void add_proposal(const lti_flow *f, const lti_target_row *row, lti_stop *stop)
{
    const lti_map *map = f->page->map;
    lt_node chain = lt_links(map->ds)[row->target->link].chain;
    const char *head = say(f, LT_MSG_TARGETING_PROPOSALS);
    lti_words words, line;
    lti_words_begin(&line);
    for (size_t i = 0; i < f->page->list->lead_count; i++) {
        const lt_chain_lead *lead = &f->page->list->leads[i];
        for (size_t k = 0; lead->chain == chain && k < lead->proposal_count; k++) {
            if (k == 0) lti_words_add(&line, "", lt_node_name(map->ds, chain));
            lti_words_add(&line, k ? say(f, LT_MSG_MAP_NAME_SEPARATOR) : say(f, LT_MSG_TARGETING_COLON),
                          lt_node_name(map->ds, lead->proposals[k]));
        }
    }
    const char *kept = lti_words_keep(&line, f->page->scene);
    if (!kept[0] || strstr(stop->note, kept)) return;
    lti_words_begin(&words);
    lti_words_add(&words, "\n", stop->note);
    if (!strstr(stop->note, head)) lti_words_add(&words, "\n", head);
    lti_words_add(&words, "\n", kept);
    stop->note = lti_words_keep(&words, f->page->scene);
}

/** Who leads a chain, as a card says it. */
typedef struct {
    const char *name, *note;
    bool vacant, has_alliance;
} leading;

static leading leading_of(const lti_flow *f, const lti_target_row *row)
{
    const char *unit = leaders_of(f, row, LT_LEAD_UNIT), *leader = leaders_of(f, row, LT_LEAD_LEADER),
               *alliance = leaders_of(f, row, LT_LEAD_ALLIANCE), *open = say(f, LT_MSG_LEAD_VACANT);
    leading l = {unit ? unit : say(f, LT_MSG_TARGETING_UNIT_OPEN), NULL, !unit && !leader && !alliance, alliance != NULL};
    lti_words words;
    lti_words_begin(&words);
    if (l.vacant) {
        lti_words_add(&words, "", say(f, LT_MSG_TARGETING_ALL_OPEN));
    } else {
        lti_words_add(&words, "", say(f, LT_MSG_LEAD_LEADER));
        lti_words_add(&words, "", leader ? leader : open);
        lti_words_add(&words, "\n", say(f, LT_MSG_LEAD_ALLIANCE));
        lti_words_add(&words, "", alliance ? alliance : open);
    }
    l.note = lti_words_keep(&words, f->page->scene);
    return l;
}

/* One card for all rows with the same unit and leaders. What is open in every chain is said once. */
static bool fill_units(lti_flow *f)
{
    for (size_t r = 0; r < f->page->count; r++) {
        const lti_target_row *row = &f->page->rows[r];
        lti_stop *stop = NULL;
        leading l = leading_of(f, row);
        for (size_t i = 0; i < f->units.count && !stop; i++) {
            lti_stop *s = &f->units.stops[i];
            size_t same = strlen(l.note); /* proposals may follow */
            if (strcmp(s->name, l.name) == 0 && strncmp(s->note, l.note, same) == 0 && (!s->note[same] || s->note[same] == '\n'))
                stop = s;
        }
        if (!stop) {
            stop = lti_stop_add(&f->units, l.vacant ? LTI_STOP_VACANT : LTI_STOP_NAMED, LT_NONE, l.name);
            if (!stop) return false;
            stop->note = l.note;
        }
        if (!lti_stop_pass(stop, r, LT_ON_LINK)) return false;
        if (!l.has_alliance) add_proposal(f, row, stop);
    }
    return true;
}

lti_stop *lti_stop_of(lti_stops *stops, size_t row, size_t skip)
{
    for (size_t i = 0; i < stops->count; i++)
        for (size_t k = 0; k < stops->stops[i].count; k++)
            if (stops->stops[i].rows[k] == row && skip-- == 0) return &stops->stops[i];
    return NULL;
}

lt_scope lti_stop_scope(const lti_stop *stop, size_t row)
{
    for (size_t i = 0; i < stop->count; i++)
        if (stop->rows[i] == row) return (lt_scope)stop->scopes[i];
    return LT_ON_CHAIN;
}

static void draw_route(const lti_flow *f, size_t row, lt_scope scope, lti_point from, lti_point to)
{
    const lti_target_page *page = f->page;
    double bend = (to.x - from.x) * 0.5;
    lti_path path = {0};
    lti_path_move(&path, from.x, from.y);
    lti_path_curve(&path, (lti_point){from.x + bend, from.y}, (lti_point){to.x - bend, to.y}, to);
    bool first = page->rows[row].rank <= 3;
    lti_add_curve(page->scene,
                  &(lti_line){.stroke = first                 ? page->map->colours->alarm
                                        : scope == LT_ON_LINK ? page->map->colours->capability
                                                              : page->map->colours->supply,
                              .dash = scope == LT_ON_CHAIN ? "3.2 2.2" : NULL,
                              .pen = lti_unit(page, (scope == LT_ON_LINK      ? 2.2
                                                     : scope == LT_ON_SEGMENT ? 1.4
                                                                              : 0.9) +
                                                        (first ? 0.6 : 0)),
                              .halo = lti_unit(page, scope == LT_ON_LINK ? 4 : 2.6)},
                  &path);
    lti_path_done(&path);
}

static void draw_routes(lti_flow *f, size_t row)
{
    const lti_target_page *page = f->page;
    double middle = lti_target_middle(page, row), spread = lti_unit(page, 7);
    lti_stop *zone = lti_stop_of(&f->zones, row, 0), *unit = lti_stop_of(&f->units, row, 0);
    const lt_link *link = &lt_links(page->map->ds)[page->rows[row].target->link];
    lti_attribute attributes[] = {{"from", lt_dataset_string(page->map->ds, link->head.id)},
                                  {"to", zone ? lt_node_id(page->map->ds, zone->node) : ""}};
    lti_begin(page->scene, &(lti_group){.classes = "edge route", .attributes = attributes, .attribute_count = 2});
    size_t count = f->rows[row].count;
    for (size_t i = 0; i < count; i++) {
        lti_stop *region = lti_stop_of(&f->regions, row, i);
        if (!region || !zone) continue;
        double y = middle + ((double)i - (double)(count - 1) / 2) * spread, port = lti_stop_port(page, region, row);
        draw_route(f, row, lti_stop_scope(region, row), (lti_point){page->right[0], y}, (lti_point){page->left[3], port});
        draw_route(f, row, lti_stop_scope(zone, row), (lti_point){page->right[1], port},
                   (lti_point){page->left[4], lti_stop_port(page, zone, row)});
    }
    if (zone && unit)
        draw_route(f, row, lti_stop_scope(zone, row), (lti_point){page->right[2], lti_stop_port(page, zone, row)},
                   (lti_point){f->units.left, lti_stop_port(page, unit, row)});
    lti_end(page->scene);
}

/* Fewer routes and shorter cards until they fit. */
static bool fit_regions(lti_flow *f)
{
    static const struct {
        size_t most, names, notes, pool;
    } levels[] = {{3, 2, 3, 40}, {3, 2, 1, 30}, {2, 2, 2, 30}, {2, 2, 1, 20},
                  {2, 1, 0, 12}, {1, 2, 1, 12}, {1, 1, 0, 4},  {1, 1, 0, 0}};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (!fill_regions(f, levels[i].most)) return false;
        f->regions.name_lines = levels[i].names;
        f->regions.note_lines = levels[i].notes;
        f->regions.pool_lines = levels[i].pool;
        if (lti_stops_place(f->page, &f->regions)) return true;
    }
    return true;
}

static void fit_cards(const lti_target_page *page, lti_stops *stops)
{
    while (!lti_stops_place(page, stops) && stops->note_lines + stops->name_lines > 1) {
        stops->note_lines /= 2;
        if (stops->note_lines == 0) stops->name_lines = 1;
    }
}

static int pass_of(const lti_flow *f, size_t row)
{
    return f->page->rows[row].rank <= 3 ? 2 : f->rows[row].scopes[0] == LT_ON_LINK ? 1 : 0;
}

static bool begin(lti_flow *f, const lti_target_page *page)
{
    *f = (lti_flow){.page = page, .rows = calloc(page->count + 1, sizeof *f->rows)};
    return f->rows && count_regions(f);
}

void lti_flow_done(lti_flow *f)
{
    lti_stops *all[] = {&f->regions, &f->zones, &f->units};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        lti_stops_clear(all[i]);
        free(all[i]->stops);
    }
    free(f->for_link);
    free(f->rows);
    *f = (lti_flow){0};
}

bool lti_flow_fill(lti_flow *f, const lti_target_page *page)
{
    return begin(f, page) && fill_regions(f, LTI_TARGET_ROUTES) && fill_zones(f) && fill_units(f);
}

lt_code lti_target_flow_draw(const lti_target_page *page, bool *capped, lt_error *error)
{
    lt_code code = LT_E_MEMORY;
    lti_flow flow, *f = &flow;
    if (!begin(f, page)) goto done;
    f->regions = (lti_stops){.id = "regions", .classes = "region", .left = page->left[3], .right = page->right[1]};
    f->zones = (lti_stops){
        .id = "zones", .classes = "zone", .left = page->left[4], .right = page->right[2], .name_lines = 2, .note_lines = 1};
    f->units = (lti_stops){.id = "units",
                           .classes = "unit",
                           .left = page->left[5],
                           .right = page->right[3],
                           .all_said = true,
                           .name_lines = 2,
                           .note_lines = 40};
    if (!fit_regions(f) || !fill_zones(f) || !fill_units(f)) goto done;
    fit_cards(page, &f->zones);
    fit_cards(page, &f->units);
    for (size_t r = 0; r < page->count; r++) *capped |= f->rows[r].count < f->rows[r].could;
    for (int pass = 0; pass < 3; pass++) /* what matters most lies on top */
        for (size_t r = page->count; r-- > 0;)
            if (pass_of(f, r) == pass) draw_routes(f, r);
    lti_stops_draw(page, &f->regions);
    lti_stops_draw(page, &f->zones);
    lti_stops_draw(page, &f->units);
    code = LT_OK;

done:
    lti_flow_done(f);
    if (code != LT_OK && error) *error = (lt_error){.code = code, .message = LT_MSG_OUT_OF_MEMORY};
    return code;
}
