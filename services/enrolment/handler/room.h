/* The seats of an implementation and of its programme as facts of a refusal: whoever is told that there is no room sees where it is
 * missing. One fact more, `cause`, is the caller's: it names the one that decided. */
#ifndef HV_ENROLMENT_HANDLER_ROOM_H
#define HV_ENROLMENT_HANDLER_ROOM_H
#include "common/work/job.h"
#include "services/enrolment/domain/programme.h"

/* After job_fail: capacity, taken, reserved, waiting, waitingCap; programmeCap, programmeTaken, programmeReserved. */
void fact_room(struct job *job, const struct implementation *implementation);

#endif
