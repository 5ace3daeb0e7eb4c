/* The pool of random bytes. See random.h. */
#include "common/base/random.h"

#include <string.h>

#include "common/base/alloc.h"
#include "common/base/hash.h"

void random_take(struct random_pool *pool, void *out, size_t len)
{
    if (len > sizeof pool->bytes)
        bug("more random bytes were asked for than a pool holds");
    if (pool->left < len) {
        random_bytes(pool->bytes, sizeof pool->bytes);
        pool->left = sizeof pool->bytes;
    }
    pool->left -= len;
    memcpy(out, pool->bytes + pool->left, len);
}
