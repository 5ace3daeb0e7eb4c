/* Invitations on a real PostgreSQL: one copy of each row in a batch, the programme's lock by an invitation's id, nets by their names. */
#include "common/base/time.h"
#include "services/enrolment/store/invitation.h"
#include "tests/store/enrolment/shelf.h"

static struct kit_pg *pg;
static const struct job JOBS[3]; /* only their addresses count */

#define OPEN "00000005-0000-8000-8000-000000000001"
#define DUE  "00000005-0000-8000-8000-000000000002"
#define OVER "00000005-0000-8000-8000-000000000003"

/* Three codes: one in force with three seats, one whose time has come with two, one that is over. */
static int fill(void **state)
{
    (void)state;
    shelf_fill(pg);
    (void)kit_sql(
        pg, "insert into enrolment.invitation (id, programme_id, implementation_id, code, seats, used, early, valid_until, note, over)"
            " values ('" OPEN "', '" SHELF_PROGRAMME "', '" SHELF_IMPLEMENTATION
            "', 'OPEN', 3, 0, true, now() + interval '1 hour', 'N', false),"
            " ('" DUE "', '" SHELF_PROGRAMME "', '" SHELF_IMPLEMENTATION "', 'DUE-2', 2, 0, false, now() - interval '1 hour', '', false),"
            " ('" OVER "', '" SHELF_PROGRAMME "', '" SHELF_IMPLEMENTATION "', 'OVER', 2, 1, false, null, '', true)");
    (void)kit_sql(pg, "update enrolment.programme set reserved = 5");
    (void)kit_sql(pg, "update enrolment.implementation set reserved = 5");
    return 0;
}

static struct implementation *at_hand(const struct hand *hand)
{
    struct implementation *i = workset_implementation(hand->w, shelf_id(SHELF_IMPLEMENTATION));
    assert_non_null(i);
    return i;
}

static void test_one_copy(void **state)
{
    size_t count;
    (void)state;
    struct hand hand = hand_open(pg);
    workset_lock_programme(hand.w, shelf_id(SHELF_PROGRAMME));
    invitation_want_code(hand.w, &JOBS[0], "OPEN");
    invitation_want_code(hand.w, &JOBS[1], "OPEN");
    invitation_lock(hand.w, &JOBS[2], shelf_id(OPEN));
    hand_load(&hand);
    struct invitation *v = invitation_coded(hand.w, "OPEN");
    assert_non_null(v);
    assert_ptr_equal(invitation_named(hand.w, shelf_id(OPEN)), v);
    assert_null(invitation_coded(hand.w, "DUE-2")); /* nobody asked for it */
    assert_null(invitation_list(hand.w, &JOBS[0], &count));
    assert_int_equal(v->seats, 3);
    assert_true(v->early && !v->over);
    assert_string_equal(v->note, "N");
    assert_true(v->valid_until_us > time_now_us());
    for (int i = 0; i < 2; i++) { /* two jobs of the batch */
        invitation_use(v, at_hand(&hand));
        invitation_changed(hand.w, v);
    }
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', used, version, over) from enrolment.invitation where id = '" OPEN "'"), "2 3 f");
    assert_string_equal(kit_sql(pg, "select concat_ws(' ', p.reserved, i.reserved) from enrolment.programme p, enrolment.implementation i"),
                        "3 3");
}

static void test_lists(void **state)
{
    size_t count;
    (void)state;
    struct hand hand = hand_open(pg);
    invitation_want_of(hand.w, &JOBS[0], shelf_id(SHELF_PROGRAMME));
    invitation_want_due(hand.w, &JOBS[1], shelf_id(SHELF_PROGRAMME));
    invitation_want_new(hand.w, &JOBS[2], shelf_id(SHELF_IMPLEMENTATION), NULL);
    hand_load(&hand);
    struct invitation **list = invitation_list(hand.w, &JOBS[0], &count);
    assert_int_equal(count, 3);
    assert_string_equal(list[0]->code, "DUE-2"); /* in force first, the newest first */
    assert_string_equal(list[1]->code, "OPEN");
    assert_string_equal(list[2]->code, "OVER");
    assert_int_equal(list[2]->valid_until_us, 0);
    struct invitation **due = invitation_list(hand.w, &JOBS[1], &count);
    assert_int_equal(count, 1);
    assert_ptr_equal(due[0], list[0]);
    assert_int_equal(invitation_open_count(hand.w, &JOBS[2]), 2);
    hand_close(&hand);
}

