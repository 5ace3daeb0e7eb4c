/* Inside of a subscriber: one stream of another service, and the chunks of events on their way through the writer.
 *
 *   subscriber.c  the parts: listener, timer, stored positions, what came back from the writer
 *   stream.c      one stream: offers events to its cursor, hands them over, says when to Fetch
 *   fetch.c       one Fetch at a time per stream, over REQ/REP
 *
 * Everything runs on the loop but chunk_done, which the writer calls. */
#ifndef HV_EVENT_STREAM_H
#define HV_EVENT_STREAM_H
#include <stdatomic.h>
#include <uv.h>

#include "common/event/consumer.h"
#include "common/event/cursor.h"

struct stream;

/* Some events of one stream, and the memory of their jobs. Freed when the last job is back. */
struct chunk {
    struct chunk *next;
    struct stream *stream;
    struct arena *arena; /* the chunk itself lies in it */
    atomic_size_t left;  /* jobs not yet back, and one for whoever is still handing over */
    size_t handed;
    uint64_t applied; /* the writer's, read when left is 0: last seq whose effects are committed, or that is parked */
    enum err err;     /* the first fault that is none of the event's own */
};

struct fetch {
    struct rpc_call call;
    bool away;
    unsigned generation; /* of the stream, when it was sent */
};

struct stream {
    struct subscriber *subscriber;
    char name[EVENT_STREAM_TEXT];
    struct cursor cursor;
    unsigned generation; /* counts reads of the stored position: what was asked before one is not believed after it */
    size_t away;         /* events handed to the writer and not back */
    bool reading;        /* its stored position is being read */
    struct fetch fetch;
    int64_t heard_us;    /* last heartbeat, steady clock */
    int64_t asked_us;    /* last time we asked because nothing was heard, steady clock */
    int64_t retry_at_us; /* no Fetch and no reading before this, steady clock */
    unsigned failures;
};

struct subscriber {
    struct subscriber_config config;
    struct listener *listener;
    struct rpc_client *client;
    uv_timer_t timer;
    uv_async_t wake;
    struct stream *streams[CONSUMER_STREAMS];
    size_t stream_count;
    struct metric *fetches, *fetched, *fetch_failures, *applied;
    struct positions *positions; /* the job that reads the stored positions */
    bool first_read;             /* has it succeeded once? Before, nothing is applied */
    bool stopping;
    bool positions_away;
    int64_t positions_at_us; /* not asked before this, steady clock */
    /* shared with the writer and the reader */
    uv_mutex_t lock;
    struct chunk *back;
    bool closed;
    bool positions_back;
    bool reread;
};

/* subscriber.c: for the writer's and the reader's thread. */
void subscriber_return(struct subscriber *subscriber, struct chunk *chunk);
void subscriber_positions_back(struct subscriber *subscriber);

/* positions.c: reads the stored positions of all streams on a reader; the loop learns of it by subscriber_positions_back. */
struct positions *positions_new(struct subscriber *subscriber);
enum err positions_ask(struct positions *positions) MUST_CHECK;
/* On the loop, when they are back: the rows, by positions_row until it gives false. */
enum err positions_outcome(const struct positions *positions);
struct position {
    const char *stream;
    struct uuid epoch, event_id;
    uint64_t seq, dead;
};
bool positions_row(const struct positions *positions, size_t i, struct position *out);

/* stream.c */
struct stream *stream_new(struct subscriber *subscriber, const char *name);
void stream_offer(struct stream *stream, struct uuid epoch, Bus__Event *const *events, size_t count, struct arena *taken);
void stream_pump(struct stream *stream); /* sends a Fetch when the cursor wants one */
void stream_chunk_back(struct stream *stream, const struct chunk *chunk);
void stream_position(struct stream *stream, const struct position *position);
void stream_postpone(struct stream *stream); /* after a failure: waits longer each time */

/* fetch.c */
void fetch_send(struct stream *stream);

#endif
