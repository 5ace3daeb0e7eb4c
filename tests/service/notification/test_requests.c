/* What hv-notification answers over the bus: lists, one message, its retry, the summary, and its health. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/run/health.h"
#include "notification.pb-c.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/line.h"

#define WAIT_MS      KIT_PATIENCE_MS
#define ADMIN        BUS__ROLE__ROLE_ADMIN
#define PARTICIPANT  BUS__ROLE__ROLE_PARTICIPANT
#define STAGE_HEALTH 6 /* of the stage's environment: HV_NOTIFICATION_HEALTH */

static struct stage stage;

static struct line line;

/* Returns the reply's fault; *answer is on the stage's arena when there is none. */
static enum err ask(const char *method, const ProtobufCMessage *request, const ProtobufCMessageDescriptor *type, unsigned roles,
                    unsigned person, ProtobufCMessage **answer)
{
    const struct line_request r = {.method = method,
                                   .message = request,
                                   .roles = roles,
                                   .actor = facts_id(person),
                                   .answer = type,
                                   .write = strstr(method, "Retry") != NULL};

    return (enum err)line_ask(&line, &r, answer)->err;
}

static Notification__MessageList *list(Notification__MessageState state, const char *token, uint32_t size)
{
    Notification__ListMessagesRequest request = NOTIFICATION__LIST_MESSAGES_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.state = state;
    request.page_token = (char *)(uintptr_t)token;
    request.page_size = size;
    assert_int_equal(ask("notification.ListMessages", &request.base, &notification__message_list__descriptor, ADMIN, 99, &answer), ERR_OK);
    return (Notification__MessageList *)answer;
}

static enum err get(ProtobufCBinaryData id, unsigned roles, unsigned person, Notification__Message **message)
{
    Notification__GetMessageRequest request = NOTIFICATION__GET_MESSAGE_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.message_id = id;
    enum err err = ask("notification.GetMessage", &request.base, &notification__message__descriptor, roles, person, &answer);
    *message = (Notification__Message *)answer;
    return err;
}

static int open_all(void **state)
{
    struct uuid programme = facts_id(1000000), implementation = facts_id(1000001);

    (void)state;
    stage_open(&stage);
    stage_mailbox_stop(&stage);
    stage_mailbox_start(&stage, "never");
    (void)stage_publish(&stage, programme, "enrolment.ProgrammeStored.v1",
                        &facts_programme(stage.arena, programme, implementation, 1)->base);
    for (unsigned i = 0; i < 5; i++) {
        Enrolment__SeatTaken seat = ENROLMENT__SEAT_TAKEN__INIT;
        const char *email = arena_printf(stage.arena, i == 4 ? "never%u@example.fi" : "p%u@example.fi", i);
        (void)stage_publish(&stage, facts_id(i), "enrolment.PersonStored.v1", &facts_person(stage.arena, i, "sv", email)->base);
        seat.registration = facts_registration(stage.arena, programme, implementation, facts_id(i), i + 1);
        (void)stage_publish(&stage, programme, "enrolment.SeatTaken.v1", &seat.base);
    }
    assert_true(stage_wait_tally(&stage, "sent", 4, WAIT_MS));
    assert_true(stage_wait_tally(&stage, "failed", 1, WAIT_MS));
    line_open(&line, &stage);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    line_close(&line);
    stage_close(&stage);
    return 0;
}

static void test_list_pages(void **state)
{
    (void)state;
    Notification__MessageList *first = list(NOTIFICATION__MESSAGE_STATE__MESSAGE_UNKNOWN, "", 3);
    assert_int_equal(first->n_messages, 3);
    assert_string_not_equal(first->next_page_token, "");
    Notification__MessageList *second = list(NOTIFICATION__MESSAGE_STATE__MESSAGE_UNKNOWN, first->next_page_token, 3);
    assert_int_equal(second->n_messages, 2);
    assert_string_equal(second->next_page_token, "");
    for (size_t i = 0; i < 3; i++)
        assert_memory_not_equal(first->messages[i]->id.data, second->messages[0]->id.data, 16);
    assert_int_equal(list(NOTIFICATION__MESSAGE_STATE__MESSAGE_SENT, "", 0)->n_messages, 4);
    assert_int_equal(list(NOTIFICATION__MESSAGE_STATE__MESSAGE_FAILED, "", 0)->n_messages, 1);
    assert_int_equal(list(NOTIFICATION__MESSAGE_STATE__MESSAGE_UNSURE, "", 0)->n_messages, 0);
}

