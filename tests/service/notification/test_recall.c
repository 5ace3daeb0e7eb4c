/* What operators mend after they have sent something: again, with a reason; not at all, one or all of a sending; and what is left of it for
 * a reader whom no mail reached. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/notices.h"

/* Withheld since the address is suppressed; an operator mends it and sends it again, saying why. */
static void test_retry_is_recorded(void **state)
{
    const unsigned people[] = {2};
    Notification__SendMessageRequest r = notice_new(people, 1);
    Notification__RetryMessageRequest retry = NOTIFICATION__RETRY_MESSAGE_REQUEST__INIT;

    (void)state;
    (void)kit_sql(stage.pg, "insert into notification.suppression values ('p2@example.fi', 3, now(), '', null)");
    assert_int_equal(notice_say(&r, NULL, NULL)->err, ERR_OK);
    assert_true(stage_wait_tally(&stage, "withheld", 1, OPERATOR_WAIT_MS));
    retry.message_id = notice_find("state = 6");
    retry.reason = "Osoite toimii taas";
    operator_refused(operator_write("notification.RetryMessage", &retry.base, &notification__message__descriptor, 0, NULL),
                     "notification.message.still-suppressed", "", NULL, NULL);
    (void)kit_sql(stage.pg, "delete from notification.suppression");
    (void)kit_sql(stage.pg,
                  "insert into notification.preference select recipient_id, topic, 2, now() from notification.message where state = 6");
    operator_refused(operator_write("notification.RetryMessage", &retry.base, &notification__message__descriptor, 0, NULL),
                     "notification.message.topic-off", "", NULL, NULL);
    (void)kit_sql(stage.pg, "delete from notification.preference");
    (void)kit_sql(stage.pg, "update notification.recipient set email = 'p2@example.org' where email = 'p2@example.fi'");
    operator_refused(operator_write("notification.RetryMessage", &retry.base, &notification__message__descriptor, 0, NULL),
                     "notification.message.domain-not-allowed", "", NULL, NULL);
    (void)kit_sql(stage.pg, "update notification.recipient set email = 'p2@example.fi' where email = 'p2@example.org'");
    (void)kit_sql(stage.pg, "update notification.message set queued_at = queued_at - interval '100 hours' where state = 6");
    const char *made = kit_sql(stage.pg, "select queued_at from notification.message where state = 6");
    assert_int_equal(operator_write("notification.RetryMessage", &retry.base, &notification__message__descriptor, 0, NULL)->err, ERR_OK);
    assert_true(stage_wait_tally(&stage, "sent", 1, OPERATOR_WAIT_MS));
    assert_int_equal(stage_tally(&stage, "withheld"), 0);
    assert_string_equal(kit_sql(stage.pg, "select queued_at from notification.message where id = '%s'", notice_id(retry.message_id)), made);
    const Notification__MoveList *list = notice_moves(retry.message_id);
    assert_true(list->n_moves >= 6); /* asked; claimed; withheld; retried; claimed; sent */
    assert_int_equal(list->moves[0]->from, 0);
    assert_int_equal(list->moves[0]->actor.len, 16);
    bool seen = false;
    for (size_t i = 0; i < list->n_moves; i++) {
        const Notification__Move *m = list->moves[i];
        seen |= m->from == NOTIFICATION__MESSAGE_STATE__MESSAGE_WITHHELD && m->to == NOTIFICATION__MESSAGE_STATE__MESSAGE_QUEUED &&
                m->actor.len == 16 && strcmp(m->why, "Osoite toimii taas") == 0;
        assert_true(i == 0 || m->at_us >= list->moves[i - 1]->at_us);
    }
    assert_true(seen);
    assert_int_equal(list->moves[list->n_moves - 1]->to, NOTIFICATION__MESSAGE_STATE__MESSAGE_SENT);
    operator_refused(operator_write("notification.RetryMessage", &retry.base, &notification__message__descriptor, 0, NULL),
                     "notification.message.not-failed", "", NULL, NULL);
    (void)kit_sql(stage.pg, "update notification.message set state = 6, sent_at = null, bare = true where state = 3 and id = '%s'",
                  notice_id(retry.message_id));
    operator_refused(operator_write("notification.RetryMessage", &retry.base, &notification__message__descriptor, 0, NULL),
                     "notification.message.words-gone", "", NULL, NULL);
    (void)kit_sql(stage.pg, "update notification.message set state = 3, sent_at = now(), bare = false where bare");
}

