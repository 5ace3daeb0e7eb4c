/* ListMyDecisions: those one has received, the newest first. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_message.h"
#include "services/funding/handler/page.h"

enum err list_my_decisions_needs(struct job *job, struct workset *w)
{
    const Funding__ListMyDecisionsRequest *request = (const Funding__ListMyDecisionsRequest *)job->message;
    struct uuid after;
    uint32_t size;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &size);
    if (err == ERR_OK) {
        struct decision_ask *ask = decision_want_owner(w, job, job->actor);
        ask->after = after;
        ask->limit = (int32_t)size + 1;
    }
    return err;
}

void list_my_decisions_decide(struct job *job, struct workset *w)
{
    job_answer(job, &decision_message_list(w->arena, decision_asked(w, job))->base, 0);
}
