/* Inside of the consumer, for the files of this room: apply.c moves cursors and parks, dead.c serves the dead letters,
 * subscriber.c reports what it sees of each stream. */
#ifndef HV_EVENT_CONSUMER_H
#define HV_EVENT_CONSUMER_H
#include <uv.h>

#include "common/event/list.h"
#include "common/event/subscriber.h"

#define CONSUMER_STREAMS     64  /* of all publishers together */
#define CONSUMER_SUBSCRIBERS 8   /* publishers */
#define CONSUMER_GUARDS      128 /* guarded statements of one batch */

/* What other threads may know of a stream: health and ListStreams ask. */
struct consumer_stream {
    char name[EVENT_STREAM_TEXT];
    bool stopped;
    uint64_t dead;
};

struct event_consumer {
    const struct work_case *cases;
    size_t case_count;
    const struct log *log;
    struct metric *parked;
    struct work_events hooks;
    /* the writer's own, between queue and check */
    int guards[CONSUMER_GUARDS]; /* results of statements that must have changed exactly one row */
    size_t guard_count;
    bool broken; /* a batch held events that do not follow each other */
    /* shared */
    uv_mutex_t lock;
    struct consumer_stream streams[CONSUMER_STREAMS];
    size_t stream_count;
    struct subscriber *subscribers[CONSUMER_SUBSCRIBERS];
    size_t subscriber_count;
    struct worker *writer; /* of the first subscriber; all have the same */
};

/* Any thread. */
void consumer_dead_add(struct event_consumer *consumer, const char *stream, int by);
void consumer_dead_set(struct event_consumer *consumer, const char *stream, uint64_t dead);
void consumer_stopped_set(struct event_consumer *consumer, const char *stream, bool stopped);
struct consumer_stream consumer_stream_get(struct event_consumer *consumer, const char *stream);

/* The loop, at start. */
void consumer_join(struct event_consumer *consumer, struct subscriber *subscriber, struct worker *writer);
/* Any thread: the stored position of a stream was changed by hand; its subscriber reads it again. */
void consumer_reread(struct event_consumer *consumer, const char *stream);

/* The use case for an event type. Never NULL: an unknown type gets one that fails with a sentence, so the event is parked. */
const struct work_case *consumer_case(const struct event_consumer *consumer, const char *type);

/* Makes an event into a job on `arena`; its payload is decoded, or the job's case says why that was not possible. */
void consumer_job(const struct event_consumer *consumer, struct job *job, struct arena *arena, const Bus__Event *event, const char *stream,
                  struct uuid epoch);

/* subscriber.c: any thread. */
void subscriber_reread(struct subscriber *subscriber, const char *stream);

/* apply.c: fills in the hooks; their context is set. */
void apply_hooks(struct work_events *hooks);

/* apply.c: this job's event was put aside and the cursor moved past it. Kept in job->index, which nobody else uses here. */
bool job_is_parked(const struct job *job);

/* dead.c: the job is a second try of a parked event; it moves no cursor. */
bool dead_is_retry(const struct job *job);
void dead_retry_reason(struct job *job, const char *reason); /* reason: on the job's arena */

#endif
