/* Transfers: who gets a seat at the target, who waits there, who stays; what goes along; and the cut-off. */
#include "services/enrolment/domain/transfer.h"
#include "services/enrolment/domain/cut_off.h"
#include "services/enrolment/domain/line.h"
#include "services/enrolment/domain/place.h"
#include "tests/unit/enrolment/domain/cases.h"

static void enrol(struct stage *stage, size_t where, struct registration *r, unsigned number, enum registration_state state)
{
    *r = (struct registration){.id = case_id(4, number), .person = case_id(5, number)};
    place_give(&stage->implementations[where], r, state, 1000 + number);
}

static void test_transfer_seat(void **state)
{
    struct stage stage;
    struct registration old, fresh = {.id = case_id(4, 9)};
    (void)state;
    stage_init(&stage, 1, 2, 1, 0);
    enrol(&stage, 0, &old, 0, REGISTRATION_SEATED);
    old.team = case_id(6, 1);
    old.review = REVIEW_CONDITIONAL;
    old.condition = "todistus";
    /* The programme is full, but one's own seat of its cap is one's own. */
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], old.state), TRANSFER_SEAT);
    const struct move move = place_transfer(&stage.implementations[0], &old, &stage.implementations[1], &fresh, TRANSFER_SEAT, 2000);
    assert_true(move.from == REGISTRATION_SEATED && move.to == REGISTRATION_TRANSFERRED);
    assert_int_equal(old.state, REGISTRATION_TRANSFERRED);
    assert_int_equal(fresh.state, REGISTRATION_SEATED);
    assert_int_equal(uuid_compare(fresh.origin, old.id), 0);
    assert_int_equal(uuid_compare(fresh.person, old.person), 0);
    assert_int_equal(uuid_compare(fresh.team, old.team), 0);
    assert_int_equal(fresh.review, REVIEW_CONDITIONAL);
    assert_string_equal(fresh.condition, "todistus");
    assert_int_equal(fresh.order_no, 1);
    assert_int_equal(fresh.programme_order, 2);
    assert_int_equal(stage.programme.taken, 1);
    assert_int_equal(stage.implementations[0].taken, 0);
    assert_int_equal(stage.implementations[1].taken, 1);
    assert_int_equal(stage.implementations[0].chain_n, 2); /* each implementation's chain has its half of it */
    assert_int_equal(stage.implementations[1].chain_n, 1);
}

static void test_transfer_no_seat(void **state)
{
    struct stage stage;
    struct registration r[4];
    (void)state;
    stage_init(&stage, 9, 2, 1, 2);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_SEATED);
    enrol(&stage, 1, &r[1], 1, REGISTRATION_SEATED);
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], REGISTRATION_SEATED), TRANSFER_NO_ROOM);
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], REGISTRATION_QUEUED), TRANSFER_QUEUE);
    /* A free seat there, but somebody waits for it. */
    enrol(&stage, 1, &r[2], 2, REGISTRATION_QUEUED);
    (void)place_move(&stage.implementations[1], &r[1], REGISTRATION_CANCELLED, 2000);
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], REGISTRATION_SEATED), TRANSFER_NO_ROOM);
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], REGISTRATION_QUEUED), TRANSFER_QUEUE);
    enrol(&stage, 1, &r[3], 3, REGISTRATION_QUEUED);
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], REGISTRATION_QUEUED), TRANSFER_NO_ROOM);
}

static void test_transfer_reserved(void **state)
{
    struct stage stage;
    struct registration r;
    (void)state;
    stage_init(&stage, 4, 2, 2, 0);
    enrol(&stage, 0, &r, 0, REGISTRATION_SEATED);
    stage.implementations[1].reserved = stage.programme.reserved = 1;
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], r.state), TRANSFER_SEAT);
    stage.implementations[1].reserved = stage.programme.reserved = 2;
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], r.state), TRANSFER_NO_ROOM);
    stage.implementations[1].reserved = 1; /* seats kept elsewhere under a cap that binds */
    stage.programme.reserved = 3;
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], r.state), TRANSFER_SEAT);
    assert_int_equal(transfer_verdict_at(&stage.implementations[1], REGISTRATION_QUEUED), TRANSFER_NO_ROOM);
}

static void test_transfer_waits_behind(void **state)
{
    struct stage stage;
    struct registration r[3], fresh = {.id = case_id(4, 9)};
    (void)state;
    stage_init(&stage, 9, 2, 0, 5);
    enrol(&stage, 0, &r[0], 0, REGISTRATION_QUEUED);
    enrol(&stage, 1, &r[1], 1, REGISTRATION_QUEUED);
    (void)place_transfer(&stage.implementations[0], &r[0], &stage.implementations[1], &fresh, TRANSFER_QUEUE, 2000);
    assert_int_equal(fresh.state, REGISTRATION_QUEUED);
    assert_int_equal(fresh.position, 2); /* a newcomer there */
    assert_true(fresh.line > r[1].line);
    assert_int_equal(stage.implementations[0].waiting, 0);
    assert_int_equal(stage.programme.waiting, 2);
}

static void test_transfer_states(void **state)
{
    (void)state;
    assert_true(transfer_possible(REGISTRATION_SEATED) && transfer_possible(REGISTRATION_QUEUED));
    assert_false(transfer_possible(REGISTRATION_HELD) || transfer_possible(REGISTRATION_OFFERED));
    assert_false(transfer_possible(REGISTRATION_CANCELLED) || transfer_possible(REGISTRATION_TRANSFERRED));
}

static void test_cut_off(void **state)
{
    const struct webinar first[] = {{.starts_us = 100, .cancelled = true}, {.starts_us = 300}};
    const struct webinar second[] = {{.starts_us = 200}, {.starts_us = 900}};
    const struct unit units[] = {{.webinars = first, .webinar_count = 2}, {.webinars = second, .webinar_count = 2}};
    struct programme programme = {.units = units, .unit_count = 2};
    (void)state;
    assert_int_equal(cut_off_us(&programme), 200); /* one that was called off does not count */
    programme.edit_until_us = 500;
    assert_int_equal(cut_off_us(&programme), 500);
    programme = (struct programme){.units = units, .unit_count = 0};
    assert_true(cut_off_us(&programme) == CUT_OFF_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_transfer_seat),         /* a seat for a seat, under a full cap; what goes along; both chains */
        cmocka_unit_test(test_transfer_no_seat),      /* no seat while it is full or somebody waits; who waits may wait there */
        cmocka_unit_test(test_transfer_reserved),     /* seats kept for invitations are not free */
        cmocka_unit_test(test_transfer_waits_behind), /* at the end of the line there */
        cmocka_unit_test(test_transfer_states),       /* held and offered seats are answered first; what ended stays ended */
        cmocka_unit_test(test_cut_off)                /* the programme's own, else the first webinar that takes place, else never */
    };
    return cmocka_run_group_tests_name("transfer", tests, NULL, NULL);
}
