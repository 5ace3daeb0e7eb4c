/* Whose plan it may be. See plan.h. */
#include "services/enrolment/domain/plan.h"

enum plan_doubt plan_shared(const struct registration *own, const struct registration *other, enum plan_kind has, bool staff)
{
    if (uuid_compare(own->programme, other->programme) != 0 || other->state != REGISTRATION_SEATED)
        return PLAN_ELSEWHERE;
    if (staff)
        return PLAN_FINE;
    if (uuid_is_nil(own->team) || uuid_compare(own->team, other->team) != 0)
        return PLAN_STRANGER;
    return has == PLAN_OWN ? PLAN_HAS_OWN : PLAN_FINE;
}
