/* What is left to a coordinator's review: see review.h. */
#include "services/enrolment/domain/review.h"

bool review_asked(const struct rule *rules, size_t count, const struct person *person)
{
    for (size_t i = 0; i < count; i++)
        if (rules[i].review && !eligibility_meets(&rules[i], person))
            return true;
    return false;
}

bool review_open(const struct registration *registration)
{
    return registration_active(registration) && registration->state != REGISTRATION_HELD &&
           (registration->review == REVIEW_UNREVIEWED || registration->review == REVIEW_CONDITIONAL);
}
