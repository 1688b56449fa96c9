/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook by libxlsxwriter, in its mode of constant memory: a row goes to a temporary file when the next one begins.

   Version 1.1.4 writes to a file by name only, so it gets one that has no other name than its descriptor; its temporary
   files are nameless too, so nothing is left behind whatever happens. The bytes tell no time: the zip's stamps are 1980 and
   so is the creation date given here. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "table/xlsx.h"

enum { TEXT_UNITS = 31, FOOT_UNITS = 40, BEGINNING_UNITS = 300, CREATED = 315532800 /* 1980-01-01, as the zip's stamps */ };

/* Dark on white, so that print without colour is as good. */
static const struct {
    const char *number; /* NULL = General */
    lxw_color_t colour; /* 0 = black */
    uint8_t align;
    bool bold, wrap;
} styles[LTI_STYLES] = {
    [LTI_STYLE_TEXT] = {NULL},
    [LTI_STYLE_WRAPPED] = {NULL, .wrap = true},
    [LTI_STYLE_GUARDED] = {"@"},
    [LTI_STYLE_GUARDED_WRAPPED] = {"@", .wrap = true},
    [LTI_STYLE_CENTRED] = {NULL, .align = LXW_ALIGN_CENTER, .wrap = true},
    [LTI_STYLE_INTEGER] = {"0"},
    [LTI_STYLE_REAL] = {"0.000"},
    [LTI_STYLE_SCIENTIFIC] = {"0.00E+00"},
    [LTI_STYLE_HEADER] = {NULL, 0x1F3864, LXW_ALIGN_CENTER, .bold = true, .wrap = true},
    [LTI_STYLE_LABEL] = {NULL, .bold = true},
    [LTI_STYLE_REMARK] = {NULL, 0x5B6570},
    [LTI_STYLE_TONE + LT_TONE_PLAIN] = {NULL, .align = LXW_ALIGN_CENTER, .wrap = true},
    [LTI_STYLE_TONE + LT_TONE_RED] = {NULL, 0xA8202A, LXW_ALIGN_CENTER, .bold = true, .wrap = true},
    [LTI_STYLE_TONE + LT_TONE_YELLOW] = {NULL, 0x8A5A00, LXW_ALIGN_CENTER, .bold = true, .wrap = true},
    [LTI_STYLE_TONE + LT_TONE_GREEN] = {NULL, 0x0A5C49, LXW_ALIGN_CENTER, .bold = true, .wrap = true},
    [LTI_STYLE_TONE + LT_TONE_BLUE] = {NULL, 0x0B2F5B, LXW_ALIGN_CENTER, .bold = true, .wrap = true},
    [LTI_STYLE_TONE + LT_TONE_MAGENTA] = {NULL, 0x5E2469, LXW_ALIGN_CENTER, .bold = true, .wrap = true},
    [LTI_STYLE_TONE + LT_TONE_GREY] = {NULL, 0x5B6570, LXW_ALIGN_CENTER, .wrap = true},
};
static const lxw_color_t header_fill = 0xDCE6F1;

void lti_book_fail(lti_book *book, lt_code code, int reason)
{
    lt_table_writer *writer = book->writer;
    if (writer->failed) return;
    writer->failed = reason;
    writer->error = (lt_error){.code = code, .message = LT_MSG_OUT_OF_MEMORY};
    if (code == LT_E_LIMIT) writer->error.message = LT_MSG_SHEET_TOO_LONG;
    if (code != LT_E_IO) return;
    writer->error.message = LT_MSG_CANNOT_WRITE;
    snprintf(writer->error.file, sizeof writer->error.file, "%s", book->folder);
    snprintf(writer->error.arg[0], sizeof writer->error.arg[0], "%s", strerror(reason));
}

static void fail_by_errno(lti_book *book)
{
    int reason = errno ? errno : EIO;
    lti_book_fail(book, reason == ENOMEM ? LT_E_MEMORY : LT_E_IO, reason);
}

