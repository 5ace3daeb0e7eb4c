/* Signatures, the schedule and the verdict (see webhook.h); which URLs and addresses may be called: webhook_url.c. */
#include "services/notification/domain/webhook.h"

#include <stdio.h>

#include "common/base/hash.h"
#include "common/base/time.h"

#define SIGNATURE_SIZE 48 /* "v1," and 44 characters, NUL */

/* RFC 4648 with padding, as the standard wants it. out: 4 characters for each 3 bytes begun, and NUL. */
static void base64(struct span bytes, char *out)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < bytes.len; i += 3) {
        const size_t left = bytes.len - i;
        const uint32_t three = (uint32_t)bytes.data[i] << 16 | (left > 1 ? (uint32_t)bytes.data[i + 1] << 8 : 0) |
                               (left > 2 ? (uint32_t)bytes.data[i + 2] : 0);
        *out++ = DIGITS[three >> 18];
        *out++ = DIGITS[three >> 12 & 63];
        *out++ = left > 1 ? DIGITS[three >> 6 & 63] : '=';
        *out++ = left > 2 ? DIGITS[three & 63] : '=';
    }
    *out = '\0';
}

void webhook_secret_text(const uint8_t secret[WEBHOOK_SECRET_SIZE], char out[WEBHOOK_SECRET_TEXT])
{
    memcpy(out, "whsec_", 6);
    base64(span_of(secret, WEBHOOK_SECRET_SIZE), out + 6);
}

static void sign_one(struct span secret, struct span head, struct span body, char out[SIGNATURE_SIZE])
{
    const struct hash mac = hash_hmac_sha256(secret, (const struct span[]){head, body}, 2);

    memcpy(out, "v1,", 3);
    base64(span_of(mac.b, sizeof mac.b), out + 3);
}

/* Source: Standard Webhooks 1.0.0, "Signature scheme": what is signed is "msg_id.timestamp.payload". */
void webhook_sign(const struct span *secrets, size_t count, struct span id, int64_t timestamp_s, struct span body,
                  char out[WEBHOOK_SIGNATURE_TEXT])
{
    char head[128], one[SIGNATURE_SIZE];
    const int len = snprintf(head, sizeof head, "%.*s.%lld.", (int)id.len, (const char *)id.data, (long long)timestamp_s);
    size_t at = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count && i < 2; i++) {
        sign_one(secrets[i], span_of(head, (size_t)len < sizeof head ? (size_t)len : sizeof head - 1), body, one);
        at += (size_t)snprintf(out + at, WEBHOOK_SIGNATURE_TEXT - at, "%s%s", i > 0 ? " " : "", one);
    }
}

enum webhook_verdict webhook_judge(int http_status)
{
    if (http_status >= 200 && http_status <= 299)
        return WEBHOOK_DONE;
    return http_status == 410 ? WEBHOOK_GONE : WEBHOOK_AGAIN;
}

static int64_t longer(int64_t wait_us, int64_t retry_after_s)
{
    const int64_t asked_us = retry_after_s > TIME_DAY / TIME_SECOND ? TIME_DAY : retry_after_s * TIME_SECOND;

    return asked_us > wait_us ? asked_us : wait_us;
}

bool webhook_next(unsigned tries, int64_t retry_after_s, int64_t now_us, uint32_t dice, int64_t *next_us)
{
    /* Source: Standard Webhooks 1.0.0, "Deliverability and reliability": its example schedule, and the day it asks for at least. */
    static const int64_t WAITS[WEBHOOK_TRIES - 1] = {5 * TIME_SECOND, 300 * TIME_SECOND, 1800 * TIME_SECOND, 2 * TIME_HOUR, 5 * TIME_HOUR,
                                                     10 * TIME_HOUR,  14 * TIME_HOUR,    20 * TIME_HOUR,     24 * TIME_HOUR};

    if (tries == 0 || tries >= WEBHOOK_TRIES)
        return false;
    const int64_t wait_us = WAITS[tries - 1];
    const int64_t spread_us = wait_us / 10 * (int64_t)(dice % 2001) / 1000; /* 0 to a fifth */
    *next_us = now_us + longer(wait_us - wait_us / 10 + spread_us, retry_after_s);
    return true;
}

int64_t webhook_rest(int64_t retry_after_s, int64_t now_us)
{
    return now_us + longer(WEBHOOK_REST_US, retry_after_s);
}
