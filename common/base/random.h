/* Random bytes by the pool: drawn from the kernel many at a time and handed out in small parts, each byte once. For whoever makes ids by
 * the hundred: a call of the kernel costs more than the id it is for. A pool belongs to one thread and lives as long as its batch; it
 * begins zeroed, and then the first part is drawn like any other. */
#ifndef HV_BASE_RANDOM_H
#define HV_BASE_RANDOM_H
#include "common/base/uuid.h"

#define RANDOM_POOL_SIZE 512

struct random_pool {
    uint8_t bytes[RANDOM_POOL_SIZE];
    size_t left;
};

void random_take(struct random_pool *pool, void *out, size_t len); /* at most RANDOM_POOL_SIZE bytes */
/* The same kind of id as uuid_v7's. */
struct uuid uuid_v7_take(struct random_pool *pool, int64_t unix_us);

#endif
