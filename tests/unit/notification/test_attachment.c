/* What may be attached: by number, size, name, type and content. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "services/notification/domain/attachment.h"

#define PDF      "%PDF-1.7\n%%EOF"
#define CALENDAR "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"

static struct attachment file(const char *name, const char *type, const char *content)
{
    return (struct attachment){span_text(name), span_text(type), span_text(content)};
}

static enum attachment_judgement judge_one(const char *name, const char *type, const char *content)
{
    const struct attachment one = file(name, type, content);
    size_t which;

    return attachment_judge(&one, 1, &which);
}

static void test_good_ones(void **state)
{
    const struct attachment all[] = {file("a.pdf", "application/pdf", PDF), file("Aika_taulu-2.ics", "text/calendar", CALENDAR)};
    size_t which;

    (void)state;
    assert_int_equal(attachment_judge(all, 2, &which), ATTACHMENT_OK);
    assert_int_equal(attachment_judge(NULL, 0, &which), ATTACHMENT_OK);
}

/* As people name their files, also as a Mac spells them (a letter and its dots apart). */
static void test_names_of_people(void **state)
{
    static const char *const GOOD[] = {
        "Liite 1.pdf", "Yhdessä johtaminen (2).pdf", "Öppna.pdf", "Läsordning+karta, 2026 & 2027.pdf", "Mo\xcc\x88te.pdf", "ä.pdf",
        "Σχέδιο.pdf"};

    (void)state;
    for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++)
        if (judge_one(GOOD[i], "application/pdf", PDF) != ATTACHMENT_OK)
            fail_msg("%s", GOOD[i]);
}

static void test_names(void **state)
{
    static const char *const BAD[] = {"",
                                      ".pdf",
                                      "a",
                                      "a.ics",
                                      "../a.pdf",
                                      "a/b.pdf",
                                      "a\\b.pdf",
                                      "c:a.pdf",
                                      "-rf.pdf",
                                      ".a.pdf",
                                      " a.pdf",
                                      "a.pdf\r\nX: y",
                                      "a\t.pdf",
                                      "a\"b.pdf",
                                      "a.pdf.exe.scr",
                                      "a.PDF",
                                      "a\xff.pdf",
                                      "a\xe2\x80\xaeslx.pdf", /* reads backwards from here */
                                      "a\xe2\x80\x8b.pdf",    /* a space of no width */
                                      "a\xc2\x85.pdf",
                                      "a\xe2\x88\x95"
                                      "b.pdf"}; /* looks like a slash */
    char name[ATTACHMENT_NAME_MAX + 2];

    (void)state;
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++)
        assert_int_equal(judge_one(BAD[i], "application/pdf", PDF), ATTACHMENT_NAME);
    memset(name, 'a', sizeof name);
    memcpy(name + ATTACHMENT_NAME_MAX - 4, ".pdf", 5);
    assert_int_equal(judge_one(name, "application/pdf", PDF), ATTACHMENT_OK);
    memcpy(name + ATTACHMENT_NAME_MAX - 4, "a.pdf", 6);
    assert_int_equal(judge_one(name, "application/pdf", PDF), ATTACHMENT_NAME);
}

static void test_types_and_contents(void **state)
{
    (void)state;
    assert_int_equal(judge_one("a.pdf", "application/octet-stream", PDF), ATTACHMENT_TYPE);
    assert_int_equal(judge_one("a.pdf", "", PDF), ATTACHMENT_TYPE);
    assert_int_equal(judge_one("a.ics", "text/calendar; charset=utf-8", CALENDAR), ATTACHMENT_TYPE);
    assert_int_equal(judge_one("a.pdf", "application/pdf", ""), ATTACHMENT_CONTENT);
    assert_int_equal(judge_one("a.pdf", "application/pdf", "MZ%PDF-"), ATTACHMENT_CONTENT);
    assert_int_equal(judge_one("a.pdf", "application/pdf", CALENDAR), ATTACHMENT_CONTENT);
    assert_int_equal(judge_one("a.ics", "text/calendar", PDF), ATTACHMENT_CONTENT);
    assert_int_equal(judge_one("a.ics", "text/calendar", "BEGIN:VCALENDAR\r\n"), ATTACHMENT_CONTENT);
    assert_int_equal(judge_one("a.ics", "text/calendar", "BEGIN:VCALENDAR\r\n\xff\r\nEND:VCALENDAR"), ATTACHMENT_CONTENT);
    assert_int_equal(judge_one("a.ics", "text/calendar", "BEGIN:VCALENDAR\r\nEND:VCALENDAR"), ATTACHMENT_OK);
}

static void test_together(void **state)
{
    static char half[ATTACHMENTS_MAX_SIZE / 2 + 1] = PDF;
    struct attachment all[ATTACHMENTS_MAX + 1];
    size_t which;

    (void)state;
    for (size_t i = 0; i <= ATTACHMENTS_MAX; i++)
        all[i] = file("a.pdf", "application/pdf", PDF);
    assert_int_equal(attachment_judge(all, ATTACHMENTS_MAX + 1, &which), ATTACHMENT_MANY);
    assert_int_equal(attachment_judge(all, 3, &which), ATTACHMENT_TWICE);
    assert_int_equal(which, 1);
    all[0].content = span_of(half, sizeof half - 1);
    all[1] = (struct attachment){span_text("b.pdf"), all[0].media_type, all[0].content};
    assert_int_equal(attachment_judge(all, 2, &which), ATTACHMENT_OK); /* to the byte */
    all[1].content.len++;
    assert_int_equal(attachment_judge(all, 2, &which), ATTACHMENT_LARGE);
    assert_int_equal(which, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_ones),          /* a document and a calendar; none */
        cmocka_unit_test(test_names_of_people),    /* spaces, brackets, letters of any script */
        cmocka_unit_test(test_names),              /* folders, headers, what is hidden; they end as their type does, of 100 bytes at most */
        cmocka_unit_test(test_types_and_contents), /* two types; the content is what the type says */
        cmocka_unit_test(test_together),           /* five, 200 KiB, no two of one name; which one is wrong */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
