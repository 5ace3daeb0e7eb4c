/* Cancel: gives up a place, a held or an offered seat, or a waiting-list place; oneself; or with a reason a coordinator, or the leader of
 * the team it came with, since whom a leader listed may have no account. The history says who did it. Repeating it is harmless: what is
 * cancelled is answered as it is; but who transferred has a place still, in another registration, and is told so. A freed seat goes on at
 * once; leaving the waiting list frees none and promotes nobody.
 */
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/store/team.h"

enum err cancel_needs(struct job *job, struct workset *w)
{
    const Enrolment__CancelRequest *request = (const Enrolment__CancelRequest *)job->message;
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "registrationId", &request->registration_id, &id);
    if (err == ERR_OK)
        err = check_text(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err != ERR_OK)
        return err;
    workset_lock_of_registration(w, id);
    if (!check_is_staff(job))
        team_want_leader(w, job, id);
    workset_want_promotions(w, 1);
    return ERR_OK;
}

void cancel_decide(struct job *job, struct workset *w)
{
    const Enrolment__CancelRequest *request = (const Enrolment__CancelRequest *)job->message;
    struct uuid id;

    if (check_id(job, "registrationId", &request->registration_id, &id) != ERR_OK)
        return;
    struct registration *r = workset_registration(w, id);
    struct implementation *i = r != NULL && !r->forgotten ? workset_implementation(w, r->implementation) : NULL;
    if (i == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!check_may_see(job, r->person) && !team_leads(w, job, job->actor)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const bool own = uuid_compare(job->actor, r->person) == 0;
    if (!own && *request->reason == '\0') {
        (void)fail_missing(job, "reason");
        return;
    }
    if (r->state == REGISTRATION_TRANSFERRED) {
        (void)refuse(job, REFUSAL_CANCEL_TRANSFERRED);
        return;
    }
    if (registration_active(r))
        registration_end(w, job, i, r, own ? ENROLMENT__CAUSE__CAUSE_GIVEN_UP : ENROLMENT__CAUSE__CAUSE_REMOVED, job->actor,
                         request->reason);
    job_answer(job, &registration_kept(w, r)->base, r->version);
}
