/* What a PDF is while it is built, for the files of this room that put something on its pages. */
#ifndef HV_DOC_PDF_PAGE_H
#define HV_DOC_PDF_PAGE_H
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

#include "common/doc/pdf.h"

#define PDF_WIDTH  595.276 /* A4, in points */
#define PDF_HEIGHT 841.890
#define PDF_MARGIN 56.0
#define PDF_BOTTOM (PDF_HEIGHT - 72.0) /* below it is the footer */
#define PDF_LINE   (PDF_WIDTH - 2 * PDF_MARGIN)
#define PDF_TEXT   10.0 /* size of the text */

struct pdf_style { /* how a text is laid out */
    double size, width;
    bool bold;
    PangoAlignment side;
};
struct pdf {
    struct pdf_shelf *shelf, *own; /* own: NULL when it is borrowed */
    cairo_surface_t *surface;
    cairo_t *cairo;
    struct buf bytes; /* what cairo has written so far */
    char language[8];
    char *footer; /* ours; NULL: none */
    bool centred; /* headings and paragraphs */
    unsigned page;
    double y; /* where the next thing goes */
};

/* A layout of this text, cleaned; the caller gives it back with g_object_unref. The second one is kept for the next time: nobody changes
 * it. */
PangoLayout *shelf_layout(struct pdf_shelf *shelf, const char *text, struct pdf_style style);
PangoLayout *shelf_kept(struct pdf_shelf *shelf, const char *text, struct pdf_style style);
void pdf_page_break(struct pdf *pdf);
/* Bytes of cairo's file, with the language and that the title is shown put into its catalog. */
enum err pdf_language(struct buf *bytes, const char *language) MUST_CHECK;

#endif
