/* SaveReport: the lead writes a report, and hands it in with `submit`. Until then it may be unfinished; handing in meets the obligation, on
 * time or late. */
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/report_content.h"
#include "services/funding/handler/tell_award.h"

enum err save_report_needs(struct job *job, struct workset *w)
{
    const Funding__SaveReportRequest *request = (const Funding__SaveReportRequest *)job->message;
    struct uuid id;
    enum err err = who_applies(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &request->application_id, &id);
    if (err == ERR_OK)
        err = check_range(job, "kind", (int64_t)request->kind, REPORT_INTERIM, REPORT_FINAL);
    if (err == ERR_OK && request->content == NULL)
        err = fail_missing(job, "content");
    if (err == ERR_OK)
        err = report_content_check(job, request->content);
    if (err == ERR_OK)
        award_change_want(w, job, AWARD_BY_ID, id);
    return err;
}

static bool is_writable(struct job *job, const struct report_row *row)
{
    if (row == NULL)
        (void)job_fail(job, ERR_REFUSED, "funding.report.none", "kind", "Tätä selvitystä ei ole pyydetty", "Denna redovisning begärs inte",
                       "No report of this kind is asked for");
    else if (!report_writable(row->report.state)) {
        (void)job_fail(job, ERR_REFUSED, "funding.report.state", NULL,
                       "Selvitys on jo annettu: sitä voi muuttaa vain, kun se on palautettu täydennettäväksi",
                       "Redovisningen har redan lämnats: den kan ändras bara om den återsänds för komplettering",
                       "The report is handed in: it can be changed only when it is returned to be supplemented");
        job_fact(job, "state", machine_state(MACHINE_REPORT, (int)row->report.state));
    } else
        return true;
    return false;
}

static bool is_too_big(struct job *job, struct span content)
{
    return content.len > REPORT_BYTES_MAX && check_range(job, "content", (int64_t)content.len, 0, REPORT_BYTES_MAX) != ERR_OK;
}

static void hand_in(struct job *job, struct workset *w, struct award *award, struct report_row *row, const Funding__ReportContent *content)
{
    const struct grantee of = grantee_of(award);

    row->report.submitted_us = job->request->received_us;
    report_move(w, row, REPORT_SUBMITTED, "handed in", job->actor);
    tell_report(w, job, &of, &row->report, "", report_content_days(w->arena, content));
    award_meet(w, job, award, report_obligation(row->report.kind), "handed in", job->actor);
    award_settle(job, w, award);
}

void save_report_decide(struct job *job, struct workset *w)
{
    const Funding__SaveReportRequest *request = (const Funding__SaveReportRequest *)job->message;
    struct award *award = award_owned(job, w);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);

    if (award == NULL || !award_is_accepted(job, award))
        return;
    struct report_row *row = report_of(report_asked(w, job), (enum report_kind)request->kind);
    if (!is_writable(job, row) || (job->request->if_match != 0 && check_version(job, (uint64_t)row->report.version) != ERR_OK))
        return;
    const struct report_content content = report_content_read(w->arena, request->content);
    const int64_t used = report_used(&content);
    if (request->submit)
        report_check(&content, award, row->report.kind, findings);
    row->content = report_content_pack(w->arena, request->content);
    if (findings_refuse(job, findings) || is_too_big(job, row->content))
        return;
    row->report.used_cents = used < 0 ? 0 : used;
    if (request->submit)
        hand_in(job, w, award, row, request->content);
    else
        report_save(w, row);
    report_answer(job, award, row, report_interim(report_asked(w, job)));
}
