/* A letter as a page of the web: whole, valid, escaped, readable without any other file, its tables marked for screen readers. */
#ifndef HV_FUNDING_DOCUMENT_LETTER_HTML_H
#define HV_FUNDING_DOCUMENT_LETTER_HTML_H
#include "common/base/buf.h"
#include "services/funding/document/letter.h"

void letter_html(const struct letter *letter, struct buf *out);

#endif
