/* What is drawn on a page: lines of text, and rules. The bytes are those of a content stream (ISO 32000-1, 7.8 and 9.4); its origin is at
 * the foot of the page, ours at the head. Glyphs stand where Pango puts them: a number moves the next one where the face alone would put it
 * elsewhere, as kerning does. */
#include <string.h>

#include "common/doc/pdf_page.h"

struct ink {
    struct pdf *pdf;
    struct buf *out;
    struct pdf_sized type;
    size_t cut;
    double x, y;    /* where the line begins */
    double pen, at; /* where the next glyph goes, and where it would go; from the line's beginning, in units of Pango */
    bool row, text; /* in an array of TJ, in a string of it */
    int rise;
};

/* --- rows of glyphs ----------------------------------------------------------------------------------------------------- */
static void string_end(struct ink *ink)
{
    if (ink->text)
        buf_u8(ink->out, ')');
    ink->text = false;
}

static void row_end(struct ink *ink)
{
    string_end(ink);
    if (ink->row)
        buf_text(ink->out, "]TJ\n");
    ink->row = false;
}

static void string_byte(struct buf *out, unsigned byte)
{
    switch (byte) {
    case '\r':
        buf_text(out, "\\r");
        return;
    case '(':
    case ')':
    case '\\':
        buf_u8(out, '\\');
    }
    buf_u8(out, (uint8_t)byte);
}

/* Moves to where the glyph belongs. A thousandth of the size is nothing anybody sees. */
static void row_move(struct ink *ink, double to)
{
    const double off = (ink->at - to) * 1000 / ink->type.size;
    const int move = (int)(off < 0 ? off - 0.5 : off + 0.5);

    if (!ink->row)
        buf_u8(ink->out, '[');
    ink->row = true;
    if (move < -1 || move > 1) {
        string_end(ink);
        pdf_number(ink->out, move);
        ink->at -= (double)move * ink->type.size / 1000;
    }
    if (!ink->text)
        buf_u8(ink->out, '(');
    ink->text = true;
}

static void glyph_add(struct ink *ink, unsigned glyph)
{
    pdf_cuts_letter(&ink->pdf->cuts, ink->cut, glyph);
    string_byte(ink->out, glyph >> 8 & 0xff);
    string_byte(ink->out, glyph & 0xff);
}

