/* What each SMTP answer means at each stage, and how long to wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/retry.h"

static void test_retry_by_answer(void **state)
{
    const struct {
        enum retry_stage stage;
        unsigned code;
        enum message_move move;
    } rows[] = {
        {STAGE_BODY, 250, MOVE_TAKEN},       {STAGE_BODY, 251, MOVE_TAKEN},
        {STAGE_BODY, 0, MOVE_DOUBT}, /* the body was out, no answer came */
        {STAGE_BODY, 354, MOVE_DOUBT},       {STAGE_BODY, 421, MOVE_LATER},
        {STAGE_BODY, 451, MOVE_LATER},       {STAGE_BODY, 452, MOVE_LATER},
        {STAGE_BODY, 552, MOVE_REFUSED},     {STAGE_BODY, 554, MOVE_REFUSED},
        {STAGE_ENVELOPE, 421, MOVE_LATER},   {STAGE_ENVELOPE, 450, MOVE_LATER},
        {STAGE_ENVELOPE, 451, MOVE_LATER},   {STAGE_ENVELOPE, 452, MOVE_LATER},
        {STAGE_ENVELOPE, 455, MOVE_LATER},   {STAGE_ENVELOPE, 500, MOVE_REFUSED},
        {STAGE_ENVELOPE, 530, MOVE_LATER}, /* sign in first: our configuration */
        {STAGE_ENVELOPE, 534, MOVE_LATER},   {STAGE_ENVELOPE, 535, MOVE_LATER},
        {STAGE_ENVELOPE, 538, MOVE_LATER},   {STAGE_ENVELOPE, 550, MOVE_REFUSED},
        {STAGE_ENVELOPE, 551, MOVE_REFUSED}, {STAGE_ENVELOPE, 553, MOVE_REFUSED},
        {STAGE_ENVELOPE, 554, MOVE_REFUSED}, {STAGE_ENVELOPE, 0, MOVE_LATER}, /* the line broke before the body was out */
        {STAGE_ENVELOPE, 250, MOVE_LATER},   {STAGE_SESSION, 0, MOVE_LATER},  /* nobody there */
        {STAGE_SESSION, 421, MOVE_LATER},    {STAGE_SESSION, 535, MOVE_LATER},
        {STAGE_SESSION, 554, MOVE_LATER}, /* "no SMTP service here" says nothing about the recipient */
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(retry_judge(rows[i].stage, rows[i].code), rows[i].move);
}

static void test_retry_delay_doubles(void **state)
{
    (void)state;
    for (unsigned attempts = 1; attempts <= 11; attempts++) {
        int64_t whole = (2LL << (attempts - 1)) * TIME_SECOND;
        assert_int_equal(retry_delay_us(attempts, 0), whole / 2);
        assert_in_range(retry_delay_us(attempts, UINT32_MAX), whole - 1000, whole);
    }
    assert_int_equal(retry_delay_us(12, 0), TIME_HOUR / 2);
    assert_int_equal(retry_delay_us(4000000000u, 0), TIME_HOUR / 2);
    assert_in_range(retry_delay_us(20, UINT32_MAX), TIME_HOUR - 1000, TIME_HOUR);
}

static void test_retry_delay_spreads(void **state)
{
    (void)state;
    assert_int_equal(retry_delay_us(1, 0x80000000u), TIME_SECOND + TIME_SECOND / 2);
    assert_true(retry_delay_us(5, 1000000000u) < retry_delay_us(5, 2000000000u));
}

static void test_retry_ends_after_72_hours(void **state)
{
    int64_t next = -1, queued = 1000 * TIME_HOUR;

    (void)state;
    assert_true(retry_next(queued, queued, 1, 0, &next));
    assert_int_equal(next, queued + TIME_SECOND);
    assert_true(retry_next(queued, queued + RETRY_SPAN - TIME_SECOND, 1, 0, &next));
    assert_int_equal(next, queued + RETRY_SPAN);
    next = -1;
    assert_false(retry_next(queued, queued + RETRY_SPAN - TIME_SECOND + 1, 1, 0, &next));
    assert_int_equal(next, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retry_by_answer),           /* each SMTP answer at each stage: taken, later, never, in doubt */
        cmocka_unit_test(test_retry_delay_doubles),       /* 2 s doubling to one hour, no overflow */
        cmocka_unit_test(test_retry_delay_spreads),       /* the dice move it within its second half */
        cmocka_unit_test(test_retry_ends_after_72_hours), /* the last microsecond of the span, and the first after it */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
