/* Look-ups within a programme. An import bounds the implementations to a hundred, so a walk is as fast as a map. */
#include "services/enrolment/domain/programme.h"

struct implementation *programme_implementation(const struct programme *programme, struct uuid id)
{
    for (size_t i = 0; i < programme->implementation_count; i++)
        if (uuid_compare(programme->implementations[i].id, id) == 0)
            return &programme->implementations[i];
    return NULL;
}

uint64_t programme_capacity_sum(const struct programme *programme)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < programme->implementation_count; i++)
        sum += programme->implementations[i].capacity;
    return sum;
}
