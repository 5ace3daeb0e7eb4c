/* SetProgrammeCap: a coordinator sets the cap over all implementations. Never below what is taken; a raise promotes at once, by the
 * rule over all waiting lists. Each implementation's live view is told, since the cap bounds them all. */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell.h"
#include "services/enrolment/store/change.h"

enum err set_programme_cap_needs(struct job *job, struct workset *w)
{
    const Enrolment__SetProgrammeCapRequest *request = (const Enrolment__SetProgrammeCapRequest *)job->message;
    struct uuid id;
    enum err err = check_staff(job);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = check_id(job, "programmeId", &request->programme_id, &id);
    if (err == ERR_OK && request->seats_case != ENROLMENT__SET_PROGRAMME_CAP_REQUEST__SEATS_CAP)
        err = fail_missing(job, "cap");
    if (err == ERR_OK)
        err = check_range(job, "cap", request->cap, 0, PROGRAMME_SEATS_MAX);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err != ERR_OK)
        return err;
    workset_lock_programme(w, id);
    workset_want_units(w);
    workset_want_promotions(w, PROGRAMME_WAITING_MAX);
    return ERR_OK;
}

void set_programme_cap_decide(struct job *job, struct workset *w)
{
    const Enrolment__SetProgrammeCapRequest *request = (const Enrolment__SetProgrammeCapRequest *)job->message;
    struct uuid id;

    if (check_id(job, "programmeId", &request->programme_id, &id) != ERR_OK)
        return;
    struct programme *p = workset_programme(w, id);
    if (p == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (check_version(job, p->version) != ERR_OK)
        return;
    if (!capacity_allowed(request->cap, p->taken + p->reserved)) {
        (void)refuse_field(job, REFUSAL_CAPACITY_BELOW_TAKEN, "cap");
        fact_number(job, "taken", p->taken);
        fact_number(job, "reserved", p->reserved);
        return;
    }
    change_number(w, job, p, "cap", p->cap, request->cap, request->reason);
    p->cap = request->cap;
    p->version++;
    p->changed = true;
    for (size_t n = 0; n < p->implementation_count; n++)
        tell_capacity(w, job, &p->implementations[n], request->reason);
    promote(w, job, p);
    tell_programme(w, job, p);
    job_answer(job, &programme_message(w, p)->base, p->version);
}
