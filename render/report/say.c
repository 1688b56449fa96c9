/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/build.h"

lt_doc_run lti_plain(const char *text)
{
    return (lt_doc_run){.text = text};
}

const char *lti_figure(lti_report *r, const char *table, const char *row, const char *field)
{
    return lt_doc_print(&r->doc, "%s%s%s%s%s", table, row ? " " : "", row ? row : "", field ? " " : "", field ? field : "");
}

lt_doc_run lti_whole(lti_report *r, uint64_t value, const char *figure)
{
    return (lt_doc_run){lt_doc_print(&r->doc, "%llu", (unsigned long long)value), figure, false};
}

lt_doc_run lti_value(lti_report *r, double value, const char *figure)
{
    char text[LT_REAL_SIZE];
    if (!isfinite(value)) return lti_word(r, LT_MSG_REPORT_DASH);
    lt_real_text(text, value, 12);
    return (lt_doc_run){lt_doc_keep(&r->doc, text), figure, false};
}

/* Decimals without printf's, which ask the locale for the mark. */
static const char *decimals(lti_report *r, double value, int places, const char *unit)
{
    long long power = 1;
    for (int i = 0; i < places; i++) power *= 10;
    long long scaled = llround(value * (double)power), size = llabs(scaled);
    return lt_doc_print(&r->doc, "%s%lld.%0*lld%s", scaled < 0 ? "-" : "", size / power, places, size % power, unit);
}

lt_doc_run lti_percent(lti_report *r, double share, const char *figure)
{
    if (!isfinite(share)) return lti_word(r, LT_MSG_REPORT_DASH);
    return (lt_doc_run){decimals(r, 100 * share, 1, "%"), figure, false};
}

lt_doc_run lti_score(lti_report *r, double score, const char *figure)
{
    if (!isfinite(score)) return lti_word(r, LT_MSG_REPORT_DASH);
    return (lt_doc_run){decimals(r, score, 3, ""), figure, false};
}

lt_doc_run lti_word(const lti_report *r, lt_message message)
{
    return (lt_doc_run){.text = lt_message_pattern(r->doc.lang, message)};
}

lt_doc_run lti_phrase(lti_report *r, lt_message message, const char *const *args, size_t count)
{
    size_t size = lt_message_format(NULL, 0, r->doc.lang, message, args, count) + 1;
    char *text = malloc(size);
    if (!text) {
        r->doc.failed = true;
        return lti_plain("");
    }
    lt_message_format(text, size, r->doc.lang, message, args, count);
    const char *kept = lt_doc_keep(&r->doc, text);
    free(text);
    return lti_plain(kept);
}

void lti_tell(lti_report *r, lt_message message)
{
    lt_doc_say(&r->doc, message, NULL, 0);
}

void lti_paragraph(lti_report *r, lt_message message)
{
    lt_doc_begin(&r->doc, LT_DOC_PARAGRAPH);
    lti_tell(r, message);
}

void lti_heading(lti_report *r, unsigned level, lt_message message)
{
    lt_doc_heading(&r->doc, level);
    lti_tell(r, message);
}

void lti_note(lti_report *r, lt_message message)
{
    lt_doc_begin(&r->doc, LT_DOC_NOTE);
    lti_tell(r, message);
}

void lti_cell(lti_report *r, lt_doc_run run)
{
    lt_doc_cell(&r->doc);
    lt_doc_run_add(&r->doc, run.text[0] ? run : lti_word(r, LT_MSG_REPORT_DASH));
}

void lti_cell_text(lti_report *r, const char *text)
{
    lti_cell(r, lti_plain(text));
}

void lti_cell_word(lti_report *r, lt_message message)
{
    lti_cell(r, lti_word(r, message));
}

void lti_cell_whole(lti_report *r, uint64_t value, const char *figure)
{
    lti_cell(r, lti_whole(r, value, figure));
}

lt_message lti_by_count(size_t count, lt_message none, lt_message one, lt_message many)
{
    return count == 0 ? none : count == 1 ? one : many;
}

lt_code lti_out_of_memory(lti_report *r)
{
    *r->error = (lt_error){.code = LT_E_MEMORY, .message = LT_MSG_OUT_OF_MEMORY};
    return LT_E_MEMORY;
}
