/* Until when a participant may still change what was enrolled: answers, and the implementation. Staff may at any time.
 *
 * The programme says when; where it does not, the first webinar that was not called off says so by beginning. A programme with neither
 * has no cut-off. Arrival at the gateway counts, as with windows, and the cut-off itself is too late (half-open). */
#ifndef HV_ENROLMENT_DOMAIN_CUT_OFF_H
#define HV_ENROLMENT_DOMAIN_CUT_OFF_H
#include "services/enrolment/domain/programme.h"

#define CUT_OFF_NEVER INT64_MAX

/* Microseconds; CUT_OFF_NEVER: there is none. The programme's units must be at hand. */
int64_t cut_off_us(const struct programme *programme);

#endif
