/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turned pages go on with the footers of the reference document. pandoc gives these ids of its own, which only its output tells;
   so the first section, which names them by ours, is put right in the finished file. Dates of its parts are made the same too. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "report/docx.h"

enum { LOCAL_HEAD = 30, CENTRAL_HEAD = 46, END_HEAD = 22, DOS_DATE = 0x21 /* 1980-01-01 */ };

/** A part of the file, as the central directory has it. */
typedef struct {
    const uint8_t *central, *data; /* its entry there, its bytes */
    size_t name, extra, comment;   /* lengths */
    uint32_t packed, plain, crc;
    uint16_t method;
} part;

static uint32_t read16(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}
static uint32_t read32(const uint8_t *at)
{
    return read16(at) | read16(at + 2) << 16;
}

static void put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}
static void put32(uint8_t *at, uint32_t value)
{
    put16(at, value);
    put16(at + 2, value >> 16);
}

/* @return false when the file is not whole. */
static bool read_part(const lti_bytes *zip, size_t *at, part *p)
{
    if (zip->size < CENTRAL_HEAD || *at > zip->size - CENTRAL_HEAD) return false;
    const uint8_t *c = zip->data + *at;
    *p = (part){.central = c,
                .method = (uint16_t)read16(c + 10),
                .crc = read32(c + 16),
                .packed = read32(c + 20),
                .plain = read32(c + 24),
                .name = read16(c + 28),
                .extra = read16(c + 30),
                .comment = read16(c + 32)};
    size_t local = read32(c + 42);
    if (read32(c) != 0x02014b50 || zip->size < LOCAL_HEAD || local > zip->size - LOCAL_HEAD) return false;
    size_t data = local + LOCAL_HEAD + read16(zip->data + local + 26) + read16(zip->data + local + 28);
    *at += CENTRAL_HEAD + p->name + p->extra + p->comment;
    if (*at > zip->size || data > zip->size || p->packed > zip->size - data) return false;
    p->data = zip->data + data;
    return true;
}

static bool is_document(const part *p)
{
    static const char name[] = "word/document.xml";
    return p->name == sizeof name - 1 && memcmp(p->central + CENTRAL_HEAD, name, p->name) == 0;
}

/* @return owned, ended by NUL; NULL out of memory or when it is broken. */
static char *unpack(const part *p)
{
    char *text = malloc((size_t)p->plain + 1);
    z_stream z = {
        .next_in = (uint8_t *)(uintptr_t)p->data, .avail_in = p->packed, .next_out = (uint8_t *)text, .avail_out = p->plain};
    bool whole = false;
    if (text && p->method == 0 && p->packed == p->plain) {
        memcpy(text, p->data, p->plain);
        whole = true;
    } else if (text && p->method == 8 && inflateInit2(&z, -MAX_WBITS) == Z_OK) {
        whole = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == p->plain;
        inflateEnd(&z);
    }
    if (whole) text[p->plain] = '\0';
    else free(text);
    return whole ? text : NULL;
}

/* The id in the last section's reference to a footer of this type; what is found stands between *from and the next quote. */
static bool find_footer(const char *last, const char *type, const char **id, size_t *length)
{
    char wanted[32];
    snprintf(wanted, sizeof wanted, "w:type=\"%s\"", type);
    for (const char *at = last; (at = strstr(at, "<w:footerReference")); at++) {
        const char *end = strchr(at, '>'), *named = strstr(at, wanted), *found = strstr(at, "r:id=\"");
        if (!end || !named || named > end || !found || found > end) continue;
        *id = found + strlen("r:id=\"");
        *length = strcspn(*id, "\"");
        return true;
    }
    return false;
}

/* Puts pandoc's ids in the place of ours; where it has no such footer, the reference goes. */
static void name_footers(lti_buffer *out, const char *text)
{
    static const struct {
        const char *reference, *type;
    } ours[] = {{LTI_FOOTER_ODD, "default"}, {LTI_FOOTER_EVEN, "even"}};
    const char *last = text;
    for (const char *at = text; (at = strstr(at, "<w:sectPr")); at++) last = at;
    while (*text) {
        const char *next = NULL;
        size_t which = 0, length;
        for (size_t i = 0; i < 2; i++) {
            const char *found = strstr(text, ours[i].reference);
            if (found && (!next || found < next)) next = found, which = i;
        }
        lti_buffer_add(out, text, next ? (size_t)(next - text) : strlen(text));
        if (!next) return;
        const char *id;
        if (find_footer(last, ours[which].type, &id, &length)) {
            lti_buffer_put(out, "<w:footerReference w:type=\"");
            lti_buffer_put(out, ours[which].type);
            lti_buffer_put(out, "\" r:id=\"");
            lti_buffer_add(out, id, length);
            lti_buffer_put(out, "\"/>");
        }
        text = next + strlen(ours[which].reference);
    }
}

/* Pictures as large as a turned page takes: pandoc has shrunk them to the width of an upright one. */
static void widen_pictures(lti_buffer *out, const char *text)
{
    static const char *const sizes[] = {"<wp:extent ", "<a:ext "};
    while (*text) {
        const char *next = NULL;
        for (size_t i = 0; i < 2; i++) {
            const char *found = strstr(text, sizes[i]);
            if (found && (!next || found < next)) next = found;
        }
        long long wide = 0, high = 0;
        int length = 0;
        char grown[96];
        if (next) next = strchr(next, ' ') + 1;
        lti_buffer_add(out, text, next ? (size_t)(next - text) : strlen(text));
        if (!next) return;
        text = next;
        if (sscanf(text, "cx=\"%lld\" cy=\"%lld\"%n", &wide, &high, &length) != 2 || wide <= 0 || high <= 0) continue;
        double scale = LTI_TURNED_WIDE * 36000.0 / (double)wide, by_height = LTI_TURNED_HIGH * 36000.0 / (double)high;
        if (by_height < scale) scale = by_height;
        snprintf(grown, sizeof grown, "cx=\"%lld\" cy=\"%lld\"", llround((double)wide * scale), llround((double)high * scale));
        lti_buffer_put(out, grown);
        text += length;
    }
}

