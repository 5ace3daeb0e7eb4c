/* A tagged PDF, block by block: certificates, decisions, reports. Built with cairo and Pango.
 *
 * Tagged (PDF 1.5; ISO 32000-1, 14.8): headings, paragraphs and tables are marked in the order in which they are read, the language is
 * named, so that a screen reader reads the document as a page of the web. A4, pages break by themselves; what goes on over a page is a
 * paragraph or table of its own there. The footer is not marked, and passed over. Texts are UTF-8; whatever is not is replaced. The same
 * calls give the same bytes: no clock and no random number is in it (created_us is the caller's).
 * Not for several threads at once; each thread its own document. */
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
void pdf_centred(struct pdf *pdf,
                 bool centred); /* headings and paragraphs from here on: in the middle of the line, or (at first) at its left */
void pdf_space(struct pdf *pdf, double points);
/* A table of rows x columns cells, row by row; the first `heads` rows are column headings, repeated on each page. widths: shares of the
 * line, one a column. right: bit c set: column c is set flush right (numbers). */
void pdf_table(struct pdf *pdf, const char *const *cells, size_t rows, size_t columns, const double *widths, size_t heads, uint32_t right);
void pdf_footer(struct pdf *pdf, const char *text); /* small, at the foot of every page from this one on, with the page's number */
/* Ends the document, appends its bytes and frees it, whatever happens. ERR_INTERNAL when cairo could not. */
enum err pdf_end(struct pdf *pdf, struct buf *out) MUST_CHECK;

#endif
