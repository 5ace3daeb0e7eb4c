/* What begins with a decision that grants, and ends with one that takes the grant away: instalments, awaited reports, obligations and the
 * events about them. The award itself is made by the trigger of the decision; the parts of the store are saved after it.
 *
 *   award_begin(w, job, application, call, answer_until, plan, count);       in decide of SendDecisions, beside decision_add
 *
 * A correction: award_correct_want in needs (it loads the award, its obligations and its reports); in decide award_correctable says whether
 * there may be as much (or as little) as that, and award_corrected does what follows. Both do nothing for an application without an award;
 * when the correction is the first decision that grants, call award_begin instead. */
#ifndef HV_FUNDING_HANDLER_AWARD_BEGIN_H
#define HV_FUNDING_HANDLER_AWARD_BEGIN_H
#include "services/funding/domain/instalment.h"
#include "services/funding/store/application.h"
#include "services/funding/store/call.h"

/* plan empty: nothing is planned yet, PutInstalments does it later. The actor is the job's. */
void award_begin(struct workset *w, const struct job *job, const struct application *a, const struct call *call, int64_t answer_until,
                 const struct planned_instalment *plan, size_t count);

void award_correct_want(struct workset *w, const struct job *job, struct uuid application_id);
/* False, and the job refused: the award has ended, or more is paid or ordered than would be granted. cents 0: it is taken away. */
bool award_correctable(struct job *job, struct workset *w, int64_t cents);
/* What was planned is cancelled by the trigger of the decision; plan takes its place. */
void award_corrected(struct workset *w, const struct job *job, int64_t cents, int64_t answer_until, const struct planned_instalment *plan,
                     size_t count);

#endif
