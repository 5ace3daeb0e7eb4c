/* CreateCall: a call as a draft, with the next register number of its series. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/call_content.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/edition_message.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/register.h"

enum err create_call_needs(struct job *job, struct workset *w)
{
    const Funding__CreateCallRequest *request = (const Funding__CreateCallRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = call_content_check(job, request->content);
    if (err != ERR_OK)
        return err;
    (void)call_want_code(w, job, request->content->code, CALL_LOCK);
    register_want(w, job, request->content->series);
    return ERR_OK;
}

void create_call_decide(struct job *job, struct workset *w)
{
    const Funding__CreateCallRequest *request = (const Funding__CreateCallRequest *)job->message;
    struct call *call;

    if (call_found(w, job) != NULL) {
        (void)job_fail(job, ERR_REFUSED, "funding.call.code-taken", "content.code", "Tunnus on jo toisella haulla",
                       "En annan utlysning har redan koden", "Another call has this code already");
        return;
    }
    call = call_content_build(job, w, request->content, NULL, uuid_v7(w->now_us), CALL_NAME_NEW);
    if (call == NULL)
        return;
    call->register_number = register_take(w, call->series);
    call_add(w, call, "created", job->actor);
    edition_keep_call(w, job, call);
    call_answer(job, w, call);
}
