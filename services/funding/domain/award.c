/* See award.h. */
#include "services/funding/domain/award.h"

#include "common/base/day.h"
#include "services/funding/domain/money.h"

bool award_answerable(const struct award *award, int64_t today)
{
    return award->state == AWARD_OFFERED && (award->answer_until == NO_DAY || award->answer_until >= obligations_passed(today));
}

bool award_by_silence(const struct award *award, int64_t today)
{
    return award->state == AWARD_OFFERED && award->answer_until != NO_DAY && award->answer_until < obligations_passed(today);
}

struct instalment *award_instalment(const struct award *award, struct uuid id)
{
    for (size_t i = 0; i < award->instalment_count; i++)
        if (uuid_compare(award->instalments[i].id, id) == 0)
            return &award->instalments[i];
    return NULL;
}

struct recovery *award_recovery(const struct award *award, struct uuid id)
{
    for (size_t i = 0; i < award->recovery_count; i++)
        if (uuid_compare(award->recoveries[i].id, id) == 0)
            return &award->recoveries[i];
    return NULL;
}

void award_sum(struct award *award)
{
    award->planned_cents = instalments_sum(award->instalments, award->instalment_count, true);
    award->paid_cents = award->returned_cents = 0;
    for (size_t i = 0; i < award->instalment_count; i++)
        if (award->instalments[i].state == INSTALMENT_PAID)
            award->paid_cents += award->instalments[i].cents;
    for (size_t i = 0; i < award->recovery_count; i++)
        if (award->recoveries[i].state == RECOVERY_PAID)
            award->returned_cents += award->recoveries[i].cents;
}

bool award_closes(const struct award *award, const struct award_rest *rest)
{
    return award->state == AWARD_ACCEPTED && !rest->instalments && !rest->recoveries && !rest->obligations && !rest->reports &&
           !rest->amendments;
}

int64_t amounts_sum(const struct amounts *amounts)
{
    int64_t sum = 0;

    for (size_t i = 0; i < amounts->count; i++)
        if (!money_add(&sum, amounts->rows[i].cents))
            return -1;
    return sum;
}
