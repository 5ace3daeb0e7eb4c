/* TakeBackProposal: the presenting official gives a proposed case back to its preparer, with a reason, while it is on no agenda. What was
 * proposed is kept as a draft of the next proposal. */
#include "services/funding/handler/cases.h"
#include "services/funding/handler/municipal_who.h"
#include "services/funding/handler/prepared_case.h"

enum err take_back_proposal_needs(struct job *job, struct workset *w)
{
    const Municipal__MoveCaseRequest *request = (const Municipal__MoveCaseRequest *)job->message;
    enum err err = municipal_who(job, OFFICE_PRESENTER);

    if (err == ERR_OK)
        err = check_lines(job, "reason", request->reason, 1, CHECK_REASON_MAX);
    return err == ERR_OK ? prepared_case_want(job, w, &request->case_id, true) : err;
}

void take_back_proposal_decide(struct job *job, struct workset *w)
{
    struct municipal_case *c = prepared_case_of(job, w, OFFICE_PRESENTER);

    if (c == NULL)
        return;
    if (c->state != CASE_PROPOSED) {
        (void)prepared_case_refuse(job, c, "Palautettavaa ehdotusta ei ole, tai asia on jo esityslistalla",
                                   "Det finns inget förslag att återta, eller så finns ärendet redan på en föredragningslista",
                                   "There is no proposal to take back, or the case is on an agenda already");
        return;
    }
    c->version++;
    prepared_case_move(job, w, c, CASE_IN_PREPARATION, ((const Municipal__MoveCaseRequest *)job->message)->reason, "");
    prepared_case_answer(job, w, c);
}
