/* PutRecovery: money that comes back. A preparer proposes an amount, or mends what is proposed; a decision-maker orders it with a day to
 * pay by, or leaves it where it may be left (domain/recovery.h); a preparer marks it paid. */
#include "common/base/workday.h"
#include "services/funding/domain/money.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/follow_case.h"
#include "services/funding/handler/tell_award.h"

#define REASONS_MAX 1000 /* an award is answered with all its recoveries, and answers are bounded */

/* The state asked for; none is a proposal. */
static enum recovery_state state_of(const Funding__PutRecoveryRequest *request)
{
    return request->state == 0 ? RECOVERY_PROPOSED : (enum recovery_state)request->state;
}

static enum err check_proposal(struct job *job, const Funding__PutRecoveryRequest *request)
{
    enum err err = check_range(job, "kind", (int64_t)request->kind, RECOVERY_RETURN, RECOVERY_DISCRETIONARY);

    if (err == ERR_OK)
        err = check_range(job, "cents", request->cents, 1, MONEY_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "reasons", request->reasons, 1, REASONS_MAX);
    if (err == ERR_OK)
        err = check_day(job, "dueOn", request->due_on, NULL);
    return err;
}

/* A day, and what is said about it. */
static enum err check_step(struct job *job, const char *field, const char *day, const char *reasons)
{
    const enum err err = check_day(job, field, day, NULL);

    return err == ERR_OK ? check_lines(job, "reasons", reasons, 0, REASONS_MAX) : err;
}

static enum err check_fields(struct job *job, const Funding__PutRecoveryRequest *request)
{
    switch (state_of(request)) {
    case RECOVERY_PROPOSED:
        return check_proposal(job, request);
    case RECOVERY_ORDERED:
        return check_step(job, "dueOn", request->due_on, request->reasons);
    case RECOVERY_PAID:
        return check_step(job, "paidOn", request->paid_on, request->reasons);
    case RECOVERY_WAIVED:
        return check_lines(job, "reasons", request->reasons, 1, REASONS_MAX);
    }
    return check_range(job, "state", (int64_t)request->state, 0, RECOVERY_WAIVED);
}

enum err put_recovery_needs(struct job *job, struct workset *w)
{
    const Funding__PutRecoveryRequest *request = (const Funding__PutRecoveryRequest *)job->message;
    struct uuid id, recovery;
    enum err err = who_has(job, BUS__ROLE__ROLE_PREPARER | BUS__ROLE__ROLE_DECIDER);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err = check_id_or(job, "recoveryId", &request->recovery_id, (struct uuid){{0}}, &recovery);
    if (err == ERR_OK)
        err = check_fields(job, request);
    if (err == ERR_OK && uuid_is_nil(recovery) && state_of(request) != RECOVERY_PROPOSED)
        err = fail_missing(job, "recoveryId");
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_ID, id);
    return err;
}

/* --- a proposal -------------------------------------------------------------------------------------------------------- */
static bool fits(struct job *job, const struct award *award, const struct recovery *instead, int64_t cents)
{
    const int64_t others = recoveries_sum(award->recoveries, award->recovery_count) - (instead != NULL ? instead->cents : 0);

    if (award->recovery_count >= RECOVERIES_MAX && instead == NULL) {
        (void)job_fail(job, ERR_REFUSED, "funding.recovery.too-many", NULL, "Avustuksella on jo 50 perintää: muuta olemassa olevaa",
                       "Understödet har redan 50 återkrav: ändra ett befintligt",
                       "The grant has 50 recoveries already: change one of them");
        return false;
    }
    if (cents <= award->paid_cents - others)
        return true;
    (void)job_fail(
        job, ERR_REFUSED, "funding.recovery.over-paid", "cents", "Takaisin ei voi periä enempää kuin on maksettu: tarkista määrä",
        "Mera än vad som har betalats kan inte återkrävas: kontrollera beloppet", "No more can come back than was paid: check the amount");
    fact_number(job, "paidCents", (uint64_t)award->paid_cents);
    fact_number(job, "recoveredCents", (uint64_t)others);
    return false;
}

static bool is_proposed(struct job *job, const struct recovery *recovery)
{
    if (recovery->state == RECOVERY_PROPOSED)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.recovery.state", "state", "Perintä on jo määrätty tai päättynyt: sitä ei voi enää muuttaa",
                   "Återkravet har redan beslutats eller avslutats: det kan inte längre ändras",
                   "The recovery is ordered or over already: it cannot be changed any more");
    job_fact(job, "state", machine_state(MACHINE_RECOVERY, (int)recovery->state));
    return false;
}

static void fill_proposal(struct recovery *recovery, const Funding__PutRecoveryRequest *request)
{
    recovery->kind = (enum recovery_kind)request->kind;
    recovery->cents = request->cents;
    recovery->reasons = request->reasons;
    (void)day_parse(&recovery->due_on, span_text(request->due_on));
}

static bool propose(struct job *job, struct workset *w, struct award *award, struct recovery *recovery,
                    const Funding__PutRecoveryRequest *request)
{
    const struct grantee of = grantee_of(award);

    if ((recovery != NULL && !is_proposed(job, recovery)) || !fits(job, award, recovery, request->cents))
        return false;
    if (recovery != NULL) {
        fill_proposal(recovery, request);
        recovery_put(w, recovery);
        return true;
    }
    recovery = &award->recoveries[award->recovery_count++]; /* the array has room for one more (store/award.c) */
    *recovery = (struct recovery){.id = uuid_v7(w->now_us), .state = RECOVERY_PROPOSED, .paid_on = NO_DAY};
    fill_proposal(recovery, request);
    recovery_add(w, award->id, recovery, "proposed", job->actor);
    (void)tell_recovery(w, job, &of, recovery, recovery->reasons, NULL);
    return true;
}

