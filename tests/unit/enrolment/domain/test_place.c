/* Places given and moved: counters, order numbers and the chain change together. */
#include "services/enrolment/domain/place.h"
#include "common/base/time.h"
#include "services/enrolment/domain/line.h"
#include "tests/unit/enrolment/domain/cases.h"

static struct registration someone(unsigned number)
{
    struct registration r = {.id = case_id(4, number), .person = case_id(5, number), .received_us = 7};
    r.salt[0] = (uint8_t)number;
    return r;
}

static void test_place_give(void **state)
{
    struct stage stage;
    struct registration a = someone(1), b = someone(2), c = someone(3);
    (void)state;
    stage_init(&stage, 10, 2, 5, 5);
    place_give(&stage.implementations[0], &a, REGISTRATION_SEATED, 1000);
    place_give(&stage.implementations[1], &b, REGISTRATION_SEATED, 1001);
    place_give(&stage.implementations[0], &c, REGISTRATION_QUEUED, 1002);
    assert_int_equal(a.order_no, 1);
    assert_int_equal(b.order_no, 1);
    assert_int_equal(c.order_no, 2);
    assert_int_equal(c.programme_order, 3);
    assert_int_equal(c.position, 1);
    assert_int_equal(stage.programme.taken, 2);
    assert_int_equal(stage.programme.waiting, 1);
    assert_int_equal(stage.implementations[0].taken, 1);
    assert_int_equal(stage.implementations[0].waiting, 1);
    assert_true(stage.implementations[0].changed && stage.implementations[1].changed && stage.programme.changed);
    assert_ptr_equal(stage.implementations[0].queue_first, &c);
    assert_true(a.fresh && a.version == 1 && a.created_us == 1000);
}

static struct chain_record record_of(const struct registration *r, uint32_t n, enum registration_state from, enum registration_state to,
                                     int64_t at_us)
{
    return (struct chain_record){.implementation = r->implementation,
                                 .n = n,
                                 .from = (uint8_t)from,
                                 .to = (uint8_t)to,
                                 .order_no = r->order_no,
                                 .registration = r->id,
                                 .person = chain_person(r->salt, r->person),
                                 .at_us = at_us};
}

static void test_place_chain(void **state)
{
    struct stage stage;
    struct registration a = someone(1), b = someone(2);
    struct chain_check check;
    (void)state;
    stage_init(&stage, 10, 1, 1, 5);
    struct implementation *i = &stage.implementations[0];
    chain_check_init(&check, i->id);
    place_give(i, &a, REGISTRATION_SEATED, 1000);
    place_give(i, &b, REGISTRATION_QUEUED, 1001);
    const struct move gone = place_move(i, &a, REGISTRATION_CANCELLED, 1002);
    const struct move up = place_move(i, &b, REGISTRATION_SEATED, 1003);
    const struct chain_record records[4] = {record_of(&a, 1, REGISTRATION_NEW, REGISTRATION_SEATED, 1000),
                                            record_of(&b, 2, REGISTRATION_NEW, REGISTRATION_QUEUED, 1001),
                                            record_of(&a, 3, REGISTRATION_SEATED, REGISTRATION_CANCELLED, 1002),
                                            record_of(&b, 4, REGISTRATION_QUEUED, REGISTRATION_SEATED, 1003)};
    const struct hash hashes[4] = {a.chain_hash, b.chain_hash, gone.hash, up.hash};
    for (size_t n = 0; n < 4; n++)
        assert_int_equal(chain_check_next(&check, &records[n], &hashes[n]), CHAIN_OK);
    assert_int_equal(i->chain_n, 4);
    assert_true(hash_equal(&i->chain_head, &up.hash));
    assert_int_equal(i->chain_at_us, 1003);
    assert_int_equal(a.chain_n, 1);
    assert_int_equal(b.chain_n, 2);
}

