/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to look at before a candidate is asked. Nobody is left out for it: the leader decides. */
#include "analysis/briefing.h"
#include "core/error.h"
#include "core/memory.h"
#include "dataset/store.h"

/* Texts by which a firm is known: uscc, name, aliases. */
static size_t text_count(const lt_firm *firm)
{
    return 2 + firm->head.aliases.count;
}
static lt_string text_of(const lt_dataset *ds, const lt_firm *firm, size_t i)
{
    if (i == 0) return firm->uscc;
    return i == 1 ? firm->head.name : lt_list_string(ds, firm->head.aliases, (uint32_t)i - 2);
}

/* Texts are kept once, so that equal ones have one handle. Every text is marked with the prospect that it names, then every
   firm is held against the marks. */
lt_code lti_find_same(lt_briefing *b, lt_error *error)
{
    const lt_dataset *ds = b->ds;
    size_t firms = lt_count(ds, LT_FIRM);
    uint32_t *named = lti_alloc(ds->strings.text.count, sizeof *named); /* by text: firm + 1 */
    b->same = lti_alloc(firms, sizeof *b->same);
    bool whole = named && b->same;
    for (size_t i = 0; i < firms && whole; i++) b->same[i] = LT_NONE;
    for (size_t i = 0; i < lt_count(ds, LT_PROSPECT) && whole; i++) {
        lt_node from = lt_prospects(ds)[i].edge.from;
        if (lt_node_kind(ds, from) != LT_FIRM) continue;
        const lt_firm *firm = &lt_firms(ds)[lt_node_index(ds, from)];
        for (size_t t = 0; t < text_count(firm); t++) {
            uint32_t *mark = &named[text_of(ds, firm, t)], other = *mark ? *mark - 1 : 0, self = lt_node_index(ds, from);
            if (*mark && other != self && text_of(ds, firm, t) != 0) { /* two prospects are one */
                if (b->same[self] == LT_NONE) b->same[self] = lt_node_at(ds, LT_FIRM, other);
                if (b->same[other] == LT_NONE) b->same[other] = from;
            }
            if (!*mark) *mark = self + 1;
        }
    }
    for (uint32_t i = 0; i < firms && whole; i++) {
        const lt_firm *firm = &lt_firms(ds)[i];
        for (size_t t = 0; t < text_count(firm); t++) {
            lt_string text = text_of(ds, firm, t);
            if (text == 0 || named[text] == 0 || named[text] - 1 == i) continue;
            uint32_t prospect = named[text] - 1;
            if (b->same[prospect] == LT_NONE) b->same[prospect] = lt_node_at(ds, LT_FIRM, i);
        }
    }
    lti_free(named);
    return whole ? LT_OK : lti_fail_memory(error);
}

static void takes(lt_brief_item *candidate, uint32_t link)
{
    if (candidate->guards & LT_GUARD_TAKES_SUPPLIER) return;
    candidate->guards |= LT_GUARD_TAKES_SUPPLIER;
    candidate->supplies = link;
}

/* A local candidate that makes something of another chain, and one that sells it to a local firm. */
void lti_guard(const lt_briefing *b, uint32_t link, lt_brief_item *candidate)
{
    const lt_dataset *ds = b->ds;
    lt_node node = candidate->node, chain = lt_links(ds)[link].chain;
    if (lt_node_kind(ds, node) != LT_FIRM) return;
    uint32_t firm = lt_node_index(ds, node);
    if (b->same[firm] != LT_NONE) {
        candidate->guards |= LT_GUARD_SAME_ENTITY;
        candidate->same = b->same[firm];
    }
    if (lt_firms(ds)[firm].local) {
        candidate->guards |= LT_GUARD_LOCAL;
        size_t count;
        const lt_capability *own = lt_capabilities_from(ds, node, &count);
        for (size_t i = 0; i < count; i++) {
            uint32_t makes = lt_node_index(ds, own[i].edge.to);
            if (own[i].edge.role == LT_ROLE_RESEARCH || lt_link_in_chain(ds, makes, chain)) continue;
            takes(candidate, makes);
        }
    }
    for (uint32_t i = b->trade.first[firm]; i < b->trade.first[firm + 1]; i++) {
        const lt_trade *trade = &lt_trades(ds)[b->trade.record[i]];
        bool elsewhere = trade->link == LT_NONE || !lt_link_in_chain(ds, lt_node_index(ds, trade->link), chain);
        if (!lt_firms(ds)[lt_node_index(ds, trade->edge.to)].local || !elsewhere) continue;
        takes(candidate, trade->link == LT_NONE ? UINT32_MAX : lt_node_index(ds, trade->link));
    }
}
