/* See export.h. */
#include "services/funding/domain/export.h"

#include "services/funding/domain/money.h"

static void add(int64_t *sum, int64_t cents)
{
    if (!money_add(sum, cents))
        *sum = MONEY_MAX;
}

struct export_sum export_sum(const struct export_row *rows, size_t count, struct uuid theme, int state)
{
    struct export_sum sum = {.count = 0};

    for (size_t i = 0; i < count; i++) {
        if ((!uuid_is_nil(theme) && uuid_compare(rows[i].theme_id, theme) != 0) || (state >= 0 && rows[i].state != state))
            continue;
        sum.count++;
        add(&sum.cents, rows[i].cents);
        add(&sum.applied_cents, rows[i].applied_cents);
        add(&sum.total_cents, rows[i].total_cents);
        add(&sum.in_force_cents, rows[i].in_force_cents);
    }
    return sum;
}
