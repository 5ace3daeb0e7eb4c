/* Events as webhooks get them. The public list of types stands here: what an operator can subscribe to, and how each event of another
 * service becomes the body of a delivery: {"type", "timestamp", "data"} with ids and states, never names, addresses or anybody's words.
 * handler.c puts hook_needs and hook_decide behind the use case of every event of the list, so no use case knows of webhooks. */
#ifndef HV_NOTIFICATION_HANDLER_HOOK_H
#define HV_NOTIFICATION_HANDLER_HOOK_H
#include "common/work/job.h"

#define HOOK_TEST_TYPE "webhook.test"

enum err hook_needs(struct job *job, struct workset *w);
void hook_decide(struct job *job, struct workset *w); /* a delivery to whoever wants the type of this event, once it is saved */

bool hook_type_known(const char *type);
/* All types, one after the other from 0 on; NULL: no more. */
const char *hook_type(size_t n);

/* What a delivery says of an event of the list: "enrolment.SeatTaken.v1" and its message. */
struct span hook_body_of(struct arena *arena, const char *event, const ProtobufCMessage *message, int64_t occurred_us);
struct span hook_test_body(struct arena *arena, struct uuid webhook_id, int64_t now_us);

#endif
