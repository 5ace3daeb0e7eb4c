/* ListObligations: what a recipient has to do by when, for its lead and the officials of its call. */
#include "common/base/workday.h"
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"

enum err list_obligations_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &((const Funding__GetAwardRequest *)job->message)->application_id, &id);
    if (err == ERR_OK) {
        award_look_want(w, job, AWARD_BY_ID, id);
        obligation_want(w, job, OBLIGATIONS_OF_AWARD, id);
    }
    return err;
}

void list_obligations_decide(struct job *job, struct workset *w)
{
    if (award_seen(job, w) != NULL)
        job_answer(job, &obligations_message(job->arena, obligation_asked(w, job), helsinki_day(w->now_us))->base, 0);
}
