/* Events about evaluation and proposals: how many evaluations of an application count now, and that a proposal was made. Points and amounts
 * of an application are not told before its decision. */
#ifndef HV_FUNDING_HANDLER_TELL_EVALUATION_H
#define HV_FUNDING_HANDLER_TELL_EVALUATION_H
#include "services/funding/store/proposal.h"

void tell_evaluated(struct workset *w, const struct job *job, struct uuid application, struct uuid call, size_t evaluations);
void tell_proposal(struct workset *w, const struct job *job, const struct proposal *proposal);

#endif
