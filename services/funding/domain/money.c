/* See money.h. 10^15 x 1000 is less than 2^63, so the product below is exact. */
#include "services/funding/domain/money.h"

bool money_valid(int64_t cents)
{
    return cents >= 0 && cents <= MONEY_MAX;
}

bool money_add(int64_t *sum, int64_t cents)
{
    if (!money_valid(*sum) || !money_valid(cents) || *sum > MONEY_MAX - cents)
        return false;
    *sum += cents;
    return true;
}

int64_t money_permille_up(int64_t cents, int32_t permille)
{
    return (cents * permille + 999) / 1000;
}
