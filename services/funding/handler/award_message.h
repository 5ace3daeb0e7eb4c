/* Awards, obligations and reports as answers. */
#ifndef HV_FUNDING_HANDLER_AWARD_MESSAGE_H
#define HV_FUNDING_HANDLER_AWARD_MESSAGE_H
#include "common/work/job.h"
#include "funding.pb-c.h"
#include "services/funding/store/award.h"
#include "services/funding/store/obligation.h"
#include "services/funding/store/report.h"

Funding__Award *award_message(struct arena *arena, const struct award *award);
void award_answer(struct job *job, const struct award *award); /* ends the job with it */
Funding__ObligationList *obligations_message(struct arena *arena, const struct obligation_ask *found, int64_t today);
Funding__Report *report_message(struct arena *arena, const struct report_row *row); /* its content too, where it was loaded */
/* Ends the job with it and its warnings; interim: the state of the interim report of the same award. */
void report_answer(struct job *job, const struct award *award, const struct report_row *row, enum report_state interim);

#endif
