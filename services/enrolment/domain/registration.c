/* The table of legal moves of a registration. */
#include "services/enrolment/domain/registration.h"

static const bool LEGAL[4][4] = {
    [REGISTRATION_NEW] = {[REGISTRATION_SEATED] = true, [REGISTRATION_QUEUED] = true},
    [REGISTRATION_QUEUED] = {[REGISTRATION_SEATED] = true, [REGISTRATION_CANCELLED] = true},
    [REGISTRATION_SEATED] = {[REGISTRATION_CANCELLED] = true},
};

bool registration_move_legal(enum registration_state from, enum registration_state to)
{
    return (unsigned)from < 4 && (unsigned)to < 4 && LEGAL[from][to];
}
