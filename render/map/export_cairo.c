/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/export.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <librsvg/rsvg.h>

#include "map/paint.h"

enum { HAN = 0x94FE }; /* 链 */

bool lti_has_cjk_font(void)
{
    bool found = false;
    FcPattern *pattern = FcPatternCreate();
    FcCharSet *characters = FcCharSetCreate();
    FcObjectSet *objects = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
    if (pattern && characters && objects && FcCharSetAddChar(characters, HAN) &&
        FcPatternAddCharSet(pattern, FC_CHARSET, characters)) {
        FcFontSet *fonts = FcFontList(NULL, pattern, objects);
        found = fonts && fonts->nfont > 0;
        if (fonts) FcFontSetDestroy(fonts);
    }
    if (objects) FcObjectSetDestroy(objects);
    if (characters) FcCharSetDestroy(characters);
    if (pattern) FcPatternDestroy(pattern);
    return found;
}

static lt_code fail(lt_error *error, lt_code code, lt_message message, const char *why)
{
    if (error) *error = (lt_error){.code = code, .message = message};
    if (error && why) snprintf(error->arg[0], sizeof error->arg[0], "%s", why);
    return code;
}

static lt_code failed_status(lt_error *error, cairo_status_t status)
{
    if (status == CAIRO_STATUS_NO_MEMORY) return fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, NULL);
    if (status == CAIRO_STATUS_WRITE_ERROR) return fail(error, LT_E_IO, LT_MSG_CANNOT_WRITE, strerror(errno));
    return fail(error, LT_E_INTERNAL, LT_MSG_MAP_EXPORT_FAILED, cairo_status_to_string(status));
}

/** A text that grows. */
typedef struct {
    char *bytes;
    size_t used, room;
} growing;

static int grow(void *context, const char *bytes, size_t length)
{
    growing *g = context;
    if (g->used + length > g->room) {
        size_t room = (g->used + length) * 2 + 4096;
        char *grown = realloc(g->bytes, room);
        if (!grown) return -1;
        g->bytes = grown;
        g->room = room;
    }
    memcpy(g->bytes + g->used, bytes, length);
    g->used += length;
    return 0;
}

/* Paints a scene upon a cairo context, `scale` units of it a point. */
static lt_code render(const lti_scene *scene, cairo_t *cairo, double scale, lt_error *error)
{
    growing svg = {0};
    GError *trouble = NULL;
    RsvgHandle *handle = NULL;
    lt_code code = LT_OK;
    if (lti_paint_svg(scene, &(lt_sink){grow, &svg}, NULL) != LT_OK) {
        code = fail(error, LT_E_MEMORY, LT_MSG_OUT_OF_MEMORY, NULL);
        goto done;
    }
    handle = rsvg_handle_new_from_data((const guint8 *)svg.bytes, svg.used, &trouble);
    RsvgRectangle area = {0, 0, scene->width * scale, scene->height * scale};
    if (!handle || !rsvg_handle_render_document(handle, cairo, &area, &trouble))
        code = fail(error, LT_E_INTERNAL, LT_MSG_MAP_EXPORT_FAILED, trouble ? trouble->message : "");
    else if (cairo_status(cairo) != CAIRO_STATUS_SUCCESS) code = failed_status(error, cairo_status(cairo));

done:
    if (handle) g_object_unref(handle);
    g_clear_error(&trouble);
    free(svg.bytes);
    return code;
}

static cairo_status_t pass_on(void *context, const unsigned char *bytes, unsigned length)
{
    const lt_sink *sink = context;
    return sink->write(sink->context, (const char *)bytes, length) == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static void set_metadata(cairo_surface_t *surface, const lti_scene *scene, const char *date)
{
    char time[32];
    snprintf(time, sizeof time, "%.10sT00:00:00Z", date && strlen(date) == 10 ? date : "2000-01-01"); /* never the clock */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, time);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, time);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, scene->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, scene->desc);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "liantu");
}

lt_code lti_export_pdf(const lti_scene *scenes, size_t count, const char *date, const lt_sink *sink, lt_error *error)
{
    lt_code code = LT_OK;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(pass_on, (void *)(uintptr_t)sink, scenes[0].width, scenes[0].height);
    cairo_t *cairo = cairo_create(surface);
    set_metadata(surface, &scenes[0], date);
    for (size_t i = 0; i < count && code == LT_OK; i++) {
        cairo_pdf_surface_set_size(surface, scenes[i].width, scenes[i].height);
        code = render(&scenes[i], cairo, 1, error);
        cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (code == LT_OK && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        code = failed_status(error, cairo_surface_status(surface));
    cairo_surface_destroy(surface);
    return code;
}

lt_code lti_export_png(const lti_scene *scene, double dpi, const lt_sink *sink, lt_error *error)
{
    double scale = dpi / 72;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(scene->width * scale), (int)ceil(scene->height * scale));
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_status_t status = cairo_status(cairo);
    lt_code code = status == CAIRO_STATUS_SUCCESS ? render(scene, cairo, scale, error) : failed_status(error, status);
    cairo_destroy(cairo);
    if (code == LT_OK) {
        status = cairo_surface_write_to_png_stream(surface, pass_on, (void *)(uintptr_t)sink);
        if (status != CAIRO_STATUS_SUCCESS) code = failed_status(error, status);
    }
    cairo_surface_destroy(surface);
    return code;
}
