/* The life of a message, as one table: row = where it is, column = what happens, 0 = that cannot happen there.
 * Every change of a message's state in this service, in C or in SQL, is one of these moves. */
#include "services/notification/domain/message.h"

static const uint8_t MOVES[MESSAGE_STATE_LAST + 1][MOVE_LAST + 1] = {
    [MESSAGE_QUEUED] = {[MOVE_CLAIM] = MESSAGE_SENDING, [MOVE_CALL_OFF] = MESSAGE_CALLED_OFF},
    [MESSAGE_SENDING] = {[MOVE_RELEASE] = MESSAGE_QUEUED,
                         [MOVE_TAKEN] = MESSAGE_SENT,
                         [MOVE_LATER] = MESSAGE_QUEUED,
                         [MOVE_REFUSED] = MESSAGE_FAILED,
                         [MOVE_DOUBT] = MESSAGE_UNSURE,
                         [MOVE_WITHHOLD] = MESSAGE_WITHHELD,
                         [MOVE_GATHER] = MESSAGE_GATHERED,
                         [MOVE_CALL_OFF] =
                             MESSAGE_CALLED_OFF}, /* its training is forgotten at this moment; what comes of it leaves no text */
    [MESSAGE_SENT] = {[MOVE_BOUNCE] = MESSAGE_BOUNCED},
    [MESSAGE_FAILED] = {[MOVE_RETRY] = MESSAGE_QUEUED},
    [MESSAGE_UNSURE] = {[MOVE_CLAIM] = MESSAGE_SENDING, [MOVE_CALL_OFF] = MESSAGE_CALLED_OFF},
    [MESSAGE_WITHHELD] = {[MOVE_RETRY] = MESSAGE_QUEUED},
    [MESSAGE_GATHERED] = {[MOVE_WITHHOLD] = MESSAGE_WITHHELD, [MOVE_CALL_OFF] = MESSAGE_CALLED_OFF},
    [MESSAGE_BOUNCED] = {[MOVE_RETRY] = MESSAGE_QUEUED},
    /* From MESSAGE_CALLED_OFF nothing leads on: what is no longer so is not said. */
};

bool message_move(enum message_state *state, enum message_move move)
{
    if (*state < MESSAGE_QUEUED || *state > MESSAGE_STATE_LAST || (unsigned)move > MOVE_LAST || MOVES[*state][move] == 0)
        return false;
    *state = (enum message_state)MOVES[*state][move];
    return true;
}

#define EVENT_TIME 6 /* bytes with which the id of an event begins (UUIDv7) */

struct uuid message_id(struct uuid event_id, struct uuid recipient_id, enum message_kind kind)
{
    uint8_t name[sizeof recipient_id.b + 1];

    memcpy(name, recipient_id.b, sizeof recipient_id.b);
    name[sizeof recipient_id.b] = (uint8_t)kind;
    struct uuid id = uuid_from(event_id, span_of(name, sizeof name));
    memcpy(id.b, event_id.b, EVENT_TIME); /* new ids are neighbours in the index, however many messages there are */
    return id;
}

void message_id_range(struct uuid event_id, struct uuid *first, struct uuid *last)
{
    *first = *last = event_id;
    memset(first->b + EVENT_TIME, 0x00, sizeof first->b - EVENT_TIME);
    memset(last->b + EVENT_TIME, 0xFF, sizeof last->b - EVENT_TIME);
}
