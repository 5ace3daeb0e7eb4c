/* See obligation.h. */
#include "services/funding/domain/obligation.h"

#include "common/base/workday.h"

struct obligation *obligation_of(struct obligation *rows, size_t count, enum obligation_kind kind)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].kind == kind)
            return &rows[i];
    return NULL;
}

struct obligation *obligation_with(struct obligation *rows, size_t count, struct uuid id)
{
    for (size_t i = 0; i < count; i++)
        if (uuid_compare(rows[i].id, id) == 0)
            return &rows[i];
    return NULL;
}

bool obligations_settled(const struct obligation *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].state == OBLIGATION_OPEN)
            return false;
    return true;
}

int64_t obligations_passed(int64_t today)
{
    while (!day_works(today - 1))
        today--;
    return today;
}

bool obligation_overdue(const struct obligation *obligation, int64_t today)
{
    return obligation->state == OBLIGATION_OPEN && obligation->due_on < obligations_passed(today);
}

bool obligation_waivable(enum obligation_kind kind)
{
    return kind == OBLIGATION_INTERIM || kind == OBLIGATION_FINAL;
}
