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
 * type: "enrolment.SeatTaken.v1", a constant. Its id, for rows that point to the event which told of them. */
struct uuid event_add(struct event_list *list, const struct job *job, struct uuid key, struct uuid subject, const char *type,
                      const ProtobufCMessage *message, int64_t now_us);
size_t event_count(const struct event_list *list);

/* Redaction: what an event said is taken out of the log, the event stays. Order, numbers and ids are as before, so the log is gapless and
 * consumers who replay it read the same types; the payload is replaced by a message of that type which says only what may stay (an id).
 * For people who are forgotten, and nothing else: tell it with an event too, because consumers hold what they have read.
 * The text of the type stands in the statement, so that a partial index of the service can find the events of a subject:
 *   create index ... on event_log (subject) where type = 'enrolment.PersonStored.v1' */
struct event_redaction {
    struct db_stmt stmt;
};
#define EVENT_REDACTION(TYPE)                                                                                                              \
    {                                                                                                                                      \
        {                                                                                                                                  \
            "event_redact." TYPE, "update event_log set payload = $3 where type = '" TYPE "' and subject = $2 and stream = $1"             \
        }                                                                                                                                  \
    }
/* Redacts all events of that type about `subject` in the stream of `key`; they were added under the same key. Done with the insert of this
 * list's own events, of which none is touched. */
void event_redact(struct event_list *list, const struct event_redaction *redaction, struct uuid key, struct uuid subject,
                  const ProtobufCMessage *what_stays);

/* The same for one event, of whatever type, at its place in the log. */
void event_redact_at(struct event_list *list, const char *stream, int64_t seq, const ProtobufCMessage *what_stays);

/* Queues the redactions and the insert, stream by stream in fixed order. Call it last, right before COMMIT. */
void event_log_append(struct event_list *list, struct db *db);

/* Drops the partitions of the log in which every event is older than `days` (0: keeps all). Consumers that have not read them by then
 * never will, so this is years, not weeks. ERR_TIMEOUT: a reader was in the way; try again later. */
enum err event_log_trim(struct db *db, struct arena *arena, int32_t days, int *dropped) MUST_CHECK;

/* The infrastructure cases every service serves: bus.Event_log (Fetch, ListStreams, ListDead, RetryDead, Rewind), named
 * "bus.Fetch" and so on. `consumer` may be NULL when the service consumes nothing. */
struct event_consumer;
struct event_cases;
struct event_cases *event_cases_new(struct event_consumer *consumer);
const struct work_case *event_cases_table(const struct event_cases *cases, size_t *count);

#endif
