/* See tell_evaluation.h. */
#include "services/funding/handler/tell_evaluation.h"

#include "funding.pb-c.h"
#include "services/funding/handler/convert.h"

void tell_evaluated(struct workset *w, const struct job *job, struct uuid application, struct uuid call, size_t evaluations)
{
    Funding__Evaluated event = FUNDING__EVALUATED__INIT;

    event.application_id = convert_id(w->arena, application);
    event.call_id = convert_id(w->arena, call);
    event.evaluations = (uint32_t)evaluations;
    event_add(w->events, job, call, application, "funding.Evaluated.v1", &event.base, w->now_us);
}

void tell_proposal(struct workset *w, const struct job *job, const struct proposal *proposal)
{
    Funding__ProposalMade event = FUNDING__PROPOSAL_MADE__INIT;

    event.call_id = convert_id(w->arena, proposal->call_id);
    event.proposal_id = convert_id(w->arena, proposal->id);
    event.cents = proposal->cents;
    for (size_t i = 0; i < proposal->count; i++)
        event.chosen += proposal->rows[i].chosen;
    event_add(w->events, job, proposal->call_id, proposal->call_id, "funding.ProposalMade.v1", &event.base, w->now_us);
}
