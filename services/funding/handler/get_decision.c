/* GetDecision: its recipient, whose look is noted, and officials of its call. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/decision_message.h"
#include "services/funding/handler/seen_decision.h"

enum err get_decision_needs(struct job *job, struct workset *w)
{
    const Funding__GetDecisionRequest *request = (const Funding__GetDecisionRequest *)job->message;

    return seen_decision_want(job, w, &request->decision_id, DOCUMENT_NONE);
}

void get_decision_decide(struct job *job, struct workset *w)
{
    const struct decision *d = seen_decision(job, w, FORM_JSON);

    if (d != NULL)
        job_answer(job, &decision_message(w->arena, d, true)->base, 0);
}
