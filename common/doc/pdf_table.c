/* Tables in a PDF: rows of cells, each cell a layout of its own. A row that does not fit goes to the next page under the headings; one
 * that is taller than a page is cut between lines and goes on there. */
#include <assert.h>

#include "common/base/alloc.h"
#include "common/doc/pdf_page.h"

#define TABLE_COLUMNS 16
#define TABLE_PAD     3.0

struct table {
    struct pdf *pdf;
    const char *const *cells;
    size_t columns, heads;
    double x[TABLE_COLUMNS], width[TABLE_COLUMNS]; /* points */
    uint32_t right;
    bool repeating; /* headings are being shown: they do not repeat themselves */
    double head;    /* how tall the headings are that were shown so far */
    bool tall;      /* they are too tall to be repeated */
};
struct table_row {
    PangoLayout *layout[TABLE_COLUMNS];
    PangoLayoutIter *at[TABLE_COLUMNS]; /* the line to be shown next; NULL: all are */
    bool head;
};

static void row_open(struct table *t, size_t row, struct table_row *r)
{
    r->head = row < t->heads;
    for (size_t c = 0; c < t->columns; c++) {
        const struct pdf_style style = {.size = PDF_TEXT - 1,
                                        .bold = r->head,
                                        .width = t->width[c] - 2 * TABLE_PAD,
                                        .side = c < 32 && (t->right >> c & 1) != 0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT};
        const char *text = t->cells[row * t->columns + c];
        /* Amounts seldom come again. */
        r->layout[c] = style.side == PANGO_ALIGN_LEFT ? shelf_kept(t->pdf->shelf, text, style) : shelf_layout(t->pdf->shelf, text, style);
        r->at[c] = pango_layout_get_iter(r->layout[c]);
    }
}

static void row_close(struct table *t, struct table_row *r)
{
    for (size_t c = 0; c < t->columns; c++) {
        if (r->at[c])
            pango_layout_iter_free(r->at[c]);
        g_object_unref(r->layout[c]);
    }
}

static double row_height(const struct table *t, const struct table_row *r)
{
    double most = 0;

    for (size_t c = 0; c < t->columns; c++) {
        int height;
        pango_layout_get_size(r->layout[c], NULL, &height);
        most = (double)height / PANGO_SCALE > most ? (double)height / PANGO_SCALE : most;
    }
    return most + 2 * TABLE_PAD;
}

/* Shows the lines of one cell that fit above the foot of the page; answers how much room they took. */
static double cell_show(struct table *t, struct table_row *r, size_t c)
{
    double used = 0;

    while (r->at[c]) {
        int top, bottom;
        PangoRectangle extent;
        pango_layout_iter_get_line_yrange(r->at[c], &top, &bottom);
        pango_layout_iter_get_line_extents(r->at[c], NULL, &extent);
        double height = (double)(bottom - top) / PANGO_SCALE;
        if (t->pdf->y + TABLE_PAD + used + height > PDF_BOTTOM && t->pdf->y + used > PDF_MARGIN)
            return used;
        cairo_move_to(t->pdf->cairo, t->x[c] + TABLE_PAD + (double)extent.x / PANGO_SCALE,
                      t->pdf->y + TABLE_PAD + used + (double)(pango_layout_iter_get_baseline(r->at[c]) - top) / PANGO_SCALE);
        pango_cairo_show_layout_line(t->pdf->cairo, pango_layout_iter_get_line_readonly(r->at[c]));
        used += height;
        if (!pango_layout_iter_next_line(r->at[c])) {
            pango_layout_iter_free(r->at[c]);
            r->at[c] = NULL;
        }
    }
    return used;
}

static void row_rule(const struct table *t, bool strong)
{
    cairo_t *cairo = t->pdf->cairo;

    cairo_save(cairo);
    cairo_set_line_width(cairo, strong ? 0.8 : 0.3);
    cairo_set_source_rgb(cairo, 0.35, 0.35, 0.35);
    cairo_move_to(cairo, PDF_MARGIN, t->pdf->y);
    cairo_line_to(cairo, PDF_MARGIN + PDF_LINE, t->pdf->y);
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

/* One slice of a row: what of it fits on this page. True: the row is done. */
static bool row_slice(struct table *t, struct table_row *r)
{
    const char *tag = r->head ? "TH" : "TD";
    double most = 0;
    bool done = true;

    cairo_tag_begin(t->pdf->cairo, "TR", NULL);
    for (size_t c = 0; c < t->columns; c++) {
        cairo_tag_begin(t->pdf->cairo, tag, NULL);
        double used = cell_show(t, r, c);
        cairo_tag_end(t->pdf->cairo, tag);
        most = used > most ? used : most;
        done = done && !r->at[c];
    }
    cairo_tag_end(t->pdf->cairo, "TR");
    t->pdf->y += most + 2 * TABLE_PAD;
    row_rule(t, r->head);
    return done;
}

static void row_show(struct table *t, size_t row);

/* The rest of the table stands on a new page, as a table of its own, with the headings again. */
static void table_break(struct table *t)
{
    cairo_tag_end(t->pdf->cairo, "Table");
    pdf_page_break(t->pdf);
    cairo_tag_begin(t->pdf->cairo, "Table", NULL);
    if (t->repeating)
        return;
    t->repeating = true;
    for (size_t h = 0; h < t->heads; h++)
        row_show(t, h);
    t->repeating = false;
}

static void row_show(struct table *t, size_t row)
{
    const double page = PDF_BOTTOM - PDF_MARGIN;
    struct table_row r;
    bool outer = t->repeating;

    row_open(t, row, &r);
    double height = row_height(t, &r) + (r.head ? 2 * PDF_TEXT : 0); /* with a heading goes the room of one row */
    /* A heading that moves or is cut does not show itself again, and headings that would fill the pages are shown once. */
    t->repeating = outer || r.head || t->tall;
    t->head += r.head && !outer ? height : 0;
    t->tall = t->head > page / 3;
    if (!outer && t->pdf->y > PDF_MARGIN && t->pdf->y + height > PDF_BOTTOM && height < page / 2)
        table_break(t);
    while (!row_slice(t, &r))
        table_break(t);
    t->repeating = outer;
    row_close(t, &r);
}

void pdf_table(struct pdf *pdf, const char *const *cells, size_t rows, size_t columns, const double *widths, size_t heads, uint32_t right)
{
    struct table t = {.pdf = pdf, .cells = cells, .columns = columns, .heads = heads < rows ? heads : rows, .right = right};
    double total = 0, x = PDF_MARGIN;

    assert(columns >= 1 && columns <= TABLE_COLUMNS);
    if (rows == 0)
        return;
    for (size_t c = 0; c < columns; c++)
        total += widths[c];
    for (size_t c = 0; c < columns; c++) {
        t.x[c] = x;
        t.width[c] = PDF_LINE * widths[c] / total;
        x += t.width[c];
    }
    cairo_tag_begin(pdf->cairo, "Table", NULL);
    for (size_t row = 0; row < rows; row++)
        row_show(&t, row);
    cairo_tag_end(pdf->cairo, "Table");
    pdf->y += PDF_TEXT * 0.6;
}
