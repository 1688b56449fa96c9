/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "report/docx.h"

static void put_escaped(lti_buffer *out, const char *text, bool at_start)
{
    for (const char *c = text; *c; c++) {
        bool opens = at_start && c == text && strchr("-+=:.", *c);
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            lti_buffer_put(out, " ");
            continue;
        }
        if (opens || strchr("\\`*_[]<>|#~$^@{}", *c)) lti_buffer_put(out, "\\");
        lti_buffer_add(out, c, 1);
    }
}

static void put_runs(lti_buffer *out, const lt_document *doc, lt_doc_span span, bool at_start)
{
    for (size_t i = 0; i < span.count; i++) {
        const lt_doc_run *run = &doc->runs[span.first + i];
        if (run->bold) lti_buffer_put(out, "**");
        put_escaped(out, run->text, at_start && i == 0);
        if (run->bold) lti_buffer_put(out, "**");
    }
}

static void put_table(lti_buffer *out, const lt_document *doc, const lt_doc_block *table)
{
    lti_buffer_put(out, "|");
    for (size_t c = 0; c < table->column_count; c++) {
        lti_buffer_put(out, " ");
        put_escaped(out, lt_message_pattern(doc->lang, table->columns[c].title), false);
        lti_buffer_put(out, " |");
    }
    lti_buffer_put(out, "\n|");
    for (size_t c = 0; c < table->column_count; c++) { /* dashes in proportion: pandoc takes widths from them */
        for (unsigned i = 0; i < table->columns[c].width + 2; i++) lti_buffer_put(out, "-");
        lti_buffer_put(out, table->columns[c].right ? ":|" : "-|");
    }
    lti_buffer_put(out, "\n");
    for (size_t row = 0; row < table->row_count; row++) {
        lti_buffer_put(out, "|");
        for (size_t c = 0; c < table->column_count; c++) {
            lti_buffer_put(out, " ");
            put_runs(out, doc, doc->cells[table->first_cell + row * table->column_count + c], false);
            lti_buffer_put(out, " |");
        }
        lti_buffer_put(out, "\n");
    }
    lti_buffer_put(out, "\n");
}

/* A4 upright as GB/T 9704 has it, and turned for pictures; in twentieths of a point. The footers are those of the reference
   document, named once: later sections go on with them (lti_docx_finish). */
static void put_section(lti_buffer *out, bool turned, bool first)
{
    lti_buffer_put(out, "```{=openxml}\n<w:p><w:pPr><w:pStyle w:val=\"Compact\"/><w:sectPr>");
    if (first)
        lti_buffer_put(
            out, "<w:footerReference w:type=\"default\" r:id=\"rId9001\"/><w:footerReference w:type=\"even\" r:id=\"rId9002\"/>");
    lti_buffer_put(out, "<w:type w:val=\"nextPage\"/>");
    lti_buffer_put(out, turned
                            ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"850\" w:right=\"850\" "
                              "w:bottom=\"1020\" w:left=\"850\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>"
                            : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" "
                              "w:left=\"1587\" w:header=\"851\" w:footer=\"1587\" w:gutter=\"0\"/>");
    lti_buffer_put(out, "</w:sectPr></w:pPr></w:p>\n```\n\n");
}

static void put_style(lti_buffer *out, const char *style)
{
    lti_buffer_put(out, "::: {custom-style=\"");
    lti_buffer_put(out, style);
    lti_buffer_put(out, "\"}\n");
}

static void put_picture(lti_buffer *out, const lt_document *doc, const lt_doc_block *block, const char *folder, size_t *pictures)
{
    if (!folder) {
        lti_buffer_put(out, "*");
        put_runs(out, doc, block->runs, false);
        lti_buffer_put(out, "*\n\n");
        return;
    }
    char place[128];
    put_section(out, false, *pictures == 0);
    put_style(out, "Figure");
    lti_buffer_put(out, "![](");
    lti_buffer_put(out, folder);
    snprintf(place, sizeof place, "/picture-%zu.png)\n:::\n\n", ++*pictures);
    lti_buffer_put(out, place);
    put_style(out, "Image Caption");
    put_runs(out, doc, block->runs, true);
    lti_buffer_put(out, "\n:::\n\n");
    put_section(out, true, false);
}

/* A paragraph that leads to a table or a list stays on its page. */
static void put_line(lti_buffer *out, const lt_document *doc, const lt_doc_block *block, const lt_doc_block *next,
                     const char *folder)
{
    static const char *const styles[] = {[LT_DOC_TITLE] = "Title",
                                         [LT_DOC_SUBTITLE] = "Subtitle",
                                         [LT_DOC_NOTE] = "Note",
                                         [LT_DOC_PARAGRAPH] = "Body Text",
                                         [LT_DOC_ITEM] = "Body Text"};
    bool leads = block->type == LT_DOC_PARAGRAPH && next && (next->type == LT_DOC_TABLE || next->type == LT_DOC_ITEM);
    if (folder) put_style(out, leads ? "Lead" : styles[block->type]);
    else if (block->type == LT_DOC_TITLE) lti_buffer_put(out, "# ");
    lti_buffer_put(out, block->number);
    put_runs(out, doc, block->runs, true);
    lti_buffer_put(out, folder ? "\n:::\n\n" : "\n\n");
}

void lti_put_markdown(lti_buffer *out, const lt_document *doc, const char *folder)
{
    size_t pictures = 0;
    for (size_t i = 0; i < doc->block_count; i++) {
        const lt_doc_block *block = &doc->blocks[i];
        switch (block->type) {
        case LT_DOC_TABLE: put_table(out, doc, block); break;
        case LT_DOC_PICTURE: put_picture(out, doc, block, folder, &pictures); break;
        case LT_DOC_HEADING:
            for (unsigned level = folder ? 1 : 0; level <= block->level; level++) lti_buffer_put(out, "#");
            lti_buffer_put(out, " ");
            lti_buffer_put(out, block->number);
            put_runs(out, doc, block->runs, false);
            lti_buffer_put(out, "\n\n");
            break;
        default: put_line(out, doc, block, i + 1 < doc->block_count ? block + 1 : NULL, folder);
        }
    }
}

lt_code lti_write_md(const lt_document *doc, const lt_sink *sink, lt_error *error)
{
    lti_buffer out = {0};
    lti_put_markdown(&out, doc, NULL);
    return lti_buffer_flush(&out, sink, error);
}