static const Notification__Message *look(ProtobufCBinaryData id, unsigned role, unsigned person)
{
    Notification__GetMessageRequest request = NOTIFICATION__GET_MESSAGE_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.message_id = id;
    const Bus__Reply *reply = line_ask(&line,
                                       &(const struct line_request){.method = "notification.GetMessage",
                                                                    .message = &request.base,
                                                                    .roles = role,
                                                                    .actor = facts_id(person),
                                                                    .answer = &notification__message__descriptor},
                                       &answer);
    assert_int_equal(reply->err, ERR_OK);
    return (const Notification__Message *)answer;
}

static int open_file(ProtobufCBinaryData id, uint32_t n, unsigned person, const Bus__File **out)
{
    Notification__GetAttachmentRequest request = NOTIFICATION__GET_ATTACHMENT_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.message_id = id;
    request.n = n;
    const Bus__Reply *reply = line_ask(&line,
                                       &(const struct line_request){.method = "notification.GetAttachment",
                                                                    .message = &request.base,
                                                                    .roles = BUS__ROLE__ROLE_PARTICIPANT,
                                                                    .actor = facts_id(person),
                                                                    .answer = &bus__file__descriptor},
                                       &answer);
    *out = (const Bus__File *)answer;
    return (int)reply->err;
}

/* Nobody's mail: the files are in the inbox all the same, for their reader only. */
static void test_files_without_a_mail(void **state)
{
    const unsigned people[] = {3};
    Notification__SendMessageRequest r = notice_new(people, 1);
    const Notification__SendMessageReply *answer;
    const Bus__File *file;
    const int64_t withheld = stage_tally(&stage, "withheld");

    (void)state;
    notice_attach(&r, "ohje.pdf", "application/pdf", NOTICE_PDF, strlen(NOTICE_PDF));
    notice_attach(&r, "ajat.ics", "text/calendar", NOTICE_CALENDAR, strlen(NOTICE_CALENDAR));
    (void)kit_sql(stage.pg, "insert into notification.suppression values ('p3@example.fi', 3, now(), '', null)");
    assert_int_equal(notice_say(&r, NULL, &answer)->err, ERR_OK);
    const ProtobufCBinaryData id = answer->message_id[0];
    assert_true(stage_wait_tally(&stage, "withheld", withheld + 1, OPERATOR_WAIT_MS));
    const Notification__Message *mine = look(id, BUS__ROLE__ROLE_PARTICIPANT, 3);
    assert_int_equal(mine->n_attachments, 2);
    assert_int_equal(mine->attachments[1]->n, 2);
    assert_string_equal(mine->attachments[1]->name, "ajat.ics");
    assert_string_equal(mine->attachments[1]->media_type, "text/calendar");
    assert_int_equal(mine->attachments[0]->size, strlen(NOTICE_PDF));
    assert_int_equal(mine->n_facts, 0); /* operators see them */
    assert_int_equal(open_file(id, 1, 3, &file), ERR_OK);
    assert_string_equal(file->name, "ohje.pdf");
    assert_string_equal(file->media_type, "application/pdf");
    assert_int_equal(file->content.len, strlen(NOTICE_PDF));
    assert_memory_equal(file->content.data, NOTICE_PDF, strlen(NOTICE_PDF));
    assert_int_equal(open_file(id, 3, 3, &file), ERR_NOT_FOUND);
    assert_int_equal(open_file(id, 0, 3, &file), ERR_NOT_FOUND);
    assert_int_equal(open_file(id, 1, 2, &file), ERR_NOT_FOUND);
    (void)kit_sql(stage.pg, "delete from notification.suppression");
}

