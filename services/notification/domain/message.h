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
    KIND_WINDOW_CLOSED = 6, /* to followers */
    KIND_OFFER = 7,         /* a seat is kept until they answer */
    KIND_OFFER_PASSED = 8,  /* let it pass on, and waits on */
    KIND_TRANSFER = 9,      /* to another implementation */
    KIND_DISPLACED = 10,    /* back to the head of the waiting list */
    KIND_REVIEWED = 11,     /* accepted, or on a condition */
    KIND_DATE_CHANGED = 12, /* a webinar: to all who take part */
    KIND_ANNOUNCEMENT = 13, /* a coordinator's own words */
    KIND_COMPLETED = 14,    /* the programme, with the certificate's code */
    KIND_TEAM = 15          /* to the leader of a team that enrolled */
};
#define KIND_LAST KIND_TEAM

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
enum message_stood { STOOD_NOWHERE = 0, STOOD_SEATED = 1, STOOD_QUEUED = 2, STOOD_OFFERED = 3 };

/* Why it was cancelled, as far as letters differ; the numbers of enrolment.Cause. */
enum message_cause {
    CAUSE_UNKNOWN = 0,
    CAUSE_GIVEN_UP = 1,
    CAUSE_REMOVED = 2,
    CAUSE_REJECTED = 3,
    CAUSE_OFFER_DECLINED = 4,
    CAUSE_OFFER_EXPIRED = 5,
    CAUSE_ERASED = 6
};
/* Whether somebody has still to look at the registration; the numbers of enrolment.Review_state. */
enum message_review { REVIEW_NOT_NEEDED = 0, REVIEW_UNREVIEWED = 1, REVIEW_CONDITIONAL = 2, REVIEW_ACCEPTED = 3 };

struct message {
    struct uuid id, event_id, recipient_id;
    enum message_kind kind;
    struct uuid programme_id, implementation_id, registration_id; /* nil where the kind has none */
    uint32_t order_no, position;                                  /* 0: none */
    enum message_stood stood;
    int64_t reply_due_us;        /* 0: none */
    int64_t opens_us, closes_us; /* of a window; of a moved webinar: before and after, closes 0 when it was called off */
    struct uuid unit_id, announcement_id;
    enum message_cause cause;
    enum message_review review;
    uint32_t credits_tenths;
    struct span code; /* of a certificate; empty: none */
    struct span reason;
};

/* The id of the message of this kind to this person about this event: the same for ever. */
struct uuid message_id(struct uuid event_id, struct uuid recipient_id, enum message_kind kind);

/* *state moves on and true, or the move is not legal from there: false, and nothing changes. */
bool message_move(enum message_state *state, enum message_move move);

const char *message_kind_name(enum message_kind kind); /* "waiting_list"; "unknown" for a number that is no kind */

#endif
