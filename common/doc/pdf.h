/* A tagged PDF, block by block: certificates, decisions, reports. Laid out by Pango; fonts are cut out by HarfBuzz; the file is our own.
 *
 * Tagged (PDF 1.7; ISO 32000-1, 14.8): headings, paragraphs and tables are marked in the order in which they are read, the language is
 * named, so that a screen reader reads the document as a page of the web. What goes on over a page stays one paragraph, one cell, one
 * table; headings of a table are repeated for the eye alone. Footers, rules and marks of drafts are artifacts, and passed over. A document
 * that can be read whole, whose headings go down step by step and that has a title says that it follows PDF/UA-1; any other does not
 * (pdf_about.c).
 *
 * Why the writer is our own: a hundred letters are written in one job, and cairo 1.16, which wrote them before, took 2.8 ms and 57 KB for
 * each: it cuts the fonts anew for every document, its tags are plain objects outside object streams, and headings of tables cannot be
 * given a scope. Nothing else in Debian 12 writes tags from C: libharu 2.3.0 and PoDoFo 0.9.8 have no word of them in their
 * libraries, pdfio and Skia are no packages, and qpdf writes objects: the tree of tags, the text and its fonts would be ours there too.
 *
 * A4, pages break by themselves. Texts are UTF-8; whatever is not is replaced. The same calls give the same bytes: no clock and no random
 * number is in it (created_us is the caller's), and no language of the machine; its faces are (DejaVu Sans, which we install).
 * Not for several threads at once; each thread its own document and its own shelf. */
#ifndef HV_DOC_PDF_H
#define HV_DOC_PDF_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/err.h"

struct pdf;
struct pdf_shelf; /* laid-out texts that come again: for whoever makes many documents of mostly the same words, one after the other */

struct pdf_shelf *pdf_shelf_new(void);
void pdf_shelf_free(struct pdf_shelf *shelf); /* once no document uses it; NULL is fine */

struct pdf_about {        /* borrowed while pdf_new runs */
    const char *language; /* "fi", "sv" or "en" */
    const char *title, *author;
    int64_t created_us;
};
struct pdf *pdf_new(const struct pdf_about *about);
struct pdf *pdf_new_on(const struct pdf_about *about, struct pdf_shelf *shelf); /* borrowed until pdf_end; NULL: one of its own */
void pdf_heading(struct pdf *pdf, unsigned level, const char *text);            /* level 1..3 */
void pdf_paragraph(struct pdf *pdf, const char *text);                          /* a line feed is a line break */
/* A list: for each item what stands before it ("1."; NULL or "": a bullet) and its text, cell by cell. */
void pdf_list(struct pdf *pdf, const char *const *cells, size_t rows);
void pdf_centred(struct pdf *pdf,
                 bool centred); /* headings and paragraphs from here on: in the middle of the line, or (at first) at its left */
void pdf_space(struct pdf *pdf, double points);
/* A table of rows x columns cells (NULL: empty), row by row; the first `heads` rows are column headings, repeated on each page. Without any
 * it is a table of pairs: the first cell of a row names the others. widths: shares of the line, one a column. right: bit c set: column c is
 * set flush right (numbers). The last row never stands alone on a page: it may be a sum.
 */
void pdf_table(struct pdf *pdf, const char *const *cells, size_t rows, size_t columns, const double *widths, size_t heads, uint32_t right);
void pdf_footer(struct pdf *pdf, const char *text); /* small, at the foot of every page from this one on, with the page's number */
/* A mark on every page from this one on: pale and large across it, and a line at its head. Called before the page has anything else. Screen
 * readers pass over both, so the text says it too. */
void pdf_draft(struct pdf *pdf, const char *word, const char *line);
/* Ends the document, appends its bytes and frees it, whatever happens. ERR_INTERNAL when a font is broken, or the
 * machine has none. */
enum err pdf_end(struct pdf *pdf, struct buf *out) MUST_CHECK;

#endif
