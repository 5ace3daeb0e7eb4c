/* GetRegistration: one registration as it is now, with the place on the waiting list. Its person, the
 * leader of its team, or staff. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/own_chance.h"
#include "services/enrolment/handler/seen_registration.h"
#include "services/enrolment/store/chance.h"

enum err get_registration_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetRegistrationRequest *request = (const Enrolment__GetRegistrationRequest *)job->message;
    struct uuid id;

    const enum err err = seen_registration_led_needs(job, w, &request->registration_id, &id);
    if (err == ERR_OK)
        chance_want(w, job, job->actor);
    return err;
}

void get_registration_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetRegistrationRequest *request = (const Enrolment__GetRegistrationRequest *)job->message;
    struct uuid id;

    if (check_id(job, "registrationId", &request->registration_id, &id) != ERR_OK)
        return;
    const struct registration *r = seen_registration(job, w, id);
    if (r != NULL)
        job_answer(job, &own_registration_message(w, job, r)->base, r->version);
}
