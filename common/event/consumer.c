/* What a consuming service has once: the table of its event handlers, what is known of each stream, and how an event becomes a job.
 * Step 9 of the data's path runs through here: subscriber.c brings the events, the writer takes the jobs, apply.c moves the cursor. */
#include "common/event/consumer.h"

#include <string.h>

#include "common/base/alloc.h"

static enum err unknown_needs(struct job *job, struct workset *w)
{
    (void)w;
    return job_fail(job, ERR_NOT_FOUND, "event.unknown-type", NULL,
                    "Palvelu ei tunne tapahtuman tyyppiä; päivitä palvelu ja yritä uudelleen",
                    "Tjänsten känner inte till händelsens typ; uppdatera tjänsten och försök igen",
                    "This service does not know the type of the event; upgrade it, then retry");
}

static enum err malformed_needs(struct job *job, struct workset *w)
{
    (void)w;
    return job_fail(job, ERR_INVALID, "event.malformed", NULL, "Tapahtuman sisältö ei avaudu", "Händelsens innehåll kan inte läsas",
                    "The payload of the event does not decode as its type says");
}

static const struct work_case UNKNOWN = {.name = "event.unknown-type", .kind = WORK_EVENT, .needs = unknown_needs};
static const struct work_case MALFORMED = {.name = "event.malformed", .kind = WORK_EVENT, .needs = malformed_needs};

const struct work_case *consumer_case(const struct event_consumer *consumer, const char *type)
{
    for (size_t i = 0; i < consumer->case_count; i++) {
        if (strcmp(consumer->cases[i].name, type) == 0)
            return &consumer->cases[i];
    }
    return &UNKNOWN;
}

static const struct work_case *job_decode(const struct work_case *kase, struct job *job, const Bus__Event *event)
{
    ProtobufCMessage *message = NULL;

    if (kase->request && wire_unpack(job->arena, span_of(event->payload.data, event->payload.len), kase->request, &message) != ERR_OK)
        return &MALFORMED;
    job->message = message;
    return kase;
}

void consumer_job(const struct event_consumer *consumer, struct job *job, struct arena *arena, const Bus__Event *event, const char *stream,
                  struct uuid epoch)
{
    Bus__Request *request = arena_alloc(arena, sizeof *request);

    bus__request__init(request);
    request->method = event->type;
    request->payload = event->payload;
    request->traceparent = event->traceparent;
    request->actor = event->actor;
    request->received_us = event->occurred_us;
    *job = (struct job){.arena = arena, .request = request, .event = event, .stream = stream, .epoch = epoch};
    if (!uuid_read(&job->actor, span_of(event->actor.data, event->actor.len)))
        job->actor = (struct uuid){{0}};
    job->kase = job_decode(consumer_case(consumer, event->type), job, event);
}

struct event_consumer *event_consumer_new(const struct work_case *cases, size_t count, const struct log *log, struct metrics *metrics)
{
    struct event_consumer *consumer = mem_new(sizeof *consumer);

    consumer->cases = cases;
    consumer->case_count = count;
    consumer->log = log;
    consumer->parked = metric_counter(metrics, "event_parked_total", "", "Events that failed for a lasting reason and were put aside.");
    consumer->hooks.context = consumer;
    apply_hooks(&consumer->hooks);
    if (uv_mutex_init(&consumer->lock) != 0)
        bug("no mutex for the event consumer");
    return consumer;
}

const struct work_events *event_consumer_hooks(struct event_consumer *consumer)
{
    return &consumer->hooks;
}

/* Under the lock. NULL when the table is full: then nothing is shown of further streams, but they are consumed all the same. */
static struct consumer_stream *stream_find(struct event_consumer *consumer, const char *name)
{
    for (size_t i = 0; i < consumer->stream_count; i++) {
        if (strcmp(consumer->streams[i].name, name) == 0)
            return &consumer->streams[i];
    }
    if (consumer->stream_count == CONSUMER_STREAMS || strlen(name) >= EVENT_STREAM_TEXT)
        return NULL;
    struct consumer_stream *stream = &consumer->streams[consumer->stream_count++];
    memcpy(stream->name, name, strlen(name) + 1);
    return stream;
}

void consumer_dead_add(struct event_consumer *consumer, const char *stream, int by)
{
    uv_mutex_lock(&consumer->lock);
    struct consumer_stream *found = stream_find(consumer, stream);
    if (found && by > 0)
        found->dead += (uint64_t)by;
    else if (found && found->dead >= (uint64_t)-by)
        found->dead -= (uint64_t)-by;
    uv_mutex_unlock(&consumer->lock);
}

void consumer_dead_set(struct event_consumer *consumer, const char *stream, uint64_t dead)
{
    uv_mutex_lock(&consumer->lock);
    struct consumer_stream *found = stream_find(consumer, stream);
    if (found)
        found->dead = dead;
    uv_mutex_unlock(&consumer->lock);
}

void consumer_stopped_set(struct event_consumer *consumer, const char *stream, bool stopped)
{
    uv_mutex_lock(&consumer->lock);
    struct consumer_stream *found = stream_find(consumer, stream);
    if (found)
        found->stopped = stopped;
    uv_mutex_unlock(&consumer->lock);
}

struct consumer_stream consumer_stream_get(struct event_consumer *consumer, const char *stream)
{
    struct consumer_stream copy = {.stopped = false};

    uv_mutex_lock(&consumer->lock);
    const struct consumer_stream *found = stream_find(consumer, stream);
    if (found)
        copy = *found;
    uv_mutex_unlock(&consumer->lock);
    return copy;
}

void consumer_join(struct event_consumer *consumer, struct subscriber *subscriber, struct worker *writer)
{
    if (consumer->subscriber_count == CONSUMER_SUBSCRIBERS)
        bug("a service consumes more publishers than CONSUMER_SUBSCRIBERS");
    uv_mutex_lock(&consumer->lock);
    consumer->subscribers[consumer->subscriber_count++] = subscriber;
    consumer->writer = writer;
    uv_mutex_unlock(&consumer->lock);
}

void consumer_reread(struct event_consumer *consumer, const char *stream)
{
    uv_mutex_lock(&consumer->lock);
    for (size_t i = 0; i < consumer->subscriber_count; i++)
        subscriber_reread(consumer->subscribers[i], stream);
    uv_mutex_unlock(&consumer->lock);
}
