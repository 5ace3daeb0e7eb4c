/* CallOffCall: the decision-maker of the call ends it before anything is decided, with a reason that everybody may read. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/who.h"

enum err call_off_call_needs(struct job *job, struct workset *w)
{
    const Funding__MoveCallRequest *request = (const Funding__MoveCallRequest *)job->message;
    enum err err = who_decides(job);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    if (err == ERR_OK)
        err = call_want_request(job, w, &request->call_id, CALL_LOCK);
    if (err == ERR_OK)
        call_asked(w, job)->uses = true;
    return err;
}

static bool may(struct job *job, const struct call *call)
{
    if (call_official(call, job->actor, OFFICIAL_DECIDER) == NULL) {
        (void)job_fail(job, ERR_FORBIDDEN, "funding.call.not-decider", NULL, "Et ole tämän haun päättäjä",
                       "Du är inte beslutsfattare i denna utlysning", "You are no decision-maker of this call");
        return false;
    }
    if (!call_may_move(job, call, CALL_CALLED_OFF))
        return false;
    if (call->decided == 0)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.call.decided", NULL, "Haussa on jo lähetetty päätöksiä: sitä ei voi enää perua",
                   "I utlysningen har redan sänts beslut: den kan inte längre återkallas",
                   "Decisions have been sent in this call: it cannot be called off any more");
    fact_number(job, "decided", (uint64_t)call->decided);
    return false;
}

void call_off_call_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_visible(job, w);
    struct call *copy = arena_alloc(w->arena, sizeof *copy);

    if (call == NULL || !may(job, call))
        return;
    *copy = *call;
    copy->version++;
    call_moves(job, w, copy, CALL_CALLED_OFF, ((const Funding__MoveCallRequest *)job->message)->reason, "");
    call_answer(job, w, copy);
}
