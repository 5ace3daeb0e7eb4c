/* Transfers within a programme: see transfer.h. */
#include "services/enrolment/domain/transfer.h"

#include <assert.h>

#include "services/enrolment/domain/place.h"

enum transfer_verdict transfer_verdict_at(const struct implementation *to, enum registration_state state)
{
    const struct programme *programme = to->programme;
    const uint32_t own = registration_has_seat(state); /* of the programme's cap */

    if (to->waiting == 0 && to->taken + to->reserved < to->capacity && programme->taken - own + programme->reserved < programme->cap)
        return TRANSFER_SEAT;
    return own == 0 && to->waiting < to->waiting_cap ? TRANSFER_QUEUE : TRANSFER_NO_ROOM;
}

struct move place_transfer(struct implementation *from, struct registration *old, struct implementation *to, struct registration *fresh,
                           enum transfer_verdict verdict, int64_t now_us)
{
    assert(from != to && from->programme == to->programme && verdict != TRANSFER_NO_ROOM);
    const struct move move = place_move(from, old, REGISTRATION_TRANSFERRED, now_us);
    fresh->person = old->person;
    fresh->origin = old->id;
    fresh->team = old->team;
    fresh->review = old->review;
    fresh->condition = old->condition;
    place_give(to, fresh, verdict == TRANSFER_SEAT ? REGISTRATION_SEATED : REGISTRATION_QUEUED, now_us);
    return move;
}