static void fail_unwritten(lti_book *book)
{
    lti_book_fail(book, LT_E_IO, EIO);
    book->writer->error.message = LT_MSG_TEMPORARY_FILES;
}

const char *lti_book_words(const lti_book *book, lt_message message)
{
    return lt_message_pattern(book->writer->head.lang, message);
}

bool lti_book_grow(lti_book *book, void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) return true;
    void *grown = realloc(*items, (*capacity * 2 + 16) * size);
    if (!grown) {
        lti_book_fail(book, LT_E_MEMORY, ENOMEM);
        return false;
    }
    *items = grown;
    *capacity = *capacity * 2 + 16;
    return true;
}

/* The library prints, and in places crashes, when it runs out of memory, so where it takes much at once it is seen first that
   as much is there. */
static bool has_memory(lti_book *book)
{
    const size_t most = 1 << 20; /* a sheet takes 150 KB, packing 600 */
    void *volatile probe = malloc(most);
    if (!probe) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
    free(probe);
    return !book->writer->failed;
}

/* Gives the file no name as soon as it is there. */
static int open_nameless(const char *folder)
{
    char *path;
    if (asprintf(&path, "%s/liantu.XXXXXX", folder) < 0) return -1;
    int file = mkostemp(path, O_CLOEXEC);
    if (file >= 0) unlink(path);
    free(path);
    return file;
}

/* 等线 is what Chinese Excel opens with since 2016. Where it is missing, as with WPS on Linux, programs take another sans
   serif with Han characters; those are all one em wide, so the columns stay wide enough. */
