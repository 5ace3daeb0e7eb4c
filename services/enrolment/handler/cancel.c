/* Cancel: gives a place or a waiting-list place up; oneself, or a coordinator with a reason. Repeating it is harmless: what is
 * cancelled is answered as it is. A freed seat goes on at once; leaving the waiting list frees none and promotes nobody. */
#include "services/enrolment/domain/place.h"
#include "services/enrolment/domain/promotion.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/tell.h"

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
    workset_want_promotions(w, 1);
    return ERR_OK;
}

void promote(struct workset *w, const struct job *job, struct programme *programme)
{
    struct implementation *i = NULL;

    for (struct registration *r = promotion_next(programme, &i); r != NULL; r = promotion_next(programme, &i)) {
        const struct move move = place_move(i, r, REGISTRATION_SEATED, w->now_us);
        workset_moved(w, r, &move);
        tell_promoted(w, job, i, r);
    }
}

void cancel_decide(struct job *job, struct workset *w)
{
    const Enrolment__CancelRequest *request = (const Enrolment__CancelRequest *)job->message;
    struct uuid id;

    if (check_id(job, "registrationId", &request->registration_id, &id) != ERR_OK)
        return;
    struct registration *r = workset_registration(w, id);
    struct implementation *i = r != NULL ? workset_implementation(w, r->implementation) : NULL;
    if (i == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!check_may_see(job, r->person)) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (uuid_compare(job->actor, r->person) != 0 && *request->reason == '\0') {
        (void)refuse(job, REFUSAL_REASON_MISSING);
        return;
    }
    if (registration_active(r)) {
        struct move move = place_move(i, r, REGISTRATION_CANCELLED, w->now_us);
        move.actor = job->actor;
        move.reason = request->reason;
        workset_moved(w, r, &move);
        tell_cancelled(w, job, i, r, &move);
        if (move.from == REGISTRATION_SEATED)
            promote(w, job, i->programme);
    }
    job_answer(job, &registration_message(w, r)->base, r->version);
}
