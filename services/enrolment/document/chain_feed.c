/* Writing the feed of chain heads. See chain_feed.h. */
#include "services/enrolment/document/chain_feed.h"

#include <inttypes.h>

#include "common/base/time.h"
#include "common/doc/feed.h"

#define FEED_TAG "tag:hakuvayla.example.fi,2026:chains" /* RFC 4151; never to be changed */

static const char *base64(struct arena *arena, struct span bytes)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = arena_alloc(arena, (bytes.len + 2) / 3 * 4 + 1), *at = text;

    for (size_t i = 0; i < bytes.len; i += 3) {
        const size_t left = bytes.len - i;
        const uint32_t three = (uint32_t)bytes.data[i] << 16 | (left > 1 ? (uint32_t)bytes.data[i + 1] << 8 : 0) |
                               (left > 2 ? (uint32_t)bytes.data[i + 2] : 0);
        *at++ = DIGITS[three >> 18];
        *at++ = DIGITS[three >> 12 & 63];
        *at++ = left > 1 ? DIGITS[three >> 6 & 63] : '=';
        *at++ = left > 2 ? DIGITS[three & 63] : '=';
    }
    return text;
}

static const char *hex(struct arena *arena, struct span bytes)
{
    static const char DIGITS[] = "0123456789abcdef";
    char *text = arena_alloc(arena, 2 * bytes.len + 1);

    for (size_t i = 0; i < bytes.len; i++) {
        text[2 * i] = DIGITS[bytes.data[i] >> 4];
        text[2 * i + 1] = DIGITS[bytes.data[i] & 15];
    }
    return text;
}

static struct feed_entry entry_of(struct arena *arena, const struct publication *p, struct span signature, const char *key)
{
    char id[UUID_TEXT], at[TIME_TEXT];
    const struct span hash = span_of(p->hash.b, HASH_SIZE);

    uuid_format(p->implementation, id);
    time_format(p->entry_us, at);
    return (struct feed_entry){.id = arena_printf(arena, "%s/%s/%" PRIu32, FEED_TAG, id, p->n),
                               .title = arena_printf(arena, "%s/%s: %" PRIu32 " %.16s", p->programme_code, p->code, p->n, hex(arena, hash)),
                               .text = arena_printf(arena,
                                                    "{\"implementationId\":\"%s\",\"n\":%" PRIu32
                                                    ",\"hash\":\"%s\",\"at\":\"%s\",\"publicKey\":\"%s\","
                                                    "\"signature\":\"%s\",\"code\":\"%s/%s\",\"hashHex\":\"%s\"}",
                                                    id, p->n, base64(arena, hash), at, key, base64(arena, signature), p->programme_code,
                                                    p->code, hex(arena, hash)),
                               .updated_us = p->published_us};
}

enum err chain_feed_file(struct buf *out, struct arena *arena, const struct publication *publications, const struct span *signatures,
                         size_t count, struct span public_key, int64_t now_us)
{
    struct feed_entry *entries = arena_array(arena, count, sizeof *entries);
    const char *key = base64(arena, public_key);

    for (size_t i = 0; i < count; i++)
        entries[i] = entry_of(arena, &publications[i], signatures[i], key);
    return feed_atom(
        out, &(struct feed){.id = FEED_TAG,
                            .title = "Ilmoittautumisjärjestyksen ketjut / Anmälningsordningens kedjor / Chains of the order of enrolment",
                            .author = "Hakuväylä",
                            .updated_us = count > 0 ? publications[0].published_us : now_us,
                            .entries = entries,
                            .count = count});
}
