/* A letter as the bytes of an internet message (RFC 5322, RFC 2045-2047): text/plain in UTF-8 as quoted-printable, headers
 * as encoded words. Header injection is impossible by construction: control characters never get into a header. */
#ifndef HV_NOTIFICATION_OUTBOUND_MIME_H
#define HV_NOTIFICATION_OUTBOUND_MIME_H
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/uuid.h"

struct mail {
    const char *from_name, *from_address;
    const char *to_name, *to_address; /* the address has passed address_valid */
    const char *subject, *body, *language, *kind;
    struct uuid id; /* with the domain it is the Message-ID: the same at every attempt */
    const char *domain;
    int64_t date_us;
};

void mime_write(struct buf *out, const struct mail *mail); /* replaces the contents of out; lines end with CRLF */

#endif
