/* WaiveObligation: a decision-maker of the call lets a recipient off a report, with a reason. */
#include "common/base/workday.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/tell_award.h"

enum err waive_obligation_needs(struct job *job, struct workset *w)
{
    const Funding__WaiveObligationRequest *request = (const Funding__WaiveObligationRequest *)job->message;
    struct uuid id, obligation;
    enum err err = who_decides(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err = check_id(job, "obligationId", &request->obligation_id, &obligation);
    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_ID, id);
    return err;
}

static bool may_waive(struct job *job, const struct obligation *obligation)
{
    if (obligation == NULL) {
        (void)fail_absent(job, "obligationId");
        return false;
    }
    if (obligation_waivable(obligation->kind) && machine_allows(MACHINE_OBLIGATION, (int)obligation->state, OBLIGATION_WAIVED))
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.obligation.not-waivable", "obligationId",
                   "Vain odotetun tai täydennettävän selvityksen voi jättää vaatimatta: takaisinmaksusta päätetään perinnässä",
                   "Bara en redovisning som väntas eller ska kompletteras kan efterges: om återbetalning beslutas i återkravet",
                   "Only a report that is awaited or to be supplemented can be waived: a repayment is waived with its recovery");
    job_fact(job, "state", machine_state(MACHINE_OBLIGATION, (int)obligation->state));
    return false;
}

void waive_obligation_decide(struct job *job, struct workset *w)
{
    const Funding__WaiveObligationRequest *request = (const Funding__WaiveObligationRequest *)job->message;
    struct award *award = award_decided(job, w);
    struct uuid id;

    if (award == NULL || !award_is_accepted(job, award) || check_id(job, "obligationId", &request->obligation_id, &id) != ERR_OK)
        return;
    struct obligation_ask *all = obligation_asked(w, job);
    struct obligation *obligation = obligation_with(all->rows, all->count, id);
    if (!may_waive(job, obligation))
        return;
    struct report_row *report = report_of(report_asked(w, job), obligation->kind == OBLIGATION_INTERIM ? REPORT_INTERIM : REPORT_FINAL);
    obligation_move(w, obligation, OBLIGATION_WAIVED, request->reason, job->actor);
    tell_obligation_ended(w, job, award->call_id, obligation);
    if (report != NULL && report_writable(report->report.state))
        report_move(w, report, REPORT_NOT_NEEDED, request->reason, job->actor);
    award_settle(job, w, award);
    job_answer(job, &obligations_message(w->arena, all, helsinki_day(w->now_us))->base, 0);
}
