/* An obligation was met, or waived: nobody is reminded of it any more. */
#include "services/notification/handler/handler.h"
#include "services/notification/handler/remind_grant.h"
#include "services/notification/handler/tell_grant.h"

enum err on_obligation_ended_needs(struct job *job, struct workset *w)
{
    struct uuid id;

    if (!convert_id(&id, ((const Funding__ObligationEnded *)job->message)->obligation_id))
        return tell_refuse(job, "obligation_id");
    remind_subject_needs(job, w, id);
    return ERR_OK;
}

void on_obligation_ended_decide(struct job *job, struct workset *w)
{
    remind_subject_over(job, w);
}
