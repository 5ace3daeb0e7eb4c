/* Conversations with one mail relay, one at a time, over a connection that stays open from mail to mail (libcurl): in the clear, with
 * STARTTLS or encrypted from the first byte, signed in where the relay wants it. One smtp belongs to one thread. */
#ifndef HV_NOTIFICATION_OUTBOUND_SMTP_H
#define HV_NOTIFICATION_OUTBOUND_SMTP_H
#include <stdatomic.h>

#include "common/base/err.h"
#include "common/base/span.h"
#include "services/notification/domain/retry.h"
#include "services/notification/domain/status.h"
#include "services/notification/outbound/relay_list.h"

#define SMTP_ANSWER      300
#define SMTP_TIMEOUT_S   60 /* one mail, connection included */
#define SMTP_TIMEOUT_MAX 90 /* SPOOL_CLAIM is longer than a claim's worth of these */

struct smtp;

struct smtp_config {
    const struct relay_setting *relay;
    const char *ca_bundle; /* certificates relays are known by; NULL: the system's */
    const char *domain;    /* what we say in EHLO */
    const char *from;
    int timeout_s;
    const atomic_bool *hurry; /* may be NULL; once true, a mail under way has a few seconds left */
};
enum err smtp_open(struct smtp **out, const struct smtp_config *config) MUST_CHECK; /* ERR_INVALID: libcurl cannot mail to it */
void smtp_close(struct smtp *smtp);                                                 /* NULL is fine */

struct smtp_result {
    enum retry_stage stage;
    unsigned code;            /* last answer of the relay; 0: none */
    struct status status;     /* the enhanced one in it */
    bool relay_down;          /* it is about the relay: the next mail would fare no better there now */
    bool safe_elsewhere;      /* nothing of it was taken or can have been, for a reason of this relay's: another one may get it at once */
    char answer[SMTP_ANSWER]; /* UTF-8: the relay's words, or what went wrong */
};
void smtp_send(struct smtp *smtp, const char *to, struct span mail, struct smtp_result *result);

#endif
