/* When a programme is completed, and the codes of certificates. */
#include "services/enrolment/domain/completion.h"

#include "tests/unit/enrolment/domain/cases.h"

static struct uuid id(uint8_t n)
{
    return (struct uuid){{n}};
}

static const struct unit UNITS[] = {
    {.id = {{1}}, .credits_tenths = 20}, {.id = {{2}}, .credits_tenths = 20}, {.id = {{3}}, .credits_tenths = 10}};

/* A programme of three units and somebody who has completed the first `done` of them. */
struct case_of {
    struct programme programme;
    struct registration registration;
    struct unit_mark marks[3];
    struct learning learning;
};
static void prepare(struct case_of *c, size_t done)
{
    *c = (struct case_of){.programme = {.units = UNITS, .unit_count = 3}, .registration = {.state = REGISTRATION_SEATED}};
    for (size_t i = 0; i < done; i++)
        c->marks[i] = (struct unit_mark){.unit = UNITS[i].id, .credits_tenths = UNITS[i].credits_tenths, .completed_us = 1000};
    c->learning.marks = c->marks;
    c->learning.mark_count = done;
}
static struct completion_gap gap_of(const struct case_of *c)
{
    return completion_gap(&c->programme, &c->registration, &c->learning);
}

static void test_credits(void **state)
{
    struct case_of c;
    (void)state;
    prepare(&c, 3);
    assert_int_equal(learning_credits(&c.learning), 50);
    c.marks[1].completed_us = 0; /* taken back: only presence is left */
    assert_int_equal(learning_credits(&c.learning), 30);
    assert_null(learning_mark(&c.learning, id(9)));
    assert_ptr_equal(learning_mark(&c.learning, id(2)), &c.marks[1]);
}

static void test_units(void **state)
{
    struct case_of c;
    (void)state;
    prepare(&c, 2);
    assert_int_equal(gap_of(&c).units, 1);
    assert_false(completion_done(gap_of(&c)));
    prepare(&c, 3);
    assert_true(completion_done(gap_of(&c)));
    c.marks[0].completed_us = 0;
    assert_false(completion_done(gap_of(&c)));
    prepare(&c, 3);
    c.programme.unit_count = 0; /* nothing to do is not all done */
    assert_false(completion_done(gap_of(&c)));
}

static void test_plan(void **state)
{
    struct case_of c;
    (void)state;
    prepare(&c, 3);
    c.programme.plan_required = true;
    assert_true(gap_of(&c).plan);
    assert_false(completion_done(gap_of(&c)));
    c.learning.plan = PLAN_COMMUNITY;
    assert_true(completion_done(gap_of(&c)));
}

static void test_review(void **state)
{
    struct case_of c;
    (void)state;
    prepare(&c, 3);
    c.registration.review = REVIEW_UNREVIEWED;
    assert_true(gap_of(&c).review);
    assert_false(completion_done(gap_of(&c)));
    c.registration.review = REVIEW_CONDITIONAL;
    assert_true(completion_done(gap_of(&c)));
    c.registration.review = REVIEW_ACCEPTED;
    assert_true(completion_done(gap_of(&c)));
}

static void test_valid(void **state)
{
    (void)state;
    assert_false(certificate_valid(&(const struct certificate){.code = NULL}));
    assert_true(certificate_valid(&(const struct certificate){.code = "2222-2222-2222-2222"}));
    assert_false(certificate_valid(&(const struct certificate){.code = "2222-2222-2222-2222", .withdrawn = true}));
}

static void test_code_made(void **state)
{
    uint8_t random[CERTIFICATE_CODE_RANDOM] = {0};
    char code[CERTIFICATE_CODE_TEXT], other[CERTIFICATE_CODE_TEXT];
    size_t seen[256] = {0};
    (void)state;
    certificate_code_make(random, code);
    assert_string_equal(code, "2222-2222-2222-2222");
    random[15] = 31 + 5; /* 1 x 31 + 5: the second character counts one, the first five */
    certificate_code_make(random, code);
    assert_string_equal(code, "7322-2222-2222-2222");
    for (unsigned n = 0; n < 4000; n++) { /* every character comes, none that is mistaken for another */
        for (size_t i = 0; i < sizeof random; i++)
            random[i] = (uint8_t)((n * 2654435761u) >> (i % 4 * 8)) ^ (uint8_t)(i * 37 + n);
        certificate_code_make(random, code);
        assert_true(certificate_code_read(code, other));
        assert_string_equal(code, other);
        for (const char *p = code; *p; p++)
            seen[(unsigned char)*p]++;
    }
    for (const char *p = "0O1IL"; *p; p++)
        assert_int_equal(seen[(unsigned char)*p], 0);
    for (const char *p = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"; *p; p++)
        assert_true(seen[(unsigned char)*p] > 1000);
}

static void test_code_read(void **state)
{
    char code[CERTIFICATE_CODE_TEXT];
    (void)state;
    assert_true(certificate_code_read("abcd-efgh-jkmn-pqrs", code));
    assert_string_equal(code, "ABCD-EFGH-JKMN-PQRS");
    assert_true(certificate_code_read("ABCDEFGHJKMNPQRS", code));
    assert_string_equal(code, "ABCD-EFGH-JKMN-PQRS");
    assert_true(certificate_code_read(" ab cd efgh-jkmnpqrs-", code));
    assert_string_equal(code, "ABCD-EFGH-JKMN-PQRS");
    assert_false(certificate_code_read("", code));
    assert_false(certificate_code_read("ABCD-EFGH-JKMN-PQR", code));   /* one short */
    assert_false(certificate_code_read("ABCD-EFGH-JKMN-PQRSS", code)); /* one long */
    assert_false(certificate_code_read("ABCD-EFGH-JKMN-PQR0", code));  /* no zero in any code */
    assert_false(certificate_code_read("ABCD-EFGH-JKMN-PQRä", code));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_credits),   /* each completed unit gives its own; presence gives none */
        cmocka_unit_test(test_units),     /* all of them, and at least one */
        cmocka_unit_test(test_plan),      /* where one is required; a community's will do */
        cmocka_unit_test(test_review),    /* not while a review is open */
        cmocka_unit_test(test_valid),     /* made and not withdrawn */
        cmocka_unit_test(test_code_made), /* from random bytes, without characters that look alike */
        cmocka_unit_test(test_code_read), /* typed in any case, with or without dashes; anything else is no code */
    };
    return cmocka_run_group_tests_name("completion", tests, NULL, NULL);
}
