/* ListReports: the reports of a call for its officials, by state, or those that are late; without what is written in them. */
#include "common/base/workday.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/call_page.h"
#include "services/funding/handler/cases.h"

enum err list_reports_needs(struct job *job, struct workset *w)
{
    const Funding__ListReportsRequest *request = (const Funding__ListReportsRequest *)job->message;
    struct call_page page;
    const enum err err =
        call_page_want(job, w, &request->call_id, (int)request->state, REPORT_NOT_NEEDED, request->page_token, request->page_size, &page);

    if (err == ERR_OK) {
        struct report_ask *ask = report_want_page(w, job, page.call_id);
        ask->state = page.state;
        ask->late = request->late ? obligations_passed(helsinki_day(w->now_us)) : NO_DAY;
        ask->after = page.after;
        ask->limit = page.limit;
    }
    return err;
}

void list_reports_decide(struct job *job, struct workset *w)
{
    const struct report_ask *found = report_asked(w, job);
    const size_t rows = call_page_rows(found->count, found->limit);
    Funding__ReportList *list = arena_alloc(job->arena, sizeof *list);

    if (!call_page_seen(job, w))
        return;
    funding__report_list__init(list);
    list->reports = arena_array(job->arena, rows + 1, sizeof *list->reports);
    while (list->n_reports < rows) {
        list->reports[list->n_reports] = report_message(job->arena, &found->rows[list->n_reports]);
        list->n_reports++;
    }
    list->next_page_token = call_page_token(job, found->count, found->limit, rows > 0 ? &found->rows[rows - 1].report.id : NULL);
    job_answer(job, &list->base, 0);
}