static void test_place_promotion_due(void **state)
{
    struct stage stage;
    struct registration a = someone(1);
    (void)state;
    stage_init(&stage, 10, 1, 1, 5);
    place_give(&stage.implementations[0], &a, REGISTRATION_QUEUED, 1000);
    (void)place_move(&stage.implementations[0], &a, REGISTRATION_SEATED, 5000);
    assert_int_equal(a.reply_due_us, 5000 + 72 * TIME_HOUR);
    assert_int_equal(a.position, 0);
    assert_int_equal(a.version, 2);
    assert_int_equal(stage.programme.taken, 1);
    assert_int_equal(stage.programme.waiting, 0);
    (void)place_move(&stage.implementations[0], &a, REGISTRATION_CANCELLED, 6000);
    assert_int_equal(stage.programme.taken, 0);
    assert_int_equal(stage.implementations[0].taken, 0);
    assert_int_equal(stage.implementations[0].last_order, 1); /* a number once given stays given */
}

/* A programme without reply hours names no deadline, rather than one that is over when it is told. */
static void test_place_promotion_without_deadline(void **state)
{
    struct stage stage;
    struct registration a = someone(1);
    (void)state;
    stage_init(&stage, 10, 1, 1, 5);
    stage.programme.reply_hours = 0;
    place_give(&stage.implementations[0], &a, REGISTRATION_QUEUED, 1000);
    (void)place_move(&stage.implementations[0], &a, REGISTRATION_SEATED, 5000);
    assert_int_equal(a.reply_due_us, 0);
}

static void test_place_hold(void **state)
{
    struct stage stage;
    struct registration a = someone(1), b = someone(2);
    (void)state;
    stage_init(&stage, 10, 1, 2, 5);
    stage.programme.hold_minutes = 15;
    struct implementation *i = &stage.implementations[0];
    place_give(i, &a, REGISTRATION_HELD, 1000);
    assert_int_equal(a.reply_due_us, 1000 + 15 * 60 * TIME_SECOND);
    assert_true(i->taken == 1 && i->held == 1 && stage.programme.taken == 1 && stage.programme.held == 1);
    assert_false(registration_lapsed(&a, a.reply_due_us - 1)); /* the last microsecond */
    assert_true(registration_lapsed(&a, a.reply_due_us));      /* the first one too late */
    (void)place_move(i, &a, REGISTRATION_SEATED, 2000);
    assert_true(a.reply_due_us == 0 && a.order_no == 1);
    assert_true(i->taken == 1 && i->held == 0 && stage.programme.held == 0);
    assert_false(registration_lapsed(&a, INT64_MAX));
    place_give(i, &b, REGISTRATION_HELD, 3000);
    (void)place_move(i, &b, REGISTRATION_CANCELLED, 4000);
    assert_true(i->taken == 1 && i->held == 0 && i->last_order == 2);
    assert_int_equal(i->given_up, 0); /* it never was a place */
    (void)place_move(i, &a, REGISTRATION_CANCELLED, 5000);
    assert_int_equal(i->given_up, 1);
}

static void test_place_offer(void **state)
{
    struct stage stage;
    struct registration r[5];
    (void)state;
    stage_init(&stage, 10, 1, 1, 9);
    stage.programme.offer_hours = 24;
    struct implementation *i = &stage.implementations[0];
    const int64_t friday = 1741334400000000; /* 2025-03-07T08:00:00Z */
    for (unsigned n = 0; n < 4; n++) {
        r[n] = someone(n);
        place_give(i, &r[n], n == 0 ? REGISTRATION_SEATED : REGISTRATION_QUEUED, friday);
    }
    (void)place_move(i, &r[0], REGISTRATION_CANCELLED, friday);
    (void)place_move(i, &r[1], REGISTRATION_OFFERED, friday);
    assert_int_equal(r[1].reply_due_us, friday + 3 * 24 * TIME_HOUR); /* Monday: the weekend does not count */
    assert_true(i->taken == 1 && i->held == 1 && i->waiting == 2);
    (void)place_move(i, &r[1], REGISTRATION_QUEUED, friday + 1);
    assert_true(r[1].reply_due_us == 0 && r[1].position == 3);
    assert_true(i->taken == 0 && i->held == 0 && i->waiting == 3 && stage.programme.last_pass == 1);
    assert_true(r[1].line > r[3].line); /* behind all who wait at that moment */
    r[4] = someone(4);
    place_give(i, &r[4], REGISTRATION_QUEUED, friday + 2);
    assert_true(r[1].line < r[4].line); /* and before all who come afterwards */
    const struct registration *const order[] = {&r[2], &r[3], &r[1], &r[4]};
    const struct registration *at = i->queue_first;
    for (size_t n = 0; n < 4; n++, at = at->queue_next)
        assert_ptr_equal(at, order[n]);
    assert_null(at);
    assert_ptr_equal(i->queue_last, &r[4]);
}

