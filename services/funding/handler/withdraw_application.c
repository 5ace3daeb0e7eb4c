/* WithdrawApplication: its owner takes it back, a draft or a submitted one, until it is decided. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/own_application.h"
#include "services/funding/handler/tell_application.h"

enum err withdraw_application_needs(struct job *job, struct workset *w)
{
    const Funding__WithdrawApplicationRequest *request = (const Funding__WithdrawApplicationRequest *)job->message;
    struct uuid id;
    enum err err = own_application_id(job, &request->application_id, &id);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 0, CHECK_REASON_MAX);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_LOCK); /* nobody decides about it meanwhile */
        (void)application_want(w, job, id, APPLICATION_LOCK, CONTENT_NONE);
    }
    return err;
}

void withdraw_application_decide(struct job *job, struct workset *w)
{
    const Funding__WithdrawApplicationRequest *request = (const Funding__WithdrawApplicationRequest *)job->message;
    struct application *a = own_application(job, w);

    if (a == NULL)
        return;
    if (!application_withdrawable(a->state)) {
        (void)job_fail(job, ERR_REFUSED, "funding.application.ended", NULL, "Hakemuksen käsittely on päättynyt: sitä ei voi enää perua",
                       "Behandlingen av ansökan är avslutad: den kan inte längre återtas",
                       "The application is not under consideration any more: it can no longer be withdrawn");
        job_fact(job, "state", machine_state(MACHINE_APPLICATION, (int)a->state));
        return;
    }
    application_move(w, a, APPLICATION_WITHDRAWN, *request->reason != '\0' ? request->reason : "withdrawn", job->actor);
    tell_application_ended(w, job, a, call_found(w, job), request->reason, false);
    job_answer(job, &application_message(w->arena, a)->base, (uint64_t)a->version);
}
