/* Building a PDF: the document, its pages, headings and paragraphs. Text is laid out by Pango and shown line by line, so that a paragraph
 * can go on over the page's end; each part of it is then a paragraph of its own to a screen reader. The footer is marked as nothing:
 * readers pass over it. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "common/base/alloc.h"
#include "common/base/time.h"
#include "common/doc/clean.h"
#include "common/doc/pdf_page.h"

static cairo_status_t pdf_write(void *arg, const unsigned char *data, unsigned int len)
{
    struct pdf *pdf = arg;

    buf_add(&pdf->bytes, data, len);
    return CAIRO_STATUS_SUCCESS;
}

static void pdf_metadata(struct pdf *pdf, const struct pdf_about *about)
{
    char created[TIME_TEXT];
    struct buf text = {0};

    time_format(about->created_us, created);
    memcpy(created + 19, "Z", 2); /* without the fraction, which PDF does not have */
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
    clean_add(&text, about->title);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, (const char *)text.data);
    buf_clear(&text);
    clean_add(&text, about->author);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_AUTHOR, (const char *)text.data);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "Hakuväylä");
    buf_fini(&text);
}

struct pdf *pdf_new(const struct pdf_about *about)
{
    return pdf_new_on(about, NULL);
}

struct pdf *pdf_new_on(const struct pdf_about *about, struct pdf_shelf *shelf)
{
    struct pdf *pdf = mem_new(sizeof *pdf);

    pdf->surface = cairo_pdf_surface_create_for_stream(pdf_write, pdf, PDF_WIDTH, PDF_HEIGHT);
    cairo_pdf_surface_restrict_to_version(pdf->surface, CAIRO_PDF_VERSION_1_5);
    pdf_metadata(pdf, about);
    pdf->cairo = cairo_create(pdf->surface);
    pdf->own = shelf == NULL ? pdf_shelf_new() : NULL;
    pdf->shelf = shelf != NULL ? shelf : pdf->own;
    snprintf(pdf->language, sizeof pdf->language, "%s", about->language ? about->language : "fi");
    pdf->page = 1;
    pdf->y = PDF_MARGIN;
    cairo_tag_begin(pdf->cairo, "Document", NULL);
    return pdf;
}

static void pdf_show_footer(struct pdf *pdf)
{
    char number[24];
    PangoLayout *layout;

    if (!pdf->footer)
        return;
    layout = shelf_layout(pdf->shelf, pdf->footer, (struct pdf_style){.size = 8, .width = PDF_LINE - 40});
    pango_layout_set_height(layout, -2); /* two lines at most, then an ellipsis */
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    cairo_move_to(pdf->cairo, PDF_MARGIN, PDF_BOTTOM + 20);
    pango_cairo_show_layout(pdf->cairo, layout);
    g_object_unref(layout);
    snprintf(number, sizeof number, "%u", pdf->page);
    layout = shelf_kept(pdf->shelf, number, (struct pdf_style){.size = 8, .width = 40, .side = PANGO_ALIGN_RIGHT});
    cairo_move_to(pdf->cairo, PDF_WIDTH - PDF_MARGIN - 40, PDF_BOTTOM + 20);
    pango_cairo_show_layout(pdf->cairo, layout);
    g_object_unref(layout);
}

void pdf_page_break(struct pdf *pdf)
{
    pdf_show_footer(pdf);
    cairo_show_page(pdf->cairo);
    pdf->page++;
    pdf->y = PDF_MARGIN;
}

/* The layout of a heading or a paragraph. */
static PangoLayout *pdf_block(struct pdf *pdf, const char *text, double size, bool bold)
{
    return shelf_kept(
        pdf->shelf, text,
        (struct pdf_style){.size = size, .bold = bold, .width = PDF_LINE, .side = pdf->centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT});
}

