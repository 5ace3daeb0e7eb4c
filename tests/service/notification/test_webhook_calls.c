/* Calls of webhooks that go wrong: what is tried again and when, what is never connected to, and what a crash or a lost connection in
 * between does. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/hooks.h"

static void test_webhook_is_tried_again(void **state)
{
    const struct hook fail = hooks_make("/fail-1", "enrolment.offered"), flaky = hooks_make("/flaky-1", "enrolment.offered");
    const struct hook busy = hooks_make("/busy-1", "enrolment.offered"), drop = hooks_make("/drop-1", "enrolment.offered");
    const struct hook hang = hooks_make("/hang-1", "enrolment.offered"), quick = hooks_make("/ok-quick", "enrolment.offered");
    const Notification__WebhookDelivery *delivery;

    (void)state;
    hooks_test(&hang);
    hooks_test(&hang);
    hooks_test(&fail);
    hooks_test(&flaky);
    hooks_test(&busy);
    hooks_test(&drop);
    const int64_t began = time_now_us();
    hooks_test(&quick);
    (void)hooks_wait(&quick, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    assert_true(time_now_us() - began < 9 * TIME_SECOND); /* one that hangs holds up nobody else */

    delivery = hooks_wait(&fail, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_int_equal(delivery->http_status, 500);
    assert_string_equal(delivery->answer, "något gick sönder här");
    assert_in_range(delivery->next_us - delivery->created_us, 4 * TIME_SECOND, 40 * TIME_SECOND);
    delivery = hooks_wait(&busy, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_int_equal(delivery->http_status, 429);
    assert_in_range(delivery->next_us - delivery->created_us, 9 * TIME_SECOND, 40 * TIME_SECOND); /* as it asked */
    delivery = hooks_wait(&drop, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_int_equal(delivery->http_status, 0);
    assert_string_not_equal(delivery->answer, "");

    (void)hooks_wait(&flaky, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 2);
    assert_int_equal(hooks_arrived(&flaky, NULL), 2);
    (void)hooks_wait(&busy, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 2);
    delivery = hooks_wait(&hang, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_int_equal(delivery->http_status, 0);
    assert_non_null(strstr(delivery->answer, "timed out"));
    /* under the same webhook-id */
    assert_int_equal(hooks_ids("/flaky-1"), 1);
}

static void test_webhook_redirect_and_flood(void **state)
{
    const struct hook move = hooks_make("/move-1", "enrolment.offered"), big = hooks_make("/big-1", "enrolment.offered");
    const struct hook moved = {.path = "/ok-moved", .secret = move.secret};
    const Notification__WebhookDelivery *delivery;
    char *cut = arena_printf(stage.arena, "%s.cut", hooks_record);

    (void)state;
    hooks_test(&move);
    hooks_test(&big);
    delivery = hooks_wait(&move, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_int_equal(delivery->http_status, 302);
    assert_non_null(strstr(delivery->answer, "redirects are not followed"));
    delivery = hooks_wait(&big, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    assert_int_equal(strlen(delivery->answer), 299);
    for (int i = 0; i < KIT_PATIENCE_MS / 50 && access(cut, R_OK) != 0; i++)
        kit_sleep_ms(50);
    assert_int_equal(access(cut, R_OK), 0); /* it was not read to its end */
    assert_int_equal(hooks_arrived(&moved, NULL), 0);
}

static void test_webhook_stranger(void **state)
{
    Notification__Webhook *webhook;
    char *types[] = {"enrolment.offered"};

    (void)state;
    assert_int_equal(
        hooks_create(arena_printf(stage.arena, "https://localhost:%d/ok-stranger", hooks_stranger_port), types, 1, &webhook)->err, ERR_OK);
    const struct hook hook = {webhook->id, "/ok-stranger", webhook->secret, 1};
    hooks_test(&hook);
    const Notification__WebhookDelivery *delivery = hooks_wait(&hook, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_int_equal(delivery->http_status, 0);
    assert_non_null(strstr(delivery->answer, "certificate"));
    assert_int_not_equal(access(arena_printf(stage.arena, "%s/strange", stage.folder), R_OK), 0); /* nothing was said to it */
}

static void test_webhook_crash(void **state)
{
    const struct hook late = hooks_make("/late-1", "enrolment.offered");

    (void)state;
    hooks_test(&late);
    assert_true(kit_wait_until(hooks_reached, "/late-1", HOOKS_WAIT_MS)); /* the receiver has it, and has not answered */
    hooks_restart("1", SIGKILL);
    (void)hooks_wait(&late, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 2);
    assert_int_equal(hooks_arrived(&late, NULL), 2);
    assert_int_equal(hooks_ids("/late-1"), 1);
}

/* The connection of the thread that calls is cut off, between two deliveries and in the middle of one. */
static void test_webhook_database_lost(void **state)
{
    static const char *const CUT = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and "
                                   "application_name = 'hv-notification/hooks'";
    const struct hook ok = hooks_make("/ok-cut", "enrolment.offered"), late = hooks_make("/late-cut", "enrolment.offered");

    (void)state;
    assert_int_equal(kit_sql_int(stage.pg, "%s", CUT), 1);
    hooks_test(&ok);
    (void)hooks_wait(&ok, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    hooks_test(&late);
    assert_true(kit_wait_until(hooks_reached, "/late-cut", HOOKS_WAIT_MS));
    assert_int_equal(kit_sql_int(stage.pg, "%s", CUT), 1);
    hooks_test(&ok);
    (void)hooks_wait(&ok, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    (void)hooks_wait(&late, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 2); /* its time-out was recorded, and it went again */
    assert_int_equal(hooks_arrived(&ok, NULL), 2);
}

/* A name is what it leads to: this one was entered where private addresses were allowed, and is not connected to where they are not. */
static void test_webhook_private(void **state)
{
    const struct hook hook = hooks_make("/ok-private", "enrolment.offered");
    char *types[] = {"enrolment.offered"};
    Notification__Webhook *webhook;
    const Bus__Reply *reply;

    (void)state;
    hooks_restart("0", SIGTERM);
    reply = hooks_create(arena_printf(stage.arena, "https://localhost:%d/ok", hooks_port), types, 1, &webhook);
    assert_int_equal(reply->err, ERR_INVALID);
    assert_string_equal(reply->problem->rule, "notification.webhook.url-private");
    hooks_test(&hook);
    const Notification__WebhookDelivery *delivery = hooks_wait(&hook, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_non_null(strstr(delivery->answer, "private"));
    assert_int_equal(delivery->http_status, 0);
    assert_int_equal(hooks_arrived(&hook, NULL), 0);
    hooks_restart("1", SIGTERM);
    (void)hooks_wait(&hook, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_webhook_is_tried_again),     /* 500, 429, no answer, a hanging one: under the same id, when it is time */
        cmocka_unit_test(test_webhook_redirect_and_flood), /* redirects are not followed, of an answer 4 KiB are read */
        cmocka_unit_test(test_webhook_stranger),           /* a certificate nobody vouches for gets nothing */
        cmocka_unit_test(test_webhook_crash),              /* killed between the call and its answer: sent again under the same id */
        cmocka_unit_test(test_webhook_database_lost),      /* nothing is lost, and nothing waits longer than it takes */
        cmocka_unit_test(test_webhook_private),            /* private addresses: refused at entry, and never connected to */
    };

    return cmocka_run_group_tests(tests, hooks_open, hooks_close);
}
