/* Giving and taking places: see place.h. Counters, order numbers and the chain change together or not at all. */
#include "services/enrolment/domain/place.h"

#include <assert.h>

#include "common/base/time.h"

static void count(struct implementation *implementation, enum registration_state state, int by)
{
    struct programme *programme = implementation->programme;

    if (state == REGISTRATION_SEATED) {
        assert(by > 0 || (implementation->taken > 0 && programme->taken > 0));
        implementation->taken += (uint32_t)by;
        programme->taken += (uint32_t)by;
    } else if (state == REGISTRATION_QUEUED) {
        assert(by > 0 || (implementation->waiting > 0 && programme->waiting > 0));
        implementation->waiting += (uint32_t)by;
        programme->waiting += (uint32_t)by;
    }
    implementation->changed = true;
    programme->changed = true;
}

static struct hash chain_extend(struct implementation *implementation, const struct registration *registration,
                                enum registration_state from, enum registration_state to, int64_t at_us)
{
    const struct chain_record record = {
        .implementation = implementation->id,
        .n = ++implementation->chain_n,
        .from = (uint8_t)from,
        .to = (uint8_t)to,
        .order_no = registration->order_no,
        .registration = registration->id,
        .person = chain_person(registration->salt, registration->person),
        .at_us = at_us,
    };
    implementation->chain_head = chain_step(&implementation->chain_head, &record);
    implementation->chain_at_us = at_us;
    return implementation->chain_head;
}

static void queue_append(struct implementation *implementation, struct registration *registration)
{
    registration->queue_next = NULL;
    if (implementation->queue_last != NULL)
        implementation->queue_last->queue_next = registration;
    else
        implementation->queue_first = registration;
    implementation->queue_last = registration;
}

void place_give(struct implementation *implementation, struct registration *registration, enum registration_state state, int64_t now_us)
{
    assert(registration_move_legal(REGISTRATION_NEW, state));
    registration->programme = implementation->programme->id;
    registration->implementation = implementation->id;
    registration->state = registration->first_state = state;
    registration->order_no = ++implementation->last_order;
    registration->programme_order = ++implementation->programme->last_order;
    registration->created_us = now_us;
    registration->version = 1;
    registration->fresh = true;
    count(implementation, state, 1);
    registration->chain_hash = chain_extend(implementation, registration, REGISTRATION_NEW, state, now_us);
    registration->chain_n = implementation->chain_n;
    if (state == REGISTRATION_QUEUED) {
        registration->position = implementation->waiting;
        queue_append(implementation, registration);
    }
}

struct move place_move(struct implementation *implementation, struct registration *registration, enum registration_state to, int64_t now_us)
{
    const enum registration_state from = registration->state;

    assert(registration_move_legal(from, to));
    count(implementation, from, -1);
    count(implementation, to, 1);
    registration->state = to;
    registration->position = 0;
    registration->version++;
    registration->changed = true;
    if (to == REGISTRATION_SEATED && implementation->programme->reply_hours > 0)
        registration->reply_due_us = now_us + (int64_t)implementation->programme->reply_hours * TIME_HOUR;
    const struct hash hash = chain_extend(implementation, registration, from, to, now_us);
    return (struct move){.n = implementation->chain_n, .from = from, .to = to, .at_us = now_us, .reason = "", .hash = hash};
}