/* Shows a layout line by line from where we are, under this tag; whatever does not fit goes on over the page. */
static void pdf_flow(struct pdf *pdf, PangoLayout *layout, const char *tag)
{
    PangoLayoutIter *line = pango_layout_get_iter(layout);

    cairo_tag_begin(pdf->cairo, tag, NULL);
    do {
        int top, bottom;
        PangoRectangle extent;
        pango_layout_iter_get_line_yrange(line, &top, &bottom);
        pango_layout_iter_get_line_extents(line, NULL, &extent);
        double height = (double)(bottom - top) / PANGO_SCALE;
        if (pdf->y + height > PDF_BOTTOM) {
            cairo_tag_end(pdf->cairo, tag);
            pdf_page_break(pdf);
            cairo_tag_begin(pdf->cairo, tag, NULL);
        }
        cairo_move_to(pdf->cairo, PDF_MARGIN + (double)extent.x / PANGO_SCALE,
                      pdf->y + (double)(pango_layout_iter_get_baseline(line) - top) / PANGO_SCALE);
        pango_cairo_show_layout_line(pdf->cairo, pango_layout_iter_get_line_readonly(line));
        pdf->y += height;
    } while (pango_layout_iter_next_line(line));
    cairo_tag_end(pdf->cairo, tag);
    pango_layout_iter_free(line);
}

void pdf_heading(struct pdf *pdf, unsigned level, const char *text)
{
    static const double sizes[] = {18, 14, 11.5};
    static const char *const tags[] = {"H1", "H2", "H3"};
    PangoLayout *layout;
    int height;

    assert(level >= 1 && level <= 3);
    if (!text || *text == '\0')
        return;
    layout = pdf_block(pdf, text, sizes[level - 1], true);
    pango_layout_get_size(layout, NULL, &height);
    if (pdf->y > PDF_MARGIN)
        pdf->y += sizes[level - 1] * 0.6;
    /* A heading does not stand alone at the foot of a page: two lines of text go with it. */
    if (pdf->y > PDF_MARGIN && pdf->y + (double)height / PANGO_SCALE + 3 * PDF_TEXT > PDF_BOTTOM)
        pdf_page_break(pdf);
    pdf_flow(pdf, layout, tags[level - 1]);
    pdf->y += sizes[level - 1] * 0.4;
    g_object_unref(layout);
}

void pdf_paragraph(struct pdf *pdf, const char *text)
{
    PangoLayout *layout;

    if (!text || *text == '\0')
        return;
    layout = pdf_block(pdf, text, PDF_TEXT, false);
    pdf_flow(pdf, layout, "P");
    pdf->y += PDF_TEXT * 0.6;
    g_object_unref(layout);
}

void pdf_centred(struct pdf *pdf, bool centred)
{
    pdf->centred = centred;
}

void pdf_space(struct pdf *pdf, double points)
{
    pdf->y += points;
    if (pdf->y > PDF_BOTTOM)
        pdf_page_break(pdf);
}

void pdf_footer(struct pdf *pdf, const char *text)
{
    mem_free(pdf->footer);
    pdf->footer = mem_strdup(text ? text : "");
}

enum err pdf_end(struct pdf *pdf, struct buf *out)
{
    enum err err = ERR_OK;

    pdf_show_footer(pdf);
    cairo_tag_end(pdf->cairo, "Document");
    cairo_show_page(pdf->cairo);
    if (cairo_status(pdf->cairo) != CAIRO_STATUS_SUCCESS)
        err = ERR_INTERNAL;
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(pdf->surface);
    if (cairo_surface_status(pdf->surface) != CAIRO_STATUS_SUCCESS)
        err = ERR_INTERNAL;
    cairo_surface_destroy(pdf->surface);
    if (err == ERR_OK)
        err = pdf_language(&pdf->bytes, pdf->language);
    if (err == ERR_OK)
        buf_add(out, pdf->bytes.data, pdf->bytes.len);
    buf_fini(&pdf->bytes);
    pdf_shelf_free(pdf->own);
    mem_free(pdf->footer);
    mem_free(pdf);
    return err;
}
