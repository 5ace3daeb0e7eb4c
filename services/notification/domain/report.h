/* Reports that mail servers send about a mail of ours (multipart/report, RFC 6522): where in the mail the report itself lies, and which of
 * our mails it is about. What it says is read by whoever knows its kind: dsn.h (it was not delivered), complaint.h (it is not wanted). Pure
 * and bounded: depth and number of parts are limited. A mail cut off at its end is read as far as it goes: the report stands before the
 * returned mail. */
#ifndef HV_NOTIFICATION_DOMAIN_REPORT_H
#define HV_NOTIFICATION_DOMAIN_REPORT_H
#include <stdbool.h>

#include "common/base/span.h"
#include "common/base/uuid.h"

#define REPORT_MAX (200 * 1024)

enum report_kind {
    REPORT_NONE,
    REPORT_DELIVERY, /* message/delivery-status (RFC 3464) */
    REPORT_FEEDBACK  /* message/feedback-report (RFC 5965) */
};
struct report { /* spans point into the mail */
    enum report_kind kind;
    struct span fields;   /* body of the report */
    struct span returned; /* begins with the head of our mail; empty: it was not returned */
};
struct report report_find(struct span mail);
/* Whether the returned mail's Message-ID, or the one the report itself gives, is one of ours: domain is that of our Message-IDs. */
bool report_message(const struct report *report, struct span domain, struct uuid *id);
/* "rfc822; <who@example.fi>", "<who@example.fi>": the address alone. And what stands behind the type of any such field. */
struct span report_address(struct span value);
struct span report_behind_type(struct span value);

#endif
