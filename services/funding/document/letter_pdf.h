/* A letter as a tagged PDF (common/doc/pdf.h): the document that is kept, sent by mail and hashed. */
#ifndef HV_FUNDING_DOCUMENT_LETTER_PDF_H
#define HV_FUNDING_DOCUMENT_LETTER_PDF_H
#include "common/base/buf.h"
#include "common/base/err.h"
#include "services/funding/document/letter.h"

struct pdf_shelf;

/* ERR_INTERNAL when it could not be drawn; then nothing is added. shelf: of common/doc/pdf.h, for many letters; NULL: none. */
enum err letter_pdf(const struct letter *letter, struct pdf_shelf *shelf, struct buf *out) MUST_CHECK;

#endif
