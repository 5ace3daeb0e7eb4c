/* The instalments of a correction: what is paid or on its way stays, what was planned is planned anew by the request, and both together are
 * what is granted now; after the final report, what was used. The trigger of the decision cancels what was planned before (schema,
 * decision_awards). */
#ifndef HV_FUNDING_HANDLER_CORRECT_PLAN_H
#define HV_FUNDING_HANDLER_CORRECT_PLAN_H
#include "funding.pb-c.h"
#include "services/funding/handler/decision_case.h"
#include "services/funding/store/award.h"

enum err correct_plan_check(struct job *job, const Funding__CorrectDecisionRequest *request) MUST_CHECK; /* in needs */
/* Puts both into the case, as the letter tells them. */
void correct_plan_read(struct arena *arena, const Funding__CorrectDecisionRequest *request, const struct award *award,
                       struct decision_case *c);
/* False, and the job refused: a day is past or out of order, there are too many, or they do not come to what is granted. award NULL: there
 * is none yet. */
bool correct_plan_holds(struct job *job, const struct workset *w, const struct award *award, const struct decision_case *c);

#endif
