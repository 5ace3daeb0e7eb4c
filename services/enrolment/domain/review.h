/* Review: where the rules leave a registration to a person. A programme may have every registration looked at (moderated), or a rule
 * may say that who does not meet it is not refused but looked at. The place in order is taken at once in either case, so that nobody
 * loses it by the time a review takes; a rejected one is cancelled, and its seat goes on. */
#ifndef HV_ENROLMENT_DOMAIN_REVIEW_H
#define HV_ENROLMENT_DOMAIN_REVIEW_H
#include "services/enrolment/domain/programme.h"

/* Whether one of these rules leaves this person to a coordinator. */
bool review_asked(const struct rule *rules, size_t count, const struct person *person);

/* Whether a coordinator can still decide: never reviewed, or accepted on a condition; and it has a place or waits for one. */
bool review_open(const struct registration *registration);

#endif
