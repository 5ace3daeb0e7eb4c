/* Webhooks as operators make, change and remove them, and what they hear of events on the bus: delivered to a real HTTPS receiver and
 * verified by an independent implementation of Standard Webhooks. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/run/health.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/hooks.h"

static void publish_seat(unsigned person, unsigned order_no)
{
    Enrolment__SeatTaken seat = ENROLMENT__SEAT_TAKEN__INIT;

    seat.registration =
        facts_registration(stage.arena, facts_id(HOOKS_PROGRAMME), facts_id(HOOKS_PROGRAMME + 1), facts_id(person), order_no);
    seat.registration->state = ENROLMENT__STATE__STATE_SEATED;
    (void)stage_publish(&stage, facts_id(HOOKS_PROGRAMME), "enrolment.SeatTaken.v1", &seat.base);
}

static void test_webhook_hears_of_events(void **state)
{
    const struct hook seats = hooks_make("/ok-seats", "enrolment.seat_taken"),
                      others = hooks_make("/ok-others", "enrolment.capacity_changed");
    Enrolment__CapacityChanged capacity = ENROLMENT__CAPACITY_CHANGED__INIT;
    Enrolment__Seats counters = ENROLMENT__SEATS__INIT;

    (void)state;
    (void)stage_publish(&stage, facts_id(1), "enrolment.PersonStored.v1", &facts_person(stage.arena, 1, "sv", "p1@example.fi")->base);
    publish_seat(1, 1);
    publish_seat(2, 2);
    (void)hooks_wait(&seats, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    counters.programme_id = facts_bytes(stage.arena, facts_id(HOOKS_PROGRAMME));
    counters.implementation_id = facts_bytes(stage.arena, facts_id(HOOKS_PROGRAMME + 1));
    counters.capacity = 40;
    counters.taken = 2;
    capacity.seats = &counters;
    (void)stage_publish(&stage, facts_id(HOOKS_PROGRAMME), "enrolment.CapacityChanged.v1", &capacity.base);
    const Notification__WebhookDelivery *delivery = hooks_wait(&others, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    assert_string_equal(delivery->type, "enrolment.capacity_changed");
    assert_int_equal(delivery->http_status, 200);
    assert_string_equal(delivery->answer, "taken");
    for (int i = 0; i < 100 && hooks_get(&seats)->n_deliveries < 2; i++)
        kit_sleep_ms(50);
    (void)hooks_wait(&seats, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    assert_int_equal(hooks_arrived(&seats, NULL), 2);
    assert_int_equal(hooks_arrived(&others, NULL), 1);
    const char *said = hooks_lines("/ok-seats");
    char id[UUID_TEXT];
    uuid_format(facts_id(1), id);
    assert_non_null(strstr(said, arena_printf(stage.arena, "\\\"personId\\\":\\\"%s\\\"", id)));
    assert_non_null(strstr(said, "\\\"state\\\":\\\"STATE_SEATED\\\""));
    assert_non_null(strstr(said, "\"content-type\": \"application/json\""));
    assert_null(strstr(said, "example.fi")); /* ids, never addresses or names */
    assert_null(strstr(said, "Esimerkki"));
    assert_non_null(strstr(hooks_lines("/ok-others"), "\\\"capacity\\\":40,\\\"taken\\\":2"));
}

