/* Giving and taking places: see place.h. Counters, order numbers and the chain change together or not at all. */
#include "services/enrolment/domain/place.h"

#include <assert.h>

#include "common/base/time.h"
#include "common/base/workday.h"
#include "services/enrolment/domain/line.h"

static void count(struct implementation *implementation, enum registration_state state, int by)
{
    struct programme *programme = implementation->programme;

    if (registration_has_seat(state)) {
        assert(by > 0 || (implementation->taken > 0 && programme->taken > 0));
        implementation->taken += (uint32_t)by;
        programme->taken += (uint32_t)by;
    }
    if (registration_is_held(state)) {
        assert(by > 0 || (implementation->held > 0 && programme->held > 0));
        implementation->held += (uint32_t)by;
        programme->held += (uint32_t)by;
    }
    if (state == REGISTRATION_QUEUED) {
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
        .person = registration_person_hash(registration),
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

/* It may be linked already: it has another priority now, or it was promoted and came back within one batch. */
void place_in_line(struct implementation *implementation, struct registration *registration)
{
    struct registration **at = &implementation->queue_first, *last = NULL;
    uint32_t ahead = 0;

    while (*at != NULL) {
        if (*at == registration) {
            *at = registration->queue_next;
            continue;
        }
        last = *at;
        at = &(*at)->queue_next;
    }
    implementation->queue_last = last;
    for (at = &implementation->queue_first; *at != NULL && (*at)->line < registration->line; at = &(*at)->queue_next)
        ahead += (*at)->state == REGISTRATION_QUEUED;
    if (*at == NULL) {
        queue_append(implementation, registration);
        registration->position = implementation->waiting;
        return;
    }
    registration->queue_next = *at;
    *at = registration;
    registration->position = ahead + 1;
}

void place_give(struct implementation *implementation, struct registration *registration, enum registration_state state, int64_t now_us)
{
    assert(registration_move_legal(REGISTRATION_NEW, state));
    registration->programme = implementation->programme->id;
    registration->implementation = implementation->id;
    registration->state = registration->first_state = state;
    registration->order_no = ++implementation->last_order;
    registration->programme_order = ++implementation->programme->last_order;
    registration->line = line_of(0, registration->programme_order, 0);
    registration->created_us = now_us;
    registration->reply_due_us =
        state == REGISTRATION_HELD ? now_us + (int64_t)implementation->programme->hold_minutes * 60 * TIME_SECOND : 0;
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

static int64_t reply_due(const struct programme *programme, enum registration_state from, enum registration_state to, int64_t now_us)
{
    if (to == REGISTRATION_OFFERED)
        return workday_add_hours(now_us, programme->offer_hours);
    if (from == REGISTRATION_QUEUED && to == REGISTRATION_SEATED && programme->reply_hours > 0)
        return now_us + (int64_t)programme->reply_hours * TIME_HOUR;
    return 0;
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
    if (from == REGISTRATION_SEATED && to != REGISTRATION_QUEUED)
        implementation->given_up++;
    if (from == REGISTRATION_OFFERED && to == REGISTRATION_QUEUED)
        registration->line = line_of(0, implementation->programme->last_order, ++implementation->programme->last_pass);
    if (to == REGISTRATION_QUEUED)
        place_in_line(implementation, registration);
    if (from != REGISTRATION_HELD || to != REGISTRATION_CANCELLED)
        registration->reply_due_us = reply_due(implementation->programme, from, to, now_us);
    const struct hash hash = chain_extend(implementation, registration, from, to, now_us);
    return (struct move){.n = implementation->chain_n, .from = from, .to = to, .at_us = now_us, .reason = "", .hash = hash};
}