/* Made and used in one batch: one row, as it is at the end. */
static void test_made_and_used(void **state)
{
    struct invitation v = {.id = shelf_registration(77), .code = "FRESH", .seats = 2, .note = "", .early = false};
    (void)state;
    struct hand hand = hand_open(pg);
    workset_lock_programme(hand.w, shelf_id(SHELF_PROGRAMME));
    invitation_want_new(hand.w, &JOBS[0], shelf_id(SHELF_IMPLEMENTATION), "FRESH");
    hand_load(&hand);
    assert_null(invitation_coded(hand.w, "FRESH"));
    at_hand(&hand)->reserved = at_hand(&hand)->programme->reserved = 0;
    invitation_reserve(&v, at_hand(&hand));
    invitation_add(hand.w, &v);
    assert_ptr_equal(invitation_coded(hand.w, "FRESH"), &v);
    invitation_use(&v, at_hand(&hand));
    invitation_changed(hand.w, &v);
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);
    assert_string_equal(
        kit_sql(pg, "select concat_ws(' ', seats, used, version, valid_until is null) from enrolment.invitation where code = 'FRESH'"),
        "2 1 2 t");
}

/* An invitation's id locks its programme: nobody else has it meanwhile. */
static void test_lock_by_id(void **state)
{
    (void)state;
    struct hand hand = hand_open(pg);
    invitation_lock(hand.w, &JOBS[0], shelf_id(OPEN));
    hand_load(&hand);
    assert_non_null(workset_programme(hand.w, shelf_id(SHELF_PROGRAMME)));
    assert_string_equal(kit_sql(pg, "select id from enrolment.programme for update skip locked"), "");
    hand_close(&hand);
    assert_string_equal(kit_sql(pg, "select id from enrolment.programme for update skip locked"), SHELF_PROGRAMME);
}

static enum err add(const char *code, uint32_t seats, uint32_t used, char *constraint, size_t room)
{
    struct invitation v = {
        .id = shelf_registration(78), .code = code, .seats = seats, .used = used, .note = "", .version = 1, .fresh = true};
    struct hand hand = hand_open(pg);
    v.programme = shelf_id(SHELF_PROGRAMME);
    v.implementation = shelf_id(SHELF_IMPLEMENTATION);
    hand_load(&hand);
    invitation_add(hand.w, &v);
    const enum err err = hand_save(&hand);
    (void)snprintf(constraint, room, "%s", db_constraint(hand.db));
    hand_close(&hand);
    return err;
}

static void test_nets(void **state)
{
    char constraint[64];
    (void)state;
    assert_int_equal(add("OPEN", 1, 0, constraint, sizeof constraint), ERR_CONFLICT);
    assert_string_equal(constraint, "invitation_code_key");
    assert_int_not_equal(add("MORE", 1, 2, constraint, sizeof constraint), ERR_OK);
    assert_string_equal(constraint, "invitation_not_overused");
    assert_int_not_equal(add("NONE", 0, 0, constraint, sizeof constraint), ERR_OK);
    assert_string_equal(constraint, "invitation_seats_check");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_one_copy, fill),      /* by code twice and by id: one row, both uses saved */
        cmocka_unit_test_setup(test_lists, fill),         /* a programme's, what is due, how many are in force */
        cmocka_unit_test_setup(test_made_and_used, fill), /* in one batch */
        cmocka_unit_test_setup(test_lock_by_id, fill),    /* the boundary is locked by what hangs on it */
        cmocka_unit_test_setup(test_nets, fill)           /* a code twice, more used than there are, none at all */
    };
    pg = shelf_open();
    const int failed = cmocka_run_group_tests_name("invitations in the store", tests, NULL, NULL);
    kit_pg_free(pg);
    return failed;
}
