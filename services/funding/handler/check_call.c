/* CheckCall: all that keeps a call from being published, and what a good call does otherwise. */
#include "services/funding/handler/call_case.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/who.h"

enum err check_call_needs(struct job *job, struct workset *w)
{
    const enum err err = who_official(job);

    return err == ERR_OK ? call_want_request(job, w, &((const Funding__GetCallRequest *)job->message)->call_id, CALL_READ) : err;
}

void check_call_decide(struct job *job, struct workset *w)
{
    const struct call *call = call_visible(job, w);
    Funding__CallChecks *checks = arena_alloc(job->arena, sizeof *checks);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);

    if (call == NULL)
        return;
    funding__call_checks__init(checks);
    call_check(call, w->now_us, findings);
    checks->findings = findings_messages(job->arena, findings, &checks->n_findings);
    checks->publishable = findings->errors == 0 && machine_allows(MACHINE_CALL, (int)call->state, CALL_PUBLISHED);
    job_answer(job, &checks->base, (uint64_t)call->version);
}
