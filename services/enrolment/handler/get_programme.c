/* GetProgramme: a programme with all its parts and live counters. Public. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/shared.h"

enum err get_programme_needs(struct job *job, struct workset *w)
{
    const Enrolment__GetProgrammeRequest *request = (const Enrolment__GetProgrammeRequest *)job->message;
    struct uuid id;
    const enum err err = check_id(job, "programmeId", &request->programme_id, &id);

    if (err != ERR_OK)
        return err;
    workset_see_programme(w, id);
    workset_want_units(w);
    return ERR_OK;
}

void get_programme_decide(struct job *job, struct workset *w)
{
    const Enrolment__GetProgrammeRequest *request = (const Enrolment__GetProgrammeRequest *)job->message;
    struct uuid id;

    if (check_id(job, "programmeId", &request->programme_id, &id) != ERR_OK || shared_answer(job, w, id, false))
        return;
    const struct programme *p = workset_programme(w, id);
    if (p == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    shared_keep(job, w, id, false, &programme_message(w, p)->base, p->version);
}
