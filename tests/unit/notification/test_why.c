/* Reasons as recipients read them: what the policy of mailing says has words of its own in each language, what others wrote stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/time.h"
#include "services/notification/domain/course.h"
#include "services/notification/domain/why.h"

static void expect(const char *why, enum language language, const char *words)
{
    const struct span seen = why_words(span_text(why), language);

    assert_int_equal(seen.len, strlen(words));
    assert_memory_equal(seen.data, words, seen.len);
}

static const char *withheld(struct course_facts facts)
{
    facts.kind = KIND_CLOSES_SOON;
    facts.now_us = 1700000000 * TIME_SECOND;
    const struct course_answer answer = course_of(&facts);
    assert_int_equal(answer.course, COURSE_WITHHOLD);
    return answer.why;
}

static void test_what_the_policy_says(void **state)
{
    (void)state;
    expect(withheld((struct course_facts){.allowed = true, .suppressed = true}), LANGUAGE_FI,
           "Osoitteesi on niiden osoitteiden luettelossa, joihin ei lähetetä sähköpostia");
    expect(withheld((struct course_facts){.allowed = true, .setting = MAIL_OFF}), LANGUAGE_SV,
           "Du har stängt av e-posten om det här ämnet");
    expect(withheld((struct course_facts){.allowed = false}), LANGUAGE_EN,
           "This system sends mail to some domains only, and your address is not in one of them");
}

static void test_in_each_language(void **state)
{
    static const char *const WHYS[] = {WHY_DOMAIN, WHY_SUPPRESSED, WHY_TOPIC_OFF, WHY_ADDRESS, WHY_DOCUMENT, WHY_TEST_LONG,
                                       WHY_LONG,   WHY_MOVED,      WHY_GONE,      WHY_PASSED,  WHY_OVER,     WHY_SEAT_GONE,
                                       WHY_PERSON, WHY_TRAINING,   WHY_UNTRIED,   WHY_UNKNOWN, WHY_MISSING,  WHY_SILENCE};

    (void)state;
    for (size_t i = 0; i < sizeof WHYS / sizeof WHYS[0]; i++) {
        const struct span why = span_text(WHYS[i]);
        const struct span fi = why_words(why, LANGUAGE_FI), sv = why_words(why, LANGUAGE_SV), en = why_words(why, LANGUAGE_EN);
        assert_true(fi.len > 0 && sv.len > 0 && en.len > 0);
        assert_false(span_equal(fi, why) || span_equal(sv, why) || span_equal(fi, sv) || span_equal(fi, en) || span_equal(sv, en));
    }
}

static void test_what_others_wrote(void **state)
{
    (void)state;
    expect("550 5.1.1 no such user", LANGUAGE_FI, "550 5.1.1 no such user");
    expect("", LANGUAGE_SV, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_policy_says), /* by the sentences that course_of gives */
        cmocka_unit_test(test_in_each_language),     /* each known reason has three different sentences */
        cmocka_unit_test(test_what_others_wrote),    /* a relay's answer is shown as it came */
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
