/* SubmitApplication: a draft is received. What decides is the moment at which the request came to the gateway (act 13/2003, 10 and 11 s.):
 * in time from opens_at (in) to closes_at (out), however long it then waits in a queue of ours. With content, that is saved and submitted;
 * without, what was saved last.
 *
 * Comes by the thousand before a call closes, so it shares a batch with others and everything it writes goes in arrays. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/own_application.h"
#include "services/funding/store/register.h"

enum err submit_application_needs(struct job *job, struct workset *w)
{
    const Funding__SubmitApplicationRequest *request = (const Funding__SubmitApplicationRequest *)job->message;
    struct uuid id;
    enum err err = own_application_id(job, &request->application_id, &id);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK && request->content != NULL)
        err = content_check(job, request->content);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_SHARE);
        (void)application_want(w, job, id, APPLICATION_LOCK, request->content != NULL ? CONTENT_NONE : CONTENT_WRITTEN);
        register_want_application(w, job, id);
    }
    return err;
}

static bool is_draft(struct job *job, const struct application *a, const struct call *call)
{
    if (!own_application_writable(job, a, call))
        return false;
    if (a->state == APPLICATION_DRAFT)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.application.supplement", NULL, "Täydennys annetaan vastaamalla täydennyspyyntöön",
                   "En komplettering ges genom att besvara begäran om komplettering",
                   "A supplement is given by answering the request to supplement");
    return false;
}

void submit_application_decide(struct job *job, struct workset *w)
{
    const Funding__SubmitApplicationRequest *request = (const Funding__SubmitApplicationRequest *)job->message;
    struct application *a = own_application(job, w);
    const struct call *call = call_found(w, job);

    if (a == NULL || check_version(job, (uint64_t)a->version) != ERR_OK || !is_draft(job, a, call))
        return;
    const Funding__Content *message = request->content != NULL ? request->content : content_unpack(w->arena, a->content);
    const struct content *content = content_read(w->arena, message, a->id, a->owner_id);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    own_application_findings(a, content, call, findings);
    if (findings_refuse(job, findings))
        return;
    own_application_submit(job, w, a, message, content, call);
    Funding__Application *m = application_message(w->arena, a);
    application_message_days(m, trainee_days_tenths(content->parts, content->part_count));
    job_answer(job, &m->base, (uint64_t)a->version);
}
