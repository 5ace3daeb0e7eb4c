/* Who may see a registration, said once. See seen_registration.h. */
#include "services/enrolment/handler/seen_registration.h"

#include "services/enrolment/handler/check.h"
#include "services/enrolment/store/team.h"

enum err seen_registration_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id, struct uuid *id)
{
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "registrationId", registration_id, id);
    if (err == ERR_OK)
        workset_see_registration(w, *id);
    return err;
}

enum err seen_registration_led_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id, struct uuid *id)
{
    const enum err err = seen_registration_needs(job, w, registration_id, id);

    if (err == ERR_OK && !check_is_staff(job))
        team_want_leader(w, job, *id);
    return err;
}

const struct registration *seen_registration(struct job *job, struct workset *w, struct uuid id)
{
    const struct registration *r = workset_registration(w, id);

    if (r == NULL || (r->forgotten && !check_is_staff(job))) /* nobody's: not even that of who asks */
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (!check_may_see(job, r->person) && !team_leads(w, job, job->actor))
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    else
        return r;
    return NULL;
}
