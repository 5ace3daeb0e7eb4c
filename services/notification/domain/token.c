/* A token is 33 bytes: the person's id, the topic, and the first half of a MAC over both and what they are for. */
#include "services/notification/domain/token.h"

#include <assert.h>
#include <string.h>

#include "common/base/hash.h"

#define MAC_SIZE   16 /* 2^128 guesses, each a request */
#define TOKEN_SIZE (sizeof(struct uuid) + 1 + MAC_SIZE)

static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Three bytes are four letters; nothing here has a rest. */
static void text_write(const uint8_t *bytes, size_t size, char *out)
{
    assert(size % 3 == 0);
    for (size_t i = 0; i < size; i += 3) {
        const unsigned three = (unsigned)bytes[i] << 16 | (unsigned)bytes[i + 1] << 8 | bytes[i + 2];
        for (int shift = 18; shift >= 0; shift -= 6)
            *out++ = LETTERS[three >> shift & 63];
    }
    *out = '\0';
}

static bool text_read(struct span text, uint8_t *out, size_t size)
{
    if (text.len != size / 3 * 4)
        return false;
    for (size_t i = 0; i < text.len; i += 4) {
        unsigned three = 0;
        for (size_t n = 0; n < 4; n++) {
            const char *at = text.data[i + n] != '\0' ? strchr(LETTERS, text.data[i + n]) : NULL;
            if (at == NULL)
                return false;
            three = three << 6 | (unsigned)(at - LETTERS);
        }
        *out++ = (uint8_t)(three >> 16);
        *out++ = (uint8_t)(three >> 8);
        *out++ = (uint8_t)three;
    }
    return true;
}

static struct hash mac_of(const uint8_t *key, const uint8_t *bytes)
{
    const struct span parts[] = {span_text("hakuvayla unsubscribe 1"), span_of(bytes, TOKEN_SIZE - MAC_SIZE)};

    return hash_keyed(span_of(key, TOKEN_KEY_SIZE), parts, 2);
}

void token_unsubscribe(const uint8_t key[TOKEN_KEY_SIZE], struct uuid person, enum topic topic, char out[TOKEN_TEXT])
{
    uint8_t bytes[TOKEN_SIZE];

    memcpy(bytes, person.b, sizeof person.b);
    bytes[sizeof person.b] = (uint8_t)topic;
    const struct hash mac = mac_of(key, bytes);
    memcpy(bytes + TOKEN_SIZE - MAC_SIZE, mac.b, MAC_SIZE);
    text_write(bytes, sizeof bytes, out);
}

bool token_read(const uint8_t key[TOKEN_KEY_SIZE], struct span text, struct uuid *person, enum topic *topic)
{
    uint8_t bytes[TOKEN_SIZE];
    struct hash given = {{0}}, made;

    if (!text_read(text, bytes, sizeof bytes))
        return false;
    made = mac_of(key, bytes);
    memset(made.b + MAC_SIZE, 0, sizeof made.b - MAC_SIZE);
    memcpy(given.b, bytes + TOKEN_SIZE - MAC_SIZE, MAC_SIZE);
    if (!hash_equal(&given, &made) || bytes[sizeof person->b] < TOPIC_PLACES || bytes[sizeof person->b] > TOPIC_LAST)
        return false;
    memcpy(person->b, bytes, sizeof person->b);
    *topic = (enum topic)bytes[sizeof person->b];
    return true;
}

void token_feed(const uint8_t secret[TOKEN_FEED_SIZE], char out[TOKEN_FEED_TEXT])
{
    text_write(secret, TOKEN_FEED_SIZE, out);
}

bool token_feed_read(struct span text, uint8_t secret[TOKEN_FEED_SIZE])
{
    return text_read(text, secret, TOKEN_FEED_SIZE);
}
