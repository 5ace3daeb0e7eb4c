/* Delivery status notifications as different mail systems write them; all are invented, after the shapes of RFC 3464 and of the systems
 * named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/dsn.h"

#define ID     "0192f0a0-1111-7222-8333-944455556666"
#define DOMAIN "mail.example.fi"

/* Postfix: CR LF, quoted boundary with a slash, two groups, the head alone comes back. */
static const char POSTFIX[] = "Return-Path: <>\r\n"
                              "Received: by mx.example.org (Postfix)\r\n\tid 4F00112233; Thu, 20 Nov 2025 10:00:01 +0200 (EET)\r\n"
                              "Date: Thu, 20 Nov 2025 10:00:01 +0200 (EET)\r\n"
                              "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)\r\n"
                              "Subject: Undelivered Mail Returned to Sender\r\n"
                              "To: no-reply@hakuvayla.example.fi\r\n"
                              "Auto-Submitted: auto-replied\r\n"
                              "MIME-Version: 1.0\r\n"
                              "Content-Type: multipart/report; report-type=delivery-status;\r\n"
                              "\tboundary=\"4F00112233.1763625601/mx.example.org\"\r\n"
                              "Message-Id: <20251120080001.AA00112233@mx.example.org>\r\n"
                              "\r\n"
                              "This is a MIME-encapsulated message.\r\n"
                              "\r\n"
                              "--4F00112233.1763625601/mx.example.org\r\n"
                              "Content-Description: Notification\r\n"
                              "Content-Type: text/plain; charset=us-ascii\r\n"
                              "\r\n"
                              "This is the mail system at host mx.example.org.\r\n"
                              "\r\n"
                              "<tuuli@example.org>: unknown user: \"tuuli\"\r\n"
                              "\r\n"
                              "--4F00112233.1763625601/mx.example.org\r\n"
                              "Content-Description: Delivery report\r\n"
                              "Content-Type: message/delivery-status\r\n"
                              "\r\n"
                              "Reporting-MTA: dns; mx.example.org\r\n"
                              "X-Postfix-Queue-ID: 4F00112233\r\n"
                              "X-Postfix-Sender: rfc822; no-reply@hakuvayla.example.fi\r\n"
                              "Arrival-Date: Thu, 20 Nov 2025 10:00:00 +0200 (EET)\r\n"
                              "\r\n"
                              "Final-Recipient: rfc822; tuuli@example.org\r\n"
                              "Original-Recipient: rfc822;Tuuli@Example.org\r\n"
                              "Action: failed\r\n"
                              "Status: 5.1.1\r\n"
                              "Diagnostic-Code: x-postfix; unknown user:\r\n"
                              "    \"tuuli\"\r\n"
                              "\r\n"
                              "--4F00112233.1763625601/mx.example.org\r\n"
                              "Content-Description: Undelivered Message Headers\r\n"
                              "Content-Type: text/rfc822-headers\r\n"
                              "\r\n"
                              "Return-Path: <no-reply@hakuvayla.example.fi>\r\n"
                              "Date: Thu, 20 Nov 2025 08:00:00 +0000\r\n"
                              "Message-ID: <" ID "@" DOMAIN ">\r\n"
                              "Subject: Hei\r\n"
                              "\r\n"
                              "--4F00112233.1763625601/mx.example.org--\r\n";