static void add_formats(lti_book *book)
{
    bool is_chinese = book->writer->head.lang == LT_LANG_ZH;
    for (int i = 0; i < LTI_STYLES; i++) {
        lxw_format *format = workbook_add_format(book->workbook);
        if (!format) {
            lti_book_fail(book, LT_E_MEMORY, ENOMEM);
            return;
        }
        if (is_chinese) format_set_font_name(format, "等线");
        format_set_font_size(format, 10);
        format_set_align(format, i == LTI_STYLE_HEADER ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
        if (styles[i].number) format_set_num_format(format, styles[i].number);
        if (styles[i].colour) format_set_font_color(format, styles[i].colour);
        if (styles[i].align) format_set_align(format, styles[i].align);
        if (styles[i].bold) format_set_bold(format);
        if (styles[i].wrap) format_set_text_wrap(format);
        if (styles[i].wrap && !styles[i].align) format_set_indent(format, 1); /* numbers end where texts begin */
        if (i == LTI_STYLE_HEADER) {
            format_set_bg_color(format, header_fill);
            format_set_bottom(format, LXW_BORDER_THIN);
        }
        book->formats[i] = format;
    }
}

void lti_book_open(lt_table_writer *writer)
{
    lti_book *book = calloc(1, sizeof *book);
    if (!book) {
        writer->failed = ENOMEM;
        return;
    }
    const char *named = getenv("TMPDIR");
    *book = (lti_book){.writer = writer, .file = -1, .long_text_row = 1};
    writer->book = book;
    book->folder = strdup(named && named[0] ? named : "/tmp");
    book->cleaned = malloc(3 * LTI_CELL_UNITS + 1);
    if (!book->folder || !book->cleaned) {
        lti_book_fail(book, LT_E_MEMORY, ENOMEM);
        return;
    }
    errno = 0;
    book->file = open_nameless(book->folder);
    if (book->file < 0) {
        fail_by_errno(book);
        return;
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", book->file);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = book->folder};
    book->workbook = workbook_new_opt(path, &options);
    if (!book->workbook) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
    else add_formats(book);
}

/* Of "Title (remark)" too long for a tab the title is enough; else it is cut. */
static void sheet_name(char *name, const char *title, const char *ending)
{
    const char *at = title;
    size_t room = TEXT_UNITS - lti_clean_text(&ending, NULL, TEXT_UNITS);
    lti_clean_text(&at, name, room);
    if (*at) {
        char *bracket = strstr(name, "\uFF08"), *plain = strstr(name, " (");
        char *cut = bracket && bracket > name ? bracket : plain;
        at = title;
        if (cut && cut > name) *cut = '\0';
        else {
            lti_clean_text(&at, name, room - 1);
            strcat(name, "…");
        }
    }
    for (char *c = name; (c = strpbrk(c, "[]:*?/\\'"));) *c = ' ';
}

static bool name_is_taken(const lti_book *book, const char *name)
{
    for (size_t i = 0; i < book->sheet_count; i++)
        if (strcasecmp(book->sheets[i].name, name) == 0) return true;
    return false;
}

static void name_sheet(const lti_book *book, lt_message title, unsigned part, char name[LTI_SHEET_NAME_SIZE])
{
    char number[16], ending[64] = "";
    snprintf(number, sizeof number, "%u", part);
    if (part > 1)
        lt_message_format(ending, sizeof ending, book->writer->head.lang, LT_MSG_SHEET_CONTINUED, (const char *[]){number}, 1);
    size_t length = strlen(ending);
    for (unsigned again = 2;; again++) {
        sheet_name(name, lti_book_words(book, title), ending);
        strcat(name, ending);
        if (!name_is_taken(book, name)) return;
        snprintf(ending + length, sizeof ending - length, " %u", again);
    }
}

/* Texts of the data in a footer: short, and with no code of its language. */
static void foot_text(char *out, const char *text)
{
    char cleaned[3 * FOOT_UNITS + 1];
    const char *at = text;
    lti_clean_text(&at, cleaned, FOOT_UNITS);
    for (const char *c = cleaned; *c; c++) {
        if (*c == '&') *out++ = '&';
        *out++ = *c;
    }
    *out = '\0';
}

static void set_up_pages(lti_book *book, lxw_worksheet *sheet, lt_message title)
{
    const lt_table_head *head = &book->writer->head;
    char name[6 * FOOT_UNITS + 2], as_of[6 * FOOT_UNITS + 2], digest[13], left[512], page[64], foot[1024],
        subject[6 * FOOT_UNITS + 2], top[1024];
    const char *given = head->as_of && head->as_of[0] ? head->as_of : lti_book_words(book, LT_MSG_NOT_GIVEN);
    foot_text(name, head->dataset_title && head->dataset_title[0] ? head->dataset_title : head->dataset_id);
    foot_text(as_of, given);
    snprintf(digest, sizeof digest, "%.12s", head->digest);
    lt_message_format(left, sizeof left, head->lang, LT_MSG_SHEET_FOOT, (const char *[]){name, as_of, digest}, 3);
    lt_message_format(page, sizeof page, head->lang, LT_MSG_SHEET_PAGE, (const char *[]){"&P", "&N"}, 2);
    snprintf(foot, sizeof foot, "&L%s&R%s", left, page);
    foot_text(subject, head->subject ? head->subject : "");
    snprintf(top, sizeof top, "&C&B%s%s%s", subject, subject[0] ? lti_book_words(book, LT_MSG_MAP_PART_SEPARATOR) : "",
             lti_book_words(book, title));
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.7, 0.7); /* inches */
    worksheet_gridlines(sheet, LXW_SHOW_ALL_GRIDLINES);
    lxw_error headed = worksheet_set_header(sheet, top), footed = worksheet_set_footer(sheet, foot);
    if (headed != LXW_NO_ERROR || footed != LXW_NO_ERROR) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
}

size_t lti_sheet_add(lti_book *book, lt_message title, unsigned part)
{
    lti_sheet sheet = {0};
    if (book->writer->failed || !has_memory(book)) return 0;
    if (!lti_book_grow(book, (void **)&book->sheets, book->sheet_count, &book->sheet_capacity, sizeof *book->sheets)) return 0;
    name_sheet(book, title, part, sheet.name);
    errno = 0;
    sheet.worksheet = workbook_add_worksheet(book->workbook, sheet.name);
    if (!sheet.worksheet) {
        fail_by_errno(book);
        return 0;
    }
    book->sheets[book->sheet_count] = sheet;
    set_up_pages(book, sheet.worksheet, title);
    return book->sheet_count++;
}

static void count_cell(lti_book *book, size_t sheet, lxw_error error)
{
    if (error == LXW_NO_ERROR) book->sheets[sheet].cells++;
    else if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
    else lti_book_fail(book, LT_E_LIMIT, EFBIG);
}

void lti_sheet_number(lti_book *book, size_t sheet, uint32_t row, uint16_t column, double value, lti_style style)
{
    if (book->writer->failed) return;
    count_cell(book, sheet, worksheet_write_number(book->sheets[sheet].worksheet, row, column, value, book->formats[style]));
}

static void write_text(lti_book *book, size_t sheet, uint32_t row, uint16_t column, const char *text, lti_style style)
{
    count_cell(book, sheet, worksheet_write_string(book->sheets[sheet].worksheet, row, column, text, book->formats[style]));
}

/* Keeps the whole text for the sheet of long texts; the cell gets its beginning and where the rest is. */
static void begin_long_text(lti_book *book, size_t sheet, uint32_t row, uint16_t column, const char *text)
{
    char where[16], remark[512];
    const char *beginning = text;
    if (!lti_book_grow(book, (void **)&book->long_texts, book->long_text_count, &book->long_text_capacity,
                       sizeof *book->long_texts))
        return;
    char *copy = strdup(text);
    if (!copy) {
        lti_book_fail(book, LT_E_MEMORY, ENOMEM);
        return;
    }
    book->long_texts[book->long_text_count++] = (lti_long_text){copy, sheet, row, column};
    snprintf(where, sizeof where, "%u", book->long_text_row + 1);
    lt_message_format(remark, sizeof remark, book->writer->head.lang, LT_MSG_SHEET_LONG_TEXT,
                      (const char *[]){lti_book_words(book, LT_MSG_TITLE_LONG_TEXTS), where}, 2);
    lti_clean_text(&beginning, book->cleaned, BEGINNING_UNITS);
    strcat(book->cleaned, remark);
    for (const char *at = text; *at; book->long_text_row++) lti_clean_text(&at, NULL, LTI_CELL_UNITS);
}

const char *lti_sheet_text(lti_book *book, size_t sheet, uint32_t row, uint16_t column, const char *text, lti_style style)
{
    const char *at = text;
    if (book->writer->failed || text[0] == '\0') return "";
    lti_clean_text(&at, book->cleaned, LTI_CELL_UNITS);
    if (*at) begin_long_text(book, sheet, row, column, text);
    bool guard = style <= LTI_STYLE_WRAPPED && strchr("=+-@\t\r", text[0]);
    if (guard) style = style == LTI_STYLE_TEXT ? LTI_STYLE_GUARDED : LTI_STYLE_GUARDED_WRAPPED;
    write_text(book, sheet, row, column, book->cleaned, style);
    return book->cleaned;
}

void lti_sheet_part(lti_book *book, size_t sheet, uint32_t row, uint16_t column, const char **text)
{
    if (book->writer->failed) return;
    bool guard = strchr("=+-@\t\r", **text) != NULL;
    lti_clean_text(text, book->cleaned, LTI_CELL_UNITS);
    write_text(book, sheet, row, column, book->cleaned, guard ? LTI_STYLE_GUARDED_WRAPPED : LTI_STYLE_WRAPPED);
}

void lti_sheet_width(lti_book *book, size_t sheet, uint16_t column, size_t width)
{
    if (book->writer->failed) return;
    lxw_error error = worksheet_set_column(book->sheets[sheet].worksheet, column, column, (double)(width + LTI_MARGIN), NULL);
    if (error != LXW_NO_ERROR) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
}

void lti_sheet_height(lti_book *book, size_t sheet, uint32_t row, size_t lines)
{
    const double line = 15, most = 409; /* points; a row cannot be higher */
    if (book->writer->failed || lines <= 1) return;
    double height = (double)lines * line + 1;
    lxw_error error = worksheet_set_row(book->sheets[sheet].worksheet, row, height < most ? height : most, NULL);
    if (error != LXW_NO_ERROR) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
}

/* What a sheet's rows came to in their temporary file, which the library does not look at. */
static void measure_sheets(lti_book *book)
{
    for (size_t i = 0; i < book->sheet_count && !book->writer->failed; i++) {
        lxw_worksheet *worksheet = book->sheets[i].worksheet;
        lxw_worksheet_write_single_row(worksheet); /* the last row is still held back */
        errno = 0;
        bool is_bad = fflush(worksheet->optimize_tmpfile) != 0 || ferror(worksheet->optimize_tmpfile);
        if (is_bad) fail_by_errno(book);
        else book->sheets[i].bytes = (uint64_t)ftello(worksheet->optimize_tmpfile);
    }
}

static void pack(lti_book *book)
{
    char author[64];
    snprintf(author, sizeof author, "liantu %s", book->writer->head.version);
    lxw_doc_properties properties = {.author = author, .created = CREATED};
    if (book->table_note_count > 0) properties.title = (char *)(uintptr_t)lti_book_words(book, book->table_notes[0].title);
    if (workbook_set_properties(book->workbook, &properties) != LXW_NO_ERROR) {
        lti_book_fail(book, LT_E_MEMORY, ENOMEM);
        return;
    }
    errno = 0;
    lxw_error error = workbook_close(book->workbook);
    book->workbook = NULL;
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) lti_book_fail(book, LT_E_MEMORY, ENOMEM);
    else if (error == LXW_ERROR_ZIP_BAD_ZIP_FILE) lti_book_fail(book, LT_E_LIMIT, EFBIG);
    else if (error != LXW_NO_ERROR) fail_by_errno(book);
}

