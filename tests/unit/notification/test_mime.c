/* Mails byte by byte: headers, encoded words, quoted-printable. (The service test reads them back with another parser.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "services/notification/outbound/mime.h"

static struct mail plain(void)
{
    return (struct mail){.from_name = "Haku",
                         .from_address = "no-reply@example.fi",
                         .to_name = "",
                         .to_address = "a@example.fi",
                         .subject = "Hello",
                         .body = "One\nTwo\n",
                         .language = "en",
                         .kind = "confirmation",
                         .id = {{0x01, 0x92}},
                         .domain = "mail.example.fi",
                         .date_us = 1726729200000000};
}

static const char *write_mail(const struct mail *mail)
{
    static struct buf buf;

    mime_write(&buf, mail);
    buf_u8(&buf, 0);
    return (const char *)buf.data;
}

static void test_mime_whole(void **state)
{
    struct mail mail = plain();

    (void)state;
    assert_string_equal(write_mail(&mail), "Date: Thu, 19 Sep 2024 07:00:00 +0000\r\n"
                                           "From: =?UTF-8?Q?Haku?=\r\n <no-reply@example.fi>\r\n"
                                           "To: <a@example.fi>\r\n"
                                           "Subject: Hello\r\n"
                                           "Message-ID: <01920000-0000-0000-0000-000000000000@mail.example.fi>\r\n"
                                           "Auto-Submitted: auto-generated\r\n"
                                           "Content-Language: en\r\n"
                                           "X-Hakuvayla-Kind: confirmation\r\n"
                                           "MIME-Version: 1.0\r\n"
                                           "Content-Type: text/plain; charset=utf-8\r\n"
                                           "Content-Transfer-Encoding: quoted-printable\r\n"
                                           "\r\n"
                                           "One\r\nTwo\r\n");
}

static void expect(const struct mail *mail, const char *piece)
{
    const char *text = write_mail(mail);

    if (strstr(text, piece) == NULL)
        fail_msg("not in the mail: %s\n%s", piece, text);
}

static void test_mime_encoded_words(void **state)
{
    struct mail mail = plain();

    (void)state;
    mail.subject = "Väylä = \"haku\"?";
    expect(&mail, "Subject: =?UTF-8?Q?V=C3=A4yl=C3=A4_=3D_=22haku=22=3F?=\r\n");
    mail.subject = "=?UTF-8?Q?x?="; /* looks like an encoded word, is not one */
    expect(&mail, "Subject: =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?=\r\n");
    mail.to_name = "Evil\r\nBcc: all@example.fi";
    expect(&mail, "To: =?UTF-8?Q?Evil__Bcc=3A_all=40example=2Efi?=\r\n <a@example.fi>\r\n");
}

/* No encoded word breaks a character, and no line is over 76. */
static void test_mime_long_subject(void **state)
{
    char subject[600] = "";
    struct mail mail = plain();
    const char *text, *at;

    (void)state;
    for (size_t i = 0; i < 100; i++)
        memcpy(subject + i * strlen("ä€"), "ä€", strlen("ä€"));
    mail.subject = subject;
    text = write_mail(&mail);
    at = strstr(text, "Subject: ");
    assert_non_null(at);
    for (; strncmp(at, "Message-ID", 10) != 0; at = strstr(at, "\r\n") + 2) {
        assert_in_range(strstr(at, "\r\n") - at, 1, 76);
        const char *begin = strstr(at, "?Q?") + 3;
        assert_true(strncmp(begin, "=C3=A4", 6) == 0 || strncmp(begin, "=E2=82=AC", 9) == 0);
    }
}

static void test_mime_quoted_printable(void **state)
{
    struct mail mail = plain();

    (void)state;
    mail.body = "ä=€\n.dot\nspace \ntab\t\nno end";
    expect(&mail, "\r\n\r\n=C3=A4=3D=E2=82=AC\r\n=2Edot\r\nspace=20\r\ntab=09\r\nno end\r\n");
    mail.body = "";
    expect(&mail, "quoted-printable\r\n\r\n");
}

static void test_mime_soft_breaks(void **state)
{
    char body[400];
    struct mail mail = plain();
    const char *at;

    (void)state;
    memset(body, 'x', 300);
    memset(body + 75, '.', 5); /* dots that come to begin a line */
    body[300] = '\0';
    mail.body = body;
    at = strstr(write_mail(&mail), "\r\n\r\n") + 4;
    assert_int_equal(strstr(at, "\r\n") - at, 76);
    assert_int_equal(at[75], '=');
    assert_true(strncmp(at + 78, "=2E....xxx", 10) == 0);
    for (; *at; at = strstr(at, "\r\n") + 2)
        assert_in_range(strstr(at, "\r\n") - at, 1, 76);
}

static const char ICS[] = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:V\xc3\xa4yl\xc3\xa4\r\nEND:VCALENDAR\r\n";

/* Everything a mail can hold. The files: bytes of every value, a text, a name that is not plain, a type that is none. */
static struct mail full(uint8_t bytes[1000])
{
    static struct attachment files[4];
    static struct mail_calendar calendars[2];
    struct mail mail = plain();

