/* ListAwards: the grants of a call for its officials, by state where they ask; without instalments and recoveries. */
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/page.h"

enum err list_awards_needs(struct job *job, struct workset *w)
{
    const Funding__ListAwardsRequest *request = (const Funding__ListAwardsRequest *)job->message;
    struct uuid call_id, after;
    uint32_t size;
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = check_id(job, "callId", &request->call_id, &call_id);
    if (err == ERR_OK)
        err = check_range(job, "state", (int64_t)request->state, 0, AWARD_ANNULLED);
    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &size);
    if (err == ERR_OK) {
        struct award_ask *ask = award_want_page(w, job, call_id);
        ask->state = (int)request->state;
        ask->after = after;
        ask->limit = (int32_t)size + 1;
        (void)call_want(w, job, CALL_BY_ID, call_id, CALL_READ);
    }
    return err;
}

void list_awards_decide(struct job *job, struct workset *w)
{
    const struct award_ask *found = award_asked(w, job);
    const struct call *call = call_found(w, job);
    Funding__AwardList *list = arena_alloc(job->arena, sizeof *list);
    const size_t limit = (size_t)found->limit - 1;

    if (call == NULL || !official_sees(job, call)) {
        (void)job_fail(job, call == NULL ? ERR_NOT_FOUND : ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    funding__award_list__init(list);
    list->awards = arena_array(job->arena, found->count + 1, sizeof *list->awards);
    while (list->n_awards < found->count && list->n_awards < limit) {
        list->awards[list->n_awards] = award_message(job->arena, &found->rows[list->n_awards]);
        list->n_awards++;
    }
    if (found->count > limit)
        list->next_page_token = page_token(job->arena, span_of(found->rows[limit - 1].id.b, sizeof found->rows->id.b));
    job_answer(job, &list->base, 0);
}
