/* Confirm: the form is filled, the held seat becomes one's own. Its number is the one the hold got. Confirming again answers the place as
 * it is, but takes no answers, which are set by SetAnswers then; a hold that ended, by its time or given up, is gone, and one enrols anew.
 * What never was held, or is offered, is not confirmed. */
#include "services/enrolment/domain/place.h"
#include "services/enrolment/handler/answers.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/newcomer.h"
#include "services/enrolment/handler/own_registration.h"
#include "services/enrolment/handler/tell.h"

enum err confirm_needs(struct job *job, struct workset *w)
{
    const Enrolment__ConfirmRequest *request = (const Enrolment__ConfirmRequest *)job->message;
    struct uuid id;

    return own_registration_needs(job, w, &request->registration_id, &id);
}

/* Makes a held seat a place, with its answers and its events. False: refused, it was held too long or the answers do not do. */
static bool hold_confirm(struct job *job, struct workset *w, struct implementation *i, struct registration *r)
{
    const Enrolment__ConfirmRequest *request = (const Enrolment__ConfirmRequest *)job->message;

    if (registration_lapsed(r, arrival_us(job, w))) {
        (void)refuse(job, REFUSAL_HOLD_OVER);
        return false;
    }
    if (answers_check(job, w, i->programme, request->answers, request->n_answers, "answers") != ERR_OK)
        return false;
    struct move move = place_move(i, r, REGISTRATION_SEATED, w->now_us);
    move.actor = job->actor;
    workset_moved(w, r, &move);
    answers_record(w, i->programme, r, request->answers, request->n_answers);
    tell_enrolled(w, job, i, r);
    return true;
}

/* Why a registration that is neither held nor confirmed has nothing to confirm. A hold that ended keeps the end it had. */
static enum refusal refusal_of(const struct registration *r, int64_t at_us)
{
    if (r->first_state != REGISTRATION_HELD || r->state != REGISTRATION_CANCELLED || r->reply_due_us == 0)
        return REFUSAL_HOLD_NONE;
    return at_us < r->reply_due_us ? REFUSAL_HOLD_GIVEN_UP : REFUSAL_HOLD_OVER;
}

void confirm_decide(struct job *job, struct workset *w)
{
    const Enrolment__ConfirmRequest *request = (const Enrolment__ConfirmRequest *)job->message;
    struct implementation *i = NULL;
    struct registration *r = own_registration(job, w, &request->registration_id, &i);

    if (r == NULL)
        return;
    const bool confirmed = r->first_state == REGISTRATION_HELD && r->state == REGISTRATION_SEATED;
    if (confirmed && request->n_answers > 0)
        (void)refuse(job, REFUSAL_HOLD_CONFIRMED);
    else if (!confirmed && r->state != REGISTRATION_HELD)
        (void)refuse(job, refusal_of(r, arrival_us(job, w)));
    else if (confirmed || hold_confirm(job, w, i, r))
        job_answer(job, &registration_message(w, r)->base, r->version);
}
