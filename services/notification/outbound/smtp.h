/* One conversation with the mail relay at a time, over a connection that stays open from mail to mail (libcurl).
 * One smtp belongs to one thread. */
#ifndef HV_NOTIFICATION_OUTBOUND_SMTP_H
#define HV_NOTIFICATION_OUTBOUND_SMTP_H
#include <stdatomic.h>

#include "common/base/err.h"
#include "common/base/span.h"
#include "services/notification/domain/retry.h"

#define SMTP_ANSWER 300

struct smtp;

/* url: smtp://host:port. domain: what we say in EHLO. hurry (may be NULL): once true, a mail under way has a few seconds left. */
enum err smtp_open(struct smtp **out, const char *url, const char *domain, const char *from, const atomic_bool *hurry) MUST_CHECK;
void smtp_close(struct smtp *smtp); /* NULL is fine */

struct smtp_result {
    enum retry_stage stage;
    unsigned code;            /* last answer of the relay; 0: none */
    bool relay_down;          /* the next mail would fare no better now */
    char answer[SMTP_ANSWER]; /* UTF-8: the relay's words, or what went wrong */
};
void smtp_send(struct smtp *smtp, const char *to, struct span mail, struct smtp_result *result);

#endif
