/* ListAwards: the grants of a call for its officials, by state where they ask; without instalments and recoveries. */
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/call_page.h"
#include "services/funding/handler/cases.h"

enum err list_awards_needs(struct job *job, struct workset *w)
{
    const Funding__ListAwardsRequest *request = (const Funding__ListAwardsRequest *)job->message;
    struct call_page page;
    const enum err err =
        call_page_want(job, w, &request->call_id, (int)request->state, AWARD_ANNULLED, request->page_token, request->page_size, &page);

    if (err == ERR_OK) {
        struct award_ask *ask = award_want_page(w, job, page.call_id);
        ask->state = page.state;
        ask->after = page.after;
        ask->limit = page.limit;
    }
    return err;
}

void list_awards_decide(struct job *job, struct workset *w)
{
    const struct award_ask *found = award_asked(w, job);
    const size_t rows = call_page_rows(found->count, found->limit);
    Funding__AwardList *list = arena_alloc(job->arena, sizeof *list);

    if (!call_page_seen(job, w))
        return;
    funding__award_list__init(list);
    list->awards = arena_array(job->arena, rows + 1, sizeof *list->awards);
    while (list->n_awards < rows) {
        list->awards[list->n_awards] = award_message(job->arena, &found->rows[list->n_awards]);
        list->n_awards++;
    }
    list->next_page_token = call_page_token(job, found->count, found->limit, rows > 0 ? &found->rows[rows - 1].id : NULL);
    job_answer(job, &list->base, 0);
}