/* A priority would bring the seat straight back to who has just let it go. */
static void test_place_pass_gives_priority_up(void **state)
{
    struct stage stage;
    struct registration a = someone(1), b = someone(2);
    (void)state;
    stage_init(&stage, 10, 1, 1, 9);
    stage.programme.offer_hours = 24;
    struct implementation *i = &stage.implementations[0];
    place_give(i, &a, REGISTRATION_QUEUED, 1000);
    place_give(i, &b, REGISTRATION_QUEUED, 1001);
    b.line = line_with_priority(b.line, 7);
    (void)place_move(i, &b, REGISTRATION_OFFERED, 2000);
    (void)place_move(i, &b, REGISTRATION_QUEUED, 3000);
    assert_int_equal(line_priority(b.line), 0);
    assert_true(b.line > a.line);
}

/* Whoever goes back from a seat stands where the own number says: before those who came later. */
static void test_place_displaced(void **state)
{
    struct stage stage;
    struct registration a = someone(1), b = someone(2), c = someone(3);
    (void)state;
    stage_init(&stage, 10, 1, 1, 9);
    struct implementation *i = &stage.implementations[0];
    place_give(i, &a, REGISTRATION_SEATED, 1000);
    place_give(i, &b, REGISTRATION_QUEUED, 1001);
    place_give(i, &c, REGISTRATION_QUEUED, 1002);
    (void)place_move(i, &a, REGISTRATION_QUEUED, 2000);
    assert_int_equal(a.position, 1);
    assert_int_equal(i->given_up, 0);
    assert_ptr_equal(i->queue_first, &a);
    assert_ptr_equal(a.queue_next, &b);
    assert_ptr_equal(i->queue_last, &c);
}

static void test_moves_legal(void **state)
{
    enum { N, S, Q, C, H, O, T };
    static const bool legal[7][7] = {[N] = {[S] = 1, [Q] = 1, [H] = 1},
                                     [S] = {[Q] = 1, [C] = 1, [T] = 1},
                                     [Q] = {[S] = 1, [C] = 1, [O] = 1, [T] = 1},
                                     [H] = {[S] = 1, [C] = 1},
                                     [O] = {[S] = 1, [Q] = 1, [C] = 1}};
    (void)state;
    for (int from = 0; from < 7; from++)
        for (int to = 0; to < 7; to++)
            if (registration_move_legal((enum registration_state)from, (enum registration_state)to) != legal[from][to])
                fail_msg("from %d to %d", from, to);
    assert_false(registration_move_legal((enum registration_state)7, REGISTRATION_SEATED));
    assert_false(registration_move_legal(REGISTRATION_SEATED, (enum registration_state)7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_place_give),          /* order numbers per implementation and per programme, counters, position */
        cmocka_unit_test(test_place_chain),         /* each change of state is the next entry; a verifier agrees */
        cmocka_unit_test(test_place_promotion_due), /* a promotion sets its deadline; numbers are never given twice */
        cmocka_unit_test(test_place_promotion_without_deadline), /* no reply hours: no deadline */
        cmocka_unit_test(test_place_hold),                       /* its time, its counters; confirmed, and given up */
        cmocka_unit_test(test_place_offer),                      /* working days to answer; passed on: the new place in line */
        cmocka_unit_test(test_place_pass_gives_priority_up),     /* so that the next one really is the next */
        cmocka_unit_test(test_place_displaced),                  /* back to the head of the waiting list */
        cmocka_unit_test(test_moves_legal)                       /* the whole table of moves */
    };
    return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
