/* A mark was made on a registration: presence, a completed unit, a plan handed in. Nobody is told before all is done; but its version has
 * risen, and calendar entries count versions. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/tell.h"

static const Enrolment__Registration *marked(const struct job *job)
{
    if (job->kase->request == &enrolment__attended__descriptor)
        return ((const Enrolment__Attended *)job->message)->registration;
    if (job->kase->request == &enrolment__unit_completed__descriptor)
        return ((const Enrolment__UnitCompleted *)job->message)->registration;
    return ((const Enrolment__PlanHandedIn *)job->message)->registration;
}

enum err on_marked_needs(struct job *job, struct workset *w)
{
    (void)w; /* the statement that writes it compares the versions */
    return tell_check(job, marked(job));
}

void on_marked_decide(struct job *job, struct workset *w)
{
    tell_seen(job, w, marked(job));
}
