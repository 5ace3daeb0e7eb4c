/* One's own registration, to be changed. See own_registration.h. */
#include "services/enrolment/handler/own_registration.h"

#include "services/enrolment/handler/check.h"

enum err own_registration_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id, struct uuid *id)
{
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "registrationId", registration_id, id);
    if (err == ERR_OK)
        workset_lock_of_registration(w, *id);
    return err;
}

struct registration *own_registration(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id,
                                      struct implementation **implementation)
{
    struct uuid id;

    if (check_id(job, "registrationId", registration_id, &id) != ERR_OK)
        return NULL;
    struct registration *r = workset_registration(w, id);
    *implementation = r != NULL ? workset_implementation(w, r->implementation) : NULL;
    if (*implementation == NULL)
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    else if (uuid_compare(job->actor, r->person) != 0)
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    else
        return r;
    return NULL;
}
