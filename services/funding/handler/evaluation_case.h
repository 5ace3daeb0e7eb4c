/* What the use cases around evaluation share: the application with its call, evaluations and conflicts, and who may take part in it.
 * Whoever has a conflict of interest takes no part (hallintolaki, 27-28 s.): every use case here refuses them. */
#ifndef HV_FUNDING_HANDLER_EVALUATION_CASE_H
#define HV_FUNDING_HANDLER_EVALUATION_CASE_H
#include "common/work/check.h"
#include "funding.pb-c.h"
#include "services/funding/store/application.h"
#include "services/funding/store/call.h"
#include "services/funding/store/evaluation.h"

struct evaluation_case {
    struct application *application;
    const struct call *call;
    const struct evaluation_ask *found;
};

/* In needs: the application of the request's field "applicationId". write: the call is locked, then the application. */
enum err evaluation_case_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id, bool write) MUST_CHECK;
/* In decide: any official of the call, without looking for a conflict; false: the job has failed. */
bool evaluation_case_seen(struct job *job, struct workset *w, struct evaluation_case *c);
/* The same, refusing whoever has a conflict. */
bool evaluation_case_open(struct job *job, struct workset *w, struct evaluation_case *c);
/* Refuses the job while the call is open or has not opened: nobody is scored or chosen by what they may still change; false then. */
bool evaluation_call_closed(struct job *job, const struct call *call, int64_t now_us);
/* Refuses the job where the application is not waiting for a decision, or its call is called off; false then. */
bool evaluation_case_waits(struct job *job, const struct evaluation_case *c);
/* One of the call's evaluators, who has not saved an evaluation of an application that waits for a decision: others' are not shown. */
bool evaluation_case_hidden(const struct job *job, const struct call *call, const struct evaluation_ask *found,
                            const struct application *application);
/* Whether what is prepared for the decision may be shown: from such an evaluator it is hidden, unless they prepare it themselves. False:
 * the job is refused. */
bool evaluation_case_prepared(struct job *job, const struct call *call, const struct evaluation_ask *found,
                              const struct application *application);
void evaluation_refuse_hidden(struct job *job); /* one's own comes first */
enum err conflict_refuse(struct job *job);      /* ends the job with the words of a conflict */

/* The conflicts that were noted, and one that has just been added (NULL: none), as the actor sees them: whoever has one sees their own. */
Funding__ConflictList *conflict_list_message(const struct job *job, const struct evaluation_case *c, const struct conflict *added);
Funding__Evaluation *evaluation_message(struct arena *arena, const struct call *call, const struct evaluation *evaluation);

#endif
