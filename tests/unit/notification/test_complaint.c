/* Feedback reports as different providers write them; all are invented, after the shapes of RFC 5965 and of the systems named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/complaint.h"
#include "services/notification/domain/dsn.h"

#define ID     "0192f0a0-1111-7222-8333-944455556666"
#define DOMAIN "mail.example.fi"

/* After the example of RFC 5965: all of the optional fields, the whole mail comes back. %s: type, recipient's field. */
#define WHOLE                                                                                                                              \
    "From: <abusedesk@example.org>\r\n"                                                                                                    \
    "Subject: FW: Ilmoittautumisaika on alkanut\r\n"                                                                                       \
    "To: <no-reply@hakuvayla.example.fi>\r\n"                                                                                              \
    "MIME-Version: 1.0\r\n"                                                                                                                \
    "Content-Type: multipart/report; report-type=feedback-report;\r\n"                                                                     \
    "     boundary=\"part1_13d.2e68ed54_boundary\"\r\n"                                                                                    \
    "\r\n"                                                                                                                                 \
    "--part1_13d.2e68ed54_boundary\r\n"                                                                                                    \
    "Content-Type: text/plain; charset=\"US-ASCII\"\r\n"                                                                                   \
    "\r\n"                                                                                                                                 \
    "This is an email abuse report.\r\n"                                                                                                   \
    "\r\n"                                                                                                                                 \
    "--part1_13d.2e68ed54_boundary\r\n"                                                                                                    \
    "Content-Type: message/feedback-report\r\n"                                                                                            \
    "\r\n"                                                                                                                                 \
    "Feedback-Type: %s\r\n"                                                                                                                \
    "User-Agent: SomeGenerator/1.0\r\n"                                                                                                    \
    "Version: 1\r\n"                                                                                                                       \
    "Original-Mail-From: <no-reply@hakuvayla.example.fi>\r\n"                                                                              \
    "%s"                                                                                                                                   \
    "Arrival-Date: Thu, 20 Nov 2025 08:00:00 +0000\r\n"                                                                                    \
    "Source-IP: 192.0.2.1\r\n"                                                                                                             \
    "Reported-Domain: hakuvayla.example.fi\r\n"                                                                                            \
    "\r\n"                                                                                                                                 \
    "--part1_13d.2e68ed54_boundary\r\n"                                                                                                    \
    "Content-Type: message/rfc822\r\n"                                                                                                     \
    "Content-Disposition: inline\r\n"                                                                                                      \
    "\r\n"                                                                                                                                 \
    "From: <no-reply@hakuvayla.example.fi>\r\n"                                                                                            \
    "Message-ID: <" ID "@" DOMAIN ">\r\n"                                                                                                  \
    "Subject: Ilmoittautumisaika on alkanut\r\n"                                                                                           \
    "\r\n"                                                                                                                                 \
    "Hei!\r\n"                                                                                                                             \
    "--part1_13d.2e68ed54_boundary--\r\n"

/* As little as the standard asks for, LF, any case, the head alone. */
static const char LEAST[] = "content-type: Multipart/Report; boundary=b; report-type=feedback-report\n\n"
                            "--b\ncontent-type: Message/Feedback-Report\n\n"
                            "feedback-type: ABUSE (by hand)\nuser-agent: x\nversion: 1\n\n"
                            "--b\ncontent-type: text/rfc822-headers\n\n"
                            "message-id: <" ID "@" DOMAIN ">\n\n--b--\n";

static struct complaint read_well(const char *type, const char *recipient)
{
    static char mail[4096];
    struct complaint complaint;

    (void)snprintf(mail, sizeof mail, WHOLE, type, recipient);
    assert_int_equal(complaint_read(span_text(mail), span_text(DOMAIN), &complaint), COMPLAINT_OK);
    return complaint;
}

static void test_complaint_abuse(void **state)
{
    const struct complaint c = read_well("abuse", "Original-Rcpt-To: <Tuuli@example.org>\r\n");
    struct uuid id;

    (void)state;
    assert_true(uuid_parse(&id, span_text(ID)));
    assert_true(c.unwanted);
    assert_true(c.has_message);
    assert_int_equal(uuid_compare(c.message, id), 0);
    assert_true(span_equal(c.type, span_text("abuse")));
    assert_true(span_equal(c.address, span_text("Tuuli@example.org")));
    assert_true(complaint_fits(&c, span_text("tuuli@EXAMPLE.org")));
}

