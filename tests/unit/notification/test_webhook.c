/* Webhooks: signatures against the standard's published vector and one of its Node.js library, the schedule, the verdict, and which URLs
 * and addresses are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <arpa/inet.h>

#include "common/base/time.h"
#include "services/notification/domain/webhook.h"

/* "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" of base64, the key of the published vector */
static const uint8_t PUBLISHED_KEY[24] = {0x31, 0xf2, 0x90, 0xf6, 0xbf, 0x06, 0x29, 0x8a, 0xab, 0x4f, 0x08, 0xd4,
                                          0x3c, 0x3f, 0x08, 0x2c, 0xf6, 0x48, 0xa3, 0x62, 0xda, 0x2d, 0xa4, 0xb0};

static void count_up(uint8_t secret[WEBHOOK_SECRET_SIZE])
{
    for (int i = 0; i < WEBHOOK_SECRET_SIZE; i++)
        secret[i] = (uint8_t)i;
}

static void test_webhook_signs_as_published(void **state)
{
    struct span key = span_of(PUBLISHED_KEY, sizeof PUBLISHED_KEY);
    char out[WEBHOOK_SIGNATURE_TEXT];

    (void)state;
    webhook_sign(&key, 1, span_text("msg_p5jXN8AQM9LWM0D4loKWxJek"), 1614265330, span_text("{\"test\": 2432232314}"), out);
    assert_string_equal(out, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

static void test_webhook_signs_with_two_keys(void **state)
{
    uint8_t secret[WEBHOOK_SECRET_SIZE] = {0};
    struct span keys[2] = {span_of(secret, sizeof secret), span_of(PUBLISHED_KEY, sizeof PUBLISHED_KEY)};
    const struct span id = span_text("01890a5d-ac96-774b-bcce-b302099a8057"), body = span_text("{\"type\":\"enrolment.seat_taken\"}");
    char both[WEBHOOK_SIGNATURE_TEXT], second[WEBHOOK_SIGNATURE_TEXT];

    (void)state;
    count_up(secret);
    webhook_sign(keys, 2, id, 1700000000, body, both);
    webhook_sign(keys + 1, 1, id, 1700000000, body, second);
    assert_memory_equal(both, "v1,Oh95F62EiMoWeuQG0hbBkUqYFKu+OLuFbQXKm69zq0Y= v1,", 51);
    assert_string_equal(both + 48, second);
    webhook_sign(keys, 0, id, 1700000000, body, both);
    assert_string_equal(both, "");
}

static void test_webhook_secret_is_base64(void **state)
{
    uint8_t secret[WEBHOOK_SECRET_SIZE];
    char out[WEBHOOK_SECRET_TEXT];

    (void)state;
    count_up(secret);
    webhook_secret_text(secret, out);
    assert_string_equal(out, "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    memset(secret, 0xff, sizeof secret);
    webhook_secret_text(secret, out);
    assert_string_equal(out, "whsec_//////////////////////////////////////////8=");
}

static void test_webhook_verdict(void **state)
{
    const struct {
        int status;
        enum webhook_verdict verdict;
    } rows[] = {{200, WEBHOOK_DONE},  {202, WEBHOOK_DONE},  {204, WEBHOOK_DONE},  {299, WEBHOOK_DONE},  {0, WEBHOOK_AGAIN},
                {100, WEBHOOK_AGAIN}, {301, WEBHOOK_AGAIN}, {302, WEBHOOK_AGAIN}, {400, WEBHOOK_AGAIN}, {404, WEBHOOK_AGAIN},
                {410, WEBHOOK_GONE},  {429, WEBHOOK_AGAIN}, {500, WEBHOOK_AGAIN}, {503, WEBHOOK_AGAIN}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(webhook_judge(rows[i].status), rows[i].verdict);
}

static void test_webhook_schedule(void **state)
{
    const int64_t waits_s[WEBHOOK_TRIES - 1] = {5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400};
    int64_t next, sum = 0;

    (void)state;
    for (unsigned tries = 1; tries < WEBHOOK_TRIES; tries++) {
        const int64_t wait = waits_s[tries - 1] * TIME_SECOND;
        assert_true(webhook_next(tries, 0, 1000, 0, &next));
        assert_int_equal(next, 1000 + wait / 10 * 9);
        assert_true(webhook_next(tries, 0, 1000, 1000, &next));
        assert_int_equal(next, 1000 + wait);
        assert_true(webhook_next(tries, 0, 1000, 2000, &next));
        assert_int_equal(next, 1000 + wait / 10 * 11);
        assert_true(webhook_next(tries, 0, 1000, UINT32_MAX, &next));
        assert_in_range(next, 1000 + wait / 10 * 9, 1000 + wait / 10 * 11);
        sum += waits_s[tries - 1];
    }
    assert_int_equal(sum, 272105); /* 75 hours 35 minutes, as the standard's example adds up */
    assert_false(webhook_next(WEBHOOK_TRIES, 0, 1000, 0, &next));
    assert_false(webhook_next(4000000000u, 0, 1000, 0, &next));
    assert_false(webhook_next(0, 0, 1000, 0, &next));
}

static void test_webhook_retry_after(void **state)
{
    int64_t next;

    (void)state;
    assert_true(webhook_next(1, 40, 0, 1000, &next));
    assert_int_equal(next, 40 * TIME_SECOND);
    assert_true(webhook_next(3, 40, 0, 1000, &next));
    assert_int_equal(next, 1800 * TIME_SECOND); /* ours is longer */
    assert_true(webhook_next(1, INT64_MAX, 0, 1000, &next));
    assert_int_equal(next, TIME_DAY);
    assert_true(webhook_next(1, -5, 0, 1000, &next));
    assert_int_equal(next, 5 * TIME_SECOND);
    assert_int_equal(webhook_rest(0, 7), 7 + WEBHOOK_REST_US);
    assert_int_equal(webhook_rest(100, 7), 7 + 100 * TIME_SECOND);
}

static bool private4(const char *text)
{
    uint8_t bytes[4];

    assert_int_equal(inet_pton(AF_INET, text, bytes), 1);
    return webhook_v4_private(bytes);
}

static bool private6(const char *text)
{
    uint8_t bytes[16];

    assert_int_equal(inet_pton(AF_INET6, text, bytes), 1);
    return webhook_v6_private(bytes);
}

static void test_webhook_private_addresses(void **state)
{
    static const char *const NO4[] = {"0.0.0.0",   "0.1.2.3",     "10.0.0.1",        "10.255.255.255",  "100.64.0.1",   "100.127.255.255",
                                      "127.0.0.1", "127.9.9.9",   "169.254.169.254", "172.16.0.1",      "172.31.255.1", "192.0.0.8",
                                      "192.0.2.1", "192.168.1.1", "198.18.0.1",      "198.19.255.1",    "198.51.100.7", "203.0.113.9",
                                      "224.0.0.1", "239.1.1.1",   "240.0.0.1",       "255.255.255.255", "192.88.99.1"};
    static const char *const YES4[] = {"1.1.1.1",     "9.255.255.255", "11.0.0.0",    "100.63.255.255", "100.128.0.0",
                                       "126.0.0.1",   "128.0.0.1",     "169.253.1.1", "172.15.0.1",     "172.32.0.1",
                                       "192.167.0.1", "192.169.0.1",   "198.17.0.1",  "198.20.0.1",     "223.255.255.1"};
    static const char *const NO6[] = {
        "::",          "::1",     "::7f00:1",      "::ffff:127.0.0.1", "::ffff:10.1.1.1", "fe80::1", "fc00::1", "fdff::1", "ff02::1",
        "2001:db8::1", "2001::1", "2002:7f00:1::", "64:ff9b::a00:1",   "64:ff9b:1::1",    "fec0::1", "100::1",  "3fff::1", "4000::1"};
    static const char *const YES6[] = {"2606:4700::1111", "2a00:1450::1", "::ffff:1.1.1.1", "64:ff9b::101:101",
                                       "2002:101:101::",  "2001:200::1",  "3ffe::1"};

    (void)state;
    for (size_t i = 0; i < sizeof NO4 / sizeof NO4[0]; i++)
        if (!private4(NO4[i]))
            fail_msg("%s is not called private", NO4[i]);
    for (size_t i = 0; i < sizeof YES4 / sizeof YES4[0]; i++)
        if (private4(YES4[i]))
            fail_msg("%s is called private", YES4[i]);
    for (size_t i = 0; i < sizeof NO6 / sizeof NO6[0]; i++)
        if (!private6(NO6[i]))
            fail_msg("%s is not called private", NO6[i]);
    for (size_t i = 0; i < sizeof YES6 / sizeof YES6[0]; i++)
        if (private6(YES6[i]))
            fail_msg("%s is called private", YES6[i]);
}

/* The C library reads the same, and calls the same no address. */
static void read_as_inet_pton(const char *text)
{
    uint8_t ours[16] = {0}, theirs[16] = {0};

    if (webhook_v4_read(span_text(text), ours) != (inet_pton(AF_INET, text, theirs) == 1) || memcmp(ours, theirs, 4) != 0) {
        if (inet_pton(AF_INET, text, theirs) == 1 || webhook_v4_read(span_text(text), ours))
            fail_msg("as IPv4: %s", text);
    }
    if (webhook_v6_read(span_text(text), ours) != (inet_pton(AF_INET6, text, theirs) == 1))
        fail_msg("as IPv6: %s", text);
    if (inet_pton(AF_INET6, text, theirs) == 1)
        assert_memory_equal(ours, theirs, 16);
}

static uint32_t roll(uint32_t *dice)
{
    *dice = *dice * 1664525 + 1013904223;
    return *dice >> 8;
}

static void test_webhook_reads_addresses(void **state)
{
    static const char *const TEXTS[] = {"",
                                        "1.2.3.4",
                                        "0.0.0.0",
                                        "255.255.255.255",
                                        "256.1.1.1",
                                        "1.2.3",
                                        "1.2.3.4.5",
                                        "01.2.3.4",
                                        "1.2.3.4 ",
                                        "1..3.4",
                                        "::",
                                        "::1",
                                        "1::",
                                        "1:2:3:4:5:6:7:8",
                                        "1:2:3:4:5:6:7",
                                        "1:2:3:4:5:6:7:8:9",
                                        "1::8",
                                        "1:2:3:4:5:6:7::",
                                        "::2:3:4:5:6:7:8",
                                        "1:2:3:4::5:6:7:8",
                                        "1::2::3",
                                        ":::",
                                        ":1",
                                        "1:",
                                        "12345::",
                                        "g::",
                                        "::ffff:1.2.3.4",
                                        "1.2.3.4::",
                                        "::1.2.3.4:5",
                                        "1:2:3:4:5:6:1.2.3.4",
                                        "1:2:3:4:5:6:7:1.2.3.4",
                                        "::1.2.3",
                                        "fe80::1%eth0",
                                        "ABCD:ef01::",
                                        "1::2:",
                                        ":1::2"};
    static const char LETTERS[] = "::::..0123456789afAFg";
    uint32_t dice = 1;

    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++)
        read_as_inet_pton(TEXTS[i]);
    for (int n = 0; n < 200000; n++) { /* and what comes of them when some letters change */
        char text[40];
        const int changes = 1 + n % 3;
        (void)snprintf(text, sizeof text, "%s", TEXTS[1 + roll(&dice) % (sizeof TEXTS / sizeof TEXTS[0] - 1)]);
        for (int c = 0; c < changes; c++)
            text[roll(&dice) % strlen(text)] = LETTERS[roll(&dice) % (sizeof LETTERS - 1)];
        read_as_inet_pton(text);
    }
}

static void judge(const char *url, bool allow_private, enum webhook_url want)
{
    const enum webhook_url got = webhook_url_judge(span_text(url), allow_private);

    if (got != want)
        fail_msg("%s: %d instead of %d", url, (int)got, (int)want);
}

static const struct {
    const char *url;
    enum webhook_url want;
} URLS[] = {
    {"https://hooks.example.fi/take?key=1", WEBHOOK_URL_OK},
    {"HTTPS://Hooks.Example.FI", WEBHOOK_URL_OK},
    {"https://hooks.example.fi:8443/a/b", WEBHOOK_URL_OK},
    {"https://hooks.example.fi?x=a@b", WEBHOOK_URL_OK},
    {"https://1.1.1.1/", WEBHOOK_URL_OK},
    {"https://[2606:4700::1111]:443/", WEBHOOK_URL_OK},
    {"", WEBHOOK_URL_LENGTH},
    {"http://hooks.example.fi/", WEBHOOK_URL_SCHEME},
    {"ftp://hooks.example.fi/", WEBHOOK_URL_SCHEME},
    {"file:///etc/passwd", WEBHOOK_URL_SCHEME},
    {"hooks.example.fi", WEBHOOK_URL_SCHEME},
    {"https://", WEBHOOK_URL_HOST},
    {"https:///path", WEBHOOK_URL_HOST},
    {"https://:443/", WEBHOOK_URL_HOST},
    {"https://a..example.fi/", WEBHOOK_URL_HOST},
    {"https://-a.example.fi/", WEBHOOK_URL_HOST},
    {"https://a-.example.fi/", WEBHOOK_URL_HOST},
    {"https://example.fi./", WEBHOOK_URL_HOST},
    {"https://a_b.example.fi/", WEBHOOK_URL_HOST},
    {"https://[::1/", WEBHOOK_URL_HOST},
    {"https://[fe80::1%25eth0]/", WEBHOOK_URL_HOST},
    {"https://[2606:4700::1111]x/", WEBHOOK_URL_HOST},
    {"https://hooks.example.fi/a b", WEBHOOK_URL_CHARACTERS},
    {"https://hooks.example.fi/\r\nx: y", WEBHOOK_URL_CHARACTERS},
    {"https://hooks.example.fi\\@127.0.0.1/", WEBHOOK_URL_CHARACTERS},
    {"https://h\xc3\xb6oks.example.fi/", WEBHOOK_URL_CHARACTERS},
    {"https://user@hooks.example.fi/", WEBHOOK_URL_USER},
    {"https://hooks.example.fi:443@127.0.0.1/", WEBHOOK_URL_USER},
    {"https://hooks.example.fi/#top", WEBHOOK_URL_FRAGMENT},
    {"https://hooks.example.fi:25/", WEBHOOK_URL_PORT},
    {"https://hooks.example.fi:5432/", WEBHOOK_URL_PORT},
    {"https://hooks.example.fi:6379/", WEBHOOK_URL_PORT},
    {"https://hooks.example.fi:0/", WEBHOOK_URL_PORT},
    {"https://hooks.example.fi:65536/", WEBHOOK_URL_PORT},
    {"https://hooks.example.fi:/", WEBHOOK_URL_PORT},
    {"https://hooks.example.fi:44x/", WEBHOOK_URL_PORT},
    {"https://127.0.0.1/", WEBHOOK_URL_PRIVATE},
    {"https://10.1.2.3:8443/x", WEBHOOK_URL_PRIVATE},
    {"https://169.254.169.254/latest", WEBHOOK_URL_PRIVATE},
    {"https://[::1]/", WEBHOOK_URL_PRIVATE},
    {"https://[::ffff:192.168.0.1]/", WEBHOOK_URL_PRIVATE},
    {"https://[fd00::1]:8443/", WEBHOOK_URL_PRIVATE},
    {"https://localhost/", WEBHOOK_URL_PRIVATE},
    {"https://LOCALHOST:8443/", WEBHOOK_URL_PRIVATE},
    {"https://db.localhost/", WEBHOOK_URL_PRIVATE},
    {"https://printer.local/", WEBHOOK_URL_PRIVATE},
    {"https://vault.internal/", WEBHOOK_URL_PRIVATE},
    {"https://intra/", WEBHOOK_URL_PRIVATE},
    /* other ways to write 127.0.0.1 */
    {"https://2130706433/", WEBHOOK_URL_HOST},
    {"https://0x7f000001/", WEBHOOK_URL_HOST},
    {"https://127.1/", WEBHOOK_URL_HOST},
    {"https://0177.0.0.1/", WEBHOOK_URL_HOST},
    {"https://127.0.0.0x1/", WEBHOOK_URL_HOST},
    {"https://127.0.0.1./", WEBHOOK_URL_HOST},
};

static void test_webhook_urls(void **state)
{
    char url[WEBHOOK_URL_MAX + 2] = "https://hooks.example.fi/";

    (void)state;
    for (size_t i = 0; i < sizeof URLS / sizeof URLS[0]; i++)
        judge(URLS[i].url, false, URLS[i].want);
    memset(url + strlen(url), 'a', WEBHOOK_URL_MAX + 1 - strlen(url));
    judge(url, false, WEBHOOK_URL_LENGTH);
    url[WEBHOOK_URL_MAX] = '\0';
    judge(url, false, WEBHOOK_URL_OK);
}

static void test_webhook_urls_of_tests(void **state)
{
    (void)state;
    judge("http://127.0.0.1:8000/", true, WEBHOOK_URL_OK);
    judge("https://localhost:8000/", true, WEBHOOK_URL_OK);
    judge("https://[::1]:8000/", true, WEBHOOK_URL_OK);
    judge("ftp://127.0.0.1/", true, WEBHOOK_URL_SCHEME);
    judge("http://2130706433/", true, WEBHOOK_URL_HOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_webhook_signs_as_published),  /* the vector of the standard's own libraries */
        cmocka_unit_test(test_webhook_signs_with_two_keys), /* while keys rotate both sign, the new one first */
        cmocka_unit_test(test_webhook_secret_is_base64),    /* "whsec_" and base64 with padding */
        cmocka_unit_test(test_webhook_verdict),             /* 2xx is delivered, 410 ends it, all else is tried again */
        cmocka_unit_test(test_webhook_schedule),            /* ten tries over three days, each spread by a tenth */
        cmocka_unit_test(test_webhook_retry_after),         /* the receiver may ask for longer, for a day at most */
        cmocka_unit_test(test_webhook_private_addresses),   /* nothing inside a house, in either family, is called */
        cmocka_unit_test(test_webhook_reads_addresses),     /* as the C library does, and nothing it does not */
        cmocka_unit_test(test_webhook_urls),                /* what may be entered, and the first rule that others break */
        cmocka_unit_test(test_webhook_urls_of_tests),       /* with private addresses allowed the other rules stay */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
