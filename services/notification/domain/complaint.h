/* Complaints (feedback reports, RFC 5965): a provider tells that somebody has called one of our mails spam, or a filter something worse.
 * Pure; report.h finds the report in its mail. Whoever complained gets no more mail (the address goes onto the list of those), and finds
 * what is said to them in their inbox. */
#ifndef HV_NOTIFICATION_DOMAIN_COMPLAINT_H
#define HV_NOTIFICATION_DOMAIN_COMPLAINT_H
#include <stdbool.h>

#include "common/base/span.h"
#include "common/base/uuid.h"

struct complaint {       /* spans point into the mail */
    struct span type;    /* Feedback-Type as it stands: "abuse" */
    struct span address; /* Original-Rcpt-To; empty: not told */
    bool unwanted;       /* its reader does not want our mail: see below */
    bool has_message;    /* the Message-ID of the returned mail is one of ours: */
    struct uuid message;
};
enum complaint_result { COMPLAINT_OK, COMPLAINT_NONE, COMPLAINT_NO_TYPE, COMPLAINT_TOO_LONG };
/* domain: of our Message-IDs. Unwanted are abuse, fraud and opt-out: somebody said so of us. "not-spam" says the opposite, a virus is about
 * one mail, auth-failure (RFC 6591) about signatures; "other" and what is not known (RFC 5965, 3.1: to be treated as other) say nothing. */
enum complaint_result complaint_read(struct span mail, struct span domain, struct complaint *out);
/* Whether it is about this address of the message's recipient: it names no address, this one, or hides who it was but not where (RFC 6590).
 * Whoever gets it forwarded to another provider complains of somebody else. */
bool complaint_fits(const struct complaint *complaint, struct span address);

#endif
