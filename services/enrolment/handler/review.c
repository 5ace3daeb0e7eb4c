/* Review: a coordinator looks at a registration that the rules left to a person, and accepts it, accepts it on a condition, or rejects it.
 * The place in order was taken when it was made; a rejected one is cancelled and its seat goes on. What was accepted on a condition can be
 * decided again; what was accepted or rejected cannot. */
#include "services/enrolment/domain/review.h"

#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/settle.h"
#include "services/enrolment/handler/tell_by_hand.h"
#include "services/enrolment/handler/staff_registration.h"
#include "services/enrolment/store/change.h"

#define ACCEPT    ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT
#define CONDITION ENROLMENT__REVIEW_REQUEST__DECISION__ACCEPT_ON_CONDITION
#define REJECT    ENROLMENT__REVIEW_REQUEST__DECISION__REJECT

static const char *const DECISIONS[] = {"ACCEPT", "ACCEPT_ON_CONDITION", "REJECT", NULL};
static const char *const STATES[] = {[REVIEW_NOT_NEEDED] = "not needed",
                                     [REVIEW_UNREVIEWED] = "unreviewed",
                                     [REVIEW_CONDITIONAL] = "accepted on a condition",
                                     [REVIEW_ACCEPTED] = "accepted"};

static enum err check_decision(struct job *job, const Enrolment__ReviewRequest *request)
{
    if (request->decision == ENROLMENT__REVIEW_REQUEST__DECISION__NONE)
        return fail_missing(job, "decision");
    if (request->decision != ACCEPT && request->decision != CONDITION && request->decision != REJECT)
        return fail_word(job, "decision", "", DECISIONS);
    return check_text(job, "reason", request->reason, request->decision == ACCEPT ? 0 : 1, CHECK_REASON_MAX);
}

enum err review_needs(struct job *job, struct workset *w)
{
    const Enrolment__ReviewRequest *request = (const Enrolment__ReviewRequest *)job->message;
    enum err err = staff_registration_needs(job, w, &request->registration_id);

    if (err == ERR_OK)
        err = check_decision(job, request);
    if (err != ERR_OK)
        return err;
    workset_want_promotions(w, 1);
    settle_want(w, &request->registration_id);
    return ERR_OK;
}

static void accept_it(struct job *job, struct workset *w, struct registration *r, const Enrolment__ReviewRequest *request)
{
    r->review = request->decision == ACCEPT ? REVIEW_ACCEPTED : REVIEW_CONDITIONAL;
    r->condition = request->decision == ACCEPT ? "" : request->reason;
    r->version++;
    r->changed = true;
    workset_changed(w, r);
    tell_reviewed(w, job, r, request->reason);
    settle_completed(w, job, workset_programme(w, r->programme), r); /* everything may have been done while it waited for review */
}

void review_decide(struct job *job, struct workset *w)
{
    const Enrolment__ReviewRequest *request = (const Enrolment__ReviewRequest *)job->message;
    struct implementation *i = NULL;
    struct registration *r = staff_registration(job, w, &request->registration_id, &i);

    if (r == NULL)
        return;
    if (!review_open(r)) {
        (void)refuse(job, REFUSAL_REVIEW_NOT_OPEN);
        job_fact(job, "review", STATES[r->review]);
        return;
    }
    const char *was = STATES[r->review];
    if (request->decision == REJECT)
        registration_end(w, job, i, r, ENROLMENT__CAUSE__CAUSE_REJECTED, job->actor, request->reason);
    else
        accept_it(job, w, r, request);
    change_add(w, job, i->programme, "registration.review", was, request->decision == REJECT ? "rejected" : STATES[r->review],
               request->reason, r->id);
    job_answer(job, &registration_kept(w, r)->base, r->version);
}
