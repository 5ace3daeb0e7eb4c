/* CheckApplication: all that keeps what was saved last from being submitted, and what is unusual in it; its owner asks. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/own_application.h"

enum err check_application_needs(struct job *job, struct workset *w)
{
    const Funding__GetApplicationRequest *request = (const Funding__GetApplicationRequest *)job->message;
    struct uuid id;
    const enum err err = own_application_id(job, &request->application_id, &id);

    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_READ);
        (void)application_want(w, job, id, APPLICATION_READ, CONTENT_WRITTEN);
    }
    return err;
}

/* The same rules as SubmitApplication has about times and states, as findings. */
static void find_state(const struct job *job, const struct application *a, const struct call *call, struct findings *findings)
{
    if (!application_writable(a->state))
        finding_error(
            findings, "funding.application.submitted",
            FINDING_TEXT("Hakemus ei ole enää luonnos", "Ansökan är inte längre ett utkast", "The application is not a draft any more"),
            "%s", "");
    else if (a->state == APPLICATION_DRAFT && (call->state != CALL_PUBLISHED || !application_in_time(call, job->request->received_us)))
        finding_error(findings, "funding.application.closed",
                      FINDING_TEXT("Haku ei ole nyt auki", "Utlysningen är inte öppen nu", "The call is not open now"), "%s", "");
}

void check_application_decide(struct job *job, struct workset *w)
{
    const struct application *a = own_application(job, w);
    const struct call *call = call_found(w, job);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    Funding__ApplicationChecks *m = arena_alloc(w->arena, sizeof *m);

    if (a == NULL)
        return;
    find_state(job, a, call, findings);
    own_application_findings(a, content_read(w->arena, content_unpack(w->arena, a->content), a->id, a->owner_id), call, findings);
    funding__application_checks__init(m);
    m->findings = findings_messages(w->arena, findings, &m->n_findings);
    m->submittable = findings->errors == 0;
    job_answer(job, &m->base, (uint64_t)a->version);
}
