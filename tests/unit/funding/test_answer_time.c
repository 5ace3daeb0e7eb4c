/* Times to answer and the instruction that goes with a decision: over years with their holidays, by authority and date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "common/base/date.h"
#include "common/base/workday.h"
#include "services/funding/domain/answer_time.h"
#include "services/funding/domain/review_instruction.h"

static int64_t day_of(const char *text)
{
    int64_t day;
    assert_true(day_parse(&day, span_text(text)));
    return day;
}

static void assert_day(int64_t day, const char *expected)
{
    char text[DAY_TEXT];
    day_format(day, text);
    assert_string_equal(text, expected);
}

/* Worked out by hand with a calendar: sent, days, told electronically, told by letter. */
static void test_last_days_by_hand(void **state)
{
    static const struct {
        const char *sent;
        int32_t days;
        const char *electronic, *letter;
    } rows[] = {
        {"2026-11-22", 30, "2026-12-28", "2026-12-29"}, /* 25.12 is Christmas Day: then Boxing Day, a Sunday, the 28th */
        {"2026-11-19", 30, "2026-12-22", "2026-12-28"}, /* by letter it would be the 26th */
        {"2026-11-21", 30, "2026-12-28", "2026-12-28"}, /* 24.12 is Christmas Eve */
        {"2026-12-01", 14, "2026-12-18", "2026-12-22"},
        {"2020-12-03", 30, "2021-01-05", "2021-01-11"}, /* 6.1 would be Epiphany, a letter's 9.1 is a Saturday */
        {"2020-12-04", 30, "2021-01-07", "2021-01-11"}, /* Epiphany moves to the 7th */
        {"2024-03-12", 14, "2024-04-02", "2024-04-02"}, /* 29.3 is Good Friday, 1.4 Easter Monday: both end on the 2nd */
        {"2027-03-15", 14, "2027-04-01", "2027-04-05"}, /* Easter is over: it is on the 28th of March */
        {"2025-05-26", 14, "2025-06-12", "2025-06-16"},
        {"2025-06-03", 14, "2025-06-23", "2025-06-24"}, /* 20.6 is Midsummer Eve */
        {"2026-04-14", 14, "2026-05-04", "2026-05-05"}, /* 1.5 is May Day, a Friday */
        {"2019-11-19", 14, "2019-12-09", "2019-12-10"}, /* 6.12 is Independence Day, a Friday */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const int64_t sent = day_of(rows[i].sent);
        char told[DAY_TEXT], letter[DAY_TEXT];
        day_format(answer_last_day(notice_day(sent, NOTICE_ELECTRONIC), rows[i].days), told);
        day_format(answer_last_day(notice_day(sent, NOTICE_LETTER), rows[i].days), letter);
        if (strcmp(told, rows[i].electronic) != 0 || strcmp(letter, rows[i].letter) != 0)
            fail_msg("%s + %d: %s and %s, not %s and %s", rows[i].sent, rows[i].days, told, letter, rows[i].electronic, rows[i].letter);
    }
}

/* Every day of forty years: the time is never shorter than the law gives, ends on a working day, and on the first there is. */
static void test_every_day_of_forty_years(void **state)
{
    (void)state;
    for (int64_t sent = date_days(2002, 1, 1); sent < date_days(2042, 1, 1); sent++) {
        const int64_t told = notice_day(sent, NOTICE_ELECTRONIC);
        for (int32_t days = 14; days <= 30; days += 16) {
            const int64_t last = answer_last_day(told, days);
            assert_true(last >= told + days);
            assert_true(last <= told + days + 5);
            assert_true(day_works(last));
            for (int64_t day = told + days; day < last; day++)
                assert_false(day_works(day));
        }
    }
}

static void test_the_authority_and_the_date_choose(void **state)
{
    (void)state;
    const struct review_instruction *of_state = review_instruction_for(AUTHORITY_STATE, day_of("2026-11-22"));
    const struct review_instruction *municipal = review_instruction_for(AUTHORITY_MUNICIPAL, day_of("2026-11-22"));
    assert_string_equal(of_state->version, "state-2020");
    assert_int_equal(of_state->days, 30);
    assert_string_equal(municipal->version, "municipal-2020");
    assert_int_equal(municipal->days, 14);
    assert_string_equal(review_instruction_for(AUTHORITY_STATE, day_of("2020-01-01"))->version, "state-2020");
    assert_string_equal(review_instruction_for(AUTHORITY_STATE, day_of("2019-12-31"))->version, "state-2001");
    assert_string_equal(review_instruction_for(AUTHORITY_MUNICIPAL, day_of("2017-06-20"))->version, "municipal-2015");
    assert_null(review_instruction_for(AUTHORITY_MUNICIPAL, day_of("1999-01-01")));
    assert_ptr_equal(review_instruction_named("municipal-2020"), municipal);
    assert_null(review_instruction_named("state-1900"));
    assert_day(review_last_day(of_state, day_of("2026-11-22"), false), "2026-12-28");
    assert_day(review_last_day(municipal, day_of("2026-12-01"), true), "2026-12-22");
}

static void test_instructions_speak_three_languages(void **state)
{
    static const char *const versions[] = {"state-2020", "state-2001", "municipal-2020", "municipal-2015"};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const struct review_instruction *v = review_instruction_named(versions[i]);
        const char *days = v->days == 30 ? "30" : "14";
        assert_non_null(strstr(v->paragraphs[1]->fi, days));
        assert_non_null(strstr(v->paragraphs[1]->sv, days));
        assert_non_null(strstr(v->paragraphs[1]->en, days));
        for (size_t p = 0; p < REVIEW_PARAGRAPHS; p++)
            assert_true(*v->paragraphs[p]->fi && *v->paragraphs[p]->sv && *v->paragraphs[p]->en);
        /* An authority is told by a letter when it comes (434/2003, 59 s.); a municipality's parties are all told alike. */
        assert_int_equal(strstr(v->paragraphs[2]->fi, "muulle kuin viranomaiselle") != NULL, v->days == 30);
        assert_int_equal(strstr(v->paragraphs[2]->sv, "annan än en myndighet") != NULL, v->days == 30);
        assert_non_null(strstr(v->days == 30 ? v->paragraphs[1]->fi : v->paragraphs[0]->fi, "kirjallise"));
        const bool new = strstr(versions[i], "2020") != NULL;
        assert_int_equal(strstr(v->paragraphs[5]->fi, "808/2019") != NULL, new);
        assert_int_equal(strstr(v->paragraphs[5]->sv, "586/1996") != NULL, !new);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_days_by_hand),
        cmocka_unit_test(test_every_day_of_forty_years),
        cmocka_unit_test(test_the_authority_and_the_date_choose),
        cmocka_unit_test(test_instructions_speak_three_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
