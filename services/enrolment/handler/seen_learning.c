/* Who may see somebody's learning, said once. See seen_learning.h. */
#include "services/enrolment/handler/seen_learning.h"

#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/seen_registration.h"
#include "services/enrolment/store/learning.h"

enum err seen_learning_needs(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id)
{
    struct uuid id;
    const enum err err = seen_registration_needs(job, w, registration_id, &id);

    if (err != ERR_OK)
        return err;
    workset_see_of_registration(w, id);
    workset_want_units(w);
    learning_want(w, id);
    return ERR_OK;
}

bool seen_learning(struct job *job, struct workset *w, const ProtobufCBinaryData *registration_id, struct seen_learning *out)
{
    struct uuid id;

    if (check_id(job, "registrationId", registration_id, &id) != ERR_OK)
        return false;
    out->registration = seen_registration(job, w, id);
    if (out->registration == NULL)
        return false;
    out->programme = workset_programme(w, out->registration->programme);
    out->learning = learning_of(w, id);
    if (out->programme != NULL && out->learning != NULL)
        return true;
    (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
    return false;
}
