/* Learning on a real PostgreSQL, where jobs of one batch meet: what one of them marks or hands in for a registration that a later one
 * transfers goes along to the new registration, all of it. */
#include "services/enrolment/store/learning.h"

#include "services/enrolment/store/plan.h"
#include "tests/store/enrolment/shelf.h"

#define UNIT "00000005-0000-8000-8000-000000000001"
#define PLAN "00000008-0000-8000-8000-000000000001"
#define WHO  "00000003-0000-8000-8000-000000000001"

static struct kit_pg *pg;

static int fill(void **state)
{
    (void)state;
    shelf_fill(pg);
    (void)kit_sql(pg, "insert into enrolment.unit values ('" UNIT "', '" SHELF_PROGRAMME "', 1, 'U', '', '', 50)");
    return 0;
}

/* Marks presence and completion, and makes the certificate. */
static void mark_all(struct workset *w, struct uuid registration)
{
    struct learning *learning = learning_of(w, registration);
    struct unit_mark *mark = learning_mark_at(w, learning, shelf_id(UNIT));

    mark->presence = PRESENCE_PRESENT;
    mark->attended_us = mark->completed_us = w->now_us;
    mark->credits_tenths = 50;
    mark->attendance_by = mark->completion_by = shelf_id(WHO);
    mark->attendance_changed = mark->completion_changed = true;
    learning->certificate = (struct certificate){.registration = registration,
                                                 .code = "AAAA-BBBB-CCCC-DDDD",
                                                 .name = "N",
                                                 .title = {.fi = "P", .sv = "", .en = ""},
                                                 .organiser = {.fi = "O", .sv = "", .en = ""},
                                                 .credits_tenths = 50,
                                                 .completed_us = w->now_us,
                                                 .changed = true};
}

static void test_what_is_marked_and_then_transferred(void **state)
{
    static const char *const TABLES[] = {"attendance", "completion", "plan_of", "certificate"};
    const struct uuid from = shelf_registration(1), to = shelf_registration(2);
    const struct plan plan = {.id = shelf_id(PLAN),
                              .programme = shelf_id(SHELF_PROGRAMME),
                              .by = shelf_id(WHO),
                              .kind = PLAN_OWN,
                              .title = "Suunnitelma",
                              .body = "Askeleet",
                              .at_us = 4102444800000000};
    (void)state;
    struct hand hand = hand_open(pg);
    workset_lock_programme(hand.w, plan.programme);
    workset_see_registration(hand.w, from);
    learning_want(hand.w, from);
    hand_load(&hand);
    mark_all(hand.w, from);
    plan_put(hand.w, &plan, &from, 1);
    learning_carry(hand.w, from, to);
    assert_int_equal(hand_save(&hand), ERR_OK);
    hand_close(&hand);
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++)
        assert_string_equal(kit_sql(pg, "select string_agg(right(registration_id::text, 1), '') from enrolment.%s", TABLES[i]), "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_what_is_marked_and_then_transferred, fill), /* in one batch: marks, plan and certificate go along */
    };
    pg = shelf_open();
    const int failed = cmocka_run_group_tests_name("enrolment learning in the store", tests, NULL, NULL);
    kit_pg_free(pg);
    return failed;
}
