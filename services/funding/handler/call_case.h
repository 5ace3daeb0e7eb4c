/* What the use cases of a call share: finding it, who may prepare it, moving its state. */
#ifndef HV_FUNDING_HANDLER_CALL_CASE_H
#define HV_FUNDING_HANDLER_CALL_CASE_H
#include "common/work/check.h"
#include "funding.pb-c.h"
#include "services/funding/store/call.h"

/* In needs: the call with the id of the request's field "callId". */
enum err call_want_request(struct job *job, struct workset *w, const ProtobufCBinaryData *id, enum call_hold hold) MUST_CHECK;
/* In decide: the call; NULL: the job has failed, because there is none (or none that the public may see). */
struct call *call_visible(struct job *job, const struct workset *w);
/* A call that this preparer may prepare, as a copy to be changed with its version raised. NULL: the job has failed. */
struct call *call_to_prepare(struct job *job, struct workset *w);
/* A copy to be changed, with its version raised, whoever changes it. */
struct call *call_to_change(const struct workset *w, const struct call *call);
void call_refuse_preparer(struct job *job); /* who asks is none of this call */
/* Refuses the job, and returns false, where the machine does not allow the move. */
bool call_may_move(struct job *job, const struct call *call, enum call_state to);
/* Moves it: the row, and the event. The copy's version is raised. why may be "": then the words are `otherwise`. */
void call_moves(struct job *job, struct workset *w, struct call *call, enum call_state to, const char *why, const char *otherwise);
void call_answer(struct job *job, const struct workset *w, const struct call *call); /* as an official sees it */

#endif
