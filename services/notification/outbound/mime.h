/* A letter as the bytes of an internet message (RFC 5322, RFC 2045-2047): the text, the same as HTML, an entry for the reader's calendar
 * (RFC 6047) and files. Header injection is impossible by construction: control characters never get into a header.
 *
 *   multipart/mixed                    when there are files
 *     multipart/alternative            when there is more than the text
 *       text/plain, text/html, text/calendar; method=...
 *     each further entry of the calendar, each file
 */
#ifndef HV_NOTIFICATION_OUTBOUND_MIME_H
#define HV_NOTIFICATION_OUTBOUND_MIME_H
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/uuid.h"
#include "services/notification/domain/message.h"

/* One object of iTIP is about one entry (RFC 5546, 3.2), so a mail about several has several of them. */
struct mail_calendar {
    struct span content; /* an iCalendar file */
    const char *method;  /* "REQUEST" or "CANCEL": as in the file */
    const char *name;    /* of the file it can be kept as */
};
struct mail {
    const char *from_name, *from_address;
    const char *to_name, *to_address; /* the address has passed address_valid */
    const char *subject, *body, *language, *kind;
    const char *html;                      /* "" or NULL: none */
    const struct mail_calendar *calendars; /* the first stands beside the text, where mail programs show it; the others are parts */
    size_t calendar_count;
    const struct attachment *files;
    size_t file_count;
    const char *unsubscribe; /* https:// address of one click (RFC 8058); "" or NULL: the topic cannot be turned off */
    struct uuid id;          /* with the domain it is the Message-ID, and part of the boundaries: the same at every attempt */
    const char *domain;
    int64_t date_us;
};

void mime_write(struct buf *out, const struct mail *mail); /* replaces the contents of out; lines end with CRLF */

#endif
