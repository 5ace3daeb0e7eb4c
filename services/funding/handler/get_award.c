/* GetAward: a grant with its instalments and recoveries, for its lead and the officials of its call. */
#include "services/funding/handler/award_case.h"
#include "services/funding/handler/award_message.h"
#include "services/funding/handler/cases.h"

enum err get_award_needs(struct job *job, struct workset *w)
{
    struct uuid id;
    enum err err = check_signed_in(job);

    if (err == ERR_OK)
        err = check_id(job, "applicationId", &((const Funding__GetAwardRequest *)job->message)->application_id, &id);
    if (err == ERR_OK)
        award_look_want(w, job, AWARD_BY_ID, id);
    return err;
}

void get_award_decide(struct job *job, struct workset *w)
{
    const struct award *award = award_seen(job, w);

    if (award != NULL)
        award_answer(job, award);
}
