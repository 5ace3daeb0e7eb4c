/* GetReport: a report with what is written in it: to its lead always, to officials of the call as it was handed in last. */
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"

enum err get_report_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "reportId", &((const Funding__GetReportRequest *)job->message)->report_id, &id);
    if (err == ERR_OK) {
        award_look_want(w, job, AWARD_BY_REPORT, id);
        report_want(w, job, REPORTS_ONE, id);
    }
    return err;
}

void get_report_decide(struct job *job, struct workset *w)
{
    const struct award *award = award_seen(job, w);
    struct report_row *row = report_found(w, job);

    if (award == NULL)
        return;
    if (uuid_compare(award->owner_id, job->actor) != 0 && report_writable(row->report.state)) {
        row->content = row->handed_in; /* what is being written is its writer's */
        row->report.used_cents = row->handed_in_cents;
    }
    report_answer(job, award, row, row->interim);
}
