/* ListCallObligations: what the recipients of a call have to do by when, for its officials: by state, or what is late. */
#include "common/base/workday.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/call_page.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/convert.h"

enum err list_call_obligations_needs(struct job *job, struct workset *w)
{
    const Funding__ListCallObligationsRequest *request = (const Funding__ListCallObligationsRequest *)job->message;
    struct call_page page;
    const enum err err =
        call_page_want(job, w, &request->call_id, (int)request->state, OBLIGATION_WAIVED, request->page_token, request->page_size, &page);

    if (err == ERR_OK) {
        struct obligation_ask *ask = obligation_want_page(w, job, page.call_id);
        ask->state = page.state;
        ask->today = request->late ? obligations_passed(helsinki_day(w->now_us)) : NO_DAY;
        ask->after = page.after;
        ask->limit = page.limit;
    }
    return err;
}

void list_call_obligations_decide(struct job *job, struct workset *w)
{
    struct obligation_ask *found = obligation_asked(w, job);
    const size_t all = found->count, rows = call_page_rows(all, found->limit);

    if (!call_page_seen(job, w))
        return;
    found->count = rows;
    Funding__ObligationList *list = obligations_message(job->arena, found, helsinki_day(w->now_us));
    for (size_t i = 0; i < rows; i++) {
        list->obligations[i]->application_id = convert_id(job->arena, found->rows[i].award_id);
        list->obligations[i]->register_number = convert_text(found->whose[i].register_number);
        list->obligations[i]->title = convert_text(found->whose[i].title);
    }
    list->next_page_token = call_page_token(job, all, found->limit, rows > 0 ? &found->rows[rows - 1].id : NULL);
    job_answer(job, &list->base, 0);
}
