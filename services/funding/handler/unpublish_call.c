/* UnpublishCall: a published call becomes a draft again, as long as it has not opened. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/who.h"

enum err unpublish_call_needs(struct job *job, struct workset *w)
{
    const Funding__MoveCallRequest *request = (const Funding__MoveCallRequest *)job->message;
    enum err err = who_prepares(job);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    return err == ERR_OK ? call_want_request(job, w, &request->call_id, CALL_LOCK) : err;
}

void unpublish_call_decide(struct job *job, struct workset *w)
{
    struct call *call = call_to_prepare(job, w);

    if (call == NULL || !call_may_move(job, call, CALL_DRAFT))
        return;
    if (call_phase(call, w->now_us) != PHASE_UPCOMING) {
        (void)job_fail(job, ERR_REFUSED, "funding.call.opened", NULL,
                       "Haku on jo avattu: sitä ei voi palauttaa luonnokseksi, mutta päättäjä voi perua sen",
                       "Utlysningen har redan öppnats: den kan inte bli utkast igen, men beslutsfattaren kan återkalla den",
                       "The call has opened already: it cannot become a draft again, but the decision-maker can call it off");
        fact_time(job, "opensAt", call->opens_us);
        return;
    }
    call_moves(job, w, call, CALL_DRAFT, ((const Funding__MoveCallRequest *)job->message)->reason, "unpublished");
    call_answer(job, w, call);
}
