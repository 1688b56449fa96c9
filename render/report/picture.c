/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "map/map.h"
#include "report/build.h"
#include "report/format.h"

enum { PRINT_DPI = 220 }; /* on A3: sharp when it is shrunk to A4 */

static int write_to_buffer(void *context, const char *bytes, size_t length)
{
    lti_buffer *buffer = context;
    lti_buffer_add(buffer, bytes, length);
    return buffer->failed ? -1 : 0;
}

static bool is_drawn(const char *type)
{
    for (const char *const *known = lt_map_types; *known; known++)
        if (strcmp(*known, type) == 0) return true;
    return false;
}

lt_code lti_draw_map(lti_report *r, const char *type, lt_doc_picture *picture, uint32_t *pages)
{
    lti_buffer buffer = {0};
    lt_map_notes notes = {0};
    *picture = (lt_doc_picture){.width = 420, .height = 297}; /* maps are made for A3 */
    *pages = 0;
    if (!r->picture_format || !is_drawn(type) || r->link_count == 0) return LT_OK;
    lt_sink sink = {write_to_buffer, &buffer};
    lt_map_data data = {r->ds, &r->gaps, &r->targets};
    lt_map_options options = {.type = type,
                              .format = r->picture_format,
                              .lang = r->doc.lang,
                              .chain = r->chain,
                              .zone = LT_NONE,
                              .page = 1,
                              .dpi = PRINT_DPI,
                              .digest = r->options->digest};
    lt_code code = lt_map_write(&data, &options, &sink, &notes, r->error);
    if (buffer.failed) code = lti_out_of_memory(r);
    picture->bytes = buffer.data;
    picture->size = buffer.length;
    picture->png = strcmp(r->picture_format, "png") == 0;
    *pages = notes.pages;
    if (code == LT_OK) return LT_OK;
    free(buffer.data);
    *picture = (lt_doc_picture){0};
    return code;
}
