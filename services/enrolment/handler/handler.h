/* The table of everything the service answers, and the clock's own cases beside it. */
#ifndef HV_ENROLMENT_HANDLER_HANDLER_H
#define HV_ENROLMENT_HANDLER_HANDLER_H
#include <stddef.h>

#include "common/work/job.h"

const struct work_case *enrolment_cases(size_t *count);
const struct work_case *enrolment_tick(void);    /* of one programme; its message is a GetProgrammeRequest */
const struct work_case *enrolment_forget(void);  /* retention, every few ticks */
const struct work_case *enrolment_publish(void); /* heads of the order chains, every few minutes */

#endif
