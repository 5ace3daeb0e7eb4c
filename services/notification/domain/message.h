/* A message: one thing said to one person because of one event. Its id is made from the three, so the same event heard twice makes
 * the same message, and the id is the Message-ID of the mail over all its attempts.
 * The states have the numbers of the contract (proto/notification.proto); the table of legal moves is in message.c. */
#ifndef HV_NOTIFICATION_DOMAIN_MESSAGE_H
#define HV_NOTIFICATION_DOMAIN_MESSAGE_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"
#include "common/base/uuid.h"
#include "services/notification/domain/kind.h"

enum message_state {
    MESSAGE_QUEUED = 1,    /* waits for its time, for its recipient's address or for a free relay */
    MESSAGE_SENDING = 2,   /* a sender has it */
    MESSAGE_SENT = 3,      /* the relay took it */
    MESSAGE_FAILED = 4,    /* refused for good, or tried for 72 hours: the dead letters */
    MESSAGE_UNSURE = 5,    /* nobody knows whether the relay took it: it is sent again, and listed */
    MESSAGE_WITHHELD = 6,  /* not mailed: the topic is off, the address suppressed, the domain not allowed; in the inbox it stays */
    MESSAGE_GATHERED = 7,  /* goes out with the day's digest */
    MESSAGE_BOUNCED = 8,   /* was taken, and came back for good */
    MESSAGE_CALLED_OFF = 9 /* what it says is no longer so, and it had not left */
};
#define MESSAGE_STATE_LAST MESSAGE_CALLED_OFF

/* What can happen to a message. */
enum message_move {
    MOVE_CLAIM,    /* a sender takes it out of the queue */
    MOVE_RELEASE,  /* the sender gives it back untried */
    MOVE_TAKEN,    /* the relay answered 250 after the last dot */
    MOVE_LATER,    /* the relay said not now, or was not there */
    MOVE_REFUSED,  /* the relay said never, or the time is over */
    MOVE_DOUBT,    /* the body was out and no answer came, or we died meanwhile */
    MOVE_RETRY,    /* an operator puts a failed, bounced or withheld one back */
    MOVE_WITHHOLD, /* the sender may not mail it (course.h), or nobody wants the digest it waits for */
    MOVE_GATHER,   /* the sender leaves it to the digest */
    MOVE_BOUNCE,   /* it came back for good */
    MOVE_CALL_OFF  /* its fact has changed before it left */
};
#define MOVE_LAST MOVE_CALL_OFF

#define ATTACHMENTS_MAX      5
#define ATTACHMENTS_MAX_SIZE (200 * 1024) /* together: they travel over the bus */

struct attachment {
    struct span name, media_type, content;
};
struct message {
    struct uuid id, event_id, recipient_id;
    enum message_kind kind;
    struct uuid programme_id, implementation_id, registration_id;  /* nil where the kind has none */
    int64_t registration_version;                                  /* at that moment: part of a calendar entry's SEQUENCE; 0: none */
    struct uuid unit_id, webinar_id, announcement_id, reminder_id; /* webinar_id: or the meeting of a board, of letters about one */
    int32_t webinar_sequence;                                      /* of a moved webinar, at that moment: its calendar entry is no older */
    struct uuid origin_id; /* of a transfer: the registration it came from, whose calendar entries are struck */
    int64_t origin_version;
    struct uuid application_id; /* goes to the contact this one names, if it has named one (store/reader.h); nil: to the recipient */
    int64_t event_us;           /* when what it tells of happened */
    int64_t not_before_us;      /* 0: at once */
    struct facts facts;         /* those told with the message */
    const struct attachment *attachments;
    size_t attachment_count;
    struct uuid actor; /* who asked for it; nil: the rules */
    bool test;
};

/* The id of the message of this kind to this person about this event: the same for ever. */
struct uuid message_id(struct uuid event_id, struct uuid recipient_id, enum message_kind kind);

/* Between which two the ids of all messages of an event lie, so that an index of ids finds them. */
void message_id_range(struct uuid event_id, struct uuid *first, struct uuid *last);

/* *state moves on and true, or the move is not legal from there: false, and nothing changes. */
bool message_move(enum message_state *state, enum message_move move);

#endif
