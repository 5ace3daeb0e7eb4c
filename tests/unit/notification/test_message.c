/* The life of a message: every move from every state, and the id that makes a message one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/message.h"
#include "services/notification/domain/plan.h"

/* What each move leads to from each state, written out; 0: refused. Rows as in enum message_state. */
static const int EXPECTED[MESSAGE_STATE_LAST + 1][MOVE_LAST + 1] = {
    /*                    claim release taken later refused doubt retry withhold gather bounce call-off */
    [MESSAGE_QUEUED] = {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9},     [MESSAGE_SENDING] = {0, 1, 3, 1, 4, 5, 0, 6, 7, 0, 9},
    [MESSAGE_SENT] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0},       [MESSAGE_FAILED] = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0},
    [MESSAGE_UNSURE] = {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9},     [MESSAGE_WITHHELD] = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0},
    [MESSAGE_GATHERED] = {0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 9},   [MESSAGE_BOUNCED] = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0},
    [MESSAGE_CALLED_OFF] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
};

static void test_message_moves(void **state)
{
    (void)state;
    for (int from = MESSAGE_QUEUED; from <= MESSAGE_STATE_LAST; from++) {
        for (int move = MOVE_CLAIM; move <= MOVE_LAST; move++) {
            enum message_state at = (enum message_state)from;
            assert_int_equal(message_move(&at, (enum message_move)move), EXPECTED[from][move] != 0);
            assert_int_equal(at, EXPECTED[from][move] ? EXPECTED[from][move] : from);
        }
    }
}

static void test_message_moves_outside_the_table(void **state)
{
    enum message_state none = (enum message_state)0, far = (enum message_state)10, queued = MESSAGE_QUEUED;

    (void)state;
    assert_false(message_move(&none, MOVE_CLAIM));
    assert_false(message_move(&far, MOVE_CLAIM));
    assert_false(message_move(&queued, (enum message_move)(MOVE_LAST + 1)));
    assert_int_equal(queued, MESSAGE_QUEUED);
}

static void test_message_id_is_of_all_three(void **state)
{
    struct uuid event = {{1}}, other = {{2}}, person = {{3}};
    struct uuid id = message_id(event, person, KIND_CONFIRMATION);

    (void)state;
    assert_int_equal(uuid_compare(id, message_id(event, person, KIND_CONFIRMATION)), 0);
    assert_int_not_equal(uuid_compare(id, message_id(other, person, KIND_CONFIRMATION)), 0);
    assert_int_not_equal(uuid_compare(id, message_id(event, other, KIND_CONFIRMATION)), 0);
    assert_int_not_equal(uuid_compare(id, message_id(event, person, KIND_PROMOTION)), 0);
    assert_false(uuid_is_nil(id));
}

static void test_message_id_range(void **state)
{
    const struct uuid event = {{1, 2, 3, 4, 5, 6, 7, 8}}, next = {{1, 2, 3, 4, 5, 7}};
    struct uuid first, last, id;

    (void)state;
    message_id_range(event, &first, &last);
    for (uint8_t person = 0; person < 200; person++) {
        id = message_id(event, (struct uuid){{person}}, KIND_GRANT_DECISION);
        assert_true(uuid_compare(first, id) <= 0 && uuid_compare(id, last) <= 0);
    }
    id = message_id(next, (struct uuid){{3}}, KIND_GRANT_DECISION);
    assert_true(uuid_compare(last, id) < 0);
}

static void test_plan_who_hears_what(void **state)
{
    const struct {
        enum plan_event event;
        enum plan_audience audience;
        int kind;
    } plans[] = {
        {PLAN_PERSON_STORED, AUDIENCE_NOBODY, 0},
        {PLAN_PROGRAMME_STORED, AUDIENCE_NOBODY, 0},
        {PLAN_FOLLOWED, AUDIENCE_NOBODY, 0},
        {PLAN_CAPACITY_CHANGED, AUDIENCE_NOBODY, 0},
        {PLAN_SEAT_TAKEN, AUDIENCE_PERSON, KIND_CONFIRMATION},
        {PLAN_QUEUED, AUDIENCE_PERSON, KIND_WAITING_LIST},
        {PLAN_PROMOTED, AUDIENCE_PERSON, KIND_PROMOTION},
        {PLAN_CANCELLED, AUDIENCE_PERSON, KIND_CANCELLATION},
        {PLAN_WINDOW_OPENED, AUDIENCE_FOLLOWERS, KIND_WINDOW_OPENED},
        {PLAN_WINDOW_CLOSED, AUDIENCE_FOLLOWERS, KIND_WINDOW_CLOSED},
        {PLAN_CONTACT_STORED, AUDIENCE_NOBODY, 0},
        {PLAN_CALL_STORED, AUDIENCE_NOBODY, 0},
        {PLAN_DRAFT_STARTED, AUDIENCE_NOBODY, 0},
        {PLAN_OBLIGATION_SET, AUDIENCE_NOBODY, 0},
        {PLAN_OBLIGATION_ENDED, AUDIENCE_NOBODY, 0},
        {PLAN_APPLICATION_SUBMITTED, AUDIENCE_NAMED, KIND_APPLICATION_RECEIVED},
        {PLAN_SUPPLEMENT_REQUESTED, AUDIENCE_NAMED, KIND_SUPPLEMENT_REQUESTED},
        {PLAN_APPLICATION_ENDED, AUDIENCE_NAMED, KIND_APPLICATION_ENDED},
        {PLAN_DECISION_SENT, AUDIENCE_NAMED, KIND_GRANT_DECISION},
        {PLAN_GRANT_ANSWERED, AUDIENCE_NAMED, KIND_GRANT_ANSWERED},
        {PLAN_INSTALMENT_MOVED, AUDIENCE_NAMED, KIND_GRANT_PAYMENT},
        {PLAN_AMENDMENT_DECIDED, AUDIENCE_NAMED, KIND_AMENDMENT_DECIDED},
        {PLAN_OBLIGATION_LATE, AUDIENCE_NAMED, KIND_REPORT_LATE},
        {PLAN_REPORT_MOVED, AUDIENCE_NAMED, KIND_REPORT_REVIEWED},
        {PLAN_RECOVERY_MOVED, AUDIENCE_NAMED, KIND_RECOVERY},
    };

    (void)state;
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        assert_int_equal(plan_of(plans[i].event).audience, plans[i].audience);
        assert_int_equal(plan_of(plans[i].event).kind, plans[i].kind);
    }
}

static void test_plan_follower_from_then_on(void **state)
{
    (void)state;
    assert_true(plan_follower_hears(100, 100));
    assert_true(plan_follower_hears(100, 101));
    assert_false(plan_follower_hears(100, 99));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_message_moves),                   /* every move from every state, legal or refused */
        cmocka_unit_test(test_message_moves_outside_the_table), /* numbers that are no state and no move are refused */
        cmocka_unit_test(test_message_id_range),                /* what one event says lies between two ids */
        cmocka_unit_test(test_message_id_is_of_all_three),      /* the same event, person and kind: the same id; else another */
        cmocka_unit_test(test_plan_who_hears_what),             /* the whole policy, event by event */
        cmocka_unit_test(test_plan_follower_from_then_on),      /* a follower hears nothing of the time before */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
