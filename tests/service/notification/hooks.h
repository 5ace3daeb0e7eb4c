/* What the tests of webhooks share, one stage a program: hv-notification with its line, a receiver over HTTPS that keeps what it gets
 * (receiver/receiver.py), and another one whose certificate nobody vouches for. */
#ifndef HV_TESTS_SERVICE_NOTIFICATION_HOOKS_H
#define HV_TESTS_SERVICE_NOTIFICATION_HOOKS_H
#include "notification.pb-c.h"
#include "tests/service/notification/line.h"
#include "tests/service/notification/stage.h"

#define HOOKS_WAIT_MS   KIT_PATIENCE_MS
#define HOOKS_PROGRAMME 1000000

extern struct stage stage;
extern struct line line;
extern int hooks_port, hooks_stranger_port;
extern char hooks_record[300]; /* the receiver's file */

int hooks_open(void **state); /* group set-up: private addresses are allowed */
int hooks_close(void **state);
void hooks_restart(const char *private_allowed, int signal); /* of hv-notification */

struct hook {
    ProtobufCBinaryData id;
    const char *path, *secret;
    uint64_t version;
};
/* At the receiver's path; it wants this type. */
struct hook hooks_make(const char *path, const char *type);
const Bus__Reply *hooks_create(const char *url, char **types, size_t type_count, Notification__Webhook **out);
const Bus__Reply *hooks_edit(const struct hook *hook, uint64_t if_match, const char *url, Notification__WebhookState state,
                             Notification__Webhook **out);
Notification__Webhook *hooks_get(const struct hook *hook);
void hooks_test(const struct hook *hook); /* TestWebhook */
/* The newest delivery, once it is in this state after so many tries. */
Notification__WebhookDelivery *hooks_wait(const struct hook *hook, Notification__DeliveryState state, unsigned tries);

/* As an admin. Anything; or a request that names a webhook and nothing else. */
const Bus__Reply *hooks_ask(const char *method, const ProtobufCMessage *message, uint64_t if_match, const ProtobufCMessageDescriptor *type,
                            ProtobufCMessage **answer);
const Bus__Reply *hooks_ask_of(const char *method, ProtobufCBinaryData id, const ProtobufCMessageDescriptor *type,
                               ProtobufCMessage **answer);

/* How many came to the webhook's path; each has verified with its secret, and with another one if given. */
int hooks_arrived(const struct hook *hook, const char *also);
char *hooks_lines(const char *path); /* as receiver.py kept them */
int hooks_ids(const char *path);     /* how many different webhook-ids came there */
bool hooks_reached(void *path);      /* something came there; for kit_wait_until */

#endif
