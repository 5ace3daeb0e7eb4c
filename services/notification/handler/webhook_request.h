/* What the use cases of webhooks share: who may, which one is meant, the bounds of what is entered, and the answers. */
#ifndef HV_NOTIFICATION_HANDLER_WEBHOOK_REQUEST_H
#define HV_NOTIFICATION_HANDLER_WEBHOOK_REQUEST_H
#include "notification.pb-c.h"
#include "services/notification/store/delivery.h"
#include "services/notification/store/webhook.h"

/* An admin asks about one webhook; for a change it is locked. */
enum err webhook_want(struct job *job, struct workset *w, ProtobufCBinaryData id, bool change) MUST_CHECK;
struct webhook *webhook_wanted(struct job *job, const struct workset *w); /* NULL: there is none, and the job says so */

/* What an operator entered: the first rule it breaks, with its field. */
enum err webhook_check(struct job *job, const struct workset *w, const char *url, const char *description, char *const *types,
                       size_t type_count, bool all_types) MUST_CHECK;
struct span webhook_types(struct arena *arena, char *const *types, size_t type_count); /* as the store keeps them */

/* secret: only right after it was made, else NULL. deliveries: with GetWebhook only. */
void webhook_answer(struct job *job, const struct webhook *webhook, const uint8_t *secret, const struct delivery *deliveries,
                    size_t delivery_count);
Notification__Webhook *webhook_message(struct arena *arena, const struct webhook *webhook);
void delivery_answer(struct job *job, const struct delivery *delivery);

#endif
