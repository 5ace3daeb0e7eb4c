/* The life of a message, as one table: row = where it is, column = what happens, 0 = that cannot happen there.
 * Every change of a message's state in this service, in C or in SQL, is one of these moves. */
#include "services/notification/domain/message.h"

static const uint8_t MOVES[MESSAGE_UNSURE + 1][MOVE_LAST + 1] = {
    [MESSAGE_QUEUED] = {[MOVE_CLAIM] = MESSAGE_SENDING},
    [MESSAGE_SENDING] = {[MOVE_RELEASE] = MESSAGE_QUEUED,
                         [MOVE_TAKEN] = MESSAGE_SENT,
                         [MOVE_LATER] = MESSAGE_QUEUED,
                         [MOVE_REFUSED] = MESSAGE_FAILED,
                         [MOVE_DOUBT] = MESSAGE_UNSURE},
    [MESSAGE_FAILED] = {[MOVE_RETRY] = MESSAGE_QUEUED},
    [MESSAGE_UNSURE] = {[MOVE_CLAIM] = MESSAGE_SENDING},
    /* From MESSAGE_SENT nothing leads on: what the relay took is said. */
};

bool message_move(enum message_state *state, enum message_move move)
{
    if (*state < MESSAGE_QUEUED || *state > MESSAGE_UNSURE || (unsigned)move > MOVE_LAST || MOVES[*state][move] == 0)
        return false;
    *state = (enum message_state)MOVES[*state][move];
    return true;
}

struct uuid message_id(struct uuid event_id, struct uuid recipient_id, enum message_kind kind)
{
    uint8_t name[sizeof recipient_id.b + 1];

    memcpy(name, recipient_id.b, sizeof recipient_id.b);
    name[sizeof recipient_id.b] = (uint8_t)kind;
    return uuid_from(event_id, span_of(name, sizeof name));
}

const char *message_kind_name(enum message_kind kind)
{
    switch (kind) {
    case KIND_CONFIRMATION:
        return "confirmation";
    case KIND_WAITING_LIST:
        return "waiting_list";
    case KIND_PROMOTION:
        return "promotion";
    case KIND_CANCELLATION:
        return "cancellation";
    case KIND_WINDOW_OPENED:
        return "window_opened";
    case KIND_WINDOW_CLOSED:
        return "window_closed";
    case KIND_OFFER:
        return "offer";
    case KIND_OFFER_PASSED:
        return "offer_passed";
    case KIND_TRANSFER:
        return "transfer";
    case KIND_DISPLACED:
        return "displaced";
    case KIND_REVIEWED:
        return "reviewed";
    case KIND_DATE_CHANGED:
        return "date_changed";
    case KIND_ANNOUNCEMENT:
        return "announcement";
    case KIND_COMPLETED:
        return "completed";
    case KIND_TEAM:
        return "team";
    }
    return "unknown";
}