static void test_webhook_keys_rotate(void **state)
{
    struct hook hook = hooks_make("/ok-rotated", "enrolment.offered");
    ProtobufCMessage *answer = NULL;

    (void)state;
    assert_int_equal(hooks_ask_of("notification.RotateWebhook", hook.id, &notification__webhook__descriptor, &answer)->err, ERR_OK);
    const Notification__Webhook *rotated = (const Notification__Webhook *)answer;
    assert_string_not_equal(rotated->secret, hook.secret);
    assert_true(rotated->rotated_us > 0);
    hooks_test(&hook);
    (void)hooks_wait(&hook, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    assert_int_equal(hooks_arrived(&hook, rotated->secret), 1); /* verifies with each of the two */
}

static void test_webhook_gone(void **state)
{
    struct hook gone = hooks_make("/gone-1", "enrolment.offered");
    const Notification__WebhookDelivery *delivery;
    Notification__RetryDeliveryRequest again = NOTIFICATION__RETRY_DELIVERY_REQUEST__INIT;
    Notification__Webhook *webhook;
    ProtobufCMessage *answer;

    (void)state;
    hooks_test(&gone);
    delivery = hooks_wait(&gone, NOTIFICATION__DELIVERY_STATE__DELIVERY_FAILED, 1);
    assert_int_equal(delivery->http_status, 410);
    webhook = hooks_get(&gone);
    assert_int_equal(webhook->state, NOTIFICATION__WEBHOOK_STATE__WEBHOOK_DISABLED);
    assert_non_null(strstr(webhook->why, "410"));
    const Bus__Reply *reply = hooks_ask_of("notification.TestWebhook", gone.id, &notification__webhook_delivery__descriptor, &answer);
    assert_int_equal(reply->err, ERR_REFUSED);
    assert_string_equal(reply->problem->rule, "notification.webhook.disabled");
    again.delivery_id = delivery->id;
    reply = hooks_ask("notification.RetryDelivery", &again.base, 0, &notification__webhook_delivery__descriptor, &answer);
    assert_string_equal(reply->problem->rule, "notification.webhook.disabled");

    /* its owner mends it and an operator turns it on again, at another address */
    const char *url = arena_printf(stage.arena, "https://localhost:%d/ok-mended", hooks_port);
    assert_int_equal(hooks_edit(&gone, 0, url, NOTIFICATION__WEBHOOK_STATE__WEBHOOK_ENABLED, &webhook)->err, ERR_PRECONDITION_REQUIRED);
    assert_int_equal(hooks_edit(&gone, 1, url, NOTIFICATION__WEBHOOK_STATE__WEBHOOK_ENABLED, &webhook)->err, ERR_PRECONDITION);
    assert_int_equal(hooks_edit(&gone, 2, url, NOTIFICATION__WEBHOOK_STATE__WEBHOOK_ENABLED, &webhook)->err, ERR_OK);
    assert_int_equal(webhook->version, 3);
    assert_string_equal(webhook->why, "");
    assert_int_equal(hooks_ask("notification.RetryDelivery", &again.base, 0, &notification__webhook_delivery__descriptor, &answer)->err,
                     ERR_OK);
    (void)hooks_wait(&gone, NOTIFICATION__DELIVERY_STATE__DELIVERY_DONE, 1);
    gone.path = "/ok-mended";
    assert_int_equal(hooks_arrived(&gone, NULL), 1);
    reply = hooks_ask("notification.RetryDelivery", &again.base, 0, &notification__webhook_delivery__descriptor, &answer);
    assert_string_equal(reply->problem->rule, "notification.delivery.not-failed");
}

static void test_webhook_refuses(void **state)
{
    static const struct {
        const char *url, *rule;
    } urls[] = {{"", "notification.webhook.url-length"},
                {"ftp://hooks.example.fi/", "notification.webhook.url-scheme"},
                {"https://a b.example.fi/", "notification.webhook.url-characters"},
                {"https://-.example.fi/", "notification.webhook.url-host"},
                {"https://u:p@hooks.example.fi/", "notification.webhook.url-user"},
                {"https://hooks.example.fi/#x", "notification.webhook.url-fragment"},
                {"https://hooks.example.fi:22/", "notification.webhook.url-port"}};
    char *types[] = {"enrolment.seat_taken", "enrolment.seats_taken"};
    Notification__Webhook *webhook;
    ProtobufCMessage *answer;
    uint8_t nothing[16] = {7};
    const Bus__Reply *reply;

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        reply = hooks_create(urls[i].url, types, 1, &webhook);
        assert_int_equal(reply->err, ERR_INVALID);
        assert_string_equal(reply->problem->rule, urls[i].rule);
        assert_string_equal(reply->problem->field, "url");
        assert_string_not_equal(reply->problem->detail->fi, "");
        assert_string_not_equal(reply->problem->detail->sv, "");
        assert_string_not_equal(reply->problem->detail->en, "");
    }
    reply = hooks_create("https://hooks.example.fi/", types, 0, &webhook); /* nothing said is not everything */
    assert_string_equal(reply->problem->rule, "notification.webhook.types");
    assert_string_equal(reply->problem->field, "types");
    reply = hooks_create("https://hooks.example.fi/", types, 2, &webhook);
    assert_string_equal(reply->problem->rule, "notification.webhook.type-unknown");
    assert_string_equal(reply->problem->field, "types");
    assert_string_equal(reply->problem->facts[0]->value, "enrolment.seats_taken");
    assert_non_null(strstr(reply->problem->facts[1]->value, "enrolment.seat_taken enrolment.queued ")); /* and what there is */

    reply = hooks_ask_of("notification.GetWebhook", (ProtobufCBinaryData){16, nothing}, &notification__webhook__descriptor, &answer);
    assert_int_equal(reply->err, ERR_NOT_FOUND);
    reply = hooks_ask_of("notification.RemoveWebhook", (ProtobufCBinaryData){3, nothing}, &notification__webhook__descriptor, &answer);
    assert_int_equal(reply->err, ERR_INVALID);
    Notification__ListWebhooksRequest list = NOTIFICATION__LIST_WEBHOOKS_REQUEST__INIT;
    const struct line_request participant = {.method = "notification.ListWebhooks",
                                             .message = &list.base,
                                             .roles = BUS__ROLE__ROLE_PARTICIPANT | BUS__ROLE__ROLE_COORDINATOR,
                                             .actor = facts_id(5)};
    assert_int_equal(line_ask(&line, &participant, NULL)->err, ERR_FORBIDDEN);
}

