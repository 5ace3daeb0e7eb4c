/* A registration: one person's enrolment in one implementation, from its first state to its last, and the moves between.
 *
 * Legal moves: (new) -> seated | queued; queued -> seated (promotion); seated | queued -> cancelled. Nothing leaves cancelled:
 * whoever enrols again gets a new registration with a new order number, at the end of the line.
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
};

struct registration {
    struct uuid id, programme, implementation, person;
    enum registration_state state, first_state;
    uint32_t order_no;        /* per implementation, gapless from 1 */
    uint32_t programme_order; /* the same over the programme: who came first when implementations compete for the cap */
    uint32_t position;        /* on the waiting list as loaded or at queueing; 0: not queued */
    int64_t received_us, created_us;
    int64_t reply_due_us; /* promoted: until then it can be given back without harm; 0: never promoted, or without a deadline */
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
    struct uuid actor; /* nil: the rules did it (promotion) */
    const char *reason;
    struct hash hash; /* h_n */
};

bool registration_move_legal(enum registration_state from, enum registration_state to);
static inline bool registration_active(const struct registration *r)
{
    return r->state == REGISTRATION_SEATED || r->state == REGISTRATION_QUEUED;
}

#endif
