/* The state machines twice: what domain/machine.c allows is what table `transition` has, pair by pair, and nothing more. */
#include "services/funding/domain/machine.h"
#include "tests/store/funding/world.h"

static void test_domain_and_database_agree(void **state)
{
    struct kit_pg *pg = *state;
    int64_t allowed = 0;
    for (int m = 0; m < MACHINE_COUNT; m++)
        for (int from = 0; from <= 9; from++)
            for (int to = 0; to <= 9; to++) {
                const bool domain = machine_allows((enum machine)m, from, to);
                const bool there = kit_sql_int(pg,
                                               "select count(*) from funding.transition where machine = '%s' and from_state = %d and "
                                               "to_state = %d",
                                               machine_name((enum machine)m), from, to) == 1;
                if (domain != there)
                    fail_msg("a %s from %d to %d: the domain says %s", machine_name((enum machine)m), from, to, domain ? "yes" : "no");
                allowed += domain;
            }
    assert_int_equal(kit_sql_int(pg, "select count(*) from funding.transition"), allowed);
}

static void test_names(void **state)
{
    enum machine found;
    (void)state;
    for (int m = 0; m < MACHINE_COUNT; m++) {
        assert_true(machine_find(&found, machine_name((enum machine)m)));
        assert_int_equal(found, m);
        for (int s = 1; s <= 6; s++) /* a state that something leads to has a name */
            for (int from = 0; from <= 6; from++)
                if (machine_allows((enum machine)m, from, s))
                    assert_string_not_equal(machine_state((enum machine)m, s), "");
    }
    assert_false(machine_find(&found, "nothing"));
    assert_string_equal(machine_state(MACHINE_CALL, 0), "");
    assert_false(machine_allows(MACHINE_CALL, -1, 1));
    assert_false(machine_allows(MACHINE_CALL, 1, 7));
}

static int setup(void **state)
{
    *state = world_new();
    return 0;
}

static int stop(void **state)
{
    kit_pg_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_domain_and_database_agree),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, setup, stop);
}
