/* CreateApplication: an applicant begins a draft for a call that is open. It may say anything that content.h bounds, or nothing yet. */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/own_application.h"
#include "services/funding/handler/tell_application.h"

#define DRAFTS_MAX 20  /* of one person in one call */
#define LOOKED_AT  500 /* of one person's newest applications */

enum err create_application_needs(struct job *job, struct workset *w)
{
    const Funding__CreateApplicationRequest *request = (const Funding__CreateApplicationRequest *)job->message;
    struct uuid call_id;
    enum err err = who_applies(job);

    if (err == ERR_OK)
        err = check_id(job, "callId", &request->call_id, &call_id);
    if (err == ERR_OK && request->content != NULL)
        err = content_check(job, request->content);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_ID, call_id, CALL_SHARE);
        application_want_owner(w, job, job->actor)->limit = LOOKED_AT;
    }
    return err;
}

static bool too_many(struct job *job, const struct application_ask *own, struct uuid call_id)
{
    size_t drafts = 0;

    for (size_t i = 0; i < own->count; i++)
        drafts += own->rows[i]->state == APPLICATION_DRAFT && uuid_compare(own->rows[i]->call_id, call_id) == 0 ? 1 : 0;
    if (drafts < DRAFTS_MAX)
        return false;
    (void)job_fail(job, ERR_REFUSED, "funding.application.many", NULL,
                   "Sinulla on jo 20 luonnosta tässä haussa: jatka jotakin niistä tai peru se",
                   "Du har redan 20 utkast i denna utlysning: fortsätt på något av dem eller återta det",
                   "You have 20 drafts in this call already: go on with one of them, or withdraw it");
    return true;
}

static void answer(struct job *job, struct workset *w, const struct application *a, const struct content *content, const struct call *call)
{
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    Funding__Application *m = application_message(w->arena, a);

    application_message_content(w->arena, m, a->content);
    own_application_findings(a, content, call, findings);
    m->findings = findings_messages(w->arena, findings, &m->n_findings);
    job_answer(job, &m->base, (uint64_t)a->version);
}

void create_application_decide(struct job *job, struct workset *w)
{
    static const Funding__Content NOTHING = FUNDING__CONTENT__INIT;
    const Funding__CreateApplicationRequest *request = (const Funding__CreateApplicationRequest *)job->message;
    const Funding__Content *message = request->content != NULL ? request->content : &NOTHING;
    const struct call *call = call_found(w, job);
    struct application draft = {.state = APPLICATION_DRAFT, .register_number = "", .contact_told = "", .language = job->request->language};

    if (call == NULL || !call->published) {
        (void)job_fail(job, ERR_NOT_FOUND, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    if (!own_application_in_time(job, call) || too_many(job, application_asked(w, job), call->id))
        return;
    draft.id = uuid_v7(w->now_us);
    draft.call_id = call->id;
    draft.owner_id = job->actor;
    const struct content *content = content_read(w->arena, message, draft.id, job->actor);
    own_application_write(w, &draft, message, content, call, true);
    struct application *a = application_add(w, &draft, job->actor);
    tell_application_lead(w, job, a, &content->consortium);
    tell_application_draft(w, job, a, call);
    answer(job, w, a, content, call);
}
