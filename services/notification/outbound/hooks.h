/* The caller of webhooks: one thread that takes due deliveries out of their queue (store/dispatch.h) and posts them, several at a time,
 * over one libcurl multi. It is woken by the writer's commit and by a timer, and shares nothing with it but the tables. */
#ifndef HV_NOTIFICATION_OUTBOUND_HOOKS_H
#define HV_NOTIFICATION_OUTBOUND_HOOKS_H
#include "common/base/log.h"
#include "common/base/metric.h"
#include "common/db/db.h"
#include "services/notification/outbound/hook_call.h"

struct hooks;
struct hooks_config {
    struct db_config db;
    int instance; /* of the service */
    struct hook_rules rules;
    const struct log *log;
    struct metrics *metrics;
};

/* First makes due again what an earlier run of this instance was about to send. ERR_UNAVAILABLE: no database. */
enum err hooks_start(struct hooks **out, const struct hooks_config *config) MUST_CHECK;
void hooks_wake(struct hooks *hooks); /* there is something new; any thread */
/* Waits for the calls under way, some seconds at most; what had no answer by then is sent again by the next start. Waking is still allowed.
 */
void hooks_stop(struct hooks *hooks);
void hooks_free(struct hooks *hooks); /* stopped ones, when nobody can wake them any more; NULL is fine */

struct dispatch_state hooks_state(struct hooks *hooks); /* for health, some seconds old; any thread */

#endif
