/* The table of legal moves of a registration. */
#include "services/enrolment/domain/registration.h"

#define STATES 7

static const bool LEGAL[STATES][STATES] = {
    [REGISTRATION_NEW] = {[REGISTRATION_SEATED] = true, [REGISTRATION_QUEUED] = true, [REGISTRATION_HELD] = true},
    [REGISTRATION_HELD] = {[REGISTRATION_SEATED] = true, [REGISTRATION_CANCELLED] = true},
    [REGISTRATION_QUEUED] =
        {[REGISTRATION_SEATED] = true, [REGISTRATION_OFFERED] = true, [REGISTRATION_CANCELLED] = true, [REGISTRATION_TRANSFERRED] = true},
    [REGISTRATION_OFFERED] = {[REGISTRATION_SEATED] = true, [REGISTRATION_QUEUED] = true, [REGISTRATION_CANCELLED] = true},
    [REGISTRATION_SEATED] = {[REGISTRATION_CANCELLED] = true, [REGISTRATION_TRANSFERRED] = true, [REGISTRATION_QUEUED] = true},
};

bool registration_move_legal(enum registration_state from, enum registration_state to)
{
    return (unsigned)from < STATES && (unsigned)to < STATES && LEGAL[from][to];
}

struct hash registration_person_hash(const struct registration *r)
{
    return r->forgotten ? r->person_hash : chain_person(r->salt, r->person);
}
