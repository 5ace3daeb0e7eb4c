/* PostgreSQL counts microseconds from 2000-01-01, we from 1970-01-01; 'infinity' stays the largest number there is. */
#ifndef HV_DB_EPOCH_H
#define HV_DB_EPOCH_H
#include <stdint.h>

#define EPOCH_2000_US 946684800000000LL

static inline int64_t epoch_to_postgres(int64_t us)
{
    if (us == INT64_MAX || us < INT64_MIN + EPOCH_2000_US)
        return us == INT64_MAX ? us : INT64_MIN;
    return us - EPOCH_2000_US;
}

static inline int64_t epoch_from_postgres(int64_t us)
{
    if (us == INT64_MIN || us > INT64_MAX - EPOCH_2000_US)
        return us == INT64_MIN ? us : INT64_MAX;
    return us + EPOCH_2000_US;
}

#endif
