/* Events about decisions: DecisionSent with the document and its recipients, who get it by mail, and CallResolved. */
#ifndef HV_FUNDING_HANDLER_TELL_DECISION_H
#define HV_FUNDING_HANDLER_TELL_DECISION_H
#include "services/funding/handler/decision_case.h"

/* The id of the event, which the decision keeps. */
struct uuid tell_decision_sent(struct workset *w, const struct job *job, const struct decision_case *c);
void tell_call_resolved(struct workset *w, const struct job *job, const struct call *call, uint32_t granted, uint32_t rejected,
                        int64_t cents);

#endif
