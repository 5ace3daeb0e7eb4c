/* See room.h. */
#include "services/enrolment/handler/room.h"

#include "services/enrolment/handler/check.h"

void fact_room(struct job *job, const struct implementation *implementation)
{
    const struct programme *programme = implementation->programme;

    fact_number(job, "capacity", implementation->capacity);
    fact_number(job, "taken", implementation->taken);
    fact_number(job, "reserved", implementation->reserved);
    fact_number(job, "waiting", implementation->waiting);
    fact_number(job, "waitingCap", implementation->waiting_cap);
    fact_number(job, "programmeCap", programme->cap);
    fact_number(job, "programmeTaken", programme->taken);
    fact_number(job, "programmeReserved", programme->reserved);
}
