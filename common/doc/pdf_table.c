/* Tables in a PDF: rows of cells, each cell a layout of its own. A row that does not fit goes to the next page under the headings; one
 * that is taller than a page is cut between lines and goes on there. */
#include <assert.h>

#include "common/base/alloc.h"
#include "common/doc/pdf_page.h"

#define TABLE_COLUMNS 16
#define TABLE_PAD     3.0
#define TABLE_GAP     12.0 /* between numbers that end at their right and words that begin at their left */

struct table {
    struct pdf *pdf;
    const char *const *cells;
    size_t rows, columns, heads;
    double x[TABLE_COLUMNS], width[TABLE_COLUMNS]; /* points */
    uint32_t right;
    bool repeating; /* headings are being shown: they do not repeat themselves */
    double head;    /* how tall the headings are that were shown so far */
    bool tall;      /* they are too tall to be repeated */
};
struct table_row {
    PangoLayout *layout[TABLE_COLUMNS];
    PangoLayoutIter *at[TABLE_COLUMNS]; /* the line to be shown next; NULL: all are */
    unsigned leaf[TABLE_COLUMNS];       /* the tags of the cells; 0: not begun */
    bool head;
    bool again; /* headings that were read already: a reader passes over them */
};

static void row_open(struct table *t, size_t row, struct table_row *r)
{
    *r = (struct table_row){.head = row < t->heads, .again = t->repeating};
    for (size_t c = 0; c < t->columns; c++) {
        const struct pdf_style style = {.size = PDF_TEXT - 1,
                                        .bold = r->head,
                                        .width = t->width[c] - 2 * TABLE_PAD,
                                        .side = c < 32 && (t->right >> c & 1) != 0 ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT};
        const char *text = t->cells[row * t->columns + c];
        r->layout[c] = shelf_kept(t->pdf->shelf, text, style);
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
        const double height = pdf_between(top, bottom);
        if (t->pdf->y + TABLE_PAD + used + height > PDF_BOTTOM && t->pdf->y + used > PDF_MARGIN)
            return used;
        pdf_line(t->pdf, pango_layout_iter_get_line_readonly(r->at[c]), t->x[c] + TABLE_PAD + (double)extent.x / PANGO_SCALE,
                 t->pdf->y + TABLE_PAD + used + pdf_between(top, pango_layout_iter_get_baseline(r->at[c])));
        used += height;
        if (!pango_layout_iter_next_line(r->at[c])) {
            pango_layout_iter_free(r->at[c]);
            r->at[c] = NULL;
        }
    }
    return used;
}

/* What the cell shows from here belongs to its tag. In a table of pairs the first cell of a row says what the others are. */
static void cell_mark(struct table *t, struct table_row *r, size_t c)
{
    const bool names = !r->head && t->heads == 0 && c == 0 && t->columns > 1;
    const char *tag = r->head || names ? "TH" : "TD";

    if (r->leaf[c] != 0) {
        pdf_mark_on(t->pdf, tag, r->leaf[c]);
        return;
    }
    pdf_mark(t->pdf, tag);
    if (r->head || names)
        pdf_tree_scope(&t->pdf->tree, names ? "Row" : "Column");
    r->leaf[c] = t->pdf->tree.leaf;
}

/* One slice of a row: what of it fits on this page. True: the row is done. */
static bool row_slice(struct table *t, struct table_row *r)
{
    double most = 0;
    bool done = true;

    if (r->again)
        pdf_artifact(t->pdf, "Pagination");
    for (size_t c = 0; c < t->columns; c++) {
        if (!r->at[c])
            continue;
        if (!r->again)
            cell_mark(t, r, c);
        const double used = cell_show(t, r, c);
        if (!r->again)
            pdf_mark_end(t->pdf);
        most = used > most ? used : most;
        done = done && !r->at[c];
    }
    if (r->again)
        pdf_mark_end(t->pdf);
    t->pdf->y += most + 2 * TABLE_PAD;
    pdf_rule(t->pdf, t->pdf->y, r->head ? 0.8 : 0.3);
    return done;
}

static void row_show(struct table *t, size_t row);

/* The rest of the table stands on a new page, with the headings again for the eye. */
static void table_break(struct table *t)
{
    pdf_page_break(t->pdf);
    if (t->repeating)
        return;
    t->repeating = true;
    for (size_t h = 0; h < t->heads; h++)
        row_show(t, h);
    t->repeating = false;
}

/* The room the last row takes, where this is the one before it and the page is nearly full: a sum does not stand alone on the next page. */
static double last_height(struct table *t, size_t row, double height)
{
    const double page = PDF_BOTTOM - PDF_MARGIN;
    struct table_row last;

    if (row < t->heads || row + 2 != t->rows || t->pdf->y + height + page / 4 <= PDF_BOTTOM)
        return 0;
    row_open(t, row + 1, &last);
    const double more = row_height(t, &last);
    row_close(t, &last);
    return height + more < page / 2 ? more : 0;
}

static void row_show(struct table *t, size_t row)
{
    const double page = PDF_BOTTOM - PDF_MARGIN;
    struct table_row r;
    bool outer = t->repeating;

    row_open(t, row, &r);
    double height = row_height(t, &r) + (r.head ? 2 * PDF_TEXT : 0); /* with a heading goes the room of one row */
    const double room = height + last_height(t, row, height);
    /* A heading that moves or is cut does not show itself again, and headings that would fill the pages are shown once. */
    t->repeating = outer || r.head || t->tall;
    t->head += r.head && !outer ? height : 0;
    t->tall = t->head > page / 3;
    if (!outer && t->pdf->y > PDF_MARGIN && t->pdf->y + room > PDF_BOTTOM && height < page / 2)
        table_break(t);
    if (!r.again)
        pdf_tree_begin(&t->pdf->tree, "TR");
    while (!row_slice(t, &r))
        table_break(t);
    if (!r.again)
        pdf_tree_end(&t->pdf->tree);
    t->repeating = outer;
    row_close(t, &r);
}

void pdf_table(struct pdf *pdf, const char *const *cells, size_t rows, size_t columns, const double *widths, size_t heads, uint32_t right)
{
    struct table t = {.pdf = pdf, .cells = cells, .rows = rows, .columns = columns, .heads = heads < rows ? heads : rows, .right = right};
    double total = 0, x = PDF_MARGIN;

    assert(columns >= 1 && columns <= TABLE_COLUMNS);
    if (rows == 0)
        return;
    for (size_t c = 0; c < columns; c++)
        total += widths[c];
    for (size_t c = 0; c < columns; c++) {
        const double share = PDF_LINE * widths[c] / total, gap = c > 0 && c < 32 && (right >> (c - 1) & 3) == 1 ? TABLE_GAP : 0;
        t.x[c] = x + gap;
        t.width[c] = share - gap;
        x += share;
    }
    pdf_tree_begin(&pdf->tree, "Table");
    for (size_t row = 0; row < rows; row++)
        row_show(&t, row);
    pdf_tree_end(&pdf->tree);
    pdf->y += PDF_TEXT * 0.6;
}
