/* A person's facts: vocabularies, and e-mail addresses that can be one. */
#include "services/enrolment/domain/person.h"
#include "tests/unit/enrolment/domain/cases.h"

static void test_person_words(void **state)
{
    static const struct {
        const char *fact, *value;
        bool known;
    } rows[] = {
        {"role", "teacher", true},
        {"role", "education_director", true},
        {"role", "Teacher", false},
        {"role", "", false},
        {"level", "pre_primary", true},
        {"level", "primary", false},
        {"organisation_kind", "joint_authority", true},
        {"organisation_kind", "ngo", false},
        {"language", "sv", true},
        {"language", "de", false},
        {"region", "pohjois-savo", true},
        {"region", "", true},
        {"region", "Pohjois-Savo", false},
        {"region", "a b", false},
        {"shoe_size", "44", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (person_word_known(rows[i].fact, rows[i].value) != rows[i].known)
            fail_msg("%s = \"%s\"", rows[i].fact, rows[i].value);
}

static void test_person_email(void **state)
{
    static const char *const good[] = {"a@b.fi", "etu.suku@kunta.example.fi", "a+b@example.org"};
    static const char *const bad[] = {"",
                                      "a",
                                      "@b.fi",
                                      "a@",
                                      "a@b",
                                      "a@b.",
                                      "a@.fi",
                                      "a@@b.fi",
                                      "a b@c.fi",
                                      "a@b.fi\r\nBcc: x@y.fi",
                                      "a@b.fi,c@d.fi",
                                      "<a@b.fi>",
                                      "ääkkönen@example.fi",
                                      ".a@b.fi",
                                      "a..b@c.fi",
                                      "a@b..fi"};
    char longest[300];
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!person_email_plausible(good[i]))
            fail_msg("%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (person_email_plausible(bad[i]))
            fail_msg("\"%s\"", bad[i]);
    memset(longest, 'a', sizeof longest);
    memcpy(longest, "a@", 2);
    memcpy(longest + 254 - 3, ".fi", 4);
    assert_true(person_email_plausible(longest)); /* 254 bytes */
    memset(longest, 'a', sizeof longest);
    memcpy(longest, "a@", 2);
    memcpy(longest + 255 - 3, ".fi", 4);
    assert_false(person_email_plausible(longest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_person_words), /* every vocabulary, and words that are not in it */
        cmocka_unit_test(test_person_email)  /* what a mail can be sent to, with a dot in the domain */
    };
    return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
