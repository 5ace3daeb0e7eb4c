/* The table of everything the service answers. */
#ifndef HV_FUNDING_HANDLER_HANDLER_H
#define HV_FUNDING_HANDLER_HANDLER_H
#include <stddef.h>

#include "common/work/job.h"

const struct work_case *funding_cases(size_t *count);
const struct work_case *funding_tick(void); /* what time does to one call: a GetCallRequest names it; of the service's own timer */

#endif