static void test_list_refuses(void **state)
{
    Notification__ListMessagesRequest request = NOTIFICATION__LIST_MESSAGES_REQUEST__INIT;
    ProtobufCMessage *answer;
    static char token[] = "12 or 13", long_token[] = "99999999999999999999";
    uint8_t bytes[3] = {0};

    (void)state;
    assert_int_equal(ask("notification.ListMessages", &request.base, &notification__message_list__descriptor, PARTICIPANT, 1, &answer),
                     ERR_FORBIDDEN);
    request.page_token = token;
    assert_int_equal(ask("notification.ListMessages", &request.base, &notification__message_list__descriptor, ADMIN, 1, &answer),
                     ERR_INVALID);
    request.page_token = long_token;
    assert_int_equal(ask("notification.ListMessages", &request.base, &notification__message_list__descriptor, ADMIN, 1, &answer),
                     ERR_INVALID);
    request = (Notification__ListMessagesRequest)NOTIFICATION__LIST_MESSAGES_REQUEST__INIT;
    request.recipient_id = (ProtobufCBinaryData){3, bytes};
    assert_int_equal(ask("notification.ListMessages", &request.base, &notification__message_list__descriptor, ADMIN, 1, &answer),
                     ERR_INVALID);
    request.recipient_id.len = 0;
    request.state = (Notification__MessageState)10;
    assert_int_equal(ask("notification.ListMessages", &request.base, &notification__message_list__descriptor, ADMIN, 1, &answer),
                     ERR_INVALID);
}

static void test_mine_and_no_other(void **state)
{
    Notification__ListMyMessagesRequest request = NOTIFICATION__LIST_MY_MESSAGES_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;
    Notification__Message *message;

    (void)state;
    assert_int_equal(ask("notification.ListMyMessages", &request.base, &notification__message_list__descriptor, PARTICIPANT, 2, &answer),
                     ERR_OK);
    Notification__MessageList *mine = (Notification__MessageList *)answer;
    assert_int_equal(mine->n_messages, 1);
    assert_string_equal(mine->messages[0]->kind, "confirmation");
    assert_string_equal(mine->messages[0]->body, "");

    assert_int_equal(get(mine->messages[0]->id, PARTICIPANT, 3, &message), ERR_NOT_FOUND);
    assert_int_equal(get(mine->messages[0]->id, PARTICIPANT, 2, &message), ERR_OK);
    assert_string_equal(message->language, "sv");
    assert_string_equal(message->subject, "Du har en plats: Kraft i ledarskapet – exempel");
    assert_non_null(strstr(message->body, "Hej Väinö Örnsköld-Esimerkki 2!"));
    assert_int_equal(message->state, NOTIFICATION__MESSAGE_STATE__MESSAGE_SENT);
    assert_true(message->sent_us >= message->created_us);
    assert_int_equal(message->n_attempts, 1);
    assert_int_equal(message->attempts[0]->smtp_code, 250);
    assert_int_equal(get((ProtobufCBinaryData){2, mine->messages[0]->id.data}, ADMIN, 3, &message), ERR_INVALID);
}

static void test_summary(void **state)
{
    Notification__GetSummaryRequest request = NOTIFICATION__GET_SUMMARY_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    (void)state;
    assert_int_equal(ask("notification.GetSummary", &request.base, &notification__summary__descriptor, PARTICIPANT, 1, &answer),
                     ERR_FORBIDDEN);
    assert_int_equal(ask("notification.GetSummary", &request.base, &notification__summary__descriptor, ADMIN, 1, &answer), ERR_OK);
    const Notification__Summary *summary = (const Notification__Summary *)answer;
    assert_int_equal(summary->recipients, 5);
    assert_int_equal(summary->sent, 4);
    assert_int_equal(summary->failed, 1);
    assert_int_equal(summary->queued + summary->sending + summary->unsure, 0);
}

