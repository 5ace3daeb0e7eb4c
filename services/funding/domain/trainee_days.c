/* See trainee_days.h. The largest part is 10000 x 45 x 100000: far from the end of 64 bits. */
#include "services/funding/domain/trainee_days.h"

#define DAYS_A_CREDIT_TENTHS 45

static int64_t at_most(uint32_t value, uint32_t most)
{
    return value < most ? value : most;
}

int64_t trainee_days_of(const struct training_part *part)
{
    const int64_t scope = at_most(part->scope_tenths, TRAINING_SCOPE_MAX);
    const int64_t participants = at_most(part->participants, TRAINING_PARTICIPANTS_MAX);

    return part->credits ? (scope * DAYS_A_CREDIT_TENTHS * participants + 5) / 10 : scope * participants;
}

int64_t trainee_days_tenths(const struct training_part *parts, size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += trainee_days_of(&parts[i]);
    return sum;
}
