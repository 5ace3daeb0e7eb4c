/* PublishCall: from now on everybody sees the call, and it opens by the clock. Refused while something is missing. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/tell.h"
#include "services/funding/handler/who.h"

enum err publish_call_needs(struct job *job, struct workset *w)
{
    const Funding__MoveCallRequest *request = (const Funding__MoveCallRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    return err == ERR_OK ? call_want_request(job, w, &request->call_id, CALL_LOCK) : err;
}

void publish_call_decide(struct job *job, struct workset *w)
{
    struct call *call = call_to_prepare(job, w);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);

    if (call == NULL || !call_may_move(job, call, CALL_PUBLISHED))
        return;
    call_check(call, w->now_us, findings);
    if (findings_refuse(job, findings))
        return;
    call_moves(job, w, call, CALL_PUBLISHED, ((const Funding__MoveCallRequest *)job->message)->reason, "published");
    tell_call(w, job, call);
    call_answer(job, w, call);
}
