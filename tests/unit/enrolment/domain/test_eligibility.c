/* Eligibility rules: each fact, each way to fail, all failing rules in their order. */
#include "services/enrolment/domain/eligibility.h"
#include "tests/unit/enrolment/domain/cases.h"

static const struct person PRINCIPAL = {.role = "principal", .level = "basic", .organisation_kind = "municipality", .region = "lappi"};

static void test_eligibility_facts(void **state)
{
    static const struct {
        const char *fact, *allowed;
        bool meets;
    } rows[] = {
        {"role", "principal", true},
        {"role", "teacher,principal", true},
        {"role", "principal,teacher", true},
        {"role", "teacher,principal,other", true},
        {"role", "teacher", false},
        {"role", "", false},
        {"role", "principals", false},     /* a longer word that begins alike */
        {"role", "vice-principal", false}, /* one that ends alike */
        {"level", "basic", true},
        {"level", "pre_primary,early_childhood", false},
        {"organisation_kind", "municipality,joint_authority", true},
        {"region", "lappi", true},
        {"region", "uusimaa", false},
        {"shoe_size", "principal", false}, /* no such fact: nobody meets it */
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct rule rule = {.rule = "r", .fact = rows[i].fact, .allowed = rows[i].allowed};
        if (eligibility_meets(&rule, &PRINCIPAL) != rows[i].meets)
            fail_msg("row %zu: %s in \"%s\"", i, rows[i].fact, rows[i].allowed);
    }
}

static void test_eligibility_all_failing(void **state)
{
    const struct rule rules[] = {{.rule = "a", .fact = "role", .allowed = "teacher"},
                                 {.rule = "b", .fact = "level", .allowed = "basic"},
                                 {.rule = "c", .fact = "region", .allowed = "uusimaa"}};
    const struct rule *failing[3];
    (void)state;
    assert_int_equal(eligibility_failing(rules, 3, &PRINCIPAL, failing), 2);
    assert_string_equal(failing[0]->rule, "a");
    assert_string_equal(failing[1]->rule, "c");
    assert_int_equal(eligibility_failing(rules, 0, &PRINCIPAL, failing), 0);
}

static void test_eligibility_empty_fact(void **state)
{
    const struct person nobody = {.role = "", .level = "", .organisation_kind = "", .region = ""};
    const struct rule rule = {.rule = "r", .fact = "region", .allowed = ",lappi"};
    (void)state;
    assert_false(eligibility_meets(&rule, &nobody)); /* an absent fact meets no rule, even one with an empty word */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_eligibility_facts),       /* every fact; words are whole words */
        cmocka_unit_test(test_eligibility_all_failing), /* all that fail, in their order; no rules: eligible */
        cmocka_unit_test(test_eligibility_empty_fact)   /* an empty fact is never allowed */
    };
    return cmocka_run_group_tests_name("eligibility", tests, NULL, NULL);
}