    for (size_t i = 0; i < 1000; i++)
        bytes[i] = (uint8_t)(i * 7);
    files[0] = (struct attachment){span_text("letter.pdf"), span_text("application/pdf"), span_of(bytes, 1000)};
    files[1] = (struct attachment){span_text("note.txt"), span_text("text/plain"), span_text("V\xc3\xa4yl\xc3\xa4\n.\n")};
    files[2] = (struct attachment){span_text("p\xc3\xa4\xc3\xa4t\xc3\xb6s \"2\"\r\nBcc: all.pdf"),
                                   span_text("application/pdf\r\nX-Evil: 1"), span_of(bytes, 2)};
    files[3] = (struct attachment){span_text("empty.bin"), span_text("nothing"), span_of("", 0)};
    calendars[0] = (struct mail_calendar){.content = span_text(ICS), .method = "REQUEST", .name = "invite.ics"};
    calendars[1] = (struct mail_calendar){.content = span_text(ICS), .method = "CANCEL", .name = "cancel.ics"};
    mail.subject = "V\xc3\xa4yl\xc3\xa4";
    mail.html = "<!doctype html><p>V\xc3\xa4yl\xc3\xa4</p>\n";
    mail.files = files;
    mail.file_count = 4;
    mail.calendars = calendars;
    mail.calendar_count = 2;
    mail.unsubscribe = "https://koulutus.example.fi/api/unsubscribe/abc";
    return mail;
}

/* What Python's email parser makes of it, a line a part: see mime_oracle.py. */
static void expect_parsed(const struct mail *mail, const char *lines)
{
    static const char *const PATH = "/tmp/hv-test-mime.eml";
    struct buf buf = {0};
    char path[64], command[300], seen[4000];
    FILE *file;

    (void)snprintf(path, sizeof path, "%s.%ld", PATH, (long)getpid());
    mime_write(&buf, mail);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(buf.data, 1, buf.len, file), buf.len);
    assert_int_equal(fclose(file), 0);
    (void)snprintf(command, sizeof command, "/usr/bin/python3 " MIME_ORACLE " %s", path);
    file = popen(command, "r");
    assert_non_null(file);
    seen[fread(seen, 1, sizeof seen - 1, file)] = '\0';
    assert_int_equal(pclose(file), 0);
    assert_int_equal(unlink(path), 0);
    assert_string_equal(seen, lines);
    buf_fini(&buf);
}

static void test_mime_parsed_back(void **state)
{
    uint8_t bytes[1000];
    struct mail mail = full(bytes);

    (void)state;
    expect_parsed(&mail, "multipart/mixed\n"
                         " multipart/alternative\n"
                         "  text/plain 'One\\nTwo\\n'\n"
                         "  text/html '<!doctype html><p>V\xc3\xa4yl\xc3\xa4</p>\\n'\n"
                         "  text/calendar method=REQUEST file='invite.ics' "
                         "'BEGIN:VCALENDAR\\nMETHOD:REQUEST\\nSUMMARY:V\xc3\xa4yl\xc3\xa4\\nEND:VCALENDAR\\n'\n"
                         " text/calendar method=CANCEL file='cancel.ics' "
                         "'BEGIN:VCALENDAR\\nMETHOD:REQUEST\\nSUMMARY:V\xc3\xa4yl\xc3\xa4\\nEND:VCALENDAR\\n'\n"
                         " application/pdf file='letter.pdf' 1000 bytes of (7 i) mod 256\n"
                         " text/plain file='note.txt' 'V\xc3\xa4yl\xc3\xa4\\n.\\n'\n"
                         " application/octet-stream file='p\xc3\xa4\xc3\xa4t\xc3\xb6s \"2\"\\r\\nBcc: all.pdf' 2 bytes of (7 i) mod 256\n"
                         " application/octet-stream file='empty.bin' 0 bytes of (7 i) mod 256\n"
                         "unsubscribe <https://koulutus.example.fi/api/unsubscribe/abc> List-Unsubscribe=One-Click\n");
}

/* Only what there is makes parts. */
static void test_mime_parts_as_needed(void **state)
{
    struct attachment file = {span_text("a.pdf"), span_text("application/pdf"), span_of("\0\7", 2)};
    struct mail mail = plain();

    (void)state;
    mail.html = "";
    mail.unsubscribe = "";
    expect_parsed(&mail, "text/plain 'One\\nTwo\\n'\n");
    mail.html = "<p>x</p>";
    expect_parsed(&mail, "multipart/alternative\n text/plain 'One\\nTwo\\n'\n text/html '<p>x</p>\\n'\n");
    mail.html = NULL;
    mail.files = &file;
    mail.file_count = 1;
    expect_parsed(&mail, "multipart/mixed\n text/plain 'One\\nTwo\\n'\n application/pdf file='a.pdf' 2 bytes of (7 i) mod 256\n");
}

/* A mail sent again is the same mail: its boundaries come from its id. */
static void test_mime_same_bytes(void **state)
{
    uint8_t bytes[1000];
    struct mail mail = full(bytes);
    struct buf first = {0}, second = {0};

    (void)state;
    mime_write(&first, &mail);
    mime_write(&second, &mail);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    buf_fini(&first);
    buf_fini(&second);
}

static void test_mime_unsubscribe_safe(void **state)
{
    struct mail mail = plain();

    (void)state;
    mail.unsubscribe = "https://example.fi/>\r\nBcc: all@example.fi";
    assert_null(strstr(write_mail(&mail), "List-Unsubscribe"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mime_whole),            /* a whole plain mail, byte by byte */
        cmocka_unit_test(test_mime_encoded_words),    /* what is not plain is encoded; no header can be injected */
        cmocka_unit_test(test_mime_long_subject),     /* folded between characters, lines of 76 at most */
        cmocka_unit_test(test_mime_quoted_printable), /* bytes over 127, =, dots and spaces at line ends */
        cmocka_unit_test(test_mime_soft_breaks),      /* long lines are broken softly */
        cmocka_unit_test(test_mime_parsed_back),      /* text, HTML, calendar and files as Python's email parser reads them */
        cmocka_unit_test(test_mime_parts_as_needed),  /* no part without a need */
        cmocka_unit_test(test_mime_same_bytes),       /* twice the same */
        cmocka_unit_test(test_mime_unsubscribe_safe), /* an address that would end its header is left out */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
