/* See recovery.h. */
#include "services/funding/domain/recovery.h"

int64_t recoveries_sum(const struct recovery *rows, size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i].state != RECOVERY_WAIVED)
            sum += rows[i].cents;
    return sum;
}

bool recoveries_settled(const struct recovery *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].state == RECOVERY_PROPOSED || rows[i].state == RECOVERY_ORDERED)
            return false;
    return true;
}

bool recovery_waivable(enum recovery_kind kind, int64_t cents)
{
    return kind == RECOVERY_DISCRETIONARY || cents <= RECOVERY_SMALL_CENTS;
}

int64_t recovery_unused(int64_t paid_cents, int64_t used_cents, const struct recovery *rows, size_t count)
{
    const int64_t unused = paid_cents - used_cents - recoveries_sum(rows, count);

    return unused > 0 ? unused : 0;
}
