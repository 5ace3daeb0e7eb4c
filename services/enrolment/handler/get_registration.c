/* GetRegistration: one registration as it is now, with the place on the waiting list. Its person, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"

enum err get_registration_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetRegistrationRequest *request = (const Enrolment__GetRegistrationRequest *)job->message;
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "registrationId", &request->registration_id, &id);
    if (err == ERR_OK)
        workset_see_registration(w, id);
    return err;
}

void get_registration_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetRegistrationRequest *request = (const Enrolment__GetRegistrationRequest *)job->message;
    struct uuid id;

    if (check_id(job, "registrationId", &request->registration_id, &id) != ERR_OK)
        return;
    const struct registration *r = workset_registration(w, id);
    if (r == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (!check_may_see(job, r->person))
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &registration_message(w, r)->base, r->version);
}
