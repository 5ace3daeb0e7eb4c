/* A decision in the eyes of whoever may look at it: its recipient, whose look is noted, and officials of its call, whose looks are not.
 * Looking changes rows, so these cases are writes, which need no key. */
#ifndef HV_FUNDING_HANDLER_SEEN_DECISION_H
#define HV_FUNDING_HANDLER_SEEN_DECISION_H
#include "funding.pb-c.h"
#include "services/funding/handler/who.h"
#include "services/funding/store/call.h"
#include "services/funding/store/decision.h"

/* In needs: anybody signed in. */
enum err seen_decision_want(struct job *job, struct workset *w, const ProtobufCBinaryData *id, enum decision_document document) MUST_CHECK;
/* In decide; notes the look of a recipient. NULL: the job has ended with "not found". */
const struct decision *seen_decision(struct job *job, struct workset *w, enum decision_form form);

#endif