/* Exchange: the parameters in another order, the report without a blank behind the type, the whole mail comes back. */
static const char EXCHANGE[] =
    "From: <postmaster@example.org>\r\n"
    "To: <no-reply@hakuvayla.example.fi>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/report; boundary=b1_0a; report-type=delivery-status\r\n"
    "Subject: Undeliverable: Hei\r\n"
    "\r\n"
    "--b1_0a\r\n"
    "Content-Type: multipart/alternative; differences=Content-Type; boundary=\"inner 1\"\r\n"
    "\r\n"
    "--inner 1\r\n"
    "Content-Type: text/plain; charset=\"utf-8\"\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "\r\n"
    "Your message couldn't be delivered.\r\n"
    "--inner 1\r\n"
    "Content-Type: text/html; charset=\"utf-8\"\r\n"
    "\r\n"
    "<p>Your message couldn't be delivered.</p>\r\n"
    "--inner 1--\r\n"
    "\r\n"
    "--b1_0a\r\n"
    "Content-Type: message/delivery-status\r\n"
    "\r\n"
    "Reporting-MTA: dns;EX01.example.org\r\n"
    "Received-From-MTA: dns;relay.example.fi\r\n"
    "Arrival-Date: Thu, 20 Nov 2025 08:00:00 +0000\r\n"
    "\r\n"
    "Final-Recipient: rfc822;aino@example.org\r\n"
    "Action: failed\r\n"
    "Status: 5.1.10\r\n"
    "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup\r\n"
    "X-Display-Name: aino@example.org\r\n"
    "\r\n"
    "--b1_0a\r\n"
    "Content-Type: message/rfc822\r\n"
    "\r\n"
    "Received: from relay.example.fi by EX01.example.org\r\n"
    "From: <no-reply@hakuvayla.example.fi>\r\n"
    "message-id:\r\n"
    " <" ID "@MAIL.example.fi>\r\n"
    "Content-Type: multipart/mixed; boundary=ours\r\n"
    "\r\n"
    "--ours\r\n"
    "Content-Type: text/plain\r\n"
    "\r\n"
    "Message-ID: <00000000-0000-0000-0000-000000000000@" DOMAIN ">\r\n"
    "--ours--\r\n"
    "\r\n"
    "--b1_0a--\r\n";

/* OpenSMTPD: multipart/mixed, LF, a boundary of digits and a slash with blanks before it, two recipients of which the first was delayed. */
static const char OPENSMTPD[] = "Subject: Delivery status notification: error\n"
                                "From: Mailer Daemon <MAILER-DAEMON@mx.example.org>\n"
                                "MIME-Version: 1.0\n"
                                "Content-Type: multipart/mixed;boundary=\"       1763625601/mx.example.org\"\n"
                                "\n"
                                "This is a MIME-encapsulated message.\n"
                                "\n"
                                "--       1763625601/mx.example.org\n"
                                "Content-Description: Notification\n"
                                "Content-Type: text/plain; charset=us-ascii\n"
                                "\n"
                                "    Hi!\n"
                                "\n"
                                "--       1763625601/mx.example.org\n"
                                "Content-Description: Delivery Report\n"
                                "Content-Type: message/delivery-status\n"
                                "\n"
                                "Reporting-MTA: dns; mx.example.org\n"
                                "\n"
                                "Final-Recipient: rfc822; first@example.org\n"
                                "Action: delayed\n"
                                "Status: 4.0.0\n"
                                "\n"
                                "Final-Recipient: rfc822; second@example.org\n"
                                "Action: failed\n"
                                "Status: 5.0.0 (undefined status)\n"
                                "\n"
                                "--       1763625601/mx.example.org\n"
                                "Content-Description: Message headers\n"
                                "Content-Type: text/rfc822-headers\n"
                                "\n"
                                "From: no-reply@hakuvayla.example.fi\n"
                                "Message-ID: <" ID "@" DOMAIN ">\n"
                                "\n"
                                "--       1763625601/mx.example.org--\n";

/* No mail comes back; the report names it. The status stands in the text only. */
static const char BARE[] = "Content-Type: MULTIPART/REPORT; Report-Type=\"delivery-status\"; Boundary=\"x;y\"\n\n"
                           "--x;y\n\nSorry.\n"
                           "--x;y\nContent-Type: Message/Delivery-Status\n\n"
                           "Reporting-MTA: dns; mx.example.org\n"
                           "X-Original-Message-ID: <" ID "@" DOMAIN ">\n"
                           "\n"
                           "Final-Recipient: rfc822; <third@example.org>\n"
                           "Action: failed\n"
                           "--x;y--\n";

