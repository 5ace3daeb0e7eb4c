/* GetAssessment: what is prepared for the decision on an application, and what keeps it from being sent; for the officials of its call, but
 * for evaluators who have not saved their own evaluation yet (and do not prepare it). Where nothing is written yet: the empty one,
 * version 1. */
#include "services/funding/handler/assessment_message.h"
#include "services/funding/handler/cases.h"

enum err get_assessment_needs(struct job *job, struct workset *w)
{
    const enum err err = evaluation_case_want(job, w, &((const Funding__GetApplicationRequest *)job->message)->application_id, false);

    if (err == ERR_OK)
        assessment_want_case(w, job, application_asked(w, job)->id);
    return err;
}

void get_assessment_decide(struct job *job, struct workset *w)
{
    struct evaluation_case c;

    if (!evaluation_case_open(job, w, &c) || !evaluation_case_prepared(job, c.call, c.found, c.application))
        return;
    const struct assessment empty = assessment_begin(c.application->id, c.call->id);
    const struct assessment *found = assessment_of(w, job, c.application->id);
    assessment_answer(job, w, &c, found != NULL ? found : &empty);
}
