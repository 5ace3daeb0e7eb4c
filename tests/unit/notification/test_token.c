/* Tokens of links: read back whole, and refused when a single character of them is another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/token.h"

static const uint8_t KEY[TOKEN_KEY_SIZE] = {7, 1, 200}, OTHER_KEY[TOKEN_KEY_SIZE] = {7, 1, 201};
static const struct uuid PERSON = {{0xff, 2, 3, 0xfb, 0, 0xfe}};

static void test_token_comes_back(void **state)
{
    char token[TOKEN_TEXT], again[TOKEN_TEXT];
    struct uuid person;
    enum topic topic;

    (void)state;
    for (enum topic t = TOPIC_PLACES; t <= TOPIC_LAST; t++) {
        token_unsubscribe(KEY, PERSON, t, token);
        token_unsubscribe(KEY, PERSON, t, again);
        assert_string_equal(token, again);
        assert_int_equal(strlen(token), 44);
        assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 44);
        assert_true(token_read(KEY, span_text(token), &person, &topic));
        assert_int_equal(uuid_compare(person, PERSON), 0);
        assert_int_equal(topic, t);
    }
}

static void test_token_is_of_its_key(void **state)
{
    char token[TOKEN_TEXT];
    struct uuid person;
    enum topic topic;

    (void)state;
    token_unsubscribe(OTHER_KEY, PERSON, TOPIC_WINDOWS, token);
    assert_false(token_read(KEY, span_text(token), &person, &topic));
}

static void test_token_changed_anywhere(void **state)
{
    char token[TOKEN_TEXT];
    struct uuid person;
    enum topic topic;

    (void)state;
    token_unsubscribe(KEY, PERSON, TOPIC_REMINDERS, token);
    for (size_t i = 0; i < 44; i++) {
        const char was = token[i];
        for (const char *c = "Aa0-_.+/= \x01"; *c; c++) {
            token[i] = *c;
            if (*c != was)
                assert_false(token_read(KEY, span_text(token), &person, &topic));
        }
        token[i] = was;
    }
    assert_false(token_read(KEY, span_of(token, 43), &person, &topic));
    assert_false(token_read(KEY, span_of(NULL, 0), &person, &topic));
    memcpy(token + 44, "AAAA", 5);
    assert_false(token_read(KEY, span_text(token), &person, &topic));
}

static void test_token_of_no_topic(void **state)
{
    char token[TOKEN_TEXT];
    struct uuid person;
    enum topic topic;

    (void)state;
    token_unsubscribe(KEY, PERSON, (enum topic)0, token);
    assert_false(token_read(KEY, span_text(token), &person, &topic));
    token_unsubscribe(KEY, PERSON, (enum topic)(TOPIC_LAST + 1), token);
    assert_false(token_read(KEY, span_text(token), &person, &topic));
}

static void test_feed_secret(void **state)
{
    uint8_t secret[TOKEN_FEED_SIZE] = {0xff, 0xff, 0xfe, 1, 2, 3}, back[TOKEN_FEED_SIZE];
    char token[TOKEN_FEED_TEXT];

    (void)state;
    token_feed(secret, token);
    assert_int_equal(strlen(token), 32);
    assert_memory_equal(token, "___-AQID", 8); /* base64url of RFC 4648 */
    assert_true(token_feed_read(span_text(token), back));
    assert_memory_equal(secret, back, sizeof secret);
    assert_false(token_feed_read(span_of(token, 31), back));
    assert_false(token_feed_read(span_text("trainings"), back));
    token[3] = '+';
    assert_false(token_feed_read(span_text(token), back));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token_comes_back),       /* person and topic come back; the same token for ever; 44 letters of base64url */
        cmocka_unit_test(test_token_is_of_its_key),    /* one made with another key is none of ours */
        cmocka_unit_test(test_token_changed_anywhere), /* another character at any place, too short, too long: refused */
        cmocka_unit_test(test_token_of_no_topic),      /* a topic that is none, though well signed: refused */
        cmocka_unit_test(test_feed_secret),            /* the address of a feed is base64url of its secret, and is read back */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
