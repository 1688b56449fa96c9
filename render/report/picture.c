/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "map/chain_map.h"
#include "report/build.h"
#include "report/format.h"

static int write_to_buffer(void *context, const char *bytes, size_t length)
{
    lti_buffer *buffer = context;
    lti_buffer_add(buffer, bytes, length);
    return buffer->failed ? -1 : 0;
}

lt_code lti_draw(lti_report *r, const char *type, lt_doc_picture *picture)
{
    lti_buffer buffer = {0};
    *picture = (lt_doc_picture){.width = 420, .height = 297};
    if (!r->picture_format || strcmp(type, "industry") != 0 || r->link_count == 0) return LT_OK;
    lt_sink sink = {write_to_buffer, &buffer};
    lt_map_options options = {.format = "svg", .lang = r->doc.lang, .digest = r->options->digest};
    lt_code code = lt_chain_map_write(r->ds, &r->gaps, r->chain, &options, &sink, r->error);
    if (buffer.failed) code = lti_out_of_memory(r);
    picture->bytes = buffer.data;
    picture->size = buffer.length;
    if (code == LT_OK) return LT_OK;
    free(buffer.data);
    *picture = (lt_doc_picture){0};
    return code;
}