/* Exim: 5.0.0 of everything, and the answer it got quoted as it came, over several lines. */
static const char EXIM[] = "Content-Type: multipart/report; report-type=delivery-status; boundary=1763625601-eximdsn-1234\n"
                           "MIME-Version: 1.0\n"
                           "X-Failed-Recipients: fourth@example.org\n\n"
                           "--1763625601-eximdsn-1234\nContent-type: text/plain; charset=us-ascii\n\n"
                           "A message that you sent could not be delivered.\n\n"
                           "--1763625601-eximdsn-1234\nContent-type: message/delivery-status\n\n"
                           "Reporting-MTA: dns; mx.example.org\n\n"
                           "Action: failed\n"
                           "Final-Recipient: rfc822;fourth@example.org\n"
                           "Status: 5.0.0\n"
                           "Remote-MTA: dns; in.example.org\n"
                           "Diagnostic-Code: smtp; 550-5.1.1 No such user\n 550 5.1.1 here\n\n"
                           "--1763625601-eximdsn-1234\nContent-type: text/rfc822-headers\n\n"
                           "Message-ID: <" ID "@" DOMAIN ">\n\n"
                           "--1763625601-eximdsn-1234--\n";

static struct dsn read_well(const char *mail)
{
    struct dsn dsn;

    assert_int_equal(dsn_read(span_text(mail), span_text(DOMAIN), &dsn), DSN_OK);
    return dsn;
}

static void check_span(struct span span, const char *text)
{
    assert_int_equal(span.len, strlen(text));
    assert_memory_equal(span.data, text, span.len);
}

static void check_message(const struct dsn *dsn)
{
    struct uuid id;

    assert_true(uuid_parse(&id, span_text(ID)));
    assert_true(dsn->has_message);
    assert_int_equal(uuid_compare(dsn->message, id), 0);
}

static void test_dsn_postfix(void **state)
{
    const struct dsn dsn = read_well(POSTFIX);

    (void)state;
    assert_int_equal(dsn.action, DSN_FAILED);
    assert_string_equal(dsn.status, "5.1.1");
    check_span(dsn.recipient, "tuuli@example.org");
    check_span(dsn.original, "Tuuli@Example.org");
    check_span(dsn.diagnostic, "unknown user:\r\n    \"tuuli\"");
    check_message(&dsn);
    assert_true(dsn_address_dead(&dsn));
}

static void test_dsn_exchange(void **state)
{
    const struct dsn dsn = read_well(EXCHANGE);

    (void)state;
    assert_int_equal(dsn.action, DSN_FAILED);
    assert_string_equal(dsn.status, "5.1.10");
    check_span(dsn.recipient, "aino@example.org");
    assert_int_equal(dsn.original.len, 0);
    assert_memory_equal(dsn.diagnostic.data, "550 5.1.10 RESOLVER", 19);
    check_message(&dsn);
    assert_true(dsn_address_dead(&dsn));
}

static void test_dsn_opensmtpd(void **state)
{
    const struct dsn dsn = read_well(OPENSMTPD);

    (void)state;
    assert_int_equal(dsn.action, DSN_FAILED);
    assert_string_equal(dsn.status, "5.0.0");
    check_span(dsn.recipient, "second@example.org");
    check_message(&dsn);
    assert_false(dsn_address_dead(&dsn));
}

/* The quoted answer says what the status does not; one of another class, or a status that says more itself, is left as it is. */
static void test_dsn_exim(void **state)
{
    struct dsn dsn = read_well(EXIM);

    (void)state;
    assert_string_equal(dsn.status, "5.1.1");
    check_span(dsn.recipient, "fourth@example.org");
    check_message(&dsn);
    assert_true(dsn_address_dead(&dsn));
    dsn = read_well("Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 450 4.1.1 Later\n");
    assert_string_equal(dsn.status, "5.0.0");
    dsn = read_well("Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.4.7\nDiagnostic-Code: smtp; 550 5.1.1 No\n");
    assert_string_equal(dsn.status, "5.4.7");
    dsn = read_well("Content-Type: message/delivery-status\n\nAction: failed\nDiagnostic-Code: smtp; 550 5.2.2 Full\n");
    assert_string_equal(dsn.status, "5.2.2");
}

