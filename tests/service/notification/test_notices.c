/* What operators say and see: SendMessage with attachments and at a time, the promise, and the public feeds as a real feed reader reads
 * them. What they mend afterwards: test_recall.c. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "common/run/health.h"
#include "tests/service/notification/facts.h"
#include "tests/service/notification/notices.h"

static void test_notice_with_attachments(void **state)
{
    const unsigned people[] = {1, 2, 77, 1};
    Notification__SendMessageRequest request = notice_new(people, 4);
    const Notification__SendMessageReply *answer;

    (void)state;
    notice_attach(&request, "ohje.pdf", "application/pdf", NOTICE_PDF, strlen(NOTICE_PDF));
    notice_attach(&request, "ajat.ics", "text/calendar", NOTICE_CALENDAR, strlen(NOTICE_CALENDAR));
    assert_int_equal(notice_say(&request, "notice-1", &answer)->err, ERR_OK);
    assert_int_equal(answer->accepted, 2);
    assert_int_equal(answer->n_unknown_id, 1);
    assert_memory_equal(answer->unknown_id[0].data, request.recipient_id[2].data, 16);
    assert_int_equal(answer->n_message_id, 2);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message where id in ('%s', '%s') and event_id = '%s'",
                                 notice_id(answer->message_id[0]), notice_id(answer->message_id[1]), notice_id(answer->event_id)),
                     2);
    assert_int_equal(notice_say(&request, "notice-1", &answer)->err, ERR_OK); /* said once under one key */
    assert_int_equal(answer->accepted, 2);
    assert_true(stage_wait_tally(&stage, "sent", 2, OPERATOR_WAIT_MS));
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message"), 2);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.attachment"), 2);
    const char *mails = operator_mails();
    char size[40];
    (void)snprintf(size, sizeof size, "application/pdf(ohje.pdf)=%zu", strlen(NOTICE_PDF));
    assert_non_null(strstr(mails, size));
    assert_non_null(strstr(mails, "text/calendar(ajat.ics)="));
    assert_non_null(strstr(mails, "p2@example.fi>\tTärkeä tieto\t"));
    assert_non_null(strstr(mails, "Ensimmäinen rivi.\\n\\nToinen kappale."));
    (void)kit_sql(stage.pg, "delete from notification.request_seen"); /* even when its answer is forgotten */
    assert_int_equal(notice_say(&request, "notice-1", &answer)->err, ERR_OK);
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message"), 2);
    assert_int_equal(stage_mail_count(&stage), 2);
}

static void refused(Notification__SendMessageRequest *request, const char *rule, const char *field)
{
    operator_refused(notice_say(request, NULL, NULL), rule, field, NULL, NULL);
}

static void test_what_is_refused(void **state)
{
    const unsigned people[] = {1};
    Notification__SendMessageRequest r = notice_new(people, 1);
    static char large[200 * 1024 + 1];

    (void)state;
    r.n_facts = 1;
    operator_refused(notice_say(&r, NULL, NULL), "notification.fact.missing", "facts[body]", "fact", "body");
    r = notice_new(people, 1);
    r.facts[r.n_facts++] = operator_fact("order", "3");
    operator_refused(notice_say(&r, NULL, NULL), "notification.fact.unknown", "facts[order]", "fact", "order");
    r = notice_new(people, 1);
    r.facts[r.n_facts++] = operator_fact("name", "Joku"); /* looked up, not told */
    refused(&r, "notification.fact.unknown", "facts[name]");
    r = notice_new(people, 1);
    r.facts[r.n_facts++] = operator_fact("body", "x");
    refused(&r, "notification.fact.twice", "facts[body]");
    static const char *const UNTRUE[] = {"window_opened", "window_closed", "opens_soon",   "closes_soon",
                                         "webinar_soon",  "confirmation",  "announcement", "digest"};
    for (size_t i = 0; i < sizeof UNTRUE / sizeof UNTRUE[0]; i++) {
        r = notice_new(people, 1);
        r.kind = arena_strdup(stage.arena, UNTRUE[i]); /* it would not be true of them */
        operator_refused(notice_say(&r, NULL, NULL), "notification.message.by-hand", "kind", "known", "notice");
    }
    r = notice_new(people, 1);
    r.programme_id = facts_bytes(stage.arena, facts_id(5));
    refused(&r, "notification.message.programme", "programmeId");
    r.kind = "greeting";
    refused(&r, "notification.template.kind", "kind");
    r = notice_new(people, 0);
    refused(&r, "notification.message.recipients", "recipientId");
    r = notice_new(people, 1);
    r.not_before_us = time_now_us() + 400 * TIME_DAY;
    refused(&r, "notification.message.not-before", "notBeforeAt");
    r.not_before_us = time_now_us() - 2 * 60 * TIME_SECOND;
    refused(&r, "notification.message.not-before-past", "notBeforeAt");
    r = notice_new(people, 1);
    notice_attach(&r, "a.pdf", "application/pdf", "MZ\x90", 3);
    refused(&r, "notification.attachment.content", "attachments");
    r = notice_new(people, 1);
    notice_attach(&r, "../a.pdf", "application/pdf", NOTICE_PDF, strlen(NOTICE_PDF));
    refused(&r, "notification.attachment.name", "attachments");
    r = notice_new(people, 1);
    notice_attach(&r, "a.exe", "application/octet-stream", NOTICE_PDF, strlen(NOTICE_PDF));
    refused(&r, "notification.attachment.type", "attachments");
    r = notice_new(people, 1);
    memset(large, ' ', sizeof large);
    memcpy(large, NOTICE_PDF, strlen(NOTICE_PDF));
    notice_attach(&r, "a.pdf", "application/pdf", large, sizeof large);
    refused(&r, "notification.attachment.large", "attachments");
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message"), 2);
}

