/* The line changed by hand: whom a promotion passes over, priorities, and who can be displaced; and what is left to review. */
#include "services/enrolment/domain/by_hand.h"
#include "services/enrolment/domain/line.h"
#include "services/enrolment/domain/place.h"
#include "services/enrolment/domain/promotion.h"
#include "services/enrolment/domain/review.h"
#include "tests/unit/enrolment/domain/cases.h"

static void enrol(struct stage *stage, size_t where, struct registration *r, unsigned number, enum registration_state state)
{
    *r = (struct registration){.id = case_id(4, number), .person = case_id(5, number)};
    place_give(&stage->implementations[where], r, state, 1000 + number);
}

static void test_passed_over(void **state)
{
    struct stage stage;
    struct registration r[5];
    (void)state;
    stage_init(&stage, 9, 3, 1, 9);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_QUEUED);
    enrol(&stage, 1, &r[1], 1, REGISTRATION_QUEUED); /* elsewhere, with a free seat too */
    enrol(&stage, 2, &r[2], 2, REGISTRATION_QUEUED); /* elsewhere, where it is full: not concerned */
    stage.implementations[2].capacity = 0;
    enrol(&stage, 0, &r[3], 3, REGISTRATION_QUEUED);
    enrol(&stage, 0, &r[4], 4, REGISTRATION_QUEUED);
    assert_int_equal(by_hand_passed_over(&stage.programme, &r[0]), 0);
    assert_int_equal(by_hand_passed_over(&stage.programme, &r[3]), 2);
    assert_int_equal(by_hand_passed_over(&stage.programme, &r[4]), 3);
    (void)place_move(&stage.implementations[0], &r[0], REGISTRATION_CANCELLED, 2000); /* still linked, no longer waiting */
    assert_int_equal(by_hand_passed_over(&stage.programme, &r[4]), 2);
}

static void expect_line(struct implementation *i, const struct registration *const *line, size_t count)
{
    const struct registration *r = i->queue_first;
    for (size_t n = 0; n < count; n++, r = r->queue_next)
        assert_ptr_equal(r, line[n]);
    assert_null(r);
    assert_ptr_equal(i->queue_last, line[count - 1]);
}

static void test_priority(void **state)
{
    struct stage stage;
    struct registration r[4];
    struct implementation *i = &stage.implementations[0], *where = NULL;
    (void)state;
    stage_init(&stage, 9, 1, 0, 9);
    for (unsigned n = 0; n < 4; n++)
        enrol(&stage, 0, &r[n], n, REGISTRATION_QUEUED);
    by_hand_prioritise(i, &r[2], 1);
    expect_line(i, (const struct registration *[]){&r[2], &r[0], &r[1], &r[3]}, 4);
    assert_int_equal(r[2].position, 1);
    assert_int_equal(r[2].version, 2);
    assert_true(r[2].changed);
    by_hand_prioritise(i, &r[3], 9);
    expect_line(i, (const struct registration *[]){&r[3], &r[2], &r[0], &r[1]}, 4);
    by_hand_prioritise(i, &r[0], 1); /* the same priority: by the order of enrolment */
    expect_line(i, (const struct registration *[]){&r[3], &r[0], &r[2], &r[1]}, 4);
    assert_int_equal(r[0].position, 2);
    by_hand_prioritise(i, &r[3], 0); /* taken back: to where the order number says */
    expect_line(i, (const struct registration *[]){&r[0], &r[2], &r[1], &r[3]}, 4);
    assert_int_equal(r[3].position, 4);
    assert_int_equal(line_priority(r[3].line), 0);
    i->capacity = 1;
    assert_ptr_equal(promotion_next(&stage.programme, &where), &r[0]);
}

static void test_displace(void **state)
{
    struct stage stage;
    struct registration r[5];
    struct implementation *i = &stage.implementations[0], *where = NULL;
    uint32_t count = 9;
    (void)state;
    stage_init(&stage, 9, 1, 3, 2);
    for (unsigned n = 0; n < 3; n++)
        enrol(&stage, 0, &r[n], n, REGISTRATION_SEATED);
    enrol(&stage, 0, &r[3], 3, REGISTRATION_QUEUED);
    assert_int_equal(by_hand_displace(i, 3, 2, &count), DISPLACE_OK);
    assert_int_equal(count, 0);
    assert_int_equal(by_hand_displace(i, 2, 2, &count), DISPLACE_OK);
    assert_int_equal(count, 1);
    assert_int_equal(by_hand_displace(i, 1, 2, &count), DISPLACE_NO_WAITING_ROOM);
    assert_int_equal(by_hand_displace(i, 1, 3, &count), DISPLACE_OK);
    assert_int_equal(count, 2);
    i->held = 2; /* two of the three are held or offered: only one can go */
    assert_int_equal(by_hand_displace(i, 1, 9, &count), DISPLACE_TOO_FEW_SEATED);
    assert_int_equal(by_hand_displace(i, 2, 9, &count), DISPLACE_OK);
    i->held = 0;
    i->reserved = 1; /* a reserved seat counts, and does not go */
    assert_int_equal(by_hand_displace(i, 3, 9, &count), DISPLACE_OK);
    assert_int_equal(count, 1);
    assert_int_equal(by_hand_displace(i, 0, 9, &count), DISPLACE_TOO_FEW_SEATED);
    i->reserved = 0;
    (void)place_move(i, &r[2], REGISTRATION_QUEUED, 3000); /* and stands before those who waited */
    assert_ptr_equal(i->queue_first, &r[2]);
    assert_int_equal(r[2].position, 1);
    assert_ptr_equal(promotion_next(&stage.programme, &where), &r[2]);
}

static void test_review(void **state)
{
    const struct person person = {.role = "other", .level = "basic"};
    const struct rule rules[] = {{.rule = "a", .fact = "role", .allowed = "teacher", .review = true},
                                 {.rule = "b", .fact = "level", .allowed = "basic", .review = true},
                                 {.rule = "c", .fact = "role", .allowed = "teacher"}};
    struct registration r = {.state = REGISTRATION_SEATED, .review = REVIEW_UNREVIEWED};
    (void)state;
    assert_true(review_asked(&rules[0], 1, &person));
    assert_false(review_asked(&rules[1], 2, &person)); /* met; and not met, but not left to a person */
    assert_false(review_asked(NULL, 0, &person));
    for (int s = REGISTRATION_SEATED; s <= REGISTRATION_TRANSFERRED; s++) {
        r.state = (enum registration_state)s;
        assert_int_equal(review_open(&r), s == REGISTRATION_SEATED || s == REGISTRATION_QUEUED || s == REGISTRATION_OFFERED);
    }
    r.state = REGISTRATION_QUEUED;
    r.review = REVIEW_CONDITIONAL;
    assert_true(review_open(&r));
    r.review = REVIEW_ACCEPTED;
    assert_false(review_open(&r));
    r.review = REVIEW_NOT_NEEDED;
    assert_false(review_open(&r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_passed_over), /* those with an earlier line wherever a seat is free, and nobody else */
        cmocka_unit_test(test_priority),    /* the list at hand and the positions follow the priority, to and fro */
        cmocka_unit_test(test_displace),    /* how many go; held, offered and reserved seats stay; who goes stands first again */
        cmocka_unit_test(test_review)       /* what a rule leaves to a person, and how long it stays open */
    };
    return cmocka_run_group_tests_name("by hand", tests, NULL, NULL);
}
