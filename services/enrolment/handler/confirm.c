/* Confirm: the form is filled, the held seat becomes one's own. Its number is the one the hold got. Confirming again answers the place as
 * it is; a hold that ended, by its time or given up, is gone, and one enrols anew. What never was held, or is offered, is not confirmed. */
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

void confirm_decide(struct job *job, struct workset *w)
{
    const Enrolment__ConfirmRequest *request = (const Enrolment__ConfirmRequest *)job->message;
    struct implementation *i = NULL;
    struct registration *r = own_registration(job, w, &request->registration_id, &i);

    if (r == NULL)
        return;
    const bool was_held = r->first_state == REGISTRATION_HELD, confirmed = was_held && r->state == REGISTRATION_SEATED;
    if (r->state != REGISTRATION_HELD && !confirmed) {
        (void)refuse(job, was_held && r->state == REGISTRATION_CANCELLED ? REFUSAL_HOLD_OVER : REFUSAL_HOLD_NONE);
        return;
    }
    if (confirmed || hold_confirm(job, w, i, r))
        job_answer(job, &registration_message(w, r)->base, r->version);
}