static void test_dsn_without_mail(void **state)
{
    const struct dsn dsn = read_well(BARE);

    (void)state;
    assert_string_equal(dsn.status, "5.0.0");
    check_span(dsn.recipient, "third@example.org");
    check_message(&dsn);
}

/* A copy with a piece of it replaced; test memory, freed by the caller. */
static char *with(const char *mail, const char *old, const char *new)
{
    const char *at = strstr(mail, old);
    char *out = test_malloc(strlen(mail) + strlen(new) + 1);

    assert_non_null(at);
    (void)sprintf(out, "%.*s%s%s", (int)(at - mail), mail, new, at + strlen(old));
    return out;
}

static void test_dsn_actions(void **state)
{
    static const struct {
        const char *line;
        enum dsn_action action;
    } actions[] = {{"Action: delayed\r\n", DSN_DELAYED},      {"Action: delivered\r\n", DSN_DELIVERED},
                   {"ACTION:relayed\r\n", DSN_RELAYED},       {"Action: Expanded (list)\r\n", DSN_EXPANDED},
                   {"Action: failed (hard)\r\n", DSN_FAILED}, {"", DSN_FAILED} /* from the status */};

    (void)state;
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        char *mail = with(POSTFIX, "Action: failed\r\n", actions[i].line);
        const struct dsn dsn = read_well(mail);
        assert_int_equal(dsn.action, actions[i].action);
        assert_int_equal(dsn_address_dead(&dsn), actions[i].action == DSN_FAILED);
        test_free(mail);
    }
}

static void test_dsn_whose_mail(void **state)
{
    static const char *const others[] = {"<" ID "@other.example.fi>", "<no-uuid@" DOMAIN ">", "<" ID "@" DOMAIN, "",
                                         "<" ID "@x" DOMAIN ">"};

    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        char *mail = with(POSTFIX, "<" ID "@" DOMAIN ">", others[i]);
        assert_false(read_well(mail).has_message);
        test_free(mail);
    }
}

static void test_dsn_dead_addresses(void **state)
{
    static const char *const dead[] = {"5.1.1", "5.1.2", "5.1.10", "5.2.1"};
    static const char *const alive[] = {"5.0.0", "5.1.7", "5.1.8", "5.2.2", "5.2.3", "5.3.4", "5.4.7", "5.6.1", "5.7.1", "5.7.26", "4.1.1"};

    (void)state;
    for (size_t i = 0; i < sizeof dead / sizeof dead[0]; i++) {
        struct dsn dsn = {.action = DSN_FAILED};
        (void)snprintf(dsn.status, sizeof dsn.status, "%s", dead[i]);
        assert_true(dsn_address_dead(&dsn));
        dsn.action = DSN_DELAYED;
        assert_false(dsn_address_dead(&dsn));
    }
    for (size_t i = 0; i < sizeof alive / sizeof alive[0]; i++) {
        struct dsn dsn = {.action = DSN_FAILED};
        (void)snprintf(dsn.status, sizeof dsn.status, "%s", alive[i]);
        assert_false(dsn_address_dead(&dsn));
    }
}

