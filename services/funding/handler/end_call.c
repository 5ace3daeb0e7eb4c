/* EndCall: a preparer ends a resolved call, once nothing in it waits: every award is closed, refused or annulled. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/who.h"

enum err end_call_needs(struct job *job, struct workset *w)
{
    const Funding__MoveCallRequest *request = (const Funding__MoveCallRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_LOCK);
    if (err == ERR_OK)
        call_asked(w, job)->uses = true;
    return err;
}

void end_call_decide(struct job *job, struct workset *w)
{
    struct call *call = call_to_prepare(job, w);

    if (call == NULL || !call_may_move(job, call, CALL_ENDED))
        return;
    if (call->awards_open > 0) {
        (void)job_fail(job, ERR_REFUSED, "funding.call.awards-open", NULL, "Haussa on avustuksia, joita ei ole vielä selvitetty loppuun",
                       "I utlysningen finns understöd som ännu inte slutredovisats", "Some grants of the call are not accounted for yet");
        fact_number(job, "awardsOpen", (uint64_t)call->awards_open);
        return;
    }
    call_moves(job, w, call, CALL_ENDED, ((const Funding__MoveCallRequest *)job->message)->reason, "all is reported and paid");
    call_answer(job, w, call);
}
