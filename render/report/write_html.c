/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One self-contained page: no script, no request, one style whose hash the page's own policy names. Pictures stand in it as
   images, where nothing that they hold can act on the page. */
#include <nettle/sha2.h>
#include <stdio.h>

#include "report/format.h"

extern const unsigned char lti_report_style_text[];
extern const size_t lti_report_style_size;

static void put_escaped(lti_buffer *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        switch (*c) {
        case '&': lti_buffer_put(out, "&amp;"); break;
        case '<': lti_buffer_put(out, "&lt;"); break;
        case '>': lti_buffer_put(out, "&gt;"); break;
        case '"': lti_buffer_put(out, "&quot;"); break;
        case '\'': lti_buffer_put(out, "&#39;"); break;
        default: lti_buffer_add(out, (unsigned char)*c < 0x20 || *c == 0x7f ? " " : c, 1);
        }
    }
}

static void put_runs(lti_buffer *out, const lt_document *doc, lt_doc_span span)
{
    for (size_t i = 0; i < span.count; i++) {
        const lt_doc_run *run = &doc->runs[span.first + i];
        if (run->bold) lti_buffer_put(out, "<b>");
        if (run->figure) {
            lti_buffer_put(out, "<span data-figure=\"");
            put_escaped(out, run->figure);
            lti_buffer_put(out, "\">");
        }
        put_escaped(out, run->text);
        if (run->figure) lti_buffer_put(out, "</span>");
        if (run->bold) lti_buffer_put(out, "</b>");
    }
}

static void put_table(lti_buffer *out, const lt_document *doc, const lt_doc_block *table)
{
    unsigned total = 0;
    char width[64];
    for (size_t c = 0; c < table->column_count; c++) total += table->columns[c].width;
    lti_buffer_put(out, "<table>\n<colgroup>");
    for (size_t c = 0; c < table->column_count; c++) { /* classes, since the policy allows no style but the page's own */
        snprintf(width, sizeof width, "<col width=\"%u%%\">", (100 * table->columns[c].width + total / 2) / total);
        lti_buffer_put(out, width);
    }
    lti_buffer_put(out, "</colgroup>\n<thead><tr>");
    for (size_t c = 0; c < table->column_count; c++) {
        lti_buffer_put(out, table->columns[c].right ? "<th class=\"number\">" : "<th>");
        put_escaped(out, lt_message_pattern(doc->lang, table->columns[c].title));
        lti_buffer_put(out, "</th>");
    }
    lti_buffer_put(out, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < table->row_count; row++) {
        lti_buffer_put(out, "<tr>");
        for (size_t c = 0; c < table->column_count; c++) {
            lti_buffer_put(out, table->columns[c].right ? "<td class=\"number\">" : "<td>");
            put_runs(out, doc, doc->cells[table->first_cell + row * table->column_count + c]);
            lti_buffer_put(out, "</td>");
        }
        lti_buffer_put(out, "</tr>\n");
    }
    lti_buffer_put(out, "</tbody>\n</table>\n");
}

static void put_picture(lti_buffer *out, const lt_document *doc, const lt_doc_block *block)
{
    lti_buffer_put(out, block->picture.width > block->picture.height ? "<figure class=\"turned\"><img src=\"data:image/"
                                                                     : "<figure><img src=\"data:image/");
    lti_buffer_put(out, block->picture.png ? "png;base64," : "svg+xml;base64,");
    lti_buffer_base64(out, block->picture.bytes, block->picture.size);
    lti_buffer_put(out, "\" alt=\"");
    for (size_t i = 0; i < block->runs.count; i++) put_escaped(out, doc->runs[block->runs.first + i].text);
    lti_buffer_put(out, "\">\n<figcaption>");
    put_runs(out, doc, block->runs);
    lti_buffer_put(out, "</figcaption></figure>\n");
}

/** The element of each type of running text. */
static const char *const elements[][2] = {
    [LT_DOC_TITLE] = {"<h1>", "</h1>\n"},
    [LT_DOC_SUBTITLE] = {"<p class=\"subtitle\">", "</p>\n"},
    [LT_DOC_PARAGRAPH] = {"<p>", "</p>\n"},
    [LT_DOC_ITEM] = {"<p class=\"item\">", "</p>\n"},
    [LT_DOC_NOTE] = {"<p class=\"note\">", "</p>\n"},
};

static void put_block(lti_buffer *out, const lt_document *doc, const lt_doc_block *block)
{
    char tag[16];
    switch (block->type) {
    case LT_DOC_TABLE: put_table(out, doc, block); break;
    case LT_DOC_PICTURE: put_picture(out, doc, block); break;
    case LT_DOC_HEADING:
        snprintf(tag, sizeof tag, "<h%u>", block->level + 1);
        lti_buffer_put(out, tag);
        put_escaped(out, block->number);
        put_runs(out, doc, block->runs);
        snprintf(tag, sizeof tag, "</h%u>\n", block->level + 1);
        lti_buffer_put(out, tag);
        break;
    default:
        lti_buffer_put(out, elements[block->type][0]);
        put_escaped(out, block->number);
        put_runs(out, doc, block->runs);
        lti_buffer_put(out, elements[block->type][1]);
    }
}

static void put_head(lti_buffer *out, const lt_document *doc)
{
    struct sha256_ctx hash;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&hash);
    sha256_update(&hash, lti_report_style_size, lti_report_style_text);
    sha256_digest(&hash, sizeof digest, digest);
    lti_buffer_put(out, "<!DOCTYPE html>\n<html lang=\"");
    lti_buffer_put(out, doc->lang == LT_LANG_ZH ? "zh-CN" : "en");
    lti_buffer_put(
        out, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "img-src data:; style-src 'sha256-");
    lti_buffer_base64(out, (const char *)digest, sizeof digest);
    lti_buffer_put(out, "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    for (size_t i = 0; i < doc->block_count && doc->blocks[i].type == LT_DOC_TITLE; i++)
        for (size_t k = 0; k < doc->blocks[i].runs.count; k++) put_escaped(out, doc->runs[doc->blocks[i].runs.first + k].text);
    lti_buffer_put(out, "</title>\n<style>");
    lti_buffer_add(out, (const char *)lti_report_style_text, lti_report_style_size);
    lti_buffer_put(out, "</style>\n</head>\n<body>\n<main>\n");
}

lt_code lti_write_html(const lt_document *doc, const lt_sink *sink, lt_error *error)
{
    lti_buffer out = {0};
    put_head(&out, doc);
    for (size_t i = 0; i < doc->block_count; i++) put_block(&out, doc, &doc->blocks[i]);
    lti_buffer_put(&out, "</main>\n</body>\n</html>\n");
    return lti_buffer_flush(&out, sink, error);
}