static const Bus__Reply *call_off_one(ProtobufCBinaryData id, ProtobufCMessage **answer)
{
    Notification__CallOffMessageRequest request = NOTIFICATION__CALL_OFF_MESSAGE_REQUEST__INIT;

    request.message_id = id;
    request.reason = "Väärä päivä";
    return operator_write("notification.CallOffMessage", &request.base, &notification__message__descriptor, 0, answer);
}

static uint32_t call_off_all(ProtobufCBinaryData event)
{
    Notification__CallOffMessagesRequest request = NOTIFICATION__CALL_OFF_MESSAGES_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;

    request.event_id = event;
    assert_int_equal(
        operator_write("notification.CallOffMessages", &request.base, &notification__call_off_messages_reply__descriptor, 0, &answer)->err,
        ERR_OK);
    return ((const Notification__CallOffMessagesReply *)answer)->called_off;
}

static void test_called_off(void **state)
{
    const unsigned people[] = {1, 2, 3};
    Notification__SendMessageRequest r = notice_new(people, 3);
    Notification__CallOffMessagesRequest nothing = NOTIFICATION__CALL_OFF_MESSAGES_REQUEST__INIT;
    const Notification__SendMessageReply *answer;
    ProtobufCMessage *reply;
    const int64_t queued = stage_tally(&stage, "queued");

    (void)state;
    r.not_before_us = time_now_us() + TIME_DAY;
    assert_int_equal(notice_say(&r, NULL, &answer)->err, ERR_OK);
    const ProtobufCBinaryData event = answer->event_id, id = answer->message_id[0];
    const Notification__Message *seen = look(id, BUS__ROLE__ROLE_ADMIN, OPERATOR_SELF);
    assert_int_equal(seen->n_facts, 2);
    assert_string_equal(seen->facts[0]->name, "subject");
    assert_string_equal(seen->facts[0]->value, "Tärkeä tieto");
    assert_int_equal(call_off_one(id, &reply)->err, ERR_OK);
    assert_int_equal(((const Notification__Message *)reply)->state, NOTIFICATION__MESSAGE_STATE__MESSAGE_CALLED_OFF);
    assert_string_equal(((const Notification__Message *)reply)->why, "Väärä päivä");
    operator_refused(call_off_one(id, NULL), "notification.message.not-queued", "", NULL, NULL);
    const Notification__MoveList *list = notice_moves(id);
    assert_int_equal(list->moves[list->n_moves - 1]->to, NOTIFICATION__MESSAGE_STATE__MESSAGE_CALLED_OFF);
    assert_string_equal(list->moves[list->n_moves - 1]->why, "Väärä päivä");
    assert_int_equal(list->moves[list->n_moves - 1]->actor.len, 16);
    assert_int_equal(call_off_all(event), 2);
    assert_int_equal(call_off_all(event), 0);
    assert_int_equal(stage_tally(&stage, "queued"), queued);
    assert_int_equal(stage_tally(&stage, "called_off"), 3);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message where state = 9"), 3);
    nothing.event_id = facts_bytes(stage.arena, facts_id(123456));
    assert_int_equal(
        operator_write("notification.CallOffMessages", &nothing.base, &notification__call_off_messages_reply__descriptor, 0, NULL)->err,
        ERR_NOT_FOUND);
}

#define MAIL_DOMAIN "mail.example.fi" /* of the stage */
#define COMPLAINT                                                                                                                          \
    "Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n"                                                      \
    "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: %s\r\nUser-Agent: x\r\nVersion: 1\r\n%s\r\n"                       \
    "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <%s@%s>\r\n\r\n--b--\r\n"

