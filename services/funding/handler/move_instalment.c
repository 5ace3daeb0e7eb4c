/* MoveInstalment: a preparer notes what has happened to an instalment: ordered (the account is written down as it stands in the
 * application now, or as its recipient has told it since), sent to the bank by another preparer than ordered it, paid (with the bank's
 * reference and the day), come back, cancelled. */
#include "common/base/workday.h"
#include "services/funding/domain/iban.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/content.h"
#include "services/funding/handler/settlement.h"
#include "services/funding/handler/tell_award.h"

#define REFERENCE_MAX 100
#define IBAN_MAX      50 /* with its spaces */

enum err move_instalment_needs(struct job *job, struct workset *w)
{
    const Funding__MoveInstalmentRequest *request = (const Funding__MoveInstalmentRequest *)job->message;
    const enum instalment_state to = (enum instalment_state)request->state;
    struct uuid id, instalment;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err = check_id(job, "instalmentId", &request->instalment_id, &instalment);
    if (err == ERR_OK)
        err = check_range(job, "state", (int64_t)request->state, INSTALMENT_ORDERED, INSTALMENT_CAME_BACK);
    if (err == ERR_OK)
        err = check_text(job, "reference", request->reference, to == INSTALMENT_PAID ? 1 : 0, REFERENCE_MAX);
    if (err == ERR_OK && (to == INSTALMENT_PAID || *request->paid_on != '\0'))
        err = check_day(job, "paidOn", request->paid_on, NULL);
    if (err == ERR_OK)
        err = check_text(job, "iban", request->iban, 0, IBAN_MAX);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, to == INSTALMENT_CANCELLED || *request->iban != '\0' ? 1 : 0, CHECK_REASON_MAX);
    if (err == ERR_OK) {
        award_change_want(w, job, AWARD_BY_ID, id);
        (void)application_want(w, job, id, APPLICATION_READ, CONTENT_SUBMITTED);
    }
    return err;
}

/* Four eyes. What can be sent is ordered, so whoever moved it last has ordered it. */
static bool is_sent_by_another(struct job *job, const struct instalment *row, enum instalment_state to)
{
    if (to != INSTALMENT_SENT || uuid_compare(row->moved_by, job->actor) != 0)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.instalment.four-eyes", "state",
                   "Määräsit erän maksettavaksi: pyydä toista haun valmistelijaa lähettämään se",
                   "Du anvisade raten för betalning: be en annan beredare av utlysningen sända den",
                   "You ordered the instalment: ask another preparer of the call to send it");
    return false;
}

static bool may_move(struct job *job, const struct instalment *row, enum instalment_state to)
{
    if (machine_allows(MACHINE_INSTALMENT, (int)row->state, (int)to))
        return true;
    (void)job_fail(
        job, ERR_REFUSED, "funding.instalment.state", "state",
        "Erää ei voi siirtää tähän tilaan sen nykyisestä tilasta: järjestys on suunniteltu, määrätty maksettavaksi, lähetetty, maksettu",
        "Raten kan inte flyttas hit från sitt nuvarande tillstånd: ordningen är planerad, anvisad för betalning, sänd, betald",
        "The instalment cannot go there from where it is: the order is planned, ordered, sent, paid");
    job_fact(job, "from", machine_state(MACHINE_INSTALMENT, (int)row->state));
    job_fact(job, "to", machine_state(MACHINE_INSTALMENT, (int)to));
    return false;
}

/* What was planned beyond the use was cancelled when the final report was accepted; nothing else brings it back. */
static bool is_beyond(struct job *job, struct workset *w, const struct award *award, enum instalment_state to)
{
    const int64_t most = settlement_most(award->granted_cents, report_asked(w, job));

    if (to == INSTALMENT_CANCELLED || to == INSTALMENT_CAME_BACK || award->planned_cents <= most)
        return false;
    (void)job_fail(job, ERR_REFUSED, "funding.instalment.over-used", "state",
                   "Loppuselvitys on hyväksytty, ja eriä on enemmän kuin avustusta on käytetty: peruuta erä",
                   "Slutredovisningen är godkänd, och raterna är mera än vad som har använts: annullera raten",
                   "The final report is accepted, and the instalments are more than was used: cancel the instalment");
    fact_number(job, "usedCents", (uint64_t)most);
    fact_number(job, "plannedCents", (uint64_t)award->planned_cents);
    return true;
}

static bool fill_paid(struct job *job, struct instalment *row, const Funding__MoveInstalmentRequest *request, int64_t today)
{
    int64_t day;

    if (check_day(job, "paidOn", request->paid_on, &day) != ERR_OK)
        return false;
    if (day > today) {
        (void)job_fail(job, ERR_REFUSED, "funding.instalment.paid-on", "paidOn", "Maksupäivä on tulevaisuudessa: anna toteutunut päivä",
                       "Betalningsdagen är i framtiden: ange den verkliga dagen",
                       "The day of payment is in the future: give the day it was");
        return false;
    }
    row->paid_on = day;
    row->reference = request->reference;
    return true;
}

/* The account of the submitted application, unless its recipient has another one now: then the reason says how that is known. */
static bool fill_ordered(struct job *job, struct workset *w, struct instalment *row, const Funding__MoveInstalmentRequest *request)
{
    char iban[IBAN_TEXT];

    row->iban = *request->iban != '\0' ? request->iban : content_unpack(w->arena, application_asked(w, job)->submitted)->iban;
    if (*request->iban == '\0' || iban_read(iban, request->iban))
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.instalment.iban", "iban", "Tilinumero ei ole oikea IBAN: tarkista se saajalta",
                   "Kontonumret är inte ett riktigt IBAN: kontrollera det hos mottagaren",
                   "The account number is no valid IBAN: check it with the recipient");
    return false;
}

/* What goes with the state. False: the job was refused. */
static bool fill(struct job *job, struct workset *w, struct instalment *row, const Funding__MoveInstalmentRequest *request)
{
    switch ((enum instalment_state)request->state) {
    case INSTALMENT_PAID:
        return fill_paid(job, row, request, helsinki_day(w->now_us));
    case INSTALMENT_ORDERED:
        return fill_ordered(job, w, row, request);
    case INSTALMENT_SENT:
        if (*request->reference != '\0')
            row->reference = request->reference;
        return true;
    case INSTALMENT_PLANNED:
    case INSTALMENT_CANCELLED:
    case INSTALMENT_CAME_BACK:
        return true;
    }
    return true;
}

void move_instalment_decide(struct job *job, struct workset *w)
{
    const Funding__MoveInstalmentRequest *request = (const Funding__MoveInstalmentRequest *)job->message;
    const enum instalment_state to = (enum instalment_state)request->state;
    struct award *award = award_prepared(job, w);
    struct uuid id;

    if (award == NULL || !award_version(job, award) || check_id(job, "instalmentId", &request->instalment_id, &id) != ERR_OK)
        return;
    struct instalment *row = award_instalment(award, id);
    if (row == NULL) {
        (void)fail_absent(job, "instalmentId");
        return;
    }
    if ((to != INSTALMENT_CANCELLED && !award_is_accepted(job, award)) || !may_move(job, row, to) || !is_sent_by_another(job, row, to) ||
        is_beyond(job, w, award, to) || !fill(job, w, row, request))
        return;
    const struct grantee of = grantee_of(award);
    instalment_move(w, row, to, *request->reason != '\0' ? request->reason : machine_state(MACHINE_INSTALMENT, (int)to), job->actor);
    tell_instalment(w, job, &of, row);
    award_settle(job, w, award);
    award_answer(job, award);
}
