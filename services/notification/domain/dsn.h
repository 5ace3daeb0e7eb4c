/* Delivery status notifications (RFC 3464; report.h finds them in their mail): which of our mails came back, and for good or not. Pure: it
 * reads what it is given, and what is no notification is refused with the reason. */
#ifndef HV_NOTIFICATION_DOMAIN_DSN_H
#define HV_NOTIFICATION_DOMAIN_DSN_H
#include <stdbool.h>

#include "common/base/span.h"
#include "common/base/uuid.h"
#include "services/notification/domain/report.h"

#define DSN_MAX REPORT_MAX

enum dsn_action { DSN_FAILED, DSN_DELAYED, DSN_DELIVERED, DSN_RELAYED, DSN_EXPANDED };
struct dsn {
    enum dsn_action action;
    char status[16];        /* "5.1.1" (RFC 3463): of Status, or of the quoted answer where that says more */
    struct span recipient;  /* Final-Recipient: the address */
    struct span original;   /* Original-Recipient: as we wrote it, where somebody forwards; empty: not told */
    struct span diagnostic; /* may be folded over lines */
    bool has_message;       /* the Message-ID of the returned mail is one of ours: */
    struct uuid message;
};
enum dsn_result { DSN_OK, DSN_NOT_A_REPORT, DSN_NO_STATUS, DSN_TOO_LONG };
/* domain: of our Message-IDs. The first failed recipient of several counts, or the first one when none failed. Spans point into mail. */
enum dsn_result dsn_read(struct span mail, struct span domain, struct dsn *out);
/* Whether this address takes no mail at all, so that it goes onto the list: by its status, as when a relay says so at once (status.h). All
 * other failures may be about one mail, one day or one sender: a full mailbox, a policy, a size. */
bool dsn_address_dead(const struct dsn *dsn);

#endif
