/* Texts as files of any kind can hold them: well-formed UTF-8 without control characters. Everything of people that goes into a document
 * passes here, once, where the document takes it. */
#ifndef HV_DOC_CLEAN_H
#define HV_DOC_CLEAN_H
#include "common/base/buf.h"

/* Appends the text and a NUL that is not counted; the text begins at the length the buffer had. What is no UTF-8, a control character
 * other than tab and line feed, or no character of XML becomes U+FFFD; a carriage return goes. NULL: the empty text. */
void clean_add(struct buf *out, const char *text);

#endif