static const Notification__BounceReport *complain(const char *type, const char *recipient, const char *id, const char *domain)
{
    Notification__ReportBounceRequest request = NOTIFICATION__REPORT_BOUNCE_REQUEST__INIT;
    ProtobufCMessage *answer = NULL;
    static char mail[2000];

    (void)snprintf(mail, sizeof mail, COMPLAINT, type, recipient, id, domain);
    request.content = (ProtobufCBinaryData){strlen(mail), (uint8_t *)mail};
    assert_int_equal(operator_write("notification.ReportBounce", &request.base, &notification__bounce_report__descriptor, 0, &answer)->err,
                     ERR_OK);
    assert_non_null(answer);
    return (const Notification__BounceReport *)answer;
}

/* Whoever called a mail of ours spam gets none any more; who says that it was none, who got it from somebody else, and what is not our mail
 * change nothing. What was delivered stays delivered. */
static void test_complaints(void **state)
{
    const unsigned people[] = {3};
    Notification__SendMessageRequest r = notice_new(people, 1);
    const int64_t sent = stage_tally(&stage, "sent");
    const char *listed =
        "select coalesce(string_agg(concat_ws('/', address, reason, note, message_id), ' '), '') from notification.suppression";

    (void)state;
    assert_int_equal(notice_say(&r, NULL, NULL)->err, ERR_OK);
    assert_true(stage_wait_tally(&stage, "sent", sent + 1, OPERATOR_WAIT_MS));
    const char *id = arena_printf(
        stage.arena, "%s",
        kit_sql(stage.pg, "select m.id from notification.message m join notification.recipient r on r.id = m.recipient_id where r.email = "
                          "'p3@example.fi' and m.state = 3 order by m.number desc limit 1"));
    assert_false(complain("not-spam", "", id, MAIL_DOMAIN)->suppressed);
    assert_string_equal(kit_sql(stage.pg, "select why from notification.message where id = '%s'", id), "complaint: not-spam");
    assert_false(complain("abuse", "Original-Rcpt-To: <other@example.org>\r\n", id, MAIL_DOMAIN)->suppressed);
    assert_int_equal(complain("abuse", "", id, "other.example.fi")->message_id.len, 0);
    assert_string_equal(kit_sql(stage.pg, "%s", listed), "");
    const Notification__BounceReport *report = complain("Abuse", "Original-Rcpt-To: <P3@example.fi>\r\n", id, MAIL_DOMAIN);
    assert_true(report->suppressed);
    assert_false(report->permanent);
    assert_int_equal(report->message_id.len, 16);
    assert_string_equal(report->complaint, "Abuse");
    assert_string_equal(report->status, "");
    assert_string_equal(kit_sql(stage.pg, "%s", listed), arena_printf(stage.arena, "p3@example.fi/2/complaint: Abuse/%s", id));
    assert_string_equal(kit_sql(stage.pg, "select concat_ws('/', state, why) from notification.message where id = '%s'", id),
                        "3/complaint: Abuse");
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.suppression_change where reason = 2"), 1);
    r = notice_new(people, 1);
    const int64_t withheld = stage_tally(&stage, "withheld");
    assert_int_equal(notice_say(&r, NULL, NULL)->err, ERR_OK);
    assert_true(stage_wait_tally(&stage, "withheld", withheld + 1, OPERATOR_WAIT_MS));
}

static int open_for_some(void **state)
{
    assert_int_equal(setenv("HV_MAIL_ONLY", "example.fi", 1), 0); /* as on a system for tests */
    return operator_open(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retry_is_recorded),    /* a withheld one again, when nothing is in its way: who and why is in its moves */
        cmocka_unit_test(test_files_without_a_mail), /* attachments of what was not mailed, for their reader only */
        cmocka_unit_test(test_complaints),           /* RFC 5965: the address gets no more mail; what is none changes nothing */
        cmocka_unit_test(test_called_off),           /* one, and what is left of one sending: who and why is in the moves */
    };
    return cmocka_run_group_tests(tests, open_for_some, operator_close);
}
