/* ReviewReport: two different preparers of the call look at a report. One verifies its content, another accepts its money; either may
 * return it instead, with words and a new day. Accepting the final report settles the grant: no more is paid than was used, and what was
 * paid beyond that is to come back (settlement.h); when nothing else of the award waits, it closes. */
#include "common/base/workday.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/report_content.h"
#include "services/funding/handler/settlement.h"
#include "services/funding/handler/tell_award.h"

#define WORDS_MAX 4000
#define DAYS_MAX  366

enum err review_report_needs(struct job *job, struct workset *w)
{
    const Funding__ReviewReportRequest *request = (const Funding__ReviewReportRequest *)job->message;
    const bool back = request->step == FUNDING__REVIEW_STEP__REVIEW_RETURN;
    struct uuid id;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_id(job, "reportId", &request->report_id, &id);
    if (err == ERR_OK)
        err = check_range(job, "step", (int64_t)request->step, FUNDING__REVIEW_STEP__REVIEW_VERIFY, FUNDING__REVIEW_STEP__REVIEW_RETURN);
    if (err == ERR_OK)
        err = check_lines(job, "words", request->words, back ? 1 : 0, WORDS_MAX);
    if (err == ERR_OK && back)
        err = check_day(job, "dueOn", request->due_on, NULL);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_REPORT, id);
    return err;
}

static enum report_state state_after(Funding__ReviewStep step)
{
    return step == FUNDING__REVIEW_STEP__REVIEW_VERIFY   ? REPORT_VERIFIED
           : step == FUNDING__REVIEW_STEP__REVIEW_ACCEPT ? REPORT_ACCEPTED
                                                         : REPORT_TO_SUPPLEMENT;
}

static bool may_move(struct job *job, const struct report *report, enum report_state to)
{
    if (!machine_allows(MACHINE_REPORT, (int)report->state, (int)to)) {
        (void)job_fail(job, ERR_REFUSED, "funding.report.step", "step",
                       "Selvitys ei ole siinä vaiheessa: ensin tarkastetaan sisältö, sitten hyväksytään varojen käyttö",
                       "Redovisningen är inte i det skedet: först granskas innehållet, sedan godkänns användningen av medlen",
                       "The report is not at that step: first its content is verified, then its money accepted");
        job_fact(job, "state", machine_state(MACHINE_REPORT, (int)report->state));
        return false;
    }
    if (to != REPORT_ACCEPTED || uuid_compare(report->verified_by, job->actor) != 0)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.report.same-reviewer", NULL,
                   "Tarkastit selvityksen sisällön: pyydä toista valmistelijaa hyväksymään varojen käyttö",
                   "Du granskade redovisningens innehåll: be en annan beredare godkänna användningen av medlen",
                   "You verified the content: ask another preparer to accept the money");
    return false;
}

/* With its final report the grant is settled (settlement.h): refused before anything changes. */
static bool is_unsettled(struct job *job, const struct award *award, const struct report *report, enum report_state to)
{
    return to == REPORT_ACCEPTED && report->kind == REPORT_FINAL && settlement_refused(job, award, report);
}

static bool due_day(struct job *job, struct workset *w, const Funding__ReviewReportRequest *request, int64_t *due_on)
{
    const int64_t today = helsinki_day(w->now_us);

    if (check_day(job, "dueOn", request->due_on, due_on) != ERR_OK)
        return false;
    if (*due_on >= today && *due_on <= today + DAYS_MAX)
        return true;
    (void)job_fail(job, ERR_INVALID, "funding.report.due", "dueOn", "Anna päivä tästä päivästä vuoden päähän",
                   "Ange en dag från i dag till ett år framåt", "Give a day between today and a year from now");
    return false;
}

/* What goes with the state. False: the job was refused. */
static bool fill(struct job *job, struct workset *w, const struct award *award, struct report *report,
                 const Funding__ReviewReportRequest *request)
{
    switch (state_after(request->step)) {
    case REPORT_VERIFIED:
        report->verified_by = job->actor;
        return true;
    case REPORT_ACCEPTED:
        report->accepted_by = job->actor;
        return true;
    case REPORT_TO_SUPPLEMENT:
        if (!due_day(job, w, request, &report->due_on))
            return false;
        report->verified_by = (struct uuid){{0}};
        award_reopen(w, job, award, report_obligation(report->kind), report->due_on, request->words);
        return true;
    case REPORT_AWAITED:
    case REPORT_SUBMITTED:
    case REPORT_NOT_NEEDED:
        return true;
    }
    return true;
}

void review_report_decide(struct job *job, struct workset *w)
{
    const Funding__ReviewReportRequest *request = (const Funding__ReviewReportRequest *)job->message;
    const enum report_state to = state_after(request->step);
    struct award *award = award_prepared(job, w);
    struct uuid id;

    if (award == NULL || check_id(job, "reportId", &request->report_id, &id) != ERR_OK)
        return;
    struct report_row *row = report_with(report_asked(w, job), id);
    if (row == NULL || (job->request->if_match != 0 && check_version(job, (uint64_t)row->report.version) != ERR_OK))
        return;
    if (!may_move(job, &row->report, to) || is_unsettled(job, award, &row->report, to) || !fill(job, w, award, &row->report, request))
        return;
    const struct grantee of = grantee_of(award);
    const int64_t days = report_content_days(w->arena, report_content_unpack(w->arena, row->content));
    report_move(w, row, to, *request->words != '\0' ? request->words : machine_state(MACHINE_REPORT, (int)to), job->actor);
    tell_report(w, job, &of, &row->report, request->words, days);
    if (to == REPORT_ACCEPTED && row->report.kind == REPORT_FINAL)
        settlement_make(job, w, award, &row->report);
    award_settle(job, w, award);
    report_answer(job, award, row, report_interim(report_asked(w, job)));
}
