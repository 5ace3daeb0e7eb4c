/* AnswerSupplement: the owner submits what was changed, also after the call has closed. It has to be as whole as a submission; the theme
 * and the applicant stay, and no more is applied for. After the day it was asked for by it is received all the same, until the application
 * is decided: the official sees when it came, and weighs that (hallintolaki, 22 and 33 s.). */
#include "services/funding/handler/application_message.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/own_application.h"
#include "services/funding/store/consortium.h"

enum err answer_supplement_needs(struct job *job, struct workset *w)
{
    const Funding__AnswerSupplementRequest *request = (const Funding__AnswerSupplementRequest *)job->message;
    struct uuid id;
    enum err err = own_application_id(job, &request->application_id, &id);

    if (err == ERR_OK && request->content != NULL)
        err = content_check(job, request->content);
    if (err == ERR_OK) {
        (void)call_want(w, job, CALL_BY_APPLICATION, id, CALL_LOCK);
        (void)application_want(w, job, id, APPLICATION_LOCK, request->content != NULL ? CONTENT_NONE : CONTENT_WRITTEN);
        consortium_want(w, job, id);
        attachment_want_list(w, job, id);
        supplement_want(w, job, id);
    }
    return err;
}

static bool is_waited_for(struct job *job, const struct application *a)
{
    if (a->state == APPLICATION_TO_SUPPLEMENT)
        return true;
    (void)job_fail(job, ERR_REFUSED, "funding.supplement.none", NULL, "Täydennystä ei ole pyydetty, tai siihen on jo vastattu",
                   "Ingen komplettering har begärts, eller den har redan getts", "No supplement is requested, or it was given already");
    job_fact(job, "state", machine_state(MACHINE_APPLICATION, (int)a->state));
    return false;
}

/* The applicant is the first partner: another one would be another application, after the call has closed. */
static void find_applicant(const struct consortium *submitted, const struct content *content, struct findings *findings)
{
    const struct consortium *now = &content->consortium;

    if (submitted == NULL || submitted->partner_count == 0 || now->partner_count == 0 ||
        strcmp(submitted->partners[0].business_id, now->partners[0].business_id) == 0)
        return;
    finding_error(findings, "funding.application.supplement-applicant",
                  FINDING_TEXT("Hakijaa ei voi vaihtaa täydennyksessä: palauta ensimmäiseksi alkuperäinen",
                               "Sökanden kan inte bytas i en komplettering: sätt den ursprungliga först",
                               "The applicant cannot be changed in a supplement: put back the first partner that was submitted"),
                  "content.partners[0].businessId");
}

static void answer(struct job *job, struct workset *w, const struct application *a, const struct content *content)
{
    const struct supplement_ask *supplements = supplement_asked(w, job);
    struct supplement *open = supplement_open(supplements);
    Funding__Application *m = application_message(w->arena, a);

    if (open != NULL)
        open->answered_us = job->request->received_us;
    application_message_attachments(w->arena, m, attachment_asked(w, job), false);
    application_message_supplements(w->arena, m, supplements);
    application_message_days(m, trainee_days_tenths(content->parts, content->part_count));
    job_answer(job, &m->base, (uint64_t)a->version);
}

void answer_supplement_decide(struct job *job, struct workset *w)
{
    const Funding__AnswerSupplementRequest *request = (const Funding__AnswerSupplementRequest *)job->message;
    struct application *a = own_application(job, w);
    const struct call *call = call_found(w, job);

    if (a == NULL || (job->request->if_match != 0 && check_version(job, (uint64_t)a->version) != ERR_OK) || !is_waited_for(job, a))
        return;
    const Funding__Content *message = request->content != NULL ? request->content : content_unpack(w->arena, a->content);
    const struct content *content = content_read(w->arena, message, a->id, a->owner_id);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);
    own_application_findings(a, content, call, findings);
    find_applicant(consortium_of(w, job, a->id), content, findings);
    if (findings_refuse(job, findings))
        return;
    own_application_submit(job, w, a, message, content, call);
    supplement_end(w, a->id, job->request->received_us);
    answer(job, w, a, content);
}
