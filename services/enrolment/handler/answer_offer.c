/* AnswerOffer: who was offered a seat takes it, declines it (and leaves), or lets it pass on and waits on behind all who wait now. In
 * time is by arrival at the gateway: reply_due_us is the first moment too late. An answer given already is answered as it is. */
#include "services/enrolment/domain/place.h"
#include "services/enrolment/domain/promotion.h"
#include "services/enrolment/handler/cases.h"
#include "services/enrolment/handler/check.h"
#include "services/enrolment/handler/convert.h"
#include "services/enrolment/handler/newcomer.h"
#include "services/enrolment/handler/own_registration.h"
#include "services/enrolment/handler/release.h"
#include "services/enrolment/handler/tell.h"

enum err answer_offer_needs(struct job *job, struct workset *w)
{
    static const char *const WORDS[] = {"ACCEPT", "DECLINE", "PASS", NULL};
    const Enrolment__AnswerOfferRequest *request = (const Enrolment__AnswerOfferRequest *)job->message;
    struct uuid id;
    enum err err = own_registration_needs(job, w, &request->registration_id, &id);

    if (err != ERR_OK)
        return err;
    workset_query(w, job, QUERY_LAST_MOVE, 1)->id = id;
    workset_want_promotions(w, 1);
    switch (request->answer) {
    case ENROLMENT__ANSWER_OFFER_REQUEST__KIND__NONE:
        return fail_missing(job, "answer");
    case ENROLMENT__ANSWER_OFFER_REQUEST__KIND__ACCEPT:
    case ENROLMENT__ANSWER_OFFER_REQUEST__KIND__DECLINE:
    case ENROLMENT__ANSWER_OFFER_REQUEST__KIND__PASS:
        return ERR_OK;
    case _ENROLMENT__ANSWER_OFFER_REQUEST__KIND_IS_INT_SIZE:
        break;
    }
    return fail_word(job, "answer", "", WORDS); /* a number this version does not know */
}

static void take_seat(struct job *job, struct workset *w, struct implementation *i, struct registration *r)
{
    struct move move = place_move(i, r, REGISTRATION_SEATED, w->now_us);

    move.actor = job->actor;
    workset_moved(w, r, &move);
    tell_accepted(w, job, i, r);
}

static bool pass_on(struct job *job, struct workset *w, struct implementation *i, struct registration *r)
{
    if (!promotion_can_pass(i)) {
        (void)refuse(job, REFUSAL_OFFER_NOBODY_ELSE);
        return false;
    }
    struct move move = place_move(i, r, REGISTRATION_QUEUED, w->now_us);
    move.actor = job->actor;
    workset_moved(w, r, &move);
    promote(w, job, i->programme); /* first, so that the position told is the one it has when this is done */
    r->position = i->waiting;      /* behind all who wait */
    tell_offer_passed(w, job, i, r);
    return true;
}

static enum registration_state state_after(Enrolment__AnswerOfferRequest__Kind answer)
{
    if (answer == ENROLMENT__ANSWER_OFFER_REQUEST__KIND__ACCEPT)
        return REGISTRATION_SEATED;
    return answer == ENROLMENT__ANSWER_OFFER_REQUEST__KIND__DECLINE ? REGISTRATION_CANCELLED : REGISTRATION_QUEUED;
}

/* The last that happened to it was that an offer ended as this answer would end one. A seat that never was offered is not accepted. */
static bool answered_before(const struct job *job, const struct workset *w, const struct registration *r,
                            Enrolment__AnswerOfferRequest__Kind answer)
{
    const struct move *last = workset_last_move(w, job, r);

    return last != NULL && last->from == REGISTRATION_OFFERED && last->to == state_after(answer);
}

static bool decided(struct job *job, struct workset *w, struct implementation *i, struct registration *r,
                    Enrolment__AnswerOfferRequest__Kind answer)
{
    if (r->state != REGISTRATION_OFFERED) {
        (void)refuse(job, REFUSAL_OFFER_NONE);
        return false;
    }
    if (registration_lapsed(r, arrival_us(job, w))) {
        (void)refuse(job, REFUSAL_OFFER_OVER);
        fact_time(job, "replyDueAt", r->reply_due_us);
        return false;
    }
    if (answer == ENROLMENT__ANSWER_OFFER_REQUEST__KIND__PASS)
        return pass_on(job, w, i, r);
    if (answer == ENROLMENT__ANSWER_OFFER_REQUEST__KIND__DECLINE)
        registration_end(w, job, i, r, ENROLMENT__CAUSE__CAUSE_OFFER_DECLINED, job->actor, "");
    else
        take_seat(job, w, i, r);
    return true;
}

void answer_offer_decide(struct job *job, struct workset *w)
{
    const Enrolment__AnswerOfferRequest *request = (const Enrolment__AnswerOfferRequest *)job->message;
    struct implementation *i = NULL;
    struct registration *r = own_registration(job, w, &request->registration_id, &i);

    if (r != NULL && (answered_before(job, w, r, request->answer) || decided(job, w, i, r, request->answer)))
        job_answer(job, &registration_message(w, r)->base, r->version);
}
