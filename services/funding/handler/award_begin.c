/* See award_begin.h. */
#include "services/funding/handler/award_begin.h"

#include "common/work/check.h"
#include "services/funding/domain/report.h"
#include "services/funding/handler/tell_award.h"
#include "services/funding/store/award.h"
#include "services/funding/store/obligation.h"
#include "services/funding/store/report.h"

static void set_obligation(struct workset *w, const struct job *job, const struct grantee *of, enum obligation_kind kind, int64_t due_on)
{
    const struct obligation obligation = {
        .id = uuid_v7(w->now_us), .award_id = of->application_id, .kind = kind, .due_on = due_on, .state = OBLIGATION_OPEN};

    if (due_on == NO_DAY)
        return;
    obligation_add(w, &obligation, "decision", job->actor);
    tell_obligation_set(w, job, of, &obligation);
}

static void await_report(struct workset *w, const struct job *job, const struct grantee *of, enum report_kind kind, int64_t due_on)
{
    const struct report report = {
        .id = uuid_v7(w->now_us), .award_id = of->application_id, .kind = kind, .due_on = due_on, .state = REPORT_AWAITED};

    if (due_on == NO_DAY)
        return;
    report_add(w, &report, "decision", job->actor);
    set_obligation(w, job, of, report_obligation(kind), due_on);
}

void award_begin(struct workset *w, const struct job *job, const struct application *a, const struct call *call, int64_t answer_until,
                 const struct planned_instalment *plan, size_t count)
{
    const struct grantee of = grantee_of_application(a);

    for (size_t i = 0; i < count; i++) {
        const struct instalment instalment = {
            .id = uuid_v7(w->now_us), .n = (int32_t)i + 1, .cents = plan[i].cents, .due_on = plan[i].due_on, .state = INSTALMENT_PLANNED};
        instalment_add(w, a->id, &instalment, "decision", job->actor);
    }
    set_obligation(w, job, &of, OBLIGATION_ANSWER, answer_until);
    await_report(w, job, &of, REPORT_INTERIM, call->interim_due);
    await_report(w, job, &of, REPORT_FINAL, call->final_due);
}

/* --- corrections ------------------------------------------------------------------------------------------------------- */
void award_correct_want(struct workset *w, const struct job *job, struct uuid application_id)
{
    award_want(w, job, AWARD_BY_ID, application_id, AWARD_LOCK);
    report_want(w, job, REPORTS_OF_AWARD, application_id);
    obligation_want(w, job, OBLIGATIONS_OF_AWARD, application_id);
}

bool award_correctable(struct job *job, struct workset *w, int64_t cents)
{
    const struct award *award = award_found(w, job);

    if (award == NULL || (award->state == AWARD_ANNULLED && cents == 0))
        return true;
    if (award->state != AWARD_OFFERED && award->state != AWARD_ACCEPTED) {
        (void)job_fail(job, ERR_REFUSED, "funding.award.ended", NULL, "Avustus on päättynyt: sen päätöstä ei voi enää korjata",
                       "Understödet har upphört: beslutet kan inte längre rättas",
                       "The grant has ended: its decision cannot be corrected any more");
        job_fact(job, "state", machine_state(MACHINE_AWARD, (int)award->state));
        return false;
    }
    const int64_t done = instalments_sum(award->instalments, award->instalment_count, false);
    if (done <= cents)
        return true;
    (void)job_fail(
        job, ERR_REFUSED, "funding.award.paid-more", NULL,
        "Eriä on maksettu tai määrätty maksettavaksi enemmän kuin korjattu määrä: peruuta ensin määrätyt erät. Maksettua ei "
        "vähennetä päätöstä korjaamalla, vaan se peritään takaisin",
        "Rater har betalats eller anvisats för betalning till mera än det rättade beloppet: annullera först de anvisade raterna. "
        "Det som har betalats minskas inte genom rättelse utan återkrävs",
        "More is paid or ordered than the corrected amount: cancel the ordered instalments first. What was paid is not lowered by "
        "a correction, it is recovered");
    fact_number(job, "doneCents", (uint64_t)done);
    fact_number(job, "paidCents", (uint64_t)award->paid_cents);
    return false;
}

static void annul(struct workset *w, const struct job *job, const struct award *award)
{
    struct obligation_ask *obligations = obligation_asked(w, job);
    const struct report_ask *reports = report_asked(w, job);

    for (size_t i = 0; i < obligations->count; i++)
        if (obligations->rows[i].state == OBLIGATION_OPEN) {
            obligation_move(w, &obligations->rows[i], OBLIGATION_WAIVED, "the grant was taken away by a correction", job->actor);
            tell_obligation_ended(w, job, award->call_id, &obligations->rows[i]);
        }
    for (size_t i = 0; i < reports->count; i++)
        if (report_writable(reports->rows[i].report.state))
            report_move(w, &reports->rows[i], REPORT_NOT_NEEDED, "the grant was taken away by a correction", job->actor);
}

static void plan_anew(struct workset *w, const struct job *job, const struct award *award, const struct planned_instalment *plan,
                      size_t count)
{
    const int32_t first = instalments_next(award->instalments, award->instalment_count);

    for (size_t i = 0; i < count; i++) {
        const struct instalment instalment = {.id = uuid_v7(w->now_us),
                                              .n = first + (int32_t)i,
                                              .cents = plan[i].cents,
                                              .due_on = plan[i].due_on,
                                              .state = INSTALMENT_PLANNED,
                                              .paid_on = NO_DAY};
        instalment_add(w, award->id, &instalment, "correction", job->actor);
    }
}

void award_corrected(struct workset *w, const struct job *job, int64_t cents, int64_t answer_until, const struct planned_instalment *plan,
                     size_t count)
{
    const struct award *award = award_found(w, job);

    if (award == NULL)
        return;
    if (cents == 0) {
        annul(w, job, award);
        return;
    }
    plan_anew(w, job, award, plan, count);
    struct obligation_ask *obligations = obligation_asked(w, job);
    struct obligation *answer = obligation_of(obligations->rows, obligations->count, OBLIGATION_ANSWER);
    const struct grantee of = grantee_of(award);
    if (award->state == AWARD_OFFERED && answer != NULL && answer_until != NO_DAY && answer->due_on != answer_until) {
        answer->due_on = answer_until;
        obligation_put(w, answer);
        tell_obligation_set(w, job, &of, answer);
    }
}
