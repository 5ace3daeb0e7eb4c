/* A registration in a coordinator's hand. See staff_registration.h. */
#include "services/enrolment/handler/staff_registration.h"

#include "services/enrolment/handler/check.h"

enum err staff_registration_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id)
{
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_id(job, "registrationId", registration_id, &id);
    if (err == ERR_OK)
        workset_lock_of_registration(w, id);
    return err;
}

struct registration *staff_registration(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id,
                                        struct implementation **implementation)
{
    struct uuid id;

    if (check_id(job, "registrationId", registration_id, &id) != ERR_OK)
        return NULL;
    struct registration *r = workset_registration(w, id);
    *implementation = r != NULL && !r->forgotten ? workset_implementation(w, r->implementation) : NULL;
    if (*implementation == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return NULL;
    }
    if (job->request->if_match != 0 && check_version(job, r->version) != ERR_OK)
        return NULL;
    return r;
}
