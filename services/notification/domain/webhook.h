/* Webhooks by Standard Webhooks 1.0.0 (github.com/standard-webhooks/standard-webhooks): what is signed, when it is tried again, what an
 * answer means, which addresses are refused. Pure: store/delivery.c keeps what is to be sent, outbound/hooks.c sends it. */
#ifndef HV_NOTIFICATION_DOMAIN_WEBHOOK_H
#define HV_NOTIFICATION_DOMAIN_WEBHOOK_H
#include <stdbool.h>
#include <stdint.h>

#include "common/base/span.h"
#include "common/base/uuid.h"

#define WEBHOOK_SECRET_SIZE     32
#define WEBHOOK_SECRET_TEXT     64                          /* "whsec_" and base64 */
#define WEBHOOK_SIGNATURE_TEXT  128                         /* two signatures of "v1," and 44 characters, a space, NUL */
#define WEBHOOK_ROTATE_US       (24LL * 3600 * 1000000)     /* so long both keys sign */
#define WEBHOOK_FAILING_US      (5LL * 24 * 3600 * 1000000) /* failing without a success for so long disables it */
#define WEBHOOK_REST_US         5000000LL                   /* after a failure nothing goes to that webhook for so long */
#define WEBHOOK_URL_MAX         500
#define WEBHOOK_DESCRIPTION_MAX 200
#define WEBHOOK_TYPES_MAX       40     /* named by one webhook */
#define WEBHOOK_MANY            100    /* of one installation */
#define WEBHOOK_WAITING_MAX     100000 /* undelivered of one webhook: one more disables it */
#define WEBHOOK_TRIES           10
#define WEBHOOK_KEPT_US         (30LL * 24 * 3600 * 1000000) /* what was delivered, or failed, can be looked at for so long */

enum webhook_state { WEBHOOK_ON = 1, WEBHOOK_OFF = 2 };
enum delivery_state { DELIVERY_DUE = 1, DELIVERY_UNDER_WAY = 2, DELIVERY_TAKEN = 3, DELIVERY_DEAD = 4 };

void webhook_secret_text(const uint8_t secret[WEBHOOK_SECRET_SIZE], char out[WEBHOOK_SECRET_TEXT]);
/* The header webhook-signature: "v1,<base64 HMAC-SHA256 of id.timestamp.body>", for each secret one (two at most), a space between. */
void webhook_sign(const struct span *secrets, size_t count, struct span id, int64_t timestamp_s, struct span body,
                  char out[WEBHOOK_SIGNATURE_TEXT]);

/* What is wrong with a URL; OK: it may be one. https (http too where private addresses are allowed: in tests), a host, no user, no
 * fragment, no port of mail, shells or databases; and no address that is private already by its text. What a name resolves to
 * is looked at when it is connected to. */
enum webhook_url {
    WEBHOOK_URL_OK,
    WEBHOOK_URL_LENGTH,
    WEBHOOK_URL_CHARACTERS,
    WEBHOOK_URL_SCHEME,
    WEBHOOK_URL_HOST,
    WEBHOOK_URL_USER,
    WEBHOOK_URL_FRAGMENT,
    WEBHOOK_URL_PORT,
    WEBHOOK_URL_PRIVATE
};
enum webhook_url webhook_url_judge(struct span url, bool allow_private);
/* Loopback, link-local, private (RFC 1918, RFC 6598, RFC 4193), multicast, documentation, IPv4 in IPv6 of those, and what is no internet
 * address: never connected to. */
bool webhook_v4_private(const uint8_t address[4]); /* bytes as on the wire */
bool webhook_v6_private(const uint8_t address[16]);
bool webhook_v4_read(struct span text, uint8_t out[4]); /* the plain forms only; false: it is none */
bool webhook_v6_read(struct span text, uint8_t out[16]);

enum webhook_verdict { WEBHOOK_DONE, WEBHOOK_AGAIN, WEBHOOK_GONE };
enum webhook_verdict webhook_judge(int http_status); /* 2xx done; 410 gone; all else, and 0 (no answer), again */
/* After so many tries: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, spread by dice by a tenth; retry_after_s (429, 503) if longer,
 * a day at most. False: that was the last. */
bool webhook_next(unsigned tries, int64_t retry_after_s, int64_t now_us, uint32_t dice, int64_t *next_us);
/* Until when its webhook is left alone after a failure, for all that waits for it. */
int64_t webhook_rest(int64_t retry_after_s, int64_t now_us);

#endif
