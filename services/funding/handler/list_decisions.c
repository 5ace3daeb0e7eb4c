/* ListDecisions: those of a call, the oldest first, corrections among them; officials of the call. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_message.h"
#include "services/funding/handler/page.h"
#include "services/funding/handler/seen_application.h"

enum err list_decisions_needs(struct job *job, struct workset *w)
{
    const Funding__ListDecisionsRequest *request = (const Funding__ListDecisionsRequest *)job->message;
    struct uuid after;
    uint32_t size;
    enum err err = who_official(job);

    if (err == ERR_OK)
        err = page_after(job, request->page_token, request->page_size, &after, &size);
    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_READ);
    if (err == ERR_OK) {
        struct decision_ask *ask = decision_want_call(w, job, call_asked(w, job)->id);
        ask->after = after;
        ask->limit = (int32_t)size + 1;
    }
    return err;
}

void list_decisions_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_visible(job, w);

    if (call == NULL)
        return;
    if (!official_sees(job, call))
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &decision_message_list(w->arena, decision_asked(w, job))->base, 0);
}
