/* GetProposal: the newest proposal of a call, for its officials, and whether what it was computed from has changed since. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/proposal_message.h"

enum err get_proposal_needs(struct job *job, struct workset *w)
{
    const enum err err = proposal_input_want(job, w, &((const Funding__GetCallRequest *)job->message)->call_id, CALL_READ);

    if (err == ERR_OK)
        proposal_want(w, job, call_asked(w, job)->id);
    return err;
}

void get_proposal_decide(struct job *job, struct workset *w)
{
    const struct call *call = proposal_call(job, w);
    const struct proposal *proposal = proposal_found(w, job);

    if (call == NULL)
        return;
    if (proposal == NULL) {
        (void)job_fail(job, ERR_NOT_FOUND, "funding.proposal.none", NULL, "Haulle ei ole vielä tehty päätösehdotusta",
                       "Inget beslutsförslag har gjorts för utlysningen ännu", "No proposal has been made for this call yet");
        return;
    }
    proposal_answer(job, w, call, proposal, !hash_equal(&proposal_input_of(job, w, call)->hash, &proposal->input_hash));
}
