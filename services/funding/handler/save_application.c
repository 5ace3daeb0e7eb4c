/* SaveApplication: what the applicant has written so far, as often as the form saves itself. It may be unfinished; the answer says what is
 * still missing. Each save is a version. Two windows that save the same version: the second is refused (If-Match).
 *
 * Shares a batch with others: it changes its own application and nothing else. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/own_application.h"
#include "services/funding/handler/tell_application.h"

enum err save_application_needs(struct job *job, struct workset *w)
{
    const Funding__SaveApplicationRequest *request = (const Funding__SaveApplicationRequest *)job->message;
    struct uuid id;
    enum err err = own_application_id(job, &request->application_id, &id);

    if (err == ERR_OK)
        err = check_if_match(job);
    if (err == ERR_OK)
        err = request->content != NULL ? content_check(job, request->content) : fail_missing(job, "content");
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_READ);
        (void)application_want(w, job, id, APPLICATION_LOCK, CONTENT_NONE);
    }
    return err;
}

void save_application_decide(struct job *job, struct workset *w)
{
    const Funding__SaveApplicationRequest *request = (const Funding__SaveApplicationRequest *)job->message;
    struct application *a = own_application(job, w);
    const struct call *call = call_found(w, job);

    if (a == NULL || check_version(job, (uint64_t)a->version) != ERR_OK || !own_application_writable(job, a, call))
        return;
    const struct content *content = content_read(w->arena, request->content, a->id, a->owner_id);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    own_application_findings(a, content, call, findings);
    own_application_write(w, a, request->content, content, call, a->state == APPLICATION_DRAFT);
    application_save(w, a, job->actor);
    tell_application_lead(w, job, a, &content->consortium);
    Funding__Application *m = application_message(w->arena, a);
    application_message_days(m, trainee_days_tenths(content->parts, content->part_count));
    m->findings = findings_messages(w->arena, findings, &m->n_findings);
    job_answer(job, &m->base, (uint64_t)a->version);
}
