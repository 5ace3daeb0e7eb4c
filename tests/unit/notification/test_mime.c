/* Mails byte by byte: headers, encoded words, quoted-printable. (The service test reads them back with another parser.) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
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
                                           "MIME-Version: 1.0\r\n"
                                           "Content-Type: text/plain; charset=utf-8\r\n"
                                           "Content-Transfer-Encoding: quoted-printable\r\n"
                                           "Auto-Submitted: auto-generated\r\n"
                                           "Content-Language: en\r\n"
                                           "X-Hakuvayla-Kind: confirmation\r\n"
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
    expect(&mail, "confirmation\r\n\r\n");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mime_whole),            /* a whole plain mail, byte by byte */
        cmocka_unit_test(test_mime_encoded_words),    /* what is not plain is encoded; no header can be injected */
        cmocka_unit_test(test_mime_long_subject),     /* folded between characters, lines of 76 at most */
        cmocka_unit_test(test_mime_quoted_printable), /* bytes over 127, =, dots and spaces at line ends */
        cmocka_unit_test(test_mime_soft_breaks),      /* long lines are broken softly */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
