/* An assessment from and to protobuf; its findings. */
#ifndef HV_FUNDING_HANDLER_ASSESSMENT_MESSAGE_H
#define HV_FUNDING_HANDLER_ASSESSMENT_MESSAGE_H
#include "common/work/check.h"
#include "funding.pb-c.h"
#include "services/funding/handler/evaluation_case.h"
#include "services/funding/store/assessment.h"

/* In needs: bounds of the fields, not what belongs together. */
enum err assessment_check(struct job *job, const Funding__Assessment *m) MUST_CHECK;
/* Of a message that was checked; state, version and what it belongs to are the caller's. */
void assessment_read(struct arena *arena, const Funding__Assessment *m, struct assessment *a);
/* In needs, with evaluation_case_want: what the findings are found by. */
void assessment_want_case(struct workset *w, const struct job *job, struct uuid application);
/* Keeps what it says from this version on, beside assessment_put. */
void assessment_keep(struct workset *w, const struct job *job, const struct assessment *a);
/* Answers with the assessment and what keeps it from being sent. */
void assessment_answer(struct job *job, struct workset *w, const struct evaluation_case *c, const struct assessment *a);

#endif
