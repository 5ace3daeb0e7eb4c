/* A message: one thing said to one person because of one event. Its id is made from the three, so the same event heard twice makes
 * the same message, and the id is the Message-ID of the mail over all its attempts.
 * The states have the numbers of the contract (proto/notification.proto); the table of legal moves is in message.c. */
#ifndef HV_NOTIFICATION_DOMAIN_MESSAGE_H
#define HV_NOTIFICATION_DOMAIN_MESSAGE_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"
#include "common/base/uuid.h"

enum message_kind {
    KIND_CONFIRMATION = 1,  /* a place at once */
    KIND_WAITING_LIST = 2,  /* a place on the waiting list */
    KIND_PROMOTION = 3,     /* from the waiting list to a place */
    KIND_CANCELLATION = 4,  /* gave it up, or was removed */
    KIND_WINDOW_OPENED = 5, /* to followers */
    KIND_WINDOW_CLOSED = 6  /* to followers */
};
#define KIND_LAST KIND_WINDOW_CLOSED

enum message_state {
    MESSAGE_QUEUED = 1,  /* waits for its time, for its recipient's address or for a free relay */
    MESSAGE_SENDING = 2, /* a sender has it */
    MESSAGE_SENT = 3,    /* the relay took it */
    MESSAGE_FAILED = 4,  /* refused for good, or tried for 72 hours */
    MESSAGE_UNSURE = 5   /* nobody knows whether the relay took it: it is sent again, and listed */
};

/* What can happen to a message. */
enum message_move {
    MOVE_CLAIM,   /* a sender takes it out of the queue */
    MOVE_RELEASE, /* the sender gives it back untried */
    MOVE_TAKEN,   /* the relay answered 250 after the last dot */
    MOVE_LATER,   /* the relay said not now, or was not there */
    MOVE_REFUSED, /* the relay said never, or the time is over */
    MOVE_DOUBT,   /* the body was out and no answer came, or we died meanwhile */
    MOVE_RETRY    /* an operator puts a failed one back */
};
#define MOVE_LAST MOVE_RETRY

/* Where a cancelled registration stood before. */
enum message_stood { STOOD_NOWHERE = 0, STOOD_SEATED = 1, STOOD_QUEUED = 2 };

struct message {
    struct uuid id, event_id, recipient_id;
    enum message_kind kind;
    struct uuid programme_id, implementation_id, registration_id; /* nil where the kind has none */
    uint32_t order_no, position;                                  /* 0: none */
    enum message_stood stood;
    int64_t reply_due_us, opens_us, closes_us; /* 0: none */
    struct span reason;
};

/* The id of the message of this kind to this person about this event: the same for ever. */
struct uuid message_id(struct uuid event_id, struct uuid recipient_id, enum message_kind kind);

/* *state moves on and true, or the move is not legal from there: false, and nothing changes. */
bool message_move(enum message_state *state, enum message_move move);

const char *message_kind_name(enum message_kind kind); /* "waiting_list"; "unknown" for a number that is no kind */

#endif
