/* Building a PDF: the document, its pages, headings and paragraphs. Text is laid out by Pango and shown line by line, so that a paragraph
 * can go on over the page's end; each part of it is then a paragraph of its own to a screen reader. The footer is marked as nothing:
 * readers pass over it. Bytes are written by the files beside this one (pdf_ink, pdf_font, pdf_tree, pdf_file): a library that draws could
 * neither share the work of fonts between a thousand letters nor pack their tags. */
#include <assert.h>
#include <stdio.h>

#include "common/base/alloc.h"
#include "common/doc/pdf_page.h"

struct pdf *pdf_new(const struct pdf_about *about)
{
    return pdf_new_on(about, NULL);
}

struct pdf *pdf_new_on(const struct pdf_about *about, struct pdf_shelf *shelf)
{
    struct pdf *pdf = mem_new(sizeof *pdf);

    pdf->own = shelf == NULL ? pdf_shelf_new() : NULL;
    pdf->shelf = shelf != NULL ? shelf : pdf->own;
    pdf_file_init(&pdf->file, pdf_shelf_press(pdf->shelf));
    pdf->info = pdf_file_number(&pdf->file);
    pdf->parent = pdf_file_number(&pdf->file);
    pdf_about_begin(pdf, about);
    pdf_tree_init(&pdf->tree);
    pdf->page = 1;
    pdf->y = PDF_MARGIN;
    return pdf;
}

/* All lines of a layout, from this corner. */
static void pdf_show(struct pdf *pdf, PangoLayout *layout, double x, double y)
{
    PangoLayoutIter *line = pango_layout_get_iter(layout);

    do {
        PangoRectangle extent;
        pango_layout_iter_get_line_extents(line, NULL, &extent);
        pdf_line(pdf, pango_layout_iter_get_line_readonly(line), x + (double)extent.x / PANGO_SCALE,
                 y + (double)pango_layout_iter_get_baseline(line) / PANGO_SCALE);
    } while (pango_layout_iter_next_line(line));
    pango_layout_iter_free(line);
}

static void pdf_show_footer(struct pdf *pdf)
{
    char number[24];
    PangoLayout *layout;

    if (!pdf->footer)
        return;
    pdf_artifact(pdf, "Pagination/Subtype/Footer");
    pdf_show(pdf, pdf->footer, PDF_MARGIN, PDF_BOTTOM + 20);
    snprintf(number, sizeof number, "%u", pdf->page);
    layout = shelf_kept(pdf->shelf, number, (struct pdf_style){.size = 8, .width = 40, .side = PANGO_ALIGN_RIGHT});
    pdf_show(pdf, layout, PDF_WIDTH - PDF_MARGIN - 40, PDF_BOTTOM + 20);
    g_object_unref(layout);
    pdf_mark_end(pdf);
}

/* Of a draft: what every page begins with, under its text. The word goes up at 55 degrees, its middle in that of the page. */
static void pdf_show_draft(struct pdf *pdf)
{
    PangoLayout *layout;
    int width;

    if (!pdf->draft_word)
        return;
    layout = shelf_kept(pdf->shelf, pdf->draft_word, (struct pdf_style){.size = 110, .bold = true, .width = PDF_HEIGHT});
    pango_layout_get_size(layout, &width, NULL);
    pdf_artifact(pdf, "Pagination/Subtype/Watermark");
    buf_text(&pdf->content, "q 0.9 g 0.574 0.819 -0.819 0.574 ");
    pdf_number(&pdf->content, PDF_WIDTH / 2);
    buf_u8(&pdf->content, ' ');
    pdf_number(&pdf->content, PDF_HEIGHT / 2);
    buf_text(&pdf->content, " cm\n");
    pdf_line(pdf, pango_layout_get_line_readonly(layout, 0), -(double)width / PANGO_SCALE / 2, PDF_HEIGHT + 40);
    buf_text(&pdf->content, "Q\n");
    pdf_mark_end(pdf);
    g_object_unref(layout);
    pdf_artifact(pdf, "Pagination/Subtype/Header");
    layout = shelf_kept(pdf->shelf, pdf->draft_line, (struct pdf_style){.size = 9, .bold = true, .width = PDF_LINE});
    pdf_show(pdf, layout, PDF_MARGIN, PDF_MARGIN - 28);
    g_object_unref(layout);
    pdf_mark_end(pdf);
}

/* The page is full, or the last one. */
static void pdf_write_page(struct pdf *pdf)
{
    const unsigned content = pdf_file_number(&pdf->file), page = pdf_file_number(&pdf->file);
    struct buf deflated = {0};

    press_add(pdf_shelf_press(pdf->shelf), buf_span(&pdf->content), &deflated);
    pdf_file_stream(&pdf->file, content, "", buf_span(&deflated));
    buf_printf(pdf_file_object(&pdf->file, page), "<</Type/Page/Parent %u 0 R/Contents %u 0 R/StructParents %u/Tabs/S>>", pdf->parent,
               content, pdf->page - 1);
    if (pdf->page > pdf->page_cap) {
        pdf->page_cap = pdf->page_cap > 0 ? 2 * pdf->page_cap : 8;
        pdf->pages = mem_grow(pdf->pages, pdf->page_cap, sizeof *pdf->pages);
    }
    pdf->pages[pdf->page - 1] = page;
    buf_clear(&pdf->content);
    buf_fini(&deflated);
}

