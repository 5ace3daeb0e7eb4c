/* Editions from and to protobuf: what a call or an assessment said is kept as its own message, packed. */
#ifndef HV_FUNDING_HANDLER_EDITION_MESSAGE_H
#define HV_FUNDING_HANDLER_EDITION_MESSAGE_H
#include "funding.pb-c.h"
#include "services/funding/domain/call.h"
#include "services/funding/store/edition.h"

/* In decide, beside call_add and call_put: keeps what the call says from this version on. */
void edition_keep_call(struct workset *w, const struct job *job, const struct call *call);
/* The same of an assessment, beside assessment_put; findings are not part of what was written. */
void edition_keep_assessment(struct workset *w, const struct job *job, struct uuid application_id, const Funding__Assessment *message);

/* Answer with the list, or with the one that was asked for; there may be none of that version. */
void edition_answer_calls(struct job *job, const struct workset *w, const struct call *call);
void edition_answer_call(struct job *job, const struct workset *w, const struct call *call);
void edition_answer_assessments(struct job *job, const struct workset *w, const struct call *call);
void edition_answer_assessment(struct job *job, const struct workset *w, const struct call *call);

#endif