static void words_refused(const char *subject, const char *body, const char *rule, const char *field)
{
    const unsigned people[] = {1};
    Notification__SendMessageRequest r = notice_new(people, 1);

    r.facts[0] = operator_fact("subject", subject);
    r.facts[1] = operator_fact("body", body);
    refused(&r, rule, field);
}

static void test_words_are_plain(void **state)
{
    char *long_line = arena_alloc(stage.arena, 402);

    (void)state;
    memset(long_line, 'x', 201);
    long_line[201] = '\0';
    words_refused("Otsikko\nBcc: p2@example.fi", "x", "notification.fact.one-line", "facts[subject]");
    words_refused("Otsikko\xe2\x80\xa8toinen", "x", "notification.fact.one-line", "facts[subject]");
    words_refused("Otsikko\x07", "x", "notification.fact.control", "facts[subject]");
    words_refused(" \xc2\xa0 ", "x", "notification.fact.blank", "facts[subject]");
    words_refused(long_line, "x", "notification.fact.long", "facts[subject]");
    words_refused("Otsikko", "Rivi\x1b[31m", "notification.fact.control", "facts[body]");
    words_refused("Otsikko", "Rivi\r\nToinen", "notification.fact.control", "facts[body]");
    words_refused("Otsikko", " \n\t", "notification.fact.blank", "facts[body]");
    assert_int_equal(kit_sql_int(stage.pg, "select count(*) from notification.message"), 2);
}

static void test_at_a_time(void **state)
{
    const unsigned people[] = {3};
    Notification__SendMessageRequest r = notice_new(people, 1);

    (void)state;
    r.facts[0] = operator_fact("subject", "Strength in leadership");
    r.not_before_us = time_now_us() + 3 * TIME_SECOND;
    assert_int_equal(notice_say(&r, NULL, NULL)->err, ERR_OK);
    assert_int_equal(stage_tally(&stage, "queued"), 1);
    assert_true(stage_wait_tally(&stage, "sent", 3, OPERATOR_WAIT_MS));
    assert_true(kit_sql_int(stage.pg, "select count(*) from notification.message where sent_at < not_before") == 0);
    assert_true(kit_sql_int(stage.pg, "select count(*) from notification.message where promised_at = not_before") == 1);
    assert_non_null(strstr(operator_mails(), "Strength in leadership"));
}

static void test_promise(void **state)
{
    Notification__GetPromiseRequest request = NOTIFICATION__GET_PROMISE_REQUEST__INIT;
    ProtobufCMessage *answer;

    (void)state;
    (void)kit_sql(stage.pg, "insert into notification.promise values (current_date - 40, 1, 10, 5), (current_date - 10, 1, 10, 7)");
    const struct line_request anybody = {
        .method = "notification.GetPromise", .message = &request.base, .answer = &notification__promise__descriptor};
    assert_int_equal(line_ask(&line, &anybody, &answer)->err, ERR_OK);
    const Notification__Promise *p = (const Notification__Promise *)answer;
    assert_true(p->n_days == 2 || p->n_days == 3); /* the mails of these tests may have left on both sides of midnight */
    assert_int_equal(p->sent, 3 + 10);
    assert_int_equal(p->within_10s, 3 + 7);
    assert_int_equal(p->share_permille, 769);
    request.days = 400;
    operator_refused(line_ask(&line, &anybody, &answer), "notification.promise.days", "days", NULL, NULL);
}

