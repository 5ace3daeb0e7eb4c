/* Answers against questions: each kind's values, what is asked because of what, what is missing. */
#include "services/enrolment/domain/question.h"
#include "tests/unit/enrolment/domain/cases.h"

#define COUNT(A) (sizeof(A) / sizeof *(A))

static const struct question_option MEALS[] = {{.value = "meat"}, {.value = "fish"}, {.value = "plants"}};
static const char *const YES[] = {"yes"}, *const SEA[] = {"fish", "plants"};

/* Comes with a dinner? If so: which meals; of fish or plants: what else. Then a number, and a text that hangs on nothing. */
static const struct question QUESTIONS[] = {
    {.code = "dinner", .kind = QUESTION_YES_NO, .required = true, .when_code = ""},
    {.code = "meals",
     .kind = QUESTION_CHOICES,
     .required = true,
     .options = MEALS,
     .option_count = 3,
     .when_code = "dinner",
     .when_values = YES,
     .when_count = 1},
    {.code = "else", .kind = QUESTION_TEXT, .when_code = "meals", .when_values = SEA, .when_count = 2},
    {.code = "years", .kind = QUESTION_NUMBER, .when_code = ""},
    {.code = "size", .kind = QUESTION_CHOICE, .options = MEALS, .option_count = 3, .when_code = ""},
};

static struct answer_verdict judge(const struct given_answer *given, size_t count)
{
    return answers_judge(QUESTIONS, COUNT(QUESTIONS), given, count);
}

#define GIVEN(CODE, ...)                                                                                                                   \
    {                                                                                                                                      \
        .code = CODE, .values = (const char *const[]){__VA_ARGS__}, .count = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)   \
    }

static void expect(const struct given_answer *given, size_t count, enum answer_fault fault, size_t answer, size_t value, const char *code)
{
    const struct answer_verdict v = judge(given, count);
    assert_int_equal(v.fault, fault);
    if (fault == ANSWER_GOOD)
        return;
    assert_int_equal(v.answer, answer);
    assert_int_equal(v.value, value);
    assert_string_equal(v.code, code);
}

static void test_good_answers(void **state)
{
    const struct given_answer all[] = {GIVEN("size", "fish"), GIVEN("dinner", "yes"), GIVEN("meals", "meat", "plants"),
                                       GIVEN("else", "ei pähkinöitä\nkiitos"), GIVEN("years", "-12,5")};
    const struct given_answer none[] = {GIVEN("dinner", "no")};
    (void)state;
    expect(all, COUNT(all), ANSWER_GOOD, 0, 0, NULL);
    expect(none, 1, ANSWER_GOOD, 0, 0, NULL);
}

/* A form sends all its fields: empty ones are no answers, whether asked or not. */
static void test_empty_is_unanswered(void **state)
{
    const struct given_answer given[] = {GIVEN("dinner", "no"), {.code = "meals"}, GIVEN("else", ""), GIVEN("years", "")};
    const struct given_answer missing[] = {GIVEN("dinner", "")};
    (void)state;
    expect(given, COUNT(given), ANSWER_GOOD, 0, 0, NULL);
    expect(missing, 1, ANSWER_REQUIRED, 0, 0, "dinner");
}

