/* See call.h: what can be said about a call without rules of its making; those are in call_check.c. */
#include "services/funding/domain/call.h"

#include "services/funding/domain/money.h"

enum call_phase call_phase(const struct call *call, int64_t now_us)
{
    if (call->state == CALL_DRAFT || call->state == CALL_CALLED_OFF)
        return PHASE_UNPUBLISHED;
    if (now_us < call->opens_us)
        return PHASE_UPCOMING;
    return now_us < call->closes_us ? PHASE_OPEN : PHASE_CLOSED;
}

const struct call_theme *call_theme(const struct call *call, struct uuid id)
{
    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++)
            if (uuid_compare(call->groups[g].themes[t].id, id) == 0)
                return &call->groups[g].themes[t];
    return NULL;
}

const struct call_criterion *call_criterion(const struct call *call, struct uuid id)
{
    for (size_t i = 0; i < call->criterion_count; i++)
        if (uuid_compare(call->criteria[i].id, id) == 0)
            return &call->criteria[i];
    return NULL;
}

const struct call_question *call_question(const struct call *call, struct uuid id)
{
    for (size_t i = 0; i < call->question_count; i++)
        if (uuid_compare(call->questions[i].id, id) == 0)
            return &call->questions[i];
    return NULL;
}

size_t call_theme_count(const struct call *call)
{
    size_t count = 0;

    for (size_t g = 0; g < call->group_count; g++)
        count += call->groups[g].theme_count;
    return count;
}

int64_t call_themes_cents(const struct call *call)
{
    int64_t sum = 0;

    for (size_t g = 0; g < call->group_count; g++)
        for (size_t t = 0; t < call->groups[g].theme_count; t++)
            if (!money_add(&sum, call->groups[g].themes[t].allocation_cents))
                return -1;
    return sum;
}

const struct call_official *call_official(const struct call *call, struct uuid person, enum official_role role)
{
    for (size_t i = 0; i < call->official_count; i++)
        if (call->officials[i].role == role && uuid_compare(call->officials[i].person_id, person) == 0)
            return &call->officials[i];
    return NULL;
}

const char *call_official_name(const struct call *call, struct uuid person)
{
    for (size_t i = 0; i < call->official_count; i++)
        if (uuid_compare(call->officials[i].person_id, person) == 0)
            return call->officials[i].name;
    return "";
}

const struct call_official *call_responsible(const struct call *call)
{
    const struct call_official *first = NULL;

    for (size_t i = 0; i < call->official_count; i++) {
        const struct call_official *o = &call->officials[i];

        if (o->responsible)
            return o;
        if (o->role == OFFICIAL_PREPARER && first == NULL)
            first = o;
    }
    return first;
}

bool call_prepared_by(const struct call *call, struct uuid person)
{
    return call_responsible(call) == NULL || call_official(call, person, OFFICIAL_PREPARER) != NULL;
}
