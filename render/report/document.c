/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lt_doc_init(lt_document *doc, lt_lang lang)
{
    *doc = (lt_document){.lang = lang};
}

void lt_doc_done(lt_document *doc)
{
    for (size_t i = 0; i < doc->text_count; i++) free(doc->texts[i]);
    for (size_t i = 0; i < doc->block_count; i++) free(doc->blocks[i].picture.bytes);
    free(doc->texts);
    free(doc->blocks);
    free(doc->runs);
    free(doc->cells);
    *doc = (lt_document){.lang = doc->lang};
}

/* Room for one more element. @return false out of memory, which is noted. */
static bool grow(lt_document *doc, void **array, size_t *capacity, size_t count, size_t size)
{
    if (doc->failed) return false;
    if (count < *capacity) return true;
    size_t wanted = *capacity * 2 + 64;
    void *grown = wanted > SIZE_MAX / size ? NULL : realloc(*array, wanted * size);
    doc->failed = !grown;
    if (!grown) return false;
    *array = grown;
    *capacity = wanted;
    return true;
}

/* Takes a text over. */
static const char *own(lt_document *doc, char *text)
{
    void *texts = doc->texts;
    doc->failed |= !text;
    if (!text || !grow(doc, &texts, &doc->text_capacity, doc->text_count, sizeof *doc->texts)) {
        free(text);
        return "";
    }
    doc->texts = texts;
    return doc->texts[doc->text_count++] = text;
}

const char *lt_doc_keep(lt_document *doc, const char *text)
{
    return own(doc, strdup(text));
}

const char *lt_doc_print(lt_document *doc, const char *pattern, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, pattern);
    int length = vasprintf(&text, pattern, arguments);
    va_end(arguments);
    return own(doc, length < 0 ? NULL : text);
}

static lt_doc_block *add_block(lt_document *doc, lt_doc_type type)
{
    void *blocks = doc->blocks;
    if (!grow(doc, &blocks, &doc->block_capacity, doc->block_count, sizeof *doc->blocks)) return NULL;
    doc->blocks = blocks;
    doc->in_cell = false;
    if (type != LT_DOC_ITEM) doc->counters[0] = 0;
    lt_doc_block *block = &doc->blocks[doc->block_count++];
    *block = (lt_doc_block){.type = type, .number = "", .runs = {doc->run_count, 0}, .first_cell = doc->cell_count};
    return block;
}

void lt_doc_begin(lt_document *doc, lt_doc_type type)
{
    add_block(doc, type);
}

/* 1 to 99 in Chinese, beyond that in digits. */
static void chinese_number(char text[16], unsigned number)
{
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    unsigned tens = number / 10;
    if (number > 99) snprintf(text, 16, "%u", number);
    else snprintf(text, 16, "%s%s%s", tens > 1 ? digits[tens] : "", tens > 0 ? "十" : "", digits[number % 10]);
}

/* As GB/T 9704 numbers headings, 一、（一）1.（1）; in English 1, 1.1, 1.1.1. */
static const char *heading_number(lt_document *doc, unsigned level)
{
    char chinese[16];
    const unsigned *n = doc->counters;
    chinese_number(chinese, n[level]);
    if (doc->lang == LT_LANG_ZH) {
        if (level == 1) return lt_doc_print(doc, "%s、", chinese);
        if (level == 2) return lt_doc_print(doc, "（%s）", chinese);
        return lt_doc_print(doc, level == 3 ? "%u. " : "（%u）", n[level]);
    }
    if (level == 1) return lt_doc_print(doc, "%u ", n[1]);
    if (level == 2) return lt_doc_print(doc, "%u.%u ", n[1], n[2]);
    if (level == 3) return lt_doc_print(doc, "%u.%u.%u ", n[1], n[2], n[3]);
    return lt_doc_print(doc, "%u.%u.%u.%u ", n[1], n[2], n[3], n[4]);
}

void lt_doc_heading(lt_document *doc, unsigned level)
{
    lt_doc_block *block = add_block(doc, LT_DOC_HEADING);
    if (!block) return;
    doc->counters[level]++;
    for (unsigned below = level + 1; below <= LT_DOC_LEVELS; below++) doc->counters[below] = 0;
    block->level = level;
    block->number = heading_number(doc, level);
}

void lt_doc_item(lt_document *doc)
{
    lt_doc_block *block = add_block(doc, LT_DOC_ITEM);
    if (block) block->number = lt_doc_print(doc, doc->lang == LT_LANG_ZH ? "（%u）" : "(%u) ", ++doc->counters[0]);
}

void lt_doc_table(lt_document *doc, const lt_doc_column *columns, size_t count)
{
    lt_doc_block *block = add_block(doc, LT_DOC_TABLE);
    if (!block) return;
    block->columns = columns;
    block->column_count = count;
}

void lt_doc_cell(lt_document *doc)
{
    void *cells = doc->cells;
    if (!grow(doc, &cells, &doc->cell_capacity, doc->cell_count, sizeof *doc->cells)) return;
    doc->cells = cells;
    doc->cells[doc->cell_count++] = (lt_doc_span){doc->run_count, 0};
    doc->in_cell = true;
    lt_doc_block *table = &doc->blocks[doc->block_count - 1];
    table->row_count = (doc->cell_count - table->first_cell + table->column_count - 1) / table->column_count;
}

void lt_doc_picture_add(lt_document *doc, const lt_doc_picture *picture)
{
    lt_doc_block *block = add_block(doc, LT_DOC_PICTURE);
    if (block) block->picture = *picture;
    else free(picture->bytes);
}

static lt_doc_span *open_span(lt_document *doc)
{
    if (doc->in_cell) return &doc->cells[doc->cell_count - 1];
    return &doc->blocks[doc->block_count - 1].runs;
}

void lt_doc_run_add(lt_document *doc, lt_doc_run run)
{
    void *runs = doc->runs;
    if (run.text[0] == '\0' || doc->block_count == 0) return;
    if (!grow(doc, &runs, &doc->run_capacity, doc->run_count, sizeof *doc->runs)) return;
    doc->runs = runs;
    doc->runs[doc->run_count++] = run;
    open_span(doc)->count++;
}

/* A sentence that ended in ASCII wants a space before the next. */
static bool wants_space(const lt_document *doc)
{
    if (doc->failed || doc->block_count == 0) return false;
    const lt_doc_span *span = doc->in_cell ? &doc->cells[doc->cell_count - 1] : &doc->blocks[doc->block_count - 1].runs;
    if (span->count == 0) return false;
    const char *last = doc->runs[doc->run_count - 1].text;
    char end = last[strlen(last) - 1];
    return end == '.' || end == ';';
}

void lt_doc_say(lt_document *doc, lt_message message, const lt_doc_run *args, size_t count)
{
    const char *pattern = lt_message_pattern(doc->lang, message);
    if (wants_space(doc) && pattern[0] != '.' && pattern[0] != ',') lt_doc_run_add(doc, (lt_doc_run){.text = " "});
    for (const char *at = pattern; *at != '\0';) {
        bool is_argument = at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}';
        if (is_argument) {
            size_t which = (size_t)(at[1] - '0');
            if (which < count) lt_doc_run_add(doc, args[which]);
            at += 3;
        } else {
            size_t plain = 1 + strcspn(at + 1, "{");
            lt_doc_run_add(doc, (lt_doc_run){.text = lt_doc_print(doc, "%.*s", (int)plain, at)});
            at += plain;
        }
    }
}
