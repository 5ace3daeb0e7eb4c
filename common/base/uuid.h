/* Identifiers: UUID version 7 (RFC 9562): 48 bits of milliseconds, then random. Sorts by time of making, roughly:
 * never take an order from it. */
#ifndef HV_BASE_UUID_H
#define HV_BASE_UUID_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"

#define UUID_TEXT 37 /* 36 characters and NUL */

struct uuid {
    uint8_t b[16];
};

struct uuid uuid_v7(int64_t unix_us); /* draws randomness from the kernel */
/* The same id for the same parts for ever (BLAKE2b of both, marked version 8): for things that must not be made twice. */
struct uuid uuid_from(struct uuid space, struct span name);
bool uuid_parse(struct uuid *out, struct span text); /* 8-4-4-4-12, any case; false: not a UUID */
void uuid_format(struct uuid id, char out[UUID_TEXT]);
bool uuid_read(struct uuid *out, struct span bytes); /* false unless exactly 16 bytes */
int uuid_compare(struct uuid a, struct uuid b);      /* as memcmp */
bool uuid_is_nil(struct uuid id);
uint32_t uuid_hash(struct uuid id); /* FNV-1a over the bytes: picks the event stream and the replica; fixed for ever */
static inline struct span uuid_span(const struct uuid *id)
{
    return span_of(id->b, sizeof id->b);
}

#endif
