/* GetImplementation: one implementation with live seats, and the version that SetImplementationCapacity asks back. Public. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/shared.h"

enum err get_implementation_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetImplementationRequest *request = (const Enrolment__GetImplementationRequest *)job->message;
    struct uuid id;
    const enum err err = check_id(job, "implementationId", &request->implementation_id, &id);

    if (err == ERR_OK)
        workset_see_of_implementation(w, id);
    return err;
}

void get_implementation_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetImplementationRequest *request = (const Enrolment__GetImplementationRequest *)job->message;
    struct uuid id;

    if (check_id(job, "implementationId", &request->implementation_id, &id) != ERR_OK || shared_answer(job, w, id, false))
        return;
    const struct implementation *i = workset_implementation(w, id);
    if (i == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    shared_keep(job, w, id, false, &implementation_message(w, i)->base, i->version);
}