static void glyph_show(struct ink *ink, const PangoGlyphInfo *info, bool shown)
{
    const PangoGlyph glyph = shown && (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0 ? info->glyph : 0;

    if (info->glyph == PANGO_GLYPH_EMPTY) {
        ink->pen += info->geometry.width;
        return;
    }
    ink->pdf->unclear = ink->pdf->unclear || glyph == 0;
    if (info->geometry.y_offset != ink->rise) {
        row_end(ink);
        ink->rise = info->geometry.y_offset;
        pdf_number(ink->out, -(double)ink->rise / PANGO_SCALE);
        buf_text(ink->out, " Ts\n");
    }
    row_move(ink, ink->pen + info->geometry.x_offset);
    glyph_add(ink, glyph);
    ink->at += pdf_face_width(ink->type.face, glyph) * ink->type.size / 1000;
    ink->pen += info->geometry.width;
}

/* --- which characters they stand for ------------------------------------------------------------------------------------ */
/* Of a cluster with as many glyphs as characters each stands for its own; else the first one stands for all of them. False: a reader would
 * take the glyphs for other characters, or for none. */
static bool cluster_note(struct ink *ink, const PangoGlyphItemIter *c)
{
    const PangoGlyphInfo *glyphs = c->glyph_item->glyphs->glyphs;
    const int step = c->start_glyph < c->end_glyph ? 1 : -1, count = (c->end_glyph - c->start_glyph) * step;
    const int low = step > 0 ? c->start_glyph : c->end_glyph + 1;
    const bool each = count == c->end_char - c->start_char;
    const char *text = c->text + c->start_index, *end = c->text + c->end_index;
    bool plain = true;

    for (int i = 0; i < count; i++) {
        const PangoGlyph glyph = glyphs[low + i].glyph;
        const char *next = each && i + 1 < count ? g_utf8_next_char(text) : end;

        if (glyph != PANGO_GLYPH_EMPTY && (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
            plain = false;
        else if (glyph != PANGO_GLYPH_EMPTY)
            plain = pdf_cuts_glyph(&ink->pdf->cuts, ink->cut, glyph, span_of(text, (size_t)(next - text))) && plain;
        text = next;
    }
    return plain;
}

/* Whether the run reads as what it shows. */
static bool run_note(struct ink *ink, PangoGlyphItem *run, const char *text)
{
    PangoGlyphItemIter cluster;
    bool plain = true;

    if (pdf_face_reads(ink->type.face, run->glyphs, span_of(text + run->item->offset, (size_t)run->item->length)))
        return true;
    for (bool more = pango_glyph_item_iter_init_start(&cluster, run, text); more; more = pango_glyph_item_iter_next_cluster(&cluster))
        plain = cluster_note(ink, &cluster) && plain;
    return plain;
}

/* Text begins where the line has come to. */
static void text_begin(struct ink *ink)
{
    buf_text(ink->out, "BT\n");
    pdf_number(ink->out, ink->x + ink->at / PANGO_SCALE);
    buf_u8(ink->out, ' ');
    pdf_number(ink->out, PDF_HEIGHT - ink->y);
    buf_text(ink->out, " Td\n");
}

/* A run whose characters cannot be read from its glyphs is a piece of its own of what is marked, and they are written beside it (14.9.4).
 */
static bool run_begin(struct ink *ink, const PangoGlyphItem *run, const char *text)
{
    if (ink->pdf->tag == NULL)
        return false;
    row_end(ink);
    buf_printf(ink->out, "ET\nEMC\n/Span<</MCID %u/ActualText<FEFF", pdf_tree_more(&ink->pdf->tree, ink->pdf->tree.leaf));
    pdf_utf16(ink->out, (const uint8_t *)text + run->item->offset, (size_t)run->item->length);
    buf_text(ink->out, ">>>BDC\n");
    text_begin(ink);
    return true;
}

static void run_end(struct ink *ink)
{
    row_end(ink);
    buf_printf(ink->out, "ET\nEMC\n/%s<</MCID %u>>BDC\n", ink->pdf->tag, pdf_tree_more(&ink->pdf->tree, ink->pdf->tree.leaf));
    text_begin(ink);
}

/* --- a line ------------------------------------------------------------------------------------------------------------- */
/* What follows is set in this face and size. */
static void ink_type(struct ink *ink, struct pdf_sized type)
{
    const size_t cut = pdf_cuts_use(&ink->pdf->cuts, type.face);

    if (ink->cut != cut || ink->type.size != type.size) {
        row_end(ink);
        buf_printf(ink->out, "/F%zu ", cut);
        pdf_number(ink->out, (double)type.size / PANGO_SCALE);
        buf_text(ink->out, " Tf\n");
    }
    ink->cut = cut;
    ink->type = type;
}

static void run_show(struct ink *ink, PangoGlyphItem *run, const char *text)
{
    struct pdf_sized type;
    const bool shown = pdf_faces_find(pdf_shelf_faces(ink->pdf->shelf), run->item->analysis.font, &type);

    /* Boxes of the plain face stand for it; a machine without any face makes no document. */
    if (!shown && !pdf_faces_find(pdf_shelf_faces(ink->pdf->shelf), pdf_shelf_plain(ink->pdf->shelf), &type)) {
        ink->pdf->faceless = true;
        return;
    }
    ink_type(ink, type);
    ink->pdf->unclear = ink->pdf->unclear || !shown || run->item->analysis.level % 2 != 0;
    const bool beside = (!shown || !run_note(ink, run, text)) && run_begin(ink, run, text);
    for (int i = 0; i < run->glyphs->num_glyphs; i++)
        glyph_show(ink, &run->glyphs->glyphs[i], shown);
    if (beside)
        run_end(ink);
}

/* Whether another word follows on the next line: Pango shows no space there, and a reader would take the two words for one. */
static bool goes_on(const PangoLayoutLine *line)
{
    const char *text = pango_layout_get_text(line->layout), *end = text + line->start_index + line->length;

    return *end == '\n' || (*end != '\0' && end > text && end[-1] == ' ');
}

static void space_show(struct ink *ink)
{
    const unsigned glyph = pdf_face_space(ink->type.face);

    if (glyph == 0) /* a face of signs has none, and a box would stand there */
        return;
    row_move(ink, ink->at);
    glyph_add(ink, glyph);
}

void pdf_line(struct pdf *pdf, PangoLayoutLine *line, double x, double y)
{
    struct ink ink = {.pdf = pdf, .out = &pdf->content, .cut = SIZE_MAX, .x = x, .y = y};

    text_begin(&ink);
    for (GSList *at = line->runs; at != NULL; at = at->next)
        run_show(&ink, at->data, pango_layout_get_text(line->layout));
    if (ink.cut != SIZE_MAX && goes_on(line))
        space_show(&ink);
    row_end(&ink);
    if (ink.rise != 0)
        buf_text(ink.out, "0 Ts\n");
    buf_text(ink.out, "ET\n");
}

/* --- beside the text ---------------------------------------------------------------------------------------------------- */
void pdf_rule(struct pdf *pdf, double y, double width)
{
    pdf_artifact(pdf, "Layout");
    buf_text(&pdf->content, "0.35 G ");
    pdf_number(&pdf->content, width);
    buf_text(&pdf->content, " w ");
    pdf_number(&pdf->content, PDF_MARGIN);
    buf_u8(&pdf->content, ' ');
    pdf_number(&pdf->content, PDF_HEIGHT - y);
    buf_text(&pdf->content, " m ");
    pdf_number(&pdf->content, PDF_MARGIN + PDF_LINE);
    buf_u8(&pdf->content, ' ');
    pdf_number(&pdf->content, PDF_HEIGHT - y);
    buf_text(&pdf->content, " l S\n");
    pdf_mark_end(pdf);
}

static void mark_begin(struct pdf *pdf, const char *tag, unsigned number)
{
    buf_u8(&pdf->content, '/');
    buf_text(&pdf->content, tag);
    buf_text(&pdf->content, "<</MCID ");
    pdf_integer(&pdf->content, number);
    buf_text(&pdf->content, ">>BDC\n");
    pdf->tag = tag;
}

void pdf_mark(struct pdf *pdf, const char *tag)
{
    mark_begin(pdf, tag, pdf_tree_mark(&pdf->tree, tag));
}

void pdf_mark_on(struct pdf *pdf, const char *tag, unsigned leaf)
{
    mark_begin(pdf, tag, pdf_tree_more(&pdf->tree, leaf));
}

void pdf_artifact(struct pdf *pdf, const char *type)
{
    buf_printf(&pdf->content, "/Artifact<</Type/%s>>BDC\n", type);
}

void pdf_mark_end(struct pdf *pdf)
{
    buf_text(&pdf->content, "EMC\n");
    pdf->tag = NULL;
}
