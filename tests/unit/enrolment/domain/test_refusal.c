/* The table of refusals: ids are unique and stable, every text is there in three languages. */
#include "services/enrolment/domain/refusal.h"
#include "tests/unit/enrolment/domain/cases.h"

static void test_refusal_texts(void **state)
{
    (void)state;
    for (unsigned i = 0; i < REFUSAL_COUNT; i++) {
        const struct refusal_text *row = refusal_text((enum refusal)i);
        assert_int_equal(strncmp(row->rule, "enrolment.", 10), 0);
        assert_true(strlen(row->fi) > 10 && strlen(row->sv) > 10 && strlen(row->en) > 10);
        assert_string_not_equal(row->fi, row->sv);
        for (unsigned k = 0; k < i; k++)
            assert_string_not_equal(row->rule, refusal_text((enum refusal)k)->rule);
    }
}

static void test_refusal_ids(void **state)
{
    (void)state; /* clients tell refusals apart by these for ever */
    assert_string_equal(refusal_text(REFUSAL_FULL)->rule, "enrolment.full");
    assert_string_equal(refusal_text(REFUSAL_WINDOW_NOT_OPEN)->rule, "enrolment.window.not-open");
    assert_string_equal(refusal_text(REFUSAL_WINDOW_CLOSED)->rule, "enrolment.window.closed");
    assert_string_equal(refusal_text(REFUSAL_WINDOW_NONE)->rule, "enrolment.window.none");
    assert_string_equal(refusal_text(REFUSAL_PERSON_UNKNOWN)->rule, "enrolment.person.unknown");
    assert_string_equal(refusal_text(REFUSAL_ALREADY_REGISTERED)->rule, "enrolment.already-registered");
    assert_string_equal(refusal_text(REFUSAL_CAPACITY_BELOW_TAKEN)->rule, "enrolment.capacity.below-taken");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusal_texts), /* three languages, no id twice */
        cmocka_unit_test(test_refusal_ids)    /* the ids clients rely on */
    };
    return cmocka_run_group_tests_name("refusal", tests, NULL, NULL);
}
