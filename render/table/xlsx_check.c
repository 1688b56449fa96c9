/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a package back: the parts are found by the zip's directory and unpacked a block at a time, their tags counted. */
#include <string.h>
#include <zlib.h>

#include "table/xlsx.h"

enum { DIRECTORY_END = 22, DIRECTORY_ENTRY = 46, LOCAL_HEADER = 30, TAG_SIZE = 40, BLOCK = 1 << 16 };

typedef struct {
    const unsigned char *bytes; /* packed */
    uint32_t packed, unpacked, crc;
    char name[64];
} part;

/** What is seen of a part while it is read from front to back. */
typedef struct {
    char tag[TAG_SIZE], root[TAG_SIZE]; /* the tag that is being read, or was last; the first element */
    size_t tag_length;
    bool in_tag, in_name;
    uint64_t at, tag_at, rows_begin, rows_end, cells; /* offsets into the part */
    unsigned char last, before_last;                  /* bytes */
} reading;

static uint32_t number_at(const unsigned char *bytes, size_t size)
{
    uint32_t number = 0;
    while (size-- > 0) number = number << 8 | bytes[size];
    return number;
}

static void end_tag(reading *r)
{
    r->tag[r->tag_length] = '\0';
    if (r->tag[0] == '?') return;
    if (!r->root[0]) strcpy(r->root, r->tag);
    if (strcmp(r->tag, "c") == 0) r->cells++;
    if (strcmp(r->tag, "sheetData") == 0) r->rows_begin = r->at + 1;
    if (strcmp(r->tag, "/sheetData") == 0) r->rows_end = r->tag_at;
}

static void read_byte(reading *r, unsigned char byte)
{
    if (byte == '<') {
        r->in_tag = r->in_name = true;
        r->tag_length = 0;
        r->tag_at = r->at;
    } else if (r->in_tag && byte == '>') {
        r->in_tag = false;
        end_tag(r);
    } else if (r->in_name) {
        bool ends = byte == ' ' || r->tag_length == TAG_SIZE - 1 || (byte == '/' && r->tag_length > 0);
        r->in_name = !ends;
        if (!ends) r->tag[r->tag_length++] = (char)byte;
    }
}

static void read_block(reading *r, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++, r->at++) {
        const unsigned char *next = r->in_tag ? bytes + i : memchr(bytes + i, '<', size - i);
        if (!next) {
            r->at += size - i;
            break;
        }
        r->at += (uint64_t)(next - (bytes + i));
        i = (size_t)(next - bytes);
        read_byte(r, bytes[i]);
    }
    if (size > 1) r->before_last = bytes[size - 2];
    else if (size == 1) r->before_last = r->last;
    if (size > 0) r->last = bytes[size - 1];
}

/* @return whether it unpacks to what the directory says of it. */
static bool read_part(const part *p, reading *r)
{
    unsigned char block[BLOCK];
    uint32_t crc = (uint32_t)crc32(0, NULL, 0);
    z_stream stream = {.next_in = (unsigned char *)(uintptr_t)p->bytes, .avail_in = p->packed};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return false;
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = block;
        stream.avail_out = BLOCK;
        state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END) break;
        crc = (uint32_t)crc32(crc, block, BLOCK - stream.avail_out);
        read_block(r, block, BLOCK - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END && r->at == p->unpacked && crc == p->crc;
}

/* The last tag closes the first element, and nothing stands behind it. */
static bool is_closed(const reading *r)
{
    bool alone = r->last == '>' && r->before_last == '/' && strcmp(r->tag, r->root) == 0;
    bool ended = r->tag[0] == '/' && strcmp(r->tag + 1, r->root) == 0;
    return r->root[0] && !r->in_tag && (alone || ended) && (r->last == '>' || r->last == '\n');
}

static const lti_sheet *sheet_of(const part *p, const lti_sheet *sheets, size_t count)
{
    unsigned number = 0;
    int used = 0;
    bool is_sheet = sscanf(p->name, "xl/worksheets/sheet%u.xml%n", &number, &used) == 1 && used > 0 && p->name[used] == '\0';
    return is_sheet && number >= 1 && number <= count ? &sheets[number - 1] : NULL;
}

/* Entry of the directory at *at, which moves on. */
static bool next_part(const unsigned char *bytes, size_t size, size_t *at, part *p)
{
    const unsigned char *entry = bytes + *at;
    if (size - *at < DIRECTORY_ENTRY || number_at(entry, 4) != 0x02014b50 || number_at(entry + 10, 2) != Z_DEFLATED) return false;
    size_t name = number_at(entry + 28, 2), rest = number_at(entry + 30, 2) + number_at(entry + 32, 2);
    size_t local = number_at(entry + 42, 4);
    *p = (part){.crc = number_at(entry + 16, 4), .packed = number_at(entry + 20, 4), .unpacked = number_at(entry + 24, 4)};
    if (size - *at - DIRECTORY_ENTRY < name + rest || name >= sizeof p->name || local > size || size - local < LOCAL_HEADER)
        return false;
    memcpy(p->name, entry + DIRECTORY_ENTRY, name);
    size_t begin = local + LOCAL_HEADER + number_at(bytes + local + 26, 2) + number_at(bytes + local + 28, 2);
    if (begin > size || size - begin < p->packed) return false;
    p->bytes = bytes + begin;
    *at += DIRECTORY_ENTRY + name + rest;
    return true;
}

bool lti_package_is_whole(const unsigned char *bytes, size_t size, const lti_sheet *sheets, size_t sheet_count)
{
    if (size < DIRECTORY_END) return false;
    const unsigned char *end = bytes + size - DIRECTORY_END;
    size_t parts = number_at(end + 10, 2), at = number_at(end + 16, 4), seen = 0;
    if (number_at(end, 4) != 0x06054b50 || at > size) return false;
    for (size_t i = 0; i < parts; i++) {
        part p;
        reading r = {0};
        if (!next_part(bytes, size, &at, &p) || !read_part(&p, &r) || !is_closed(&r)) return false;
        const lti_sheet *sheet = sheet_of(&p, sheets, sheet_count);
        if (!sheet) continue;
        seen++;
        if (r.cells != sheet->cells || r.rows_end - r.rows_begin != sheet->bytes) return false;
    }
    return seen == sheet_count;
}