static void test_dsn_refused(void **state)
{
    static const char *const no_reports[] = {
        "",
        "\r\n",
        "Subject: Out of office\r\nContent-Type: text/plain\r\n\r\nI am away.\r\n",
        "Content-Type: multipart/report; report-type=delivery-status\r\n\r\n--b\r\n\r\n", /* no boundary */
        "Content-Type: multipart/report; boundary=\"\"\r\n\r\n--\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nStatus: 5.1.1\r\n--b--\r\n",
        "Content-Type: message/delivery-status-too\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    };
    struct dsn dsn;

    (void)state;
    for (size_t i = 0; i < sizeof no_reports / sizeof no_reports[0]; i++)
        assert_int_equal(dsn_read(span_text(no_reports[i]), span_text(DOMAIN), &dsn), DSN_NOT_A_REPORT);
    char *mail = with(POSTFIX, "Action: failed\r\nStatus: 5.1.1\r\n", "Status: unknown\r\n");
    assert_int_equal(dsn_read(span_text(mail), span_text(DOMAIN), &dsn), DSN_NO_STATUS);
    test_free(mail);
    char *large = test_calloc(1, DSN_MAX + 1);
    assert_int_equal(dsn_read(span_of(large, DSN_MAX + 1), span_text(DOMAIN), &dsn), DSN_TOO_LONG);
    assert_int_equal(dsn_read(span_of(large, DSN_MAX), span_text(DOMAIN), &dsn), DSN_NOT_A_REPORT);
    test_free(large);
}

/* Whatever is left of a report is read as far as it goes, and nothing beyond the end. */
static void test_dsn_cut_anywhere(void **state)
{
    static const char *const mails[] = {POSTFIX, EXCHANGE, OPENSMTPD, EXIM, BARE};

    (void)state;
    for (size_t m = 0; m < sizeof mails / sizeof mails[0]; m++) {
        const size_t len = strlen(mails[m]);
        for (size_t cut = 0; cut <= len; cut++) {
            uint8_t *copy = test_malloc(cut + 1); /* cmocka's guards stand behind it */
            struct dsn dsn;
            memcpy(copy, mails[m], cut);
            const enum dsn_result result = dsn_read(span_of(copy, cut), span_text(DOMAIN), &dsn);
            if (result == DSN_OK)
                assert_true(dsn.status[0] == '5' || dsn.status[0] == '4');
            test_free(copy);
        }
    }
    /* Cut off after the Message-ID: all that matters is there. */
    const char *end = strstr(EXCHANGE, "Content-Type: multipart/mixed");
    struct dsn dsn;
    assert_int_equal(dsn_read(span_of(EXCHANGE, (size_t)(end - EXCHANGE)), span_text(DOMAIN), &dsn), DSN_OK);
    check_message(&dsn);
}

/* A report that a system on the way has put into a mail of its own. */
static void test_dsn_wrapped(void **state)
{
    static char mail[8192];
    struct dsn dsn;

    (void)state;
    (void)snprintf(mail, sizeof mail, "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n%s\r\n--outer--\r\n", POSTFIX);
    assert_int_equal(dsn_read(span_text(mail), span_text(DOMAIN), &dsn), DSN_OK);
    check_message(&dsn);
    assert_string_equal(dsn.status, "5.1.1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dsn_postfix),        /* folded fields, a quoted boundary, the head alone */
        cmocka_unit_test(test_dsn_exchange),       /* a multipart before the report, the whole mail: its head counts, not its text */
        cmocka_unit_test(test_dsn_opensmtpd),      /* multipart/mixed, LF, blanks in the boundary; the failed recipient of two */
        cmocka_unit_test(test_dsn_exim),           /* 5.0.0 beside a quoted answer that says more */
        cmocka_unit_test(test_dsn_without_mail),   /* the report names the mail; a status that is left out follows from the action */
        cmocka_unit_test(test_dsn_actions),        /* every action in any case; one that is left out follows from the status */
        cmocka_unit_test(test_dsn_whose_mail),     /* an id of another domain, or none: not ours */
        cmocka_unit_test(test_dsn_dead_addresses), /* which failures are about the address */
        cmocka_unit_test(test_dsn_refused),        /* what is no report, says nothing, or is too long */
        cmocka_unit_test(test_dsn_cut_anywhere),   /* cut off at each byte: nothing is read beyond the end */
        cmocka_unit_test(test_dsn_wrapped),        /* a report inside a mail of somebody on the way */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
