/* The seats of one programme as its viewers see them: what changed since the last tick, the last ticks in a ring, and a full
 * picture for whoever comes anew. No I/O and no clock here.
 *
 * Changes are gathered and told five times a second at most, however many people enrol: a viewer wants the number, not each step. */
#ifndef HV_GATEWAY_FEED_H
#define HV_GATEWAY_FEED_H
#include "common/base/uuid.h"
#include "enrolment.pb-c.h"

#define FEED_RING            128 /* ticks kept for viewers that come back with Last-Event-ID */
#define FEED_IMPLEMENTATIONS 64  /* told in one tick; more: a full picture instead */
#define FEED_STREAM_MAX      32  /* bytes of a stream's name with its NUL */

/* A text that goes to many viewers; freed when the last one has sent it. */
struct feed_text {
    unsigned holders;
    size_t len;
    char data[];
};
struct feed_text *feed_text_hold(struct feed_text *text);
void feed_text_drop(struct feed_text *text); /* NULL is fine */

/* The counters of one implementation. */
struct feed_seats {
    struct uuid id;
    uint32_t capacity, taken, waiting, held, reserved; /* held: of the taken; reserved: beside them */
};

struct feed_tick {
    struct feed_text *text;
    uint64_t seq; /* the newest event in it */
};

struct feed {
    struct uuid programme;
    char stream[FEED_STREAM_MAX];                    /* where its events come from; "" until the first one */
    uint64_t seq;                                    /* newest event folded in */
    uint64_t floor;                                  /* every later event is in the ring */
    struct feed_seats changed[FEED_IMPLEMENTATIONS]; /* since the last tick */
    size_t changed_count;
    uint32_t taken, cap, held, reserved; /* of the programme */
    bool overflow;                       /* more changed than there is room for */
    struct feed_tick ring[FEED_RING];
    uint64_t head, tail; /* ticks told ever; oldest in the ring */
};

void feed_init(struct feed *feed, struct uuid programme);
void feed_fini(struct feed *feed);
/* An event of this programme. */
void feed_change(struct feed *feed, const char *stream, uint64_t seq, const Enrolment__Seats *seats);
/* Puts what changed into the ring. True: there is something new for the viewers. */
bool feed_tick(struct feed *feed);
/* Something was missed: the ring is worth nothing, and every viewer needs the full picture. */
void feed_lost(struct feed *feed, uint64_t seq);
/* Where a viewer goes on that has seen the event "stream:seq" of last_event_id; false: it needs the full picture. */
bool feed_resume(const struct feed *feed, const char *last_event_id, uint64_t *next);
/* The full picture as an SSE event, as it stood after the event seq at the earliest; the caller holds it. */
struct feed_text *feed_snapshot(const struct feed *feed, uint64_t seq, const Enrolment__Programme *programme);

#endif
