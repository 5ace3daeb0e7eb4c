/* A seat, the waiting list, or full: the table of the rule. */
#include "services/enrolment/domain/allocation.h"
#include "tests/unit/enrolment/domain/cases.h"

static void test_allocation_table(void **state)
{
    static const struct {
        uint32_t cap, programme_taken, capacity, taken, waiting_cap, waiting;
        enum allocation expected;
    } rows[] = {
        {10, 0, 5, 0, 3, 0, ALLOCATION_SEAT},   {10, 9, 5, 4, 3, 0, ALLOCATION_SEAT}, /* the last seat of both */
        {10, 10, 5, 4, 3, 0, ALLOCATION_QUEUE},                                       /* the programme is full */
        {10, 9, 5, 5, 3, 0, ALLOCATION_QUEUE},                                        /* the implementation is full */
        {10, 5, 5, 4, 3, 1, ALLOCATION_QUEUE}, /* a free seat, but somebody waits: nobody jumps the queue */
        {10, 5, 5, 4, 3, 3, ALLOCATION_FULL},  /* the same with a full waiting list */
        {10, 10, 5, 5, 3, 2, ALLOCATION_QUEUE}, {10, 10, 5, 5, 3, 3, ALLOCATION_FULL},
        {10, 0, 0, 0, 0, 0, ALLOCATION_FULL},  /* capacity 0, waiting list 0 */
        {10, 0, 0, 0, 1, 0, ALLOCATION_QUEUE}, /* capacity 0 with a waiting list */
        {0, 0, 5, 0, 0, 0, ALLOCATION_FULL},   /* cap 0 */
        {10, 5, 5, 5, 0, 0, ALLOCATION_FULL},  /* no waiting list */
    };
    struct stage stage;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage_init(&stage, rows[i].cap, 1, rows[i].capacity, rows[i].waiting_cap);
        stage.programme.taken = rows[i].programme_taken;
        stage.implementations[0].taken = rows[i].taken;
        stage.implementations[0].waiting = rows[i].waiting;
        if (allocation_decide(&stage.implementations[0]) != rows[i].expected)
            fail_msg("row %zu", i);
    }
}

static void test_capacity_never_below_taken(void **state)
{
    (void)state;
    assert_true(capacity_allowed(5, 5));
    assert_true(capacity_allowed(6, 5));
    assert_false(capacity_allowed(4, 5));
    assert_true(capacity_allowed(0, 0));
}

static void test_capacity_sum(void **state)
{
    struct stage stage;
    (void)state;
    stage_init(&stage, 280, 3, 100000, 0);
    assert_int_equal(programme_capacity_sum(&stage.programme), 300000);
    assert_ptr_equal(programme_implementation(&stage.programme, case_id(2, 2)), &stage.implementations[2]);
    assert_null(programme_implementation(&stage.programme, case_id(2, 9)));
}

static void test_allocation_reserved(void **state)
{
    struct stage stage;
    (void)state;
    stage_init(&stage, 10, 2, 5, 3);
    struct implementation *i = &stage.implementations[0];
    i->taken = stage.programme.taken = 3;
    i->reserved = stage.programme.reserved = 1;
    assert_int_equal(allocation_decide(i), ALLOCATION_SEAT); /* one seat left beside the reserved one */
    i->taken = stage.programme.taken = 4;
    assert_int_equal(allocation_decide(i), ALLOCATION_QUEUE); /* what is left is kept for a code */
    i->taken = stage.programme.taken = 2;
    stage.programme.reserved = 8; /* most of them elsewhere: the cap counts them too */
    assert_int_equal(allocation_decide(i), ALLOCATION_QUEUE);
}

static void test_allocation_congested(void **state)
{
    struct stage stage;
    (void)state;
    stage_init(&stage, 6, 2, 4, 0);
    struct implementation *i = &stage.implementations[0], *other = &stage.implementations[1];
    i->taken = 4;
    other->taken = 2;
    stage.programme.taken = 6;
    assert_false(allocation_congested(i)); /* all are places */
    other->held = stage.programme.held = 1;
    assert_false(allocation_congested(i)); /* what is held elsewhere is no seat here, for there is none */
    i->held = 1;
    stage.programme.held = 2;
    assert_true(allocation_congested(i));
    i->held = 0;
    i->taken = 3;
    other->taken = 3;
    stage.programme.held = 1;
    assert_true(allocation_congested(i)); /* a seat here, and the cap is held up elsewhere */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allocation_table),           /* every combination of full and not full that matters */
        cmocka_unit_test(test_capacity_never_below_taken), /* an edit takes nobody's place */
        cmocka_unit_test(test_capacity_sum),               /* the sum an import compares with the cap; look-up by id */
        cmocka_unit_test(test_allocation_reserved),        /* seats kept for codes are not for everybody, under both caps */
        cmocka_unit_test(test_allocation_congested)        /* full, but some are only held: here, or under the cap */
    };
    return cmocka_run_group_tests_name("allocation", tests, NULL, NULL);
}
