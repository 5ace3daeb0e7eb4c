/* PreviewDecision: the document as it would be sent now, for officials of the call. It is refused while the assessment has an error, with
 * the words SendDecisions would use. */
#include "common/base/workday.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_case.h"
#include "services/funding/handler/decision_message.h"
#include "services/funding/handler/findings.h"
#include "services/funding/handler/seen_application.h"

enum err preview_decision_needs(struct job *job, struct workset *w)
{
    const Funding__GetApplicationRequest *request = (const Funding__GetApplicationRequest *)job->message;
    const struct application_ask *ask;
    enum err err = who_official(job);

    if (err != ERR_OK || (ask = seen_application_want(job, w, &request->application_id, CONTENT_SUBMITTED, &err)) == NULL)
        return err;
    consortium_want(w, job, ask->id);
    evaluation_want(w, job, ask->id);
    assessment_want(w, job, ask->id);
    proposal_want_application(w, job, ask->id);
    return ERR_OK;
}

/* Who would decide: the reader, else the first decision-maker of the call. */
static const struct call_official *decider_of(const struct call *call, struct uuid reader)
{
    const struct call_official *found = call_official(call, reader, OFFICIAL_DECIDER);

    for (size_t i = 0; i < call->official_count && found == NULL; i++)
        if (call->officials[i].role == OFFICIAL_DECIDER)
            found = &call->officials[i];
    return found;
}

static bool refuse(struct job *job, const struct application *a, const struct decision_case *c)
{
    if (c->decider == NULL)
        (void)job_fail(job, ERR_REFUSED, "funding.decision.decider", "officials", "Haulla ei ole päättäjää: nimeä sellainen",
                       "Utlysningen har ingen beslutsfattare: utse en", "The call has no decision-maker: name one");
    else if (c->consortium == NULL || (a->state != APPLICATION_SUBMITTED && a->state != APPLICATION_TO_SUPPLEMENT))
        (void)job_fail(job, ERR_REFUSED, "funding.decision.not-pending", NULL, "Hakemus ei odota päätöstä", "Ansökan väntar inte på beslut",
                       "The application does not await a decision");
    else
        return false;
    return true;
}

void preview_decision_decide(struct job *job, struct workset *w)
{
    const struct seen_application seen = seen_application(job, w);
    const struct call *call = call_found(w, job);
    struct findings *findings = arena_alloc(w->arena, sizeof *findings);

    if (seen.row == NULL)
        return;
    if (!seen.official) {
        (void)job_fail(job, ERR_FORBIDDEN, NULL, NULL, NULL, NULL, NULL);
        return;
    }
    const struct assessment *assessment = assessment_of(w, job, seen.row->id);
    struct decision_case c = {.call = call,
                              .application = seen.row,
                              .assessment = assessment != NULL ? *assessment : assessment_begin(seen.row->id, call->id),
                              .consortium = consortium_of(w, job, seen.row->id),
                              .content = application_asked(w, job)->submitted,
                              .presenter = decision_presenter(call, evaluation_asked(w, job), seen.row->id),
                              .decider = decider_of(call, job->actor)};
    const struct proposed proposed = proposal_of(proposal_found(w, job), seen.row->id);
    if (refuse(job, seen.row, &c))
        return;
    decision_case_findings(&c, &proposed, findings);
    if (findings_refuse(job, findings))
        return;
    c.instalments = c.assessment.instalments;
    c.instalment_count = c.assessment.instalment_count;
    decision_case_make(w->arena, &c, w->now_us);
    const enum err err = decision_case_draw(w->arena, &c, NULL, true);
    if (err != ERR_OK)
        (void)job_fail(job, err, NULL, NULL, NULL, NULL, NULL);
    else
        job_answer(job, &decision_file(w->arena, c.decision, true)->base, 0);
}
