/* UUIDs: made, read, written, compared. Version 7 (RFC 9562, 5.7) for new things; version 8 (5.8) for things whose id
 * follows from what they are, so that making them twice makes the same id. */
#include "common/base/uuid.h"

#include "common/base/hash.h"
#include "common/base/random.h"

/* RFC 9562, 4.1 and 4.2: the variant is the two bits 10 of octet 8, the version the upper half of octet 6. */
static void uuid_mark(struct uuid *id, uint8_t version)
{
    id->b[6] = (uint8_t)((id->b[6] & 0x0f) | (version << 4));
    id->b[8] = (uint8_t)((id->b[8] & 0x3f) | 0x80);
}

/* The time in octets 0 to 5; whatever is random in the rest. */
static void uuid_stamp(struct uuid *id, int64_t unix_us)
{
    const uint64_t ms = unix_us > 0 ? (uint64_t)unix_us / 1000 : 0;

    for (unsigned i = 0; i < 6; i++)
        id->b[i] = (uint8_t)(ms >> (8 * (5 - i)));
    uuid_mark(id, 7);
}

struct uuid uuid_v7(int64_t unix_us)
{
    struct uuid id;

    random_bytes(id.b + 6, sizeof id.b - 6);
    uuid_stamp(&id, unix_us);
    return id;
}

struct uuid uuid_v7_take(struct random_pool *pool, int64_t unix_us)
{
    struct uuid id;

    random_take(pool, id.b + 6, sizeof id.b - 6);
    uuid_stamp(&id, unix_us);
    return id;
}

struct uuid uuid_from(struct uuid space, struct span name)
{
    const struct span parts[] = {uuid_span(&space), name};
    struct hash hash = hash_of(parts, 2);
    struct uuid id;

    memcpy(id.b, hash.b, sizeof id.b);
    uuid_mark(&id, 8);
    return id;
}

static int uuid_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool uuid_dash(size_t at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

bool uuid_parse(struct uuid *out, struct span text)
{
    struct uuid id;
    size_t byte = 0;

    if (text.len != UUID_TEXT - 1)
        return false;
    for (size_t i = 0; i < text.len;) {
        if (uuid_dash(i)) {
            if (text.data[i++] != '-')
                return false;
            continue;
        }
        int high = uuid_digit(text.data[i]), low = uuid_digit(text.data[i + 1]);
        if (high < 0 || low < 0)
            return false;
        id.b[byte++] = (uint8_t)(high << 4 | low);
        i += 2;
    }
    *out = id;
    return true;
}

void uuid_format(struct uuid id, char out[UUID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = 0;

    for (size_t i = 0; i < sizeof id.b; i++) {
        if (uuid_dash(at))
            out[at++] = '-';
        out[at++] = digits[id.b[i] >> 4];
        out[at++] = digits[id.b[i] & 15];
    }
    out[at] = '\0';
}

bool uuid_read(struct uuid *out, struct span bytes)
{
    if (bytes.len != sizeof out->b)
        return false;
    memcpy(out->b, bytes.data, sizeof out->b);
    return true;
}

int uuid_compare(struct uuid a, struct uuid b)
{
    return memcmp(a.b, b.b, sizeof a.b);
}

bool uuid_is_nil(struct uuid id)
{
    return uuid_compare(id, (struct uuid){{0}}) == 0;
}

uint32_t uuid_hash(struct uuid id)
{
    return hash_fnv(HASH_FNV_START, uuid_span(&id));
}
