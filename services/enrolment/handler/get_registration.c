/* GetRegistration: one registration as it is now, with the place on the waiting list. Its person, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/seen_registration.h"

enum err get_registration_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetRegistrationRequest *request = (const Enrolment__GetRegistrationRequest *)job->message;
    struct uuid id;

    return seen_registration_needs(job, w, &request->registration_id, &id);
}

void get_registration_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetRegistrationRequest *request = (const Enrolment__GetRegistrationRequest *)job->message;
    struct uuid id;

    if (check_id(job, "registrationId", &request->registration_id, &id) != ERR_OK)
        return;
    const struct registration *r = seen_registration(job, w, id);
    if (r != NULL)
        job_answer(job, &registration_message(w, r)->base, r->version);
}
