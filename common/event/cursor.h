/* The consumer's algorithm for one stream, without any I/O: what to do with an event, a heartbeat, a Fetch's answer.
 * subscriber.c carries its decisions out; the unit tests drive it through 100,000 simulated schedules.
 *
 * Two positions: `handed` has been given to the writer, `applied` has come back from it. Live events and fetched ones go through
 * the same question, so nothing needs to be told apart by where it came from. */
#ifndef HV_EVENT_CURSOR_H
#define HV_EVENT_CURSOR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/uuid.h"

enum cursor_state {
    CURSOR_UNREAD,  /* the stored position is not known (start, or after a failure): everything is left to Fetch */
    CURSOR_RUNNING, /* follows the stream */
    CURSOR_LOST,    /* a job came back with a fault: wait for the others, then read the stored position again */
    CURSOR_STOPPED  /* the publisher's history differs from what was applied, or is gone: an operator must look */
};

enum cursor_reason { CURSOR_FINE, CURSOR_HISTORY, CURSOR_TRUNCATED };

struct cursor {
    enum cursor_state state;
    enum cursor_reason reason; /* why it stopped */
    struct uuid epoch;         /* nil: none yet, taken over with the first answer of the publisher */
    uint64_t handed;           /* last seq given to the writer */
    struct uuid handed_id;     /* its event id; nil when not known */
    uint64_t applied;          /* last seq the writer reported as committed */
    uint64_t head;             /* the publisher's, as last heard; never below handed */
    bool suspicion;            /* something did not fit: ask the publisher before stopping */
};

/* An event that must be told apart only by this. `whole`: its payload is at hand (false: fetch_me). */
struct cursor_event {
    struct uuid epoch;
    uint64_t seq;
    struct uuid id;
    bool whole;
};

enum cursor_step {
    CURSOR_SKIP,  /* known already, or of no use now */
    CURSOR_APPLY, /* the next one: hand it to the writer, then cursor_handed */
    CURSOR_FETCH  /* not applicable: cursor_wants says whether to Fetch */
};

enum cursor_answer { CURSOR_ANSWER_OK, CURSOR_ANSWER_TRUNCATED, CURSOR_ANSWER_MISMATCH };

void cursor_init(struct cursor *cursor);
/* The stored position: epoch nil and seq 0 when there is none. */
void cursor_read(struct cursor *cursor, struct uuid epoch, uint64_t seq, struct uuid id);
enum cursor_step cursor_offer(struct cursor *cursor, const struct cursor_event *event);
void cursor_handed(struct cursor *cursor, const struct cursor_event *event); /* after CURSOR_APPLY, when the writer took it */
void cursor_heard(struct cursor *cursor, struct uuid epoch, uint64_t head);  /* a heartbeat */
/* The answer to a Fetch that was sent from the present position, before its `count` events are offered. Returns false when
 * they are of no use: the stream stopped, or its position was lost meanwhile. */
bool cursor_answer(struct cursor *cursor, enum cursor_answer answer, struct uuid epoch, uint64_t head, size_t count);
void cursor_applied(struct cursor *cursor, uint64_t seq);
void cursor_failed(struct cursor *cursor); /* a job came back with a fault */
void cursor_forget(struct cursor *cursor); /* the stored position was changed by hand: read it again, stopped or not */
/* Should a Fetch after `handed` be sent now? room: events that may still be handed over. */
bool cursor_wants(const struct cursor *cursor, size_t room);
/* Should the stored position be read (again)? */
bool cursor_unread(const struct cursor *cursor);

#endif
