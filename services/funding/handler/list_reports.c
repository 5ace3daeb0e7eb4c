/* ListReports: the reports of a call for its officials, by state, or those that are late; without what is written in them. */
#include "common/base/workday.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/page.h"

enum err list_reports_needs(struct job *job, struct workset *w)
{
    const Funding__ListReportsRequest *request = (const Funding__ListReportsRequest *)job->message;
    struct uuid call_id, after;
    uint32_t size;
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = check_id(job, "callId", &request->call_id, &call_id);
    if (err == ERR_OK)
        err = check_range(job, "state", (int64_t)request->state, 0, REPORT_NOT_NEEDED);
    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &size);
    if (err == ERR_OK) {
        struct report_ask *ask = report_want_page(w, job, call_id);
        ask->state = (int)request->state;
        ask->late = request->late ? helsinki_day(w->now_us) : NO_DAY;
        ask->after = after;
        ask->limit = (int32_t)size + 1;
        (void)call_want(w, job, CALL_BY_ID, call_id, CALL_READ);
    }
    return err;
}

void list_reports_decide(struct job *job, struct workset *w)
{
    const struct report_ask *found = report_asked(w, job);
    const struct call *call = call_found(w, job);
    Funding__ReportList *list = arena_alloc(job->arena, sizeof *list);
    const size_t limit = (size_t)found->limit - 1;

    if (call == NULL || !official_sees(job, call)) {
        (void)job_fail(job, call == NULL ? ERR_NOT_FOUND : ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    funding__report_list__init(list);
    list->reports = arena_array(job->arena, found->count + 1, sizeof *list->reports);
    while (list->n_reports < found->count && list->n_reports < limit) {
        list->reports[list->n_reports] = report_message(job->arena, &found->rows[list->n_reports]);
        list->n_reports++;
    }
    if (found->count > limit)
        list->next_page_token = page_token(job->arena, span_of(found->rows[limit - 1].report.id.b, sizeof found->rows->report.id.b));
    job_answer(job, &list->base, 0);
}
