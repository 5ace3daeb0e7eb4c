/* Invitations: reserved beside the taken, used one by one, freed once. */
#include "services/enrolment/domain/allocation.h"
#include "services/enrolment/domain/invitation.h"
#include "tests/unit/enrolment/domain/cases.h"

static struct invitation made(struct implementation *at, uint32_t seats)
{
    struct invitation v = {.id = case_id(9, 1), .code = "ABCD", .seats = seats};
    invitation_reserve(&v, at);
    return v;
}

static void test_reserve(void **state)
{
    struct stage stage;
    (void)state;
    stage_init(&stage, 5, 2, 4, 2);
    struct implementation *at = &stage.implementations[0];
    at->taken = stage.programme.taken = 1;
    assert_int_equal(invitation_room(at), 3);
    const struct invitation v = made(at, 2);
    assert_true(v.fresh);
    assert_int_equal(v.version, 1);
    assert_int_equal(uuid_compare(v.implementation, at->id), 0);
    assert_int_equal(at->reserved, 2);
    assert_int_equal(stage.programme.reserved, 2);
    assert_true(at->changed && stage.programme.changed);
    assert_int_equal(invitation_room(at), 1);
    assert_int_equal(invitation_room(&stage.implementations[1]), 2); /* the programme's cap binds there */
    assert_int_equal(allocation_decide(at), ALLOCATION_SEAT);
    at->taken = 2;
    stage.programme.taken = 2;
    assert_int_equal(invitation_room(at), 0);
    assert_int_equal(allocation_decide(at), ALLOCATION_QUEUE); /* two seats are free, and kept */
}

static void test_room_never_negative(void **state)
{
    struct stage stage;
    (void)state;
    stage_init(&stage, 5, 1, 4, 2);
    stage.implementations[0].taken = 3;
    stage.implementations[0].reserved = 2;
    assert_int_equal(invitation_room(&stage.implementations[0]), 0);
}

static void test_use(void **state)
{
    struct stage stage;
    (void)state;
    stage_init(&stage, 5, 2, 4, 2);
    struct implementation *at = &stage.implementations[0];
    struct invitation v = made(at, 2);
    v.valid_until_us = 1000;
    assert_int_equal(invitation_judge(&v, at->id, 999), INVITATION_GOOD);
    assert_int_equal(invitation_judge(&v, at->id, 1000), INVITATION_OVER); /* half-open */
    assert_int_equal(invitation_judge(&v, stage.implementations[1].id, 999), INVITATION_OTHER);
    invitation_use(&v, at);
    invitation_use(&v, at);
    assert_int_equal(v.used, 2);
    assert_int_equal(v.version, 3);
    assert_true(v.changed);
    assert_int_equal(at->reserved, 0);
    assert_int_equal(stage.programme.reserved, 0);
    assert_int_equal(invitation_judge(&v, at->id, 999), INVITATION_USED_UP);
}

static void test_end(void **state)
{
    struct stage stage;
    (void)state;
    stage_init(&stage, 5, 1, 4, 2);
    struct implementation *at = &stage.implementations[0];
    struct invitation v = made(at, 3);
    invitation_use(&v, at);
    assert_int_equal(invitation_end(&v, at), 2);
    assert_true(v.over);
    assert_int_equal(at->reserved, 0);
    assert_int_equal(invitation_end(&v, at), 0); /* once */
    assert_int_equal(at->reserved, 0);
    assert_int_equal(v.version, 3);
    assert_int_equal(invitation_judge(&v, at->id, 0), INVITATION_OVER);
}

static void test_due(void **state)
{
    struct invitation v = {.valid_until_us = 0};
    (void)state;
    assert_false(invitation_due(&v, INT64_MAX));
    v.valid_until_us = 1000;
    assert_false(invitation_due(&v, 999));
    assert_true(invitation_due(&v, 1000));
    v.over = true;
    assert_false(invitation_due(&v, 1000));
}

static void test_code_read(void **state)
{
    static const char *const bad[] = {"", "ABC", "AB CD", "ÄBCD", "AB_CD", "12345678901234567890123456789012345678901"};
    char out[INVITATION_CODE_MAX + 1];
    (void)state;
    assert_true(invitation_code_read("Rehtorit-2027", out));
    assert_string_equal(out, "REHTORIT-2027");
    assert_true(invitation_code_read("1234567890123456789012345678901234567890", out));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(invitation_code_read(bad[i], out));
}

/* 31 letters: 0..247 are fair, the rest is drawn again; every letter can be read back and mistaken for none. */
static void test_code_make(void **state)
{
    uint8_t random[INVITATION_CODE_RANDOM];
    char out[INVITATION_CODE_MADE + 1], read[INVITATION_CODE_MAX + 1];
    (void)state;
    for (unsigned first = 0; first < 248; first++) {
        memset(random, 255, sizeof random);
        for (unsigned i = 0; i < INVITATION_CODE_MADE; i++)
            random[2 * i] = (uint8_t)((first + i) % 248);
        assert_true(invitation_code_make(random, out));
        assert_int_equal(strlen(out), INVITATION_CODE_MADE);
        assert_null(strpbrk(out, "01OIL"));
        assert_true(invitation_code_read(out, read));
        assert_string_equal(out, read);
    }
    memset(random, 248, sizeof random);
    memset(random, 7, INVITATION_CODE_MADE - 1);
    assert_false(invitation_code_make(random, out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reserve),             /* both counters; newcomers do not get a kept seat */
        cmocka_unit_test(test_room_never_negative), /* where counters are above a cap */
        cmocka_unit_test(test_use),                 /* until used up, until its time, only at its implementation */
        cmocka_unit_test(test_end),                 /* the rest is freed once */
        cmocka_unit_test(test_due),                 /* when the tick ends it */
        cmocka_unit_test(test_code_read),           /* capitals, length, characters */
        cmocka_unit_test(test_code_make)            /* no letter is favoured, none mistaken */
    };
    return cmocka_run_group_tests_name("invitation", tests, NULL, NULL);
}
