/* One sender's way out: its connections to the mail relays, and the choice among them for each mail. When a relay turns out not to be
 * there before anything of the mail can have been taken, the next relay gets it at once, within the same attempt. */
#ifndef HV_NOTIFICATION_OUTBOUND_POST_H
#define HV_NOTIFICATION_OUTBOUND_POST_H
#include "services/notification/outbound/relay.h"

struct post;

struct post_config {
    struct relays *relays; /* shared with the other senders */
    const char *ca_bundle; /* NULL: the system's */
    const char *domain, *from;
    int timeout_s;
    const atomic_bool *hurry;
};
enum err post_open(struct post **out, const struct post_config *config) MUST_CHECK;
void post_close(struct post *post); /* NULL is fine */

/* *relay: host and port of the one the result is from. Every relay is asked before it says that none is there (domain/relay.h). */
void post_send(struct post *post, const char *to, struct span mail, struct smtp_result *result, const char **relay);

#endif
