/* Calendar files (iCalendar, RFC 5545) with libical: entries with stable UIDs and rising SEQUENCE, so that a calendar that has the old
 * entry moves or strikes it instead of showing two. */
#ifndef HV_DOC_CALENDAR_H
#define HV_DOC_CALENDAR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/buf.h"
#include "common/base/err.h"

enum calendar_method {
    CALENDAR_PUBLISH, /* a file one opens or subscribes to */
    CALENDAR_REQUEST, /* an entry in a mail (RFC 5546) */
    CALENDAR_CANCEL   /* strikes entries sent before */
};
struct calendar_entry {
    const char *uid; /* "<id>@domain": the same for ever */
    uint32_t sequence;
    int64_t starts_us, ends_us, stamp_us;         /* UTC; stamp: when this version of the entry was made */
    const char *summary, *description, *location; /* "" or NULL: left out */
    bool tentative;                               /* the date may still change */
    bool cancelled;
    /* Addresses, and names ("" or NULL: none): who invites, and whom. Requests and cancellations have both (RFC 5546), files neither. */
    const char *organizer, *organizer_name;
    const char *attendee, *attendee_name;
};
/* Appends the file: CRLF, lines folded at 75 bytes, texts escaped. name: of the calendar. ERR_INVALID: an entry without uid or start.
 * A request or cancellation is about one UID (RFC 5546, 3.2.2 and 3.2.5): one entry a file. */
enum err calendar_write(struct buf *out, enum calendar_method method, const char *name, const struct calendar_entry *entries,
                        size_t count) MUST_CHECK;

#endif