static void test_complaint_least(void **state)
{
    struct complaint c;

    (void)state;
    assert_int_equal(complaint_read(span_text(LEAST), span_text(DOMAIN), &c), COMPLAINT_OK);
    assert_true(c.unwanted);
    assert_true(c.has_message);
    assert_true(span_equal(c.type, span_text("ABUSE")));
    assert_int_equal(c.address.len, 0);
    assert_true(complaint_fits(&c, span_text("tuuli@example.org")));
}

static void test_complaint_types(void **state)
{
    static const struct {
        const char *type;
        bool unwanted;
    } types[] = {{"abuse", true},  {"Fraud", true},  {"opt-out", true},       {"opt-out-list", true}, {"not-spam", false},
                 {"virus", false}, {"other", false}, {"auth-failure", false}, {"abuses", false},      {"x-new", false}};

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        assert_int_equal(read_well(types[i].type, "").unwanted, types[i].unwanted);
}

static void test_complaint_whose(void **state)
{
    struct complaint c = read_well("abuse", "Original-Rcpt-To: <3f9a0c@example.org>\r\n"); /* hidden as RFC 6590 has it */

    (void)state;
    assert_true(complaint_fits(&c, span_text("tuuli@example.org")));
    assert_false(complaint_fits(&c, span_text("tuuli@example.fi"))); /* forwarded: another provider's reader */
    assert_false(complaint_fits(&c, span_text("")));                 /* forgotten meanwhile */
    c = read_well("abuse", "Original-Rcpt-To: rfc822; redacted\r\n");
    assert_false(complaint_fits(&c, span_text("tuuli@example.fi")));
    assert_int_equal(complaint_read(span_text(LEAST), span_text("other.example.fi"), &c), COMPLAINT_OK);
    assert_false(c.has_message);
}

static void test_complaint_refused(void **state)
{
    static char large[REPORT_MAX + 1];
    struct complaint c;
    struct dsn dsn;

    (void)state;
    assert_int_equal(complaint_read(span_text("Subject: I do not want this\r\n\r\nReally.\r\n"), span_text(DOMAIN), &c), COMPLAINT_NONE);
    assert_int_equal(complaint_read(span_text("Content-Type: message/feedback-report\n\nUser-Agent: x\n"), span_text(DOMAIN), &c),
                     COMPLAINT_NO_TYPE);
    assert_int_equal(complaint_read(span_text("Content-Type: message/feedback-report\n\nFeedback-Type:\n"), span_text(DOMAIN), &c),
                     COMPLAINT_NO_TYPE);
    assert_int_equal(complaint_read(span_of(large, sizeof large), span_text(DOMAIN), &c), COMPLAINT_TOO_LONG);
    assert_int_equal(complaint_read(span_text("Content-Type: message/delivery-status\n\nAction: failed\n"), span_text(DOMAIN), &c),
                     COMPLAINT_NONE);
    assert_int_equal(dsn_read(span_text(LEAST), span_text(DOMAIN), &dsn), DSN_NOT_A_REPORT);
}

static void test_complaint_cut_anywhere(void **state)
{
    static char mail[4096];
    struct complaint c;

    (void)state;
    (void)snprintf(mail, sizeof mail, WHOLE, "abuse", "Original-Rcpt-To: <tuuli@example.org>\r\n");
    for (size_t cut = 0; cut <= strlen(mail); cut++) {
        uint8_t *copy = test_malloc(cut + 1); /* cmocka's guards stand behind it */
        memcpy(copy, mail, cut);
        if (complaint_read(span_of(copy, cut), span_text(DOMAIN), &c) == COMPLAINT_OK)
            assert_true(c.type.data >= copy && c.type.data + c.type.len <= copy + cut);
        test_free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_complaint_abuse),        /* all fields, the whole mail */
        cmocka_unit_test(test_complaint_least),        /* what the standard asks for, and no more */
        cmocka_unit_test(test_complaint_types),        /* which mean that we are not wanted */
        cmocka_unit_test(test_complaint_whose),        /* a hidden address, a forwarded mail, somebody else's mail */
        cmocka_unit_test(test_complaint_refused),      /* what is none, says nothing, is too long; a notification is none, nor it one */
        cmocka_unit_test(test_complaint_cut_anywhere), /* nothing is read beyond the end */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