/* The feed as a file, as the gateway would give it. */
static const char *feed_file(Notification__FeedFormat format, const char *language, const char **media_type)
{
    Notification__GetTrainingFeedRequest request = NOTIFICATION__GET_TRAINING_FEED_REQUEST__INIT;
    const char *path = arena_printf(stage.arena, "%s/feed.xml", stage.folder);
    ProtobufCMessage *answer;
    FILE *out = fopen(path, "w");

    request.format = format;
    const struct line_request anybody = {
        .method = "notification.GetTrainingFeed", .message = &request.base, .answer = &bus__file__descriptor, .language = language};
    assert_int_equal(line_ask(&line, &anybody, &answer)->err, ERR_OK);
    const Bus__File *file = (const Bus__File *)answer;
    *media_type = file->media_type;
    assert_true(file->inline_view);
    assert_non_null(out);
    assert_int_equal(fwrite(file->content.data, 1, file->content.len, out), file->content.len);
    assert_int_equal(fclose(out), 0);
    return path;
}

static void test_feeds(void **state)
{
    const char *type, *path = feed_file(NOTIFICATION__FEED_FORMAT__FEED_ATOM, "sv", &type);
    char id[UUID_TEXT];

    (void)state;
    uuid_format(facts_id(OPERATOR_PROGRAMME), id);
    const char *read = operator_script("read_feed.py", path);
    assert_string_equal(type, "application/atom+xml; charset=utf-8");
    assert_non_null(strstr(read, "atom10\tsv\tHakuväylä: anmälan till utbildningar"));
    assert_non_null(strstr(read, arena_printf(stage.arena, "\nurn:uuid:%s\tKraft i ledarskapet – exempel\t", id)));
    assert_non_null(strstr(read, "Anmälan pågår; den slutar torsdag 31.8.2090 kl. 23.59."));
    path = feed_file(NOTIFICATION__FEED_FORMAT__FEED_RSS, "en", &type);
    read = operator_script("read_feed.py", path);
    assert_string_equal(type, "application/rss+xml; charset=utf-8");
    assert_non_null(strstr(read, "rss20\ten\tHakuväylä: enrolment in trainings"));
    assert_non_null(strstr(read, "Enrolment is open; it closes on Thursday 31 August 2090 at 23:59."));
    assert_int_equal(kit_join(kit_spawn((const char *const[]){"/usr/bin/xmllint", "--noout", path, NULL}, NULL, NULL), 5000), 0);
}

/* What the survey of the gateway's health page and of /metrics gets. */
struct seen {
    bool done;
    double share, total, within, timed; /* -1: not said */
};

static double value_of(const Bus__HealthReport *report, const char *name)
{
    for (size_t i = 0; i < report->n_metrics; i++)
        if (strcmp(report->metrics[i]->name, name) == 0) {
            double value = report->metrics[i]->value;
            for (size_t n = 0; n < report->metrics[i]->n_counts; n++)
                value += (double)report->metrics[i]->counts[n];
            return value;
        }
    return -1;
}

static void on_reports(void *owner, Bus__HealthReport **reports, size_t count)
{
    struct seen *seen = owner;

    seen->done = true;
    for (size_t r = 0; r < count; r++) {
        for (size_t i = 0; i < reports[r]->n_checks; i++)
            if (strcmp(reports[r]->checks[i]->component, "promise") == 0 && strcmp(reports[r]->checks[i]->measure, "share") == 0)
                seen->share = reports[r]->checks[i]->value;
        seen->total = value_of(reports[r], "mail_promise_total");
        seen->within = value_of(reports[r], "mail_promise_within_total");
        seen->timed = value_of(reports[r], "mail_event_to_sent_seconds");
    }
}

static void test_promise_in_health(void **state)
{
    const char *urls[] = {strchr(stage.environment[6], '=') + 1};
    struct health_surveyor *surveyor;
    struct seen seen = {.share = -1};

    (void)state;
    assert_int_equal(health_surveyor_open(&surveyor, &line.loop, urls, 1, line.seal, kit_log()), ERR_OK);
    for (int tries = 0; tries < 50 && seen.share < 0; tries++) {
        seen.done = false;
        assert_int_equal(health_survey(surveyor, true, 300, on_reports, &seen), ERR_OK);
        while (!seen.done)
            (void)uv_run(&line.loop, UV_RUN_ONCE);
    }
    assert_int_equal((int)seen.share, 1000);
    assert_int_equal((int)seen.total, 3);
    assert_int_equal((int)seen.within, 3);
    assert_int_equal((int)seen.timed, 3);
    health_surveyor_close(surveyor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notice_with_attachments), /* known people get it once, unknown ones are listed; the files arrive */
        cmocka_unit_test(test_what_is_refused),         /* facts, kinds, people, times and attachments, each by rule and field */
        cmocka_unit_test(test_words_are_plain),         /* a subject is one line, neither has control characters or only space */
        cmocka_unit_test(test_at_a_time),               /* not before, and promised from then */
        cmocka_unit_test(test_promise),                 /* day by day, for anybody */
        cmocka_unit_test(test_feeds),                   /* Atom and RSS, read by feedparser and xmllint, in the reader's language */
        cmocka_unit_test(test_promise_in_health),       /* the last hour's share, and the metrics */
    };
    return cmocka_run_group_tests(tests, operator_open, operator_close);
}