static void test_retry(void **state)
{
    Notification__RetryMessageRequest request = NOTIFICATION__RETRY_MESSAGE_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;
    uint8_t nothing[16] = {1};

    (void)state;
    request.message_id = list(NOTIFICATION__MESSAGE_STATE__MESSAGE_SENT, "", 1)->messages[0]->id;
    assert_int_equal(ask("notification.RetryMessage", &request.base, &notification__message__descriptor, ADMIN, 1, &answer), ERR_REFUSED);
    request.message_id = (ProtobufCBinaryData){16, nothing};
    assert_int_equal(ask("notification.RetryMessage", &request.base, &notification__message__descriptor, ADMIN, 1, &answer), ERR_NOT_FOUND);
    request.message_id = list(NOTIFICATION__MESSAGE_STATE__MESSAGE_FAILED, "", 1)->messages[0]->id;
    assert_int_equal(ask("notification.RetryMessage", &request.base, &notification__message__descriptor, PARTICIPANT, 4, &answer),
                     ERR_FORBIDDEN);
    stage_mailbox_stop(&stage);
    stage_mailbox_start(&stage, "");
    (void)kit_sql(stage.pg, "delete from notification.suppression"); /* the address was no good, and would get none */
    assert_int_equal(ask("notification.RetryMessage", &request.base, &notification__message__descriptor, ADMIN, 1, &answer), ERR_OK);
    assert_non_null(answer);
    if (answer != NULL) /* the analyser does not know that the line above ends the test */
        assert_int_equal(((const Notification__Message *)answer)->state, NOTIFICATION__MESSAGE_STATE__MESSAGE_QUEUED);
    assert_true(stage_wait_tally(&stage, "sent", 5, WAIT_MS));
    assert_int_equal(stage_tally(&stage, "failed"), 0);
}

/* The checks of component "mail", as the gateway's survey gets them. */
struct survey {
    bool done;
    double depth;
    int relay; /* status, -1: not said */
    char output[600];
};

static void on_reports(void *owner, Bus__HealthReport **reports, size_t count)
{
    struct survey *survey = owner;

    survey->done = true;
    for (size_t r = 0; r < count; r++) {
        for (size_t i = 0; i < reports[r]->n_checks; i++) {
            const Bus__HealthCheck *check = reports[r]->checks[i];
            if (strcmp(check->component, "mail") != 0)
                continue;
            if (strcmp(check->measure, "queueDepth") == 0)
                survey->depth = check->value;
            if (strcmp(check->measure, "relay") == 0) {
                survey->relay = (int)check->status;
                (void)snprintf(survey->output, sizeof survey->output, "%s", check->output);
            }
        }
    }
}

static struct survey health_of(struct health_surveyor *surveyor)
{
    struct survey survey = {.relay = -1};

    for (int tries = 0; tries < 50 && survey.relay < 0; tries++) {
        survey.done = false;
        assert_int_equal(health_survey(surveyor, false, 300, on_reports, &survey), ERR_OK);
        while (!survey.done)
            (void)uv_run(&line.loop, UV_RUN_ONCE);
    }
    return survey;
}

static void test_health(void **state)
{
    struct health_surveyor *surveyor;
    const char *urls[] = {strchr(stage.environment[STAGE_HEALTH], '=') + 1};
    Enrolment__SeatTaken seat = ENROLMENT__SEAT_TAKEN__INIT;
    struct survey survey;

    (void)state;
    assert_int_equal(health_surveyor_open(&surveyor, &line.loop, urls, 1, line.seal, kit_log()), ERR_OK);
    survey = health_of(surveyor);
    assert_int_equal(survey.relay, BUS__HEALTH_CHECK__STATUS__PASS);
    assert_true(stage_wait_tally(&stage, "queued", 0, WAIT_MS)); /* what the tests before have said is out */
    assert_true(stage_wait_tally(&stage, "sending", 0, WAIT_MS));
    stage_mailbox_stop(&stage);
    seat.registration = facts_registration(stage.arena, facts_id(1000000), facts_id(1000001), facts_id(1), 9);
    (void)stage_publish(&stage, facts_id(1000000), "enrolment.SeatTaken.v1", &seat.base);
    assert_true(stage_wait_tally(&stage, "queued", 1, WAIT_MS));
    for (int i = 0; i < 50 && (survey.relay != BUS__HEALTH_CHECK__STATUS__WARN || (int)survey.depth != 1);
         i++) { /* counted once a second */
        kit_sleep_ms(100);
        survey = health_of(surveyor);
    }
    assert_int_equal(survey.relay, BUS__HEALTH_CHECK__STATUS__WARN);
    assert_int_equal((int)survey.depth, 1);
    assert_non_null(strstr(survey.output, "Nothing is lost"));
    health_surveyor_close(surveyor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list_pages),        /* newest first, by page and by state */
        cmocka_unit_test(test_list_refuses),      /* not for participants; a wrong token, id or state is said so */
        cmocka_unit_test(test_mine_and_no_other), /* one's own messages with text and attempts; other people's are not there */
        cmocka_unit_test(test_summary),           /* the counters, for operators */
        cmocka_unit_test(test_retry),             /* only a failed message goes back to the queue, and it leaves */
        cmocka_unit_test(test_health),            /* depth and relay in the survey; a relay that is down is said, with what to do */
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