static void test_values(void **state)
{
    const struct {
        struct given_answer given;
        enum answer_fault fault;
        size_t value;
    } rows[] = {
        {GIVEN("dinner", "Yes"), ANSWER_YES_OR_NO, 0},
        {GIVEN("dinner", "yes", "no"), ANSWER_COUNT, 0},
        {GIVEN("size", "tofu"), ANSWER_OPTION, 0},
        {GIVEN("size", "fish", "meat"), ANSWER_COUNT, 0},
        {GIVEN("meals", "fish", "tofu"), ANSWER_OPTION, 1},
        {GIVEN("meals", "fish", "meat", "fish"), ANSWER_TWICE, 2},
        {GIVEN("meals", "fish", ""), ANSWER_OPTION, 1},
        {GIVEN("else", "a\tb"), ANSWER_TEXT, 0},
        {GIVEN("else", "\x1f"), ANSWER_TEXT, 0},
        {GIVEN("else", "\xff"), ANSWER_TEXT, 0},
        {GIVEN("else", "\x7f"), ANSWER_TEXT, 0},
        {GIVEN("years", "12 "), ANSWER_NUMBER, 0},
        {GIVEN("years", "-"), ANSWER_NUMBER, 0},
        {GIVEN("years", "1.2.3"), ANSWER_NUMBER, 0},
        {GIVEN("years", "1."), ANSWER_NUMBER, 0},
        {GIVEN("years", ".5"), ANSWER_NUMBER, 0},
        {GIVEN("years", "1e5"), ANSWER_NUMBER, 0},
        {GIVEN("years", "1234567890123456789012345678901"), ANSWER_NUMBER, 0},
        {GIVEN("shoe", "44"), ANSWER_UNKNOWN, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(&rows[i].given, 1, rows[i].fault, 0, rows[i].value, rows[i].given.code);
}

static void test_numbers(void **state)
{
    static const char *const good[] = {"0", "007", "-0", "3.14", "-3,14", "123456789012345678901234567890"};
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        const struct given_answer given[] = {GIVEN("dinner", "no"), {.code = "years", .values = &good[i], .count = 1}};
        expect(given, 2, ANSWER_GOOD, 0, 0, NULL);
    }
}

static void test_lengths(void **state)
{
    static char text[3 * QUESTION_TEXT_MAX + 4], long_text[QUESTION_BYTES_MAX + 2];
    const char *const value[] = {text}, *const longer[] = {long_text};
    const struct given_answer given[] = {GIVEN("dinner", "yes"), GIVEN("meals", "fish"), {.code = "else", .values = value, .count = 1}};
    const struct given_answer whole[] = {GIVEN("dinner", "yes"), {.code = "else", .values = longer, .count = 1}};
    (void)state;
    for (size_t i = 0; i < QUESTION_TEXT_MAX; i++)
        memcpy(text + 3 * i, "\xe2\x82\xac", 3); /* characters count, not bytes */
    expect(given, 3, ANSWER_GOOD, 0, 0, NULL);
    text[3 * QUESTION_TEXT_MAX] = 'x';
    expect(given, 3, ANSWER_LENGTH, 2, 0, "else");
    memset(long_text, 'x', QUESTION_BYTES_MAX + 1);
    expect(whole, 2, ANSWER_LENGTH, 1, 0, "else");
}

static void test_twice(void **state)
{
    const struct given_answer given[] = {GIVEN("dinner", "no"), GIVEN("years", "1"), GIVEN("dinner", "no")};
    (void)state;
    expect(given, 3, ANSWER_TWICE, 2, 0, "dinner");
}

static void test_conditions(void **state)
{
    const struct given_answer unasked[] = {GIVEN("dinner", "no"), GIVEN("meals", "fish")};
    const struct given_answer needed[] = {GIVEN("dinner", "yes")};
    const struct given_answer other_value[] = {GIVEN("dinner", "yes"), GIVEN("meals", "meat"), GIVEN("else", "x")};
    const struct given_answer one_of_many[] = {GIVEN("dinner", "yes"), GIVEN("meals", "meat", "fish"), GIVEN("else", "x")};
    (void)state;
    expect(unasked, 2, ANSWER_NOT_ASKED, 1, 0, "meals");
    expect(needed, 1, ANSWER_REQUIRED, 0, 0, "meals");
    expect(other_value, 3, ANSWER_NOT_ASKED, 2, 0, "else");
    expect(one_of_many, 3, ANSWER_GOOD, 0, 0, NULL);
}

/* An answer that was given to a question nobody asked opens no further question. */
static void test_condition_chain(void **state)
{
    const struct given_answer given[] = {GIVEN("dinner", "no"), GIVEN("else", "x"), GIVEN("meals", "fish")};
    (void)state;
    expect(given, 3, ANSWER_NOT_ASKED, 2, 0, "meals");
}

static void test_no_questions(void **state)
{
    const struct given_answer given[] = {GIVEN("dinner", "no")};
    (void)state;
    assert_int_equal(answers_judge(NULL, 0, NULL, 0).fault, ANSWER_GOOD);
    assert_int_equal(answers_judge(NULL, 0, given, 1).fault, ANSWER_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good_answers),        /* every kind, in any order */
        cmocka_unit_test(test_empty_is_unanswered), /* no values, or one empty text */
        cmocka_unit_test(test_values),              /* what each kind does not take, and where */
        cmocka_unit_test(test_numbers),             /* what a decimal number may look like */
        cmocka_unit_test(test_lengths),             /* of one text in characters, of all together in bytes */
        cmocka_unit_test(test_twice),               /* one question answered twice */
        cmocka_unit_test(test_conditions),          /* asked by an earlier answer, or not */
        cmocka_unit_test(test_condition_chain),     /* what is not asked opens nothing */
        cmocka_unit_test(test_no_questions)         /* a programme that asks nothing takes nothing */
    };
    return cmocka_run_group_tests_name("question", tests, NULL, NULL);
}
