/* What a PDF is while it is built, for the files of this room that put something on its pages. */
#ifndef HV_DOC_PDF_PAGE_H
#define HV_DOC_PDF_PAGE_H
#include <pango/pangocairo.h>
#include <stdbool.h>

#include "common/doc/pdf.h"
#include "common/doc/pdf_file.h"
#include "common/doc/pdf_font.h"
#include "common/doc/pdf_tree.h"

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
    struct pdf_file file;
    struct pdf_tree tree;
    struct pdf_cuts cuts;
    struct buf content; /* of the page */
    const char *tag;    /* of what is being marked; NULL: nothing is */
    unsigned *pages;    /* their numbers as objects */
    unsigned page, page_cap;
    unsigned parent; /* number of what holds the pages */
    unsigned info;
    struct buf about; /* what the metadata say; see pdf_about.c */
    char language[8];
    PangoLayout *footer;           /* the same on each page; NULL: none */
    char *draft_word, *draft_line; /* of a draft; NULL: it is none */
    bool centred;                  /* headings and paragraphs */
    bool unclear;                  /* a glyph is not the character a reader takes it for: a box, or one written from right to left */
    bool skipped;                  /* a heading is not one level below the one before it */
    bool titled;
    bool faceless;  /* no face could be found that may be put into it: there will be no document */
    unsigned level; /* of the last heading; 0: none yet */
    double y;       /* where the next thing goes */
};

/* A layout of this text, cleaned; the caller gives it back with g_object_unref. The second one is kept for the next time: nobody changes
 * it. */
PangoLayout *shelf_layout(struct pdf_shelf *shelf, const char *text, struct pdf_style style);
PangoLayout *shelf_kept(struct pdf_shelf *shelf, const char *text, struct pdf_style style);
struct pdf_faces *pdf_shelf_faces(struct pdf_shelf *shelf);
PangoFont *pdf_shelf_plain(struct pdf_shelf *shelf); /* borrowed */
struct libdeflate_compressor *pdf_shelf_press(struct pdf_shelf *shelf);

/* Points between two heights in a layout. One of 150,000 lines is taller than an int can say: the difference wraps around as the sums of
 * Pango do, and is right. */
static inline double pdf_between(int from, int to)
{
    return (double)(int)((unsigned)to - (unsigned)from) / PANGO_SCALE;
}

/* pdf_ink.c: points from the head of the page; y of a line is its baseline. */
void pdf_line(struct pdf *pdf, PangoLayoutLine *line, double x, double y);
void pdf_rule(struct pdf *pdf, double y, double width); /* from margin to margin */
void pdf_mark(struct pdf *pdf, const char *tag);        /* what is drawn until the end belongs to a new tag; tag: a constant */
/* This tag goes on. */
void pdf_mark_on(struct pdf *pdf, const char *tag, unsigned leaf);
/* What is drawn until the end belongs to no tag: readers pass over it. type: what kind of nothing it is (14.8.2.2), a constant. */
void pdf_artifact(struct pdf *pdf, const char *type);
void pdf_mark_end(struct pdf *pdf);

/* pdf_about.c: who made the document, and of what kind it is. */
void pdf_about_begin(struct pdf *pdf, const struct pdf_about *about);
unsigned pdf_about_end(struct pdf *pdf); /* the number of the metadata */

void pdf_page_break(struct pdf *pdf);
/* Shows a layout line by line from where we are, under this tag, so far from the left margin; whatever does not fit goes on over the page.
 */
void pdf_flow(struct pdf *pdf, PangoLayout *layout, const char *tag, double indent);

#endif
