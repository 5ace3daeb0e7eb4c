/* The arithmetic of trainee days. See trainee_days.h. */
#include "services/enrolment/domain/trainee_days.h"

uint64_t trainee_days_tenths(uint32_t credits_tenths, uint64_t participants)
{
    return ((uint64_t)credits_tenths * TRAINEE_DAYS_PER_CREDIT_TENTHS * participants + 5) / 10;
}
