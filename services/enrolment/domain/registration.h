/* A registration: one person's enrolment in one implementation, from its first state to its last, and the moves between.
 *
 * Legal moves:
 *   (new)    -> seated | queued | held
 *   held     -> seated (confirmed) | cancelled (given up, or its time ran out)
 *   queued   -> seated (promoted) | offered | cancelled | transferred
 *   offered  -> seated (accepted) | queued (let pass on) | cancelled (declined, or not answered in time)
 *   seated   -> cancelled | transferred | queued (displaced: a capacity was lowered under the taken)
 * Nothing leaves cancelled and transferred: whoever enrols again gets a new registration with a new order number, at the end of the
 * line; whoever is transferred gets a new one at the other implementation that has the old one as its origin.
 * The numbers of the states are those of enrolment.State on the wire, in the database and in the order chain. */
#ifndef HV_ENROLMENT_DOMAIN_REGISTRATION_H
#define HV_ENROLMENT_DOMAIN_REGISTRATION_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/chain.h"
#include "common/base/uuid.h"

enum registration_state {
    REGISTRATION_NEW = 0,       /* not stored; only the start of a first move */
    REGISTRATION_SEATED = 1,    /* has a place */
    REGISTRATION_QUEUED = 2,    /* on the waiting list */
    REGISTRATION_CANCELLED = 3, /* gave it up, or was removed with a reason */
    REGISTRATION_HELD = 4,      /* a seat is kept while the form is filled */
    REGISTRATION_OFFERED = 5,   /* a seat is kept while the offer is thought over */
    REGISTRATION_TRANSFERRED = 6,
};

/* Whether a person looked at it where the rules leave that to one; the numbers of enrolment.Review_state. */
enum review { REVIEW_NOT_NEEDED = 0, REVIEW_UNREVIEWED = 1, REVIEW_CONDITIONAL = 2, REVIEW_ACCEPTED = 3 };

struct registration {
    struct uuid id, programme, implementation, person;
    enum registration_state state, first_state;
    uint32_t order_no;        /* per implementation, gapless from 1 */
    uint32_t programme_order; /* the same over the programme: who came first when implementations compete for the cap */
    uint64_t line;            /* place in line among those who wait: lower is earlier, see line.h */
    uint32_t position;        /* on the waiting list as loaded or at queueing; 0: not queued */
    int64_t received_us, created_us;
    int64_t reply_due_us; /* held: confirm by then; offered: answer by then; promoted at once: give it back by then; else 0 */
    struct uuid origin, team, invitation; /* nil: none */
    struct uuid quota_window;             /* of one that began held: the window of whose quota it took a share; nil: of none */
    enum review review;
    const char *condition;   /* of REVIEW_CONDITIONAL; else "" or NULL */
    bool forgotten;          /* its person was erased: person and salt are nil, person_hash keeps the chain valid */
    struct hash person_hash; /* only when forgotten; registration_person_hash() serves both */
    uint64_t version;
    uint32_t chain_n; /* entry of the first move; its hash */
    struct hash chain_hash;
    uint8_t salt[CHAIN_SALT_SIZE];
    struct uuid caller;              /* who asked; nil when not loaded */
    bool fresh, changed;             /* the store inserts or updates it */
    struct registration *queue_next; /* waiting list at hand, in order; owned by the implementation */
};

/* One change of state: an entry of the implementation's chain. */
struct move {
    uint32_t n;
    enum registration_state from, to;
    int64_t at_us;
    struct uuid actor; /* nil: the rules did it (promotion), */
    bool forgotten;    /* or, as it was read, somebody who was forgotten since */
    const char *reason;
    struct hash hash; /* h_n */
};

bool registration_move_legal(enum registration_state from, enum registration_state to);
static inline bool registration_active(const struct registration *r)
{
    return r->state == REGISTRATION_SEATED || r->state == REGISTRATION_QUEUED || r->state == REGISTRATION_HELD ||
           r->state == REGISTRATION_OFFERED;
}
/* Whether a seat is kept in this state: it counts among the taken. Of those, whether it is only held: it counts among the held too. */
static inline bool registration_has_seat(enum registration_state state)
{
    return state == REGISTRATION_SEATED || state == REGISTRATION_HELD || state == REGISTRATION_OFFERED;
}
static inline bool registration_is_held(enum registration_state state)
{
    return state == REGISTRATION_HELD || state == REGISTRATION_OFFERED;
}
/* Whether a held or offered seat was kept long enough at this moment: reply_due_us itself is the first moment too late. */
static inline bool registration_lapsed(const struct registration *r, int64_t at_us)
{
    return registration_is_held(r->state) && at_us >= r->reply_due_us;
}
/* What the chain says of the person: BLAKE2b-256(salt || person id), or that hash as it was kept when the two were erased. */
struct hash registration_person_hash(const struct registration *r);

#endif
