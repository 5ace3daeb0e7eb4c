/* See export.h. */
#include "services/funding/domain/export.h"

#include <string.h>

#include "services/funding/domain/money.h"
#include "services/funding/domain/portfolio.h"

static void add(int64_t *sum, int64_t cents)
{
    if (!money_add(sum, cents))
        *sum = MONEY_MAX;
}

static bool is_of(int state, int wanted)
{
    if (wanted == EXPORT_LIVE)
        return state != APPLICATION_WITHDRAWN && state != APPLICATION_LAPSED;
    return wanted == EXPORT_ANY || state == wanted;
}

struct export_sum export_sum(const struct export_row *rows, size_t count, struct uuid theme, int state)
{
    struct export_sum sum = {.count = 0};

    for (size_t i = 0; i < count; i++) {
        if ((!uuid_is_nil(theme) && uuid_compare(rows[i].theme_id, theme) != 0) || !is_of(rows[i].state, state))
            continue;
        sum.count++;
        add(&sum.cents, rows[i].cents);
        add(&sum.applied_cents, rows[i].applied_cents);
        add(&sum.total_cents, rows[i].total_cents);
        add(&sum.in_force_cents, rows[i].in_force_cents);
        add(&sum.cancelled_cents, rows[i].cancelled_cents);
        add(&sum.recovered_cents, rows[i].recovered_cents);
    }
    return sum;
}

int export_order(const struct export_row *a, const struct export_row *b)
{
    const int order = register_compare(a->register_number, b->register_number);

    return order != 0 ? order : strcmp(a->name, b->name);
}