/* --- its way ----------------------------------------------------------------------------------------------------------- */
static bool may_move(struct job *job, const struct recovery *recovery, enum recovery_state to)
{
    if (!machine_allows(MACHINE_RECOVERY, (int)recovery->state, (int)to)) {
        (void)job_fail(job, ERR_REFUSED, "funding.recovery.state", "state",
                       "Perintä ei voi siirtyä tähän tilaan: järjestys on ehdotettu, määrätty, maksettu",
                       "Återkravet kan inte flyttas hit: ordningen är föreslaget, beslutat, betalt",
                       "The recovery cannot go there from where it is: the order is proposed, ordered, paid");
        job_fact(job, "state", machine_state(MACHINE_RECOVERY, (int)recovery->state));
        return false;
    }
    if (to != RECOVERY_WAIVED || recovery_waivable(recovery->kind, recovery->cents))
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.recovery.not-small", "state",
                   "Perimättä voi jättää enintään 100 euroa (688/2001, 20 §), tai harkinnanvaraisen perinnän (22 §)",
                   "Högst 100 euro kan lämnas oåterkrävt (688/2001, 20 §), eller ett återkrav efter prövning (22 §)",
                   "At most 100 euros can be left (688/2001, section 20), or a discretionary recovery (section 22)");
    fact_number(job, "cents", (uint64_t)recovery->cents);
    return false;
}

static bool fill_days(struct job *job, struct workset *w, struct recovery *recovery, enum recovery_state to,
                      const Funding__PutRecoveryRequest *request)
{
    const int64_t today = helsinki_day(w->now_us);

    if (to == RECOVERY_ORDERED && (!day_parse(&recovery->due_on, span_text(request->due_on)) || recovery->due_on < today)) {
        (void)job_fail(job, ERR_REFUSED, "funding.recovery.due", "dueOn", "Anna eräpäivä, joka ei ole mennyt",
                       "Ange en förfallodag som inte har passerat", "Give a day to pay by that has not passed");
        return false;
    }
    if (to == RECOVERY_PAID && (!day_parse(&recovery->paid_on, span_text(request->paid_on)) || recovery->paid_on > today)) {
        (void)job_fail(job, ERR_REFUSED, "funding.recovery.paid-on", "paidOn", "Maksupäivä on tulevaisuudessa: anna toteutunut päivä",
                       "Betalningsdagen är i framtiden: ange den verkliga dagen",
                       "The day of payment is in the future: give the day it was");
        return false;
    }
    return true;
}

/* The decision says where to pay. */
static bool may_pay(struct job *job, const struct workset *w)
{
    const struct call *call = call_found(w, job);

    if (*call->payee != '\0' && *call->payee_iban != '\0')
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.recovery.no-payee", NULL,
                   "Haun tiedoissa ei ole tiliä, jolle palautus maksetaan: lisää maksun saaja ja tilinumero hakuun",
                   "Utlysningen har inget konto för återbetalningen: lägg till betalningsmottagare och kontonummer i utlysningen",
                   "The call has no account for the repayment: add the payee and the account to the call");
    return false;
}

static bool go_on(struct job *job, struct workset *w, struct award *award, struct recovery *recovery,
                  const Funding__PutRecoveryRequest *request)
{
    const enum recovery_state to = state_of(request);
    const struct grantee of = grantee_of(award);

    if (!may_move(job, recovery, to) || !fill_days(job, w, recovery, to, request) || (to == RECOVERY_ORDERED && !may_pay(job, w)))
        return false;
    struct follow_decision *document =
        to == RECOVERY_ORDERED
            ? follow_make(job, w, (struct follow_facts){.call = call_found(w, job), .award = award, .recovery = recovery})
            : NULL;
    if (to == RECOVERY_ORDERED && document == NULL)
        return false;
    recovery_move(w, recovery, to, *request->reasons != '\0' ? request->reasons : machine_state(MACHINE_RECOVERY, (int)to), job->actor);
    if (to == RECOVERY_ORDERED)
        award_owes(w, job, award, recovery);
    else
        award_owes_no_more(w, job, award, recovery);
    if (document == NULL) {
        (void)tell_recovery(w, job, &of, recovery, request->reasons, NULL);
        return true;
    }
    document->event_id =
        tell_recovery(w, job, &of, recovery, recovery->reasons, follow_file(w->arena, document, award->register_number, true));
    follow_decision_add(w, document);
    return true;
}

void put_recovery_decide(struct job *job, struct workset *w)
{
    const Funding__PutRecoveryRequest *request = (const Funding__PutRecoveryRequest *)job->message;
    const enum recovery_state to = state_of(request);
    const bool decides = to == RECOVERY_ORDERED || to == RECOVERY_WAIVED;
    struct award *award = decides ? award_decided(job, w) : award_prepared(job, w);
    struct uuid id;

    if (award == NULL || !award_version(job, award) || (award->state != AWARD_CLOSED && !award_is_accepted(job, award)))
        return; /* what an audit finds after the award was closed is recovered too */
    if (check_id_or(job, "recoveryId", &request->recovery_id, (struct uuid){{0}}, &id) != ERR_OK)
        return;
    struct recovery *recovery = award_recovery(award, id);
    if (recovery == NULL && (!uuid_is_nil(id) || to != RECOVERY_PROPOSED)) {
        (void)fail_absent(job, "recoveryId");
        return;
    }
    if (to == RECOVERY_PROPOSED ? !propose(job, w, award, recovery, request) : !go_on(job, w, award, recovery, request))
        return;
    award_settle(job, w, award);
    award_answer(job, award);
}
