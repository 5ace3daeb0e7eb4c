/* The transfer encodings of mails (RFC 2045): quoted-printable for texts, base64 for bytes, and RFC 2231 for a parameter that is not plain
 * ASCII. Lines stay within 76 characters. mime.c decides what is encoded how. */
#ifndef HV_NOTIFICATION_OUTBOUND_ENCODE_H
#define HV_NOTIFICATION_OUTBOUND_ENCODE_H
#include <stdint.h>

#include "common/base/buf.h"

#define ENCODE_LINE 76

void encode_hex(struct buf *out, uint8_t byte); /* "=C3" */
/* A text whose lines end in LF or CRLF; each ends in CRLF, the last one too. */
void encode_quoted(struct buf *out, struct span text);
void encode_base64(struct buf *out, struct span bytes);
/* ";\r\n name*0*=UTF-8''...": in pieces where it is long. */
void encode_parameter(struct buf *out, const char *name, struct span value);

#endif
