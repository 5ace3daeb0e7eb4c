/* Enhanced status codes (RFC 3463): what a relay says beside the three digits of SMTP. "550 5.1.1 No such user" is about the address,
 * "550 5.7.1 Listed" about us, and only the second number tells them apart. Pure. */
#ifndef HV_NOTIFICATION_DOMAIN_STATUS_H
#define HV_NOTIFICATION_DOMAIN_STATUS_H
#include <stdbool.h>

#include "common/base/span.h"

struct status {
    unsigned class, subject, detail; /* 5.1.1; all 0: the relay gave none */
};

/* From an answer line, "550 5.1.1 No such user" or "550-5.1.1 ..."; a code of another class than the answer's own is none. */
struct status status_read(struct span answer);

/* The address is no good and no mail to it ever will be: 5.1.1 5.1.2 5.1.3 5.1.6 5.1.10 (RFC 7505) and 5.2.1. Not 5.1.0, which some say
 * of senders too, and nothing of classes 5.2.2 (full) to 5.7 (policy): those are about one mail, or about us. */
bool status_address_dead(struct status status);

/* It is about us, and an operator can mend it: our sender's address (5.1.7, 5.1.8), our sign-in (5.7.8, 5.7.0 of RFC 4954). */
bool status_ours(struct status status);

/* The receiver asks us to slow down: 421, or 450 and 451 with 4.7.x, or any 4xx with 4.4.5 (congestion) or 4.3.2. */
bool status_throttles(unsigned code, struct status status);

#endif