void pdf_page_break(struct pdf *pdf)
{
    pdf_show_footer(pdf);
    pdf_write_page(pdf);
    pdf_tree_page(&pdf->tree);
    pdf->page++;
    pdf->y = PDF_MARGIN;
    pdf_show_draft(pdf);
}

/* The layout of a heading or a paragraph. */
static PangoLayout *pdf_block(struct pdf *pdf, const char *text, double size, bool bold)
{
    return shelf_kept(
        pdf->shelf, text,
        (struct pdf_style){.size = size, .bold = bold, .width = PDF_LINE, .side = pdf->centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT});
}

void pdf_flow(struct pdf *pdf, PangoLayout *layout, const char *tag, double indent)
{
    PangoLayoutIter *line = pango_layout_get_iter(layout);
    unsigned leaf = 0;

    do {
        int top, bottom;
        PangoRectangle extent;
        pango_layout_iter_get_line_yrange(line, &top, &bottom);
        pango_layout_iter_get_line_extents(line, NULL, &extent);
        const double height = pdf_between(top, bottom);
        const bool full = pdf->y + height > PDF_BOTTOM;
        if (full && leaf != 0)
            pdf_mark_end(pdf);
        if (full)
            pdf_page_break(pdf);
        if (leaf == 0)
            pdf_mark(pdf, tag);
        else if (full)
            pdf_mark_on(pdf, tag, leaf);
        leaf = pdf->tree.leaf;
        pdf_line(pdf, pango_layout_iter_get_line_readonly(line), PDF_MARGIN + indent + (double)extent.x / PANGO_SCALE,
                 pdf->y + pdf_between(top, pango_layout_iter_get_baseline(line)));
        pdf->y += height;
    } while (pango_layout_iter_next_line(line));
    pdf_mark_end(pdf);
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
    pdf->skipped = pdf->skipped || level > pdf->level + 1;
    pdf->level = level;
    pdf_flow(pdf, layout, tags[level - 1], 0);
    pdf->y += sizes[level - 1] * 0.4;
    g_object_unref(layout);
}

void pdf_paragraph(struct pdf *pdf, const char *text)
{
    PangoLayout *layout;

    if (!text || *text == '\0')
        return;
    layout = pdf_block(pdf, text, PDF_TEXT, false);
    pdf_flow(pdf, layout, "P", 0);
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
    if (pdf->footer != NULL)
        g_object_unref(pdf->footer);
    pdf->footer = shelf_layout(pdf->shelf, text, (struct pdf_style){.size = 8, .width = PDF_LINE - 40});
    pango_layout_set_height(pdf->footer, -2); /* two lines at most, then an ellipsis */
    pango_layout_set_ellipsize(pdf->footer, PANGO_ELLIPSIZE_END);
}

void pdf_draft(struct pdf *pdf, const char *word, const char *line)
{
    mem_free(pdf->draft_word);
    mem_free(pdf->draft_line);
    pdf->draft_word = mem_strdup(word ? word : "");
    pdf->draft_line = mem_strdup(line ? line : "");
    pdf_show_draft(pdf);
}

/* The pages, what they draw with, and the catalog, which names the language and wishes that the title is shown. */
static enum err pdf_write_catalog(struct pdf *pdf)
{
    const unsigned catalog = pdf_file_number(&pdf->file);
    const unsigned about = pdf_about_end(pdf);
    const unsigned tree = pdf_tree_write(&pdf->tree, &pdf->file, pdf->pages);
    struct buf fonts = {0};
    const enum err err = pdf_cuts_write(&pdf->cuts, &pdf->file, &fonts);
    struct buf *out = pdf_file_object(&pdf->file, pdf->parent);

    buf_printf(out, "<</Type/Pages/Count %u/MediaBox[0 0 %.3f %.3f]/Resources<</Font<<", pdf->page, PDF_WIDTH, PDF_HEIGHT);
    buf_add(out, fonts.data, fonts.len);
    buf_text(out, ">>>>/Kids[");
    for (unsigned i = 0; i < pdf->page; i++)
        buf_printf(out, "%u 0 R ", pdf->pages[i]);
    buf_text(out, "]>>");
    buf_printf(pdf_file_object(&pdf->file, catalog),
               "<</Type/Catalog/Pages %u 0 R/Metadata %u 0 R/Lang(%s)/MarkInfo<</Marked true>>/StructTreeRoot %u 0 "
               "R/ViewerPreferences<</DisplayDocTitle true>>>>",
               pdf->parent, about, pdf->language, tree);
    pdf_file_end(&pdf->file, catalog, pdf->info);
    buf_fini(&fonts);
    return err;
}

enum err pdf_end(struct pdf *pdf, struct buf *out)
{
    pdf_show_footer(pdf);
    pdf_write_page(pdf);
    const enum err err = pdf->faceless ? ERR_INTERNAL : pdf_write_catalog(pdf);
    if (err == ERR_OK)
        buf_add(out, pdf->file.bytes.data, pdf->file.bytes.len);
    pdf_cuts_fini(&pdf->cuts);
    pdf_tree_fini(&pdf->tree);
    pdf_file_fini(&pdf->file);
    if (pdf->footer != NULL)
        g_object_unref(pdf->footer);
    pdf_shelf_free(pdf->own);
    buf_fini(&pdf->content);
    buf_fini(&pdf->about);
    mem_free(pdf->pages);
    mem_free(pdf->draft_word);
    mem_free(pdf->draft_line);
    mem_free(pdf);
    return err;
}
