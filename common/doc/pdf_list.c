/* Lists in a PDF: what stands before an item is one tag and the item another, so that a screen reader says how many there are and which
 * one it reads. */
#include "common/doc/pdf_page.h"

#define LIST_INDENT 20.0 /* points: the room for "10." */
#define BULLET      "\xe2\x80\xa2"

static bool numbered(const char *label)
{
    return label != NULL && *label != '\0';
}

/* The first line, whose height the label has to find room for together with it. */
static double first_height(PangoLayout *layout)
{
    PangoLayoutIter *line = pango_layout_get_iter(layout);
    int top, bottom;

    pango_layout_iter_get_line_yrange(line, &top, &bottom);
    pango_layout_iter_free(line);
    return pdf_between(top, bottom);
}

static void show_label(struct pdf *pdf, const char *label)
{
    PangoLayout *layout =
        shelf_kept(pdf->shelf, numbered(label) ? label : BULLET, (struct pdf_style){.size = PDF_TEXT, .width = LIST_INDENT});

    pdf_mark(pdf, "Lbl");
    pdf_line(pdf, pango_layout_get_line_readonly(layout, 0), PDF_MARGIN, pdf->y + (double)pango_layout_get_baseline(layout) / PANGO_SCALE);
    pdf_mark_end(pdf);
    g_object_unref(layout);
}

static void show_item(struct pdf *pdf, const char *label, const char *text)
{
    PangoLayout *layout = shelf_kept(pdf->shelf, text, (struct pdf_style){.size = PDF_TEXT, .width = PDF_LINE - LIST_INDENT});

    if (pdf->y + first_height(layout) > PDF_BOTTOM)
        pdf_page_break(pdf);
    pdf_tree_begin(&pdf->tree, "LI");
    show_label(pdf, label);
    pdf_flow(pdf, layout, "LBody", LIST_INDENT);
    pdf_tree_end(&pdf->tree);
    pdf->y += PDF_TEXT * 0.3;
    g_object_unref(layout);
}

void pdf_list(struct pdf *pdf, const char *const *cells, size_t rows)
{
    if (rows == 0)
        return;
    pdf_tree_list(&pdf->tree, numbered(cells[0]) ? "Decimal" : "Disc");
    for (size_t i = 0; i < rows; i++)
        show_item(pdf, cells[2 * i], cells[2 * i + 1] != NULL ? cells[2 * i + 1] : "");
    pdf_tree_end(&pdf->tree);
    pdf->y += PDF_TEXT * 0.3;
}
