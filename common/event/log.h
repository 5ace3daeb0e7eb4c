/* The event log: what happened, in the publisher's schema, numbered without a gap (step 7).
 * The number is taken from event_stream under that row's lock by the last statement before COMMIT; so order is commit
 * order, and a gap at a subscriber is a loss. Tables: schema/001_event.sql. */
#ifndef HV_EVENT_LOG_H
#define HV_EVENT_LOG_H
#include "common/base/arena.h"
#include "common/db/db.h"
#include "common/work/job.h"

struct event_list; /* the events of one batch, in order, on its arena */

/* service: prefix of the stream names, e.g. "enrolment" -> "enrolment.0"; streams: how many, fixed for ever once used. */
struct event_list *event_list_new(struct arena *arena, const char *service, unsigned streams);
/* Adds an event caused by `job`. key: the id whose hash picks the stream (the programme, the person). The message is packed here.
 * type: "enrolment.SeatTaken.v1", a constant. */
void event_add(struct event_list *list, const struct job *job, struct uuid key, struct uuid subject, const char *type,
               const ProtobufCMessage *message, int64_t now_us);
size_t event_count(const struct event_list *list);

/* Queues the insert, stream by stream in fixed order. Call it last, right before COMMIT. */
void event_log_append(struct event_list *list, struct db *db);

/* The infrastructure cases every service serves: bus.Event_log (Fetch, ListStreams, ListDead, RetryDead, Rewind), named
 * "bus.Fetch" and so on. `consumer` may be NULL when the service consumes nothing. */
struct event_consumer;
struct event_cases;
struct event_cases *event_cases_new(struct event_consumer *consumer);
const struct work_case *event_cases_table(const struct event_cases *cases, size_t *count);

#endif