static void test_webhook_removed(void **state)
{
    const struct hook hook = hooks_make("/fail-removed", "enrolment.offered");
    Notification__ListWebhooksRequest list = NOTIFICATION__LIST_WEBHOOKS_REQUEST__INIT;
    ProtobufCMessage *answer;

    (void)state;
    hooks_test(&hook);
    (void)hooks_wait(&hook, NOTIFICATION__DELIVERY_STATE__DELIVERY_QUEUED, 1);
    assert_int_equal(hooks_ask("notification.ListWebhooks", &list.base, 0, &notification__webhook_list__descriptor, &answer)->err, ERR_OK);
    const size_t before = ((Notification__WebhookList *)answer)->n_webhooks;
    assert_int_equal(hooks_ask_of("notification.RemoveWebhook", hook.id, &notification__webhook__descriptor, &answer)->err, ERR_OK);
    assert_int_equal(hooks_ask_of("notification.GetWebhook", hook.id, &notification__webhook__descriptor, &answer)->err, ERR_NOT_FOUND);
    assert_int_equal(hooks_ask("notification.ListWebhooks", &list.base, 0, &notification__webhook_list__descriptor, &answer)->err, ERR_OK);
    assert_int_equal(((Notification__WebhookList *)answer)->n_webhooks, before - 1);
}

/* --- health ------------------------------------------------------------------------------------------------------------ */
struct survey {
    bool done;
    int disabled; /* status, -1: not said */
    char output[400];
};

static void on_reports(void *owner, Bus__HealthReport **reports, size_t count)
{
    struct survey *survey = owner;

    survey->done = true;
    for (size_t r = 0; r < count; r++)
        for (size_t i = 0; i < reports[r]->n_checks; i++)
            if (strcmp(reports[r]->checks[i]->component, "webhooks") == 0 && strcmp(reports[r]->checks[i]->measure, "disabled") == 0) {
                survey->disabled = (int)reports[r]->checks[i]->status;
                (void)snprintf(survey->output, sizeof survey->output, "%s", reports[r]->checks[i]->output);
            }
}

static void test_webhook_health(void **state)
{
    const struct hook gone = hooks_make("/gone-2", "enrolment.offered");
    const char *urls[] = {strchr(stage.environment[6], '=') + 1};
    struct survey survey = {.disabled = -1};
    struct health_surveyor *surveyor;
    char id[UUID_TEXT];

    (void)state;
    hooks_test(&gone);
    (void)hooks_wait(&gone, NOTIFICATION__DELIVERY_STATE__DELIVERY_FAILED, 1);
    struct uuid uuid;
    assert_true(uuid_read(&uuid, span_of(gone.id.data, gone.id.len)));
    uuid_format(uuid, id);
    assert_int_equal(health_surveyor_open(&surveyor, &line.loop, urls, 1, line.seal, kit_log()), ERR_OK);
    for (int tries = 0; tries < 100 && strstr(survey.output, id) == NULL; tries++) {
        kit_sleep_ms(100); /* looked at every two seconds */
        survey.done = false;
        assert_int_equal(health_survey(surveyor, false, 300, on_reports, &survey), ERR_OK);
        while (!survey.done)
            (void)uv_run(&line.loop, UV_RUN_ONCE);
    }
    assert_int_equal(survey.disabled, BUS__HEALTH_CHECK__STATUS__WARN);
    assert_non_null(strstr(survey.output, id));
    assert_non_null(strstr(survey.output, "410 Gone"));
    health_surveyor_close(surveyor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_webhook_refuses),         /* wrong URLs and types by rule and field; admins only */
        cmocka_unit_test(test_webhook_hears_of_events), /* ids and states of the types it wants, signed, once */
        cmocka_unit_test(test_webhook_keys_rotate),     /* both keys verify */
        cmocka_unit_test(test_webhook_gone),            /* 410 disables; on again by hand, and a failed delivery goes again */
        cmocka_unit_test(test_webhook_removed),         /* with all that waits */
        cmocka_unit_test(test_webhook_health),          /* one that was disabled is said, and what to do */
    };

    return cmocka_run_group_tests(tests, hooks_open, hooks_close);
}