/* Rows of tables stay whole on a page: not every program takes that from the style of the table. */
static void keep_rows(lti_buffer *out, const char *text)
{
    static const struct {
        const char *found, *put;
    } rows[] = {{"<w:tr><w:trPr>", "<w:tr><w:trPr><w:cantSplit/>"},
                {"<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>"}};
    for (const char *next; (next = strstr(text, "<w:tr>"));) {
        lti_buffer_add(out, text, (size_t)(next - text));
        text = next;
        for (size_t i = 0; i < 2; i++) {
            size_t length = strlen(rows[i].found);
            if (strncmp(next, rows[i].found, length) != 0) continue;
            lti_buffer_put(out, rows[i].put);
            text = next + length;
        }
        if (text == next) { /* a row that pandoc writes in another way stays as it is */
            lti_buffer_put(out, "<w:tr>");
            text = next + strlen("<w:tr>");
        }
    }
    lti_buffer_put(out, text);
}

/* Writes a part and keeps its entry for the central directory. */
static void put_part(lti_buffer *out, lti_buffer *central, const part *p, const uint8_t *data)
{
    uint8_t local[LOCAL_HEAD] = {0}, entry[CENTRAL_HEAD];
    put32(local, 0x04034b50);
    put16(local + 4, 20);
    put16(local + 6, read16(p->central + 8) & 0x800U); /* names in UTF-8 */
    put16(local + 8, p->method);
    put16(local + 12, DOS_DATE);
    put32(local + 14, p->crc);
    put32(local + 18, p->packed);
    put32(local + 22, p->plain);
    put16(local + 26, (uint32_t)p->name);
    memcpy(entry, p->central, CENTRAL_HEAD);
    memcpy(entry + 6, local + 4, 24);
    put16(entry + 30, 0);
    put16(entry + 32, 0);
    put32(entry + 42, (uint32_t)out->length);
    lti_buffer_add(out, (const char *)local, sizeof local);
    lti_buffer_add(out, (const char *)p->central + CENTRAL_HEAD, p->name);
    lti_buffer_add(out, (const char *)data, p->packed);
    lti_buffer_add(central, (const char *)entry, sizeof entry);
    lti_buffer_add(central, (const char *)p->central + CENTRAL_HEAD, p->name);
}

static bool put_document(lti_buffer *out, lti_buffer *central, const part *p)
{
    lti_buffer text = {0}, named = {0}, widened = {0};
    char *old = unpack(p);
    if (old) name_footers(&named, old);
    lti_buffer_add(&named, "", 1);
    if (old && !named.failed) widen_pictures(&widened, named.data);
    lti_buffer_add(&widened, "", 1);
    if (old && !widened.failed) keep_rows(&text, widened.data);
    text.failed |= named.failed || widened.failed;
    free(named.data);
    free(widened.data);
    bool made = old && !text.failed && text.length < UINT32_MAX;
    free(old);
    uLongf size = made ? compressBound(text.length) + 64 : 0;
    uint8_t *packed = made ? malloc(size) : NULL;
    z_stream z = {.next_in = (uint8_t *)text.data, .avail_in = (uInt)text.length, .next_out = packed, .avail_out = (uInt)size};
    made = packed && deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    if (made) {
        made = deflate(&z, Z_FINISH) == Z_STREAM_END;
        part with = *p;
        with.method = 8;
        with.packed = (uint32_t)z.total_out;
        with.plain = (uint32_t)text.length;
        with.crc = (uint32_t)crc32(0, (const uint8_t *)text.data, (uInt)text.length);
        deflateEnd(&z);
        if (made) put_part(out, central, &with, packed);
    }
    free(packed);
    free(text.data);
    return made;
}

bool lti_docx_finish(const lti_bytes *zip, lti_buffer *out)
{
    if (zip->size < END_HEAD) return false;
    size_t end = zip->size - END_HEAD;
    while (end > 0 && read32(zip->data + end) != 0x06054b50) end--;
    if (read32(zip->data + end) != 0x06054b50) return false;
    lti_buffer central = {0};
    size_t at = read32(zip->data + end + 16), count = read16(zip->data + end + 10);
    bool whole = true;
    for (size_t i = 0; i < count && whole; i++) {
        part p;
        whole = read_part(zip, &at, &p);
        if (!whole) break;
        if (is_document(&p)) whole = put_document(out, &central, &p);
        else put_part(out, &central, &p, p.data);
    }
    uint8_t tail[END_HEAD] = {0};
    put32(tail, 0x06054b50);
    put16(tail + 8, (uint32_t)count);
    put16(tail + 10, (uint32_t)count);
    put32(tail + 12, (uint32_t)central.length);
    put32(tail + 16, (uint32_t)out->length);
    if (whole) {
        lti_buffer_add(out, central.data, central.length);
        lti_buffer_add(out, (const char *)tail, sizeof tail);
    }
    whole &= !central.failed;
    free(central.data);
    return whole && !out->failed;
}
