/* PreviewDecision: the document as it would be sent now, for officials of the call. It is refused while the assessment has an error, with
 * the words SendDecisions would use. */
#include "common/base/workday.h"
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_case.h"
#include "services/funding/handler/decision_message.h"
#include "services/funding/handler/evaluation_case.h"
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

static bool refuse(struct job *job, const struct application *a, const struct decision_case *c)
{
    if (c->decider == NULL)
        (void)job_fail(job, ERR_REFUSED, "funding.decision.decider", "officials",
                       "Haulla ei ole päättäjää, joka voi päättää tästä hakemuksesta: nimeä päättäjä",
                       "Utlysningen har ingen beslutsfattare som kan avgöra denna ansökan: utse en",
                       "The call has no decision-maker who may decide on this application: name one");
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
    if (!evaluation_case_prepared(job, call, evaluation_asked(w, job), seen.row))
        return;
    const struct assessment *assessment = assessment_of(w, job, seen.row->id);
    struct decision_case c = {.call = call,
                              .application = seen.row,
                              .assessment = assessment != NULL ? *assessment : assessment_begin(seen.row->id, call->id),
                              .consortium = consortium_of(w, job, seen.row->id),
                              .content = application_asked(w, job)->submitted,
                              .decider = decision_decider(call, evaluation_asked(w, job), seen.row->id, job->actor)};
    decision_case_presenter(&c, evaluation_asked(w, job));
    c.unpresented = false; /* it is looked at before it is presented, too */
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
