/* Webhooks as rows: made, listed, changed, counted, removed. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/store/delivery.h"
#include "services/notification/store/webhook.h"
#include "tests/store/notification/shelf.h"

#define NOW (1800000000LL * TIME_SECOND)

static void test_webhook_rows(void **state)
{
    struct shelf *shelf = *state;
    const struct job job = {.index = 1};
    struct workset *w;

    shelf_add_webhook(shelf, 1, "enrolment.queued enrolment.cancelled", NOW);
    w = shelf_begin(shelf, NOW);
    webhook_ask(w, &job)->what = WEBHOOK_ASK_LIST;
    shelf_load(shelf, w);
    db_rollback(shelf->db);
    assert_int_equal(webhook_asked(w, &job)->count, 1);
    struct webhook webhook = *webhook_found(w, &job);
    assert_true(span_equal(webhook.types, span_text("enrolment.queued enrolment.cancelled")));
    assert_true(span_equal(webhook.url, span_text("https://hook1.example.fi/")));
    assert_int_equal(webhook.created_us, NOW);
    webhook.types = span_text("");
    webhook.version = 2;
    w = shelf_begin(shelf, NOW);
    webhook_put(w, &webhook);
    shelf_save(shelf, w);
    assert_string_equal(kit_sql(shelf->pg, "select types::text || version from notification.webhook"), "{}2");
    w = shelf_begin(shelf, NOW);
    delivery_tell(w, shelf_id(1000), span_text("enrolment.queued"), span_text("{}"));
    shelf_save(shelf, w);
    assert_int_equal(kit_sql_int(shelf->pg, "select count(*) from notification.webhook_delivery"), 1);
    w = shelf_begin(shelf, NOW);
    webhook_remove(w, webhook.id);
    shelf_save(shelf, w);
    assert_int_equal(kit_sql_int(shelf->pg, "select count(*) from notification.webhook_delivery"), 0);
    w = shelf_begin(shelf, NOW);
    webhook_ask(w, &job)->what = WEBHOOK_ASK_COUNT;
    shelf_load(shelf, w);
    db_rollback(shelf->db);
    assert_int_equal(webhook_asked(w, &job)->count, 0);
}

static void test_webhook_one(void **state)
{
    struct shelf *shelf = *state;
    const struct job job = {.index = 1}, nobody = {.index = 2};
    struct workset *w = shelf_begin(shelf, NOW);

    shelf_add_webhook(shelf, 5, "", NOW);
    struct webhook_ask *ask = webhook_ask(w, &job), *other = webhook_ask(w, &nobody);
    ask->what = other->what = WEBHOOK_ASK_ONE;
    ask->id = shelf_id(5);
    other->id = shelf_id(6);
    db_begin(shelf->db, DB_READ_ONLY);
    assert_int_equal(workset_load(w, shelf->db), ERR_OK);
    db_rollback(shelf->db);
    assert_non_null(webhook_found(w, &job));
    assert_int_equal(webhook_found(w, &job)->version, 1);
    assert_int_equal(webhook_found(w, &job)->types.len, 0);
    assert_null(webhook_found(w, &nobody));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_webhook_rows), /* made, listed, changed, removed with all that waits */
        cmocka_unit_test(test_webhook_one),  /* read without a lock, where nothing may be written; and one that is not there */
    };

    return cmocka_run_group_tests(tests, shelf_open, shelf_close);
}