static void emit_package(lti_book *book)
{
    enum { BLOCK = 1 << 20 };
    struct stat info;
    errno = 0;
    if (fstat(book->file, &info) != 0) {
        fail_by_errno(book);
        return;
    }
    size_t size = (size_t)info.st_size;
    char *bytes = size > 0 ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, book->file, 0) : MAP_FAILED;
    if (bytes == MAP_FAILED) {
        fail_by_errno(book);
        return;
    }
    if (!lti_package_is_whole((const unsigned char *)bytes, size, book->sheets, book->sheet_count)) fail_unwritten(book);
    for (size_t at = 0; at < size && !book->writer->failed; at += BLOCK)
        lti_emit(book->writer, bytes + at, size - at < BLOCK ? size - at : BLOCK);
    munmap(bytes, size);
}

/* The library closes the files of its sheets only when it packs them. */
static void drop_workbook(lti_book *book)
{
    for (size_t i = 0; i < book->sheet_count; i++) fclose(book->sheets[i].worksheet->optimize_tmpfile);
    lxw_workbook_free(book->workbook);
}

void lti_book_close(lt_table_writer *writer)
{
    lti_book *book = writer->book;
    if (!book) return;
    measure_sheets(book);
    if (!writer->failed && has_memory(book)) pack(book);
    if (!writer->failed) emit_package(book);
    if (book->workbook) drop_workbook(book);
    if (book->file >= 0) close(book->file);
    for (size_t i = 0; i < book->long_text_count; i++) free(book->long_texts[i].text);
    free(book->column_notes);
    free(book->long_texts);
    free(book->table_notes);
    free(book->sheets);
    free(book->shown);
    free(book->kept);
    free(book->cleaned);
    free(book->folder);
    free(book);
    writer->book = NULL;
}
