/* Enhanced status codes: what they look like, and the three questions asked of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/notification/domain/status.h"

static struct status read_text(const char *text)
{
    return status_read(span_text(text));
}

static void expect(const char *text, unsigned class, unsigned subject, unsigned detail)
{
    struct status s = read_text(text);

    if (s.class != class || s.subject != subject || s.detail != detail)
        fail_msg("%s: read as %u.%u.%u", text, s.class, s.subject, s.detail);
}

static void test_status_read(void **state)
{
    (void)state;
    expect("550 5.1.1 No such user\r\n", 5, 1, 1);
    expect("550-5.1.10 No mail here", 5, 1, 10);
    expect("451 4.7.650", 4, 7, 650);
    expect("250 2.0.0\r\n", 2, 0, 0);
}

static void test_status_none(void **state)
{
    static const char *const OTHERS[] = {
        "",           "550",          "550 ",         "550 No such user", "550 5.1",       "550 5.1.",      "550 5..1",
        "550 5.1.1x", "550 4.1.1 no", "451 5.7.1 no", "550 5.1.1234",     "550 192.0.2.1", "550 5.1.1.1 x", "550\t5.1.1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof OTHERS / sizeof OTHERS[0]; i++)
        expect(OTHERS[i], 0, 0, 0);
    assert_int_equal(status_read(span_of("550 5.1.123", 9)).class, 5); /* not beyond its end: 5.1.1 */
    assert_int_equal(status_read(span_of("550 5.1.123", 9)).detail, 1);
}

static void test_status_dead(void **state)
{
    static const char *const DEAD[] = {"550 5.1.1 x", "550 5.1.2 x", "553 5.1.3 x", "551 5.1.6 x", "556 5.1.10 x", "550 5.2.1 x"};
    static const char *const ALIVE[] = {"550 5.1.0 x", "552 5.2.2 full", "550 5.7.1 listed",  "550 5.1.8 sender",
                                        "450 4.1.1 x", "550 no code",    "552 5.3.4 too big", "554 5.6.0 content"};

    (void)state;
    for (size_t i = 0; i < sizeof DEAD / sizeof DEAD[0]; i++)
        assert_true(status_address_dead(read_text(DEAD[i])));
    for (size_t i = 0; i < sizeof ALIVE / sizeof ALIVE[0]; i++)
        assert_false(status_address_dead(read_text(ALIVE[i])));
}

static void test_status_ours(void **state)
{
    (void)state;
    assert_true(status_ours(read_text("553 5.1.8 sender's domain")));
    assert_true(status_ours(read_text("550 5.1.7 sender")));
    assert_true(status_ours(read_text("530 5.7.0 sign in first")));
    assert_false(status_ours(read_text("550 5.7.1 policy")));
    assert_false(status_ours(read_text("550 5.1.1 recipient")));
    assert_false(status_ours(read_text("451 4.1.8 not now")));
}

static void test_status_throttles(void **state)
{
    (void)state;
    assert_true(status_throttles(421, read_text("421 too many")));
    assert_true(status_throttles(450, read_text("450 4.7.1 slower")));
    assert_true(status_throttles(451, read_text("451 4.7.650 slower")));
    assert_true(status_throttles(452, read_text("452 4.4.5 congestion")));
    assert_true(status_throttles(451, read_text("451 4.3.2 busy")));
    assert_false(status_throttles(450, read_text("450 4.2.1 mailbox busy")));
    assert_false(status_throttles(452, read_text("452 4.2.2 full")));
    assert_false(status_throttles(451, read_text("451 try later")));
    assert_false(status_throttles(550, read_text("550 5.7.1 listed")));
    assert_false(status_throttles(250, read_text("250 2.1.5 fine")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status_read),      /* after a space or a hyphen, one to three digits each */
        cmocka_unit_test(test_status_none),      /* what is not one, or of another class than the answer, is none */
        cmocka_unit_test(test_status_dead),      /* which say that there is no such address */
        cmocka_unit_test(test_status_ours),      /* which are about our sender and our sign-in */
        cmocka_unit_test(test_status_throttles), /* which ask us to slow down */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
